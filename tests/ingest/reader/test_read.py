"""Bytes to sheets: content decides, and what is no spreadsheet is said to be what it is."""

from __future__ import annotations

import io
import random
import zipfile
from collections.abc import Callable
from typing import Any

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from amdash.errors import AmdashError
from amdash.i18n.wording import WORDING
from amdash.ingest.reader import Hints, read
from amdash.ingest.sheet import cell_address

OLE = bytes.fromhex("d0cf11e0a1b11ae1")


def _zip(**members: bytes) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name.replace("__", "/").replace("_dot_", "."), data)
    return target.getvalue()


def _code(data: bytes, file: str = "x.xlsx", hints: Hints | None = None) -> str:
    with pytest.raises(AmdashError) as caught:
        read(file, data, hints or Hints())
    assert caught.value.fields["file"] == file
    return caught.value.code


def test_the_content_decides_not_the_name(xlsx) -> None:
    assert read("orders.csv", xlsx({"S": [["a"]]}))[0].rows == [["a"]]
    assert read("orders.xlsx", b"a,b\n1,2\n")[0].rows == [["a", "b"], ["1", "2"]]
    assert read("orders.xls", b"a\tb\n1\t2\n")[0].rows == [["a", "b"], ["1", "2"]]


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "file_empty"),
        (b"\n\n  \r\n", "file_empty"),
        (b"\x00" * 4096, "file_empty"),
        (b"%PDF-1.7\n\x00\x01\x02", "file_is_pdf"),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "file_is_picture"),
        (b"\xff\xd8\xff\xe0\x00\x10JFIF", "file_is_picture"),
        (b"\x00\x00\x00\x18ftypheic\x00\x00", "file_is_picture"),
        (b"{\\rtf1\\ansi Umsatz}", "file_is_document"),
        (_zip(word__document_dot_xml=b"<w/>"), "file_is_document"),
        (_zip(ppt__presentation_dot_xml=b"<p/>"), "file_is_document"),
        (_zip(mimetype=b"application/vnd.oasis.opendocument.text", content_dot_xml=b"<o/>"), "file_is_document"),
        (_zip(Index__Document_dot_iwa=b"\x00"), "file_is_numbers"),
        (_zip(a_dot_csv=b"a,b\n"), "file_is_archive"),
        (b"Rar!\x1a\x07\x01\x00", "file_is_archive"),
        (b"PK\x03\x04 cut off", "file_damaged"),
        (OLE + b"\x00" * 600, "file_damaged"),
        (b"\x4c\x00\x00\x00\x01\x14\x02\x00" + b"\x00" * 60, "file_is_shortcut"),
        (b"[InternetShortcut]\r\nURL=https://example.com/a.xlsx\r\n", "file_is_shortcut"),
        (b"version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 12\n", "file_is_pointer"),
        (b"SQLite format 3\x00\x10\x00", "file_is_database"),
        (b"\x05admin" + b" " * 49 + b"\x05\x00a\x00d\x00m\x00i\x00n\x00" + b" \x00" * 49, "file_is_lock"),
        (b"<!DOCTYPE html><html><body><form>Sign in</form></body></html>", "file_is_web_page"),
        (b"MIME-Version: 1.0\nContent-Type: multipart/related; boundary=x\n\n--x\n", "file_is_web_page"),
        (bytes(range(256)) * 4, "file_not_spreadsheet"),
    ],
)
def test_what_cannot_be_read_is_said(data: bytes, code: str) -> None:
    assert _code(data) == code
    assert code in WORDING


def test_a_truncated_workbook_is_damaged(xlsx) -> None:
    data = xlsx({"S": [["a", "b"], [1, 2]]})
    assert _code(data[: len(data) // 2]) == "file_damaged"


def test_a_workbook_without_any_cell_is_empty(xlsx) -> None:
    assert _code(xlsx({"Sheet1": []})) == "file_empty"


def test_a_workbook_of_charts_alone_has_no_sheet() -> None:
    book = openpyxl.Workbook()
    book.create_chartsheet("图")
    book.remove(book.worksheets[0])
    target = io.BytesIO()
    book.save(target)
    assert _code(target.getvalue()) == "workbook_without_sheet"


def test_a_password_is_not_shown() -> None:
    assert "secret" not in repr(Hints(("secret",)))


@pytest.mark.parametrize(
    ("row", "column", "address"), [(1, 0, "A1"), (18, 3, "D18"), (5, 25, "Z5"), (5, 26, "AA5"), (9, 701, "ZZ9"), (9, 702, "AAA9")]
)
def test_cell_addresses(row: int, column: int, address: str) -> None:
    assert cell_address(row, column) == address


def _only_known_errors(data: bytes) -> None:
    try:
        read("x.xls", data)
    except AmdashError as error:
        assert error.code in WORDING  # noqa: PT017 - either outcome is right, another exception is not


@given(st.binary(max_size=300), st.sampled_from([b"", b"PK\x03\x04", OLE, b"\xff\xfe", b"\xef\xbb\xbf", b"<html><table>", b'<?xml version="1.0"?>']))
def test_random_bytes_raise_nothing_else(data: bytes, start: bytes) -> None:
    _only_known_errors(start + data)


@pytest.fixture(scope="module")
def originals(xlsx: Callable[..., bytes]) -> list[bytes]:
    """One sound file per kind."""
    xlwt = pytest.importorskip("xlwt")
    book = xlwt.Workbook()
    sheet = book.add_sheet("S")
    for row in range(5):
        for column, value in enumerate(["客户", 2.5, True, xlwt.Formula("1/0")]):
            sheet.write(row, column, value)
    old = io.BytesIO()
    book.save(old)
    page = "<html><meta charset=gbk><table><tr><td rowspan=2>客户<td>2</tr></table></html>".encode("gbk")
    cells = b"<Worksheet><Table><Row><Cell><Data>a</Data></Cell></Row></Table></Worksheet>"
    xml = b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet">' + cells + b"</Workbook>"
    rows: list[list[Any]] = [["客户", "金额"], ["海星", 2.5], ["#N/A", "=A1"]]
    return [xlsx({"S": rows, "T": rows}), old.getvalue(), page, xml, '客户,"金额"\n海星,"2\n3"\n'.encode("gb18030")]


@pytest.mark.parametrize("kind", range(5))
def test_flipped_and_cut_files_raise_nothing_else(originals: list[bytes], kind: int) -> None:
    sound, chance = originals[kind], random.Random(kind)
    for _ in range(120):
        data = bytearray(sound)
        for _ in range(chance.randint(1, 8)):
            data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
        _only_known_errors(bytes(data))
        _only_known_errors(sound[: chance.randrange(len(sound))])
