"""Readings made on the spot, for charts."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

import plotly.graph_objects as go
import pytest

from amdash.charts.theme import Style
from amdash.insight.reading import Limits, Point, Reading
from amdash.metrics.period import last_periods


@pytest.fixture(scope="session")
def style() -> Style:
    return Style("light", "zh", height=300, size=15)


@pytest.fixture(scope="session")
def texts() -> Callable[[go.Figure], list[str]]:
    """A figure -> the words that stand in it, in the order in which they were written."""
    return lambda figure: [note.text for note in figure.layout.annotations]


@pytest.fixture(scope="session")
def reading() -> Callable[..., Reading]:
    """Values (None for a gap) and (place, flag, direction) of signals -> a monthly reading that ends with 2026-10.

    ``widths``: of the limits on either side of 0.8, where they differ from point to point.
    """

    def make(
        values: Sequence[float | None],
        signals: Sequence[tuple[int, str, str]] = (),
        *,
        subject: str = "李明",
        kpi: str = "csat",
        target: float | None = 0.9,
        limits: Limits | None = None,
        verdict: str = "met",
        widths: Sequence[float] = (),
    ) -> Reading:
        marked = {place: (flag, direction) for place, flag, direction in signals}
        months = last_periods("2026-10", len(values))
        points = tuple(
            Point(month, value, 20, *marked.get(place, (None, None)))  # type: ignore[arg-type]
            for place, (month, value) in enumerate(zip(months, values, strict=True))
        )
        if widths:
            points = tuple(replace(point, centre=0.8, lower=0.8 - width, upper=0.8 + width) for point, width in zip(points, widths, strict=True))
        return Reading(kpi, subject, months[-1], values[-1], target, None, None, 20, verdict, "ordinary", points, limits)  # type: ignore[arg-type]

    return make
