"""Limits of quantiles: a median or 90th percentile of few cases swings as its order statistics do, and often not alike to both sides."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from scipy.special import betainc, betaincinv, ndtr

from amdash.insight import rules, spc

_SIGMAS = 3.0
# What a normal value has beyond three standard deviations on one side.
_TAIL = float(ndtr(-_SIGMAS))
# At the centre itself counts to the other side, above as below.
_SIDES: tuple[Literal["left", "right"], ...] = ("right", "left")


@dataclass(frozen=True)
class Process:
    """A quantile (0.5: the median) of the cases of each point: the process behind the values, and all their cases, ascending, in one unit."""

    process: spc.Process
    cases: np.ndarray
    quantile: float

    def band(self, values: np.ndarray, counts: np.ndarray) -> rules.Band:
        """The limits of these quantiles, of so many cases each (``counts``; 0 or NaN gives NaN): those of an XmR chart, or wider.

        Three standard deviations promise 0.135 % a side, and either side of the centre a half, where values are about normal. A 90th
        percentile of 25 answers is not: where nearly all answers come within a day it stands just below 24 hours, and falls far in
        a month with nothing late. So a limit is moved out to the value that a quantile of so many of all these cases passes that
        seldom, and a point adds to a run what its side is worth there (:class:`amdash.insight.rules.Band`).
        Source: fractional order statistics, Stigler, J. Amer. Statist. Assoc. 72 (1977). The quantile at place h = (n - 1) q + 1 of n
        cases (Hyndman and Fan's type 7) stands at the share Beta(h, n + 1 - h) of what they are drawn from.
        """
        plain, centre = self.process.band(len(counts)), self.process.centre
        known = counts > 0
        others = np.where(known, counts, 1.0) - 1
        place, from_top = others * self.quantile + 1, others * (1 - self.quantile) + 1
        lowest, highest = (np.quantile(self.cases, betaincinv(place, from_top, share)) for share in (_TAIL, 1 - _TAIL))
        up_to, under = (np.searchsorted(self.cases, centre, side=side) / len(self.cases) for side in _SIDES)
        chance = np.where(values > centre, 1 - betainc(place, from_top, up_to), betainc(place, from_top, under))
        bits = np.minimum(-np.log2(np.maximum(chance, 0.5)), 1.0)
        below, above = np.maximum(plain.below, centre - lowest), np.maximum(plain.above, highest - centre)
        return rules.Band(centre, np.where(known, below, np.nan), np.where(known, above, np.nan), self.process.steady, bits)


def estimate(values: np.ndarray, cases: Sequence[np.ndarray], quantile: float, *, screen: bool = True) -> Process:
    """The process behind at least two quantiles and the cases that each of them is of, one or more."""
    return Process(spc.estimate(values, screen=screen), np.sort(np.concatenate(list(cases))), quantile)
