"""Binary workbooks, written here record by record as [MS-XLSB] has them."""

from __future__ import annotations

import io
import struct
import zipfile

import pytest

from amdash.errors import AmdashError
from amdash.ingest.reader import read
from amdash.ingest.sheet import CellError, Merge

_RELATIONS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" '
    'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.bin"/></Relationships>'
)
_TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="bin" '
    'ContentType="application/vnd.ms-excel.sheet.binary.macroEnabled.main"/></Types>'
)


def _record(kind: int, body: bytes = b"") -> bytes:
    size, length = b"", len(body)
    while True:
        size += bytes([length & 0x7F | (0x80 if length > 0x7F else 0)])
        length >>= 7
        if not length:
            break
    return (bytes([kind]) if kind < 128 else bytes([kind & 0x7F | 0x80, kind >> 7])) + size + body


def _wide(text: str) -> bytes:
    return struct.pack("<I", len(text)) + text.encode("utf-16-le")


def _row(number: int, hidden: bool = False) -> bytes:
    return _record(0, struct.pack("<IIHBBBI", number, 0, 300, 0, 0x10 if hidden else 0, 0, 0))


def _cell(kind: int, column: int, body: bytes) -> bytes:
    return _record(kind, struct.pack("<II", column, 0) + body)


def _book(cells: bytes, state: int = 0, tail: bytes = b"") -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr("[Content_Types].xml", _TYPES)
        sheet = struct.pack("<II", state, 1) + _wide("rId1") + _wide("一")
        archive.writestr("xl/workbook.bin", _record(131) + _record(143) + _record(156, sheet) + _record(144) + _record(132))
        archive.writestr("xl/_rels/workbook.bin.rels", _RELATIONS)
        size = _record(148, struct.pack("<4I", 0, 3, 0, 3))
        archive.writestr("xl/worksheets/sheet1.bin", _record(129) + size + _record(145) + cells + _record(146) + tail + _record(130))
    return target.getvalue()


def test_values_errors_merges_and_hidden_rows() -> None:
    cells = _row(0) + _cell(6, 0, _wide("甲")) + _cell(5, 1, struct.pack("<d", 2.5)) + _cell(3, 2, b"\x2a")
    cells += _row(2, hidden=True) + _cell(4, 0, b"\x01") + _cell(11, 1, b"\x07" + b"\x00" * 10)
    (sheet,) = read("a.xlsb", _book(cells, tail=_record(176, struct.pack("<4I", 0, 1, 3, 3))))
    assert sheet.name == "一"
    assert sheet.rows == [["甲", 2.5, CellError("#N/A")], [None, None, None], [True, CellError("#DIV/0!"), None]]
    assert sheet.merged == (Merge(1, 3, 2, 3),)
    assert sheet.hidden_rows == {3}
    assert not sheet.hidden


def test_a_hidden_sheet() -> None:
    assert read("a.xlsb", _book(_row(0) + _cell(4, 0, b"\x01"), state=1))[0].hidden


def test_the_guard_holds_for_binary_sheets() -> None:
    cells = _row(0) + _cell(4, 0, b"\x01") + _row(1_048_575) + _cell(4, 16_383, b"\x01")
    with pytest.raises(AmdashError) as caught:
        read("far.xlsb", _book(cells))
    assert caught.value.code == "sheet_reaches_too_far"
    assert caught.value.fields["cell"] == "XFD1048576"


def test_a_record_cut_off_is_damage() -> None:
    with pytest.raises(AmdashError) as caught:
        read("cut.xlsb", _book(_row(0) + b"\x05\x7f\x00"))
    assert caught.value.code == "file_damaged"
