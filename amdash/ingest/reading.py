"""What was understood of a file: per sheet its tables, columns, accepted rows, issues, and what is still asked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from amdash.errors import AmdashError, Issue, Severity
from amdash.schema import TABLES, month_column


@dataclass(frozen=True)
class ColumnReading:
    """A column and what it was taken for. ``field`` is None for a column that is not used; ``note``: (code, fields)."""

    letter: str
    header: str
    field: str | None
    sample: str
    note: tuple[str, Mapping[str, Any]] | None = None


@dataclass(frozen=True)
class Question:
    """What the sheet does not tell, with the answer that was taken for now.

    ``choices``: the possible answers as decisions ('签约日期=sales.date'), ``guess`` the one in force. ``fields`` fill the wording.
    """

    code: str
    sheet: str
    choices: tuple[str, ...]
    guess: str
    fields: Mapping[str, Any] = field(default_factory=dict)


@dataclass
class TableReading:
    """The rows of one canonical table found in one sheet. ``frame``: the accepted ones, typed, with their source.

    ``refused_rows``: the sheet rows that were not accepted. ``scope``: what tells a sheet with the same columns.
    ``decisions``: what a person has decided of it, now or before. ``across``: the sheet columns that stand for months.
    ``carried``: refused row -> column (from 0) -> what the row has from a label above it; ``spoken``: refused row -> the lines that speak of it.
    ``refused_months``: month -> refused rows, '' where the row does not tell. ``skipped``: another sheet holds the same records.
    """

    table: str
    columns: list[ColumnReading]
    read: int
    totals_skipped: int
    frame: pd.DataFrame
    headers: tuple[str, ...] = ()
    header_row: int = 1
    refused_rows: tuple[int, ...] = ()
    scope: str = ""
    decisions: tuple[str, ...] = ()
    across: tuple[int, ...] = ()
    refused_months: Mapping[str, int] = field(default_factory=dict)
    carried: Mapping[int, Mapping[int, Any]] = field(default_factory=dict)
    spoken: Mapping[int, tuple[str, ...]] = field(default_factory=dict)
    skipped: bool = False

    @property
    def mapping(self) -> dict[str, str]:
        return {column.header: column.field for column in self.columns if column.field}

    @property
    def accepted(self) -> int:
        return len(self.frame)

    @property
    def refused(self) -> int:
        return len(self.refused_rows)

    @property
    def months(self) -> list[str]:
        return sorted(set(month_column(TABLES[self.table], self.frame)) - {""})


@dataclass(frozen=True)
class Unplaced:
    """A part of a sheet that is no table as it stands: its columns, for a person to say what they are.

    ``fits``: table -> field by place of the column, as far as it is told, the likeliest table first. ``decisions``: what was decided of it.
    """

    header_row: int
    columns: tuple[ColumnReading, ...]
    fits: Mapping[str, Mapping[int, str]]
    decisions: tuple[str, ...] = ()


@dataclass
class SheetReading:
    """``header_row`` counts from 1; None where no table was found. ``unused``: columns that no table took.

    ``unplaced``: the parts that are no table. ``head``: for every table found, the rows (from 1) from the first title to the header.
    """

    sheet: str
    header_row: int | None = None
    tables: list[TableReading] = field(default_factory=list)
    issues: list[Issue] = field(default_factory=list)
    unused: list[ColumnReading] = field(default_factory=list)
    questions: list[Question] = field(default_factory=list)
    encoding: str | None = None
    head: list[tuple[int, int]] = field(default_factory=list)
    unplaced: list[Unplaced] = field(default_factory=list)


@dataclass
class FileReading:
    """A file as it was understood. ``data`` is the file itself, byte for byte; ``error``: why it could not be read at all.

    ``corrects``: what the marker of a workbook of refused rows says of the import that it corrects.
    """

    file: str
    sha256: str
    data: bytes
    sheets: list[SheetReading]
    error: AmdashError | None = None
    corrects: Mapping[str, str] = field(default_factory=dict)

    @property
    def tables(self) -> list[TableReading]:
        """The tables of all sheets that are to be stored."""
        return [table for sheet in self.sheets for table in sheet.tables if not table.skipped]


@dataclass(frozen=True)
class Where:
    """A sheet in its file, as the place of issues."""

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
        """Add an issue of this sheet."""
        self.issues.append(Issue(severity, code, self.file, self.sheet, cell, row, column, value, fields))
