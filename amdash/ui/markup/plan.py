"""Plans as a list: who, what, from what to what, how the KPI went since before the start, and what has become of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape as esc

from amdash.ui.markup.marks import icon, run

_WIDE, _HIGH, _PAD = 200, 44, 3.0
# Which mark stands for a grade, and which tone for its words.
_GRADES = {
    "worked": ("improving", "improving"),
    "promising": ("improving", "ordinary"),
    "no_change": ("ordinary", "ordinary"),
    "worse": ("worsening", "worsening"),
}


@dataclass(frozen=True)
class Progress:
    """The KPI month by month around a plan: ``values`` (None for a gap) from some months before ``started`` on; both are places in it.

    ``goal``: None where there is none.
    """

    values: Sequence[float | None]
    started: int
    due: int
    goal: float | None = None


@dataclass(frozen=True)
class PlanLine:
    """A plan in words. ``go``: what a click reports; ``late``: whether somebody should look at its state; ``spoken``: all of it, read aloud."""

    go: str
    manager: str
    kpi: str
    action: str
    about: str
    figures: str
    now: str
    state: str
    late: bool
    grade: str
    grade_words: str
    progress: Progress
    spoken: str


def plan_list(lines: Sequence[PlanLine], chosen: str) -> str:
    """The list; the chosen plan is marked, every line reports its plan when clicked."""
    return f'<ul class="plans" role="list">{"".join(_line(line, chosen) for line in lines)}</ul>'


def _line(line: PlanLine, chosen: str) -> str:
    current = ' aria-current="true"' if line.go == chosen else ""
    mark, tone = _GRADES.get(line.grade, ("unknown", "unknown"))
    state = f'<span class="w w-missed">{icon("check")}{esc(line.state)}</span>' if line.late else f'<span class="w">{esc(line.state)}</span>'
    return (
        f'<li><button type="button" data-go="{esc(line.go)}" aria-label="{esc(line.spoken)}"{current}>'
        f'<span class="nmk">{esc(line.manager)}<span class="sub">{esc(line.kpi)}</span></span>'
        f'<span class="pl-do"><span class="line">{esc(line.action)}</span><span class="sub">{esc(line.about)}</span></span>'
        f'<span class="pl-nu"><b class="num">{esc(line.now)}</b><span class="sub">{esc(line.figures)}</span></span>'
        f"{progress(line.progress)}"
        f'<span class="pl-st"><span class="w w-{tone}">{icon(mark)}{esc(line.grade_words)}</span>{state}</span></button></li>'
    )


def progress(shown: Progress) -> str:
    """A small chart: the months before the start faint, those after it in ink, start and due dotted, the goal dashed."""
    known = [value for value in shown.values if value is not None]
    if not known:
        return f'<svg class="spark" viewBox="0 0 {_WIDE} {_HIGH}" aria-hidden="true"></svg>'
    low, high = min([*known, *_goal(shown)]), max([*known, *_goal(shown)])
    span = (high - low) or 1.0

    def across(place: float) -> float:
        return _PAD + place * (_WIDE - 2 * _PAD) / max(1, len(shown.values) - 1)

    def up(value: float) -> float:
        return _HIGH - _PAD - (value - low) / span * (_HIGH - 2 * _PAD)

    places = [(across(place), up(value)) if value is not None else None for place, value in enumerate(shown.values)]
    last = next(place for place in reversed(places) if place is not None)
    parts = [
        f'<path d="M{across(shown.started):.1f} 0V{_HIGH}" class="ev"/>',
        f'<path d="M{across(shown.due):.1f} 0V{_HIGH}" class="ev due"/>',
        *(f'<path d="M0 {up(goal):.1f}H{_WIDE}" class="target"/>' for goal in _goal(shown)),
        f'<path d="{run(places[: shown.started + 1])}" class="run"/>',
        f'<path d="{run(places[shown.started :])}" class="run since"/>',
        f'<path d="M{last[0]:.1f} {last[1]:.1f}h.01" class="now"/>',
    ]
    return f'<svg class="spark" viewBox="0 0 {_WIDE} {_HIGH}" preserveAspectRatio="none" aria-hidden="true">{"".join(parts)}</svg>'


def _goal(shown: Progress) -> list[float]:
    return [] if shown.goal is None else [shown.goal]
