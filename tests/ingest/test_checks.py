"""Row rules: what is let in, and for what is not, which cell is at fault and why."""

from __future__ import annotations

import copy
import datetime as dt
from typing import Any

import pytest

from amdash.i18n.wording import WORDING
from amdash.ingest.checks import SEVERITY, Fault, row_faults
from amdash.ingest.preview import read_file
from amdash.schema import TABLES

TODAY = dt.date(2026, 11, 24)
DAY = dt.datetime(2026, 10, 5)
# A record of each table that breaks no rule, with its required fields alone.
SOUND: dict[str, dict[str, Any]] = {
    "managers": {"name": "李明"},
    "customers": {"customer": "甲"},
    "sales": {"date": DAY, "amount": 5.0},
    "returns": {"order_no": "A1"},
    "products": {"product": "GTX Pro"},
    "targets": {"period": "2026-10", "value": 5.0},
    "summary": {"period": "2026-10", "manager": "李明"},
    "tickets": {"opened_at": DAY},
    "complaints": {"received_on": DAY},
    "surveys": {"date": DAY, "score": 4.0, "scale": 5.0},
    "staff_surveys": {"date": DAY, "score": 4.0, "scale": 5.0},
    "feedback": {"date": DAY, "manager": "李明", "content": "好"},
}


def faults(table: str, *records: dict[str, Any]) -> list[tuple[int, str, str]]:
    """(record, field, code) of every fault, each record being a sound one with changes."""
    rows = [SOUND[table] | record for record in records]
    names = {name for row in rows for name in row}
    values = {name: [row.get(name) for row in rows] for name in names}
    before = copy.deepcopy(values)
    found = sorted((fault.record, fault.field, fault.code) for fault in row_faults(TABLES[table], values, len(rows), TODAY))
    assert values == before
    return found


def days(number: int) -> dt.datetime:
    return DAY + dt.timedelta(days=number)


@pytest.mark.parametrize("table", TABLES)
def test_a_sound_record_breaks_no_rule(table: str) -> None:
    assert faults(table, {}, {}) == []
    assert list(row_faults(TABLES[table], {name: [] for name in SOUND[table]}, 0, TODAY)) == []


@pytest.mark.parametrize(("table", "field"), [(table.name, name) for table in TABLES.values() for name in table.required])
def test_a_required_cell_must_be_filled(table: str, field: str) -> None:
    assert faults(table, {}, {field: None}, {}) == [(1, field, "value_required")]


def test_every_missing_cell_is_a_fault_of_its_own() -> None:
    assert faults("feedback", {"date": None, "content": None}, {"manager": None}) == [
        (0, "content", "value_required"),
        (0, "date", "value_required"),
        (1, "manager", "value_required"),
    ]


@pytest.mark.parametrize(
    ("status", "amount", "date"), [(None, True, True), ("won", True, True), ("open", False, False), ("lost", False, True), ("cancelled", False, True)]
)
def test_what_a_deal_must_have_depends_on_how_it_stands(status: str | None, amount: bool, date: bool) -> None:
    assert faults("sales", {"status": status, "amount": None}) == ([(0, "amount", "value_required")] if amount else [])
    assert faults("sales", {"status": status, "date": None}) == ([(0, "date", "value_required")] if date else [])


def test_each_deal_is_judged_by_its_own_status() -> None:
    assert faults("sales", {"status": "lost", "amount": None}, {"status": "won", "amount": None}, {"amount": None}) == [
        (1, "amount", "value_required"),
        (2, "amount", "value_required"),
    ]


def test_the_status_of_other_tables_excuses_nothing() -> None:
    assert faults("tickets", {"status": "open", "opened_at": None}) == [(0, "opened_at", "value_required")]
    assert faults("complaints", {"status": "open", "received_on": None}) == [(0, "received_on", "value_required")]


@pytest.mark.parametrize(
    ("table", "field"),
    [
        ("sales", "date"),
        ("tickets", "opened_at"),
        ("complaints", "received_on"),
        ("surveys", "date"),
        ("staff_surveys", "date"),
        ("feedback", "date"),
    ],
)
def test_nothing_has_happened_in_the_future(table: str, field: str) -> None:
    late_today, tomorrow = dt.datetime(2026, 11, 24, 23, 59), dt.datetime(2026, 11, 25)
    assert faults(table, {field: late_today}, {field: tomorrow}, {}) == [(1, field, "date_in_future")]


def test_plans_and_lists_may_speak_of_the_future() -> None:
    ahead = dt.datetime(2030, 1, 1)
    assert faults("targets", {"period": "2030-01"}) == []
    assert faults("managers", {"hired_on": ahead}) == []
    assert faults("customers", {"since": ahead}) == []
    assert faults("feedback", {"due_on": ahead}) == []


@pytest.mark.parametrize(
    ("table", "earlier", "later", "code"),
    [
        ("tickets", "opened_at", "first_response_at", "response_before_opening"),
        ("tickets", "opened_at", "resolved_at", "resolution_before_opening"),
        ("complaints", "received_on", "resolved_on", "resolution_before_opening"),
        ("managers", "hired_on", "left_on", "left_before_hired"),
    ],
)
def test_nothing_ends_before_it_begins(table: str, earlier: str, later: str, code: str) -> None:
    assert faults(table, {earlier: DAY, later: days(-1)}) == [(0, later, code)]
    assert faults(table, {earlier: DAY, later: DAY}, {earlier: DAY, later: days(1)}, {earlier: DAY, later: None}) == []
    second = dt.timedelta(seconds=1)
    assert faults(table, {earlier: DAY, later: DAY + second}, {earlier: DAY, later: DAY - second}) == [(1, later, code)]


