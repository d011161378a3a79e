"""Mean response time: hours from opening a ticket to its first response."""

from __future__ import annotations

import narwhals as nw
import pandas as pd

from amdash.i18n import N_
from amdash.metrics.cells import native, response_hours, summed
from amdash.metrics.engines import Rows, collected
from amdash.metrics.spec import Facts, Kpi


def answered(facts: Facts) -> Rows:
    """The answered tickets, each with its hours."""
    return response_hours(facts).filter(~nw.col("hours").is_null())


def cells(facts: Facts) -> pd.DataFrame:
    """Elapsed hours from opening to first response, over answered tickets, by the month of opening.

    Rows: one per manager, team and month.  Unit: hours.  Empty: no row for that group, never 0.
    Source: mean first response time as service desks report it; those never answered show in response_in_target.
    """
    rows = response_hours(facts).with_columns(numerator=nw.col("hours"), denominator=nw.lit(1), square=nw.col("hours") * nw.col("hours"))
    return summed(rows, where=~nw.col("hours").is_null())


def cases(facts: Facts) -> pd.DataFrame:
    """The hours of every answered ticket, for what is no sum of them.

    Columns: manager, team, month, value.  Rows: one per answered ticket.  Unit: hours.  Empty: no rows.
    """
    return collected(answered(facts).select("manager", "team", "month", value=nw.col("hours")))


KPI = Kpi(
    id="response_time",
    name=N_("Mean response time"),
    short=N_("response time"),
    meaning=N_("How long customers waited for a first answer, on average."),
    formula=N_("Hours from opening to first response ÷ answered tickets"),
    source=N_("Tickets; all hours, or the opening hours that are set, by the month of opening"),
    example=N_("{denominator} answered tickets waited {numerator} together"),
    feeds=(
        "tickets.opened_at",
        "tickets.first_response_at",
        "tickets.response_hours",
        "tickets.manager",
        "tickets.customer",
        "summary.response_hours",
        "summary.tickets_answered",
    ),
    sums="hours",
    category="service",
    unit="hours",
    measure="mean",
    higher_is_better=False,
    target=24.0,
    rows="tickets",
    cells=cells,
    behind=native(answered),
    weighted=True,
    min_sample=5,
    rank=60,
    weekly=True,
)
