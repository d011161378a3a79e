"""What an empty cell says: a sheet with a column for the first response says of every ticket whether it was answered."""

from __future__ import annotations

from typing import Any

from amdash.schema import Table

# Table -> flag -> the columns that tell it: filled is yes, empty is no. Without any of them the flag stays unknown.
_TOLD_BY: dict[str, dict[str, tuple[str, ...]]] = {
    "tickets": {"answered": ("first_response_at", "response_hours"), "resolved": ("resolved_at", "resolution_hours")},
    "complaints": {"resolved": ("resolved_on",)},
}


def fill(table: Table, values: dict[str, list[Any]], records: int) -> None:
    """Add the flags that the columns imply; what a cell says of the flag itself comes first."""
    for flag, names in _TOLD_BY.get(table.name, {}).items():
        told = [values[name] for name in names if name in values]
        if told:
            said = values.get(flag, [None] * records)
            values[flag] = [any(column[record] is not None for column in told) if said[record] is None else said[record] for record in range(records)]
