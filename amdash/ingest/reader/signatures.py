"""Files that are something else altogether, told by their first bytes, so that the remedy can be said."""

from __future__ import annotations

import re

from amdash.errors import AmdashError

_STARTS: tuple[tuple[bytes, str], ...] = (
    (b"%PDF-", "file_is_pdf"),
    (b"\x89PNG\r\n\x1a\n", "file_is_picture"),
    (b"\xff\xd8\xff", "file_is_picture"),
    (b"GIF87a", "file_is_picture"),
    (b"GIF89a", "file_is_picture"),
    (b"II*\x00", "file_is_picture"),
    (b"MM\x00*", "file_is_picture"),
    (b"{\\rtf", "file_is_document"),
    (b"Rar!\x1a\x07", "file_is_archive"),
    (b"7z\xbc\xaf\x27\x1c", "file_is_archive"),
    (b"\x1f\x8b\x08", "file_is_archive"),
    (b"\xfd7zXZ\x00", "file_is_archive"),
    (b"BZh91AY&SY", "file_is_archive"),
    (b"\x4c\x00\x00\x00\x01\x14\x02\x00", "file_is_shortcut"),
    (b"[InternetShortcut]", "file_is_shortcut"),
    (b"book\x00\x00\x00\x00mark", "file_is_shortcut"),
    (b"version https://git-lfs.github.com/spec/", "file_is_pointer"),
    (b"SQLite format 3\x00", "file_is_database"),
    (b"\x00\x01\x00\x00Standard", "file_is_database"),
)
_BITMAP = re.compile(rb"BM.{4}\x00\x00\x00\x00", re.S)
_MEDIA = re.compile(rb"RIFF.{4}WEBP|.{4}ftyp(?:heic|heix|mif1|avif)", re.S)
# The file of 165 bytes that Excel lays beside a workbook while somebody has it open: a name, its length in front.
_OWNER_BYTES, _OWNER_NAME = 165, 54


def refuse(file: str, data: bytes) -> None:
    """Nothing for what may be a spreadsheet.

    Errors: file_is_pdf, file_is_picture, file_is_document, file_is_archive, file_is_shortcut, file_is_pointer, file_is_database, file_is_lock.
    """
    for start, code in _STARTS:
        if data.startswith(start):
            raise AmdashError(code, file=file)
    if _BITMAP.match(data) or _MEDIA.match(data):
        raise AmdashError("file_is_picture", file=file)
    if len(data) == _OWNER_BYTES and 0 < data[0] <= _OWNER_NAME and data[1 + data[0] : 1 + _OWNER_NAME].strip(b" \x00") == b"":
        raise AmdashError("file_is_lock", file=file)
