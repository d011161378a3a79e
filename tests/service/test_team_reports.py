"""What is handed out on everybody at once: whose figures stand in it, what they say, and what is said where there is nothing."""

from __future__ import annotations

import datetime as dt
import io
from typing import Any

import openpyxl
import pytest

from amdash.service import annotations, boards, imports, meetings, plans, refused, team_reports
from amdash.service.meetings import Decision
from amdash.service.plan_terms import Terms
from amdash.service.workspace import Workspace, open_workspace
from tests.service.made import code

EAST, SOUTH = ["李明", "林佳怡", "王建国", "陈晓燕"], ["黄志伟", "周雅琴", "何志强", "梁美玲"]


@pytest.fixture
def laid_out(monkeypatch: pytest.MonkeyPatch) -> list[dict[str, Any]]:
    """What reaches the templates; nothing is set."""
    found: list[dict[str, Any]] = []
    monkeypatch.setattr(team_reports, "compile_pdf", lambda said, _at, _template: found.append(said) or b"")
    return found


def test_everybody_in_the_order_of_the_board_with_the_figures_of_the_board(demo_ws: Workspace, laid_out) -> None:
    name, _pdf = team_reports.team_pdf(demo_ws, "2026-10", "en")
    said, board = laid_out[0], boards.board(demo_ws, "2026-10")
    assert name == "Team_summary-2026-10.pdf"
    assert [(part["name"], [one["name"] for one in part["members"]]) for part in said["each"]["parts"]] == [("华东组", EAST), ("华南组", SOUTH)]
    attainment = [one["cells"][0]["digits"] for part in said["each"]["parts"] for one in part["members"]]
    assert attainment == [f"{board.readings['sales_attainment', manager].value * 100:.1f}" for manager in EAST + SOUTH]
    assert [part["figures"][0] for part in said["each"]["parts"]] == [
        f"{board.team_readings['sales_attainment', team].value * 100:.1f}" for team in ("华东组", "华南组")
    ]
    assert [one["score"] for one in said["each"]["parts"][0]["members"]] == [f"{board.scores[manager] * 100:.0f}" for manager in EAST]
    assert [row["name"] for row in said["rows"]] == [
        "Sales",
        "Sales attainment",
        "New customers",
        "Customer satisfaction",
        "Satisfaction score",
        "Mean response time",
        "Answered in time",
        "Complaint resolution",
        "Complaint rate",
        "Employee satisfaction",
    ]
    assert 1 <= len(said["charts"]) <= 2
    assert said["warning"] == ""


def test_one_team_is_told_of_its_own(demo_ws: Workspace, laid_out) -> None:
    name, _pdf = team_reports.team_pdf(demo_ws, "2026-08", "zh", "华南组")
    said, board = laid_out[0], boards.board(demo_ws, "2026-08")
    assert (name, said["name"]) == ("团队小结-华南组-2026-08.pdf", "华南组")
    assert [[one["name"] for one in part["members"]] for part in said["each"]["parts"]] == [SOUTH]
    assert not any(manager in str(said) for manager in EAST)
    assert said["rows"][1]["digits"] == f"{board.team_readings['sales_attainment', '华南组'].value * 100:.1f}"
    # The complaints of August never came: their columns are left out, the rows of the team say so.
    assert said["warning"] == "投诉（2026 年 8 月）没有数据，相关指标算不出来。"
    assert not {"投诉解决率", "投诉率"} & {one["name"] for one in said["each"]["columns"]}
    assert [row["digits"] for row in said["rows"] if row["name"].startswith("投诉")] == ["—", "—"]
    assert said["gaps"]["rows"][0]["cells"][:2] == ["投诉", "2026 年 8 月"]
    moved = next(section for section in said["sections"] if section["name"] == "等级下降的客户")
    assert {row[0] for row in moved["rows"]} <= set(SOUTH)
    assert all(row[-1] != "—" for row in moved["rows"])


def test_what_was_agreed_and_planned_stands_with_whom(ws: Workspace, sales_csv, put, laid_out) -> None:
    people = "姓名,团队\n李明,华东组\n王芳,华东组\n周杰,华南组\n"
    rows = [("2026-10-01", name, place, f"A{place}") for place, name in enumerate(("李明", "王芳", "周杰"), 1)]
    put(ws, ("客户经理名单.csv", people.encode()), ("x.csv", sales_csv(*rows)))
    board = boards.board(ws, "2026-10")
    meeting, _revision = meetings.begin(ws, "2026-10")
    for decision in (
        Decision("回访", manager="王芳"),
        Decision("改周会", responsible="孙丽华", due_on=dt.date(2026, 11, 20)),
        Decision("报价", manager="周杰"),
        Decision("拜访", manager="李明"),
    ):
        meetings.decide(ws, meeting, decision, board=board)
    meetings.end(ws, meeting)
    plans.begin(ws, "new_customers", "王芳", Terms(action="每周拜访三家新客户"))
    for team in (None, "华东组"):
        team_reports.team_pdf(ws, "2026-10", "zh", team)
    agreed, planned = zip(*(said["sections"][:2] for said in laid_out), strict=True)
    everybody = [["全部经理", "改周会"], ["李明", "拜访"], ["王芳", "回访"], ["周杰", "报价"]]
    assert [[row[:2] for row in section["rows"]] for section in agreed] == [everybody, everybody[:3]]
    assert [[row[0] for row in section["rows"]] for section in planned] == [["王芳"], ["王芳"]]


