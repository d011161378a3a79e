"""The same KPIs by tier, region, channel or product: whose word counts, and that nothing is lost or counted twice."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from amdash.metrics import evaluate
from amdash.metrics.catalogue import KPIS
from amdash.metrics.slices import DIMENSIONS, NOT_KNOWN, Dimension, sliced
from amdash.metrics.spec import Facts

Make = Callable[..., Facts]
ALL = tuple(KPIS.values())
SALES = [
    {"date": "2026-10-01", "amount": 10.0, "manager": "李明", "customer": "甲", "region": "华东", "product": "茶"},
    {"date": "2026-10-02", "amount": 20.0, "manager": "王芳", "customer": "乙", "product": "茶"},
    {"date": "2026-10-03", "amount": 40.0, "manager": "李明", "customer": "丙", "product": "咖啡"},
    {"date": "2026-10-04", "amount": 80.0, "manager": "李明", "customer_no": "C4"},
]
CUSTOMERS = [
    {"customer": "甲", "region": "华南", "tier": "A"},
    {"customer": "乙", "region": "华南", "tier": "B"},
    {"customer": "丁", "customer_no": "C4", "region": "华北"},
]


def sums(facts: Facts, kpi: str = "sales_amount") -> dict[str, float]:
    cells = evaluate.cells(facts, [KPIS[kpi]])
    return {str(name): float(total) for name, total in cells.groupby("manager")["numerator"].sum().items()}


@pytest.mark.parametrize(
    ("dimension", "amounts"),
    [
        ("product", {"茶": 30, "咖啡": 40, NOT_KNOWN: 80}),
        # 甲 bought in 华东, whatever the list says of the customer.
        ("region", {"华东": 10, "华南": 20, NOT_KNOWN: 40, "华北": 80}),
        ("tier", {"A": 10, "B": 20, NOT_KNOWN: 120}),
        ("channel", {}),
    ],
)
def test_every_amount_is_in_one_slice(facts: Make, dimension: Dimension, amounts: dict[str, float]) -> None:
    assert sums(sliced(facts(sales=SALES, customers=CUSTOMERS), dimension)) == amounts


def test_tiers_that_are_given_go_before_those_of_the_list(facts: Make) -> None:
    assert sums(sliced(facts(sales=SALES, customers=CUSTOMERS), "tier", {"甲": "vip", "C4": "normal"})) == {"vip": 10, "normal": 80, NOT_KNOWN: 60}
    assert sums(sliced(facts(sales=SALES, customers=CUSTOMERS), "tier", {})) == {}


def test_of_one_manager(facts: Make) -> None:
    assert sums(sliced(facts(sales=SALES), "product", manager="李明")) == {"咖啡": 40, "茶": 10, NOT_KNOWN: 80}
    assert sums(sliced(facts(sales=SALES), "product", manager="赵强")) == {}


def test_only_what_carries_the_dimension_is_measured(facts: Make) -> None:
    given_facts = facts(
        sales=SALES,
        tickets=[{"opened_at": "2026-10-08 09:00", "response_hours": 2.0, "channel": "电话", "manager": "李明"}],
        staff_surveys=[{"date": "2026-10-08", "score": 5, "scale": 5, "manager": "李明"}] * 6,
        summary=[{"period": "2026-10", "manager": "李明", "sales_amount": 999.0}],
        managers=[{"name": "李明", "team": "华东组"}],
    )
    cells = evaluate.cells(sliced(given_facts, "channel"), ALL)
    assert set(cells["kpi"]) == {"response_time", "response_in_target", "answer_rate", "first_resolution"} & set(cells["kpi"])
    assert {"response_time", "answer_rate"} <= set(cells["kpi"])
    assert set(cells["manager"]) == {"电话"}
    assert not {"staff_satisfaction", "response_time"} & set(evaluate.cells(sliced(given_facts, "product"), ALL)["kpi"])


def test_a_regions_sales_are_held_against_its_target(facts: Make) -> None:
    targets = [
        {"period": "2026-10", "value": 20.0, "region": "华东"},
        {"period": "2026-10", "value": 1.0, "manager": "李明", "region": "华东"},
        {"period": "2026-10", "value": 2.0},
    ]
    given_facts = facts(sales=SALES, customers=CUSTOMERS, targets=targets)
    cells = evaluate.cells(sliced(given_facts, "region"), ALL)
    found = cells[cells["kpi"] == "sales_attainment"]
    assert found[["manager", "numerator", "denominator"]].to_numpy().tolist() == [["华东", 10, 20]]
    # A manager is not held to the whole region's.
    assert "sales_attainment" not in set(evaluate.cells(sliced(given_facts, "region", manager="李明"), ALL)["kpi"])


@pytest.mark.parametrize("dimension", DIMENSIONS)
def test_nothing_is_cut_from_nothing(facts: Make, dimension: Dimension) -> None:
    assert evaluate.cells(sliced(facts(), dimension), ALL).empty


def test_what_is_given_stays_as_it_is(facts: Make) -> None:
    given_facts = facts(sales=SALES, customers=CUSTOMERS)
    before = {name: frame.copy() for name, frame in given_facts.tables.items()}
    sliced(given_facts, "region")
    for name, frame in given_facts.tables.items():
        pd.testing.assert_frame_equal(frame, before[name])


row = st.fixed_dictionaries(
    {
        "date": st.sampled_from(["2026-09-01", "2026-10-01"]),
        "amount": st.integers(0, 1000).map(float),
        "manager": st.sampled_from(["李明", "王芳", None]),
        "customer": st.sampled_from(["甲", "乙", "丙", None]),
        "product": st.sampled_from(["茶", "咖啡", None]),
        "region": st.sampled_from(["华东", None]),
    }
)


@given(st.lists(row, min_size=1, max_size=20), st.sampled_from(["product", "region", "tier"]))
def test_the_slices_add_up_to_the_whole(facts: Make, rows: list[dict[str, Any]], dimension: Dimension) -> None:
    cut = sums(sliced(facts(sales=rows, customers=CUSTOMERS), dimension))
    assert not cut or sum(cut.values()) == sum(one["amount"] for one in rows)
    known = {"product": "product", "region": "region", "tier": "customer"}[dimension]
    assert bool(cut) == any(
        one[known] in ("甲", "乙") if dimension == "tier" else one[known] or (dimension == "region" and one["customer"] in ("甲", "乙"))
        for one in rows
    )
