"""Uploading: check, preview, confirm, history, undo."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from amdash.errors import AmdashError
from amdash.ingest import decisions, reader
from amdash.ingest.preview import read_file
from amdash.ingest.reader import NO_HINTS, Hints
from amdash.ingest.reading import FileReading, TableReading, Unplaced
from amdash.schema import TABLES
from amdash.service import access, slotting
from amdash.service.changes import compare
from amdash.service.preview import Doubt, NothingUnderstood, Outcome, Preview, Progress, SlotChange, Upload
from amdash.service.workspace import OWNER, Workspace
from amdash.store import ImportRow, Slot

_NOTHING: Mapping[str, Sequence[str]] = {}
# Confirming a preview accepts these guesses for the next sheet of the kind too; the order of a date is judged anew each time.
_REMEMBERED = frozenset({"ask_column", "ask_guess", "ask_fill", "ask_scale", "ask_percent"})


def check(
    uploads: Sequence[Upload],
    today: dt.date,
    mapping: Sequence[str] = (),
    progress: Progress | None = None,
    *,
    hints: Hints = NO_HINTS,
    remembered: Mapping[str, Sequence[str]] = _NOTHING,
    people: frozenset[str] = frozenset(),
) -> list[FileReading]:
    """Recognise and validate; compares with nothing and stores nothing. A file that cannot be read carries its error.

    Errors: those of decisions, mapping_column_missing where a decision names no column of any file, and the error of the file
    where there is only one.
    """
    decided = decisions.parse(mapping)
    members = [member for upload in uploads for member in _unpacked(upload)]
    readings = []
    sizes = [len(data) + 1 for _, data, _ in members]
    for position, (name, data, error) in enumerate(members):
        tick = _part(progress, sum(sizes[:position]) / sum(sizes), sizes[position] / sum(sizes), name)
        readings.append(
            _read(
                name,
                data,
                error,
                lambda name=name, data=data, tick=tick: read_file(  # type: ignore[misc]
                    name, data, today, mapping, hints=hints, remembered=remembered, people=people, progress=tick
                ),
            )
        )
    if len(readings) == 1 and readings[0].error:
        raise readings[0].error
    _refuse_unused(decided, readings)
    return readings


def _unpacked(upload: Upload) -> list[tuple[str, bytes, AmdashError | None]]:
    """The spreadsheets of an upload: itself, or those of an archive."""
    try:
        return [(name, data, None) for name, data in reader.unpack(upload.name, upload.data)]
    except AmdashError as error:
        return [(upload.name, upload.data, error)]


def _read(name: str, data: bytes, error: AmdashError | None, attempt: Callable[[], FileReading]) -> FileReading:
    if error is None:
        try:
            return attempt()
        except AmdashError as caught:
            if "mapping" in caught.code:
                raise
            error = caught
    return FileReading(name, "", data, [], error=error)


def _part(progress: Progress | None, start: float, share: float, name: str) -> Callable[[float], None] | None:
    if progress is None:
        return None
    progress(start, name)
    return lambda done: progress(start + share * done, name)


def _refuse_unused(decided: Sequence[decisions.Decision], readings: Sequence[FileReading]) -> None:
    """A decision about a column that no sheet has is a slip of the pen, and must not pass for a decision."""
    sheets = [sheet for file in readings for sheet in file.sheets]
    tables = [table for sheet in sheets for table in sheet.tables]
    parts: list[TableReading | Unplaced] = []
    for sheet in sheets:
        parts += [*sheet.tables, *sheet.unplaced]
    used = {text for part in parts for text in part.decisions}
    for one in decided:
        if one.of_a_column and tables and one.text not in used:
            every = [*(column for part in parts for column in part.columns), *(column for sheet in sheets for column in sheet.unused)]
            known = sorted({column.header for column in every})
            raise AmdashError("mapping_column_missing", column=one.subject, found=", ".join(known))


def preview(
    ws: Workspace,
    uploads: Sequence[Upload],
    *,
    mapping: Sequence[str] = (),
    series: str | None = None,
    hints: Hints = NO_HINTS,
    progress: Progress | None = None,
    actor: str = OWNER,
) -> Preview:
    """Check the files and compare them with the workspace, slot by slot. Stores nothing.

    Errors: those of check, nothing_understood where no file holds a table, slot_twice where two files of one upload cover the same slot.
    """
    access.ask(actor, "read")
    reading = (lambda share, what: progress(share * 0.8, what)) if progress else None
    known: dict[str, Any] = {"hints": hints, "remembered": ws.store.decisions(), "people": people_of(ws)}
    result = Preview(check(uploads, ws.now().date(), mapping, reading, **known), ws.revision(), list(uploads), mapping=tuple(mapping))
    result.encoding = hints.encoding
    if not result.accepted:
        raise NothingUnderstood(result)
    wishes = decisions.series_of_files(decisions.parse(mapping))
    parts = slotting.Placing(ws, result, series, wishes).run()
    slotting.compare_slots(ws, result, parts, (lambda share, what: progress(0.8 + share * 0.2, what)) if progress else None)
    result.doubts += _doubts(result)
    if progress:
        progress(1.0, "")
    return result


def people_of(ws: Workspace, revision: int | None = None) -> frozenset[str]:
    """The names of the account managers that a list or any sheet has named so far."""
    if not (ws.revision() if revision is None else revision):
        return frozenset()
    tables = ws.tables(revision)
    return frozenset(name for table, column in (("managers", "name"), ("sales", "manager")) for name in tables[table][column].dropna().unique())


def _doubts(ready: Preview) -> list[Doubt]:
    copies = [question for question in ready.questions if question.code == "ask_copy" and question.guess not in ready.mapping]
    found = [Doubt("sheet_is_copy", dict(question.fields)) for question in copies]
    return found + [Doubt("file_left_out", {"file": file, "error": error}) for file, error in ready.errors]


def confirm(ws: Workspace, ready: Preview, *, actor: str = OWNER) -> Outcome:
    """Store a previewed import in one transaction; where it changes nothing, nothing is stored.

    Errors: workspace_changed when something else was stored since the preview.
    """
    access.ask(actor, "write")
    if ready.changes_nothing:
        if ws.revision() != ready.revision:
            raise AmdashError("workspace_changed", expected=ready.revision, newest=ws.revision())
        return Outcome(None, ready.revision, tuple(ready.slots))
    import_id, revision = ws.store.add_import(
        actor=actor,
        at=ws.now(),
        expected_revision=ready.revision,
        files=[(upload.name, hashlib.sha256(upload.data).hexdigest(), upload.data) for upload in ready.uploads],
        new=ready.facts,
        confirmed=ready.confirmed,
        series=ready.series,
        detail=_detail(ready),
        decided=_to_remember(ready),
    )
    return Outcome(import_id, revision, tuple(ready.slots))


def _detail(ready: Preview) -> dict[str, Any]:
    """What the history and a rebuild need to know of an import."""
    corrected = next((int(file.corrects["import"]) for file in ready.files if file.corrects), None)
    return {
        "mapping": list(ready.mapping),
        "encoding": ready.encoding,
        "corrects": corrected,
        "accepted": ready.accepted,
        "refused": ready.refused,
        "placed": ready.placed,
        "refused_by_slot": _refused_by_slot(ready),
        "left_out": [file for file, _ in ready.errors],
        "slots": [{"table": slot.key.table, "month": slot.key.month or None, "series": slot.key.series, **vars(slot.rows)} for slot in ready.slots],
    }


def _refused_by_slot(ready: Preview) -> list[dict[str, Any]]:
    """How many rows were refused of each month of each recurring sheet; month null where the rows do not tell."""
    series = {(one["file"], one["sheet"], one["table"]): one["series"] for one in ready.placed}
    refused: Counter[tuple[str, str, str]] = Counter()
    for file in ready.files:
        for sheet in file.sheets:
            for table in (one for one in sheet.tables if not one.skipped):
                for month, n in table.refused_months.items():
                    refused[table.table, month, series.get((file.file, sheet.sheet, table.table), "")] += n
    return [{"table": table, "month": month or None, "series": name, "refused": n} for (table, month, name), n in sorted(refused.items())]


def _to_remember(ready: Preview) -> dict[str, list[str]]:
    """Scope -> what was decided of the sheet, or accepted as guessed."""
    made: dict[str, list[str]] = {}
    for file in ready.files:
        for sheet in file.sheets:
            guesses = [question.guess for question in sheet.questions if question.code in _REMEMBERED]
            for table in sheet.tables[:1]:
                texts = dict.fromkeys([*table.decisions, *guesses])
                if texts:
                    made[table.scope] = list(texts)
    return made


def history(ws: Workspace, *, actor: str = OWNER) -> list[ImportRow]:
    """Who imported what, when, at which revision; newest first."""
    access.ask(actor, "read")
    return ws.store.imports()


def undo(ws: Workspace, import_id: int, *, actor: str = OWNER) -> Outcome:
    """Take an import back, also one that is not the latest, with the corrections of it. Errors: import_unknown, import_undone_already."""
    access.ask(actor, "write")
    return _undo(ws, import_id, actor, rehearse=False)[0]


def undo_preview(ws: Workspace, import_id: int, *, actor: str = OWNER) -> tuple[Outcome, list[Slot]]:
    """What taking an import back would do, and the slots that would then be in force; nothing is changed. Errors: as undo."""
    access.ask(actor, "read")
    return _undo(ws, import_id, actor, rehearse=True)


def _undo(ws: Workspace, import_id: int, actor: str, *, rehearse: bool) -> tuple[Outcome, list[Slot]]:
    before = {slot.key: slot for slot in ws.store.slots()}
    also = _corrections_of(ws.store.imports(), import_id)
    revision, held = ws.store.undo_import(import_id, also=also, actor=actor, at=ws.now(), rehearse=rehearse)
    after = {slot.key: slot for slot in held}
    moved = [key for key in sorted(before | after) if before.get(key) != after.get(key)]
    old, new = slotting.frames_of(ws, moved, before), slotting.frames_of(ws, moved, after)
    changes = tuple(SlotChange(key, len(old[key]), len(new[key]), compare(TABLES[key.table], old[key], new[key])) for key in moved)
    return Outcome(import_id, revision, changes, also), held


def _corrections_of(rows: Sequence[ImportRow], import_id: int) -> list[int]:
    """The standing imports that correct an import, and those that correct them."""
    found: list[int] = []
    for row in sorted(rows, key=lambda one: one.import_id):
        if row.undone_revision is None and row.detail.get("corrects") in (import_id, *found):
            found.append(row.import_id)
    return found


__all__ = [
    "Doubt",
    "NothingUnderstood",
    "Outcome",
    "Preview",
    "Progress",
    "SlotChange",
    "Upload",
    "check",
    "confirm",
    "history",
    "people_of",
    "preview",
    "undo",
    "undo_preview",
]
