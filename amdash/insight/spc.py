"""Signals: is this month a real change or ordinary variation? XmR limits and the four rules of NHS "Making Data Count"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from amdash.insight import rules
from amdash.insight.reading import Flag, Limits

# Individuals chart: 3 / d2 with d2 = 1.128, and the upper limit of the moving range D4 = 3.267 (Wheeler, Understanding Variation).
_SIGMAS = 2.66
_RANGE_LIMIT = 3.267
# Fewer points than this give limits that still move with every new one.
SETTLED_FROM = 12
LEAST_POINTS = 5


@dataclass(frozen=True)
class Process:
    """Measured values: their centre, the width to either limit, and whether their swing is known. Arrays end with an axis of length one."""

    centre: np.ndarray
    width: np.ndarray
    steady: np.ndarray

    def band(self, points: int) -> rules.Band:
        """The same limits at each of ``points`` points."""
        width = np.repeat(self.width, points, axis=-1)
        return rules.Band(self.centre, width, width, self.steady, np.ones_like(width))


def limits(values: Sequence[float | None], *, floor: float | None = None, ceiling: float | None = None, screen: bool = True) -> Limits | None:
    """Natural process limits of a series in its own unit; gaps (None) are passed over.

    mean +- 2.66 x mean moving range, after moving ranges above 3.267 x their mean are set aside once (``screen``). ``floor``
    and ``ceiling`` clip what cannot be (a ratio above 1). Fewer than five points: None; fewer than twelve: provisional.
    """
    known = np.array([value for value in values if value is not None], dtype="float64")
    if len(known) < LEAST_POINTS:
        return None
    process = estimate(known, screen=screen)
    centre, width = float(process.centre[0]), float(process.width[0])
    lower, upper = clipped(centre - width, centre + width, floor, ceiling)
    return Limits(centre, lower, upper, len(known) < SETTLED_FROM)


def flags(values: Sequence[float | None], *, screen: bool = True) -> list[tuple[Flag, int] | None]:
    """For every value the first rule that it breaks and the side (+1 high or rising, -1 low or falling), or None.

    Rules in this order: outside the limits; a trend of seven; two of three beyond two thirds of a limit on one side;
    a run of seven on one side of the centre. Every point of a pattern is flagged. Gaps and short series: None.
    """
    found: list[tuple[Flag, int] | None] = [None] * len(values)
    places = [place for place, value in enumerate(values) if value is not None]
    if len(places) < LEAST_POINTS:
        return found
    known = np.array([values[place] for place in places], dtype="float64")
    broken, side = rules.first(rules.sides(known, estimate(known, screen=screen).band(len(known))))
    for place, rule, way in zip(places, broken, side, strict=True):
        if rule >= 0:
            found[place] = (rules.FLAGS[rule], int(way))
    return found


def estimate(known: np.ndarray, *, screen: bool = True) -> Process:
    """The process behind measured values (at least two along the last axis): mean, 2.66 x mean moving range."""
    kept, every = mean_moving_ranges(known)
    steady = kept > 0
    # A flat series with one jump: set aside, the jump would leave no width at all, and never be seen.
    return Process(known.mean(axis=-1, keepdims=True), _SIGMAS * (np.where(steady, kept, every) if screen else every), steady)


def mean_moving_ranges(known: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The mean of the moving ranges that screening leaves, and of all; in the unit of the values."""
    ranges = np.abs(rules.differences(known))
    keep = screened(ranges)
    kept = np.where(keep, ranges, 0.0).sum(axis=-1, keepdims=True) / keep.sum(axis=-1, keepdims=True)
    return kept, ranges.mean(axis=-1, keepdims=True)


def screened(ranges: np.ndarray) -> np.ndarray:
    """Which moving ranges are not above 3.267 x their mean."""
    keep: np.ndarray = ranges <= _RANGE_LIMIT * ranges.mean(axis=-1, keepdims=True)
    return keep


def clipped(lower: float, upper: float, floor: float | None, ceiling: float | None) -> tuple[float, float]:
    """Limits as they are shown. Rules never see these: a limit cut off at 100 % would be approached by much that is ordinary."""
    return lower if floor is None else max(lower, floor), upper if ceiling is None else min(upper, ceiling)
