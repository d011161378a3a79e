"""The tables of customers as they are saved: each cell a value to go on with, where the page shows rounded words.

Every function gives the head, and what makes the rows once somebody asks for the file; no rows where there is nobody.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

import pandas as pd

from amdash.i18n import Translator, formats
from amdash.i18n.words import CUSTOMER_EVENTS, CUSTOMER_NOTES, CUSTOMER_STATES, TIER_REASONS, tier_words
from amdash.service.customer_base import CustomerBase
from amdash.service.customer_events import Event
from amdash.service.customer_files import Keeper
from amdash.service.potential import Prospect
from amdash.ui.customer_words import contact_words, move_words, present
from amdash.ui.tables import Cell, Figure, Rows

Export = tuple[list[str], Callable[[], Rows]]


def customers_head(_: Translator) -> list[str]:
    """The columns of all customers, on the page too."""
    return [_("Customer"), _("Tier"), _("Account manager"), _("Last order"), _("Orders, 12 months"), _("Revenue, 12 months")]


def customers(found: pd.DataFrame, _: Translator) -> Export:
    """All of ``found``, rows as of :attr:`CustomerBase.customers`; money."""
    return customers_head(_), partial(_each, found, _customer, _)


def _customer(row: dict[Any, Any], _: Translator) -> list[Cell]:
    return [
        row["customer"],
        tier_words(row["tier"], _),
        present(row["manager"]),
        None if present(row["last_on"]) is None else row["last_on"].date(),
        row["orders_12m"],
        Figure(row["revenue_12m"], "money"),
    ]


def at_risk_head(_: Translator) -> list[str]:
    """The columns of the customers at risk, on the page too."""
    return [_("Customer"), _("Tier"), _("Account manager"), _("Days since the last order"), _("Lapsed from"), _("Revenue, 12 months")]


def at_risk(found: pd.DataFrame, _: Translator) -> Export:
    """The customers at risk, rows as of :func:`amdash.service.customer_base.at_risk`; days, money."""
    return at_risk_head(_), partial(_each, found, _silent, _)


def _silent(row: dict[Any, Any], _: Translator) -> list[Cell]:
    tier, days = tier_words(row["tier"], _), int(row["recency_days"])
    return [row["customer"], tier, present(row["manager"]), days, row["lapses_on"].date(), Figure(row["revenue_12m"], "money")]


def moves(found: CustomerBase, _: Translator) -> Export:
    """Everybody who moved, with the figures that the reasons speak of, then and now (days, orders, money), in columns of their own."""
    then = formats.month(f"{found.before:%Y-%m}", _.language)
    head = [
        _("Customer"),
        _("Account manager"),
        _("Moved"),
        _("Why"),
        _("Days since the last order"),
        _("Orders, 12 months to {month}", month=then),
        _("Orders, 12 months"),
        _("Revenue, 12 months to {month}", month=then),
        _("Revenue, 12 months"),
        _("At stake"),
    ]
    return head, partial(_each, found.moves, _move, _)


def _move(row: dict[Any, Any], _: Translator) -> list[Cell]:
    return [
        row["customer"],
        present(row["manager"]),
        move_words(row, _)[0],
        _(TIER_REASONS[row["reason"]]),
        *(_whole(row[name]) for name in ("recency_days_after", "orders_12m_before", "orders_12m_after")),
        *(Figure(present(row[name]), "money") for name in ("revenue_12m_before", "revenue_12m_after", "revenue_at_stake")),
    ]


def prospects(found: Sequence[Prospect], _: Translator) -> Export:
    """Who has not bought yet: open deals by number and money, the last contact by day and in words, the next step and by when."""
    head = [
        _("Customer"),
        _("Account manager"),
        _("Open deals"),
        _("Amount"),
        _("Last contact"),
        _("Contact"),
        _("What to do next"),
        _("By when"),
    ]
    return head, lambda: [_prospect(one, _) for one in found]


def _prospect(one: Prospect, _: Translator) -> list[Cell]:
    return [
        one.customer,
        one.manager,
        one.deals,
        Figure(one.deals_amount, "money"),
        one.contact.on if one.contact else None,
        contact_words(one.contact, _),
        one.step.next_step if one.step else None,
        one.step.due_on if one.step else None,
    ]


def conversion_head(_: Translator) -> list[str]:
    """The columns of the conversion, on the page too."""
    return [_("Account manager"), _("Came to be known"), _("Bought"), _("Share")]


def conversion(found: pd.DataFrame, _: Translator) -> Export:
    """The lines of :func:`conversions`; the share is a ratio."""
    return conversion_head(_), lambda: [[*line[:3], Figure(line[3], "ratio")] for line in conversions(found, _)]


def conversions(found: pd.DataFrame, _: Translator) -> list[tuple[str, int, int, float]]:
    """(manager, came to be known, bought, share as a ratio) of :attr:`amdash.service.potential.Potential.converted`, of several all at the end."""
    records: list[dict[Any, Any]] = found.to_dict("records")
    lines = [(present(row["manager"]) or _("nobody named"), int(row["prospects"]), int(row["converted"]), float(row["rate"])) for row in records]
    if len(lines) > 1:
        known, bought = int(found["prospects"].sum()), int(found["converted"].sum())
        lines.append((_("All"), known, bought, bought / known))
    return lines


def timeline(found: Sequence[Event], _: Translator) -> Export:
    """A row per entry of a customer's file: when, what, what became of it, who, how much, in whose words, what is next, and where it stands."""
    head = [
        _("Date"),
        _("Kind"),
        _("State"),
        _("Account manager"),
        _("Amount"),
        _("Said"),
        _("Resolved on"),
        _("Hours to the first response"),
        _("Rating"),
        _("What to do next"),
        _("By when"),
        _("File"),
        _("Sheet"),
        _("Row number"),
    ]
    return head, lambda: [_event(one, _) for one in found]


def _event(one: Event, _: Translator) -> list[Cell]:
    detail, place = one.detail, one.place
    state = CUSTOMER_NOTES[one.state] if one.kind == "note" else CUSTOMER_STATES.get((one.kind, one.state), "")
    return [
        one.date,
        _(CUSTOMER_EVENTS[one.kind]),
        _(state) if state else None,
        one.manager,
        Figure(one.amount, "money"),
        _.comma.join(detail.get("products", ())) or one.words,
        detail.get("resolved_on"),
        Figure(detail.get("hours"), "hours"),
        detail.get("score"),
        detail.get("next_step"),
        detail.get("due_on"),
        *((place.file, place.sheet, place.row) if place else (None, None, None)),
    ]


def keepers(found: Sequence[Keeper], _: Translator) -> Export:
    """Whose customer it was, by its orders: the first and the last day, how many rows of orders, and their sum."""
    head = [_("Account manager"), _("First order"), _("Last order"), _("Rows"), _("Revenue")]
    return head, lambda: [[one.manager, one.first_on, one.last_on, one.rows, Figure(one.revenue, "money")] for one in found]


def _whole(number: object) -> int | None:
    """A number that is one of days or orders, though a column with gaps holds it otherwise."""
    known = present(number)
    return None if known is None else int(known)


def _each(found: pd.DataFrame, cells: Callable[[dict[Any, Any], Translator], list[Cell]], _: Translator) -> Rows:
    rows: list[dict[Any, Any]] = found.to_dict("records")
    return [cells(row, _) for row in rows]
