"""The JSON shapes of what the figures mean. They are stable: README.md documents them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from amdash.cli.shapes import plain
from amdash.insight.comparison import Comparison
from amdash.insight.drivers import DriverAnalysis
from amdash.insight.narrative import Story
from amdash.insight.progress import judge
from amdash.insight.reading import Reading


def trend(reading: Reading) -> dict[str, Any]:
    """A series: its points with their limits and signals, and what the last one says."""
    points = [
        {
            "period": point.period,
            "value": point.value,
            "n": point.n,
            "centre": point.centre,
            "lower": point.lower,
            "upper": point.upper,
            "flag": point.flag,
            "direction": point.direction,
        }
        for point in reading.points
    ]
    return {
        "kpi": reading.kpi,
        "subject": reading.subject or None,
        "target": reading.target,
        "points": points,
        "variation": reading.variation,
        "assurance": reading.assurance,
        "provisional": reading.limits is None or reading.limits.provisional,
    }


def comparison(found: Comparison) -> list[dict[str, Any]]:
    """Everybody in one KPI, best first; ``rank_group`` is shared by those who cannot be told apart."""
    return [
        {
            "manager": row.subject,
            "value": row.value,
            "n": row.n,
            "lower": row.lower,
            "upper": row.upper,
            "flag": row.flag,
            "rank_group": row.rank.group,
        }
        for row in found.rows
    ]


def improvements(found: pd.DataFrame) -> list[dict[str, Any]]:
    """Everybody's change of the weighted score; scores are ratios (1: all targets just met), ``target_reason`` says why no target is applied."""
    names = ["manager", "team", "period", "previous_period", "score", "previous_score", "compared", "change", "change_ratio", "swing"]
    names += ["provisional", "verdict", "reason", "target", "target_met", "target_reason"]
    rows = found.to_dict("records")
    return [{name: plain(row[name]) for name in names} | {"target_verdict": judge(row).verdict} for row in rows]


def tiers(found: pd.DataFrame, *, by_segment: bool) -> list[dict[str, Any]]:
    """Customers with their scores; ``tier`` is the segment of the scores where that was asked for."""
    names = ["customer", "manager", "recency_days", "frequency", "monetary", "r", "f", "m"]
    rows = found.assign(tier=found["segment"]) if by_segment else found
    return [{name: plain(row[name]) for name in [*names, "tier"]} for row in rows.to_dict("records")]


def moves(found: pd.DataFrame) -> list[dict[str, Any]]:
    """Customers whose tier changed, with the reason and the revenue at stake."""
    names = ["customer", "manager", "tier_before", "tier_after", "direction", "reason", "limit", "recency_days_after", "revenue_at_stake"]
    return [{name: plain(row[name]) for name in names} for row in found.to_dict("records")]


def drivers(found: DriverAnalysis) -> dict[str, Any]:
    """What moves satisfaction; ``refused`` says why no driver is named."""
    listed = [
        {
            "driver": one.driver,
            "importance": one.importance,
            "low": one.low,
            "high": one.high,
            "performance": one.performance,
            "field": one.quarter,
            "strategies": list(one.strategies),
        }
        for one in found.drivers
    ]
    return {"n": found.n, "r2": found.r2, "refused": found.refused, "order_unclear": found.order_unclear, "drivers": listed}


def stories(period: str, told: Mapping[str, Story]) -> list[dict[str, Any]]:
    """The sentences for everybody together (manager null) and for each manager."""
    return [
        {"period": period, "manager": name or None, "sentences": [{"about": heading, "text": sentence} for heading, sentence in story]}
        for name, story in told.items()
    ]
