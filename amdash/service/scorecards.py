"""Figures for pages, PDFs and the command line: the scorecard, the board of a period, trends, and the rows behind a number."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import pandas as pd

from amdash.errors import AmdashError
from amdash.insight.reading import Reading
from amdash.insight.readings import readings as read_off
from amdash.metrics import catalogue, evaluate, period, score, summary
from amdash.metrics.spec import Kpi
from amdash.schema import SOURCE_COLUMNS, TABLES, month_column
from amdash.service import access
from amdash.service.workspace import OWNER, Workspace

# Sheets that come every month: one of them missing is worth a word. Employee surveys and lists come when they come.
_MONTHLY = ("sales", "targets", "tickets", "complaints", "surveys")
_RECENT_MONTHS = 3


@dataclass(frozen=True)
class TeamGroup:
    """``name`` is '' for managers whom no list puts into a team."""

    name: str
    managers: tuple[str, ...]


@dataclass(frozen=True)
class Gap:
    """A table that has rows in the months before, and none in this one: no data, never 0."""

    table: str
    month: str


@dataclass(frozen=True)
class Board:
    """Everybody's KPIs of one period. ``readings``: (kpi id, manager); ``team_readings``: (kpi id, team), '' for all.

    ``through``: the last month with figures of a quarter or year that is not over yet, else None.
    """

    period: str
    every: str
    kpis: tuple[Kpi, ...]
    teams: tuple[TeamGroup, ...]
    readings: Mapping[tuple[str, str], Reading]
    team_readings: Mapping[tuple[str, str], Reading]
    scores: Mapping[str, float | None]
    gaps: tuple[Gap, ...]
    revision: int
    through: str | None = None

    def measured(self) -> list[str]:
        """The ids of the KPIs of which anybody has a value in the period, in the order of the page."""
        found = {reading.kpi for reading in (*self.readings.values(), *self.team_readings.values()) if reading.value is not None}
        return [kpi.id for kpi in self.kpis if kpi.id in found]


@dataclass(frozen=True)
class SourceRow:
    """A fact led back to its place: file, sheet and row as the owner's program numbers them.

    ``beside``: what the row says in columns that no field took, by header.
    """

    file: str
    sheet: str
    row: int
    import_id: int
    values: Mapping[str, Any]
    beside: Mapping[str, str] = field(default_factory=dict)


def kpis() -> tuple[Kpi, ...]:
    """The catalogue, in the order of the page."""
    return tuple(catalogue.KPIS.values())


def roster(ws: Workspace, revision: int | None = None) -> pd.DataFrame:
    """Columns manager, team: everybody on a list of managers, then whoever else has figures; team '' where unknown."""
    listed = ws.tables(revision)["managers"]
    people = pd.DataFrame({"manager": listed["name"], "team": listed["team"].fillna("")}).drop_duplicates("manager", keep="last")
    measured = ws.cells(revision)["manager"].dropna().unique()
    others = sorted(set(measured) - set(people["manager"]))
    return pd.concat([people, pd.DataFrame({"manager": others, "team": [""] * len(others)}, dtype="str")], ignore_index=True)


def managers(ws: Workspace, revision: int | None = None) -> list[str]:
    """The names in the order of the roster."""
    return list(roster(ws, revision)["manager"])


def months(ws: Workspace, revision: int | None = None) -> list[str]:
    """The months that have figures other than targets set ahead, ascending."""
    found = ws.months(revision)
    return sorted(set().union(*(held for name, held in found.items() if name not in ("targets", "feedback"))))


def scorecard(
    ws: Workspace,
    *,
    start: str | None = None,
    end: str | None = None,
    by: evaluate.By = "manager",
    every: period.Every = "month",
    kpis: Sequence[str] = (),
    managers: Sequence[str] = (),
    revision: int | None = None,
    actor: str = OWNER,
) -> pd.DataFrame:
    """One row per KPI, subject and period, with value, sums, n, target and whether it is met.

    ``start`` and ``end`` are months (default: all that have figures). Errors: kpi_unknown, manager_unknown, month_invalid.
    """
    access.ask(actor, "read")
    wanted = [catalogue.by_id(name) for name in kpis] or list(catalogue.KPIS.values())
    people = roster(ws, revision)
    chosen = [shown_manager(ws, people, name, revision) for name in managers]
    first, last = _span(ws, start, end, revision)
    return evaluate.scorecard(ws.cells(revision), people, by=by, every=every, start=first, end=last, kpis=wanted, managers=chosen or None)


def board(ws: Workspace, wanted: str, revision: int | None = None, *, actor: str = OWNER) -> Board:
    """Everybody's KPIs in a period ('2026-10', '2026-Q4', '2026'), each with its last twelve periods."""
    access.ask(actor, "read")
    every = period.kind_of(wanted)
    people = roster(ws, revision)
    measured = ws.cells(revision)
    catalogue_now = tuple(kpi for kpi in kpis() if kpi.on_board)

    def readings(by: evaluate.By) -> dict[tuple[str, str], Reading]:
        found = read_off(measured, people, catalogue_now, period=wanted, every=every, by=by)
        return {(reading.kpi, reading.subject): reading for reading in found}

    names = sorted(people["team"].unique(), key=lambda name: (name == "", list(people["team"]).index(name)))
    teams = tuple(TeamGroup(name, tuple(people.loc[people["team"] == name, "manager"])) for name in names)
    span = period.months_of(wanted)
    frame = evaluate.scorecard(measured, people, by="manager", every=every, start=span[0], end=span[-1], kpis=catalogue_now, managers=None)
    points = score.weighted_score(frame, catalogue_now)
    scores = {name: _number(value) for name, value in zip(points["manager"], points["score"], strict=True)}
    covered = [month for month in span if month in months(ws, revision)]
    return Board(
        period=wanted,
        every=every,
        kpis=catalogue_now,
        teams=teams,
        readings=readings("manager"),
        team_readings=readings("team") | readings("all"),
        scores=scores,
        gaps=gaps(ws, wanted, revision),
        revision=ws.revision() if revision is None else revision,
        through=covered[-1] if covered and covered[-1] != span[-1] else None,
    )


