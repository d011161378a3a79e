"""The store: reads as at a revision, and the few ways in which a workspace changes, each one transaction."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import pandas as pd
import sqlalchemy as sa

from amdash.errors import AmdashError
from amdash.schema import EXTRA, SOURCE_COLUMNS, TABLES, conform, empty_frame
from amdash.store import decisions as decision_rows
from amdash.store import facts as blobs
from amdash.store import slots as slot_rows
from amdash.store import tables as t
from amdash.store.company import CompanyRecords
from amdash.store.customers import CustomerRecords
from amdash.store.deliveries import DeliveryRecords
from amdash.store.feedback import FeedbackRecords
from amdash.store.meetings import MeetingRecords
from amdash.store.proposals import ProposalRecords
from amdash.store.rows import ImportRow, SeriesRow
from amdash.store.session import new_revision, newest
from amdash.store.slots import NewFacts, Slot, StoredFacts
from amdash.store.statements import Statements


class Store(MeetingRecords, Statements, CustomerRecords, FeedbackRecords, ProposalRecords, CompanyRecords, DeliveryRecords):
    """All SQL is in this package. What comes in files is here, what people say is in :class:`Statements`."""

    def revision_at(self, revision: int) -> dt.datetime:
        """When a revision was made. Errors: revision_unknown."""
        with self._reading() as connection:
            at: dt.datetime | None = connection.scalar(sa.select(t.revisions.c.at).where(t.revisions.c.revision == revision))
        if at is None:
            raise AmdashError("revision_unknown", revision=revision, newest=self.revision())
        return at

    def facts_at(self, revision: int) -> dt.datetime | None:
        """When the facts in force at a revision last changed: writing feedback does not age a waiting ticket. None without facts."""
        changes = sa.select(sa.func.max(t.revisions.c.at)).where(
            t.revisions.c.revision <= revision, t.revisions.c.action.in_(("import", "undo", "rebuild"))
        )
        with self._reading() as connection:
            at: dt.datetime | None = connection.scalar(changes)
        return at

    def slots(self, revision: int | None = None) -> list[Slot]:
        """The slots with their facts as at a revision (the newest by default)."""
        with self._reading() as connection:
            return slot_rows.current(connection, self.revision() if revision is None else revision)

    def first_revision(self, month: str) -> int | None:
        """The revision at which the first figures of a month came into force, targets and feedback apart; None where there were never any."""
        with self._reading() as connection:
            return slot_rows.first_revision(connection, month)

    def changed_after(self, before: int, after: int, first: str, last: str) -> bool:
        """Whether facts of these months, or of no month, came into or out of force after one revision and up to another."""
        with self._reading() as connection:
            return slot_rows.changed_after(connection, before, after, first, last)

    def frames(self, wanted: Sequence[Slot]) -> dict[str, pd.DataFrame]:
        """Every canonical table as one frame of the wanted slots' rows, with their ``import_id``; empty ones are there too."""
        found: dict[str, list[pd.DataFrame]] = {name: [] for name in TABLES}
        for slot, frame in self.slot_frames(wanted).items():
            found[slot.key.table].append(frame.assign(import_id=slot.import_id))
        return {
            name: pd.concat(parts, ignore_index=True) if parts else empty_frame(TABLES[name]).assign(import_id=pd.Series(dtype="int64"))
            for name, parts in found.items()
        }

    def slot_frames(self, wanted: Sequence[Slot]) -> dict[Slot, pd.DataFrame]:
        """Each slot with its rows, in the order in which they were stored."""
        ids = {slot.fact_id: slot for slot in wanted}
        found = {}
        with self._reading() as connection:
            for batch in _batches(list(ids), 500):
                query = sa.select(t.facts.c.id, t.facts.c.parquet).where(t.facts.c.id.in_(batch)).order_by(t.facts.c.id)
                for row in connection.execute(query):
                    slot = ids[row.id]
                    found[slot] = conform(TABLES[slot.key.table], blobs.from_parquet(row.parquet))
        return found

    def extras(self, slot: Slot) -> dict[tuple[str, str, int], dict[str, str]]:
        """(file, sheet, row) -> what the columns say that no field took, by header; rows that say nothing there are left out."""
        with self._reading() as connection:
            frame = blobs.from_parquet(connection.scalar(sa.select(t.facts.c.parquet).where(t.facts.c.id == slot.fact_id)) or b"")
        kept = {str(name).removeprefix(EXTRA): frame[name].tolist() for name in frame if str(name).startswith(EXTRA)}
        places = zip(*(frame[name].tolist() for name in SOURCE_COLUMNS), strict=True)
        said = {place: {header: cells[row] for header, cells in kept.items() if isinstance(cells[row], str)} for row, place in enumerate(places)}
        return {place: texts for place, texts in said.items() if texts}

    def original(self, sha256: str) -> bytes:
        """An uploaded file, byte for byte. Errors: original_unknown."""
        with self._reading() as connection:
            content: bytes | None = connection.scalar(sa.select(t.originals.c.content).where(t.originals.c.sha256 == sha256))
        if content is None:
            raise AmdashError("original_unknown", sha256=sha256)
        return content

    def imports(self) -> list[ImportRow]:
        """The history, newest first."""
        with self._reading() as connection:
            names: dict[int, list[tuple[str, str]]] = {}
            for row in connection.execute(sa.select(t.import_files).order_by(t.import_files.c.import_id, t.import_files.c.position)):
                names.setdefault(row.import_id, []).append((row.file, row.sha256))
            query = sa.select(t.imports, t.revisions.c.at, t.revisions.c.actor).join(t.revisions, t.revisions.c.revision == t.imports.c.revision)
            return [
                ImportRow(row.id, row.revision, row.at, row.actor, tuple(names.get(row.id, ())), row.detail, row.undone_revision)
                for row in connection.execute(query.order_by(t.imports.c.id.desc()))
            ]

    def series(self) -> list[SeriesRow]:
        """The recurring sheets seen so far, the one imported last at the end."""
        with self._reading() as connection:
            rows = connection.execute(sa.select(t.series).order_by(t.series.c.import_id, t.series.c.table_name, t.series.c.name)).all()
        return [SeriesRow(row.table_name, row.name, row.stem, tuple(row.headers)) for row in rows]

    def add_import(
        self,
        *,
        actor: str,
        at: dt.datetime,
        expected_revision: int,
        files: Sequence[tuple[str, str, bytes]],
        new: Sequence[NewFacts],
        confirmed: Sequence[int] = (),
        series: Sequence[SeriesRow],
        detail: Mapping[str, Any],
        decided: Mapping[str, Sequence[str]] | None = None,
    ) -> tuple[int, int]:
        """Store an import whole: originals, facts, slots, history. Returns (import id, revision).

        ``confirmed``: ids of the facts in force that it has brought again, unchanged. ``decided``: what was decided of its sheets, by scope.
        Errors: workspace_changed when the workspace is no longer at ``expected_revision``, at which the preview was made.
        """
        with self._writing() as connection:
            found = newest(connection)
            if found != expected_revision:
                raise AmdashError("workspace_changed", expected=expected_revision, newest=found)
            revision = new_revision(connection, at, actor, "import")
            import_id = int(connection.execute(sa.insert(t.imports).values(revision=revision, detail=dict(detail))).inserted_primary_key[0])  # type: ignore[index]
            connection.execute(sa.update(t.revisions).where(t.revisions.c.revision == revision).values(import_id=import_id))
            for position, (name, sha256, content) in enumerate(files):
                if connection.scalar(sa.select(t.originals.c.size).where(t.originals.c.sha256 == sha256)) is None:
                    connection.execute(sa.insert(t.originals).values(sha256=sha256, size=len(content), content=content))
                connection.execute(sa.insert(t.import_files).values(import_id=import_id, position=position, file=name, sha256=sha256))
            for item in series:
                connection.execute(sa.delete(t.series).where(t.series.c.table_name == item.table, t.series.c.name == item.name))
                connection.execute(
                    sa.insert(t.series).values(table_name=item.table, name=item.name, stem=item.stem, headers=list(item.headers), import_id=import_id)
                )
            slot_rows.replace(connection, import_id, revision, new, confirmed)
            decision_rows.add(connection, import_id, decided or {})
        return import_id, revision

    def facts_of(self, import_id: int) -> list[StoredFacts]:
        """The facts that an import stored, in force or not."""
        with self._reading() as connection:
            return slot_rows.stored_by(connection, import_id)

    def rebuild(self, same: Mapping[int, bytes], other: Mapping[int, NewFacts], *, actor: str, at: dt.datetime) -> int | None:
        """Write facts anew: ``same`` (fact id -> Parquet) in place, ``other`` as a new revision, which is returned; None without any."""
        with self._writing() as connection:
            slot_rows.rewrite(connection, same)
            if not other:
                return None
            revision = new_revision(connection, at, actor, "rebuild")
            slot_rows.exchange(connection, revision, other)
        return revision

    def decisions(self, before: int | None = None) -> dict[str, list[str]]:
        """Scope -> what was decided of sheets with these headers; ``before``: as an import with that id found them."""
        with self._reading() as connection:
            return decision_rows.standing(connection, before)

    def undo_import(self, import_id: int, *, also: Sequence[int] = (), actor: str, at: dt.datetime, rehearse: bool = False) -> tuple[int, list[Slot]]:
        """Take an import back, and ``also`` those that correct it; returns the new revision and the slots then in force.

        ``rehearse``: only find out, and leave everything as it is. Errors: import_unknown, import_undone_already.
        """
        with self._writing() as connection:
            row = connection.execute(sa.select(t.imports).where(t.imports.c.id == import_id)).one_or_none()
            if row is None:
                raise AmdashError("import_unknown", import_id=import_id)
            if row.undone_revision is not None:
                raise AmdashError("import_undone_already", import_id=import_id, revision=row.undone_revision)
            revision = new_revision(connection, at, actor, "undo", import_id)
            for one in (import_id, *also):
                connection.execute(sa.update(t.imports).where(t.imports.c.id == one).values(undone_revision=revision))
            for one in (import_id, *also):
                slot_rows.take_back(connection, one, revision)
            held = slot_rows.current(connection, revision)
            if rehearse:
                connection.rollback()
        return revision, held


def _batches(items: list[int], size: int) -> Iterator[list[int]]:
    for start in range(0, len(items), size):
        yield items[start : start + size]
