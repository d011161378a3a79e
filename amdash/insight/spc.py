"""Signals: is this month a real change or ordinary variation? XmR limits and the four rules of NHS "Making Data Count"."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from amdash.insight.reading import Flag, Limits

# Individuals chart: 3 / d2 with d2 = 1.128, and the upper limit of the moving range D4 = 3.267 (Wheeler, Understanding Variation).
_SIGMAS = 2.66
_RANGE_LIMIT = 3.267
_RUN = 7
# Fewer points than this give limits that still move with every new one.
SETTLED_FROM = 12
LEAST_POINTS = 5


def limits(values: Sequence[float | None], *, floor: float | None = None, ceiling: float | None = None) -> Limits | None:
    """Natural process limits of a series in its own unit; gaps (None) are passed over.

    mean +- 2.66 x mean moving range, after moving ranges above 3.267 x their mean are set aside once. ``floor`` and
    ``ceiling`` clip what cannot be (a ratio above 1). Fewer than five points: None; fewer than twelve: provisional.
    """
    known = np.array([value for value in values if value is not None], dtype="float64")
    if len(known) < LEAST_POINTS:
        return None
    ranges, kept = _ranges(known)
    # A flat series with one jump: set aside, the jump would leave no width at all, and never be seen.
    spread = _SIGMAS * float(kept.mean() if kept.any() else ranges.mean())
    centre = float(known.mean())
    lower, upper = centre - spread, centre + spread
    if floor is not None:
        lower = max(lower, floor)
    if ceiling is not None:
        upper = min(upper, ceiling)
    return Limits(centre, lower, upper, len(known) < SETTLED_FROM)


def _ranges(known: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The moving ranges, and those that screening leaves."""
    ranges = np.abs(np.diff(known))
    return ranges, ranges[ranges <= _RANGE_LIMIT * ranges.mean()]


def flags(values: Sequence[float | None]) -> list[tuple[Flag, int] | None]:
    """For every value the first rule that it breaks and the side (+1 high or rising, -1 low or falling), or None.

    Rules in this order: outside the limits; a trend of seven; two of three beyond two thirds of a limit on one side;
    a run of seven on one side of the centre. Every point of a pattern is flagged. Gaps and short series: None.
    """
    found: list[tuple[Flag, int] | None] = [None] * len(values)
    natural = limits(values)
    if natural is None or natural.upper == natural.lower:
        return found
    places = [place for place, value in enumerate(values) if value is not None]
    known = np.array([values[place] for place in places], dtype="float64")
    rules: list[tuple[Flag, np.ndarray]] = [("outside", _outside(known, natural))]
    # A series that is flat but for a jump is on one side of its mean nearly always: only the jump itself is a signal.
    if _ranges(known)[1].any():
        rules += [("trend", _trend(known)), ("two_of_three", _two_of_three(known, natural)), ("run", _run(known, natural))]
    for rule, sides in rules:
        for place, side in zip(places, sides, strict=True):
            if side and found[place] is None:
                found[place] = (rule, int(side))
    return found


def _outside(known: np.ndarray, natural: Limits) -> np.ndarray:
    sides: np.ndarray = (known > natural.upper).astype(int) - (known < natural.lower).astype(int)
    return sides


def _trend(known: np.ndarray) -> np.ndarray:
    sides = np.zeros(len(known), dtype=int)
    moves = np.sign(np.diff(known))
    for start in range(len(known) - _RUN + 1):
        step = moves[start : start + _RUN - 1]
        if step[0] and (step == step[0]).all():
            sides[start : start + _RUN] = int(step[0])
    return sides


def _two_of_three(known: np.ndarray, natural: Limits) -> np.ndarray:
    sides = np.zeros(len(known), dtype=int)
    third = (natural.upper - natural.centre) * 2 / 3
    for side in (1, -1):
        # Points outside the limits have a rule of their own and do not count here.
        far = (side * (known - natural.centre) > third) & (side * (known - natural.centre) <= natural.upper - natural.centre)
        for start in range(len(known) - 2):
            if far[start : start + 3].sum() >= 2 and (side * (known[start : start + 3] - natural.centre) > 0).all():
                sides[start : start + 3][far[start : start + 3]] = side
    return sides


def _run(known: np.ndarray, natural: Limits) -> np.ndarray:
    sides = np.zeros(len(known), dtype=int)
    signs = np.sign(known - natural.centre).astype(int)
    for start in range(len(known) - _RUN + 1):
        window = signs[start : start + _RUN]
        if window[0] and (window == window[0]).all():
            sides[start : start + _RUN] = window[0]
    return sides
