"""A workbook that is a zip: what kind it is, where its sheets are, and that unpacking it is safe."""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Literal
from xml.etree import ElementTree

from amdash.errors import AmdashError

# A workbook that unpacks to more than this is no sheet a small business keeps.
MAX_UNPACKED_BYTES = 1024**3
# Where a workbook lists its sheets; more of it than this is no list of sheets.
_MAX_LIST_BYTES = 32 * 1024**2
_CHUNK = 4 * 1024**2
_SHEET_PART = re.compile(r"xl/worksheets/[^/]+\.(xml|bin)")
_READ_WHOLE = re.compile(r"xl/(sharedstrings|styles)\.(xml|bin)|styles\.xml|settings\.xml|xl/(worksheets/_rels/.*|tables/.*)")
_ELSEWHERE = {
    "word/": "file_is_document",
    "ppt/": "file_is_document",
    "index/document.iwa": "file_is_numbers",
    "index.zip": "file_is_numbers",
    "content.opf": "file_is_document",
}
_DOCUMENTS = {b"application/vnd.oasis.opendocument.text", b"application/vnd.oasis.opendocument.presentation", b"application/epub+zip"}
DAMAGED = (zipfile.BadZipFile, NotImplementedError, OSError, EOFError, ValueError, RuntimeError, LookupError, zlib.error, ElementTree.ParseError)
Kind = Literal["xlsx", "xlsb", "ods"]


@dataclass(frozen=True)
class Package:
    """``kind`` of workbook; ``members``: name in small letters -> entry; ``archive`` open for reading."""

    file: str
    kind: Kind
    archive: zipfile.ZipFile
    members: dict[str, zipfile.ZipInfo]

    def part(self, name: str) -> bytes:
        """A small member whole. Errors: file_damaged where it is missing or no list of anything."""
        entry = self.members.get(name.lower())
        if entry is None or entry.file_size > _MAX_LIST_BYTES:
            raise AmdashError("file_damaged", file=self.file)
        return self.archive.read(entry)

    def sheet_parts(self) -> list[zipfile.ZipInfo]:
        """Every member that holds a sheet, whether or not the workbook lists it."""
        listed = {target.lower() for target in self.targets().values()}
        return [entry for name, entry in self.members.items() if _SHEET_PART.fullmatch(name) or (name in listed and "sheet" in name)]

    def targets(self) -> dict[str, str]:
        """Relation of the workbook -> member, as its list of relations says."""
        suffix = "bin" if self.kind == "xlsb" else "xml"
        return {
            item.get("Id", ""): posixpath.normpath(posixpath.join("/xl", item.get("Target", ""))).lstrip("/")
            for item in ElementTree.fromstring(self.part(f"xl/_rels/workbook.{suffix}.rels"))  # noqa: S314 - expat limits entities, none is external
        }


def sheet_list(package: Package) -> list[tuple[str, str]]:
    """(name, relation) of every sheet that workbook.xml lists, in order."""
    root = ElementTree.fromstring(package.part("xl/workbook.xml"))  # noqa: S314 - expat limits entities, none is external
    return [
        (item.get("name", ""), next((value for name, value in item.items() if _local(name) == "id"), ""))
        for item in root.iter()
        if _local(item.tag) == "sheet"
    ]


def _local(name: str) -> str:
    return name.rpartition("}")[2]


@contextmanager
def opened(file: str, data: bytes) -> Iterator[Package]:
    """The package behind these bytes, checked before anything unpacks it whole.

    Errors: file_too_large, file_damaged, file_locked_elsewhere, and what kind of file it is where it is no workbook.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = archive.infolist()
            unpacked = sum(item.file_size for item in entries)
            if unpacked > MAX_UNPACKED_BYTES:
                raise AmdashError("file_too_large", file=file, megabytes=unpacked // 1024**2)
            members = {item.filename.replace("\\", "/").lower(): item for item in entries}
            kind = _kind(file, archive, members)
            # Two readers may each take another one of two members with the same name.
            if len(members) < len(entries):
                raise AmdashError("file_damaged", file=file)
            _prove(archive, [entry for name, entry in members.items() if _READ_WHOLE.fullmatch(name)])
            yield Package(file, kind, archive, members)
    except DAMAGED as error:
        raise AmdashError("file_damaged", file=file) from error


def kind_of(file: str, data: bytes) -> Kind | None:
    """Which workbook a zip holds; None for an archive of other files. Errors: those of opened."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return _kind(file, archive, {item.filename.replace("\\", "/").lower(): item for item in archive.infolist()})
    except AmdashError as error:
        if error.code == "file_is_archive":
            return None
        raise
    except DAMAGED as error:
        raise AmdashError("file_damaged", file=file) from error


def _kind(file: str, archive: zipfile.ZipFile, members: dict[str, zipfile.ZipInfo]) -> Kind:
    if "xl/workbook.xml" in members:
        return "xlsx"
    if "xl/workbook.bin" in members:
        return "xlsb"
    mimetype = archive.read(members["mimetype"]).strip()[:200] if "mimetype" in members and members["mimetype"].file_size < 1000 else b""
    if mimetype in _DOCUMENTS:
        raise AmdashError("file_is_document", file=file)
    if "content.xml" in members and (b"spreadsheet" in mimetype or not mimetype):
        return "ods"
    for name in members:
        for start, code in _ELSEWHERE.items():
            if name.startswith(start):
                raise AmdashError(code, file=file)
    raise AmdashError("file_not_spreadsheet" if "[content_types].xml" in members else "file_is_archive", file=file)


def _prove(archive: zipfile.ZipFile, entries: list[zipfile.ZipInfo]) -> None:
    """Read through these members: one that unpacks to more than it says fails here, not in a reader that believes it."""
    for entry in entries:
        with archive.open(entry) as stream:
            while stream.read(_CHUNK):
                continue
