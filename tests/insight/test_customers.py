"""Customers at a date: what counts as an order, whose a customer is, what is not known yet, and sums that nothing shuffles."""

from __future__ import annotations

import datetime as dt
import random
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from amdash.insight.customers import COLUMNS, exact_sums, is_bought, listed_of, profiles, sales_of
from amdash.metrics.spec import Facts
from amdash.schema import TABLES, empty_frame, frame_of

AS_OF = dt.date(2026, 10, 31)


def rows_of(table: str, rows: list[dict[str, Any]]) -> pd.DataFrame:
    columns: dict[str, list[Any]] = {field: [row.get(field) for row in rows] for field in TABLES[table].names}
    return frame_of(TABLES[table], columns | {"source_row": list(range(len(rows)))}, len(rows))


def with_who(frame: pd.DataFrame) -> pd.DataFrame:
    return frame.assign(who=frame["customer_no"].fillna(frame["customer"]))


def sales(*rows: dict[str, Any]) -> pd.DataFrame:
    return with_who(rows_of("sales", list(rows)))


def listed(*rows: dict[str, Any]) -> pd.DataFrame:
    return with_who(rows_of("customers", list(rows)))


def sale(date: str | None, amount: float | None = 100.0, customer: str | None = "甲", manager: str | None = "李明", **more: Any) -> dict[str, Any]:
    return {"date": date, "amount": amount, "customer": customer, "manager": manager, **more}


def one(frame: pd.DataFrame, as_of: dt.date = AS_OF, entries: pd.DataFrame | None = None) -> dict[str, Any]:
    """The only customer, missing values as None."""
    found = profiles(frame, as_of, entries)
    assert len(found) == 1
    return {name: None if pd.isna(value) else value for name, value in found.iloc[0].items()}


def test_one_customers_whole_row() -> None:
    found = one(sales(sale("2024-10-31", 50.0), sale("2025-10-31", 30.0), sale("2025-11-01", 20.5), sale("2026-10-01", 10.0)))
    assert found == {
        "who": "甲",
        "customer": "甲",
        "manager": "李明",
        "managers": 1,
        "first_on": pd.Timestamp(2024, 10, 31),
        "last_on": pd.Timestamp(2026, 10, 1),
        "recency_days": 30,
        "frequency": 4,
        "monetary": 110.5,
        "tenure_days": 730,
        # The 12 months begin on 1 November 2025.
        "orders_12m": 2,
        "revenue_12m": 30.5,
        "open_deals": 0,
        "listed": False,
    }


def test_nothing_gives_every_column_with_its_type() -> None:
    for frame in (sales(), sales(sale("2026-11-01")), sales(sale("2026-10-01", customer=None)), sales(sale(None))):
        for entries in (None, listed()):
            found = profiles(frame, AS_OF, entries)
            assert {name: str(dtype) for name, dtype in found.dtypes.items()} == COLUMNS
            assert found.empty


@pytest.mark.parametrize(
    ("numbers", "orders"), [(["A1", "A1", "A2"], 2), ([None, None, None], 3), (["A1", None, "A1"], 2), (["A1", None, None], 3), (["A1"], 1)]
)
def test_an_order_number_counts_once_and_a_row_without_one_by_itself(numbers: list[str | None], orders: int) -> None:
    found = one(sales(*(sale("2026-10-01", order_no=number) for number in numbers)))
    assert (found["frequency"], found["orders_12m"], found["monetary"]) == (orders, orders, 100.0 * len(numbers))


def test_one_number_of_two_customers_is_an_order_of_each() -> None:
    rows = [sale("2026-10-01", customer=customer, order_no=number) for customer, number in (("甲", "A1"), ("乙", "A1"), ("乙", "A2"), ("甲", "A1"))]
    found = profiles(sales(*rows), AS_OF)
    assert dict(zip(found["who"], found["frequency"], strict=True)) == {"甲": 1, "乙": 2}


