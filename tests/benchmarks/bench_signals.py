"""How often the signal rules cry where nothing has changed: python tests/benchmarks/bench_signals.py [SERIES]

Stable series of 24 and of 12 points: normal values (XmR), binomial shares with constant and with varying denominators (Laney P'), the
latter also with few cases near 100 %, and medians and 90th percentiles of 25 answers (order statistics). Per rule, whatever the others
say, the share of points that it flags; and the share of series with any flag. Beside it what theory says of normal values whose mean and
swing are known, and the same rules on such known limits: what lies between the two rows 'known' and 'estimated' is the price of
estimating the limits from the very points that are judged. Wheeler (Understanding Variation) gives 99 to 100 % within estimated limits.

Last, the mean number of points to the first alarm of a stable process with known limits, by rules carried out one point at a time: as
Champ and Woodall publish it for theirs (Exact results for Shewhart control charts with supplementary runs rules, Technometrics 29, 1987),
which shows that the simulation is right, and for the ones used here.
"""

from __future__ import annotations

import itertools
import math
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.special import ndtr

from amdash.insight import laney, order_statistics, rules, spc

SEED = 20261124
POINTS = (24, 12)
RUN = 7
ANSWERS, LATE = 25, 0.05
COLUMNS = (*rules.FLAGS, "any rule")
# A trend is waited for longest, some three thousand points.
LONGEST = 40_000


def theory(points: int) -> tuple[list[float], list[float]]:
    """For independent normal values and known limits: per rule the share of points, and of series with at least one."""
    outside = 2 * float(ndtr(-3))
    trend, trend_any = _trend(points)
    two, two_any = _two_of_three(points)
    run, run_any = _run(points)
    return [outside, trend, two, run], [1 - (1 - outside) ** points, trend_any, two_any, run_any]


def _trend(points: int) -> tuple[float, float]:
    """A window of seven rises with probability 1 / 7!; it begins a trend unless the move before rises too: 1 / 7! - 1 / 8!."""
    window, begins = 1 / math.factorial(RUN), 1 / math.factorial(RUN) - 1 / math.factorial(RUN + 1)
    windows = [min(place, points - RUN) - max(0, place - RUN + 1) + 1 for place in range(points)]
    share = sum(2 * (window + (count - 1) * begins) for count in windows) / points
    # Two trends in one series are rare enough to count as one more.
    return share, 2 * (window + (points - RUN) * begins)


def _run(points: int) -> tuple[float, float]:
    """Sides of the centre are tosses of a coin. A point's run goes on to either side as long as the toss is the same."""

    def length(most: int) -> list[float]:
        return [0.5 ** (step + 1) if step < most else 0.5**step for step in range(most + 1)]

    share = 0.0
    for place in range(points):
        left, right = length(place), length(points - 1 - place)
        share += sum(left[one] * right[two] for one in range(len(left)) for two in range(len(right)) if one + two + 1 >= RUN)
    running = {1: 1.0}
    for _ in range(points - 1):
        following = dict.fromkeys(range(1, RUN), 0.0)
        for now, chance in running.items():
            following[1] += chance / 2
            if now + 1 < RUN:
                following[now + 1] += chance / 2
        running = following
    return share / points, 1 - sum(running.values())


def _two_of_three(points: int) -> tuple[float, float]:
    """Each point is far (two to three standard deviations) or not, above or below the centre: all ways that five points can fall."""
    far = float(ndtr(3) - ndtr(2))
    kinds = {(side, is_far): far if is_far else 0.5 - far for side in (1, -1) for is_far in (True, False)}

    def hit(window: Sequence[tuple[int, bool]]) -> bool:
        return len({side for side, _ in window}) == 1 and sum(is_far for _, is_far in window) >= 2

    share = 0.0
    for place in range(points):
        first, last = max(0, place - 2), min(points - 1, place + 2)
        for fall in itertools.product(kinds, repeat=last - first + 1):
            if fall[place - first][1] and any(hit(fall[start : start + 3]) for start in range(len(fall) - 2) if start <= place - first <= start + 2):
                share += math.prod(kinds[kind] for kind in fall)
    running = {pair: kinds[pair[0]] * kinds[pair[1]] for pair in itertools.product(kinds, repeat=2)}
    for _ in range(points - 2):
        following = dict.fromkeys(running, 0.0)
        for (one, two), chance in running.items():
            for three, more in kinds.items():
                if not hit((one, two, three)):
                    following[two, three] += chance * more
        running = following
    return share / points, 1 - sum(running.values())


