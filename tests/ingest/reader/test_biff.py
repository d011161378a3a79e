"""Workbooks of Excel 5 to 2003: BIFF8 as xlwt writes it, BIFF5 written here record by record."""

from __future__ import annotations

import io
import struct
from typing import Any

import pytest
import xlwt
from xlwt.CompoundDoc import XlsDoc

from amdash.errors import AmdashError
from amdash.ingest.reader import read
from amdash.ingest.sheet import CellError, Merge


def _saved(book: Any) -> bytes:
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def _record(kind: int, body: bytes = b"") -> bytes:
    return struct.pack("<HH", kind, len(body)) + body


def _compound(stream: bytes, name: str) -> bytes:
    """A compound file with one stream of this name."""
    target = io.BytesIO()
    XlsDoc().save(target, stream)
    data, old = target.getvalue(), "Workbook".encode("utf-16-le")
    place = data.index(old)
    entry = name.encode("utf-16-le").ljust(64, b"\x00") + struct.pack("<H", 2 * len(name) + 2)
    return data[:place] + entry + data[place + 66 :]


def _biff5(cells: bytes) -> bytes:
    def globals_(offset: int) -> bytes:
        sheet = struct.pack("<IBBB", offset, 0, 0, 4) + "销售".encode("gbk")
        return (
            _record(0x809, struct.pack("<4H", 0x500, 5, 0x1234, 0x07CC)) + _record(0x42, struct.pack("<H", 936)) + _record(0x85, sheet) + _record(0xA)
        )

    size = _record(0x200, struct.pack("<5H", 0, 3, 0, 3, 0))
    return globals_(len(globals_(0))) + _record(0x809, struct.pack("<4H", 0x500, 0x10, 0x1234, 0x07CC)) + size + cells + _record(0xA)


def test_values_errors_merges_and_what_is_hidden() -> None:
    book = xlwt.Workbook()
    sheet = book.add_sheet("一")
    sheet.write(0, 0, "x")
    sheet.write_merge(2, 3, 0, 1, "m")
    sheet.write(4, 0, True)
    sheet.row(4).set_cell_error(1, 0x2A)
    sheet.row(4).hidden = True
    book.add_sheet("藏").visibility = 1
    first, second = read("a.xls", _saved(book))
    assert first.rows == [["x", None], [None, None], ["m", None], [None, None], [True, CellError("#N/A")]]
    assert first.merged == (Merge(3, 0, 4, 1),)
    assert first.hidden_rows == {5}
    assert (first.hidden, second.hidden) == (False, True)


def test_a_formula_that_nobody_calculated_is_no_empty_cell() -> None:
    book = xlwt.Workbook()
    sheet = book.add_sheet("S")
    sheet.write(0, 0, 1)
    sheet.write(0, 1, xlwt.Formula("A1+1"))
    assert read("a.xls", _saved(book))[0].rows == [[1.0, CellError("=…", uncalculated=True)]]


def _formula(row: int, column: int, result: bytes) -> bytes:
    return _record(0x0006, struct.pack("<3H", row, column, 0) + result + struct.pack("<HIH", 0, 0, 0))


def test_excel_5_with_an_error_as_value_and_as_result() -> None:
    cells = _record(0x208, struct.pack("<8H", 1, 0, 3, 255, 0, 0, 0x20, 0))
    cells += _record(0x204, struct.pack("<4H", 0, 0, 0, 4) + "客户".encode("gbk")) + _record(0x203, struct.pack("<3Hd", 1, 1, 0, 2.5))
    cells += _record(0x205, struct.pack("<3HBB", 1, 2, 0, 0x0F, 1)) + _formula(2, 0, b"\x02\x00\x07\x00\x00\x00\xff\xff")
    # An empty text from an Excel that calculated is an empty cell.
    cells += _formula(2, 1, b"\x03\x00\x00\x00\x00\x00\xff\xff")
    (sheet,) = read("a.xls", _compound(_biff5(cells), "Book"))
    assert sheet.rows == [["客户", None, None], [None, 2.5, CellError("#VALUE!")], [CellError("#DIV/0!"), None, None]]
    assert sheet.hidden_rows == {2}
    assert sheet.name == "销售"


@pytest.mark.parametrize(
    ("stream", "code"),
    [
        ("WordDocument", "file_is_document"),
        ("PowerPoint Document", "file_is_document"),
        ("ETExtData", "file_is_wps"),
        ("Odd", "file_not_spreadsheet"),
    ],
)
def test_other_compound_files_are_said_to_be_what_they_are(stream: str, code: str) -> None:
    with pytest.raises(AmdashError) as caught:
        read("a.xls", _compound(b"\x00" * 5000, stream))
    assert caught.value.code == code


def test_a_value_far_from_the_table_is_refused() -> None:
    cells = _record(0x203, struct.pack("<3Hd", 0, 0, 0, 1.0)) + _record(0x203, struct.pack("<3Hd", 65_535, 16_383, 0, 1.0))
    with pytest.raises(AmdashError) as caught:
        read("far.xls", _compound(_biff5(cells), "Book"))
    assert caught.value.code == "sheet_reaches_too_far"
    assert caught.value.fields["cell"] == "XFD65536"