def test_a_refund_lowers_the_money_and_renews_nothing() -> None:
    found = one(sales(sale("2026-06-01", 100.0, manager="王芳"), sale("2026-10-01", -30.0, manager="李明"), sale("2026-05-01", -1.0)))
    assert (found["monetary"], found["revenue_12m"], found["frequency"], found["orders_12m"]) == (69.0, 69.0, 1, 1)
    assert (found["first_on"], found["last_on"], found["manager"], found["managers"]) == (
        pd.Timestamp(2026, 6, 1),
        pd.Timestamp(2026, 6, 1),
        "王芳",
        1,
    )


def test_a_free_sample_is_an_order_and_a_missing_amount_is_no_money() -> None:
    found = one(sales(sale("2026-10-01", 0.0), sale("2026-10-02", None), sale("2026-10-03", 5.0)))
    assert (found["frequency"], found["monetary"]) == (3, 5.0)


def test_who_only_sent_something_back_is_known_and_has_not_bought() -> None:
    found = one(sales(sale("2026-10-01", -5.0)))
    assert (found["frequency"], found["monetary"], found["recency_days"], found["tenure_days"]) == (0, -5.0, None, None)


@pytest.mark.parametrize(("status", "orders"), [(None, 1), ("won", 1)])
def test_won_or_without_a_status_is_bought(status: str | None, orders: int) -> None:
    frame = sales(sale("2026-10-01", status=status))
    assert one(frame)["frequency"] == orders
    assert is_bought(frame).tolist() == [True]


@pytest.mark.parametrize("status", ["lost", "cancelled", "open"])
def test_other_deals_are_not_bought(status: str) -> None:
    frame = sales(sale("2026-10-01"), sale("2026-10-20", 7.0, manager="王芳", status=status))
    assert is_bought(frame).tolist() == [True, False]
    found = one(frame)
    assert (found["frequency"], found["monetary"], found["recency_days"], found["manager"]) == (1, 100.0, 30, "李明")
    assert found["open_deals"] == (1 if status == "open" else 0)


def test_who_lost_a_deal_and_never_bought_is_nobody() -> None:
    assert profiles(sales(sale("2026-10-01", status="lost")), AS_OF).empty


def test_the_day_itself_counts_whole_and_the_next_not_at_all() -> None:
    frame = sales(sale("2026-10-31 23:59"), sale("2026-11-01 00:00"))
    for as_of in (AS_OF, dt.datetime(2026, 10, 31, 0, 0), dt.datetime(2026, 10, 31, 18, 30)):
        found = one(frame, as_of)
        assert (found["frequency"], found["recency_days"], found["tenure_days"], found["last_on"]) == (1, 0, 0, pd.Timestamp(2026, 10, 31))


def test_twelve_months_end_on_the_last_of_february_too() -> None:
    frame = sales(sale("2027-02-28"), sale("2027-03-01"), sale("2028-02-29"))
    assert one(frame, dt.date(2028, 2, 29))["orders_12m"] == 2
    assert one(frame, dt.date(2028, 2, 28))["orders_12m"] == 1


def test_the_manager_is_who_sold_last_and_all_are_counted() -> None:
    rows = [
        sale("2026-10-02", manager="王芳"),
        sale("2026-10-03", manager=None),
        sale("2026-10-01", 900.0, manager="李明"),
        sale("2026-11-01", manager="赵强"),
    ]
    for frame in (sales(*rows), sales(*rows[::-1])):
        found = one(frame)
        assert (found["manager"], found["managers"]) == ("王芳", 2)


def test_of_one_days_sales_the_largest_decides_whatever_the_hour_and_then_the_name() -> None:
    rows = [sale("2026-10-02 18:00", 5.0, manager="王芳"), sale("2026-10-02 09:00", 7.0, manager="李明"), sale("2026-10-02", None, manager="赵强")]
    tied = [sale("2026-10-02", 5.0, manager="A"), sale("2026-10-02", 5.0, manager="B")]
    for given_rows, manager in ((rows, "李明"), (tied, "B")):
        assert one(sales(*given_rows))["manager"] == one(sales(*given_rows[::-1]))["manager"] == manager


