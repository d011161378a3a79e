"""What moves satisfaction: the four drivers' importance against their performance, and silence where the data cannot tell."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
import pandas as pd

from amdash.insight.importance import explained, f_test, moments, rank_of, resampled_moments
from amdash.insight.intervals import CONFIDENCE, Array, two_sided
from amdash.insight.ranking import ranks, told_apart

DRIVERS = ("product_quality", "service_attitude", "communication", "needs_met")
LEAST_RESPONSES = 30
RESAMPLES = 1000
_SIGNIFICANT = 0.05
# Columns that vary by less than this part of their size are rounding, not answers.
_CONSTANT = 1e-12

# too_few_responses; constant_score: everybody gave the same; constant_drivers: fewer than two drivers vary;
# noise: R-squared is no more than unrelated columns would reach in one of twenty cases.
Refusal = Literal["too_few_responses", "constant_score", "constant_drivers", "noise"]
Quarter = Literal["keep_up", "concentrate_here", "low_priority", "possible_overkill"]
Strategy = Literal["optimise_product", "train_attitude", "train_communication", "feedback_loop", "crm_personal_service"]

# What the client's method does about each driver.
STRATEGIES: dict[str, tuple[Strategy, ...]] = {
    "product_quality": ("optimise_product",),
    "service_attitude": ("train_attitude",),
    "communication": ("train_communication", "feedback_loop"),
    "needs_met": ("crm_personal_service",),
}


@dataclass(frozen=True)
class Driver:
    """One driver. ``importance``: its share (0-1) of what all explain, with its 95 % bootstrap interval ``low`` to ``high``.

    ``performance``: the mean answer, 0-1 of the scale. ``sign``: -1 where better answers go with lower scores, 0 where neither.
    ``group``: 1 for the most important; who cannot be told apart shares it. ``quarter``: the field of the importance-performance
    chart. A driver that everybody answered alike has a performance and nothing else: what never varied has shown no effect.
    """

    driver: str
    importance: float | None
    low: float | None
    high: float | None
    performance: float
    sign: int | None
    group: int | None
    quarter: Quarter | None
    strategies: tuple[Strategy, ...]


@dataclass(frozen=True)
class DriverAnalysis:
    """``n``: complete responses. ``r2``: what the drivers explain together, None where it was not computed.

    ``refused``: why no driver is announced; ``drivers`` is empty then. ``order_unclear``: the importances cannot be told
    apart, so they stand in the order of the columns and in no field of the chart; else the most important is first.
    ``importance_threshold``, ``performance_threshold``: where the chart's axes cross.
    """

    n: int
    r2: float | None
    refused: Refusal | None
    order_unclear: bool
    importance_threshold: float | None
    performance_threshold: float | None
    drivers: tuple[Driver, ...]


def shares_of_scale(surveys: pd.DataFrame, drivers: Sequence[str] = DRIVERS) -> pd.DataFrame:
    """Survey responses with a score and all drivers answered, each over its scale (0-1). Columns: score, then the drivers.

    Rows keep their index. Empty: every column, no rows. Errors: KeyError where a column is missing.
    """
    columns = ["score", *drivers]
    numbers = surveys[[*columns, "scale"]].astype("float64").dropna()
    return numbers[columns].div(numbers["scale"], axis=0)


def analyse(
    rows: pd.DataFrame, *, outcome: str = "score", drivers: Sequence[str] = DRIVERS, seed: int = 0, resamples: int = RESAMPLES
) -> DriverAnalysis:
    """How much each driver has to do with the outcome (a score, or 0 and 1); rows with a gap are passed over.

    Refused below 30 complete rows, where the outcome or all drivers but one are constant, and where the F test at 5 % cannot
    tell R-squared from nothing; the F test and not a permutation, so that no seed decides what is announced. The same
    seed gives the same intervals. Errors: ValueError for more than ten drivers, KeyError for a missing column.
    Source: see :func:`amdash.insight.importance.explained`; percentile bootstrap of the shares as relaimpo does it.
    """
    names = list(drivers)
    complete = rows[[outcome, *names]].astype("float64").replace([np.inf, -np.inf], np.nan).dropna()
    if len(complete) < LEAST_RESPONSES:
        return _refused(len(complete), None, "too_few_responses")
    score, answers = complete[outcome].to_numpy(), complete[names].to_numpy()
    varying = [place for place in range(len(names)) if _varies(answers[:, place])]
    if not _varies(score):
        return _refused(len(complete), None, "constant_score")
    if len(varying) < 2:
        return _refused(len(complete), None, "constant_drivers")
    observed = moments(score, answers[:, varying])
    r2, parts = explained(observed[None])
    if f_test(float(r2[0]), len(complete), rank_of(observed)) > _SIGNIFICANT:
        return _refused(len(complete), float(r2[0]), "noise")
    total, resampled = explained(resampled_moments(score, answers[:, varying], resamples, seed))
    # A sample in which nothing varies has no shares to add to the picture.
    shares = resampled[total > 0] / total[total > 0, None]
    return _analysis(names, varying, answers.mean(axis=0), observed, float(r2[0]), parts[0] / r2[0], shares, len(complete))


def _analysis(
    names: list[str], varying: list[int], means: Array, observed: Array, r2: float, importance: Array, shares: Array, n: int
) -> DriverAnalysis:
    tail = two_sided(CONFIDENCE)
    low, high = np.quantile(shares, [1 - tail, tail], axis=0)
    groups = [one.group for one in ranks(importance, told_apart(_p_values(shares)))]
    unclear = max(group or 0 for group in groups) == 1
    performance = means[varying]
    middle, level = 1 / len(varying), float(performance.mean())
    found = {
        place: Driver(
            driver=names[place],
            importance=float(importance[at]),
            low=float(low[at]),
            high=float(high[at]),
            performance=float(performance[at]),
            sign=int(np.sign(observed[0, at + 1])),
            group=groups[at],
            quarter=None if unclear else quarter(float(importance[at]), float(performance[at]), middle, level),
            strategies=STRATEGIES.get(names[place], ()),
        )
        for at, place in enumerate(varying)
    }
    listed = [found.get(place) or _silent(name, float(means[place])) for place, name in enumerate(names)]
    if not unclear:
        listed.sort(key=lambda driver: -1.0 if driver.importance is None else driver.importance, reverse=True)
    return DriverAnalysis(n, r2, None, unclear, middle, level, tuple(listed))


def quarter(importance: float, performance: float, importance_threshold: float, performance_threshold: float) -> Quarter:
    """The field of an importance-performance chart; on a threshold counts as above it.

    The thresholds are the means over the drivers, not the middle of the scales: satisfaction scores crowd at the upper end,
    where the middle would put every driver into one half and so set no priority.
    Source: Martilla and James, Journal of Marketing 41 (1977) 77.
    """
    slack = 1e-12
    important = importance >= importance_threshold - slack
    if performance >= performance_threshold - slack:
        return "keep_up" if important else "possible_overkill"
    return "concentrate_here" if important else "low_priority"


def _p_values(shares: Array) -> Array:
    """For each pair of drivers, how often resampling turns the order of their importances round, twice the smaller side."""
    above = (shares[:, :, None] >= shares[:, None, :]).sum(axis=0)
    # One is added to both counts: the data themselves are a sample too, and no finite number of them proves a zero.
    turned = (np.minimum(above, above.T) + 1) / (len(shares) + 1)
    p_values: Array = 2 * turned
    return p_values


def _silent(name: str, performance: float) -> Driver:
    return Driver(name, None, None, None, performance, None, None, None, STRATEGIES.get(name, ()))


def _refused(n: int, r2: float | None, why: Refusal) -> DriverAnalysis:
    return DriverAnalysis(n, r2, why, False, None, None, ())


def _varies(values: Array) -> bool:
    return bool(np.ptp(values) > _CONSTANT * np.abs(values).max())
