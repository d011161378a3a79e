"""Strengths, weaknesses and measures of one person, side by side: what stands out, and what was agreed about it. Nothing is invented."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from typing import Any, Protocol

from amdash.i18n import Translator, formats
from amdash.insight.reading import Reading
from amdash.insight.standing_out import StandingOut, standing_out
from amdash.metrics.spec import Kpi
from amdash.report.sections import Sections

_LISTED = 3


class NextStep(Protocol):
    """What an entry of the feedback log says is to be done, and by when."""

    @property
    def number(self) -> int | None:
        """The number of the entry, None of one that was uploaded."""

    @property
    def action(self) -> str | None:
        """What is to be done; None where nothing was agreed."""

    @property
    def due_on(self) -> dt.date | None:
        """By when; None where nobody said."""


def profile(readings: Sequence[tuple[Kpi, Reading]], steps: Sequence[NextStep], found: Sections, _: Translator) -> list[dict[str, Any]]:
    """Three columns, each with its heading, its lines (what, why), how many more there are, and what is said instead of none.

    Measures are the running plans and the decisions that are not done, then the next steps of feedback, what is due first above; what
    stands in several of them is said once, in the words of the plan, else of the decision. Days are dates: paper is read later than it
    is made. Empty where nothing was measured and nothing agreed.
    """
    measures = _measures(steps, found, _)
    if not measures and all(reading.value is None for _kpi, reading in readings):
        return []
    remarks = standing_out(readings, _)
    weak, strong = [one for one in remarks if one.is_weak], [one for one in remarks if not one.is_weak]
    nothing = _("Nothing stands out.")
    return [
        _column(_("Strengths"), _figures(strong, _), nothing, _),
        _column(_("Weaknesses"), _figures(weak, _), nothing, _),
        _column(_("Measures"), measures, _("None has been agreed yet."), _) | {"strong": False},
    ]


def _figures(remarks: Sequence[StandingOut], _: Translator) -> list[list[str]]:
    return [[_(one.kpi.name), one.words] for one in remarks]


def _column(name: str, lines: list[list[str]], empty: str, _: Translator) -> dict[str, Any]:
    left = len(lines) - _LISTED
    return {
        "name": name,
        "strong": True,
        "lines": lines[:_LISTED],
        "more": _.plural("and {n} more", "and {n} more", left) if left > 0 else "",
        "empty": "" if lines else empty,
    }


def _measures(steps: Sequence[NextStep], found: Sections, _: Translator) -> list[list[str]]:
    agreed = [*_plans(found, _), *_decisions(found, _)]
    known: dict[str, list[str]] = {}
    for group in (agreed, [*_next_steps(steps, found, _)]):
        for text, _due, words in sorted(group, key=lambda one: one[1] or dt.date.max):
            # Two people may have written the same, without a meeting that links it.
            known.setdefault(" ".join(text.split()).casefold(), [" ".join(text.split()), words])
    return list(known.values())


def _by(day: dt.date | None, _: Translator) -> str:
    return _("by {day}", day=formats.day(day, _.language)) if day else ""


def _plans(found: Sections, _: Translator) -> Iterator[tuple[str, dt.date | None, str]]:
    for plan in found.plans:
        if plan.is_running:
            month = dt.date.fromisoformat(f"{plan.due}-28")
            yield plan.action, month, " · ".join((_("Plan"), _("due in {month}", month=formats.month_tight(plan.due, _.language))))


def _decisions(found: Sections, _: Translator) -> Iterator[tuple[str, dt.date | None, str]]:
    for one in found.agreed:
        if one.standing != "done" and not one.as_plan:
            yield one.text, one.due_on, " · ".join(filter(None, (_("Meeting"), one.responsible, _by(one.due_on, _) or _("no date set"))))


def _next_steps(steps: Sequence[NextStep], found: Sections, _: Translator) -> Iterator[tuple[str, dt.date | None, str]]:
    for one in steps:
        if one.action and one.number not in found.followed:
            yield one.action, one.due_on, " · ".join(filter(None, (_("Feedback"), _by(one.due_on, _))))
