"""Complaint rate: complaints for every customer who was served in the month."""

from __future__ import annotations

import narwhals as nw
import pandas as pd

from amdash.i18n import N_
from amdash.metrics.cells import finished, native, with_customer, with_month, won_sales
from amdash.metrics.kpi.complaint_resolution import complaints
from amdash.metrics.spec import Facts, Kpi


def cells(facts: Facts) -> pd.DataFrame:
    """Complaints received over customer-months: distinct customers with a sale or a ticket in the month.

    Rows: one per manager and month.  Unit: ratio.  n: customer-months.  Empty: no row for a month without any complaint
    in the whole business (a missing complaint list is no data, never 0); a manager without customers in a month has
    complaints and no rate, and they count for team and business.
    Source: the other reading of the source method's "at most 5 %".
    """
    received = complaints(facts).with_columns(nw.col("manager").fill_null("")).group_by("manager", "month").agg(nw.len().alias("numerator"))
    bought = with_customer(won_sales(facts), facts).select("manager", "month", "who")
    called = with_customer(with_month(facts["tickets"], "opened_at"), facts).select("manager", "month", "who")
    served = nw.concat([bought, called]).filter(~nw.col("who").is_null()).with_columns(nw.col("manager").fill_null(""))
    served = served.unique().group_by("manager", "month").agg(nw.len().alias("denominator"))
    served = served.join(received.select("month").unique(), on="month", how="semi")
    found = served.to_pandas().merge(received.to_pandas(), on=["manager", "month"], how="outer").fillna({"numerator": 0, "denominator": 0})
    return finished(found.assign(team="", n=found["denominator"]).sort_values(["manager", "month"]))


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
