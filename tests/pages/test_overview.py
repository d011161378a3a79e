"""The board: everybody's figures of the period, by team, and what is missing."""

from __future__ import annotations

import datetime as dt
import json
import re
from pathlib import Path

import pytest

from amdash.config import Settings
from amdash.i18n import formats, translator
from amdash.metrics import catalogue
from amdash.service import boards, drilldown, plans, scorecards
from amdash.service.plan_terms import Terms
from amdash.service.workspace import Workspace, open_workspace
from amdash.ui import board_view, tour, views
from amdash.ui.markup.page import tour_style
from amdash.ui.session import Room


def test_every_manager_and_figure_is_there(demo_ws: Workspace, visit, markup) -> None:
    html = markup(visit(demo_ws), "matrix")
    frame = scorecards.scorecard(demo_ws, start="2026-10", end="2026-10", kpis=["csat", "response_time"])
    assert len(frame) == 16
    for row in frame.to_dict("records"):
        cell = re.search(rf'data-go="{row["manager"]}\|{row["kpi"]}"[^>]*aria-label="([^"]*)"', html)
        assert cell is not None
        assert formats.written(row["value"], "ratio" if row["kpi"] == "csat" else "hours", "zh") in cell[1]


def test_a_status_is_a_word_and_a_shape_not_only_a_colour(demo_ws: Workspace, visit, markup) -> None:
    html = markup(visit(demo_ws), "matrix")
    cell = re.search(r'data-go="王建国\|new_customers".*?</td>', html)
    assert cell is not None
    assert "未达标" in cell[0]
    assert "i-missed" in cell[0]
    few = re.search(r'data-go="林佳怡\|csat".*?</td>', html)
    assert few is not None
    assert "样本太少 · 4" in few[0]


def test_one_team_is_shown_alone(demo_ws: Workspace, visit, markup) -> None:
    page = visit(demo_ws)
    team = next(box for box in page.selectbox if "华南组" in box.options)
    html = markup(team.select("华南组").run(), "matrix")
    assert "梁美玲" in html
    assert "李明" not in html


def test_the_kpis_stand_under_their_families(demo_ws: Workspace, visit, markup) -> None:
    html = markup(visit(demo_ws), "matrix")
    families = re.findall(r'<th scope="colgroup" colspan="(\d+)"><span class="fam">([^<]*)', html)
    assert [name for _count, name in families] == ["业务指标", "服务指标", "人员指标"]
    assert sum(int(count) for count, _name in families) == len(re.findall(r'data-go="\|\|\w+" title="按', html)) == 9


def test_whether_a_target_is_met_in_the_long_run_is_a_mark_and_a_word(demo_ws: Workspace, visit, markup) -> None:
    html = markup(visit(demo_ws), "matrix")
    reliable = re.search(r'data-go="林佳怡\|response_time".*?</td>', html)
    assert reliable is not None
    assert "i-will_meet" in reliable[0]
    assert "，稳定达标" in reliable[0]
    # His limits are those of the time before the training; the figure has left them, and is on target.
    moved = re.search(r'data-go="李明\|csat".*?</td>', html)
    assert moved is not None
    assert "i-will_miss" not in moved[0]
    assert "目前偏向达标，接下来 41 件全部合格，就能断定达标" in moved[0]


def test_individual_improvement_is_a_column(demo_ws: Workspace, visit, markup) -> None:
    html = markup(visit(demo_ws), "matrix")
    for row in scorecards.improvements(demo_ws, start="2026-10", end="2026-10").to_dict("records"):
        cell = re.search(rf'data-go="{row["manager"]}\|improvement"[^>]*aria-label="([^"]*)"', html)
        assert cell is not None
        assert formats.written(row["change_ratio"], "ratio", "zh") in cell[1]


def test_a_cell_of_improvement_says_what_moved_it(demo_ws: Workspace, visit, markup, words) -> None:
    page = visit(demo_ws)
    page.session_state["amdash_board_cell"] = ("何志强", "improvement")
    page.run()
    moved = scorecards.contributions(demo_ws, "何志强", "2026-10").to_dict("records")
    told = re.findall(r"<tr><td[^>]*>(.*?)</td>", markup(page, "why"))
    assert [re.sub("<[^>]*>", "", name) for name in told] == [translator("zh")(catalogue.by_id(one["kpi"]).name) for one in moved]
    assert "与 2026 年 9 月相比" in " ".join(words(page))


