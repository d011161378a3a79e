"""The same KPIs by something else than managers: customer tier, region, channel or product, as far as the facts carry it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Literal, get_args

import pandas as pd

from amdash.metrics.spec import Facts

Dimension = Literal["tier", "region", "channel", "product"]
DIMENSIONS: tuple[Dimension, ...] = get_args(Dimension)
# What a row says nothing of is a slice of its own, so that the slices add up to the whole; no sheet has such a name.
NOT_KNOWN = "\u0000"
# What is counted per customer or order; lists, and what somebody has added up already, are of no slice.
_COUNTED = ("sales", "tickets", "complaints", "surveys")


def sliced(facts: Facts, dimension: Dimension, tiers: Mapping[str, str] | None = None, manager: str | None = None) -> Facts:
    """The facts in which every row belongs to its tier, region, channel or product, where it belonged to its manager.

    Cells of them are by (slice, month) in the place of (manager, month). The row's own word goes before that of its customer in the
    customer list. Tables of which no row is known to have any are empty, so that nothing is measured of them; in the others, a row of
    which nothing is known is of the slice NOT_KNOWN. ``tiers``: customer -> tier, in the place of the list's own. ``manager``: only
    this manager's rows. Sales targets stay where they are for a region. Empty: empty tables.
    """
    known = _of_customers(facts, dimension, tiers)
    tables = {name: frame if name in ("customers", "returns") else frame.iloc[:0] for name, frame in facts.tables.items()}
    for name in _COUNTED:
        frame = facts[name]
        frame = frame if manager is None else frame[frame["manager"] == manager]
        value = _value(frame, dimension, known)
        if value.notna().any():
            tables[name] = frame.assign(manager=value.fillna(NOT_KNOWN).astype("str"))
    if dimension == "region" and manager is None:
        targets = facts["targets"]
        regional = targets[targets["manager"].isna() & targets["team"].isna() & targets["region"].notna()]
        tables["targets"] = regional.assign(manager=regional["region"])
    return replace(facts, tables=tables, sales_plan=None)


def _of_customers(facts: Facts, dimension: Dimension, tiers: Mapping[str, str] | None) -> Mapping[str, str]:
    """What is known of each customer, by number and by name."""
    if dimension == "tier" and tiers is not None:
        return tiers
    listed = facts["customers"]
    if dimension not in listed:
        return {}
    rows = listed.dropna(subset=[dimension])
    pairs = [rows[[name, dimension]].dropna().itertuples(index=False, name=None) for name in ("customer", "customer_no")]
    return {str(key): str(value) for part in pairs for key, value in part}


def _value(frame: pd.DataFrame, dimension: Dimension, known: Mapping[str, str]) -> pd.Series[str]:
    """The slice of each row, missing where nothing is known."""
    value = frame[dimension].astype("str") if dimension in frame else pd.Series(pd.NA, index=frame.index, dtype="str")
    for name in ("customer_no", "customer"):
        if known and name in frame:
            value = value.fillna(frame[name].map(known).astype("str"))
    return value
