"""Annotations in use: of everybody, a team or a manager, as at any revision; and the marks that they make."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from amdash.i18n.words import ANNOTATION_KINDS
from amdash.metrics.catalogue import KPIS
from amdash.service import aliases, annotations, marks
from amdash.service.workspace import Workspace
from tests.service.made import code, copied

PEOPLE = "姓名,工号,团队\n李明,1001,华东组\n王芳,1002,华东组\n赵强,1003,华南组\n周雅,1004,".encode()


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory, open_at: Callable[[Path], Workspace], put) -> Workspace:
    """Four managers, and one sale of somebody on no list."""
    ws = open_at(tmp_path_factory.mktemp("annotations"))
    put(ws, ("客户经理名单.csv", PEOPLE), ("销售.csv", "日期,客户经理,金额,订单编号\n2026-10-05,新人,100,A1".encode()))
    return ws


@pytest.fixture
def made(original: Workspace, tmp_path: Path, open_at: Callable[[Path], Workspace]) -> Workspace:
    """A copy of it, at revision 1."""
    return copied(original, tmp_path, open_at)


def texts(ws: Workspace, **chosen: Any) -> list[str]:
    return [row.text for row in annotations.entries(ws, **chosen)]


def test_an_untouched_workspace_has_none_and_can_be_annotated(ws: Workspace) -> None:
    assert (annotations.entries(ws), marks.marks(ws), marks.entries(ws)) == ([], {}, ())
    assert annotations.add(ws, "2026-10", "开业") == (1, 1)
    assert texts(ws) == ["开业"]
    assert code(lambda: annotations.add(ws, "2026-10", "x", manager="李明")) == "manager_unknown"
    assert code(lambda: annotations.add(ws, "2026-10", "x", team="华东组")) == "team_unknown"


def test_by_month_whoever_it_is_about(made: Workspace) -> None:
    assert annotations.add(made, "2026-06", " 换了系统 ", kind="data", actor="孙丽华") == (1, 2)
    annotations.add(made, "2026-04", "培训", kind="training", kpi="csat", manager=" 李 明 ")
    annotations.add(made, "2026-05", "新流程", kind="process", team=" 华东组", new_process=True)
    found = annotations.entries(made)
    assert [(row.annotation_id, row.month, row.text, row.kind, row.kpi, row.scope, row.subject, row.new_process) for row in found] == [
        (2, "2026-04", "培训", "training", "csat", "manager", "李明", False),
        (3, "2026-05", "新流程", "process", "", "team", "华东组", True),
        (1, "2026-06", "换了系统", "data", "", "everybody", "", False),
    ]
    assert found[2].actor == "孙丽华"


def test_those_that_concern_somebody(made: Workspace) -> None:
    annotations.add(made, "2026-01", "全体")
    annotations.add(made, "2026-02", "华东", team="华东组")
    annotations.add(made, "2026-03", "李明", manager="李明", kpi="csat")
    annotations.add(made, "2026-04", "周雅", manager="周雅")
    assert texts(made, manager="李明") == ["全体", "华东", "李明"]
    assert texts(made, manager="李明", kpi="nps") == ["全体", "华东"]
    assert texts(made, manager="周雅") == ["全体", "周雅"]
    assert texts(made, team="华东组") == ["全体", "华东"]
    assert texts(made, team="华南组") == ["全体"]
    assert texts(made, kpi="csat") == ["全体", "华东", "李明", "周雅"]
    assert code(lambda: annotations.entries(made, manager="何人")) == "manager_unknown"
    assert code(lambda: annotations.entries(made, kpi="colour")) == "kpi_unknown"


def test_of_one_month_in_the_order_of_writing(made: Workspace) -> None:
    for text in ("乙", "甲", "丙"):
        annotations.add(made, "2026-05", text)
    assert texts(made) == ["乙", "甲", "丙"]


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({"month": "2026-13"}, "month_invalid"),
        ({"month": "2026-Q3"}, "month_invalid"),
        ({"text": " "}, "entry_incomplete"),
        ({"kind": "party"}, "annotation_kind_unknown"),
        ({"kpi": "colour"}, "kpi_unknown"),
        ({"manager": "何人"}, "manager_unknown"),
        ({"team": "华北组"}, "team_unknown"),
        ({"manager": "李明", "team": "华东组"}, "scope_twice"),
        ({"actor": " "}, "actor_missing"),
    ],
)
def test_what_cannot_be_written_leaves_nothing(made: Workspace, given: dict[str, Any], expected: str) -> None:
    said = {"month": "2026-05", "text": "x", **given}
    assert code(lambda: annotations.add(made, **said)) == expected
    assert made.revision() == 1


def test_every_kind_has_a_name(made: Workspace) -> None:
    assert tuple(ANNOTATION_KINDS) == annotations.KINDS
    for kind in annotations.KINDS:
        annotations.add(made, "2026-05", kind, kind=kind)
    assert [row.kind for row in annotations.entries(made)] == list(annotations.KINDS)


def test_taken_back_it_and_its_mark_are_in_older_revisions_still(made: Workspace) -> None:
    annotations.add(made, "2026-05", "新流程", kpi="csat", new_process=True)
    assert annotations.undo(made, 1) == 3
    assert (texts(made), marks.marks(made)) == ([], {})
    assert (texts(made, revision=1), texts(made, revision=2)) == ([], ["新流程"])
    assert marks.marks(made, 2)["csat", "李明"] == ("2026-05",)
    assert code(lambda: annotations.undo(made, 1)) == "annotation_undone_already"
    assert code(lambda: annotations.undo(made, 2)) == "annotation_missing"
    assert code(lambda: annotations.undo(made, 1, actor="")) == "actor_missing"
    assert code(lambda: annotations.entries(made, revision=9)) == "revision_unknown"


def test_one_persons_spellings_are_one_from_the_revision_of_the_merge(made: Workspace) -> None:
    annotations.add(made, "2026-05", "培训", manager="周雅", kpi="csat", new_process=True)
    aliases.merge(made, "manager", "周雅", "王芳")
    assert [row.subject for row in annotations.entries(made)] == ["王芳"]
    assert [row.subject for row in annotations.entries(made, revision=2)] == ["周雅"]
    assert texts(made, manager="周雅") == ["培训"]
    assert marks.marks(made) == {("csat", "王芳"): ("2026-05",)}
    assert marks.marks(made, 2) == {("csat", "周雅"): ("2026-05",)}


def test_limits_begin_anew_for_whom_it_is_said(made: Workspace) -> None:
    annotations.add(made, "2026-02", "展会")
    annotations.add(made, "2026-05", "新流程", team="华东组", kpi="csat", new_process=True)
    annotations.add(made, "2026-03", "换人", manager="王芳", kpi="csat", new_process=True)
    annotations.add(made, "2026-05", "又说一次", manager="王芳", kpi="csat", new_process=True)
    assert marks.marks(made) == {
        ("csat", "华东组"): ("2026-05",),
        ("csat", "李明"): ("2026-05",),
        ("csat", "王芳"): ("2026-03", "2026-05"),
    }
    of = marks.marking(made)
    assert (of("csat", "manager", "王芳"), of("csat", "team", "华东组"), of("csat", "team", "王芳")) == (("2026-03", "2026-05"), ("2026-05",), ())
    assert (of("csat", "all", ""), of("nps", "manager", "王芳")) == ((), ())


def test_what_changes_for_everybody_changes_in_every_series(made: Workspace) -> None:
    annotations.add(made, "2026-06", "换了系统", new_process=True)
    everybody = ["李明", "王芳", "赵强", "周雅", "新人"]
    assert marks.marks(made, by="manager") == {(kpi, name): ("2026-06",) for kpi in KPIS for name in everybody}
    assert marks.marks(made, by="team") == {(kpi, name): ("2026-06",) for kpi in KPIS for name in ("华东组", "华南组")}
    assert marks.marks(made, by="all") == {(kpi, ""): ("2026-06",) for kpi in KPIS}
    assert len(marks.marks(made)) == len(KPIS) * 8
    # Also for whoever comes later.
    assert marks.marking(made)("csat", "manager", "某人") == ("2026-06",)


def test_a_team_called_like_a_manager_is_another_one(ws: Workspace, put) -> None:
    put(ws, ("客户经理名单.csv", "姓名,工号,团队\n李明,1001,王芳\n王芳,1002,华南组".encode()))
    annotations.add(ws, "2026-05", "团队", team="王芳", kpi="csat", new_process=True)
    annotations.add(ws, "2026-07", "个人", manager="王芳", kpi="csat", new_process=True)
    assert marks.marks(ws, by="team") == {("csat", "王芳"): ("2026-05",)}
    assert marks.marks(ws, by="manager") == {("csat", "李明"): ("2026-05",), ("csat", "王芳"): ("2026-07",)}
    assert marks.marks(ws)["csat", "王芳"] == ("2026-05", "2026-07")