def test_a_heading_orders_everybody_and_the_way_back_is_named(demo_ws: Workspace, visit, markup) -> None:
    page = visit(demo_ws)
    page.session_state["amdash_board_order"] = ("csat", True)
    html = markup(page.run(), "matrix")
    frame = scorecards.scorecard(demo_ws, start="2026-10", end="2026-10", kpis=["csat"])
    # Four happy customers are no best result: too few to say stand at the end.
    frame = frame.assign(few=frame["n"] < catalogue.by_id("csat").min_sample).sort_values(["few", "value"], ascending=[True, False])
    assert set(frame["few"]) == {True, False}
    assert re.findall(r'class="who" tabindex="-1" data-go="([^|]+)\|"', html) == frame["manager"].tolist()
    assert "按客户满意度排列，好的在前。" in html
    assert "恢复平常的顺序" in html


def test_an_opened_cell_shows_its_trend_and_the_rows_behind_it(demo_ws: Workspace, visit, words, markup) -> None:
    page = visit(demo_ws)
    assert not page.dataframe
    page.session_state["amdash_board_cell"] = ("王建国", "new_customers")
    page.run()
    assert not page.exception
    assert "### 王建国 · 新增客户数" in words(page)
    opened = re.findall(r'data-go="([^"]+)"[^>]*aria-expanded="true"', markup(page, "matrix"))
    assert opened == ["王建国|new_customers"]
    expected = drilldown.rows_behind(demo_ws, "new_customers", manager="王建国", start="2026-10", end="2026-10")
    assert page.dataframe[0].value["行"].tolist() == [row.row for row in expected]
    # In a sheet of tickets the customer stands far to the right.
    page.session_state["amdash_board_cell"] = ("王建国", "response_time")
    assert list(page.run().dataframe[0].value.columns)[:2] == ["创建时间", "客户"]
    page.button(key="opened_close").click().run()
    assert not page.dataframe
    assert 'aria-expanded="true"' not in markup(page, "matrix")


def test_a_cell_of_somebody_who_is_not_shown_stays_closed(demo_ws: Workspace, visit, words) -> None:
    page = visit(demo_ws, team="华南组")
    page.session_state["amdash_board_cell"] = ("王建国", "new_customers")
    assert "### 王建国 · 新增客户数" not in words(page.run())


def test_the_tour_has_five_steps_and_can_be_left(demo_ws: Workspace, visit, words) -> None:
    page = visit(demo_ws, language="en")
    page.session_state["amdash_tour"] = (demo_ws.settings.database_url, 1)
    page.run()
    assert any(text.startswith("**1 of 5**") for text in words(page))
    assert not any(button.key == "tour_back" for button in page.button)
    for step in range(2, 6):
        page.button(key="tour_next").click().run()
        assert any(text.startswith(f"**{step} of 5**") for text in words(page))
        assert tour_style(step) in [one.proto.body for one in page.get("html")]
    page.button(key="tour_back").click().run()
    page.button(key="tour_leave").click().run()
    assert not any(" of 5**" in text for text in words(page))
    assert not any("--tour-" in one.proto.body for one in page.get("html"))


@pytest.mark.parametrize(("days", "begins"), [(0, True), (3, False)])
def test_the_tour_begins_by_itself_while_the_first_data_is_new(days: int, begins: bool, tmp_path: Path, visit, put_sheet, words) -> None:
    settings = Settings(tmp_path, f"sqlite:///{(tmp_path / 'amdash.db').as_posix()}")
    ws = open_workspace(settings, now=lambda: dt.datetime.now() - dt.timedelta(days=days))
    put_sheet(ws, "日期,客户经理,金额\n2026-10-01,李明,5\n")
    page = visit(ws)
    assert not page.exception
    assert any(text.startswith("**第 1 步，共 5 步**") for text in words(page)) is begins


def test_the_month_without_complaints_says_so(demo_ws: Workspace, visit, words) -> None:
    said = " ".join(words(visit(demo_ws, period="2026-08")))
    assert "缺 1 张表" in said
    assert "投诉（2026 年 8 月）没有数据" in said


@pytest.mark.parametrize(("kind", "title"), [("quarter", "2026 年第 4 季度成绩单（截至 10月）"), ("year", "2026 年成绩单（截至 10月）")])
def test_quarters_and_years_hold_the_same_month(demo_ws: Workspace, visit, words, kind: str, title: str) -> None:
    page = visit(demo_ws)
    page.button_group[0].set_value(kind).run()
    assert not page.exception
    assert f"## {title}" in words(page)
    page.button_group[0].set_value("month").run()
    assert "## 2026 年 10 月成绩单" in words(page)


def test_a_chosen_month_is_kept_on_the_other_pages(demo_ws: Workspace, visit, words) -> None:
    page = visit(demo_ws)
    page.selectbox[0].select("2026-03").run()
    assert "## 2026 年 3 月成绩单" in words(page)
    for name in ("manager", "trends", "reports"):
        page.switch_page(f"pages/{name}.py").run()
        assert any(box.value == "2026-03" for box in page.selectbox)


