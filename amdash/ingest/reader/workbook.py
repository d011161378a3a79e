"""A workbook to sheets: the values through calamine, what calamine leaves out from the file's own records."""

from __future__ import annotations

import gc
import io
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import partial

import python_calamine

from amdash.errors import AmdashError
from amdash.ingest.reader import biff, opendocument, sheetxml, xlsb
from amdash.ingest.reader.details import Details, is_error
from amdash.ingest.reader.package import Package, opened, sheet_list
from amdash.ingest.sheet import CellError, Merge, Row, Sheet

_ODS_ENCRYPTED = b"manifest:encryption-data"


def from_package(file: str, data: bytes) -> list[Sheet]:
    """The sheets of an .xlsx, .xlsm, .xlsb or .ods; macros are never looked at.

    Errors: file_damaged, file_too_large, sheet_reaches_too_far, file_locked_elsewhere, workbook_without_sheet, and what else a zip may be.
    """
    with opened(file, data) as package:
        if package.kind == "ods":
            return _read(file, data, _of_ods(package), texts_are_errors=True)
        details: dict[str | int, Details] = {name: _of_part(package, part) for name, part in _listed(package)}
        # A sheet that the workbook does not list is still one that a reader may open.
        known = {part.lower() for _, part in _listed(package)}
        for entry in package.sheet_parts():
            if entry.filename.lower() not in known:
                _of_part(package, entry.filename)
        return _read(file, data, details)


def from_compound(file: str, data: bytes) -> list[Sheet]:
    """The sheets of an .xls (BIFF5, BIFF8). Errors: file_damaged, workbook_without_sheet, and what else a compound file may be."""
    return _read(file, data, dict(enumerate(biff.scan(file, biff.stream(file, data)))))


def _listed(package: Package) -> list[tuple[str, str]]:
    """(sheet, member) in the order of the workbook."""
    targets = package.targets()
    listed = xlsb.sheet_relations(package.file, package.part("xl/workbook.bin")) if package.kind == "xlsb" else sheet_list(package)
    return [(name, targets[relation]) for name, relation in listed if targets.get(relation, "").lower() in package.members]


def _of_part(package: Package, part: str) -> Details:
    entry = package.members[part.lower()]
    if package.kind == "xlsb" or part.lower().endswith(".bin"):
        return xlsb.scan(package.file, package.archive.read(entry))
    return sheetxml.scan(package.file, partial(package.archive.open, entry))


def _of_ods(package: Package) -> dict[str | int, Details]:
    if "meta-inf/manifest.xml" in package.members and _ODS_ENCRYPTED in package.part("META-INF/manifest.xml"):
        raise AmdashError("file_locked_elsewhere", file=package.file)
    with package.archive.open(package.members["content.xml"]) as stream:
        opendocument.prove(package.file, stream)
    with package.archive.open(package.members["content.xml"]) as stream:
        return dict(opendocument.scan(package.file, stream))


def _read(file: str, data: bytes, details: Mapping[str | int, Details], texts_are_errors: bool = False) -> list[Sheet]:
    with _trouble_said(file):
        book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
        sheets = [
            _sheet(file, book.get_sheet_by_index(number), meta, details.get(meta.name) or details.get(number) or Details(), texts_are_errors)
            for number, meta in enumerate(book.sheets_metadata)
            if meta.typ == python_calamine.SheetTypeEnum.WorkSheet
        ]
    if not sheets:
        raise AmdashError("workbook_without_sheet", file=file)
    return sheets


@contextmanager
def _trouble_said(file: str) -> Iterator[None]:
    """What goes wrong inside the fast reader, in our words."""
    try:
        yield
    except python_calamine.PasswordError as error:
        raise AmdashError("file_locked", file=file) from error
    except (python_calamine.CalamineError, OSError, ValueError, OverflowError) as error:
        raise AmdashError("file_damaged", file=file) from error
    except BaseException as error:
        # A panic of the compiled reader is no Exception, and has no class that could be imported.
        if type(error).__name__ != "PanicException":
            raise
        raise AmdashError("file_damaged", file=file) from error


def _sheet(file: str, sheet: python_calamine.CalamineSheet, meta: python_calamine.SheetMetadata, details: Details, texts_are_errors: bool) -> Sheet:
    if sheet.end is not None:
        # It pads the sheet up to A1, which the records of the cells alone may not have told.
        Details().reach(file, sheet.end[0] + 1, sheet.end[1])
    rows = _grid(sheet)
    if texts_are_errors:
        for row in rows:
            row[:] = [CellError(value) if type(value) is str and is_error(value) else value for value in row]
    for (number, column), value in details.instead.items():
        rows.extend([] for _ in range(number - len(rows)))
        row = rows[number - 1]
        row.extend([None] * (column + 1 - len(row)))
        row[column] = value or None
    merged = details.merged or [Merge(first[0] + 1, first[1], last[0] + 1, last[1]) for first, last in sheet.merged_cell_ranges or ()]
    rows = trimmed(rows)
    hidden = frozenset(number for number in details.hidden if number <= len(rows))
    return Sheet(details.name or meta.name, rows, meta.visible != python_calamine.SheetVisibleEnum.Visible, merged=tuple(merged), hidden_rows=hidden)


def _grid(sheet: python_calamine.CalamineSheet) -> list[Row]:
    # The collector would walk millions of fresh cells over and over and free none: a third of the time.
    collecting = gc.isenabled()
    gc.disable()
    try:
        rows: list[Row] = sheet.to_python(skip_empty_area=False)
        # Row by row in place: a second grid beside the first would double the memory.
        for number, row in enumerate(rows):
            rows[number] = [None if type(value) is str and not value.strip() else value for value in row]
        return rows
    finally:
        if collecting:
            gc.enable()


def trimmed(rows: list[Row]) -> list[Row]:
    """Without the empty rows at the end; those above and between keep the row numbers right."""
    last = len(rows)
    while last and all(value is None for value in rows[last - 1]):
        last -= 1
    return rows[:last]
