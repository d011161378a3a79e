"""A table cut out of its sheet: its columns under one header row or two, its records, and the rows that are none."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from amdash.ingest import dates, months
from amdash.ingest.regions import Region
from amdash.ingest.sheet import Merge, Row, Sheet, cell_address
from amdash.ingest.totals import TotalRow, of_days, total_kind
from amdash.ingest.vocabulary import Vocabulary, bracketed, plain

_SAID_OF_ALL = re.compile(r"^\s*([^：:]{1,12})[：:]\s*(\S.{0,60}?)\s*$")


@dataclass(frozen=True)
class Column:
    """``index`` counts from 0 in the sheet; ``units`` is what the header says in brackets; ``label``: what stands above a group of columns;
    ``said``: no column of the sheet, but what one line says of the records below it.
    """

    index: int
    header: str
    units: tuple[str, ...] = ()
    label: str = ""
    said: bool = False

    @property
    def letter(self) -> str:
        return cell_address(1, self.index)[:-1]


@dataclass
class Grid:
    """A table cut out of its sheet, column by column.

    ``row_numbers``: the sheet row of each record. ``cells[c][i]``: record i of column c. ``moved``: for a column made of
    months across, the sheet column of each record's cell. ``titles``: the texts above the header.
    ``merged_down``: column -> record -> what the merged cell says that covers it. ``said``: words that one line says of the
    records below it ('客户经理：李明'): word -> value by record. ``filled``: column -> record -> what a label above was taken to mean for it.
    """

    header_row: int
    columns: list[Column]
    row_numbers: list[int]
    cells: list[list[Any]]
    titles: list[str]
    totals: list[TotalRow] = field(default_factory=list)
    notes: list[tuple[int, str]] = field(default_factory=list)
    moved: dict[int, list[int]] = field(default_factory=dict)
    merged_down: dict[int, dict[int, Any]] = field(default_factory=dict)
    said: dict[str, dict[int, Any]] = field(default_factory=dict)
    filled: dict[int, dict[int, Any]] = field(default_factory=dict)
    repeated_headers: int = 0
    hidden: int = 0
    region: Region | None = None

    @property
    def totals_skipped(self) -> int:
        return len(self.totals)

    def address(self, column: int, record: int) -> str:
        """The A1 address of a record's cell in the original sheet."""
        places = self.moved.get(column)
        return cell_address(self.row_numbers[record], places[record] if places else self.columns[column].index)


def cut_out(sheet: Sheet, region: Region, vocabulary: Vocabulary) -> Grid:
    """The table of a region, without empty, total and note rows, which are kept beside it."""
    below = range(region.header + 1, min(region.stop, len(sheet.rows)))
    columns = _columns(sheet, region, below)
    titles = _titles(sheet, region)
    if region.labels is not None:
        titles += [column.label for column in columns if column.label]
    grid = Grid(region.header + 1, columns, [], [[] for _ in columns], titles, region=region)
    for word, value in _said(titles, vocabulary):
        grid.said[word] = {0: value}
    _fill(grid, sheet, below, vocabulary)
    grid.hidden = sum(number in sheet.hidden_rows for number in grid.row_numbers)
    _merged_down(grid, sheet.merged)
    return grid


def _titles(sheet: Sheet, region: Region) -> list[str]:
    """The texts above the header: those over its own columns, and those that stand alone in their row where it has none of its own."""
    above = range(region.top, region.begins)
    own = {index: _filled(sheet.rows[index][region.first : region.last + 1]) for index in above}
    over = {one.first_row - 1 for one in sheet.merged if one.first_row - 1 in own and one.first_column < region.first <= one.last_column}
    alone = not any(own.values())
    texts = []
    for index in above:
        everything = _filled(sheet.rows[index])
        texts += own[index] or (everything if len(everything) == 1 and (alone or index in over) else [])
    return [str(value) for value in texts]


def _filled(cells: Row) -> list[Any]:
    return [value for value in cells if value is not None]


def _fill(grid: Grid, sheet: Sheet, below: range, vocabulary: Vocabulary) -> None:
    places = [column.index for column in grid.columns]
    heads = [[_at(sheet.rows[index], place) for place in places] for index in _header_rows(grid)]
    covered = _covered(sheet.merged, grid)
    days = [vocabulary.names_days(column.header) for column in grid.columns]
    since = 0
    for index in below:
        row = sheet.rows[index]
        cells = [row[place] if place < len(row) else None for place in places]
        filled = _filled(cells)
        if not filled:
            continue
        # Before totals are looked for: a header may well contain the word Total.
        if cells in heads:
            grid.repeated_headers += cells == heads[-1]
            continue
        kind = total_kind(filled, vocabulary, len(places), of_days=of_days(cells, days))
        if kind:
            grid.totals.append(TotalRow(index + 1, kind, cells, since, len(grid.row_numbers)))
            since = len(grid.row_numbers)
        elif index not in covered and _is_note(filled, len(places)):
            spoken = dict(_said([filled[0]], vocabulary))
            grid.notes += [] if spoken else [(index + 1, filled[0])]
            for word, text in spoken.items():
                grid.said.setdefault(word, {})[len(grid.row_numbers)] = text
        else:
            grid.row_numbers.append(index + 1)
            for column, value in zip(grid.cells, cells, strict=True):
                column.append(value)


