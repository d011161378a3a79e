"""Refused rows as a workbook: laid out as the original, the bad cells marked and explained, to be corrected and uploaded again."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from amdash.i18n import Language, Translator, translator
from amdash.report import xlsx

# The sheet by which an upload is known to be the correction of an import.
MARKER = "amdash"
# Blue on white keeps its distance for every kind of colour blindness; the frame marks the cell on paper without colours, too.
_BAD = PatternFill("solid", fgColor="9CC8EE")
_FRAME = Border(*[Side("medium", color="155A99")] * 4)
_ROW = PatternFill("solid", fgColor="DCEBF8")
_HEADER = PatternFill("solid", fgColor="E6E8EB")
_MOMENT = dt.datetime(2026, 1, 1)
_NARROWEST, _WIDEST = 9, 48
# Enough rows to know how wide a column has to be.
_MEASURED = 500

Range = tuple[int, int, int, int]


@dataclass(frozen=True)
class RefusedSheet:
    """The refused rows of a sheet.

    ``head``: the rows above and including the header, as they stood; ``header_rows``: which of them (from 1) are the header.
    ``rows``: (number in the original sheet, cells in the original order); number 0: a line that speaks of the rows below it. An empty cell is None.
    ``marks``: (original row, column from 0) -> what is wrong there; ``row_marks``: original row -> what is wrong with it as a whole.
    ``merges``: (first row, first column, last row, last column) of merged ranges in ``head``, rows from 1, columns from 0.
    ``widths``: of the columns, in letters; measured where not given.
    """

    name: str
    head: list[list[Any]]
    rows: list[tuple[int, list[Any]]]
    header_rows: tuple[int, ...]
    marks: Mapping[tuple[int, int], Sequence[str]] = field(default_factory=dict)
    row_marks: Mapping[int, Sequence[str]] = field(default_factory=dict)
    merges: tuple[Range, ...] = ()
    widths: Sequence[float] = ()


def refusals(sheets: Sequence[RefusedSheet], origin: Mapping[str, str], language: Language) -> bytes:
    """The workbook of the refused rows; the same bytes on every run.

    Sheets: one for each of ``sheets``, and a very hidden one of [key, value]: all of ``origin``, then for every row
    ['row', sheet, row here, row in the original]. Errors: ValueError without any sheet.
    """
    if not sheets:
        raise ValueError("a workbook needs a sheet")
    _ = translator(language)
    book = Workbook()
    book.remove(book.worksheets[0])
    places: list[list[Any]] = []
    for refused, name in zip(sheets, written_names([sheet.name for sheet in sheets]), strict=True):
        page = book.create_sheet(name)
        _write(page, refused, _)
        places += [["row", name, len(refused.head) + place, original] for place, (original, _cells) in enumerate(refused.rows, 1) if original]
    _write_marker(book.create_sheet(MARKER), [*([key, value] for key, value in origin.items()), *places])
    return xlsx.saved(book, _MOMENT)


def written_names(names: Sequence[str]) -> list[str]:
    """The names that sheets of these names get in the workbook, in the same order."""
    return xlsx.sheet_names(names, taken=[MARKER])


def _write(page: Worksheet, refused: RefusedSheet, _: Translator) -> None:
    for number, values in enumerate([*refused.head, *(cells for _row, cells in refused.rows)], 1):
        for column, value in enumerate(values, 1):
            if value is not None:
                xlsx.put(page.cell(number, column), value)
    for merge in _apart(refused):
        first_row, first_column, last_row, last_column = merge
        page.merge_cells(start_row=first_row, start_column=first_column + 1, end_row=last_row, end_column=last_column + 1)
    for number in refused.header_rows:
        for cell in page[number]:
            cell.font, cell.fill = Font(bold=True), _HEADER
    _mark(page, refused, _)
    for column, width in enumerate(_widths(refused), 1):
        page.column_dimensions[get_column_letter(column)].width = width
    page.freeze_panes = f"A{len(refused.head) + 1}"


def _apart(refused: RefusedSheet) -> Iterator[Range]:
    """The merged ranges that lie in the head and over no other: a workbook with others counts as damaged."""
    covered: set[tuple[int, int]] = set()
    for first_row, first_column, last_row, last_column in refused.merges:
        cells = {(row, column) for row in range(first_row, last_row + 1) for column in range(first_column, last_column + 1)}
        if len(cells) > 1 and first_row >= 1 and first_column >= 0 and last_row <= len(refused.head) and not cells & covered:
            covered |= cells
            yield first_row, first_column, last_row, last_column


def _mark(page: Worksheet, refused: RefusedSheet, _: Translator) -> None:
    here = {original: len(refused.head) + place for place, (original, _cells) in enumerate(refused.rows, 1)}
    told: dict[tuple[int, int], list[str]] = {}
    for original, texts in refused.row_marks.items():
        if original in here:
            told.setdefault((here[original], 1), []).extend(_("The whole row: {text}", text=text) for text in texts)
            page.cell(here[original], 1).fill = _ROW
    for (original, column), texts in refused.marks.items():
        if original in here:
            told.setdefault((here[original], column + 1), []).extend(texts)
            cell = page.cell(here[original], column + 1)
            cell.fill, cell.border = _BAD, _FRAME
    for (row, column), texts in told.items():
        page.cell(row, column).comment = xlsx.comment("\n".join([*texts, _("When everything marked is put right, save and upload this workbook.")]))


def _widths(refused: RefusedSheet) -> list[float]:
    columns = max((len(cells) for cells in [*refused.head, *(cells for _row, cells in refused.rows)]), default=0)
    # A title may run over its neighbours: it widens nothing.
    measured = [refused.head[number - 1] for number in refused.header_rows] + [cells for _row, cells in refused.rows[:_MEASURED]]
    found = [_NARROWEST] * columns
    for cells in measured:
        for column, value in enumerate(cells):
            if value is not None:
                found[column] = max(found[column], min(_WIDEST, _letters(value) + 2))
    return [refused.widths[column] if column < len(refused.widths) else float(width) for column, width in enumerate(found)]


def _letters(value: Any) -> int:
    if isinstance(value, dt.datetime):
        return 19
    if isinstance(value, float):
        return len(f"{value:.10g}")
    return max(map(xlsx.display_width, str(value)[:200].split("\n")))


def _write_marker(page: Worksheet, rows: Sequence[Sequence[Any]]) -> None:
    page.sheet_state = "veryHidden"
    for number, values in enumerate(rows, 1):
        for column, value in enumerate(values, 1):
            cell = page.cell(number, column)
            xlsx.put(cell, value)
