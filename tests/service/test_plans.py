"""Improvement plans in use: agreed, changed, noted, closed and taken back; graded by the months after their start, as at any revision."""

from __future__ import annotations

import datetime as dt
import itertools
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from amdash.config import Settings
from amdash.metrics.catalogue import by_id
from amdash.service import aliases, annotations, imports, marks, plans
from amdash.service.plan_terms import MEASURES, Terms, suited
from amdash.service.plans import Followed
from amdash.service.workspace import Workspace, open_workspace
from amdash.store.plans import PlanRow
from tests.service.made import code, copied

AT = dt.datetime(2026, 11, 24, 9, 0)
PEOPLE = "姓名,工号,团队\n李明,1001,华东组\n王芳,1002,华东组\n赵强,1003,华南组\n周雅,1004,".encode()
MONTHS = [f"2025-{number:02d}" for number in range(5, 13)] + [f"2026-{number:02d}" for number in range(1, 12)]
# Twelve months of mean 100 and moving ranges of 20, so that 100 +- 53.2 is ordinary; the start; five months; the running one.
LI_MING = [90, 110] * 6 + [100] + [160, 150, 160, 150, 160] + [1]
WANG_FANG = [90, 110] * 6 + [90] + [110, 90, 110, 90, 110] + [1]
DO = Terms(action="每周回访两次")
STARTED = replace(DO, started="2026-05", due="2026-08")


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory, open_at: Callable[[Path], Workspace], put) -> Workspace:
    """Four managers; sales of 李明, which rise after May 2026, and of 王芳, which swing as ever."""
    lines = ["日期,客户经理,金额,订单编号"]
    for name, amounts in (("李明", LI_MING), ("王芳", WANG_FANG)):
        lines += [f"{month}-05,{name},{amount},{name}{month}" for month, amount in zip(MONTHS, amounts, strict=True)]
    ws = open_at(tmp_path_factory.mktemp("plans"))
    put(ws, ("客户经理名单.csv", PEOPLE), ("销售.csv", "\n".join(lines).encode()))
    return ws


@pytest.fixture
def made(original: Workspace, tmp_path: Path, open_at: Callable[[Path], Workspace]) -> Workspace:
    """A copy of it, at revision 1."""
    return copied(original, tmp_path, open_at)


def agree(ws: Workspace, manager: str = "李明", terms: Terms = STARTED, kpi: str = "sales_amount") -> int:
    return plans.begin(ws, kpi, manager, terms)[0]


def one(ws: Workspace, revision: int | None = None) -> Followed:
    (found,) = plans.effects(ws, revision=revision)
    return found


# Agreeing


def test_an_untouched_workspace_has_none_and_nobody_to_agree_with(ws: Workspace) -> None:
    assert plans.effects(ws) == []
    counted = plans.summary([])
    assert counted[["by", "name", "plans", "closed", "closed_without_effect"]].to_numpy().tolist() == [["all", "", 0, 0, 0]]
    assert code(lambda: plans.begin(ws, "csat", "李明", DO)) == "manager_unknown"


def test_a_plan_begins_this_month_from_the_newest_finished_one_and_is_due_in_three(made: Workspace) -> None:
    terms = Terms(action=" 每周回访两次 ", goal=180, measure="feedback_loop", reason=" 下滑 ", responsible="孙丽华")
    assert plans.begin(made, "sales_amount", " 李 明 ", terms, actor="孙丽华") == (1, 2)
    assert one(made).entry == PlanRow(
        kpi="sales_amount",
        manager="李明",
        started="2026-11",
        due="2027-02",
        action="每周回访两次",
        baseline=160.0,
        goal=180,
        measure="feedback_loop",
        reason="下滑",
        responsible="孙丽华",
        plan_id=1,
        entry_id=1,
        replaces=None,
        from_revision=2,
        until_revision=None,
        at=AT,
        actor="孙丽华",
    )
    assert (one(made).state, one(made).effect.grade, one(made).notes, one(made).without_effect) == ("open", "too_early", (), False)


