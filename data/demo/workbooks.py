"""Rows to the bytes of a workbook: the same bytes on every run."""

from __future__ import annotations

import datetime as dt
import io
import re
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

_HEADER = PatternFill("solid", fgColor="DDE6EF")
_HAIR = Border(bottom=Side("thin", color="8A94A0"))
_ZIP_DATE = (1980, 1, 1, 0, 0, 0)
_MODIFIED = re.compile(rb"(<dcterms:modified[^>]*>)[^<]*(</dcterms:modified>)")


@dataclass
class Page:
    """A sheet as people keep it: title lines, a header, rows, perhaps a total and a note below.

    ``rows`` hold cells in the order of ``header``; ``widths`` are in characters, ``formats`` header -> number format.
    """

    name: str
    titles: list[str]
    header: list[str]
    rows: list[list[Any]]
    widths: Sequence[float] = ()
    formats: dict[str, str] = field(default_factory=dict)
    total: list[Any] | None = None
    note: str = ""

    @property
    def header_row(self) -> int:
        return len(self.titles) + 1

    def address(self, row: int, column: str) -> str:
        """The A1 address of a cell of ``rows``."""
        return f"{get_column_letter(self.header.index(column) + 1)}{self.header_row + 1 + row}"


def workbook(pages: Sequence[Page], saved: dt.date, author: str) -> bytes:
    """The workbook, last saved by ``author`` on the afternoon of ``saved``."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for page in pages:
        _write(book.create_sheet(page.name), page)
    moment = dt.datetime.combine(saved, dt.time(17, 5))
    book.properties.creator = book.properties.lastModifiedBy = author
    book.properties.created = moment
    target = io.BytesIO()
    book.save(target)
    return _settled(target.getvalue(), moment)


def _write(sheet: Worksheet, page: Page) -> None:
    for line in page.titles:
        sheet.append([line])
        sheet.merge_cells(start_row=sheet.max_row, end_row=sheet.max_row, start_column=1, end_column=len(page.header))
    sheet.cell(1, 1).font = Font(bold=True, size=14)
    sheet.cell(1, 1).alignment = Alignment(horizontal="center")
    sheet.append(page.header)
    for cell in sheet[page.header_row]:
        cell.font, cell.fill, cell.border = Font(bold=True), _HEADER, _HAIR
    for row in [*page.rows, *([page.total] if page.total else [])]:
        sheet.append(row)
    last = sheet.max_row
    for position, name in enumerate(page.header, 1):
        if name in page.formats:
            for number in range(page.header_row + 1, last + 1):
                sheet.cell(number, position).number_format = page.formats[name]
    if page.total:
        for cell in sheet[last]:
            cell.font = Font(bold=True)
    if page.note:
        sheet.cell(last + 2, 1, page.note)
    for position, width in enumerate(page.widths, 1):
        sheet.column_dimensions[get_column_letter(position)].width = width
    sheet.freeze_panes = sheet.cell(page.header_row + 1, 1)


def _settled(data: bytes, moment: dt.datetime) -> bytes:
    """The same archive without the clock and the machine in it."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for name in sorted(old.namelist()):
            content = old.read(name)
            if name == "docProps/core.xml":
                content = _MODIFIED.sub(rb"\g<1>" + moment.strftime("%Y-%m-%dT%H:%M:%SZ").encode() + rb"\g<2>", content)
            entry = zipfile.ZipInfo(name, _ZIP_DATE)
            entry.compress_type, entry.create_system, entry.external_attr = zipfile.ZIP_DEFLATED, 3, 0o644 << 16
            new.writestr(entry, content)
    return target.getvalue()
