"""Moves between tiers: every reason with its numbers, which way each goes, the revenue at stake, and stories told by sales."""

from __future__ import annotations

import datetime as dt
import random
from typing import Any, get_args

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from amdash.insight.moves import COLUMNS, Direction, Reason, moves, tier_moves
from amdash.insight.tiers import DEFAULTS, TierRules, customer_tiers
from amdash.metrics.spec import Facts
from amdash.schema import TABLES, empty_frame, frame_of

RULES = TierRules(lapsed_after_days=100, new_within_days=30, vip_top_share=0.2, vip_orders=3, vip_tenure_days=60)
EMPTY = {name: empty_frame(table) for name, table in TABLES.items()}
TYPES = {
    "who": "str",
    "customer": "str",
    "manager": "str",
    "tier": "str",
    "recency_days": "Int64",
    "tenure_days": "Int64",
    "frequency": "int64",
    "orders_12m": "int64",
    "revenue_12m": "float64",
    "revenue_rank": "Int64",
    "top": "bool",
    "listed": "bool",
}


def customer(tier: str, who: str = "甲", **more: Any) -> dict[str, Any]:
    found: dict[str, Any] = {
        "who": who,
        "customer": who,
        "manager": "李明",
        "tier": tier,
        "recency_days": 10,
        "tenure_days": 400,
        "frequency": 9,
        "orders_12m": 5,
        "revenue_12m": 500.0,
        "revenue_rank": 1,
        "top": True,
        "listed": False,
    }
    return found | more


def frame(*rows: dict[str, Any]) -> pd.DataFrame:
    return pd.DataFrame(list(rows), columns=list(TYPES)).astype(TYPES)


def one(before: dict[str, Any] | None, after: dict[str, Any] | None) -> dict[str, Any]:
    """The only move, missing values as None."""
    found = moves(frame(*[before] if before else []), frame(*[after] if after else []), RULES)
    assert len(found) == 1
    return {name: None if pd.isna(value) else value for name, value in found.iloc[0].items()}


UNBOUGHT: dict[str, Any] = {
    "frequency": 0,
    "orders_12m": 0,
    "revenue_12m": 0.0,
    "recency_days": None,
    "tenure_days": None,
    "revenue_rank": None,
    "top": False,
}
BELOW: dict[str, Any] = {"top": False, "revenue_rank": 7}

CASES: list[tuple[dict[str, Any] | None, dict[str, Any] | None, Direction, Reason, float | None]] = [
    (customer("vip"), customer("lapsed", recency_days=100), "down", "no_order_for_days", 100),
    (customer("normal"), customer("lapsed", recency_days=130), "down", "no_order_for_days", 100),
    (customer("potential"), customer("lapsed", recency_days=100), "down", "no_order_for_days", 100),
    (customer("potential", **UNBOUGHT), customer("lapsed", frequency=1), "down", "no_order_for_days", 100),
    (None, customer("lapsed", recency_days=120), "new", "no_order_for_days", 100),
    (None, customer("potential"), "new", "first_order", None),
    (None, customer("normal", listed=True), "new", "first_order", None),
    (None, customer("potential", **UNBOUGHT, listed=True), "new", "listed", None),
    (None, customer("potential", **UNBOUGHT), "new", "deal_opened", None),
    (customer("potential", **UNBOUGHT), None, "gone", "deal_lost", None),
    (customer("potential", **UNBOUGHT), customer("normal", frequency=1), "up", "first_order", None),
    (customer("potential", **UNBOUGHT), customer("vip"), "up", "first_order", None),
    (customer("potential"), customer("normal"), "up", "no_longer_new", 30),
    (customer("potential"), customer("vip"), "up", "no_longer_new", 30),
    (customer("lapsed"), customer("normal"), "up", "ordered_again", 100),
    (customer("lapsed", **BELOW), customer("vip", revenue_12m=900.0), "up", "ordered_again", 100),
    (customer("lapsed"), customer("potential"), "up", "ordered_again", 100),
    (customer("normal", **BELOW), customer("vip", revenue_12m=500.01), "up", "revenue_rose", None),
    (customer("normal", **BELOW), customer("vip"), "up", "rank_rose", None),
    (customer("normal", **BELOW), customer("vip", revenue_12m=499.0), "up", "rank_rose", None),
    (customer("normal", **BELOW, orders_12m=2), customer("vip"), "up", "rank_rose", None),
    (customer("normal", orders_12m=2), customer("vip", revenue_12m=900.0), "up", "orders_rose", 3),
    (customer("normal", orders_12m=3), customer("vip", revenue_12m=900.0), "up", "tenure_reached", 60),
    (customer("vip"), customer("normal", **BELOW, revenue_12m=499.99), "down", "revenue_fell", None),
    (customer("vip"), customer("normal", **BELOW), "down", "rank_fell", None),
    (customer("vip"), customer("normal", **BELOW, revenue_12m=600.0), "down", "rank_fell", None),
    (customer("vip"), customer("normal", **BELOW, revenue_12m=400.0, orders_12m=2), "down", "revenue_fell", None),
    (customer("vip"), customer("normal", orders_12m=2, revenue_12m=400.0), "down", "orders_fell", 3),
]


