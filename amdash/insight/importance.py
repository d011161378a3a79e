"""The share of each column in what all of them explain together, whatever order they are asked in."""

from __future__ import annotations

from math import comb

import numpy as np
import numpy.typing as npt
from scipy import special

from amdash.insight.intervals import Array

# Twice as many subsets for every further column; beyond this nobody waits for the answer.
MOST_COLUMNS = 10
# Directions that carry less than this part of the strongest one are copies of others.
_SINGULAR = 1e-10
# Resampled rows held in memory at a time.
_CHUNK = 4_000_000


def moments(outcome: Array, columns: Array) -> Array:
    """The covariances of the outcome (first) and the columns, with divisor n. Shape: (1 + columns, 1 + columns)."""
    found: Array = _covariances(*_weighted(outcome, columns, np.ones((1, len(outcome)))))[0]
    return found


def resampled_moments(outcome: Array, columns: Array, resamples: int, seed: int) -> Array:
    """The same for bootstrap samples of the rows, drawn with replacement. Shape: (resamples, 1 + columns, 1 + columns)."""
    generator = np.random.default_rng(seed)
    size = len(outcome)
    step = max(1, _CHUNK // size)
    parts = []
    for start in range(0, resamples, step):
        count = min(step, resamples - start)
        drawn = generator.integers(0, size, (count, size)) + np.arange(count)[:, None] * size
        weights = np.bincount(drawn.ravel(), minlength=count * size).reshape(count, size)
        parts.append(_covariances(*_weighted(outcome, columns, weights)))
    return np.concatenate(parts)


def explained(covariances: Array) -> tuple[Array, Array]:
    """R-squared of the outcome on all columns, and each column's part in it, which add up to it.

    ``covariances``: (samples, 1 + columns, 1 + columns). Returns (samples,) and (samples, columns); both are 0 where the
    outcome does not vary, and a column that does not vary has no part. Columns that are copies of each other share alike.
    Errors: ValueError for more than ten columns. Source: LMG, Lindeman, Merenda and Gold (1980), 119; Groemping, Journal of
    Statistical Software 17 (2006) 1: the increase of R-squared by the column, averaged over all orders of the columns.
    """
    size = covariances.shape[-1] - 1
    if size > MOST_COLUMNS:
        raise ValueError(f"at most {MOST_COLUMNS} columns can be weighed against each other, not {size}")
    correlations = _correlations(covariances)
    reached = np.stack([_r_squared(correlations, subset) for subset in range(2**size)])
    parts = np.zeros((len(covariances), size))
    for subset in range(2**size):
        taken = subset.bit_count()
        for column in range(size):
            if not subset >> column & 1:
                # Of all orders, the share in which just these columns come before this one.
                parts[:, column] += (reached[subset | 1 << column] - reached[subset]) / (size * comb(size - 1, taken))
    return reached[-1], parts


def rank_of(covariances: Array) -> int:
    """How many of the columns are no copies or sums of the others. ``covariances``: one matrix."""
    inner = _correlations(covariances[None])[0, 1:, 1:]
    strengths = np.abs(np.linalg.eigvalsh(inner))
    return int((strengths > _SINGULAR * strengths.max(initial=0.0)).sum())


def f_test(r2: float, rows: int, rank: int) -> float:
    """The chance of at least this R-squared where nothing is related: the overall F test of a regression; 1 without freedom."""
    free = rows - rank - 1
    if rank < 1 or free < 1:
        return 1.0
    if r2 >= 1:
        return 0.0
    return float(special.fdtrc(rank, free, r2 / rank / ((1 - r2) / free)))


def _weighted(outcome: Array, columns: Array, weights: npt.NDArray[np.generic]) -> tuple[Array, Array]:
    """Means and mean products of the centred columns under each row of weights."""
    table = np.column_stack([outcome, columns])
    # Centred first: the squares of large numbers would leave nothing of a small spread.
    table = table - table.mean(axis=0)
    first, second = np.triu_indices(table.shape[1])
    shares = weights.astype("float64") / len(table)
    return shares @ table, shares @ (table[:, first] * table[:, second])


def _covariances(means: Array, products: Array) -> Array:
    size = means.shape[1]
    first, second = np.triu_indices(size)
    full = np.empty((len(means), size, size))
    full[:, first, second] = full[:, second, first] = products - means[:, first] * means[:, second]
    return full


def _correlations(covariances: Array) -> Array:
    """Correlations, 0 with and of whatever does not vary."""
    variances = np.diagonal(covariances, axis1=1, axis2=2)
    scale = np.sqrt(np.maximum(variances, 0))
    inverse = np.divide(1.0, scale, out=np.zeros_like(scale), where=scale > 0)
    return covariances * inverse[:, :, None] * inverse[:, None, :]


def _r_squared(correlations: Array, subset: int) -> Array:
    chosen = [place for place in range(1, correlations.shape[-1]) if subset >> (place - 1) & 1]
    if not chosen:
        return np.zeros(len(correlations))
    inner = correlations[:, chosen][:, :, chosen]
    outer = correlations[:, 0, chosen]
    solved = np.linalg.pinv(inner, rcond=_SINGULAR, hermitian=True)
    found: Array = np.clip(np.einsum("si,sij,sj->s", outer, solved, outer), 0.0, 1.0)
    return found