def trends(
    ws: Workspace,
    kpi: str,
    wanted: str,
    by: evaluate.By = "manager",
    window: int = 24,
    revision: int | None = None,
    *,
    actor: str = OWNER,
) -> list[Reading]:
    """One KPI of every manager, team or all, over the periods that end with ``wanted``. Errors: kpi_unknown."""
    access.ask(actor, "read")
    chosen = catalogue.by_id(kpi)
    return read_off(ws.cells(revision), roster(ws, revision), [chosen], period=wanted, every=period.kind_of(wanted), by=by, window=window)


def trend(
    ws: Workspace,
    kpi: str,
    wanted: str | None = None,
    *,
    manager: str | None = None,
    team: str | None = None,
    window: int = 24,
    revision: int | None = None,
    actor: str = OWNER,
) -> Reading:
    """One KPI of one manager, one team or everybody, over the periods that end with ``wanted`` (default: the newest month).

    Errors: kpi_unknown, manager_unknown, team_unknown, month_invalid, no_figures.
    """
    known = months(ws, revision)
    if wanted is None and not known:
        raise AmdashError("no_figures")
    last = wanted or known[-1]
    if not period.is_period(last):
        raise AmdashError("month_invalid", value=last)
    people = roster(ws, revision)
    teams = [name for name in people["team"].unique() if name]
    if team is not None and team not in teams:
        raise AmdashError("team_unknown", team=team, known=teams)
    subject = team or ("" if manager is None else shown_manager(ws, people, manager, revision))
    by: evaluate.By = "team" if team is not None else "all" if manager is None else "manager"
    return next(one for one in trends(ws, kpi, last, by, window, revision, actor=actor) if one.subject == subject)


