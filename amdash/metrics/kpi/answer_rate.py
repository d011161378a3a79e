"""Answer rate: the share of tickets that got an answer at all."""

from __future__ import annotations

import narwhals as nw
import pandas as pd

from amdash.i18n import N_
from amdash.metrics.cells import native, response_hours, summed
from amdash.metrics.engines import Rows
from amdash.metrics.spec import Facts, Kpi

_TOLD = ~nw.col("answered").is_null() | ~nw.col("hours").is_null()


def told(facts: Facts) -> Rows:
    """The tickets of which it is known whether they are answered: a sheet that says nothing of answers is no data."""
    return response_hours(facts).filter(_TOLD)


def cells(facts: Facts) -> pd.DataFrame:
    """Tickets answered, whenever that was, over tickets, by the month of opening.

    A ticket still within its promised time counts as not answered yet: the newest month rises until its answers are in.
    Rows: one per manager, team and month.  Unit: ratio 0-1.  Empty: no row for that group, never 0.
    Source: the answer rate of service desks and call centres; response_in_target asks for the promised time besides.
    """
    # A first response is an answer, also where the flag beside it says no.
    answered = nw.col("answered").fill_null(value=False) | ~nw.col("hours").is_null()
    return summed(response_hours(facts).with_columns(numerator=answered, denominator=nw.lit(1)), where=_TOLD)


KPI = Kpi(
    id="answer_rate",
    name=N_("Answer rate"),
    short=N_("answer rate"),
    meaning=N_("How many tickets were answered at all, early or late."),
    formula=N_("Tickets answered ÷ tickets"),
    source=N_("Tickets; those still waiting count as not answered yet"),
    example=N_("{numerator} of {denominator} tickets were answered"),
    feeds=(
        "tickets.opened_at",
        "tickets.answered",
        "tickets.first_response_at",
        "tickets.response_hours",
        "tickets.manager",
        "summary.tickets",
        "summary.tickets_answered",
    ),
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
    rank=72,
    weekly=True,
    on_board=False,
)