@pytest.mark.parametrize(
    ("manager", "terms", "expected"),
    [
        ("李明", STARTED, 110.0),
        ("李明", replace(DO, started="2025-06"), 90.0),
        # Before any figures there is nothing to start from.
        ("李明", replace(DO, started="2025-05"), None),
        ("赵强", STARTED, None),
        ("李明", replace(STARTED, baseline=95), 95),
        # 0 is a baseline too.
        ("李明", replace(STARTED, baseline=0), 0),
        # The running month is not over, whenever the plan is to start.
        ("李明", replace(DO, started="2027-01"), 160.0),
    ],
)
def test_the_baseline_is_the_last_month_before_the_start_that_is_over(made: Workspace, manager: str, terms: Terms, expected: float | None) -> None:
    agree(made, manager, terms)
    assert one(made).entry.baseline == expected


@pytest.mark.parametrize(
    ("terms", "expected"),
    [
        (Terms(), "entry_incomplete"),
        (Terms(action="  "), "entry_incomplete"),
        (replace(DO, started="2026-13"), "plan_month_invalid"),
        (replace(DO, due="2026-Q4"), "plan_month_invalid"),
        (replace(DO, due="2026-10"), "plan_due_before_start"),
        (replace(DO, goal=92), "plan_value_invalid"),
        (replace(DO, baseline=-0.1), "plan_value_invalid"),
        (replace(DO, goal=float("nan")), "plan_value_invalid"),
        (replace(DO, measure="train"), "plan_measure_unknown"),
    ],
)
def test_what_cannot_be_agreed_leaves_nothing(made: Workspace, terms: Terms, expected: str) -> None:
    assert code(lambda: plans.begin(made, "csat", "李明", terms)) == expected
    assert made.revision() == 1


@pytest.mark.parametrize(
    ("kpi", "goal", "possible"),
    [
        ("csat", 1, True),
        ("sales_attainment", 1.2, True),
        ("sales_attainment", 95, False),
        ("nps", -0.2, True),
        ("nps", 30, False),
        ("sales_amount", 1e9, True),
        ("response_time", -1, False),
        ("response_time", float("inf"), False),
    ],
)
def test_a_goal_is_one_that_the_kpi_can_reach(made: Workspace, kpi: str, goal: float, possible: bool) -> None:
    if possible:
        plans.begin(made, kpi, "李明", replace(DO, goal=goal))
    else:
        assert code(lambda: plans.begin(made, kpi, "李明", replace(DO, goal=goal))) == "plan_value_invalid"


def test_whom_and_what_it_is_for_must_be_known(made: Workspace) -> None:
    assert code(lambda: plans.begin(made, "colour", "李明", DO)) == "kpi_unknown"
    assert code(lambda: plans.begin(made, "csat", "何人", DO)) == "manager_unknown"
    assert code(lambda: plans.effects(made, manager="何人")) == "manager_unknown"
    assert code(lambda: plans.effects(made, kpi="colour")) == "kpi_unknown"
    assert code(lambda: plans.effects(made, revision=9)) == "revision_unknown"


def test_a_kpi_whose_months_overlap_or_come_from_others_shows_no_effect() -> None:
    kpi = by_id("csat")
    assert suited(kpi) is kpi
    assert code(lambda: suited(replace(kpi, window_months=12))) == "plan_kpi_unsuited"
    assert code(lambda: suited(replace(kpi, measure="derived"))) == "plan_kpi_unsuited"


@pytest.mark.parametrize("measure", [*MEASURES, ""])
def test_every_measure_of_the_method_can_be_named(made: Workspace, measure: str) -> None:
    agree(made, terms=replace(DO, measure=measure))
    assert one(made).entry.measure == measure


# Changing, noting, closing


