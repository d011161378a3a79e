"""A KPI explained by the workspace's own figures: an example from the newest month, its targets, and the sheets that feed it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from amdash.metrics import catalogue
from amdash.metrics.spec import By, Kpi
from amdash.schema import TABLES, month_column
from amdash.service import access, scorecards, targets
from amdash.service.workspace import OWNER, Workspace
from amdash.store.targets import TargetRow


@dataclass(frozen=True)
class Example:
    """A figure with what it is made of. ``subject``: a manager or team, '' for everybody together; sums None where it is none of sums."""

    subject: str
    month: str
    value: float
    numerator: float | None
    denominator: float | None
    n: int


@dataclass(frozen=True)
class Entry:
    """``example``: None where nothing was measured yet. ``aims``: (target, managers held to it) in the newest month, most first.

    ``history``: what was set, newest first. ``sheets``: (file, sheet) of the month of the example that feed the KPI.
    """

    kpi: Kpi
    example: Example | None
    aims: tuple[tuple[float | None, int], ...]
    history: tuple[TargetRow, ...]
    sheets: tuple[tuple[str, str], ...]


def entry(ws: Workspace, kpi: str, revision: int | None = None, *, actor: str = OWNER) -> Entry:
    """A KPI as at a revision. Empty: no example, no sheets, the default target for nobody. Errors: kpi_unknown, revision_unknown."""
    access.ask(actor, "read")
    chosen = catalogue.by_id(kpi)
    example = _example(ws, chosen, revision)
    known = scorecards.months(ws, revision)
    held = [one for one in targets.in_force(ws, known[-1], revision) if one.kpi == kpi] if known else []
    history = [row for row in targets.entries(ws, revision) if row.kpi == kpi]
    return Entry(
        kpi=chosen,
        example=example,
        aims=tuple(Counter(one.value for one in held).most_common()),
        history=tuple(reversed(history)),
        sheets=() if example is None else _sheets(ws, chosen, example.month, revision),
    )


def _example(ws: Workspace, kpi: Kpi, revision: int | None) -> Example | None:
    """Of the newest month that has any figure: the first manager's with enough cases, else a team's, else everybody's, else the first there is."""
    month = _newest(ws, kpi, revision)
    if month is None:
        return None
    people = scorecards.roster(ws, revision)
    order: dict[By, list[str]] = {"manager": list(people["manager"]), "team": [name for name in people["team"].unique() if name], "all": [""]}
    found: list[Example] = []
    for by in order:
        frame = scorecards.scorecard(ws, start=month, end=month, by=by, kpis=[kpi.id], revision=revision)
        rows = {_subject(row, by): row for row in frame.dropna(subset="value").to_dict("records")}
        found += [_of(rows[name], name) for name in order[by] if name in rows]
        enough = next((one for one in found if one.n >= kpi.min_sample and one.value), None)
        if enough:
            return enough
    return found[0] if found else None


def _subject(row: dict[Any, Any], by: By) -> str:
    return "" if by == "all" or pd.isna(row[by]) else str(row[by])


def _of(row: dict[Any, Any], subject: str) -> Example:
    above, below = (None if pd.isna(row[name]) else float(row[name]) for name in ("numerator", "denominator"))
    return Example(subject, str(row["period"]), float(row["value"]), above, below, int(row["n"]))


def _newest(ws: Workspace, kpi: Kpi, revision: int | None) -> str | None:
    if kpi.measure == "derived":
        return next(iter(scorecards.months(ws, revision)[-1:]), None)
    rows = ws.cases(revision)[kpi.id] if kpi.measure == "quantile" else ws.cells(revision).query("kpi == @kpi.id")
    return None if rows.empty else str(rows["month"].max())


def _sheets(ws: Workspace, kpi: Kpi, month: str, revision: int | None) -> tuple[tuple[str, str], ...]:
    """Where the rows of that month stand, of the tables that feed the KPI; lists have no month and are left out."""
    found: set[tuple[str, str]] = set()
    for name in fed_by(kpi):
        if TABLES[name].dated_by is not None:
            frame = ws.tables(revision)[name]
            rows = frame.loc[(month_column(TABLES[name], frame) == month).to_numpy(), ["source_file", "source_sheet"]]
            found |= set(rows.drop_duplicates().itertuples(index=False, name=None))
    return tuple(sorted(found))


def fed_by(kpi: Kpi) -> dict[str, Sequence[str]]:
    """Table -> the fields of it that feed a KPI, in the order in which the KPI names them."""
    found: dict[str, list[str]] = {}
    for column in kpi.feeds:
        table, _dot, field = column.partition(".")
        found.setdefault(table, []).append(field)
    return {table: tuple(fields) for table, fields in found.items()}
