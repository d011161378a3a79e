"""90th percentile of response time: hours from opening a ticket to its first response."""

from __future__ import annotations

from amdash.i18n import N_
from amdash.metrics.cells import native, no_cells
from amdash.metrics.kpi.response_time import answered, cases
from amdash.metrics.spec import Kpi

KPI = Kpi(
    id="response_p90",
    name=N_("90th percentile of response time"),
    short=N_("90 % answered within"),
    meaning=N_("Nine of ten customers waited no longer than this."),
    formula=N_("Nine of ten answered tickets were answered within this time"),
    source=N_("Tickets; all hours, or the opening hours that are set, by the month of opening"),
    example=N_("nine of ten of the {n} answered tickets waited no longer than {value}"),
    feeds=("tickets.opened_at", "tickets.first_response_at", "tickets.response_hours", "tickets.manager", "tickets.customer"),
    category="service",
    unit="hours",
    measure="quantile",
    higher_is_better=False,
    target=None,
    rows="tickets",
    # A quantile of several managers or months is none of theirs put together.
    cells=no_cells,
    behind=native(answered),
    min_sample=10,
    rank=64,
    weekly=True,
    on_board=False,
    quantile=0.9,
    samples=cases,
)
