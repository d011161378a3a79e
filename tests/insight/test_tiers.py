"""Tiers: each rule at its boundary, which goes first, ties at the top, thresholds as data, and the real sheets."""

from __future__ import annotations

import datetime as dt
import json
import math
import random
from dataclasses import FrozenInstanceError
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from amdash.errors import AmdashError
from amdash.ingest.preview import read_file
from amdash.insight.customers import profiles, sales_of
from amdash.insight.tiers import DEFAULTS, TIERS, TierRules, by_manager, customer_tiers, tiers
from amdash.metrics.attribution import attribute
from amdash.metrics.spec import Facts
from amdash.schema import TABLES, empty_frame, frame_of

# One VIP among five customers who bought in the last 12 months.
RULES = TierRules(lapsed_after_days=100, new_within_days=30, vip_top_share=0.2, vip_orders=3, vip_tenure_days=60)
EMPTY = {name: empty_frame(table) for name, table in TABLES.items()}


def customer(who: str = "甲", **more: Any) -> dict[str, Any]:
    """A customer whom all three conditions make a VIP, as far as nobody buys more."""
    found: dict[str, Any] = {
        "who": who,
        "customer": who,
        "manager": "李明",
        "managers": 1,
        "first_on": None,
        "last_on": None,
        "recency_days": 10,
        "frequency": 3,
        "monetary": 900.0,
        "tenure_days": 60,
        "orders_12m": 3,
        "revenue_12m": 900.0,
        "open_deals": 0,
        "listed": False,
    }
    return found | more


def known(*rows: dict[str, Any]) -> pd.DataFrame:
    empty = profiles(EMPTY["sales"].assign(who=EMPTY["sales"]["customer"]), dt.date(2026, 10, 31))
    return pd.DataFrame(list(rows), columns=list(empty.columns)).astype(empty.dtypes.to_dict())


def tier_of(rules: TierRules = RULES, **more: Any) -> str:
    return str(tiers(known(customer(**more)), rules)["tier"].item())


def facts_of(sales: list[dict[str, Any]], customers: list[dict[str, Any]]) -> Facts:
    tables = dict(EMPTY)
    for name, rows in (("sales", sales), ("customers", customers)):
        columns: dict[str, list[Any]] = {field: [row.get(field) for row in rows] for field in TABLES[name].names}
        tables[name] = frame_of(TABLES[name], columns | {"source_row": [2] * len(rows)}, len(rows))
    return Facts(tables, dt.datetime(2026, 10, 31, 9))


def test_the_order_of_the_tiers() -> None:
    assert TIERS == ("vip", "normal", "potential", "lapsed")


@pytest.mark.parametrize(
    ("more", "tier"),
    [
        ({}, "vip"),
        ({"recency_days": 99}, "vip"),
        ({"recency_days": 100}, "lapsed"),
        ({"tenure_days": 59}, "normal"),
        ({"tenure_days": 30}, "normal"),
        ({"tenure_days": 29}, "potential"),
        ({"orders_12m": 2}, "normal"),
        ({"orders_12m": 4}, "vip"),
        ({"revenue_12m": 0.0}, "normal"),
        ({"revenue_12m": -5.0}, "normal"),
        ({"revenue_12m": 0.01}, "vip"),
        # Long silence goes before being new, and both before being large.
        ({"recency_days": 100, "tenure_days": 10}, "lapsed"),
        ({"frequency": 0, "recency_days": None, "tenure_days": None, "orders_12m": 0, "revenue_12m": 0.0}, "potential"),
        ({"frequency": 0, "recency_days": None, "tenure_days": 4000, "orders_12m": 0, "revenue_12m": 0.0}, "potential"),
        # Sent something back, never bought: no order has become old.
        ({"frequency": 0, "recency_days": 500, "orders_12m": 0}, "potential"),
        ({"frequency": 1}, "vip"),
    ],
)
def test_every_rule_at_its_boundary(more: dict[str, Any], tier: str) -> None:
    assert tier_of(**more) == tier


def test_the_usual_thresholds() -> None:
    assert TierRules(180, 90, 0.2, 3, 180) == DEFAULTS
    usual = {"tenure_days": 180, "orders_12m": 3}
    assert [tier_of(DEFAULTS, **usual, recency_days=days) for days in (179, 180)] == ["vip", "lapsed"]
    assert [tier_of(DEFAULTS, **usual | {"tenure_days": days}) for days in (89, 90, 179, 180)] == ["potential", "normal", "normal", "vip"]


