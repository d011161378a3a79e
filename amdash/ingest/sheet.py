"""What a reader hands on: a sheet of plain values, where its cells are merged and hidden, and the cells that hold an error."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

Row = list[Any]


@dataclass(frozen=True)
class CellError:
    """A cell without a value: an error of the spreadsheet program ('#N/A', '#DIV/0!'), or a formula that was never calculated.

    ``text`` is what stands there; ``uncalculated``: it is a formula whose result was not saved with the file.
    """

    text: str
    uncalculated: bool = False

    def __str__(self) -> str:
        return self.text


@dataclass(frozen=True)
class Merge:
    """A merged range, rows from 1 and columns from 0, both ends included; its value stands in the first cell."""

    first_row: int
    first_column: int
    last_row: int
    last_column: int


@dataclass(frozen=True)
class Sheet:
    """``rows[0]`` is row 1 of the sheet and ``rows[0][0]`` is cell A1; an empty cell is None, one with an error a CellError.

    ``hidden``: the sheet is hidden in the workbook. ``hidden_rows``: rows (from 1) that are hidden or filtered away.
    ``encoding``: how a text file was decoded, None for a workbook.
    """

    name: str
    rows: list[Row]
    hidden: bool = False
    encoding: str | None = None
    merged: tuple[Merge, ...] = ()
    hidden_rows: frozenset[int] = frozenset()


def cell_address(row: int, column: int) -> str:
    """'D18' for row 18 and column 3 (columns count from 0, rows from 1)."""
    letters = ""
    column += 1
    while column:
        column, digit = divmod(column - 1, 26)
        letters = chr(65 + digit) + letters
    return f"{letters}{row}"
