"""A reading cut to the time in which anything was measured."""

from __future__ import annotations

import pytest

from amdash.insight.reading import Limits, Point, Reading


def reading(*values: float | None) -> Reading:
    points = tuple(Point(f"2026-{month:02d}", value, 1) for month, value in enumerate(values, 1))
    return Reading("csat", "李明", "2026-10", 0.9, 0.9, 9, 10, 10, "met", "ordinary", points, Limits(0.9, 0.8, 1.0, True))


@pytest.mark.parametrize(("values", "place"), [((0.5, 0.6), 0), ((None, None, 0.6, None), 2), ((None, 0.0), 1), ((None, None), 2), ((), 0)])
def test_a_series_begins_with_its_first_value(values: tuple[float | None, ...], place: int) -> None:
    assert reading(*values).begins() == place


def test_since_drops_points_and_nothing_else() -> None:
    whole = reading(None, None, 0.6, None, 0.7)
    cut = whole.since(whole.begins())
    assert [point.value for point in cut.points] == [0.6, None, 0.7]
    assert (cut.limits, cut.value, cut.period, cut.verdict) == (whole.limits, whole.value, whole.period, whole.verdict)
    assert len(whole.points) == 5
    assert whole.since(0) == whole
    assert whole.since(5).points == ()
