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


def _counted(targets: nw.DataFrame[Any], roster: nw.DataFrame[Any]) -> tuple[nw.DataFrame[Any], nw.DataFrame[Any], nw.DataFrame[Any]]:
    """The targets of managers, of teams and of the whole business that count: a wider one only where no narrower one does.

    Otherwise one sale would be measured twice.
    """
    personal = targets.filter(nw.col("manager") != "")
    covered = personal.select("manager", "month").join(roster, on="manager", how="left").select(team=nw.col("home"), month=nw.col("month")).unique()
    shared = targets.filter(nw.col("manager") == "", nw.col("team") != "").join(covered, on=["team", "month"], how="anti")
    taken = nw.concat([personal.select("month"), shared.select("month")]).unique()
    return personal, shared, targets.filter(nw.col("manager") == "", nw.col("team") == "").join(taken, on="month", how="anti")


def _roster(facts: Facts) -> nw.DataFrame[Any]:
    """Columns manager, home: each manager's team."""
    people = nw.from_native(facts["managers"], eager_only=True)
    return people.select(manager=nw.col("name"), home=nw.col("team")).unique(subset=["manager"], keep="last", maintain_order=True)


def sales_with_a_target(facts: Facts) -> nw.DataFrame[Any]:
    """The won sales that are held against a target: their manager's, else the team's, else that of the whole business."""
    roster = _roster(facts)
    personal, shared, whole = _counted(sales_targets(facts), roster)
    sold = won_sales(facts).join(roster, on="manager", how="left").with_row_index("place")
    places = [
        sold.join(personal.select("manager", "month").unique(), on=["manager", "month"], how="semi").select("place"),
        sold.join(shared.select(home=nw.col("team"), month=nw.col("month")).unique(), on=["home", "month"], how="semi").select("place"),
        sold.join(whole.select("month").unique(), on="month", how="semi").select("place"),
    ]
    return sold.join(nw.concat(places).unique(), on="place", how="semi").sort("place").drop("place", "home")


def cells(facts: Facts) -> pd.DataFrame:
    """Won sales over the target, for every manager (or team, or the whole business) and month with a target.

    Rows: one per target.  Unit: ratio, 1 is exactly the target.  n: 1 a target.
    Empty: no row without a target, and none for a month without any sale in the business; a manager who sold nothing
    in a month that has sales is 0.  Source: attainment as usual in sales planning, sum of sales over sum of targets.
    """
    roster = _roster(facts)
    sold = won_sales(facts).filter(~nw.col("amount").is_null())
    months = sold.select("month").unique()
    personal, shared, whole = _counted(sales_targets(facts).join(months, on="month", how="semi"), roster)
    sold = sold.select("manager", "month", "amount").join(roster, on="manager", how="left")
    by_manager = sold.group_by("manager", "month").agg(nw.col("amount").sum().alias("sold"))
    by_team = sold.group_by("home", "month").agg(nw.col("amount").sum().alias("sold")).rename({"home": "team"})
    everything = sold.group_by("month").agg(nw.col("amount").sum().alias("sold"))
    names = ["manager", "team", "month", "value", "sold"]
    rows = nw.concat(
        [
            # The team of a manager's target is the roster's business: a cell names either of the two.
            personal.join(by_manager, on=["manager", "month"], how="left").with_columns(team=nw.lit("")).select(names),
            shared.join(by_team, on=["team", "month"], how="left").select(names),
            whole.join(everything, on="month", how="left").select(names),
        ]
    )
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
