"""The board: everybody's figures of the period, by team, and what is missing."""

from __future__ import annotations

import re

import pytest

from amdash.i18n import formats
from amdash.service import scorecards
from amdash.service.workspace import Workspace


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


def test_the_month_without_complaints_says_so(demo_ws: Workspace, visit, words) -> None:
    said = " ".join(words(visit(demo_ws, period="2026-08")))
    assert "缺 1 张表" in said
    assert "投诉 (2026 年 8 月)" in said


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
