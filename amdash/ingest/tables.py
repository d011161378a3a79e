"""One table of a sheet: its cells made values, its rows checked, accepted or refused."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from amdash.ingest import implied, vocabulary
from amdash.ingest.checks import Fault, row_faults
from amdash.ingest.coerce import Coerced, coerce, text_of
from amdash.ingest.context import Context
from amdash.ingest.decisions import Decided
from amdash.ingest.layout import Grid
from amdash.ingest.match import Match
from amdash.ingest.reading import ColumnReading, Question, TableReading, Where
from amdash.schema import EXTRA, Table, first_month, frame_of

_DEAL_UNKNOWN = "deal_status_unknown"


def read_table(
    found: Match, grid: Grid, context: Context, decided: Decided, where: Where, today: dt.date, *, rides: bool
) -> tuple[TableReading, list[Question]]:
    """The rows of a table, and what its columns leave open. ``rides``: it shares the sheet of another table."""
    table = found.table
    coerced = {
        name: coerce(table.field(name), grid.columns[place], grid.cells[place], context.of(table.name, decided.values.get(place)))
        for name, place in found.fields.items()
    }
    values = {name: column.values for name, column in coerced.items()}
    records = len(grid.row_numbers)
    _fill_scale(table, coerced, values, records)
    present = _present(table, found, grid) if rides else list(range(records))
    faults = _faults(table, coerced, values, records, today)
    refused = _report(faults, found, grid, where, present, table, values)
    implied.fill(table, values, records)
    keep = [record for record in present if record not in refused]
    _say_unnamed(found, grid, where, [record for record in keep if "manager" in values and values["manager"][record] is None])
    frame = _frame(found, grid, where, values, keep, rides=rides)
    columns = [column_reading(grid, place, name, coerced[name].note) for name, place in sorted(found.fields.items(), key=lambda item: item[1])]
    for name, column in coerced.items():
        if column.note and column.note[0] == "note_date_order":
            where.note("warning", "date_order_assumed", column=grid.columns[found.fields[name]].header)
    reading = TableReading(
        table.name,
        columns,
        len(present),
        grid.totals_skipped,
        frame,
        _fingerprint(found, grid),
        grid.header_row,
        tuple(sorted({grid.row_numbers[record] for record in refused})),
        across=tuple(sorted({place for places in grid.moved.values() for place in places})),
        refused_months=Counter(_month(table, values, record) for record in refused),
        carried={grid.row_numbers[record]: _carried(grid, record) for record in refused},
        spoken={grid.row_numbers[record]: _spoken(grid, record) for record in refused},
    )
    return reading, [
        question for name, column in coerced.items() for question in _asked(column, grid.columns[found.fields[name]].header, where.sheet)
    ]


def _carried(grid: Grid, record: int) -> dict[int, Any]:
    """What a record has from the labels above it, by the column of the sheet: apart from them, it must say so itself."""
    return {grid.columns[place].index: values[record] for place, values in grid.filled.items() if record in values}


def _spoken(grid: Grid, record: int) -> tuple[str, ...]:
    """The lines that speak of a record: 客户经理：李明."""
    said = [(column.header, grid.cells[place][record]) for place, column in enumerate(grid.columns) if column.said]
    return tuple(f"{word}：{text_of(value)}" for word, value in said if value is not None)


def _month(table: Table, values: Mapping[str, list[Any]], record: int) -> str:
    """The month that a refused row belongs to, as far as it says."""
    when = values[table.dated_by][record] if table.dated_by else None
    return "" if when is None else first_month(when) if isinstance(when, str) else f"{when:%Y-%m}"


def _asked(column: Coerced, header: str, sheet: str) -> list[Question]:
    questions = []
    for kind, choices, guess in column.questions:
        texts = tuple(f"{header}={kind}:{choice}" for choice in choices)
        questions.append(Question(f"ask_{kind}", sheet, texts, f"{header}={kind}:{guess}", {"column": header}))
    return questions


def _frame(found: Match, grid: Grid, where: Where, values: Mapping[str, list[Any]], keep: Sequence[int], *, rides: bool) -> pd.DataFrame:
    """The accepted rows, typed, with their source; the columns that no field took are kept beside them as texts."""
    frame = frame_of(
        found.table,
        {
            **{name: [column[record] for record in keep] for name, column in values.items()},
            "source_file": [where.file] * len(keep),
            "source_sheet": [where.sheet] * len(keep),
            "source_row": [grid.row_numbers[record] for record in keep],
        },
        len(keep),
    )
    if rides:
        return frame
    used = set(found.fields.values())
    extras = {
        f"{EXTRA}{column.header}": pd.Series([_as_text(grid.cells[place][record]) for record in keep], index=frame.index, dtype="str")
        for place, column in enumerate(grid.columns)
        if place not in used
    }
    return frame.assign(**extras) if extras else frame


def _as_text(value: Any) -> str | None:
    return value if value is None or value.__class__ is str else text_of(value)


def _say_unnamed(found: Match, grid: Grid, where: Where, records: list[int]) -> None:
    """Rows without a manager, where the sheet has a column for one."""
    if records and len(records) < len(grid.row_numbers):
        place = found.fields["manager"]
        where.note("warning", "rows_name_nobody", cell=grid.address(place, records[0]), column=grid.columns[place].header, n=len(records))


def _fingerprint(found: Match, grid: Grid) -> tuple[str, ...]:
    """What tells a recurring sheet: the fields that its columns were taken for, and the headers of the others."""
    fields = {place: name for name, place in found.fields.items()}
    return tuple(fields.get(place, column.header) for place, column in enumerate(grid.columns))


def _fill_scale(table: Table, coerced: dict[str, Coerced], values: dict[str, list[Any]], records: int) -> None:
    """Every score gets the scale it is out of; the drivers are brought to the scale of the score itself."""
    if "scale" not in table.names or "score" not in coerced:
        return
    scale = _scale(coerced["score"])
    stated = values.get("scale", [None] * records)
    values["scale"] = [scale if value is None else value for value in stated]
    for name, column in coerced.items():
        if column.note and column.note[0] == "note_scale" and name != "score" and name != "likelihood" and _scale(column) != scale:
            own = _scale(column)
            # Where the row says what its scores are out of, that holds for all of them.
            pairs = zip(column.values, stated, strict=True)
            values[name] = [value if value is None or said is not None else value * scale / own for value, said in pairs]


def _scale(column: Coerced) -> float:
    return float(column.note[1]["scale"]) if column.note else 5.0


def _present(table: Table, found: Match, grid: Grid) -> list[int]:
    """The records of a table that rides along on another's sheet: it is there only where its own cells are filled."""
    own = [found.fields[name] for name in table.required if name != table.dated_by]
    blanks = vocabulary.load().blanks
    return [record for record in range(len(grid.row_numbers)) if any(_says(grid.cells[place][record], blanks) for place in own)]


