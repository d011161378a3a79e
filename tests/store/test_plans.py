"""Plans and their notes hold from one revision until another; a change replaces what stood, going back restores it, nothing is overwritten."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path

import pytest

from amdash.errors import AmdashError
from amdash.store import Store, open_store
from amdash.store.plans import NewPlan, NoteRow, PlanRow
from tests.store.before import workspace_at

AT = dt.datetime(2026, 11, 24, 9, 0)
LATER = dt.datetime(2026, 11, 25, 10, 30)
CSAT = NewPlan("csat", "李明", "2026-04", "2026-07", "沟通培训", 0.6818181818181818, 0.9, "train_communication", "连续偏低", "孙丽华")
BARE = NewPlan("response_time", "王芳", "2026-05", "2026-05", "先回复")
CLOSED = replace(CSAT, closed_on=dt.date(2026, 8, 3), conclusion="有效", new_process=True)


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return open_store(f"sqlite:///{tmp_path / 'a.db'}")


def begin(store: Store, new: NewPlan) -> tuple[int, int]:
    return store.add_plan(new, actor="孙丽华", at=AT)


def change(store: Store, plan_id: int, new: NewPlan | None) -> int:
    return store.change_plan(plan_id, lambda _: new, actor="owner", at=LATER)


def agreed(rows: list[PlanRow]) -> dict[int, NewPlan]:
    return {row.plan_id: NewPlan(**{name: getattr(row, name) for name in NewPlan.__dataclass_fields__}) for row in rows}


def test_an_untouched_workspace_has_none(store: Store) -> None:
    assert store.plans() == store.plans(0) == []
    assert store.plan_notes() == store.plan_notes(0) == []


def test_a_plan_comes_back_as_it_was_agreed_with_who_and_when(store: Store) -> None:
    assert begin(store, CSAT) == (1, 1)
    assert begin(store, BARE) == (2, 2)
    first = PlanRow(**vars(CSAT), plan_id=1, entry_id=1, replaces=None, from_revision=1, until_revision=None, at=AT, actor="孙丽华")
    assert store.plans(1) == [first]
    assert store.plans() == [first, replace(first, **vars(BARE), plan_id=2, entry_id=2, from_revision=2)]
    assert store.plans(0) == []


def test_a_change_takes_the_place_of_what_stood_under_the_same_number(store: Store) -> None:
    begin(store, CSAT)
    begin(store, BARE)
    assert change(store, 1, CLOSED) == 3
    assert agreed(store.plans()) == {1: CLOSED, 2: BARE}
    assert agreed(store.plans(2)) == {1: CSAT, 2: BARE}
    now = store.plans()[0]
    assert (now.entry_id, now.replaces, now.from_revision, now.until_revision, now.at, now.actor) == (3, 1, 3, None, LATER, "owner")
    assert store.plans(2)[0].until_revision == 3
    # A third plan is number three, however often the others were changed.
    assert begin(store, BARE) == (3, 4)


def test_no_change_is_no_revision_and_a_refusal_leaves_nothing(store: Store) -> None:
    begin(store, CSAT)
    assert change(store, 1, None) == 1

    def refuse(row: PlanRow) -> NewPlan:
        assert row.action == "沟通培训"
        raise AmdashError("plan_not_closed", plan_id=row.plan_id)

    with pytest.raises(AmdashError, match="plan_not_closed"):
        store.change_plan(1, refuse, actor="owner", at=AT)
    assert (store.revision(), agreed(store.plans())) == (1, {1: CSAT})


def test_one_goes_back_step_by_step_to_where_there_was_no_plan(store: Store) -> None:
    changed = replace(CSAT, goal=0.95)
    begin(store, CSAT)
    change(store, 1, changed)
    change(store, 1, CLOSED)
    found = []
    for revision in (4, 5, 6):
        assert store.undo_plan(1, actor="owner", at=LATER) == revision
        found.append(agreed(store.plans()))
    assert found == [{1: changed}, {1: CSAT}, {}]
    assert [agreed(store.plans(revision)) for revision in (1, 2, 3, 4, 5)] == [{1: CSAT}, {1: changed}, {1: CLOSED}, {1: changed}, {1: CSAT}]
    with pytest.raises(AmdashError, match="plan_undone_already") as caught:
        store.undo_plan(1, actor="owner", at=LATER)
    assert caught.value.fields == {"plan_id": 1, "revision": 6}
    with pytest.raises(AmdashError, match="plan_undone_already"):
        change(store, 1, CSAT)
    assert store.revision() == 6


def test_after_going_back_a_new_change_replaces_what_holds_again(store: Store) -> None:
    begin(store, CSAT)
    change(store, 1, CLOSED)
    store.undo_plan(1, actor="owner", at=AT)
    change(store, 1, replace(CSAT, goal=0.8))
    store.undo_plan(1, actor="owner", at=AT)
    assert agreed(store.plans()) == {1: CSAT}


def test_notes_are_of_one_plan_and_can_be_taken_back(store: Store) -> None:
    begin(store, CSAT)
    begin(store, BARE)
    day = dt.date(2026, 5, 1)
    assert store.add_plan_note(1, day, "第一次", actor="李明", at=LATER) == 3
    assert store.add_plan_note(2, dt.date(2026, 4, 1), "第二次", actor="owner", at=AT) == 4
    first = NoteRow(1, 1, day, "第一次", 3, None, LATER, "李明")
    assert store.plan_notes(3) == [first]
    assert [one.plan_id for one in store.plan_notes()] == [1, 2]
    assert store.undo_plan_note(1, 1, actor="owner", at=AT) == 5
    assert [one.note_id for one in store.plan_notes()] == [2]
    assert store.plan_notes(4)[0] == replace(first, until_revision=5)


def test_what_is_not_there_cannot_be_noted_changed_or_taken_back(store: Store) -> None:
    begin(store, CSAT)
    begin(store, BARE)
    store.add_plan_note(1, dt.date(2026, 5, 1), "x", actor="owner", at=AT)
    for call in (
        lambda: store.add_plan_note(9, dt.date(2026, 5, 1), "x", actor="owner", at=AT),
        lambda: store.undo_plan(9, actor="owner", at=AT),
        lambda: change(store, 9, CSAT),
    ):
        with pytest.raises(AmdashError, match="plan_missing") as caught:
            call()
        assert caught.value.fields == {"plan_id": 9}
    for plan_id, note_id in ((1, 2), (2, 1)):
        with pytest.raises(AmdashError, match="plan_note_missing"):
            store.undo_plan_note(plan_id, note_id, actor="owner", at=AT)
    store.undo_plan_note(1, 1, actor="owner", at=AT)
    with pytest.raises(AmdashError, match="plan_note_undone_already") as caught:
        store.undo_plan_note(1, 1, actor="owner", at=AT)
    assert caught.value.fields == {"note_id": 1, "revision": 4}
    assert store.revision() == 4


def test_a_plan_does_not_age_the_facts(store: Store) -> None:
    begin(store, CSAT)
    assert store.facts_at(store.revision()) is None


def test_a_workspace_of_before_is_migrated_and_keeps_what_it_holds(tmp_path: Path) -> None:
    statements = [
        "INSERT INTO revisions (at, actor, action) VALUES ('2026-01-01 00:00:00', 'owner', 'rules')",
        "INSERT INTO rules (content, from_revision) VALUES ('{}', 1)",
    ]
    store = open_store(workspace_at("0004", tmp_path, statements))
    assert (store.rules(), store.plans(), store.plan_notes(), store.annotations()) == ("{}", [], [], [])
    assert begin(store, CSAT) == (1, 2)
