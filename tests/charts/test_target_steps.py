"""The steps of targets: level lines with gaps, named at their ends, none written on another."""

from __future__ import annotations

import math

from amdash.charts.target_steps import Steps, target_steps
from amdash.charts.theme import PALETTES, Style
from amdash.metrics import catalogue

CSAT = catalogue.by_id("csat")
MONTHS = ["2026-08", "2026-09", "2026-10"]


def labels(figure) -> list:
    return sorted(figure.layout.annotations, key=lambda note: (note.y, note.yshift))


def test_no_target_draws_nothing(style: Style) -> None:
    assert len(target_steps([], MONTHS, "2026-10", CSAT, style).data) == 0
    assert len(target_steps([Steps("李明", (None, None, None))], MONTHS, "2026-10", CSAT, style).data) == 0


def test_a_month_is_level_and_steps_stand_between_months(style: Style) -> None:
    figure = target_steps([Steps("李明", (0.8, None, 0.9))], MONTHS, "2026-09", CSAT, style)
    (line,) = figure.data
    assert list(line.x) == [-0.5, 0.0, 0.5, 0.5, 1.0, 1.5, 1.5, 2.0, 2.5]
    assert list(line.y[:3]) == [80.0] * 3
    assert all(math.isnan(height) for height in line.y[3:6])
    assert list(line.y[6:]) == [90.0] * 3
    assert [note.text for note in labels(figure)] == ["≥ 90% 李明"]
    # All after the month that is looked at is still to come.
    assert figure.layout.shapes[0].x0 == 1.5


def test_the_first_line_is_in_ink_and_on_top(style: Style) -> None:
    figure = target_steps([Steps("6 位", (0.9,) * 3), Steps("李明", (0.9, 0.9, 0.95))], MONTHS, "2026-10", CSAT, style)
    assert [line.line.color for line in figure.data] == [PALETTES["light"].mute, PALETTES["light"].ink]


def test_names_at_the_ends_are_pushed_apart_and_a_name_is_no_markup(style: Style) -> None:
    figure = target_steps([Steps("甲", (0.9,) * 3), Steps("<b>乙", (0.901,) * 3), Steps("丙", (0.5,) * 3)], MONTHS, "2026-10", CSAT, style)
    low, middle, high = labels(figure)
    extent = figure.layout.yaxis.range
    depth = (style.height - 3.9 * style.size) / (extent[1] - extent[0])
    assert (high.y * depth + high.yshift) - (middle.y * depth + middle.yshift) >= style.size
    assert (low.yshift, high.text) == (0, "≥ 90.1% &lt;b&gt;乙")


def test_a_name_is_filled_in_by_the_picture_and_never_read_as_part_of_its_template(style: Style) -> None:
    (line,) = target_steps([Steps("%{x} <b>A", (0.9,) * 3)], MONTHS, "2026-10", CSAT, style).data
    assert (line.name, line.hovertemplate) == ("%{x} &lt;b&gt;A", "%{text}  %{fullData.name} <b>%{customdata}</b><extra></extra>")


def test_a_target_that_never_changed_lies_inside_its_chart(style: Style) -> None:
    low, high = target_steps([Steps("甲", (0.9,) * 3)], MONTHS, "2026-10", CSAT, style).layout.yaxis.range
    assert low < 90 < high
