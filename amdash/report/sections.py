"""What a summary says below its figures: plans, customers that moved, what was agreed, and figures of earlier months that are others now."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from amdash.i18n import Translator, formats
from amdash.i18n.words import TIER_REASONS, Standing, standing_words, tier_move_words
from amdash.insight.effect import Effect
from amdash.insight.effect_story import effect_story
from amdash.metrics.spec import Kpi

MOST_ROWS = 5


@dataclass(frozen=True)
class ReportPlan:
    """An improvement plan: what is done from the month ``started`` to the month ``due``, and what became of it. ``is_running``: not closed."""

    kpi: Kpi
    action: str
    responsible: str
    started: str
    due: str
    goal: float | None
    effect: Effect
    is_running: bool = True


@dataclass(frozen=True)
class ReportMove:
    """A customer whose tier changed in the period. ``revenue``: of the twelve months before; ``at_stake``: whether it fell."""

    customer: str
    before: str | None
    after: str | None
    reason: str
    revenue: float
    at_stake: bool


@dataclass(frozen=True)
class ReportAgreement:
    """What the last meeting decided. ``days``: by how many it is overdue, or is still to go. ``as_plan``: it is followed as a plan, or was."""

    text: str
    responsible: str
    due_on: dt.date | None
    standing: Standing
    days: int = 0
    as_plan: bool = False


@dataclass(frozen=True)
class ReportRestated:
    """A figure of an earlier month that was another one when the last report could be made; None where there is none any more."""

    kpi: Kpi
    month: str
    before: float
    after: float | None


@dataclass(frozen=True)
class Sections:
    """What is there of each; empty where nothing is.

    ``followed``: the numbers of the lines of feedback whose next step is one of the plans or decisions here, or is done.
    """

    plans: Sequence[ReportPlan] = ()
    moves: Sequence[ReportMove] = ()
    agreed: Sequence[ReportAgreement] = ()
    restated: Sequence[ReportRestated] = ()
    followed: Collection[int] = ()


def sections(found: Sections, _: Translator) -> list[dict[str, Any]]:
    """The sections that have anything to say, each with its heading, column titles, widths (parts of the line, 0 for as wide as needed) and rows."""
    made = [_plans(found.plans, _), _agreed(found.agreed, _), _moves(found.moves, _), _restated(found.restated, _)]
    return [section for section in made if section["rows"]]


def _plans(plans: Sequence[ReportPlan], _: Translator) -> dict[str, Any]:
    return {
        "name": _("Improvement plans"),
        "head": [_("KPI"), _("What is done"), _("Months"), _("What became of it")],
        "widths": [0, 1.2, 0, 1.6],
        "note": "",
        "rows": [
            [
                _(plan.kpi.name),
                _.clause.join(filter(None, (plan.action, plan.responsible))),
                f"{formats.month_tight(plan.started, _.language)} – {formats.month_tight(plan.due, _.language)}",
                _.space.join(effect_story(plan.effect, plan.kpi, _)[:2]),
            ]
            for plan in plans
        ],
    }


def _agreed(agreed: Sequence[ReportAgreement], _: Translator) -> dict[str, Any]:
    return {
        "name": _("Agreed in the last meeting"),
        "head": [_("What was decided"), _("Who"), _("Due on"), _("State")],
        "widths": [1, 0, 0, 0],
        "note": "",
        "rows": [
            [
                one.text,
                one.responsible or formats.MISSING,
                formats.day(one.due_on, _.language) if one.due_on else formats.MISSING,
                standing_words(one.standing, one.days, _),
            ]
            for one in agreed
        ],
    }


def _moves(moves: Sequence[ReportMove], _: Translator) -> dict[str, Any]:
    rows = [
        [
            move.customer,
            tier_move_words(move.before, move.after, _),
            _(TIER_REASONS[move.reason]) if move.reason in TIER_REASONS else move.reason,
            formats.written(move.revenue, "money", _.language) if move.at_stake else formats.MISSING,
        ]
        for move in moves[:MOST_ROWS]
    ]
    left = len(moves) - len(rows)
    return {
        "name": _("Customers that moved tier"),
        "head": [_("Customer"), _("Tier"), _("Why"), _("Revenue at stake, a year")],
        "widths": [1.2, 0, 1, 0],
        "note": _.plural("and {n} more customer", "and {n} more customers", left) if left else "",
        "rows": rows,
    }


def _restated(restated: Sequence[ReportRestated], _: Translator) -> dict[str, Any]:
    rows = [
        [
            _(one.kpi.name),
            formats.month(one.month, _.language),
            formats.written(one.before, one.kpi.unit, _.language),
            formats.written(one.after, one.kpi.unit, _.language),
        ]
        for one in restated[:MOST_ROWS]
    ]
    left = len(restated) - len(rows)
    return {
        "name": _("Restated since the last report"),
        "head": [_("KPI"), _("Month"), _("Was"), _("Is now")],
        "widths": [1, 1, 0, 0],
        "note": _.plural("and {n} more figure", "and {n} more figures", left) if left else "",
        "rows": rows,
    }
