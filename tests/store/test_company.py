"""What a business says of itself holds from one revision until it says otherwise; nothing is changed or deleted."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from amdash.store import Store, open_store
from amdash.store.company import CompanyRow

AT = dt.datetime(2026, 11, 24, 9, 0)
FIRST, SECOND = CompanyRow('{"name": "云峰"}', b"\x89PNG"), CompanyRow('{"name": "云峰商贸"}', None)


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return open_store(f"sqlite:///{tmp_path / 'a.db'}")


def test_an_untouched_workspace_says_nothing(store: Store) -> None:
    assert store.company() is None
    assert store.company(0) is None


def test_every_revision_keeps_what_was_said_in_it(store: Store) -> None:
    assert store.set_company(lambda _row: FIRST, actor="owner", at=AT) == 1
    seen: list[CompanyRow | None] = []

    def second(row: CompanyRow | None) -> CompanyRow:
        seen.append(row)
        return SECOND

    assert store.set_company(second, actor="owner", at=AT) == 2
    assert seen == [FIRST]
    assert [store.company(revision) for revision in (0, 1, 2)] == [None, FIRST, SECOND]
    assert store.company() == SECOND


def test_no_change_makes_no_revision(store: Store) -> None:
    store.set_company(lambda _row: FIRST, actor="owner", at=AT)
    assert store.set_company(lambda _row: None, actor="owner", at=AT) == 1
    assert store.revision() == 1
