"""Customers: the tier of each at a date, and who moved, why, and what is at stake."""

from __future__ import annotations

import calendar
import datetime as dt

import pandas as pd

from amdash.insight import moves as insight_moves
from amdash.insight import tiers as insight_tiers
from amdash.metrics import period
from amdash.service import access
from amdash.service.workspace import OWNER, Workspace


def tiers(ws: Workspace, as_of: dt.date | None = None, *, revision: int | None = None, actor: str = OWNER) -> pd.DataFrame:
    """Every customer known at a date (default: when the facts last changed), with scores, segment and tier.

    Rows and columns: see :func:`amdash.insight.tiers.tiers`. Errors: revision_unknown.
    """
    access.ask(actor, "read")
    return insight_tiers.customer_tiers(ws.facts(revision), as_of, ws.rules(revision).tiers)


def moves(ws: Workspace, as_of: dt.date | None = None, *, revision: int | None = None, actor: str = OWNER) -> pd.DataFrame:
    """The customers whose tier is another than a month before, the most revenue at stake first; see :func:`amdash.insight.moves.moves`."""
    access.ask(actor, "read")
    facts = ws.facts(revision)
    after = as_of or facts.as_of.date()
    return insight_moves.tier_moves(facts, month_before(after), after, ws.rules(revision).tiers)


def month_before(day: dt.date) -> dt.date:
    """The same day of the month before, or its last one where it is shorter: 31 March -> 28 February."""
    month = period.shift(f"{day:%Y-%m}", -1)
    year, number = int(month[:4]), int(month[5:])
    return dt.date(year, number, min(day.day, calendar.monthrange(year, number)[1]))
