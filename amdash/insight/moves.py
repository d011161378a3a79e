"""Which customers changed their tier between two dates, why, and the revenue at stake."""

from __future__ import annotations

import datetime as dt
from typing import Any, Literal

import numpy as np
import pandas as pd

from amdash.insight.customers import listed_of, profiles, sales_of
from amdash.insight.tiers import DEFAULTS, TIERS, TierRules, tiers
from amdash.metrics.spec import Facts

Direction = Literal["up", "down", "new", "gone"]
Reason = Literal[
    # Came to be known: its first order, an open deal, or an entry of the list.
    "first_order",
    "deal_opened",
    "listed",
    # Known by an open deal alone, which was closed without a sale.
    "deal_lost",
    "no_order_for_days",
    "ordered_again",
    "no_longer_new",
    # Against the VIPs' three conditions: revenue, its place among the customers' (others grew or shrank), orders, tenure.
    "revenue_rose",
    "revenue_fell",
    "rank_rose",
    "rank_fell",
    "orders_rose",
    "orders_fell",
    "tenure_reached",
]

_BOTH = ("tier", "recency_days", "tenure_days", "frequency", "orders_12m", "revenue_12m", "revenue_rank", "top", "listed")
COLUMNS = [
    "who",
    "customer",
    "manager",
    "manager_before",
    "tier_before",
    "tier_after",
    "direction",
    "reason",
    "limit",
    *(f"{name}_{when}" for name in _BOTH if name not in ("tier", "top", "listed") for when in ("before", "after")),
    "revenue_at_stake",
]


def tier_moves(facts: Facts, before: dt.date, after: dt.date, rules: TierRules = DEFAULTS) -> pd.DataFrame:
    """The moves between two dates, both judged by the same rules (see :func:`moves`). Errors: ValueError where ``before`` is not earlier."""
    if pd.Timestamp(before).normalize() >= pd.Timestamp(after).normalize():
        raise ValueError(before)
    sales, listed = sales_of(facts), listed_of(facts)
    return moves(tiers(profiles(sales, before, listed), rules), tiers(profiles(sales, after, listed), rules), rules)


def moves(before: pd.DataFrame, after: pd.DataFrame, rules: TierRules = DEFAULTS) -> pd.DataFrame:
    """Who is in another tier than before, or has come or gone.

    ``before``, ``after``: two frames of :func:`amdash.insight.tiers.tiers`, made by ``rules``.
    Rows: one per customer, the most revenue at stake first, then by ``who``. Columns (COLUMNS): manager, who has the customer
    now, and manager_before; tier_before (missing: not known then), tier_after (missing: gone); direction, by the order of
    TIERS with potential below normal; reason, a code of Reason, with the numbers it speaks of as at either date (days, orders,
    money of the last 12 months, place) and the limit that was crossed, where the rules have one; revenue_at_stake: what who
    moved down brought in the 12 months up to the earlier date (money), 0 for all others. Empty: no row, every column.
    """
    kept = ["who", "customer", "manager", *_BOTH]
    both = before[kept].merge(after[kept], on="who", how="outer", suffixes=("_before", "_after"))
    moved = both[both["tier_before"].fillna("") != both["tier_after"].fillna("")].reset_index(drop=True)
    gone = moved["tier_after"].isna()
    limit, reason = _reasons(moved, rules)
    direction = _directions(moved)
    result = moved.assign(
        customer=moved["customer_after"].fillna(moved["customer_before"]),
        manager=moved["manager_after"].where(~gone, moved["manager_before"]),
        direction=direction,
        reason=reason,
        limit=limit,
        revenue_at_stake=moved["revenue_12m_before"].where(direction == "down", 0.0),
    )
    counts = {f"{name}_{when}": "Int64" for name in ("frequency", "orders_12m") for when in ("before", "after")}
    return result.sort_values(["revenue_at_stake", "who"], ascending=[False, True])[COLUMNS].astype(counts).reset_index(drop=True)


def _directions(moved: pd.DataFrame) -> pd.Series[Any]:
    place = {tier: number for number, tier in enumerate(reversed(TIERS))}
    then, now = (moved[name].map(place).astype("float64") for name in ("tier_before", "tier_after"))
    found = np.select([then.isna(), now.isna(), now > then], ["new", "gone", "up"], "down")
    return pd.Series(found, index=moved.index, dtype="str")


def _reasons(moved: pd.DataFrame, rules: TierRules) -> tuple[pd.Series[Any], pd.Series[Any]]:
    """The limit crossed, and the code, of every move: the first line that holds."""
    then, now = moved["tier_before"].fillna(""), moved["tier_after"].fillna("")
    orders_then, orders_now = (moved[f"frequency_{when}"].fillna(0) for when in ("before", "after"))
    money_then, money_now = moved["revenue_12m_before"], moved["revenue_12m_after"]
    top_then, top_now, is_listed = (moved[name].fillna(value=False).astype("bool") for name in ("top_before", "top_after", "listed_after"))
    enough_then = moved["orders_12m_before"].fillna(0) >= rules.vip_orders
    to_vip, from_vip = now == "vip", then == "vip"
    none = float("nan")
    lines: list[tuple[pd.Series[Any], Reason, float]] = [
        (now == "", "deal_lost", none),
        (now == "lapsed", "no_order_for_days", rules.lapsed_after_days),
        ((orders_then == 0) & (orders_now > 0), "first_order", none),
        ((then == "") & is_listed, "listed", none),
        (then == "", "deal_opened", none),
        (then == "lapsed", "ordered_again", rules.lapsed_after_days),
        (then == "potential", "no_longer_new", rules.new_within_days),
        (to_vip & ~top_then & (money_now > money_then), "revenue_rose", none),
        (to_vip & ~top_then, "rank_rose", none),
        (to_vip & ~enough_then, "orders_rose", rules.vip_orders),
        (to_vip, "tenure_reached", rules.vip_tenure_days),
        (from_vip & ~top_now & (money_now < money_then), "revenue_fell", none),
        (from_vip & ~top_now, "rank_fell", none),
        # Nobody's time as a customer gets shorter: of the three conditions only this one is left.
        (from_vip, "orders_fell", rules.vip_orders),
    ]
    holds = [line[0].to_numpy(dtype="bool") for line in lines]
    limit = np.select(holds, [line[2] for line in lines], none)
    return pd.Series(limit, index=moved.index), pd.Series(np.select(holds, [line[1] for line in lines], ""), index=moved.index, dtype="str")
