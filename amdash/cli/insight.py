"""The commands that say what the figures mean: trend, compare, tiers, drivers, narrative."""

from __future__ import annotations

import argparse

from amdash.cli import insight_shapes as shapes
from amdash.cli.output import day, show
from amdash.errors import AmdashError
from amdash.i18n import Translator, formats
from amdash.i18n.words import ASSURANCES, DIRECTIONS, DRIVERS, REFUSALS, SEGMENTS, STRATEGIES, TIER_REASONS, TIERS, VARIATIONS, tier_move_words
from amdash.insight.improvement_story import improvement_story
from amdash.insight.narrative import person_story, team_story
from amdash.insight.reading import Point, Reading
from amdash.metrics.period import is_period, is_rolling, kind_of, months_of
from amdash.metrics.spec import Kpi
from amdash.service import analysis, boards, customers, scorecards
from amdash.service.workspace import Workspace


def run_trend(ws: Workspace, options: argparse.Namespace, _: Translator) -> None:
    """One KPI over its periods, with limits and signals."""
    reading = scorecards.trend(
        ws, options.kpi, options.month, manager=options.manager, team=options.team, every=options.every, window=options.periods
    )
    kpi = next(one for one in scorecards.kpis() if one.id == reading.kpi)

    def say() -> None:
        for point in reading.points:
            print(
                "\t".join((point.period, formats.written(point.value, kpi.unit, _.language), str(point.n), _ordinary(point, kpi, _), _sign(point, _)))
            )
        # Periods that share months swing less than their level does: of them nothing of the kind can be said.
        shared = is_rolling(kind_of(reading.period))
        print(_(ASSURANCES[reading.assurance]) if shared else "\t".join((_(VARIATIONS[reading.variation]), _(ASSURANCES[reading.assurance]))))

    show(options, shapes.trend(reading), say)


def _ordinary(point: Point, kpi: Kpi, _: Translator) -> str:
    if point.lower is None or point.upper is None:
        return ""
    return f"{formats.written(point.lower, kpi.unit, _.language)} – {formats.written(point.upper, kpi.unit, _.language)}"


def _sign(point: Point, _: Translator) -> str:
    return _(DIRECTIONS[point.direction]) if point.direction else ""


def run_compare(ws: Workspace, options: argparse.Namespace, _: Translator) -> None:
    """Everybody in one KPI: who is beyond chance, and who can be told apart."""
    found = analysis.compare(ws, options.kpi, newest_period(ws, options.month))
    kpi = next(one for one in scorecards.kpis() if one.id == options.kpi)

    def say() -> None:
        for row in found.rows:
            beyond = {"high": _("above what chance does"), "low": _("below what chance does"), None: ""}[row.flag]
            group = "" if row.rank.group is None else str(row.rank.group)
            print("\t".join((group, row.subject, formats.written(row.value, kpi.unit, _.language), str(row.n), beyond)))

    show(options, shapes.comparison(found), say)


def run_improvement(ws: Workspace, options: argparse.Namespace, _: Translator) -> None:
    """How everybody's weighted score changed, beside their ordinary swing."""
    wanted = newest_period(ws, options.month)
    every, months = kind_of(wanted), months_of(wanted)
    who = [] if options.manager is None else [options.manager]
    frame = scorecards.improvements(ws, by=options.by, every=every, start=months[0], end=months[-1], managers=who, against=options.against)
    found = shapes.improvements(frame)

    def say() -> None:
        for row in found:
            who = row["manager"] or row["team"] or _("All")
            print("\t".join((who, row["period"], improvement_story(row, _))))

    show(options, found, say)


def run_tiers(ws: Workspace, options: argparse.Namespace, _: Translator) -> None:
    """Customers by recency, frequency and money, or those whose tier changed in the last month."""
    as_of = day(options.as_of)
    if options.moves:
        moved = customers.moves(ws, as_of)

        def say_moves() -> None:
            for row in shapes.moves(moved):
                moved_to = tier_move_words(row["tier_before"], row["tier_after"], _)
                stake = formats.written(row["revenue_at_stake"], "money", _.language)
                print("\t".join((row["customer"], row["manager"] or "", moved_to, _(TIER_REASONS[row["reason"]]), stake)))

        show(options, shapes.moves(moved), say_moves)
        return
    found = shapes.tiers(customers.tiers(ws, as_of), by_segment=options.method == "quintile")

    def say() -> None:
        for row in found:
            scores = "-".join(str(row[name]) for name in "rfm" if row[name] is not None)
            money = formats.written(row["monetary"], "money", _.language)
            title = _((SEGMENTS if options.method == "quintile" else TIERS)[row["tier"]]) if row["tier"] else ""
            print("\t".join((row["customer"], row["manager"] or "", title, scores, money)))

    show(options, found, say)


def run_drivers(ws: Workspace, options: argparse.Namespace, _: Translator) -> None:
    """What moves customer satisfaction, and what to do about it."""
    found = analysis.drivers(ws, options.start, options.end, manager=options.manager)

    def say() -> None:
        print(_.plural("{n} complete response", "{n} complete responses", found.n))
        if found.refused:
            print(_(REFUSALS[found.refused]))
        for one in found.drivers:
            share = "" if one.importance is None else formats.written(one.importance, "ratio", _.language)
            advice = _.comma.join(_(STRATEGIES[strategy]) for strategy in one.strategies)
            print("\t".join((_(DRIVERS[one.driver]), share, formats.written(one.performance, "ratio", _.language), advice)))

    show(options, shapes.drivers(found), say)


def run_narrative(ws: Workspace, options: argparse.Namespace, _: Translator) -> None:
    """Two or three sentences for the team, and for every manager."""
    board = boards.board(ws, newest_period(ws, options.month))
    wanted = set(board.measured())
    people = [name for team in board.teams for name in team.managers]
    if options.manager is not None:
        people = [scorecards.shown_manager(ws, scorecards.roster(ws), options.manager)]

    def of(name: str) -> list[Reading]:
        return [board.readings[kpi.id, name] for kpi in board.kpis if kpi.id in wanted]

    stories = {name: person_story(of(name), board.kpis, _) for name in people}
    if options.manager is None:
        stories = {"": team_story([one for name in people for one in of(name)], board.kpis, _)} | stories

    def say() -> None:
        for name, story in stories.items():
            print(name or _("All"))
            for heading, sentence in story:
                print(f"  {heading}{_.colon}{sentence}")

    show(options, shapes.stories(board.period, stories), say)


def newest_period(ws: Workspace, wanted: str | None) -> str:
    """The period that was asked for; without one, the newest month with figures."""
    if wanted:
        if not is_period(wanted):
            raise AmdashError("month_invalid", value=wanted)
        return wanted
    known = scorecards.months(ws)
    if not known:
        raise AmdashError("no_figures")
    return known[-1]
