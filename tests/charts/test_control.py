"""The control chart: what it draws, and that its words do not lie on one another."""

from __future__ import annotations

import dataclasses
import math

import numpy as np
import pytest

from amdash.charts.control import control_chart
from amdash.charts.theme import PALETTES, Style
from amdash.i18n import translator
from amdash.insight.reading import Limits
from amdash.metrics import catalogue

ZH, EN = translator("zh"), translator("en")
CSAT, HOURS, SALES = (catalogue.by_id(name) for name in ("csat", "response_time", "sales_amount"))
BAND = Limits(0.75, 0.67, 0.82, provisional=False)


def test_nothing_measured_draws_nothing(reading, style: Style) -> None:
    figure = control_chart(reading([None, None]), CSAT, ZH, style)
    assert len(figure.data) == 0
    assert figure.layout.height == 300


def test_a_gap_is_a_gap_and_never_a_nought(reading, style: Style) -> None:
    line, markers = control_chart(reading([0.9, None, 0.8]), CSAT, ZH, style).data
    for trace in (line, markers):
        assert [None if math.isnan(value) else value for value in trace.y] == [90, None, 80]
        assert not trace.connectgaps


@pytest.mark.parametrize(
    ("kpi", "language", "values", "shown", "suffix"),
    [
        (CSAT, "zh", [0.5, 0.25], [50, 25], "%"),
        (HOURS, "zh", [15.5, 8], [15.5, 8], ""),
        (SALES, "zh", [250_000, 500_000], [25, 50], "万"),
        (SALES, "zh", [2.5e8, 5e8], [2.5, 5], "亿"),
        (SALES, "en", [250_000, 500_000], [250, 500], "k"),
        (SALES, "en", [2_500_000, 5_000_000], [2.5, 5], "M"),
        (SALES, "en", [900, 1_000], [900, 1_000], ""),
        (catalogue.KPIS["nps"], "en", [0.35, -0.1], [35, -10], ""),
    ],
)
def test_the_axis_counts_as_people_do(reading, style: Style, kpi, language, values, shown, suffix) -> None:
    figure = control_chart(reading(values, target=None), kpi, translator(language), dataclasses.replace(style, language=language))
    np.testing.assert_allclose(figure.data[0].y, shown)
    assert figure.layout.yaxis.ticksuffix == suffix


def test_limits_mean_and_target_are_drawn_and_named(reading, texts, style: Style) -> None:
    figure = control_chart(reading([0.7, 0.8], limits=BAND), CSAT, ZH, style)
    band, mean, target = figure.layout.shapes
    assert (band.y0, band.y1) == pytest.approx((67, 82))
    assert (mean.y0, target.y0) == pytest.approx((75, 90))
    assert target.line.dash == "5px,4px"
    assert {"上限", "平均", "下限", "目标 ≥ 90%"} <= set(texts(figure))


def test_without_limits_and_target_there_is_no_line(reading, texts, style: Style) -> None:
    figure = control_chart(reading([0.7, 0.8], target=None), CSAT, ZH, style)
    assert figure.layout.shapes == ()
    assert texts(figure) == ["<b>80.0%</b>"]


def test_signals_have_a_shape_as_well_as_a_colour(reading, style: Style) -> None:
    signals = [(1, "outside", "improvement"), (2, "run", "concern")]
    marker = control_chart(reading([0.7, 0.9, 0.6, 0.7], signals), CSAT, ZH, style).data[1].marker
    ink = PALETTES["light"]
    assert list(marker.symbol) == ["circle", "triangle-up", "diamond", "circle"]
    assert list(marker.color) == [ink.paper, ink.good, ink.bad, ink.paper]
    assert list(marker.size) == [8, 13, 13, 8]


def test_a_stretch_of_signals_is_named_once_by_its_strongest_rule(reading, texts, style: Style) -> None:
    signals = [(0, "run", "concern"), (1, "outside", "concern"), (2, "two_of_three", "concern"), (3, "run", "concern")]
    figure = control_chart(reading([0.7, 0.5, 0.66, 0.7, 0.8, 0.8, 0.8], signals, target=None, limits=BAND), CSAT, ZH, style)
    named = [note for note in figure.layout.annotations if note.text == "低于下限"]
    assert [(note.x, note.yanchor) for note in named] == [(1, "top")]
    assert not {"连续七期偏低", "三期里两期接近界限"} & set(texts(figure))


