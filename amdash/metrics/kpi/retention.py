"""Customer retention: of last year's customers, those who bought again this year."""

from __future__ import annotations

import narwhals as nw
import pandas as pd

from amdash.i18n import N_
from amdash.metrics.cells import customer_sales, finished, native
from amdash.metrics.engines import Rows
from amdash.metrics.retention import monthly
from amdash.metrics.spec import Facts, Kpi


def sales(facts: Facts) -> Rows:
    """The won sales that name a customer and are no refund."""
    return customer_sales(facts).filter(~nw.col("who").is_null(), ~(nw.col("amount").fill_null(0.0) < 0)).drop("who")


def cells(facts: Facts) -> pd.DataFrame:
    """Customers active in the twelve months up to each month and in the twelve before, over those active in the earlier twelve.

    Rows: one per month that has two whole years of sales behind it, and manager of the earlier year (see
    :mod:`amdash.metrics.retention`).  Unit: ratio.  n: customers of the earlier year.  Empty: no rows before two years are there.
    Source: repeat-customer retention over two windows of equal length.
    """
    counted = monthly(facts)
    owners = counted["manager"].astype("str").fillna("")
    found = counted.assign(manager=owners, team="", numerator=counted["retained"], denominator=counted["base"], n=counted["base"])
    return finished(found.sort_values(["manager", "month"]))


KPI = Kpi(
    id="retention",
    name=N_("Customer retention"),
    short=N_("retention"),
    meaning=N_("Of the customers of the year before, how many bought again."),
    formula=N_("Customers who bought in the last 12 months and in the 12 before ÷ customers who bought in the 12 before"),
    source=N_("Sales sheet, two years of it"),
    example=N_("{numerator} of {denominator} customers of the year before bought again"),
    feeds=("sales.date", "sales.customer", "sales.amount", "sales.manager", "sales.status"),
    category="business",
    unit="ratio",
    measure="ratio",
    higher_is_better=True,
    target=None,
    rows="sales",
    cells=cells,
    behind=native(sales),
    min_sample=5,
    share=True,
    rank=35,
    on_board=False,
    window_months=12,
)
