"""Feedback at fixed times: the log held against how often the business wants it, reminders for a calendar, hints on what was written."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from amdash.errors import AmdashError
from amdash.i18n import Language, Translator, formats, translator
from amdash.i18n.words import RECURRENCES, source_words
from amdash.insight import cadence as insight_cadence
from amdash.insight import feedback_quality
from amdash.insight.feedback_quality import Hint
from amdash.metrics.names import coded, fold
from amdash.report import ics
from amdash.report.ics import CalendarEvent
from amdash.service import access, feedback, scorecards
from amdash.service.feedback import FeedbackEntry
from amdash.service.workspace import OWNER, Workspace

# Periods end on their last day: Sunday, the last of the month, of the quarter, of the year.
_RULES = {
    "week": "FREQ=WEEKLY",
    "month": "FREQ=MONTHLY;BYMONTHDAY=-1",
    "quarter": "FREQ=MONTHLY;INTERVAL=3;BYMONTHDAY=-1",
    "year": "FREQ=YEARLY",
}
# What is done for this year is due again within two.
_AHEAD = dt.timedelta(days=2 * 366)
_LAST_YEAR = dt.MAXYEAR - 10
# A name of one letter stands in every text.
_SHORTEST_NAME = 2


def cadence(
    ws: Workspace, date: dt.date | None = None, *, manager: str | None = None, revision: int | None = None, actor: str = OWNER
) -> pd.DataFrame:
    """How the feedback on everybody, or on one manager, stands at a date: today by default, for an older revision the day it was made.

    Rows: one per manager, in the order of the scorecards, and source that is asked; then those who are only in the log. Columns: see
    :func:`amdash.insight.cadence.cadence`. How often is in the rules as at the revision. Empty: no row, every column.
    Errors: manager_unknown, day_invalid, revision_unknown.
    """
    access.ask(actor, "read")
    people, entries = _people(ws, revision)
    return insight_cadence.cadence(entries, _chosen(ws, people, manager, revision), _day(ws, date, revision), ws.rules(revision).cadence)


def due_dates(
    ws: Workspace,
    date: dt.date | None = None,
    until: dt.date | None = None,
    *,
    manager: str | None = None,
    revision: int | None = None,
    actor: str = OWNER,
) -> pd.DataFrame:
    """The days by which feedback is due, from a date on (as in :func:`cadence`) and up to another, by default two years later.

    Rows and columns: see :func:`amdash.insight.cadence.due_dates`. Errors: as :func:`cadence`.
    """
    access.ask(actor, "read")
    people, entries = _people(ws, revision)
    start = _day(ws, date, revision)
    rules = ws.rules(revision).cadence
    return insight_cadence.due_dates(entries, _chosen(ws, people, manager, revision), start, until or start + _AHEAD, rules)


def calendar(
    ws: Workspace,
    language: Language,
    date: dt.date | None = None,
    *,
    manager: str | None = None,
    revision: int | None = None,
    actor: str = OWNER,
) -> bytes:
    """An iCalendar file: for every manager and source when feedback is due next, and from then on as often as it is asked for.

    What is overdue is due by the end of the running period. Nothing comes after a manager's last day. A file of later takes the
    place of this one's events. Errors: as :func:`cadence`, and calendar_empty where nothing will be due.
    """
    _ = translator(language)
    due = due_dates(ws, date, manager=manager, revision=revision, actor=actor).drop_duplicates(["manager", "source"])
    if due.empty:
        raise AmdashError("calendar_empty")
    people = scorecards.roster(ws, revision)
    left = {name: day.date() for name, day in zip(people["manager"], people["left_on"], strict=True) if pd.notna(day)}
    stands = cadence(ws, date, manager=manager, revision=revision, actor=actor)
    last = {(row["manager"], row["source"]): row["last_done"] for row in stands.to_dict("records")}
    events = [_event(row, last[row["manager"], row["source"]], left.get(row["manager"]), _) for row in due.to_dict("records")]
    # The clock of the workspace is naive local time.
    return ics.calendar(events, ws.now().astimezone()).encode()


def hints(ws: Workspace, entry: FeedbackEntry, *, written_on: dt.date | None = None, revision: int | None = None, actor: str = OWNER) -> list[Hint]:
    """What would make an entry, stored or not yet, more useful; never a score of a person. Empty: nothing to hint at.

    ``written_on``: the day on which it is written down, where that is known. See :func:`amdash.insight.feedback_quality.hints`.
    """
    access.ask(actor, "read")
    return _hints(entry, _names(ws, revision), written_on)


def hinted(
    ws: Workspace, entries: Sequence[FeedbackEntry], *, revision: int | None = None, actor: str = OWNER
) -> list[tuple[FeedbackEntry, list[Hint]]]:
    """The same for many entries, such as those of a period as the log gives them, in their order; when each was written is not known."""
    access.ask(actor, "read")
    names = _names(ws, revision)
    return [(entry, _hints(entry, names, None)) for entry in entries]


def _hints(entry: FeedbackEntry, names: Mapping[str, Sequence[str]], written_on: dt.date | None) -> list[Hint]:
    text = entry.content.casefold()
    starts = {text[place : place + _SHORTEST_NAME] for place in range(len(text))}
    return feedback_quality.hints(
        entry.content,
        written_on=written_on,
        event_on=entry.date,
        action=entry.action,
        due_on=entry.due_on,
        manager=entry.manager,
        names=[name for start in starts for name in names.get(start, ())],
    )


def _names(ws: Workspace, revision: int | None) -> dict[str, list[str]]:
    """Customers and products by how they begin: a text that names one speaks of something, and few of ten thousand can be in it."""
    tables = ws.tables(revision)
    found: dict[str, list[str]] = {}
    for name in {name for _table, _column, held in (*coded("customer", tables), *coded("product", tables)) for name in held.values}:
        start = name.strip().casefold()[:_SHORTEST_NAME]
        if len(start) == _SHORTEST_NAME:
            found.setdefault(start, []).append(name)
    return found


def _day(ws: Workspace, date: dt.date | None, revision: int | None) -> dt.date:
    day = date or (ws.now() if revision is None else ws.moment_of(revision)).date()
    # Beyond it there would be no calendar for the years ahead.
    if day.year > _LAST_YEAR:
        raise AmdashError("day_invalid", value=day.isoformat())
    return day


def _people(ws: Workspace, revision: int | None) -> tuple[pd.DataFrame, pd.DataFrame]:
    """(roster with hired_on and left_on, entries with date, manager and source), under one spelling of every name."""
    people = scorecards.roster(ws, revision)
    known = {fold(name): name for name in people["manager"]}
    # Of a name that several people share nobody knows whose it is.
    shared = {fold(name) for name in ws.identities(revision).split}
    log = feedback.log(ws, revision=revision)
    others: dict[str, str] = {}
    for entry in reversed(log):
        key = fold(entry.manager)
        if key not in known and key not in shared:
            others.setdefault(key, entry.manager)
    known |= others
    added = pd.DataFrame({"manager": list(others.values())}, dtype="str")
    entries = pd.DataFrame(
        {
            "date": pd.Series([entry.date for entry in log], dtype="object"),
            "manager": pd.Series([known.get(fold(entry.manager), entry.manager) for entry in log], dtype="str"),
            "source": pd.Series([entry.source for entry in log], dtype="object"),
        }
    )
    return (pd.concat([people, added], ignore_index=True) if others else people), entries


def _chosen(ws: Workspace, people: pd.DataFrame, manager: str | None, revision: int | None) -> pd.DataFrame:
    if manager is None:
        return people
    return people[people["manager"] == scorecards.shown_manager(ws, people, manager, revision)]


def _event(due: dict[Any, Any], last_done: pd.Timestamp, left_on: dt.date | None, _: Translator) -> CalendarEvent:
    manager, source, every = due["manager"], due["source"], due["every"]
    often = _(RECURRENCES[every])
    last = None if pd.isna(last_done) else formats.day(last_done.date(), _.language)
    return CalendarEvent(
        # Neither the day nor the language: next month's file moves the event.
        uid=str(uuid.uuid5(uuid.NAMESPACE_URL, f"amdash:feedback:{source}:{manager}")),
        day=due["due_on"].date(),
        summary=_("Feedback on {manager}", manager=manager) + _.colon + source_words(source, _),
        description=_("{often}; none so far", often=often) if last is None else _("{often}; last on {day}", often=often, day=last),
        rule=_RULES[every],
        until=left_on,
    )
