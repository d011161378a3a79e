"""Giving every row what another table knows of it: its manager, and whether its order was returned."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd


def attribute(tables: Mapping[str, pd.DataFrame]) -> dict[str, pd.DataFrame]:
    """The tables with missing managers filled where a list tells, and returned orders marked; no row is added, lost or counted twice.

    A row's employee number goes before its customer, and that before its region.
    A customer that stands twice in the lists belongs to the last entry; a region with two managers belongs to nobody.
    """
    people, customers = tables["managers"], tables["customers"]
    by_number = _lookup(people, "employee_no", "name")
    by_region = _unambiguous(people, "region", "name")
    by_customer = _lookup(customers, "customer", "manager")
    by_customer_no = _lookup(customers, "customer_no", "manager")
    result = {}
    for name, frame in tables.items():
        if name in ("managers", "customers") or "manager" not in frame or not frame["manager"].isna().any():
            result[name] = frame
            continue
        filled = frame["manager"]
        for column, lookup in (("employee_no", by_number), ("customer_no", by_customer_no), ("customer", by_customer), ("region", by_region)):
            # A target for a region or team is a target of that region or team, not of whoever looks after it.
            if column in frame and lookup and name != "targets":
                filled = filled.fillna(frame[column].map(lookup).astype("str"))
        result[name] = frame.assign(manager=filled)
    return with_returns(result)


def with_returns(tables: Mapping[str, pd.DataFrame]) -> dict[str, pd.DataFrame]:
    """The tables with every row of a returned order marked in the sales, however often the order is listed.

    A return that was turned down (returned: no) marks nothing; sales that say themselves that they were returned stay so.
    """
    sales, listed = tables["sales"], tables["returns"]
    orders = listed.loc[listed["returned"].fillna(value=True) & listed["order_no"].notna(), "order_no"]
    if orders.empty or sales.empty:
        return dict(tables)
    marked = sales["order_no"].notna() & sales["order_no"].str.upper().isin(orders.str.upper())
    return {**tables, "sales": sales.assign(returned=sales["returned"].mask(marked, other=True))} if marked.any() else dict(tables)


def _lookup(frame: pd.DataFrame, key: str, value: str) -> dict[str, str]:
    known = frame[[key, value]].dropna()
    return dict(zip(known[key], known[value], strict=True))


def _unambiguous(frame: pd.DataFrame, key: str, value: str) -> dict[str, str]:
    known = frame[[key, value]].dropna().drop_duplicates()
    return _lookup(known[~known[key].duplicated(keep=False)], key, value)
