"""What all charts share: air at the ends of an axis, and colours that let others through."""

from __future__ import annotations

import pytest

from amdash.charts.theme import mixed, padded, veil


@pytest.mark.parametrize(
    ("low", "high", "ends"),
    [(0.0, 100.0, (-8, 108)), (50.0, 50.0, (46, 54)), (-50.0, -50.0, (-54, -46)), (0.0, 0.0, (-1, 1))],
)
def test_an_axis_has_a_little_air_and_a_length(low: float, high: float, ends: tuple[float, float]) -> None:
    assert padded(low, high) == pytest.approx(ends)


def test_a_veil_is_the_colour_with_less_of_it() -> None:
    assert veil("#7A828E", 0.1) == "rgba(122,130,142,0.1)"


def test_a_colour_with_some_of_another_in_it() -> None:
    assert [mixed("#000000", "#FF8000", share) for share in (0, 0.5, 1)] == ["#000000", "#804000", "#FF8000"]
