"""Facts again from the originals: what is stored is what the files say, and can be made anew from them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from amdash.errors import AmdashError
from amdash.ingest.reader import Hints
from amdash.ingest.reading import FileReading
from amdash.schema import TABLES, empty_frame, month_column
from amdash.service import access, imports
from amdash.service.preview import Progress, Upload
from amdash.service.workspace import OWNER, Workspace
from amdash.store import ImportRow, NewFacts, SlotKey


@dataclass(frozen=True)
class Rebuilt:
    """An import read again. ``same``: facts that say the same as before; ``other``: slots that the files now give otherwise."""

    import_id: int
    same: int
    other: tuple[SlotKey, ...] = ()
    error: AmdashError | None = None


@dataclass(frozen=True)
class Rebuild:
    """All imports read again. ``revision``: the new one, where facts that say something else were stored."""

    imports: tuple[Rebuilt, ...]
    revision: int | None = None

    @property
    def identical(self) -> bool:
        return not any(one.other or one.error for one in self.imports)


def rebuild(ws: Workspace, *, exchange: bool = False, passwords: Sequence[str] = (), progress: Progress | None = None, actor: str = OWNER) -> Rebuild:
    """Read every original again as it was read then, and write the facts anew, each in its place.

    Facts that come out otherwise (this version of amdash understands more than the one of then) are only reported, or stored as
    a new revision with ``exchange``. An original that cannot be read, such as one whose password is needed, is reported.
    """
    access.ask(actor, "write")
    same: dict[int, bytes] = {}
    other: dict[int, NewFacts] = {}
    results = []
    rows = sorted(ws.store.imports(), key=lambda one: one.import_id)
    for position, row in enumerate(rows):
        if progress:
            progress(position / len(rows), ", ".join(name for name, _ in row.files))
        try:
            parts = _parts(row, _read(ws, row, passwords))
        except AmdashError as error:
            results.append(Rebuilt(row.import_id, 0, error=error))
            continue
        differing = []
        stored = ws.store.facts_of(row.import_id)
        for held in stored:
            new = NewFacts.of(held.key, parts.get(held.key, empty_frame(TABLES[held.key.table])))
            if new.digest == held.digest:
                same[held.fact_id] = new.parquet
            else:
                other[held.fact_id] = new
                differing.append(held.key)
        results.append(Rebuilt(row.import_id, len(stored) - len(differing), tuple(differing)))
    revision = ws.store.rebuild(same, other if exchange else {}, actor=actor, at=ws.now())
    if progress:
        progress(1.0, "")
    return Rebuild(tuple(results), revision)


def _read(ws: Workspace, row: ImportRow, passwords: Sequence[str]) -> list[FileReading]:
    """The files of an import, read with what was known then."""
    uploads = [Upload(name, ws.store.original(sha256)) for name, sha256 in row.files]
    readings = imports.check(
        uploads,
        row.at.date(),
        tuple(row.detail.get("mapping", ())),
        hints=Hints(tuple(passwords), encoding=row.detail.get("encoding")),
        remembered=ws.store.decisions(before=row.import_id),
        people=imports.people_of(ws, row.revision - 1),
    )
    left_out = set(row.detail.get("left_out", ()))
    failed = next((reading.error for reading in readings if reading.error and reading.file not in left_out), None)
    if failed:
        raise failed
    return readings


def _parts(row: ImportRow, readings: list[FileReading]) -> Mapping[SlotKey, pd.DataFrame]:
    """The rows by slot, in the series that they went into then."""
    placed = {(one["file"], one["sheet"], one["table"]): one["series"] for one in row.detail.get("placed", ())}
    by_table: dict[str, set[str]] = {}
    for one in row.detail.get("slots", ()):
        by_table.setdefault(one["table"], set()).add(one["series"])
    frames: dict[SlotKey, list[pd.DataFrame]] = {}
    for file in readings:
        for sheet in file.sheets:
            for table in (one for one in sheet.tables if one.accepted and not one.skipped):
                series = placed.get((file.file, sheet.sheet, table.table)) or min(by_table.get(table.table, {""}))
                months = month_column(TABLES[table.table], table.frame)
                for month, part in table.frame.groupby(months, sort=True):
                    frames.setdefault(SlotKey(table.table, str(month), series), []).append(part)
    return {key: pd.concat(parts, ignore_index=True) for key, parts in frames.items()}
