"""The JSON shapes of what is known of customers. They are stable: README.md documents them."""

from __future__ import annotations

from typing import Any

from amdash.cli.shapes import plain
from amdash.service.customer_contacts import Contact
from amdash.service.customer_events import Event
from amdash.service.customer_files import CustomerFile
from amdash.service.potential import Potential

_PROFILE = ("first_on", "last_on", "frequency", "monetary", "orders_12m", "revenue_12m", "open_deals", "revenue_rank", "segment")


def customer(file: CustomerFile) -> dict[str, Any]:
    """A customer's file: figures as at ``as_of``, ``events`` up to now, the newest first."""
    profile = file.profile or {}
    return {
        "customer": file.customer,
        "as_of": file.as_of.isoformat(),
        "tier": file.tier(),
        "manager": plain(file.owner),
        **{name: plain(profile.get(name)) for name in _PROFILE},
        "tags": [*file.listed_tags, *(row.tag for row in file.tags)],
        "contact": contact(file.contact),
        "managers": [
            {"manager": one.manager, "first_on": plain(one.first_on), "last_on": plain(one.last_on), "revenue": one.revenue} for one in file.keepers
        ],
        "events": [event(one) for one in file.events],
    }


def event(one: Event) -> dict[str, Any]:
    """An entry of the timeline with its source."""
    place = None if one.place is None else {"file": one.place.file, "sheet": one.place.sheet, "row": one.place.row, "rows": one.place.rows}
    detail = {name: list(value) if isinstance(value, tuple) else plain(value) for name, value in one.detail.items()}
    return {
        "kind": one.kind,
        "date": plain(one.date),
        "state": one.state,
        "manager": one.manager,
        "amount": one.amount,
        "words": one.words,
        "detail": detail,
        "source": place,
    }


def contact(one: Contact | None) -> dict[str, Any] | None:
    """The last contact: the day, by whom, and how many days ago."""
    return None if one is None else {"on": one.on.isoformat(), "by": "us" if one.ours else "customer", "days": one.days}


def potential(found: Potential) -> dict[str, Any]:
    """Who has not bought yet, and per manager how many of those known in the last months did."""
    prospects = [
        {
            "customer": one.customer,
            "manager": one.manager,
            "listed": one.listed,
            "open_deals": one.deals,
            "deals_amount": one.deals_amount,
            "deal_since": plain(one.deal_since),
            "contact": contact(one.contact),
            "next_step": one.step.next_step if one.step else None,
            "due_on": plain(one.step.due_on) if one.step else None,
            "overdue": one.overdue,
        }
        for one in found.prospects
    ]
    return {"as_of": found.as_of.isoformat(), "potential": prospects, "months": found.months, "conversion": converted(found)}


def converted(found: Potential) -> list[dict[str, Any]]:
    """Conversion per manager; null where nobody is named."""
    return [{str(name): plain(value) for name, value in row.items()} for row in found.converted.to_dict("records")]
