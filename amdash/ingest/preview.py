"""What was understood of a file, before anything is stored: per sheet its tables, columns, accepted rows and issues."""

from __future__ import annotations

import datetime as dt
import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import PurePath
from typing import Any

import pandas as pd

from amdash.errors import Issue, Severity
from amdash.ingest import dates, implied, layout, match, reader, vocabulary
from amdash.ingest.checks import Fault, row_faults
from amdash.ingest.coerce import Coerced, Context, coerce, text_of
from amdash.ingest.layout import Grid
from amdash.ingest.match import Match
from amdash.ingest.sheet import Sheet
from amdash.schema import TABLES, Table, frame_of, month_column

_SENTENCE = re.compile(r"[：:。；;，]")
_SHORT = 12
_DEAL_UNKNOWN = "deal_status_unknown"
# Cells that cannot be read but decide no figure: the row is kept without them, and it is said.
_HARMLESS = frozenset({"value_not_flag", "value_status_unknown", _DEAL_UNKNOWN})


@dataclass(frozen=True)
class ColumnReading:
    """A column and what it was taken for. ``field`` is None for a column that is not used; ``note``: (code, fields)."""

    letter: str
    header: str
    field: str | None
    sample: str
    note: tuple[str, Mapping[str, Any]] | None = None


@dataclass
class TableReading:
    """The rows of one canonical table found in one sheet. ``frame``: the accepted ones, typed, with their source."""

    table: str
    columns: list[ColumnReading]
    read: int
    refused: int
    totals_skipped: int
    frame: pd.DataFrame
    headers: tuple[str, ...] = ()

    @property
    def mapping(self) -> dict[str, str]:
        return {column.header: column.field for column in self.columns if column.field}

    @property
    def accepted(self) -> int:
        return len(self.frame)

    @property
    def months(self) -> list[str]:
        return sorted(set(month_column(TABLES[self.table], self.frame)) - {""})


@dataclass
class SheetReading:
    """``header_row`` counts from 1; None where no table was found. ``unused``: columns that no table took."""

    sheet: str
    header_row: int | None = None
    tables: list[TableReading] = field(default_factory=list)
    issues: list[Issue] = field(default_factory=list)
    unused: list[ColumnReading] = field(default_factory=list)


@dataclass
class FileReading:
    """A file as it was understood. ``data`` is the file itself, byte for byte."""

    file: str
    sha256: str
    data: bytes
    sheets: list[SheetReading]


def read_file(file: str, data: bytes, today: dt.date, mapping: Sequence[str] = ()) -> FileReading:
    """Read, recognise and check a file; stores nothing.

    ``mapping``: 'COLUMN=table.field' decisions of a person. Errors: those of reader.read, and mapping_invalid.
    """
    forced = match.parse_mapping(mapping)
    sheets = [_read_sheet(file, sheet, today, forced) for sheet in reader.read(file, data)]
    return FileReading(file, hashlib.sha256(data).hexdigest(), data, sheets)


def _read_sheet(file: str, sheet: Sheet, today: dt.date, forced: Mapping[str, tuple[str, str]]) -> SheetReading:
    words = vocabulary.load()
    result = SheetReading(sheet.name)
    where = _Where(file, sheet.name, result.issues)
    if sheet.hidden or not sheet.rows:
        where.note("info", "sheet_hidden" if sheet.hidden else "sheet_empty")
        return result
    header = layout.find_header(sheet, words, list(forced))
    if header is None:
        where.note("warning", "sheet_no_header", found=", ".join(text_of(value) for value in sheet.rows[0] if value is not None)[:80])
        return result
    grid = layout.cut_out(sheet, header, words)
    result.header_row = grid.header_row
    stem = PurePath(file).stem
    hint = words.table_hint(sheet.name) or words.table_hint(*grid.titles) or words.table_hint(stem)
    year = dates.year_in(*grid.titles, sheet.name, stem)
    fixed = dict(match.decided(grid, forced))
    if hint == "targets" and len(layout.month_columns(sheet.rows[header])) >= layout.MONTHS_ACROSS:
        if year is None and not any(dates.parse_month(column.header, None) for column in grid.columns):
            where.note("error", "year_missing", row=grid.header_row)
            return result
        grid = layout.unpivot(grid, year)
        last = len(grid.columns)
        fixed = {**match.decided(grid, forced), last - 2: ("targets", "period"), last - 1: ("targets", "value")}
    context = Context("", words, tuple(grid.titles), year)
    matches = match.match_tables(grid, context, hint, fixed)
    if not matches:
        _explain(grid, context, hint, where)
        return result
    if not grid.row_numbers:
        where.note("warning", "table_no_rows", row=grid.header_row)
    result.tables = [_read_table(found, grid, context, where, today, rides=found is not matches[0]) for found in matches]
    for number, text in grid.notes:
        # A short word alone may be a name whose other cells are empty: that deserves a look.
        where.note("info" if len(text) > _SHORT or _SENTENCE.search(text) else "warning", "note_row", row=number, value=text[:80])
    used = {place for found in matches for place in found.fields.values()}
    result.unused = [_column(grid, place, None, None) for place in range(len(grid.columns)) if place not in used]
    return result


