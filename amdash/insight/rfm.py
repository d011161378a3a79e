"""Recency, frequency, monetary value and tenure as scores from 1 to 5, by fifths of the customers; and the segments of such scores.

Source: Hughes, Strategic Database Marketing; thresholds, scores and segment table as the R package rfm
computes them (rfm_table_order, and the example of rfm_segment), whose published figures the tests reproduce.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal, NamedTuple

import numpy as np
import pandas as pd

Score = Literal["r", "f", "m", "t"]
# Score -> the column of amdash.insight.customers.profiles that it is made of.
SCORED: Mapping[Score, str] = {"r": "recency_days", "f": "frequency", "m": "monetary", "t": "tenure_days"}
_FIFTHS = (0.2, 0.4, 0.6, 0.8)
_TOP = 5
OTHERS = "others"


class Segment(NamedTuple):
    """A named range of scores: recency, and one range that frequency and monetary value share; both ends belong to it."""

    name: str
    recency: tuple[int, int]
    frequency_monetary: tuple[int, int]


# The first that fits is the customer's; who fits none is among the others.
SEGMENTS = (
    Segment("champions", (4, 5), (4, 5)),
    Segment("loyal_customers", (2, 5), (3, 5)),
    Segment("potential_loyalist", (3, 5), (1, 3)),
    Segment("new_customers", (4, 5), (1, 1)),
    Segment("promising", (3, 4), (1, 1)),
    Segment("need_attention", (2, 3), (2, 3)),
    Segment("about_to_sleep", (2, 3), (1, 2)),
    Segment("at_risk", (1, 2), (2, 5)),
    Segment("cannot_lose_them", (1, 1), (4, 5)),
    Segment("lost", (1, 2), (1, 2)),
)


def thresholds(profiles: pd.DataFrame) -> dict[Score, tuple[float, ...]]:
    """Score -> the four values from which the next fifth begins, each in the unit of its column.

    A fifth begins one whole unit above the quantile (linear, type 7), which keeps all who are at it below, however many;
    among customers who have bought. Empty: none for a score without customers.
    """
    bought = profiles[profiles["frequency"] > 0]
    found: dict[Score, tuple[float, ...]] = {}
    for score, column in SCORED.items():
        values = bought[column].to_numpy(dtype="float64")
        if len(values):
            found[score] = tuple(float(value) + 1 for value in np.quantile(values, _FIFTHS))
    return found


def scores(profiles: pd.DataFrame) -> pd.DataFrame:
    """The profiles with r, f, m and t: 1 to 5, 5 being the most recent, most frequent, largest and longest.

    Customers with equal values have equal scores, so the fifths are not always of one size. Missing for who has not bought.
    """
    limits = thresholds(profiles)
    bought = (profiles["frequency"] > 0).to_numpy()
    added: dict[str, pd.Series[Any]] = {}
    for score, column in SCORED.items():
        values = profiles.loc[bought, column].to_numpy(dtype="float64")
        passed = np.searchsorted(limits.get(score, ()), values, side="right")
        scored = pd.Series(pd.NA, index=profiles.index, dtype="Int64")
        scored[bought] = _TOP - passed if score == "r" else 1 + passed
        added[score] = scored
    return profiles.assign(**added)


def segments(scored: pd.DataFrame) -> pd.Series[Any]:
    """The segment of each customer by its scores: a name of SEGMENTS or 'others'; missing for who has not bought.

    ``scored``: as from :func:`scores`.
    """
    named = pd.Series(OTHERS, index=scored.index, dtype="str").where(scored["r"].notna())
    free = scored["r"].notna()
    for segment in SEGMENTS:
        fits = free & scored["r"].between(*segment.recency).fillna(value=False)
        for score in ("f", "m"):
            fits &= scored[score].between(*segment.frequency_monetary).fillna(value=False)
        named[fits] = segment.name
        free &= ~fits
    return named
