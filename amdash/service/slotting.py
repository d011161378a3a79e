"""The accepted rows by the slots that they fill, and what each slot gains and loses by them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import pandas as pd

from amdash.errors import AmdashError
from amdash.ingest.reading import FileReading, Question, TableReading
from amdash.schema import TABLES, empty_frame, month_column
from amdash.service import corrections
from amdash.service.changes import RowChanges, compare
from amdash.service.preview import Doubt, Preview, Progress, SlotChange, repeats, shrinks
from amdash.service.series import resolve, stem_of
from amdash.service.workspace import Workspace
from amdash.store import NewFacts, Slot, SlotKey
from amdash.store.rows import SeriesRow

# Fewer rows than this may be lost or equal by chance.
_WORTH_ASKING = 4


@dataclass
class Placing:
    """The rows of an upload on their way into slots. ``name``: the series that a person named for all of it."""

    ws: Workspace
    ready: Preview
    name: str | None
    wishes: Mapping[str, str] = field(default_factory=dict)
    parts: dict[SlotKey, list[pd.DataFrame]] = field(default_factory=dict)
    _known: list[SeriesRow] = field(default_factory=list)
    _fed_by: dict[SlotKey, FileReading] = field(default_factory=dict)

    def run(self) -> dict[SlotKey, list[pd.DataFrame]]:
        """The accepted rows of every slot; a slot may be fed by several sheets of one file, never by two files.

        Errors: slot_twice where two files of one upload cover the same slot, those of corrections.
        """
        self._known = self.ws.store.series()
        for file in self.ready.files:
            parent = corrections.parent(self.ws, file) if file.corrects else None
            for sheet in file.sheets:
                for table in (one for one in sheet.tables if one.accepted and not one.skipped):
                    row = parent.series_of(sheet.sheet, table) if parent else self._series(file, table)
                    self._known = [item for item in self._known if (item.table, item.name) != (row.table, row.name)] + [row]
                    self.ready.series = [item for item in self.ready.series if (item.table, item.name) != (row.table, row.name)] + [row]
                    self.ready.placed.append({"file": file.file, "sheet": sheet.sheet, "table": table.table, "series": row.name})
                    self._place(file, table, row.name)
        return self.parts

    def _series(self, file: FileReading, table: TableReading) -> SeriesRow:
        name = self.name or self.wishes.get(file.file)
        if name and name != "new":
            return SeriesRow(table.table, name, stem_of(file.file), table.headers)
        return resolve(self._known, table.table, file.file, table.headers)

    def _place(self, file: FileReading, table: TableReading, series: str) -> None:
        months = month_column(TABLES[table.table], table.frame)
        for month, part in table.frame.groupby(months, sort=True):
            key = SlotKey(table.table, str(month), series)
            if self._fed_by.setdefault(key, file) is not file:
                raise AmdashError("slot_twice", file=file.file, other=self._fed_by[key].file, table=TABLES[key.table].title, month=key.month)
            self.parts.setdefault(key, []).append(part)


def compare_slots(ws: Workspace, ready: Preview, parts: dict[SlotKey, list[pd.DataFrame]], progress: Progress | None) -> None:
    """Fill the preview with what every slot gains and loses, the facts to store, and what is doubtful."""
    held = {slot.key: slot for slot in ws.store.slots(ready.revision)}
    touched = {(key.table, key.series) for key in parts}
    for table, series in touched:
        # Open deals are a picture of the moment: a newer sheet without any has closed them all.
        leftover = SlotKey(table, "", series)
        if TABLES[table].dated_by and leftover not in parts and leftover in held and held[leftover].rows:
            parts[leftover] = [empty_frame(TABLES[table])]
    fresh: dict[SlotKey, tuple[NewFacts, pd.DataFrame]] = {}
    for position, (key, frames) in enumerate(sorted(parts.items())):
        if progress:
            progress(position / len(parts), key.month)
        new = pd.concat(frames, ignore_index=True)
        facts = NewFacts.of(key, new)
        if key in held and held[key].digest == facts.digest:
            ready.confirmed.append(held[key].fact_id)
            ready.slots.append(SlotChange(key, held[key].rows, len(new), RowChanges(0, 0, 0, len(new))))
        else:
            fresh[key] = (facts, new)
    for key in corrections.outdated(held, fresh):
        fresh[key] = (NewFacts.of(key, empty_frame(TABLES[key.table])), empty_frame(TABLES[key.table]))
    for key, (facts, new) in sorted(fresh.items(), key=lambda item: item[0]):
        rows = compare(TABLES[key.table], frame_of(ws, key, held), new)
        ready.facts.append(facts)
        ready.doubts += doubts_of(ws, key, held, new)
        ready.slots.append(SlotChange(key, held[key].rows if key in held else 0, len(new), rows))
    ready.slots.sort(key=lambda slot: slot.key)
    seen = {slot.key for slot in ready.slots}
    ready.standing = [slot for key, slot in held.items() if slot.rows and key not in seen and (key.table, key.series) in touched]
    _ask_series(ready, held)


def doubts_of(ws: Workspace, key: SlotKey, held: Mapping[SlotKey, Slot], new: pd.DataFrame) -> Iterator[Doubt]:
    """What a person should say yes to: half of a month gone, or most of its rows standing in another series as well."""
    if key in held:
        if held[key].rows >= _WORTH_ASKING and len(new) < held[key].rows / 2 and key.month and not corrections.is_correction(key.series):
            yield shrinks(key, held[key].rows, len(new))
        return
    if len(new) < _WORTH_ASKING:
        return
    for other in held:
        if (other.table, other.month) == (key.table, key.month):
            same = compare(TABLES[key.table], frame_of(ws, other, held), new).unchanged
            if same >= len(new) / 2:
                yield repeats(key, same, len(new), other.series)


def _ask_series(ready: Preview, held: Mapping[SlotKey, Slot]) -> None:
    """A new sheet beside one with the same columns and months: another region's, or the same under another name?"""
    known = {(key.table, key.series) for key in held}
    headers = {(item.table, item.name): set(item.headers) for item in ready.series}
    for placed in ready.placed:
        own = (placed["table"], placed["series"])
        months = {slot.key.month for slot in ready.slots if (slot.key.table, slot.key.series) == own and slot.key.month}
        beside = sorted({key.series for key in held if key.table == own[0] and key.month in months and not corrections.is_correction(key.series)})
        if own in known or not beside or own not in headers or corrections.is_correction(own[1]):
            continue
        if any(doubt.key and (doubt.key.table, doubt.key.series) == own for doubt in ready.doubts):
            continue
        file = placed["file"]
        choices = (f"file:{file}=series:new", *(f"file:{file}=series:{name}" for name in beside))
        fields = {"file": file, "table": TABLES[own[0]].title, "other": ", ".join(beside)}
        ready.asked.append(Question("ask_series", placed["sheet"], choices, choices[0], fields))


def frame_of(ws: Workspace, key: SlotKey, held: Mapping[SlotKey, Slot]) -> pd.DataFrame:
    """The rows in force for a slot; none where nothing is held for it."""
    return frames_of(ws, [key], held)[key]


def frames_of(ws: Workspace, keys: Sequence[SlotKey], held: Mapping[SlotKey, Slot]) -> dict[SlotKey, pd.DataFrame]:
    """The rows in force for each slot, read at once; none where nothing is held for it."""
    rows = ws.store.slot_frames([held[key] for key in keys if key in held])
    found = {slot.key: frame for slot, frame in rows.items()}
    empty = {name: empty_frame(TABLES[name]) for name in {key.table for key in keys if key not in found}}
    return {key: found[key] if key in found else empty[key.table] for key in keys}
