"""Targets before they are set: held against the five principles, commented on by everybody they are for, set, acknowledged."""

from __future__ import annotations

import pytest

from amdash.errors import AmdashError
from amdash.metrics.targets import Check, Tally
from amdash.service import aliases, proposals, targets
from amdash.service.workspace import Workspace

LISTED = "姓名,团队,离职日期\n李明,华东组,\n王芳,华东组,\n赵静,华南组,\n钱进,华南组,2026-06-30\n"
TEAMS = {"李明": "华东组", "王芳": "华东组"}


@pytest.fixture
def staffed(ws: Workspace, put) -> Workspace:
    put(ws, ("客户经理名单.csv", LISTED.encode()))
    return ws


def checked(*findings: str, managers: tuple[str, ...] = ("李明", "王芳"), teams: tuple[str, ...] = ()) -> Check:
    tallies = tuple(Tally(name, None, 3, 6) for name in managers) + tuple(Tally(None, name, 3, 6) for name in teams)
    return Check("csat", 0.9, 3, 6, 6, 1, 8, tallies, findings, ())  # type: ignore[arg-type]


def held(found: Check, managers: tuple[str, ...] = ("李明", "王芳")) -> dict[str, bool | None]:
    return {one.code: one.holds for one in proposals.principles(found, managers, TEAMS)}


def test_a_good_target_keeps_all_five_principles_in_the_order_of_the_method() -> None:
    assert list(held(checked()).items()) == [
        ("aligned", True),
        ("measurable", True),
        ("relevant", True),
        ("challenging", True),
        ("understandable", True),
    ]


@pytest.mark.parametrize(
    ("finding", "principle"),
    [
        ("not_aligned", "aligned"),
        ("not_challenging", "challenging"),
        ("not_attainable", "challenging"),
        ("hard_to_understand", "understandable"),
    ],
)
def test_a_finding_speaks_against_its_principle_alone(finding: str, principle: str) -> None:
    found = proposals.principles(checked(finding), ("李明",), TEAMS)
    assert {one.code for one in found if one.holds is not True} == {principle}
    assert next(one.findings for one in found if one.code == principle) == (finding,)


def test_what_was_hardly_measured_is_left_open_and_what_was_not_is_said() -> None:
    assert held(checked("too_few_months"))["challenging"] is None
    nothing = held(checked("not_measurable", managers=()))
    assert (nothing["measurable"], nothing["relevant"], nothing["challenging"]) == (False, False, None)


def test_a_target_is_relevant_to_those_of_whom_something_is_measured() -> None:
    assert held(checked(managers=(), teams=("华东组",)))["relevant"] is True
    assert held(checked(managers=("赵静",)))["relevant"] is False
    newcomer = proposals.principles(checked(managers=("李明",)), ("李明", "王芳"), TEAMS)[2]
    assert (newcomer.holds, newcomer.unmeasured) == (None, ("王芳",))
    assert held(checked(), managers=())["relevant"] is None


def test_a_proposal_waits_for_everybody_it_is_for_and_is_then_set(staffed: Workspace) -> None:
    number, revision = proposals.propose(staffed, "csat", 0.95, "2026-12", team="华东组", reason=" 再进一步 ")
    assert (number, revision) == (1, 2)
    (one,) = proposals.proposals(staffed, "csat")
    assert (one.managers, one.waiting, one.is_set, one.row.reason) == (("李明", "王芳"), ("李明", "王芳"), False, "再进一步")
    proposals.answer(staffed, number, ["李明"], "agreed")
    with pytest.raises(AmdashError, match="proposal_unheard") as caught:
        proposals.set_proposal(staffed, number)
    assert caught.value.fields == {"managers": ["王芳"]}
    assert targets.entries(staffed) == []
    # Whoever does not agree has been heard.
    proposals.answer(staffed, number, ["王芳"], "disagreed", "样本太少")
    assert proposals.set_proposal(staffed, number) == 5
    (row,) = targets.entries(staffed)
    assert (row.kpi, row.scope, row.subject, row.from_month, row.value, row.reason) == ("csat", "team", "华东组", "2026-12", 0.95, "再进一步")
    (one,) = proposals.proposals(staffed)
    assert (one.is_set, one.row.target_id, {name: said.text for name, said in one.answers.items()}) == (
        True,
        row.target_id,
        {"李明": "", "王芳": "样本太少"},
    )
    assert not proposals.proposals(staffed, revision=4)[0].is_set
    assert proposals.proposals(staffed, "nps") == []


