"""The four rules of NHS "Making Data Count". Arrays hold the points of a series along their last axis, so many series are judged at once."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

from amdash.insight.reading import Flag

# In their order: a point carries the first one that it breaks.
FLAGS: tuple[Flag, ...] = ("outside", "trend", "two_of_three", "run")
_RUN = 7
_FAR = 2 / 3
# A difference below this share of the largest value is the rounding of binary fractions: 0.1 + 0.2 stands still beside 0.3.
_ROUNDING = 1e-9


@dataclass(frozen=True)
class Band:
    """What points are held against, in the unit of the values: ``centre``, and ``below`` and ``above`` it as far as each point's own limits.

    ``steady``: whether the swing is known. Where it is not (the series stood still but for jumps), patterns mean nothing.
    ``bits``: what each point adds to a run, 1 where either side of the centre is as likely as the other, less on the likelier one.
    ``centre`` and ``steady`` end with an axis of length one, the others with the points.
    """

    centre: np.ndarray
    below: np.ndarray
    above: np.ndarray
    steady: np.ndarray
    bits: np.ndarray

    def at(self, places: np.ndarray) -> Band:
        """The same for some of the points of one series."""
        return Band(self.centre, self.below[places], self.above[places], self.steady, self.bits[places])


def differences(values: np.ndarray) -> np.ndarray:
    """Every value less the one before it; 0 where only rounding parts them."""
    return without_rounding(np.diff(values), values)


def without_rounding(parts: np.ndarray, values: np.ndarray) -> np.ndarray:
    """``parts`` (differences of ``values``) with 0 where only rounding is left."""
    kept: np.ndarray = np.where(np.abs(parts) > _ROUNDING * np.abs(values).max(axis=-1, keepdims=True), parts, 0.0)
    return kept


def sides(values: np.ndarray, band: Band) -> dict[Flag, np.ndarray]:
    """For each rule, whatever the others say: +1 (high or rising), -1 (low or falling) or 0 for every point. At least one point.

    outside: beyond the limits. trend: seven points each higher (lower) than the one before. two_of_three: two of three beyond
    two thirds of the limit on one side, the third on that side too. run: seven on one side of the centre. Every point of a
    pattern is meant, in two_of_three those beyond.
    """
    # The centre counts as a value: beside it, noughts may be rounding too.
    seen = np.concatenate([values, band.centre], axis=-1)
    off = without_rounding(values - band.centre, seen)
    side = np.sign(off).astype(int)
    width = np.where(side > 0, band.above, band.below)
    # At a limit is inside it.
    out = np.where(without_rounding(np.abs(off) - width, seen) > 0, side, 0)
    # Points outside the limits have a rule of their own and do not count here.
    far = np.where((without_rounding(np.abs(off) - width * _FAR, seen) > 0) & (out == 0), side, 0)
    steady = band.steady.astype(int)
    return {
        "outside": out,
        "trend": _trend(values) * steady,
        "two_of_three": _two_of_three(side, far) * steady,
        "run": _run(side, band.bits) * steady,
    }


def first(found: dict[Flag, np.ndarray]) -> tuple[np.ndarray, np.ndarray]:
    """For every point the place in FLAGS of the first rule that it breaks (-1 where none), and the side."""
    stacked = np.stack([found[flag] for flag in FLAGS])
    place = np.abs(stacked).argmax(axis=0)
    side = np.take_along_axis(stacked, place[np.newaxis], axis=0)[0]
    # argmax is 0 also where no rule is broken; the side there tells.
    return np.where(side != 0, place, -1), side


def _covered(hits: np.ndarray, length: int) -> np.ndarray:
    """Which points lie in a window of ``length`` points that is a hit; ``hits`` has one entry per window."""
    edge = np.zeros((*hits.shape[:-1], length - 1), dtype=bool)
    found: np.ndarray = sliding_window_view(np.concatenate([edge, hits, edge], axis=-1), length, axis=-1).max(axis=-1)
    return found


def _trend(values: np.ndarray) -> np.ndarray:
    if values.shape[-1] < _RUN:
        return np.zeros(values.shape, dtype=int)
    moves = np.sign(differences(values)).astype(int)
    up, down = (_covered((sliding_window_view(moves, _RUN - 1, axis=-1) == way).all(axis=-1), _RUN) for way in (1, -1))
    # A turning point between two trends belongs to the newer one, which begins with its next move.
    newer = np.concatenate([moves, np.zeros_like(moves[..., :1])], axis=-1)
    return np.where(up & down, newer, up.astype(int) - down.astype(int))


def _two_of_three(side: np.ndarray, far: np.ndarray) -> np.ndarray:
    if side.shape[-1] < 3:
        return np.zeros(side.shape, dtype=int)
    found = np.zeros(side.shape, dtype=int)
    for way in (1, -1):
        same = (sliding_window_view(side, 3, axis=-1) == way).all(axis=-1)
        hits = same & ((sliding_window_view(far, 3, axis=-1) == way).sum(axis=-1) >= 2)
        found[_covered(hits, 3) & (far == way)] = way
    return found


def _run(side: np.ndarray, bits: np.ndarray) -> np.ndarray:
    """Seven on one side are seven bits: as surprising as seven tosses of a coin that all fall alike."""
    begins = np.ones(side.shape, dtype=bool)
    begins[..., 1:] = side[..., 1:] != side[..., :-1]
    starts = np.flatnonzero(begins)
    worth = np.add.reduceat(bits.ravel(), starts)
    lengths = np.diff(np.append(starts, side.size))
    found: np.ndarray = np.where(np.repeat(worth, lengths).reshape(side.shape) >= _RUN, side, 0)
    return found
