"""How much of the revenue hangs on how few customers."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
import pandas as pd

from amdash.insight.customers import exact_sums

PERCENTS = (1, 5, 10, 20)


@dataclass(frozen=True)
class TopShare:
    """The largest ``percent`` of the customers: how many they are (at least one), their revenue (money), and its share (ratio 0-1)."""

    percent: int
    customers: int
    revenue: float
    share: float


@dataclass(frozen=True)
class Concentration:
    """How a revenue is spread over its customers.

    ``subject``: a manager, '' for the whole business. ``customers``: with revenue above 0. ``revenue``: theirs (money).
    ``customers_for_half``: the fewest who together bring at least half of it. ``equal_customers``: it is spread as if over so
    many customers of equal size (1 / Herfindahl index); near 1, one customer is nearly everything.
    """

    subject: str
    customers: int
    revenue: float
    top: tuple[TopShare, ...]
    customers_for_half: int
    equal_customers: float


def concentration(revenues: Sequence[float], subject: str = "", percents: Sequence[int] = PERCENTS) -> Concentration | None:
    """The spread of revenues, one per customer; who brought nothing, or less by refunds, is left out. Empty: None.

    The top 5 % of 30 customers are two: a part of a customer counts as a whole one.
    """
    known = np.asarray(revenues, dtype="float64")
    ordered = -np.sort(-known[known > 0])
    if not len(ordered):
        return None
    running = np.cumsum(ordered)
    whole = float(running[-1])
    top = []
    for percent in percents:
        customers = -(-percent * len(ordered) // 100)
        top.append(TopShare(percent, customers, float(running[customers - 1]), float(running[customers - 1] / whole)))
    # Half of a total reached to the last binary fraction is half.
    half = int(np.searchsorted(running, whole / 2 * (1 - 1e-12))) + 1
    equal = float(1 / np.square(ordered / whole).sum())
    return Concentration(subject, len(ordered), whole, tuple(top), half, equal)


def concentrations(
    sales: pd.DataFrame, first: dt.date, last: dt.date, by: Literal["manager", "all"] = "all", percents: Sequence[int] = PERCENTS
) -> list[Concentration]:
    """The spread of the won sales between two dates, both included: of the business, or of each manager by name.

    ``sales``: as from :func:`amdash.insight.customers.sales_of`. A customer of several managers counts with each for what it
    bought from that one, and as one customer of the business. Sales that name no customer are left out, and with managers
    those that name none. Empty: no entry without revenue.
    """
    after = pd.Timestamp(last).normalize() + pd.Timedelta(days=1)
    inside = sales["date"].notna() & (sales["date"] >= pd.Timestamp(first).normalize()) & (sales["date"] < after)
    rows = sales[inside & (sales["status"].fillna("won") == "won") & sales["who"].notna()]
    if by == "all":
        found = [concentration(_per_customer(rows), percents=percents)]
    else:
        found = [concentration(_per_customer(part), str(name), percents) for name, part in rows.groupby("manager", sort=True)]
    return [one for one in found if one is not None]


def _per_customer(rows: pd.DataFrame) -> Any:
    codes, people = pd.factorize(rows["who"])
    return exact_sums(codes, rows["amount"], len(people))
