"""A KPI explained by a workspace's own figures."""

from __future__ import annotations

import pytest

from amdash.errors import AmdashError
from amdash.metrics.catalogue import KPIS
from amdash.service import dictionary, imports, scorecards, targets
from amdash.service.dictionary import Example
from amdash.service.imports import Upload
from amdash.service.workspace import Workspace

SURVEY = "日期,客户经理,满意度评分\n" + "".join(f"2026-09-0{day},王芳,5\n" for day in range(1, 7)) + "2026-10-02,王芳,5\n" + "2026-10-03,李明,4\n"


def put(ws: Workspace, text: str, name: str) -> None:
    imports.confirm(ws, imports.preview(ws, [Upload(name, text.encode())]))


def test_an_empty_workspace_has_the_default_target_and_no_example(ws: Workspace) -> None:
    for kpi in (KPIS["csat"], KPIS["response_median"], KPIS["improvement"]):
        found = dictionary.entry(ws, kpi.id)
        assert (found.kpi, found.example, found.aims, found.history, found.sheets) == (kpi, None, (), (), ())


def test_the_example_is_the_figure_of_the_scorecard(demo_ws: Workspace) -> None:
    found = dictionary.entry(demo_ws, "csat").example
    assert found is not None
    frame = scorecards.scorecard(demo_ws, start="2026-10", end="2026-10", kpis=["csat"], managers=[found.subject])
    (row,) = frame.to_dict("records")
    assert (found.month, found.value, found.numerator, found.denominator, found.n) == (
        "2026-10", row["value"], row["numerator"], row["denominator"], row["n"],
    )  # fmt: skip
    assert found.subject == scorecards.managers(demo_ws)[0]
    assert found.value == found.numerator / found.denominator  # type: ignore[operator]


def test_the_first_with_enough_cases_in_the_newest_month_is_the_example(ws: Workspace) -> None:
    put(ws, SURVEY + "".join(f"2026-10-1{day},赵敏,{5 if day else 3}\n" for day in range(5)), "满意度.csv")
    found = dictionary.entry(ws, "csat")
    assert found.example == Example("赵敏", "2026-10", 0.8, 4.0, 5.0, 5)
    assert [file for file, _sheet in found.sheets] == ["满意度.csv"]


def test_targets_in_force_with_how_many_are_held_to_them_and_what_was_set(ws: Workspace) -> None:
    put(ws, SURVEY, "满意度.csv")
    assert dictionary.entry(ws, "csat").aims == ((0.9, 2),)
    targets.put(ws, "csat", 0.95, "2026-08", manager="李明", reason="再进一步")
    targets.put(ws, "csat", 0.85, "2027-01")
    found = dictionary.entry(ws, "csat")
    assert set(found.aims) == {(0.9, 1), (0.95, 1)}
    assert [(row.value, row.subject) for row in found.history] == [(0.85, ""), (0.95, "李明")]
    assert dictionary.entry(ws, "nps").history == ()
    # Nobody has five answers in the newest month: everybody together has two, so the first figure that there is.
    assert found.example is not None
    assert (found.example.month, found.example.n) == ("2026-10", 1)


def test_the_sheets_of_the_month_are_named(demo_ws: Workspace) -> None:
    assert dictionary.entry(demo_ws, "complaint_resolution").sheets == (("经营数据-2026-10.xlsx", "投诉记录"),)
    assert ("目标-2026.xlsx", "销售目标") in dictionary.entry(demo_ws, "sales_attainment").sheets


def test_columns_by_table() -> None:
    assert dictionary.fed_by(KPIS["nps"]) == {"surveys": ("date", "likelihood", "manager", "customer")}
    assert dictionary.fed_by(KPIS["improvement"]) == {}


def test_an_unknown_kpi_is_an_error(ws: Workspace) -> None:
    with pytest.raises(AmdashError, match="kpi_unknown"):
        dictionary.entry(ws, "rt")
