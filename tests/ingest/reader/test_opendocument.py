"""Sheets of LibreOffice, made with odfpy."""

from __future__ import annotations

import io
import zipfile
from typing import Any

import pytest
from odf.opendocument import OpenDocumentSpreadsheet
from odf.style import Style, TableProperties
from odf.table import CoveredTableCell, Table, TableCell, TableRow
from odf.text import P

from amdash.errors import AmdashError
from amdash.ingest.reader import read
from amdash.ingest.sheet import CellError, Merge


def _cell(text: str | None = None, **said: Any) -> Any:
    cell = TableCell(**said)
    if text is not None:
        cell.addElement(P(text=text))
    return cell


def _row(*cells: Any, **said: Any) -> Any:
    row = TableRow(**said)
    for cell in cells:
        row.addElement(cell)
    return row


def _saved(*rows: Any, display: str = "true") -> bytes:
    document = OpenDocumentSpreadsheet()
    style = Style(name="ta", family="table")
    style.addElement(TableProperties(display=display))
    document.automaticstyles.addElement(style)
    table = Table(name="一", stylename="ta")
    for row in rows:
        table.addElement(row)
    document.spreadsheet.addElement(table)
    target = io.BytesIO()
    document.write(target)
    return target.getvalue()


def test_values_errors_formulas_merges_and_hidden_rows() -> None:
    data = _saved(
        _row(
            _cell("x", valuetype="string"),
            _cell("#DIV/0!", valuetype="float", value="0", formula="of:=1/0"),
            _cell("Err:502", valuetype="string", stringvalue="", formula="of:=1/0"),
            _cell(formula="of:=[.A1]"),
        ),
        _row(_cell("5", valuetype="float", value="5", numbercolumnsrepeated=2), visibility="collapse", numberrowsrepeated=3),
        _row(_cell("m", valuetype="string", numbercolumnsspanned=2, numberrowsspanned=1), CoveredTableCell(), _cell("#N/A", valuetype="string")),
        _row(_cell(numbercolumnsrepeated=1024), numberrowsrepeated=1_048_000, visibility="collapse"),
    )
    (sheet,) = read("a.ods", data)
    assert sheet.rows[0] == ["x", CellError("#DIV/0!"), CellError("Err:502"), CellError("=[.A1]", uncalculated=True)]
    assert [row[:3] for row in sheet.rows[1:]] == [[5.0, 5.0, None]] * 3 + [["m", None, CellError("#N/A")]]
    assert sheet.merged == (Merge(5, 0, 5, 1),)
    assert sheet.hidden_rows == {2, 3, 4}


def test_a_hidden_sheet() -> None:
    assert read("a.ods", _saved(_row(_cell("x", valuetype="string")), display="false"))[0].hidden


def test_a_value_repeated_without_end_is_refused() -> None:
    data = _saved(_row(_cell("5", valuetype="float", value="5", numbercolumnsrepeated=1000), numberrowsrepeated=1_000_000))
    with pytest.raises(AmdashError) as caught:
        read("far.ods", data)
    assert caught.value.code == "sheet_reaches_too_far"


def test_a_locked_one_asks_for_another_way() -> None:
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(_saved(_row(_cell("x", valuetype="string"))))) as old, zipfile.ZipFile(target, "w") as new:
        for name in old.namelist():
            data = old.read(name)
            new.writestr(name, data.replace(b"</manifest:manifest>", b"<manifest:encryption-data/></manifest:manifest>"))
    with pytest.raises(AmdashError) as caught:
        read("a.ods", target.getvalue())
    assert caught.value.code == "file_locked_elsewhere"


def test_content_that_is_no_sound_xml_is_damage() -> None:
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(_saved(_row(_cell("x", valuetype="string"))))) as old, zipfile.ZipFile(target, "w") as new:
        for name in old.namelist():
            new.writestr(name, old.read(name).replace(b"</table:table-row>", b"</table:table-rox>"))
    with pytest.raises(AmdashError) as caught:
        read("a.ods", target.getvalue())
    assert caught.value.code == "file_damaged"
