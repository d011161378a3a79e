"""A small English workbook: three account managers, four months."""

from __future__ import annotations

import datetime as dt
import random
from typing import Any

from calm import dice
from workbooks import Page
from workdays import MONTHS, moment, workday_after, workdays

TITLE = "Brightwater Office Supplies Ltd."
MANAGERS = {"Emma Clarke": 150_000, "James Patel": 120_000, "Sophie Turner": 135_000}
_MONTHS = MONTHS[-4:]
_PRODUCTS = (
    ("Copier paper A4 (box)", 21.5),
    ("Toner cartridge", 64.0),
    ("Ergonomic chair", 189.0),
    ("Filing cabinet", 145.0),
    ("Height-adjustable desk", 410.0),
    ("Label printer", 128.0),
    ("Whiteboard", 76.0),
    ("Safety gloves (pack)", 12.4),
    ("Packing tape (box)", 33.0),
    ("First aid kit", 29.0),
)
_FIRST = (
    "Ashford",
    "Bramley",
    "Cotswold",
    "Dunmore",
    "Eastgate",
    "Fairfield",
    "Granary",
    "Hollins",
    "Ivybridge",
    "Kestrel",
    "Larkhill",
    "Millbrook",
    "Norwood",
    "Oakley",
    "Pembury",
    "Quarry",
    "Redfern",
    "Stonebridge",
    "Thornbury",
    "Waverley",
)
_SECOND = (
    "Dental Practice",
    "Engineering Ltd",
    "Architects",
    "Logistics Ltd",
    "Foods Ltd",
    "Primary School",
    "Joinery",
    "Print Works",
    "Care Homes",
    "Brewery",
    "Garden Centre",
    "Solicitors",
)
_COMMENTS = (
    "Delivered the next day, as promised.",
    "Always calls back the same day.",
    "The chairs arrived with one castor missing; replaced within two days.",
    "Prices have crept up.",
    "Clear quotation, no surprises.",
    "Would like a single monthly invoice.",
    "Good advice on the desks.",
)
# Who is won or to be won, per manager: the customer, the day since which it is listed, and a deal that is talked about, or none.
_LISTED_SINCE = {"Emma Clarke": ("2026-08-13", "2026-09-22"), "James Patel": ("2026-09-08",), "Sophie Turner": ("2026-07-16", "2026-10-06")}
_DEALS = {"Emma Clarke": "2026-10-15", "Sophie Turner": "2026-09-24"}
_HEADS = {
    "Sales": ["Order date", "Account manager", "Customer", "Product", "Quantity", "Amount", "Status"],
    "Tickets": ["Opened at", "Account manager", "Customer", "Channel", "First response at", "Resolved at", "Status"],
    "Complaints": ["Received on", "Account manager", "Customer", "Type", "Resolved", "Resolved on"],
    "Survey": [
        *("Survey date", "Account manager", "Customer", "Overall satisfaction"),
        *("Product quality", "Service attitude", "Communication", "Needs met", "Comments"),
    ],
    "Customers": ["Customer", "Account manager", "Tier", "Customer since"],
    "Targets": ["Account manager", "Jul", "Aug", "Sep", "Oct", "Total"],
}
_WIDTHS = (13, 18, 30, 18, 14, 14, 14, 14, 14)
_DAYS = {
    "Order date": "yyyy-mm-dd",
    "Received on": "yyyy-mm-dd",
    "Resolved on": "yyyy-mm-dd",
    "Survey date": "yyyy-mm-dd",
    "Customer since": "yyyy-mm-dd",
    "Amount": "#,##0.00",
}
_MOMENTS = dict.fromkeys(("Opened at", "First response at", "Resolved at"), "yyyy-mm-dd hh:mm")


def pages() -> list[Page]:
    """Sales, Tickets, Complaints, Survey, Customers and Targets."""
    rng = dice("english")
    names = [f"{first} {second}" for first in _FIRST for second in _SECOND]
    rng.shuffle(names)
    clients = {manager: names[place * 60 : place * 60 + 60] for place, manager in enumerate(MANAGERS)}
    found: dict[str, list[list[Any]]] = {"Sales": [], "Tickets": [], "Complaints": [], "Survey": []}
    for month in _MONTHS:
        for manager in MANAGERS:
            _month(rng, month, manager, clients[manager], found)
    for rows in found.values():
        rows.sort(key=lambda row: (row[0], row[1], row[2]))
    won = _won(found["Sales"])
    waiting = _waiting(names[60 * len(MANAGERS) :])
    _write_in(found, waiting)
    found["Sales"] += _deals(waiting)
    found["Customers"] = sorted([*won, *waiting], key=lambda row: (row[3], row[0]))
    return _pages(found)


def _waiting(names: list[str]) -> list[list[Any]]:
    """The listed customers without an order."""
    free = iter(names)
    return [[next(free), manager, "Prospect", dt.date.fromisoformat(day)] for manager, days in _LISTED_SINCE.items() for day in days]


