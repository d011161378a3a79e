"""Return rate: the share of orders that came back."""

from __future__ import annotations

from typing import Any

import narwhals as nw
import pandas as pd

from amdash.i18n import N_
from amdash.metrics.cells import native, summed, won_sales
from amdash.metrics.spec import Facts, Kpi

_ORDER = ("order", "alone")
# What leads from rows to orders, and is nobody's field.
_STEPS = ("place", "sheet", "marks", *_ORDER, "came")


def told(facts: Facts) -> nw.DataFrame[Any]:
    """Won sales of which it is known whether they came back, with ``order_returned`` and ``row_returned``, in the order of their dates.

    Known: the rows of a sheet that marks returns, this month's or another's of the same name (an empty mark in it is a sale
    that stands); and, where there is a list of returns, all rows from the first month with a returned order on, since the
    list may not reach further back. Of other rows nothing is known: no data, never 0.
    An order is returned when any of its rows is; a row when it says so, and where it says nothing, when its order is.
    """
    rows = won_sales(facts).with_row_index("place")
    rows = rows.with_columns(
        nw.col("place").cast(nw.Int64),
        # 销售-2026-09.xlsx and 销售-2026-10.xlsx are one sheet that comes every month.
        sheet=nw.concat_str("source_file", "source_sheet", separator="\n").str.replace_all("[0-9]+", ""),
        order=nw.col("order_no").fill_null(""),
        came=nw.col("returned").fill_null(value=False).cast(nw.Int64),
    )
    # A row without a number is an order of its own.
    rows = rows.with_columns(alone=nw.when(nw.col("order_no").is_null()).then(nw.col("place")).otherwise(nw.lit(-1)))
    listed = not nw.from_native(facts["returns"], eager_only=True).is_empty()
    # A list has put its marks into the sales, but none that says no: that one is the sheet's own.
    says = ~nw.col("returned").fill_null(value=True) if listed else ~nw.col("returned").is_null()
    marking = rows.filter(says).select("sheet").unique().with_columns(marks=nw.lit(True))
    rows = rows.join(marking, on="sheet", how="left")
    back = rows.filter(nw.col("came") == 1)["month"].to_list()
    is_told = nw.col("marks").fill_null(value=False)
    rows = rows.filter(is_told | (nw.col("month") >= min(back)) if back and listed else is_told)
    orders = rows.group_by(*_ORDER).agg(nw.col("came").max().alias("any"))
    rows = rows.join(orders, on=list(_ORDER), how="left").with_columns(order_returned=nw.col("any") == 1).drop("any")
    return rows.with_columns(row_returned=nw.coalesce(nw.col("returned"), nw.col("order_returned"))).sort("date", "place")


def without_steps(rows: nw.DataFrame[Any]) -> nw.DataFrame[Any]:
    """Rows of ``told`` as they stand in the sheet, with manager and month."""
    return rows.drop(*_STEPS, "order_returned", "row_returned")


def _first_rows(facts: Facts) -> nw.DataFrame[Any]:
    return told(facts).unique(subset=list(_ORDER), keep="first", maintain_order=True)


def orders(facts: Facts) -> nw.DataFrame[Any]:
    """One row an order, its first by date, whose manager and month the order belongs to; ``returned`` says it of the whole order."""
    rows = _first_rows(facts)
    return without_steps(rows.with_columns(returned=nw.col("order_returned")))


def cells(facts: Facts) -> pd.DataFrame:
    """Returned orders over orders, each order number counted once, for the month and manager of its first row.

    Rows: one per manager, team and month.  Unit: ratio 0-1.  n: orders.  Empty: no row where nothing tells of returns, never 0.
    Source: the usual return rate by orders. Where a sheet marks single lines of an order, the share of lines is smaller.
    """
    return summed(_first_rows(facts).with_columns(numerator=nw.col("order_returned"), denominator=nw.lit(1)))


KPI = Kpi(
    id="return_rate",
    name=N_("Return rate"),
    short=N_("return rate"),
    formula=N_("Returned orders ÷ orders, each order once"),
    source=N_("Sales sheet, and the list of returns; an order is returned when any of its rows is"),
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
    on_board=False,
)
