"""Aliases hold from one revision until another; nothing is deleted."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from amdash.errors import AmdashError
from amdash.store import Store, open_store
from amdash.store.aliases import AliasRow

AT = dt.datetime(2026, 11, 24, 9, 0)


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return open_store(f"sqlite:///{tmp_path / 'a.db'}")


def say(store: Store, alias: str, name: str, kind: str = "manager") -> int:
    return store.add_alias(kind=kind, alias=alias, name=name, actor="孙丽华", at=AT, check=lambda _: None)


def test_an_untouched_workspace_has_none(store: Store) -> None:
    assert store.aliases() == store.aliases(0) == []


def test_an_alias_holds_from_its_revision_on(store: Store) -> None:
    assert say(store, "a", "b") == 1
    assert say(store, "x", "y", "apart:customer") == 2
    first = AliasRow(1, "manager", "a", "b", 1, None, AT, "孙丽华")
    assert store.aliases(0) == []
    assert store.aliases(1) == [first]
    assert store.aliases() == [first, AliasRow(2, "apart:customer", "x", "y", 2, None, AT, "孙丽华")]


def test_taken_back_it_is_there_in_older_revisions_still(store: Store) -> None:
    say(store, "a", "b")
    assert store.close_alias(1, actor="owner", at=AT) == 2
    assert [row.until_revision for row in store.aliases(1)] == [2]
    assert store.aliases() == []


def test_what_is_not_there_cannot_be_taken_back(store: Store) -> None:
    say(store, "a", "b")
    store.close_alias(1, actor="owner", at=AT)
    with pytest.raises(AmdashError, match="alias_undone_already"):
        store.close_alias(1, actor="owner", at=AT)
    with pytest.raises(AmdashError, match="alias_missing"):
        store.close_alias(2, actor="owner", at=AT)
    assert store.revision() == 2


def test_a_check_that_refuses_leaves_nothing_behind(store: Store) -> None:
    say(store, "a", "b")
    seen = []

    def refuse(standing: list[AliasRow]) -> None:
        seen.extend(standing)
        raise AmdashError("alias_cycle", alias="b", name="a")

    with pytest.raises(AmdashError, match="alias_cycle"):
        store.add_alias(kind="manager", alias="b", name="a", actor="owner", at=AT, check=refuse)
    assert [row.alias for row in seen] == ["a"]
    assert (store.revision(), len(store.aliases())) == (1, 1)


def test_an_alias_does_not_change_when_the_facts_were_last_changed(store: Store) -> None:
    say(store, "a", "b")
    store.close_alias(1, actor="owner", at=AT)
    assert store.facts_at(store.revision()) is None
