"""What is said of customers in words: moves with their reason, contacts, entries of a timeline, and figures read aloud."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from amdash.i18n import Translator, formats
from amdash.i18n.words import CUSTOMER_EVENTS, CUSTOMER_NOTES, CUSTOMER_STATES, TIER_REASONS, tier_move_words
from amdash.insight.concentration import Concentration
from amdash.service.customer_contacts import Contact
from amdash.service.customer_events import Event, Place
from amdash.store.customers import CustomerNoteRow
from amdash.ui.markup.customers import Entry
from amdash.ui.markup.lists import Text

# Of what somebody should take notice.
_LOOK = {("order", "returned"), ("order", "refund"), ("order", "cancelled"), ("deal", "lost"), ("ticket", "open"), ("complaint", "open")}


def move_words(row: Mapping[Any, Any], _: Translator) -> tuple[str, str]:
    """('VIP → Normal', 'buys less (9.6万 → 4.3万)'): where to, and why, with the figures that the reason speaks of."""
    figures = _figures(row, _)
    return (
        tier_move_words(row["tier_before"], row["tier_after"], _),
        f"{_(TIER_REASONS[row['reason']])}{figures and f' ({figures})'}",
    )


def _figures(row: Mapping[Any, Any], _: Translator) -> str:
    reason = str(row["reason"])
    if reason == "no_order_for_days":
        return _.plural("{n} day", "{n} days", int(row["recency_days_after"]))
    if reason.startswith("revenue"):
        before, after = (formats.written(row[f"revenue_12m_{when}"], "money", _.language) for when in ("before", "after"))
        return f"{before} → {after}"
    if reason.startswith("orders"):
        return f"{int(row['orders_12m_before'])} → {int(row['orders_12m_after'])}"
    return ""


def contact_words(contact: Contact | None, _: Translator) -> Text:
    """Who waits for whom since when."""
    if contact is None:
        return Text(_("no contact written down"), "dim")
    if contact.ours:
        return Text(_.plural("we wrote last, {n} day ago", "we wrote last, {n} days ago", contact.days) if contact.days else _("we wrote today"))
    if not contact.days:
        return Text(_("wrote today, waiting for us"), "attention")
    return Text(_.plural("up to today, waiting for us for {n} day", "up to today, waiting for us for {n} days", contact.days), "attention")


def step_words(step: CustomerNoteRow | None, today: dt.date, _: Translator) -> Text:
    """The next step and by when; marked where the day has passed."""
    if step is None:
        return Text("")
    if step.due_on is None:
        return Text(step.next_step)
    late = step.due_on < today
    words = _("{step} (by {day}, overdue)") if late else _("{step} (by {day})")
    return Text(words.format(step=step.next_step, day=formats.day(step.due_on, _.language)), "attention" if late else "plain")


def place_words(place: Place | None, _: Translator) -> str:
    """'March.xlsx, sheet 订单, row 18' of what stands in a file."""
    if place is None:
        return ""
    parts = [place.file, *([_("sheet {sheet}", sheet=place.sheet)] if place.sheet else []), _("row {row}", row=place.row)]
    words = _.clause.join(parts)
    return words if place.rows == 1 else _.plural("{place} and {n} more row", "{place} and {n} more rows", place.rows - 1, place=words)


def entry(event: Event, _: Translator) -> Entry:
    """A line of the timeline."""
    state = CUSTOMER_STATES.get((event.kind, event.state), "")
    whole = _.clause.join(part for part in (_(state), _said(event, _)) if part)
    return Entry(
        when=formats.day(event.date, _.language) if event.date else _("no date"),
        kind=_(CUSTOMER_NOTES[event.state] if event.kind == "note" else CUSTOMER_EVENTS[event.kind]),
        said=Text(whole, "attention" if (event.kind, event.state) in _LOOK else "plain"),
        quiet=_quiet(event, _),
        right=_right(event, _),
        source=place_words(event.place, _),
        go=f"undo|{event.note_id}" if event.note_id is not None else "",
        act=_("Take back") if event.note_id is not None else "",
    )


def _said(event: Event, _: Translator) -> str:
    detail = event.detail
    if event.kind in ("order", "deal"):
        return _.comma.join(detail["products"]) or (event.words and _("order {number}", number=event.words))
    if event.kind == "ticket" and detail["hours"] is not None:
        return _("answered after {hours}", hours=formats.written(detail["hours"], "hours", _.language))
    if event.kind == "survey" and detail["score"] is not None:
        score = f"{detail['score']:g}" if detail["scale"] is None else f"{detail['score']:g} / {detail['scale']:g}"
        return _.clause.join(part for part in (score, event.words) if part)
    return "" if event.kind == "ticket" else event.words


def _quiet(event: Event, _: Translator) -> str:
    detail = event.detail
    parts = [event.manager or ""]
    if event.kind == "ticket":
        parts.append(event.words)
    if event.kind == "complaint" and detail["resolved_on"]:
        parts.append(_("resolved on {day}", day=formats.day(detail["resolved_on"], _.language)))
    if detail.get("next_step"):
        due = detail.get("due_on")
        step = detail["next_step"] if due is None else _("{step} (by {day})", step=detail["next_step"], day=formats.day(due, _.language))
        parts.append(f"→ {step}")
    return " · ".join(part for part in parts if part)


def _right(event: Event, _: Translator) -> str:
    return formats.written(event.amount, "money", _.language) if event.amount is not None else ""


def spoken(spread: Concentration, _: Translator) -> str:
    """How the revenue is spread, read aloud."""
    tops = _.clause.join(
        _("top {percent}% of customers: {share} of revenue", percent=top.percent, share=formats.written(top.share, "ratio", _.language))
        for top in spread.top
    )
    return f"{_('Concentration')}{_.colon}{tops}"


def monthly_spoken(monthly: Sequence[tuple[str, float | None]], customer: str, _: Translator) -> str:
    """What a customer bought by month, read aloud; months without any order are left out."""
    said = [f"{formats.month(month, _.language)} {formats.written(value, 'money', _.language)}" for month, value in monthly if value]
    return f"{customer}{_.colon}{_.clause.join(said) or _('no orders')}"


def present(value: object) -> Any:
    """The value, None where it is missing."""
    return None if value is None or pd.isna(value) else value  # type: ignore[call-overload]
