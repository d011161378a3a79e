"""Small multiples on one scale, and lines that are named at their ends."""

from __future__ import annotations

import dataclasses

import numpy as np
import pytest

from amdash.charts.theme import PALETTES, Style, ticks
from amdash.charts.trends import lines, small_multiples
from amdash.i18n import translator
from amdash.insight.reading import Limits
from amdash.metrics import catalogue
from amdash.metrics.period import last_periods

ZH = translator("zh")
CSAT = catalogue.by_id("csat")


def test_no_values_draw_nothing(reading, style: Style) -> None:
    assert len(small_multiples([reading([None])], CSAT, ZH, style).data) == 0
    assert len(lines([reading([None])], CSAT, style).data) == 0


def test_every_subject_has_a_chart_of_its_own_on_the_same_scale(reading, texts, style: Style) -> None:
    people = [reading([0.5, 0.6], subject=name) for name in "甲乙丙丁戊"]
    figure = small_multiples(people, CSAT, ZH, style, columns=4)
    assert len(figure.data) == 5
    ranges = {tuple(axis.range) for axis in figure.select_yaxes() if axis.range}
    assert len(ranges) == 1
    assert [text.split("</b>")[0] for text in texts(figure)] == [f"<b>{name}" for name in "甲乙丙丁戊"]


@pytest.mark.parametrize(("verdict", "word", "colour"), [("missed", "未达标", "bad_text"), ("few", "还不能断定", "mute"), ("met", "", "ink")])
def test_a_verdict_that_matters_is_said_in_words(reading, style: Style, verdict: str, word: str, colour: str) -> None:
    (title,) = small_multiples([reading([0.5, 0.6], verdict=verdict)], CSAT, ZH, style).layout.annotations
    assert title.text.strip() == f"<b>李明</b>  60.0%  {word}".strip()
    assert title.font.color == getattr(PALETTES["light"], colour)


def test_limits_and_target_lie_in_every_small_chart(reading, style: Style) -> None:
    people = [reading([0.5, 0.6], subject=name, limits=Limits(0.55, 0.4, 0.7, provisional=True)) for name in "甲乙"]
    shapes = small_multiples(people, CSAT, ZH, style).layout.shapes
    assert len(shapes) == 4
    assert {(shape.y0, shape.y1) for shape in shapes} == {(40.0, 70.0), (90.0, 90.0)}


def test_lines_are_told_apart_without_colour(reading, texts, style: Style) -> None:
    teams = [reading([0.5, 0.6], subject=name) for name in ("华东组", "华南组", "华北组")]
    figure = lines(teams, CSAT, style)
    assert len({trace.line.dash for trace in figure.data}) == 3
    assert sorted(texts(figure)) == sorted(["华东组", "华南组", "华北组"])


def test_names_at_the_ends_are_pushed_apart(reading, style: Style) -> None:
    figure = lines([reading([0.5, 0.601], subject="甲"), reading([0.5, 0.6], subject="乙")], CSAT, style)
    low, high = figure.layout.yaxis.range
    depth = style.height - 4.1 * style.size
    places = sorted((note.y - low) / (high - low) * depth + note.yshift for note in figure.layout.annotations)
    assert np.diff(places)[0] >= 1.25 * style.size - 1e-6


def test_a_line_that_ended_earlier_is_named_where_it_ends(reading, style: Style) -> None:
    figure = lines([reading([0.5, 0.6, None], subject="甲"), reading([0.5, 0.6, 0.7], subject="乙")], CSAT, style)
    assert {note.text: (note.xref, note.x) for note in figure.layout.annotations} == {"甲": (None, 1), "乙": ("paper", 1)}


def test_two_years_of_months_are_labelled_by_quarters(reading, style: Style) -> None:
    labels = [label for label in lines([reading([0.5] * 24)], CSAT, style).layout.xaxis.ticktext if label]
    assert labels == ["1月<br>2025", "4月", "7月", "10月", "1月<br>2026", "4月", "7月", "10月"]


