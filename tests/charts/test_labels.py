"""Direct labels: beside their points, inside the picture, and not on one another."""

from __future__ import annotations

import itertools

import pytest

from amdash.charts.labels import Box, along, beside, beyond_lines

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


@pytest.mark.parametrize(
    ("lines", "start"),
    [((), 5.0), ((10,), 12.0), ((3, 22), 5.0), ((20,), 22.0), ((10, 24), 26.0), ((24, 10), 26.0), ((10, 60), 12.0), ((4,), 6.0)],
    ids=["none", "through the middle", "beside", "through the end", "one after the other", "in any order", "far off", "too near"],
)
def test_words_begin_where_no_line_goes_through_them(lines: tuple[float, ...], start: float) -> None:
    assert beyond_lines(5.0, 15.0, lines, air=2.0) == start


def test_no_way_to_a_label_leads_through_another_label() -> None:
    points = [(200 + 4 * place, 100) for place in range(6)]
    boxes = [box for box in beside(points, [(60, 16)] * 6, ROOM, mark=10) if box]
    assert len(boxes) == 6
    for place, box in enumerate(boxes):
        way = along([points[place], (box.x, box.y)])
        assert not any(piece.touches(other) for piece in way for other in boxes if other is not box and not other.touches(box))


def test_a_line_in_pieces_has_a_gap_where_a_height_is_missing() -> None:
    pieces = along([(0, 0), (10, 0), (20, float("nan")), (30, 0), (40, 0)])
    assert {piece.x for piece in pieces if 10 < piece.x < 30} == set()
    assert {0, 10, 30, 40} <= {piece.x for piece in pieces}


def test_a_place_that_is_worse_than_none_is_left_out() -> None:
    line = Box(200, 100, 400, 120)
    (box,) = beside([(200, 100)], [(40, 16)], ROOM, lines=[line])
    assert box is not None
    assert beside([(200, 100)], [(40, 16)], ROOM, lines=[line], most=30.0) == [None]
