"""New customers: those who bought for the first time ever."""

from __future__ import annotations

import narwhals as nw
import pandas as pd

from amdash.i18n import N_
from amdash.metrics.cells import bought, customer_sales, finished, native, with_customer, won_sales
from amdash.metrics.engines import PLACE, Rows, collected, placed
from amdash.metrics.spec import Facts, Kpi
from amdash.schema import month_of


def first_sales(facts: Facts) -> Rows:
    """The first won sale of every customer who is new in that month: earliest date, first row among equals.

    A customer known to be older (``since`` in the customer list) is no new one.
    """
    return _first(customer_sales(facts), facts).sort("date", PLACE).drop("who")


def _first(rows: Rows, facts: Facts) -> Rows:
    """The same of rows with who, date, place and month, whatever else they have; in no promised order."""
    rows = rows.filter(~nw.col("who").is_null()).unique(subset=["who"], keep="first", order_by=["date", PLACE])
    known = with_customer(nw.from_native(facts["customers"]), facts).filter(~nw.col("since").is_null(), ~nw.col("who").is_null())
    known = known.with_columns(known_from=nw.col("since").dt.to_string("%Y-%m")).group_by("who").agg(nw.col("known_from").min())
    rows = rows.join(known, on="who", how="left")
    return rows.filter(nw.col("known_from").is_null() | (nw.col("known_from") >= nw.col("month"))).drop("known_from")


def cells(facts: Facts) -> pd.DataFrame:
    """Customers whose first sale ever falls in the month, per manager-month, each counted once, for the manager of that sale.

    Rows: one per manager and month from the manager's first month with a sale to the last (or as the list of managers
    says), 0 included.  Unit: customers a manager-month.  n: manager-months.  Empty: no row for a month without any sale in the business.
    Source: new-customer count as in the source method (at least 10 a month).
    """
    sold = won_sales(facts)
    covered = set(collected(sold.select("month").unique())["month"])
    if not covered:
        return finished(None)
    won = _first(bought(facts), facts)
    counted = won.with_columns(nw.col("manager").fill_null("")).group_by("manager", "month").agg(nw.len().alias("numerator"))
    people = collected(placed(facts, "managers")).sort_values(PLACE)
    active = _manager_months(sold, people, covered)
    cells = active.merge(collected(counted).astype({"manager": "str", "month": "str"}), on=["manager", "month"], how="outer")
    named = cells["manager"] != ""
    return finished(
        cells.assign(team="", numerator=cells["numerator"].fillna(0), denominator=named.astype("float64"), n=named.astype("int64")).sort_values(
            ["manager", "month"]
        )
    )


def _manager_months(sold: Rows, people: pd.DataFrame, covered: set[str]) -> pd.DataFrame:
    """The months in which each manager could have won somebody, among the covered ones.

    From hiring or the first sale to leaving or the last one; who is on the list and has not left is still there.
    """
    named = sold.filter(~nw.col("manager").is_null()).group_by("manager").agg(first=nw.col("month").min(), last=nw.col("month").max())
    known = collected(named)
    spans: dict[str, tuple[str, str]] = {
        manager: (first, last) for manager, first, last in zip(known["manager"], known["first"], known["last"], strict=True)
    }
    people = people.drop_duplicates("name", keep="last")
    for name, hired_on, left_on in zip(people["name"], people["hired_on"], people["left_on"], strict=True):
        first, last = spans.get(name, (None, None))
        starts = [month for month in (month_of(hired_on), first) if month]
        if starts:
            ends = [month for month in (month_of(left_on), last) if month]
            spans[name] = (min(starts), max(ends) if month_of(left_on) else max(covered))
    rows = [(manager, month) for manager, (first, last) in spans.items() for month in sorted(covered) if first <= month <= last]
    return pd.DataFrame(rows, columns=["manager", "month"], dtype="str")


KPI = Kpi(
    id="new_customers",
    name=N_("New customers"),
    short=N_("new customers"),
    meaning=N_("How many customers bought for the first time ever."),
    formula=N_("Customers whose first sale ever falls in the period ÷ manager-months"),
    source=N_("Sales sheet, and “customer since” in the customer list"),
    example=N_("{numerator} customers bought for the first time"),
    feeds=("sales.date", "sales.customer", "sales.manager", "customers.since", "summary.new_customers"),
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
