"""Tickets and complaints, month by month."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from accounts import Account
from calm import calm, dice, shares
from people import AFTER_TRAINING, MANAGERS, TRAINED, Manager, centre
from sales import WON, Order, quiet
from workdays import MONTHS, moment, workday_after, workdays

_CHANNELS = (("企业微信", 0.38), ("电话", 0.32), ("邮件", 0.18), ("官网留言", 0.12))
_KINDS = (("交货延迟", 0.30), ("产品质量", 0.25), ("发错货", 0.14), ("发票问题", 0.12), ("响应不及时", 0.10), ("服务态度", 0.05), ("价格争议", 0.04))
_SLOW_KINDS = (("响应不及时", 0.45), ("交货延迟", 0.22), ("产品质量", 0.15), ("发票问题", 0.10), ("发错货", 0.08))
_SEVERITY = (("一般", 0.62), ("较重", 0.30), ("严重", 0.08))
# Complaints that nobody closed: (manager, month). One manager lets things lie more often than the others.
_LEFT_OPEN = frozenset(
    {
        ("周雅琴", "2025-01"),
        ("周雅琴", "2025-08"),
        ("周雅琴", "2026-01"),
        ("周雅琴", "2026-10"),
        ("李明", "2025-10"),
        ("何志强", "2025-09"),
        ("王建国", "2025-04"),
        ("黄志伟", "2026-04"),
        ("林佳怡", "2025-03"),
    }
)


@dataclass
class Ticket:
    """``answered_at`` and ``resolved_at`` are None while nobody has."""

    opened_at: dt.datetime
    customer: str
    manager: str
    channel: str
    answered_at: dt.datetime | None
    resolved_at: dt.datetime | None
    number: str = ""

    @property
    def status(self) -> str:
        return "待响应" if self.answered_at is None else "已解决" if self.resolved_at else "处理中"

    @property
    def hours(self) -> float | None:
        return (self.answered_at - self.opened_at).total_seconds() / 3600 if self.answered_at else None


@dataclass
class Complaint:
    """``resolved_on`` is None where it was never closed."""

    day: dt.date
    customer: str
    manager: str
    kind: str
    severity: str
    resolved_on: dt.date | None
    number: str = ""


def draw(rng: random.Random, weighted: Sequence[tuple[str, float]]) -> str:
    return weighted[shares(rng, [weight for _, weight in weighted], 1)[0]][0]


def tickets(book: Mapping[str, Sequence[Order]], listed: Sequence[Account]) -> dict[str, list[Ticket]]:
    """Every month's tickets in the order of their numbers."""
    found: dict[str, list[Ticket]] = {month: [] for month in MONTHS}
    for manager in MANAGERS:
        rng = dice("tickets", manager.name)
        counts = calm(rng, len(MONTHS), 25.0, 4.0)
        drift = calm(rng, len(MONTHS), 0.0, 1.0)
        late = calm(rng, len(MONTHS), 0.95, 0.9)
        own = [account for account in listed if account.manager == manager.name]
        for place, month in enumerate(MONTHS):
            pool = [account.name for account in own if account.buys_in(month)]
            pool += [order.customer for order in book[month] if order.manager == manager.name and order.first]
            count = round(counts[place] * (0.85 if quiet(manager, month) else 1))
            goal = centre(manager, "hours", month)
            goal += drift[place] * (2.8 if goal > 24 else 1.7)
            found[month] += _nearest(rng, manager, month, pool, count, goal, round(late[place]))
    for month, rows in found.items():
        rows.sort(key=lambda ticket: (ticket.opened_at, ticket.customer))
        for place, ticket in enumerate(rows, 1):
            ticket.number = f"GD{month[2:].replace('-', '')}{place:04d}"
    return found


def _nearest(rng: random.Random, manager: Manager, month: str, pool: list[str], count: int, goal: float, late: int) -> list[Ticket]:
    """Of a few dozen months drawn, the one whose mean response comes nearest to the goal."""
    tries = [_month(rng, manager, month, pool, count, goal, late) for _ in range(20)]
    return min(tries, key=lambda rows: abs(_mean_hours(rows) - goal))