def test_one_year_of_months_is_labelled_whole(reading, style: Style) -> None:
    labels = lines([reading([0.5] * 12)], CSAT, dataclasses.replace(style, language="en")).layout.xaxis.ticktext
    assert labels[:3] == ("Nov<br>2025", "Dec", "Jan<br>2026")
    assert len(labels) == 12


@pytest.mark.parametrize("name", ["<b>x</b>", "a & b", "<a href='x'>y</a>"])
def test_a_name_is_never_markup(reading, texts, style: Style, name: str) -> None:
    escaped = name.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    one = reading([0.5, 0.6], subject=name)
    assert texts(lines([one], CSAT, style)) == [escaped]
    assert texts(small_multiples([one], CSAT, ZH, style))[0].startswith(f"<b>{escaped}</b>")


def test_the_readings_are_left_as_they_are(reading, style: Style) -> None:
    one = reading([0.5, None, 0.6])
    before = dataclasses.asdict(one)
    lines([one], CSAT, style)
    small_multiples([one], CSAT, ZH, style)
    assert dataclasses.asdict(one) == before


def test_limits_that_differ_are_a_band_in_steps(reading, style: Style) -> None:
    figure = small_multiples([reading([0.75, 0.8], limits=Limits(0.75, 0.67, 0.82, True), widths=[0.1, 0.3])], CSAT, ZH, style)
    assert [shape.path for shape in figure.layout.shapes if shape.type == "path"] == [
        "M-0.5,90 L0.5,90 L0.5,110 L1.5,110 L1.5,50 L0.5,50 L0.5,70 L-0.5,70 Z"
    ]


def with_targets(made, *targets: float):
    """The reading with a target of its time at every point."""
    points = tuple(dataclasses.replace(point, target=target) for point, target in zip(made.points, targets, strict=True))
    return dataclasses.replace(made, points=points, target=targets[-1])


def test_a_target_that_changed_is_drawn_for_its_own_time(reading, style: Style) -> None:
    changed = with_targets(reading([0.5, 0.6, 0.7]), 0.9, 0.9, 0.8)
    for figure in (lines([changed], CSAT, style), small_multiples([changed], CSAT, ZH, style)):
        (shape,) = figure.layout.shapes
        assert (shape.type, shape.path) == ("path", "M-0.5,90 L1.5,90 M1.5,80 L2.5,80")
        low, high = figure.layout.yaxis.range
        assert low < 50
        assert high > 90


def test_one_line_of_a_target_stands_for_all_or_for_nobody(reading, style: Style) -> None:
    same = [reading([0.5, 0.6], subject=name) for name in ("华东组", "华南组")]
    assert [shape.y0 for shape in lines(same, CSAT, style).layout.shapes] == [90]
    assert len(lines([same[0], with_targets(same[1], 0.8, 0.8)], CSAT, style).layout.shapes) == 0


@pytest.mark.parametrize(
    ("last", "count", "width", "shown"),
    [
        ("2026-Q4", 5, 560, ["四季度<br>2025", "一季度<br>2026", "二季度", "三季度", "四季度"]),
        ("2026", 3, 560, ["2024", "2025", "2026"]),
        ("2026-W02", 6, 140, ["50周<br>2025", "52周", "2周<br>2026"]),
        ("2026-10", 12, 200, ["1月<br>2026", "4月", "7月", "10月"]),
        ("2026-08..2026-10", 4, 560, ["7月<br>2026", "8月", "9月", "10月"]),
    ],
)
def test_an_axis_names_as_many_periods_as_there_is_room_for(style: Style, last: str, count: int, width: int, shown: list[str]) -> None:
    places, names = ticks(last_periods(last, count), dataclasses.replace(style, width=width))
    assert names == shown
    assert places[-1] == count - 1
    assert len(places) == len(names)


def test_a_point_without_neighbours_is_seen_all_the_same(reading, style: Style) -> None:
    figure = small_multiples([reading([0.5, None, 0.6, 0.7, None])], CSAT, ZH, style)
    assert list(figure.data[0].marker.size) == [6, 3, 3, 3, 6]
