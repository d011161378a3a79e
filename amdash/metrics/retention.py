"""Retention: how many of the customers who bought in one window of months bought again in the next.

A customer counts once, for one manager, so that windows add up over managers. They do not add up over time: a longer period has the
retention of its last month, for the twelve months that end with it.
"""

from __future__ import annotations

from dataclasses import dataclass

import narwhals as nw
import numpy as np
import pandas as pd

from amdash.metrics.cells import customer_sales, won_sales
from amdash.metrics.engines import Rows, collected
from amdash.metrics.period import months_of, number, shift
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
    months = collected(won_sales(facts).select("month").unique())["month"]
    return not months.empty and months.min() <= between.earlier[0] and between.later[1] <= months.max()


def base(facts: Facts, between: Windows) -> pd.DataFrame:
    """The customers active in the earlier window, and whether each was in the later one: the rows behind the rate.

    Active: bought, that is has a won sale that is no refund (an amount below 0). Columns: who; manager, of the customer's
    last sale in the earlier window that names one (of one day's sales the largest; missing where none does); retained;
    retained_by_same: bought again from that manager. Empty: no row, every column.
    """
    active, sellers = _active(facts), _sellers(facts)
    within = (sellers["month"] >= between.later[0]) & (sellers["month"] <= between.later[1])
    rows = _held(active, between)
    again = pd.MultiIndex.from_frame(sellers.loc[within, ["who", "manager"]])
    rows["retained_by_same"] = pd.MultiIndex.from_frame(rows[["who", "manager"]]).isin(again) & rows["manager"].notna()
    return rows.astype({"who": "str", "manager": "str", "retained": "bool", "retained_by_same": "bool"})


def monthly(facts: Facts, months: int = 12) -> pd.DataFrame:
    """Columns manager, month, base, retained: :func:`base` counted for the windows that end with each month the sales cover whole.

    Rows: one per month and manager, missing where none is known.  Empty: no rows, as long as the sales are shorter than two windows.
    """
    sold = collected(won_sales(facts).select("month").unique())["month"]
    active = _active(facts)
    count = 0 if sold.empty else number(sold.max()) - number(sold.min()) - 2 * months + 2
    parts = []
    for back in range(count - 1, -1, -1):
        month = shift(sold.max(), -back)
        counted = _held(active, windows(month, months)).groupby("manager", dropna=False)["retained"].agg(["size", "sum"])
        parts.append(counted.rename(columns={"size": "base", "sum": "retained"}).reset_index().assign(month=month))
    empty = pd.DataFrame({"manager": pd.Series(dtype="str"), "month": pd.Series(dtype="str"), "base": [], "retained": []})
    return pd.concat(parts, ignore_index=True)[list(empty.columns)] if parts else empty


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


def _bought(facts: Facts) -> Rows:
    return customer_sales(facts).filter(~nw.col("who").is_null(), ~(nw.col("amount").fill_null(0.0) < 0))


def _sellers(facts: Facts) -> pd.DataFrame:
    """Columns who, month, manager: from whom each customer bought in each month."""
    named = _bought(facts).filter(~nw.col("manager").is_null())
    return collected(named.select("who", "month", "manager").unique())


def _active(facts: Facts) -> pd.DataFrame:
    """Columns who, month, manager, by month: the months in which each customer bought, and from whom last in it.

    Of one day's sales the largest decides, of equal ones the name; the manager is missing where no sale names one.
    """
    owner = ["who", "month"]
    sold = _bought(facts).select(*owner, "manager", "date", nw.col("amount").fill_null(0.0))
    last = sold.filter(~nw.col("manager").is_null())
    for decides in ("date", "amount"):
        last = last.join(last.group_by(*owner).agg(nw.col(decides).max()), on=[*owner, decides], how="semi")
    months, sellers = collected(sold.select(*owner).unique()), collected(last.group_by(*owner).agg(nw.col("manager").max()))
    return months.merge(sellers, on=owner, how="left").sort_values(["month", "who"], ignore_index=True)


def _held(active: pd.DataFrame, between: Windows) -> pd.DataFrame:
    """Columns who, manager, retained, by who: the customers of the earlier window, whose they were then, and whether they came back."""
    before, after = (active[(active["month"] >= first) & (active["month"] <= last)] for first, last in (between.earlier, between.later))
    owner = before.dropna(subset="manager").drop_duplicates("who", keep="last").set_index("who")["manager"]
    who = pd.Index(np.sort(before["who"].unique()))
    return pd.DataFrame({"who": who, "manager": owner.reindex(who).to_numpy(), "retained": who.isin(after["who"])})
