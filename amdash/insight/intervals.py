"""How far a figure can be trusted: Wilson intervals for ratios, t intervals for means, none where everything was counted."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt
from scipy import special

from amdash.insight.reading import Interval
from amdash.metrics.spec import Kpi

Array = npt.NDArray[np.float64]
# What a figure rests on: cases that were satisfied or not, measured values, or everything there is.
Basis = Literal["ratio", "mean", "census"]
CONFIDENCE = 0.95
# Sums of binary fractions may miss what they add up to by this part of it.
_ROUNDING = 1e-9
# A spread below this part of the mean square is rounding.
_EQUAL = 1e-12


@dataclass(frozen=True)
class Sums:
    """One KPI of one subject over a span: its cells added up.

    ``denominator`` is None for a total, ``sum_of_squares`` where it is not known for every case; a missing number (NaN) is
    the same as None. ``n``: cases.
    """

    numerator: float | None
    denominator: float | None
    n: int
    sum_of_squares: float | None = None

    def value(self, kpi: Kpi) -> float | None:
        """The figure in the KPI's unit; None where nothing was measured."""
        if _missing(self.numerator) or self.numerator is None:
            return None
        if kpi.measure == "total":
            return self.numerator
        return None if _missing(self.denominator) or not self.denominator else self.numerator / self.denominator


def wilson(numerator: float, denominator: float, confidence: float = CONFIDENCE) -> Interval | None:
    """The Wilson score interval of a ratio; None without cases, or where the ratio is none of a whole (below 0 or above 1).

    Unit: ratio 0-1. 0 of n begins at exactly 0, n of n ends at exactly 1. Errors: ValueError for a confidence outside 0-1.
    Source: Wilson, JASA 22 (1927) 209; recommended for small samples by Newcombe, Statistics in Medicine 17 (1998) 857, and
    Brown, Cai and DasGupta, Statistical Science 16 (2001) 101.
    """
    return _single(wilson_bounds([numerator], [denominator], confidence))


def wilson_bounds(numerators: npt.ArrayLike, denominators: npt.ArrayLike, confidence: float = CONFIDENCE) -> tuple[Array, Array]:
    """The same for many ratios at once: lower and upper bounds, missing (NaN) where a ratio has no interval."""
    z = float(special.ndtri(two_sided(confidence)))
    hits, cases = np.broadcast_arrays(_floats(numerators), _floats(denominators))
    valid = (cases > 0) & (hits >= 0) & (hits <= cases * (1 + _ROUNDING))
    cases = np.where(valid, cases, np.nan)
    hits = np.minimum(hits, cases)
    centre = (hits + z * z / 2) / (cases + z * z)
    half = z / (cases + z * z) * np.sqrt(hits * (cases - hits) / cases + z * z / 4)
    # At the ends the formula gives 0 and 1 but for the last bit, and a bound of 1e-17 would read as 'never none at all'.
    lower = np.where(hits == 0, 0.0, centre - half)
    upper = np.where(hits == cases, 1.0, centre + half)
    return np.where(valid, lower, np.nan), np.where(valid, upper, np.nan)


def student(n: float, total: float, sum_of_squares: float, confidence: float = CONFIDENCE) -> Interval | None:
    """The t interval of a mean from its sums; None below two cases or where the sums cannot be those of real numbers.

    Unit: that of the values. Errors: ValueError for a confidence outside 0-1. Source: Student, Biometrika 6 (1908) 1.
    """
    return _single(student_bounds([n], [total], [sum_of_squares], confidence))


def student_bounds(
    counts: npt.ArrayLike, totals: npt.ArrayLike, sums_of_squares: npt.ArrayLike, confidence: float = CONFIDENCE
) -> tuple[Array, Array]:
    """The same for many means at once: lower and upper bounds, missing (NaN) where a mean has no interval."""
    n, total = np.broadcast_arrays(_floats(counts), _floats(totals))
    spread = variances(n, total, sums_of_squares)
    known = ~np.isnan(spread)
    n = np.where(known, n, np.nan)
    half = special.stdtrit(n - 1, two_sided(confidence)) * np.sqrt(spread / n)
    return total / n - half, total / n + half


def variances(counts: npt.ArrayLike, totals: npt.ArrayLike, sums_of_squares: npt.ArrayLike) -> Array:
    """The sample variance of each group of values from its sums; missing below two cases or for sums that cannot be.

    A sum of squares smaller than the mean alone explains is not one: some cases of the group came without theirs.
    """
    n, total, squares = np.broadcast_arrays(_floats(counts), _floats(totals), _floats(sums_of_squares))
    n = np.where(n >= 2, n, np.nan)
    explained = total * total / n
    left = squares - explained
    possible = left >= -_ROUNDING * explained
    # Values that are all the same leave a rest of rounding, of either sign.
    left = np.where(left <= _EQUAL * explained, 0.0, left)
    return np.where(possible, left / (n - 1), np.nan)


def basis(kpi: Kpi) -> Basis:
    """What a KPI's figure rests on. A census is told by its total, or by a smallest sample of one: nothing is too few there."""
    if kpi.measure == "total" or kpi.min_sample <= 1:
        return "census"
    return "mean" if kpi.measure == "mean" else "ratio"


def interval(kpi: Kpi, sums: Sums, confidence: float = CONFIDENCE) -> Interval | None:
    """The interval of a KPI's figure, cut to what can be (a share within 0-1, hours from 0).

    None: nothing measured, a census, a single value, a mean without its sum of squares, a ratio below 0 or above 1 (complaints
    may outnumber customers).
    """
    kind = basis(kpi)
    if kind == "census" or sums.value(kpi) is None or sums.numerator is None or sums.denominator is None:
        return None
    if kind == "ratio":
        return wilson(sums.numerator, sums.denominator, confidence)
    found = student(sums.denominator, sums.numerator, math.nan if sums.sum_of_squares is None else sums.sum_of_squares, confidence)
    cut = within(kpi)
    return None if found is None else Interval(cut(found.lower), cut(found.upper))


def within(kpi: Kpi) -> Callable[[float], float]:
    """Cuts a bound to the values that a KPI can have."""
    floor = 0.0 if kpi.share or kpi.unit == "hours" else -math.inf
    ceiling = 1.0 if kpi.share else math.inf
    return lambda bound: min(max(bound, floor), ceiling)


def two_sided(confidence: float) -> float:
    """The quantile that leaves half of the rest above it: 0.975 for 95 %. Errors: ValueError outside 0-1."""
    if not 0 < confidence < 1:
        raise ValueError(f"confidence must lie between 0 and 1, not {confidence}")
    return (1 + confidence) / 2


def _single(bounds: tuple[Array, Array]) -> Interval | None:
    lower, upper = float(bounds[0][0]), float(bounds[1][0])
    return None if math.isnan(lower) else Interval(lower, upper)


def _floats(values: npt.ArrayLike) -> Array:
    return np.asarray(values, dtype="float64")


def _missing(number: float | None) -> bool:
    return number is None or math.isnan(number)