def test_the_largest_fifth_of_those_who_bought_in_twelve_months() -> None:
    rows = [customer(f"K{number:02d}", revenue_12m=float(number)) for number in range(1, 11)]
    asleep = [customer(f"Z{number}", revenue_12m=0.0, orders_12m=0, recency_days=400) for number in range(20)]
    found = tiers(known(*rows, *asleep), RULES).set_index("who")
    # Ten bought: the top fifth are two, however many are asleep.
    assert found.index[found["tier"] == "vip"].tolist() == ["K09", "K10"]
    assert found["top"].sum() == 2
    assert found["revenue_rank"].tolist()[:10] == list(range(10, 0, -1))
    assert found["revenue_rank"].isna().tolist() == [False] * 10 + [True] * 20


def test_who_ties_across_the_limit_stays_below_it_and_who_ties_within_it_is_in() -> None:
    amounts = [9.0, 8.0, 8.0, 4.0, 3.0, 2.0, 1.0, 1.0, 1.0, 1.0]
    across = tiers(known(*(customer(f"K{place}", revenue_12m=amount) for place, amount in enumerate(amounts))), RULES)
    assert across["revenue_rank"].tolist() == [1, 3, 3, 4, 5, 6, 10, 10, 10, 10]
    assert across["tier"].tolist() == ["vip"] + ["normal"] * 9
    within = tiers(known(*(customer(f"K{place}", revenue_12m=amount) for place, amount in enumerate([9.0, 9.0, *amounts[2:]]))), RULES)
    assert within["tier"].tolist() == ["vip"] * 2 + ["normal"] * 8


def test_customers_who_are_all_alike_have_no_top() -> None:
    assert tiers(known(*(customer(f"K{number}") for number in range(10))), RULES)["tier"].tolist() == ["normal"] * 10
    everybody = TierRules(100, 30, 1.0, 3, 60)
    assert tiers(known(*(customer(f"K{number}") for number in range(10))), everybody)["tier"].tolist() == ["vip"] * 10


@pytest.mark.parametrize(("customers", "share", "tops"), [(1, 0.2, 1), (4, 0.2, 1), (9, 0.2, 1), (10, 0.2, 2), (14, 0.5, 7), (100, 0.29, 29)])
def test_how_many_are_at_the_top(customers: int, share: float, tops: int) -> None:
    frame = known(*(customer(f"K{number:03d}", revenue_12m=float(1 + number)) for number in range(customers)))
    assert tiers(frame, TierRules(100, 30, share, 3, 60))["top"].sum() == tops


def test_what_is_added_and_that_nothing_given_is_changed() -> None:
    frame = known(customer(), customer("乙", revenue_12m=5.0, frequency=9, recency_days=3))
    before = frame.copy(deep=True)
    found = tiers(frame, RULES)
    pd.testing.assert_frame_equal(frame, before)
    pd.testing.assert_frame_equal(found[list(frame)], before)
    assert list(found)[len(list(frame)) :] == ["r", "f", "m", "t", "segment", "revenue_rank", "top", "tier"]
    assert found[["r", "f", "segment"]].to_numpy().tolist() == [[1, 1, "lost"], [5, 5, "others"]]


def test_nobody() -> None:
    found = tiers(known(), RULES)
    assert found.empty
    assert {"r", "f", "m", "t", "segment", "revenue_rank", "top", "tier"} <= set(found)
    assert list(by_manager(found)) == ["manager", "tier", "customers", "revenue_12m"]
    assert by_manager(found).empty


CUSTOMERS = st.lists(
    st.builds(
        lambda bought, recency, longer, revenue, orders: customer(
            frequency=bought,
            recency_days=recency if bought else None,
            tenure_days=recency + longer if bought else None,
            revenue_12m=revenue if orders else 0.0,
            orders_12m=orders,
        ),
        st.integers(0, 3),
        st.integers(0, 300),
        st.integers(0, 300),
        st.sampled_from([1.0, 2.0, 3.0, 4.0]),
        st.integers(0, 5),
    ),
    max_size=25,
)


@settings(max_examples=40)
@given(rows=CUSTOMERS, seed=st.integers(0, 99))
def test_each_in_exactly_one_tier_and_equal_customers_in_the_same_whatever_their_order(rows: list[dict[str, Any]], seed: int) -> None:
    named = [row | {"who": f"K{place:02d}"} for place, row in enumerate(rows)]
    found = tiers(known(*named), RULES)
    assert set(found["tier"]) <= set(TIERS)
    assert found["tier"].notna().all()
    alike = found.groupby(["frequency", "recency_days", "tenure_days", "revenue_12m", "orders_12m"], dropna=False)["tier"].nunique()
    assert (alike == 1).all()
    random.Random(seed).shuffle(named)
    again = tiers(known(*named), RULES).sort_values("who").reset_index(drop=True)
    pd.testing.assert_frame_equal(again, found)
    counted = by_manager(found)
    assert counted["customers"].sum() == len(rows)
    assert counted["revenue_12m"].sum() == pytest.approx(found["revenue_12m"].sum())


