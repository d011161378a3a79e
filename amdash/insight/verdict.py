"""Is the target met? Three answers, and two for when there is nothing to ask."""

from __future__ import annotations

from amdash.insight.reading import Verdict


def verdict(value: float | None, met: bool | None, n: int, min_sample: int) -> Verdict:
    """'absent' without a value, 'none' without a target, 'few' below the KPI's smallest sample, else 'met' or 'missed'."""
    if value is None:
        return "absent"
    if met is None:
        return "none"
    if n < min_sample:
        return "few"
    return "met" if met else "missed"
