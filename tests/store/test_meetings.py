"""Meetings and what was said in them: followed by newer words, taken back with what was written together with them, never overwritten."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path

import pytest
import sqlalchemy as sa

from amdash.errors import AmdashError
from amdash.store import NewFeedback, Store, open_store
from amdash.store.meetings import ItemRow, MeetingRow, NewItem
from amdash.store.plans import NewPlan
from tests.store.before import workspace_at

AT = dt.datetime(2026, 11, 24, 9, 0)
LATER = dt.datetime(2026, 11, 24, 9, 40)
DUE = dt.date(2026, 12, 18)
VISIT = NewItem("decision", "李明", "csat", "每两周回访三家大客户", "孙丽华", DUE)
NOTE = NewItem("note", "", "", "展会推迟到三月")
TOLD = NewFeedback(AT.date(), "李明", "supervisor", "会议", "csat", "客户满意度 85.7%", VISIT.text, DUE, "owner")
PLAN = NewPlan("csat", "李明", "2026-11", "2026-12", VISIT.text, 0.857, responsible="孙丽华")


@pytest.fixture
def store(tmp_path: Path) -> Store:
    opened = open_store(f"sqlite:///{tmp_path / 'a.db'}")
    assert opened.begin_meeting("2026-10", actor="owner", at=AT) == (1, 1)
    return opened


def said(rows: list[ItemRow]) -> list[NewItem]:
    return [NewItem(**{name: getattr(row, name) for name in NewItem.__dataclass_fields__}) for row in rows]


def told(new: NewItem) -> NewFeedback:
    return replace(TOLD, action=new.text, due_on=new.due_on)


def test_an_untouched_workspace_has_none(tmp_path: Path) -> None:
    store = open_store(f"sqlite:///{tmp_path / 'b.db'}")
    assert store.meetings() == store.meeting_items() == []
    assert (store.figures_revision(), store.revision_by(AT)) == (0, 0)


def test_a_meeting_is_held_until_it_is_ended_and_one_at_a_time(store: Store) -> None:
    begun = MeetingRow(1, "2026-10", AT, None, 1, "owner")
    assert store.meetings() == [begun]
    with pytest.raises(AmdashError, match="meeting_running") as caught:
        store.begin_meeting("2026-11", actor="owner", at=LATER)
    assert caught.value.fields == {"month": "2026-10"}
    assert store.end_meeting(1, LATER, actor="owner", at=LATER) == 2
    assert store.meetings() == [replace(begun, ended_at=LATER)]
    with pytest.raises(AmdashError, match="meeting_ended"):
        store.end_meeting(1, LATER, actor="owner", at=LATER)
    assert store.begin_meeting("2026-11", actor="孙丽华", at=LATER) == (2, 3)
    with pytest.raises(AmdashError, match="meeting_running"):
        store.end_meeting(1, None, actor="owner", at=LATER)
    assert [row.meeting_id for row in store.meetings(2)] == [1]
    with pytest.raises(AmdashError, match="meeting_missing"):
        store.end_meeting(9, LATER, actor="owner", at=LATER)


def test_an_end_can_be_taken_back(store: Store) -> None:
    store.end_meeting(1, LATER, actor="owner", at=LATER)
    store.end_meeting(1, None, actor="owner", at=LATER)
    assert store.add_item(1, NOTE, actor="owner", at=LATER) == (1, 4)
    again = LATER + dt.timedelta(minutes=5)
    store.end_meeting(1, again, actor="owner", at=again)
    # At each revision it is over or held on as it was then.
    assert [store.meetings(revision)[0].ended_at for revision in range(1, 6)] == [None, LATER, None, None, again]


def test_an_item_comes_back_as_it_was_said_with_who_and_when(store: Store) -> None:
    assert store.add_item(1, VISIT, told=TOLD, plan=PLAN, actor="孙丽华", at=LATER) == (1, 2)
    assert store.add_item(1, NOTE, actor="owner", at=LATER) == (2, 3)
    first, second = store.meeting_items()
    assert first == ItemRow(
        **vars(VISIT),
        item_id=1,
        meeting_id=1,
        replaces=None,
        plan_id=1,
        feedback_id=1,
        from_revision=2,
        until_revision=None,
        at=LATER,
        actor="孙丽华",
    )
    assert (said([second]), second.plan_id, second.feedback_id) == ([NOTE], None, None)
    assert store.meeting_items(2) == [first]
    assert [(row.action, row.from_revision) for row in store.feedback()] == [(VISIT.text, 2)]
    assert [(row.action, row.from_revision) for row in store.plans()] == [(VISIT.text, 2)]


def test_nothing_is_written_into_a_meeting_that_is_over(store: Store) -> None:
    store.add_item(1, VISIT, told=TOLD, actor="owner", at=AT)
    store.end_meeting(1, LATER, actor="owner", at=LATER)
    for write in (
        lambda: store.add_item(1, NOTE, told=TOLD, plan=PLAN, actor="owner", at=LATER),
        lambda: store.change_item(1, lambda row: NOTE, told=told, actor="owner", at=LATER),
        lambda: store.close_item(1, actor="owner", at=LATER),
    ):
        with pytest.raises(AmdashError, match="meeting_ended"):
            write()
    assert (store.revision(), len(store.feedback()), store.plans()) == (3, 1, [])


def test_a_tick_is_put_down_also_after_the_end_and_moves_nothing_else(store: Store) -> None:
    store.add_item(1, VISIT, told=TOLD, plan=PLAN, actor="owner", at=AT)
    store.end_meeting(1, LATER, actor="owner", at=LATER)
    done = replace(VISIT, done_on=LATER.date())
    assert store.change_item(1, lambda row: done, actor="owner", at=LATER) == (2, 4)
    (row,) = store.meeting_items()
    assert (said([row]), row.replaces, row.plan_id, row.feedback_id) == ([done], 1, 1, 1)
    assert said(store.meeting_items(3)) == [VISIT]
    assert [one.from_revision for one in (*store.feedback(), *store.plans())] == [2, 2]
    with pytest.raises(AmdashError, match="meeting_item_changed") as caught:
        store.change_item(1, lambda row: VISIT, actor="owner", at=LATER)
    assert caught.value.fields == {"item_id": 1}
    with pytest.raises(AmdashError, match="meeting_item_missing"):
        store.change_item(7, lambda row: VISIT, actor="owner", at=LATER)


def test_a_correction_takes_feedback_and_plan_along_and_keeps_its_place(store: Store) -> None:
    store.add_item(1, VISIT, told=TOLD, plan=PLAN, actor="owner", at=AT)
    store.add_item(1, NOTE, actor="owner", at=AT)
    other = replace(VISIT, text="每周回访一家", responsible="", due_on=dt.date(2027, 1, 15))
    assert store.change_item(1, lambda row: other, told=told, actor="owner", at=LATER) == (3, 4)
    assert said(store.meeting_items()) == [other, NOTE]
    assert [(row.action, row.due_on, row.replaces) for row in store.feedback()] == [("每周回访一家", other.due_on, 1)]
    assert [(row.plan_id, row.action, row.responsible, row.due) for row in store.plans()] == [(1, "每周回访一家", "", "2027-01")]
    assert [row.action for row in (*store.feedback(3), *store.plans(3))] == [VISIT.text, VISIT.text]
    # Once more: it is still the meeting's own plan.
    store.change_item(3, lambda row: VISIT, told=told, actor="owner", at=LATER)
    assert [row.action for row in (*store.feedback(), *store.plans())] == [VISIT.text, VISIT.text]


def test_what_is_taken_back_goes_with_its_feedback_and_plan_and_stays_readable(store: Store) -> None:
    store.add_item(1, VISIT, told=TOLD, plan=PLAN, actor="owner", at=AT)
    store.change_item(1, lambda row: replace(VISIT, text="每周"), told=told, actor="owner", at=AT)
    assert store.close_item(2, actor="owner", at=LATER) == 4
    assert store.meeting_items() == store.feedback() == store.plans() == []
    assert len(store.meeting_items(3)) == len(store.feedback(3)) == len(store.plans(3)) == 1
    with pytest.raises(AmdashError, match="meeting_item_changed"):
        store.close_item(2, actor="owner", at=LATER)


def test_a_plan_that_was_changed_elsewhere_is_left_alone(store: Store) -> None:
    store.add_item(1, VISIT, told=TOLD, plan=PLAN, actor="owner", at=AT)
    mine = replace(PLAN, action="另作安排")
    store.change_plan(1, lambda _: mine, actor="owner", at=LATER)
    store.change_item(1, lambda row: replace(VISIT, text="每周"), told=told, actor="owner", at=LATER)
    assert [row.action for row in store.plans()] == ["另作安排"]
    store.close_item(2, actor="owner", at=LATER)
    assert [row.action for row in store.plans()] == ["另作安排"]
    assert store.feedback() == []


def test_a_line_of_feedback_that_was_corrected_elsewhere_is_followed(store: Store) -> None:
    store.add_item(1, VISIT, told=TOLD, actor="owner", at=AT)
    store.correct_feedback(1, replace(TOLD, content="改过"), actor="owner", at=LATER)
    store.close_item(1, actor="owner", at=LATER)
    assert store.feedback() == []


def test_feedback_in_other_words_or_taken_back_is_left_alone_by_a_correction(store: Store) -> None:
    store.add_item(1, VISIT, told=TOLD, actor="owner", at=AT)
    other = replace(TOLD, content="改过")
    store.correct_feedback(1, other, actor="owner", at=LATER)
    store.change_item(1, lambda row: replace(VISIT, text="每周"), told=told, actor="owner", at=LATER)
    assert [(row.content, row.action, row.from_revision) for row in store.feedback()] == [("改过", VISIT.text, 3)]
    store.close_feedback(2, actor="owner", at=LATER)
    assert store.change_item(2, lambda row: replace(VISIT, text="每月"), told=told, actor="owner", at=LATER) == (3, 6)
    assert (store.feedback(), [row.feedback_id for row in store.meeting_items()]) == ([], [1])
    # Brought back to the words that were written with the decision, it follows again.
    store.restore_feedback(1, actor="owner", at=LATER)
    store.change_item(3, lambda row: replace(VISIT, text="每季"), told=told, actor="owner", at=LATER)
    assert [(row.feedback_id, row.action) for row in store.feedback()] == [(4, "每季")]
    assert [row.feedback_id for row in store.meeting_items()] == [4]


def test_figures_are_as_before_whatever_is_decided(store: Store) -> None:
    assert store.figures_revision() == 0
    assert store.add_feedback(TOLD, actor="owner", at=AT) == 2
    store.add_item(1, VISIT, told=TOLD, actor="owner", at=LATER)
    assert (store.figures_revision(), store.revision()) == (2, 3)
    assert (store.revision_by(AT), store.revision_by(LATER)) == (2, 3)


def test_meetings_and_proposals_of_before_are_migrated_with_all_that_belongs_to_them(tmp_path: Path) -> None:
    revisions = [(AT, "meeting"), (AT, "meeting"), (LATER, "meeting"), (LATER, "target"), (LATER, "target")]
    store = open_store(
        workspace_at(
            "0009",
            tmp_path,
            [
                *(f"INSERT INTO revisions (at, actor, action) VALUES ('{at}.000000', 'owner', '{action}')" for at, action in revisions),
                f"INSERT INTO meetings (period, started_at, ended_at, revision) VALUES ('2026-10', '{AT}.000000', '{LATER}.000000', 1)",
                "INSERT INTO feedback (revision, date, manager, content, recorded_by) VALUES (2, '2026-11-24', '李明', '客户满意度', 'owner')",
                "INSERT INTO meeting_items (meeting_id, kind, manager, kpi, text, responsible, feedback_id, from_revision)"
                " VALUES (1, 'decision', '李明', 'csat', '回访', '', 1, 2)",
                "INSERT INTO targets (kpi, scope, subject, from_month, value, inherits, reason, from_revision)"
                " VALUES ('csat', 'manager', '李明', '2026-11', 0.9, 0, '', 5)",
                "INSERT INTO target_proposals (kpi, scope, subject, from_month, value, reason, from_revision, target_id)"
                " VALUES ('csat', 'manager', '李明', '2026-11', 0.9, '', 4, 1)",
                "INSERT INTO target_answers (proposal_id, manager, stance, text, from_revision) VALUES (1, '李明', 'agreed', '', 4)",
            ],
        )
    )
    assert [store.meetings(revision)[0].ended_at for revision in (1, 2, 3, 5)] == [None, None, LATER, LATER]
    assert [(row.text, row.feedback_id) for row in store.meeting_items()] == [("回访", 1)]
    assert [store.proposals(revision)[0].target_id for revision in (4, 5)] == [None, 1]
    assert [row.stance for row in store.target_answers()] == ["agreed"]
    # What points where is watched again.
    with pytest.raises(sa.exc.IntegrityError), store._writing() as connection:
        connection.execute(sa.text("INSERT INTO proposal_targets (target_id, proposal_id) VALUES (7, 7)"))
