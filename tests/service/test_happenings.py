"""What happened, for charts: annotations and the starts of plans, and whom each concerns."""

from __future__ import annotations

from amdash.service import aliases, annotations, imports, plans
from amdash.service.happenings import PLAN, Happening, Happenings, at_points, happenings
from amdash.service.imports import Upload
from amdash.service.plan_terms import Terms
from amdash.service.workspace import Workspace
from tests.service.made import code

ALL = Happening("2026-04", "training", "培训", "", "everybody", "")
EAST = Happening("2026-05", "people", "新同事", "csat", "team", "华东组")
LI = Happening("2026-06", PLAN, "拜访", "sales_amount", "manager", "李明")
FOUND = Happenings((ALL, EAST, LI), {"李明": "华东组", "王芳": "华南组", "赵强": ""})


def test_each_concerns_its_own_and_what_is_of_everybody_concerns_all() -> None:
    assert FOUND.concerning("csat", "李明") == (ALL, EAST)
    assert FOUND.concerning("sales_amount", "李明") == (ALL, LI)
    assert FOUND.concerning("csat", "王芳") == (ALL,)
    assert FOUND.concerning("csat", "赵强") == (ALL,)
    assert FOUND.concerning("csat", "华东组") == (ALL, EAST)
    # One person's plan is not the team's, nor the business's.
    assert FOUND.concerning("sales_amount", "华东组") == (ALL,)
    assert FOUND.concerning("sales_amount", "") == (ALL,)


def put(ws: Workspace, name: str, text: str) -> None:
    imports.confirm(ws, imports.preview(ws, [Upload(name, text.encode())]))


def test_annotations_and_plans_by_month_under_the_names_in_force(ws: Workspace) -> None:
    put(ws, "销售.csv", "日期,客户经理,金额\n2026-09-01,李明,5\n2026-10-01,李小明,5\n")
    plans.begin(ws, "sales_amount", "李小明", Terms("拜访", "2026-10"))
    annotations.add(ws, "2026-04", "培训", kind="training")
    before = ws.revision()
    assert [(one.month, one.kind, one.subject) for one in happenings(ws).entries] == [("2026-04", "training", ""), ("2026-10", PLAN, "李小明")]
    aliases.merge(ws, "manager", "李小明", "李明")
    found = happenings(ws)
    assert found.entries[1] == Happening("2026-10", PLAN, "拜访", "sales_amount", "manager", "李明")
    assert found.home == {"李明": ""}
    assert happenings(ws, before).entries[1].subject == "李小明"


def test_an_untouched_workspace_has_none_and_an_unknown_revision_is_said(ws: Workspace) -> None:
    assert happenings(ws) == Happenings((), {})
    assert code(lambda: happenings(ws, 9)) == "revision_unknown"


def test_a_teams_plans_are_those_of_its_managers_for_that_kpi() -> None:
    entries = tuple(Happening("2026-05", PLAN, "x", kpi, "manager", name) for kpi in ("csat", "win_rate") for name in ("李明", "王芳", "陈晨"))
    found = Happenings(entries, {"李明": "东", "王芳": "东", "陈晨": ""})
    assert [one.subject for one in found.plans_of_team("csat", "东")] == ["李明", "王芳"]
    assert found.plans_of_team("csat", "") == found.plans_of_team("nps", "东") == ()
    # They are no way of the team.
    assert found.concerning("csat", "东") == ()


def test_each_stands_at_the_point_that_its_month_falls_into() -> None:
    assert at_points(FOUND.entries, ["2026-04", "2026-06"]) == [("2026-04", ALL), ("2026-06", LI)]
    assert at_points(FOUND.entries, ["2026-Q1", "2026-Q2"]) == [("2026-Q2", one) for one in (ALL, EAST, LI)]
    assert at_points(FOUND.entries, ["2026-01"]) == []
    assert at_points(FOUND.entries, []) == []
