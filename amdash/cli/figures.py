"""The commands that tell figures: scorecard, rows, report, kpis."""

from __future__ import annotations

import argparse
from typing import Any

from amdash.cli import shapes
from amdash.cli.output import show
from amdash.errors import AmdashError
from amdash.i18n import Translator, formats
from amdash.i18n.words import DIRECTIONS
from amdash.insight.wording import named
from amdash.service import analysis, drilldown, scorecards, slices
from amdash.service.workspace import Workspace


def run_scorecard(ws: Workspace, options: argparse.Namespace, _: Translator) -> None:
    """The KPIs by manager, team or all, or by something else than managers."""
    if options.slice is not None:
        _slices(ws, options, _)
        return
    frame = scorecards.scorecard(
        ws,
        start=options.start,
        end=options.end,
        by=options.by,
        every=options.every,
        kpis=options.kpi,
        managers=options.manager,
        revision=options.revision,
    )

    rows = shapes.scorecard(frame, analysis.judged(ws, frame, options.by, options.every, options.revision, managers=options.manager))

    def say() -> None:
        catalogue = {kpi.id: kpi for kpi in scorecards.kpis()}
        for row in rows:
            kpi = catalogue[row["kpi"]]
            value = formats.written(row["value"], kpi.unit, _.language)
            sign = _(DIRECTIONS[row["direction"]]) if row["direction"] else ""
            who = row["manager"] or row["team"] or _("All")
            print("\t".join((_(kpi.name), who, row["period"], value, str(row["n"]), _verdict(row, _), sign)))

    show(options, rows, say)


def _slices(ws: Workspace, options: argparse.Namespace, _: Translator) -> None:
    if len(options.manager) > 1:
        raise AmdashError("one_manager_at_a_time", managers=options.manager)
    manager = options.manager[0] if options.manager else None
    frame = slices.slices(
        ws, options.slice, every=options.every, start=options.start, end=options.end, kpis=options.kpi, manager=manager, revision=options.revision
    )
    rows = shapes.scorecard(frame, analysis.judged_alone(frame))

    def say() -> None:
        catalogue = {kpi.id: kpi for kpi in scorecards.kpis()}
        for row in rows:
            kpi = catalogue[row["kpi"]]
            value = formats.written(row["value"], kpi.unit, _.language)
            print("\t".join((_(kpi.name), row["slice"] or _("not known"), row["period"], value, str(row["n"]), _verdict(row, _))))

    show(options, rows, say)


def _verdict(row: dict[str, Any], _: Translator) -> str:
    """Met, missed or undecided; and what would settle the last one, where it is a matter of a few cases."""
    words = "" if row["verdict"] in ("none", "absent") else named(row["verdict"], row["kpi"], row["n"], _)
    more = row["settling"] and row["settling"][row["leaning"]]
    if row["verdict"] != "few" or not more:
        return words
    if row["leaning"] == "met":
        return words + _.clause + _.plural("met once the next case is good", "met once the next {n} cases are all good", more)
    return words + _.clause + _.plural("missed once the next case is bad", "missed once the next {n} cases are all bad", more)


def run_rows(ws: Workspace, options: argparse.Namespace, _: Translator) -> None:
    """The rows behind a number."""
    rows = drilldown.rows_behind(ws, options.kpi, manager=options.manager, start=options.start, end=options.end)

    def say() -> None:
        for row in rows:
            values = "  ".join(f"{name}={shapes.plain(value)}" for name, value in row.values.items() if shapes.plain(value) is not None)
            print(f"{row.file}\t{row.sheet}\t{row.row}\t{values}")

    show(options, shapes.source_rows(rows), say)


def run_kpis(_ws: Workspace, options: argparse.Namespace, _: Translator) -> None:
    """The catalogue."""
    catalogue = scorecards.kpis()

    def say() -> None:
        for kpi in catalogue:
            target = formats.target(kpi.target, kpi.unit, kpi.higher_is_better, _.language) or _("no target")
            print(f"{kpi.id}\t{_(kpi.name)}\t{target}\t{_(kpi.formula)}")

    show(options, shapes.kpis(catalogue, _), say)
