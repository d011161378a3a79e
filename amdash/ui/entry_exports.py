"""The tables of what people enter and agree as they are saved: targets, proposals, feedback that is due, decisions, points of the score.

Every function gives the head, and what makes the rows once somebody asks for the file; no rows where there is nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from amdash.i18n import Translator
from amdash.i18n.words import CADENCE_STATUSES, RECURRENCES, STANCES, source_words
from amdash.metrics import catalogue
from amdash.metrics.spec import Kpi
from amdash.metrics.targets import Check
from amdash.service.proposals import Proposed
from amdash.store.meetings import ItemRow
from amdash.store.targets import TargetRow
from amdash.ui.customer_words import present
from amdash.ui.tables import Cell, Figure, Rows

Export = tuple[list[str], Callable[[], Rows]]


def tallies(found: Check, _: Translator) -> Export:
    """How often everybody would have met a target, in months, and of how many."""
    return [_("Account manager"), _("Months met"), _("Months judged")], lambda: [
        [one.manager or one.team, one.met, one.judged] for one in found.tallies
    ]


def entries(found: Sequence[TargetRow], kpi: Kpi, _: Translator) -> Export:
    """What was set as a target of one KPI: from which month on, for whom, how much, when and why.

    Where there is no value, the note says whether none is wanted or it is that of everybody else.
    """
    head = [_("From"), _("For whom"), _(kpi.name), _("Note"), _("Reason"), _("Set on")]
    return head, lambda: [
        [row.from_month, row.subject or _("Everybody"), Figure(row.value, kpi.unit), _without(row, _), row.reason, row.at.date()] for row in found
    ]


def _without(row: TargetRow, _: Translator) -> str | None:
    """What it means that an entry has no value; None where it has one."""
    if row.inherits:
        return _("as for everybody else")
    return _("no target") if row.value is None else None


def proposals(found: Sequence[Proposed], kpi: Kpi, _: Translator) -> Export:
    """A row for everybody whom a proposed target is meant for: what was proposed and why, whether it is set, and what was said of it."""
    head = [
        _("For whom"),
        _(kpi.name),
        _("From"),
        _("Reason"),
        _("State"),
        _("Account manager"),
        _("Stance"),
        _("What was said"),
        _("Date"),
    ]
    return head, lambda: [row for one in found for row in _proposed(one, kpi, _)]


def _proposed(one: Proposed, kpi: Kpi, _: Translator) -> Rows:
    row = one.row
    terms: list[Cell] = [
        row.subject or _("Everybody"),
        Figure(row.value, kpi.unit),
        row.from_month,
        row.reason,
        _("set") if one.is_set else _("still open"),
    ]
    # Who has left since is meant no longer, and what was said stays.
    people = dict.fromkeys([*one.managers, *one.answers])
    said = [(name, one.answers.get(name)) for name in people]
    return [[*terms, name, *([_(STANCES[answer.stance]), answer.text, answer.at.date()] if answer else [None, None, None])] for name, answer in said]


def due(found: Sequence[Mapping[str, Any]], _: Translator) -> Export:
    """Rows as of :func:`amdash.service.cadence.cadence`: how often whom who is to be heard on, the last time, the next, and days that it is late."""
    head = [_("Account manager"), _("Source"), _("How often"), _("State"), _("Last time"), _("Next due"), _("Days overdue")]
    return head, lambda: [
        [
            row["manager"],
            source_words(row["source"], _),
            _(RECURRENCES[row["every"]]),
            _(CADENCE_STATUSES[row["status"]]),
            present(row["last_done"]),
            present(row["next_due"]),
            int(row["days_overdue"]) if row["status"] == "overdue" else None,
        ]
        for row in found
    ]


def contributions(found: Sequence[Mapping[str, Any]], _: Translator) -> Export:
    """Rows as of :func:`amdash.ui.improvement_reads.contributions`: the KPI before and after, and what it added to the score, in points."""
    head = [_("KPI"), _("Before"), _("After"), _("Points of the score")]
    return head, lambda: [_contribution(row, _) for row in found]


def _contribution(row: Mapping[str, Any], _: Translator) -> list[Cell]:
    kpi = catalogue.by_id(row["kpi"])
    return [_(kpi.name), *(Figure(present(row[name]), kpi.unit) for name in ("value_before", "value_after")), round(row["points"] * 100, 2)]


def decisions(found: Sequence[ItemRow], _: Translator) -> Export:
    """What was decided in a meeting: on whom, about which KPI, who does it and by when, and whether it is followed as a plan."""
    head = [_("Account manager"), _("Decided"), _("KPI"), _("Who does it"), _("By when"), _("As a plan")]
    return head, lambda: [
        [
            one.manager or _("Everybody"),
            one.text,
            _(catalogue.KPIS[one.kpi].name) if one.kpi in catalogue.KPIS else None,
            one.responsible,
            one.due_on,
            _("yes") if one.plan_id else _("no"),
        ]
        for one in found
    ]
