"""The target ledger as people use it: setting, ending, splitting and taking back targets, who is held to which, and whether one is good."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import isfinite
from typing import Literal, get_args

import pandas as pd

from amdash.errors import AmdashError
from amdash.metrics import catalogue, period, targets
from amdash.metrics.score import is_sound
from amdash.metrics.spec import Kpi
from amdash.metrics.targets import Check, Entry, Scope, Split
from amdash.service import access, scorecards
from amdash.service.workspace import OWNER, Workspace
from amdash.store.targets import NewTarget, TargetRow

# How a sum is split over its months: evenly, as last year's season was, or by weights that are given.
How = Literal["even", "season", "weights"]


@dataclass(frozen=True)
class Held:
    """The target that a manager is held to in a month, in the KPI's unit, None where there is none; ``entry`` None: the KPI's default."""

    kpi: str
    manager: str
    team: str
    month: str
    value: float | None
    entry: Entry | None

    @property
    def origin(self) -> Literal["default", "ledger", "sheet"]:
        """Where it comes from: nobody has set any, it was set here, or an uploaded sheet states it for the month."""
        return "default" if self.entry is None else "ledger" if isinstance(self.entry, TargetRow) else "sheet"


@dataclass(frozen=True)
class _Owner:
    scope: Scope
    subject: str


def put(
    ws: Workspace,
    kpi: str,
    value: float,
    from_month: str,
    *,
    manager: str | None = None,
    team: str | None = None,
    reason: str = "",
    actor: str = OWNER,
) -> int:
    """From a month on a target holds for a manager, for each manager of a team, or for everybody; returns the new revision.

    ``value``: in the KPI's unit (0.95 for 95 %), of one month. It holds until the next entry of the same manager, team or everybody.
    Errors: kpi_unknown, target_value_invalid, month_invalid, manager_unknown, team_unknown, scope_twice.
    """
    access.ask(actor, "write")
    return _say(ws, kpi, _value(catalogue.by_id(kpi), value), from_month, manager, team, reason, actor, inherits=False)


def end(
    ws: Workspace,
    kpi: str,
    from_month: str,
    *,
    manager: str | None = None,
    team: str | None = None,
    inherit: bool = False,
    reason: str = "",
    actor: str = OWNER,
) -> int:
    """From a month on there is no target; returns the new revision.

    ``inherit``: only none of its own, so that the team's, everybody's or the KPI's default holds again. Errors: as :func:`put`.
    """
    access.ask(actor, "write")
    return _say(ws, catalogue.by_id(kpi).id, None, from_month, manager, team, reason, actor, inherits=inherit)


def split(
    ws: Workspace,
    kpi: str,
    value: float,
    span: str,
    *,
    how: str = "even",
    weights: Sequence[float] = (),
    manager: str | None = None,
    team: str | None = None,
    actor: str = OWNER,
) -> Split:
    """What the sum of a quarter or year ('2026-Q3', '2026') comes to in each of its months; stores nothing.

    ``how``: even, season (as the same manager's, team's or everybody's months a year before) or weights (one for each month).
    Errors: as :func:`put`; target_not_a_total, target_period_invalid, target_split_unknown, target_weights_invalid.
    """
    access.ask(actor, "read")
    return _split(ws, catalogue.by_id(kpi), value, span, how, weights, _owner(ws, manager, team))


def put_sum(
    ws: Workspace,
    kpi: str,
    value: float,
    span: str,
    *,
    how: str = "even",
    weights: Sequence[float] = (),
    manager: str | None = None,
    team: str | None = None,
    reason: str = "",
    actor: str = OWNER,
) -> int:
    """Set the sum of a quarter or year as the targets of its months, at once; returns the new revision.

    After the span holds again what would have held without it. A sum for a team or for everybody is for each manager of it. Errors: as :func:`split`.
    """
    access.ask(actor, "write")
    wanted, owner = catalogue.by_id(kpi), _owner(ws, manager, team)
    parts = _split(ws, wanted, value, span, how, weights, owner).values
    known, after = ws.identities(), period.shift(max(parts), 1)

    def make(standing: Sequence[TargetRow]) -> list[NewTarget]:
        new = [NewTarget(wanted.id, owner.scope, owner.subject, month, part, reason=reason.strip()) for month, part in parts.items()]
        then = targets.latest(known.under_shown_names(standing), wanted.id, owner.scope, owner.subject, after)
        if then is None or then.inherits:
            return [*new, NewTarget(wanted.id, owner.scope, owner.subject, after, None, inherits=True, reason=reason.strip())]
        if then.from_month < after:
            return [*new, NewTarget(wanted.id, owner.scope, owner.subject, after, then.value, reason=then.reason)]
        return new

    return ws.store.add_targets(make, actor=actor, at=ws.now())


def undo(ws: Workspace, target_id: int, *, actor: str = OWNER) -> int:
    """Take an entry back, and the other months of the same sum; returns the new revision. Errors: target_missing, target_undone_already."""
    access.ask(actor, "write")
    return ws.store.close_targets(target_id, actor=actor, at=ws.now())


def entries(ws: Workspace, revision: int | None = None, *, actor: str = OWNER) -> list[TargetRow]:
    """The entries that stand at a revision, in the order in which they were made, under the names then in force. Errors: revision_unknown."""
    access.ask(actor, "read")
    wanted = ws.revision() if revision is None else revision
    ws.moment_of(wanted)
    return ws.ledger(wanted)


def in_force(ws: Workspace, month: str, revision: int | None = None, *, actor: str = OWNER) -> list[Held]:
    """Every manager's target of every KPI in a month, as at a revision; by KPI, then as on the roster. Errors: month_invalid, revision_unknown."""
    access.ask(actor, "read")
    ws.moment_of(ws.revision() if revision is None else revision)
    said, people = ws.targets(revision), scorecards.roster(ws, revision)
    found = []
    for kpi in catalogue.KPIS.values():
        mine = [entry for entry in said if entry.kpi == kpi.id]
        for manager, team in people[["manager", "team"]].itertuples(index=False, name=None):
            entry = targets.in_force(mine, kpi.id, manager, team, _month(month))
            found.append(Held(kpi.id, manager, team, month, kpi.target if entry is None else entry.value, entry))
    return found


def check(ws: Workspace, kpi: str, value: float, *, through: str | None = None, revision: int | None = None, actor: str = OWNER) -> Check:
    """How a target would have done in the twelve months up to ``through``: the last finished month that has figures.

    Errors: kpi_unknown, target_value_invalid, month_invalid, revision_unknown.
    """
    access.ask(actor, "read")
    wanted = catalogue.by_id(kpi)
    target = _value(wanted, value)
    now = f"{ws.now() if revision is None else ws.moment_of(revision):%Y-%m}"
    finished = [month for month in scorecards.months(ws, revision) if month < now]
    last = period.shift(now, -1) if not finished else finished[-1]
    # Everybody as such too: also before the first list of managers there are targets to keep in mind.
    everybody = pd.DataFrame({"manager": [None], "team": [None]}, dtype="str")
    people = pd.concat([scorecards.roster(ws, revision), everybody], ignore_index=True)
    # Improvement follows from the others: it is no further thing to keep in mind.
    names = [one.id for one in catalogue.KPIS.values() if one.measure != "derived"]
    rows = people.merge(pd.DataFrame({"kpi": names}), how="cross").assign(month=now)
    aimed = targets.monthly(rows, ws.targets(revision), tuple(catalogue.KPIS.values())).notna()
    at_once = len({*rows.loc[aimed, "kpi"], wanted.id})
    span_end = last if through is None else _month(through)
    return targets.check(_measured(ws, wanted, revision), wanted, target, through=span_end, targets=at_once)


def _measured(ws: Workspace, kpi: Kpi, revision: int | None) -> pd.DataFrame:
    """The cells of a KPI; of one that has none, a median for one, its figures of every manager and month in their place."""
    if kpi.measure not in ("quantile", "derived"):
        return ws.cells(revision)
    frame = scorecards.scorecard(ws, kpis=[kpi.id], revision=revision).dropna(subset="value")
    return frame.assign(month=frame["period"], numerator=frame["value"], denominator=1.0)


def _say(
    ws: Workspace, kpi: str, value: float | None, month: str, manager: str | None, team: str | None, reason: str, actor: str, *, inherits: bool
) -> int:
    owner = _owner(ws, manager, team)
    entry = NewTarget(kpi, owner.scope, owner.subject, _month(month), value, inherits, reason.strip())
    return ws.store.add_targets(lambda _: [entry], actor=actor, at=ws.now())


def _owner(ws: Workspace, manager: str | None, team: str | None) -> _Owner:
    """Whose target it is."""
    return _Owner(*scorecards.whose(ws, manager, team))


def _month(text: str) -> str:
    if not period.is_month(text):
        raise AmdashError("month_invalid", value=text)
    return text


def _value(kpi: Kpi, value: float) -> float:
    if not is_sound(kpi, value):
        raise AmdashError("target_value_invalid", value=f"{value:g}", field=kpi.name)
    return float(value)


def _split(ws: Workspace, kpi: Kpi, value: float, span: str, how: str, weights: Sequence[float], owner: _Owner) -> Split:
    if kpi.measure != "total":
        raise AmdashError("target_not_a_total", field=kpi.name)
    if not period.is_period(span) or period.is_month(span):
        raise AmdashError("target_period_invalid", value=span)
    if how not in get_args(How):
        raise AmdashError("target_split_unknown", value=how, known=list(get_args(How)))
    total, months = _value(kpi, value), period.months_of(span)
    if how == "season":
        return targets.split_by_season(total, months, _reached(ws, kpi, owner))
    if how == "even":
        return targets.split(total, months)
    if len(weights) != len(months) or not all(isfinite(one) and one >= 0 for one in weights) or not any(weights):
        raise AmdashError("target_weights_invalid", n=len(months))
    return targets.split(total, months, weights)


def _reached(ws: Workspace, kpi: Kpi, owner: _Owner) -> Mapping[str, float]:
    """Month -> what the manager, the team's people of today, or everybody reached."""
    cells = ws.cells()
    mine = cells[cells["kpi"] == kpi.id]
    if owner.scope == "manager":
        mine = mine[mine["manager"] == owner.subject]
    elif owner.scope == "team":
        people = scorecards.roster(ws)
        mine = mine[mine["manager"].isin(people.loc[people["team"] == owner.subject, "manager"]) | (mine["team"] == owner.subject)]
    return {str(month): float(reached) for month, reached in mine.groupby("month")["numerator"].sum().items()}
