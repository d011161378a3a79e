"""The commands about customers: a customer's file, and who has not bought yet."""

from __future__ import annotations

import argparse

from amdash.cli import customer_shapes as shapes
from amdash.cli.insight import newest_period
from amdash.cli.output import day, show
from amdash.i18n import Translator, formats
from amdash.i18n.words import CUSTOMER_EVENTS, CUSTOMER_NOTES, CUSTOMER_STATES, tier_words
from amdash.service import customer_files, potential
from amdash.service.customer_contacts import Contact
from amdash.service.customer_events import Event
from amdash.service.workspace import Workspace


def run_customer(ws: Workspace, options: argparse.Namespace, _: Translator) -> None:
    """A customer's file."""
    file = customer_files.open_file(ws, options.name, newest_period(ws, options.month))

    def say() -> None:
        print("\t".join((file.customer, tier_words(file.tier(), _), file.owner or "", *file.listed_tags, *(row.tag for row in file.tags))))
        for event in file.events:
            print("\t".join(_line(event, _)))

    show(options, shapes.customer(file), say)


def _line(event: Event, _: Translator) -> list[str]:
    title = CUSTOMER_NOTES[event.state] if event.kind == "note" else CUSTOMER_EVENTS[event.kind]
    state = CUSTOMER_STATES.get((event.kind, event.state), "")
    money = "" if event.amount is None else formats.written(event.amount, "money", _.language)
    place = "" if event.place is None else f"{event.place.file}:{event.place.sheet}:{event.place.row}"
    said = " ".join(event.words.split()) or _.comma.join(event.detail.get("products", ()))
    return [event.date.isoformat() if event.date else "", _(title), _(state), said, money, place]


def run_potential(ws: Workspace, options: argparse.Namespace, _: Translator) -> None:
    """Who has not bought yet, and how many of the known did."""
    found = potential.potential(ws, day(options.as_of))

    def say() -> None:
        for one in found.prospects:
            step = "" if one.step is None else one.step.next_step
            due = one.step.due_on.isoformat() if one.step and one.step.due_on else ""
            print("\t".join((one.customer, one.manager or "", str(one.deals), _waiting(one.contact, _), step, due)))
        for row in shapes.converted(found):
            print("\t".join((row["manager"] or "", f"{row['converted']}/{row['prospects']}", formats.written(row["rate"], "ratio", _.language))))

    show(options, shapes.potential(found), say)


def _waiting(contact: Contact | None, _: Translator) -> str:
    if contact is None:
        return _("no contact written down")
    if contact.ours:
        return _.plural("we wrote last, {n} day ago", "we wrote last, {n} days ago", contact.days)
    return _.plural("up to today, waiting for us for {n} day", "up to today, waiting for us for {n} days", contact.days)
