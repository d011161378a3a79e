"""Potential customers: on the list or with an open deal, and nothing bought yet; who waits for whom, what is next, and how many buy at last."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

import pandas as pd

from amdash.insight.conversion import conversion, prospects
from amdash.insight.customers import listed_of, profiles, sales_of
from amdash.metrics.names import fold
from amdash.metrics.spec import Facts
from amdash.service import access, customer_notes
from amdash.service.customer_base import dealt_with, ends, keyed
from amdash.service.customer_contacts import Contact, last_contacts
from amdash.service.workspace import OWNER, Workspace
from amdash.store.customers import CustomerNoteRow


@dataclass(frozen=True)
class Prospect:
    """Somebody who has bought nothing yet. ``deals``: open ones, their sum (money, None without any) and since when the oldest is open.

    ``contact``: the last one, None where none is known. ``step``: the note whose next step is to be done. ``overdue``: its day has passed.
    """

    key: str
    customer: str
    manager: str | None
    listed: bool
    deals: int
    deals_amount: float | None
    deal_since: dt.date | None
    contact: Contact | None
    step: CustomerNoteRow | None
    overdue: bool

    @property
    def waits_for_us(self) -> bool:
        """Whether the customer wrote last."""
        return self.contact is not None and not self.contact.ours


@dataclass(frozen=True)
class Potential:
    """``as_of``: the day. ``prospects``: who waits for us first, the longest first; then overdue steps; then those without any contact,
    and the longest silence. ``converted``: per manager, of those known since ``months`` (:func:`amdash.insight.conversion.conversion`)."""

    as_of: dt.date
    prospects: tuple[Prospect, ...]
    converted: pd.DataFrame
    months: int = 12


def day_of(ws: Workspace, wanted: str, newest: str) -> dt.date:
    """The day that a period is looked at from: today for the newest one with figures and what is not over, for older ones their last."""
    today = ws.now().date()
    end = ends(wanted, today)[1]
    return today if end >= today or f"{end:%Y-%m}" >= newest else end


def potential(ws: Workspace, as_of: dt.date | None = None, *, revision: int | None = None, actor: str = OWNER) -> Potential:
    """The potential customers at a day (default: today), under their names in force. Errors: revision_unknown."""
    access.ask(actor, "read")
    facts, day = ws.facts(revision), as_of or ws.now().date()
    sales, listed = sales_of(facts), listed_of(facts)
    known = keyed(profiles(sales, day, listed))
    waiting = dealt_with(known[known["frequency"] == 0], sales, day)
    by_who = _notes(ws, waiting, revision, day)
    contacts = last_contacts(_only(facts, set(waiting["customer"])), by_who, day)
    deals = _deals(sales, set(waiting["who"]), day)
    found = []
    records: list[dict[Any, Any]] = waiting.to_dict("records")
    for row in records:
        who = str(row["who"])
        step = customer_notes.standing_step(by_who.get(who, []))
        amount, since = deals.get(who, (None, None))
        found.append(
            Prospect(
                key=row["key"],
                customer=row["customer"],
                manager=None if pd.isna(row["manager"]) else row["manager"],
                listed=bool(row["listed"]),
                deals=int(row["open_deals"]),
                deals_amount=amount,
                deal_since=since,
                contact=contacts.get(who),
                step=step,
                overdue=step is not None and step.due_on is not None and step.due_on < day,
            )
        )
    return Potential(day, tuple(sorted(found, key=_urgency)), conversion(prospects(sales, listed, day)))


def _urgency(one: Prospect) -> tuple[int, int, str]:
    rank = 0 if one.waits_for_us else 1 if one.overdue else 2 if one.contact is None else 3
    return rank, -(one.contact.days if one.contact else 0), one.customer


def _notes(ws: Workspace, waiting: pd.DataFrame, revision: int | None, day: dt.date) -> dict[str, list[CustomerNoteRow]]:
    """The notes up to a day by who."""
    whose = {fold(name): str(who) for column in ("key", "who") for name, who in zip(waiting[column], waiting["who"], strict=True)}
    found: dict[str, list[CustomerNoteRow]] = {}
    for row in customer_notes.notes(ws, revision=revision):
        who = whose.get(fold(row.customer))
        if who is not None and row.date <= day:
            found.setdefault(who, []).append(row)
    return found


def _only(facts: Facts, names: set[str]) -> Facts:
    """The facts with tickets and complaints of these customers alone; sales and the list stay, since they tell whose number a name is."""
    narrowed = {table: facts[table][facts[table]["customer"].isin(names)] for table in ("tickets", "complaints")}
    return Facts({**facts.tables, **narrowed}, facts.as_of)


def _deals(sales: pd.DataFrame, people: set[str], day: dt.date) -> dict[str, tuple[float | None, dt.date | None]]:
    """Who -> the sum of the open deals, and since when the oldest is open."""
    rows = sales[sales["who"].isin(people) & (sales["status"].fillna("won") == "open")]
    begun = rows["opened_on"].fillna(rows["date"])
    rows = rows.assign(begun=begun)[begun.isna() | (begun < pd.Timestamp(day) + pd.Timedelta(days=1))]
    found: dict[str, tuple[float | None, dt.date | None]] = {}
    for who, own in rows.groupby("who"):
        first = own["begun"].min()
        amount = None if own["amount"].isna().all() else float(own["amount"].sum())
        found[str(who)] = (amount, None if pd.isna(first) else first.date())
    return found
