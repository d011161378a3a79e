"""Net sales: the amount of what was sold and has not come back."""

from __future__ import annotations

import narwhals as nw
import pandas as pd

from amdash.i18n import N_
from amdash.metrics.cells import native, summed
from amdash.metrics.engines import Rows
from amdash.metrics.kpi.return_rate import counted, told, without_steps
from amdash.metrics.spec import Facts, Kpi


def kept_sales(facts: Facts) -> Rows:
    """The won sales that have not come back, of the sheets that tell."""
    return without_steps(told(facts).filter(~nw.col("row_returned")))


def cells(facts: Facts) -> pd.DataFrame:
    """The sum of the amounts of won sales, returned ones left out.

    A whole order is left out where its return is marked once, on any row or in the list of returns; where a sheet says yes or
    no beside every row, the rows with no stand: of an order sent back in part, the rest is sold.
    Rows: one per manager, team and month.  Unit: money in base units.  n: rows sold, returned ones included, so that a month in
    which everything came back is 0.  Empty: no row where nothing tells of returns.
    Source: net sales as in accounting, gross sales less returns, by the month of the sale.
    """
    kept = nw.when(nw.col("row_returned")).then(nw.lit(0.0)).otherwise(nw.col("amount"))
    return summed(counted(facts).with_columns(numerator=kept, denominator=nw.lit(0)), where=~nw.col("amount").is_null())


KPI = Kpi(
    id="net_sales",
    name=N_("Net sales"),
    short=N_("net sales"),
    meaning=N_("How much was sold and not sent back, in money."),
    formula=N_("Sum of the amounts of closed sales, without returned ones"),
    source=N_("Sales sheet, and the list of returns; where neither tells of returns, there is no figure"),
    example=N_("{n} sales without what was returned add up to {value}"),
    feeds=("sales.date", "sales.amount", "sales.manager", "sales.order_no", "sales.returned", "returns.order_no", "returns.returned"),
    sums="money",
    category="business",
    unit="money",
    measure="total",
    higher_is_better=True,
    target=None,
    rows="sales",
    cells=cells,
    behind=native(kept_sales),
    rank=52,
    weekly=True,
    on_board=False,
)
