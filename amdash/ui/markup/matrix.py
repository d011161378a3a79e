"""The scorecard matrix: managers by KPIs, team rows between them, on one screen."""

from __future__ import annotations

from html import escape as esc

from amdash.i18n import Translator, formats
from amdash.i18n.words import VARIATIONS, VERDICTS
from amdash.insight.reading import Reading
from amdash.metrics.spec import Kpi
from amdash.service.boards import Board, TeamGroup
from amdash.ui.markup.marks import icon, number, shared_goal, spark, spoken

# The team's figure of the newest survey stands below the table: it is nobody's own.
_STAFF = "staff_satisfaction"


def columns(board: Board) -> list[Kpi]:
    """The KPIs that get a column: those that a manager is judged by or sells by; surveys of employees belong to the team."""
    return [kpi for kpi in board.kpis if kpi.category != "people" and (kpi.weighted or kpi.measure == "total")]


def matrix(board: Board, _: Translator, team: str | None = None) -> str:
    """The whole table, or one team of it; every cell is a button that reports 'manager|kpi'."""
    kpis = columns(board)
    groups = [group for group in board.teams if team is None or group.name == team]
    heads = "".join(
        f'<th scope="col"><span class="kn">{esc(_(kpi.name))}</span><span class="kt">{esc(shared_goal(kpi, board.readings.values(), _))}</span></th>'
        for kpi in kpis
    )
    rows = "".join(_group(board, group, kpis, _) for group in groups)
    people = sum(len(group.managers) for group in groups)
    units = people + 0.5 * sum(bool(group.name) for group in groups)
    names = _names_width([*(name for group in groups for name in group.managers), *(group.name for group in groups)])
    label = _(
        "Scorecard: {managers}, {kpis}", managers=_.plural("{n} manager", "{n} managers", people), kpis=_.plural("{n} KPI", "{n} KPIs", len(kpis))
    )
    return (
        f'<table class="mx" style="--units:{units:g};--names:{names:.2f}rem" role="grid" aria-label="{esc(label)}"><thead><tr>'
        f'<th scope="col"><span class="kn">{esc(_("Account manager"))}</span><span class="kt">{esc(_("Target"))}</span></th>{heads}'
        f"</tr></thead><tbody>{rows}</tbody></table>{legend(_, _staff(board, groups, _))}"
    )


def _names_width(names: list[str]) -> float:
    """The width in rem that the longest name needs on one line, within reason: a Chinese character is one, a Latin letter about half."""
    longest = max((sum(1.0 if character > "\u2e80" else 0.56 for character in name) for name in names), default=0.0)
    return min(12.0, max(7.25, longest + 1.25))


def _group(board: Board, group: TeamGroup, kpis: list[Kpi], _: Translator) -> str:
    rows = [_manager(board, name, kpis, _) for name in group.managers]
    if group.name:
        cells = "".join(f'<td class="tv">{number(board.team_readings[kpi.id, group.name].value, kpi.unit, _)}</td>' for kpi in kpis)
        size = esc(_.plural("{n} person", "{n} people", len(group.managers)))
        rows.insert(0, f'<tr class="team"><th scope="row">{esc(group.name)}<span class="sub">{size}</span></th>{cells}</tr>')
    return "".join(rows)


def _manager(board: Board, name: str, kpis: list[Kpi], _: Translator) -> str:
    mine = [board.readings[kpi.id, name] for kpi in kpis]
    met = sum(reading.verdict == "met" for reading in mine)
    judged = sum(reading.verdict in ("met", "missed") for reading in mine)
    cells = "".join(_cell(reading, kpi, _) for reading, kpi in zip(mine, kpis, strict=True))
    note = _("{met} of {judged} met", met=met, judged=judged)
    return (
        f'<tr><th scope="row"><button type="button" class="who" tabindex="-1" data-go="{esc(name)}|"><span class="nm">{esc(name)}</span>'
        f'<span class="sub">{esc(note)}</span></button></th>{cells}</tr>'
    )


def _cell(reading: Reading, kpi: Kpi, _: Translator) -> str:
    words = esc(spoken(reading, kpi, _))
    variation = "" if reading.value is None else icon(reading.variation)
    return (
        f'<td class="v-{reading.verdict} s-{reading.variation}"><button type="button" tabindex="-1" data-go="{esc(reading.subject)}|{kpi.id}" '
        f'data-kpi="{esc(_(kpi.name))}" title="{words}" aria-label="{words}"><span class="top">{icon(reading.verdict)}'
        f'{number(reading.value, kpi.unit, _)}<span class="var">{variation}</span></span>{spark(reading)}</button></td>'
    )


def _staff(board: Board, groups: list[TeamGroup], _: Translator) -> str:
    """The newest employee survey of each team, in words; '' where there is none."""
    found = []
    for group in groups:
        reading = board.team_readings.get((_STAFF, group.name)) if group.name else None
        newest = next((point for point in reversed(reading.points) if point.value is not None), None) if reading else None
        if newest:
            found.append(f"{group.name} {formats.written(newest.value, 'ratio', _.language)} ({formats.month(newest.period, _.language)})")
    return _("Employee satisfaction: {teams}", teams=_.comma.join(found)) if found else ""


def legend(_: Translator, note: str = "") -> str:
    """What the marks mean, in words; ``note`` stands at the end."""

    def item(name: str, words: str) -> str:
        return f'<span class="li">{icon(name)}{esc(_(words))}</span>'

    verdicts = "".join(item(name, words) for name, words in VERDICTS.items())
    variations = "".join(item(name, words) for name, words in VARIATIONS.items())
    return (
        f'<div class="legend"><span class="lg">{esc(_("Verdict"))}</span>{verdicts}<span class="lg">{esc(_("Variation"))}</span>{variations}'
        f'<span class="li"><svg width="26" height="10" aria-hidden="true"><path d="M0 5H26" class="target"/></svg>{esc(_("target line"))}</span>'
        f'<span class="li note">{esc(note)}</span></div>'
    )
