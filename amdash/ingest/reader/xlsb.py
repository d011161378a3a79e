"""The binary sheets of .xlsb: a stream of numbered records ([MS-XLSB] 2.1.4), walked for what the fast reader leaves out."""

from __future__ import annotations

import struct
from collections.abc import Iterator

from amdash.errors import AmdashError
from amdash.ingest.reader.details import ERROR_CODES, Details
from amdash.ingest.sheet import CellError, Merge

_ROW, _BLANK, _LAST_CELL, _ERROR, _FORMULA_ERROR, _MERGE, _SHEET = 0, 1, 11, 3, 11, 176, 156
# Of the flags of a row, the one for a height of nothing.
_HIDDEN = 0x10


def scan(file: str, data: bytes) -> Details:
    """Details of one sheet part. Errors: sheet_reaches_too_far, file_damaged."""
    details, row = Details(), 0
    for kind, start, size in _records(file, data):
        if (kind == _ROW and size < 12) or (0 < kind <= _LAST_CELL and size < 8):
            # The fast reader would take the missing bytes from the record before.
            raise AmdashError("file_damaged", file=file)
        if kind == _ROW:
            row = int.from_bytes(data[start : start + 4], "little") + 1
            if data[start + 11] & _HIDDEN:
                details.hidden.add(row)
        elif _BLANK < kind <= _LAST_CELL:
            column = int.from_bytes(data[start : start + 4], "little")
            details.reach(file, row, column)
            if kind in (_ERROR, _FORMULA_ERROR) and size >= 9:
                details.instead[row, column] = CellError(ERROR_CODES.get(data[start + 8], "#VALUE!"))
        elif kind == _MERGE and size >= 16:
            first_row, last_row, first_column, last_column = struct.unpack_from("<4I", data, start)
            details.merged.append(Merge(first_row + 1, first_column, last_row + 1, last_column))
    return details


def sheet_relations(file: str, data: bytes) -> list[tuple[str, str]]:
    """(name, relation) of every sheet that workbook.bin lists, in order. Errors: file_damaged."""
    found = []
    for kind, start, size in _records(file, data):
        if kind == _SHEET:
            relation, after = _wide(data, start + 8, start + size)
            found.append((_wide(data, after, start + size)[0], relation))
    return found


def _wide(data: bytes, start: int, end: int) -> tuple[str, int]:
    length = int.from_bytes(data[start : start + 4], "little")
    # 0xFFFFFFFF says that there is no text.
    after = min(start + 4 + (2 * length if length < 0xFFFFFFFF else 0), end)
    return data[start + 4 : after].decode("utf-16-le", errors="replace"), after


def _records(file: str, data: bytes) -> Iterator[tuple[int, int, int]]:
    """(number, where its content starts, size) of every record."""
    place, end = 0, len(data)
    try:
        while place < end:
            kind = data[place]
            place += 1
            if kind & 0x80:
                kind = kind & 0x7F | (data[place] & 0x7F) << 7
                place += 1
            size = data[place] & 0x7F
            shift, more = 7, data[place] & 0x80
            place += 1
            while more and shift < 28:
                size |= (data[place] & 0x7F) << shift
                more, shift, place = data[place] & 0x80, shift + 7, place + 1
            if place + size > end:
                raise AmdashError("file_damaged", file=file)
            yield kind, place, size
            place += size
    except IndexError as error:
        raise AmdashError("file_damaged", file=file) from error
