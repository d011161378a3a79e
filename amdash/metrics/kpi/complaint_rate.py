"""Complaint rate: complaints for every customer who was served in the month."""

from __future__ import annotations

import narwhals as nw
import pandas as pd

from amdash.i18n import N_
from amdash.metrics.cells import bought, dated, finished, native, with_customer
from amdash.metrics.engines import Rows, collected
from amdash.metrics.kpi.complaint_resolution import complaints
from amdash.metrics.spec import Facts, Kpi


def cells(facts: Facts) -> pd.DataFrame:
    """Complaints received over customer-months: distinct customers with a sale or a ticket in the month.

    Rows: one per manager and month.  Unit: ratio.  n: customer-months.  Empty: no row for a month without any complaint
    in the whole business (a missing complaint list is no data, never 0); a manager without customers in a month has
    complaints and no rate, and they count for team and business.
    Source: the other reading of the source method's "at most 5 %".
    """
    received = _counted(complaints(facts).select(nw.col("manager").fill_null(""), "month"), "numerator")
    called = with_customer(dated(facts, "tickets").select("manager", "month", "customer"), facts)
    served = nw.concat([rows.select(nw.col("manager").fill_null(""), "month", "who") for rows in (bought(facts), called)])
    customers = _counted(served.filter(~nw.col("who").is_null()).unique(), "denominator")
    customers = customers[customers["month"].isin(received["month"])]
    found = customers.merge(received, on=["manager", "month"], how="outer").fillna({"numerator": 0, "denominator": 0})
    return finished(found.assign(team="", n=found["denominator"]).sort_values(["manager", "month"]))


def _counted(rows: Rows, name: str) -> pd.DataFrame:
    """The number of rows per manager and month."""
    return collected(rows.group_by("manager", "month").agg(nw.len().alias(name))).astype({"manager": "str", "month": "str"})


KPI = Kpi(
    id="complaint_rate",
    name=N_("Complaint rate"),
    short=N_("complaint rate"),
    meaning=N_("How many complaints there were for the customers served."),
    formula=N_("Complaints received ÷ customers with a sale or a ticket, month by month"),
    source=N_("Complaint list, sales sheet and tickets"),
    example=N_("{numerator} complaints, {denominator} customers served"),
    feeds=(
        "complaints.received_on",
        "complaints.manager",
        "complaints.customer",
        "sales.date",
        "sales.customer",
        "tickets.opened_at",
        "tickets.customer",
        "summary.complaints",
        "summary.active_customers",
    ),
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
