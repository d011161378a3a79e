"""What is handed out on everybody at once: the summary of a team, and the page that says which data is there."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence

from amdash.errors import AmdashError
from amdash.i18n import Language, Translator, translator
from amdash.insight.narrative import team_story
from amdash.metrics import period as periods
from amdash.metrics.spec import Kpi
from amdash.report.coverage_page import MOST_MONTHS, CoverageInput, ReportGap, ReportImport, coverage_page
from amdash.report.document import ReportInput
from amdash.report.pdf import compile_pdf
from amdash.report.sections import ReportAgreement
from amdash.report.team import TeamInput, TeamMember, TeamPart, team_summary
from amdash.schema import TABLES
from amdash.service import access, boards, company, coverage, drilldown, exports, report_parts, scorecards
from amdash.service.boards import Board, TeamGroup
from amdash.service.coverage import LIST, STATES, Cover, Coverage
from amdash.service.report_parts import Parts
from amdash.service.workspace import OWNER, Workspace

_TEAM, _COVERAGE = "team.typ", "coverage.typ"
_YEAR = 12


def team_pdf(
    ws: Workspace, period: str, language: Language, team: str | None = None, revision: int | None = None, *, actor: str = OWNER
) -> tuple[str, bytes]:
    """(file name, PDF) of the summary of a team, or of everybody, as at a revision. Errors: month_invalid, no_data_for_report, team_unknown."""
    wanted = ws.revision() if revision is None else revision
    scorecards.require_figures(ws, period, wanted)
    name = scorecards.whose(ws, None, team, wanted)[1]
    found = _team(ws, boards.board(ws, period, wanted, actor=actor), name, language)
    return team_file_name(period, name, language), compile_pdf(team_summary(found, language), found.whole.revision_at, _TEAM)


def team_file_name(period: str, team: str, language: Language) -> str:
    """'团队小结-华东组-2026-10.pdf', without a team's name for everybody."""
    _ = translator(language)
    return f"{exports.safe('-'.join(filter(None, (_('Team summary'), team))))}-{period}.pdf"


def coverage_pdf(
    ws: Workspace, language: Language, revision: int | None = None, *, until: str | None = None, actor: str = OWNER
) -> tuple[str, bytes]:
    """(file name, PDF) of which months of which tables are there as at a revision, up to a period, by default up to the newest month.

    Errors: no_figures (nothing is there at all), month_invalid, no_data_for_report.
    """
    access.ask(actor, "read")
    wanted = ws.revision() if revision is None else revision
    if until is not None:
        scorecards.require_figures(ws, until, wanted)
    found = _coverage(ws, coverage.matrix(ws, wanted, actor=actor), until, language)
    name = coverage_file_name(until or f"{found.revision_at:%Y-%m-%d}", language)
    return name, compile_pdf(coverage_page(found, language), found.revision_at, _COVERAGE)


def coverage_file_name(until: str, language: Language) -> str:
    """'数据是否齐全-2026-10.pdf'. ``until``: the period up to which it goes, or the day of its revision."""
    _ = translator(language)
    return f"{exports.safe(_('Coverage'))}-{until}.pdf"


def _team(ws: Workspace, board: Board, team: str, language: Language) -> TeamInput:
    """Everything on a team ('' for everybody); rows of managers stand in the order of the board."""
    _, revision = translator(language), board.revision
    groups = [group for group in board.teams if team in ("", group.name)]
    names = [name for group in groups for name in group.managers]
    judged = [kpi for kpi in board.kpis if kpi.is_judged]
    columns = _columns(board, judged, names)
    below = report_parts.parts(ws, board)
    told = [*names, *(_others(below, names) if team == "" else ())]
    each = {name: below.of(name) for name in told}
    whole = ReportInput(
        manager=team,
        team="",
        period=board.period,
        readings=[(kpi, board.team_readings[kpi.id, team]) for kpi in board.kpis if _is_told(board, kpi, team, judged)],
        score=None,
        story=team_story([board.readings[kpi.id, name] for kpi in judged for name in names], board.kpis, _),
        feedback=(),
        revision=revision,
        revision_at=ws.moment_of(revision),
        sources=_sources(ws, board, names),
        letterhead=company.letterhead(ws, revision),
    )
    at_stake = [(name, move) for name in told for move in each[name].moves if move.at_stake]
    restated = [(name, one) for name in told for one in each[name].restated]
    return TeamInput(
        whole=below.added(whole),
        team=team,
        columns=columns,
        parts=[_part(board, group, columns) for group in groups],
        through=board.through,
        missing=[(_(TABLES[gap.table].title), gap.month) for gap in board.gaps],
        agreed=_agreed(below, told),
        plans=[(name, plan) for name in told for plan in each[name].plans],
        moves=sorted(at_stake, key=lambda one: one[1].revenue, reverse=True),
        restated=sorted(restated, key=lambda one: one[1].month, reverse=True),
        gaps=_recent_gaps(ws, board, _),
    )


def _columns(board: Board, judged: Sequence[Kpi], names: Sequence[str]) -> list[Kpi]:
    """The KPIs that somebody is judged by and has a figure in."""
    return [kpi for kpi in judged if kpi.weighted and any(board.readings[kpi.id, name].value is not None for name in names)]


