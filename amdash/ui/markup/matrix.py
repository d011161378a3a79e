"""The scorecard matrix: managers by KPIs, team rows between them, on one screen."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from html import escape as esc
from itertools import groupby

from amdash.i18n import Translator, formats
from amdash.i18n.words import ASSURED, ASSURED_MEANINGS, FAMILIES, VARIATION_MEANINGS, VARIATIONS, VERDICT_MEANINGS, VERDICTS
from amdash.insight.reading import Reading
from amdash.insight.wording import is_waived, lacks_cases
from amdash.metrics.spec import Kpi
from amdash.service.boards import Board, TeamGroup
from amdash.ui.markup.marks import aim, assured, hover, icon, number, shared_goal, spark, spoken

# The team's figure of the newest survey stands below the table: it is nobody's own.
_STAFF = "staff_satisfaction"
# What a click on a heading reports in front of the KPI; without a KPI it asks for the usual order. No manager can be called so.
HEADING = "|"
# What the words for the tour report in the place of a KPI.
TOUR = "tour"
# What look.js reports there for Escape.
CLOSE = "close"


@dataclass(frozen=True)
class View:
    """How the matrix is looked at. ``team``: that one alone. ``order``: (KPI, best first) instead of everybody's place. ``opened``: a cell.

    ``more``: KPIs that stand beside those of the board, with everybody's reading. ``notes``: (KPI, manager) -> what else is said of a cell,
    such as why it is empty. ``plans``: (KPI, manager) -> how many improvement plans run there; cells without any may be left out.
    """

    team: str | None = None
    order: tuple[str, bool] | None = None
    opened: tuple[str, str] | None = None
    more: Sequence[tuple[Kpi, Mapping[str, Reading]]] = ()
    notes: Mapping[tuple[str, str], str] = field(default_factory=dict)
    plans: Mapping[tuple[str, str], int] = field(default_factory=dict)


_AS_USUAL = View()


@dataclass(frozen=True)
class _Sheet:
    """What the table is made of: its columns by family, the readings of the managers, and the view of them."""

    board: Board
    view: View
    kpis: list[Kpi]
    readings: Mapping[tuple[str, str], Reading] = field(repr=False)
    # The first period of which anything is known: before it nothing could be drawn.
    begins: int = 0


def columns(board: Board) -> list[Kpi]:
    """The KPIs that get a column: those that a manager is judged by or sells by; surveys of employees belong to the team."""
    return [kpi for kpi in board.kpis if kpi.is_judged]


def matrix(board: Board, _: Translator, view: View = _AS_USUAL) -> str:
    """The whole table, or one team of it; every cell is a button that reports 'manager|kpi', every heading '||kpi'."""
    kpis = sorted([*columns(board), *(kpi for kpi, _readings in view.more)], key=lambda kpi: list(FAMILIES).index(kpi.category))
    added = {(kpi.id, name): reading for kpi, readings in view.more for name, reading in readings.items()}
    readings = {**board.readings, **added}
    sheet = _Sheet(board, view, kpis, readings, min((one.begins() for one in readings.values()), default=0))
    groups = [group for group in board.teams if view.team is None or group.name == view.team]
    names = [name for group in groups for name in group.managers]
    by = _order(sheet)
    rows = _ordered(sheet, groups, by, _) if by else "".join(_group(sheet, group, _) for group in groups)
    units = len(names) + (0 if by else 0.5 * sum(bool(group.name) for group in groups))
    width = _names_width([*names, *(group.name for group in groups)])
    label = _(
        "Scorecard: {managers}, {kpis}",
        managers=_.plural("{n} manager", "{n} managers", len(names)),
        kpis=_.plural("{n} KPI", "{n} KPIs", len(kpis)),
    )
    shown = [sheet.readings[kpi.id, name] for kpi in kpis for name in names]
    planned = any(view.plans.get((kpi.id, name)) for kpi in kpis for name in names)
    return (
        f'<table class="mx" style="--units:{units:g};--names:{width:.2f}rem" role="grid" aria-label="{esc(label)}"><thead>{_families(kpis, _)}<tr>'
        f'<th scope="col"><span class="kn">{esc(_("Account manager"))}</span><span class="kt">{esc(_("Target"))}</span></th>'
        f"{''.join(_head(sheet, kpi, _) for kpi in kpis)}</tr></thead><tbody>{rows}</tbody></table>"
        f"{legend(shown, _, note=_staff(board, groups, _), order=_order_words(sheet, _), planned=planned)}"
    )


def _names_width(names: list[str]) -> float:
    """The width in rem that the longest name needs on one line, within reason: a Chinese character is one, a Latin letter about half."""
    longest = max((sum(1.0 if character > "\u2e80" else 0.56 for character in name) for name in names), default=0.0)
    return min(12.0, max(7.25, longest + 1.25))


def _families(kpis: list[Kpi], _: Translator) -> str:
    """A line above the headings that says which of them belong together."""
    found = [(family, len(list(some))) for family, some in groupby(kpis, key=lambda kpi: kpi.category)]
    cells = "".join(f'<th scope="colgroup" colspan="{count}"><span class="fam">{esc(_(FAMILIES[family]))}</span></th>' for family, count in found)
    return f'<tr class="fams"><td></td>{cells}</tr>'


def _order(sheet: _Sheet) -> tuple[Kpi, bool] | None:
    """The KPI that the rows are ordered by, where it is there, and whether the best comes first."""
    wanted, best_first = sheet.view.order or ("", True)
    return next(((kpi, best_first) for kpi in sheet.kpis if kpi.id == wanted), None)


def _head(sheet: _Sheet, kpi: Kpi, _: Translator) -> str:
    by = _order(sheet)
    mine = by is not None and by[0].id == kpi.id
    best_first = by is not None and by[1]
    sort = f' aria-sort="{"descending" if best_first == kpi.higher_is_better else "ascending"}"' if mine else ""
    arrow = icon("down" if best_first else "up") if mine else ""
    words = esc(_("Order by {kpi}", kpi=_(kpi.name)))
    return (
        f'<th scope="col"{sort}><button type="button" tabindex="-1" data-go="{HEADING}|{kpi.id}" title="{words}">'
        f'<span class="kn">{esc(_(kpi.name))}</span>'
        f'<span class="kt">{esc(shared_goal(kpi, sheet.readings.values(), _))}{arrow}</span></button></th>'
    )


def _ordered(sheet: _Sheet, groups: Sequence[TeamGroup], by: tuple[Kpi, bool], _: Translator) -> str:
    """Everybody in one list by a KPI, equals in their places; whose cases are too few to say comes after the others, and last who has no figure."""
    kpi, best_first = by
    people = [(name, group.name) for group in groups for name in group.managers]
    downwards = best_first == kpi.higher_is_better

    def place(person: tuple[str, str]) -> tuple[bool, bool, float]:
        reading = sheet.readings[kpi.id, person[0]]
        value = reading.value
        too_few = lacks_cases(reading.verdict, kpi.id, reading.n)
        return value is None, too_few, 0.0 if value is None else -value if downwards else value

    return "".join(_manager(sheet, name, team, _) for name, team in sorted(people, key=place))


def _group(sheet: _Sheet, group: TeamGroup, _: Translator) -> str:
    rows = [_manager(sheet, name, "", _) for name in group.managers]
    if group.name:
        found = [sheet.board.team_readings.get((kpi.id, group.name)) for kpi in sheet.kpis]
        cells = "".join(
            f'<td class="tv">{number(reading.value, kpi.unit, _) if reading else ""}{_plans_of(sheet, kpi, group, _)}</td>'
            for kpi, reading in zip(sheet.kpis, found, strict=True)
        )
        size = esc(_.plural("{n} person", "{n} people", len(group.managers)))
        rows.insert(0, f'<tr class="team"><th scope="row">{esc(group.name)}<span class="sub">{size}</span></th>{cells}</tr>')
    return "".join(rows)


def _plans_of(sheet: _Sheet, kpi: Kpi, group: TeamGroup, _: Translator) -> str:
    """The mark of plans behind a team's figure, with their number; '' where nobody of the team has one."""
    owners = [name for name in group.managers if sheet.view.plans.get((kpi.id, name))]
    n = sum(sheet.view.plans[kpi.id, name] for name in owners)
    if not n:
        return ""
    words = esc(f"{_plan_words(n, _)}{_.colon}{_.comma.join(owners)}")
    return f'<span class="pf" title="{words}">{icon("flag")}<span aria-hidden="true">{n}</span><span class="sr">{words}</span></span>'


