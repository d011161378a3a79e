"""Notes, contacts and tags: written, refused, taken back, and the next step that still stands."""

from __future__ import annotations

import datetime as dt

import pytest

from amdash.service import customer_notes
from amdash.service.workspace import Workspace
from amdash.store.customers import CustomerNoteRow
from tests.service.made import code

TODAY = dt.date(2026, 11, 24)


def test_a_note_is_of_today_and_of_no_kind_unless_said(ws: Workspace) -> None:
    assert customer_notes.write(ws, " 甲公司 ", " 来访 ") == (1, 1)
    (row,) = customer_notes.notes(ws)
    assert (row.customer, row.date, row.kind, row.text, row.next_step, row.due_on) == ("甲公司", TODAY, "note", "来访", "", None)


@pytest.mark.parametrize(
    ("customer", "text", "how", "wanted"),
    [
        ("", "来访", {}, "entry_incomplete"),
        ("甲公司", "  ", {}, "entry_incomplete"),
        ("甲公司", "来访", {"due_on": TODAY}, "entry_incomplete"),
        ("甲公司", "来访", {"date": dt.date(2026, 11, 25)}, "entry_day_ahead"),
        ("甲公司", "来访", {"kind": "visit"}, "customer_note_kind_unknown"),
    ],
)
def test_what_cannot_be_written(ws: Workspace, customer: str, text: str, how: dict[str, object], wanted: str) -> None:
    assert code(lambda: customer_notes.write(ws, customer, text, **how)) == wanted  # type: ignore[arg-type]
    assert ws.revision() == 0


def test_a_note_is_taken_back_once(ws: Workspace) -> None:
    number, _ = customer_notes.write(ws, "甲公司", "来访")
    assert customer_notes.undo(ws, number) == 2
    assert customer_notes.notes(ws) == []
    assert len(customer_notes.notes(ws, revision=1)) == 1
    assert code(lambda: customer_notes.undo(ws, number)) == "customer_note_undone_already"
    assert code(lambda: customer_notes.undo(ws, 9)) == "customer_note_missing"


def test_a_tag_is_given_once_and_taken_away(ws: Workspace) -> None:
    assert customer_notes.tag(ws, "甲公司", "  Key   account ") == 1
    assert customer_notes.tag(ws, "甲公司", "key account") is None
    (row,) = customer_notes.tags(ws)["甲公司"]
    assert row.tag == "Key account"
    assert customer_notes.untag(ws, row.tag_id) == 2
    assert customer_notes.tags(ws) == {}
    assert code(lambda: customer_notes.untag(ws, row.tag_id)) == "customer_tag_undone_already"
    assert code(lambda: customer_notes.untag(ws, 9)) == "customer_tag_missing"


def test_a_tag_that_cannot_be(ws: Workspace) -> None:
    assert code(lambda: customer_notes.tag(ws, "甲公司", " ")) == "entry_incomplete"
    assert code(lambda: customer_notes.tag(ws, "甲公司", "长" * 61)) == "customer_tag_too_long"
    assert customer_notes.tag(ws, "甲公司", "长" * 60) == 1


@pytest.mark.parametrize(
    ("said", "tags"), [("老客户、重点", ("老客户", "重点")), ("a; b,a", ("a", "b")), (None, ()), (" ", ()), ("大 客户", ("大 客户",))]
)
def test_the_tags_of_the_list(said: str | None, tags: tuple[str, ...]) -> None:
    assert customer_notes.listed_tags(said) == tags


def note(number: int, day: int, kind: str, step: str = "") -> CustomerNoteRow:
    at = dt.datetime(2026, 11, 24)
    return CustomerNoteRow(
        "甲公司", dt.date(2026, 11, day), kind, "…", step, note_id=number, from_revision=1, until_revision=None, at=at, actor="owner"
    )


@pytest.mark.parametrize(
    ("rows", "step"),
    [
        ([], None),
        ([note(1, 1, "contacted", "寄样品")], 1),
        # A word of the customer, or a plain note, leaves it open; a later contact of ours, or another step, does not.
        ([note(1, 1, "contacted", "寄样品"), note(2, 2, "wrote"), note(3, 3, "note")], 1),
        ([note(1, 1, "contacted", "寄样品"), note(2, 2, "contacted")], None),
        ([note(1, 1, "contacted", "寄样品"), note(2, 2, "wrote", "报价")], 2),
        # By day, not by when it was written down.
        ([note(1, 9, "contacted", "寄样品"), note(2, 2, "contacted")], 1),
    ],
)
def test_the_next_step_that_stands(rows: list[CustomerNoteRow], step: int | None) -> None:
    found = customer_notes.standing_step(rows)
    assert (found and found.note_id) == step
