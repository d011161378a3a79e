"""The JSON shapes of targets. They are stable: README.md documents them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from amdash.metrics.targets import Check, Split
from amdash.service.targets import Held
from amdash.store.targets import TargetRow


def held(found: Sequence[Held]) -> list[dict[str, Any]]:
    """Who is held to what in a month; ``origin`` is default, ledger or sheet, ``number`` that of the ledger's entry."""
    return [
        {
            "kpi": one.kpi,
            "manager": one.manager,
            "team": one.team or None,
            "month": one.month,
            "value": one.value,
            "origin": one.origin,
            "scope": None if one.entry is None else one.entry.scope,
            "from": None if one.entry is None else one.entry.from_month,
            "number": one.entry.target_id if isinstance(one.entry, TargetRow) else None,
            "reason": one.entry.reason or None if isinstance(one.entry, TargetRow) else None,
            "set_by": one.entry.actor if isinstance(one.entry, TargetRow) else None,
        }
        for one in found
    ]


def log(rows: Sequence[TargetRow]) -> list[dict[str, Any]]:
    """The entries of the ledger in the order in which they were made; without ``value`` there is no target from then on."""
    return [
        {
            "number": row.target_id,
            "kpi": row.kpi,
            "scope": row.scope,
            "subject": row.subject or None,
            "from": row.from_month,
            "value": row.value,
            "inherits": row.inherits,
            "reason": row.reason or None,
            "set_by": row.actor,
            "set_at": row.at.isoformat(timespec="seconds"),
            "revision": row.from_revision,
        }
        for row in rows
    ]


def split(parts: Split) -> dict[str, Any]:
    """A sum over its months; ``lacking``: months of which the year before is not known."""
    return {"months": dict(parts.values), "lacking": list(parts.lacking)}


def check(found: Check) -> dict[str, Any]:
    """How a target would have done, what speaks against it, and targets that would have been met more or less often."""
    return {
        "kpi": found.kpi,
        "target": found.target,
        "met": found.met,
        "judged": found.judged,
        "months": found.months,
        "findings": list(found.findings),
        "by": [{"manager": one.manager, "team": one.team, "met": one.met, "judged": one.judged} for one in found.tallies],
        "proposals": [{"percent": one.percent, "target": one.target, "met": one.met, "judged": one.judged} for one in found.proposals],
    }
