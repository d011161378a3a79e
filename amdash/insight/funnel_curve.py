"""The limits of a funnel plot as curves: what chance does to every number of cases, not only to those that members happen to have."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from amdash.insight.funnel import Spread, mean_limits, ratio_limits
from amdash.insight.intervals import Array

# So many points draw a smooth line on any screen.
_POINTS = 400
# Up to so many cases every single count is weighed; beyond, a tooth is narrower than a pixel.
_EXACT = 4000


@dataclass(frozen=True)
class Curve:
    """One pair of limits. ``cases`` ascends from 1; ``lower`` and ``upper`` belong to it place by place, in the values' unit."""

    cases: tuple[float, ...]
    lower: tuple[float, ...]
    upper: tuple[float, ...]


def ratio_curve(overall: float, most: float, confidence: float) -> Curve:
    """The limits of a ratio for 1 to ``most`` cases, 0-1.

    The exact limits are saw teeth, for counts are whole. The curve runs along their outer edge, from tip to tip: every ratio of whole
    cases lies beyond the curve exactly where it lies beyond the teeth. Beyond 4,000 cases the teeth are weighed in steps.
    Empty: below one case, or where the overall figure is no share. Errors: ValueError for a confidence outside 0-1.
    """
    if most < 1 or not 0 <= overall <= 1:
        return Curve((), (), ())
    whole = int(most)
    cases = np.unique(np.rint(np.linspace(1, whole, min(whole, _EXACT))))
    lower, upper = ratio_limits(cases, overall, confidence)
    shown = _thinned(cases)
    return Curve(_list(shown), _list(_edge(cases, lower, shown)), _list(-_edge(cases, -upper, shown)))


def mean_curve(centre: float, spread: Spread, most: float, confidence: float) -> Curve:
    """The limits of a mean for 1 to ``most`` cases, in the values' unit. Empty: below one case. Errors: ValueError as above."""
    if most < 1:
        return Curve((), (), ())
    shown = _thinned(np.arange(1.0, int(most) + 1))
    lower, upper = mean_limits(shown, centre, spread, confidence)
    return Curve(_list(shown), _list(lower), _list(upper))


def _edge(cases: Array, limit: Array, shown: Array) -> Array:
    """The lower edge of the teeth at ``shown``. From tip to tip the count of hits grows evenly, so it never leaves the tooth it is in."""
    falls, rises = np.diff(limit) <= 0, np.diff(limit) >= 0
    tips = np.concatenate([[True], falls[:-1] & rises[1:], [True]])[-len(cases) :]
    found: Array = np.interp(shown, cases[tips], (cases * limit)[tips]) / shown
    return found


def _thinned(cases: Array) -> Array:
    """At most so many of them as a line needs, denser where the curve bends."""
    if len(cases) <= _POINTS:
        return cases
    places = np.unique(np.rint(np.geomspace(1, len(cases), _POINTS)).astype(int)) - 1
    found: Array = cases[places]
    return found


def _list(values: Array) -> tuple[float, ...]:
    return tuple(float(one) for one in values)
