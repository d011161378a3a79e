"""Answered in time: the share of due tickets that got a first response within the promised hours."""

from __future__ import annotations

import narwhals as nw
import pandas as pd

from amdash.i18n import N_
from amdash.metrics.cells import native, response_hours, summed
from amdash.metrics.engines import Rows
from amdash.metrics.spec import Facts, Kpi


def _is_due(facts: Facts) -> nw.Expr:
    waiting = ~nw.col("answered").fill_null(value=True)
    return ~nw.col("hours").is_null() | (waiting & (nw.col("waited") > facts.response_target_hours))


def due(facts: Facts) -> Rows:
    """Tickets that are answered, or have waited longer than promised; one still within its time is not due yet.

    Left out: tickets that were answered nobody knows when, and those of sheets that say nothing of answers.
    """
    return response_hours(facts).filter(_is_due(facts))


def shown(facts: Facts) -> Rows:
    """The same with ``waiting_hours``: how long a ticket that nobody has answered is waiting, missing for the others."""
    return due(facts).with_columns(waiting_hours=nw.when(nw.col("hours").is_null()).then(nw.col("waited")))


def cells(facts: Facts) -> pd.DataFrame:
    """Tickets answered within the target, over tickets due, by the month of opening.

    Rows: one per manager, team and month.  Unit: ratio 0-1.  Empty: no row for that group, never 0.
    Source: service-level attainment; those never answered count as missed, which a mean of answered ones would hide.
    """
    in_time = nw.col("hours").fill_null(float("inf")) <= facts.response_target_hours
    return summed(response_hours(facts).with_columns(numerator=in_time, denominator=nw.lit(1)), where=_is_due(facts))


KPI = Kpi(
    id="response_in_target",
    name=N_("Answered in time"),
    short=N_("answers in time"),
    meaning=N_("How often the promised time was kept."),
    formula=N_("Tickets answered within the promised time (24 hours unless set) ÷ tickets due (answered, or waiting for longer)"),
    source=N_("Tickets; those never answered count as missed"),
    example=N_("{numerator} of {denominator} tickets that were due were answered in time"),
    feeds=("tickets.opened_at", "tickets.first_response_at", "tickets.response_hours", "tickets.manager", "tickets.customer", "tickets.answered"),
    category="service",
    unit="ratio",
    measure="ratio",
    higher_is_better=True,
    target=0.95,
    rows="tickets",
    cells=cells,
    behind=native(shown),
    weighted=True,
    min_sample=5,
    share=True,
    rank=70,
    weekly=True,
)
