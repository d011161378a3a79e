"""A ranking that claims no more than the figures do: who cannot be told apart shares a rank.

Every pair is tested, and Holm's procedure keeps the chance of even one false difference at 5 %; it asks nothing of how the
pairs hang together, nor for equal numbers of cases, as the studentised range would.

'Cannot be told apart' is not transitive: A may be better than C while B differs from neither. A rank group is therefore cut off
only where every member above the cut is told apart from every member below it. So a different group always means a proven
difference, and the same group only that no such cut runs between; the ranks that each member may hold say the rest.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy import special

from amdash.insight.intervals import Array, Sums, basis, variances
from amdash.metrics.spec import Kpi

Truths = npt.NDArray[np.bool_]
ERROR_RATE = 0.05
_ROUNDING = 1e-9


@dataclass(frozen=True)
class Rank:
    """``group``: 1 is the best. ``best`` and ``worst``: the ranks that the member may hold, given who is surely better or worse.

    All three are None for a member that cannot be ranked: nothing measured, or fewer cases than the KPI's smallest sample.
    """

    group: int | None
    best: int | None
    worst: int | None


def rank(kpi: Kpi, members: Sequence[Sums]) -> list[Rank]:
    """A rank for each member, in the order given; their order makes no difference. Empty: no ranks.

    Ratios by the two-proportion test with Yates' correction, means by Welch's t test, a census by its value alone, where equal
    values share a group. The range of ranks holds for all members at once with 95 %.
    Source: Holm, Scandinavian Journal of Statistics 6 (1979) 65; ranges of ranks: Mogstad, Romano, Shaikh and Wilhelm,
    Review of Economic Studies 91 (2024) 476.
    """
    census = basis(kpi) == "census"
    placed = [place for place, one in enumerate(members) if one.value(kpi) is not None and (census or one.n >= kpi.min_sample)]
    ranked = [members[place] for place in placed]
    values = np.array([one.value(kpi) for one in ranked], dtype="float64")
    apart = _differ(values) if census else told_apart(_p_values(kpi, ranked))
    found = dict(zip(placed, ranks(values if kpi.higher_is_better else -values, apart), strict=True))
    return [found.get(place, Rank(None, None, None)) for place in range(len(members))]


def ranks(values: Array, apart: Truths) -> list[Rank]:
    """Ranks from values, of which more is better, and the matrix of the pairs that are told apart."""
    above = apart & (values[:, None] < values[None, :])
    better = above.sum(axis=1)
    worse = above.sum(axis=0)
    order = np.argsort(-values, kind="stable")
    ordered = apart[np.ix_(order, order)]
    group, groups = 1, np.zeros(len(values), dtype=int)
    # The nearest to the top from which each member is not told apart, and of these the nearest of all further down.
    reach = np.minimum.accumulate(np.argmin(ordered, axis=1)[::-1])[::-1] if len(values) else groups
    for position, member in enumerate(order):
        group += int(position > 0 and reach[position] == position)
        groups[member] = group
    return [Rank(int(groups[one]), int(better[one]) + 1, len(values) - int(worse[one])) for one in range(len(values))]


def told_apart(p_values: Array, error_rate: float = ERROR_RATE) -> Truths:
    """Which pairs differ, from the symmetric matrix of their p values, by Holm's step-down procedure over all pairs."""
    size = len(p_values)
    apart = np.zeros((size, size), dtype=bool)
    rows, columns = np.triu_indices(size, k=1)
    pairs = p_values[rows, columns]
    order = np.argsort(pairs, kind="stable")
    passed = np.logical_and.accumulate(pairs[order] * np.arange(len(pairs), 0, -1) <= error_rate)
    chosen = order[passed]
    apart[rows[chosen], columns[chosen]] = apart[columns[chosen], rows[chosen]] = True
    return apart


def ratio_p_values(numerators: Array, denominators: Array) -> Array:
    """Two-sided p value of every pair of ratios; 1 where both are all or nothing. Symmetric, 1 on the diagonal.

    The pooled two-proportion test with Yates' correction, which keeps close to Fisher's exact test: with the handful of replies
    of a small business, the uncorrected one sees differences that are not there.
    Source: Yates, Supplement to the Journal of the Royal Statistical Society 1 (1934) 217.
    """
    first, second = numerators[:, None], numerators[None, :]
    n, m = denominators[:, None], denominators[None, :]
    pooled = (first + second) / (n + m)
    variance = pooled * (1 - pooled) * (1 / n + 1 / m)
    gap = np.abs(first / n - second / m) - (1 / n + 1 / m) / 2
    score = np.divide(np.maximum(gap, 0), np.sqrt(np.maximum(variance, 0)), out=np.zeros_like(gap), where=variance > 0)
    p_values: Array = 2 * special.ndtr(-score)
    return p_values


def mean_p_values(counts: Array, totals: Array, sums_of_squares: Array) -> Array:
    """Two-sided p value of every pair of means; 1 where the spread of either is unknown, or both have none. Symmetric.

    Two handfuls of equal scores (4, 4, 4 and 5, 5, 5) show no spread because the scale is coarse, not because chance had no part.
    Source: Welch, Biometrika 34 (1947) 28.
    """
    error = variances(counts, totals, sums_of_squares) / counts
    both = error[:, None] + error[None, :]
    weights = error * error / np.where(counts > 1, counts - 1, np.nan)
    means = totals / counts
    usable = both > 0
    safe = np.where(usable, both, 1.0)
    cases = np.divide(safe * safe, weights[:, None] + weights[None, :], out=np.ones_like(safe), where=usable)
    statistic = np.abs(means[:, None] - means[None, :]) / np.sqrt(safe)
    return np.where(usable, 2 * special.stdtr(cases, -statistic), 1.0)


def _p_values(kpi: Kpi, ranked: Sequence[Sums]) -> Array:
    numerators, denominators = (_column(ranked, name) for name in ("numerator", "denominator"))
    if basis(kpi) == "mean":
        return mean_p_values(denominators, numerators, _column(ranked, "sum_of_squares"))
    return ratio_p_values(numerators, denominators)


def _column(ranked: Sequence[Sums], name: str) -> Array:
    return np.array([getattr(one, name) for one in ranked], dtype="float64")


def _differ(values: Array) -> Truths:
    """Which values differ by more than the rounding of their sums; values in a row without a gap between them do not."""
    order = np.argsort(values, kind="stable")
    ordered = values[order]
    gaps = np.diff(ordered) > _ROUNDING * np.maximum(np.abs(ordered[1:]), np.abs(ordered[:-1]))
    steps = np.zeros(len(values), dtype=int)
    steps[order[1:]] = np.cumsum(gaps)
    apart: Truths = steps[:, None] != steps[None, :]
    return apart
