"""Figures in the cells of all workbooks: the number of their unit, with its format."""

from __future__ import annotations

import openpyxl
import pytest

from amdash.i18n.formats import Unit
from amdash.report import xlsx
from amdash.report.workbook.cells import value


@pytest.mark.parametrize(
    ("unit", "given", "number", "form"),
    [("ratio", 0.931, 0.931, "0.0%"), ("points", 0.05, 5.0, "0.0"), ("hours", 15.75, 15.75, "0.0"), ("money", 4.8e5, 4.8e5, "#,##0")],
)
def test_a_figure_stands_as_its_unit_is_counted(make_kpi, unit: Unit, given: float, number: float, form: str) -> None:
    cell = openpyxl.Workbook().active["A1"]
    value(cell, given, make_kpi(unit=unit))
    assert xlsx.shown(given, unit) == pytest.approx(number)
    assert (cell.value, cell.number_format) == (pytest.approx(number), form)


@pytest.mark.parametrize("missing", [None, float("nan")])
def test_where_there_is_none_the_cell_stays_empty(make_kpi, missing: float | None) -> None:
    cell = openpyxl.Workbook().active["A1"]
    value(cell, missing, make_kpi(unit="points"))
    assert xlsx.shown(missing, "points") is None
    assert (cell.value, cell.number_format) == (None, "General")