def _mean_hours(rows: Sequence[Ticket]) -> float:
    hours = [row.hours for row in rows if row.hours is not None]
    return sum(hours) / len(hours)


def _month(rng: random.Random, manager: Manager, month: str, pool: list[str], count: int, goal: float, late: int) -> list[Ticket]:
    slow = goal > 24
    found = []
    # Three customers write twice, the others once.
    writers = rng.sample(pool, count - 3)
    writers += rng.sample(writers, 3)
    for place, customer in enumerate(writers):
        opened = moment(rng, rng.choice(workdays(month)))
        unanswered = place == 0 and late > 0 and rng.random() < (0.5 if slow else 0.25)
        answered = None if unanswered else _answer(rng, opened, goal, overdue=place < late) if not slow else _slow_answer(rng, opened)
        resolved = answered + dt.timedelta(minutes=rng.randint(20, 60 * 30)) if answered and rng.random() < 0.97 else None
        found.append(Ticket(opened, customer, manager.name, draw(rng, _CHANNELS), answered, resolved))
    return found


def _answer(rng: random.Random, opened: dt.datetime, goal: float, *, overdue: bool) -> dt.datetime:
    """The same day or the next morning; an overdue one the next afternoon or the day after."""
    clock = opened.hour + opened.minute / 60
    day = opened.date()
    if overdue:
        if rng.random() < 0.7 and clock < 17.4:
            return moment(rng, day + dt.timedelta(days=1), min(clock + 0.3, 18.4), 18.5)
        return moment(rng, day + dt.timedelta(days=2), 8.6, 12.0)
    if clock < 16.8 and rng.random() > (goal - 2.5) / 17.5:
        return moment(rng, day, clock + 0.2, min(clock + 5.0, 18.4))
    return moment(rng, day + dt.timedelta(days=1), 8.1, max(8.2, min(clock - 0.1, 17.0)))


def _slow_answer(rng: random.Random, opened: dt.datetime) -> dt.datetime:
    days = (1, 1, 2, 3)[shares(rng, (0.34, 0.16, 0.40, 0.10), 1)[0]]
    clock = opened.hour + opened.minute / 60
    if days == 1 and rng.random() < 0.65:
        return moment(rng, opened.date() + dt.timedelta(days=1), 8.1, max(8.2, clock - 0.1))
    return moment(rng, opened.date() + dt.timedelta(days=days), 8.6, 18.2)


def complaints(book: Mapping[str, Sequence[Order]], asked: Mapping[str, Sequence[Ticket]]) -> dict[str, list[Complaint]]:
    """Every month's complaints in the order of their numbers; about one or two a manager."""
    found: dict[str, list[Complaint]] = {month: [] for month in MONTHS}
    for manager in MANAGERS:
        rng = dice("complaints", manager.name)
        counts = calm(rng, len(MONTHS), manager.complaints, 0.48 if manager.complaints < 1.6 else 0.8)
        for place, month in enumerate(MONTHS):
            buyers = {order.customer for order in book[month] if order.manager == manager.name and order.status == WON}
            active = sorted(buyers | {ticket.customer for ticket in asked[month] if ticket.manager == manager.name})
            count = 1 if quiet(manager, month) else 2 if (manager.name, month) in _LEFT_OPEN else round(counts[place])
            found[month] += _complaints(rng, manager, month, rng.sample(active, count))
    for month, rows in found.items():
        rows.sort(key=lambda row: (row.day, row.customer))
        for place, row in enumerate(rows, 1):
            row.number = f"TS{month[2:].replace('-', '')}{place:03d}"
    return found


def _complaints(rng: random.Random, manager: Manager, month: str, customers: list[str]) -> list[Complaint]:
    kinds = _SLOW_KINDS if manager.name == TRAINED and month < AFTER_TRAINING else _KINDS
    open_ones = 1 if (manager.name, month) in _LEFT_OPEN else 0
    found = []
    for place, customer in enumerate(customers):
        day = rng.choice(workdays(month))
        resolved = None if place < open_ones else workday_after(day, rng.randint(1, 9))
        found.append(Complaint(day, customer, manager.name, draw(rng, kinds), draw(rng, _SEVERITY), resolved))
    return found
