"""The canonical tables, declared once, and the typed frames made of them."""

from amdash.schema.frames import EXTRA, SOURCE_COLUMNS, conform, empty_frame, first_month, frame_of, month_column, month_of, months_of
from amdash.schema.tables import TABLES, Field, Kind, Table

__all__ = [
    "EXTRA",
    "SOURCE_COLUMNS",
    "TABLES",
    "Field",
    "Kind",
    "Table",
    "conform",
    "empty_frame",
    "first_month",
    "frame_of",
    "month_column",
    "month_of",
    "months_of",
]
