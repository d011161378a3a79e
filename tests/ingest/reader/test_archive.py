"""Archives of spreadsheets."""

from __future__ import annotations

import io
import zipfile

import pytest

from amdash.errors import AmdashError
from amdash.ingest.reader import read, unpack

PICTURE = b"\x89PNG\r\n\x1a\n\x00"


def _zip(*members: tuple[str | zipfile.ZipInfo, bytes]) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members:
            archive.writestr(name, data)
    return target.getvalue()


def _code(data: bytes) -> AmdashError:
    with pytest.raises(AmdashError) as caught:
        unpack("a.zip", data)
    return caught.value


def test_members_come_in_order_without_litter(xlsx) -> None:
    book = xlsx({"S": [["a"]]})
    data = _zip(
        ("b/", b""),
        ("b/业务.xlsx", book),
        ("__MACOSX/b/._业务.xlsx", b"x"),
        ("b/~$业务.xlsx", b"x"),
        (".DS_Store", b"x"),
        ("a.csv", b"a,b\n1,2\n"),
    )
    assert unpack("月报.zip", data) == [("月报.zip/b/业务.xlsx", book), ("月报.zip/a.csv", b"a,b\n1,2\n")]
    assert [read(name, member)[0].rows[0] for name, member in unpack("月报.zip", data)] == [["a"], ["a", "b"]]


def test_names_as_chinese_windows_writes_them() -> None:
    name = "销售/一月.csv"
    raw, stand_in = name.encode("gbk"), "x" * len(name.encode("gbk"))
    data = _zip((stand_in, b"a,b\n")).replace(stand_in.encode(), raw)
    assert unpack("a.zip", data) == [("a.zip/销售/一月.csv", b"a,b\n")]


def test_a_path_that_leads_out_is_but_a_name() -> None:
    assert unpack("a.zip", _zip(("../../etc/x.csv", b"a,b\n"))) == [("a.zip/etc/x.csv", b"a,b\n")]


@pytest.mark.parametrize("data", [b"a,b\n", b"", b"%PDF-1.7", b"PK\x03\x04 cut off"])
def test_anything_but_an_archive_is_itself(data: bytes) -> None:
    assert unpack("a", data) == [("a", data)]


def test_a_workbook_is_no_archive(xlsx) -> None:
    data = xlsx({"S": [["a"]]})
    assert unpack("a.zip", data) == [("a.zip", data)]


def test_an_archive_in_an_archive_is_opened_and_no_deeper() -> None:
    inner = _zip(("x.csv", b"a,b\n"))
    assert unpack("a.zip", _zip(("in.zip", inner))) == [("a.zip/in.zip/x.csv", b"a,b\n")]
    error = _code(_zip(("mid.zip", _zip(("in.zip", inner)))))
    assert (error.code, error.fields["file"]) == ("archive_too_deep", "a.zip/mid.zip/in.zip")


def test_what_is_no_spreadsheet_is_refused_or_reported() -> None:
    data = _zip(("x.csv", b"a,b\n"), ("logo.csv", PICTURE), ("d.docx", _zip(("word/document.xml", b"<w/>"))))
    error = _code(data)
    assert (error.code, error.fields["members"]) == ("archive_holds_other", ["a.zip/logo.csv", "a.zip/d.docx"])
    others: list[str] = []
    assert unpack("a.zip", data, others) == [("a.zip/x.csv", b"a,b\n")]
    assert others == ["a.zip/logo.csv", "a.zip/d.docx"]


def test_locked_empty_and_broken_ones_are_said() -> None:
    data = bytearray(_zip(("x.csv", b"a,b\n")))
    locked = bytearray(data)
    locked[6] |= 1
    locked[data.index(b"PK\x01\x02") + 8] |= 1
    assert _code(bytes(locked)).code == "archive_locked"
    assert _code(_zip()).code == "archive_empty"
    assert _code(_zip(("__MACOSX/x", b"x"))).code == "archive_empty"
    data[14] ^= 1
    data[data.index(b"PK\x01\x02") + 16] ^= 1
    assert _code(bytes(data)).code == "file_damaged"


def test_bombs_are_refused_unopened() -> None:
    zeros = bytes(1024**2)
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive, archive.open("x.csv", "w", force_zip64=True) as entry:
        for _ in range(1100):
            entry.write(zeros)
    error = _code(target.getvalue())
    assert (error.code, error.fields["megabytes"]) == ("archive_too_large", 1100)
    assert _code(_zip(*((f"{number}.csv", b"a,b\n") for number in range(1001)))).code == "archive_too_many"