def test_a_change_leaves_what_it_does_not_name_and_older_revisions_as_they_were(made: Workspace) -> None:
    agree(made, terms=replace(STARTED, goal=150, responsible="孙丽华"))
    assert plans.change(made, 1, Terms(goal=170, due="2026-09"), actor="孙丽华") == 3
    now, before = one(made).entry, one(made, 2).entry
    assert (now.goal, now.due, now.started, now.action, now.baseline, now.responsible) == (170, "2026-09", "2026-05", DO.action, 110, "孙丽华")
    assert (before.goal, before.due) == (150, "2026-08")
    assert plans.change(made, 1, Terms(goal=170)) == 3
    assert plans.change(made, 1, Terms(responsible=" ")) == 4
    assert one(made).entry.responsible == ""
    assert code(lambda: plans.change(made, 1, Terms(due="2026-04"))) == "plan_due_before_start"
    assert code(lambda: plans.change(made, 1, Terms(action=""))) == "entry_incomplete"
    assert code(lambda: plans.change(made, 7, Terms(goal=1))) == "plan_missing"
    assert made.revision() == 4
    assert plans.change(made, 1, Terms(goal="none")) == 5
    assert (one(made).entry.goal, one(made).entry.due) == (None, "2026-09")


def test_notes_stay_with_their_plan(made: Workspace) -> None:
    agree(made)
    agree(made, "王芳")
    assert plans.note(made, 2, " 第一次培训 ", dt.date(2026, 6, 3), actor="王芳") == 4
    assert plans.note(made, 1, "开始了") == 5
    first, second = plans.effects(made)
    assert [(note.date, note.text, note.actor) for note in first.notes] == [(AT.date(), "开始了", "owner")]
    assert [(note.note_id, note.date, note.text, note.actor) for note in second.notes] == [(1, dt.date(2026, 6, 3), "第一次培训", "王芳")]
    assert plans.effects(made, revision=3)[1].notes == ()
    assert code(lambda: plans.undo_note(made, 1, 1)) == "plan_note_missing"
    assert plans.undo_note(made, 2, 1) == 6
    assert plans.effects(made)[1].notes == ()
    assert len(plans.effects(made, revision=5)[1].notes) == 1
    assert code(lambda: plans.undo_note(made, 2, 1)) == "plan_note_undone_already"


@pytest.mark.parametrize("text", ["", " "])
def test_a_note_or_conclusion_says_something_of_a_day_that_has_come(made: Workspace, text: str) -> None:
    agree(made)
    tomorrow = dt.date(2026, 11, 25)
    assert code(lambda: plans.note(made, 1, text)) == "entry_incomplete"
    assert code(lambda: plans.close(made, 1, text)) == "entry_incomplete"
    assert code(lambda: plans.note(made, 1, "x", tomorrow)) == "entry_day_ahead"
    assert code(lambda: plans.close(made, 1, "x", tomorrow)) == "entry_day_ahead"
    assert code(lambda: plans.note(made, 3, "x")) == "plan_missing"
    assert made.revision() == 2


def test_closed_it_stands_with_its_conclusion_until_it_is_reopened(made: Workspace) -> None:
    agree(made)
    assert plans.close(made, 1, " 有效 ", dt.date(2026, 9, 1), new_process=True) == 3
    closed = one(made)
    assert (closed.state, closed.entry.closed_on, closed.entry.conclusion, closed.entry.new_process) == ("closed", dt.date(2026, 9, 1), "有效", True)
    assert code(lambda: plans.close(made, 1, "又")) == "plan_closed_already"
    assert code(lambda: plans.change(made, 1, Terms(goal=1))) == "plan_closed_already"
    assert plans.note(made, 1, "后来") == 4
    assert plans.reopen(made, 1) == 5
    again = one(made)
    assert (again.state, again.entry.closed_on, again.entry.conclusion, again.entry.new_process) == ("overdue", None, "", False)
    assert code(lambda: plans.reopen(made, 1)) == "plan_not_closed"
    assert one(made, 4).state == "closed"


