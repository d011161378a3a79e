"""Win rate: the share of closed deals that were won."""

from __future__ import annotations

import narwhals as nw
import pandas as pd

from amdash.i18n import N_
from amdash.metrics.cells import dated, knowing_sheets, native, summed
from amdash.metrics.engines import Rows
from amdash.metrics.spec import Facts, Kpi


def closed(facts: Facts, *names: str) -> Rows:
    """Deals won or lost, by the month of closing; open and cancelled ones and rows without a status are none.

    Only of sheets, this month's or another's of the same name, that know of lost deals: where 已完成 and 已发货 stand beside
    已取消, the rows are orders, and every one of them would be a deal won. ``names``: the columns wanted; none: all.
    """
    rows = dated(facts, "sales")
    deals = (rows.select(*names) if names else rows).filter(nw.col("status").fill_null("").is_in(["won", "lost"]))
    knowing = knowing_sheets(facts, deals.filter(nw.col("status") == "lost"))
    return deals.join(knowing, on=["source_file", "source_sheet"], how="semi")


def cells(facts: Facts) -> pd.DataFrame:
    """Deals won over deals won or lost, by the month of the sale's date, which is that of closing.

    Rows: one per manager, team and month.  Unit: ratio 0-1.  n: closed deals.  Empty: no row without closed deals, never 0.
    Source: the win rate of sales planning. Over all deals it would fall with every new one that is still open.
    """
    rows = closed(facts, "manager", "team", "month", "status", "source_file", "source_sheet")
    return summed(rows.with_columns(numerator=nw.col("status") == "won", denominator=nw.lit(1)))


KPI = Kpi(
    id="win_rate",
    name=N_("Win rate"),
    short=N_("win rate"),
    meaning=N_("How many of the deals that were decided were won."),
    formula=N_("Deals won ÷ deals won or lost"),
    source=N_("Sales sheets that list lost deals too; open and cancelled deals do not count"),
    example=N_("{numerator} of {denominator} decided deals were won"),
    feeds=("sales.date", "sales.status", "sales.manager", "sales.customer"),
    category="business",
    unit="ratio",
    measure="ratio",
    higher_is_better=True,
    target=None,
    rows="sales",
    cells=cells,
    behind=native(closed),
    min_sample=5,
    share=True,
    rank=56,
    weekly=True,
    on_board=False,
)