def gaps(ws: Workspace, wanted: str, revision: int | None = None) -> tuple[Gap, ...]:
    """The sheets that are missing in a period though they came in the months before it."""
    held = ws.months(revision)
    newest = max(months(ws, revision), default="")
    found = []
    for month in period.months_of(wanted):
        for name in _MONTHLY:
            before = {period.shift(month, -back) for back in range(1, _RECENT_MONTHS + 1)}
            if month <= newest and month not in held[name] and before & held[name]:
                found.append(Gap(name, month))
    return tuple(found)


def rows_behind(
    ws: Workspace,
    kpi: str,
    *,
    manager: str | None = None,
    team: str | None = None,
    start: str | None = None,
    end: str | None = None,
    revision: int | None = None,
    actor: str = OWNER,
) -> list[SourceRow]:
    """The facts that a figure counts, in the order of their files: rows of its table, and of the summary where that fills in.

    Errors: kpi_unknown, manager_unknown, month_invalid.
    """
    access.ask(actor, "read")
    chosen = catalogue.by_id(kpi)
    people = roster(ws, revision)
    who = None if manager is None else {shown_manager(ws, people, manager, revision)}
    if team is not None:
        members = set(people.loc[people["team"] == team, "manager"])
        who = members if who is None else who & members
    first, last = _span(ws, start, end, revision)
    facts = ws.facts(revision)
    added = summary.filled(evaluate.detail(facts, [chosen]), facts, [chosen.id])
    found = [row for frame in (chosen.behind(facts), *summary.behind(added, facts, chosen.id)) for row in _source_rows(frame, first, last, who)]
    return _with_beside(ws, sorted(found, key=lambda row: (row.file, row.sheet, row.row)), revision)


def _with_beside(ws: Workspace, rows: list[SourceRow], revision: int | None) -> list[SourceRow]:
    """The rows with the columns that were kept beside them, read from the slots of their imports alone."""
    wanted = {row.import_id for row in rows}
    beside = {place: said for slot in ws.store.slots(revision) if slot.import_id in wanted for place, said in ws.store.extras(slot).items()}
    return [replace(row, beside=beside.get((row.file, row.sheet, row.row), {})) for row in rows] if beside else rows


def _source_rows(facts: pd.DataFrame, first: str, last: str, who: set[str] | None) -> list[SourceRow]:
    """The rows of the months from ``first`` to ``last``, of these managers alone where any are given."""
    facts = facts[(facts["month"] >= first) & (facts["month"] <= last)]
    if who is not None:
        facts = facts[facts["manager"].isin(who)]
    hidden = {*SOURCE_COLUMNS, "import_id", "month"}
    names = [name for name in facts.columns if name not in hidden]
    return [
        SourceRow(row["source_file"], row["source_sheet"], int(row["source_row"]), int(row["import_id"]), {name: row[name] for name in names})
        for row in facts.to_dict("records")
    ]


def source_files(ws: Workspace, manager: str, months: Sequence[str], revision: int | None = None) -> list[str]:
    """The files that hold rows of a manager in these months, each once, by name."""
    found: set[str] = set()
    for name, frame in ws.tables(revision).items():
        if TABLES[name].dated_by is not None and "manager" in frame:
            mine = frame[frame["manager"] == manager]
            found |= set(mine.loc[month_column(TABLES[name], mine).isin(months), "source_file"])
    return sorted(found)


def _span(ws: Workspace, start: str | None, end: str | None, revision: int | None) -> tuple[str, str]:
    for value in (start, end):
        if value is not None and not period.is_month(value):
            raise AmdashError("month_invalid", value=value)
    known = months(ws, revision) or ["0000-01"]
    return start or known[0], end or known[-1]


def shown_manager(ws: Workspace, people: pd.DataFrame, name: str, revision: int | None = None) -> str:
    """The name under which somebody's figures stand, however it is written or was before a merge. Errors: manager_unknown."""
    known = list(people["manager"])
    shown = name if name in known else ws.identities(revision).shown("manager", name)
    if shown not in known:
        raise AmdashError("manager_unknown", manager=name, known=known)
    return shown


def _number(value: float) -> float | None:
    return None if pd.isna(value) else float(value)
