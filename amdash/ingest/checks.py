"""Row rules: which records are accepted, and for every refused one which cell is at fault and why."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from amdash.schema import Table

Values = Mapping[str, list[Any]]
# A deal that is not won needs no amount yet, and an open one has no closing date.
_NEEDS_NO_AMOUNT = frozenset({"open", "lost", "cancelled"})
_ORDERED = {
    "tickets": (("opened_at", "first_response_at", "response_before_opening"), ("opened_at", "resolved_at", "resolution_before_opening")),
    "complaints": (("received_on", "resolved_on", "resolution_before_opening"),),
    "managers": (("hired_on", "left_on", "left_before_hired"),),
}
_NEVER_NEGATIVE = {"tickets": ("response_hours", "resolution_hours")}


@dataclass(frozen=True)
class Fault:
    """One cell that keeps its record out. ``field`` names the cell, ``code`` the reason."""

    record: int
    field: str
    code: str


def row_faults(table: Table, values: Values, records: int, today: dt.date) -> Iterator[Fault]:
    """Every breach of the table's row rules; cells that could not be read at all are faults of coercion, not of these."""
    yield from _missing(table, values, records)
    yield from _future(table, values, today)
    for earlier, later, code in _ORDERED.get(table.name, ()):
        for record, (start, end) in enumerate(zip(values.get(earlier, ()), values.get(later, ()), strict=False)):
            if start is not None and end is not None and end < start:
                yield Fault(record, later, code)
    for name in _NEVER_NEGATIVE.get(table.name, ()):
        yield from (Fault(record, name, "value_negative") for record, value in enumerate(values.get(name, ())) if value is not None and value < 0)
    yield from _beyond_scale(table, values)


def _missing(table: Table, values: Values, records: int) -> Iterator[Fault]:
    status = values.get("status", [None] * records) if table.name == "sales" else [None] * records
    for name in table.required:
        for record, value in enumerate(values[name]):
            if value is not None:
                continue
            if status[record] == "open" or (name == "amount" and status[record] in _NEEDS_NO_AMOUNT):
                continue
            yield Fault(record, name, "value_required")


def _future(table: Table, values: Values, today: dt.date) -> Iterator[Fault]:
    if table.dated_by is None or table.field(table.dated_by).kind == "period":
        return
    for record, value in enumerate(values[table.dated_by]):
        if value is not None and value.date() > today:
            yield Fault(record, table.dated_by, "date_in_future")


def _beyond_scale(table: Table, values: Values) -> Iterator[Fault]:
    if "scale" not in table.names:
        return
    for field in table.fields:
        if field.kind == "score" and field.name in values:
            # How likely somebody is to recommend is asked from 0 to 10, whatever the other questions are out of.
            scales = [10.0] * len(values["scale"]) if field.name == "likelihood" else values["scale"]
            for record, (score, scale) in enumerate(zip(values[field.name], scales, strict=True)):
                if score is not None and score < 0:
                    yield Fault(record, field.name, "value_negative")
                elif score is not None and scale is not None and score > scale:
                    yield Fault(record, field.name, "score_beyond_scale")
