"""A customer's file: who it is, whose it is and was, its tags, who waits for whom, and one timeline of all that is known."""

from __future__ import annotations

import datetime as dt
import difflib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import narwhals as nw
import numpy as np
import pandas as pd

from amdash.errors import AmdashError
from amdash.insight.customers import exact_sums, is_bought
from amdash.metrics import period
from amdash.metrics.cells import with_customer
from amdash.metrics.names import fold
from amdash.metrics.spec import Facts
from amdash.service import access, customer_notes, feedback
from amdash.service.customer_base import CustomerBase, base
from amdash.service.customer_contacts import Contact, last_contacts
from amdash.service.customer_events import Event, events, mentioned
from amdash.service.workspace import OWNER, Workspace
from amdash.store.customers import CustomerNoteRow, CustomerTagRow

_TABLES = ("customers", "sales", "tickets", "complaints", "surveys")
_NEAR = 5


@dataclass(frozen=True)
class Keeper:
    """An account manager of a customer: first and last order, how many rows of orders there were and their sum (money)."""

    manager: str
    first_on: dt.date
    last_on: dt.date
    rows: int
    revenue: float


@dataclass(frozen=True)
class CustomerFile:
    """``key``: under which it is opened and written to. ``profile``: the row of :class:`CustomerBase`, None of one that is in no list and sale.

    ``owner``: whose the customer is now. ``listed``: what the customer list says (region, industry, since). ``listed_tags``: of that list;
    ``tags``: given here. ``keepers``: who sold, the latest first. ``monthly``: (month, revenue) of 24 months, None where no sales are known.
    ``contact``: the last one; ``step``: the note whose next step is to be done.
    """

    key: str
    customer: str
    as_of: dt.date
    profile: Mapping[str, Any] | None
    owner: str | None
    listed: Mapping[str, Any]
    listed_tags: tuple[str, ...]
    tags: tuple[CustomerTagRow, ...]
    events: tuple[Event, ...]
    keepers: tuple[Keeper, ...]
    monthly: tuple[tuple[str, float | None], ...]
    contact: Contact | None
    step: CustomerNoteRow | None

    def tier(self) -> str | None:
        """The tier at ``as_of``; None of one that is in no list and sale by then."""
        return None if self.profile is None else str(self.profile["tier"])


def read(ws: Workspace, customer: str, found: CustomerBase, *, revision: int | None = None, actor: str = OWNER) -> CustomerFile:
    """The file of a customer by name, in any spelling or as an alias, or by number; figures as in ``found``, entries up to now.

    Errors: customer_unknown (customer, known: near names).
    """
    access.ask(actor, "read")
    facts, known = ws.facts(revision), ws.identities(revision)
    shown = known.shown("customer", customer.strip())
    profile = _profile(found.customers, shown)
    who = shown if profile is None else str(profile["who"])
    name = shown if profile is None else str(profile["customer"])
    key = shown if profile is None else str(profile["key"])
    small = rows_of(facts, who, name)
    # A name that somebody else has too says not whose the note is.
    under = {fold(one) for one in ((shown, who, name) if key == name else (shown, who))}
    notes = [row for row in customer_notes.notes(ws, revision=revision) if fold(row.customer) in under]
    if profile is None and not notes and all(small[name].empty for name in _TABLES):
        raise AmdashError("customer_unknown", customer=customer.strip(), known=_near(found.customers["customer"], customer))
    spoken = {name, *(row.alias for row in ws.store.aliases(revision) if row.kind == "customer" and known.shown("customer", row.alias) == name)}
    mentions = mentioned(feedback.log(ws, revision=revision), spoken, set(found.customers["customer"]))
    entry = _entry(small["customers"])
    tags = customer_notes.tags(ws, revision=revision)
    today = ws.now().date()
    return CustomerFile(
        key=key,
        customer=name,
        as_of=found.as_of,
        profile=profile,
        owner=entry.get("manager") or (None if profile is None else profile["manager"]),
        listed=entry,
        listed_tags=customer_notes.listed_tags(entry.get("tags")),
        tags=tuple(tag for one, given in tags.items() if fold(one) in under for tag in given),
        events=tuple(events(small.tables, mentions, notes, facts.as_of)),
        keepers=tuple(_keepers(small["sales"])),
        monthly=tuple(_monthly(small["sales"], period.months_of(found.period)[-1], ws.months(revision)["sales"])),
        contact=last_contacts(small, {who: notes}, today).get(who),
        step=customer_notes.standing_step(notes),
    )


