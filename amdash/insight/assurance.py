"""The two icons of NHS "Making Data Count": is the last point a real change, and will the target be met as things are?"""

from __future__ import annotations

from typing import Literal

from amdash.insight.reading import Assurance, Direction
from amdash.insight.signals import SignalPoint, Signals

# changed: a signal where neither way is better.
VariationIcon = Literal["improving", "worsening", "changed", "ordinary", "unknown"]

# As a figure that has reached its target: 0.95 reached as 19 of 20 must count, whatever the binary fractions say.
_SLACK = 1e-9


def direction(point: SignalPoint, higher_is_better: bool | None) -> Direction | None:
    """Whether a flagged point is an improvement or a concern; None without a flag, or where neither way is better (None)."""
    if point.flag is None or higher_is_better is None:
        return None
    return "improvement" if (point.side > 0) == higher_is_better else "concern"


def variation(signals: Signals, higher_is_better: bool | None) -> VariationIcon:
    """What the last point says. unknown: no value there, or no limits to hold it against; an empty series too.

    ``higher_is_better``: None for a KPI of which neither way is better; its signals are 'changed'.
    """
    last = signals.points[-1] if signals.points else None
    if last is None or last.value is None or last.lower is None:
        return "unknown"
    if last.flag is None:
        return "ordinary"
    way = direction(last, higher_is_better)
    if way is None:
        return "changed"
    return "improving" if way == "improvement" else "worsening"


def assurance(signals: Signals, target: float | None, higher_is_better: bool | None) -> Assurance:
    """Whether the target lies outside what is ordinary now. ``target`` in the series' unit.

    Held against the limits at the last value of the latest stretch: where limits vary with the denominator, its icon stands
    beside that value and speaks of that many cases. Every ordinary value reaches it: will_meet; none: will_miss; else
    hit_or_miss. A limit that equals the target reaches it, as a value does (NHS counts that as hit or miss). Limits continued
    from the stretch before say nothing about the process as it is now: unknown. No target, or neither way better: no_target.
    """
    if target is None or higher_is_better is None:
        return "no_target"
    limits = signals.limits
    if limits is None or not signals.stretches[-1].own:
        return "unknown"
    slack = _SLACK * max(1.0, abs(target))
    worst, best, aim = (limits.lower, limits.upper, target) if higher_is_better else (-limits.upper, -limits.lower, -target)
    if worst >= aim - slack:
        return "will_meet"
    return "hit_or_miss" if best >= aim - slack else "will_miss"
