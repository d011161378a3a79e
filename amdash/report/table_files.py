"""A table as a file to go on with: a workbook or a CSV, in which no cell is run as a formula."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

from amdash.i18n.formats import Unit
from amdash.report import xlsx

_HEAD = Alignment(wrap_text=True, vertical="center")
_NARROWEST, _WIDEST = 9, 48
# Enough rows to know how wide a column has to be.
_MEASURED = 500
# Spreadsheet programs run a text that begins so (OWASP, CSV injection); those with Chinese or Japanese input take the wide signs as well.
_RUNS = re.compile(r"\s*[=+\-@\t\r\n＝＋－＠]")
_NUMBER = re.compile(r"[+-]?\d+(\.\d+)?%?")
_QUOTED = re.compile(r'[",;\t\r\n]|^\s|\s$')
_BOM = "\ufeff"


@dataclass(frozen=True)
class Figure:
    """A value of a KPI: ``value`` in the KPI's own unit (ratios 0-1), None where there is none."""

    value: float | None
    unit: Unit


def xlsx_file(title: str, head: Sequence[str], rows: Iterable[Sequence[Any]], moment: dt.datetime) -> bytes:
    """One sheet called ``title``: the head, then the rows, each value as what it is; the same bytes for the same ``moment``.

    Without rows the head alone. Errors: ValueError where a row has more or fewer cells than the head.
    """
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = xlsx.sheet_names([title])[0]
    widths = [xlsx.display_width(name) + 2 for name in head]
    for column, name in enumerate(head, 1):
        cell = sheet.cell(1, column)
        xlsx.put_text(cell, name)
        cell.font, cell.fill, cell.border, cell.alignment = Font(bold=True), xlsx.HEADER, xlsx.LINE, _HEAD
    last = 1
    for last, row in enumerate(rows, 2):
        for column, (_name, value) in enumerate(zip(head, row, strict=True), 1):
            cell = sheet.cell(last, column)
            if isinstance(value, Figure):
                xlsx.put(cell, xlsx.shown(value.value, value.unit))
                cell.number_format = xlsx.NUMBER_FORMATS[value.unit]
            else:
                xlsx.put(cell, value)
            if last <= _MEASURED:
                widths[column - 1] = max(widths[column - 1], xlsx.display_width(_text(value)) + 2)
    for column, width in enumerate(widths, 1):
        sheet.column_dimensions[get_column_letter(column)].width = min(_WIDEST, max(_NARROWEST, width))
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = f"A1:{get_column_letter(max(1, len(head)))}{last}"
    return xlsx.saved(book, moment)


def csv_file(head: Sequence[str], rows: Iterable[Sequence[Any]]) -> bytes:
    """UTF-8 with the mark by which Excel knows it, lines ended as Excel ends them; a text that would be run gets an apostrophe before it.

    Without rows the head alone. Errors: ValueError where a row has more or fewer cells than the head.
    """
    lines = [",".join(_field(name) for name in head)]
    lines += [",".join(_field(value) for _name, value in zip(head, row, strict=True)) for row in rows]
    return (_BOM + "\r\n".join(lines) + "\r\n").encode(errors="replace")


def _field(value: Any) -> str:
    text = _text(value)
    if isinstance(value, str) and _RUNS.match(text) and len(text.strip()) > 1 and not _NUMBER.fullmatch(text):
        text = f"'{text}"
    return '"' + text.replace('"', '""') + '"' if _QUOTED.search(text) else text


def _text(value: Any) -> str:
    """A value as text: no unit, no thousands separators, a percentage with its sign; '' where there is none."""
    if isinstance(value, Figure):
        shown = xlsx.shown(value.value, value.unit)
        return "" if shown is None else f"{shown * 100:.6g}%" if value.unit == "ratio" else f"{shown:.12g}"
    if value is None or value != value:
        return ""
    if isinstance(value, dt.datetime):
        return value.isoformat(sep=" ", timespec="seconds" if value.second else "minutes")
    if isinstance(value, float):
        return f"{value:.12g}"
    return value.isoformat() if hasattr(value, "isoformat") else str(value)
