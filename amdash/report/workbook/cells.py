"""How a figure stands in a cell: a number with the format of its unit, a verdict in words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from openpyxl.cell.cell import Cell
from openpyxl.worksheet.worksheet import Worksheet

from amdash.i18n import Translator
from amdash.insight.reading import Reading
from amdash.insight.wording import verdict_name
from amdash.metrics.spec import Kpi
from amdash.report import xlsx


@dataclass(frozen=True)
class Row:
    """A row of the scorecard: a manager, or with ``of_all`` a team or everybody."""

    team: str
    name: str
    readings: Mapping[str, Reading]
    score: float | None
    of_all: bool = False


def value(cell: Cell, figure: float | None, kpi: Kpi) -> None:
    """A figure as a number with the format of its unit; a missing one leaves the cell empty."""
    number(cell, xlsx.shown(figure, kpi.unit), xlsx.NUMBER_FORMATS[kpi.unit])


def number(cell: Cell, figure: float | None, form: str) -> None:
    """A number with a format; a missing one leaves the cell empty."""
    xlsx.put(cell, figure)
    if figure is not None:
        cell.number_format = form


def unit_words(kpi: Kpi, _: Translator) -> str:
    """The unit of the numbers in the cells."""
    words = {"ratio": "%", "points": _("points of 100"), "hours": _("hours"), "money": _("money"), "customers": _("customers")}
    return words[kpi.unit]


def verdict(reading: Reading, _: Translator) -> str:
    """The verdict in words; nothing where there is no target or no value."""
    return "" if reading.verdict in ("none", "absent") else verdict_name(reading, _)


def printable(sheet: Worksheet) -> None:
    """Across one page, lying on its side."""
    sheet.page_setup.orientation, sheet.page_setup.paperSize, sheet.page_setup.fitToHeight = "landscape", sheet.PAPERSIZE_A4, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
