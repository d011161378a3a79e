"""A reading cut to the time in which anything was measured."""

from __future__ import annotations

from dataclasses import replace

import pytest

from amdash.insight.reading import Limits, Point, Reading


def reading(*values: float | None) -> Reading:
    points = tuple(Point(f"2026-{month:02d}", value, 1) for month, value in enumerate(values, 1))
    return Reading("csat", "李明", "2026-10", 0.9, 0.9, 9, 10, 10, "met", "ordinary", points, Limits(0.9, 0.8, 1.0, True))


@pytest.mark.parametrize(("values", "place"), [((0.5, 0.6), 0), ((None, None, 0.6, None), 2), ((None, 0.0), 1), ((None, None), 2), ((), 0)])
def test_a_series_begins_with_its_first_value(values: tuple[float | None, ...], place: int) -> None:
    assert reading(*values).begins() == place


def test_a_band_is_drawn_only_where_limits_differ_from_point_to_point() -> None:
    def limited(*limits: tuple[float | None, float | None]) -> tuple[tuple[int, float, float], ...]:
        return replace(reading(), points=tuple(Point("2026-01", 0.9, 1, lower=lower, upper=upper) for lower, upper in limits)).band()

    assert limited((0.8, 1.0), (None, None), (0.7, 1.0)) == ((0, 0.8, 1.0), (2, 0.7, 1.0))
    assert limited((0.8, 1.0), (0.8, 0.9)) == ((0, 0.8, 1.0), (1, 0.8, 0.9))
    assert limited((0.8, 1.0), (None, None), (0.8, 1.0)) == ()
    # One limit without the other is no band.
    assert limited((0.8, 1.0), (0.7, None), (None, 0.9)) == ()
    assert limited((None, None)) == limited() == ()


def test_targets_are_drawn_from_the_first_to_the_last_point_that_has_them() -> None:
    points = tuple(Point("2026-01", 0.9, 1, target=target) for target in (0.8, 0.8, 0.8, None, 0.8, 0.9, 0.9))
    assert replace(reading(), points=points).aims() == ((0, 2, 0.8), (4, 4, 0.8), (5, 6, 0.9))
    assert replace(reading(), points=points[5:]).aims() == ()


def test_since_drops_points_and_nothing_else() -> None:
    whole = reading(None, None, 0.6, None, 0.7)
    cut = whole.since(whole.begins())
    assert [point.value for point in cut.points] == [0.6, None, 0.7]
    assert (cut.limits, cut.value, cut.period, cut.verdict) == (whole.limits, whole.value, whole.period, whole.verdict)
    assert len(whole.points) == 5
    assert whole.assurance == "unknown"
    assert whole.since(0) == whole
    assert whole.since(5).points == ()


def test_a_target_is_drawn_in_stretches_only_where_it_changed() -> None:
    def aimed(*targets: float | None) -> tuple[tuple[int, int, float], ...]:
        return replace(reading(), points=tuple(Point("2026-01", 0.9, 1, target=target) for target in targets)).aims()

    assert aimed(0.8, 0.8, 0.9, None, 0.9) == ((0, 1, 0.8), (2, 2, 0.9), (4, 4, 0.9))
    assert aimed(None, 0.9) == ((1, 1, 0.9),)
    # The reading's own target holds for all, and there are none at all.
    assert aimed(0.9, 0.9) == aimed() == aimed(None, None) == ()
