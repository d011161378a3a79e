"""SpreadsheetML 2003."""

from __future__ import annotations

import datetime as dt

import pytest

from amdash.errors import AmdashError
from amdash.ingest.reader import read
from amdash.ingest.sheet import CellError, Merge

_SPACE = "urn:schemas-microsoft-com:office:spreadsheet"


def _book(sheets: str, encoding: str = "utf-8", doctype: str = "") -> bytes:
    head = f'<?xml version="1.0" encoding="{encoding}"?>{doctype}<?mso-application progid="Excel.Sheet"?>'
    space = f'xmlns="{_SPACE}" xmlns:ss="{_SPACE}" xmlns:x="urn:schemas-microsoft-com:office:excel"'
    return f"{head}<Workbook {space}>{sheets}</Workbook>".encode(encoding)


@pytest.mark.parametrize("encoding", ["utf-8", "gb2312", "utf-16"])
def test_values_places_merges_and_what_is_hidden(encoding: str) -> None:
    cells = """<Worksheet ss:Name="表"><Table><Row ss:Index="2" ss:Hidden="1">
    <Cell ss:Index="2" ss:MergeAcross="1"><Data ss:Type="String">甲</Data></Cell>
    <Cell><Data ss:Type="Number">5</Data></Cell></Row><Row ss:Span="1"/><Row><Cell><Data ss:Type="Error">#N/A</Data></Cell><Cell ss:Formula="=A1"/>
    <Cell><Data ss:Type="DateTime">2026-01-02T00:00:00.000</Data></Cell><Cell><Data ss:Type="Boolean">1</Data></Cell></Row></Table></Worksheet>
    <Worksheet ss:Name="藏"><Table><Row><Cell><Data ss:Type="DateTime">1899-12-31T08:30:00.000</Data></Cell></Row></Table>
    <x:WorksheetOptions><x:Visible>SheetHidden</x:Visible></x:WorksheetOptions></Worksheet>"""
    first, second = read("a.xls", _book(cells, encoding))
    assert first.name == "表"
    assert first.rows == [
        [],
        [None, "甲", None, 5.0],
        [],
        [],
        [CellError("#N/A"), CellError("=A1", uncalculated=True), dt.datetime(2026, 1, 2), True],
    ]
    assert first.merged == (Merge(2, 1, 2, 2),)
    assert first.hidden_rows == {2}
    assert (first.hidden, second.hidden) == (False, True)
    assert second.rows == [[dt.time(8, 30)]]


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (_book("<Worksheet><Table>"), "file_damaged"),
        (_book(""), "workbook_without_sheet"),
        (_book("<Worksheet/>", doctype='<!DOCTYPE Workbook [<!ENTITY a "aaaa">]>'), "file_damaged"),
        (
            _book(
                '<Worksheet><Table><Row ss:Index="1048576"><Cell ss:Index="16384"><Data ss:Type="Number">1</Data></Cell></Row></Table></Worksheet>'
            ),
            "sheet_reaches_too_far",
        ),
    ],
)
def test_what_cannot_be_read_is_said(data: bytes, code: str) -> None:
    with pytest.raises(AmdashError) as caught:
        read("a.xls", data)
    assert caught.value.code == code