def test_who_has_left_by_then_is_not_asked(staffed: Workspace) -> None:
    proposals.propose(staffed, "csat", 0.95, "2026-12")
    proposals.propose(staffed, "csat", 0.95, "2026-06", team="华南组")
    proposals.propose(staffed, "csat", 0.95, "2026-07", team="华南组")
    later, at_the_end, everybody = proposals.proposals(staffed)
    assert (everybody.managers, at_the_end.managers, later.managers) == (("李明", "王芳", "赵静"), ("赵静", "钱进"), ("赵静",))


def test_a_merged_name_is_one_person_in_proposals_too(staffed: Workspace) -> None:
    number, _revision = proposals.propose(staffed, "csat", 0.95, "2026-12", manager="王芳")
    proposals.answer(staffed, number, ["王芳"], "agreed")
    aliases.merge(staffed, "manager", "王芳", "李明")
    (one,) = proposals.proposals(staffed)
    assert (one.row.subject, one.managers, one.waiting, one.answers["李明"].manager) == ("李明", ("李明",), (), "李明")


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("stance_unknown", {"managers": ["李明"], "stance": "acknowledged"}),
        ("answer_without_words", {"managers": ["李明"], "stance": "comment", "text": " "}),
        ("answer_without_words", {"managers": ["李明"], "stance": "disagreed"}),
        ("answer_of_nobody", {"managers": [], "stance": "agreed"}),
        ("manager_unknown", {"managers": ["谁"], "stance": "agreed"}),
    ],
)
def test_an_answer_that_says_nothing_is_refused(staffed: Workspace, code: str, said: dict) -> None:
    proposals.propose(staffed, "csat", 0.95, "2026-12")
    with pytest.raises(AmdashError, match=code):
        proposals.answer(staffed, 1, **said)
    assert staffed.revision() == 2


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("kpi_unknown", {"kpi": "x"}),
        ("target_value_invalid", {"value": -1.0}),
        ("month_invalid", {"from_month": "2026-13"}),
        ("manager_unknown", {"manager": "谁"}),
        ("scope_twice", {"manager": "李明", "team": "华东组"}),
    ],
)
def test_a_proposal_that_no_target_can_be_is_refused(staffed: Workspace, code: str, said: dict) -> None:
    with pytest.raises(AmdashError, match=code):
        proposals.propose(staffed, **{"kpi": "csat", "value": 0.9, "from_month": "2026-12", **said})
    assert staffed.revision() == 1


def test_an_answer_and_a_proposal_can_be_taken_back(staffed: Workspace) -> None:
    number, _revision = proposals.propose(staffed, "csat", 0.95, "2026-12", manager="李明")
    proposals.answer(staffed, number, ["李明"], "comment", "先看旺季")
    said = proposals.proposals(staffed)[0].answers["李明"]
    proposals.take_back(staffed, said.answer_id)
    assert proposals.proposals(staffed)[0].waiting == ("李明",)
    proposals.withdraw(staffed, number)
    assert proposals.proposals(staffed) == []


def test_a_manager_takes_note_of_a_target_in_force(staffed: Workspace) -> None:
    targets.put(staffed, "csat", 0.95, "2026-12")
    number = targets.entries(staffed)[0].target_id
    answer_id, revision = proposals.acknowledge(staffed, number, "李明")
    assert revision == 3
    noted = proposals.acknowledged(staffed)
    assert [(key, one.at) for key, one in noted.items()] == [((number, "李明"), staffed.now())]
    assert proposals.acknowledged(staffed, 2) == {}
    proposals.take_back(staffed, answer_id)
    assert proposals.acknowledged(staffed) == {}
    with pytest.raises(AmdashError, match="manager_unknown"):
        proposals.acknowledge(staffed, number, "谁")


def test_nobody_proposes_answers_or_sets(staffed: Workspace) -> None:
    proposals.propose(staffed, "csat", 0.95, "2026-12", manager="李明")
    for call in (
        lambda: proposals.propose(staffed, "csat", 0.95, "2026-12", actor=" "),
        lambda: proposals.answer(staffed, 1, ["李明"], "agreed", actor=" "),
        lambda: proposals.set_proposal(staffed, 1, actor=" "),
        lambda: proposals.withdraw(staffed, 1, actor=" "),
        lambda: proposals.acknowledge(staffed, 1, "李明", actor=" "),
        lambda: proposals.take_back(staffed, 1, actor=" "),
        lambda: proposals.proposals(staffed, actor=" "),
        lambda: proposals.acknowledged(staffed, actor=" "),
    ):
        with pytest.raises(AmdashError, match="actor_missing"):
            call()
    assert staffed.revision() == 2