@pytest.mark.parametrize(("before", "after", "direction", "reason", "limit"), CASES)
def test_the_reason_of_every_move(
    before: dict[str, Any] | None, after: dict[str, Any] | None, direction: Direction, reason: Reason, limit: float | None
) -> None:
    found = one(before, after)
    assert (found["direction"], found["reason"], found["limit"]) == (direction, reason, limit)
    assert (found["tier_before"], found["tier_after"]) == tuple(side["tier"] if side else None for side in (before, after))
    assert found["revenue_at_stake"] == (before["revenue_12m"] if before and direction == "down" else 0.0)
    for name in ("recency_days", "tenure_days", "frequency", "orders_12m", "revenue_12m", "revenue_rank"):
        assert (found[f"{name}_before"], found[f"{name}_after"]) == tuple(side[name] if side else None for side in (before, after))


def test_no_reason_is_without_a_case() -> None:
    assert {reason for _, _, _, reason, _ in CASES} == set(get_args(Reason))
    assert {direction for _, _, direction, _, _ in CASES} == set(get_args(Direction))


@pytest.mark.parametrize("tier", ["vip", "normal", "potential", "lapsed"])
def test_who_stays_has_not_moved(tier: str) -> None:
    assert moves(frame(customer(tier)), frame(customer(tier, revenue_12m=1.0, manager="王芳")), RULES).empty


def test_nobody_and_nothing() -> None:
    for before, after in ((frame(), frame()), (frame(customer("vip")), frame(customer("vip")))):
        found = moves(before, after)
        assert list(found) == COLUMNS
        assert found.empty


def test_every_number_is_given_as_at_either_date_and_every_column_once() -> None:
    numbers = ["recency_days", "tenure_days", "frequency", "orders_12m", "revenue_12m", "revenue_rank"]
    expected = [
        *("who", "customer", "manager", "manager_before", "tier_before", "tier_after", "direction", "reason", "limit"),
        *(f"{number}_{when}" for number in numbers for when in ("before", "after")),
        "revenue_at_stake",
    ]
    assert expected == COLUMNS


def test_who_has_the_customer_now_and_had_it_then() -> None:
    found = one(customer("vip", manager="李明", customer="旧名"), customer("normal", manager="王芳", customer="新名"))
    assert (found["manager"], found["manager_before"], found["customer"]) == ("王芳", "李明", "新名")
    found = one(customer("vip", manager="李明"), customer("normal", manager=None))
    # Nobody has it now.
    assert (found["manager"], found["manager_before"]) == (None, "李明")
    found = one(customer("potential", manager="李明", customer="旧名"), None)
    assert (found["manager"], found["manager_before"], found["customer"]) == ("李明", "李明", "旧名")
    found = one(None, customer("potential", manager="王芳"))
    assert (found["manager"], found["manager_before"]) == ("王芳", None)


def test_the_most_at_stake_stands_first_and_then_the_name() -> None:
    before = frame(
        *(customer("vip", who, revenue_12m=money) for who, money in (("A", 5.0), ("B", 9.0), ("D", 9.0))), customer("lapsed", "C", revenue_12m=50.0)
    )
    after = frame(*(customer("lapsed", who) for who in "DBA"), customer("normal", "C"))
    found = moves(before, after, RULES)
    assert list(zip(found["who"], found["revenue_at_stake"], strict=True)) == [("B", 9.0), ("D", 9.0), ("A", 5.0), ("C", 0.0)]
    assert found.index.tolist() == [0, 1, 2, 3]


def test_the_usual_limits_where_none_are_given() -> None:
    found = moves(frame(customer("vip")), frame(customer("lapsed")))
    assert found["limit"].tolist() == [DEFAULTS.lapsed_after_days]


def facts_of(sales: list[dict[str, Any]], customers: list[dict[str, Any]]) -> Facts:
    tables = dict(EMPTY)
    for name, rows in (("sales", sales), ("customers", customers)):
        columns: dict[str, list[Any]] = {field: [row.get(field) for row in rows] for field in TABLES[name].names}
        tables[name] = frame_of(TABLES[name], columns | {"source_row": [2] * len(rows)}, len(rows))
    return Facts(tables, dt.datetime(2026, 10, 31, 9))


def monthly(who: str, amount: float, first: str, last: str, manager: str = "李明") -> list[dict[str, Any]]:
    """An order on the 15th of every month."""
    days = pd.date_range(f"{first}-15", f"{last}-15", freq="MS", inclusive="both") + pd.Timedelta(days=14)
    days = pd.DatetimeIndex([pd.Timestamp(f"{first}-15"), *days])
    return [{"date": str(day.date()), "amount": amount, "customer": who, "manager": manager} for day in sorted(set(days))]