def rates(values: np.ndarray, band: rules.Band) -> tuple[list[float], list[float]]:
    """Per rule and for any of them: the share of points flagged, and of series with at least one. Rows: one per series."""
    found = [side != 0 for side in rules.sides(values, band).values()]
    found.append(np.logical_or.reduce(found))
    return [float(one.mean()) for one in found], [float(one.any(axis=1).mean()) for one in found]


def normal(rng: np.random.Generator, series: int, points: int) -> None:
    values = rng.normal(size=(series, points))
    one, all_steady = np.ones((series, 1)), np.ones((series, 1), dtype=bool)
    known = spc.Process(0 * one, 3 * one, all_steady).band(points)
    show(
        f"normal values, {points} points",
        {
            "theory": theory(points),
            "known": rates(values, known),
            "estimated": rates(values, spc.estimate(values).band(points)),
            "estimated, unscreened": rates(values, spc.estimate(values, screen=False).band(points)),
        },
    )


def binomial(rng: np.random.Generator, share: float, cases: tuple[int, int], series: int, points: int) -> None:
    """``cases``: the smallest and the largest denominator, both possible."""
    denominators = rng.integers(cases[0], cases[1], size=(series, points), endpoint=True).astype("float64")
    counts = rng.binomial(denominators.astype(int), share).astype("float64")
    values = counts / denominators
    one, all_steady = np.ones((series, 1)), np.ones((series, 1), dtype=bool)
    known = laney.Process(share * one, one, all_steady, share * one, ~all_steady)
    process = laney.estimate(counts, denominators)
    each = f"{cases[0]}" if cases[0] == cases[1] else f"{cases[0]} to {cases[1]}"
    show(
        f"binomial shares of {share:.0%}, {each} cases a point, {points} points",
        {
            "known": rates(values, known.band(counts, denominators)),
            "estimated": rates(values, process.band(counts, denominators)),
            "estimated, exact": rates(values, process.band(counts, denominators, exact=True)),
        },
    )


def quantiles(rng: np.random.Generator, quantile: float, series: int, points: int) -> None:
    """Answers within a day, of which one in twenty takes up to three: as most managers of the demo do."""
    found: dict[str, list[list[np.ndarray]]] = {"values alone": [], "order statistics": []}
    counts = np.full(points, float(ANSWERS))
    for _ in range(series):
        late = rng.random((points, ANSWERS)) < LATE
        hours = np.where(late, rng.uniform(24, 72, late.shape), rng.uniform(0, 24, late.shape))
        values = np.quantile(hours, quantile, axis=1)
        process = order_statistics.estimate(values, list(hours), quantile)
        for name, band in (("values alone", process.process.band(points)), ("order statistics", process.band(values, counts))):
            found[name].append([side != 0 for side in rules.sides(values, band).values()])
    rows = {}
    for name, each in found.items():
        flags = np.array(each)
        flags = np.concatenate([flags, flags.any(axis=1, keepdims=True)], axis=1)
        rows[name] = (flags.mean(axis=(0, 2)).tolist(), flags.any(axis=2).mean(axis=0).tolist())
    show(f"quantile {quantile:.0%} of {ANSWERS} answers, {points} points, {series:,} series", rows)


