"""New customers: who is new, in which month, for whom, and out of how many manager-months."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pandas as pd
import pytest

from amdash.metrics.kpi.new_customers import KPI
from amdash.metrics.spec import Facts

Make = Callable[..., Facts]
Read = Callable[..., dict[Any, Any]]


def sale(customer: str | None, date: str = "2026-10-08", manager: str | None = "李明", **more: Any) -> dict[str, Any]:
    return {"date": date, "amount": 1.0, "manager": manager, "customer": customer, **more}


def test_first_sales_per_manager_month(facts: Make, cells_of: Read, values_of: Read) -> None:
    given = facts(sales=[sale("甲"), sale("乙"), sale("丙"), sale("丁", manager="王芳")])
    assert cells_of(KPI, given) == {("李明", "2026-10"): (3, 1, 1), ("王芳", "2026-10"): (1, 1, 1)}
    assert values_of(KPI, given, by="manager") == {("李明", "2026-10"): 3, ("王芳", "2026-10"): 1}
    # 4 customers in 2 manager-months.
    assert values_of(KPI, given, by="all") == {("", "2026-10"): 2}


def test_two_managers_and_two_months(facts: Make, cells_of: Read, values_of: Read) -> None:
    rows = [
        sale("甲"),
        sale("乙", manager="王芳"),
        sale("甲", "2026-11-02"),
        sale("丙", "2026-11-02"),
        sale("丁", "2026-11-03"),
        sale("乙", "2026-11-04"),
    ]
    given = facts(managers=[{"name": "李明"}, {"name": "王芳"}], sales=rows)
    assert cells_of(KPI, given) == {
        ("李明", "2026-10"): (1, 1, 1),
        ("李明", "2026-11"): (2, 1, 1),
        ("王芳", "2026-10"): (1, 1, 1),
        ("王芳", "2026-11"): (0, 1, 1),
    }
    assert values_of(KPI, given, by="manager", every="quarter") == {("李明", "2026-Q4"): 1.5, ("王芳", "2026-Q4"): 0.5}
    assert values_of(KPI, given, by="all", every="total") == {("", "total"): 1}


def test_no_sale_is_not_measured(facts: Make, values_of: Read, no_cells: pd.DataFrame) -> None:
    for given in (facts(), facts(managers=[{"name": "李明", "hired_on": "2026-01-01"}]), facts(sales=[sale("甲", status="lost")])):
        pd.testing.assert_frame_equal(KPI.cells(given), no_cells)
        assert values_of(KPI, given) == {}


def test_two_orders_on_the_first_day_are_one_customer_of_the_first_rows_manager(facts: Make, cells_of: Read) -> None:
    given = facts(sales=[sale("甲", manager="王芳"), sale("甲", manager="李明"), sale("乙", manager="李明")])
    assert cells_of(KPI, given) == {("李明", "2026-10"): (1, 1, 1), ("王芳", "2026-10"): (1, 1, 1)}


def test_the_earliest_date_decides_wherever_its_row_stands(facts: Make, cells_of: Read) -> None:
    given = facts(sales=[sale("甲", "2026-10-09", "王芳"), sale("甲", "2026-10-08", "李明"), sale("甲", "2026-09-30", "赵强")])
    assert cells_of(KPI, given) == {("赵强", "2026-09"): (1, 1, 1), ("李明", "2026-10"): (0, 1, 1), ("王芳", "2026-10"): (0, 1, 1)}


@pytest.mark.parametrize("status", ["lost", "open", "cancelled"])
def test_a_deal_that_is_not_won_makes_nobody_a_customer(facts: Make, cells_of: Read, status: str) -> None:
    given = facts(sales=[sale("甲", "2026-09-08", status=status), sale("甲", "2026-10-08", status="won")])
    assert cells_of(KPI, given) == {("李明", "2026-10"): (1, 1, 1)}


@pytest.mark.parametrize(("since", "new"), [("2026-09-30", 0), ("2019-01-01", 0), ("2026-10-01", 1), ("2026-10-31", 1), ("2026-11-15", 1), (None, 1)])
@pytest.mark.parametrize("key", [{"customer": "甲"}, {"customer": "甲公司", "customer_no": "K1"}])
def test_a_customer_known_from_an_earlier_month_is_not_new(facts: Make, cells_of: Read, since: str | None, new: int, key: dict[str, str]) -> None:
    given = facts(customers=[{**key, "since": since}], sales=[sale("甲", customer_no="K1")])
    assert cells_of(KPI, given) == {("李明", "2026-10"): (new, 1, 1)}


def test_of_two_entries_in_the_list_the_earlier_one_tells_since_when(facts: Make, cells_of: Read) -> None:
    listed = [{"customer": "甲", "since": "2020-05-01"}, {"customer": "甲", "since": "2026-10-01"}]
    assert cells_of(KPI, facts(customers=listed, sales=[sale("甲")])) == {("李明", "2026-10"): (0, 1, 1)}


def test_the_number_tells_customers_apart_and_the_name_where_there_is_none(facts: Make, cells_of: Read) -> None:
    rows = [
        sale("张伟", customer_no="K1"),
        sale("张伟", customer_no="K2"),
        sale("张伟公司", "2026-11-02", customer_no="K1"),
        sale("丙", "2026-11-02"),
        sale("丙", "2026-11-03"),
        sale(None, "2026-11-03", customer_no="K3"),
    ]
    assert cells_of(KPI, facts(sales=rows)) == {("李明", "2026-10"): (2, 1, 1), ("李明", "2026-11"): (2, 1, 1)}


@pytest.mark.parametrize("listed", [[], [{"customer": "甲", "customer_no": "K1"}]])
def test_a_customer_with_a_number_once_and_a_name_later_is_one(facts: Make, cells_of: Read, listed: list[dict[str, str]]) -> None:
    given = facts(customers=listed, sales=[sale("甲", customer_no="K1"), sale("甲", "2026-11-02"), sale(None, "2026-11-03", customer_no="K1")])
    assert cells_of(KPI, given) == {("李明", "2026-10"): (1, 1, 1), ("李明", "2026-11"): (0, 1, 1)}


def test_a_name_before_its_number_is_known_is_the_same_customer(facts: Make, cells_of: Read) -> None:
    given = facts(sales=[sale("甲"), sale("甲", "2026-11-02", customer_no="K1")])
    assert cells_of(KPI, given) == {("李明", "2026-10"): (1, 1, 1), ("李明", "2026-11"): (0, 1, 1)}


def test_a_list_that_gives_no_number_tells_of_the_name_that_has_one(facts: Make, cells_of: Read) -> None:
    given = facts(customers=[{"customer": "甲", "since": "2020-01-01"}], sales=[sale("甲", customer_no="K1"), sale(None, customer_no="K1")])
    assert cells_of(KPI, given) == {("李明", "2026-10"): (0, 1, 1)}


def test_a_list_that_gives_no_number_tells_nothing_of_a_name_of_two(facts: Make, cells_of: Read) -> None:
    rows = [sale("张伟", customer_no="K1"), sale("张伟", customer_no="K2")]
    assert cells_of(KPI, facts(customers=[{"customer": "张伟", "since": "2020-01-01"}], sales=rows)) == {("李明", "2026-10"): (2, 1, 1)}


def test_a_namesake_with_another_number_makes_nobody_old(facts: Make, cells_of: Read) -> None:
    listed = [{"customer": "张伟", "customer_no": "K1", "since": "2020-01-01"}, {"customer": "张伟", "customer_no": "K2", "since": "2026-10-01"}]
    assert cells_of(KPI, facts(customers=listed, sales=[sale("张伟", customer_no="K2")])) == {("李明", "2026-10"): (1, 1, 1)}


def test_sales_without_a_customer_win_nobody(facts: Make, cells_of: Read) -> None:
    assert cells_of(KPI, facts(sales=[sale(None), sale(None)])) == {("李明", "2026-10"): (0, 1, 1)}


def test_a_first_sale_that_names_nobody_counts_for_all(facts: Make, cells_of: Read, values_of: Read) -> None:
    given = facts(sales=[sale("甲"), sale("乙", manager=None), sale("丙", manager=None)])
    assert cells_of(KPI, given) == {("李明", "2026-10"): (1, 1, 1), (None, "2026-10"): (2, 0, 0)}
    assert values_of(KPI, given, by="manager") == {("李明", "2026-10"): 1}
    assert values_of(KPI, given, by="all") == {("", "2026-10"): 3}


def test_where_no_sale_names_anybody_there_are_no_manager_months(facts: Make, cells_of: Read, values_of: Read) -> None:
    given = facts(sales=[sale("甲", manager=None)])
    assert cells_of(KPI, given) == {(None, "2026-10"): (1, 0, 0)}
    assert values_of(KPI, given, by="all") == {("", "2026-10"): None}


def test_a_month_in_between_without_a_sale_is_nought_and_one_without_any_in_the_business_is_none(facts: Make, cells_of: Read) -> None:
    given = facts(sales=[sale("甲", "2026-06-01"), sale("乙", "2026-10-08"), sale("丙", "2026-08-01", "王芳")])
    assert cells_of(KPI, given) == {
        ("李明", "2026-06"): (1, 1, 1),
        ("李明", "2026-08"): (0, 1, 1),
        ("李明", "2026-10"): (1, 1, 1),
        ("王芳", "2026-08"): (1, 1, 1),
    }


# The business sells from June to October; 李明 sells to one customer in August.
@pytest.mark.parametrize(
    ("listed", "months"),
    [
        ([], ["08"]),
        ([{"name": "李明"}], ["08", "09", "10"]),
        ([{"name": "李明", "hired_on": "2026-07-31"}], ["07", "08", "09", "10"]),
        ([{"name": "李明", "hired_on": "2019-01-01"}], ["06", "07", "08", "09", "10"]),
        ([{"name": "李明", "hired_on": "2026-09-15"}], ["08", "09", "10"]),
        ([{"name": "李明", "left_on": "2026-09-01"}], ["08", "09"]),
        ([{"name": "李明", "left_on": "2026-07-01"}], ["08"]),
        ([{"name": "李明", "left_on": "2030-01-01"}], ["08", "09", "10"]),
        ([{"name": "李明", "left_on": "2026-09-01"}, {"name": "李明", "hired_on": "2026-06-01", "left_on": "2026-08-20"}], ["06", "07", "08"]),
        ([{"name": "王芳", "hired_on": "2026-06-01"}], ["08"]),
    ],
)
def test_the_list_of_managers_says_how_long_somebody_was_there(facts: Make, cells_of: Read, listed: list[dict[str, str]], months: list[str]) -> None:
    others = [sale(f"老{month}", f"2026-{month}-01", "赵强") for month in ("06", "07", "08", "09", "10")]
    found = cells_of(KPI, facts(managers=listed, sales=[*others, sale("甲", "2026-08-08")]))
    assert {key: value for key, value in found.items() if key[0] == "李明"} == {
        ("李明", f"2026-{month}"): (1 if month == "08" else 0, 1, 1) for month in months
    }


# The business sells from August to October; nobody ever bought of 王芳.
@pytest.mark.parametrize(
    ("person", "months"),
    [
        ({"hired_on": "2026-09-15"}, ["09", "10"]),
        ({"hired_on": "2019-01-01"}, ["08", "09", "10"]),
        ({"hired_on": "2026-08-01", "left_on": "2026-09-02"}, ["08", "09"]),
        ({"hired_on": "2026-11-01"}, []),
        ({"hired_on": "2019-01-01", "left_on": "2026-07-31"}, []),
        # Without a date of hiring nobody knows whether they were there.
        ({}, []),
        ({"left_on": "2026-09-02"}, []),
    ],
)
def test_who_was_hired_and_sold_nothing_has_won_nobody(
    facts: Make, cells_of: Read, values_of: Read, person: dict[str, str], months: list[str]
) -> None:
    given = facts(managers=[{"name": "王芳", **person}], sales=[sale("甲", "2026-08-08"), sale("甲", "2026-09-08"), sale("乙", "2026-10-08")])
    found = cells_of(KPI, given)
    assert {key: value for key, value in found.items() if key[0] == "王芳"} == {("王芳", f"2026-{month}"): (0, 1, 1) for month in months}
    # 2 customers in the 3 months of 李明 and those of 王芳.
    assert values_of(KPI, given, every="total") == {("", "total"): pytest.approx(2 / (3 + len(months)))}


def test_who_still_sells_after_leaving_was_still_there(facts: Make, cells_of: Read) -> None:
    rows = [sale("甲", "2026-08-08"), sale("甲", "2026-10-08")]
    given = facts(managers=[{"name": "李明", "left_on": "2026-08-31"}], sales=rows)
    assert cells_of(KPI, given) == {("李明", "2026-08"): (1, 1, 1), ("李明", "2026-10"): (0, 1, 1)}


def test_behind_the_figure_stand_the_first_sales(facts: Make) -> None:
    rows = [sale("甲", "2026-11-02"), sale("甲", "2026-10-08"), sale("乙", manager="王芳"), sale("丙"), sale("丁", status="lost")]
    behind = KPI.behind(facts(customers=[{"customer": "丙", "since": "2020-01-01"}], sales=rows))
    assert sorted(behind[["manager", "month", "customer", "source_row"]].to_numpy().tolist()) == [
        ["李明", "2026-10", "甲", 3],
        ["王芳", "2026-10", "乙", 4],
    ]
    assert not {"who", "place", "known_from"} & set(behind)


def test_what_it_is() -> None:
    assert (KPI.id, KPI.target, KPI.higher_is_better, KPI.measure, KPI.unit) == ("new_customers", 10, True, "ratio", "customers")
    assert (KPI.weighted, KPI.min_sample, KPI.category, KPI.rows) == (True, 1, "business", "sales")
