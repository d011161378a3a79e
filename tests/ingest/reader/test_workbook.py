"""Workbooks of today: values, error cells, formulas without a result, merges, hidden rows and sheets, and the guards before them."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from collections.abc import Callable

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from amdash.errors import AmdashError
from amdash.ingest.reader import read
from amdash.ingest.sheet import CellError, Merge

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def _saved(book: openpyxl.Workbook) -> bytes:
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def _rewritten(data: bytes, change: Callable[[str, bytes], bytes]) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, change(name, old.read(name)))
    return target.getvalue()


def _with_rows(xlsx: Callable[..., bytes], rows: str, root: str = "worksheet") -> bytes:
    """A workbook whose only sheet is this XML."""
    prefix = root.rpartition(":")[0]
    space = f'xmlns:{prefix}="{MAIN}"' if prefix else f'xmlns="{MAIN}"'
    data = f"<{root} {space}><{root.replace('worksheet', 'sheetData')}>{rows}</{root.replace('worksheet', 'sheetData')}></{root}>".encode()
    return _rewritten(xlsx({"S": [["x"]]}), lambda name, old: data if "sheet1.xml" in name else old)


def test_a_workbook_counts_from_a1(xlsx) -> None:
    sheets = read("a.xlsx", xlsx({"一": [[], [None, "x"], [None, 5]], "二": []}))
    assert [sheet.name for sheet in sheets] == ["一", "二"]
    assert sheets[0].rows == [[None, None], [None, "x"], [None, 5.0]]
    assert sheets[1].rows == []


def test_errors_formulas_merges_and_what_is_hidden() -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet["A1"], sheet["B1"], sheet["B2"], sheet["C3"], sheet["D1"] = "x", "#N/A", '=A1&"<"', True, "=1/0"
    sheet.merge_cells("A5:B6")
    sheet.row_dimensions[2].hidden = True
    book.create_sheet("藏").sheet_state = "hidden"
    book["藏"]["A1"] = dt.date(2026, 1, 2)
    first, second = read("a.xlsx", _saved(book))
    assert first.rows == [
        ["x", CellError("#N/A"), None, CellError("=1/0", uncalculated=True)],
        [None, CellError('=A1&"<"', uncalculated=True), None],
        [None, None, True],
    ]
    assert first.merged == (Merge(5, 0, 6, 1),)
    assert first.hidden_rows == {2}
    assert (first.hidden, second.hidden) == (False, True)
    assert second.rows == [[dt.date(2026, 1, 2)]]


@pytest.mark.parametrize("text", ["#N/A", "#DIV/0!", "#REF!", "#VALUE!", "#NAME?", "#NUM!", "#NULL!"])
def test_every_error_keeps_its_name_and_place(xlsx, text: str) -> None:
    rows = f'<row r="1"><c r="A1"><v>1</v></c><c r="C1" t="e"><f>1/0</f><v>{text}</v></c></row><row r="2"><c r="B2"><v>2</v></c></row>'
    assert read("a.xlsx", _with_rows(xlsx, rows))[0].rows == [[1.0, None, CellError(text)], [None, 2.0]] or read("a.xlsx", _with_rows(xlsx, rows))[
        0
    ].rows == [[1.0, None, CellError(text)], [None, 2.0, None]]


@pytest.mark.parametrize("root", ["worksheet", "x:worksheet"])
@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ('<c r="A1"><f>SUM(B1)</f><v>3</v></c>', 3.0),
        ('<c r="A1" t="str"><f>""</f><v></v></c>', None),
        ('<c r="A1"><f>SUM(B1)</f></c>', CellError("=SUM(B1)", uncalculated=True)),
        ('<c r="A1"><f>SUM(B1)</f><v/></c>', CellError("=SUM(B1)", uncalculated=True)),
        ('<c r="A1">\n <f>SUM(B1)</f>\n <v></v>\n</c>', CellError("=SUM(B1)", uncalculated=True)),
        ("<c r='A1' t='e'><v>#REF!</v></c>", CellError("#REF!")),
        ("<c r = 'A1' t = 'e'><v>#REF!</v></c>", CellError("#REF!")),
        ("<c t='e'><v>#REF!</v></c>", CellError("#REF!")),
    ],
)
def test_however_a_cell_is_written(xlsx, root: str, cell: str, value: object) -> None:
    prefix = "x:" if root.startswith("x:") else ""
    rows = f'<row r="1">{cell}</row><row r="2"><c r="A2"><v>9</v></c></row>'
    rows = rows.replace("</", "\x01").replace("<", f"<{prefix}").replace("\x01", f"</{prefix}")
    assert read("a.xlsx", _with_rows(xlsx, rows, root))[0].rows == [[value], [9.0]]


def test_a_shared_formula_is_said_for_each_cell(xlsx) -> None:
    rows = '<row r="1"><c r="A1"><f t="shared" si="0" ref="A1:A2">B1*2</f></c></row><row r="2"><c r="A2"><f t="shared" si="0"/></c></row>'
    assert read("a.xlsx", _with_rows(xlsx, rows))[0].rows == [[CellError("=B1*2", uncalculated=True)]] * 2


def test_cells_and_rows_without_an_address_follow_each_other(xlsx) -> None:
    rows = '<row><c><v>1</v></c><c t="e"><v>#N/A</v></c></row><row r="4" hidden="1"><c><v>2</v></c></row><row><c r="B5"><v>3</v></c></row>'
    (sheet,) = read("a.xlsx", _with_rows(xlsx, rows))
    assert sheet.rows[0] == [1.0, CellError("#N/A")]
    assert (sheet.rows[3][0], sheet.rows[4][1]) == (2.0, 3.0)
    assert sheet.hidden_rows == {4}


def test_strict_workbooks_are_read(xlsx) -> None:
    def strict(_: str, data: bytes) -> bytes:
        return data.replace(MAIN.encode(), b"http://purl.oclc.org/ooxml/spreadsheetml/main").replace(
            b"http://schemas.openxmlformats.org/officeDocument/2006/relationships", b"http://purl.oclc.org/ooxml/officeDocument/relationships"
        )

    (sheet,) = read("a.xlsx", _rewritten(xlsx({"一": [["x", "#N/A"], [1, 2]]}), strict))
    assert sheet.rows == [["x", CellError("#N/A")], [1.0, 2.0]]


def test_a_macro_is_but_ballast(xlsx) -> None:
    target = io.BytesIO(xlsx({"S": [["x"]]}))
    with zipfile.ZipFile(target, "a") as archive:
        archive.writestr("xl/vbaProject.bin", b"\x00never run")
    assert read("a.xlsm", target.getvalue())[0].rows == [["x"]]


def _refused(data: bytes) -> AmdashError:
    with pytest.raises(AmdashError) as caught:
        read("far.xlsx", data)
    return caught.value


@pytest.mark.parametrize(("cell", "read_at_all"), [("XFD1048576", False), ("CV200001", False), ("T1048576", False), ("J900000", True)])
def test_a_value_far_from_the_table_is_refused_before_it_takes_all_the_memory(cell: str, read_at_all: bool) -> None:
    book = openpyxl.Workbook()
    book.active["A1"] = "x"
    book.active[cell] = 1
    if read_at_all:
        assert len(read("far.xlsx", _saved(book))[0].rows) == 900_000
        return
    error = _refused(_saved(book))
    assert error.code == "sheet_reaches_too_far"
    assert error.fields["cell"] == cell


@pytest.mark.parametrize(
    "rows",
    [
        '<row r="2000000000"><c><v>4</v></c></row>',
        '<row r="1"><c r="xfd1048576"><v>4</v></c></row>',
        '<row r="1"><c r = "XFD1048576"><v>4</v></c></row>',
        '<row r="1"><c\nr="XFD1048576"><v>4</v></c></row>',
        f"<row>{'<c/>' * 5000}<c><v>1</v></c></row>{'<row/>' * 5000}<row><c><v>1</v></c></row>",
    ],
)
def test_no_way_of_writing_an_address_gets_round_the_guard(xlsx, rows: str) -> None:
    assert _refused(_with_rows(xlsx, rows)).code == "sheet_reaches_too_far"


def test_an_empty_row_at_the_very_end_is_no_value_there(xlsx) -> None:
    rows = f'<row r="1">{"".join(f"<c r={chr(34)}{chr(65 + n)}1{chr(34)}><v>1</v></c>" for n in range(26))}</row><row r="1048576" hidden="1"/>'
    (sheet,) = read("a.xlsx", _with_rows(xlsx, rows))
    assert sheet.rows == [[1.0] * 26]
    assert sheet.hidden_rows == frozenset()


def test_a_zip_bomb_is_refused_unopened() -> None:
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as target, target.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as entry:
        for _ in range(1100):
            entry.write(b"\x00" * 1024**2)
    assert _refused(archive.getvalue()).code == "file_too_large"


def test_a_member_that_hides_its_size_is_refused(xlsx) -> None:
    target = io.BytesIO(xlsx({"S": [["x"]]}))
    with zipfile.ZipFile(target, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/styles2.xml", b"")
    with zipfile.ZipFile(io.BytesIO(target.getvalue())) as archive:
        entry = archive.getinfo("xl/styles.xml")
    data = bytearray(target.getvalue())
    size = entry.file_size.to_bytes(4, "little")
    place = data.rindex(b"PK\x01\x02", 0, data.rindex(b"xl/styles.xml"))
    assert data[place + 24 : place + 28] == size
    data[place + 24 : place + 28] = (10).to_bytes(4, "little")
    assert _refused(bytes(data)).code == "file_damaged"


_CELL = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(2**40), 2**40).map(float),
    st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5) | st.sampled_from("abc <&>\"'"), min_size=1, max_size=8)
    .filter(str.strip)
    .map(lambda text: f"t{text}t"),
)


@settings(max_examples=40)
@given(st.lists(st.lists(_CELL, min_size=3, max_size=3), min_size=1, max_size=6))
def test_random_tables_come_back_equal(rows: list[list[object]]) -> None:
    book = openpyxl.Workbook()
    for row in [["a", "b", "c"], *rows]:
        book.active.append(row)
    found = read("a.xlsx", _saved(book))[0].rows
    while rows and all(value is None for value in rows[-1]):
        rows = rows[:-1]
    assert found == [["a", "b", "c"], *rows]
