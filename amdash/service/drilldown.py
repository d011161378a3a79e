"""Behind a number: the facts that it counts, each led back to its file, sheet and row."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import pandas as pd

from amdash.metrics import catalogue, evaluate, period, summary
from amdash.schema import SOURCE_COLUMNS, TABLES, month_column
from amdash.service import access
from amdash.service.scorecards import roster, shown_manager, span_of
from amdash.service.workspace import OWNER, Workspace


@dataclass(frozen=True)
class SourceRow:
    """A fact led back to its place: file, sheet and row as the owner's program numbers them.

    ``beside``: what the row says in columns that no field took, by header.
    """

    file: str
    sheet: str
    row: int
    import_id: int
    values: Mapping[str, Any]
    beside: Mapping[str, str] = field(default_factory=dict)


def rows_behind(
    ws: Workspace,
    kpi: str,
    *,
    manager: str | None = None,
    team: str | None = None,
    start: str | None = None,
    end: str | None = None,
    revision: int | None = None,
    beside: bool = True,
    actor: str = OWNER,
) -> list[SourceRow]:
    """The facts that a figure counts, in the order of their files: rows of its table, and of the summary where that fills in.

    ``beside``: also what stands in columns that no field took, for which every import is read once more.
    Errors: kpi_unknown, manager_unknown, month_invalid.
    """
    access.ask(actor, "read")
    chosen = catalogue.by_id(kpi)
    people = roster(ws, revision)
    who = None if manager is None else {shown_manager(ws, people, manager, revision)}
    if team is not None:
        members = set(people.loc[people["team"] == team, "manager"])
        who = members if who is None else who & members
    first, last = span_of(ws, start, end, revision)
    if chosen.window_months > 1:
        # Both windows are behind the figure of a month.
        first = period.shift(first, 1 - 2 * chosen.window_months)
    facts = ws.facts(revision)
    added = summary.filled(evaluate.detail(facts, [chosen]), facts, [chosen.id])
    found = [row for frame in (chosen.behind(facts), *summary.behind(added, facts, chosen.id)) for row in _source_rows(frame, first, last, who)]
    ordered = sorted(found, key=lambda row: (row.file, row.sheet, row.row))
    return _with_beside(ws, ordered, first, last, revision) if beside else ordered


def _with_beside(ws: Workspace, rows: list[SourceRow], first: str, last: str, revision: int | None) -> list[SourceRow]:
    """The rows with the columns that were kept beside them, read from the slots alone that may hold rows of these months."""
    wanted = {row.import_id for row in rows}
    # What holds for a quarter or a year stands in the slot of the month with which that begins.
    since = f"{first[:4]}-01"
    held = [slot for slot in ws.store.slots(revision) if slot.import_id in wanted and (not slot.key.month or since <= slot.key.month <= last)]
    beside = {place: said for slot in held for place, said in ws.store.extras(slot).items()}
    return [replace(row, beside=beside.get((row.file, row.sheet, row.row), {})) for row in rows] if beside else rows


def _source_rows(facts: pd.DataFrame, first: str, last: str, who: set[str] | None) -> list[SourceRow]:
    """The rows of the months from ``first`` to ``last``, of these managers alone where any are given."""
    facts = facts[(facts["month"] >= first) & (facts["month"] <= last)]
    if who is not None:
        facts = facts[facts["manager"].isin(who)]
    hidden = {*SOURCE_COLUMNS, "import_id", "month"}
    names = [name for name in facts.columns if name not in hidden]
    return [
        SourceRow(row["source_file"], row["source_sheet"], int(row["source_row"]), int(row["import_id"]), {name: row[name] for name in names})
        for row in facts.to_dict("records")
    ]


def source_files_by_manager(ws: Workspace, months: Sequence[str], revision: int | None = None) -> dict[str, list[str]]:
    """Manager -> the files that hold rows of theirs in these months, each once, by name. Who has none is not in it."""
    found: dict[str, set[str]] = {}
    for name, frame in ws.tables(revision).items():
        if TABLES[name].dated_by is not None and "manager" in frame:
            rows = frame.loc[month_column(TABLES[name], frame).isin(months), ["manager", "source_file"]].dropna().drop_duplicates()
            for manager, file in rows.itertuples(index=False, name=None):
                found.setdefault(manager, set()).add(file)
    return {manager: sorted(files) for manager, files in found.items()}
