"""A sheet that is being written: cells by place, merged ranges, and what is expected of every table on it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any


@dataclass
class Expected:
    """A table as it must come back.

    ``rows``: the sheet row of each record. ``extras``: header -> cells of columns that no field takes. ``totals``: total rows left out.
    ``sums``: (row, column) of a cell with a sum, counted from 0 -> what would stand there if it were wrong.
    ``cells``: field -> (row, column) of the cell of each record, counted from 0.
    """

    table: str
    values: dict[str, list[Any]]
    rows: list[int] = field(default_factory=list)
    header_row: int = 0
    cells: dict[str, list[tuple[int, int]]] = field(default_factory=dict)
    extras: dict[str, list[Any]] = field(default_factory=dict)
    totals: int = 0
    sums: dict[tuple[int, int], Any] = field(default_factory=dict)


@dataclass
class Canvas:
    """``cells``: (row, column) from 0 -> value. ``merges``: (first row, first column, last row, last column), ends included.

    ``open``: runs of labels that are still being written; ``labels``: merges that alone tell the labels of rows.
    """

    name: str
    cells: dict[tuple[int, int], Any] = field(default_factory=dict)
    merges: list[tuple[int, int, int, int]] = field(default_factory=list)
    expected: list[Expected] = field(default_factory=list)
    open: list[tuple[int, int, int]] = field(default_factory=list)
    labels: list[tuple[int, int, int, int]] = field(default_factory=list)

    def put(self, row: int, column: int, value: Any) -> None:
        if value is not None:
            self.cells[row, column] = value

    def merge(self, row: int, column: int, last_row: int, last_column: int) -> None:
        if (row, column) != (last_row, last_column):
            self.merges.append((row, column, last_row, last_column))

    def __repr__(self) -> str:
        lines = [f"{number}: {row}" for number, row in enumerate(self.rows(), 1)]
        return "\n".join(["", f"sheet {self.name!r}, merged {self.merges}", *lines])

    def close(self, merge: tuple[int, int, int]) -> bool:
        """Merge a run of cells of one column, given as (first row, column, last row); always False, so that it filters out."""
        row, column, last_row = merge
        self.merge(row, column, last_row, column)
        self.labels += [(row, column, last_row, column)] if last_row > row else []
        return False

    def rows(self) -> list[list[Any]]:
        height = max(row for row, _ in self.cells) + 1
        width = max(column for _, column in self.cells) + 1
        return [[self.cells.get((row, column)) for column in range(width)] for row in range(height)]


def address(row: int, column: int) -> str:
    """A1 of a cell counted from 0, for the few columns that are written here."""
    letters = chr(65 + column) if column < 26 else chr(64 + column // 26) + chr(65 + column % 26)
    return f"{letters}{row + 1}"
