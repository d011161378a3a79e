"""Customer surveys with their four driver questions, and the quarterly survey among employees."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from calm import calm, dice
from cases import Ticket
from people import AFTER_TRAINING, EAST, FEW_RESPONSES, MANAGERS, SOUTH, TRAINED, Manager, centre
from sales import WON, Order, quiet
from workdays import MONTHS, workdays

DRIVERS = ("产品质量", "服务态度", "沟通及时", "需求满足")
# How strongly each driver moves with the overall score, and how far it strays from it.
_PULL = {"产品质量": (0.34, 0.62), "服务态度": (0.46, 0.58), "沟通及时": (0.88, 0.45), "需求满足": (0.44, 0.60)}
_USUAL = {"产品质量": 4.35, "服务态度": 4.40, "沟通及时": 4.30, "需求满足": 4.25}
# Employees are asked in the first month of every quarter.
_STAFF_MONTHS = tuple(month for month in MONTHS if month[-2:] in {"01", "04", "07", "10"})
_STAFF_CENTRE = {EAST: 4.15, SOUTH: 4.25}


@dataclass
class Response:
    """``scores``: driver -> 1 to 5. ``comment`` is '' where nothing was written."""

    day: dt.date
    customer: str
    manager: str
    overall: int
    scores: dict[str, int]
    comment: str
    number: str = ""


@dataclass(frozen=True)
class StaffResponse:
    """One employee's answer; it names no one."""

    day: dt.date
    team: str
    score: int
    comment: str


def surveys(book: Mapping[str, Sequence[Order]], asked: Mapping[str, Sequence[Ticket]], texts: Mapping[str, Any]) -> dict[str, list[Response]]:
    """Every month's responses in the order of their numbers."""
    found: dict[str, list[Response]] = {month: [] for month in MONTHS}
    for manager in MANAGERS:
        rng = dice("surveys", manager.name)
        counts = calm(rng, len(MONTHS), 25.0, 4.0)
        drift = calm(rng, len(MONTHS), 0.0, 0.034)
        delight = calm(rng, len(MONTHS), 0.0, 0.10)
        for place, month in enumerate(MONTHS):
            bought = {order.customer: order.product for order in book[month] if order.manager == manager.name and order.status == WON}
            wrote = {ticket.customer: "" for ticket in asked[month] if ticket.manager == manager.name}
            active = {**wrote, **bought}
            count = min(len(active), round(counts[place] * (0.85 if quiet(manager, month) else 1)))
            satisfied = round(count * (centre(manager, "satisfied", month) + drift[place]))
            if (manager.name, month) == (FEW_RESPONSES, MONTHS[-1]):
                count = satisfied = 4
            fives = round(satisfied * ((0.30 if _slow(manager, month) else 0.46) + delight[place]))
            marks = _marks(rng, count, satisfied, fives)
            found[month] += _responses(rng, manager, month, active, marks, texts["comments"])
    for month, rows in found.items():
        rows.sort(key=lambda row: (row.day, row.customer))
        for place, row in enumerate(rows, 1):
            row.number = f"WJ{month[2:].replace('-', '')}{place:03d}"
    return found


def _slow(manager: Manager, month: str) -> bool:
    return manager.name == TRAINED and month < AFTER_TRAINING


def _marks(rng: random.Random, count: int, satisfied: int, fives: int) -> list[int]:
    """The overall scores: so many of 5, of 4 and 5 together, the rest 1 to 3."""
    good = [5] * fives + [4] * (satisfied - fives)
    poor = [(3, 2, 1)[rng.choices((0, 1, 2), (0.68, 0.25, 0.07))[0]] for _ in range(count - satisfied)]
    marks = good + poor
    rng.shuffle(marks)
    return marks


def _responses(
    rng: random.Random, manager: Manager, month: str, active: Mapping[str, str], marks: Sequence[int], comments: Mapping[str, Any]
) -> list[Response]:
    found = []
    for customer, overall in zip(rng.sample(sorted(active), len(marks)), marks, strict=True):
        scores = {driver: _driver(rng, driver, overall, _slow(manager, month)) for driver in DRIVERS}
        comment = _comment(rng, overall, scores, active[customer], comments)
        found.append(Response(rng.choice(workdays(month)), customer, manager.name, overall, scores, comment))
    return found


def _driver(rng: random.Random, driver: str, overall: int, slow: bool) -> int:
    pull, stray = _PULL[driver]
    usual = _USUAL[driver] - (0.75 if slow and driver == "沟通及时" else 0.0)
    return min(5, max(1, round(usual + pull * (overall - 4.3) + rng.gauss(0, stray))))


def _comment(rng: random.Random, overall: int, scores: Mapping[str, int], product: str, comments: Mapping[str, Any]) -> str:
    """Dissatisfied customers write more often, and about what they scored lowest."""
    if rng.random() > (0.24 if overall >= 4 else 0.62):
        return ""
    lowest = min(DRIVERS, key=lambda driver: scores[driver])
    kind = lowest if overall <= 3 else "一般" if overall == 4 else "满意"
    pool = [text for text in comments[kind] if product or "{product}" not in text]
    return str(rng.choice(pool)).replace("{product}", product.split("（")[0])


def staff(texts: Mapping[str, Any]) -> list[StaffResponse]:
    """The employees' answers, in the order of their dates."""
    rng = dice("staff")
    found = []
    for month in _STAFF_MONTHS:
        days = workdays(month)[4:9]
        for team in (EAST, SOUTH):
            scores = _staff_scores(rng, rng.randint(6, 9), _STAFF_CENTRE[team])
            for score in scores:
                comment = rng.choice(texts["staff"]["满意" if score >= 4 else "不满意"]) if rng.random() < 0.45 else ""
                found.append(StaffResponse(rng.choice(days), team, score, comment))
    return sorted(found, key=lambda row: (row.day, row.team, row.score, row.comment))


def _staff_scores(rng: random.Random, count: int, mean: float) -> list[int]:
    total = round(count * (mean + rng.uniform(-0.06, 0.06)))
    scores = [4] * count
    scores[0] = rng.choice((2, 3, 3))
    while sum(scores) != total:
        place = rng.randrange(1, count)
        scores[place] = min(5, scores[place] + 1) if sum(scores) < total else max(3, scores[place] - 1)
    return scores