def test_what_is_agreed_with_people_who_are_not_on_the_board_stands_last_with_everybody(ws: Workspace, sales_csv, put, laid_out) -> None:
    put(ws, ("客户经理名单.csv", "姓名,团队\n李明,华东组\n".encode()), ("x.csv", sales_csv(("2026-10-01", "李明", 5, "A"))))
    gone = put(ws, ("y.csv", sales_csv(("2026-09-01", "安然", 6, "B"))))
    board = boards.board(ws, "2026-10")
    meeting, _revision = meetings.begin(ws, "2026-10")
    for name in ("安然", "李明"):
        meetings.decide(ws, meeting, Decision("回访", manager=name), board=board)
        plans.begin(ws, "new_customers", name, Terms(action="拜访"))
    meetings.end(ws, meeting)
    imports.undo(ws, gone.import_id)
    for team in (None, "华东组"):
        team_reports.team_pdf(ws, "2026-10", "zh", team)
    both = [[[row[0] for row in section["rows"]] for section in said["sections"]] for said in laid_out]
    assert both == [[["李明", "安然"]] * 2, [["李明"]] * 2]


def test_the_charts_of_a_team_say_how_many_plans_began_and_whose(ws: Workspace, sales_csv, put, laid_out) -> None:
    sales = [(f"2026-{month:02d}-01", name, 5, f"{name}{month}") for month in (9, 10) for name in ("华东组", "王芳")]
    put(ws, ("客户经理名单.csv", "姓名,团队\n华东组,华东组\n王芳,华东组\n".encode()), ("x.csv", sales_csv(*sales)))
    for name in ("王芳", "华东组"):
        plans.begin(ws, "sales_amount", name, Terms("私下谈", "2026-10"))
    annotations.add(ws, "2026-10", "家事", manager="华东组")
    team_reports.team_pdf(ws, "2026-10", "zh", "华东组")
    chart = next(one for one in laid_out[0]["charts"] if one["name"] == "销售额")
    assert chart["happened"] == "1 改进计划：2（王芳、华东组）"
    assert "家事" not in str(laid_out[0])


def test_which_data_is_there_up_to_a_period(demo_ws: Workspace, laid_out) -> None:
    name, _pdf = team_reports.coverage_pdf(demo_ws, "zh", until="2026-08")
    said = laid_out[0]
    assert name == "数据是否齐全-2026-08.pdf"
    assert (said["span"], len(said["months"])) == ("2024 年 11 月至 2026 年 8 月", 22)
    rows = {row["name"]: [state for state, _words in row["cells"]] for row in said["rows"]}
    assert rows["投诉"][-1] == "missing"
    assert rows["员工满意度调查"].count("not_expected") > 10
    assert "月度汇总" not in rows
    assert said["gaps"]["rows"][0]["cells"][:2] == ["投诉", "2026 年 8 月"]
    assert said["gaps"]["rows"][0]["cells"][2].startswith("表「经营数据」")
    assert "名单：客户经理名单 8 行" in said["notes"]
    (row,) = said["imports"]["rows"]
    assert row["cells"][2:] == ["负责人", f"{sum(len(frame) for frame in demo_ws.tables().values()):,}", "10"]
    assert (len(row["files"]), row["cells"][1]) == (8, "等，另有 24 个文件")


def test_only_files_whose_rows_are_in_force_are_sources(ws: Workspace, sales_csv, put, laid_out) -> None:
    first, again, other = (sales_csv((f"2026-{month}-08", "李明", amount, f"A{amount}")) for month, amount in (("10", 1), ("10", 2), ("11", 3)))
    put(ws, ("明细-10.csv", first))
    put(ws, ("明细-10.csv", again))
    put(ws, ("明细-11.csv", other))
    team_reports.coverage_pdf(ws, "en")
    assert [(row["files"], row["cells"][3]) for row in laid_out[0]["imports"]["rows"]] == [(["明细-11.csv"], "1"), (["明细-10.csv"], "1")]
    # At the first revision the first upload was the source.
    assert team_reports.coverage_pdf(ws, "en", 1)[0] == "Coverage-2026-11-24.pdf"
    assert laid_out[1]["months"] == ["Oct"]
    assert len(laid_out[1]["imports"]["rows"]) == 1


