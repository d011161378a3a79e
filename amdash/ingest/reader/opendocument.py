"""The content of an .ods, read as a stream: how far it reaches, errors, formulas without a result, merges and hidden rows."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass, field
from typing import IO
from xml.parsers import expat

from amdash.errors import AmdashError
from amdash.ingest.reader.details import Details, blocks, is_error
from amdash.ingest.sheet import CellError, Merge

# A value in quotes may hold a '>'.
_TAG = re.compile(rb"""<(/?)table:(table|table-row|table-cell|covered-table-cell)(?=[\s/>])([^>"]*(?:"[^"]*"[^>"]*)*)>""")
_ATTRIBUTE = re.compile(rb"""([\w-]+:[\w-]+)="([^"]*)\"""")
_MARKUP = re.compile(rb"<[^>]*>")
_PARAGRAPH = re.compile(rb"<text:p\b[^>]*>(.*?)</text:p>", re.S)
_CHUNK = 1024**2
_VALUES = (b"office:value", b"calcext:value", b"office:date", b"office:time", b"office:boolean", b"office:string")


def prove(file: str, stream: IO[bytes]) -> None:
    """Errors: file_damaged for XML that is not well-formed, on which the fast reader may never end."""
    parser = expat.ParserCreate()
    try:
        while chunk := stream.read(_CHUNK):
            parser.Parse(chunk)
        parser.Parse(b"", True)
    except expat.ExpatError as error:
        raise AmdashError("file_damaged", file=file) from error


@dataclass
class _Table:
    """A sheet while it is read: ``row`` and ``column`` are where the next ones begin."""

    name: str
    details: Details = field(default_factory=Details)
    row: int = 1
    column: int = 0
    row_repeat: int = 1
    hidden: list[tuple[int, int]] = field(default_factory=list)


def scan(file: str, stream: IO[bytes]) -> list[tuple[str, Details]]:
    """(name, details) of every sheet in order. Errors: sheet_reaches_too_far."""
    tables: list[_Table] = []
    for block in blocks(stream, b"</table:table-row>"):
        for tag in _TAG.finditer(block):
            closing, name = tag[1], tag[2]
            if name == b"table":
                if not closing:
                    tables.append(_Table(_attributes(tag[3]).get("table:name", "")))
            elif tables and name == b"table-row":
                _row(tables[-1], tag, closing or tag[3].endswith(b"/"), not closing)
            elif tables and not closing:
                _cell(file, tables[-1], block, tag)
    for table in tables:
        # Hidden rows without end below the table are none that anybody reads.
        table.details.hidden = {row for first, last in table.hidden for row in range(first, min(last, table.details.rows) + 1)}
    return [(table.name, table.details) for table in tables]


def _row(table: _Table, tag: re.Match[bytes], ends: bytes | bool, begins: bool) -> None:
    if begins:
        said = _attributes(tag[3]) if len(tag[3]) > 1 else {}
        table.column, table.row_repeat = 0, _many(said, "table:number-rows-repeated")
        if said.get("table:visibility") in ("collapse", "filter"):
            table.hidden.append((table.row, table.row + table.row_repeat - 1))
    if ends:
        table.row += table.row_repeat
        table.column = 0


def _cell(file: str, table: _Table, block: bytes, tag: re.Match[bytes]) -> None:
    said = _attributes(tag[3]) if b"=" in tag[3] else {}
    empty = tag[3].endswith(b"/")
    many = _many(said, "table:number-columns-repeated")
    first, table.column = table.column, table.column + many
    if empty and not any(name in tag[3] for name in _VALUES) and "table:formula" not in said:
        return
    table.details.reach(file, table.row + table.row_repeat - 1, table.column - 1)
    error = _error(said, b"" if empty else block[tag.end() : _end(block, tag.end())])
    if error is not None:
        rows, columns = range(table.row, table.row + table.row_repeat), range(first, table.column)
        table.details.instead.update({(row, column): error for row in rows for column in columns})
    down, across = _many(said, "table:number-rows-spanned"), _many(said, "table:number-columns-spanned")
    if down * across > 1:
        table.details.merged.append(Merge(table.row, first, table.row + down - 1, first + across - 1))


def _error(said: dict[str, str], inside: bytes) -> CellError | None:
    formula = said.get("table:formula")
    if formula is None and said.get("calcext:value-type") != "error" and b"#" not in inside:
        return None
    paragraph = _PARAGRAPH.search(inside)
    text = html.unescape(_MARKUP.sub(b"", paragraph[1]).decode("utf-8", errors="replace")).strip() if paragraph else ""
    if text and (is_error(text) or said.get("calcext:value-type") == "error"):
        return CellError(text)
    if formula is not None and not text and "office:value-type" not in said:
        return CellError(f"={formula.partition('=')[2] or formula}", uncalculated=True)
    return None


def _end(block: bytes, start: int) -> int:
    end = block.find(b"</table:", start)
    return end if end >= 0 else len(block)


def _attributes(raw: bytes) -> dict[str, str]:
    return {
        found[1].decode("ascii", errors="replace"): html.unescape(found[2].decode("utf-8", errors="replace")) for found in _ATTRIBUTE.finditer(raw)
    }


def _many(said: dict[str, str], name: str) -> int:
    number = said.get(name, "1")
    return max(int(number), 1) if number.isascii() and number.isdigit() else 1
