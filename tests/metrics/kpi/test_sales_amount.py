"""Sales: which rows are sales, and what they add up to."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pandas as pd
import pytest

from amdash.metrics.kpi.sales_amount import KPI
from amdash.metrics.spec import Facts

Make = Callable[..., Facts]
Read = Callable[..., dict[Any, Any]]


def sale(amount: float | None, manager: str | None = "李明", date: str | None = "2026-10-08", **more: Any) -> dict[str, Any]:
    return {"date": date, "amount": amount, "manager": manager, **more}


def test_the_amounts_are_added_up(facts: Make, cells_of: Read, values_of: Read) -> None:
    given = facts(sales=[sale(1200.5), sale(3000), sale(0.01)])
    assert cells_of(KPI, given) == {("李明", "2026-10"): (pytest.approx(4200.51), 0, 3)}
    assert values_of(KPI, given, by="manager") == {("李明", "2026-10"): pytest.approx(4200.51)}


def test_two_managers_and_two_months(facts: Make, cells_of: Read, values_of: Read) -> None:
    rows = [sale(100), sale(20), sale(3, "王芳"), sale(7, date="2026-11-01"), sale(11, "王芳", "2026-11-30")]
    given = facts(sales=rows)
    assert cells_of(KPI, given) == {
        ("李明", "2026-10"): (120, 0, 2),
        ("李明", "2026-11"): (7, 0, 1),
        ("王芳", "2026-10"): (3, 0, 1),
        ("王芳", "2026-11"): (11, 0, 1),
    }
    assert values_of(KPI, given, by="all") == {("", "2026-10"): 123, ("", "2026-11"): 18}
    assert values_of(KPI, given, by="all", every="quarter") == {("", "2026-Q4"): 141}


def test_no_sale_is_not_measured(facts: Make, values_of: Read, no_cells: pd.DataFrame) -> None:
    pd.testing.assert_frame_equal(KPI.cells(facts()), no_cells)
    assert values_of(KPI, facts()) == {}


def test_a_month_without_a_sale_has_no_figure(facts: Make, values_of: Read) -> None:
    assert values_of(KPI, facts(sales=[sale(5, date="2026-08-31"), sale(6, date="2026-10-01")])) == {("", "2026-08"): 5, ("", "2026-10"): 6}


@pytest.mark.parametrize("status", ["lost", "open", "cancelled"])
def test_a_deal_that_is_not_won_never_counts(facts: Make, cells_of: Read, no_cells: pd.DataFrame, status: str) -> None:
    given = facts(sales=[sale(100), sale(900, status=status), sale(20, status="won")])
    assert cells_of(KPI, given) == {("李明", "2026-10"): (120, 0, 2)}
    pd.testing.assert_frame_equal(KPI.cells(facts(sales=[sale(900, status=status)])), no_cells)


def test_returned_orders_stay_sales(facts: Make, cells_of: Read) -> None:
    given = facts(sales=[sale(100, returned=True), sale(20, returned=False), sale(3, returned=None)])
    assert cells_of(KPI, given) == {("李明", "2026-10"): (123, 0, 3)}


def test_credit_notes_are_taken_off_and_nought_is_a_sale(facts: Make, values_of: Read) -> None:
    assert values_of(KPI, facts(sales=[sale(100), sale(-30)])) == {("", "2026-10"): 70}
    assert values_of(KPI, facts(sales=[sale(0)])) == {("", "2026-10"): 0}


def test_a_row_without_amount_or_date_is_no_sale(facts: Make, cells_of: Read) -> None:
    assert cells_of(KPI, facts(sales=[sale(100), sale(None), sale(7, date=None)])) == {("李明", "2026-10"): (100, 0, 1)}


def test_sales_that_name_nobody_count_for_all(facts: Make, cells_of: Read, values_of: Read) -> None:
    given = facts(sales=[sale(100), sale(50, None), sale(25, None)])
    assert cells_of(KPI, given) == {("李明", "2026-10"): (100, 0, 1), (None, "2026-10"): (75, 0, 2)}
    assert values_of(KPI, given, by="manager") == {("李明", "2026-10"): 100}
    assert values_of(KPI, given, by="all") == {("", "2026-10"): 175}


def test_equal_rows_are_two_sales(facts: Make, values_of: Read) -> None:
    assert values_of(KPI, facts(sales=[sale(100, order_no="A1"), sale(100, order_no="A1")])) == {("", "2026-10"): 200}


def test_behind_the_figure_stand_the_won_sales(facts: Make) -> None:
    behind = KPI.behind(facts(sales=[sale(100), sale(9, status="lost"), sale(7, "王芳", "2026-11-01")]))
    assert behind[["manager", "month", "amount", "source_row"]].to_numpy().tolist() == [["李明", "2026-10", 100, 2], ["王芳", "2026-11", 7, 4]]


def test_what_it_is() -> None:
    assert (KPI.id, KPI.target, KPI.higher_is_better, KPI.measure, KPI.unit) == ("sales_amount", None, True, "total", "money")
    assert (KPI.weighted, KPI.min_sample, KPI.share, KPI.rows) == (False, 1, False, "sales")
