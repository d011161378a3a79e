"""Uploading: check, preview, confirm, history, undo."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

import pandas as pd

from amdash.errors import AmdashError, Issue
from amdash.ingest.preview import FileReading, read_file
from amdash.schema import TABLES, empty_frame, month_column
from amdash.service import access
from amdash.service.changes import RowChanges, compare
from amdash.service.series import resolve, stem_of
from amdash.service.workspace import OWNER, Workspace
from amdash.store import ImportRow, NewFacts, Slot, SlotKey
from amdash.store.ledger import SeriesRow

Progress = Callable[[float, str], None]
# Fewer rows than this may be lost or equal by chance.
_WORTH_ASKING = 4
Action = Literal["new", "replaced", "unchanged"]


@dataclass(frozen=True)
class Upload:
    """A file as it came: its name and its bytes."""

    name: str
    data: bytes


@dataclass(frozen=True)
class SlotChange:
    """What one slot gains, changes and loses. ``month`` is '' for lists and undated rows."""

    key: SlotKey
    before: int
    after: int
    rows: RowChanges

    @property
    def action(self) -> Action:
        if self.rows.nothing:
            return "unchanged"
        return "replaced" if self.before else "new"


@dataclass(frozen=True)
class Doubt:
    """Something that is probably not meant: a month that loses most of its rows, or rows that stand in another sheet already.

    ``code``: slot_shrinks or slot_repeats. ``other``: the series in which the rows stand.
    """

    code: str
    key: SlotKey
    before: int
    after: int
    other: str = ""

    @property
    def fields(self) -> dict[str, str | int]:
        return {"table": TABLES[self.key.table].title, "month": self.key.month, "before": self.before, "after": self.after, "other": self.other}


@dataclass
class Preview:
    """Everything a person needs to decide, and everything needed to store it.

    ``revision``: the one it was compared with. ``confirmed``: facts in force that the files bring again.
    ``standing``: the other months of the same sheets, which stay as they are.
    """

    files: list[FileReading]
    revision: int
    slots: list[SlotChange] = field(default_factory=list)
    standing: list[Slot] = field(default_factory=list)
    facts: list[NewFacts] = field(default_factory=list)
    confirmed: list[int] = field(default_factory=list)
    doubts: list[Doubt] = field(default_factory=list)
    series: list[SeriesRow] = field(default_factory=list)
    mapping: tuple[str, ...] = ()

    @property
    def accepted(self) -> int:
        return sum(table.accepted for file in self.files for sheet in file.sheets for table in sheet.tables)

    @property
    def refused(self) -> int:
        return sum(table.refused for file in self.files for sheet in file.sheets for table in sheet.tables)

    @property
    def issues(self) -> list[Issue]:
        return [issue for file in self.files for sheet in file.sheets for issue in sheet.issues]

    @property
    def changes_nothing(self) -> bool:
        return all(slot.rows.nothing for slot in self.slots)


@dataclass(frozen=True)
class Outcome:
    """What a confirmed import or an undo did. ``import_id`` is None where there was nothing to change."""

    import_id: int | None
    revision: int
    slots: tuple[SlotChange, ...] = ()


def check(uploads: Sequence[Upload], today: dt.date, mapping: Sequence[str] = (), progress: Progress | None = None) -> list[FileReading]:
    """Recognise and validate; compares with nothing and stores nothing. Errors: those of reading a file."""
    readings = []
    for position, upload in enumerate(uploads):
        if progress:
            progress(position / len(uploads), upload.name)
        readings.append(read_file(upload.name, upload.data, today, mapping))
    return readings


def preview(
    ws: Workspace,
    uploads: Sequence[Upload],
    *,
    mapping: Sequence[str] = (),
    series: str | None = None,
    progress: Progress | None = None,
    actor: str = OWNER,
) -> Preview:
    """Check the files and compare them with the workspace, slot by slot. Stores nothing.

    Errors: those of check, nothing_understood where no file holds a table, slot_twice where two files of one upload cover the same slot.
    """
    access.ask(actor, "read")
    reading = (lambda share, what: progress(share * 0.7, what)) if progress else None
    result = Preview(check(uploads, ws.now().date(), mapping, reading), ws.revision(), mapping=tuple(mapping))
    if not any(table.accepted for file in result.files for sheet in file.sheets for table in sheet.tables):
        raise AmdashError("nothing_understood", files=[upload.name for upload in uploads], issues=result.issues)
    _compare_slots(ws, result, _by_slot(ws, result, series), progress)
    if progress:
        progress(1.0, "")
    return result


def confirm(ws: Workspace, ready: Preview, *, actor: str = OWNER) -> Outcome:
    """Store a previewed import in one transaction; where it changes nothing, nothing is stored.

    Errors: workspace_changed when something else was stored since the preview.
    """
    access.ask(actor, "write")
    if ready.changes_nothing:
        if ws.revision() != ready.revision:
            raise AmdashError("workspace_changed", expected=ready.revision, newest=ws.revision())
        return Outcome(None, ready.revision, tuple(ready.slots))
    detail = {
        "mapping": list(ready.mapping),
        "accepted": ready.accepted,
        "refused": ready.refused,
        "slots": [{"table": slot.key.table, "month": slot.key.month or None, "series": slot.key.series, **vars(slot.rows)} for slot in ready.slots],
    }
    import_id, revision = ws.store.add_import(
        actor=actor,
        at=ws.now(),
        expected_revision=ready.revision,
        files=[(file.file, file.sha256, file.data) for file in ready.files],
        new=ready.facts,
        confirmed=ready.confirmed,
        series=ready.series,
        detail=detail,
    )
    return Outcome(import_id, revision, tuple(ready.slots))


def history(ws: Workspace, *, actor: str = OWNER) -> list[ImportRow]:
    """Who imported what, when, at which revision; newest first."""
    access.ask(actor, "read")
    return ws.store.imports()


def undo(ws: Workspace, import_id: int, *, actor: str = OWNER) -> Outcome:
    """Take an import back, also one that is not the latest. Errors: import_unknown, import_undone_already."""
    access.ask(actor, "write")
    before = {slot.key: slot for slot in ws.store.slots()}
    revision = ws.store.undo_import(import_id, actor=actor, at=ws.now())
    after = {slot.key: slot for slot in ws.store.slots(revision)}
    moved = [key for key in sorted(before | after) if before.get(key) != after.get(key)]
    frames = [(key, _frame_of(ws, key, before), _frame_of(ws, key, after)) for key in moved]
    changes = tuple(SlotChange(key, len(old), len(new), compare(TABLES[key.table], old, new)) for key, old, new in frames)
    return Outcome(import_id, revision, changes)


def _by_slot(ws: Workspace, ready: Preview, name: str | None) -> dict[SlotKey, list[pd.DataFrame]]:
    """The accepted rows of every slot; a slot may be fed by several sheets of one file, never by two files."""
    known = ws.store.series()
    found: dict[SlotKey, list[pd.DataFrame]] = {}
    fed_by: dict[SlotKey, FileReading] = {}
    for file in ready.files:
        for table in (table for sheet in file.sheets for table in sheet.tables if table.accepted):
            row = SeriesRow(table.table, name, stem_of(file.file), table.headers) if name else resolve(known, table.table, file.file, table.headers)
            known = [item for item in known if (item.table, item.name) != (row.table, row.name)] + [row]
            ready.series = [item for item in ready.series if (item.table, item.name) != (row.table, row.name)] + [row]
            months = month_column(TABLES[table.table], table.frame)
            for month, part in table.frame.groupby(months, sort=True):
                key = SlotKey(table.table, str(month), row.name)
                if fed_by.setdefault(key, file) is not file:
                    raise AmdashError("slot_twice", file=file.file, other=fed_by[key].file, table=TABLES[key.table].title, month=key.month)
                found.setdefault(key, []).append(part)
    return found


def _compare_slots(ws: Workspace, ready: Preview, parts: dict[SlotKey, list[pd.DataFrame]], progress: Progress | None) -> None:
    held = {slot.key: slot for slot in ws.store.slots(ready.revision)}
    touched = {(key.table, key.series) for key in parts}
    for table, series in touched:
        # Open deals are a picture of the moment: a newer sheet without any has closed them all.
        leftover = SlotKey(table, "", series)
        if leftover not in parts and leftover in held and held[leftover].rows:
            parts[leftover] = [empty_frame(TABLES[table])]
    ready.standing = [slot for key, slot in held.items() if slot.rows and key not in parts and (key.table, key.series) in touched]
    for position, (key, frames) in enumerate(sorted(parts.items())):
        if progress:
            progress(0.7 + 0.3 * position / len(parts), key.month)
        new = pd.concat(frames, ignore_index=True)
        facts = NewFacts.of(key, new)
        if key in held and held[key].digest == facts.digest:
            rows = RowChanges(0, 0, 0, len(new))
            ready.confirmed.append(held[key].fact_id)
        else:
            rows = compare(TABLES[key.table], _frame_of(ws, key, held), new)
            ready.facts.append(facts)
            ready.doubts += _doubts(ws, key, held, new)
        ready.slots.append(SlotChange(key, held[key].rows if key in held else 0, len(new), rows))


def _doubts(ws: Workspace, key: SlotKey, held: Mapping[SlotKey, Slot], new: pd.DataFrame) -> Iterator[Doubt]:
    """What a person should say yes to: half of a month gone, or most of its rows standing in another series as well."""
    if key in held:
        if held[key].rows >= _WORTH_ASKING and len(new) < held[key].rows / 2 and key.month:
            yield Doubt("slot_shrinks", key, held[key].rows, len(new))
        return
    if len(new) < _WORTH_ASKING:
        return
    for other in held:
        if (other.table, other.month) == (key.table, key.month):
            same = compare(TABLES[key.table], _frame_of(ws, other, held), new).unchanged
            if same >= len(new) / 2:
                yield Doubt("slot_repeats", key, same, len(new), other.series)


def _frame_of(ws: Workspace, key: SlotKey, held: Mapping[SlotKey, Slot]) -> pd.DataFrame:
    """The rows in force for a slot; none where nothing is held for it."""
    if key not in held:
        return empty_frame(TABLES[key.table])
    return ws.store.frames([held[key]])[key.table].drop(columns="import_id")
