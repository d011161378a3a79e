"""Every row gets its manager where a list tells, and stays what it was otherwise."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from amdash.metrics.attribution import attribute
from amdash.metrics.spec import Facts

Make = Callable[..., Facts]

MANAGERS = [
    {"name": "李明", "employee_no": "E1", "region": "华东"},
    {"name": "王芳", "employee_no": "E2", "region": "华南"},
    {"name": "赵强", "employee_no": "E3", "region": "华北"},
    {"name": "周雅", "employee_no": "E4", "region": "华北"},
]
CUSTOMERS = [
    {"customer": "甲", "customer_no": "K1", "manager": "李明"},
    {"customer": "乙", "customer_no": "K2", "manager": "王芳"},
    {"customer": "丙", "customer_no": "K3", "manager": None},
]


def named(frame: pd.DataFrame) -> list[str | None]:
    return [None if pd.isna(name) else name for name in frame["manager"]]


def sales(facts: Make, *rows: dict[str, Any], managers: Any = MANAGERS, customers: Any = CUSTOMERS) -> list[str | None]:
    dated = [{"date": "2026-10-08", "amount": 1.0, **row} for row in rows]
    return named(attribute(facts(managers=managers, customers=customers, sales=dated).tables)["sales"])


@pytest.mark.parametrize(
    ("row", "manager"),
    [
        ({"customer": "甲"}, "李明"),
        ({"customer_no": "K2"}, "王芳"),
        ({"region": "华南"}, "王芳"),
        ({"customer": "戊", "region": "华东"}, "李明"),
        # A customer in nobody's care is its region's.
        ({"customer": "丙", "region": "华东"}, "李明"),
        ({"customer": "丙"}, None),
        ({"customer": "戊", "customer_no": "K9", "region": "西北"}, None),
        ({}, None),
        # The number goes before the name, the customer before the region, and what the row says before all.
        ({"customer_no": "K2", "customer": "甲"}, "王芳"),
        ({"customer": "甲", "region": "华南"}, "李明"),
        ({"manager": "陈七", "customer": "甲", "customer_no": "K2", "region": "华南"}, "陈七"),
    ],
)
def test_a_sale_finds_its_manager(facts: Make, row: dict[str, Any], manager: str | None) -> None:
    # Beside a row that names one and a row that names none.
    assert sales(facts, {"manager": "陈七"}, row, {}) == ["陈七", manager, None]


def test_a_region_of_two_managers_is_nobodys(facts: Make) -> None:
    assert sales(facts, {"region": "华北"}) == [None]
    twice = [{"name": "李明", "region": "华东"}, {"name": "李明", "region": "华东"}]
    assert sales(facts, {"region": "华东"}, managers=twice) == ["李明"]


def test_a_customer_listed_twice_is_the_last_entrys_and_counts_once(facts: Make) -> None:
    listed = [{"customer": "甲", "manager": "李明"}, {"customer": "甲", "manager": "王芳"}, {"customer": "甲", "manager": None}]
    assert sales(facts, {"customer": "甲"}, {"customer": "甲"}, customers=listed) == ["王芳", "王芳"]


def test_a_ticket_finds_its_manager_through_the_employee_number_first(facts: Make) -> None:
    rows = [{"employee_no": "E2"}, {"employee_no": "E2", "customer": "甲"}, {"employee_no": "E9", "customer": "甲"}, {"employee_no": "E9"}]
    given_facts = facts(managers=MANAGERS, customers=CUSTOMERS, tickets=[{"opened_at": "2026-10-08", **row} for row in rows])
    assert named(attribute(given_facts.tables)["tickets"]) == ["王芳", "王芳", "李明", None]


@pytest.mark.parametrize(("table", "dated_by", "more"), [("complaints", "received_on", {}), ("surveys", "date", {"score": 5})])
def test_complaints_and_surveys_find_theirs_through_the_customer(facts: Make, table: str, dated_by: str, more: dict[str, Any]) -> None:
    rows = [{dated_by: "2026-10-08", "customer": customer, **more} for customer in ("甲", "戊", None)]
    given_facts = facts(managers=MANAGERS, customers=CUSTOMERS, **{table: rows})
    assert named(attribute(given_facts.tables)[table]) == ["李明", None, None]


@pytest.mark.parametrize(
    ("table", "more"),
    [
        ("sales", {"date": "2026-10-08", "amount": 1.0}),
        ("complaints", {"received_on": "2026-10-08"}),
        ("surveys", {"date": "2026-10-08", "score": 5}),
        ("summary", {"period": "2026-10"}),
    ],
)
def test_the_employee_number_tells_in_every_table_that_has_it(facts: Make, table: str, more: dict[str, Any]) -> None:
    rows = [{**more, "employee_no": "E2"}, {**more, "employee_no": "E9"}, {**more, "employee_no": "E2", "manager": "陈七"}]
    given_facts = facts(managers=MANAGERS, customers=CUSTOMERS, **{table: rows})
    assert named(attribute(given_facts.tables)[table]) == ["王芳", None, "陈七"]


def test_the_employee_number_goes_before_customer_and_region(facts: Make) -> None:
    assert sales(facts, {"employee_no": "E2", "customer": "甲", "customer_no": "K1", "region": "华东"}) == ["王芳"]


def marked(facts: Make, orders: list[tuple[str | None, bool | None]], returns: list[dict[str, Any]]) -> list[bool | None]:
    dated = [{"date": "2026-10-08", "amount": 1.0, "order_no": order, "returned": said} for order, said in orders]
    given_facts = facts(sales=dated, returns=returns)
    before = given_facts["sales"].copy(deep=True)
    found = attribute(given_facts.tables)["sales"]
    pd.testing.assert_frame_equal(given_facts["sales"], before)
    pd.testing.assert_frame_equal(found.drop(columns="returned"), before.drop(columns="returned"))
    assert found["returned"].dtype == before["returned"].dtype
    return [None if pd.isna(value) else value for value in found["returned"]]


def test_every_row_of_a_returned_order_is_marked_and_none_is_doubled(facts: Make) -> None:
    orders = [("A1", None), ("A1", None), ("A2", None), (None, None), ("A3", True), ("a1", False)]
    listed = [{"order_no": "A1", "returned": True}, {"order_no": "A1", "returned_on": "2026-10-09"}, {"order_no": "A9", "reason": "x"}]
    assert marked(facts, orders, listed) == [True, True, None, None, True, True]


def test_a_return_that_was_turned_down_marks_nothing(facts: Make) -> None:
    assert marked(facts, [("A1", None), ("A2", False)], [{"order_no": "A1", "returned": False}]) == [None, False]
    both = [{"order_no": "A1", "returned": False}, {"order_no": "A1", "returned": True}]
    assert marked(facts, [("A1", None), ("A2", None)], both) == [True, None]


def test_without_returns_or_without_sales_nothing_is_marked(facts: Make) -> None:
    assert marked(facts, [("A1", None), ("A2", True)], []) == [None, True]
    assert marked(facts, [], [{"order_no": "A1", "returned": True}]) == []


def test_targets_are_left_as_they_are(facts: Make) -> None:
    goals = [{"period": "2026-10", "value": 1.0, "region": "华东"}, {"period": "2026-10", "value": 2.0, "team": "华东组"}]
    given_facts = facts(managers=MANAGERS, customers=CUSTOMERS, targets=goals)
    pd.testing.assert_frame_equal(attribute(given_facts.tables)["targets"], given_facts["targets"])


def test_the_lists_themselves_are_left_as_they_are(facts: Make) -> None:
    given_facts = facts(managers=MANAGERS, customers=[{"customer": "丁", "region": "华东"}], sales=[{"date": "2026-10-08", "amount": 1.0}])
    found = attribute(given_facts.tables)
    assert set(found) == set(given_facts.tables)
    for name in ("managers", "customers"):
        pd.testing.assert_frame_equal(found[name], given_facts[name])


def test_without_lists_nothing_changes(facts: Make) -> None:
    given_facts = facts(sales=[{"date": "2026-10-08", "amount": 1.0, "customer": "甲", "region": "华东"}])
    for name, frame in attribute(given_facts.tables).items():
        pd.testing.assert_frame_equal(frame, given_facts[name])


choice = st.fixed_dictionaries(
    {
        "manager": st.sampled_from([None, "李明", "陈七"]),
        "customer": st.sampled_from([None, "甲", "乙", "丙", "戊"]),
        "customer_no": st.sampled_from([None, "K1", "K2", "K3", "K9"]),
        "region": st.sampled_from([None, "华东", "华南", "华北", "西北"]),
    }
)


@given(
    rows=st.lists(choice, max_size=8),
    managers=st.lists(st.sampled_from(MANAGERS), max_size=6),
    customers=st.lists(st.sampled_from(CUSTOMERS), max_size=6),
)
@settings(max_examples=40)
def test_no_row_is_lost_added_or_otherwise_touched(facts: Make, rows: list[dict[str, Any]], managers: Any, customers: Any) -> None:
    dated = [{"date": "2026-10-08", "amount": float(place), **row} for place, row in enumerate(rows)]
    given_facts = facts(managers=managers, customers=customers, sales=dated)
    before = {name: frame.copy(deep=True) for name, frame in given_facts.tables.items()}
    found = attribute(given_facts.tables)
    pd.testing.assert_frame_equal(found["sales"].drop(columns="manager"), before["sales"].drop(columns="manager"))
    assert found["sales"]["manager"].dtype == before["sales"]["manager"].dtype
    for row, name in zip(rows, named(found["sales"]), strict=True):
        assert name == row["manager"] or row["manager"] is None
    for name, frame in given_facts.tables.items():
        pd.testing.assert_frame_equal(frame, before[name])
    for name, frame in attribute(found).items():
        pd.testing.assert_frame_equal(frame, found[name])


def test_an_order_on_the_list_of_returns_is_returned_unless_it_says_no(facts: Make) -> None:
    sold = [{"date": "2026-10-08", "amount": 1.0, "order_no": number} for number in ("A1", "a2", "A3")]
    back = [{"order_no": "a1"}, {"order_no": "A2", "returned": True}, {"order_no": "A3", "returned": False}]
    found = attribute(facts(sales=sold, returns=back).tables)["sales"]["returned"]
    assert [None if pd.isna(one) else bool(one) for one in found] == [True, True, None]