def _plan_words(n: int, _: Translator) -> str:
    return _.plural("{n} plan runs", "{n} plans run", n)


def _manager(sheet: _Sheet, name: str, team: str, _: Translator) -> str:
    mine = [sheet.readings[kpi.id, name] for kpi in sheet.kpis]
    # As many as the sentences above the board count: improvement is told from the others, and not counted again.
    counted = [reading.verdict for kpi, reading in zip(sheet.kpis, mine, strict=True) if kpi.measure != "derived"]
    met = counted.count("met")
    judged = met + counted.count("missed")
    cells = "".join(_cell(sheet.view, reading, kpi, sheet.begins, _) for reading, kpi in zip(mine, sheet.kpis, strict=True))
    note = " · ".join(filter(None, (team, _("{met} of {judged} met", met=met, judged=judged))))
    return (
        f'<tr><th scope="row"><button type="button" class="who" tabindex="-1" data-go="{esc(name)}|"><span class="nm">{esc(name)}</span>'
        f'<span class="sub">{esc(note)}</span></button></th>{cells}</tr>'
    )


def _cell(view: View, reading: Reading, kpi: Kpi, begins: int, _: Translator) -> str:
    """``begins``: the place of the first point that is drawn, the same for everybody, so that months stand below months."""
    place = kpi.id, reading.subject
    plans = view.plans.get(place, 0)
    more = [part for part in (_plan_words(plans, _) if plans else "", view.notes.get(place, "")) if part]
    pointed = "&#10;".join((hover(reading, kpi, _), *map(esc, more)))
    said = _.clause.join((spoken(reading, kpi, _), *more))
    variation = f"{icon('flag') if plans else ''}{'' if reading.value is None else icon(reading.variation)}"
    lasting = icon(assured(reading)) if assured(reading) in ASSURED else ""
    # One figure alone is no trend.
    trend = spark(reading.since(begins), band=True) if sum(point.value is not None for point in reading.points) > 1 else ""
    look = f"v-{reading.verdict} s-{reading.variation}{' waived' if is_waived(reading) else ''}"
    # On a phone there is no heading to say it.
    goal = "" if reading.target is None else aim(kpi, reading.target, _)
    opened = "true" if view.opened == (reading.subject, kpi.id) else "false"
    return (
        f'<td class="{look}"><button type="button" tabindex="-1" data-go="{esc(reading.subject)}|{kpi.id}" '
        f'data-kpi="{esc(_(kpi.name))}" data-goal="{esc(goal)}" title="{pointed}" aria-label="{esc(said)}" aria-expanded="{opened}">'
        f'<span class="top">{icon(reading.verdict)}{number(reading.value, kpi.unit, _)}<span class="var">{variation}</span></span>'
        f'<span class="low"><span class="as">{lasting}</span>{_cases(reading, kpi, _)}{trend}</span></button></td>'
    )


