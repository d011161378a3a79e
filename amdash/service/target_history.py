"""How the targets of a KPI went: who was held to what in every month, those who were held to the same as one line."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from amdash.metrics import catalogue, period, targets
from amdash.metrics.spec import Kpi
from amdash.service import access, scorecards
from amdash.service.workspace import OWNER, Workspace

MONTHS_BEFORE = 18
MONTHS_AHEAD = 5


@dataclass(frozen=True)
class TargetLine:
    """What some managers are held to in each of ``months``, in the KPI's unit, None where there is no target; ``everybody``: all of them are."""

    managers: tuple[str, ...]
    everybody: bool
    months: tuple[str, ...]
    values: tuple[float | None, ...]


def span(month: str) -> list[str]:
    """The months that a history around a month shows."""
    return [period.shift(month, by) for by in range(-MONTHS_BEFORE, MONTHS_AHEAD + 1)]


def history(ws: Workspace, kpi: str, months: Sequence[str], revision: int | None = None, *, actor: str = OWNER) -> list[TargetLine]:
    """The targets of a KPI over months as they stand at a revision; most managers first, then as on the roster.

    Rows: one for all managers that are held to the same in every month. Empty: nobody is known, or nobody has a target in any month.
    Errors: kpi_unknown, revision_unknown.
    """
    access.ask(actor, "read")
    wanted = catalogue.by_id(kpi)
    ws.moment_of(ws.revision() if revision is None else revision)
    said = [entry for entry in ws.targets(revision) if entry.kpi == kpi]
    people = scorecards.roster(ws, revision)
    lines: dict[tuple[float | None, ...], list[str]] = {}
    for manager, team in people[["manager", "team"]].itertuples(index=False, name=None):
        lines.setdefault(tuple(_aim(said, wanted, manager, team, month) for month in months), []).append(manager)
    found = [
        TargetLine(tuple(managers), len(managers) == len(people), tuple(months), values)
        for values, managers in lines.items()
        if any(value is not None for value in values)
    ]
    return sorted(found, key=lambda line: -len(line.managers))


def _aim(said: Sequence[targets.Entry], kpi: Kpi, manager: str, team: str, month: str) -> float | None:
    entry = targets.in_force(said, kpi.id, manager, team, month)
    return kpi.target if entry is None else entry.value
