"""Web pages that call themselves .xls."""

from __future__ import annotations

import pytest

from amdash.errors import AmdashError
from amdash.ingest.reader import read
from amdash.ingest.sheet import CellError, Merge


def test_a_table_with_spans_and_a_hidden_row() -> None:
    page = """<html><head><meta http-equiv="Content-Type" content="text/html; charset=gb2312"><style>td {color: red}</style></head><body>
    <table><tr><th rowspan="2">客户</th><th colspan=2>金额&nbsp;<br>（元）</th></tr><tr style="display: none"><td>1</td><td>#N/A</td></tr>
    <tr><td> 海星  公司 </td><td></td><td>A &amp; B</td></tr></table></body></html>"""
    (sheet,) = read("导出.xls", page.encode("gbk"))
    assert sheet.name == "导出"
    assert sheet.rows == [["客户", "金额\n（元）", None], [None, "1", CellError("#N/A")], ["海星 公司", None, "A & B"]]
    assert sheet.merged == (Merge(1, 0, 2, 0), Merge(1, 1, 1, 2))
    assert sheet.hidden_rows == {2}
    assert sheet.encoding == "gb18030"


def test_several_tables_are_several_sheets_and_nothing_needs_closing() -> None:
    page = b"<table><caption>Sales</caption><tr><td>a<td>b<tr><td>1<td>2</table><table><tr><td><table><tr><td>in</table></table><table><tr><td>x"
    sheets = read("a.xls", page)
    assert [(sheet.name, sheet.rows) for sheet in sheets] == [("Sales", [["a", "b"], ["1", "2"]]), ("a 2", [["in"]]), ("a 3", [["x"]])]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030"])
def test_a_page_that_names_no_encoding_is_told_like_any_text(encoding: str) -> None:
    page = "<html><table><tr><td>客户</td><td>金额</td></tr></table></html>"
    assert read("a.xls", page.encode(encoding))[0].rows == [["客户", "金额"]]


def test_an_encoding_named_wrongly_does_not_spoil_the_text() -> None:
    page = "<html><meta charset=utf-8><table><tr><td>客户经理</td></tr></table></html>"
    assert read("a.xls", page.encode("gbk"))[0].rows == [["客户经理"]]


def test_a_span_without_end_is_refused() -> None:
    with pytest.raises(AmdashError) as caught:
        read("a.xls", b"<table>" + (b"<tr>" + b"<td colspan=999999999>x" * 100) * 300)
    assert caught.value.code == "sheet_reaches_too_far"


def test_text_in_angle_brackets_is_no_page() -> None:
    assert read("a.csv", b"<5,>9\n1,2\n")[0].rows == [["<5", ">9"], ["1", "2"]]
