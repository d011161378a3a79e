"""A reading: one KPI of one person, team or the whole business in one period, with all that is said about it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

from amdash.metrics.spec import By

Verdict = Literal["met", "missed", "few", "none", "absent"]
# unknown: too few comparable periods to know the ordinary swing, or this one is not complete yet.
Variation = Literal["improving", "worsening", "ordinary", "unknown"]
# unknown: the points are too few for limits of their own.
Assurance = Literal["will_meet", "will_miss", "hit_or_miss", "no_target", "unknown"]
Flag = Literal["outside", "trend", "two_of_three", "run"]
Direction = Literal["improvement", "concern"]


@dataclass(frozen=True)
class Point:
    """One period of a series; ``value`` is None where nothing comparable was measured (a gap, never 0).

    ``centre``, ``lower``, ``upper``: what is ordinary for this point, which for a share depends on its cases; None where not known.
    ``target``: the one in force then; None where there was none.
    """

    period: str
    value: float | None
    n: int
    flag: Flag | None = None
    direction: Direction | None = None
    centre: float | None = None
    lower: float | None = None
    upper: float | None = None
    target: float | None = None


@dataclass(frozen=True)
class Limits:
    """Natural process limits: values inside are ordinary variation. Same unit as the values. Of a share, those of its newest value."""

    centre: float
    lower: float
    upper: float
    provisional: bool


@dataclass(frozen=True)
class Interval:
    """The values that the cases do not rule out, both ends included; the unit is the figure's own."""

    lower: float
    upper: float


@dataclass(frozen=True)
class Settling:
    """How many more cases in a row would settle a verdict: favourable ones for 'met', unfavourable ones for 'missed'.

    0: it is settled that way. None: no number up to the most that was asked for does.
    """

    met: int | None
    missed: int | None


@dataclass(frozen=True)
class Reading:
    """``points`` end with ``period``; ``limits`` is None where there are too few points to know any.

    ``interval``: the values that so many cases do not rule out; None for a census. ``leaning``: the side of the target that the value is
    on, also while the cases are too few to say. ``settling``: how many more in a row would settle it.
    ``subject`` is a manager's or a team's name, '' for the whole business; ``by`` says which: a team may be called like a manager.
    """

    kpi: str
    subject: str
    period: str
    value: float | None
    target: float | None
    numerator: float | None
    denominator: float | None
    n: int
    verdict: Verdict
    variation: Variation
    points: tuple[Point, ...]
    limits: Limits | None
    assurance: Assurance = "unknown"
    leaning: Literal["met", "missed"] | None = None
    interval: Interval | None = None
    settling: Settling | None = None
    by: By = "manager"

    def since(self, first: int) -> Reading:
        """The same with the points from a place on; for a chart that need not show the time before anything was measured."""
        return replace(self, points=self.points[first:])

    def band(self) -> tuple[tuple[int, float, float], ...]:
        """(place, lower, upper) of every point with limits where they differ from point to point; empty where ``limits`` holds for all."""
        found = tuple((place, one.lower, one.upper) for place, one in enumerate(self.points) if one.lower is not None and one.upper is not None)
        return found if len({(lower, upper) for _, lower, upper in found}) > 1 else ()

    def aims(self) -> tuple[tuple[int, int, float], ...]:
        """(first place, last place, target) of every stretch of points with one target; empty where ``target`` holds for all."""
        if all(one.target == self.target for one in self.points):
            return ()
        found: list[tuple[int, int, float]] = []
        for place, one in enumerate(self.points):
            if one.target is not None:
                last = found.pop() if found and found[-1][1:] == (place - 1, one.target) else (place, place, one.target)
                found.append((last[0], place, one.target))
        return tuple(found)

    def begins(self) -> int:
        """The place of the first point with a value; the number of points where none has one."""
        return next((place for place, point in enumerate(self.points) if point.value is not None), len(self.points))
