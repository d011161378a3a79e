"""Cells to readings: every KPI of every subject in a period, with its last periods, limits, verdict and variation."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pandas as pd

from amdash.insight.assurance import assurance, direction, variation
from amdash.insight.intervals import Sums
from amdash.insight.reading import Point, Reading, Variation
from amdash.insight.signals import Signals, measured, quantiles, shares, unlimited
from amdash.insight.verdict import MOST_TO_SETTLE, Judgement, judge, judge_value
from amdash.metrics.aims import aims
from amdash.metrics.evaluate import scorecard, subjects
from amdash.metrics.period import Every, is_rolling, last_periods, month_of_week, months_of, period_of
from amdash.metrics.spec import By, Kpi
from amdash.metrics.targets import Entry

# Limits know the subject's ordinary swing from up to two years; a page shows the last of them.
_LIMITS_FROM = 24
_NO_CASES = np.empty(0)
Marks = Callable[[str, By, str], Sequence[str]]


def _unmarked(_kpi: str, _by: By, _subject: str) -> Sequence[str]:
    return ()


@dataclass(frozen=True)
class Held:
    """What readings are held against beside the cells.

    ``entries``: the target ledger. ``cases``: KPI -> the cases of those that are a quantile of them.
    ``marks``: (kpi, by, subject) -> the months at which a new process begins, by what somebody has said.
    """

    entries: Sequence[Entry] = ()
    cases: Mapping[str, pd.DataFrame] = field(default_factory=dict)
    marks: Marks = _unmarked


def readings(
    cells: pd.DataFrame,
    roster: pd.DataFrame,
    kpis: Sequence[Kpi],
    *,
    period: str,
    every: Every,
    by: By,
    window: int = 12,
    held: Held | None = None,
) -> list[Reading]:
    """One reading per KPI and subject, also where nothing was measured; in the order of ``kpis``, then of the roster.

    ``window``: how many periods its points span, ``period`` being the last. ``every`` must be the kind of ``period``; by the week,
    ``cells`` are those of weeks. A quarter or year of which some months are not there is shown, but is no point of the series: a total
    would look like a fall, and a mean of one month swings more than one of three. Where neighbouring periods share their rows
    (rolling ones, KPIs that look back over months) there are no limits: their points swing less than their level does.
    """
    against = held or Held()
    periods = last_periods(period, max(window, _LIMITS_FROM))
    span = months_of(periods[0])[-1] if is_rolling(every) else months_of(periods[0])[0], months_of(period)[-1]
    frame = scorecard(cells, roster, by=by, every=every, start=span[0], end=span[1], kpis=kpis, entries=against.entries, cases=against.cases)
    rows: list[dict[Any, Any]] = frame.to_dict("records")
    found = {(row["kpi"], row[by] if by != "all" else "", row["period"]): row for row in rows}
    who = subjects_of(roster, by)
    targets = _targets(cells, roster, kpis, periods, who, by, against)
    read = []
    for kpi in kpis:
        whole = _comparable(kpi, periods, cells, against.cases)
        shared = is_rolling(every) or kpi.window_months > 1
        cases = _cases(against.cases[kpi.id], roster, by, every) if kpi.id in against.cases else {}
        for subject in who:
            series = [found.get((kpi.id, subject, one)) for one in periods]
            aimed = [targets.get((kpi.id, subject, one), kpi.target) for one in periods]
            begins = [periods.index(one) for one in _begun(against.marks(kpi.id, by, subject), periods, every)]
            known = [cases.get((subject, one), _NO_CASES) for one in periods]
            read.append(_reading(kpi, subject, _Series(series, periods, aimed, whole, begins, shared, known), window, by))
    return read


@dataclass(frozen=True)
class _Series:
    """``rows`` of the scorecard and ``targets`` of the ``periods``; ``whole``: comparable; ``marks``: places; ``shared``: no limits.

    ``cases``: of a quantile, those that it is of.
    """

    rows: list[dict[Any, Any] | None]
    periods: list[str]
    targets: list[float | None]
    whole: list[bool]
    marks: list[int]
    shared: bool
    cases: list[np.ndarray]


def _targets(
    cells: pd.DataFrame, roster: pd.DataFrame, kpis: Sequence[Kpi], periods: list[str], who: list[str], by: By, against: Held
) -> dict[tuple[str, str, str], float | None]:
    """(kpi, subject, period) -> the target in force, also where nothing was measured. Empty where every KPI's own holds."""
    if not against.entries:
        return {}
    grid = pd.MultiIndex.from_product([[kpi.id for kpi in kpis], who, periods], names=["kpi", "subject", "period"]).to_frame(index=False)
    months = cells.groupby("kpi")["month"]
    covered = {str(name): (first, last) for name, first, last in zip(months.min().index, months.min(), months.max(), strict=True)}
    covered |= {name: (frame["month"].min(), frame["month"].max()) for name, frame in against.cases.items() if not frame.empty}
    rows = cells.assign(subject=subjects(cells, roster, by))
    sums = rows.groupby(["kpi", "subject", "month"], as_index=False)[["denominator"]].sum()
    found = aims(grid, against.entries, kpis, roster, by=by, covered=covered, denominators=sums)
    keys = zip(grid["kpi"], grid["subject"], grid["period"], strict=True)
    return {key: None if pd.isna(one) else float(one) for key, one in zip(keys, found, strict=True)}