def test_taken_back_step_by_step(made: Workspace) -> None:
    agree(made)
    plans.change(made, 1, Terms(goal=170))
    plans.close(made, 1, "有效")
    assert [plans.undo(made, 1) for _ in range(3)] == [5, 6, 7]
    found = [[(row.state, row.entry.goal) for row in plans.effects(made, revision=revision)] for revision in range(2, 8)]
    assert found == [[("overdue", None)], [("overdue", 170)], [("closed", 170)], [("overdue", 170)], [("overdue", None)], []]
    assert code(lambda: plans.undo(made, 1)) == "plan_undone_already"
    assert code(lambda: plans.undo(made, 2)) == "plan_missing"


# What has become of them


def test_a_plan_that_worked_and_one_that_changed_nothing(made: Workspace) -> None:
    agree(made, terms=replace(STARTED, goal=155))
    agree(made, "王芳")
    first, second = plans.effects(made)
    assert (first.effect.grade, first.effect.rule, first.effect.rule_month) == ("worked", "outside", "2026-06")
    assert (first.effect.usual, first.effect.lower, first.effect.upper) == pytest.approx((100, 46.8, 153.2))
    # 780 over five months; the one that is not over, with 1 so far, is none of them.
    assert (first.effect.months_before, first.effect.months_after, first.effect.after, first.effect.change) == (12, 5, 156, 46)
    assert (first.effect.goal_reached, first.effect.goal_month) == (True, "2026-06")
    assert (first.without_effect, second.without_effect) == (False, True)
    # 102 is better than the usual 100, not than the 110 that it started from.
    assert (second.effect.grade, second.effect.after, second.effect.baseline) == ("no_change", 102, 110)
    assert [found.state for found in (first, second)] == ["overdue", "overdue"]


def test_the_running_month_is_judged_when_it_is_over_and_older_revisions_as_then(tmp_path: Path, original: Workspace) -> None:
    for path in original.settings.workspace.glob("amdash.db*"):
        shutil.copy(path, tmp_path / path.name)
    clock = itertools.chain([dt.datetime(2026, 7, 31, 23, 0)] * 3, itertools.repeat(dt.datetime(2026, 12, 1, 0, 0)))
    now = [next(clock)]
    ws = open_workspace(Settings(tmp_path, f"sqlite:///{(tmp_path / 'amdash.db').as_posix()}"), now=lambda: now[0])
    agree(ws)
    assert (one(ws).effect.months_after, one(ws).state) == (1, "open")
    now[0] = dt.datetime(2026, 8, 1)
    assert (one(ws).effect.months_after, one(ws).state) == (2, "due")
    now[0] = dt.datetime(2026, 12, 1)
    assert (one(ws).effect.months_after, one(ws).state) == (6, "overdue")
    assert (one(ws, 2).effect.months_after, one(ws, 2).state) == (1, "open")


@pytest.mark.parametrize(
    ("due", "state", "closed"), [("2027-01", "open", False), ("2026-11", "due", False), ("2026-10", "overdue", False), ("2026-09", "overdue", True)]
)
def test_open_due_this_month_or_past_it(made: Workspace, due: str, state: str, closed: bool) -> None:
    agree(made, "王芳", replace(STARTED, due=due))
    # October is the last month that is over: the plan that was due in it is past its time only with November.
    assert (one(made).state, one(made).effect.closed) == (state, closed)


def test_closed_early_it_is_judged_as_if_it_had_been_due_then(made: Workspace) -> None:
    agree(made, "王芳", replace(STARTED, due="2027-04", goal=105))
    assert (one(made).without_effect, one(made).effect.goal_reached) == (False, True)
    plans.close(made, 1, "放弃", dt.date(2026, 7, 20))
    found = one(made)
    # Due in July: 90, after 110 in June.
    assert (found.effect.plan.due, found.effect.goal_reached, found.effect.goal_month) == ("2026-07", False, "2026-06")
    assert (found.effect.closed, found.without_effect, found.entry.due) == (True, True, "2027-04")


