"""Chance for the demo data: a seeded source per purpose, and monthly series that vary without ever giving a signal."""

from __future__ import annotations

import random
from collections.abc import Sequence


def dice(*purpose: object) -> random.Random:
    """A source of chance of its own for each purpose, so that adding one purpose leaves all others as they were."""
    return random.Random("-".join(["amdash", *(str(part) for part in purpose)]))


def calm(rng: random.Random, count: int, centre: float, spread: float) -> list[float]:
    """``count`` values within centre +- spread that an XmR chart calls ordinary.

    Every four values hold one from each quarter of the range, and never more than three in a row lie on one side:
    no run, no trend, and moving ranges wide enough to keep all values inside the limits.
    """
    values: list[float] = []
    while len(values) < count:
        block = [centre + spread * (2 * (quarter + rng.uniform(0.1, 0.9)) / 4 - 1) for quarter in range(4)]
        rng.shuffle(block)
        if _longest_side(values + block, centre) <= 3:
            values += block
    return values[:count]


def shares(rng: random.Random, weights: Sequence[float], count: int) -> list[int]:
    """``count`` drawn positions of ``weights``, each as likely as its weight."""
    return rng.choices(range(len(weights)), weights=weights, k=count)


def _longest_side(values: Sequence[float], centre: float) -> int:
    longest = run = 0
    before: bool | None = None
    for value in values:
        above = value > centre
        run = run + 1 if above == before else 1
        before, longest = above, max(longest, run)
    return longest
