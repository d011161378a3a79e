"""A series with all that its signals rest on: each point's limits, flag and side, and the stretches between marked changes."""

from __future__ import annotations

import itertools
import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from amdash.insight import laney, order_statistics, rules, spc
from amdash.insight.reading import Flag, Limits

Side = Literal[-1, 0, 1]
_Process = spc.Process | laney.Process | order_statistics.Process


@dataclass(frozen=True)
class SignalPoint:
    """One place of a series. ``value``, ``centre``, ``lower``, ``upper`` in the series' unit; None where not known.

    ``n``: the denominator, None for measured values. ``side``: +1 high or rising, -1 low or falling, 0 without a flag.
    A gap (no value) of a series of shares has no limits: they depend on the denominator.
    """

    value: float | None
    n: float | None
    centre: float | None
    lower: float | None
    upper: float | None
    flag: Flag | None
    side: Side


@dataclass(frozen=True)
class Stretch:
    """The places from ``start`` up to, not including, ``stop``, between two marked changes.

    ``known``: how many have a value. ``own``: whether the limits come from these points; else they are those of the stretch
    before, continued, or, in a first stretch, there are none. ``provisional``: fewer than twelve known points.
    """

    start: int
    stop: int
    known: int
    own: bool

    @property
    def provisional(self) -> bool:
        return self.known < spc.SETTLED_FROM


@dataclass(frozen=True)
class Signals:
    """A series: a point per value, and at least one stretch (an empty series has one of no points)."""

    points: tuple[SignalPoint, ...]
    stretches: tuple[Stretch, ...]

    @property
    def provisional(self) -> bool:
        """Whether the latest stretch has fewer than twelve points."""
        return self.stretches[-1].provisional

    @property
    def limits(self) -> Limits | None:
        """The limits at the last value of the latest stretch; None where it has no value or knows no limits.

        Where limits vary with the denominator there are no others to name: those of the point whose icon is shown.
        """
        latest = self.stretches[-1]
        for point in reversed(self.points[latest.start :]):
            if point.value is not None and point.centre is not None and point.lower is not None and point.upper is not None:
                return Limits(point.centre, point.lower, point.upper, latest.provisional)
        return None


@dataclass(frozen=True)
class _Series:
    """Arrays of one length, NaN in gaps. ``counts`` and ``weights``: numerators and denominators; for measured values not asked."""

    values: np.ndarray
    weights: np.ndarray
    counts: np.ndarray
    floor: float | None
    ceiling: float | None
    screen: bool
    shares: bool
    exact: bool = False
    cases: Sequence[np.ndarray] = ()
    quantile: float | None = None


def measured(
    values: Sequence[float | None], *, marks: Sequence[int] = (), floor: float | None = None, ceiling: float | None = None, screen: bool = True
) -> Signals:
    """Signals of measured values by an XmR chart (:mod:`amdash.insight.spc`); None and NaN are gaps and are passed over.

    ``marks``: places at which a new process begins; each stretch between them has its own centre and limits, and no pattern
    crosses a mark. Places outside the series mark nothing. A stretch of fewer than five known points says too little about
    itself: it is held against the limits of the one before, continued, for whether the new way already shows against the old
    is what is asked then. In a first stretch there is no one before, and a later process says nothing about an earlier one:
    no limits, no flags. ``floor``, ``ceiling``: clip what is shown, never what is judged.
    """
    array = _array(values)
    return _signals(_Series(array, array, array, floor, ceiling, screen, shares=False), [None] * len(array), marks)


def quantiles(
    values: Sequence[float | None],
    cases: Sequence[Sequence[float] | np.ndarray],
    quantile: float,
    *,
    marks: Sequence[int] = (),
    floor: float | None = None,
) -> Signals:
    """Signals of measured values that are a quantile of the ``cases`` of each place, whose limits are never narrower than chance allows.

    See :mod:`amdash.insight.order_statistics`. A place without cases is a gap. All else as in :func:`measured`. Unequal lengths: ValueError.
    """
    if len(values) != len(cases):
        raise ValueError(f"{len(values)} values, {len(cases)} places with cases")
    each = [np.asarray(one, dtype="float64") for one in cases]
    counts = np.array([len(one) for one in each], dtype="float64")
    array = np.where(counts > 0, _array(values), np.nan)
    series = _Series(array, counts, array, floor, None, screen=True, shares=False, cases=each, quantile=quantile)
    return _signals(series, [None] * len(array), marks)


