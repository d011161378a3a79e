"""Sales attainment: what was sold against what was planned, over the months that have a target."""

from __future__ import annotations

from typing import Any

import narwhals as nw
import pandas as pd

from amdash.i18n import N_
from amdash.metrics.cells import finished, native, won_sales
from amdash.metrics.spec import Facts, Kpi
from amdash.schema import months_of


def _by_month(targets: nw.DataFrame[Any]) -> nw.DataFrame[Any]:
    """The targets with ``month``; those of a quarter or a year spread evenly over its months, and first, so that a month's own target holds."""
    spans = {period: months_of(period) for period in targets["period"].unique().to_list() if period}
    if all(months == [period] for period, months in spans.items()):
        return targets.with_columns(month=nw.col("period"))
    pairs = [(period, month, len(months)) for period, months in spans.items() for month in months]
    names = ("period", "month", "parts")
    parts = nw.from_dict({name: [pair[place] for pair in pairs] for place, name in enumerate(names)}, backend=targets.implementation)
    spread = targets.with_row_index("place").join(parts, on="period", how="inner").sort("parts", "place", descending=[True, False])
    return spread.with_columns(value=nw.col("value") / nw.col("parts")).drop("parts", "place")


def sales_targets(facts: Facts) -> nw.DataFrame[Any]:
    """One target per manager, team or region and month: where a sheet says it twice, the last one holds; 0 withdraws it."""
    rows = _by_month(nw.from_native(facts["targets"], eager_only=True))
    rows = rows.filter(nw.col("kpi").fill_null("sales_amount") == "sales_amount")
    rows = rows.with_columns(nw.col("manager").fill_null(""), nw.col("team").fill_null(""), nw.col("region").fill_null(""))
    # Who is named most narrowly owns the target: a manager's needs no team beside it, a team's no region.
    rows = rows.with_columns(team=nw.when(nw.col("manager") == "").then(nw.col("team")).otherwise(nw.lit("")))
    rows = rows.with_columns(region=nw.when(nw.col("manager") + nw.col("team") == "").then(nw.col("region")).otherwise(nw.lit("")))
    rows = rows.unique(subset=["manager", "team", "region", "month"], keep="last", maintain_order=True)
    return rows.filter(nw.col("value") > 0)


def _roster(facts: Facts) -> nw.DataFrame[Any]:
    """Columns manager, home: each manager's team."""
    people = nw.from_native(facts["managers"], eager_only=True)
    return people.select(manager=nw.col("name"), home=nw.col("team")).unique(subset=["manager"], keep="last", maintain_order=True)


def _held_against(facts: Facts) -> list[tuple[list[str], nw.DataFrame[Any]]]:
    """(what a sale and a target must share, the targets that count): of managers, teams, regions and the whole business.

    A wider target counts only in months, or teams, without a narrower one: otherwise one sale would be measured twice. The
    target of a team that nobody is known to be in is not measured.
    """
    targets, roster = sales_targets(facts), _roster(facts)
    personal = targets.filter(nw.col("manager") != "")
    covered = personal.select("manager", "month").join(roster, on="manager", how="left").select(home=nw.col("home"), month=nw.col("month")).unique()
    shared = targets.filter(nw.col("team") != "").with_columns(home=nw.col("team")).join(covered, on=["home", "month"], how="anti")
    shared = shared.join(roster.select("home"), on="home", how="semi")
    taken = nw.concat([personal.select("month"), shared.select("month")]).unique()
    regional = targets.filter(nw.col("region") != "").join(taken, on="month", how="anti")
    taken = nw.concat([taken, regional.select("month")]).unique()
    whole = targets.filter(nw.col("manager") + nw.col("team") + nw.col("region") == "").join(taken, on="month", how="anti")
    return [(["manager", "month"], personal), (["home", "month"], shared), (["region", "month"], regional), (["month"], whole)]


def sales_with_a_target(facts: Facts) -> nw.DataFrame[Any]:
    """The won sales that are held against a target: their manager's, else the team's, the region's, or the whole business's."""
    sold = won_sales(facts).join(_roster(facts), on="manager", how="left").with_row_index("place")
    places = [sold.join(targets.select(keys).unique(), on=keys, how="semi").select("place") for keys, targets in _held_against(facts)]
    return sold.join(nw.concat(places).unique(), on="place", how="semi").sort("place").drop("place", "home")


def cells(facts: Facts) -> pd.DataFrame:
    """Won sales over the target, for every manager (or team, region, or the whole business) and month with a target.

    Rows: one per target; a region's belongs to the whole business.  Unit: ratio, 1 is exactly the target.  n: 1 a target.
    Empty: no row without a target, and none for a month without any sale in the business; a manager who sold nothing
    in a month that has sales is 0.  Source: attainment as usual in sales planning, sum of sales over sum of targets.
    """
    sold = won_sales(facts).filter(~nw.col("amount").is_null()).join(_roster(facts), on="manager", how="left")
    months = sold.select("month").unique()
    parts = []
    for keys, targets in _held_against(facts):
        sums = sold.group_by(*keys).agg(nw.col("amount").sum().alias("sold"))
        parts.append(targets.join(months, on="month", how="semi").join(sums, on=keys, how="left").select("manager", "team", "month", "value", "sold"))
    rows = nw.concat(parts).with_columns(numerator=nw.col("sold").fill_null(0.0), denominator=nw.col("value"), n=nw.lit(1))
    # Two regions of one month are two targets of the whole business.
    rows = rows.group_by("manager", "team", "month").agg(nw.col("numerator").sum(), nw.col("denominator").sum(), nw.col("n").sum())
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