def test_a_missing_amount_is_less_than_any_other() -> None:
    assert one(sales(sale("2026-10-02", 1.0, manager="A"), sale("2026-10-02", None, manager="B")))["manager"] == "A"


def test_the_list_says_who_has_the_customer_now_and_what_it_is_called() -> None:
    frame = sales(sale("2026-10-01", customer="甲公司", customer_no="K1"))
    entries = listed({"customer": "甲", "customer_no": "K1", "manager": "王芳"}, {"customer": "甲集团", "customer_no": "K1", "manager": None})
    found = one(frame, entries=entries)
    # The last entry that says it, as everywhere.
    assert (found["who"], found["customer"], found["manager"], found["managers"], found["listed"]) == ("K1", "甲集团", "王芳", 1, True)
    silent = one(frame, entries=listed({"customer": "甲", "customer_no": "K1"}))
    assert (silent["customer"], silent["manager"]) == ("甲", "李明")


def test_without_a_list_the_latest_row_names_the_customer_and_else_its_number() -> None:
    rows = [
        sale("2026-10-01", customer="旧名", customer_no="K1"),
        sale("2026-10-02", customer="新名", customer_no="K1"),
        sale("2026-10-03", customer=None, customer_no="K1"),
    ]
    assert one(sales(*rows))["customer"] == one(sales(*rows[::-1]))["customer"] == "新名"
    assert one(sales(sale("2026-10-03", customer=None, customer_no="K1")))["customer"] == "K1"
    assert one(sales(sale(None, customer="甲公司", customer_no="K1", status="open")))["customer"] == "甲公司"


def test_a_listed_customer_who_never_bought_is_there() -> None:
    found = one(sales(), entries=listed({"customer": "甲", "manager": "李明", "since": "2026-10-01"}))
    assert (found["listed"], found["frequency"], found["monetary"], found["recency_days"], found["tenure_days"]) == (True, 0, 0.0, None, 30)
    assert (found["manager"], found["managers"]) == ("李明", 0)
    assert one(sales(), entries=listed({"customer": "甲"}))["tenure_days"] is None


def test_an_entry_that_holds_from_later_is_not_known_yet() -> None:
    entries = listed({"customer": "甲", "since": "2026-11-01"}, {"customer": "乙", "since": "2026-10-31"}, {"customer": None})
    assert profiles(sales(), AS_OF, entries)["who"].tolist() == ["乙"]


@pytest.mark.parametrize(("since", "days"), [("2020-11-01", 2190), ("2026-10-01", 60), (None, 60)])
def test_a_customer_is_one_since_the_list_or_the_first_order_says_so(since: str | None, days: int) -> None:
    found = one(sales(sale("2026-09-01")), entries=listed({"customer": "甲", "since": since}))
    assert (found["tenure_days"], found["recency_days"], found["first_on"]) == (days, 60, pd.Timestamp(2026, 9, 1))


def test_of_two_entries_the_earlier_date_counts() -> None:
    entries = listed({"customer": "甲", "since": "2026-10-21"}, {"customer": "甲", "since": "2026-10-30"})
    assert one(sales(), entries=entries)["tenure_days"] == 10


@pytest.mark.parametrize(
    ("deal", "deals"),
    [
        ({"status": "open", "date": None}, 1),
        ({"status": "open", "date": None, "opened_on": "2026-10-31"}, 1),
        ({"status": "open", "date": "2026-10-31"}, 1),
        ({"status": "open", "date": "2026-12-31", "opened_on": "2026-10-01"}, 1),
        # Closed since, but open on that day.
        ({"status": "won", "date": "2026-11-01", "opened_on": "2026-10-31"}, 1),
        ({"status": "lost", "date": "2026-11-01", "opened_on": "2026-10-01"}, 1),
        ({"status": "open", "date": None, "opened_on": "2026-11-01"}, 0),
        ({"status": "open", "date": "2026-11-01"}, 0),
        ({"status": "won", "date": "2026-11-02", "opened_on": "2026-11-01"}, 0),
        ({"status": "lost", "date": "2026-10-31", "opened_on": "2026-10-01"}, 0),
        ({"status": None, "date": "2026-11-01"}, 0),
        ({"status": None, "date": None, "opened_on": "2026-10-01"}, 0),
    ],
)
def test_deals_that_are_open_on_the_day(deal: dict[str, Any], deals: int) -> None:
    found = profiles(sales({"customer": "甲", "amount": 1.0, **deal}), AS_OF)
    assert found["open_deals"].tolist() == [1] * deals
    assert found["frequency"].tolist() == [0] * deals


