"""Target entries hold from one revision until another; nothing is changed or deleted."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from amdash.errors import AmdashError
from amdash.store import Store, open_store
from amdash.store.targets import NewTarget, TargetRow
from tests.store.before import workspace_at

AT = dt.datetime(2026, 11, 24, 9, 0)
CSAT = NewTarget("csat", "everybody", "", "2026-04", 0.92, reason="新年度")
ENDED = NewTarget("csat", "manager", "李明", "2026-06", None)
RELEASED = NewTarget("csat", "team", "华东组", "2026-07", None, inherits=True)


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return open_store(f"sqlite:///{tmp_path / 'a.db'}")


def say(store: Store, *new: NewTarget, actor: str = "孙丽华", at: dt.datetime = AT) -> int:
    return store.add_targets(lambda _: new, actor=actor, at=at)


def row(new: NewTarget, number: int, since: int, until: int | None = None, actor: str = "孙丽华", at: dt.datetime = AT) -> TargetRow:
    return TargetRow(**vars(new), target_id=number, from_revision=since, until_revision=until, at=at, actor=actor)


def test_an_untouched_workspace_has_none(store: Store) -> None:
    assert store.targets() == store.targets(0) == []


def test_an_entry_comes_back_as_it_was_said_with_who_and_when(store: Store) -> None:
    later = dt.datetime(2026, 11, 25, 10, 30)
    assert say(store, CSAT, ENDED) == 1
    assert say(store, RELEASED, actor="owner", at=later) == 2
    assert store.targets(0) == []
    assert store.targets(1) == [row(CSAT, 1, 1), row(ENDED, 2, 1)]
    assert store.targets() == store.targets(2) == [row(CSAT, 1, 1), row(ENDED, 2, 1), row(RELEASED, 3, 2, None, "owner", later)]


def test_money_is_kept_to_the_cent(store: Store) -> None:
    say(store, NewTarget("sales_amount", "everybody", "", "2026-04", 83_333_333.34))
    assert [one.value for one in store.targets()] == [83_333_333.34]


def test_taken_back_with_all_that_was_set_with_it_it_is_there_in_older_revisions_still(store: Store) -> None:
    say(store, CSAT)
    say(store, ENDED, RELEASED)
    assert store.close_targets(3, actor="owner", at=AT) == 3
    assert store.targets() == [row(CSAT, 1, 1)]
    assert store.targets(2) == [row(CSAT, 1, 1), row(ENDED, 2, 2, 3), row(RELEASED, 3, 2, 3)]


def test_what_is_not_there_cannot_be_taken_back(store: Store) -> None:
    say(store, CSAT, ENDED)
    store.close_targets(1, actor="owner", at=AT)
    with pytest.raises(AmdashError, match="target_undone_already") as caught:
        store.close_targets(2, actor="owner", at=AT)
    assert caught.value.fields == {"target_id": 2, "revision": 2}
    with pytest.raises(AmdashError, match="target_missing"):
        store.close_targets(3, actor="owner", at=AT)
    assert store.revision() == 2


def test_what_is_added_is_decided_on_what_stands_and_a_refusal_leaves_nothing(store: Store) -> None:
    say(store, CSAT)
    say(store, ENDED)
    store.close_targets(2, actor="owner", at=AT)
    seen: list[TargetRow] = []

    def refuse(standing: list[TargetRow]) -> list[NewTarget]:
        seen.extend(standing)
        raise AmdashError("target_missing", target_id=9)

    with pytest.raises(AmdashError, match="target_missing"):
        store.add_targets(refuse, actor="owner", at=AT)
    assert seen == [row(CSAT, 1, 1)]
    assert store.revision() == 3


def test_a_target_does_not_age_the_facts(store: Store) -> None:
    say(store, CSAT)
    assert store.facts_at(store.revision()) is None


def test_a_workspace_of_before_is_migrated_and_keeps_what_it_holds(tmp_path: Path) -> None:
    statements = [
        "INSERT INTO revisions (at, actor, action) VALUES ('2026-01-01 00:00:00', 'owner', 'alias')",
    ]
    store = open_store(workspace_at("0002", tmp_path, statements))
    assert store.targets() == []
    assert say(store, CSAT) == 2
