"""The listed customers: about three hundred, most of them older than the demo."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from calm import dice
from firms import Names
from people import MANAGERS, Manager
from workdays import MONTHS, workdays

# Listed accounts that join within the 24 months, per manager: the position of their first month.
_JOINING = (5, 14)
_PER_MANAGER = {"李明": 38, "林佳怡": 40, "王建国": 39, "陈晓燕": 36, "黄志伟": 40, "周雅琴": 38, "何志强": 34, "梁美玲": 35}
_TIERS = (
    ("VIP", 4.0),
    ("VIP", 3.0),
    ("普通", 1.4),
    ("普通", 1.1),
    ("普通", 1.0),
    ("普通", 0.9),
    ("普通", 0.8),
    ("普通", 0.7),
    ("潜在", 0.45),
    ("潜在", 0.35),
)


@dataclass(frozen=True)
class Account:
    """``weight``: how readily it buys, 1 for an ordinary one. ``until``: the last month in which it buys, '' while it stays."""

    name: str
    manager: str
    tier: str
    city: str
    trade: str
    since: dt.date
    weight: float
    until: str = ""

    def buys_in(self, month: str) -> bool:
        return self.since.isoformat()[:7] <= month and (not self.until or month <= self.until)


def accounts(names: Names) -> list[Account]:
    """Every listed account, in the order of their managers and of their first purchase."""
    return [account for manager in MANAGERS for account in _of(manager, names)]


def _of(manager: Manager, names: Names) -> list[Account]:
    rng = dice("accounts", manager.name)
    count = _PER_MANAGER[manager.name]
    found = []
    for place in range(count):
        name, trade = names.company(rng, manager.area)
        tier, weight = _TIERS[place % len(_TIERS)]
        joining = place - (count - len(_JOINING))
        if joining >= 0:
            since = rng.choice(workdays(MONTHS[_JOINING[joining]])[:8])
        else:
            since = max(manager.hired, dt.date(2018, 1, 2)) + dt.timedelta(days=rng.randint(20, 700))
        since = min(since, dt.date(2024, 10, 14)) if joining < 0 else since
        leaves = joining < 0 and tier != "VIP" and rng.random() < 0.08
        until = MONTHS[rng.randint(6, 17)] if leaves else ""
        found.append(Account(name, manager.name, tier, city(name, manager.area), trade, since, weight * rng.uniform(0.85, 1.15), until))
    return sorted(found, key=lambda account: account.since)


def city(name: str, area: str) -> str:
    """The town that a name of a manager's area begins with."""
    places = [*area.split("、"), "太仓", "常熟", "江阴", "海门", "绍兴", "慈溪", "平湖", "博罗", "开平"]
    return next(place for place in places if name.startswith(place))
