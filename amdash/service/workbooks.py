"""The scorecard of a period as a workbook, with the rows behind its figures."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from amdash.i18n import Language, Translator, translator
from amdash.i18n.words import row_words
from amdash.metrics import period as periods
from amdash.metrics.spec import Kpi
from amdash.report.workbook.sheets import MOST_ROWS, Behind, WorkbookInput, workbook
from amdash.schema import TABLES
from amdash.service import boards, drilldown, exports, scorecards
from amdash.service.drilldown import SourceRow
from amdash.service.workspace import OWNER, Workspace


def scorecard_workbook(ws: Workspace, period: str, language: Language, revision: int | None = None, *, actor: str = OWNER) -> tuple[str, bytes]:
    """(file name, workbook) of a month, quarter or year: everybody's figures, charts, definitions and the rows behind.

    What employees answered is shown as figures of five people or more alone, so its rows are left out. Of a table with very many rows
    the first :data:`amdash.report.workbook.sheets.MOST_ROWS` are in it. Errors: month_invalid, no_data_for_report.
    """
    scorecards.require_figures(ws, period, revision)
    board = boards.board(ws, period, revision, actor=actor)
    # Whoever is on the scorecard, and nobody else; where nobody's is known it has no column.
    improved = {name: reading for name, reading in exports.improvement(ws, period, board.revision).items() if name in board.scores}
    derived = [kpi for kpi in scorecards.kpis() if kpi.measure == "derived"] if improved else []
    report = WorkbookInput(
        period=board.period,
        kpis=[*board.kpis, *derived],
        groups=[(group.name, group.managers) for group in board.teams],
        readings={**board.readings, **{(reading.kpi, name): reading for name, reading in improved.items()}},
        team_readings=board.team_readings,
        scores=board.scores,
        behind=_behind(ws, board.kpis, period, board.revision, translator(language), actor),
        revision=board.revision,
        revision_at=ws.moment_of(board.revision),
    )
    return file_name(period), workbook(report, language)


def file_name(period: str) -> str:
    """'amdash-2026-10.xlsx'."""
    return f"amdash-{period}.xlsx"


def _behind(ws: Workspace, kpis: Sequence[Kpi], period: str, revision: int, _: Translator, actor: str) -> list[Behind]:
    """The rows behind by the table they come from, each once, with the KPIs that count it."""
    months = periods.months_of(period)
    found: dict[str, dict[tuple[str, str, int, int], tuple[SourceRow, list[str]]]] = {}
    for kpi in kpis:
        if kpi.category == "people" or kpi.measure == "derived":
            continue
        table = found.setdefault(kpi.rows, {})
        for row in drilldown.rows_behind(ws, kpi.id, start=months[0], end=months[-1], revision=revision, beside=False, actor=actor):
            # A file of the same name comes every month.
            table.setdefault((row.file, row.sheet, row.import_id, row.row), (row, []))[1].append(_(kpi.name))
    return [_sheet(name, [rows[place] for place in sorted(rows)], _) for name, rows in found.items() if rows]


def _sheet(table: str, rows: Sequence[tuple[SourceRow, list[str]]], _: Translator) -> Behind:
    titles = {field.name: _(field.title) for name in ("summary", table) for field in TABLES[name].fields}
    # A figure may also come from the monthly summary, whose columns are others: only those that say something stand here.
    kept = [name for name in titles if any(_said(row.values.get(name)) for row, _kpis in rows)]
    head = [_("File"), _("Sheet"), _("Row"), *(titles[name] for name in kept), _("Counts in")]
    cells: list[list[Any]] = []
    for row, kpis in rows[:MOST_ROWS]:
        said = (row_words(name, row.values.get(name), _) for name in kept)
        cells.append([row.file, row.sheet, row.row, *(value if _said(value) else None for value in said), _.comma.join(kpis)])
    return Behind(_(TABLES[table].title), head, cells, len(rows))


def _said(value: Any) -> bool:
    return value is not None and value == value
