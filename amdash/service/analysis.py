"""Answers that need more than one figure: everybody beside everybody, and what moves satisfaction."""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from amdash.errors import AmdashError
from amdash.insight import drivers as insight_drivers
from amdash.insight import progress
from amdash.insight.comparison import Comparison
from amdash.insight.comparison import compare as beside
from amdash.insight.drivers import DriverAnalysis
from amdash.insight.intervals import Sums
from amdash.insight.reading import Assurance, Point
from amdash.insight.readings import readings as read_off
from amdash.insight.verdict import Judgement, judge, judge_value
from amdash.metrics import catalogue, period
from amdash.metrics.spec import By, Kpi
from amdash.schema import TABLES, month_column
from amdash.service import access, scorecards
from amdash.service.workspace import OWNER, Workspace

_SUMS = ["numerator", "denominator", "n", "sum_of_squares"]


@dataclass(frozen=True)
class Judged:
    """What is said of one row of a scorecard: the verdict with what it rests on, its signal, and whether the target will be met.

    ``point`` and ``assurance`` are None where there is no series: for everything together.
    """

    judgement: Judgement
    point: Point | None
    assurance: Assurance | None


def judged(
    ws: Workspace, frame: pd.DataFrame, by: By, every: period.Every, revision: int | None = None, *, managers: Sequence[str] = ()
) -> list[Judged]:
    """For every row of a scorecard (:func:`amdash.service.scorecards.scorecard`) what it means, in their order.

    ``managers``: those it was asked for; the figures of a part of a team, or of the business, have no series of their own.
    """
    points: dict[tuple[str, str, str], Point] = {}
    assurances: dict[tuple[str, str], Assurance] = {}
    kpis = [kpi for kpi in map(catalogue.by_id, frame["kpi"].unique()) if kpi.measure != "derived"]
    if every != "total" and len(frame) and (by == "manager" or not managers):
        newest, oldest = frame["period"].max(), frame["period"].min()
        window = next(count for count in itertools.count(1) if period.last_periods(newest, count)[0] <= oldest)
        people = scorecards.roster(ws, revision)
        against = scorecards.held(ws, revision)
        for one in read_off(ws.cells(revision), people, kpis, period=newest, every=every, by=by, window=window, held=against):
            assurances[one.kpi, one.subject] = one.assurance
            points |= {(one.kpi, one.subject, point.period): point for point in one.points}
    changed = _changes(ws, frame, by, every, revision, managers)
    found = []
    rows: list[dict[Any, Any]] = frame.to_dict("records")
    for row in rows:
        subject = row[by] if by != "all" else ""
        change = changed.get((row["kpi"], subject, row["period"]))
        if change is not None:
            found.append(Judged(progress.judge(change), progress.point(change), None))
            continue
        found.append(Judged(_judgement(row), points.get((row["kpi"], subject, row["period"])), assurances.get((row["kpi"], subject))))
    return found


def judged_alone(frame: pd.DataFrame) -> list[Judged]:
    """The same of rows that belong to no series, such as slices: verdicts alone."""
    return [Judged(_judgement(row), None, None) for row in frame.to_dict("records")]


def _judgement(row: Mapping[Any, Any]) -> Judgement:
    """The verdict on one row of any KPI but those derived from others, with what it rests on."""
    kpi = catalogue.by_id(row["kpi"]).aimed(None if pd.isna(row["target"]) else row["target"])
    if kpi.quantile is not None:
        return judge_value(kpi, row["value"], int(row["n"]))
    return judge(kpi, Sums(row["numerator"], row["denominator"], int(row["n"]), row["sum_of_squares"]))


def _changes(
    ws: Workspace, frame: pd.DataFrame, by: By, every: period.Every, revision: int | None, managers: Sequence[str]
) -> dict[tuple[str, str, str], dict[Any, Any]]:
    """(kpi, subject, period) -> what the improvement of each such row is made of."""
    derived = [name for name in frame["kpi"].unique() if catalogue.by_id(name).measure == "derived"]
    rows = scorecards.improvements(ws, by=by, every=every, managers=managers, revision=revision).to_dict("records") if derived else []
    return {(name, row[by] if by != "all" else "", row["period"]): row for name in derived for row in rows}


def can_compare(kpi: Kpi) -> bool:
    """Whether a KPI is a sum of cases: only of those can it be said what chance does to them."""
    return kpi.measure not in ("quantile", "derived")


def compare(ws: Workspace, kpi: str, wanted: str, *, revision: int | None = None, actor: str = OWNER) -> Comparison:
    """Every manager in one KPI and period: value, funnel limits, flag and rank group, best first.

    Errors: kpi_unknown, kpi_not_compared, month_invalid.
    """
    access.ask(actor, "read")
    if not period.is_period(wanted):
        raise AmdashError("month_invalid", value=wanted)
    chosen = catalogue.by_id(kpi)
    if not can_compare(chosen):
        raise AmdashError("kpi_not_compared", field=chosen.name)
    cells = ws.cells(revision)
    mine = cells[(cells["kpi"] == kpi) & cells["month"].isin(period.months_of(wanted)) & cells["manager"].notna()]
    if chosen.window_months > 1:
        mine = mine[mine["month"] == mine["month"].max()]
    # A sum in which one part is not known is not known.
    summed = mine.groupby("manager")[_SUMS].sum(skipna=False)
    found = {str(name): Sums(row["numerator"], row["denominator"], int(row["n"]), row["sum_of_squares"]) for name, row in summed.iterrows()}
    everybody = scorecards.managers(ws, revision)
    return beside(chosen, {name: found.get(name, Sums(None, None, 0)) for name in everybody})


def drivers(
    ws: Workspace, start: str | None = None, end: str | None = None, *, manager: str | None = None, revision: int | None = None, actor: str = OWNER
) -> DriverAnalysis:
    """What moves customer satisfaction in the survey answers of these months, of everybody or one manager.

    ``start``, ``end``: months, default all. Errors: month_invalid, manager_unknown.
    """
    access.ask(actor, "read")
    for month in (start, end):
        if month is not None and not period.is_month(month):
            raise AmdashError("month_invalid", value=month)
    surveys: pd.DataFrame = ws.tables(revision)["surveys"]
    months = month_column(TABLES["surveys"], surveys)
    rows = surveys[(months >= (start or "")) & (months <= (end or "9999-12"))]
    if manager is not None:
        people = scorecards.roster(ws, revision)
        rows = rows[rows["manager"] == scorecards.shown_manager(ws, people, manager, revision)]
    return insight_drivers.analyse(insight_drivers.shares_of_scale(rows))
