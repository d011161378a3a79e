"""Where direct labels may stand: beside their points, inside the picture, and not on one another. All lengths are pixels."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

# Right, left, above, below come first, for the eye finds them there; then the steps between.
_DIRECTIONS = (0, 180, 90, 270, 30, 150, 330, 210, 60, 120, 300, 240)
_RINGS = (0.0, 0.9, 1.8, 2.8, 4.0, 5.5)
_AIR = 2.0
# To lie on a line is as bad as to be so many pixels further from the point.
_ON_A_LINE = 25.0


@dataclass(frozen=True)
class Box:
    """A rectangle around ``x``, ``y`` (upwards)."""

    x: float
    y: float
    width: float
    height: float

    def touches(self, other: Box) -> bool:
        """Whether both cover some of the same place."""
        return 2 * abs(self.x - other.x) < self.width + other.width and 2 * abs(self.y - other.y) < self.height + other.height

    def inside(self, room: tuple[float, float]) -> bool:
        """Whether it lies within a picture of this width and height."""
        across, up = self.width / 2, self.height / 2
        return across <= self.x <= room[0] - across and up <= self.y <= room[1] - up

    def away(self, point: tuple[float, float]) -> float:
        """How far its edge is from a point."""
        return math.hypot(max(0.0, abs(self.x - point[0]) - self.width / 2), max(0.0, abs(self.y - point[1]) - self.height / 2))


def beyond_lines(start: float, tall: float, lines: Sequence[float], air: float) -> float:
    """Where words that are ``tall`` begin, at ``start`` or as little further up as it takes that no level line goes through them.

    ``lines``: the heights of the lines; ``air``: what stays free between words and a line. Any unit, upwards; a mirror image goes down.
    """
    for line in sorted(lines):
        if start - air < line < start + tall + air:
            start = line + air
    return start


def beside(
    points: Sequence[tuple[float, float]],
    labels: Sequence[tuple[float, float]],
    room: tuple[float, float],
    *,
    lines: Sequence[Box] = (),
    others: Sequence[Box] = (),
    mark: float = 12.0,
) -> list[Box | None]:
    """For each point the box of its label (width, height); None where there is no free place in the ``room`` (width, height).

    The earlier a label, the better its place. ``lines``: what labels keep off where they can. ``others``: what else they
    must not lie on. ``mark``: the size of a point's own mark.
    """
    taken = [*others, *(Box(x, y, mark, mark) for x, y in points)]
    placed: list[Box | None] = []
    for point, (width, height) in zip(points, labels, strict=True):
        box = _best(_candidates(*point, width, height, mark), point, taken, room, lines)
        placed.append(box)
        taken += [box] if box else []
    return placed


def _candidates(x: float, y: float, width: float, height: float, mark: float) -> list[Box]:
    boxes = []
    for ring in _RINGS:
        for degrees in _DIRECTIONS:
            across, up = math.cos(math.radians(degrees)), math.sin(math.radians(degrees))
            far = mark / 2 + _AIR + ring * height
            boxes.append(Box(x + across * (far + width / 2), y + up * (far + height / 2), width, height))
    return sorted(boxes, key=lambda box: box.away((x, y)))


def _best(candidates: Sequence[Box], point: tuple[float, float], taken: Sequence[Box], room: tuple[float, float], lines: Sequence[Box]) -> Box | None:
    """The free place that costs least; ``candidates`` begin with the nearest, and none is looked at once it can cost no less."""
    best, least = None, math.inf
    for box in candidates:
        cost = box.away(point)
        if cost >= least:
            break
        if box.inside(room) and not any(box.touches(other) for other in taken):
            cost += _ON_A_LINE * any(box.touches(line) for line in lines)
            if cost < least:
                best, least = box, cost
    return best
