"""Customers as their orders show them at a date: how recently, how often and for how much each has bought, and whose each is."""

from __future__ import annotations

import datetime as dt
from typing import Any

import narwhals as nw
import numpy as np
import pandas as pd

from amdash.metrics.cells import with_customer
from amdash.metrics.spec import Facts

Codes = np.ndarray[Any, np.dtype[np.int64]]

COLUMNS: dict[str, str] = {
    "who": "str",
    "customer": "str",
    "manager": "str",
    "managers": "int64",
    "first_on": "datetime64[us]",
    "last_on": "datetime64[us]",
    "recency_days": "Int64",
    "frequency": "int64",
    "monetary": "float64",
    "tenure_days": "Int64",
    "orders_12m": "int64",
    "revenue_12m": "float64",
    "open_deals": "int64",
    "listed": "bool",
}
# Whole ten-thousandths add up exactly: neither the order of the rows nor a binary fraction then tells equal customers apart.
_STEPS_PER_UNIT = 10_000
_DAY = pd.Timedelta(days=1)
_NEVER = pd.Timestamp(1, 1, 1)


def sales_of(facts: Facts) -> pd.DataFrame:
    """The sales that name a customer, with ``who`` (see :func:`amdash.metrics.cells.with_customer`), whatever their status."""
    return _with_who(facts, "sales")


def listed_of(facts: Facts) -> pd.DataFrame:
    """The customer list with ``who``."""
    return _with_who(facts, "customers")


def _with_who(facts: Facts, table: str) -> pd.DataFrame:
    rows: nw.DataFrame[Any] = nw.from_native(facts[table], eager_only=True)
    frame: pd.DataFrame = with_customer(rows, facts).filter(~nw.col("who").is_null()).to_pandas()
    return frame


def profiles(sales: pd.DataFrame, as_of: dt.date, listed: pd.DataFrame | None = None) -> pd.DataFrame:
    """One row per customer who is known at a date: who has bought, is listed, or has a deal open.

    ``sales``, ``listed``: as from :func:`sales_of` and :func:`listed_of`. What is dated after ``as_of`` is not known yet.
    Bought: a won sale (see :func:`amdash.metrics.cells.won_sales`) that is no refund; a refund (an amount below 0) lowers the
    money, but is no order and renews nothing. An order number of a customer counts once, a row without one by itself.

    Columns (COLUMNS): who; customer, the name on the list, else on the latest row; manager, who has the customer on the list,
    else who sold last (of one day's sales the largest); managers, how many have sold to it; first_on, last_on, recency_days,
    tenure_days (from the first order, or since the list says); frequency (orders), monetary (money), both over all time;
    orders_12m, revenue_12m, the same in the 12 months up to the date; open_deals; listed.
    Missing: the dates and days of who has not bought (tenure_days unless listed with a date). Empty: no row, every column.
    """
    day = pd.Timestamp(as_of).normalize()
    known = sales[sales["who"].notna()]
    dated = known[known["date"].notna() & (known["date"] < day + _DAY)]
    won = dated[_is_won(dated)]
    opened = known.loc[_is_open(known, day), "who"]
    entries = _entries(listed, day)
    bought = won[is_bought(won)]
    people = pd.Index(pd.concat([won["who"], opened, entries["who"]]).unique(), dtype="str").sort_values()
    frame = _money(won, people, day).join(_days(bought, entries, people, day))
    names, sellers = _latest(known, "customer", people), _latest(bought, "manager", people)
    frame["customer"] = _of_last_entry(entries, "customer", people).fillna(names).fillna(people.to_series())
    frame["manager"] = _of_last_entry(entries, "manager", people).fillna(sellers)
    frame["managers"] = bought.groupby("who")["manager"].nunique().reindex(people, fill_value=0)
    frame["open_deals"] = opened.value_counts().reindex(people, fill_value=0)
    frame["listed"] = people.isin(entries["who"])
    return frame.rename_axis("who").reset_index()[list(COLUMNS)].astype(COLUMNS)


