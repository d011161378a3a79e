"""Return rate: what an order is, when it came back, whose it is, and when nothing is known of returns."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pandas as pd
import pytest

from amdash.metrics.kpi.return_rate import KPI, told
from amdash.metrics.spec import Facts

Make = Callable[..., Facts]
Read = Callable[..., dict[Any, Any]]


def sale(order: str | None, returned: bool | None = False, manager: str | None = "李明", date: str = "2026-10-08", **more: Any) -> dict[str, Any]:
    return {"date": date, "amount": 100.0, "manager": manager, "order_no": order, "returned": returned, **more}


def elsewhere(facts: Facts, *files: str) -> Facts:
    """The same facts, each sale from a file of its own."""
    sales = facts["sales"].assign(source_file=pd.Series(files, dtype="str"))
    return Facts({**facts.tables, "sales": sales}, facts.as_of)


def test_an_order_of_several_rows_counts_once(facts: Make, cells_of: Read, values_of: Read) -> None:
    given = facts(sales=[sale("A1"), sale("A1", True), sale("A1"), sale("A2"), sale("A3"), sale("A4")])
    # One of four orders, though one of six rows.
    assert cells_of(KPI, given) == {("李明", "2026-10"): (1, 4, 4)}
    assert values_of(KPI, given) == {("", "2026-10"): 0.25}


def test_rows_without_a_number_are_orders_of_their_own(facts: Make, cells_of: Read) -> None:
    given = facts(sales=[sale(None, True), sale(None), sale(None), sale("A1"), sale("A1")])
    assert cells_of(KPI, given) == {("李明", "2026-10"): (1, 4, 4)}


def test_an_order_belongs_to_the_manager_and_month_of_its_earliest_row(facts: Make, cells_of: Read, values_of: Read) -> None:
    given = facts(sales=[sale("A1", True, "王芳", "2026-11-02"), sale("A1", False, "李明", "2026-10-31"), sale("A2", False, "王芳", "2026-11-02")])
    assert cells_of(KPI, given) == {("李明", "2026-10"): (1, 1, 1), ("王芳", "2026-11"): (0, 1, 1)}
    assert values_of(KPI, given, every="quarter") == {("", "2026-Q4"): 0.5}


def test_of_rows_of_one_day_the_first_in_the_sheet_decides(facts: Make, cells_of: Read) -> None:
    assert cells_of(KPI, facts(sales=[sale("A1"), sale("A1", manager="王芳")])) == {("李明", "2026-10"): (0, 1, 1)}


def test_one_row(facts: Make, cells_of: Read) -> None:
    assert cells_of(KPI, facts(sales=[sale("A1", True)])) == {("李明", "2026-10"): (1, 1, 1)}


def test_nothing_said_of_returns_is_not_measured(facts: Make, no_cells: pd.DataFrame) -> None:
    pd.testing.assert_frame_equal(KPI.cells(facts()), no_cells)
    pd.testing.assert_frame_equal(KPI.cells(facts(sales=[sale("A1", None), sale("A2", None)])), no_cells)
    # A list whose orders are not ours says nothing of ours.
    pd.testing.assert_frame_equal(KPI.cells(facts(sales=[sale("A1", None)], returns=[{"order_no": "Z9"}])), no_cells)


def test_an_empty_mark_is_an_order_that_stands_where_the_sheet_marks_returns(facts: Make, cells_of: Read) -> None:
    given = facts(sales=[sale("A1", True), sale("A2", None), sale("A3", None), sale("A4", None)])
    assert cells_of(KPI, given) == {("李明", "2026-10"): (1, 4, 4)}


def test_next_months_sheet_of_the_same_name_marks_them_too_another_does_not(facts: Make, cells_of: Read) -> None:
    rows = [sale("A1", True), sale("A2", None, date="2026-11-08"), sale("A3", None, "王芳")]
    given = elsewhere(facts(sales=rows), "华东-2026-10.xlsx", "华东-2026-11.xlsx", "华南-2026-10.xlsx")
    assert cells_of(KPI, given) == {("李明", "2026-10"): (1, 1, 1), ("李明", "2026-11"): (0, 1, 1)}


def test_a_list_tells_of_all_sheets_from_its_first_order_on(facts: Make, cells_of: Read) -> None:
    rows = [sale("A0", None, date="2026-08-31"), sale("A1", True, date="2026-09-30"), sale("A2", None, date="2026-09-01"), sale("A3", None, "王芳")]
    given = facts(sales=rows, returns=[{"order_no": "A1", "returned": True}])
    assert cells_of(KPI, elsewhere(given, "东.xlsx", "东.xlsx", "东.xlsx", "南.xlsx")) == {
        ("李明", "2026-09"): (1, 2, 2),
        ("王芳", "2026-10"): (0, 1, 1),
    }


def test_a_sheet_that_says_no_knows_of_returns_before_the_list_does(facts: Make, cells_of: Read) -> None:
    rows = [sale("A0", False, date="2026-08-31"), sale("A1", True, date="2026-09-30")]
    given = facts(sales=rows, returns=[{"order_no": "A1", "returned": True}])
    assert cells_of(KPI, given) == {("李明", "2026-08"): (0, 1, 1), ("李明", "2026-09"): (1, 1, 1)}


@pytest.mark.parametrize("status", ["lost", "open", "cancelled"])
def test_a_deal_that_is_not_won_is_no_order(facts: Make, cells_of: Read, status: str) -> None:
    assert cells_of(KPI, facts(sales=[sale("A1"), sale("A2", True, status=status)])) == {("李明", "2026-10"): (0, 1, 1)}


def test_orders_that_name_nobody_count_for_all(facts: Make, values_of: Read) -> None:
    given = facts(sales=[sale("A1", True, None), sale("A2")])
    assert values_of(KPI, given, by="manager") == {("李明", "2026-10"): 0}
    assert values_of(KPI, given) == {("", "2026-10"): 0.5}


def test_behind_the_figure_stands_one_row_an_order_that_says_whether_it_came_back(facts: Make) -> None:
    given = facts(sales=[sale("A1"), sale("A1", True), sale("A2")])
    behind = KPI.behind(given)
    assert behind[["manager", "month", "order_no", "returned", "source_row"]].to_numpy().tolist() == [
        ["李明", "2026-10", "A1", True, 2],
        ["李明", "2026-10", "A2", False, 4],
    ]
    assert set(behind) == {*given["sales"], "month", "team"}


def test_a_row_speaks_for_itself_and_its_order_for_those_that_say_nothing(facts: Make) -> None:
    rows = told(facts(sales=[sale("A1", True), sale("A1", False), sale("A1", None), sale("A2", None)]))
    assert rows.select("order_returned", "row_returned").rows() == [(True, True), (True, False), (True, True), (False, False)]


def test_the_facts_stay_as_they_are(facts: Make) -> None:
    given = facts(sales=[sale("A1", True), sale(None, None)], returns=[{"order_no": "A1"}])
    before = {name: frame.copy(deep=True) for name, frame in given.tables.items()}
    KPI.cells(given)
    KPI.behind(given)
    for name, frame in given.tables.items():
        pd.testing.assert_frame_equal(frame, before[name])


def test_what_it_is() -> None:
    assert (KPI.id, KPI.target, KPI.higher_is_better, KPI.measure, KPI.unit) == ("return_rate", None, False, "ratio", "ratio")
    assert (KPI.weighted, KPI.min_sample, KPI.share, KPI.rows, KPI.on_board) == (False, 5, True, "sales", False)