def _explain(grid: Grid, context: Context, hint: str | None, where: _Where) -> None:
    near = match.nearest(grid, context, hint)
    if near is None:
        where.note("warning", "sheet_no_header", found=", ".join(column.header for column in grid.columns)[:80])
        return
    table, missing = near
    where.note(
        "warning",
        "table_lacks_column",
        row=grid.header_row,
        table=table.title,
        missing=[item.title for item in missing],
        found=", ".join(column.header for column in grid.columns)[:200],
    )


def _read_table(found: Match, grid: Grid, context: Context, where: _Where, today: dt.date, *, rides: bool) -> TableReading:
    table = found.table
    context = Context(table.name, context.vocabulary, context.titles, context.year)
    coerced = {name: coerce(table.field(name), grid.columns[place], grid.cells[place], context) for name, place in found.fields.items()}
    values = {name: column.values for name, column in coerced.items()}
    records = len(grid.row_numbers)
    _fill_scale(table, coerced, values, records)
    present = _present(table, found, grid) if rides else list(range(records))
    faults = _faults(table, coerced, values, records, today)
    refused = _report(faults, found, grid, where, present, table, values)
    implied.fill(table, values, records)
    keep = [record for record in present if record not in refused]
    _say_unnamed(found, grid, where, [record for record in keep if "manager" in values and values["manager"][record] is None])
    frame = frame_of(
        table,
        {
            **{name: [column[record] for record in keep] for name, column in values.items()},
            "source_file": [where.file] * len(keep),
            "source_sheet": [where.sheet] * len(keep),
            "source_row": [grid.row_numbers[record] for record in keep],
        },
        len(keep),
    )
    columns = [_column(grid, place, name, coerced[name].note) for name, place in sorted(found.fields.items(), key=lambda item: item[1])]
    for name, column in coerced.items():
        if column.note and column.note[0] == "note_date_order":
            where.note("warning", "date_order_assumed", column=grid.columns[found.fields[name]].header)
    return TableReading(table.name, columns, len(present), len(refused), grid.totals_skipped, frame, _fingerprint(found, grid))


def _say_unnamed(found: Match, grid: Grid, where: _Where, records: list[int]) -> None:
    """Rows without a manager, where the sheet has a column for one: merged cells leave all but the first of them empty."""
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
            values[name] = [None if value is None else value * scale / _scale(column) for value in column.values]


def _scale(column: Coerced) -> float:
    return float(column.note[1]["scale"]) if column.note else 5.0


def _present(table: Table, found: Match, grid: Grid) -> list[int]:
    """The records of a table that rides along on another's sheet: it is there only where its own cells are filled."""
    own = [found.fields[name] for name in table.required if name != table.dated_by]
    return [record for record in range(len(grid.row_numbers)) if any(grid.cells[place][record] is not None for place in own)]


def _faults(table: Table, coerced: Mapping[str, Coerced], values: Mapping[str, list[Any]], records: int, today: dt.date) -> list[Fault]:
    unread = [Fault(record, name, code) for name, column in coerced.items() for record, code in column.faults.items()]
    seen = {(fault.record, fault.field) for fault in unread}
    return unread + [fault for fault in row_faults(table, values, records, today) if (fault.record, fault.field) not in seen]


def _report(
    faults: list[Fault], found: Match, grid: Grid, where: _Where, present: list[int], table: Table, values: Mapping[str, list[Any]]
) -> set[int]:
    """Note every fault with its cell; returns the records that are refused."""
    there = set(present)
    refused: set[int] = set()
    for fault in sorted(faults, key=lambda item: item.record):
        if fault.record not in there:
            continue
        # A list (managers, customers) decides no figure of its own: a bad hiring date must not lose the person.
        optional = not table.field(fault.field).required
        harmless = optional and (fault.code in _HARMLESS or table.dated_by is None)
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


def _column(grid: Grid, place: int, name: str | None, note: tuple[str, Mapping[str, Any]] | None) -> ColumnReading:
    column = grid.columns[place]
    sample = next((text_of(value) for value in grid.cells[place] if value is not None), "")
    return ColumnReading(column.letter, column.header, name, sample[:40], note)


@dataclass(frozen=True)
class _Where:
    file: str
    sheet: str
    issues: list[Issue]

    def note(
        self,
        severity: Severity,
        code: str,
        *,
        row: int | None = None,
        cell: str | None = None,
        column: str | None = None,
        value: str | None = None,
        **fields: Any,
    ) -> None:
        self.issues.append(Issue(severity, code, self.file, self.sheet, cell, row, column, value, fields))
