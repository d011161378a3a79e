"""Median response time: hours from opening a ticket to its first response."""

from __future__ import annotations

from amdash.i18n import N_
from amdash.metrics.cells import native, no_cells
from amdash.metrics.kpi.response_time import answered, cases
from amdash.metrics.spec import Kpi

KPI = Kpi(
    id="response_median",
    name=N_("Median response time"),
    short=N_("median response"),
    meaning=N_("How long the customer in the middle waited: half of all waited less, half longer."),
    formula=N_("Half of the answered tickets were answered within this time"),
    source=N_("Tickets; all hours, or the opening hours that are set, by the month of opening"),
    example=N_("half of the {n} answered tickets waited no longer than {value}"),
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
    min_sample=5,
    rank=62,
    weekly=True,
    on_board=False,
    quantile=0.5,
    samples=cases,
)
