"""Retention: how many of the customers who bought in one window of months bought again in the next.

A customer counts once, for one manager, so that windows add up over managers; they do not add up over time, which is why
retention has no monthly cells and is computed from the facts for the windows asked.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import narwhals as nw
import pandas as pd

from amdash.metrics.cells import with_customer, won_sales
from amdash.metrics.period import months_of, shift
from amdash.metrics.spec import Facts

_COLUMNS = {"manager": "str", "base": "int64", "retained": "int64", "retained_by_same": "int64", "rate": "float64"}


@dataclass(frozen=True)
class Windows:
    """Two spans of whole months, the second right after the first; 'YYYY-MM', first and last month included."""

    earlier: tuple[str, str]
    later: tuple[str, str]


def windows(period: str, months: int = 12) -> Windows:
    """The window of ``months`` months that ends with a month, quarter or year, and the one before it.

    '2026-10' with 12: November 2024 to October 2025, then to October 2026. '2017-Q2' with 3: quarter to quarter.
    Errors: ValueError for no period, or fewer months than one.
    """
    if months < 1:
        raise ValueError(months)
    last = months_of(period)[-1]
    return Windows((shift(last, 1 - 2 * months), shift(last, -months)), (shift(last, 1 - months), last))


def covered(facts: Facts, between: Windows) -> bool:
    """Whether the sales reach from the first month of the earlier window to the last of the later one.

    Where they do not, a customer may be missing from a window only because its months are.
    """
    months = won_sales(facts)["month"].to_list()
    return bool(months) and min(months) <= between.earlier[0] and between.later[1] <= max(months)


def base(facts: Facts, between: Windows) -> pd.DataFrame:
    """The customers active in the earlier window, and whether each was in the later one: the rows behind the rate.

    Active: bought, that is has a won sale that is no refund (an amount below 0). Columns: who; manager, of the customer's
    last sale in the earlier window that names one (of one day's sales the largest; missing where none does); retained;
    retained_by_same: bought again from that manager. Empty: no row, every column.
    """
    sold = with_customer(won_sales(facts), facts).filter(~nw.col("who").is_null(), ~(nw.col("amount").fill_null(0.0) < 0))
    before, after = _within(sold, between.earlier), _within(sold, between.later)
    named = before.filter(~nw.col("manager").is_null()).sort("date", "amount", "manager")
    owner = named.unique(subset=["who"], keep="last", maintain_order=True).select("who", "manager")
    again = after.select("who").unique().with_columns(retained=nw.lit(value=True))
    same = after.filter(~nw.col("manager").is_null()).select("who", "manager").unique().with_columns(retained_by_same=nw.lit(value=True))
    rows = before.select("who").unique().join(owner, on="who", how="left").join(again, on="who", how="left")
    # A manager that is missing matches on some engines: only customers who have one can come back to the same.
    matched = owner.join(same, on=["who", "manager"], how="inner").select("who", "retained_by_same")
    rows = rows.join(matched, on="who", how="left").with_columns(nw.col("retained", "retained_by_same").fill_null(value=False))
    frame: pd.DataFrame = rows.select("who", "manager", "retained", "retained_by_same").sort("who").to_pandas()
    return frame.astype({"who": "str", "manager": "str", "retained": "bool", "retained_by_same": "bool"})


def retention(facts: Facts, between: Windows, *, by_manager: bool = True) -> pd.DataFrame:
    """Customers active in both windows over those active in the earlier one.

    Rows: one per manager of :func:`base`, by name, missing last; or one for the whole business, which is their sum.
    Columns: manager, base and retained (customers), retained_by_same (of them, with the same manager: the others were
    handed over, and are not lost), rate (ratio 0-1). Empty: no row without a customer in the earlier window, never 0.
    Source: repeat-customer retention over two windows of equal length; DESIGN.md, section 5.
    """
    rows = base(facts, between)
    if not by_manager:
        rows = rows.assign(manager=pd.Series(pd.NA, index=rows.index, dtype="str"))
    if rows.empty:
        return pd.DataFrame({name: pd.Series(dtype=dtype) for name, dtype in _COLUMNS.items()})
    counted = rows.groupby("manager", dropna=False).agg(
        base=("who", "size"), retained=("retained", "sum"), retained_by_same=("retained_by_same", "sum")
    )
    result = counted.reset_index().assign(rate=(counted["retained"] / counted["base"]).to_numpy())
    return result[list(_COLUMNS)].astype(_COLUMNS)


def _within(sold: nw.DataFrame[Any], window: tuple[str, str]) -> nw.DataFrame[Any]:
    return sold.filter(nw.col("month") >= window[0], nw.col("month") <= window[1])
