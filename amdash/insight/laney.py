"""Laney P' limits: shares with a denominator of their own at each point, whose swing is more (or less) than chance alone gives."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.special import bdtrik, betainc, ndtr

from amdash.insight import rules, spc

_SIGMAS = 3.0
# Mean moving range of two standard normal values (d2 for pairs).
_D2 = 1.128
# What a normal value has beyond three standard deviations on one side.
_TAIL = float(ndtr(-_SIGMAS))
_ROUNDING = 1e-9
# A whole count stands for everything within a half of it, also where counts are scaled to another number of cases.
_HALF = 0.5


@dataclass(frozen=True)
class Process:
    """Shares: their centre (ratio), how many times wider than chance they swing, whether that is known, and the likely share (ratio).

    ``likely`` is the centre, kept off 0 and 1: what was always so until now is not certain for that. ``sparse``: less than one
    yes, or less than one no, is to be expected at a point. Arrays end with an axis of length one.
    """

    centre: np.ndarray
    sigma_z: np.ndarray
    steady: np.ndarray
    likely: np.ndarray
    sparse: np.ndarray

    def band(self, counts: np.ndarray, denominators: np.ndarray, *, exact: bool = False) -> rules.Band:
        """Every point's limits, pbar +- 3 sigma_pi sigma_z (``denominators`` above 0; NaN gives NaN).

        Three standard deviations promise 0.135 % a side, and either side of the centre a half, only where much is counted. Of
        three answers at 95 % one 'no' is far outside, and seven full months in a row are ordinary. ``exact``: a limit is moved
        out to the last whole count that the binomial distribution of the same variance gives that often, and a point adds to
        a run what its side is worth there. That is always so where the formula cannot hold: the swing unknown, or sparse.
        """
        width = _SIGMAS * self.sigma_z * np.sqrt(np.maximum(self.centre * (1 - self.centre), 0.0) / denominators)
        asked = exact | ~self.steady | self.sparse
        below = np.where(asked, np.maximum(width, _reach(1 - self.centre, 1 - self.likely, denominators, self.sigma_z)), width)
        above = np.where(asked, np.maximum(width, _reach(self.centre, self.likely, denominators, self.sigma_z)), width)
        return rules.Band(self.centre, below, above, self.steady, np.where(asked, self._bits(counts, denominators), 1.0))

    def _bits(self, counts: np.ndarray, denominators: np.ndarray) -> np.ndarray:
        """What each point's side of the centre is worth in a run (0-1): -log2 of its chance, as one toss of a coin is worth 1."""
        high = counts > denominators * self.centre
        centre, likely = (np.where(high, share, 1 - share) for share in (self.centre, self.likely))
        # 9 of 10 is on a centre of 0.9, whatever the binary fractions say.
        beyond = np.floor(denominators * centre + _ROUNDING) + 1
        variance = self.sigma_z**2
        least, alike = (beyond - _HALF) / variance + _HALF, denominators / variance
        chance = np.where(beyond > denominators, 0.0, betainc(least, np.maximum(alike - least, 0.0) + 1, likely))
        found: np.ndarray = np.minimum(-np.log2(np.maximum(chance, 0.5)), 1.0)
        return found


def _reach(centre: np.ndarray, likely: np.ndarray, denominators: np.ndarray, sigma_z: np.ndarray) -> np.ndarray:
    """From the centre up to the largest whole count that is reached or passed more often than the tail of a normal value."""
    # As many cases as would swing so much by chance alone (the quasi-binomial variance).
    last = bdtrik(1 - _TAIL, denominators / sigma_z**2, likely)
    most = np.where(last > 0, np.floor((last + _HALF) * sigma_z**2 + _HALF), 0.0)
    found: np.ndarray = np.minimum(most / denominators, 1.0) - centre
    return found


def estimate(counts: np.ndarray, denominators: np.ndarray, *, screen: bool = True) -> Process:
    """The process behind shares: numerators ``counts`` and ``denominators`` above 0, at least two along the last axis.

    pbar = sum of numerators / sum of denominators; sigma_pi = sqrt(pbar (1 - pbar) / n_i); z_i = (p_i - pbar) / sigma_pi;
    sigma_z = mean moving range of z / 1.128, in a sparse series at least 1. Where no share moves but by moving ranges that are
    screened out (all shares equal, or flat but for a jump) the swing is not known, and sigma_z is 1: chance alone.
    Source: Laney, Improved control charts for attributes, Quality Engineering 14 (2002).
    """
    yes, cases = counts.sum(axis=-1, keepdims=True), denominators.sum(axis=-1, keepdims=True)
    centre = yes / cases
    swing = np.sqrt(np.maximum(centre * (1 - centre), 0.0))
    shares = counts / denominators
    apart = rules.without_rounding(shares - centre, shares) * np.sqrt(denominators)
    ranges = np.abs(np.diff(np.divide(apart, swing, out=np.zeros_like(apart), where=swing > 0)))
    # Laney leaves every moving range in. Here they are screened as an individuals chart's are: z is such a chart, and one month
    # that is really different has two ranges, which would widen the very limits that it is to be seen against.
    kept = spc.screened(ranges)
    # A share that stands still at 100 % has another z for every denominator: that is no swing.
    steady = (kept & (rules.differences(shares) != 0) & (swing > 0)).any(axis=-1, keepdims=True)
    used = kept if screen else np.ones_like(kept)
    mean = np.where(used, ranges, 0.0).sum(axis=-1, keepdims=True) / used.sum(axis=-1, keepdims=True)
    # Jeffreys' estimate of a share that was always 0 or 1.
    likely = np.clip(centre, 0.5 / (cases + 1), (cases + 0.5) / (cases + 1))
    sparse = np.minimum(yes, cases - yes) < counts.shape[-1]
    sigma_z = np.where(steady, mean, _D2) / _D2
    # Where most points have no 'no' at all, their moving ranges measure only that: a swing below chance is not to be believed.
    return Process(centre, np.where(sparse, np.maximum(sigma_z, 1.0), sigma_z), steady, likely, sparse)
