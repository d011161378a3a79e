"""The page of drivers: what goes with satisfaction and what to do about it, or why nothing is said and what helps."""

from __future__ import annotations

from dataclasses import replace

import pytest

from amdash.i18n import translator
from amdash.insight.drivers import Driver, DriverAnalysis
from amdash.service.workspace import Workspace
from amdash.ui import analyses
from amdash.ui.drivers import advice_list, headline, spoken

ZH = translator("zh")


def charts(page) -> int:
    return len(page.get("plotly_chart"))


def test_the_driver_to_work_on_is_said_on_top_with_the_strategy_of_the_method(demo_ws: Workspace, visit, markup) -> None:
    page = visit(demo_ws, "drivers")
    assert not page.exception
    assert charts(page) == 1
    assert "沟通：与满意度的关系比其他各项更密切，得分却更低。先改进这里。" in markup(page, "what")
    assert "2025 年 11 月至 2026 年 10 月" in markup(page, "what")
    first = markup(page, "advice").split('<div class="an">')[1]
    assert "<b>沟通</b>" in first
    assert "<li>培训及时有效的沟通</li><li>建立客户反馈机制</li>" in first
    assert "沟通，得分 84.1%，占 62.2%（59.2% 至 65.3%），优先改进" in page.get("plotly_chart")[0].proto.alt


def test_one_managers_answers_of_all_months_are_chosen_and_stay_chosen(demo_ws: Workspace, visit, markup) -> None:
    page = visit(demo_ws, "drivers")
    page.selectbox(key="drivers_whose_zh").select("李明").run()
    page.segmented_control(key="drivers_span_zh").set_value("all").run()
    assert "602 份完整答卷" in markup(page, "what")
    page.switch_page("pages/compare.py").run()
    page.switch_page("pages/drivers.py").run()
    assert not page.exception
    assert "602 份完整答卷" in markup(page, "what")


def refused(why: str, n: int = 40) -> DriverAnalysis:
    return DriverAnalysis(n, None, why, False, None, None, ())  # type: ignore[arg-type]


def test_too_few_answers_are_no_chart_but_a_reason_and_a_way_out(demo_ws: Workspace, visit, markup, words, monkeypatch) -> None:
    def few(start: str | None, end: str | None, manager: str | None) -> DriverAnalysis:
        return refused("too_few_responses", 1 if manager else 12 if start else 13)

    monkeypatch.setattr(analyses, "drivers", few)
    page = visit(demo_ws, "drivers")
    assert not page.exception
    assert charts(page) == 0
    assert "不给出驱动因素：完整答卷不足 30 份。" in markup(page, "what")
    assert "请收集至少 30 份完整答卷，现在有 12 份。有总分并答了全部四题的才算完整：产品质量、服务态度、沟通、需求满足。" in words(page)
    page.button(key="widen_span").click().run()
    assert page.segmented_control(key="drivers_span_zh").value == "all"
    assert "现在有 13 份" in " ".join(words(page))
    assert "widen_span" not in {button.key for button in page.button}
    page.selectbox(key="drivers_whose_zh").select("王建国").run()
    assert "现在有 1 份" in " ".join(words(page))
    page.button(key="widen_whose").click().run()
    assert page.selectbox(key="drivers_whose_zh").value == ""
    assert "现在有 13 份" in " ".join(words(page))


@pytest.mark.parametrize(
    ("why", "reason", "remedy"),
    [
        ("constant_score", "所有人打的分都一样", "五级打分"),
        ("constant_drivers", "各题的答案几乎没有差别", "单独问"),
        ("noise", "不比偶然更多", "也许更要紧的事没有问到"),
    ],
)
def test_every_refusal_says_what_to_do(demo_ws: Workspace, visit, markup, words, monkeypatch, why: str, reason: str, remedy: str) -> None:
    monkeypatch.setattr(analyses, "drivers", lambda *_choice: refused(why))
    page = visit(demo_ws, "drivers")
    assert charts(page) == 0
    assert reason in markup(page, "what")
    assert remedy in " ".join(words(page))


COMMUNICATION = Driver("communication", 0.6, 0.5, 0.7, 0.8, 1, 1, "keep_up", ("train_communication",))
NEEDS = Driver("needs_met", 0.4, 0.3, 0.5, 0.7, -1, 2, "low_priority", ())


def analysis(*drivers: Driver, unclear: bool = False) -> DriverAnalysis:
    return DriverAnalysis(40, 0.5, None, unclear, 0.5, 0.75, drivers)


def test_without_anything_urgent_what_matters_most_is_to_be_kept_up() -> None:
    assert headline(analysis(COMMUNICATION, NEEDS), ZH) == "沟通：与满意度的关系最密切，得分也不错。请继续保持。"


def test_an_unclear_order_names_no_driver() -> None:
    found = analysis(replace(COMMUNICATION, quarter=None), unclear=True)
    assert headline(found, ZH).startswith("从这些答卷还看不出哪一项最要紧")
    assert "优先" not in advice_list(found, ZH)


def test_a_driver_that_goes_the_wrong_way_is_to_be_looked_at_first() -> None:
    assert advice_list(analysis(COMMUNICATION, NEEDS), ZH).count("满意度反而越低") == 1


def test_a_driver_that_everybody_answered_alike_has_no_share() -> None:
    silent = Driver("product_quality", None, None, None, 1.0, None, None, None, ("optimise_product",))
    assert "产品质量，得分 100.0%，所有人答得一样，所以不知道它占多少" in spoken(analysis(COMMUNICATION, silent), ZH)
