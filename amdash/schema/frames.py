"""Typed pandas frames of the canonical tables."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from amdash.schema.tables import Kind, Table

# Columns that no field took are kept with their rows under this mark, as texts.
EXTRA = "extra:"
# Where a fact came from: every row can be led back to its cell in the original file.
SOURCE_COLUMNS: dict[str, str] = {"source_file": "str", "source_sheet": "str", "source_row": "int64"}

_DTYPE: dict[Kind, str] = {
    "name": "str",
    "text": "str",
    "status": "str",
    "period": "str",
    "date": "datetime64[us]",
    "datetime": "datetime64[us]",
    "money": "float64",
    "number": "float64",
    "count": "Int64",
    "hours": "float64",
    "percent": "float64",
    "score": "float64",
    "flag": "boolean",
}


def dtypes(table: Table) -> dict[str, str]:
    """Column -> dtype, the source columns last."""
    return {field.name: _DTYPE[field.kind] for field in table.fields} | SOURCE_COLUMNS


def frame_of(table: Table, columns: Mapping[str, Sequence[Any]], rows: int) -> pd.DataFrame:
    """A frame of ``rows`` rows with every column of the table; a field not in ``columns`` is all missing."""
    series = {}
    for name, dtype in dtypes(table).items():
        values = columns[name] if name in columns else [None] * rows
        series[name] = pd.Series(values, dtype=dtype)
    return pd.DataFrame(series)


def empty_frame(table: Table) -> pd.DataFrame:
    """No rows, every column, the right types."""
    return frame_of(table, {}, 0)


def conform(table: Table, frame: pd.DataFrame) -> pd.DataFrame:
    """The frame with exactly the table's columns: facts stored before a field was known have it missing, and what no field took is left behind."""
    wanted = dtypes(table)
    if list(frame.columns) == list(wanted):
        return frame
    missing = {name: pd.Series([None] * len(frame), index=frame.index, dtype=dtype) for name, dtype in wanted.items() if name not in frame}
    return frame.assign(**missing)[list(wanted)]


def month_of(value: object) -> str | None:
    """'YYYY-MM' of a date, a timestamp or a month text; None for a missing value."""
    if value is None or value is pd.NaT or value != value:
        return None
    return str(value)[:7]


def first_month(period: str) -> str:
    """The month in which a period begins: '2026-07' for '2026-Q3', '2026-01' for '2026', a month for itself."""
    year, _, part = period.partition("-")
    return f"{year}-{int(part[1]) * 3 - 2:02d}" if part.startswith("Q") else period if part else f"{year}-01"


def months_of(period: str) -> list[str]:
    """The months of a period: three of a quarter, twelve of a year, a month itself."""
    year, _, part = period.partition("-")
    if part and not part.startswith("Q"):
        return [period]
    first, length = (int(part[1]) * 3 - 2, 3) if part else (1, 12)
    return [f"{year}-{month:02d}" for month in range(first, first + length)]


def month_column(table: Table, frame: pd.DataFrame) -> pd.Series:
    """The slot month of each row ('YYYY-MM'), '' where the table or the row has no month."""
    if table.dated_by is None:
        return pd.Series([""] * len(frame), index=frame.index, dtype="str")
    dated = frame[table.dated_by]
    months: pd.Series = dated.map(first_month, na_action="ignore") if table.field(table.dated_by).kind == "period" else dated.dt.strftime("%Y-%m")
    return months.fillna("")
