"""Archives of spreadsheets: a .zip that is no workbook itself, taken apart in memory."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator

from amdash.errors import AmdashError
from amdash.ingest.reader import signatures
from amdash.ingest.reader.package import DAMAGED, MAX_UNPACKED_BYTES, kind_of

ZIP = b"PK\x03\x04"
_EMPTY_ZIP = b"PK\x05\x06"
_MOST_MEMBERS = 1000
_SAYS_UTF8, _ENCRYPTED = 0x800, 0x1
_LITTER = frozenset({"thumbs.db", "desktop.ini"})


def unpack(file: str, data: bytes, others: list[str] | None = None) -> list[tuple[str, bytes]]:
    """('archive.zip/folder/name.csv', bytes) of every member that may be a spreadsheet, in order; anything but an archive is itself.

    Folders, hidden files, lock files and what macOS adds are left out. ``others``, where given, receives the names of members that are
    surely something else, such as pictures; without it they are refused. An archive inside the archive is opened, one inside that is not.
    Errors: archive_holds_other, archive_locked, archive_too_large, archive_too_many, archive_too_deep, archive_empty, file_damaged.
    """
    if not _is_archive(file, data):
        return [(file, data)]
    surely_other: list[str] = []
    left = [MAX_UNPACKED_BYTES]
    found = list(_members(file, data, surely_other, left, nested=False))
    if others is None and surely_other:
        raise AmdashError("archive_holds_other", file=file, members=surely_other, names=", ".join(surely_other))
    if others is not None:
        others.extend(surely_other)
    if not found:
        raise AmdashError("archive_empty", file=file)
    return found


def _is_archive(file: str, data: bytes) -> bool:
    if data.startswith(_EMPTY_ZIP):
        return True
    try:
        return data.startswith(ZIP) and kind_of(file, data) is None
    except AmdashError:
        # A document or a broken zip: the reader says what it is.
        return False


def _members(file: str, data: bytes, others: list[str], left: list[int], nested: bool) -> Iterator[tuple[str, bytes]]:
    """The members of one archive. ``left``: the bytes that may still be unpacked, of this archive and those inside it together."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            wanted = [(name, entry) for entry in archive.infolist() if not _is_litter(name := _name(entry), entry)]
            if len(wanted) > _MOST_MEMBERS:
                raise AmdashError("archive_too_many", file=file, n=len(wanted))
            left[0] -= sum(entry.file_size for _, entry in wanted)
            if left[0] < 0:
                raise AmdashError("archive_too_large", file=file, megabytes=(MAX_UNPACKED_BYTES - left[0]) // 1024**2)
            if any(entry.flag_bits & _ENCRYPTED for _, entry in wanted):
                raise AmdashError("archive_locked", file=file)
            for name, entry in wanted:
                yield from _member(f"{file}/{name}", archive.read(entry), others, left, nested)
    except DAMAGED as error:
        raise AmdashError("file_damaged", file=file) from error


def _member(path: str, data: bytes, others: list[str], left: list[int], nested: bool) -> Iterator[tuple[str, bytes]]:
    try:
        signatures.refuse(path, data)
        is_archive = data.startswith(_EMPTY_ZIP) or (data.startswith(ZIP) and kind_of(path, data) is None)
    except AmdashError as error:
        if error.code == "file_damaged":
            raise
        others.append(path)
        return
    if not is_archive:
        yield path, data
    elif nested:
        raise AmdashError("archive_too_deep", file=path)
    else:
        yield from _members(path, data, others, left, nested=True)


def _name(entry: zipfile.ZipInfo) -> str:
    """The path inside the archive; Chinese Windows writes GBK without saying so."""
    name = entry.filename
    if not entry.flag_bits & _SAYS_UTF8:
        raw = name.encode("cp437", errors="replace")
        for encoding in ("utf-8", "gb18030"):
            try:
                name = raw.decode(encoding)
                break
            except UnicodeDecodeError:
                continue
    # A path that leads out of the archive is but a name here, and is shown as one.
    return "/".join(part for part in name.replace("\\", "/").split("/") if part not in ("", ".", ".."))


def _is_litter(name: str, entry: zipfile.ZipInfo) -> bool:
    parts = name.split("/")
    return (
        entry.is_dir()
        or not name
        or "__MACOSX" in parts
        or any(part.startswith(".") for part in parts)
        or parts[-1].startswith("~$")
        or parts[-1].lower() in _LITTER
    )