def _won(sales: list[list[Any]]) -> list[list[Any]]:
    """One customer of each manager that was listed some days before its first order, in the very month of it: it still is a new one."""
    found = []
    for manager in MANAGERS:
        before: set[str] = set()
        firsts = []
        for day, seller, client, *_ in sales:
            if client not in before and seller == manager and day.month > 7 and day.day > 14:
                firsts.append((day, client))
            before.add(client)
        rng = dice("english", "won", manager)
        day, client = rng.choice(firsts)
        found.append([client, manager, "Regular", rng.choice([early for early in workdays(f"{day:%Y-%m}") if early < day - dt.timedelta(days=6)])])
    return found


def _write_in(found: dict[str, list[list[Any]]], waiting: list[list[Any]]) -> None:
    """The newest customers on the list have asked something, in place of somebody not heard of otherwise: the counts stay as they were."""
    for client, manager, _, since in waiting[1:4]:
        month = _MONTHS[-1]
        rows = [row for row in found["Tickets"] if f"{row[0]:%Y-%m}" == month]
        heard_of = {row[2] for name in ("Sales", "Complaints", "Survey") for row in found[name] if f"{row[0]:%Y-%m}" == month}
        asked = [row[2] for row in rows]
        ticket = next(
            row for row in reversed(rows) if row[1] == manager and asked.count(row[2]) == 1 and row[2] not in heard_of and row[0].date() > since
        )
        ticket[2] = client


def _deals(waiting: list[list[Any]]) -> list[list[Any]]:
    found = []
    for manager, day in _DEALS.items():
        rng = dice("english", "deals", manager)
        client = next(row[0] for row in waiting if row[1] == manager)
        product, price = rng.choice([item for item in _PRODUCTS if item[1] > 100])
        quantity = rng.randint(2, 8) * 5
        found.append([dt.date.fromisoformat(day), manager, client, product, quantity, round(quantity * price, 2), "Open"])
    return sorted(found, key=lambda row: row[0])


def _month(rng: random.Random, month: str, manager: str, clients: list[str], found: dict[str, list[list[Any]]]) -> None:
    days = workdays(month)
    for client in rng.sample(clients, rng.randint(12, 15)):
        product, price = rng.choice(_PRODUCTS)
        quantity = max(1, round(MANAGERS[manager] / 13 * rng.uniform(0.7, 1.3) / price))
        found["Sales"].append([rng.choice(days), manager, client, product, quantity, round(quantity * price, 2), "Won"])
    for client in rng.choices(clients, k=rng.randint(8, 11)):
        opened = moment(rng, rng.choice(days))
        answered = opened + dt.timedelta(minutes=rng.randint(40, 1300))
        resolved = answered + dt.timedelta(hours=rng.randint(1, 40))
        found["Tickets"].append([opened, manager, client, rng.choice(("Phone", "E-mail")), answered, resolved, "Resolved"])
    for client in rng.sample(clients, 1):
        day = rng.choice(days)
        kind = rng.choice(("Late delivery", "Product quality", "Invoice"))
        found["Complaints"].append([day, manager, client, kind, "Yes", workday_after(day, rng.randint(1, 6))])
    for client in rng.sample(clients, rng.randint(8, 11)):
        overall = rng.choices((5, 4, 3, 2), (0.5, 0.42, 0.06, 0.02))[0]
        drivers = [min(5, max(1, overall + rng.choice((-1, 0, 0, 1)))) for _ in range(4)]
        found["Survey"].append([rng.choice(days), manager, client, overall, *drivers, rng.choice(_COMMENTS) if rng.random() < 0.25 else None])


def _pages(found: dict[str, list[list[Any]]]) -> list[Page]:
    span = "July to October 2026"
    sold = round(sum(row[5] for row in found["Sales"]), 2)
    targets = [[manager, *([worth] * 4), worth * 4] for manager, worth in MANAGERS.items()]
    sums = [sum(row[place] for row in targets) for place in range(1, 6)]
    return [
        Page("Sales", [f"{TITLE} Sales, {span}"], _HEADS["Sales"], found["Sales"], _WIDTHS, _DAYS, ["Total", None, None, None, None, sold, None]),
        Page("Tickets", [f"{TITLE} Tickets, {span}"], _HEADS["Tickets"], found["Tickets"], _WIDTHS, _MOMENTS),
        Page("Complaints", [f"{TITLE} Complaints, {span}"], _HEADS["Complaints"], found["Complaints"], _WIDTHS, _DAYS),
        Page("Survey", [f"{TITLE} Customer survey, {span}"], _HEADS["Survey"], found["Survey"], _WIDTHS, _DAYS),
        Page("Customers", [f"{TITLE} New and prospective customers"], _HEADS["Customers"], found["Customers"], (30, 18, 12, 14), _DAYS),
        Page("Targets", [f"{TITLE} Sales targets 2026"], _HEADS["Targets"], targets, (18, 12, 12, 12, 12, 12), {}, ["Total", *sums]),
    ]
