"""Complaint rate: complaints over the customers who were served in the month."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pandas as pd
import pytest

from amdash.metrics import evaluate
from amdash.metrics.kpi.complaint_rate import KPI
from amdash.metrics.spec import Facts

Make = Callable[..., Facts]
Read = Callable[..., dict[Any, Any]]


def complaint(manager: str | None = "李明", received_on: str = "2026-10-08") -> dict[str, Any]:
    return {"received_on": received_on, "manager": manager}


def sale(customer: str | None, date: str = "2026-10-08", manager: str | None = "李明", **more: Any) -> dict[str, Any]:
    return {"date": date, "amount": 1.0, "manager": manager, "customer": customer, **more}


def ticket(customer: str | None, opened_at: str = "2026-10-08 10:00", manager: str | None = "李明") -> dict[str, Any]:
    return {"opened_at": opened_at, "manager": manager, "customer": customer}


def test_complaints_over_customers_served(facts: Make, cells_of: Read, values_of: Read) -> None:
    given = facts(complaints=[complaint()], sales=[sale("甲"), sale("乙"), sale("丙")], tickets=[ticket("丁")])
    assert cells_of(KPI, given) == {("李明", "2026-10"): (1, 4, 4)}
    assert values_of(KPI, given, by="manager") == {("李明", "2026-10"): 0.25}


def test_two_managers_and_two_months(facts: Make, cells_of: Read, values_of: Read) -> None:
    given = facts(
        complaints=[complaint(), complaint(), complaint("王芳"), complaint("王芳", "2026-11-02")],
        sales=[
            sale("甲"),
            sale("乙"),
            sale("丙", manager="王芳"),
            sale("甲", "2026-11-02"),
            sale("丙", "2026-11-02", "王芳"),
            sale("丁", "2026-11-09", "王芳"),
        ],
    )
    assert cells_of(KPI, given) == {
        ("李明", "2026-10"): (2, 2, 2),
        ("李明", "2026-11"): (0, 1, 1),
        ("王芳", "2026-10"): (1, 1, 1),
        ("王芳", "2026-11"): (1, 2, 2),
    }
    # Customer-months: 4 complaints over 3 + 3.
    assert values_of(KPI, given, by="all", every="quarter") == {("", "2026-Q4"): pytest.approx(2 / 3)}


def test_a_missing_complaint_list_is_no_data(facts: Make, values_of: Read, no_cells: pd.DataFrame) -> None:
    for given in (facts(), facts(sales=[sale("甲")], tickets=[ticket("乙")])):
        pd.testing.assert_frame_equal(KPI.cells(given), no_cells)
        assert values_of(KPI, given) == {}


def test_a_month_without_any_complaint_is_no_data(facts: Make, cells_of: Read) -> None:
    given = facts(complaints=[complaint()], sales=[sale("甲"), sale("甲", "2026-09-02"), sale("甲", "2026-11-02")])
    assert cells_of(KPI, given) == {("李明", "2026-10"): (1, 1, 1)}


def test_a_manager_nobody_complained_of_is_nought_of_the_customers(facts: Make, cells_of: Read, values_of: Read) -> None:
    given = facts(complaints=[complaint()], sales=[sale("甲"), sale("乙", manager="王芳"), sale("丙", manager="王芳")])
    assert cells_of(KPI, given) == {("李明", "2026-10"): (1, 1, 1), ("王芳", "2026-10"): (0, 2, 2)}
    assert values_of(KPI, given, by="manager") == {("李明", "2026-10"): 1, ("王芳", "2026-10"): 0}
    assert values_of(KPI, given, by="all") == {("", "2026-10"): pytest.approx(1 / 3)}


def test_complaints_without_anybody_served_have_no_rate(facts: Make, cells_of: Read, values_of: Read) -> None:
    given = facts(complaints=[complaint(), complaint()])
    assert cells_of(KPI, given) == {("李明", "2026-10"): (2, 0, 0)}
    assert values_of(KPI, given, by="all") == {("", "2026-10"): None}


def test_a_customer_with_many_sales_and_tickets_is_one(facts: Make, cells_of: Read) -> None:
    given = facts(complaints=[complaint()], sales=[sale("甲"), sale("甲"), sale("甲", "2026-10-31")], tickets=[ticket("甲"), ticket("甲")])
    assert cells_of(KPI, given) == {("李明", "2026-10"): (1, 1, 1)}


def test_a_ticket_meets_the_sale_through_the_name_of_the_number(facts: Make, cells_of: Read) -> None:
    listed = [{"customer": "乙", "customer_no": "K2"}]
    rows = [sale("甲", customer_no="K1"), sale(None, customer_no="K1"), sale(None, customer_no="K2"), sale(None, customer_no="K3")]
    given = facts(complaints=[complaint()], customers=listed, sales=rows, tickets=[ticket("甲"), ticket("乙")])
    assert cells_of(KPI, given) == {("李明", "2026-10"): (1, 3, 3)}


def test_a_customer_who_was_renamed_is_one(facts: Make, cells_of: Read) -> None:
    listed = [{"customer": "新名", "customer_no": "K1"}]
    given = facts(complaints=[complaint()], customers=listed, sales=[sale("旧名", customer_no="K1")], tickets=[ticket("新名")])
    assert cells_of(KPI, given) == {("李明", "2026-10"): (1, 1, 1)}


def test_customers_without_a_number_are_told_apart_by_name(facts: Make, cells_of: Read) -> None:
    listed = [{"customer": "丙", "customer_no": None}]
    given = facts(complaints=[complaint()], customers=listed, sales=[sale("甲"), sale("乙"), sale("丙")])
    assert cells_of(KPI, given) == {("李明", "2026-10"): (1, 3, 3)}


@pytest.mark.parametrize("status", ["lost", "open", "cancelled"])
def test_a_deal_that_is_not_won_serves_nobody(facts: Make, cells_of: Read, status: str) -> None:
    given = facts(complaints=[complaint()], sales=[sale("甲"), sale("乙", status=status), sale("丙", status="won")])
    assert cells_of(KPI, given) == {("李明", "2026-10"): (1, 2, 2)}


def test_rows_without_a_customer_serve_nobody(facts: Make, cells_of: Read) -> None:
    given = facts(complaints=[complaint()], sales=[sale("甲"), sale(None)], tickets=[ticket(None)])
    assert cells_of(KPI, given) == {("李明", "2026-10"): (1, 1, 1)}


def test_rows_that_name_no_manager_count_for_all(facts: Make, cells_of: Read, values_of: Read) -> None:
    given = facts(
        complaints=[complaint(), complaint(None)], sales=[sale("甲"), sale("乙"), sale("丙", manager=None)], tickets=[ticket("丁", manager=None)]
    )
    assert cells_of(KPI, given) == {("李明", "2026-10"): (1, 2, 2), (None, "2026-10"): (1, 2, 2)}
    assert values_of(KPI, given, by="manager") == {("李明", "2026-10"): 0.5}
    assert values_of(KPI, given, by="all") == {("", "2026-10"): 0.5}


@pytest.mark.parametrize("manager", [None, "王芳"])
def test_a_complaint_is_not_lost_where_its_manager_served_nobody(facts: Make, cells_of: Read, values_of: Read, manager: str | None) -> None:
    given = facts(
        managers=[{"name": "李明", "team": "华东组"}, {"name": "王芳", "team": "华东组"}],
        complaints=[complaint(manager)],
        sales=[sale("甲"), sale("乙"), sale("丙", "2026-11-02", "王芳")],
    )
    assert cells_of(KPI, given) == {("李明", "2026-10"): (0, 2, 2), (manager, "2026-10"): (1, 0, 0)}
    assert values_of(KPI, given, by="all") == {("", "2026-10"): 0.5}
    assert values_of(KPI, given, by="team") == {("华东组", "2026-10"): 0.5 if manager else 0}
    assert values_of(KPI, given, by="manager") == {("李明", "2026-10"): 0} | ({("王芳", "2026-10"): None} if manager else {})


def test_a_month_without_a_customer_is_not_lost_in_the_quarter(facts: Make, values_of: Read) -> None:
    # One complaint and nobody served in October, one and two served in November: 2 of 2.
    given = facts(complaints=[complaint(), complaint(received_on="2026-11-02")], sales=[sale("甲", "2026-11-02"), sale("乙", "2026-11-02")])
    assert values_of(KPI, given, by="manager") == {("李明", "2026-10"): None, ("李明", "2026-11"): 0.5}
    assert values_of(KPI, given, by="manager", every="quarter") == {("李明", "2026-Q4"): 1}


def test_a_customer_of_two_managers_is_one_of_each(facts: Make, cells_of: Read) -> None:
    given = facts(complaints=[complaint()], sales=[sale("甲"), sale("甲", manager="王芳")], tickets=[ticket("甲", manager="王芳")])
    assert cells_of(KPI, given) == {("李明", "2026-10"): (1, 1, 1), ("王芳", "2026-10"): (0, 1, 1)}


@pytest.mark.parametrize(("customers", "met"), [(20, True), (19, False), (21, True)])
def test_one_complaint_of_twenty_customers_is_just_in_target(facts: Make, customers: int, met: bool) -> None:
    given = facts(complaints=[complaint()], sales=[sale(f"客户{number}") for number in range(customers)])
    frame = evaluate.scorecard(
        evaluate.cells(given, [KPI]), pd.DataFrame({"manager": [], "team": []}), by="all", every="month", start="2026-10", end="2026-10", kpis=[KPI]
    )
    assert frame["met"].tolist() == [met]


def test_behind_the_figure_stand_the_complaints(facts: Make) -> None:
    behind = KPI.behind(facts(complaints=[complaint(), complaint("王芳", "2026-11-02")], sales=[sale("甲")]))
    assert behind[["manager", "month", "source_row"]].to_numpy().tolist() == [["李明", "2026-10", 2], ["王芳", "2026-11", 3]]


def test_what_it_is() -> None:
    assert (KPI.id, KPI.target, KPI.higher_is_better, KPI.measure, KPI.unit) == ("complaint_rate", 0.05, False, "ratio", "ratio")
    assert (KPI.weighted, KPI.min_sample, KPI.share, KPI.category, KPI.rows) == (True, 5, False, "service", "complaints")
