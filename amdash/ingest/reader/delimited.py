"""Text to rows: the delimiter, quoting and line ends of a CSV, and where a quote was opened and never closed."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator

from amdash.errors import AmdashError
from amdash.ingest.reader.details import is_error
from amdash.ingest.sheet import CellError, Row

DELIMITERS = ",\t;|"
_SAMPLE_CHARACTERS, _SAMPLE_LINES = 40_000, 80
_LINE_END = re.compile(r"\r\n|\r|\n")
_SAYS_DELIMITER = re.compile(r'\ufeff?"?sep=(.)"?[ \t]*(?:\r\n|\r|\n|$)', re.I)
_QUOTED = re.compile(r'(?:(?<=[,\t;|\r\n])|^)"(?:[^"]|"")*"')
# How Excel is told to leave the noughts in front of a number alone.
_AS_TEXT = re.compile(r'="((?:[^"]|"")*)"')
# A quoted text with so many whole lines of the table in it is no text: its quote was closed by one further down.
_SWALLOWED_LINES, _LEAST_COLUMNS = 3, 3
csv.field_size_limit(2**31 - 1)


def rows_of(file: str, text: str) -> list[Row]:
    """The rows of a delimited text, as texts; an empty cell is None, an error value of a spreadsheet program a CellError.

    A first line 'sep=;' is obeyed and left out. Errors: quote_unclosed with the line where it opens.
    """
    delimiter, start = _said(text)
    body = text[start:].rstrip("\x1a")
    rows = [[_value(cell) for cell in record] for record in _records(file, body, delimiter or _delimiter(body), _LINE_END.subn("", text[:start])[1])]
    return _without_empty_columns(rows)


def _said(text: str) -> tuple[str | None, int]:
    said = _SAYS_DELIMITER.match(text)
    return (said[1], said.end()) if said else (None, 0)


def _delimiter(text: str) -> str:
    """The sign that most lines have equally often outside quotes; of equals, the most frequent one."""
    lines = _LINE_END.split(_QUOTED.sub('""', text[:_SAMPLE_CHARACTERS]))[:_SAMPLE_LINES]
    return max(DELIMITERS, key=lambda sign: _evenness([line.count(sign) for line in lines if line.strip()]))


def _evenness(counts: list[int]) -> tuple[int, int]:
    """(lines that have the commonest number of signs above nought, that number)."""
    found = Counter(count for count in counts if count)
    return max(((lines, count) for count, lines in found.items()), default=(0, 0))


def _records(file: str, text: str, delimiter: str, lines_before: int) -> list[list[str]]:
    try:
        records = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True))
    except (csv.Error, TypeError, ValueError):
        records = list(_leniently(file, text, delimiter, lines_before))
    if '"' in text:
        _refuse_swallowed(file, records, delimiter, lines_before)
    return records


def _leniently(file: str, text: str, delimiter: str, lines_before: int) -> Iterator[list[str]]:
    """As Excel reads what is no sound CSV: text behind a closing quote belongs to the cell, unless the quote swallowed lines."""
    plain = re.compile(f"[^{re.escape(delimiter)}\r\n]*")
    place, record, line = 0, list[str](), lines_before + 1
    while place <= len(text):
        cell, opened = "", line
        if text.startswith('"', place):
            end = _closing(text, place + 1)
            cell = text[place + 1 : end].replace('""', '"')
            inside = len(_LINE_END.findall(cell))
            after = text[end + 1 : end + 2]
            if end == len(text) or (inside and after and after not in f"{delimiter}\r\n \t"):
                raise AmdashError("quote_unclosed", file=file, line=opened, value=_shown(text[place:]))
            line, place = line + inside, end + 1
        found = plain.match(text, place)
        cell, place = cell + (found[0] if found else ""), found.end() if found else place
        record.append(cell)
        if place < len(text) and text[place] == delimiter:
            place += 1
            continue
        yield [] if record == [""] else record
        record, line = [], line + 1
        ended = _LINE_END.match(text, place)
        if ended is None or ended.end() == len(text):
            return
        place = ended.end()


def _closing(text: str, place: int) -> int:
    """Where the quoted text ends that begins here; the end of all text where it never does."""
    while (end := text.find('"', place)) >= 0:
        if text[end + 1 : end + 2] != '"':
            return end
        place = end + 2
    return len(text)


def _refuse_swallowed(file: str, records: list[list[str]], delimiter: str, lines_before: int) -> None:
    """Errors: quote_unclosed where one cell holds several whole lines of the table."""
    width = Counter(len(record) for record in records).most_common(1)[0][0] if records else 0
    line = lines_before + 1
    for record in records:
        for cell in record:
            if "\n" in cell or "\r" in cell:
                inner = _LINE_END.split(cell)
                if width >= _LEAST_COLUMNS and sum(part.count(delimiter) == width - 1 for part in inner[1:-1]) >= _SWALLOWED_LINES:
                    raise AmdashError("quote_unclosed", file=file, line=line, value=_shown(cell))
                line += len(inner) - 1
        line += 1


def _shown(text: str) -> str:
    return _LINE_END.split(text.lstrip("\r\n"))[0][:40]


def _value(cell: str) -> str | CellError | None:
    if not cell or cell.isspace():
        return None
    if cell[0] == "=" and (text := _AS_TEXT.fullmatch(cell.strip())):
        return text[1].replace('""', '"') or None
    return CellError(cell.strip()) if cell[0] in "#E" and is_error(cell) else cell


def _without_empty_columns(rows: list[Row]) -> list[Row]:
    """Without the columns on the right in which nothing stands, as a delimiter at the end of every line makes them."""
    width = 0
    for row in rows:
        while len(row) > width and any(value is not None for value in row[width:]):
            width += 1
    return [row[:width] if len(row) > width else row for row in rows]
