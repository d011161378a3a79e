"""Net sales: what is taken off, by order and by row, and when there is no figure."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pandas as pd
import pytest

from amdash.metrics.kpi.net_sales import KPI
from amdash.metrics.spec import Facts

Make = Callable[..., Facts]
Read = Callable[..., dict[Any, Any]]


def sale(amount: float | None, order: str | None, returned: bool | None = None, manager: str | None = "李明", **more: Any) -> dict[str, Any]:
    return {"date": "2026-10-08", "amount": amount, "manager": manager, "order_no": order, "returned": returned, **more}


def test_returned_orders_are_taken_off(facts: Make, cells_of: Read, values_of: Read) -> None:
    given = facts(sales=[sale(1200.5, "A1", False), sale(3000, "A2", True), sale(0.01, "A3", False)])
    # n counts all rows sold: it is a census.
    assert cells_of(KPI, given) == {("李明", "2026-10"): (pytest.approx(1200.51), 0, 3)}
    assert values_of(KPI, given, by="manager") == {("李明", "2026-10"): pytest.approx(1200.51)}


def test_one_mark_takes_off_the_whole_order(facts: Make, values_of: Read) -> None:
    assert values_of(KPI, facts(sales=[sale(100, "A1", True), sale(20, "A1"), sale(3, "A2")])) == {("", "2026-10"): 3}


def test_of_an_order_sent_back_in_part_the_rows_that_say_no_stay(facts: Make, values_of: Read) -> None:
    assert values_of(KPI, facts(sales=[sale(100, "A1", True), sale(20, "A1", False), sale(3, "A2", False)])) == {("", "2026-10"): 23}


def test_two_managers_share_an_order(facts: Make, cells_of: Read) -> None:
    given = facts(sales=[sale(100, "A1", True), sale(20, "A1", None, "王芳"), sale(3, "A2", None, "王芳")])
    assert cells_of(KPI, given) == {("李明", "2026-10"): (0, 0, 1), ("王芳", "2026-10"): (3, 0, 2)}


def test_a_month_in_which_everything_came_back_is_nought(facts: Make, values_of: Read) -> None:
    assert values_of(KPI, facts(sales=[sale(100, "A1", True)])) == {("", "2026-10"): 0}


def test_nothing_said_of_returns_is_not_measured(facts: Make, no_cells: pd.DataFrame) -> None:
    pd.testing.assert_frame_equal(KPI.cells(facts()), no_cells)
    pd.testing.assert_frame_equal(KPI.cells(facts(sales=[sale(100, "A1"), sale(20, None)])), no_cells)


def test_credit_notes_are_taken_off_and_rows_without_amount_are_none(facts: Make, cells_of: Read) -> None:
    given = facts(sales=[sale(100, "A1", False), sale(-30, "A2", False), sale(None, "A3", False)])
    assert cells_of(KPI, given) == {("李明", "2026-10"): (70, 0, 2)}


def test_behind_the_figure_stand_the_sales_that_were_kept(facts: Make) -> None:
    given = facts(sales=[sale(100, "A1", True), sale(20, "A2", False), sale(3, "A3")])
    behind = KPI.behind(given)
    assert behind[["manager", "month", "amount", "source_row"]].to_numpy().tolist() == [["李明", "2026-10", 20, 3], ["李明", "2026-10", 3, 4]]
    assert set(behind) == {*given["sales"], "month", "team"}


def test_what_it_is() -> None:
    assert (KPI.id, KPI.target, KPI.higher_is_better, KPI.measure, KPI.unit) == ("net_sales", None, True, "total", "money")
    assert (KPI.weighted, KPI.min_sample, KPI.share, KPI.rows, KPI.on_board) == (False, 1, False, "sales", False)
