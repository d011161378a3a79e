"""Figures that count everything: bars from zero for amounts, points beside the target for shares of it."""

from __future__ import annotations

import pytest

from amdash.charts.ordered import ordered
from amdash.charts.theme import PALETTES, Style
from amdash.i18n import translator
from amdash.metrics.catalogue import KPIS
from amdash.metrics.spec import Kpi

ZH = translator("zh")
SALES, ATTAINMENT = KPIS["sales_amount"], KPIS["sales_attainment"]


def test_nothing_measured_draws_nothing(reading, style: Style) -> None:
    assert len(ordered([reading([None])], SALES, ZH, style).data) == 0


def test_amounts_are_bars_that_begin_at_zero(reading, texts, style: Style) -> None:
    team = [reading([value], subject=name, target=None, verdict="none") for name, value in (("李明", 690_000), ("王芳", 450_000))]
    figure = ordered(team, SALES, ZH, style)
    assert figure.data[0].type == "bar"
    assert figure.layout.xaxis.range[0] == 0
    assert list(figure.data[0].x) == pytest.approx([69, 45])
    assert list(figure.layout.yaxis.ticktext) == ["李明", "王芳"]
    assert {"69.0万", "45.0万"} <= set(texts(figure))


def test_whoever_misses_the_target_is_told_by_shape_colour_and_word(reading, style: Style) -> None:
    team = [reading([1.02], subject="李明", target=0.95), reading([0.9], subject="王芳", target=0.95, verdict="missed")]
    figure = ordered(team, ATTAINMENT, ZH, style)
    marker = figure.data[0].marker
    assert list(marker.symbol) == ["circle", "diamond"]
    assert marker.color[1] == PALETTES["light"].bad
    note = next(note for note in figure.layout.annotations if note.text == "90.0% 未达标")
    assert note.xanchor == "right"


@pytest.mark.parametrize(("kpi", "value"), [(SALES, 500.0), (ATTAINMENT, 0.99)])
def test_a_name_is_never_markup_and_is_picked_as_it_is(reading, style: Style, kpi: Kpi, value: float) -> None:
    name, shown = "<a href='x'>%{x}</a>", "&lt;a href='x'&gt;%{x}&lt;/a&gt;"
    figure = ordered([reading([value], subject=name)], kpi, ZH, style)
    (trace,) = figure.data
    assert (list(trace.text), trace.customdata[0][0]) == ([shown], name)
    assert "%{text}" in trace.hovertemplate
    assert "customdata[0]" not in trace.hovertemplate
    assert list(figure.layout.yaxis.ticktext) == [shown]
    # Names stand beside the rows, never on the bars as well.
    assert (trace.type == "scatter" and trace.mode == "markers") or trace.textposition == "none"


def test_one_target_is_one_line_with_its_name(reading, texts, style: Style) -> None:
    team = [reading([1.02], subject="李明", target=0.95), reading([0.99], subject="王芳", target=0.95)]
    figure = ordered(team, ATTAINMENT, ZH, style)
    assert texts(figure).count("目标 ≥ 95%") == 1
    assert [shape.x0 for shape in figure.layout.shapes if shape.x0 == shape.x1] == [pytest.approx(95)]


def test_targets_of_their_own_are_short_lines(reading, texts, style: Style) -> None:
    team = [reading([500.0], subject="李明", target=400.0), reading([300.0], subject="王芳", target=350.0, verdict="missed")]
    figure = ordered(team, SALES, ZH, style)
    lines = [(shape.x0, shape.y0, shape.y1) for shape in figure.layout.shapes]
    assert lines == [(400, -0.36, 0.36), pytest.approx((350, 0.64, 1.36))]
    assert "各自的目标" in texts(figure)
    # Words beside a bar do not stand on the target.
    assert next(note.x for note in figure.layout.annotations if note.text.startswith("300")) == 350
