"""A customer's timeline: orders, deals, tickets, complaints, surveys, mentions in feedback, and notes, each with its source."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal, get_args

import narwhals as nw
import numpy as np
import pandas as pd

from amdash.insight.customers import exact_sums
from amdash.metrics.cells import resolved_by
from amdash.metrics.names import fold
from amdash.service.feedback import FeedbackEntry
from amdash.store.customers import CustomerNoteRow

EventKind = Literal["order", "deal", "ticket", "complaint", "survey", "feedback", "note"]
EVENT_KINDS: tuple[EventKind, ...] = get_args(EventKind)
_ORDERS = ("won", "cancelled")


@dataclass(frozen=True)
class Place:
    """Where an entry stands: file, sheet and row; ``rows``: how many it was made of."""

    file: str
    sheet: str
    row: int
    rows: int = 1


@dataclass(frozen=True)
class Event:
    """Something that happened with a customer; ``date`` is missing of a deal without any.

    ``state``: of an order won, returned, refund or cancelled; of a deal open or lost; of a ticket or complaint resolved, answered or open;
    of a note its kind. ``amount``: money. ``words``: what is said in the sheet or was written, in its own words. ``detail``: figures and
    days beside it, by name: products, hours, resolved_on, score, scale, next_step, due_on. ``place``: None of what was written here.
    """

    kind: EventKind
    date: dt.date | None
    state: str = ""
    manager: str | None = None
    amount: float | None = None
    words: str = ""
    detail: Mapping[str, Any] = field(default_factory=dict)
    place: Place | None = None
    note_id: int | None = None


def events(
    tables: Mapping[str, pd.DataFrame], mentions: Iterable[FeedbackEntry], notes: Iterable[CustomerNoteRow], as_of: dt.datetime
) -> list[Event]:
    """The timeline of one customer, the newest first, what has no date last.

    ``tables``: the rows of this customer alone, by table name. ``as_of``: when a ticket or complaint is to be resolved by, to be called so.
    """
    tickets, complaints = _settled(tables["tickets"], "resolved_at", as_of), _settled(tables["complaints"], "resolved_on", as_of)
    found = [*_sales(tables["sales"]), *map(_ticket, _records(tickets)), *map(_complaint, _records(complaints))]
    found += [*map(_survey, _records(tables["surveys"])), *map(_feedback, mentions), *map(_note, notes)]
    # Of one day, what was written here comes last and so stands first: sorting keeps that order.
    found.reverse()
    return sorted(found, key=lambda event: event.date or dt.date.min, reverse=True)


def mentioned(entries: Sequence[FeedbackEntry], names: Collection[str], others: Collection[str]) -> list[FeedbackEntry]:
    """The feedback entries that name a customer, under any of its ``names``; ``others``: customers whose longer name holds one of these."""
    wanted = {fold(name) for name in names if len(name) > 1}
    longer = sorted({one for one in map(fold, others) if one not in wanted and any(name in one for name in wanted)}, key=len, reverse=True)
    # Letters beside it would make it another word; Chinese is written without spaces.
    patterns = [re.compile(rf"(?<![a-z0-9]){re.escape(name)}(?![a-z0-9])") for name in wanted]
    found = []
    for entry in entries:
        said = fold(" ".join(filter(None, (entry.content, entry.action))))
        for name in longer:
            said = said.replace(name, " ")
        if any(pattern.search(said) for pattern in patterns):
            found.append(entry)
    return found


def _records(frame: pd.DataFrame) -> list[dict[str, Any]]:
    return [{str(name): None if pd.isna(value) else value for name, value in row.items()} for row in frame.to_dict("records")]


def _settled(frame: pd.DataFrame, on: Literal["resolved_on", "resolved_at"], as_of: dt.datetime) -> pd.DataFrame:
    """The rows with ``settled``, as the KPIs of resolution judge them."""
    rows: nw.DataFrame[Any] = nw.from_native(frame, eager_only=True)
    return rows.with_columns(settled=resolved_by(as_of, on)).to_pandas()


def _place(row: Mapping[str, Any], rows: int = 1) -> Place:
    return Place(row["source_file"], row["source_sheet"], int(row["source_row"]), rows)


def _day(value: Any) -> dt.date | None:
    return None if value is None else value.date()


def _sales(frame: pd.DataFrame) -> Iterator[Event]:
    """The lines of an order as one entry; a deal that is open or lost by itself."""
    orders: dict[object, list[dict[str, Any]]] = {}
    for place, row in enumerate(_records(frame)):
        status = row["status"] or "won"
        if status not in _ORDERS:
            detail = {"products": _products([row])}
            on = _day(row["opened_on"] or row["date"])
            yield Event("deal", on, status, row["manager"], row["amount"], row["order_no"] or "", detail, _place(row))
        else:
            key = place if row["order_no"] is None else (row["order_no"], _day(row["date"]), status)
            orders.setdefault(key, []).append(row)
    for lines in orders.values():
        first = lines[0]
        amount = float(exact_sums(np.zeros(len(lines), dtype="int64"), pd.Series([line["amount"] for line in lines], dtype="float64"), 1)[0])
        returned = any(line["returned"] is True for line in lines)
        state = "cancelled" if first["status"] == "cancelled" else "returned" if returned else "refund" if amount < 0 else "won"
        detail = {"products": _products(lines)}
        yield Event("order", _day(first["date"]), state, first["manager"], amount, first["order_no"] or "", detail, _place(first, len(lines)))


def _products(lines: Sequence[Mapping[str, Any]]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(line["product"] for line in lines if line["product"]))


def _ticket(row: Mapping[str, Any]) -> Event:
    hours = row["response_hours"]
    if hours is None and row["first_response_at"] is not None:
        hours = (row["first_response_at"] - row["opened_at"]).total_seconds() / 3600
    state = "resolved" if row["settled"] else "answered" if row["answered"] or hours is not None else "open"
    return Event("ticket", _day(row["opened_at"]), state, row["manager"], None, row["channel"] or "", {"hours": hours}, _place(row))


def _complaint(row: Mapping[str, Any]) -> Event:
    words = " · ".join(filter(None, (row["category"], row["severity"])))
    detail = {"resolved_on": _day(row["resolved_on"]) if row["settled"] else None}
    return Event("complaint", _day(row["received_on"]), "resolved" if row["settled"] else "open", row["manager"], None, words, detail, _place(row))


def _survey(row: Mapping[str, Any]) -> Event:
    return Event(
        "survey", _day(row["date"]), "", row["manager"], None, row["comment"] or "", {"score": row["score"], "scale": row["scale"]}, _place(row)
    )


def _feedback(entry: FeedbackEntry) -> Event:
    detail = {"next_step": entry.action, "due_on": entry.due_on}
    return Event("feedback", entry.date, "", entry.manager, None, entry.content, detail, Place(*entry.place) if entry.place else None)


def _note(row: CustomerNoteRow) -> Event:
    detail = {"next_step": row.next_step or None, "due_on": row.due_on, "by": row.actor}
    return Event("note", row.date, row.kind, None, None, row.text, detail, None, row.note_id)
