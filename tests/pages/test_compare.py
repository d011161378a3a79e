"""The page that compares: who stands apart, ranks no finer than the cases allow, and what is offered where nothing can be compared."""

from __future__ import annotations

import json
import re

import pytest

from amdash.i18n import translator
from amdash.insight.comparison import compare
from amdash.insight.intervals import Sums
from amdash.metrics.catalogue import KPIS
from amdash.service.workspace import Workspace
from amdash.ui.compare import headline

ZH = translator("zh")
CSAT, HOURS, SALES = KPIS["csat"], KPIS["response_time"], KPIS["sales_amount"]


def charts(page) -> int:
    return len(page.get("plotly_chart"))


def of(hits: float, cases: int) -> Sums:
    return Sums(hits, cases, cases)


def test_who_stands_apart_is_said_on_top_and_in_the_list(demo_ws: Workspace, visit, markup) -> None:
    page = visit(demo_ws, "compare", kpi="csat", period="2026")
    assert not page.exception
    assert charts(page) == 1
    assert "明显差于其他人，超出正常波动：李明。" in markup(page, "what")
    sections = markup(page, "ranks").split('<section class="rk">')[1:]
    assert [re.search(r"<b>(.*?)</b>", one)[1] for one in sections] == ["1–7", "1–8", "6–8"]
    assert "分不出高下" in sections[0]
    assert sections[0].count("data-go") == 5
    assert 'data-go="李明|csat"' in sections[-1]
    assert "明显较差" in sections[-1]
    assert "明显较差" not in sections[0] + sections[1]


def test_whoever_has_too_few_cases_comes_last_and_without_a_rank(demo_ws: Workspace, visit, markup) -> None:
    page = visit(demo_ws, "compare", kpi="csat", period="2026-10")
    assert "分不出高下：这样的差别属于正常波动。" in markup(page, "what")
    *_others, last = markup(page, "ranks").split('<section class="rk">')
    assert "林佳怡" in last
    assert "样本太少" in last
    assert 'class="span' not in last


def test_the_chart_is_described_in_words_and_has_the_target(demo_ws: Workspace, visit) -> None:
    (chart,) = visit(demo_ws, "compare", kpi="csat", period="2026").get("plotly_chart")
    assert "李明，客户满意度 83.2%，250 个样本，低于下限" in chart.proto.alt
    assert any(note.get("text") == "目标 ≥ 90%" for note in json.loads(chart.proto.spec)["layout"]["annotations"])


def test_a_longer_time_is_one_click_away(demo_ws: Workspace, visit, markup) -> None:
    page = visit(demo_ws, "compare", kpi="csat", period="2026-10")
    page.button(key="longer").click().run()
    assert "李明" in markup(page, "what")
    assert "longer" not in {button.key for button in page.button}
    # The picker has followed, so that it leads back.
    assert page.segmented_control(key="period_kind_zh").value == "year"
    page.segmented_control(key="period_kind_zh").set_value("month").run()
    assert page.session_state["amdash_period"] == "2026-10"
    page.selectbox(key="period_month_zh").select("2026-09").run()
    page.switch_page("pages/drivers.py").run()
    page.switch_page("pages/compare.py").run()
    page.button(key="language_switch").click().run()
    assert (page.segmented_control(key="period_kind_en").value, page.selectbox(key="period_month_en").value) == ("month", "2026-09")


def test_amounts_are_shown_in_order_and_a_fairer_kpi_is_offered(demo_ws: Workspace, visit, markup) -> None:
    page = visit(demo_ws, "compare", kpi="sales_amount", period="2026-10")
    assert "林佳怡以 69.6万 居首" in markup(page, "what")
    assert re.findall(r"<b>(\d)</b>", markup(page, "ranks")) == list("12345678")
    page.button(key="fairer").click().run()
    assert not page.exception
    assert page.selectbox(key="kpi_zh").value == "sales_attainment"
    assert "周雅琴以 102.4% 居首" in markup(page, "what")
    assert markup(page, "ranks").count("达标") == 8


def test_a_kpi_that_is_no_sum_of_cases_says_why_and_offers_others(demo_ws: Workspace, visit, words) -> None:
    page = visit(demo_ws, "compare", kpi="response_median")
    assert charts(page) == 0
    assert "不是逐笔累加的指标" in " ".join(words(page))
    offered = [button.key for button in page.button if str(button.key).startswith("offer_")]
    assert offered[0] == "offer_response_time"
    page.button(key=offered[0]).click().run()
    assert charts(page) == 1


def test_a_kpi_of_teams_leads_to_the_teams(demo_ws: Workspace, visit, words) -> None:
    page = visit(demo_ws, "compare", kpi="staff_satisfaction", period="2026-Q4")
    assert charts(page) == 0
    assert "这项指标只按团队统计。" in words(page)


def test_without_data_the_sheet_that_is_needed_is_named(demo_ws: Workspace, visit, words) -> None:
    page = visit(demo_ws, "compare", kpi="nps")
    assert not page.exception
    assert charts(page) == 0
    assert "需要“满意度调查”里写明客户经理的记录。" in words(page)
    assert next(button.key for button in page.button if str(button.key).startswith("offer_")) == "offer_csat"


@pytest.mark.parametrize(
    ("kpi", "subjects", "said"),
    [
        (CSAT, {}, ""),
        (CSAT, {"李明": of(2, 3), "王芳": of(1, 2)}, "样本太少，还不能比较：每人至少要有 5 个。"),
        (CSAT, {"李明": of(20, 30), "王芳": of(1, 2)}, "只有李明的样本够多，没有人可以比较。"),
        (
            CSAT,
            {"李明": of(60, 300), "王芳": of(280, 300), "陈晨": of(282, 300)},
            "明显差于其他人，超出正常波动：李明。明显好于其他人，超出正常波动：陈晨、王芳。",
        ),
        (CSAT, {"李明": of(51, 60), "王芳": of(60, 60)}, "没有人越出界限，但王芳和李明能分出高下。"),
        (HOURS, {"李明": Sums(300, 30, 30), "王芳": Sums(600, 30, 30)}, "只有汇总数字，不知道单个样本差多少，所以分不出高下。"),
        (SALES, {"李明": Sums(500, None, 1), "王芳": Sums(500, None, 1)}, "所有人都一样：500 元。"),
        (
            SALES,
            {name: Sums(amount, None, 1) for name, amount in zip("甲乙丙丁戊", (9, 9, 9, 9, 1), strict=True)},
            "丁、丙、乙等（另有 1 人）以 9 元 居首",
        ),
    ],
)
def test_the_sentence_on_top(kpi, subjects: dict[str, Sums], said: str) -> None:
    found = headline(compare(kpi, subjects), kpi, ZH)
    assert found == said or (said and found.startswith(said))
