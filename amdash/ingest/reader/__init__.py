"""Files to sheets of plain values. The only place where a workbook or a CSV is opened."""

from __future__ import annotations

import codecs
import csv
import io
import re
import zipfile
import zlib
from collections import Counter
from dataclasses import dataclass
from pathlib import PurePath

import python_calamine

from amdash.errors import AmdashError
from amdash.ingest.sheet import Row, Sheet, cell_address

_ZIP = b"PK\x03\x04"
_OLE = bytes.fromhex("d0cf11e0a1b11ae1")
_DELIMITERS = ",\t;|"
# A workbook that unpacks to more than this is no sheet a small business keeps.
_MAX_UNPACKED_BYTES = 1024**3
# One stray value in the last column of the last row makes a grid of seventeen thousand million cells.
_MAX_CELLS = 20_000_000
_CHUNK = 4 * 1024**2
_SHEET_PART = re.compile(r"xl/worksheets/[^/]+\.xml", re.I)
_ROW = re.compile(rb"""\br=["'][A-Z]{0,3}(\d{1,7})["']""")
_WIDE = re.compile(rb"""\br=["']([A-Z]{2,3})\d""")
csv.field_size_limit(2**31 - 1)


@dataclass(frozen=True)
class Hints:
    """What a person has said of a file that cannot be told from its bytes. ``encoding``: a codec name for a text file."""

    password: str | None = None
    encoding: str | None = None


NO_HINTS = Hints()


def read(file: str, data: bytes, hints: Hints = NO_HINTS) -> list[Sheet]:
    """Every sheet of a workbook, or the one sheet of a text file; what the bytes are decides, not the name.

    Errors: file_empty, file_not_spreadsheet, file_locked, file_too_large.
    """
    if not data.strip(b"\x00 \r\n\t"):
        raise AmdashError("file_empty", file=file)
    sheets = _workbook(file, data) if data.startswith((_ZIP, _OLE)) else [_text(file, data)]
    if not any(sheet.rows for sheet in sheets):
        raise AmdashError("file_empty", file=file)
    return sheets


def _workbook(file: str, data: bytes) -> list[Sheet]:
    if data.startswith(_ZIP):
        _refuse_bomb(file, data)
    try:
        book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
        return [
            Sheet(meta.name, _grid(book.get_sheet_by_name(meta.name)), hidden=meta.visible != python_calamine.SheetVisibleEnum.Visible)
            for meta in book.sheets_metadata
            if meta.typ == python_calamine.SheetTypeEnum.WorkSheet
        ]
    except python_calamine.PasswordError as error:
        raise AmdashError("file_locked", file=file) from error
    except python_calamine.CalamineError as error:
        raise AmdashError("file_not_spreadsheet", file=file) from error


def _refuse_bomb(file: str, data: bytes) -> None:
    """Before anything unpacks it whole: how large it becomes, and how far its cells reach."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
        unpacked = sum(item.file_size for item in archive.infolist())
        if unpacked > _MAX_UNPACKED_BYTES:
            raise AmdashError("file_too_large", file=file, megabytes=unpacked // 1024**2)
        parts = [item for item in archive.infolist() if _SHEET_PART.fullmatch(item.filename)]
        if not parts:
            raise AmdashError("file_not_spreadsheet", file=file)
        for part in parts:
            rows, columns = _extent(archive, part)
            if rows * columns > _MAX_CELLS:
                raise AmdashError("sheet_reaches_too_far", file=file, cell=cell_address(rows, columns - 1))
    except (zipfile.BadZipFile, NotImplementedError, OSError, EOFError, ValueError, zlib.error) as error:
        raise AmdashError("file_not_spreadsheet", file=file) from error


def _extent(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> tuple[int, int]:
    """(rows, columns) up to the farthest cell that a sheet names; what it says of its own size is not trusted."""
    rows = columns = 1
    tail = b""
    with archive.open(part) as stream:
        while chunk := stream.read(_CHUNK):
            text = tail + chunk
            rows = max(rows, max((int(found[1]) for found in _ROW.finditer(text)), default=1))
            columns = max(columns, max((_column_number(found[1]) for found in _WIDE.finditer(text)), default=1))
            letter = next((place for place in range(26, columns, -1) if b'r="%c' % (64 + place) in text), columns)
            columns, tail = max(columns, letter), text[-32:]
    return rows, columns


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def _grid(sheet: python_calamine.CalamineSheet) -> list[Row]:
    rows: list[Row] = sheet.to_python(skip_empty_area=False)
    for row in rows:
        for column, value in enumerate(row):
            if isinstance(value, str) and not value.strip():
                row[column] = None
    return _trimmed(rows)


def _text(file: str, data: bytes) -> Sheet:
    text, encoding = decode(file, data)
    # The sign that most lines have equally often; of equals, the most frequent one.
    sample = text[:20_000].splitlines()[:50]
    delimiter = max(_DELIMITERS, key=lambda sign: _evenness([line.count(sign) for line in sample if line.strip()]))
    try:
        records = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
    except csv.Error as error:
        raise AmdashError("file_not_spreadsheet", file=file) from error
    rows: list[Row] = [[value if value.strip() else None for value in record] for record in records]
    return Sheet(PurePath(file).stem, _trimmed(rows), encoding=encoding)


def _evenness(counts: list[int]) -> tuple[int, int]:
    """(lines that have the commonest number of signs above nought, that number)."""
    found = Counter(count for count in counts if count)
    return max(((lines, count) for count, lines in found.items()), default=(0, 0))


def decode(file: str, data: bytes) -> tuple[str, str]:
    """(text, encoding): a byte-order mark first, then strict UTF-8, then strict GB18030; nothing is guessed beyond that.

    Errors: file_not_spreadsheet for binary bytes, file_encoding_unknown where no encoding fits.
    """
    for mark, encoding in ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16")):
        if data.startswith(mark):
            try:
                return data.decode(encoding, errors="strict"), encoding
            except UnicodeDecodeError as error:
                raise AmdashError("file_encoding_unknown", file=file) from error
    if b"\x00" in data:
        raise AmdashError("file_not_spreadsheet", file=file)
    for encoding in ("utf-8", "gb18030"):
        try:
            text = data.decode(encoding, errors="strict")
        except UnicodeDecodeError:
            continue
        if _is_binary(text):
            raise AmdashError("file_not_spreadsheet", file=file)
        return text, encoding
    raise AmdashError("file_encoding_unknown" if _mostly_printable(data) else "file_not_spreadsheet", file=file)


def _is_binary(text: str) -> bool:
    head = text[:4000]
    return sum(character < " " and character not in "\r\n\t\f\x1a" for character in head) > len(head) / 100


def _mostly_printable(data: bytes) -> bool:
    head = data[:4000]
    return sum(byte >= 32 or byte in (9, 10, 13) for byte in head) > 0.97 * len(head)


def _trimmed(rows: list[Row]) -> list[Row]:
    """Without the empty rows at the end; those above and between keep the row numbers right."""
    last = len(rows)
    while last and all(value is None for value in rows[last - 1]):
        last -= 1
    return rows[:last]


def unpack(file: str, data: bytes) -> list[tuple[str, bytes]]:
    """The spreadsheets of an upload by name: itself, or the members of an archive."""
    return [(file, data)]
