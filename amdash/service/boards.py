"""The board of a period: everybody's KPIs, teams, weighted scores, and the sheets that are missing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from amdash.errors import AmdashError
from amdash.insight.reading import Reading
from amdash.insight.readings import readings as read_off
from amdash.metrics import evaluate, period, score
from amdash.metrics.spec import By, Kpi
from amdash.service import access, scorecards
from amdash.service.workspace import OWNER, Workspace

# Sheets that come every month: one of them missing is worth a word. Employee surveys and lists come when they come.
_MONTHLY = ("sales", "targets", "tickets", "complaints", "surveys")
_RECENT_MONTHS = 3
# As many as a chart holds.
PERIODS = 12


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


def board(ws: Workspace, wanted: str, revision: int | None = None, *, actor: str = OWNER) -> Board:
    """Everybody's KPIs in a period ('2026-10', '2026-Q4', '2026'), each with its last twelve periods. Errors: month_invalid."""
    access.ask(actor, "read")
    if not period.is_period(wanted):
        raise AmdashError("month_invalid", value=wanted)
    every = period.kind_of(wanted)
    people = scorecards.roster(ws, revision)
    measured, against = ws.cells(revision), scorecards.held(ws, revision)
    catalogue_now = tuple(kpi for kpi in scorecards.kpis() if kpi.on_board)

    def readings(by: By) -> dict[tuple[str, str], Reading]:
        found = read_off(measured, people, catalogue_now, period=wanted, every=every, by=by, window=PERIODS, held=against)
        return {(reading.kpi, reading.subject): reading for reading in found}

    names = sorted(people["team"].unique(), key=lambda name: (name == "", list(people["team"]).index(name)))
    teams = tuple(TeamGroup(name, tuple(people.loc[people["team"] == name, "manager"])) for name in names)
    span = period.months_of(wanted)
    frame = evaluate.scorecard(measured, people, by="manager", every=every, start=span[0], end=span[-1], kpis=catalogue_now, entries=against.entries)
    points = score.weighted_score(frame, catalogue_now, ws.rules(revision).weights)
    scores = {name: _number(value) for name, value in zip(points["manager"], points["score"], strict=True)}
    covered = [month for month in span if month in scorecards.months(ws, revision)]
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


def gaps(ws: Workspace, wanted: str, revision: int | None = None) -> tuple[Gap, ...]:
    """The sheets that are missing in a period though they came in the months before it."""
    held = ws.months(revision)
    newest = max(scorecards.months(ws, revision), default="")
    found = []
    for month in period.months_of(wanted):
        for name in _MONTHLY:
            before = {period.shift(month, -back) for back in range(1, _RECENT_MONTHS + 1)}
            if month <= newest and month not in held[name] and before & held[name]:
                found.append(Gap(name, month))
    return tuple(found)


def _number(value: float) -> float | None:
    return None if pd.isna(value) else float(value)
