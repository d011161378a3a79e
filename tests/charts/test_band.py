"""The band of limits that differ: one step per point, points apart are bands apart."""

from __future__ import annotations

from amdash.charts.band import step_path, steps


def as_it_is(value: float) -> float:
    return value


def test_one_step_for_every_point_above_forward_and_below_back() -> None:
    path = step_path([(0, 1.0, 3.0), (1, 0.5, 4.0)], as_it_is, as_it_is)
    assert path == "M-0.5,3 L0.5,3 L0.5,4 L1.5,4 L1.5,0.5 L0.5,0.5 L0.5,1 L-0.5,1 Z"


def test_a_gap_parts_the_band() -> None:
    path = step_path([(0, 1.0, 2.0), (2, 1.0, 2.0)], lambda place: 10 * place, lambda value: -value)
    assert path == "M-5,-2 L5,-2 L5,-1 L-5,-1 Z M15,-2 L25,-2 L25,-1 L15,-1 Z"


def test_nothing_has_no_path() -> None:
    assert step_path([], as_it_is, as_it_is) == ""


def test_a_target_that_changed_is_a_level_line_for_every_stretch() -> None:
    assert steps([(0, 1, 0.9), (2, 2, 0.8)], lambda place: 10 * place, lambda value: 100 * value) == "M-5,90 L15,90 M15,80 L25,80"
    assert steps([], as_it_is, as_it_is) == ""
