"""Net promoter score: those who would recommend the business less those who would not."""

from __future__ import annotations

import narwhals as nw
import pandas as pd

from amdash.i18n import N_
from amdash.metrics.cells import dated, native, summed
from amdash.metrics.engines import Rows
from amdash.metrics.spec import Facts, Kpi

# Of the eleven answers from 0 to 10: a scale that every sheet's likelihood is on, whatever its scores are out of.
PROMOTER_FROM = 9.0
DETRACTOR_UP_TO = 6.0


def responses(facts: Facts) -> Rows:
    """Customer survey responses that say how likely the customer is to recommend, one row each."""
    return dated(facts, "surveys").filter(~nw.col("likelihood").is_null())


def cells(facts: Facts) -> pd.DataFrame:
    """Promoters (9-10) less detractors (0-6), over responses with a likelihood: the mean of +1, 0 and -1.

    Rows: one per manager, team and month.  Unit: points, -1 to 1 inside and -100 to 100 where shown; the sum of squares is the
    number of those who are not passive.  Empty: no row for that group, never 0.
    Source: Reichheld, The One Number You Need to Grow, Harvard Business Review, December 2003.
    """
    rows = dated(facts, "surveys")
    promoters = (nw.col("likelihood") >= PROMOTER_FROM).cast(nw.Int64)
    detractors = (nw.col("likelihood") <= DETRACTOR_UP_TO).cast(nw.Int64)
    return summed(
        rows.with_columns(numerator=promoters - detractors, denominator=nw.lit(1), square=promoters + detractors),
        where=~nw.col("likelihood").is_null(),
    )


KPI = Kpi(
    id="nps",
    name=N_("Net promoter score"),
    short=N_("net promoter score"),
    meaning=N_("How many customers would recommend the business, less those who would not."),
    formula=N_("(Responses with 9 or 10 − responses with 0 to 6) ÷ responses with a likelihood to recommend, times 100"),
    source=N_("Customer surveys; the likelihood to recommend, asked from 0 to 10"),
    example=N_("those who would recommend less those who would not: {numerator}, of {denominator} answers"),
    feeds=("surveys.date", "surveys.likelihood", "surveys.manager", "surveys.customer"),
    category="business",
    unit="points",
    measure="mean",
    higher_is_better=True,
    target=None,
    rows="surveys",
    cells=cells,
    behind=native(responses),
    min_sample=5,
    rank=51,
    weekly=True,
    on_board=False,
)
