"""Complaint rate: complaints for every customer who was served in the month."""

from __future__ import annotations

import narwhals as nw
import pandas as pd

from amdash.i18n import N_
from amdash.metrics.cells import customer_key, finished, native, summed, with_month, won_sales
from amdash.metrics.kpi.complaint_resolution import complaints
from amdash.metrics.spec import Facts, Kpi


def cells(facts: Facts) -> pd.DataFrame:
    """Complaints received over customer-months: distinct customers with a sale or a ticket in the month.

    Rows: one per manager and month.  Unit: ratio.  n: customer-months.  Empty: no row for a month without any complaint
    in the whole business (a missing complaint list is no data, never 0), nor for a manager without customers in it.
    Source: the other reading of the source method's "at most 5 %".
    """
    received = summed(complaints(facts).with_columns(numerator=nw.lit(1), denominator=nw.lit(0)))
    bought = won_sales(facts).with_columns(who=customer_key()).select("manager", "month", "who")
    # Tickets have no customer number: the name stands for it, looked up where the customer list knows both.
    called = with_month(facts["tickets"], "opened_at").with_columns(who=nw.col("customer")).select("manager", "month", "who")
    served = nw.concat([_by_name(bought, facts), called]).filter(~nw.col("who").is_null()).with_columns(nw.col("manager").fill_null(""))
    served = served.unique().group_by("manager", "month").agg(nw.len().alias("denominator"))
    rows = served.to_pandas()
    rows = rows[rows["month"].isin(received["month"])]
    counted = received.assign(manager=received["manager"].fillna("")).groupby(["manager", "month"], as_index=False)[["numerator"]].sum()
    cells = rows.merge(counted, on=["manager", "month"], how="left").sort_values(["manager", "month"])
    return finished(cells.assign(team="", numerator=cells["numerator"].fillna(0), n=cells["denominator"]))


def _by_name(bought: nw.DataFrame, facts: Facts) -> nw.DataFrame:  # type: ignore[type-arg]
    """Customer numbers replaced by names where sales or the customer list tell, so that sales and tickets meet."""
    listed = nw.from_native(facts["customers"], eager_only=True).select("customer_no", "customer")
    sold = nw.from_native(facts["sales"], eager_only=True).select("customer_no", "customer")
    names = nw.concat([sold, listed]).filter(~nw.col("customer_no").is_null(), ~nw.col("customer").is_null())
    names = names.unique(subset=["customer_no"], keep="last", maintain_order=True).rename({"customer_no": "who", "customer": "name"})
    joined = bought.join(names, on="who", how="left")
    return joined.with_columns(who=nw.coalesce(nw.col("name"), nw.col("who"))).select("manager", "month", "who")


KPI = Kpi(
    id="complaint_rate",
    name=N_("Complaint rate"),
    short=N_("complaint rate"),
    formula=N_("Complaints received ÷ customers with a sale or a ticket, month by month"),
    source=N_("Complaint list, sales sheet and tickets"),
    category="service",
    unit="ratio",
    measure="ratio",
    higher_is_better=False,
    target=0.05,
    rows="complaints",
    cells=cells,
    behind=native(complaints),
    weighted=True,
    min_sample=5,
    rank=90,
)
