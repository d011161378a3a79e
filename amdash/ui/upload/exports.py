"""The tables of an upload as they are saved: also the rows of which the page shows the first, and values where it shows rounded words.

Every function gives the head, and what makes the rows once somebody asks for the file; no rows where there is nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from amdash.errors import Issue
from amdash.i18n import Translator
from amdash.i18n.messages import reason, wording
from amdash.ingest.reading import TableReading
from amdash.insight.wording import named
from amdash.metrics import catalogue
from amdash.schema import TABLES
from amdash.service.aliases import APART, REASONS, TITLES, Proposal
from amdash.service.crosschecks import Finding
from amdash.service.imports import Preview
from amdash.service.restatement import Move, RowMove
from amdash.store.aliases import AliasRow
from amdash.ui.tables import Cell, Figure, Rows
from amdash.ui.upload.words import ACTIONS, KINDS, SEVERITIES, note_words, series_words, state_words

Export = tuple[list[str], Callable[[], Rows]]


def months(ready: Preview, _: Translator) -> Export:
    """A row per month of every sheet in the files: what would happen to it, its rows before and after, and how many come, change and go."""
    head = [_("Table"), _("Series"), _("Month"), _("What happens"), _("Rows now"), _("Rows then"), _("Added"), _("Changed"), _("Removed")]
    return head, lambda: [
        [
            _(TABLES[one.key.table].title),
            series_words(one.key.series, _),
            one.key.month or _("the list"),
            _(ACTIONS[one.action]),
            one.before,
            one.after,
            one.rows.added,
            one.rows.changed,
            one.rows.removed,
        ]
        for one in ready.slots
    ]


def moves(found: Sequence[Move], _: Translator) -> Export:
    """Every figure that would become another one, also by less than the page shows: before and after in the KPI's unit, judged, of how many cases."""
    head = [_("Month"), _("Who"), _("KPI"), _("Was"), _("Becomes"), _("Verdict before"), _("Verdict after"), _("Cases before"), _("Cases after")]
    return head, lambda: [_move(one, _) for one in found]


def _move(one: Move, _: Translator) -> list[Cell]:
    kpi = catalogue.by_id(one.kpi)
    values = (Figure(one.before, kpi.unit), Figure(one.after, kpi.unit))
    sides = ((one.verdict_before, one.n_before), (one.verdict_after, one.n_after))
    verdicts = [named(verdict, one.kpi, n, _) if verdict else None for verdict, n in sides]
    return [one.month, one.manager or _("everybody"), _(kpi.name), *values, *verdicts, one.n_before, one.n_after]


def rows(found: Sequence[RowMove], total: int, _: Translator) -> Export:
    """A line per column of the rows that do it: what it says now, and what it would say; the row by file, sheet and number.

    Where ``found`` are not all of the ``total`` rows, the first line says so.
    """
    head = [_("Row"), _("Table"), _("Month"), _("Column"), _("Was"), _("Becomes"), _("File"), _("Sheet"), _("Row number")]
    cut: Rows = [[_("The first {n} of {total} rows", n=len(found), total=total), *[None] * (len(head) - 1)]] if len(found) < total else []
    return head, lambda: [*cut, *(line for one in found for line in _row(one, _))]


def _row(one: RowMove, _: Translator) -> Rows:
    spec = TABLES[one.table]
    lines: list[list[Cell]] = []
    for name, value in one.fields.items():
        before, after = value if one.kind == "changed" else (value, None) if one.kind == "removed" else (None, value)
        said = [_plain(side, _) for side in (before, after)]
        lines.append([_(KINDS[one.kind]), _(spec.title), one.month, _(spec.field(name).title), *said, one.file, one.sheet, one.row])
    return lines


def _plain(value: Any, _: Translator) -> Cell:
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    return state_words(value, _) if isinstance(value, str) else value


def findings(found: Sequence[Finding], _: Translator) -> Export:
    """What the sheets say against each other, a line for each of the rows it is shown by."""
    head = [_("What the sheets say against each other"), _("Found in rows"), _("File"), _("Sheet"), _("Row number")]
    return head, lambda: [[wording(_, one.code, one.fields), one.n, *place] for one in found for place in (one.examples or ((None, None, None),))]


def columns(found: TableReading, _: Translator) -> Export:
    """The columns that were understood: letter, heading, what it means, an example, how it was converted."""
    spec = TABLES[found.table]
    return [_("Column"), _("Says"), _("Means"), _("e.g."), _("Converted")], lambda: [
        [one.letter, one.header, _(spec.field(one.field).title) if one.field else None, one.sample, note_words(one.note, _)] for one in found.columns
    ]


def issues(found: Sequence[Issue], _: Translator) -> Export:
    """Everything that was noticed in a sheet, cell by cell: how grave it is, where, what is written there, and why it is said."""
    head = [_("How grave"), _("File"), _("Sheet"), _("Cell or row"), _("Column"), _("Written there"), _("Why")]
    return head, lambda: [
        [_(SEVERITIES[one.severity]), one.file, one.sheet, one.cell or one.row, one.column, one.value, reason(_, one)] for one in found
    ]


def names(proposed: Sequence[Proposal], decided: Sequence[AliasRow], _: Translator) -> Export:
    """Names that may be one, and what was decided of such: counts as one, or kept apart, since when and by whom."""
    head = [_("Of what"), _("Name"), _("Other name"), _("Decided"), _("Why"), _("Date"), _("Recorded by")]
    return head, lambda: [*(_proposal(one, _) for one in proposed), *(_decision(row, _) for row in decided)]


def _proposal(one: Proposal, _: Translator) -> list[Cell]:
    return [_(TITLES[one.kind]), one.name, one.alias, _("not yet"), _(REASONS[one.reason]), None, None]


def _decision(row: AliasRow, _: Translator) -> list[Cell]:
    apart = row.kind.startswith(APART)
    kind = next(title for kind, title in TITLES.items() if kind == row.kind.removeprefix(APART))
    by = _("owner") if row.actor == "owner" else row.actor
    return [_(kind), row.name, row.alias, _("kept apart") if apart else _("counts as one"), None, row.at.date(), by]