def exact_sums(codes: Codes, amounts: pd.Series[Any], size: int) -> np.ndarray[Any, np.dtype[np.float64]]:
    """The amounts added up per code (0 to ``size`` - 1), the same in whatever order they come; a missing amount is none.

    Unit: as the amounts, to the ten-thousandth. Empty: 0 for a code without amounts.
    """
    steps = np.rint(amounts.fillna(0.0).to_numpy(dtype="float64") * _STEPS_PER_UNIT)
    summed: np.ndarray[Any, np.dtype[np.float64]] = np.bincount(codes, weights=steps, minlength=size) / _STEPS_PER_UNIT
    return summed


def is_bought(sales: pd.DataFrame) -> pd.Series[Any]:
    """Which rows are won sales and no refunds."""
    return _is_won(sales) & ~(sales["amount"] < 0)


def _is_won(sales: pd.DataFrame) -> pd.Series[Any]:
    return sales["status"].fillna("won") == "won"


def _is_open(known: pd.DataFrame, day: pd.Timestamp) -> pd.Series[Any]:
    """Deals that were open at a day, also such as have been closed since; one without a date has always been."""
    begun = known["opened_on"].fillna(known["date"]).fillna(_NEVER) < day + _DAY
    closed_since = known["opened_on"].notna() & (known["date"] >= day + _DAY)
    return begun & ((known["status"].fillna("won") == "open") | closed_since)


def _entries(listed: pd.DataFrame | None, day: pd.Timestamp) -> pd.DataFrame:
    """The list's entries that are known at a day."""
    if listed is None:
        return pd.DataFrame({name: pd.Series(dtype=dtype) for name, dtype in _LISTED.items()})
    named = listed[listed["who"].notna()]
    return named.loc[named["since"].isna() | (named["since"] < day + _DAY), list(_LISTED)]


_LISTED = {"who": "str", "customer": "str", "manager": "str", "since": "datetime64[us]"}


def _money(won: pd.DataFrame, people: pd.Index, day: pd.Timestamp) -> pd.DataFrame:
    frame = pd.DataFrame(index=people)
    recent = won[won["date"] >= day - pd.DateOffset(years=1) + _DAY]
    for rows, orders, money in ((won, "frequency", "monetary"), (recent, "orders_12m", "revenue_12m")):
        codes = people.get_indexer(pd.Index(rows["who"]))
        frame[money] = exact_sums(codes, rows["amount"], len(people))
        bought = is_bought(rows).to_numpy()
        frame[orders] = _orders(codes[bought], rows.loc[bought, "order_no"], len(people))
    return frame


def _orders(codes: Codes, numbers: pd.Series[Any], size: int) -> Codes:
    """Orders per code: different numbers, and rows without one."""
    order, values = pd.factorize(numbers)
    alone = np.bincount(codes[order < 0], minlength=size)
    numbered = np.unique((codes * max(1, len(values)) + order)[order >= 0])
    return alone + np.bincount(numbered // max(1, len(values)), minlength=size)


def _days(bought: pd.DataFrame, entries: pd.DataFrame, people: pd.Index, day: pd.Timestamp) -> pd.DataFrame:
    spans = bought.groupby("who")["date"].agg(["min", "max"]).reindex(people)
    first, last = spans["min"].dt.normalize(), spans["max"].dt.normalize()
    since = entries.groupby("who")["since"].min().reindex(people).dt.normalize()
    return pd.DataFrame(
        {
            "first_on": first,
            "last_on": last,
            "recency_days": (day - last).dt.days.astype("Int64"),
            "tenure_days": (day - since.where(since < first, first).fillna(since)).dt.days.astype("Int64"),
        }
    )


def _latest(rows: pd.DataFrame, column: str, people: pd.Index) -> pd.Series[Any]:
    """What the latest row that names it says; of one day's rows the largest, then the last by name."""
    named = rows.loc[rows[column].notna(), ["who", "date", "amount", column]]
    named = named.assign(date=named["date"].dt.normalize().fillna(_NEVER), amount=named["amount"].fillna(0.0))
    last = named[named["date"] == named.groupby("who")["date"].transform("max")]
    chosen = last.sort_values(["amount", column]).drop_duplicates("who", keep="last")
    return chosen.set_index("who")[column].reindex(people)


def _of_last_entry(entries: pd.DataFrame, column: str, people: pd.Index) -> pd.Series[Any]:
    """What the last entry that names it says, as :func:`amdash.metrics.attribution.attribute` reads the list."""
    named = entries.dropna(subset=[column]).drop_duplicates("who", keep="last")
    return named.set_index("who")[column].reindex(people)
