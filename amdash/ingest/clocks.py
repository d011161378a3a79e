"""A time of day in a column of its own, beside the date that it belongs to."""

from __future__ import annotations

import datetime as dt
from typing import Any

from amdash.ingest import date_order, dates, durations
from amdash.ingest.context import Context
from amdash.ingest.layout import Grid
from amdash.ingest.match import Match
from amdash.ingest.reading import Where
from amdash.ingest.vocabulary import plain

_MIN_TIMES = 0.9


def join(grid: Grid, found: Match, taken: set[int], context: Context, where: Where) -> None:
    """Make moments of the dates that place a record in time, where the column right of them, which no field took, holds its clock.

    ``taken``: the columns that fields have. Nothing happens where the dates carry a time already, and what was joined is noted.
    """
    name = found.table.dated_by
    if name is None or found.table.field(name).kind != "datetime":
        return
    place = found.fields[name]
    beside = place + 1
    if beside >= len(grid.columns) or beside in taken or plain(grid.columns[beside].header) not in context.vocabulary.clocks:
        return
    style = date_order.style_of(grid.cells[place], context.year, month=context.month)
    days = [dates.parse(value, style) for value in grid.cells[place]]
    if any(day and day.time() != dt.time() for day in days) or not _are_times(grid.cells[beside]):
        return
    joined = durations.join_time(days, grid.cells[beside])
    grid.cells[place] = [value if moment is None else moment for value, moment in zip(grid.cells[place], joined, strict=True)]
    where.note("info", "time_joined", column=grid.columns[beside].header, other=grid.columns[place].header)


def _are_times(cells: list[Any]) -> bool:
    filled = [value for value in cells if value is not None]
    return bool(filled) and sum(durations.parse_time(value) is not None for value in filled) >= _MIN_TIMES * len(filled)