def test_customers_and_revenue_per_manager_and_tier() -> None:
    frame = tiers(
        known(
            customer("A", manager="王芳", revenue_12m=50.0),
            customer("B", manager="王芳", revenue_12m=20.0),
            customer("C", manager="王芳", revenue_12m=10.0, recency_days=200),
            customer("D", manager=None, revenue_12m=5.0),
            customer("E", manager="李明", revenue_12m=4.0, tenure_days=1),
            customer("F", manager="李明", revenue_12m=3.0),
            customer("G", manager="李明", revenue_12m=2.0),
        ),
        RULES,
    )
    found = [(None if pd.isna(row.manager) else row.manager, row.tier, row.customers, row.revenue_12m) for row in by_manager(frame).itertuples()]
    assert found == [
        ("李明", "normal", 2, 5.0),
        ("李明", "potential", 1, 4.0),
        ("王芳", "vip", 1, 50.0),
        ("王芳", "normal", 1, 20.0),
        ("王芳", "lapsed", 1, 10.0),
        (None, "normal", 1, 5.0),
    ]


def test_rules_to_json_and_back() -> None:
    assert RULES.as_dict() == {"lapsed_after_days": 100, "new_within_days": 30, "vip_top_share": 0.2, "vip_orders": 3, "vip_tenure_days": 60}
    assert TierRules.from_dict(json.loads(json.dumps(RULES.as_dict()))) == RULES
    assert TierRules.from_dict({}) == DEFAULTS
    assert TierRules.from_dict({"vip_orders": 5}) == TierRules(vip_orders=5)
    found = TierRules.from_dict({"lapsed_after_days": 120.0, "vip_top_share": 1})
    assert found == TierRules(lapsed_after_days=120, vip_top_share=1.0)
    assert (type(found.lapsed_after_days), type(found.vip_top_share)) == (int, float)


def test_rules_do_not_change() -> None:
    with pytest.raises(FrozenInstanceError):
        RULES.vip_orders = 9  # type: ignore[misc]


def test_a_rule_that_nobody_knows() -> None:
    with pytest.raises(AmdashError) as caught:
        TierRules.from_dict({"vip_orders": 2, "lapsed": 90})
    assert caught.value.code == "tier_rule_unknown"
    assert caught.value.fields == {"field": "lapsed", "known": list(RULES.as_dict())}


@pytest.mark.parametrize("value", ["90", None, True, 90.5, math.nan, math.inf, [90]])
def test_days_are_whole_numbers(value: Any) -> None:
    with pytest.raises(AmdashError) as caught:
        TierRules.from_dict({"lapsed_after_days": value})
    assert caught.value.code == "tier_rule_not_number"
    assert caught.value.fields["field"] == "lapsed_after_days"
    assert caught.value.fields["value"] is value


@pytest.mark.parametrize("value", ["0.2", None, False])
def test_a_share_is_a_number(value: Any) -> None:
    with pytest.raises(AmdashError) as caught:
        TierRules(vip_top_share=value)
    assert (caught.value.code, caught.value.fields["field"]) == ("tier_rule_not_number", "vip_top_share")


@pytest.mark.parametrize(
    ("field", "least", "most", "step"),
    [
        ("lapsed_after_days", 1, 36_500, 1),
        ("new_within_days", 0, 36_500, 1),
        ("vip_top_share", 0.001, 1.0, 0.0001),
        ("vip_orders", 1, 1_000, 1),
        ("vip_tenure_days", 0, 36_500, 1),
    ],
)
def test_what_thresholds_may_be(field: str, least: float, most: float, step: float) -> None:
    for value in (least, most):
        assert TierRules.from_dict({field: value}).as_dict()[field] == value
    for value in (least - step, most + step):
        with pytest.raises(AmdashError) as caught:
            TierRules.from_dict({field: value})
        assert caught.value.code == "tier_rule_out_of_range"
        assert caught.value.fields == {"field": field, "value": value, "least": least, "most": most}


