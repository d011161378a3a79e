"""Direct labels: beside their points, inside the picture, and not on one another."""

from __future__ import annotations

import itertools

import pytest

from amdash.charts.labels import Box, beside

ROOM = (400.0, 200.0)


def test_the_first_place_is_to_the_right() -> None:
    (box,) = beside([(100, 100)], [(40, 16)], ROOM, mark=10)
    assert box is not None
    assert (box.x - 20 - 100, box.y) == (pytest.approx(7), 100)


def test_at_the_right_edge_a_label_goes_to_the_left() -> None:
    (box,) = beside([(395, 100)], [(40, 16)], ROOM)
    assert box is not None
    assert box.x < 395


def test_labels_of_a_crowd_lie_on_nothing() -> None:
    points = [(200 + 6 * (place % 3), 100 + 5 * (place // 3)) for place in range(9)]
    boxes = beside(points, [(50, 16)] * 9, ROOM, mark=10)
    placed = [box for box in boxes if box]
    assert len(placed) == 9
    assert not any(one.touches(other) for one, other in itertools.combinations(placed, 2))
    assert not any(box.touches(Box(*point, 10, 10)) for box in placed for point in points)
    assert all(box.inside(ROOM) for box in placed)


def test_a_label_keeps_off_a_line_where_it_can() -> None:
    line = Box(200, 100, 400, 2)
    (box,) = beside([(100, 103)], [(40, 16)], ROOM, lines=[line])
    assert box is not None
    assert not box.touches(line)


def test_and_never_lies_on_what_is_taken() -> None:
    assert beside([(100, 100)], [(40, 16)], ROOM, others=[Box(200, 100, 400, 200)]) == [None]


def test_a_label_that_is_too_wide_for_the_picture_is_left_out() -> None:
    assert beside([(100, 100)], [(500, 16)], ROOM) == [None]
