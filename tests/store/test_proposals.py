"""Proposals of targets and what managers say of them hold from one revision until another; a proposal that is set keeps the link to its target."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from amdash.errors import AmdashError
from amdash.store import Store, open_store
from amdash.store.proposals import AnswerRow, NewProposal, ProposalRow
from amdash.store.targets import NewTarget

AT = dt.datetime(2026, 11, 24, 9, 0)
CSAT = NewProposal("csat", "manager", "李明", "2026-12", 0.95, "再进一步")
TEAM = NewProposal("response_time", "team", "华东组", "2027-01", 8.0)


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return open_store(f"sqlite:///{tmp_path / 'a.db'}")


def propose(store: Store, new: NewProposal = CSAT) -> tuple[int, int]:
    return store.add_proposal(new, actor="孙丽华", at=AT)


def answer(store: Store, stance: str, text: str = "", managers: tuple[str, ...] = ("李明",), number: int = 1) -> int:
    return store.answer_proposal(number, managers, stance, text, actor="owner", at=AT)  # type: ignore[arg-type]


def adopt(store: Store, number: int = 1) -> int:
    return store.set_proposal(
        number, lambda row, _said: NewTarget(row.kpi, row.scope, row.subject, row.from_month, row.value, reason=row.reason), actor="owner", at=AT
    )


def test_an_untouched_workspace_has_none(store: Store) -> None:
    assert store.proposals() == store.proposals(0) == []
    assert store.target_answers() == []


def test_a_proposal_comes_back_with_who_and_when_and_moves_no_target(store: Store) -> None:
    assert propose(store) == (1, 1)
    assert propose(store, TEAM) == (2, 2)
    first = ProposalRow(**vars(CSAT), proposal_id=1, target_id=None, from_revision=1, until_revision=None, at=AT, actor="孙丽华")
    assert store.proposals(1) == [first]
    assert [row.kpi for row in store.proposals()] == ["csat", "response_time"]
    assert store.targets() == []


def test_the_last_word_of_each_manager_counts_and_older_revisions_know_the_one_before(store: Store) -> None:
    propose(store, TEAM)
    assert answer(store, "disagreed", "太紧", ("李明", "王芳")) == 2
    assert answer(store, "agreed") == 3
    said = store.target_answers()
    assert [(one.manager, one.stance, one.text) for one in said] == [("王芳", "disagreed", "太紧"), ("李明", "agreed", "")]
    assert said[1] == AnswerRow(3, 1, None, "李明", "agreed", "", 3, None, AT, "owner")
    assert [(one.manager, one.stance) for one in store.target_answers(2)] == [("李明", "disagreed"), ("王芳", "disagreed")]


def test_setting_puts_it_into_the_ledger_with_the_link(store: Store) -> None:
    propose(store)
    answer(store, "agreed", "可以")
    seen = []

    def check(row: ProposalRow, said: list[AnswerRow]) -> NewTarget:
        seen.append((row.proposal_id, [one.text for one in said]))
        return NewTarget(row.kpi, row.scope, row.subject, row.from_month, row.value, reason=row.reason)

    assert store.set_proposal(1, check, actor="owner", at=AT) == 3
    assert seen == [(1, ["可以"])]
    (target,) = store.targets()
    assert (target.kpi, target.scope, target.subject, target.from_month, target.value, target.reason) == tuple(vars(CSAT).values())
    assert [row.target_id for row in store.proposals()] == [target.target_id]
    assert [row.target_id for row in store.proposals(2)] == [None]


def test_a_target_taken_back_leaves_its_proposal_open_to_be_set_again(store: Store) -> None:
    propose(store)
    adopt(store)
    for call in (lambda: adopt(store), lambda: answer(store, "agreed"), lambda: store.close_proposal(1, actor="owner", at=AT)):
        with pytest.raises(AmdashError, match="proposal_set_already"):
            call()
    store.close_targets(store.targets()[0].target_id, actor="owner", at=AT)
    assert [row.target_id for row in store.proposals()] == [None]
    assert adopt(store) == 4
    assert [row.target_id for row in store.proposals()] == [2]
    # At each revision it points to the target that stood then.
    assert [store.proposals(revision)[0].target_id for revision in range(1, 5)] == [None, 1, None, 2]


def test_a_refusal_leaves_nothing(store: Store) -> None:
    propose(store)

    def refuse(_row: ProposalRow, _said: list[AnswerRow]) -> NewTarget:
        raise AmdashError("proposal_unheard", managers=["李明"])

    with pytest.raises(AmdashError, match="proposal_unheard"):
        store.set_proposal(1, refuse, actor="owner", at=AT)
    assert (store.revision(), store.targets()) == (1, [])


def test_a_proposal_taken_back_can_be_neither_answered_nor_set(store: Store) -> None:
    propose(store)
    assert store.close_proposal(1, actor="owner", at=AT) == 2
    assert (store.proposals(), len(store.proposals(1))) == ([], 1)
    for call in (lambda: adopt(store), lambda: answer(store, "agreed"), lambda: store.close_proposal(1, actor="owner", at=AT)):
        with pytest.raises(AmdashError, match="proposal_undone_already") as caught:
            call()
        assert caught.value.fields == {"proposal_id": 1, "revision": 2}
    with pytest.raises(AmdashError, match="proposal_missing"):
        answer(store, "agreed", number=9)


def test_a_target_is_acknowledged_once_and_the_note_can_be_taken_back(store: Store) -> None:
    store.add_targets(lambda _: [NewTarget("csat", "everybody", "", "2026-12", 0.95)], actor="owner", at=AT)
    assert store.acknowledge_target(1, "李明", "", actor="owner", at=AT) == (1, 2)
    assert store.acknowledge_target(1, "李明", "", actor="owner", at=AT) == (1, 2)
    assert store.acknowledge_target(1, "王芳", "知道了", actor="owner", at=AT) == (2, 3)
    assert [(one.target_id, one.manager, one.stance, one.text) for one in store.target_answers()] == [
        (1, "李明", "acknowledged", ""),
        (1, "王芳", "acknowledged", "知道了"),
    ]
    assert store.close_answer(1, actor="owner", at=AT) == 4
    assert [one.manager for one in store.target_answers()] == ["王芳"]
    with pytest.raises(AmdashError, match="answer_undone_already") as caught:
        store.close_answer(1, actor="owner", at=AT)
    assert caught.value.fields == {"answer_id": 1, "revision": 4}
    with pytest.raises(AmdashError, match="answer_missing"):
        store.close_answer(9, actor="owner", at=AT)
    with pytest.raises(AmdashError, match="target_missing"):
        store.acknowledge_target(9, "李明", "", actor="owner", at=AT)
