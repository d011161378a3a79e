"""The funnel plot: everybody named once, limits as curves, and whoever is beyond them told by shape, colour and word."""

from __future__ import annotations

import dataclasses
import itertools

import numpy as np
import pytest

from amdash.charts.funnel import funnel
from amdash.charts.labels import Box
from amdash.charts.theme import PALETTES, Style, ems
from amdash.i18n import translator
from amdash.insight.comparison import compare
from amdash.insight.intervals import Sums
from amdash.metrics.catalogue import KPIS

ZH = translator("zh")
CSAT, HOURS = KPIS["csat"], KPIS["response_time"]
WIDTH = 760


def of(hits: float, cases: int) -> Sums:
    return Sums(hits, cases, cases)


TEAM = {"李明": of(200, 250), "王芳": of(235, 250), "陈晨": of(230, 248), "赵敏": of(238, 252), "林佳": of(3, 3)}


def test_nothing_measured_draws_nothing(style: Style) -> None:
    assert len(funnel(compare(CSAT, {"李明": Sums(None, None, 0)}), CSAT, 0.9, ZH, style, WIDTH).data) == 0


def test_everybody_is_named_once_and_the_one_beyond_the_limit_in_words(texts, style: Style) -> None:
    figure = funnel(compare(CSAT, TEAM), CSAT, 0.9, ZH, style, WIDTH)
    said = texts(figure)
    assert {"<b>李明 低于下限</b>", "王芳", "陈晨", "赵敏", "林佳 样本太少"} <= set(said)
    assert {"上限", "下限", "合计 90.3%", "目标 ≥ 90%"} <= set(said)


def test_beyond_the_limit_has_its_own_shape_and_colour(style: Style) -> None:
    ink = PALETTES["light"]
    *_curves, marks = funnel(compare(CSAT, TEAM), CSAT, None, ZH, style, WIDTH).data
    looks = {row[0]: look for row, look in zip(marks.customdata, zip(marks.marker.symbol, marks.marker.color, strict=True), strict=True)}
    assert looks["李明"] == ("diamond", ink.bad)
    assert looks["林佳"] == ("circle", ink.paper)
    quick = compare(HOURS, {name: Sums(mean * 40, 40, 40, mean * mean * 40 + 39 * 4) for name, mean in {"李明": 4, "王芳": 9, "陈晨": 9}.items()})
    *_curves, marks = funnel(quick, HOURS, 24, ZH, style, WIDTH).data
    assert (marks.customdata[0][0], marks.marker.symbol[0], marks.marker.color[0]) == ("李明", "triangle-up", ink.good)


def test_the_curves_are_those_of_the_comparison(style: Style) -> None:
    found = compare(CSAT, TEAM)
    upper, lower, inner_upper, inner_lower, _marks = funnel(found, CSAT, None, ZH, style, WIDTH).data
    np.testing.assert_allclose(upper.y, np.array(found.action.upper) * 100)
    np.testing.assert_allclose(lower.y, np.array(found.action.lower) * 100)
    assert (lower.fill, inner_lower.fill) == ("tonexty", "tonexty")
    assert (np.array(inner_upper.y) <= np.array(upper.y) + 1e-9).all()


def test_the_limits_of_a_handful_do_not_press_the_others_flat(style: Style) -> None:
    found = compare(CSAT, {"王芳": of(235, 250), "陈晨": of(230, 248), "林佳": of(3, 3)})
    low, _high = funnel(found, CSAT, None, ZH, style, WIDTH).layout.yaxis.range
    assert low > 80


def test_lines_that_are_close_are_named_apart_at_the_right_edge(style: Style) -> None:
    figure = funnel(compare(CSAT, TEAM), CSAT, 0.903, ZH, style, WIDTH)
    places = sorted(spot(figure, style, WIDTH, 0, note.y)[1] + note.yshift for note in figure.layout.annotations if note.xref == "paper")
    assert len(places) == 4
    assert min(np.diff(places)) >= 1.25 * (style.size - 1)


def test_no_tick_says_more_than_all(style: Style) -> None:
    axis = funnel(compare(CSAT, {"王芳": of(50, 50), "陈晨": of(45, 50)}), CSAT, None, ZH, style, WIDTH).layout.yaxis
    assert max(axis.tickvals) <= 100
    assert axis.ticktext[-1].endswith("%")


def test_means_without_known_spread_have_a_line_and_no_curve(texts, style: Style) -> None:
    figure = funnel(compare(HOURS, {"李明": Sums(300, 30, 30), "王芳": Sums(600, 30, 30)}), HOURS, None, ZH, style, WIDTH)
    assert len(figure.data) == 1
    assert "合计 15.0 小时" in texts(figure)
    assert "上限" not in texts(figure)


def spot(figure, style: Style, width: int, x: float, y: float) -> tuple[float, float]:
    """Where cases and a value of the axes stand, in pixels from the lower left corner of the plot."""
    margin, (left, right), (low, high) = figure.layout.margin, figure.layout.xaxis.range, figure.layout.yaxis.range
    across, depth = width - margin.r - 3.4 * style.size, figure.layout.height - margin.t - margin.b
    return (x - left) / (right - left) * across, (y - low) / (high - low) * depth


def box(figure, note, style: Style, width: int) -> Box:
    """The place of a name beside its mark; one that stands off has a line to it, and is moved by that."""
    x, y = spot(figure, style, width, note.x, note.y)
    across, up = (note.ax, -note.ay) if note.showarrow else (note.xshift, note.yshift)
    return Box(x + across, y + up, ems(note.text) * note.font.size, 1.2 * note.font.size)


@pytest.mark.parametrize("width", [WIDTH, 340])
def test_twelve_in_a_crowd_are_named_without_touching(style: Style, width: int) -> None:
    crowd = {f"经理{place:02d}": of(225 + place, 250 + place % 4) for place in range(12)}
    figure = funnel(compare(CSAT, crowd), CSAT, 0.9, ZH, dataclasses.replace(style, height=420), width)
    named = [note for note in figure.layout.annotations if note.text.startswith("经理")]
    boxes = [box(figure, note, style, width) for note in named]
    assert [pair for pair in itertools.combinations(boxes, 2) if pair[0].touches(pair[1])] == []
    marks = [Box(*spot(figure, style, width, x, y), 10, 10) for x, y in zip(figure.data[-1].x, figure.data[-1].y, strict=True)]
    assert [(one, mark) for one in boxes for mark in marks if one.touches(mark)] == []
    assert len(named) == len({note.text for note in named})
    assert len(named) >= (12 if width == WIDTH else 8)


def test_a_name_is_never_markup(texts, style: Style) -> None:
    figure = funnel(compare(CSAT, {"<b>李</b>": of(20, 30), "王芳": of(22, 30)}), CSAT, None, ZH, style, WIDTH)
    assert "&lt;b&gt;李&lt;/b&gt;" in texts(figure)
