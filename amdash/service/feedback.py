"""The feedback log: what was uploaded and what was written down here, as one list."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from typing import Any, Literal

import pandas as pd

from amdash.errors import AmdashError
from amdash.i18n import LANGUAGES, N_, translator
from amdash.metrics import catalogue
from amdash.metrics.identity import Identities
from amdash.metrics.names import fold
from amdash.service import access
from amdash.service.workspace import OWNER, Workspace
from amdash.store import FeedbackRow, NewFeedback

Origin = Literal["uploaded", "written"]
# The longest scale in use.
MOST_POINTS = 100


@dataclass(frozen=True)
class FeedbackEntry:
    """``source`` is supervisor, team, customer or None. ``criteria``: words, or the id of a KPI. ``place``: file, sheet and row of an uploaded entry.

    ``feedback_id``: the number of an entry written here, by which it is corrected and taken back; a correction has a number of its own.
    """

    date: dt.date
    manager: str
    source: str | None
    method: str | None
    criteria: str | None
    rating: float | None
    content: str
    action: str | None
    due_on: dt.date | None
    recorded_by: str | None
    origin: Origin
    place: tuple[str, str, int] | None = None
    feedback_id: int | None = None


def log(
    ws: Workspace,
    *,
    manager: str | None = None,
    source: str | None = None,
    method: str | None = None,
    text: str = "",
    start: str | None = None,
    end: str | None = None,
    revision: int | None = None,
    actor: str = OWNER,
) -> list[FeedbackEntry]:
    """The entries that pass every given filter, newest first. ``start`` and ``end`` are months; ``text`` is searched without case.

    An entry belongs to the manager as whom its name is shown everywhere else; any spelling of that name finds it.
    """
    access.ask(actor, "read")
    wanted = ws.revision() if revision is None else revision
    uploaded = [_from_fact(row) for row in ws.facts(wanted)["feedback"].to_dict("records")]
    known = ws.identities(wanted)
    written = [_from_row(row, known) for row in ws.store.feedback(wanted)]
    whose = None if manager is None else fold(known.shown("manager", manager))
    needle = text.strip().casefold()

    def passes(entry: FeedbackEntry) -> bool:
        month = entry.date.strftime("%Y-%m")
        words = " ".join(filter(None, (entry.manager, entry.content, entry.action, *_called(entry.criteria), entry.recorded_by))).casefold()
        return (
            (whose is None or fold(entry.manager) == whose)
            and (source is None or entry.source == source)
            and (method is None or entry.method == method)
            and needle in words
            and (start is None or month >= start)
            and (end is None or month <= end)
        )

    # Stable: of one day, what was written last comes first.
    return sorted(filter(passes, reversed(uploaded + written)), key=lambda entry: entry.date, reverse=True)


def methods(entries: Sequence[FeedbackEntry]) -> list[str]:
    """The methods that occur, for a filter."""
    return sorted({entry.method for entry in entries if entry.method})


def add(
    ws: Workspace,
    *,
    date: dt.date,
    manager: str,
    content: str,
    source: str | None = None,
    method: str | None = None,
    criteria: str | None = None,
    rating: float | None = None,
    action: str | None = None,
    due_on: dt.date | None = None,
    actor: str = OWNER,
) -> int:
    """Write an entry down; returns the new revision.

    ``rating``: on whatever scale the business uses. Errors: feedback_incomplete without manager or content, feedback_rating_invalid.
    """
    access.ask(actor, "write")
    entry = NewFeedback(date, manager, source, method, criteria, content, action, due_on, recorded_by=actor, rating=rating)
    return ws.store.add_feedback(_checked(entry), actor=actor, at=ws.now())


def correct(ws: Workspace, feedback_id: int, entry: FeedbackEntry, *, actor: str = OWNER) -> int:
    """Put other words in the place of an entry that was written here; returns the new revision, the present one where nothing changes.

    Who wrote it down first stays; at older revisions the entry is what it was then. Uploaded entries are corrected in their file.
    Errors: as :func:`add`; feedback_missing, feedback_ended_already.
    """
    access.ask(actor, "write")
    before = next((_as_written(row) for row in ws.store.feedback() if row.feedback_id == feedback_id), None)
    words = {field.name: getattr(entry, field.name) for field in fields(NewFeedback)}
    # Whether there is such an entry is the store's to say, inside the transaction.
    after = _checked(NewFeedback(**words | {"recorded_by": before.recorded_by if before else actor}))
    if after == before:
        return ws.revision()
    return ws.store.correct_feedback(feedback_id, after, actor=actor, at=ws.now())[1]


def take_back(ws: Workspace, feedback_id: int, *, actor: str = OWNER) -> int:
    """Take an entry that was written here out of the log; returns the new revision. Errors: feedback_missing, feedback_ended_already."""
    access.ask(actor, "write")
    return ws.store.close_feedback(feedback_id, actor=actor, at=ws.now())


def restore(ws: Workspace, feedback_id: int, *, actor: str = OWNER) -> int:
    """Undo: an entry that was corrected or taken back stands again as it was; returns the new revision. Errors: feedback_missing, feedback_stands."""
    access.ask(actor, "write")
    return ws.store.restore_feedback(feedback_id, actor=actor, at=ws.now())


def _as_written(row: FeedbackRow) -> NewFeedback:
    return NewFeedback(**{field.name: getattr(row, field.name) for field in fields(NewFeedback)})


def _checked(entry: NewFeedback) -> NewFeedback:
    """An entry as it is kept."""
    if entry.rating is not None and not 0 <= entry.rating <= MOST_POINTS:
        raise AmdashError("feedback_rating_invalid", value=entry.rating, least=0, most=MOST_POINTS)
    for title, value in ((N_("Account manager"), entry.manager), (N_("What happened"), entry.content)):
        if not value.strip():
            raise AmdashError("feedback_incomplete", field=title)
    return replace(
        entry,
        manager=entry.manager.strip(),
        source=entry.source or None,
        method=_filled(entry.method),
        criteria=_filled(entry.criteria),
        content=entry.content.strip(),
        action=_filled(entry.action),
    )


def _called(criteria: str | None) -> tuple[str, ...]:
    """By which words a standard is searched: its own, and of a KPI's id the name in both languages."""
    if criteria is None or criteria not in catalogue.KPIS:
        return (criteria or "",)
    return tuple(translator(language)(catalogue.KPIS[criteria].name) for language in LANGUAGES)


def _filled(text: str | None) -> str | None:
    return text.strip() or None if text else None


def _from_row(row: FeedbackRow, known: Identities) -> FeedbackEntry:
    people = {name: known.shown("manager", getattr(row, name)) for name in ("manager", "recorded_by")}
    return FeedbackEntry(**vars(_as_written(row)) | people, origin="written", feedback_id=row.feedback_id)


def _from_fact(row: dict[Any, Any]) -> FeedbackEntry:
    def given(name: str) -> Any:
        return None if pd.isna(row[name]) else row[name]

    due = given("due_on")
    return FeedbackEntry(
        date=row["date"].date(),
        manager=row["manager"],
        source=given("source"),
        method=given("method"),
        criteria=given("criteria"),
        rating=given("rating"),
        content=row["content"],
        action=given("action"),
        due_on=due and due.date(),
        recorded_by=given("recorded_by"),
        origin="uploaded",
        place=(row["source_file"], row["source_sheet"], int(row["source_row"])),
    )
