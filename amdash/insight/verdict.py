"""Is the target met? Three answers, and two for when there is nothing to ask."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from amdash.insight.intervals import Sums, basis, interval
from amdash.insight.reading import Interval, Settling, Verdict
from amdash.metrics.score import is_met
from amdash.metrics.spec import Kpi

# More replies than this in a row are no advice.
MOST_TO_SETTLE = 1000


@dataclass(frozen=True)
class Judgement:
    """A figure against its target. ``leaning``: the side of the target that the value itself is on, also while 'few'.

    ``interval``: None for a census and wherever none can be known. ``settling``: for ratios with a target only.
    """

    verdict: Verdict
    interval: Interval | None
    leaning: Literal["met", "missed"] | None
    settling: Settling | None


def verdict(value: float | None, met: bool | None, n: int, min_sample: int, *, straddles: bool = False) -> Verdict:
    """'absent' without a value, 'none' without a target, 'few' below the KPI's smallest sample, else 'met' or 'missed'.

    ``straddles``: the target lies within the figure's interval, so that it is 'few' however many the cases.
    """
    if value is None:
        return "absent"
    if met is None:
        return "none"
    if n < min_sample or straddles:
        return "few"
    return "met" if met else "missed"


def judge(kpi: Kpi, sums: Sums, *, most: int = MOST_TO_SETTLE) -> Judgement:
    """The verdict on a figure against ``kpi.target`` (the one in force: replace it for another), with what it rests on.

    'few' as long as the 95 % interval holds both values that meet the target and values that miss it. A sample without
    an interval (a mean whose squares are not known) is judged by its value once it has the smallest sample.
    """
    value = sums.value(kpi)
    met = None if value is None else is_met(value, kpi)
    return Judgement(
        verdict=_verdict(kpi, sums),
        interval=interval(kpi, sums),
        leaning=None if met is None else "met" if met else "missed",
        settling=None if met is None else settling(kpi, sums, most=most),
    )


def judge_value(kpi: Kpi, value: float | None, n: int) -> Judgement:
    """The verdict on a figure of which the value alone is known, such as a median: 'few' below the KPI's smallest sample, no interval."""
    met = None if value is None else is_met(value, kpi)
    return Judgement(verdict(value, met, n, kpi.min_sample), None, None if met is None else "met" if met else "missed", None)


def settling(kpi: Kpi, sums: Sums, *, most: int = MOST_TO_SETTLE) -> Settling | None:
    """The least number of further cases in a row that settles the verdict either way; ``most`` is where the search ends.

    A case adds one to the denominator and to n; it also adds one to the numerator where it is a favourable one and higher is
    better, or an unfavourable one and lower is better. None for means and a census: there a case is not just good or bad.
    """
    if kpi.target is None or basis(kpi) != "ratio" or sums.numerator is None or sums.denominator is None:
        return None

    def after(more: int, good: bool) -> Verdict:
        hits = more if good == kpi.higher_is_better else 0
        return _verdict(kpi, Sums((sums.numerator or 0) + hits, (sums.denominator or 0) + more, sums.n + more))

    return Settling(_least(lambda more: after(more, True) == "met", most), _least(lambda more: after(more, False) == "missed", most))


def _verdict(kpi: Kpi, sums: Sums) -> Verdict:
    value = sums.value(kpi)
    return verdict(value, None if value is None else is_met(value, kpi), sums.n, kpi.min_sample, straddles=_straddles(kpi, sums))


def _straddles(kpi: Kpi, sums: Sums) -> bool:
    found = interval(kpi, sums)
    if found is None or _at_the_end(kpi):
        return False
    return is_met(found.lower, kpi) != is_met(found.upper, kpi)


def _at_the_end(kpi: Kpi) -> bool:
    """A target of 100 % (or of 0 % where lower is better): no sample ever proves it, so it can only mean the cases themselves."""
    if kpi.target is None or basis(kpi) != "ratio":
        return False
    return kpi.target >= 1 if kpi.higher_is_better else kpi.target <= 0


def _least(settled: Callable[[int], bool], most: int) -> int | None:
    """The least number for which something holds that holds from there on, by bisection.

    It does hold from there on: for a bound p the score condition is convex in the number of further cases, and negative at
    the start unless it is met already, in which case it grows.
    """
    if not settled(most):
        return None
    low, high = -1, most
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (low, middle) if settled(middle) else (middle, high)
    return high
