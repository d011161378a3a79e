"""Year over year: a line a year, the newest in ink, each named at its end."""

from __future__ import annotations

import dataclasses

import numpy as np

from amdash.charts.theme import PALETTES, Style
from amdash.charts.years import years
from amdash.metrics import catalogue

CSAT, SALES = catalogue.by_id("csat"), catalogue.by_id("sales_amount")


def test_every_year_is_a_line_over_the_same_twelve_months(reading, style: Style) -> None:
    figure = years(reading([0.5] * 10 + [0.6] * 12), CSAT, style)
    newest, before = figure.data
    assert (newest.name, before.name) == ("2026 年", "2025 年")
    assert (newest.line.color, newest.line.dash) == (PALETTES["light"].ink, "solid")
    assert before.line.dash == "dash"
    np.testing.assert_allclose(newest.y, [60] * 10 + [np.nan] * 2)
    np.testing.assert_allclose(before.y, [50] * 10 + [60, 60])
    assert figure.layout.xaxis.ticktext[:2] == ("1月", "2月")


def test_a_month_without_a_value_is_a_gap_and_a_year_without_any_has_no_line(reading, style: Style) -> None:
    figure = years(reading([None] * 24 + [0.5, None, 0.6]), CSAT, style)
    (line,) = figure.data
    assert [None if np.isnan(value) else value for value in line.y[7:10]] == [50, None, 60]


def test_names_stand_at_the_ends_and_apart(reading, style: Style) -> None:
    figure = years(reading([0.5] * 24, target=None), CSAT, style)
    notes = {note.text: note for note in figure.layout.annotations}
    low, high = figure.layout.yaxis.range
    depth = style.height - 4.1 * style.size
    places = [(note.y - low) / (high - low) * depth + note.yshift for note in (notes["2024 年"], notes["2025 年"])]
    assert abs(places[1] - places[0]) >= 1.25 * style.size - 1e-6
    assert [(notes[name].xref, notes[name].x) for name in ("2024 年", "2025 年")] == [("paper", 1)] * 2
    # The year that is not over ends within the plot, where the lines of the others go on.
    assert (notes["2026 年"].x, notes["2026 年"].y) == (9, 50)
    assert abs(notes["2026 年"].yshift) >= 1.25 * style.size / 2


def test_the_target_is_drawn_where_one_holds_for_all(reading, style: Style) -> None:
    assert [shape.y0 for shape in years(reading([0.5] * 3, target=None), CSAT, style).layout.shapes] == []
    one = reading([0.5, 0.6])
    points = tuple(dataclasses.replace(point, target=0.9) for point in one.points)
    assert [shape.y0 for shape in years(dataclasses.replace(one, points=points), CSAT, style).layout.shapes] == [90]


def test_without_values_there_is_nothing_and_money_counts_as_people_do(reading, style: Style) -> None:
    assert len(years(reading([None, None]), CSAT, style).data) == 0
    figure = years(reading([250_000, 500_000], target=None), SALES, style)
    assert figure.layout.yaxis.ticksuffix == "万"
    assert figure.data[0].customdata[9] == "50.0万"
