"""The curve of concentration and a customer's months: shares from zero, gaps for months without sheets, and words on the chart."""

from __future__ import annotations

from dataclasses import replace

import pytest

from amdash.charts.customers import concentration_curve, revenue_bars
from amdash.charts.theme import Style
from amdash.i18n import translator
from amdash.insight.concentration import concentration

_ = translator("zh")
REVENUES = [60.0, 20.0, 10.0, 10.0]


def test_the_curve_runs_from_nothing_to_everything(style: Style) -> None:
    spread = concentration(REVENUES)
    assert spread is not None
    figure = concentration_curve(REVENUES, spread, _, style)
    curve = figure.data[1]
    assert (list(curve.x), list(curve.y)) == ([0, 25, 50, 75, 100], [0, 60, 80, 90, 100])
    # The largest fifth of four customers is one of them.
    assert [(mark.x[0], mark.y[0]) for mark in figure.data[2:]] == [(25, pytest.approx(60)), (25, pytest.approx(60))]
    assert "前 20% 的客户占收入 60.0%" in [note.text for note in figure.layout.annotations]
    assert figure.layout.yaxis.range[0] == 0


def test_months_are_bars_from_zero_and_months_without_sheets_are_gaps(style: Style) -> None:
    monthly = [("2026-08", 120_000.0), ("2026-09", None), ("2026-10", 50_000.0)]
    figure = revenue_bars(monthly, _, style)
    (bars,) = figure.data
    assert (list(bars.x), list(bars.y)) == ([0, 2], [12.0, 5.0])
    assert [note.text for note in figure.layout.annotations] == ["12.0万"]
    assert figure.layout.yaxis.range[0] == 0


def test_a_month_of_refunds_goes_below_zero(style: Style) -> None:
    figure = revenue_bars([("2026-09", 100.0), ("2026-10", -50.0)], _, replace(style, language="en"))
    assert figure.layout.yaxis.range[0] < -50
    assert list(figure.data[0].y) == [100.0, -50.0]


@pytest.mark.parametrize("monthly", [[], [("2026-10", None)], [("2026-10", 0.0)]])
def test_nothing_is_drawn_of_nothing(style: Style, monthly: list[tuple[str, float | None]]) -> None:
    assert len(revenue_bars(monthly, _, style).data) == 0
    spread = concentration([1.0])
    assert spread is not None
    assert len(concentration_curve([], spread, _, style).data) == 0
