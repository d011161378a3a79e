"""Workbooks behind a password: opened in memory with one of those that were given, which are neither kept nor shown."""

from __future__ import annotations

import io
from collections.abc import Sequence

import msoffcrypto
import olefile
from msoffcrypto import exceptions

from amdash.errors import AmdashError
from amdash.ingest.reader import biff

# With this word Excel encrypts what is only recommended as read-only; it opens such a file without asking.
_EXCELS_OWN = "VelvetSweatshop"
_FILE_PASS = 0x002F


def is_locked(data: bytes) -> bool:
    """Whether a compound file is a workbook behind a password."""
    try:
        with olefile.OleFileIO(io.BytesIO(data)) as compound:
            if compound.exists("EncryptionInfo"):
                return True
            name = next((name for name in ("Workbook", "Book") if compound.exists(name)), None)
            return name is not None and _has_file_pass(compound.openstream(name).read(65536))
    except biff.BROKEN:
        return False


def unlocked(file: str, data: bytes, passwords: Sequence[str]) -> bytes:
    """The bytes of the workbook without its encryption, opened by the first of the passwords that fits.

    Errors: file_locked without a password, password_wrong where none fits, file_locked_elsewhere for a way of locking that is not known
    here, file_damaged.
    """
    for password in (_EXCELS_OWN, *passwords):
        opened = _attempt(file, data, password)
        if opened is not None:
            return opened
    raise AmdashError("password_wrong" if passwords else "file_locked", file=file)


def _attempt(file: str, data: bytes, password: str) -> bytes | None:
    """The workbook opened; None where the password is another one."""
    try:
        return _decrypted(data, password)
    except exceptions.InvalidKeyError:
        return None
    except (exceptions.DecryptionError, exceptions.FileFormatError, NotImplementedError) as error:
        raise AmdashError("file_locked_elsewhere", file=file) from error
    except Exception as error:
        # Broken encryption data fail in as many ways as there are fields; none of them can be told apart.
        raise AmdashError("file_damaged", file=file) from error


def _decrypted(data: bytes, password: str) -> bytes:
    office = msoffcrypto.OfficeFile(io.BytesIO(data))
    if office.format == "ooxml":
        office.load_key(password=password, verify_password=True)
    else:
        office.load_key(password=password)
    target = io.BytesIO()
    office.decrypt(target)
    return target.getvalue()


def _has_file_pass(book: bytes) -> bool:
    place = 0
    while place + 4 <= len(book):
        kind, size = int.from_bytes(book[place : place + 2], "little"), int.from_bytes(book[place + 2 : place + 4], "little")
        if kind == _FILE_PASS:
            return True
        # It stands among the first records, before any sheet is listed.
        if kind in (0x0085, 0x000A):
            return False
        place += 4 + size
    return False
