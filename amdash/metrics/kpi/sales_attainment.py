"""Sales attainment: what was sold against what was planned, over the months that have a target."""

from __future__ import annotations

import narwhals as nw
import numpy as np
import pandas as pd

from amdash.i18n import N_
from amdash.metrics.calendar import on_engine_of
from amdash.metrics.cells import finished, native, roster, won_sales
from amdash.metrics.engines import PLACE, Rows, collected, placed
from amdash.metrics.kpi.return_rate import counted
from amdash.metrics.spec import Facts, Kpi
from amdash.metrics.sums import sums
from amdash.schema import months_of

# What leads from sales to sums, and is nobody's field.
_STEPS = ("counted", "kept", "known", "home")


def _by_month(targets: Rows) -> Rows:
    """The targets with ``month``; those of a quarter or a year spread evenly over its months, and of less ``narrowness`` than a month's own."""
    periods = [period for period in collected(targets.select("period").unique())["period"] if isinstance(period, str) and period]
    pairs = [(period, month, -len(months_of(period))) for period in periods for month in months_of(period)]
    parts = pd.DataFrame(pairs, columns=["period", "month", "narrowness"]).astype({"period": "str", "month": "str", "narrowness": "int64"})
    spread = targets.join(on_engine_of(targets, parts), on="period", how="inner")
    return spread.with_columns(value=nw.col("value") / (nw.col("narrowness") * -1.0))


def sales_targets(facts: Facts) -> Rows:
    """One target per manager, team or region and month: where a sheet says it twice, the last one holds; 0 withdraws it.

    What the ledger says of a manager's month holds where no sheet says it.
    """
    rows = placed(facts, "targets").select("period", "value", "kpi", "manager", "team", "region", PLACE)
    if facts.sales_plan is not None and not facts.sales_plan.empty:
        plan = facts.sales_plan.assign(kpi="sales_amount", team="", region="", **{PLACE: np.arange(-len(facts.sales_plan), 0)})
        types = dict.fromkeys(("period", "kpi", "manager", "team", "region"), "str")
        rows = nw.concat([rows, on_engine_of(rows, plan.astype(types)).select("period", "value", "kpi", "manager", "team", "region", PLACE)])
    rows = _by_month(rows)
    rows = rows.filter(nw.col("kpi").fill_null("sales_amount") == "sales_amount")
    rows = rows.with_columns(nw.col("manager").fill_null(""), nw.col("team").fill_null(""), nw.col("region").fill_null(""))
    # Who is named most narrowly owns the target: a manager's needs no team beside it, a team's no region.
    rows = rows.with_columns(team=nw.when(nw.col("manager") == "").then(nw.col("team")).otherwise(nw.lit("")))
    rows = rows.with_columns(region=nw.when((nw.col("manager") == "") & (nw.col("team") == "")).then(nw.col("region")).otherwise(nw.lit("")))
    rows = rows.unique(subset=["manager", "team", "region", "month"], keep="last", order_by=["narrowness", PLACE])
    return rows.filter(nw.col("value") > 0)


def _held_against(facts: Facts) -> list[tuple[list[str], Rows]]:
    """(what a sale and a target must share, the targets that count): of managers, teams, regions and the whole business.

    A wider target counts only in months, or teams, without a narrower one: otherwise one sale would be measured twice. The
    target of a team that nobody is known to be in is not measured.
    """
    targets, people = sales_targets(facts), roster(facts)
    personal = targets.filter(nw.col("manager") != "")
    covered = personal.select("manager", "month").join(people, on="manager", how="left").select(home=nw.col("home"), month=nw.col("month")).unique()
    shared = targets.filter(nw.col("team") != "").with_columns(home=nw.col("team")).join(covered, on=["home", "month"], how="anti")
    shared = shared.join(people.select("home"), on="home", how="semi")
    taken = nw.concat([personal.select("month"), shared.select("month")]).unique()
    regional = targets.filter(nw.col("region") != "").join(taken, on="month", how="anti")
    taken = nw.concat([taken, regional.select("month")]).unique()
    whole = targets.filter(nw.col("manager") == "", nw.col("team") == "", nw.col("region") == "").join(taken, on="month", how="anti")
    return [(["manager", "month"], personal), (["home", "month"], shared), (["region", "month"], regional), (["month"], whole)]


