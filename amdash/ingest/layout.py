"""Finding the table in a sheet: the header under title rows, the data below it, total and note rows set aside."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from amdash.ingest import dates
from amdash.ingest.sheet import Row, Sheet, cell_address
from amdash.ingest.vocabulary import Vocabulary, bracketed, plain

_LOOK_FOR_HEADER_IN = 60
MONTHS_ACROSS = 3
_TOTAL_AROUND = re.compile(r"^(合计|总计|小计|累计|grandtotal|subtotal|total)|(合计|总计|小计)$")


@dataclass(frozen=True)
class Column:
    """``index`` counts from 0 in the sheet; ``units`` is what the header says in brackets."""

    index: int
    header: str
    units: tuple[str, ...] = ()

    @property
    def letter(self) -> str:
        return cell_address(1, self.index)[:-1]


@dataclass
class Grid:
    """A table cut out of its sheet, column by column.

    ``row_numbers``: the sheet row of each record. ``cells[c][i]``: record i of column c. ``moved``: for a column made of
    months across, the sheet column of each record's cell. ``titles``: the texts above the header.
    """

    header_row: int
    columns: list[Column]
    row_numbers: list[int]
    cells: list[list[Any]]
    titles: list[str]
    totals_skipped: int = 0
    notes: list[tuple[int, str]] = field(default_factory=list)
    moved: dict[int, list[int]] = field(default_factory=dict)

    def address(self, column: int, record: int) -> str:
        """The A1 address of a record's cell in the original sheet."""
        places = self.moved.get(column)
        return cell_address(self.row_numbers[record], places[record] if places else self.columns[column].index)


def find_header(sheet: Sheet, vocabulary: Vocabulary, forced: Sequence[str] = ()) -> int | None:
    """The index of the row with the most known header words (at least two), the first of equals; None where there is none."""
    wanted = {plain(word) for word in forced}
    best, best_score = None, 1
    for index, row in enumerate(sheet.rows[:_LOOK_FOR_HEADER_IN]):
        words = {plain(value) for value in row if isinstance(value, str)}
        score = len(words & vocabulary.known) + 2 * len(words & wanted)
        if len(month_columns(row)) >= MONTHS_ACROSS and words & vocabulary.known:
            score += 2
        if score > best_score:
            best, best_score = index, score
    return best


def month_columns(row: Row) -> list[int]:
    """The columns of a header row that name months (1月 ... 12月, 2026-01, Jan)."""
    # The year does not matter for finding them: any will do.
    return [
        index
        for index, value in enumerate(row)
        if value is not None and not isinstance(value, (int, float)) and dates.parse_month(value, 2000) is not None
    ]


def cut_out(sheet: Sheet, header: int, vocabulary: Vocabulary) -> Grid:
    """The table below the header row, without empty, total and note rows, which are counted or kept as notes."""
    row = sheet.rows[header]
    width = max((len(values) for values in sheet.rows[header:]), default=0)
    columns = _columns(row, width, sheet.rows[header + 1 :])
    grid = Grid(header + 1, columns, [], [[] for _ in columns], _titles(sheet.rows[:header]))
    for number, values in enumerate(sheet.rows[header + 1 :], header + 2):
        filled = [value for value in values if value is not None]
        if not filled:
            continue
        if _is_total(filled, vocabulary, len(columns)):
            grid.totals_skipped += 1
        elif len(filled) == 1 and isinstance(filled[0], str) and len(columns) > 2 and dates.parse(filled[0], dates.DateStyle()) is None:
            grid.notes.append((number, filled[0]))
        else:
            grid.row_numbers.append(number)
            for place, column in enumerate(columns):
                grid.cells[place].append(values[column.index] if column.index < len(values) else None)
    return grid


def unpivot(grid: Grid, year: int | None) -> Grid:
    """Months across turned into rows: one record per filled month cell. The last two columns are the month and its value."""
    across = [(place, month) for place, column in enumerate(grid.columns) if (month := dates.parse_month(column.header, year))]
    first, last = grid.columns[across[0][0]], grid.columns[across[-1][0]]
    places = {place for place, _ in across}
    kept = [place for place in range(len(grid.columns)) if place not in places]
    filled = [(record, place, month) for record in range(len(grid.row_numbers)) for place, month in across if grid.cells[place][record] is not None]
    sources = [grid.columns[place].index for _, place, _ in filled]
    units = next((grid.columns[place].units for place, _ in across if grid.columns[place].units), ())
    span = f"{first.header} – {last.header}"
    return Grid(
        header_row=grid.header_row,
        columns=[
            *(grid.columns[place] for place in kept),
            Column(first.index, f"{span} ({first.letter}{grid.header_row})"),
            Column(first.index, span, units),
        ],
        row_numbers=[grid.row_numbers[record] for record, _, _ in filled],
        cells=[
            *([grid.cells[place][record] for record, _, _ in filled] for place in kept),
            [month for _, _, month in filled],
            [grid.cells[place][record] for record, place, _ in filled],
        ],
        titles=grid.titles,
        totals_skipped=grid.totals_skipped,
        notes=grid.notes,
        moved={len(kept): sources, len(kept) + 1: sources},
    )


def _columns(row: Row, width: int, below: list[Row]) -> list[Column]:
    columns: list[Column] = []
    seen: set[str] = set()
    for index in range(width):
        value = row[index] if index < len(row) else None
        if value is None and not any(index < len(values) and values[index] is not None for values in below):
            continue
        letter = cell_address(1, index)[:-1]
        name = letter if value is None else " ".join(_header_text(value).split())
        if name in seen:
            name = f"{name} ({letter})"
        seen.add(name)
        columns.append(Column(index, name, tuple(bracketed(name))))
    return columns


def _header_text(value: Any) -> str:
    # A header row of real dates (2026-01-01 shown as 1月) names months.
    return value.strftime("%Y-%m") if hasattr(value, "strftime") else str(value)


def _titles(rows: list[Row]) -> list[str]:
    return [str(value) for row in rows for value in row if value is not None]


def _is_total(filled: list[Any], vocabulary: Vocabulary, width: int) -> bool:
    words = [plain(value) for value in filled[:4] if isinstance(value, str)]
    named = [word for word in words if word in vocabulary.totals]
    # Total Wine and a product called Sum are names: a row with a date is a total only where the word stands first, or in Chinese.
    if named and (named[0] == words[0] or not named[0].isascii() or not _dated(filled)):
        return True
    if words and words[0] in vocabulary.averages and filled[0] == next(value for value in filled if isinstance(value, str)):
        return len(filled) > 1 and not any(isinstance(value, str | dt.date) for value in filled[1:])
    around = words[0] if words else ""
    return len(filled) < width and len(around) <= 16 and bool(_TOTAL_AROUND.search(around)) and (not around.isascii() or not _dated(filled))


def _dated(filled: list[Any]) -> bool:
    return any(isinstance(value, dt.date) or (isinstance(value, str) and dates.parse(value, dates.DateStyle()) is not None) for value in filled[:8])
