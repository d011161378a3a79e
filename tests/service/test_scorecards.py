"""Figures for pages and the command line: what is asked is what is given, and every figure is the sum of its rows."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from amdash.errors import AmdashError
from amdash.service import boards, drilldown, scorecards
from amdash.service.drilldown import SourceRow
from amdash.service.workspace import Workspace

COLUMNS = ["kpi", "manager", "team", "period", "value", "numerator", "denominator", "n", "sum_of_squares", "target", "met"]
EAST, SOUTH = ("李明", "林佳怡", "王建国", "陈晓燕"), ("黄志伟", "周雅琴", "何志强", "梁美玲")
IDS = [
    "sales_amount",
    "sales_attainment",
    "new_customers",
    "retention",
    "csat",
    "satisfaction_score",
    "nps",
    "net_sales",
    "return_rate",
    "win_rate",
    "response_time",
    "response_median",
    "response_p90",
    "response_in_target",
    "answer_rate",
    "first_resolution",
    "complaint_resolution",
    "complaint_rate",
    "staff_satisfaction",
    "improvement",
]
Values = Mapping[str, Any]
# What one row adds to the numerator, and whether every row is one in the denominator.
COUNTED: dict[str, tuple[Callable[[Values], float], bool]] = {
    "sales_amount": (lambda row: row["amount"], False),
    "sales_attainment": (lambda row: row["amount"], False),
    "new_customers": (lambda _row: 1, False),
    "net_sales": (lambda row: row["amount"], False),
    "return_rate": (lambda row: row["returned"], True),
    "csat": (lambda row: row["score"] >= 4, True),
    "satisfaction_score": (lambda row: row["score"] / row["scale"], True),
    "response_time": (lambda row: row["hours"], True),
    "response_in_target": (lambda row: row["hours"] <= 24, True),
    "answer_rate": (lambda row: pd.notna(row["first_response_at"]), True),
    "first_resolution": (lambda row: pd.notna(row["resolved_at"]), True),
    "complaint_resolution": (lambda row: row["resolved"], True),
    "complaint_rate": (lambda _row: 1, False),
}


def only(frame: pd.DataFrame) -> dict[str, Any]:
    (row,) = frame.to_dict("records")
    return {str(name): value for name, value in row.items()}


def test_the_catalogue_comes_in_the_order_of_the_page() -> None:
    assert [kpi.id for kpi in scorecards.kpis()] == IDS


def test_an_untouched_workspace_has_no_figures(ws: Workspace) -> None:
    frame = scorecards.scorecard(ws)
    assert (list(frame.columns), len(frame)) == (COLUMNS, 0)
    assert (scorecards.managers(ws), scorecards.months(ws), drilldown.rows_behind(ws, "csat")) == ([], [], [])
    assert boards.gaps(ws, "2026-10") == ()
    board = boards.board(ws, "2026-10")
    assert (board.teams, board.scores, board.revision) == ((), {}, 0)
    assert (board.readings, {subject for _, subject in board.team_readings}) == ({}, {""})


@pytest.mark.parametrize(
    ("asked", "code"),
    [
        ({"kpis": ["csat", "sales"]}, "kpi_unknown"),
        ({"managers": ["李明", "小李"]}, "manager_unknown"),
        ({"start": "2026-13"}, "month_invalid"),
        ({"end": "2026-1"}, "month_invalid"),
        ({"start": "2026-Q1"}, "month_invalid"),
        ({"revision": 2}, "revision_unknown"),
    ],
)
def test_what_is_not_known_is_said(demo_ws: Workspace, asked: dict[str, Any], code: str) -> None:
    with pytest.raises(AmdashError, match=code):
        scorecards.scorecard(demo_ws, **asked)


def test_errors_name_what_is_known(demo_ws: Workspace) -> None:
    with pytest.raises(AmdashError) as unknown:
        drilldown.rows_behind(demo_ws, "sales")
    assert unknown.value.fields == {"kpi": "sales", "known": IDS}
    with pytest.raises(AmdashError) as nobody:
        drilldown.rows_behind(demo_ws, "csat", manager="小李")
    assert nobody.value.fields == {"manager": "小李", "known": [*EAST, *SOUTH]}


@pytest.mark.parametrize(("by", "subjects"), [("manager", [*EAST, *SOUTH]), ("team", ["华东组", "华南组"]), ("all", [None])])
def test_subjects_stand_in_the_column_they_are_grouped_by(demo_ws: Workspace, by: Any, subjects: list[str | None]) -> None:
    frame = scorecards.scorecard(demo_ws, by=by, every="total", kpis=["sales_amount"])
    assert list(frame.columns) == COLUMNS
    named = {"manager": frame["manager"], "team": frame["team"]}
    assert set(named.get(by, frame["manager"])) == set(subjects)
    for name, column in named.items():
        assert name == by or column.isna().all()
    assert (frame["period"] == "total").all()


def test_teams_and_everybody_are_the_sums_of_their_managers(demo_ws: Workspace) -> None:
    frames = {by: scorecards.scorecard(demo_ws, by=by, every="total", kpis=["csat"]) for by in ("manager", "team", "all")}
    people = frames["manager"].set_index("manager")
    everybody = only(frames["all"])
    for name in ("numerator", "denominator", "n"):
        assert frames["team"].set_index("team")[name].to_dict() == {
            "华东组": people.loc[list(EAST), name].sum(),
            "华南组": people.loc[list(SOUTH), name].sum(),
        }
        assert everybody[name] == people[name].sum()
    assert everybody["value"] == everybody["numerator"] / everybody["denominator"] != people["value"].mean()


def test_filters_take_away_and_change_nothing_else(demo_ws: Workspace) -> None:
    whole = scorecards.scorecard(demo_ws, kpis=["csat"])
    part = scorecards.scorecard(demo_ws, kpis=["csat"], start="2026-03", end="2026-04", managers=["李明", "何志强"])
    keep = whole["period"].isin(["2026-03", "2026-04"]) & whole["manager"].isin(["李明", "何志强"])
    pd.testing.assert_frame_equal(part, whole[keep].reset_index(drop=True))
    assert len(part) == 4
    assert scorecards.scorecard(demo_ws, start="2026-05", end="2026-04").empty


def test_the_kpis_come_in_the_order_asked_for(demo_ws: Workspace) -> None:
    frame = scorecards.scorecard(demo_ws, kpis=["response_time", "csat"], by="all", every="total")
    assert frame["kpi"].tolist() == ["response_time", "csat"]


def test_targets_and_whether_they_are_met(demo_ws: Workspace) -> None:
    frame = scorecards.scorecard(demo_ws, managers=["李明"], start="2026-04", end="2026-05").set_index(["kpi", "period"])
    assert frame.loc[[("csat", "2026-04"), ("csat", "2026-05"), ("response_time", "2026-04"), ("response_time", "2026-05")], "met"].tolist() == [
        False,
        True,
        False,
        True,
    ]
    assert frame["target"].groupby("kpi").first().dropna().to_dict() == {
        "sales_attainment": 0.95,
        "new_customers": 10,
        "csat": 0.9,
        "response_time": 24,
        "response_in_target": 0.95,
        "complaint_resolution": 0.95,
        "complaint_rate": 0.05,
        "improvement": 0.1,
    }
    assert frame.loc["sales_amount", "met"].isna().all()


def test_whoever_has_figures_but_is_on_no_list_comes_last(ws: Workspace, xlsx, put) -> None:
    people = [["姓名", "团队"], ["王芳", "华东组"], ["李明", "华东组"], ["赵六", None], ["李明", "华南组"]]
    sales = [["日期", "客户经理", "金额"], ["2026-10-01", "张三", 1], ["2026-10-01", "丁一", 1], ["2026-10-01", "李明", 1], ["2026-10-02", None, 5]]
    put(ws, ("x.xlsx", xlsx({"客户经理名单": people, "销售": sales})))
    found = scorecards.roster(ws)
    # Who stands twice on the list is where the last line says; names on no list follow in the order of the characters.
    assert dict(zip(found["manager"], found["team"], strict=True)) == {"王芳": "华东组", "赵六": "", "李明": "华南组", "丁一": "", "张三": ""}
    assert scorecards.managers(ws) == ["王芳", "赵六", "李明", "丁一", "张三"]
    board = boards.board(ws, "2026-10")
    assert [(team.name, team.managers) for team in board.teams] == [("华东组", ("王芳",)), ("华南组", ("李明",)), ("", ("赵六", "丁一", "张三"))]
    # The order without a manager counts for the whole business and for nobody else.
    assert only(scorecards.scorecard(ws, by="all", kpis=["sales_amount"]))["value"] == 8
    assert scorecards.scorecard(ws, kpis=["sales_amount"])["value"].sum() == 3


def test_agents_without_deals_are_on_the_roster_without_a_win_rate(ws: Workspace, real_data: Path, put) -> None:
    put(ws, *((path.name, path.read_bytes()) for path in sorted((real_data / "crm_pipeline").glob("*.csv"))))
    truth = json.loads((real_data / "crm_pipeline" / "expected.json").read_text(encoding="utf-8"))
    idle, people = set(truth["agents_without_deals"]), scorecards.managers(ws)
    frame = scorecards.scorecard(ws, every="total", kpis=["win_rate"]).set_index("manager")
    assert frame["value"].to_dict() == pytest.approx({name: row["win_rate_closed"] for name, row in truth["by_agent"].items()}, abs=1e-8)
    assert len(idle) == 5
    assert set(people) - set(frame.index) == idle
    assert f"{only(scorecards.scorecard(ws, by='all', every='total', kpis=['win_rate']))['value']:.2%}" == "63.15%"


def test_targets_set_ahead_make_no_month(ws: Workspace, xlsx, put) -> None:
    sheets = {
        "销售": [["日期", "客户经理", "金额"], ["2026-10-01", "李明", 1]],
        "目标": [["月份", "客户经理", "目标"], ["2026-12", "李明", 5]],
        "反馈记录": [["日期", "客户经理", "反馈内容"], ["2026-11-02", "李明", "面谈"]],
    }
    put(ws, ("x.xlsx", xlsx(sheets)))
    assert scorecards.months(ws) == ["2026-10"]


def place(row: SourceRow) -> tuple[str, str, int]:
    return row.file, row.sheet, row.row


@pytest.mark.parametrize("kpi", COUNTED)
@pytest.mark.parametrize(("start", "end"), [(None, None), ("2026-02", "2026-02"), ("2026-04", "2026-09")])
def test_the_rows_behind_a_figure_add_up_to_it(demo_ws: Workspace, kpi: str, start: str | None, end: str | None) -> None:
    worth, each_is_one = COUNTED[kpi]
    figures = scorecards.scorecard(demo_ws, every="total", kpis=[kpi], start=start, end=end).set_index("manager")
    assert set(figures.index) == {*EAST, *SOUTH}
    everybody = drilldown.rows_behind(demo_ws, kpi, beside=False, start=start, end=end)
    assert {row.values["manager"] for row in everybody} <= set(figures.index)
    # What is asked of one is theirs of everybody's.
    asked = drilldown.rows_behind(demo_ws, kpi, beside=False, manager="李明", start=start, end=end)
    assert [place(row) for row in asked] == [place(row) for row in everybody if row.values["manager"] == "李明"]
    for name, figure in figures.iterrows():
        rows = [row for row in everybody if row.values["manager"] == name]
        assert sum(worth(row.values) for row in rows) == pytest.approx(figure["numerator"], rel=1e-12)
        assert not each_is_one or len(rows) == figure["denominator"]


def test_the_rows_of_a_team_are_those_of_its_managers(demo_ws: Workspace) -> None:
    asked = {"start": "2026-02", "end": "2026-02"}
    team = drilldown.rows_behind(demo_ws, "sales_amount", team="华南组", **asked)
    assert {row.values["manager"] for row in team} == set(SOUTH)
    frame = scorecards.scorecard(demo_ws, by="team", kpis=["sales_amount"], **asked).set_index("team")
    assert sum(row.values["amount"] for row in team) == pytest.approx(frame.loc["华南组", "value"])
    assert len(team) == sum(len(drilldown.rows_behind(demo_ws, "sales_amount", manager=name, **asked)) for name in SOUTH)


def test_the_rows_come_in_the_order_of_their_files(demo_ws: Workspace) -> None:
    rows = drilldown.rows_behind(demo_ws, "response_time", start="2025-11", end="2026-01")
    assert [place(row) for row in rows] == sorted(place(row) for row in rows)
    assert len({row.file for row in rows}) == 3
    hidden = {"source_file", "source_sheet", "source_row", "import_id", "month"}
    assert not hidden & set(rows[0].values)


def test_single_answers_of_employees_are_never_shown(demo_ws: Workspace) -> None:
    assert drilldown.rows_behind(demo_ws, "staff_satisfaction") == []


def test_a_figure_against_a_teams_own_target_has_rows_too(ws: Workspace, xlsx, put) -> None:
    sheets = {
        "客户经理名单": [["姓名", "团队"], ["李明", "华东组"]],
        "销售": [["日期", "客户经理", "金额"], ["2026-10-01", "李明", 100]],
        "目标": [["月份", "团队", "目标"], ["2026-10", "华东组", 200]],
    }
    put(ws, ("x.xlsx", xlsx(sheets)))
    figure = only(scorecards.scorecard(ws, by="team", kpis=["sales_attainment"]))
    assert (figure["value"], figure["numerator"]) == (0.5, 100)
    assert sum(row.values["amount"] for row in drilldown.rows_behind(ws, "sales_attainment", team="华东组")) == 100


def test_a_summary_fills_in_where_there_is_no_detail_and_its_rows_can_be_seen(ws: Workspace, xlsx, put) -> None:
    stated = [["月份", "客户经理", "销售额", "销售目标"], ["2026-09", "李明", 90, 100], ["2026-10", "李明", 80, 100], ["2026-10", "王芳", 70, 140]]
    put(ws, ("汇总.xlsx", xlsx({"月度汇总": stated})))
    put(ws, ("销售.xlsx", xlsx({"销售": [["日期", "客户经理", "金额"], ["2026-10-01", "李明", 60], ["2026-10-02", "李明", 15]]})))
    frame = scorecards.scorecard(ws, kpis=["sales_amount"]).set_index(["manager", "period"])
    assert frame["value"].to_dict() == {("李明", "2026-09"): 90, ("李明", "2026-10"): 75, ("王芳", "2026-10"): 70}

    def places(kpi: str, **asked: Any) -> list[tuple[str, int]]:
        return [(row.file, row.row) for row in drilldown.rows_behind(ws, kpi, **asked)]

    assert places("sales_amount") == [("汇总.xlsx", 2), ("汇总.xlsx", 4), ("销售.xlsx", 2), ("销售.xlsx", 3)]
    assert places("sales_amount", manager="李明", start="2026-10") == [("销售.xlsx", 2), ("销售.xlsx", 3)]
    assert drilldown.rows_behind(ws, "sales_amount", manager="王芳")[0].values["sales_amount"] == 70
    # His target stands in the summary alone, his sales in their own sheet: 75 of 100.
    figure = only(scorecards.scorecard(ws, kpis=["sales_attainment"], managers=["李明"], start="2026-10"))
    assert (figure["numerator"], figure["denominator"]) == (75, 100)
    assert places("sales_attainment", manager="李明", start="2026-10") == [("汇总.xlsx", 3), ("销售.xlsx", 2), ("销售.xlsx", 3)]
    assert scorecards.months(ws) == ["2026-09", "2026-10"]


def test_a_manager_of_another_team_has_no_rows_there(demo_ws: Workspace) -> None:
    assert drilldown.rows_behind(demo_ws, "sales_amount", manager="李明", team="华南组") == []


def test_the_files_behind_a_manager_and_months(demo_ws: Workspace) -> None:
    assert drilldown.source_files_by_manager(demo_ws, ["2025-12"])["李明"] == [
        "反馈记录-2025.xlsx",
        "客服工单导出-2025-12.csv",
        "目标-2025.xlsx",
        "经营数据-2025-12.xlsx",
    ]
    assert drilldown.source_files_by_manager(demo_ws, ["2020-01"]) == {}


@pytest.mark.parametrize(("every", "wanted", "start"), [("month", "2026-10", "2026-10"), ("year", "2026", "2026-01")])
def test_what_moved_a_score_adds_up_to_its_change(demo_ws: Workspace, every: Any, wanted: str, start: str) -> None:
    changes = scorecards.improvements(demo_ws, every=every, start=start, end="2026-10").set_index("manager")["change"]
    for manager in scorecards.managers(demo_ws):
        found = scorecards.contributions(demo_ws, manager, wanted)
        assert found["points"].sum() == pytest.approx(changes[manager])
        assert list(found["points"].abs()) == sorted(found["points"].abs(), reverse=True)
