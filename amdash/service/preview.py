"""What a person decides on before an upload is stored: what each month gains and loses, what is doubtful, what is still asked."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from amdash.errors import AmdashError, Issue
from amdash.ingest.reading import FileReading, Question
from amdash.schema import TABLES
from amdash.service.changes import RowChanges
from amdash.store import NewFacts, Slot, SlotKey
from amdash.store.rows import SeriesRow

Progress = Callable[[float, str], None]
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
    """Something that is probably not meant, and that a person must say yes to.

    ``code`` names the wording, ``fields`` fill it: a month that loses most of its rows (slot_shrinks), rows that stand in another
    sheet already (slot_repeats), two sheets with the same records (sheet_is_copy), a file that could not be read (file_left_out).
    """

    code: str
    fields: dict[str, Any]
    key: SlotKey | None = None


@dataclass
class Preview:
    """Everything a person needs to decide, and everything needed to store it.

    ``revision``: the one it was compared with. ``confirmed``: facts in force that the files bring again. ``standing``: the other
    months of the same sheets, which stay as they are. ``uploads``: the files as they came, an archive as one.
    """

    files: list[FileReading]
    revision: int
    uploads: list[Upload] = field(default_factory=list)
    slots: list[SlotChange] = field(default_factory=list)
    standing: list[Slot] = field(default_factory=list)
    facts: list[NewFacts] = field(default_factory=list)
    confirmed: list[int] = field(default_factory=list)
    doubts: list[Doubt] = field(default_factory=list)
    series: list[SeriesRow] = field(default_factory=list)
    placed: list[dict[str, str]] = field(default_factory=list)
    mapping: tuple[str, ...] = ()
    encoding: str | None = None
    asked: list[Question] = field(default_factory=list)

    @property
    def accepted(self) -> int:
        return sum(table.accepted for file in self.files for table in file.tables)

    @property
    def refused(self) -> int:
        return sum(table.refused for file in self.files for table in file.tables)

    @property
    def issues(self) -> list[Issue]:
        return [issue for file in self.files for sheet in file.sheets for issue in sheet.issues]

    @property
    def questions(self) -> list[Question]:
        """What the files do not tell; each has an answer already, which is the best guess."""
        return [question for file in self.files for sheet in file.sheets for question in sheet.questions] + self.asked

    @property
    def errors(self) -> list[tuple[str, AmdashError]]:
        """The files that could not be read at all, with the reason."""
        return [(file.file, file.error) for file in self.files if file.error]

    @property
    def changes_nothing(self) -> bool:
        return all(slot.rows.nothing for slot in self.slots)


class NothingUnderstood(AmdashError):
    """There is no row to store. ``files``: what was read all the same, so that a person can say what the columns are."""

    def __init__(self, ready: Preview) -> None:
        names, errors = [upload.name for upload in ready.uploads], [error for _, error in ready.errors]
        super().__init__("nothing_understood", files=names, issues=ready.issues, errors=errors)
        self.files = ready.files


@dataclass(frozen=True)
class Outcome:
    """What a confirmed import or an undo did. ``import_id`` is None where there was nothing to change.

    ``also``: the corrections of an import that were taken back with it.
    """

    import_id: int | None
    revision: int
    slots: tuple[SlotChange, ...] = ()
    also: Sequence[int] = ()


def shrinks(key: SlotKey, before: int, after: int) -> Doubt:
    """A month that would lose most of its rows."""
    return Doubt("slot_shrinks", {"table": TABLES[key.table].title, "month": key.month, "before": before, "after": after}, key)


def repeats(key: SlotKey, same: int, rows: int, other: str) -> Doubt:
    """Rows that stand in another series already."""
    return Doubt("slot_repeats", {"table": TABLES[key.table].title, "month": key.month, "before": same, "after": rows, "other": other}, key)
