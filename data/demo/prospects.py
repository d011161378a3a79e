"""Customers who stand on the list before they buy: some still wait, some have bought since. No figure of anybody changes by them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from accounts import Account, city
from calm import dice
from cases import Complaint, Ticket
from firms import Names
from people import MANAGERS, Manager
from sales import OPEN, PRODUCTS, WON, Order
from surveys import Response
from workdays import MONTHS, workdays

# Per manager: who has not bought yet, with a deal that is talked about, and who has bought after a wait.
_WAITING = {"李明": 2, "林佳怡": 1, "王建国": 2, "陈晓燕": 1, "黄志伟": 2, "周雅琴": 1, "何志强": 2, "梁美玲": 1}
_TALKED_TO = {"李明": 1, "林佳怡": 1, "王建国": 2, "陈晓燕": 0, "黄志伟": 1, "周雅琴": 1, "何志强": 1, "梁美玲": 0}
_CONVERTED = {"李明": 2, "林佳怡": 1, "王建国": 1, "陈晓燕": 2, "黄志伟": 1, "周雅琴": 1, "何志强": 0, "梁美玲": 2}
# Who has written in the newest month: (manager, whether an answer is there).
_WROTE = (("林佳怡", True), ("黄志伟", True), ("周雅琴", True), ("何志强", False))
_TRADE_OF_WORKSHOP = {
    "机械加工厂": "机械制造",
    "模具厂": "五金模具",
    "不锈钢制品厂": "五金模具",
    "包装厂": "包装印刷",
    "纸箱厂": "包装印刷",
    "印刷厂": "包装印刷",
    "塑料制品厂": "化工材料",
    "食品厂": "食品加工",
    "制衣厂": "纺织服装",
}


@dataclass(frozen=True)
class Activity:
    """What happened in a month, apart from tickets."""

    orders: Sequence[Order]
    complaints: Sequence[Complaint]
    responses: Sequence[Response]


def waiting(names: Names) -> list[Account]:
    """Listed in the last months, without an order, by the day since which they are listed."""
    found = []
    for manager in MANAGERS:
        rng = dice("prospects", manager.name)
        for month in rng.sample(MONTHS[-5:-1], _WAITING[manager.name]):
            name, trade = names.company(rng, manager.area)
            found.append(Account(name, manager.name, "潜在", city(name, manager.area), trade, rng.choice(workdays(month)), 0.0))
    return sorted(found, key=lambda account: (account.since, account.name))


def deals(listed: Sequence[Account]) -> dict[str, list[Order]]:
    """The deals that are talked about with those who wait, by month, each after the day since which its customer is listed."""
    found: dict[str, list[Order]] = {}
    talked_to = [account for manager in MANAGERS for account in _of(manager, listed)[: _TALKED_TO[manager.name]]]
    for place, account in enumerate(talked_to):
        rng = dice("deals", account.name)
        month = MONTHS[-1 - place % 2]
        product, price = rng.choice([item for item in PRODUCTS if item[1] > 100])
        quantity = rng.randint(4, 12) * 5
        day = rng.choice([day for day in workdays(month) if day > account.since])
        order = Order(day, account.name, account.manager, product, quantity, round(quantity * price, 2), OPEN)
        found.setdefault(month, []).append(order)
    return {month: sorted(orders, key=lambda order: (order.day, order.customer)) for month, orders in found.items()}


def _of(manager: Manager, listed: Sequence[Account]) -> list[Account]:
    return [account for account in listed if account.manager == manager.name]


def add_deals(book: Mapping[str, list[Order]], new: Mapping[str, Sequence[Order]]) -> None:
    """Enter the deals below the other orders of their months, under the numbers that follow."""
    for month, orders in new.items():
        for order in orders:
            book[month].append(order)
            order.number = f"XS{month.replace('-', '')}{len(book[month]):04d}"


def converted(book: Mapping[str, Sequence[Order]]) -> list[Account]:
    """Workshops that were listed some days before their first order.

    Listed in the very month of it: who is listed in an earlier one counts as an old customer, and the month's new customers would change.
    """
    found = []
    for manager in MANAGERS:
        rng = dice("converted", manager.name)
        firsts = [
            (order, trade)
            for month in MONTHS[-11:-1]
            for order in book[month]
            if order.manager == manager.name and order.first and order.status == WON and (trade := _trade(order.customer)) and order.day.day > 14
        ]
        for order, trade in rng.sample(firsts, _CONVERTED[manager.name]):
            since = rng.choice([day for day in workdays(order.day.isoformat()[:7]) if day < order.day - dt.timedelta(days=6)])
            found.append(Account(order.customer, manager.name, "普通", city(order.customer, manager.area), trade, since, 0.0))
    return sorted(found, key=lambda account: (account.since, account.name))


def _trade(shop: str) -> str:
    return next((trade for ending, trade in _TRADE_OF_WORKSHOP.items() if shop.endswith(ending)), "")


def write_in(tickets: Sequence[Ticket], month: Activity, listed: Sequence[Account]) -> None:
    """Give some tickets of a month to those who wait: questions of customers who were not heard of otherwise in that month.

    So the tickets, and the customers that anybody was in touch with, stay as many as they were.
    """
    heard_of = {row.customer for rows in (month.orders, month.complaints, month.responses) for row in rows}
    asked = [ticket.customer for ticket in tickets]
    for manager, answered in _WROTE:
        account = [account for account in listed if account.manager == manager][-1]
        ticket = next(
            ticket
            for ticket in reversed(tickets)
            if ticket.manager == manager
            and (ticket.answered_at is not None) == answered
            and asked.count(ticket.customer) == 1
            and ticket.customer not in heard_of
        )
        ticket.customer = account.name
