"""Sheets as the bytes of a file: workbooks of every program, and text in every encoding."""

from __future__ import annotations

import csv
import datetime as dt
import io
import zipfile
from collections.abc import Callable, Sequence
from typing import Any

import openpyxl
import xlwt
from odf.opendocument import OpenDocumentSpreadsheet
from odf.table import CoveredTableCell, Table, TableCell, TableRow
from odf.text import P

from tests.ingest.generated.canvas import Canvas

ENCODINGS = ("utf-8", "utf-8-sig", "gb18030", "utf-16")
_MACROS = b"application/vnd.ms-excel.sheet.macroEnabled.main+xml"
_PLAIN = b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"


def xlsx(sheets: Sequence[Canvas]) -> bytes:
    book = openpyxl.Workbook(write_only=False)
    book.remove(book.active)
    for canvas in sheets:
        sheet = book.create_sheet(canvas.name)
        for (row, column), value in canvas.cells.items():
            sheet.cell(row + 1, column + 1, value)
        for row, column, last_row, last_column in canvas.merges:
            sheet.merge_cells(start_row=row + 1, start_column=column + 1, end_row=last_row + 1, end_column=last_column + 1)
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def xlsm(sheets: Sequence[Canvas]) -> bytes:
    """The workbook as one that may hold macros: the same but for what it says of itself."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(xlsx(sheets))) as source, zipfile.ZipFile(target, "w") as book:
        for name in source.namelist():
            book.writestr(name, source.read(name).replace(_PLAIN, _MACROS))
    return target.getvalue()


def xls(sheets: Sequence[Canvas]) -> bytes:
    book = xlwt.Workbook(encoding="utf-8")
    day = xlwt.easyxf(num_format_str="YYYY-MM-DD HH:MM:SS")
    plain = xlwt.easyxf()
    for canvas in sheets:
        sheet = book.add_sheet(canvas.name)
        covers = {(row, column): (last_row, last_column) for row, column, last_row, last_column in canvas.merges}
        for (row, column), value in canvas.cells.items():
            style = day if isinstance(value, dt.datetime) else plain
            if (row, column) in covers:
                last_row, last_column = covers[row, column]
                sheet.write_merge(row, last_row, column, last_column, value, style)
            else:
                sheet.write(row, column, value, style)
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def ods(sheets: Sequence[Canvas]) -> bytes:
    book = OpenDocumentSpreadsheet()
    for canvas in sheets:
        table = Table(name=canvas.name)
        starts = {(row, column): (last_row - row + 1, last_column - column + 1) for row, column, last_row, last_column in canvas.merges}
        covered = {
            (row, column)
            for first_row, first_column, last_row, last_column in canvas.merges
            for row in range(first_row, last_row + 1)
            for column in range(first_column, last_column + 1)
        } - set(starts)
        for number, values in enumerate(canvas.rows()):
            line = TableRow()
            for place, value in enumerate(values):
                line.addElement(CoveredTableCell() if (number, place) in covered else _ods_cell(value, starts.get((number, place))))
            table.addElement(line)
        book.spreadsheet.addElement(table)
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def _ods_cell(value: Any, spans: tuple[int, int] | None) -> Any:
    merged = {} if spans is None else {"numberrowsspanned": spans[0], "numbercolumnsspanned": spans[1]}
    if value is None:
        return TableCell(**merged)
    if isinstance(value, dt.datetime):
        return TableCell(valuetype="date", datevalue=value.isoformat(), **merged)
    if isinstance(value, (int, float)):
        return TableCell(valuetype="float", value=repr(value), **merged)
    cell = TableCell(valuetype="string", **merged)
    for line in str(value).split("\n"):
        cell.addElement(P(text=line))
    return cell


def text(canvas: Canvas, encoding: str, delimiter: str) -> bytes:
    target = io.StringIO(newline="")
    rows = [[f"{value:.12g}" if isinstance(value, float) else value for value in row] for row in canvas.rows()]
    csv.writer(target, delimiter=delimiter).writerows(rows)
    return target.getvalue().encode(encoding)


WORKBOOKS: dict[str, Callable[[Sequence[Canvas]], bytes]] = {"xlsx": xlsx, "xlsm": xlsm, "xls": xls, "ods": ods}
