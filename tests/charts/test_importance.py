"""The importance-performance chart: points with whiskers in four named fields, without fields where the order is unclear."""

from __future__ import annotations

from dataclasses import replace

import pytest

from amdash.charts.importance import importance_chart
from amdash.charts.theme import PALETTES, Style
from amdash.i18n import translator
from amdash.insight.drivers import Driver, DriverAnalysis

ZH = translator("zh")
WIDTH = 760
DRIVERS = (
    Driver("communication", 0.6, 0.55, 0.66, 0.80, 1, 1, "concentrate_here", ()),
    Driver("service_attitude", 0.2, 0.15, 0.24, 0.88, 1, 2, "possible_overkill", ()),
    Driver("needs_met", 0.2, 0.16, 0.25, 0.81, 1, 2, "low_priority", ()),
)
FOUND = DriverAnalysis(200, 0.7, None, False, 1 / 3, 0.83, DRIVERS)
FIELDS = {"<b>优先改进</b>", "继续保持", "可以放后", "已经不错，影响较小"}


def test_a_refusal_draws_nothing(style: Style) -> None:
    assert len(importance_chart(DriverAnalysis(12, None, "too_few_responses", False, None, None, ()), ZH, style, WIDTH).data) == 0


def test_points_stand_at_performance_and_importance_with_their_intervals(style: Style) -> None:
    (points,) = importance_chart(FOUND, ZH, style, WIDTH).data
    assert list(points.x) == pytest.approx([80, 88, 81])
    assert list(points.y) == pytest.approx([60, 20, 20])
    assert list(points.error_y.array) == pytest.approx([6, 4, 5])
    assert list(points.error_y.arrayminus) == pytest.approx([5, 5, 4])


def test_four_named_fields_meet_at_the_means(texts, style: Style) -> None:
    figure = importance_chart(FOUND, ZH, style, WIDTH)
    assert set(texts(figure)) >= FIELDS | {"<b>沟通</b>", "服务态度", "需求满足"}
    tint, level, upright = figure.layout.shapes
    assert (tint.x1, tint.y0, level.y0, upright.x0) == pytest.approx((83, 100 / 3, 100 / 3, 83))


def test_what_to_work_on_first_has_its_own_shape_and_colour(style: Style) -> None:
    marker = importance_chart(FOUND, ZH, style, WIDTH).data[0].marker
    assert list(marker.symbol) == ["diamond", "circle", "circle"]
    assert marker.color[0] == PALETTES["light"].bad


def test_an_unclear_order_has_no_fields(texts, style: Style) -> None:
    unclear = replace(FOUND, order_unclear=True, drivers=tuple(replace(one, quarter=None) for one in DRIVERS))
    figure = importance_chart(unclear, ZH, style, WIDTH)
    assert not set(texts(figure)) & FIELDS
    assert figure.layout.shapes == ()
    assert len(figure.data[0].x) == 3


def test_what_everybody_answered_alike_has_no_point(texts, style: Style) -> None:
    silent = Driver("product_quality", None, None, None, 1.0, None, None, None, ())
    figure = importance_chart(replace(FOUND, drivers=(*DRIVERS, silent)), ZH, style, WIDTH)
    assert len(figure.data[0].x) == 3
    assert "产品质量" not in texts(figure)
