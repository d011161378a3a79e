"""Files to sheets of plain values. The only place where a workbook, a text file or an archive is opened.

What the bytes are decides, never the name: a web page that calls itself .xls is read as the web page that it is.
"""

from __future__ import annotations

from pathlib import PurePath

from amdash.errors import AmdashError
from amdash.ingest.reader import biff, delimited, password, signatures, spreadsheetml, web, workbook
from amdash.ingest.reader.archive import ZIP, unpack
from amdash.ingest.reader.hints import NO_HINTS, Hints
from amdash.ingest.reader.text import decode
from amdash.ingest.sheet import Sheet

_HEAD = 4096
_WEB_ARCHIVE = (b"mime-version:", b"multipart/related")


def read(file: str, data: bytes, hints: Hints = NO_HINTS) -> list[Sheet]:
    """Every sheet of a workbook, every table of a web page, or the one sheet of a text file.

    Errors: file_empty, file_damaged, file_not_spreadsheet and file_is_... where it is something else; file_locked, password_wrong and
    file_locked_elsewhere; file_too_large and sheet_reaches_too_far; workbook_without_sheet; encoding_asked, encoding_wrong,
    encoding_unknown and file_bytes_broken; quote_unclosed.
    """
    if not data.strip(b"\x00 \r\n\t"):
        raise AmdashError("file_empty", file=file)
    signatures.refuse(file, data)
    sheets = _sheets(file, data, hints)
    if not any(sheet.rows for sheet in sheets):
        raise AmdashError("file_empty", file=file)
    return sheets


def _sheets(file: str, data: bytes, hints: Hints) -> list[Sheet]:
    if data.startswith(biff.SIGNATURE) and password.is_locked(data):
        data = password.unlocked(file, data, hints.passwords)
    if data.startswith(ZIP):
        return workbook.from_package(file, data)
    if data.startswith(biff.SIGNATURE):
        return workbook.from_compound(file, data)
    head = _head(data)
    if spreadsheetml.looks_like_workbook(head):
        return spreadsheetml.sheets_of(file, data, hints)
    if web.looks_like_page(head):
        return web.sheets_of(file, data, hints)
    if all(sign in data[:_HEAD].lower() for sign in _WEB_ARCHIVE):
        raise AmdashError("file_is_web_page", file=file)
    text, encoding = decode(file, data, hints)
    return [Sheet(PurePath(file).stem, workbook.trimmed(delimited.rows_of(file, text)), encoding=encoding)]


def _head(data: bytes) -> str:
    """The beginning as far as its ASCII signs go, which tell what it is in any encoding."""
    return data[:_HEAD].decode("latin-1").replace("\x00", "").removeprefix("\xff\xfe").removeprefix("\xfe\xff").removeprefix("\xef\xbb\xbf")


__all__ = ["NO_HINTS", "Hints", "decode", "read", "unpack"]