def test_closed_in_the_month_it_began_nothing_is_known_and_it_stays_visible(made: Workspace) -> None:
    agree(made, terms=DO)
    plans.close(made, 1, "放弃", dt.date(2026, 10, 2))
    found = one(made)
    assert (found.state, found.effect.plan.due, found.effect.grade, found.without_effect) == ("closed", "2026-11", "too_early", True)


def test_without_figures_nothing_is_measured(made: Workspace) -> None:
    agree(made, "赵强")
    agree(made, "李明", kpi="csat")
    agree(made, "赵强", DO)
    assert [found.effect.grade for found in plans.effects(made)] == ["not_measured", "not_measured", "too_early"]
    assert [found.without_effect for found in plans.effects(made)] == [True, True, False]


def test_when_the_import_is_taken_back_the_plan_stays(made: Workspace) -> None:
    agree(made)
    imports.undo(made, 1)
    assert (one(made).entry.manager, one(made).effect.grade) == ("李明", "not_measured")
    assert one(made, 2).effect.grade == "worked"


def test_a_share_is_judged_by_its_cases(made: Workspace, put) -> None:
    lines = ["调查日期,客户经理,满意度评分"]
    for month, satisfied in zip(MONTHS, [7, 9] * 6 + [8] + [10] * 6, strict=True):
        lines += [f"{month}-03,李明,{5 if place < satisfied else 2}" for place in range(10)]
    put(made, ("满意度调查.csv", "\n".join(lines).encode()))
    agree(made, kpi="csat", terms=replace(STARTED, baseline=0.8))
    found = one(made).effect
    # 96 of 120 before, 50 of 50 in five months after.
    assert (found.usual, found.after, found.upper) == pytest.approx((0.8, 1.0, 1.0))
    # From month to month it swings by 0.2, or 0.2 / sqrt(0.8 x 0.2 / 10) = 1.581 of what chance does, which is 1.581 / 1.128 = 1.402 sigma. So the
    # 50 cases say as much as 50 / 1.402 squared, and Wilson's interval of n of n is n / (n + 1.96 squared) to 1; less the baseline.
    cases = 50 / (0.2 / (0.8 * 0.2 / 10) ** 0.5 / 1.128) ** 2
    assert found.interval is not None
    assert (found.interval.lower, found.interval.upper) == pytest.approx((cases / (cases + 1.959964**2) - 0.8, 0.2), abs=1e-4)


def test_two_managers_who_are_one_have_the_plans_of_both(made: Workspace) -> None:
    agree(made, "周雅", kpi="csat")
    agree(made, "王芳")
    aliases.merge(made, "manager", "周雅", "王芳")
    assert [found.entry.manager for found in plans.effects(made)] == ["王芳", "王芳"]
    assert [found.entry.plan_id for found in plans.effects(made, manager="周雅")] == [1, 2]
    assert [found.entry.manager for found in plans.effects(made, revision=3)] == ["周雅", "王芳"]
    # The old name still finds the person.
    assert plans.begin(made, "nps", "周雅", DO) == (3, 5)
    assert plans.effects(made)[2].entry.manager == "王芳"


def test_filtered_by_manager_kpi_and_state(made: Workspace) -> None:
    agree(made)
    agree(made, "王芳")
    agree(made, kpi="csat", terms=DO)
    plans.close(made, 2, "没有效果")
    ids = lambda **chosen: [found.entry.plan_id for found in plans.effects(made, **chosen)]  # noqa: E731
    assert ids() == [1, 2, 3]
    assert ids(manager=" 李 明") == [1, 3]
    assert ids(kpi="sales_amount") == [1, 2]
    assert ids(states=["closed"]) == [2]
    assert ids(states=["open", "overdue"]) == [1, 3]
    assert ids(manager="赵强") == []


