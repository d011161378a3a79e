"""Other limits of the customer tiers tried out: how many customers each tier would have."""

from __future__ import annotations

from amdash.insight.tiers import TIERS, TierRules, customer_tiers
from amdash.service import access
from amdash.service.workspace import OWNER, Workspace


def counts(ws: Workspace, rules: TierRules, *, actor: str = OWNER) -> dict[str, int]:
    """Tier -> customers it would have with these rules, when the facts last changed; 0 of each without customers. Stores nothing."""
    access.ask(actor, "read")
    found = customer_tiers(ws.facts(), rules=rules)["tier"].value_counts()
    return {tier: int(found.get(tier, 0)) for tier in TIERS}
