"""Who waits for whom: the last contact with each customer, out of tickets, complaints and what was written down here."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import pandas as pd

from amdash.insight.contacts import COLUMNS, contacts, latest
from amdash.metrics.spec import Facts
from amdash.store.customers import CustomerNoteRow

_END_OF_DAY = pd.Timedelta(hours=23, minutes=59)
_NOTE = pd.Timedelta(microseconds=1)


@dataclass(frozen=True)
class Contact:
    """The last contact: the day, whether it was ours or the customer's, and how many days ago that was."""

    on: dt.date
    ours: bool
    days: int


def last_contacts(facts: Facts, notes: Mapping[str, Iterable[CustomerNoteRow]], today: dt.date) -> dict[str, Contact]:
    """Customer (``who``) -> the last contact up to a day; without those of whom none is known.

    ``notes``: by who; plain notes are none. A note has no time of day: it comes after the tickets of its day, in the order of writing.
    """
    rows = contacts(facts)
    written = [
        (who, pd.Timestamp(note.date) + _END_OF_DAY + note.note_id * _NOTE, note.kind == "contacted")
        for who, own in notes.items()
        for note in own
        if note.kind != "note"
    ]
    if written:
        added = pd.DataFrame(written, columns=list(COLUMNS)).astype(COLUMNS)
        rows = added if rows.empty else pd.concat([rows, added], ignore_index=True)
    found = latest(rows, pd.Timestamp(today) + pd.Timedelta(days=1) - _NOTE)
    pairs = zip(found.index, found["at"].dt.date, found["ours"], strict=True)
    return {str(who): Contact(on, bool(ours), (today - on).days) for who, on, ours in pairs}