def _is_told(board: Board, kpi: Kpi, team: str, judged: Sequence[Kpi]) -> bool:
    """Whether a KPI stands in the table of the whole team: one that was measured of late, or a survey of employees of this period."""
    reading = board.team_readings[kpi.id, team]
    return reading.value is not None or (kpi in judged and reading.begins() < len(reading.points))


def _sources(ws: Workspace, board: Board, names: Sequence[str]) -> list[str]:
    """The files that hold rows of any of these managers in the period."""
    found = drilldown.source_files_by_manager(ws, periods.months_of(board.period), board.revision)
    return sorted({file for name in names for file in found.get(name, ())})


def _part(board: Board, group: TeamGroup, columns: Sequence[Kpi]) -> TeamPart:
    members = [TeamMember(name, board.scores.get(name), [board.readings[kpi.id, name] for kpi in columns]) for name in group.managers]
    # The readings under '' are everybody's, not those of the people without a team.
    return TeamPart(group.name, members, [board.team_readings[kpi.id, group.name] for kpi in columns] if group.name else ())


def _others(below: Parts, names: Sequence[str]) -> list[str]:
    """Of whom something is agreed or planned though they are not on the board, such as after their sheet was taken back; by name."""
    there = {item.manager for item in below.agreed} | {one.entry.manager for one in below.plans}
    return sorted(there - {"", *names})


def _agreed(below: Parts, names: Sequence[str]) -> list[tuple[str, ReportAgreement]]:
    """What is everybody's first, then by manager."""
    order = ["", *names]
    mine = sorted((item for item in below.agreed if item.manager in order), key=lambda item: order.index(item.manager))
    return [(item.manager, below.agreement(item)) for item in mine]


def _recent_gaps(ws: Workspace, board: Board, _: Translator) -> list[ReportGap]:
    """What is not complete of the lists and of the twelve months up to the end of the period."""
    last = periods.months_of(board.period)[-1]
    months = {periods.shift(last, -back) for back in range(_YEAR)}
    return _gaps(coverage.matrix(ws, board.revision), months, _)


def _gaps(found: Coverage, months: set[str], _: Translator) -> list[ReportGap]:
    """What is missing or there in part of these months, the newest first, and of the lists, which come before them."""
    mine = [cover for cover in found.incomplete() if cover.month in {*months, LIST}]
    return [_gap(cover, _) for cover in sorted(mine, key=lambda cover: (cover.month == LIST, cover.month), reverse=True)]


def _gap(cover: Cover, _: Translator) -> ReportGap:
    why = [coverage.reason_words(_, reason) for reason in cover.reasons] or [_("No sheet has a row of this month. If there is one, upload it.")]
    month = None if cover.month == LIST else cover.month
    return ReportGap(month, _(TABLES[cover.table].title), cover.state, _(STATES[cover.state]), _.space.join(why))


def _coverage(ws: Workspace, found: Coverage, until: str | None, language: Language) -> CoverageInput:
    """Everything on the page. Tables that never had a row stand in the words below."""
    _ = translator(language)
    if not any(cover.rows for cover in found.covers.values()):
        raise AmdashError("no_figures")
    end = periods.months_of(until)[-1] if until else found.months[-1] if found.months else ""
    known = [month for month in found.months if month <= end]
    months = known[-MOST_MONTHS:]
    used = [table for table in TABLES.values() if table.dated_by and any(found.covers[table.name, month].rows for month in found.months)]
    return CoverageInput(
        months=months,
        earlier=len(known) - len(months),
        tables=[(_(table.title), [found.covers[table.name, month].state for month in months]) for table in used],
        states={state: _(words) for state, words in STATES.items()},
        notes=_notes(found, _),
        gaps=_gaps(found, set(months), _),
        imports=_imports(ws, found.revision),
        revision=found.revision,
        revision_at=ws.moment_of(found.revision),
        letterhead=company.letterhead(ws, found.revision),
    )


def _notes(found: Coverage, _: Translator) -> list[str]:
    """The tables without months, and those of which nothing has ever come."""
    lists = [cover for cover in found.covers.values() if cover.month == LIST and cover.rows]
    said = [f"{_(TABLES[cover.table].title)} {_.plural('{n} row', '{n} rows', cover.rows)}" for cover in lists]
    there = {cover.table for cover in found.covers.values() if cover.rows}
    never = [_(table.title) for table in TABLES.values() if table.name not in there]
    return [
        *([_("Lists: {lists}.", lists=_.comma.join(said))] if said else []),
        *([_("Nothing so far: {tables}.", tables=_.comma.join(never))] if never else []),
    ]


def _imports(ws: Workspace, revision: int) -> list[ReportImport]:
    """The uploads that rows in force came from, the newest first, each with the files that these rows stand in."""
    standing: dict[int, Counter[str]] = defaultdict(Counter)
    refused = coverage.refused_by_import(ws, revision)
    for frame in ws.tables(revision).values():
        for import_id, file in zip(frame["import_id"].tolist(), frame["source_file"].tolist(), strict=True):
            standing[int(import_id)][str(file)] += 1
    return [
        ReportImport(tuple(standing[row.import_id]), row.at, row.actor, standing[row.import_id].total(), refused[row.import_id])
        for row in ws.store.imports()
        if row.import_id in standing
    ]
