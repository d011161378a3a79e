"""Figures by customer tier, region, channel or product, of everybody or of one manager."""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Mapping, Sequence

import pandas as pd

from amdash.errors import AmdashError
from amdash.metrics import catalogue, evaluate, period
from amdash.metrics.slices import DIMENSIONS, NOT_KNOWN, Dimension, sliced
from amdash.metrics.spec import Facts, Kpi
from amdash.service import access, customers, scorecards
from amdash.service.workspace import OWNER, Workspace


def slices(
    ws: Workspace,
    dimension: Dimension,
    *,
    every: period.Every = "month",
    start: str | None = None,
    end: str | None = None,
    kpis: Sequence[str] = (),
    manager: str | None = None,
    revision: int | None = None,
    actor: str = OWNER,
) -> pd.DataFrame:
    """A scorecard (see :func:`amdash.metrics.evaluate.scorecard`) with ``slice`` in the place of manager and team; None: not known.

    Rows: of the KPIs whose rows carry the dimension. Tiers are those of the customer list, or, where it names none, those of
    :func:`amdash.service.customers.tiers` at the end of the span. Targets are everybody's; what a manager is to reach in a month, an
    amount or a number of customers, is no target of a slice. Of one manager without new customers and retention. Empty: no rows.
    Errors: dimension_unknown, kpi_unknown, manager_unknown, month_invalid.
    """
    access.ask(actor, "read")
    if dimension not in DIMENSIONS:
        raise AmdashError("dimension_unknown", value=dimension, known=list(DIMENSIONS))
    first, last = scorecards.span_of(ws, start, end, revision)
    who = None if manager is None else scorecards.shown_manager(ws, scorecards.roster(ws, revision), manager, revision)
    wanted = [_aimed(kpi) for kpi in ([catalogue.by_id(name) for name in kpis] or catalogue.KPIS.values())]
    # Whether somebody is new, or came back, is told from everybody's sales, not from those of one manager.
    wanted = [kpi for kpi in wanted if who is None or (kpi.window_months == 1 and kpi.unit != "customers")]
    facts = ws.facts(revision)
    tiers = _tiers(ws, facts, last, revision) if dimension == "tier" else None
    cut = sliced(facts, dimension, tiers, who)
    cells, cases = evaluate.cells(cut, wanted, ws.settings.engine), evaluate.samples(cut, wanted)
    names = sorted({*cells["manager"].dropna(), *(name for frame in cases.values() for name in frame["manager"].dropna())})
    roster = pd.DataFrame({"manager": names, "team": [""] * len(names)}, dtype="str")
    entries = [entry for entry in ws.targets(revision) if entry.scope == "everybody" and entry.kpi not in _absolute()]
    frame = evaluate.scorecard(cells, roster, by="manager", every=every, start=first, end=last, kpis=wanted, entries=entries, cases=cases)
    named = frame["manager"].astype("object").where(frame["manager"] != NOT_KNOWN, None)
    return frame.rename(columns={"manager": "slice"}).assign(slice=named).drop(columns="team")


def _absolute() -> frozenset[str]:
    """The KPIs whose targets are of a manager's month: sums, and customers."""
    return frozenset(kpi.id for kpi in catalogue.KPIS.values() if kpi.measure == "total" or kpi.unit == "customers")


def _aimed(kpi: Kpi) -> Kpi:
    return kpi.aimed(None) if kpi.id in _absolute() else kpi


def _tiers(ws: Workspace, facts: Facts, month: str, revision: int | None) -> Mapping[str, str] | None:
    """Customer -> tier at the end of a month; None where the customer list names tiers of its own."""
    if facts["customers"]["tier"].notna().any() or not period.is_month(month) or month < "1001":
        return None
    year, number = int(month[:4]), int(month[5:])
    day = min(dt.date(year, number, calendar.monthrange(year, number)[1]), facts.as_of.date())
    found = customers.tiers(ws, day, revision=revision).dropna(subset="tier")
    return {str(key): str(tier) for name in ("customer", "who") for key, tier in zip(found[name], found["tier"], strict=True)}
