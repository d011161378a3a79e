"""What happened, for charts: annotations and the starts of plans, and whom each concerns."""

from __future__ import annotations

from dataclasses import replace

from amdash.insight.reading import Point, Reading
from amdash.service import aliases, annotations, imports, plans
from amdash.service.happenings import PLAN, Happening, Happenings, InChart, at_points, happenings
from amdash.service.imports import Upload
from amdash.service.plan_terms import Terms
from amdash.service.workspace import Workspace
from tests.service.made import code

ALL = Happening("2026-04", "training", "培训", "", "everybody", "")
EAST = Happening("2026-05", "people", "新同事", "csat", "team", "华东组")
LI = Happening("2026-06", PLAN, "拜访", "sales_amount", "manager", "李明")
FOUND = Happenings((ALL, EAST, LI), {"李明": "华东组", "王芳": "华南组", "赵强": ""})


def test_each_concerns_its_own_and_what_is_of_everybody_concerns_all() -> None:
    assert FOUND.concerning("csat", "manager", "李明") == (ALL, EAST)
    assert FOUND.concerning("sales_amount", "manager", "李明") == (ALL, LI)
    assert FOUND.concerning("csat", "manager", "王芳") == (ALL,)
    assert FOUND.concerning("csat", "manager", "赵强") == (ALL,)
    assert FOUND.concerning("csat", "team", "华东组") == (ALL, EAST)
    # One person's plan is not the team's, nor the business's.
    assert FOUND.concerning("sales_amount", "team", "华东组") == (ALL,)
    assert FOUND.concerning("sales_amount", "all", "") == (ALL,)


def test_a_team_that_is_called_like_a_manager_has_nothing_of_theirs() -> None:
    found = Happenings((EAST, LI), {"李明": "华东组", "华东组": "李明"})
    assert found.concerning("sales_amount", "team", "李明") == ()
    assert found.concerning("csat", "manager", "华东组") == ()


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
    assert found.concerning("csat", "team", "东") == ()


def test_the_plans_behind_a_teams_chart_are_counted_at_their_points_and_a_managers_own_is_told() -> None:
    points = tuple(Point(month, 0.9, 9) for month in ("2026-05", "2026-06"))
    reading = Reading("csat", "东", "2026-06", 0.9, None, None, None, 9, "none", "ordinary", points, None, by="team")
    plans = tuple(
        Happening(month, PLAN, "x", "csat", "manager", name) for month, name in (("2026-05", "李明"), ("2026-05", "东"), ("2026-06", "李明"))
    )
    found = Happenings((replace(EAST, subject="东"), *plans), {"李明": "东", "东": "东"})
    assert found.in_chart(reading) == [
        InChart("2026-05", (found.entries[0],)),
        InChart("2026-05", plans[:2], is_counted=True),
        InChart("2026-06", plans[2:], is_counted=True),
    ]
    # The manager of that name has their own plan and what is their team's.
    assert found.in_chart(replace(reading, by="manager")) == [InChart("2026-05", (one,)) for one in (found.entries[0], plans[1])]
    assert found.in_chart(replace(reading, by="all", subject="")) == []


def test_each_stands_at_the_point_that_its_month_falls_into() -> None:
    assert at_points(FOUND.entries, ["2026-04", "2026-06"]) == [("2026-04", ALL), ("2026-06", LI)]
    assert at_points(FOUND.entries, ["2026-Q1", "2026-Q2"]) == [("2026-Q2", one) for one in (ALL, EAST, LI)]
    assert at_points(FOUND.entries, ["2026-01"]) == []
    assert at_points(FOUND.entries, []) == []
