"""Cells to readings: every KPI of every subject in a period, with its last periods, limits, verdict and variation."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd

from amdash.insight import spc
from amdash.insight.reading import Direction, Limits, Point, Reading, Variation
from amdash.insight.verdict import verdict
from amdash.metrics.evaluate import By, is_met, scorecard
from amdash.metrics.period import Every, last_periods, months_of
from amdash.metrics.spec import Kpi

# Limits know the subject's ordinary swing from up to two years; a page shows the last of them.
_LIMITS_FROM = 24


def readings(cells: pd.DataFrame, roster: pd.DataFrame, kpis: Sequence[Kpi], *, period: str, every: Every, by: By, window: int = 12) -> list[Reading]:
    """One reading per KPI and subject, also where nothing was measured; in the order of ``kpis``, then of the roster.

    ``window``: how many periods its points span, ``period`` being the last. ``every`` must be the kind of ``period``.
    A quarter or year of which some months are not there is shown, but is no point of the series: a total would look like
    a fall, and a mean of one month swings more than one of three.
    """
    periods = last_periods(period, max(window, _LIMITS_FROM))
    frame = scorecard(cells, roster, by=by, every=every, start=months_of(periods[0])[0], end=months_of(period)[-1], kpis=kpis)
    rows: list[dict[Any, Any]] = frame.to_dict("records")
    found = {(row["kpi"], row[by] if by != "all" else "", row["period"]): row for row in rows}
    return [
        _reading(kpi, subject, [found.get((kpi.id, subject, one)) for one in periods], periods, whole, window)
        for kpi in kpis
        for whole in [_comparable(kpi, periods, cells)]
        for subject in _subjects(roster, by)
    ]


def _comparable(kpi: Kpi, periods: list[str], cells: pd.DataFrame) -> list[bool]:
    """Which periods can be held against each other: those that are covered whole by the months that the KPI has."""
    months = cells.loc[cells["kpi"] == kpi.id, "month"]
    if months.empty:
        return [True] * len(periods)
    first, last = months.min(), months.max()
    return [first <= months_of(period)[0] and months_of(period)[-1] <= last for period in periods]


def _subjects(roster: pd.DataFrame, by: By) -> list[str]:
    if by == "all":
        return [""]
    if by == "manager":
        return list(roster["manager"])
    return [team for team in dict.fromkeys(roster["team"]) if team]


def _reading(kpi: Kpi, subject: str, rows: list[dict[Any, Any] | None], periods: list[str], whole: list[bool], window: int) -> Reading:
    values = [_number(row, "value") if comparable else None for row, comparable in zip(rows, whole, strict=True)]
    signals = spc.flags(values)
    points = tuple(
        Point(period, value, _count(row), signal[0] if signal else None, _direction(signal[1], kpi) if signal else None)
        for period, value, row, signal in zip(periods, values, rows, signals, strict=True)
    )
    last = rows[-1]
    value = _number(last, "value")
    natural = spc.limits(values, floor=0.0, ceiling=1.0 if kpi.share else None)
    return Reading(
        kpi=kpi.id,
        subject=subject,
        period=periods[-1],
        value=value,
        target=kpi.target,
        numerator=_number(last, "numerator"),
        denominator=_number(last, "denominator"),
        n=_count(last),
        verdict=verdict(value, None if value is None else is_met(value, kpi), _count(last), kpi.min_sample),
        variation=_variation(points[-1], natural),
        points=points[-window:],
        limits=natural,
    )


def _direction(side: int, kpi: Kpi) -> Direction:
    return "improvement" if (side > 0) == kpi.higher_is_better else "concern"


def _variation(point: Point, natural: Limits | None) -> Variation:
    if natural is None or point.value is None:
        return "unknown"
    if point.direction is None:
        return "ordinary"
    return "improving" if point.direction == "improvement" else "worsening"


def _number(row: dict[Any, Any] | None, name: str) -> float | None:
    if row is None or pd.isna(row[name]):
        return None
    return float(row[name])


def _count(row: dict[Any, Any] | None) -> int:
    return 0 if row is None else int(row["n"])
