"""Other limits of the tiers tried out change nothing but the counts."""

from __future__ import annotations

from dataclasses import replace

from amdash.insight.tiers import TIERS, TierRules
from amdash.service import customers, tier_preview
from amdash.service.workspace import Workspace


def test_without_customers_every_tier_is_empty(ws: Workspace) -> None:
    assert tier_preview.counts(ws, TierRules()) == dict.fromkeys(TIERS, 0)


def test_the_counts_are_those_of_the_tiers_and_follow_the_limits(demo_ws: Workspace) -> None:
    revision = demo_ws.revision()
    now = tier_preview.counts(demo_ws, TierRules())
    assert {tier: n for tier, n in now.items() if n} == customers.tiers(demo_ws)["tier"].value_counts().to_dict()
    patient = tier_preview.counts(demo_ws, replace(TierRules(), lapsed_after_days=3000))
    assert patient["lapsed"] == 0 < now["lapsed"]
    assert sum(patient.values()) == sum(now.values())
    assert demo_ws.revision() == revision