def _sold(facts: Facts, *names: str) -> Rows:
    """The won sales with ``counted``, what of the amount counts; ``kept``, whether it does; ``known``, whether that is known; and ``home``.

    ``names``: the columns of the sales wanted; none: all.

    All of it where the sales amount is held against the targets. Net sales are known of rows of which something tells whether they
    came back (see the KPI net_sales), and count as there.
    """
    rows = (won_sales(facts).select(*names) if names else won_sales(facts)).join(roster(facts), on="manager", how="left")
    if facts.attainment_from == "sales_amount":
        return rows.with_columns(counted=nw.col("amount"), kept=nw.lit(True), known=nw.lit(True))
    rows = rows.join(counted(facts).select(PLACE, "row_returned"), on=PLACE, how="left")
    rows = rows.with_columns(known=~nw.col("row_returned").is_null(), kept=~nw.col("row_returned").fill_null(value=True))
    return rows.with_columns(counted=nw.when(nw.col("kept")).then(nw.col("amount")).otherwise(nw.lit(0.0))).drop("row_returned")


def _measured(facts: Facts, sold: Rows) -> list[tuple[list[str], Rows]]:
    """The targets that count and whose sales are all known: gross ones among them would be no net sales, and without them some would be missed."""
    unknown = sold.filter(~nw.col("known"), ~nw.col("amount").is_null())
    return [(keys, targets.join(unknown.select(keys).unique(), on=keys, how="anti")) for keys, targets in _held_against(facts)]


def sales_with_a_target(facts: Facts) -> Rows:
    """The won sales that are held against a target: their manager's, else the team's, the region's, or the whole business's."""
    sold = _sold(facts)
    places = [sold.join(targets.select(keys).unique(), on=keys, how="semi").select(PLACE) for keys, targets in _measured(facts, sold)]
    held = sold.filter(nw.col("kept")).join(nw.concat(places).unique(), on=PLACE, how="semi")
    return held.sort(PLACE).drop(*_STEPS)


def cells(facts: Facts) -> pd.DataFrame:
    """Won sales over the target, for every manager (or team, region, or the whole business) and month with a target.

    Sales: the sales amount, or net sales where the facts say so; then a target is measured only where it is known of all its sales
    whether they came back.
    Rows: one per target; a region's belongs to the whole business.  Unit: ratio, 1 is exactly the target.  n: 1 a target.
    Empty: no row without a target, and none for a month without any sale in the business; a manager who sold nothing
    in a month that has sales is 0.  Source: attainment as usual in sales planning, sum of sales over sum of targets.
    """
    sold = _sold(facts, "manager", "region", "month", "amount", PLACE).filter(~nw.col("amount").is_null())
    months = sold.select("month", "known").filter(nw.col("known")).select("month").unique()
    parts = []
    for keys, targets in _measured(facts, sold):
        wanted = {"manager", "team", "region", "month", "value", *keys}
        held = collected(targets.join(months, on="month", how="semi").select(*sorted(wanted)))
        if not held.empty:
            sums_of = sums(sold.select(*keys, "counted"), keys, ["counted"]).astype(dict.fromkeys(keys, "str"))
            parts.append(held.astype(dict.fromkeys(keys, "str")).merge(sums_of, on=keys, how="left"))
    if not parts:
        return finished(None)
    rows = pd.concat(parts).sort_values(["manager", "team", "month", "region"])
    rows = rows.assign(numerator=rows["counted"].fillna(0.0), denominator=rows["value"], n=1)
    # Two regions of one month are two targets of the whole business.
    return finished(rows.groupby(["manager", "team", "month"], as_index=False)[["numerator", "denominator", "n"]].sum())


KPI = Kpi(
    id="sales_attainment",
    name=N_("Sales attainment"),
    short=N_("attainment"),
    meaning=N_("How much of the sales target was reached."),
    formula=N_("Sales (or net sales, where the settings say so) ÷ sales target, over the months that have a target"),
    source=N_("Sales sheet and target sheet"),
    example=N_("{numerator} sold against a target of {denominator}"),
    feeds=(
        "sales.date",
        "sales.amount",
        "sales.manager",
        "targets.period",
        "targets.value",
        "targets.manager",
        "summary.sales_amount",
        "summary.sales_target",
    ),
    sums="money",
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
