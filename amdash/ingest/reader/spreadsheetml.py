"""SpreadsheetML 2003, the XML that Excel 2003 wrote and that many systems still export under the name of .xls."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass, field
from typing import Any
from xml.parsers import expat

from amdash.errors import AmdashError
from amdash.ingest.reader.details import Details
from amdash.ingest.reader.hints import Hints
from amdash.ingest.reader.web import decode_marked
from amdash.ingest.sheet import CellError, Merge, Row, Sheet

_NAMESPACE = "urn:schemas-microsoft-com:office:spreadsheet"
_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")
# The day nought of Excel: what it calls a time of day bears this date.
_DAY_NOUGHT = dt.date(1899, 12, 31)


def looks_like_workbook(head: str) -> bool:
    """Whether a text begins as SpreadsheetML does."""
    return head.lstrip("\ufeff \t\r\n").startswith("<") and _NAMESPACE in head


def sheets_of(file: str, data: bytes, hints: Hints) -> list[Sheet]:
    """The worksheets in order. Errors: file_damaged, sheet_reaches_too_far, workbook_without_sheet, those of text.decode."""
    text, encoding = decode_marked(file, data, hints)
    reader = _Workbook(file)
    parser = expat.ParserCreate("utf-8", namespace_separator="|")
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = reader.refuse
    parser.StartElementHandler, parser.EndElementHandler, parser.CharacterDataHandler = reader.start, reader.end, reader.text
    try:
        parser.Parse(_DECLARATION.sub("", text).lstrip("\ufeff \t\r\n").encode("utf-8"), True)
    except (expat.ExpatError, ValueError) as error:
        raise AmdashError("file_damaged", file=file) from error
    if not reader.sheets:
        raise AmdashError("workbook_without_sheet", file=file)
    return [
        Sheet(
            sheet.name, sheet.rows, sheet.hidden, encoding, tuple(sheet.merged), frozenset(row for row in sheet.hidden_rows if row <= len(sheet.rows))
        )
        for sheet in reader.sheets
    ]


@dataclass
class _Worksheet:
    """A sheet while it is read; ``row`` (from 1) and ``column`` (from 0) are where the next ones stand."""

    name: str
    rows: list[Row] = field(default_factory=list)
    merged: list[Merge] = field(default_factory=list)
    hidden_rows: set[int] = field(default_factory=set)
    hidden: bool = False
    row: int = 1
    next_row: int = 1
    column: int = 0
    size: Details = field(default_factory=Details)


class _Workbook:
    """What the parser calls."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.sheets: list[_Worksheet] = []
        self._said: dict[str, str] = {}
        self._type: str | None = None
        self._value: Any = None
        self._text: list[str] | None = None

    def refuse(self, *_: object) -> None:
        """Excel writes no document type; who does means no good by it."""
        raise AmdashError("file_damaged", file=self.file)

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """An element begins."""
        said = {key.rpartition("|")[2]: value for key, value in attributes.items()}
        element = name.rpartition("|")[2]
        if element == "Worksheet":
            self.sheets.append(_Worksheet(said.get("Name", "")))
        elif element == "Row" and self.sheets:
            self._row(self.sheets[-1], said)
        elif element == "Cell" and self.sheets:
            sheet = self.sheets[-1]
            sheet.column = max(_number(said.get("Index"), sheet.column + 1) - 1, 0)
            self._said, self._type, self._value = said, None, None
        elif element in ("Data", "Visible"):
            self._type, self._text = said.get("Type") if element == "Data" else self._type, []

    def text(self, text: str) -> None:
        """Text of the element that is open."""
        if self._text is not None:
            self._text.append(text)

    def end(self, name: str) -> None:
        """An element ends."""
        element = name.rpartition("|")[2]
        if element == "Data" and self._text is not None:
            self._value, self._text = _valued(self._type, "".join(self._text)), None
        elif element == "Visible" and self._text is not None and self.sheets:
            self.sheets[-1].hidden, self._text = "Hidden" in "".join(self._text), None
        elif element == "Cell" and self.sheets:
            self._cell(self.sheets[-1])

    def _row(self, sheet: _Worksheet, said: dict[str, str]) -> None:
        sheet.row, sheet.column = max(_number(said.get("Index"), sheet.next_row), 1), 0
        sheet.next_row = sheet.row + _number(said.get("Span"), 0) + 1
        if said.get("Hidden") == "1":
            sheet.hidden_rows.add(sheet.row)

    def _cell(self, sheet: _Worksheet) -> None:
        across, down = _number(self._said.get("MergeAcross"), 0), _number(self._said.get("MergeDown"), 0)
        if self._value is None and self._type is None and "Formula" in self._said:
            self._value = CellError(self._said["Formula"], uncalculated=True)
        if self._value is not None:
            sheet.size.reach(self.file, sheet.row, sheet.column)
            sheet.rows.extend([] for _ in range(sheet.row - len(sheet.rows)))
            row = sheet.rows[sheet.row - 1]
            row.extend([None] * (sheet.column + 1 - len(row)))
            row[sheet.column] = self._value
        if across or down:
            sheet.merged.append(Merge(sheet.row, sheet.column, sheet.row + down, sheet.column + across))
        sheet.column += across + 1


def _valued(kind: str | None, text: str) -> Any:
    """The value that a cell says; what is no number or date in spite of its type stays the text that it is."""
    if not text.strip():
        return None
    if kind == "Error":
        return CellError(text.strip())
    if kind == "Boolean":
        return text.strip() in ("1", "true")
    try:
        if kind == "Number":
            return float(text)
        if kind == "DateTime":
            moment = dt.datetime.fromisoformat(text.strip())
            return moment.time() if moment.date() == _DAY_NOUGHT else moment
    except ValueError:
        return text
    return text


def _number(said: str | None, otherwise: int) -> int:
    return int(said) if said is not None and said.isascii() and said.isdigit() and len(said) < 10 else otherwise