def open_file(ws: Workspace, customer: str, wanted: str, *, revision: int | None = None, actor: str = OWNER) -> CustomerFile:
    """The same with the figures of a period. Errors: customer_unknown."""
    return read(ws, customer, base(ws, wanted, revision=revision, actor=actor), revision=revision, actor=actor)


def rows_of(facts: Facts, who: str, name: str) -> Facts:
    """The facts with the rows of one customer alone, in the tables that name customers; the others are empty."""
    names = {name} | {
        str(one) for table in ("sales", "customers") for one in facts[table].loc[facts[table]["customer_no"] == who, "customer"].dropna()
    }
    tables = {table: frame.iloc[:0] for table, frame in facts.tables.items()}
    for table in _TABLES:
        frame = facts[table]
        near = frame["customer"].isin(names)
        tables[table] = frame[near | (frame["customer_no"] == who) if "customer_no" in frame else near]
    # Whose number a name is can be told from the rows with that name, and they are all here.
    narrow = replace(facts, tables=tables)
    own = {}
    for table in _TABLES:
        rows: nw.DataFrame[Any] = nw.from_native(narrow[table], eager_only=True)
        own[table] = with_customer(rows, narrow).filter(nw.col("who") == who).to_pandas()
    return replace(facts, tables=tables | own)


def _profile(customers: pd.DataFrame, shown: str) -> dict[str, Any] | None:
    """The row under this key, else number, else name in another spelling."""
    for column in ("key", "who"):
        rows = customers[customers[column] == shown]
        if len(rows):
            return {str(name): value for name, value in rows.iloc[0].items()}
    rows = customers[customers["customer"].map(fold) == fold(shown)]
    return {str(name): value for name, value in rows.iloc[0].items()} if len(rows) else None


def _entry(listed: pd.DataFrame) -> dict[str, Any]:
    """The last entry of the customer list, what it leaves out filled from those before."""
    rows = listed.ffill()
    last = {} if rows.empty else rows.iloc[-1].to_dict()
    return {str(name): value for name, value in last.items() if not pd.isna(value)}


def _keepers(sales: pd.DataFrame) -> list[Keeper]:
    bought = sales[is_bought(sales) & sales["date"].notna() & sales["manager"].notna()]
    found = []
    for manager, rows in bought.groupby("manager"):
        revenue = float(exact_sums(np.zeros(len(rows), dtype="int64"), rows["amount"], 1)[0])
        found.append(Keeper(str(manager), rows["date"].min().date(), rows["date"].max().date(), len(rows), revenue))
    return sorted(found, key=lambda one: (one.last_on, one.first_on), reverse=True)


def _monthly(sales: pd.DataFrame, last: str, covered: frozenset[str]) -> list[tuple[str, float | None]]:
    won = sales[(sales["status"].fillna("won") == "won") & sales["date"].notna()]
    months = period.last_periods(last, 24)
    sold = won["date"].dt.strftime("%Y-%m")
    inside = sold.isin(months)
    codes = sold[inside].map({month: place for place, month in enumerate(months)}).to_numpy(dtype="int64")
    sums = exact_sums(codes, won.loc[inside, "amount"], len(months))
    return [(month, float(value) if month in covered else None) for month, value in zip(months, sums, strict=True)]


def _near(names: Sequence[str] | pd.Series[Any], wanted: str) -> list[str]:
    """Names that hold the text, else those that look like it, else the first ones."""
    known, text = {fold(name): name for name in names}, fold(wanted)
    held = [name for key, name in known.items() if text and text in key][:_NEAR]
    close = [known[key] for key in difflib.get_close_matches(text, known, _NEAR)]
    return held or close or list(known.values())[:_NEAR] or ["—"]
