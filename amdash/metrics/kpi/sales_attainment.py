"""Sales attainment: what was sold against what was planned, over the months that have a target."""

from __future__ import annotations

from typing import Any

import narwhals as nw
import pandas as pd

from amdash.i18n import N_
from amdash.metrics.cells import finished, native, won_sales
from amdash.metrics.spec import Facts, Kpi


def sales_targets(facts: Facts) -> nw.DataFrame[Any]:
    """One target per manager, team and month: where a sheet says it twice, the last one holds."""
    rows = nw.from_native(facts["targets"], eager_only=True)
    rows = rows.filter(nw.col("kpi").fill_null("sales_amount") == "sales_amount", nw.col("value") > 0)
    rows = rows.with_columns(nw.col("manager").fill_null(""), nw.col("team").fill_null(""), month=nw.col("period"))
    return rows.unique(subset=["manager", "team", "month"], keep="last", maintain_order=True)


def sales_with_a_target(facts: Facts) -> nw.DataFrame[Any]:
    """The won sales of those manager-months that have a target of their own."""
    targets = sales_targets(facts).filter(nw.col("manager") != "").select("manager", "month").unique(maintain_order=True)
    return won_sales(facts).join(targets, on=["manager", "month"], how="semi")


def cells(facts: Facts) -> pd.DataFrame:
    """Won sales over the target, for every manager (or team, or the whole business) and month with a target.

    Rows: one per target.  Unit: ratio, 1 is exactly the target.  n: 1 a target.
    Empty: no row without a target, and none for a month without any sale in the business; a manager who sold nothing
    in a month that has sales is 0.  Source: attainment as usual in sales planning, sum of sales over sum of targets.
    """
    sold = won_sales(facts).filter(~nw.col("amount").is_null())
    months = sold.select("month").unique()
    targets = sales_targets(facts).join(months, on="month", how="semi")
    roster = (
        nw.from_native(facts["managers"], eager_only=True)
        .select(manager=nw.col("name"), home=nw.col("team"))
        .unique(subset=["manager"], keep="last", maintain_order=True)
    )
    sold = sold.select("manager", "month", "amount").join(roster, on="manager", how="left")
    by_manager = sold.group_by("manager", "month").agg(nw.col("amount").sum().alias("sold"))
    by_team = sold.group_by("home", "month").agg(nw.col("amount").sum().alias("sold")).rename({"home": "team"})
    everything = sold.group_by("month").agg(nw.col("amount").sum().alias("sold"))
    personal = targets.filter(nw.col("manager") != "").join(by_manager, on=["manager", "month"], how="left")
    covered = personal.select("manager", "month").join(roster, on="manager", how="left").select(team=nw.col("home"), month=nw.col("month")).unique()
    # A team's own target counts only where its managers have none: one sale must not be measured twice.
    shared = targets.filter(nw.col("manager") == "", nw.col("team") != "").join(covered, on=["team", "month"], how="anti")
    shared = shared.join(by_team, on=["team", "month"], how="left")
    taken = nw.concat([personal.select("month"), shared.select("month")]).unique()
    whole = targets.filter(nw.col("manager") == "", nw.col("team") == "").join(taken, on="month", how="anti").join(everything, on="month", how="left")
    names = ["manager", "team", "month", "value", "sold"]
    # The team of a manager's target is the roster's business: a cell names either of the two.
    rows = nw.concat([personal.with_columns(team=nw.lit("")).select(names), shared.select(names), whole.select(names)])
    rows = rows.with_columns(numerator=nw.col("sold").fill_null(0.0), denominator=nw.col("value"), n=nw.lit(1))
    return finished(rows.sort("manager", "team", "month").to_pandas())


KPI = Kpi(
    id="sales_attainment",
    name=N_("Sales attainment"),
    short=N_("attainment"),
    formula=N_("Sales ÷ sales target, over the months that have a target"),
    source=N_("Sales sheet and target sheet"),
    category="business",
    unit="ratio",
    measure="ratio",
    higher_is_better=True,
    target=0.95,
    rows="sales",
    cells=cells,
    behind=native(sales_with_a_target),
    weighted=True,
    rank=20,
)