@pytest.mark.parametrize(
    ("flag", "zh", "en"),
    [
        ("trend", "连续七期同向", "seven in one direction"),
        ("two_of_three", "三期里两期接近界限", "two of three near the limit"),
        ("run", "连续七期偏高", "seven above the mean"),
    ],
)
def test_every_rule_has_its_words(reading, texts, style: Style, flag: str, zh: str, en: str) -> None:
    one = reading([0.7, 0.9, 0.7, 0.7], [(1, flag, "improvement")], limits=BAND)
    assert zh in texts(control_chart(one, CSAT, ZH, style))
    assert en in texts(control_chart(one, CSAT, EN, dataclasses.replace(style, language="en")))


def test_a_run_is_on_the_side_that_it_was_when_its_process_ended(reading, texts, style: Style) -> None:
    # Since then the mean is another one: 0.9 is below it, and was far above the one before.
    after = Limits(0.95, 0.93, 0.97, provisional=False)
    one = reading([0.6, 0.9, 0.6, 0.95], [(1, "run", "improvement")], limits=after)
    assert "连续七期偏高" in texts(control_chart(one, CSAT, ZH, style))


def test_a_signal_at_the_last_point_stands_below_its_value(reading, style: Style) -> None:
    figure = control_chart(reading([0.8, 0.8, 0.8, 0.5], [(3, "outside", "concern")], limits=BAND), CSAT, ZH, style)
    last = next(note for note in figure.layout.annotations if note.text.startswith("<b>"))
    assert last.text == "<b>50.0%</b><br>低于下限"
    assert (last.x, last.yanchor, last.xanchor) == (3, "top", "right")
    assert last.font.color == PALETTES["light"].bad_text


def test_a_stretch_that_reaches_the_last_point_is_named_at_its_beginning(reading, style: Style) -> None:
    signals = [(place, "run", "improvement") for place in range(1, 8)]
    figure = control_chart(reading([0.7, 0.8, 0.8, 0.8, 0.8, 0.8, 0.8, 0.9], signals, limits=BAND), CSAT, ZH, style)
    (named,) = [note for note in figure.layout.annotations if note.text == "连续七期偏高"]
    assert named.x == 1


def test_there_is_room_for_what_stands_above_and_hangs_below(reading, style: Style) -> None:
    signals = [(1, "outside", "concern")]
    low, high = control_chart(reading([0.8, 0.5, 0.8, 0.7, 0.9], signals, target=None, limits=BAND), CSAT, ZH, style).layout.yaxis.range
    depth = style.height - 5.1 * style.size
    per_unit = depth / (high - low)
    # Two lines of 1.3 em and the gap between point and words.
    assert (50 - low) * per_unit >= 1.3 * style.size
    assert (high - 90) * per_unit >= 1.3 * style.size


def test_names_at_the_right_edge_are_pushed_apart(reading, style: Style) -> None:
    close = Limits(0.900, 0.899, 0.901, provisional=False)
    figure = control_chart(reading([0.5, 0.9], limits=close), CSAT, ZH, style)
    names = [note for note in figure.layout.annotations if note.xref == "paper"]
    low, high = figure.layout.yaxis.range
    depth = style.height - 5.1 * style.size
    places = sorted((note.y - low) / (high - low) * depth + note.yshift for note in names)
    assert len(names) == 4
    assert min(np.diff(places)) >= 1.25 * style.size - 1e-6


def test_a_constant_series_has_a_range(reading, style: Style) -> None:
    low, high = control_chart(reading([1.0, 1.0, 1.0], target=None), CSAT, ZH, style).layout.yaxis.range
    assert low < 100 < high


def test_dark_ground_uses_the_dark_palette(reading, style: Style) -> None:
    figure = control_chart(reading([0.7, 0.8]), CSAT, ZH, dataclasses.replace(style, mode="dark"))
    assert figure.layout.font.color == PALETTES["dark"].mute
    assert figure.layout.paper_bgcolor == "rgba(0,0,0,0)"


def test_limits_that_differ_are_a_band_in_steps(reading, style: Style) -> None:
    figure = control_chart(reading([0.75, 0.8], limits=BAND, widths=[0.1, 0.3]), CSAT, ZH, style)
    band, mean, _target = figure.layout.shapes
    assert (band.type, band.path) == ("path", "M-0.5,90 L0.5,90 L0.5,110 L1.5,110 L1.5,50 L0.5,50 L0.5,70 L-0.5,70 Z")
    assert mean.y0 == pytest.approx(75)
    low, high = figure.layout.yaxis.range
    assert low < 50
    assert high > 110
