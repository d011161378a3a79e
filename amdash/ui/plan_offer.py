"""Which figures ask for an improvement plan."""

from __future__ import annotations

from amdash.insight.reading import Reading


def is_weak(reading: Reading) -> bool:
    """Whether a figure asks for a plan: the target is missed, or it has worsened beyond ordinary variation."""
    return reading.verdict == "missed" or reading.variation == "worsening"
