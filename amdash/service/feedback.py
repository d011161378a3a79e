"""The feedback log: what was uploaded and what was written down here, as one list."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

import pandas as pd

from amdash.errors import AmdashError
from amdash.i18n import N_
from amdash.metrics.identity import Identities
from amdash.metrics.names import fold
from amdash.service import access
from amdash.service.workspace import OWNER, Workspace
from amdash.store import FeedbackRow

Origin = Literal["uploaded", "written"]
# The longest scale in use.
MOST_POINTS = 100


@dataclass(frozen=True)
class FeedbackEntry:
    """``source`` is supervisor, team, customer or None. ``place``: file, sheet and row of an uploaded entry, else empty."""

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
        words = " ".join(filter(None, (entry.manager, entry.content, entry.action, entry.criteria, entry.recorded_by))).casefold()
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
    if rating is not None and not 0 <= rating <= MOST_POINTS:
        raise AmdashError("feedback_rating_invalid", value=rating, least=0, most=MOST_POINTS)
    for title, value in ((N_("Account manager"), manager), (N_("What happened"), content)):
        if not value.strip():
            raise AmdashError("feedback_incomplete", field=title)
    entry = FeedbackRow(
        date=date,
        manager=manager.strip(),
        source=source or None,
        method=_filled(method),
        criteria=_filled(criteria),
        content=content.strip(),
        action=_filled(action),
        due_on=due_on,
        recorded_by=actor,
        rating=rating,
    )
    return ws.store.add_feedback(entry, actor=actor, at=ws.now())


def _filled(text: str | None) -> str | None:
    return text.strip() or None if text else None


def _from_row(row: FeedbackRow, known: Identities) -> FeedbackEntry:
    people = {name: known.shown("manager", getattr(row, name)) for name in ("manager", "recorded_by")}
    return FeedbackEntry(**vars(row) | people, origin="written")


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
