"""New customers: those who bought for the first time ever."""

from __future__ import annotations

from typing import Any

import narwhals as nw
import pandas as pd

from amdash.i18n import N_
from amdash.metrics import period
from amdash.metrics.cells import customer_key, finished, native, won_sales
from amdash.metrics.spec import Facts, Kpi


def first_sales(facts: Facts) -> nw.DataFrame[Any]:
    """The first won sale of every customer who is new in that month: earliest date, first row among equals.

    A customer known to be older (``since`` in the customer list) is no new one.
    """
    rows = won_sales(facts).with_columns(who=customer_key()).filter(~nw.col("who").is_null())
    rows = rows.with_row_index("place").sort("date", "place").unique(subset=["who"], keep="first", maintain_order=True)
    known = nw.from_native(facts["customers"], eager_only=True).filter(~nw.col("since").is_null())
    known = known.with_columns(known_from=nw.col("since").dt.to_string("%Y-%m"))
    for key in ("customer_no", "customer"):
        since = known.filter(~nw.col(key).is_null()).select(key, "known_from").group_by(key).agg(nw.col("known_from").min())
        rows = (
            rows.join(since, on=key, how="left").filter(nw.col("known_from").is_null() | (nw.col("known_from") >= nw.col("month"))).drop("known_from")
        )
    return rows.drop("who", "place")


def cells(facts: Facts) -> pd.DataFrame:
    """Customers whose first sale ever falls in the month, per manager-month, each counted once, for the manager of that sale.

    Rows: one per manager and month from the manager's first month with a sale to the last (or as the list of managers
    says), 0 included.  Unit: customers a manager-month.  n: manager-months.  Empty: no row for a month without any sale in the business.
    Source: new-customer count as in the source method (at least 10 a month).
    """
    sold = won_sales(facts)
    covered = set(sold["month"].to_list())
    if not covered:
        return finished(None)
    counted = (
        first_sales(facts).with_columns(nw.col("manager").fill_null("")).group_by("manager", "month").agg(nw.len().alias("numerator")).to_pandas()
    )
    active = _manager_months(sold, facts["managers"], covered)
    cells = active.merge(counted, on=["manager", "month"], how="outer")
    named = cells["manager"] != ""
    return finished(
        cells.assign(team="", numerator=cells["numerator"].fillna(0), denominator=named.astype("float64"), n=named.astype("int64")).sort_values(
            ["manager", "month"]
        )
    )


def _manager_months(sold: nw.DataFrame[Any], people: pd.DataFrame, covered: set[str]) -> pd.DataFrame:
    """The months in which each manager could have won somebody, among the covered ones."""
    spans = (
        sold.filter(~nw.col("manager").is_null()).group_by("manager").agg(nw.col("month").min().alias("first"), nw.col("month").max().alias("last"))
    )
    listed = people.drop_duplicates("name", keep="last").set_index("name")
    rows = []
    for manager, first, last in spans.sort("manager").iter_rows():
        hired = listed["hired_on"].get(manager)
        left = listed["left_on"].get(manager)
        first = min(first, hired.strftime("%Y-%m")) if hired is not None and not pd.isna(hired) else first
        last = (
            max(last, left.strftime("%Y-%m"))
            if left is not None and not pd.isna(left)
            else max(last, max(covered))
            if manager in listed.index
            else last
        )
        rows += [(manager, month) for month in period.months_between(max(first, min(covered)), min(last, max(covered))) if month in covered]
    return pd.DataFrame(rows, columns=["manager", "month"], dtype="str")


KPI = Kpi(
    id="new_customers",
    name=N_("New customers"),
    short=N_("new customers"),
    formula=N_("Customers whose first sale ever falls in the period ÷ manager-months"),
    source=N_("Sales sheet, and “customer since” in the customer list"),
    category="business",
    unit="customers",
    measure="ratio",
    higher_is_better=True,
    target=10.0,
    rows="sales",
    cells=cells,
    behind=native(first_sales),
    weighted=True,
    rank=30,
)