def test_the_page_does_not_open_on_a_month_that_only_has_deals_to_be_closed(ws: Workspace, visit, words, put_sheet) -> None:
    deals = "客户,客户经理,商机阶段,预计成交日期,金额\n甲公司,李明,赢单,2026-10-08,100\n乙公司,李明,谈判中,2099-03-01,200\n"
    put_sheet(ws, deals, "商机.csv")
    assert max(ws.months()["sales"]) == "2099-03"
    assert "2026 年 10 月成绩单" in " ".join(words(visit(ws)))


def test_the_tour_goes_on_where_it_was_left_and_stays_ended(demo_ws: Workspace, visit, words, components, monkeypatch: pytest.MonkeyPatch) -> None:
    kept: dict[str, str] = {}
    monkeypatch.setattr("amdash.ui.tour._cookies", lambda: kept)
    page = visit(demo_ws, language="en")
    page.session_state["amdash_tour"] = (demo_ws.settings.database_url, 3)
    page.run()
    kept.update([told(components(page))])
    again = visit(demo_ws, language="en")
    assert any(text.startswith("**3 of 5**") for text in words(again))
    again.button(key="tour_leave").click().run()
    kept.update([told(components(again))])
    assert not any(" of 5**" in text for text in words(visit(demo_ws, language="en")))


def told(components) -> tuple[str, str]:
    """What the browser is told to remember."""
    (said,) = {tuple(data["keeps"]) for node in components if "keeps" in (data := json.loads(node.proto.json))}
    return said


def test_the_tour_is_shown_at_once_when_it_is_asked_for(demo_ws: Workspace, visit, words, monkeypatch: pytest.MonkeyPatch) -> None:
    page = visit(demo_ws, language="en")
    page.session_state["amdash_tour"] = (demo_ws.settings.database_url, 0)
    assert not any(text.startswith("**1 of 5**") for text in words(page.run()))
    asked, settle = [], views.settle

    def click(on_phone: bool) -> None:
        """What the part of the page with the matrix does of a click, after the place of the tour above it was drawn."""
        if not asked:
            asked.append(True)
            tour.start()
        settle(on_phone)

    monkeypatch.setattr(views, "settle", click)
    assert any(text.startswith("**1 of 5**") for text in words(page.run()))
    assert page.session_state["amdash_tour_wanted"] is None


def test_on_a_phone_the_board_is_ordered_by_a_picker(demo_ws: Workspace, visit, markup) -> None:
    page = visit(demo_ws)
    assert not any(box.label == "排列方式" for box in page.selectbox)
    page.session_state["amdash_room"] = Room(844, 16.0, "", 390)
    page.run()
    next(box for box in page.selectbox if box.label == "排列方式").select("response_time").run()
    best = re.findall(r'class="who" tabindex="-1" data-go="([^|]+)\|"', markup(page, "matrix"))
    assert page.session_state["amdash_board_order"] == ("response_time", True)
    page.button(key="order_turn").click().run()
    frame = scorecards.scorecard(demo_ws, start="2026-10", end="2026-10", kpis=["response_time"]).sort_values("value")
    assert best == frame["manager"].tolist()
    assert page.session_state["amdash_board_order"] == ("response_time", False)
    next(box for box in page.selectbox if box.label == "排列方式").select("").run()
    assert page.session_state["amdash_board_order"] is None


def test_a_change_that_is_not_there_says_why(ws: Workspace, visit, put_sheet, markup) -> None:
    rows = "".join(f"2026-{month:02},李明,{month}00,1000\n" for month in (8, 9, 10)) + "2026-10,王芳,50,1000\n"
    put_sheet(ws, f"月份,客户经理,销售额,销售目标\n{rows}", "月报.csv")
    html = markup(visit(ws), "matrix")
    cell = re.search(r'data-go="王芳\|improvement"[^>]*title="([^"]*)" aria-label="([^"]*)"', html)
    assert cell is not None
    assert all(translator("zh")("nothing was measured in the period before") in said for said in cell.groups())


def test_a_plan_that_runs_is_marked_from_its_month_on(ws: Workspace, visit, put_sheet, markup) -> None:
    rows = "".join(f"2026-{month:02}-05,{name},甲,5\n" for month in (9, 10) for name in ("李明", "王芳"))
    put_sheet(ws, f"日期,客户经理,客户,金额\n{rows}")
    put_sheet(ws, "姓名,团队\n李明,华东组\n王芳,华东组\n", "客户经理名单.csv")
    plans.begin(ws, "new_customers", "李明", Terms("每周拜访", "2026-10", "2026-12"))
    html = markup(visit(ws, period="2026-10"), "matrix")
    assert re.findall(r'class="pf" title="([^"]*)"', html) == ["1 项改进计划进行中：李明"]
    assert board_view.running_plans(boards.board(ws, "2026-09")) == {}