def test_a_beginning_that_is_not_known_is_before_everything() -> None:
    assert faults("managers", {"hired_on": None, "left_on": DAY}) == []
    assert faults("tickets", {"opened_at": None, "resolved_at": DAY}) == [(0, "opened_at", "value_required")]


def test_other_tables_may_be_in_any_order() -> None:
    assert faults("sales", {"date": DAY, "opened_on": days(5)}) == []
    assert faults("feedback", {"date": DAY, "due_on": days(-5)}) == []


@pytest.mark.parametrize("field", ["response_hours", "resolution_hours"])
def test_no_ticket_takes_less_than_no_time(field: str) -> None:
    assert faults("tickets", {field: 0.0}, {field: -0.5}, {field: None}, {field: 5.0}) == [(1, field, "value_negative")]


def test_a_refund_may_be_negative() -> None:
    assert faults("sales", {"amount": -5.0, "quantity": -1.0}) == []


@pytest.mark.parametrize(
    ("table", "field"),
    [("surveys", name) for name in ("score", "product_quality", "service_attitude", "communication", "needs_met")] + [("staff_surveys", "score")],
)
def test_a_score_lies_between_nought_and_its_scale(table: str, field: str) -> None:
    assert faults(table, {field: 0.0}, {field: 5.0}) == []
    assert faults(table, {field: 5.5}, {field: -1.0}) == [(0, field, "score_beyond_scale"), (1, field, "value_negative")]
    # Each against the scale beside it, and against none where none is known.
    assert faults(table, {field: 7.0, "scale": 10.0}, {field: 7.0, "scale": None}, {field: -7.0, "scale": None}) == [(2, field, "value_negative")]


def test_a_missing_score_is_missing_and_not_beyond() -> None:
    assert faults("surveys", {"score": None}, {"product_quality": None}) == [(0, "score", "value_required")]


def test_a_rating_in_the_feedback_log_has_no_scale() -> None:
    assert faults("feedback", {"rating": 95.0}) == []


def test_the_likelihood_to_recommend_has_a_scale_of_its_own(xlsx) -> None:
    rows = [["调查日期", "满意度", "推荐意愿"], ["2026-10-01", 5, 9], ["2026-10-02", 4, 3]]
    (sheet,) = read_file("调查.xlsx", xlsx({"满意度调查": rows}), TODAY).sheets
    assert (sheet.tables[0].accepted, sheet.tables[0].refused) == (2, 0)
    assert sheet.tables[0].frame["likelihood"].tolist() == [9, 3]


def test_several_rules_may_be_broken_at_once() -> None:
    record = {"opened_at": dt.datetime(2026, 12, 1), "first_response_at": DAY, "resolved_at": DAY, "response_hours": -1.0}
    assert faults("tickets", record) == [
        (0, "first_response_at", "response_before_opening"),
        (0, "opened_at", "date_in_future"),
        (0, "resolved_at", "resolution_before_opening"),
        (0, "response_hours", "value_negative"),
    ]


def test_a_fault_names_record_field_and_reason() -> None:
    (fault,) = row_faults(TABLES["managers"], {"name": [None]}, 1, TODAY)
    assert fault == Fault(record=0, field="name", code="value_required")


def test_an_open_deal_may_close_in_the_future() -> None:
    ahead = dt.datetime(2026, 12, 1)
    assert faults("sales", {"date": ahead, "status": "open"}, {"date": ahead, "status": "won"}) == [(1, "date", "date_in_future")]
    assert faults("tickets", {"opened_at": ahead, "status": "open"}) == [(0, "opened_at", "date_in_future")]


def test_what_is_to_be_resolved_later_is_not_resolved() -> None:
    assert faults("complaints", {"resolved_on": dt.datetime(2026, 11, 25)}, {"resolved_on": dt.datetime(2026, 11, 24)}) == [
        (0, "resolved_on", "resolution_in_future")
    ]


@pytest.mark.parametrize(
    ("part", "whole", "code"),
    [
        ("complaints_resolved", "complaints", "resolved_beyond_complaints"),
        ("satisfied", "responses", "satisfied_beyond_responses"),
        ("tickets_answered", "tickets", "answered_beyond_tickets"),
    ],
)
def test_no_part_is_more_than_its_whole(part: str, whole: str, code: str) -> None:
    assert faults("summary", {part: 3.0, whole: 3.0}, {part: 4.0, whole: 3.0}, {part: 4.0}, {whole: 3.0}) == [(1, part, code)]
    assert faults("summary", {part: -1.0, whole: 3.0}) == [(0, part, "value_negative")]


def test_the_bounds_of_a_summary() -> None:
    assert faults("summary", {"satisfaction_pct": 1.0}, {"satisfaction_pct": 1.01}, {"satisfaction_pct": -0.1}) == [
        (1, "satisfaction_pct", "percent_beyond_whole"),
        (2, "satisfaction_pct", "value_negative"),
    ]
    assert faults("summary", {"response_hours": -1.0}) == [(0, "response_hours", "value_negative")]


def test_nothing_takes_longer_than_a_year() -> None:
    assert faults("tickets", {"response_hours": 8784.0}, {"response_hours": 8784.5}) == [(1, "response_hours", "duration_unlikely")]


def test_a_scale_is_more_than_nought() -> None:
    assert faults("surveys", {"scale": 0.0}, {"scale": -5.0}) == [(0, "scale", "scale_not_positive"), (1, "scale", "scale_not_positive")]


def test_every_reason_has_a_severity_and_a_wording() -> None:
    assert set(SEVERITY) <= set(WORDING)
    assert set(SEVERITY.values()) == {"refused", "warned"}
    assert Fault(0, "date", "date_in_future").severity == "refused"
    assert Fault(0, "satisfied", "satisfied_beyond_responses").severity == "warned"
    assert Fault(0, "amount", "value_not_number").severity == "refused"
