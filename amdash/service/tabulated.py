"""What pages draw with marks and colours, as plain tables to go on with: the scorecard, the coverage, the history of imports."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from amdash.i18n import Translator
from amdash.i18n.words import GRADES, PLAN_STATES, TARGET_ORIGINS, VARIATIONS, source_words
from amdash.insight.reading import Reading
from amdash.insight.wording import verdict_name
from amdash.metrics import catalogue
from amdash.metrics.spec import Kpi
from amdash.report.table_files import Figure
from amdash.schema import TABLES
from amdash.service.boards import Board
from amdash.service.coverage import LIST, STATES, Coverage, reason_words
from amdash.service.feedback import FeedbackEntry
from amdash.service.plans import Followed
from amdash.service.targets import Held
from amdash.store import ImportRow
from amdash.store.targets import TargetRow

Table = tuple[list[str], list[list[Any]]]


def scorecard(board: Board, kpis: Sequence[Kpi], team: str | None, _: Translator, more: Sequence[tuple[Kpi, Mapping[str, Reading]]] = ()) -> Table:
    """A row per manager, of all teams or one: team, name, and for every KPI its value, target, verdict and variation.

    ``more``: KPIs whose readings, by manager, do not stand on the board. Values are figures in the KPI's unit; a cell is empty where there is none.
    """
    head = [_("Team"), _("Account manager")]
    for kpi in (*kpis, *(one for one, _readings in more)):
        name = _(kpi.name)
        head += [name, _("{kpi}, target", kpi=name), _("{kpi}, verdict", kpi=name), _("{kpi}, variation", kpi=name)]
    rows: list[list[Any]] = []
    for group in board.teams:
        if team is not None and group.name != team:
            continue
        for name in group.managers:
            row: list[Any] = [group.name, name]
            for kpi, one in (*((kpi, board.readings[kpi.id, name]) for kpi in kpis), *((kpi, found.get(name)) for kpi, found in more)):
                if one is None:
                    row += [None] * 4
                    continue
                variation = None if one.value is None else _(VARIATIONS[one.variation])
                row += [Figure(one.value, kpi.unit), Figure(one.target, kpi.unit), verdict_name(one, _), variation]
            rows.append(row)
    return head, rows


def coverage(found: Coverage, _: Translator) -> Table:
    """A row per table and month of it: how much is there, in words, how many rows, and why something is missing."""
    head = [_("Table"), _("Month"), _("State"), _("Rows"), _("Why")]
    rows = [
        [
            _(TABLES[cover.table].title),
            _("the list") if cover.month == LIST else cover.month,
            _(STATES[cover.state]),
            cover.rows,
            _.space.join(reason_words(_, reason) for reason in cover.reasons),
        ]
        for cover in found.covers.values()
    ]
    return head, rows


def feedback(entries: Sequence[FeedbackEntry], _: Translator) -> Table:
    """A row per entry, in the order given."""
    head = [_("Date"), _("Account manager"), _("Source"), _("Method"), _("What happened"), _("Standard"), _("Rating"), _("Next step"), _("Due on")]
    rows: list[list[Any]] = [
        [
            entry.date,
            entry.manager,
            source_words(entry.source, _) if entry.source else None,
            entry.method,
            entry.content,
            _(catalogue.KPIS[entry.criteria].name) if entry.criteria in catalogue.KPIS else entry.criteria,
            entry.rating,
            entry.action,
            entry.due_on,
        ]
        for entry in entries
    ]
    return head, rows


def targets(found: Sequence[Held], kpi: Kpi, _: Translator) -> Table:
    """A row per manager who is held to something in a KPI: the target as a figure, where it comes from, since when, and why."""
    head = [_("Account manager"), _("Team"), _(kpi.name), _("Origin"), _("From"), _("Reason")]
    rows: list[list[Any]] = []
    for one in found:
        entry = one.entry if isinstance(one.entry, TargetRow) else None
        since = [entry.from_month, entry.reason] if entry else [None, None]
        rows.append([one.manager, one.team, Figure(one.value, kpi.unit), _(TARGET_ORIGINS[one.origin]), *since])
    return head, rows


def plans(found: Sequence[Followed], _: Translator) -> Table:
    """A row per plan, in the order given: whose, which KPI, what is done, from when to when, value at the start, goal and now, state and effect."""
    head = [
        _("Account manager"),
        _("KPI"),
        _("What is done"),
        _("From"),
        _("Due month"),
        _("At the start"),
        _("Goal"),
        _("Now"),
        _("State"),
        _("Effect"),
    ]
    rows: list[list[Any]] = []
    for one in found:
        entry, unit = one.entry, catalogue.by_id(one.entry.kpi).unit
        now = one.points[-1].value if one.points else None
        figures = [Figure(value, unit) for value in (entry.baseline, entry.goal, now)]
        state = [_(PLAN_STATES[one.state]), _(GRADES[one.effect.grade])]
        rows.append([entry.manager, _(catalogue.by_id(entry.kpi).name), entry.action, entry.started, entry.due, *figures, *state])
    return head, rows


def history(imports: Sequence[ImportRow], _: Translator) -> Table:
    """A row per import, in the order given: number, moment, files, who, revision, rows taken and refused, and when it was taken back."""
    head = [_("Import"), _("Date"), _("Files"), _("Recorded by"), _("Revision"), _("Rows"), _("refused rows"), _("Taken back at revision")]
    rows: list[list[Any]] = [
        [
            row.import_id,
            row.at,
            _.comma.join(name for name, _sha in row.files),
            _("owner") if row.actor == "owner" else row.actor,
            row.revision,
            row.detail["accepted"],
            row.detail.get("refused") or 0,
            row.undone_revision,
        ]
        for row in imports
    ]
    return head, rows