def test_people_without_a_team_have_a_line_of_their_own_without_everybodys_figures(ws: Workspace, sales_csv, put, laid_out) -> None:
    sales = sales_csv(("2026-10-01", "李明", 5, "A"), ("2026-10-02", "王芳", 6, "B"))
    put(ws, ("客户经理名单.csv", "姓名,团队\n李明,华东组\n".encode()), ("x.csv", sales))
    team_reports.team_pdf(ws, "2026-10", "en")
    parts = laid_out[0]["each"]["parts"]
    assert [(part["name"], [one["name"] for one in part["members"]]) for part in parts] == [("华东组", ["李明"]), ("Without a team", ["王芳"])]
    assert set(parts[1]["figures"]) == {""}
    # What was never measured has no row.
    assert [row["name"] for row in laid_out[0]["rows"]] == ["Sales", "New customers"]


@pytest.mark.parametrize(
    ("period", "team", "said"), [("2026-13", None, "month_invalid"), ("2024-10", None, "no_data_for_report"), ("2026-10", "华北组", "team_unknown")]
)
def test_a_summary_that_cannot_be_made_is_said(demo_ws: Workspace, period: str, team: str | None, said: str) -> None:
    assert code(lambda: team_reports.team_pdf(demo_ws, period, "zh", team)) == said


def test_where_there_is_nothing_it_is_said(ws: Workspace, demo_ws: Workspace) -> None:
    assert code(lambda: team_reports.coverage_pdf(ws, "zh")) == "no_figures"
    assert code(lambda: team_reports.team_pdf(ws, "2026-10", "zh")) == "no_data_for_report"
    assert code(lambda: team_reports.coverage_pdf(demo_ws, "zh", until="2024-10")) == "no_data_for_report"
    assert code(lambda: team_reports.coverage_pdf(demo_ws, "zh", until="October")) == "month_invalid"
    assert code(lambda: team_reports.coverage_pdf(demo_ws, "zh", 99)) == "revision_unknown"


def test_a_row_that_was_corrected_is_refused_no_more(ws: Workspace, put, laid_out) -> None:
    put(ws, ("销售-2026-10.csv", "日期,客户经理,金额,订单编号\n2026-10-01,李明,100,A1\n2026-10-32,王芳,50,A2\n2026-10-03,王芳,很多,A3\n".encode()))
    book = openpyxl.load_workbook(io.BytesIO(refused.workbook(ws, 1, "zh")[1]))
    book.worksheets[0]["A2"] = "2026-10-30"
    target = io.BytesIO()
    book.save(target)
    team_reports.coverage_pdf(ws, "zh")
    put(ws, ("改好的.xlsx", target.getvalue()))
    team_reports.coverage_pdf(ws, "zh")
    assert [[row["cells"][-1] for row in said["imports"]["rows"]] for said in laid_out] == [["2"], ["0", "1"]]


def test_a_list_alone_is_a_source_too(ws: Workspace, put, laid_out) -> None:
    put(ws, ("客户经理名单.csv", "姓名,团队\n李明,华东组\n".encode()))
    team_reports.coverage_pdf(ws, "en")
    assert (laid_out[0]["months"], laid_out[0]["rows"]) == ([], [])
    assert laid_out[0]["notes"].startswith("Lists: Account managers 1 row.")
    assert laid_out[0]["imports"]["rows"][0]["files"] == ["客户经理名单.csv"]


def test_the_same_revision_gives_the_same_bytes_at_any_time(ws: Workspace, sales_csv, put) -> None:
    put(ws, ("x.csv", sales_csv(("2026-09-01", "李明", 5, "A"), ("2026-10-01", "李明", 5, "B"))))
    later = open_workspace(ws.settings, now=lambda: dt.datetime(2027, 3, 1, 12, 0))
    team, data = team_reports.team_pdf(ws, "2026-10", "zh"), team_reports.coverage_pdf(ws, "zh")
    assert (team[1][:5], data[1][:5]) == (b"%PDF-", b"%PDF-")
    assert team_reports.team_pdf(later, "2026-10", "zh") == team
    assert team_reports.coverage_pdf(later, "zh") == data


@pytest.mark.parametrize("team", ["../../etc", 'a"<b>', "CON"])
def test_a_file_name_is_safe_whatever_the_team_is_called(team: str) -> None:
    name = team_reports.team_file_name("2026-10", team, "zh")
    assert not set(name) & set('/\\:*?"<>| ')
    assert name.startswith("团队小结-")