def _cases(reading: Reading, kpi: Kpi, _: Translator) -> str:
    """On how many cases a figure rests that are too few to say, or a share that is too close to its target to tell; '' elsewhere."""
    counted = kpi.unit == "ratio" and kpi.measure != "derived" and reading.verdict == "few"
    told = reading.value is not None and (counted or lacks_cases(reading.verdict, kpi.id, reading.n))
    return f'<span class="nn">{esc(_("n {n}", n=reading.n))}</span>' if told else ""


def _staff(board: Board, groups: Sequence[TeamGroup], _: Translator) -> str:
    """The newest employee survey of each team, in words; '' where there is none."""
    found = []
    for group in groups:
        reading = board.team_readings.get((_STAFF, group.name)) if group.name else None
        newest = next((point for point in reversed(reading.points) if point.value is not None), None) if reading else None
        if newest:
            found.append(f"{group.name} {formats.written(newest.value, 'ratio', _.language)} ({formats.month(newest.period, _.language)})")
    return _("Employee satisfaction: {teams}", teams=_.comma.join(found)) if found else ""


def _order_words(sheet: _Sheet, _: Translator) -> str:
    """What the rows are ordered by, and that it is no ranking; '' for the usual order."""
    by = _order(sheet)
    if by is None:
        return ""
    words = _("By {kpi}, best first.", kpi=_(by[0].name)) if by[1] else _("By {kpi}, weakest first.", kpi=_(by[0].name))
    by_chance = _("Neighbours may differ by chance alone.")
    few = any(lacks_cases(reading.verdict, reading.kpi, reading.n) for place, reading in sheet.readings.items() if place[0] == by[0].id)
    return _.space.join((words, by_chance, *([_("Too few cases to say stand at the end.")] if few else [])))


def legend(readings: Sequence[Reading], _: Translator, *, note: str = "", order: str = "", planned: bool = False) -> str:
    """What the marks mean that these readings show, in words; the pointer is told more.

    ``note`` stands at the end, ``order`` in front with the way back. ``planned``: plans are marked.
    """

    def items(heading: str, words: Mapping[str, str], meanings: Mapping[str, str], there: Collection[str]) -> str:
        found = "".join(_item(name, _(said), _(meanings[name])) for name, said in words.items() if name in there)
        return f'<span class="lg">{esc(heading)}</span>{found}' if found else ""

    measured = [reading for reading in readings if reading.value is not None]
    # Without a target no mark is drawn.
    verdicts = items(_("Verdict"), VERDICTS, VERDICT_MEANINGS, {reading.verdict for reading in readings} - {"none"})
    if any(is_waived(reading) for reading in readings):
        verdicts += _item(
            "none", _("target not applied"), _("So near the top that points say more than percent, or from nothing: no target is applied.")
        )
    variations = items(_("Compared with usual"), VARIATIONS, VARIATION_MEANINGS, {reading.variation for reading in measured})
    lasting = items(_("In the long run"), ASSURED, ASSURED_MEANINGS, {assured(reading) for reading in measured})
    if planned:
        lasting += _item("flag", _("plan runs"), _("An improvement plan runs for this KPI; beside a team, how many."))
    back = f'<button type="button" class="back" data-go="{HEADING}|">{esc(_("Back to the usual order"))}</button>' if order else ""
    tour = f'<button type="button" class="back" data-go="{HEADING}|{TOUR}">{esc(_("Show the tour"))}</button>'
    ordered = f'<span class="ord">{esc(order)}{back}</span>' if order else ""
    return f'<div class="legend">{ordered}{verdicts}{variations}{lasting}{tour}<span class="li note">{esc(note)}</span></div>'


def _item(mark: str, words: str, meaning: str) -> str:
    return f'<span class="li" title="{esc(meaning)}">{icon(mark)}{esc(words)}</span>'
