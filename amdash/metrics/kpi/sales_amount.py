"""Sales: the amount of what was sold."""

from __future__ import annotations

import narwhals as nw
import pandas as pd

from amdash.i18n import N_
from amdash.metrics.cells import native, summed, won_sales
from amdash.metrics.spec import Facts, Kpi


def cells(facts: Facts) -> pd.DataFrame:
    """The sum of the amounts of won sales, returned ones included.

    Rows: one per manager, team and month.  Unit: money in base units.  Empty: no row for that group, never 0.
    Source: the sales sheet as it stands.
    """
    rows = won_sales(facts).with_columns(numerator=nw.col("amount"), denominator=nw.lit(0))
    return summed(rows, where=~nw.col("amount").is_null())


KPI = Kpi(
    id="sales_amount",
    name=N_("Sales"),
    short=N_("sales"),
    meaning=N_("How much was sold, in money; what came back later is still in it."),
    formula=N_("Sum of the amounts of closed sales, returned orders included"),
    source=N_("Sales sheet; cancelled, lost and open deals do not count"),
    example=N_("{n} sales add up to {value}"),
    feeds=("sales.date", "sales.amount", "sales.manager", "sales.customer", "sales.status", "summary.sales_amount"),
    sums="money",
    category="business",
    unit="money",
    measure="total",
    higher_is_better=True,
    target=None,
    rows="sales",
    cells=cells,
    behind=native(won_sales),
    rank=10,
    weekly=True,
)
