"""Complaint resolution: the share of complaints that were resolved."""

from __future__ import annotations

import narwhals as nw
import pandas as pd

from amdash.i18n import N_
from amdash.metrics.cells import dated, native, resolved_by, summed
from amdash.metrics.engines import Rows
from amdash.metrics.spec import Facts, Kpi

_TOLD = ~nw.col("resolved").is_null() | ~nw.col("resolved_on").is_null() | ~nw.col("status").is_null()


def complaints(facts: Facts) -> Rows:
    """Complaints by the month in which they were received."""
    return dated(facts, "complaints")


def told(facts: Facts) -> Rows:
    """The complaints of which it is known whether they are resolved: a list that does not say so is no data."""
    return complaints(facts).filter(_TOLD)


def cells(facts: Facts) -> pd.DataFrame:
    """Complaints received in the month and resolved by the facts' date, over complaints received.

    Rows: one per manager, team and month.  Unit: ratio 0-1.  Empty: no row for that group, never 0.
    Source: the source method's complaint resolution; its printed target (at most 5 %) is the share left unresolved.
    """
    return summed(complaints(facts).with_columns(numerator=resolved_by(facts.as_of), denominator=nw.lit(1)), where=_TOLD)


KPI = Kpi(
    id="complaint_resolution",
    name=N_("Complaint resolution"),
    short=N_("complaint resolution"),
    meaning=N_("How many complaints are settled by now."),
    formula=N_("Complaints received in the period and resolved by now ÷ complaints received"),
    source=N_("Complaint list; at most 5 % unresolved is at least 95 % resolved"),
    example=N_("{numerator} of {denominator} complaints are settled"),
    feeds=(
        "complaints.received_on",
        "complaints.resolved",
        "complaints.resolved_on",
        "complaints.status",
        "complaints.manager",
        "summary.complaints",
        "summary.complaints_resolved",
    ),
    category="service",
    unit="ratio",
    measure="ratio",
    higher_is_better=True,
    target=0.95,
    rows="complaints",
    cells=cells,
    behind=native(told),
    weighted=True,
    min_sample=3,
    share=True,
    rank=80,
    weekly=True,
)