def test_two_open_deals_are_two() -> None:
    assert one(sales(sale(None, status="open"), sale(None, status="open")))["open_deals"] == 2


def test_sums_are_the_same_in_any_order_and_for_any_way_to_the_same_total() -> None:
    parts = [0.1, 0.2, 0.3, 1e9, -1e9]
    for order in (parts, parts[::-1], parts[2:] + parts[:2]):
        assert exact_sums(np.zeros(5, dtype="int64"), pd.Series(order), 1).tolist() == [0.6]
    found = exact_sums(np.array([0, 0, 1]), pd.Series([0.1, 0.2, 0.3]), 3)
    assert found[0] == found[1]
    assert found[2] == 0
    assert exact_sums(np.array([0, 0]), pd.Series([1.2345, np.nan]), 1).tolist() == [1.2345]


PEOPLE = st.sampled_from(["甲", "乙", "丙"])
ROWS = st.lists(
    st.tuples(
        PEOPLE,
        st.integers(0, 800),
        st.sampled_from([0.1, 0.2, 0.3, 7.0, -1.0, None]),
        st.sampled_from(["A1", "A2", None]),
        st.sampled_from(["李明", "王芳", None]),
        st.sampled_from(["won", "lost", "open", None]),
    ),
    max_size=15,
)


@settings(max_examples=40)
@given(rows=ROWS, seed=st.integers(0, 99))
def test_the_order_of_rows_is_irrelevant_and_nothing_given_is_changed(rows: list[tuple[Any, ...]], seed: int) -> None:
    made = [
        sale((pd.Timestamp(2024, 11, 1) + pd.Timedelta(days=day)).isoformat(), amount, who, manager, order_no=order, status=status)
        for who, day, amount, order, manager, status in rows
    ]
    frame, entries = sales(*made), listed({"customer": "乙", "manager": "赵强"})
    before = frame.copy(deep=True), entries.copy(deep=True)
    found = profiles(frame, AS_OF, entries)
    pd.testing.assert_frame_equal(frame, before[0])
    pd.testing.assert_frame_equal(entries, before[1])
    random.Random(seed).shuffle(made)
    pd.testing.assert_frame_equal(profiles(sales(*made), AS_OF, entries), found)
    won = [row for row in made if row["status"] in ("won", None) and row["date"][:10] <= "2026-10-31"]
    assert found["monetary"].sum() == pytest.approx(sum(row["amount"] or 0.0 for row in won), abs=1e-9)
    assert found["who"].is_unique
    assert (found["orders_12m"] <= found["frequency"]).all()
    assert len(found) or not won


def test_facts_give_sales_and_list_with_their_customers_identity() -> None:
    tables = {name: empty_frame(table) for name, table in TABLES.items()}
    tables["sales"] = rows_of(
        "sales", [sale("2026-10-01", customer="甲", customer_no="K1"), sale("2026-10-02", customer="甲"), sale("2026-10-03", customer=None)]
    )
    tables["customers"] = rows_of("customers", [{"customer": "甲"}, {"customer": "乙", "customer_no": "K2"}])
    facts = Facts(tables, dt.datetime(2026, 10, 31, 9))
    assert sales_of(facts)["who"].tolist() == ["K1", "K1"]
    assert sorted(listed_of(facts)["who"]) == ["K1", "K2"]
