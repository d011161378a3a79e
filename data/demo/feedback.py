"""The feedback log: supervisors about monthly, customers quarterly, the team now and then."""

from __future__ import annotations

import datetime as dt
import random
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from calm import dice
from cases import Complaint, Ticket
from people import MANAGERS, SUPERVISORS, TRAINED, Manager
from sales import WON, Order, target
from surveys import Response
from workdays import MONTHS, workday_after, workdays

Month = tuple[Sequence[Order], Sequence[Ticket], Sequence[Complaint], Sequence[Response]]
_RECORDER = {"客户": "孙丽华", "团队成员": "孙丽华"}
_FIRST_MONTH = MONTHS.index("2025-01")
_QUARTER_ENDS = {"03", "06", "09", "12"}


def log(months: Mapping[str, Month], texts: Mapping[str, Any]) -> list[list[Any]]:
    """The entries of 2025 and 2026 as rows of the sheet, by date."""
    told: Counter[str] = Counter()
    rows: list[list[Any]] = []
    for place in range(_FIRST_MONTH, len(MONTHS)):
        for manager in MANAGERS:
            if manager.name != TRAINED:
                rows += _entries(manager, MONTHS[place], MONTHS[place - 1], months[MONTHS[place - 1]], texts["feedback"], told)
    rows += _trained(months, texts["trained"]["entries"])
    return sorted(rows, key=lambda row: (row[0], row[1], row[2]))


def _entries(manager: Manager, month: str, before: str, facts: Month, texts: Mapping[str, Any], told: Counter[str]) -> list[list[Any]]:
    rng = dice("feedback", manager.name, month)
    filled = _facts(manager, before, facts, rng)
    found = []
    if rng.random() < 0.93:
        found.append(_entry(rng, manager, "直接上级", rng.choice(workdays(month)[4:9]), texts["supervisor"], filled, told))
    if month[-2:] in _QUARTER_ENDS:
        found.append(_entry(rng, manager, "客户", rng.choice(workdays(month)[9:18]), texts["customer"], filled, told))
    if rng.random() < 0.12:
        found.append(_entry(rng, manager, "团队成员", rng.choice(workdays(month)[2:15]), texts["team"], filled, told))
    return found


def _entry(
    rng: random.Random, manager: Manager, source: str, day: dt.date, texts: Sequence[Sequence[Any]], filled: Mapping[str, Any], told: Counter[str]
) -> list[Any]:
    """One entry with the text that fits the month and has been used least; nobody is told the same twice while others remain."""
    fitting = [text for text in texts if text[0] in filled["fits"]]
    rng.shuffle(fitting)
    text = min(fitting, key=lambda text: (told[f"{manager.name}{text[5]}"], told[text[5]], text[0] == "any"))
    told.update([text[5], f"{manager.name}{text[5]}"])
    _, standard, how, rating, days, said, agreed = text
    return _row(manager, source, day, (standard, how, rating, days, said.format_map(filled), agreed.format_map(filled)))


def _row(manager: Manager, source: str, day: dt.date, entry: tuple[Any, ...]) -> list[Any]:
    standard, how, rating, days, said, agreed = entry
    due = workday_after(day + dt.timedelta(days=days - 1), 1) if agreed else None
    recorder = SUPERVISORS[manager.team] if source == "直接上级" else _RECORDER[source]
    return [day, manager.name, source, how, standard, rating, said, agreed or None, due, recorder]


def _trained(months: Mapping[str, Month], entries: Sequence[Sequence[Any]]) -> list[list[Any]]:
    manager = next(man for man in MANAGERS if man.name == TRAINED)
    found = []
    for date, source, standard, how, rating, days, said, agreed in entries:
        before = MONTHS[MONTHS.index(date[:7]) - 1]
        filled = _facts(manager, before, months[before], dice("feedback", date))
        found.append(_row(manager, source, dt.date.fromisoformat(date), (standard, how, rating, days, said.format_map(filled), agreed)))
    return found


def _facts(manager: Manager, month: str, facts: Month, rng: random.Random) -> dict[str, Any]:
    """The figures of one manager's month that a text may speak of, and which texts fit them."""
    orders, tickets, complaints, responses = ([row for row in rows if row.manager == manager.name] for rows in facts)
    won = [order for order in orders if order.status == WON]
    attained = sum(order.amount for order in won) / target(manager, month) / 10_000
    hours = [ticket.hours for ticket in tickets if ticket.hours is not None]
    late = sum(ticket.hours is None or ticket.hours > 24 for ticket in tickets)
    new = sum(order.first for order in won)
    order = max(rng.sample([order for order in won if order.customer.endswith("公司")], 4), key=lambda order: order.amount)
    complaint = rng.choice(complaints) if complaints else None
    fits = {"any", "late_some" if late else "late_none"}
    fits |= {"att_high"} if attained >= 1 else {"att_low"} if attained < 0.98 else set()
    fits |= {"new_high"} if new >= 12 else {"new_low"} if new < 10 else set()
    fits |= {complaint.kind} if complaint else set()
    return {
        "fits": fits,
        "month": f"{int(month[-2:])}月",
        "att": f"{attained:.1%}",
        "tickets": len(tickets),
        "late": late,
        "new": new,
        "hours": f"{sum(hours) / len(hours):.1f}",
        "responses": len(responses),
        "satisfied": sum(row.overall >= 4 for row in responses),
        "customer": order.customer,
        "product": order.product.split("（")[0],
        "amount": f"{order.amount:,.0f}",
        "complainant": complaint.customer if complaint else "",
    }
