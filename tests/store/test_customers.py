"""Customers' notes and tags stand from one revision until another; nothing is changed or deleted."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from amdash.errors import AmdashError
from amdash.store import Store, open_store
from amdash.store.customers import CustomerNoteRow, CustomerTagRow, NewCustomerNote

AT = dt.datetime(2026, 11, 24, 9, 0)
CALL = NewCustomerNote("甲公司", dt.date(2026, 11, 20), "contacted", "报了价", "寄样品", dt.date(2026, 12, 1))


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return open_store(f"sqlite:///{tmp_path / 'a.db'}")


def test_an_untouched_workspace_has_none(store: Store) -> None:
    assert store.customer_notes() == store.customer_notes(0) == []
    assert store.customer_tags() == store.customer_tags(0) == []


def test_a_note_comes_back_as_it_was_written_with_who_and_when(store: Store) -> None:
    assert store.add_customer_note(CALL, actor="孙丽华", at=AT) == (1, 1)
    assert store.customer_notes() == [CustomerNoteRow(**vars(CALL), note_id=1, from_revision=1, until_revision=None, at=AT, actor="孙丽华")]


def test_a_note_taken_back_stays_in_older_revisions(store: Store) -> None:
    store.add_customer_note(CALL, actor="owner", at=AT)
    store.add_customer_note(NewCustomerNote("乙公司", AT.date(), "note", "来访"), actor="owner", at=AT)
    assert store.close_customer_note(1, actor="owner", at=AT) == 3
    assert [row.note_id for row in store.customer_notes()] == [2]
    assert [(row.note_id, row.until_revision) for row in store.customer_notes(2)] == [(1, 3), (2, None)]


def test_a_tag_is_given_and_taken_away(store: Store) -> None:
    assert store.add_customer_tag("甲公司", "重点", actor="owner", at=AT) == (1, 1)
    assert store.customer_tags() == [CustomerTagRow(1, "甲公司", "重点", 1, None)]
    assert store.close_customer_tag(1, actor="owner", at=AT) == 2
    assert (store.customer_tags(), store.customer_tags(1)) == ([], [CustomerTagRow(1, "甲公司", "重点", 1, 2)])


@pytest.mark.parametrize("what", ["note", "tag"])
def test_what_is_not_there_cannot_be_taken_back(store: Store, what: str) -> None:
    close = {"note": store.close_customer_note, "tag": store.close_customer_tag}[what]
    store.add_customer_note(CALL, actor="owner", at=AT)
    store.add_customer_tag("甲公司", "重点", actor="owner", at=AT)
    close(1, actor="owner", at=AT)
    with pytest.raises(AmdashError, match=f"customer_{what}_undone_already") as caught:
        close(1, actor="owner", at=AT)
    assert caught.value.fields == {f"{what}_id": 1, "revision": 3}
    with pytest.raises(AmdashError, match=f"customer_{what}_missing"):
        close(2, actor="owner", at=AT)
    assert store.revision() == 3


def test_neither_ages_the_facts(store: Store) -> None:
    store.add_customer_note(CALL, actor="owner", at=AT)
    store.add_customer_tag("甲公司", "重点", actor="owner", at=AT)
    assert store.facts_at(store.revision()) is None
