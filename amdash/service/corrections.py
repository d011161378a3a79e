"""Refused rows and their way back: a workbook to correct, whose upload adds those rows alone."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from amdash.errors import AmdashError
from amdash.ingest.reading import FileReading, TableReading
from amdash.service.series import stem_of
from amdash.service.workspace import Workspace
from amdash.store import ImportRow, Slot, SlotKey
from amdash.store.rows import SeriesRow

# The corrected rows of import 5 of the sheet 'sales' are a series of their own beside it: 'sales +5'.
_CORRECTION = re.compile(r" \+(\d+)$")


@dataclass(frozen=True)
class Parent:
    """The import that a workbook of refused rows came from, and the file of it."""

    row: ImportRow
    file: str

    def series_of(self, sheet: str, table: TableReading) -> SeriesRow:
        """The series of the corrected rows, beside the one that the original sheet went into."""
        placed = [one for one in self.row.detail.get("placed", []) if one["table"] == table.table]
        found = (
            [one for one in placed if one["file"] == self.file and one["sheet"] == sheet]
            or [one for one in placed if one["sheet"] == sheet]
            or placed
        )
        base = found[0]["series"] if found else stem_of(self.file)
        name = f"{base} +{self.row.import_id}"
        # Its stem is no file's: next month's sheet must continue the sheet itself.
        return SeriesRow(table.table, name, name, table.headers)


def parent(ws: Workspace, file: FileReading) -> Parent:
    """The import that a file corrects. Errors: correction_orphaned where it was taken back or is not of this workspace."""
    wanted = file.corrects.get("import", "")
    row = next((row for row in ws.store.imports() if str(row.import_id) == wanted), None)
    if row is None or row.undone_revision is not None:
        raise AmdashError("correction_orphaned", file=file.file, import_id=wanted or "?")
    return Parent(row, file.corrects.get("file", ""))


def is_correction(series: str) -> bool:
    """Whether a series holds the corrected rows of another one."""
    return bool(_CORRECTION.search(series))


def base_of(series: str) -> str:
    """The series that the rows belong to: 'sales' for 'sales +5'."""
    return _CORRECTION.sub("", series)


def outdated(held: Mapping[SlotKey, Slot], replaced: Iterable[SlotKey]) -> list[SlotKey]:
    """The corrections of slots that come anew as a whole: the newer sheet holds those rows itself, or refuses them again."""
    whole = {key for key in replaced if not is_correction(key.series) and key in held}
    coming = set(replaced)
    return sorted(key for key, slot in held.items() if slot.rows and is_correction(key.series) and key not in coming and _whole_of(key) in whole)


def _whole_of(key: SlotKey) -> SlotKey:
    series = key.series
    while is_correction(series):
        series = base_of(series)
    return SlotKey(key.table, key.month, series)
