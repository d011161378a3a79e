"""Targets and orders, month by month."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Sequence
from dataclasses import dataclass

from accounts import Account
from calm import calm, dice
from firms import Names
from people import MANAGERS, SOUTH, Manager
from workdays import MONTHS, workdays

# Name and list price in yuan of what the company deals in.
PRODUCTS = (
    ("劳保手套（打）", 46.0),
    ("防护眼镜", 18.5),
    ("安全鞋", 168.0),
    ("防尘口罩（盒）", 39.0),
    ("安全帽", 42.0),
    ("反光背心", 22.0),
    ("工业擦拭纸（箱）", 236.0),
    ("切削液（18L）", 328.0),
    ("润滑油（20L）", 415.0),
    ("除锈剂", 26.5),
    ("深沟球轴承", 34.0),
    ("直线导轨", 462.0),
    ("同步带", 88.0),
    ("气动接头", 12.8),
    ("电磁阀", 145.0),
    ("气缸", 268.0),
    ("内六角螺栓（盒）", 58.0),
    ("不锈钢扎带（包）", 31.0),
    ("麻花钻头套装", 189.0),
    ("硬质合金铣刀", 76.0),
    ("砂轮片（盒）", 64.0),
    ("电动扳手", 598.0),
    ("冲击钻", 489.0),
    ("角磨机", 326.0),
    ("激光测距仪", 359.0),
    ("数显卡尺", 218.0),
    ("红外测温仪", 275.0),
    ("手动液压搬运车", 1280.0),
    ("重型货架（组）", 860.0),
    ("塑料托盘", 115.0),
    ("封箱胶带（箱）", 132.0),
    ("缠绕膜（卷）", 36.0),
    ("LED工矿灯", 198.0),
    ("A4复印纸（箱）", 142.0),
    ("硒鼓", 265.0),
    ("标签打印机", 1150.0),
    ("人体工学椅", 780.0),
    ("文件柜", 620.0),
    ("灭火器", 96.0),
    ("急救箱", 155.0),
)
WON, CANCELLED, OPEN = "已成交", "已取消", "跟进中"
_SEASON = {11: 1.01, 12: 1.04, 1: 0.96, 2: 0.92, 3: 1.03, 4: 0.99, 5: 0.97, 6: 1.03, 7: 0.94, 8: 0.97, 9: 1.03, 10: 0.95}
# The factories of the south close for weeks around Spring Festival; targets and sales both know it.
_SOUTH_IN_FEBRUARY = 0.55
_GROWTH = {"2024": 1.00, "2025": 1.01, "2026": 1.02}


@dataclass
class Order:
    """``amount`` in yuan. ``first``: the customer has never bought before. ``number`` is given when the month is closed."""

    day: dt.date
    customer: str
    manager: str
    product: str
    quantity: int
    amount: float
    status: str = WON
    returned: bool = False
    first: bool = False
    number: str = ""


def quiet(manager: Manager, month: str) -> bool:
    """Whether this is the south's February."""
    return manager.team == SOUTH and month.endswith("-02")


def target(manager: Manager, month: str) -> float:
    """The month's target in 万元, to half a 万."""
    season = _SOUTH_IN_FEBRUARY if quiet(manager, month) else _SEASON[int(month[-2:])]
    return round(manager.level * season * _GROWTH[month[:4]] * 2) / 2


def orders(listed: Sequence[Account], names: Names) -> dict[str, list[Order]]:
    """Every month's orders in the order of their numbers."""
    book: dict[str, list[Order]] = {month: [] for month in MONTHS}
    for manager in MANAGERS:
        _fill(book, manager, [account for account in listed if account.manager == manager.name], names)
    for month, found in book.items():
        found.sort(key=lambda order: (order.day, order.manager, order.customer, order.product))
        for place, order in enumerate(found, 1):
            order.number = f"XS{month.replace('-', '')}{place:04d}"
    return book