def test_a_share_that_is_no_number_at_all_is_out_of_range() -> None:
    for value in (math.nan, math.inf):
        with pytest.raises(AmdashError) as caught:
            TierRules(vip_top_share=value)
        assert caught.value.code == "tier_rule_out_of_range"


def test_from_facts_with_the_list_and_open_deals_at_any_date() -> None:
    sales = [{"date": f"2026-0{month}-15", "amount": 100.0, "customer": "甲", "manager": "李明"} for month in range(1, 10)]
    sales += [{"date": None, "amount": 5.0, "customer": "乙", "status": "open", "opened_on": "2026-09-01"}]
    facts = facts_of(sales, [{"customer": "丙", "manager": "王芳"}])

    def told(found: pd.DataFrame) -> dict[str, str]:
        return dict(zip(found["who"], found["tier"], strict=True))

    assert told(customer_tiers(facts)) == {"甲": "vip", "乙": "potential", "丙": "potential"}
    assert told(customer_tiers(facts, dt.date(2026, 8, 31))) == {"甲": "vip", "丙": "potential"}
    assert told(customer_tiers(facts, dt.date(2026, 3, 1))) == {"甲": "potential", "丙": "potential"}
    assert told(customer_tiers(facts, dt.date(2027, 3, 14))) == {"甲": "lapsed", "乙": "potential", "丙": "potential"}
    assert told(customer_tiers(facts, rules=TierRules(vip_orders=10))) == {"甲": "normal", "乙": "potential", "丙": "potential"}
    assert set(customer_tiers(facts).set_index("who")["manager"].dropna().items()) == {("甲", "李明"), ("丙", "王芳")}


def real(folder: Path, *names: str) -> Facts:
    """The files' accepted rows, with their managers."""
    today = dt.date(2026, 11, 24)
    frames: dict[str, list[pd.DataFrame]] = {name: [] for name in TABLES}
    for name in names:
        for sheet in read_file(name, (folder / name).read_bytes(), today).sheets:
            for table in sheet.tables:
                frames[table.table].append(table.frame)
    tables = {name: pd.concat(parts, ignore_index=True) if parts else EMPTY[name] for name, parts in frames.items()}
    return Facts(attribute(tables), dt.datetime.combine(today, dt.time(9)))


def test_every_supermarket_customer_has_a_tier_and_one_manager(real_data: Path) -> None:
    found = customer_tiers(real(real_data / "supermarket_cn", "orders.xlsx"), dt.date(2019, 12, 31))
    says = json.loads((real_data / "supermarket_cn" / "orders.expected.json").read_text(encoding="utf-8"))
    assert len(found) == says["overall"]["customers"]
    assert by_manager(found)["customers"].sum() == says["overall"]["customers"]
    assert set(found["manager"]) == set(says["by_manager"])
    # Who bought in 2019, and for how much.
    assert (found["orders_12m"] > 0).sum() == says["by_year"]["2019"]["customers"]
    assert found["orders_12m"].sum() == says["by_year"]["2019"]["orders"]
    assert found["revenue_12m"].sum() == pytest.approx(says["by_year"]["2019"]["sales"], abs=1e-4)
    # A fifth of the 716 are 143.
    assert found["top"].sum() == 143
    assert (found.loc[found["tier"] == "vip", "revenue_rank"] <= 143).all()
    # The last new customer came in September: 92 days and more ago.
    assert set(found["tier"]) == {"vip", "normal", "lapsed"}
    assert set(customer_tiers(real(real_data / "supermarket_cn", "orders.xlsx"), dt.date(2017, 12, 31))["tier"]) == set(TIERS)


def test_the_pipelines_accounts_before_and_after_their_first_deal(real_data: Path) -> None:
    facts = real(real_data / "crm_pipeline", "sales_pipeline.csv", "accounts.csv", "sales_teams.csv")
    says = json.loads((real_data / "crm_pipeline" / "expected.json").read_text(encoding="utf-8"))
    before, after = (customer_tiers(facts, dt.date(2017, month, day)) for month, day in ((2, 28), (12, 31)))
    assert (len(before), len(after)) == (says["accounts"], says["accounts"])
    assert set(before["tier"]) == {"potential"}
    assert after["monetary"].sum() <= says["overall"]["revenue"]
    assert (after["frequency"] > 0).sum() == says["overall"]["accounts_won"]
    # Sales that name no account are nobody's.
    sales = sales_of(facts)
    assert after["monetary"].sum() == sales.loc[sales["status"] == "won", "amount"].sum()
    assert after["first_on"].dt.strftime("%Y-%m").value_counts().to_dict() == says["new_accounts_by_month"]