def _is_note(filled: Row, width: int) -> bool:
    if len(filled) != 1 or not isinstance(filled[0], str) or dates.parse(filled[0], dates.DateStyle()) is not None:
        return False
    # Of two columns one may well be empty; 制表：张三 is a note there too.
    return width > 2 or bool(_SAID_OF_ALL.match(filled[0]))


def _covered(merged: tuple[Merge, ...], grid: Grid) -> set[int]:
    """The indexes of the rows that a cell merged from above reaches into: they are records, however little stands in them."""
    places = {column.index for column in grid.columns}
    down = (one for one in merged if one.first_column in places and one.first_row > grid.header_row)
    return {index for one in down for index in range(one.first_row, one.last_row)}


def _header_rows(grid: Grid) -> range:
    """The indexes of the header's rows, that of the group labels first."""
    begins = grid.header_row - 1 if grid.region is None else grid.region.begins
    return range(begins, grid.header_row)


def _said(texts: list[str], vocabulary: Vocabulary) -> Iterator[tuple[str, str]]:
    """(word, value) of the lines that say something of the whole table: '客户经理：李明'."""
    for text in texts:
        found = _SAID_OF_ALL.match(text)
        # 单位 is also a word for a customer, but 单位：万元 names the unit of the figures.
        if found and vocabulary.knows(plain(found[1])) and plain(found[2]) not in vocabulary.units["money"]:
            yield found[1].strip(), found[2]


def said_columns(grid: Grid) -> Mapping[str, list[Any]]:
    """Every word that a line said of the records below it, as a column: each value holds until the next line."""
    result = {}
    for word, starts in grid.said.items():
        value: Any = None
        column: list[Any] = []
        for record in range(len(grid.row_numbers)):
            value = starts.get(record, value)
            column.append(value)
        result[word] = column
    return result


def _merged_down(grid: Grid, merged: tuple[Merge, ...]) -> None:
    by_row = {number: record for record, number in enumerate(grid.row_numbers)}
    by_index = {column.index: place for place, column in enumerate(grid.columns)}
    for one in merged:
        place, first = by_index.get(one.first_column), by_row.get(one.first_row)
        if place is None or first is None or one.last_row == one.first_row:
            continue
        value = grid.cells[place][first]
        for number in range(one.first_row + 1, one.last_row + 1):
            if value is not None and number in by_row and grid.cells[place][by_row[number]] is None:
                grid.merged_down.setdefault(place, {})[by_row[number]] = value


def _columns(sheet: Sheet, region: Region, below: range) -> list[Column]:
    header = sheet.rows[region.header]
    above = sheet.rows[region.labels] if region.labels is not None else []
    labels = _labels(sheet, region) if region.labels is not None else {}
    used = {place for index in below for place, value in enumerate(sheet.rows[index]) if value is not None}
    columns: list[Column] = []
    seen: set[str] = set()
    for index in range(region.first, region.last + 1):
        word, label = _at(header, index), labels.get(index)
        if word is None:
            word, label = (None if label is not None and index not in used else _at(above, index)), None
        if word is None and index not in used:
            continue
        letter = cell_address(1, index)[:-1]
        name = letter if word is None else " ".join(months.text_of(word).split())
        text = "" if label is None else " ".join(months.text_of(label).split())
        units = tuple(bracketed(name)) or tuple(bracketed(text))
        if name in seen and text:
            name = f"{text} {name}"
        if name in seen:
            name = f"{name} ({letter})"
        seen.add(name)
        columns.append(Column(index, name, units, text))
    return columns


def _labels(sheet: Sheet, region: Region) -> dict[int, Any]:
    """Column -> the label that stands above it: that of its merged cell, else the last one to its left."""
    row = sheet.rows[region.labels or 0]
    header = sheet.rows[region.header]
    found: dict[int, Any] = {}
    current = None
    for index in range(region.first, region.last + 1):
        value = _at(row, index)
        if value is not None:
            current = value
        elif _at(header, index) is None:
            current = None
        if current is not None and _at(header, index) is not None:
            found[index] = current
    for one in sheet.merged:
        if one.first_row == (region.labels or 0) + 1 and region.first <= one.first_column:
            # What a merged cell covers is known, so what stands right of it has no label.
            end = next((place for place in range(one.last_column + 1, region.last + 1) if _at(row, place) is not None), region.last + 1)
            for index in range(one.last_column + 1, end):
                found.pop(index, None)
    return found


def _at(row: Row, index: int) -> Any:
    return row[index] if index < len(row) else None
