"""A figure is made once for equal values, anew for others, and the oldest are forgotten."""

from __future__ import annotations

from dataclasses import replace

import plotly.graph_objects as go

from amdash.charts.theme import Style
from amdash.i18n import translator
from amdash.ui import drawn_once

STYLE = Style("light", "zh", 300, 15)


def test_a_figure_is_made_once_for_equal_values() -> None:
    made: list[tuple[object, ...]] = []

    def make(*of: object) -> go.Figure:
        made.append(of)
        return go.Figure()

    first = drawn_once.figure(make, [1, 2], {"a": (3,)}, translator("zh"), STYLE)
    assert drawn_once.figure(make, (1, 2), {"a": [3]}, translator("zh"), replace(STYLE)) is first
    assert len(made) == 1
    for other in ([[1, 3], {"a": (3,)}, translator("zh"), STYLE], [[1, 2], {"a": (3,)}, translator("en"), STYLE]):
        assert drawn_once.figure(make, *other) is not first
    assert drawn_once.figure(make, [1, 2], {"a": (3,)}, translator("zh"), replace(STYLE, mode="dark")) is not first
    assert len(made) == 4


def test_another_maker_makes_another_figure() -> None:
    assert drawn_once.figure(lambda _n: go.Figure(), 1) is not drawn_once.figure(lambda _n: go.Figure(), 1)


def test_the_oldest_are_forgotten() -> None:
    made: list[int] = []

    def make(number: int) -> go.Figure:
        made.append(number)
        return go.Figure()

    for number in range(100):
        drawn_once.figure(make, number)
    drawn_once.figure(make, 99)
    drawn_once.figure(make, 0)
    assert made == [*range(100), 0]
