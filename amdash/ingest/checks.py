"""Row rules: which records are accepted, and for every cell that breaks one whether its record is refused or kept without it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from amdash.schema import Table

Values = Mapping[str, list[Any]]
Severity = Literal["refused", "warned"]

# What becomes of the record, by the reason. 'refused': it stays out. 'warned': it is kept without the cell, where the field
# is an optional one; without a required one there is no record. A reason that is not here refuses.
SEVERITY: Mapping[str, Severity] = {
    "value_required": "refused",
    "date_in_future": "refused",
    "response_before_opening": "refused",
    "resolution_before_opening": "refused",
    "score_beyond_scale": "refused",
    "scale_not_positive": "refused",
    "value_negative": "refused",
    "left_before_hired": "warned",
    "resolution_in_future": "warned",
    "duration_unlikely": "warned",
    "percent_beyond_whole": "warned",
    "resolved_beyond_complaints": "warned",
    "satisfied_beyond_responses": "warned",
    "answered_beyond_tickets": "warned",
    # Found while cells are made values.
    "count_not_whole": "warned",
    "value_not_flag": "warned",
    "value_status_unknown": "warned",
    "deal_status_unknown": "warned",
}

# (table, earlier, later, reason): nothing ends before it begins.
_IN_ORDER = (
    ("tickets", "opened_at", "first_response_at", "response_before_opening"),
    ("tickets", "opened_at", "resolved_at", "resolution_before_opening"),
    ("complaints", "received_on", "resolved_on", "resolution_before_opening"),
    ("managers", "hired_on", "left_on", "left_before_hired"),
)
# (table, part, whole, reason): no part is more than its whole.
_WITHIN = (
    ("summary", "complaints_resolved", "complaints", "resolved_beyond_complaints"),
    ("summary", "satisfied", "responses", "satisfied_beyond_responses"),
    ("summary", "tickets_answered", "tickets", "answered_beyond_tickets"),
)
# (table, field, reason): what has not happened yet; the date of the record itself is judged apart.
_NOT_YET = (("tickets", "resolved_at", "resolution_in_future"), ("complaints", "resolved_on", "resolution_in_future"))
# Kind -> (lowest, reason), (highest, reason), both allowed themselves. A year of hours is the longest that anybody waits.
_BOUNDS: Mapping[str, tuple[tuple[float, str], tuple[float, str]]] = {
    "count": ((0.0, "value_negative"), (float("inf"), "")),
    "hours": ((0.0, "value_negative"), (24.0 * 366, "duration_unlikely")),
    "percent": ((0.0, "value_negative"), (1.0, "percent_beyond_whole")),
}
# A deal that is not won needs no amount yet, and an open one has no closing date, or one that is only planned.
_NEEDS_NO_AMOUNT = frozenset({"open", "lost", "cancelled"})
# How likely somebody is to recommend is asked from 0 to 10, whatever the other questions are out of.
_ALWAYS_OUT_OF = {"likelihood": 10.0}


@dataclass(frozen=True)
class Fault:
    """One cell that breaks a rule. ``field`` names the cell, ``code`` the reason."""

    record: int
    field: str
    code: str

    @property
    def severity(self) -> Severity:
        """Whether the record is refused, or kept without the cell."""
        return SEVERITY.get(self.code, "refused")


def row_faults(table: Table, values: Values, records: int, today: dt.date) -> Iterator[Fault]:
    """Every breach of the table's row rules; cells that could not be read at all are faults of coercion, not of these."""
    yield from _missing(table, values, records)
    yield from _future(table, values, today)
    yield from _out_of_bounds(table, values)
    yield from _beyond_scale(table, values)
    for owner, low, high, code in _IN_ORDER:
        if owner == table.name:
            pairs = enumerate(zip(values.get(low, ()), values.get(high, ()), strict=False))
            yield from (Fault(record, high, code) for record, (start, end) in pairs if start is not None and end is not None and end < start)
    for owner, part, whole, code in _WITHIN:
        if owner == table.name:
            pairs = enumerate(zip(values.get(part, ()), values.get(whole, ()), strict=False))
            yield from (Fault(record, part, code) for record, (some, all_of) in pairs if some is not None and all_of is not None and some > all_of)


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
    for owner, name, code in _NOT_YET:
        if owner == table.name:
            yield from (Fault(record, name, code) for record, value in enumerate(values.get(name, ())) if value is not None and value.date() > today)
    if table.dated_by is None or table.field(table.dated_by).kind == "period":
        return
    status = values.get("status", ()) if table.name == "sales" else ()
    for record, value in enumerate(values[table.dated_by]):
        if value is not None and value.date() > today and not (status and status[record] == "open"):
            yield Fault(record, table.dated_by, "date_in_future")


def _out_of_bounds(table: Table, values: Values) -> Iterator[Fault]:
    for field in table.fields:
        if field.kind not in _BOUNDS:
            continue
        (low, too_low), (high, too_high) = _BOUNDS[field.kind]
        for record, value in enumerate(values.get(field.name, ())):
            if value is not None and not low <= value <= high:
                yield Fault(record, field.name, too_low if value < low else too_high)


def _beyond_scale(table: Table, values: Values) -> Iterator[Fault]:
    if "scale" not in table.names or "scale" not in values:
        return
    stated = values["scale"]
    yield from (Fault(record, "scale", "scale_not_positive") for record, scale in enumerate(stated) if scale is not None and scale <= 0)
    for field in table.fields:
        if field.kind == "score" and field.name in values:
            scales = [_ALWAYS_OUT_OF[field.name]] * len(stated) if field.name in _ALWAYS_OUT_OF else stated
            for record, (score, scale) in enumerate(zip(values[field.name], scales, strict=True)):
                if score is not None and score < 0:
                    yield Fault(record, field.name, "value_negative")
                elif score is not None and scale is not None and 0 < scale < score:
                    yield Fault(record, field.name, "score_beyond_scale")