def _says(cell: Any, blanks: frozenset[str]) -> bool:
    """Whether a cell says anything: a rating of 未评价 or a dash is none."""
    return cell is not None and not (isinstance(cell, str) and vocabulary.plain(cell) in blanks)


def _faults(table: Table, coerced: Mapping[str, Coerced], values: Mapping[str, list[Any]], records: int, today: dt.date) -> list[Fault]:
    unread = [Fault(record, name, code) for name, column in coerced.items() for record, code in column.faults.items()]
    seen = {(fault.record, fault.field) for fault in unread}
    return unread + [fault for fault in row_faults(table, values, records, today) if (fault.record, fault.field) not in seen]


def _report(
    faults: list[Fault], found: Match, grid: Grid, where: Where, present: list[int], table: Table, values: Mapping[str, list[Any]]
) -> set[int]:
    """Note every fault with its cell; returns the records that are refused."""
    there = set(present)
    refused: set[int] = set()
    for fault in sorted(faults, key=lambda item: item.record):
        if fault.record not in there:
            continue
        # A list (managers, customers) decides no figure of its own: a bad hiring date must not lose the person.
        optional = not table.field(fault.field).required
        harmless = optional and (fault.severity == "warned" or table.dated_by is None)
        if not harmless:
            refused.add(fault.record)
        elif fault.field in values:
            # A stage that nobody knows is no sale; without any status a row would be one.
            values[fault.field][fault.record] = "unknown" if fault.code == _DEAL_UNKNOWN else None
        place = found.fields.get(fault.field)
        cell = None if place is None else grid.cells[place][fault.record]
        where.note(
            "warning" if harmless else "error",
            fault.code,
            row=grid.row_numbers[fault.record],
            cell=None if place is None else grid.address(place, fault.record),
            column=None if place is None else grid.columns[place].header,
            value=None if cell is None else text_of(cell),
            table=table.title,
            field=table.field(fault.field).title,
        )
    return refused


def column_reading(grid: Grid, place: int, name: str | None, note: tuple[str, Mapping[str, Any]] | None) -> ColumnReading:
    """A column as the preview shows it, with the first value that stands in it."""
    column = grid.columns[place]
    sample = next((text_of(value) for value in grid.cells[place] if value is not None), "")
    return ColumnReading(column.letter, column.header, name, sample[:40], note)