def _begun(months: Sequence[str], periods: list[str], every: Every) -> list[str]:
    """The periods in which something begins, of those that are there; of weeks the first that counts to the month."""
    if every == "week":
        counted = [month_of_week(week) for week in periods]
        return [periods[counted.index(month)] for month in months if month in counted]
    return [period for period in periods if set(months_of(period)) & set(months)]


def _cases(cases: pd.DataFrame, roster: pd.DataFrame, by: By, every: Every) -> dict[Any, np.ndarray]:
    """(subject, period) -> the values of the cases in it."""
    periods = {month: period_of(month, every) for month in cases["month"].unique()}
    grouped = cases.assign(subject=subjects(cases, roster, by), period=cases["month"].map(periods)).groupby(["subject", "period"])
    return {key: one.to_numpy() for key, one in grouped["value"]}


def _comparable(kpi: Kpi, periods: list[str], cells: pd.DataFrame, cases: Mapping[str, pd.DataFrame]) -> list[bool]:
    """Which periods can be held against each other: those that are covered whole by the months that the KPI has."""
    months = cases[kpi.id]["month"] if kpi.id in cases else cells.loc[cells["kpi"] == kpi.id, "month"]
    if months.empty:
        return [True] * len(periods)
    first, last = months.min(), months.max()
    return [first <= months_of(period)[0] and months_of(period)[-1] <= last for period in periods]


def subjects_of(roster: pd.DataFrame, by: By) -> list[str]:
    """Whose readings there are: every manager of the roster, every team, or everybody ('')."""
    if by == "all":
        return [""]
    if by == "manager":
        return list(roster["manager"])
    return [team for team in dict.fromkeys(roster["team"]) if team]


def _reading(kpi: Kpi, subject: str, series: _Series, window: int, by: By) -> Reading:
    comparable = [row if usable else None for row, usable in zip(series.rows, series.whole, strict=True)]
    found = _signals(kpi, comparable, series)
    points = tuple(
        Point(period, one.value, _count(row), one.flag, direction(one, kpi.higher_is_better), one.centre, one.lower, one.upper, target)
        for period, one, row, target in zip(series.periods, found.points, series.rows, series.targets, strict=True)
    )
    last, aimed = series.rows[-1], kpi.aimed(series.targets[-1])
    value = _number(last, "value")
    judgement = judged(aimed, last)
    return Reading(
        kpi=kpi.id,
        subject=subject,
        period=series.periods[-1],
        value=value,
        target=aimed.target,
        numerator=_number(last, "numerator"),
        denominator=_number(last, "denominator"),
        n=_count(last),
        verdict=judgement.verdict,
        leaning=judgement.leaning,
        interval=judgement.interval,
        settling=judgement.settling,
        variation=_variation(found, kpi),
        points=points[-window:],
        limits=found.limits,
        assurance=assurance(found, aimed.target, kpi.higher_is_better),
        by=by,
    )


def judged(kpi: Kpi, row: Mapping[Any, Any] | None, *, most: int = MOST_TO_SETTLE) -> Judgement:
    """The verdict on a row of a scorecard against ``kpi.target``: a quantile is judged by its value alone, everything else by its sums.

    'absent' for None. ``most``: where the search for what would settle it ends, see :func:`amdash.insight.verdict.judge`.
    """
    if kpi.quantile is not None or kpi.measure == "derived":
        return judge_value(kpi, _number(row, "value"), _count(row))
    return judge(kpi, Sums(_number(row, "numerator"), _number(row, "denominator"), _count(row), _number(row, "sum_of_squares")), most=most)


def _signals(kpi: Kpi, rows: list[dict[Any, Any] | None], series: _Series) -> Signals:
    """A part of a whole by its cases, because two of three and two hundred of three hundred swing differently; all else by its values."""
    if series.shared:
        return unlimited([_number(row, "value") for row in rows])
    if kpi.share:
        return shares([_number(row, "numerator") for row in rows], [_number(row, "denominator") for row in rows], marks=series.marks, exact=True)
    if kpi.quantile is not None:
        known = [_NO_CASES if row is None else one for row, one in zip(rows, series.cases, strict=True)]
        return quantiles([_number(row, "value") for row in rows], known, kpi.quantile, marks=series.marks, floor=0.0)
    # A net promoter score lies between -1 and 1; everything else is an amount.
    floor, ceiling = (-1.0, 1.0) if kpi.unit == "points" else (0.0, None)
    return measured([_number(row, "value") for row in rows], marks=series.marks, floor=floor, ceiling=ceiling)


def _variation(found: Signals, kpi: Kpi) -> Variation:
    icon = variation(found, kpi.higher_is_better)
    # Of every KPI one way is better, so that no signal is a mere change.
    return "ordinary" if icon == "changed" else icon


def _number(row: Mapping[Any, Any] | None, name: str) -> float | None:
    if row is None or pd.isna(row[name]):
        return None
    return float(row[name])


def _count(row: Mapping[Any, Any] | None) -> int:
    return 0 if row is None else int(row["n"])
