"""Sheets with months across: one record per row and month, whatever the months measure."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from amdash.ingest import months
from amdash.ingest.layout import Column, Grid
from amdash.ingest.vocabulary import Vocabulary, plain

_MEASURES = "summary"


@dataclass(frozen=True)
class Across:
    """The columns that stand for months. ``places``: measure ('' where nothing names it) -> period -> column of the grid."""

    places: dict[str, dict[str, int]]

    @property
    def all(self) -> set[int]:
        return {place for by_period in self.places.values() for place in by_period.values()}


def find(grid: Grid, year: int | None, least: int) -> Across | None:
    """The months across of a table: in the header, above its measures, or below them; None for fewer than ``least`` of them.

    Quarters beside months are sums of them and left alone; so are years.
    """
    places: dict[str, dict[str, int]] = {}
    for place, column in enumerate(grid.columns):
        # Told apart from the same word under another label, the header begins with its label.
        header = column.header.removeprefix(f"{column.label} ") if column.label else column.header
        own, above = months.period_of(header, year), months.period_of(column.label, year) if column.label else None
        if own is None and above is None:
            continue
        measure = column.label if own is not None else header
        places.setdefault(measure if above is None or own is None else "", {}).setdefault(own or above or "", place)
    monthly = {period for by_period in places.values() for period in by_period if "Q" not in period}
    if monthly:
        places = {name: {period: place for period, place in found.items() if "Q" not in period} for name, found in places.items()}
    periods = {period for by_period in places.values() for period in by_period}
    enough = 2 if periods and (not monthly or len(places) > 1) else least
    return Across({name: found for name, found in places.items() if found}) if len(periods) >= enough else None


def names_months(grid: Grid) -> bool:
    """Whether the header names months that lack nothing but a year."""
    return find(grid, 2000, 3) is not None


def unpivot(grid: Grid, across: Across) -> Grid:
    """One record per row and month with at least one filled cell; last come a column of the months and one for each measure."""
    taken = across.all
    kept = [place for place in range(len(grid.columns)) if place not in taken]
    periods = list(dict.fromkeys(period for found in across.places.values() for period in found))
    filled = [
        (record, period)
        for record in range(len(grid.row_numbers))
        for period in periods
        if any(period in found and grid.cells[found[period]][record] is not None for found in across.places.values())
    ]
    first = {period: next(found[period] for found in across.places.values() if period in found) for period in periods}
    columns = [grid.columns[place] for place in kept]
    cells: list[list[Any]] = [[grid.cells[place][record] for record, _ in filled] for place in kept]
    moved = {len(kept): [grid.columns[first[period]].index for _, period in filled]}
    begin, end = grid.columns[first[periods[0]]], grid.columns[first[periods[-1]]]
    span = f"{begin.label if begin.label else begin.header} – {end.label if end.label else end.header}"
    columns.append(Column(begin.index, f"{span} ({begin.letter}{grid.header_row})"))
    cells.append([period for _, period in filled])
    for measure, found in across.places.items():
        sample = grid.columns[next(iter(found.values()))]
        units = next((grid.columns[place].units for place in found.values() if grid.columns[place].units), ())
        moved[len(columns)] = [grid.columns[found.get(period, first[period])].index for _, period in filled]
        columns.append(Column(sample.index, measure or span, units))
        cells.append([grid.cells[found[period]][record] if period in found else None for record, period in filled])
    records: dict[int, list[int]] = {}
    for position, (record, _) in enumerate(filled):
        records.setdefault(record, []).append(position)
    down = {
        kept.index(place): {new: value for record, value in by_record.items() for new in records.get(record, ())}
        for place, by_record in grid.merged_down.items()
        if place in kept
    }
    said = {word: {min(records.get(record, [0]), default=0): value for record, value in starts.items()} for word, starts in grid.said.items()}
    return replace(
        grid, columns=columns, row_numbers=[grid.row_numbers[record] for record, _ in filled], cells=cells, moved=moved, merged_down=down, said=said
    )


def measure_of(vocabulary: Vocabulary, *texts: str) -> str | None:
    """The field of the monthly summary that the texts speak of: the longest word that the first text with any contains."""
    for text in texts:
        bare = plain(text)
        found = [
            (len(word), -rank, field)
            for (table, field), words in vocabulary.columns.items()
            if table == _MEASURES and field not in ("period", "manager", "employee_no", "team")
            for word, rank in words.items()
            if len(word) > 1 and word in bare
        ]
        if found:
            return max(found)[2]
    return None
