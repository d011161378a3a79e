"""Retention: of the customers of one year, those who bought again in the next; in every month that has two years behind it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from amdash.metrics.kpi.retention import KPI
from amdash.metrics.spec import Facts

Make = Callable[..., Facts]
Read = Callable[..., dict[Any, Any]]


def sale(date: str, customer: str | None, manager: str | None = "李明", amount: float = 10.0, **more: Any) -> dict[str, Any]:
    return {"date": date, "customer": customer, "manager": manager, "amount": amount, **more}


# From January 2024 to January 2026: the windows of 2025-12 are 2024 and 2025, those of 2026-01 a month later.
TWO_YEARS = [
    sale("2024-01-05", "甲"),
    sale("2024-06-05", "乙"),
    sale("2024-07-05", "丙", "王芳"),
    sale("2025-03-05", "甲"),
    sale("2025-12-05", "丙", "王芳"),
    sale("2026-01-05", "丁"),
]


def test_of_the_customers_of_a_year_those_who_came_back(facts: Make, cells_of: Read) -> None:
    assert cells_of(KPI, facts(sales=TWO_YEARS)) == {
        ("李明", "2025-12"): (1, 2, 2),
        ("王芳", "2025-12"): (1, 1, 1),
        # 甲 of January 2024 is no longer in the earlier year, and did not buy in it again; 乙 did not come back.
        ("李明", "2026-01"): (0, 1, 1),
        ("王芳", "2026-01"): (1, 1, 1),
    }


def test_the_whole_business_is_the_sum_of_its_managers(facts: Make, values_of: Read) -> None:
    assert values_of(KPI, facts(sales=TWO_YEARS), by="all", start="2025-01") == {("", "2025-12"): pytest.approx(2 / 3), ("", "2026-01"): 0.5}


def test_a_quarter_and_a_year_have_the_figure_of_their_last_month(facts: Make, values_of: Read) -> None:
    assert values_of(KPI, facts(sales=TWO_YEARS), by="all", every="year", start="2025-01") == {("", "2025"): pytest.approx(2 / 3), ("", "2026"): 0.5}


def test_refunds_open_deals_and_sales_without_a_customer_are_nobodys_coming_back(facts: Make, cells_of: Read) -> None:
    rows = [*TWO_YEARS, sale("2025-05-05", "乙", amount=-5.0), sale("2025-05-06", "乙", status="open"), sale("2025-05-07", None)]
    assert cells_of(KPI, facts(sales=rows))["李明", "2025-12"] == (1, 2, 2)


def test_nobodys_customers_count_for_the_business(facts: Make, cells_of: Read) -> None:
    rows = [*TWO_YEARS, sale("2024-08-05", "戊", None), sale("2025-08-05", "戊")]
    assert cells_of(KPI, facts(sales=rows))[None, "2025-12"] == (1, 1, 1)


@pytest.mark.parametrize("rows", [[], TWO_YEARS[:4], [sale("2026-01-05", "甲")]])
def test_before_two_years_are_there_nothing_is_measured(facts: Make, cells_of: Read, rows: list[dict[str, Any]]) -> None:
    assert cells_of(KPI, facts(sales=rows)) == {}


def test_the_rows_behind_it_are_the_sales_that_name_a_customer(facts: Make) -> None:
    rows = KPI.behind(facts(sales=[*TWO_YEARS, sale("2025-05-07", None), sale("2025-05-08", "乙", amount=-1.0)]))
    assert list(rows["customer"]) == ["甲", "乙", "丙", "甲", "丙", "丁"]