@dataclass
class Watch:
    """Rules carried out one point at a time on many processes of mean 0 and standard deviation 1. 0: without that rule.

    ``together``: of two of three far points the third is to be on their side and none of them outside, as amdash has it; else, as Champ
    and Woodall have it, neither.
    """

    outside: bool = True
    two_of_three: bool = False
    run: int = 0
    trend: int = 0
    together: bool = True

    def mean_points(self, rng: np.random.Generator, series: int) -> float:
        """The mean number of points to the first alarm; 0 alarms in LONGEST points count as LONGEST."""
        before, length, climb = (np.zeros(series, dtype=int) for _ in range(3))
        last = np.zeros(series)
        sides, far = (np.zeros((3, series), dtype=int) for _ in range(2))
        total = 0
        for step in range(1, LONGEST + 1):
            values = rng.normal(size=len(last))
            side = np.sign(values).astype(int)
            length = np.where(side == before, length + 1, 1)
            move = np.sign(values - last).astype(int) if step > 1 else np.zeros_like(side)
            climb = np.where(move == np.sign(climb), climb + move, move)
            sides, far = np.vstack([sides[1:], side]), np.vstack([far[1:], self._far(values, side)])
            alarm = self._alarm(values, length, climb, sides, far)
            total += step * int(alarm.sum())
            stay = ~alarm
            if not stay.any():
                break
            last, before, length, climb, sides, far = values[stay], side[stay], length[stay], climb[stay], sides[:, stay], far[:, stay]
        else:
            total += LONGEST * len(last)
        return total / series

    def _far(self, values: np.ndarray, side: np.ndarray) -> np.ndarray:
        return np.where((np.abs(values) > 2) & ((np.abs(values) <= 3) | (not self.together)), side, 0)

    def _alarm(self, values: np.ndarray, length: np.ndarray, climb: np.ndarray, sides: np.ndarray, far: np.ndarray) -> np.ndarray:
        alarm: np.ndarray = (np.abs(values) > 3) & self.outside
        if self.run:
            alarm |= length >= self.run
        if self.trend:
            alarm |= np.abs(climb) >= self.trend - 1
        if self.two_of_three:
            for way in (1, -1):
                beside = (sides == way).all(axis=0) if self.together else far[-1] == way
                alarm |= ((far == way).sum(axis=0) >= 2) & beside
        return alarm


def run_lengths(rng: np.random.Generator, series: int) -> None:
    """Mean points to the first alarm, published and simulated."""
    print(f"\nmean points to the first alarm of a stable process, known limits, {series:,} processes\n{'':66}{'theory':>10}{'simulated':>12}")
    published = {
        "Champ and Woodall: outside": (370.40, Watch()),
        "Champ and Woodall: outside, 2 of 3": (225.44, Watch(two_of_three=True, together=False)),
        "Champ and Woodall: outside, run of 8": (152.73, Watch(run=8)),
        "Champ and Woodall: outside, 2 of 3, run of 8": (122.05, Watch(two_of_three=True, run=8, together=False)),
        # Seven tosses of a coin that fall alike: 2 ** 7 - 1.
        "here: run of 7 alone": (127.0, Watch(outside=False, run=RUN)),
        "here: trend of 7 alone": (None, Watch(outside=False, trend=RUN)),
        "here: 2 of 3 alone": (None, Watch(outside=False, two_of_three=True)),
        "here: all four rules": (None, Watch(two_of_three=True, run=RUN, trend=RUN)),
    }
    for name, (known, watch) in published.items():
        print(f"{name:66}" + (f"{known:>10.2f}" if known else f"{'':>10}") + f"{watch.mean_points(rng, series):>12.1f}")


def show(title: str, rows: dict[str, tuple[list[float], list[float]]]) -> None:
    print(f"\n{title}\n{'':30}" + "".join(f"{name:>14}" for name in COLUMNS))
    for what, which in (("points", 0), ("series", 1)):
        for name, found in rows.items():
            print(f"{what + ', ' + name:30}"[:30].ljust(30) + "".join(f"{value:>13.3%} " for value in found[which]))


def main(series: int) -> None:
    start = time.perf_counter()
    print(f"{series:,} stable series each, seed {SEED}")
    rng = np.random.default_rng(SEED)
    for points in POINTS:
        normal(rng, series, points)
        for share, cases in ((0.8, (200, 200)), (0.8, (50, 400)), (0.9, (25, 25)), (0.95, (3, 12))):
            binomial(rng, share, cases, series, points)
        for quantile in (0.5, 0.9):
            quantiles(rng, quantile, series // 10, points)
    run_lengths(rng, series)
    print(f"\n{time.perf_counter() - start:.0f} s")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 10_000)
