"""Employee satisfaction: the mean score of the team's anonymous survey."""

from __future__ import annotations

import narwhals as nw
import pandas as pd

from amdash.i18n import N_
from amdash.metrics.cells import finished, native, roster, scored, summed
from amdash.metrics.engines import Rows
from amdash.metrics.spec import Facts, Kpi

# Below this, somebody who knows the others could tell what one person said.
FEWEST = 5


def responses(facts: Facts) -> Rows:
    """Employee survey responses, one row each."""
    return scored(facts, "staff_surveys")


def cells(facts: Facts) -> pd.DataFrame:
    """The sum of score over scale, over responses, by team: an answer belongs to its team, or to that of the manager it names.

    Rows: one per team and month.  Unit: ratio 0-1.  Empty: no row, never 0.
    A team's month of fewer than five responses has no cell. Together with the other small ones of the month they are a cell
    of nobody, if they are five; else they count nowhere: so no difference of figures tells what fewer than five have said.
    Source: the source method's employee satisfaction (at least 80 %).
    """
    rows = responses(facts).join(roster(facts), on="manager", how="left")
    rows = rows.with_columns(team=nw.coalesce(nw.col("team"), nw.col("home")), manager=nw.lit(None, dtype=nw.String))
    found = summed(rows.with_columns(numerator=nw.col("share"), denominator=nw.lit(1), square=nw.col("share") * nw.col("share")))
    small = (found["n"] < FEWEST) | found["team"].isna()
    pooled = found[small].groupby("month", as_index=False)[["numerator", "denominator", "n", "sum_of_squares"]].sum()
    together = pooled[pooled["n"] >= FEWEST].assign(manager="", team="")
    kept = [part for part in (found[~small], together) if not part.empty]
    return finished(pd.concat(kept) if kept else None)


def _nobody(facts: Facts) -> pd.DataFrame:
    """No rows: an anonymous survey is not opened into its single answers."""
    return native(responses)(facts).iloc[:0]


KPI = Kpi(
    id="staff_satisfaction",
    name=N_("Employee satisfaction"),
    short=N_("employee satisfaction"),
    meaning=N_("How content the team is with its work; nobody sees who said what."),
    formula=N_("Sum of points ÷ sum of possible points, from five responses on"),
    source=N_("Employee surveys; anonymous, so single answers are never shown"),
    example=N_("{numerator} of {denominator} possible full marks"),
    feeds=("staff_surveys.date", "staff_surveys.score", "staff_surveys.scale", "staff_surveys.team", "staff_surveys.manager"),
    category="people",
    unit="ratio",
    measure="mean",
    higher_is_better=True,
    target=0.80,
    rows="staff_surveys",
    cells=cells,
    behind=_nobody,
    weighted=True,
    min_sample=FEWEST,
    share=True,
    rank=100,
)
