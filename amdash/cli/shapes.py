"""The JSON shapes of the command line. They are stable: README.md documents them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

import pandas as pd

from amdash.errors import Issue
from amdash.i18n import Translator
from amdash.i18n.messages import error_text, reason, wording
from amdash.ingest.preview import FileReading, SheetReading, TableReading
from amdash.metrics.spec import Kpi
from amdash.service.aliases import Proposal
from amdash.service.analysis import Judged
from amdash.service.crosschecks import Finding
from amdash.service.drilldown import SourceRow
from amdash.service.imports import Outcome
from amdash.service.rebuilding import Rebuild
from amdash.service.restatement import Restatement
from amdash.store import ImportRow
from amdash.store.aliases import AliasRow

# Of rows that move figures; how many there are is said beside them.
_LISTED_ROWS = 200


def files(readings: Sequence[FileReading], _: Translator) -> list[dict[str, Any]]:
    """What was understood of each file."""
    return [
        {
            "file": reading.file,
            "sha256": reading.sha256,
            "error": error_text(_, reading.error) if reading.error else None,
            "sheets": [_sheet(sheet, _) for sheet in reading.sheets],
        }
        for reading in readings
    ]


def slots(outcome: Outcome) -> list[dict[str, Any]]:
    """What each slot gained, changed and lost; ``month`` is null for lists."""
    return [{"table": slot.key.table, "month": slot.key.month or None, "series": slot.key.series, **vars(slot.rows)} for slot in outcome.slots]


def restated(moved: Restatement) -> dict[str, Any]:
    """The figures that move, and the rows that move them."""
    rows = [
        {
            "kind": row.kind,
            "table": row.table,
            "month": row.month or None,
            "file": row.file,
            "sheet": row.sheet,
            "row": row.row,
            "fields": {name: [plain(one) for one in value] if isinstance(value, tuple) else plain(value) for name, value in row.fields.items()},
        }
        for row in moved.rows[:_LISTED_ROWS]
    ]
    return {
        "figures": [{**vars(move), "manager": move.manager or None} for move in moved.moves],
        "rows": rows,
        "all_rows": moved.all_rows,
        "findings": [_finding(one) for one in moved.findings],
    }


def aliases(standing: Sequence[AliasRow], proposed: Sequence[Proposal]) -> dict[str, Any]:
    """What was decided of names, by number, and what is proposed."""
    return {
        "aliases": [
            {"alias_id": row.alias_id, "kind": row.kind, "alias": row.alias, "name": row.name, "from_revision": row.from_revision} for row in standing
        ],
        "proposed": [dict(vars(one)) for one in proposed],
    }


def _finding(one: Finding) -> dict[str, Any]:
    examples = [{"file": file, "sheet": sheet, "row": row} for file, sheet, row in one.examples]
    return {"code": one.code, "table": one.table, "n": one.n, "examples": examples}


def rebuilt(result: Rebuild, _: Translator) -> dict[str, Any]:
    """Every import read again: how many of its facts are the same, which are not, and why one could not be read."""
    return {
        "identical": result.identical,
        "revision": result.revision,
        "imports": [
            {
                "import_id": one.import_id,
                "same": one.same,
                "other": [{"table": key.table, "month": key.month or None, "series": key.series} for key in one.other],
                "error": error_text(_, one.error) if one.error else None,
            }
            for one in result.imports
        ],
    }


def scorecard(frame: pd.DataFrame, judged: Sequence[Judged]) -> list[dict[str, Any]]:
    """One object per KPI, subject and period, with what it means; missing values are null."""
    rows = frame.drop(columns="sum_of_squares").to_dict("records")
    return [{str(name): plain(value) for name, value in row.items()} | _meaning(one) for row, one in zip(rows, judged, strict=True)]


def _meaning(one: Judged) -> dict[str, Any]:
    """``settling``: how many more cases in a row would settle the verdict either way."""
    found, point = one.judgement, one.point
    return {
        "verdict": found.verdict,
        "leaning": found.leaning,
        "interval": None if found.interval is None else [found.interval.lower, found.interval.upper],
        "settling": None if found.settling is None else {"met": found.settling.met, "missed": found.settling.missed},
        "signal": None if point is None else point.flag,
        "direction": None if point is None else point.direction,
        "assurance": one.assurance,
    }


def history(rows: Sequence[ImportRow]) -> list[dict[str, Any]]:
    """One object per import, newest first."""
    return [
        {
            "import_id": row.import_id,
            "revision": row.revision,
            "at": row.at.isoformat(timespec="seconds"),
            "actor": row.actor,
            "files": [{"file": file, "sha256": sha256} for file, sha256 in row.files],
            "accepted": row.detail["accepted"],
            "refused": row.detail["refused"],
            "undone_revision": row.undone_revision,
        }
        for row in rows
    ]


def source_rows(rows: Sequence[SourceRow]) -> list[dict[str, Any]]:
    """The rows behind a number, each with its file, sheet and row."""
    return [
        {
            "file": row.file,
            "sheet": row.sheet,
            "row": row.row,
            "values": {name: plain(value) for name, value in row.values.items()},
            "beside": dict(row.beside),
        }
        for row in rows
    ]


def kpis(catalogue: Sequence[Kpi], _: Translator) -> list[dict[str, Any]]:
    """The catalogue in the translator's language."""
    return [
        {
            "id": kpi.id,
            "name": _(kpi.name),
            "category": kpi.category,
            "unit": kpi.unit,
            "higher_is_better": kpi.higher_is_better,
            "target": kpi.target,
            "formula": _(kpi.formula),
            "source": _(kpi.source),
            "weighted": kpi.weighted,
            "min_sample": kpi.min_sample,
        }
        for kpi in catalogue
    ]


def plain(value: Any) -> Any:
    """A value as JSON knows it: missing is null, dates are ISO text, numpy scalars are Python's."""
    if value is None or value is pd.NA or value is pd.NaT or (isinstance(value, float) and value != value):
        return None
    if isinstance(value, dt.datetime):
        return value.isoformat(sep=" ") if value.time() != dt.time() else value.date().isoformat()
    if isinstance(value, dt.date):
        return value.isoformat()
    return value.item() if hasattr(value, "item") else value


def _sheet(sheet: SheetReading, _: Translator) -> dict[str, Any]:
    return {
        "sheet": sheet.sheet,
        "header_row": sheet.header_row,
        "tables": [_table(table) for table in sheet.tables],
        "unused": [{"column": column.letter, "header": column.header} for column in sheet.unused],
        "questions": [
            {"code": one.code, "message": wording(_, one.code, one.fields), "choices": list(one.choices), "taken": one.guess}
            for one in sheet.questions
        ],
        "issues": [_issue(issue, _) for issue in sheet.issues],
    }


def _table(table: TableReading) -> dict[str, Any]:
    return {
        "table": table.table,
        "mapping": table.mapping,
        "read": table.read,
        "accepted": table.accepted,
        "refused": table.refused,
        "totals_skipped": table.totals_skipped,
        "months": table.months,
    }


def _issue(issue: Issue, _: Translator) -> dict[str, Any]:
    return {
        "severity": issue.severity,
        "code": issue.code,
        "cell": issue.cell,
        "row": issue.row,
        "column": issue.column,
        "value": issue.value,
        "message": reason(_, issue),
    }
