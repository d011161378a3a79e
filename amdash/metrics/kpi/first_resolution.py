"""Resolution rate: the share of tickets that were resolved."""

from __future__ import annotations

import narwhals as nw
import pandas as pd

from amdash.i18n import N_
from amdash.metrics.cells import dated, native, resolved_by, summed
from amdash.metrics.engines import Rows
from amdash.metrics.spec import Facts, Kpi

_ENDED = ~nw.col("resolved_at").is_null() | ~nw.col("resolution_hours").is_null()
_TOLD = _ENDED | ~nw.col("resolved").is_null() | ~nw.col("status").is_null()


def told(facts: Facts) -> Rows:
    """The tickets of which it is known whether they are resolved: a sheet that says nothing of resolution is no data."""
    return dated(facts, "tickets").filter(_TOLD)


def cells(facts: Facts) -> pd.DataFrame:
    """Tickets opened in the month and resolved by the facts' date, over tickets; a reopened one is open.

    Rows: one per manager, team and month.  Unit: ratio 0-1.  Empty: no row for that group, never 0.
    Source: the resolution rate of service desks, judged as complaints are: a date of resolution goes before what is said of it.
    """
    rows = dated(facts, "tickets").with_columns(numerator=resolved_by(facts.as_of, "resolved_at"), denominator=nw.lit(1))
    return summed(rows, where=_TOLD)


KPI = Kpi(
    id="first_resolution",
    name=N_("Resolution rate"),
    short=N_("resolution rate"),
    meaning=N_("How many tickets are settled by now."),
    formula=N_("Tickets opened in the period and resolved by now ÷ tickets"),
    source=N_("Tickets; a reopened ticket counts as open"),
    example=N_("{numerator} of {denominator} tickets are settled"),
    feeds=("tickets.opened_at", "tickets.resolved", "tickets.resolved_at", "tickets.status", "tickets.manager"),
    category="service",
    unit="ratio",
    measure="ratio",
    higher_is_better=True,
    target=None,
    rows="tickets",
    cells=cells,
    behind=native(told),
    min_sample=5,
    share=True,
    rank=74,
    weekly=True,
    on_board=False,
)
