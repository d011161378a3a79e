"""Feedback written in amdash: kept as it was written, corrected and taken back without losing a word, also where the workspace is older."""

from __future__ import annotations

import datetime as dt
from dataclasses import fields, replace
from pathlib import Path

import pytest

from amdash.errors import AmdashError
from amdash.store import FeedbackRow, NewFeedback, Store, open_store
from tests.store.before import workspace_at

AT = dt.datetime(2026, 11, 24, 9, 0)
LATER = dt.datetime(2026, 11, 25, 10, 30)
ENTRY = NewFeedback(dt.date(2026, 10, 5), "李明", "team", "会议", "协作", "分享了交接经验", "写成说明", dt.date(2026, 10, 31), "owner", 4.5)
BARE = NewFeedback(ENTRY.date, "王芳", None, None, None, "一", None, None, "owner")


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return open_store(f"sqlite:///{tmp_path / 'a.db'}")


def add(store: Store, entry: NewFeedback = ENTRY) -> int:
    return store.add_feedback(entry, actor="owner", at=AT)


def words(store: Store, revision: int | None = None) -> list[NewFeedback]:
    return [NewFeedback(**{field.name: getattr(row, field.name) for field in fields(NewFeedback)}) for row in store.feedback(revision)]


def test_an_entry_is_kept_with_everything(store: Store) -> None:
    assert store.feedback() == []
    assert [add(store, entry) for entry in (ENTRY, BARE)] == [1, 2]
    first = FeedbackRow(**vars(ENTRY), feedback_id=1, replaces=None, from_revision=1, until_revision=None, at=AT, actor="owner")
    assert store.feedback(1) == [first]
    assert words(store) == [ENTRY, BARE]
    assert store.feedback()[1].rating is None


def test_a_correction_stands_in_the_place_of_what_it_corrects_and_older_revisions_keep_that(store: Store) -> None:
    add(store)
    add(store, BARE)
    mended = replace(ENTRY, content="分享了三条交接经验")
    assert store.correct_feedback(1, mended, actor="孙丽华", at=LATER) == (3, 3)
    assert words(store) == [mended, BARE]
    assert words(store, 2) == [ENTRY, BARE]
    now = store.feedback()[0]
    assert (now.feedback_id, now.replaces, now.from_revision, now.at, now.actor) == (3, 1, 3, LATER, "孙丽华")
    assert store.feedback(2)[0].until_revision == 3


def test_an_entry_taken_back_is_gone_and_can_stand_again(store: Store) -> None:
    add(store)
    assert store.close_feedback(1, actor="owner", at=LATER) == 2
    assert (words(store), words(store, 1)) == ([], [ENTRY])
    assert store.restore_feedback(1, actor="owner", at=LATER) == 3
    assert words(store) == [ENTRY]
    assert [words(store, revision) for revision in (1, 2)] == [[ENTRY], []]
    # It was ended when it was taken back, not when it came again.
    assert store.feedback(1)[0].until_revision == 2


def test_a_correction_is_undone_and_the_undoing_too(store: Store) -> None:
    add(store)
    mended = replace(ENTRY, content="另写")
    store.correct_feedback(1, mended, actor="owner", at=AT)
    store.restore_feedback(1, actor="owner", at=AT)
    assert words(store) == [ENTRY]
    store.restore_feedback(2, actor="owner", at=AT)
    assert words(store) == [mended]
    assert [row.replaces for row in store.feedback()] == [3]
    assert [words(store, revision) for revision in (1, 2, 3, 4)] == [[ENTRY], [mended], [ENTRY], [mended]]


def test_what_is_not_there_or_ended_cannot_be_changed(store: Store) -> None:
    add(store)
    add(store, BARE)
    store.close_feedback(1, actor="owner", at=AT)
    for call in (
        lambda number: store.close_feedback(number, actor="owner", at=AT),
        lambda number: store.correct_feedback(number, BARE, actor="owner", at=AT),
    ):
        with pytest.raises(AmdashError, match="feedback_missing") as caught:
            call(9)
        assert caught.value.fields == {"feedback_id": 9}
        with pytest.raises(AmdashError, match="feedback_ended_already") as caught:
            call(1)
        assert caught.value.fields == {"feedback_id": 1, "revision": 3}
    with pytest.raises(AmdashError, match="feedback_missing"):
        store.restore_feedback(9, actor="owner", at=AT)
    with pytest.raises(AmdashError, match="feedback_stands") as caught:
        store.restore_feedback(2, actor="owner", at=AT)
    assert caught.value.fields == {"feedback_id": 2}
    assert store.revision() == 3


def test_entries_from_before_ratings_stay_without_one_and_can_be_corrected(tmp_path: Path) -> None:
    values = "(1, '2026-10-05', '李明', 'team', '一', 'owner')"
    statements = [
        "INSERT INTO revisions (at, actor, action) VALUES ('2026-01-01 00:00:00', 'owner', 'feedback')",
        f"INSERT INTO feedback (revision, date, manager, source, content, recorded_by) VALUES {values}",
    ]
    store = open_store(workspace_at("0005", tmp_path, statements))
    old = NewFeedback(ENTRY.date, "李明", "team", None, None, "一", None, None, "owner")
    assert words(store) == [old]
    assert add(store) == 2
    assert words(store) == [old, ENTRY]
    store.correct_feedback(1, BARE, actor="owner", at=AT)
    assert words(store) == [BARE, ENTRY]
