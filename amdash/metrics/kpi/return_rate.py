"""Return rate: the share of orders that came back."""

from __future__ import annotations

import narwhals as nw
import pandas as pd

from amdash.i18n import N_
from amdash.metrics.cells import knowing_sheets, native, summed, won_sales
from amdash.metrics.engines import PLACE, Rows, collected, once
from amdash.metrics.spec import Facts, Kpi

_TELLING = ("month", "order_no", "returned", "source_file", "source_sheet", PLACE)
# What leads from rows to orders, and is nobody's field.
_STEPS = ("marks", "came", "order_returned", "row_returned")


def told(facts: Facts, *names: str) -> Rows:
    """Won sales of which it is known whether they came back, with ``place``, ``order_returned`` and ``row_returned``.

    ``names``: the columns of the sales wanted besides those by which it is known; none: all.

    Known: the rows of a sheet that marks returns, this month's or another's of the same name (an empty mark in it is a sale
    that stands); and, where there is a list of returns, all rows from the first month with a returned order on, since the
    list may not reach further back. Of other rows nothing is known: no data, never 0.
    An order is returned when any of its rows is; a row when it says so, and where it says nothing, when its order is.
    """
    sold = won_sales(facts).select(*names, *_TELLING) if names else won_sales(facts)
    sold = sold.with_columns(came=nw.col("returned").fill_null(value=False))
    came = sold.filter(nw.col("came"))
    listed = not collected(nw.from_native(facts["returns"]).select("order_no").head(1)).empty
    # A list has put its marks into the sales, but none that says no: that one is the sheet's own.
    says = ~nw.col("returned").fill_null(value=True) if listed else ~nw.col("returned").is_null()
    marking = knowing_sheets(facts, sold.filter(says)).with_columns(marks=nw.lit(value=True))
    rows = sold.join(marking, on=["source_file", "source_sheet"], how="left")
    is_told = nw.col("marks").fill_null(value=False)
    back = collected(came.select("month").unique())["month"].tolist() if listed else []
    rows = rows.filter(is_told | (nw.col("month") >= min(back)) if back else is_told)
    orders = came.filter(~nw.col("order_no").is_null()).select("order_no").unique().with_columns(any=nw.lit(value=True))
    # A row without a number is an order of its own.
    rows = rows.join(orders, on="order_no", how="left").with_columns(order_returned=nw.col("any").fill_null(value=False) | nw.col("came"))
    return rows.with_columns(row_returned=nw.coalesce(nw.col("returned"), nw.col("order_returned"))).drop("any")


@once
def counted(facts: Facts) -> Rows:
    """The same with the columns alone that figures are made of."""
    return told(facts, "manager", "team", "amount", "date").drop("source_file", "source_sheet", "returned", "marks", "came")


def without_steps(rows: Rows) -> Rows:
    """Rows of ``told`` as they stand in the sheet, with manager and month, in the order of their dates."""
    return rows.sort("date", PLACE).drop(*_STEPS)


def _first_rows(rows: Rows) -> Rows:
    numbered = rows.filter(~nw.col("order_no").is_null()).unique(subset=["order_no"], keep="first", order_by=["date", PLACE])
    return nw.concat([numbered, rows.filter(nw.col("order_no").is_null())])


def orders(facts: Facts) -> Rows:
    """One row an order, its first by date, whose manager and month the order belongs to; ``returned`` says it of the whole order."""
    rows = _first_rows(told(facts))
    return without_steps(rows.with_columns(returned=nw.col("order_returned")))


def cells(facts: Facts) -> pd.DataFrame:
    """Returned orders over orders, each order number counted once, for the month and manager of its first row.

    Rows: one per manager, team and month.  Unit: ratio 0-1.  n: orders.  Empty: no row where nothing tells of returns, never 0.
    Source: the usual return rate by orders. Where a sheet marks single lines of an order, the share of lines is smaller.
    """
    return summed(_first_rows(counted(facts)).with_columns(numerator=nw.col("order_returned"), denominator=nw.lit(1)))


KPI = Kpi(
    id="return_rate",
    name=N_("Return rate"),
    short=N_("return rate"),
    meaning=N_("How many orders came back."),
    formula=N_("Returned orders ÷ orders, each order once"),
    source=N_("Sales sheet, and the list of returns; an order is returned when any of its rows is"),
    example=N_("{numerator} of {denominator} orders came back"),
    feeds=("sales.date", "sales.amount", "sales.manager", "sales.order_no", "sales.returned", "returns.order_no", "returns.returned"),
    category="business",
    unit="ratio",
    measure="ratio",
    higher_is_better=False,
    target=None,
    rows="sales",
    cells=cells,
    behind=native(orders),
    min_sample=5,
    share=True,
    rank=54,
    weekly=True,
    on_board=False,
)
