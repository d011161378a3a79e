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


def scan(book: bytes) -> list[Details]:
    """Details of every sheet in the order of the workbook; what is cut off is left out."""
    offsets = [int.from_bytes(book[start : start + 4], "little") for kind, start, size in _records(book, 0) if kind == _SHEET and size >= 6]
    texts: list[tuple[Details, tuple[int, int]]] = []
    sheets = [_sheet(book, offset, texts) for offset in offsets]
    # Who never calculates writes the empty text everywhere; Excel, whose own builds differ, writes it for an empty result.
    if book[8:12] == _NO_EXCEL and texts:
        for details, place in texts:
            details.errors[place] = CellError("=…", uncalculated=True)
    return sheets


def _sheet(book: bytes, offset: int, texts: list[tuple[Details, tuple[int, int]]]) -> Details:
    details, calculated, empty = Details(), False, []
    for kind, start, size in _records(book, offset):
        if kind == _ROW and size >= 14:
            if book[start + 12] & _ROW_HIDDEN:
                details.hidden.add(int.from_bytes(book[start : start + 2], "little") + 1)
        elif kind == _BOOL_OR_ERROR and size >= 8 and book[start + 7]:
            details.errors[_place(book, start)] = CellError(ERROR_CODES.get(book[start + 6], "#VALUE!"))
        elif kind in _FORMULAS and size >= 14:
            special = book[start + 12 : start + 14] == b"\xff\xff"
            if special and book[start + 6] == 2:
                details.errors[_place(book, start)] = CellError(ERROR_CODES.get(book[start + 8], "#VALUE!"))
            elif special and book[start + 6] == 3:
                empty.append(_place(book, start))
            else:
                calculated = True
    if not calculated:
        texts.extend((details, place) for place in empty)
    return details


def _place(book: bytes, start: int) -> tuple[int, int]:
    row, column = struct.unpack_from("<HH", book, start)
    return row + 1, column


def _records(book: bytes, offset: int) -> Iterator[tuple[int, int, int]]:
    """(number, where its content starts, size) of the records of one substream, without those of charts inside it."""
    place, depth = offset, 0
    while place + 4 <= len(book):
        kind, size = struct.unpack_from("<HH", book, place)
        if kind == _BOF:
            depth += 1
        elif kind == _EOF:
            depth -= 1
            if depth <= 0:
                return
        if depth == 1 and place + 4 + size <= len(book):
            yield kind, place + 4, size
        place += 4 + size