def shares(
    numerators: Sequence[float | None],
    denominators: Sequence[float | None],
    *,
    marks: Sequence[int] = (),
    screen: bool = True,
    exact: bool = False,
) -> Signals:
    """Signals of shares (ratio 0-1) by Laney's P' chart (:mod:`amdash.insight.laney`): limits vary with each denominator.

    A numerator or denominator that is None, NaN, or a denominator not above 0 is a gap. ``marks`` as in :func:`measured`.
    ``exact``: limits and runs allow for what few cases near 0 or 100 % do by chance, as they always do where less than one yes
    or no is to be expected at a point (:meth:`amdash.insight.laney.Process.band`). Unequal lengths: ValueError.
    """
    counts, weights = _array(numerators), _array(denominators)
    if len(counts) != len(weights):
        raise ValueError(f"{len(counts)} numerators, {len(weights)} denominators")
    gap = np.isnan(counts) | ~(weights > 0)
    values = np.divide(counts, weights, out=np.full(len(counts), np.nan), where=~gap)
    series = _Series(values, np.where(gap, np.nan, weights), counts, 0.0, 1.0, screen, shares=True, exact=exact)
    return _signals(series, [_known(weight) for weight in weights], marks)


def unlimited(values: Sequence[float | None]) -> Signals:
    """A series of which nothing is ordinary or not, because its neighbours share their rows: values without limits or flags."""
    points = tuple(SignalPoint(_known(value), None, None, None, None, None, 0) for value in _array(values))
    return Signals(points, (Stretch(0, len(points), sum(point.value is not None for point in points), own=False),))


def _array(values: Sequence[float | None]) -> np.ndarray:
    return np.array([math.nan if value is None else value for value in values], dtype="float64")


def _signals(series: _Series, denominators: list[float | None], marks: Sequence[int]) -> Signals:
    size = len(series.values)
    edges = [0, *sorted({mark for mark in marks if 0 < mark < size}), size]
    points: list[SignalPoint] = []
    stretches: list[Stretch] = []
    process: _Process | None = None
    for start, stop in itertools.pairwise(edges):
        known = start + np.flatnonzero(~np.isnan(series.values[start:stop]))
        own = len(known) >= spc.LEAST_POINTS
        if own:
            process = _estimate(series, known)
        stretches.append(Stretch(start, stop, len(known), own))
        points += _points(series, denominators, process, range(start, stop))
    return Signals(tuple(points), tuple(stretches))


def _estimate(series: _Series, known: np.ndarray) -> _Process:
    if series.quantile is not None:
        cases = [series.cases[place] for place in known]
        return order_statistics.estimate(series.values[known], cases, series.quantile, screen=series.screen)
    if not series.shares:
        return spc.estimate(series.values[known], screen=series.screen)
    return laney.estimate(series.counts[known], series.weights[known], screen=series.screen)


def _points(series: _Series, denominators: list[float | None], process: _Process | None, places: range) -> list[SignalPoint]:
    """The points of one stretch, held against a process, its own or another's."""
    values = series.values[places.start : places.stop]
    if process is None or not len(values):
        return [SignalPoint(_known(value), denominators[place], None, None, None, None, 0) for place, value in zip(places, values, strict=True)]
    band = _band(series, process, places)
    flags = _flags(values, band)
    centre = float(band.centre[0])
    found = []
    for at, place in enumerate(places):
        lower, upper = _known(centre - band.below[at]), _known(centre + band.above[at])
        if lower is not None and upper is not None:
            lower, upper = spc.clipped(lower, upper, series.floor, series.ceiling)
        found.append(SignalPoint(_known(values[at]), denominators[place], centre, lower, upper, *flags.get(at, (None, 0))))
    return found


def _band(series: _Series, process: _Process, places: range) -> rules.Band:
    if isinstance(process, spc.Process):
        return process.band(len(places))
    within = slice(places.start, places.stop)
    if isinstance(process, order_statistics.Process):
        return process.band(series.values[within], series.weights[within])
    return process.band(series.counts[within], series.weights[within], exact=series.exact)


def _flags(values: np.ndarray, band: rules.Band) -> dict[int, tuple[Flag, Side]]:
    """Place in the stretch -> flag and side of the points that carry one."""
    known = np.flatnonzero(~np.isnan(values))
    if not len(known):
        return {}
    broken, sides = rules.first(rules.sides(values[known], band.at(known)))
    return {int(place): (rules.FLAGS[rule], 1 if side > 0 else -1) for place, rule, side in zip(known, broken, sides, strict=True) if rule >= 0}


def _known(value: float) -> float | None:
    return None if math.isnan(value) else float(value)