def test_what_the_sales_tell_from_one_month_to_the_next() -> None:
    sales = [
        *monthly("大户", 1000.0, "2025-01", "2026-07"),
        *monthly("常客", 10.0, "2025-01", "2026-10"),
        *monthly("新客", 10.0, "2026-08", "2026-10", "王芳"),
        {"date": "2026-10-20", "amount": 3.0, "customer": "头回", "manager": "王芳"},
        {"date": None, "amount": 9.0, "customer": "商机", "status": "open", "opened_on": "2026-10-05"},
        {"date": "2026-10-07", "amount": 9.0, "customer": "丢单", "status": "lost", "opened_on": "2026-09-05"},
    ]
    facts = facts_of(sales, [{"customer": "名单", "manager": "王芳", "since": "2026-10-10"}])
    rules = TierRules(lapsed_after_days=100, new_within_days=60, vip_top_share=0.2, vip_orders=3, vip_tenure_days=60)
    found = tier_moves(facts, dt.date(2026, 9, 30), dt.date(2026, 10, 31), rules)
    told = {
        row.who: (row.tier_before, row.tier_after, row.direction, row.reason)
        for row in found.fillna({"tier_before": "", "tier_after": ""}).itertuples()
    }
    assert told == {
        # The last order was 108 days ago, and so the regular customer is the largest by orders but not by revenue.
        "大户": ("vip", "lapsed", "down", "no_order_for_days"),
        "新客": ("potential", "normal", "up", "no_longer_new"),
        "头回": ("", "potential", "new", "first_order"),
        "商机": ("", "potential", "new", "deal_opened"),
        "名单": ("", "potential", "new", "listed"),
        "丢单": ("potential", "", "gone", "deal_lost"),
    }
    lost = found.iloc[0]
    assert (lost["who"], lost["manager"], lost["recency_days_after"], lost["limit"]) == ("大户", "李明", 108, 100)
    # October 2025 to July 2026.
    assert (lost["revenue_at_stake"], lost["revenue_12m_before"], lost["revenue_12m_after"]) == (10_000.0, 10_000.0, 9_000.0)
    usual = tier_moves(facts, dt.date(2026, 9, 30), dt.date(2026, 10, 31))
    assert "大户" not in set(usual["who"])


@pytest.mark.parametrize("after", [dt.date(2026, 9, 30), dt.date(2026, 9, 29), dt.datetime(2026, 9, 30, 23)])
def test_the_dates_must_follow_each_other(after: dt.date) -> None:
    with pytest.raises(ValueError):
        tier_moves(facts_of([], []), dt.date(2026, 9, 30), after)


SALES = st.lists(
    st.tuples(
        st.sampled_from("甲乙丙丁戊己"),
        st.integers(0, 700),
        st.sampled_from([1.0, 5.0, 50.0, -2.0]),
        st.sampled_from(["won", "open", "lost", None]),
        st.sampled_from([None, 20, 200]),
    ),
    max_size=40,
)


@settings(max_examples=25)
@given(rows=SALES, first=st.integers(0, 690), later=st.integers(1, 300), seed=st.integers(0, 99))
def test_every_move_has_a_reason_and_leads_from_one_frame_to_the_other(rows: list[tuple[Any, ...]], first: int, later: int, seed: int) -> None:
    start = pd.Timestamp(2024, 11, 1)
    sales = [
        {
            "date": str((start + pd.Timedelta(days=day)).date()),
            "amount": amount,
            "customer": who,
            "manager": "李明",
            "status": status,
            "opened_on": None if ahead is None else str((start + pd.Timedelta(days=day - ahead)).date()),
        }
        for who, day, amount, status, ahead in rows
    ]
    facts = facts_of(sales, [{"customer": "甲"}, {"customer": "乙", "since": "2025-06-01"}])
    days = [(start + pd.Timedelta(days=day)).date() for day in (first, first + later)]
    found = tier_moves(facts, days[0], days[1], RULES)
    assert set(found["reason"]) <= set(get_args(Reason))
    assert (found["revenue_at_stake"] == found["revenue_12m_before"].where(found["direction"] == "down", 0.0)).all()
    before, after = (customer_tiers(facts, day, RULES).set_index("who")["tier"].to_dict() for day in days)
    led = {row.who: row for row in found.itertuples()}
    for who in before.keys() | after.keys():
        assert (who in led) == (before.get(who) != after.get(who))
    # Who moves between VIP and normal crossed one of the three conditions.
    fell = found[found["reason"] == "orders_fell"]
    assert (fell["orders_12m_after"] < RULES.vip_orders).all()
    reached = found[found["reason"] == "tenure_reached"]
    assert ((reached["tenure_days_before"] < RULES.vip_tenure_days) & (reached["tenure_days_after"] >= RULES.vip_tenure_days)).all()
    random.Random(seed).shuffle(sales)
    again = tier_moves(facts_of(sales, [{"customer": "甲"}, {"customer": "乙", "since": "2025-06-01"}]), days[0], days[1], RULES)
    pd.testing.assert_frame_equal(again, found)


def test_nothing_given_is_changed() -> None:
    before, after = frame(customer("vip"), customer("normal", "乙")), frame(customer("normal"))
    copies = before.copy(deep=True), after.copy(deep=True)
    moves(before, after, RULES)
    pd.testing.assert_frame_equal(before, copies[0])
    pd.testing.assert_frame_equal(after, copies[1])