def _fill(book: dict[str, list[Order]], manager: Manager, listed: list[Account], names: Names) -> None:
    rng = dice("orders", manager.name)
    new = calm(rng, len(MONTHS), manager.new, 2.2)
    again = calm(rng, len(MONTHS), 24.0, 2.6)
    attained = calm(rng, len(MONTHS), manager.attainment, 0.042)
    waiting: list[str] = []
    never = [account for account in listed if account.buys_in(MONTHS[0])]
    rng.shuffle(never)
    for place, month in enumerate(MONTHS):
        joined = [account for account in listed if account.since.isoformat()[:7] == month]
        shops = [names.shop(rng, manager.area) for _ in range(round(new[place]) - len(joined))]
        count = round(again[place] * (0.75 if quiet(manager, month) else 1))
        buyers = _regulars(rng, listed, never, joined, month, count)
        small = [_small(rng, manager, month, shop, first=True) for shop in shops]
        returning = [shop for shop in waiting if rng.random() < 0.3]
        small += [_small(rng, manager, month, shop, first=False) for shop in returning]
        waiting = [shop for shop in [*waiting, *(shop for shop in shops if rng.random() < 0.2)] if shop not in returning]
        budget = target(manager, month) * 10_000 * attained[place] - sum(order.amount for order in small)
        book[month] += small + _large(rng, manager, month, buyers, budget, [account.name for account in joined]) + _lost(rng, manager, month, listed)


def _regulars(rng: random.Random, listed: list[Account], never: list[Account], joined: list[Account], month: str, count: int) -> list[Account]:
    """Who orders this month; in the first months the old accounts that have not ordered yet come first."""
    buyers = [*joined, *(never.pop() for _ in range(min(len(never), round(count * 0.75))))]
    pool = [account for account in listed if account.buys_in(month) and account not in never and account not in buyers]
    # Weighted, and nobody twice, but for two who order once more.
    pool.sort(key=lambda account: rng.random() ** (1 / account.weight), reverse=True)
    buyers += pool[: max(0, count - 2 - len(buyers))]
    return [*buyers, *rng.sample(buyers, 2)]


def _small(rng: random.Random, manager: Manager, month: str, shop: str, *, first: bool) -> Order:
    product, price = rng.choice([item for item in PRODUCTS if item[1] < 500])
    quantity = max(1, round(rng.triangular(500, 6500, 1500) / price))
    return Order(rng.choice(workdays(month)), shop, manager.name, product, quantity, round(quantity * price, 2), first=first)


def _large(rng: random.Random, manager: Manager, month: str, buyers: list[Account], budget: float, joined: list[str]) -> list[Order]:
    """Won orders of listed accounts, together worth ``budget`` yuan to a few yuan."""
    sizes = [account.weight**0.5 * rng.lognormvariate(0, 0.45) for account in buyers]
    found = []
    days = workdays(month)
    for account, size in zip(buyers, sizes, strict=True):
        worth = budget * size / sum(sizes)
        product, price = rng.choice([item for item in PRODUCTS if item[1] * 6 < worth])
        quantity = _rounded(worth / (price * rng.uniform(0.90, 1.0)))
        first = account.name in joined and not any(order.customer == account.name for order in found)
        day = account.since if first else rng.choice([day for day in days if day >= account.since])
        found.append(
            Order(
                day,
                account.name,
                manager.name,
                product,
                quantity,
                round(quantity * round(worth / quantity, 2), 2),
                returned=not first and rng.random() < 0.025,
                first=first,
            )
        )
    return found


def _rounded(quantity: float) -> int:
    """As people order: whole tens from 60 on, whole fives from 20 on."""
    step = 10 if quantity >= 60 else 5 if quantity >= 20 else 1
    return max(step, round(quantity / step) * step)


def _lost(rng: random.Random, manager: Manager, month: str, listed: list[Account]) -> list[Order]:
    """Orders that were called off, and now and then one that is still talked about: neither counts as a sale."""
    pool = [account for account in listed if account.buys_in(month) and account.since.isoformat()[:7] < month]
    found = []
    for status, chance in ((CANCELLED, 0.45), (OPEN, 0.25)):
        if rng.random() < chance:
            product, price = rng.choice(PRODUCTS)
            quantity = rng.randint(5, 40)
            day, customer = rng.choice(workdays(month)), rng.choice(pool).name
            found.append(Order(day, customer, manager.name, product, quantity, round(quantity * price, 2), status))
    return found
