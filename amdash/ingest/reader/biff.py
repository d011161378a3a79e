"""The records of a .xls (BIFF5 and BIFF8, [MS-XLS] 2.1.4), walked for what the fast reader leaves out."""

from __future__ import annotations

import io
import struct
from collections.abc import Iterator

import olefile

from amdash.errors import AmdashError
from amdash.ingest.reader.details import ERROR_CODES, Details
from amdash.ingest.sheet import CellError

SIGNATURE = bytes.fromhex("d0cf11e0a1b11ae1")
BROKEN = (OSError, ValueError, IndexError, KeyError, TypeError, AttributeError, OverflowError, RecursionError, AssertionError, struct.error)
_BOF, _EOF, _SHEET, _ROW, _BOOL_OR_ERROR = 0x0809, 0x000A, 0x0085, 0x0208, 0x0205
_CODEPAGE, _STRING, _DIMENSIONS = 0x0042, 0x0207, 0x0200
_LABELS = (0x0204, 0x00D6)
_NUMBERS = 0x00BD
_CELLS = frozenset({0x0203, 0x0204, 0x0205, 0x027E, 0x00FD, 0x00D6, 0x0006, 0x0206, 0x0406, 0x0001, 0x0002, 0x0003, 0x0004, 0x0005, _NUMBERS})
_EXCEL_5 = b"\x00\x05"
_EAST_ASIAN = {936: "gb18030", 950: "big5", 932: "cp932", 949: "cp949"}
_FORMULAS = (0x0006, 0x0206, 0x0406)
_ROW_HIDDEN = 0x20
# The build and year in which a workbook claims to be made when no Excel made it.
_NO_EXCEL = struct.pack("<HH", 0x0DBB, 0x07CC)
_ELSEWHERE = (
    ("WordDocument", "file_is_document"),
    ("PowerPoint Document", "file_is_document"),
    ("VisioDocument", "file_is_document"),
    ("__properties_version1.0", "file_is_message"),
)


def stream(file: str, data: bytes) -> bytes:
    """The workbook stream of a compound file. Errors: file_damaged, and what the file is where it is no workbook."""
    try:
        with olefile.OleFileIO(io.BytesIO(data)) as compound:
            for name in ("Workbook", "Book", "WORKBOOK", "BOOK"):
                if compound.exists(name):
                    return bytes(compound.openstream(name).read())
            for name, code in _ELSEWHERE:
                if compound.exists(name):
                    raise AmdashError(code, file=file)
            streams = {"/".join(path).lower() for path in compound.listdir()}
    except BROKEN as error:
        raise AmdashError("file_damaged", file=file) from error
    if any(name.startswith(("et", "wps", "kso")) for name in streams):
        raise AmdashError("file_is_wps", file=file)
    raise AmdashError("file_not_spreadsheet" if streams else "file_damaged", file=file)


def scan(file: str, book: bytes) -> list[Details]:
    """Details of every sheet in the order of the workbook; what is cut off is left out. Errors: sheet_reaches_too_far."""
    encoding = _old_encoding(book)
    sheets: list[Details] = []
    uncalculated: list[tuple[Details, tuple[int, int]]] = []
    for kind, start, size, _ in _records(book, 0):
        if kind == _SHEET and size >= 7:
            details, empty = _sheet(file, book, int.from_bytes(book[start : start + 4], "little"), encoding)
            if encoding is not None:
                details.name = book[start + 7 : start + 7 + book[start + 6]].decode(encoding, errors="replace")
            sheets.append(details)
            uncalculated.extend((details, place) for place in empty)
    # Who never calculates writes the empty text everywhere; Excel, whose own builds differ, writes it for an empty result.
    if book[8:12] == _NO_EXCEL:
        for details, place in uncalculated:
            details.instead[place] = CellError("=…", uncalculated=True)
    return sheets


def _old_encoding(book: bytes) -> str | None:
    """The East Asian encoding of a workbook of Excel 5, whose texts the fast reader spells letter by letter; None for any other."""
    if book[4:6] != _EXCEL_5:
        return None
    pages = (int.from_bytes(book[start : start + 2], "little") for kind, start, size, _ in _records(book, 0) if kind == _CODEPAGE and size >= 2)
    return _EAST_ASIAN.get(next(pages, 0))


def _sheet(file: str, book: bytes, offset: int, encoding: str | None) -> tuple[Details, list[tuple[int, int]]]:
    """(details, the formulas whose result is the empty text where no formula of the sheet has another one)."""
    details, calculated, empty, last = Details(), False, [], (1, 0)
    for kind, start, size, depth in _records(book, offset):
        if kind in _CELLS and size >= 6:
            row, column = _place(book, start)
            # Several numbers side by side share one record.
            details.reach(file, row, column + ((size - 6) // 6 - 1 if kind == _NUMBERS and size > 12 else 0))
        elif kind == _DIMENSIONS:
            _refuse_claim(file, book, start, size)
        if depth > 1:
            continue
        if kind == _ROW and size >= 14:
            if book[start + 12] & _ROW_HIDDEN:
                details.hidden.add(int.from_bytes(book[start : start + 2], "little") + 1)
        elif kind == _BOOL_OR_ERROR and size >= 8 and book[start + 7]:
            details.instead[_place(book, start)] = CellError(ERROR_CODES.get(book[start + 6], "#VALUE!"))
        elif kind in _FORMULAS and size >= 14:
            last = _place(book, start)
            special = book[start + 12 : start + 14] == b"\xff\xff"
            if special and book[start + 6] == 2:
                details.instead[last] = CellError(ERROR_CODES.get(book[start + 8], "#VALUE!"))
            elif special and book[start + 6] == 3:
                empty.append(last)
            calculated |= not special or book[start + 6] != 3
        elif encoding is not None and kind in _LABELS and size >= 8:
            details.instead[_place(book, start)] = _old_text(book, start + 6, encoding)
        elif encoding is not None and kind == _STRING and size >= 2:
            details.instead[last] = _old_text(book, start, encoding)
    return details, [] if calculated else empty


def _refuse_claim(file: str, book: bytes, start: int, size: int) -> None:
    """Errors: file_damaged, sheet_reaches_too_far for a sheet that says of itself what the fast reader must not believe."""
    if size not in (10, 14):
        raise AmdashError("file_damaged", file=file)
    first_row, end_row, first_column, end_column = struct.unpack_from("<4H" if size == 10 else "<IIHH", book, start)
    if first_row > end_row or first_column > end_column:
        raise AmdashError("file_damaged", file=file)
    if end_row and end_column:
        Details().reach(file, end_row, end_column - 1)


def _old_text(book: bytes, start: int, encoding: str) -> str:
    return book[start + 2 : start + 2 + int.from_bytes(book[start : start + 2], "little")].decode(encoding, errors="replace")


def _place(book: bytes, start: int) -> tuple[int, int]:
    row, column = struct.unpack_from("<HH", book, start)
    return row + 1, column


def _records(book: bytes, offset: int) -> Iterator[tuple[int, int, int, int]]:
    """(number, where its content starts, size, depth) of the records of one substream; those of a chart inside it lie deeper than 1."""
    place, depth = offset, 0
    while place + 4 <= len(book):
        kind, size = struct.unpack_from("<HH", book, place)
        if kind == _BOF:
            depth += 1
        elif kind == _EOF:
            depth -= 1
            if depth <= 0:
                return
        if place + 4 + size <= len(book):
            yield kind, place + 4, size, depth
        place += 4 + size