def test_how_plans_ended_by_kpi_and_measure(made: Workspace) -> None:
    agree(made, terms=replace(STARTED, measure="feedback_loop"))
    agree(made, "王芳", replace(STARTED, measure="feedback_loop"))
    agree(made, "赵强")
    counted = plans.summary(plans.effects(made)).set_index(["by", "name"])
    names = ["plans", "closed", "closed_without_effect", "worked", "no_change", "not_measured"]
    found = {key: counted.loc[key, names].tolist() for key in counted.index}
    assert found == {
        ("all", ""): [3, 3, 2, 1, 1, 1],
        ("kpi", "sales_amount"): [3, 3, 2, 1, 1, 1],
        ("measure", "feedback_loop"): [2, 2, 1, 1, 1, 0],
    }


# Marked changes


def test_a_plan_never_makes_limits_anew_unless_that_is_said(made: Workspace) -> None:
    agree(made)
    plans.close(made, 1, "有效")
    assert marks.marks(made) == {}
    plans.undo(made, 1)
    plans.close(made, 1, "有效，成了新做法", new_process=True)
    assert marks.marks(made) == {("sales_amount", "李明"): ("2026-06",)}
    # May was half of either. Its own mark does not cut off what came of it.
    assert (one(made).effect.grade, one(made).effect.months_before, one(made).effect.months_after) == ("worked", 12, 5)


def test_two_plans_of_one_kpi_the_second_is_held_against_the_process_that_the_first_began(made: Workspace) -> None:
    agree(made)
    agree(made, terms=replace(DO, started="2026-09", due="2026-10"))
    before = plans.effects(made)[1].effect
    assert (before.months_before, before.months_after) == (16, 1)
    plans.close(made, 1, "有效", new_process=True)
    first, second = (found.effect for found in plans.effects(made))
    # June to August are three months, two less than it takes.
    assert (second.grade, second.months_before) == ("too_few", 3)
    assert (first.grade, first.months_after) == ("worked", 5)


def test_what_is_done_another_way_after_the_start_is_not_the_plans_doing(made: Workspace) -> None:
    agree(made)
    annotations.add(made, "2026-08", "换了系统", new_process=True, team="华东组")
    assert one(made).effect.months_after == 2
    annotations.add(made, "2025-09", "换了系统", new_process=True, kpi="sales_amount")
    annotations.add(made, "2026-01", "换了系统", new_process=True, kpi="csat")
    annotations.add(made, "2026-02", "展会")
    assert one(made).effect.months_before == 8


@pytest.mark.parametrize(
    "call",
    [
        lambda ws: plans.begin(ws, "csat", "李明", DO, actor=" "),
        lambda ws: plans.change(ws, 1, DO, actor=" "),
        lambda ws: plans.note(ws, 1, "x", actor=" "),
        lambda ws: plans.undo_note(ws, 1, 1, actor=" "),
        lambda ws: plans.close(ws, 1, "x", actor=" "),
        lambda ws: plans.reopen(ws, 1, actor=" "),
        lambda ws: plans.undo(ws, 1, actor=" "),
        lambda ws: plans.effects(ws, actor=" "),
    ],
)
def test_nobody_does_nothing(made: Workspace, call: Callable[[Workspace], Any]) -> None:
    assert code(lambda: call(made)) == "actor_missing"
    assert made.revision() == 1


def test_the_training_of_the_demo_worked(demo_copy: Workspace) -> None:
    began = replace(STARTED, started="2026-04", due="2026-07", measure="train_communication")
    for kpi, manager in (("csat", "李明"), ("response_time", "李明"), ("csat", "林佳怡")):
        plans.begin(demo_copy, kpi, manager, began)
    found = plans.effects(demo_copy)
    assert [one.effect.grade == "worked" for one in found] == [True, True, False]
    assert all(one.effect.rule_month == "2026-05" for one in found[:2])
