"""Cells to readings: every KPI of every subject in a period, with its last periods, limits, verdict and variation."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd

from amdash.insight.assurance import assurance, direction, variation
from amdash.insight.intervals import Sums
from amdash.insight.reading import Point, Reading, Variation
from amdash.insight.signals import Signals, measured, shares
from amdash.insight.verdict import judge
from amdash.metrics.evaluate import By, scorecard
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
    comparable = [row if usable else None for row, usable in zip(rows, whole, strict=True)]
    found = _signals(kpi, comparable)
    points = tuple(
        Point(period, one.value, _count(row), one.flag, direction(one, kpi.higher_is_better), one.centre, one.lower, one.upper)
        for period, one, row in zip(periods, found.points, rows, strict=True)
    )
    last = rows[-1]
    value = _number(last, "value")
    sums = Sums(_number(last, "numerator"), _number(last, "denominator"), _count(last), _number(last, "sum_of_squares"))
    judgement = judge(kpi, sums)
    return Reading(
        kpi=kpi.id,
        subject=subject,
        period=periods[-1],
        value=value,
        target=kpi.target,
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
        assurance=assurance(found, kpi.target, kpi.higher_is_better),
    )


def _signals(kpi: Kpi, rows: list[dict[Any, Any] | None]) -> Signals:
    """A part of a whole by its cases, because two of three and two hundred of three hundred swing differently; all else by its values."""
    if kpi.share:
        return shares([_number(row, "numerator") for row in rows], [_number(row, "denominator") for row in rows], exact=True)
    # A net promoter score lies between -1 and 1; everything else is an amount.
    floor, ceiling = (-1.0, 1.0) if kpi.unit == "points" else (0.0, None)
    return measured([_number(row, "value") for row in rows], floor=floor, ceiling=ceiling)


def _variation(found: Signals, kpi: Kpi) -> Variation:
    icon = variation(found, kpi.higher_is_better)
    # Of every KPI one way is better, so that no signal is a mere change.
    return "ordinary" if icon == "changed" else icon


def _number(row: dict[Any, Any] | None, name: str) -> float | None:
    if row is None or pd.isna(row[name]):
        return None
    return float(row[name])


def _count(row: dict[Any, Any] | None) -> int:
    return 0 if row is None else int(row["n"])
