"""Labels that are written once and meant for the rows below them, and lines that speak of every record."""

from __future__ import annotations

from collections.abc import Mapping

from amdash.ingest.coerce import text_of
from amdash.ingest.decisions import Decided
from amdash.ingest.layout import Column, Grid, said_columns
from amdash.ingest.match import Match
from amdash.ingest.reading import Question, Where

_LABELS = frozenset({"name", "date", "datetime", "period", "status"})
_WRITTEN_ONCE = frozenset({"manager", "team", "region", "name", "date", "period"})
_MIN_EMPTY = 0.5


def add_said(grid: Grid) -> None:
    """Give the grid a column for every word that a line says of the records below it, where no column is called that already."""
    headers = {column.header for column in grid.columns}
    for word, values in said_columns(grid).items():
        if word not in headers and any(value is not None for value in values):
            grid.columns.append(Column(grid.columns[0].index, word, said=True))
            grid.cells.append(list(values))


def fill_down(grid: Grid, found: Match, decided: Decided, where: Where) -> list[Question]:
    """Give the rows below a label its value: where cells are merged, and where a leading column is filled only where it changes.

    Amounts are never repeated. Returns what a person should confirm; what was filled is noted.
    """
    questions = []
    # Told before anything is filled: under 华东, the labels of its teams begin anew.
    leading = _leading(grid)
    for name, place in sorted(found.fields.items(), key=lambda item: item[1]):
        column, wish = grid.columns[place], decided.values.get(place, {}).get("fill")
        merged = grid.merged_down.get(place, {})
        if found.table.field(name).kind not in _LABELS or wish == "never":
            continue
        if merged:
            _fill(grid, place, merged)
            where.note("info", "filled_merged", column=column.header, n=len(merged))
            continue
        below = _written_once(grid, place, leading) if name in _WRITTEN_ONCE and (wish == "down" or place < leading) else {}
        if not below:
            continue
        first = min(below)
        where.note("warning", "filled_down", cell=grid.address(place, first), column=column.header, n=len(below), value=text_of(below[first]))
        if wish is None:
            choices = (f"{column.header}=fill:down", f"{column.header}=fill:never")
            questions.append(Question("ask_fill", where.sheet, choices, choices[0], {"column": column.header, "n": len(below)}))
        _fill(grid, place, below)
    return questions


def _fill(grid: Grid, place: int, values: Mapping[int, object]) -> None:
    column = list(grid.cells[place])
    for record, value in values.items():
        column[record] = value
    grid.cells[place] = column
    grid.filled[place] = dict(values)


def _leading(grid: Grid) -> int:
    """How many columns from the first on hold labels that are written once: elsewhere an empty cell means none."""
    return next((place for place, cells in enumerate(grid.cells) if not _is_label(cells)), len(grid.cells))


def _is_label(cells: list[object]) -> bool:
    """At least two different values, none of which comes back, above empty cells."""
    filled = [str(value) for value in cells if value is not None]
    return len(filled) > 1 and len(set(filled)) == len(filled) and len(cells) - len(filled) >= _MIN_EMPTY * len(cells)


def _written_once(grid: Grid, place: int, leading: int) -> dict[int, object]:
    """Record -> the value above it, for a column whose values never stand twice in a row; empty where one does.

    What stands above a total row does not reach below it, unless a label further right goes on there: 华东 above 李明, a subtotal, 王芳.
    """
    cells = grid.cells[place]
    breaks = {total.upto for total in grid.totals}
    filled: dict[int, object] = {}
    current = last = None
    for record, value in enumerate(cells):
        if record in breaks and all(grid.cells[other][record] is None for other in range(place + 1, leading)):
            current = None
        if value is None:
            if current is not None:
                filled[record] = current
        elif value == last:
            return {}
        else:
            current = last = value
    return filled if cells and cells[0] is not None else {}
