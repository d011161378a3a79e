"""Bytes to sheets: content decides, encodings are never guessed, and what is no spreadsheet is said to be none."""

from __future__ import annotations

import io
import zipfile

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from amdash.errors import AmdashError
from amdash.ingest.reader import decode, read
from amdash.ingest.sheet import cell_address

ROWS = "日期,客户经理,金额\n2026-10-01,李明,100\n"


@pytest.mark.parametrize(
    ("encoding", "said"), [("utf-8", "utf-8"), ("utf-8-sig", "utf-8-sig"), ("gb18030", "gb18030"), ("gbk", "gb18030"), ("utf-16", "utf-16")]
)
def test_every_encoding_gives_the_same_cells(encoding: str, said: str) -> None:
    (sheet,) = read("导出.csv", ROWS.encode(encoding))
    assert sheet.rows == [["日期", "客户经理", "金额"], ["2026-10-01", "李明", "100"]]
    assert sheet.encoding == said


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_the_delimiter_is_found(delimiter: str) -> None:
    (sheet,) = read("a.csv", ROWS.replace(",", delimiter).encode())
    assert sheet.rows[1] == ["2026-10-01", "李明", "100"]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_line_ends_and_quoted_line_breaks(end: str) -> None:
    (sheet,) = read("a.csv", f'a,b{end}"one{end}two",3{end}'.encode())
    assert len(sheet.rows) == 2
    assert sheet.rows[1][1] == "3"
    assert sheet.rows[1][0].split() == ["one", "two"]


def test_empty_cells_are_none_and_empty_rows_keep_their_number() -> None:
    (sheet,) = read("a.csv", b"a,b\n\n ,2\n,\n")
    assert sheet.rows == [["a", "b"], [], [None, "2"]]


def test_a_workbook_counts_from_a1(xlsx) -> None:
    sheets = read("a.xlsx", xlsx({"一": [[], [None, "x"], [None, 5]], "二": []}))
    assert [sheet.name for sheet in sheets] == ["一", "二"]
    assert sheets[0].rows == [[None, None], [None, "x"], [None, 5.0]]
    assert sheets[1].rows == []


def test_the_content_decides_not_the_name(xlsx) -> None:
    assert read("orders.csv", xlsx({"S": [["a"]]}))[0].rows == [["a"]]
    assert read("orders.xlsx", b"a,b\n1,2\n")[0].rows == [["a", "b"], ["1", "2"]]


def _zip(name: str, data: bytes) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, data)
    return target.getvalue()


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "file_empty"),
        (b"\n\n  \r\n", "file_empty"),
        (b"%PDF-1.7\n\x00\x01\x02", "file_not_spreadsheet"),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "file_not_spreadsheet"),
        (_zip("word/document.xml", b"<w/>"), "file_not_spreadsheet"),
        (b"PK\x03\x04 cut off", "file_not_spreadsheet"),
        (bytes.fromhex("d0cf11e0a1b11ae1") + b"\x00" * 600, "file_not_spreadsheet"),
        (b"\xff\xfeodd", "file_encoding_unknown"),
        ("café,naïve\n1,2\n".encode("cp1252"), "file_encoding_unknown"),
    ],
)
def test_what_cannot_be_read_is_said(data: bytes, code: str) -> None:
    with pytest.raises(AmdashError) as caught:
        read("x.xlsx", data)
    assert caught.value.code == code
    assert caught.value.fields["file"] == "x.xlsx"


def test_a_workbook_without_any_cell_is_empty(xlsx) -> None:
    with pytest.raises(AmdashError) as caught:
        read("x.xlsx", xlsx({"Sheet1": []}))
    assert caught.value.code == "file_empty"


def test_a_zip_bomb_is_refused_unopened() -> None:
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as target, target.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as entry:
        for _ in range(2200):
            entry.write(b"\x00" * 1024**2)
    with pytest.raises(AmdashError) as caught:
        read("bomb.xlsx", archive.getvalue())
    assert caught.value.code == "file_too_large"


@pytest.mark.parametrize(
    ("row", "column", "address"), [(1, 0, "A1"), (18, 3, "D18"), (5, 25, "Z5"), (5, 26, "AA5"), (9, 701, "ZZ9"), (9, 702, "AAA9")]
)
def test_cell_addresses(row: int, column: int, address: str) -> None:
    assert cell_address(row, column) == address


@given(st.text(alphabet=st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5), min_size=1, max_size=40))
def test_chinese_text_survives_gbk(text: str) -> None:
    assert decode("a.csv", f"表头,{text}\n".encode("gb18030"))[0] == f"表头,{text}\n"


@pytest.mark.parametrize(("cell", "read_at_all"), [("XFD1048576", False), ("CV200001", False), ("T1048576", False), ("J900000", True)])
def test_a_value_far_from_the_table_is_refused_before_it_takes_all_the_memory(cell: str, read_at_all: bool) -> None:
    book = openpyxl.Workbook()
    book.active["A1"] = "x"
    book.active[cell] = 1
    target = io.BytesIO()
    book.save(target)
    if read_at_all:
        assert len(read("far.xlsx", target.getvalue())[0].rows) == 900_000
        return
    with pytest.raises(AmdashError) as caught:
        read("far.xlsx", target.getvalue())
    assert caught.value.code == "sheet_reaches_too_far"
    assert caught.value.fields["cell"] == cell


def test_the_sign_that_every_line_has_is_the_delimiter() -> None:
    (sheet,) = read("a.csv", b"date;customer;amount\n2026-10-01;Ann, Berlin, DE;5\n2026-10-02;Bob, Paris, FR, EU;6\n")
    assert sheet.rows[1] == ["2026-10-01", "Ann, Berlin, DE", "5"]
