"""Where direct labels may stand: beside their points, inside the picture, and not on one another. All lengths are pixels."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from itertools import pairwise

from amdash.charts.theme import veil

# Right, left, above, below come first, for the eye finds them there; then the steps between.
_DIRECTIONS = (0, 180, 90, 270, 30, 150, 330, 210, 60, 120, 300, 240)
_RINGS = (0.0, 0.9, 1.8, 2.8, 4.0, 5.5)
_AIR = 2.0
# To lie on a line is as bad as to be so many pixels further from the point.
_ON_A_LINE = 45.0
# A label that stands further off than that is led to by a hair line; so long are the pieces of it that are looked at.
LED_FROM = 10.0
_PIECE = 4.0
_OPAQUE = 0.85


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
    most: float = math.inf,
    avoid: float = _ON_A_LINE,
) -> list[Box | None]:
    """For each point the box of its label (width, height); None where there is no free place in the ``room`` (width, height).

    The earlier a label, the better its place. ``lines``: what labels keep off where they can. ``others``: what else they
    must not lie on. ``mark``: the size of a point's own mark. No way to a label that stands off leads through another label.
    ``most``: how bad a place may be, in pixels from the point; as how many of them a line or mark in the way counts, says ``avoid``.
    """
    marks = [Box(x, y, mark, mark) for x, y in points]
    taken, words, ways = [*others, *marks], list[Box](), list[Box]()
    placed: list[Box | None] = []
    for point, (width, height) in zip(points, labels, strict=True):
        near = [box for box in _candidates(*point, width, height, mark) if box.inside(room) and not touch_any([box], taken)]
        free = [box for box in near if not touch_any(_way(point, box), words)]
        crossed = [*ways, *(one for one in marks if not one.touches(Box(*point, mark, mark)))]
        box = min(free, key=partial(_cost, point=point, lines=lines, crossed=crossed, avoid=avoid), default=None)
        if box and _cost(box, point, lines, crossed, avoid) > most:
            box = None
        placed.append(box)
        if box:
            way = _way(point, box)
            taken, words, ways = [*taken, box, *way], [*words, box], [*ways, *way]
    return placed


def ground(paper: str, *, needed: bool) -> dict[str, str]:
    """What keeps a line from striking words out that found no place without one: paper below them. ``paper``: its colour; nothing if not needed."""
    return {"bgcolor": veil(paper, _OPAQUE)} if needed else {}


def touch_any(some: Sequence[Box], others: Sequence[Box]) -> bool:
    """Whether any of some boxes touches any of others."""
    return any(one.touches(other) for one in some for other in others)


def along(points: Sequence[tuple[float, float]]) -> list[Box]:
    """The line that joins points, in small pieces, as what labels keep off; where a height is missing (nan) it has a gap."""
    pieces = []
    for (x, y), (next_x, next_y) in pairwise(points):
        if not math.isnan(y + next_y):
            steps = max(1, math.ceil(math.hypot(next_x - x, next_y - y) / _PIECE))
            pieces += [Box(x + (next_x - x) * step / steps, y + (next_y - y) * step / steps, 1, 1) for step in range(steps + 1)]
    return pieces


def _way(point: tuple[float, float], box: Box) -> list[Box]:
    """The hair line from a point to a label that stands off, in small pieces; none where it stands beside the point."""
    far = box.away(point)
    if far <= LED_FROM:
        return []
    across, up = box.x - point[0], box.y - point[1]
    # As far as the edge of the label, on the straight way to its middle.
    inside = min(box.width / 2 / abs(across) if across else math.inf, box.height / 2 / abs(up) if up else math.inf)
    return along([point, (point[0] + (1 - inside) * across, point[1] + (1 - inside) * up)])[1:-1]


def _candidates(x: float, y: float, width: float, height: float, mark: float) -> list[Box]:
    boxes = []
    for ring in _RINGS:
        for degrees in _DIRECTIONS:
            across, up = math.cos(math.radians(degrees)), math.sin(math.radians(degrees))
            far = mark / 2 + _AIR + ring * height
            boxes.append(Box(x + across * (far + width / 2), y + up * (far + height / 2), width, height))
    return sorted(boxes, key=lambda box: box.away((x, y)))


def _cost(box: Box, point: tuple[float, float], lines: Sequence[Box], crossed: Sequence[Box], avoid: float) -> float:
    """How bad a place is, in pixels: how far off, whether on a line, and whether the way there leads through another mark or way."""
    return box.away(point) + avoid * touch_any([box], lines) + avoid * touch_any(_way(point, box), crossed)
