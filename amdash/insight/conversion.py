"""Conversion: of those who came to be known before they bought, how many have bought since."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pandas as pd

from amdash.insight.customers import is_bought

_DAY = pd.Timedelta(days=1)
COLUMNS: dict[str, str] = {"who": "str", "manager": "str", "known_on": "datetime64[us]", "first_on": "datetime64[us]"}


def prospects(sales: pd.DataFrame, listed: pd.DataFrame, as_of: dt.date, months: int = 12) -> pd.DataFrame:
    """Those who came to be known within the months up to a date, before any order of theirs.

    ``sales``, ``listed``: as from :func:`amdash.insight.customers.sales_of` and :func:`~amdash.insight.customers.listed_of`. Known on: the
    day since which the list has the customer, or the first deal was opened (of a deal without one, its own day), whichever is earlier.
    Columns (COLUMNS): manager, who has the customer on the list, else who dealt with it first; first_on, the first order up to the date,
    missing where there is none. Who is on the list since the day of the first order has never been a prospect; who is on it without a
    date and without a deal cannot be placed in time and is left out. Rows: one per customer, by who. Empty: no row, every column.
    """
    until = pd.Timestamp(as_of).normalize() + _DAY
    named = sales[sales["who"].notna()]
    begun = named.assign(known_on=named["opened_on"].fillna(named["date"].where(~_is_order(named))))
    begun = begun.loc[begun["known_on"].notna(), ["who", "known_on", "manager"]]
    entries = listed.loc[listed["who"].notna() & listed["since"].notna(), ["who", "since", "manager"]].rename(columns={"since": "known_on"})
    known = pd.concat([begun, entries], ignore_index=True)
    known = known[known["known_on"] < until].sort_values(["known_on", "who"], kind="stable")
    first = known.drop_duplicates("who").set_index("who")["known_on"].dt.normalize()
    bought = named[is_bought(named) & (named["date"] < until)]
    frame = pd.DataFrame({"known_on": first, "first_on": bought.groupby("who")["date"].min().reindex(first.index).dt.normalize()})
    frame["manager"] = _owners(listed, known, first.index)
    fresh = frame["known_on"] >= until - pd.DateOffset(months=months)
    unbought = frame["first_on"].isna() | (frame["known_on"] < frame["first_on"])
    return frame[fresh & unbought].rename_axis("who").sort_index().reset_index()[list(COLUMNS)].astype(COLUMNS)


def conversion(known: pd.DataFrame) -> pd.DataFrame:
    """Of :func:`prospects`, how many have bought, per manager.

    Rows: one per manager by name, missing last. Columns: manager, prospects, converted (customers), rate (ratio 0-1).
    Empty: no row for a manager without prospects, never 0. Source: cohort conversion rate, by the time of becoming known.
    """
    counted = known.assign(bought=known["first_on"].notna()).groupby("manager", dropna=False)["bought"].agg(["size", "sum"]).reset_index()
    counted = counted.rename(columns={"size": "prospects", "sum": "converted"}).astype({"prospects": "int64", "converted": "int64"})
    return counted.assign(rate=counted["converted"] / counted["prospects"])


def _is_order(sales: pd.DataFrame) -> pd.Series[Any]:
    return sales["status"].fillna("won").isin(["won", "cancelled"])


def _owners(listed: pd.DataFrame, known: pd.DataFrame, people: pd.Index) -> pd.Series[Any]:
    """The list's word first, then that of the first deal that names somebody."""
    on_list = listed[listed["who"].notna() & listed["manager"].notna()].drop_duplicates("who", keep="last").set_index("who")["manager"]
    dealt = known[known["manager"].notna()].drop_duplicates("who").set_index("who")["manager"]
    return on_list.reindex(people).fillna(dealt.reindex(people))
