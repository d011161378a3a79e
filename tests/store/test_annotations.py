"""Annotations hold from one revision until another; nothing is changed or deleted."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path

import pytest

from amdash.errors import AmdashError
from amdash.store import Store, open_store
from amdash.store.annotations import AnnotationRow, NewAnnotation

AT = dt.datetime(2026, 11, 24, 9, 0)
MOVE = NewAnnotation("2026-06", "换了系统", "data", new_process=True)
TRAINING = NewAnnotation("2026-04", "沟通培训", "training", "csat", "manager", "李明")


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return open_store(f"sqlite:///{tmp_path / 'a.db'}")


def test_an_untouched_workspace_has_none(store: Store) -> None:
    assert store.annotations() == store.annotations(0) == []


def test_an_annotation_comes_back_as_it_was_written_with_who_and_when(store: Store) -> None:
    later = dt.datetime(2026, 11, 25, 10, 30)
    assert store.add_annotation(MOVE, actor="孙丽华", at=AT) == (1, 1)
    assert store.add_annotation(TRAINING, actor="owner", at=later) == (2, 2)
    first = AnnotationRow(**vars(MOVE), annotation_id=1, from_revision=1, until_revision=None, at=AT, actor="孙丽华")
    assert store.annotations(1) == [first]
    assert store.annotations()[1] == replace(first, **vars(TRAINING), annotation_id=2, from_revision=2, at=later, actor="owner")


def test_taken_back_it_is_there_in_older_revisions_still(store: Store) -> None:
    store.add_annotation(MOVE, actor="owner", at=AT)
    store.add_annotation(TRAINING, actor="owner", at=AT)
    assert store.close_annotation(1, actor="owner", at=AT) == 3
    assert [row.annotation_id for row in store.annotations()] == [2]
    assert [(row.annotation_id, row.until_revision) for row in store.annotations(2)] == [(1, 3), (2, None)]


def test_what_is_not_there_cannot_be_taken_back(store: Store) -> None:
    store.add_annotation(MOVE, actor="owner", at=AT)
    store.close_annotation(1, actor="owner", at=AT)
    with pytest.raises(AmdashError, match="annotation_undone_already") as caught:
        store.close_annotation(1, actor="owner", at=AT)
    assert caught.value.fields == {"annotation_id": 1, "revision": 2}
    with pytest.raises(AmdashError, match="annotation_missing"):
        store.close_annotation(2, actor="owner", at=AT)
    assert store.revision() == 2


def test_an_annotation_does_not_age_the_facts(store: Store) -> None:
    store.add_annotation(MOVE, actor="owner", at=AT)
    assert store.facts_at(store.revision()) is None
