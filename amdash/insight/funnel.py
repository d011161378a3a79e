"""Fair comparison: how far from everybody's figure chance alone takes a person with that many cases."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt
from scipy import special

from amdash.insight.intervals import Array, two_sided, variances

Side = Literal["high", "low"]
# One in twenty, and one in five hundred: the two pairs of limits of a funnel plot (Spiegelhalter 2005).
WARNING, ACTION = 0.95, 0.998
# A count that lies on its limit is within it, whatever the binary fractions of both ratios say.
_ROUNDING = 1e-9


@dataclass(frozen=True)
class Spread:
    """The spread of single values around their own group's mean, pooled over the groups; ``cases`` free to vary."""

    deviation: float
    cases: float


@dataclass(frozen=True)
class FunnelPoint:
    """One member of a funnel plot; limits are None where none can be known. ``n``: the denominator, which sets their width.

    ``flag``: beyond the 99.8 % limits. ``warning``: beyond the 95 % limits, as every twentieth is by chance. Whether high is
    good is the caller's to say.
    """

    value: float | None
    n: float
    lower: float | None
    upper: float | None
    warning_lower: float | None
    warning_upper: float | None
    flag: Side | None
    warning: Side | None


@dataclass(frozen=True)
class Funnel:
    """The members in the order given, around ``centre``, the figure of all of them together (None without any cases)."""

    centre: float | None
    points: tuple[FunnelPoint, ...]


def ratio_limits(denominators: npt.ArrayLike, overall: float, confidence: float = ACTION) -> tuple[Array, Array]:
    """Exact binomial control limits of a ratio for every denominator (rounded to whole cases): lower and upper, 0-1.

    They are the quantiles themselves, not interpolated between counts: a value beyond one has at most half of 1 - confidence
    as its chance. Interpolated limits look smoother and flag a lone satisfied reply. Missing (NaN) for no cases and for an
    overall figure that is no share; for 0 or 1 both limits are that. Errors: ValueError for a confidence outside 0-1.
    Source: Spiegelhalter, Statistics in Medicine 24 (2005) 1185, without its interpolation.
    """
    upper_tail = two_sided(confidence)
    n = np.rint(np.asarray(denominators, dtype="float64"))
    n = np.where((n >= 1) & (0 <= overall <= 1), n, np.nan)
    return _quantile(n, overall, 1 - upper_tail) / n, _quantile(n, overall, upper_tail) / n


def mean_limits(counts: npt.ArrayLike, centre: float, spread: Spread, confidence: float = ACTION) -> tuple[Array, Array]:
    """Control limits of a mean for every number of cases: centre -+ t x pooled deviation / sqrt(n), in the values' unit.

    Missing (NaN) for no cases. Errors: ValueError for a confidence outside 0-1. Source: Spiegelhalter (2005), with
    Student's t for the normal quantile, because a small business pools few cases.
    """
    n = np.asarray(counts, dtype="float64")
    half = special.stdtrit(spread.cases, two_sided(confidence)) * spread.deviation / np.sqrt(np.where(n > 0, n, np.nan))
    return centre - half, centre + half


def pooled_spread(counts: npt.ArrayLike, totals: npt.ArrayLike, sums_of_squares: npt.ArrayLike) -> Spread | None:
    """The spread within groups from their sums; groups with one case, or squares that cannot be, say nothing of it.

    None where no group has any, or all values of each are the same: limits without width would flag everybody.
    """
    within = variances(counts, totals, sums_of_squares)
    free = np.where(np.isnan(within), 0.0, np.asarray(counts, dtype="float64") - 1)
    cases = float(free.sum())
    squares = float(np.nansum(within * free))
    return Spread(float(np.sqrt(squares / cases)), cases) if squares > 0 else None


def ratio_funnel(numerators: npt.ArrayLike, denominators: npt.ArrayLike) -> Funnel:
    """Ratios against the ratio of all of them together (sum over sum). Empty: no centre, no points."""
    hits, n = np.asarray(numerators, dtype="float64"), np.asarray(denominators, dtype="float64")
    centre = _overall(hits, n)
    at = np.nan if centre is None else centre
    return _funnel(centre, hits, n, *(ratio_limits(n, at, confidence) for confidence in (ACTION, WARNING)))


def mean_funnel(counts: npt.ArrayLike, totals: npt.ArrayLike, sums_of_squares: npt.ArrayLike) -> Funnel:
    """Means against the mean of all cases together, with limits from the pooled spread. Empty: no centre, no points."""
    n, total = np.asarray(counts, dtype="float64"), np.asarray(totals, dtype="float64")
    centre, spread = _overall(total, n), pooled_spread(n, total, sums_of_squares)
    if centre is None or spread is None:
        unknown = np.full(n.shape, np.nan)
        return _funnel(centre, total, n, (unknown, unknown), (unknown, unknown))
    return _funnel(centre, total, n, *(mean_limits(n, centre, spread, confidence) for confidence in (ACTION, WARNING)))


def _quantile(n: Array, overall: float, probability: float) -> Array:
    """The least count whose cumulative binomial probability reaches ``probability``, by bisection; missing where n is."""
    known = ~np.isnan(n)
    cases = np.where(known, n, 1.0)
    low, high = np.full(n.shape, -1.0), cases.copy()
    while (high - low > 1).any():
        middle = np.floor((low + high) / 2)
        # Where the ends have met, the middle is the lower of them, which may be no count at all.
        # The chance of at most k of n is the complement of the incomplete beta function at k + 1 and n - k.
        count = np.maximum(middle, 0)
        reached = special.betaincc(count + 1, cases - count, overall) >= probability
        inside = high - low > 1
        high = np.where(inside & reached, middle, high)
        low = np.where(inside & ~reached, middle, low)
    return np.where(known, high, np.nan)


def _overall(numerators: Array, denominators: Array) -> float | None:
    counted = ~np.isnan(numerators) & (denominators > 0)
    cases = float(denominators[counted].sum())
    return float(numerators[counted].sum()) / cases if cases else None


def _funnel(centre: float | None, numerators: Array, n: Array, action: tuple[Array, Array], warning: tuple[Array, Array]) -> Funnel:
    values = np.divide(numerators, n, out=np.full(n.shape, np.nan), where=n > 0)
    points = []
    for value, cases, *limits in zip(values, n, *action, *warning, strict=True):
        lower, upper, warning_lower, warning_upper = (None if np.isnan(one) else float(one) for one in limits)
        points.append(
            FunnelPoint(
                value=None if np.isnan(value) else float(value),
                n=float(cases),
                lower=lower,
                upper=upper,
                warning_lower=warning_lower,
                warning_upper=warning_upper,
                flag=_side(value, lower, upper),
                warning=_side(value, warning_lower, warning_upper),
            )
        )
    return Funnel(centre, tuple(points))


def _side(value: float, lower: float | None, upper: float | None) -> Side | None:
    if lower is None or upper is None:
        return None
    slack = _ROUNDING * max(1.0, abs(value))
    if value > upper + slack:
        return "high"
    return "low" if value < lower - slack else None
