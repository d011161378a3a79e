"""What is agreed in a plan, and whether it can be: months, baseline and goal in the KPI's range, what is done."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from math import inf, isfinite
from typing import Any, Literal, get_args

from amdash.errors import AmdashError
from amdash.i18n import N_
from amdash.insight.drivers import Strategy
from amdash.metrics import period
from amdash.metrics.spec import Kpi
from amdash.store.plans import NewPlan

# What is counted as one kind of measure: what the method does about each driver of satisfaction.
MEASURES: tuple[Strategy, ...] = get_args(Strategy)
# Above tenfold, a ratio was written in percent.
_HIGHEST_RATIO = 10.0


@dataclass(frozen=True)
class Terms:
    """What somebody says of a plan; None: nothing, so that it is as usual or stays as it is.

    ``started``, ``due``: months. ``action``: what is done, in words; ``measure``: one of MEASURES, '' for none of them. ``baseline``,
    ``goal``: in the KPI's unit (0.9 for 90 %); a ``goal`` of 'none' takes it away. ``reason``: why. ``responsible``: who sees to it.
    """

    action: str | None = None
    started: str | None = None
    due: str | None = None
    baseline: float | None = None
    goal: float | Literal["none"] | None = None
    measure: str | None = None
    reason: str | None = None
    responsible: str | None = None

    def over(self, plan: NewPlan) -> NewPlan:
        """The plan with these terms in place of its own."""
        said = {field.name: getattr(self, field.name) for field in fields(self)}
        changes: dict[str, Any] = {name: one.strip() if isinstance(one, str) else one for name, one in said.items() if one is not None}
        if self.goal == "none":
            changes["goal"] = None
        return replace(plan, **changes)


def suited(kpi: Kpi) -> Kpi:
    """The KPI, where a plan's effect can show in it. Errors: plan_kpi_unsuited for one that looks back over months or is made of others.

    Neighbouring months of such a KPI share what they are made of, so that its ordinary swing from month to month is not known.
    """
    if not is_suited(kpi):
        raise AmdashError("plan_kpi_unsuited", field=kpi.name)
    return kpi


def is_suited(kpi: Kpi) -> bool:
    """Whether a plan's effect can show in the KPI."""
    return kpi.window_months == 1 and kpi.measure != "derived"


def checked(kpi: Kpi, plan: NewPlan, *, due_after_months: int = 0) -> NewPlan:
    """The plan, where it can be agreed; one without a due month is due ``due_after_months`` after its start.

    Errors: entry_incomplete, plan_month_invalid, plan_due_before_start, plan_value_invalid, plan_measure_unknown.
    """
    if not plan.action:
        raise AmdashError("entry_incomplete", field=N_("Action"))
    if not period.is_month(plan.started):
        raise AmdashError("plan_month_invalid", field=N_("the start"), value=plan.started)
    due = plan.due or period.shift(plan.started, due_after_months)
    if not period.is_month(due):
        raise AmdashError("plan_month_invalid", field=N_("the due month"), value=due)
    if due < plan.started:
        raise AmdashError("plan_due_before_start", started=plan.started, due=due)
    for title, value in ((N_("the baseline"), plan.baseline), (N_("the goal"), plan.goal)):
        if value is not None and not _can_be(kpi, value):
            raise AmdashError("plan_value_invalid", field=title, value=f"{value:g}")
    if plan.measure and plan.measure not in MEASURES:
        raise AmdashError("plan_measure_unknown", value=plan.measure, known=list(MEASURES))
    return replace(plan, due=due)


def _can_be(kpi: Kpi, value: float) -> bool:
    least = -1.0 if kpi.unit == "points" else 0.0
    most = 1.0 if kpi.share or kpi.unit == "points" else _HIGHEST_RATIO if kpi.unit == "ratio" else inf
    return isfinite(value) and least <= value <= most
