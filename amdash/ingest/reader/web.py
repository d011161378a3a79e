"""The tables of a web page: what many systems export under the name of .xls."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import PurePath

from amdash.errors import AmdashError
from amdash.ingest.reader.details import Details, is_error
from amdash.ingest.reader.hints import Hints
from amdash.ingest.reader.text import decode
from amdash.ingest.sheet import CellError, Merge, Row, Sheet

_PAGE = re.compile(r"<(?:!doctype\s+html|(?:html|head|body|meta|title|table|thead|tbody|tr|style|script|div|form|center|caption|link)[\s>/])", re.I)
_CHARSET = re.compile(r"""(?:charset|encoding)\s*=\s*["']?\s*([\w.:-]+)""", re.I)
_CONCEALED = re.compile(r"display\s*:\s*none", re.I)
_SPACE = re.compile(r"[ \t\r\n\f]+")
_GAPS = re.compile(r" ?\n ?")
# What GB2312 and GBK are called while GB18030 is meant: the wider one reads them all.
_WIDER = {"gb2312": "gb18030", "gbk": "gb18030", "gb_2312-80": "gb18030", "x-gbk": "gb18030"}
# The bounds of the HTML standard.
_MOST_COLUMNS, _MOST_ROWS = 1000, 65534
_UNSEEN = frozenset({"script", "style", "template"})


def looks_like_page(head: str) -> bool:
    """Whether a text begins as HTML does."""
    head = head.lstrip("\ufeff \t\r\n")
    return head.startswith("<") and _PAGE.search(head) is not None


def decode_marked(file: str, data: bytes, hints: Hints) -> tuple[str, str]:
    """(text, encoding) of a marked-up file, which may name its own encoding. Errors: those of text.decode."""
    named = _CHARSET.search(data[:4096].decode("latin-1").replace("\x00", ""))
    if named is not None and not hints.encoding and not data.startswith((b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf")) and b"\x00" not in data[:4096]:
        encoding = _WIDER.get(named[1].lower(), named[1].lower())
        try:
            return data.decode(encoding), encoding
        except (LookupError, ValueError):
            return decode(file, data, hints)
    return decode(file, data, hints)


def sheets_of(file: str, data: bytes, hints: Hints) -> list[Sheet]:
    """A sheet per table; cells are texts, colspan and rowspan are merges.

    Errors: file_is_web_page where there is no table, sheet_reaches_too_far, those of text.decode.
    """
    text, encoding = decode_marked(file, data, hints)
    reader = _Page(file)
    try:
        reader.feed(text)
        reader.close()
    except (AssertionError, ValueError) as error:
        raise AmdashError("file_damaged", file=file) from error
    tables = [table for table in reader.tables if any(value is not None for row in table.rows for value in row)]
    if not tables:
        raise AmdashError("file_is_web_page", file=file)
    stem = PurePath(file).stem
    names = [table.name or (stem if len(tables) == 1 else f"{stem} {number}") for number, table in enumerate(tables, 1)]
    return [
        Sheet(name, table.rows, encoding=encoding, merged=tuple(table.merged), hidden_rows=frozenset(table.hidden))
        for name, table in zip(names, tables, strict=True)
    ]


@dataclass
class _Table:
    """A table while it is read. ``taken``: column -> the last row (from 1) that a cell above reaches into."""

    name: str = ""
    rows: list[Row] = field(default_factory=list)
    merged: list[Merge] = field(default_factory=list)
    hidden: set[int] = field(default_factory=set)
    taken: dict[int, int] = field(default_factory=dict)
    cell: list[str] | None = None
    spans: tuple[int, int] = (1, 1)
    in_caption: bool = False
    size: Details = field(default_factory=Details)


class _Page(HTMLParser):
    """Collects the tables of a page; one inside a cell of another is a table of its own."""

    def __init__(self, file: str) -> None:
        super().__init__(convert_charrefs=True)
        self.file = file
        self.tables: list[_Table] = []
        self._open: list[_Table] = []
        self._unseen = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = {name: value or "" for name, value in attrs}
        if tag == "table":
            table = _Table()
            self.tables.append(table)
            self._open.append(table)
        elif tag in _UNSEEN:
            self._unseen += 1
        elif self._open:
            self._inside(tag, said, self._open[-1])

    def _inside(self, tag: str, said: dict[str, str], table: _Table) -> None:
        if tag == "tr":
            _end_cell(self.file, table)
            table.rows.append([])
            if _CONCEALED.search(said.get("style", "")):
                table.hidden.add(len(table.rows))
        elif tag in ("td", "th"):
            _end_cell(self.file, table)
            if not table.rows:
                table.rows.append([])
            table.cell = []
            table.spans = (_span(said.get("rowspan"), _MOST_ROWS), _span(said.get("colspan"), _MOST_COLUMNS))
        elif tag == "caption":
            table.in_caption = True
        elif table.cell is not None and tag in ("br", "p", "div", "li") and table.cell:
            table.cell.append("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag in _UNSEEN:
            self._unseen = max(self._unseen - 1, 0)
        elif self._open and tag in ("td", "th", "tr", "table"):
            _end_cell(self.file, self._open[-1])
            if tag == "table":
                self._open.pop()
        elif self._open and tag == "caption":
            self._open[-1].in_caption = False

    def handle_data(self, data: str) -> None:
        if self._unseen or not self._open:
            return
        table = self._open[-1]
        if table.in_caption:
            table.name = f"{table.name} {data}".strip()
        elif table.cell is not None:
            table.cell.append(_SPACE.sub(" ", data))

    def close(self) -> None:
        super().close()
        for table in self._open:
            _end_cell(self.file, table)


def _end_cell(file: str, table: _Table) -> None:
    """Put the cell that was being read into the next free place of the row."""
    if table.cell is None:
        return
    text = _GAPS.sub("\n", "".join(table.cell).replace("\xa0", " ")).strip()
    table.cell = None
    row, number = table.rows[-1], len(table.rows)
    while table.taken.get(len(row), 0) >= number:
        row.append(None)
    first, (down, across) = len(row), table.spans
    table.size.reach(file, number, first + across - 1)
    row.append((CellError(text) if is_error(text) else text) or None)
    row.extend([None] * (across - 1))
    if down > 1:
        table.taken.update(dict.fromkeys(range(first, first + across), number + down - 1))
    if down * across > 1:
        table.merged.append(Merge(number, first, number + down - 1, first + across - 1))


def _span(said: str | None, most: int) -> int:
    digits = re.match(r"\s*(\d{1,9})", said or "", re.A)
    return min(max(int(digits[1]), 1), most) if digits else 1
