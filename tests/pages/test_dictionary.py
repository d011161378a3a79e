"""The dictionary: every KPI and every word can be looked up, found and followed."""

from __future__ import annotations

import pytest

from amdash.i18n import translator
from amdash.metrics.catalogue import KPIS
from amdash.service import dictionary, settings
from amdash.service.rules import Rules
from amdash.service.workspace import Workspace
from amdash.ui.dictionary import contents, example_words
from amdash.ui.terms import terms


def test_the_index_has_every_kpi_in_its_family_and_the_chosen_one_is_open(demo_ws: Workspace, visit, markup, words) -> None:
    page = visit(demo_ws, "dictionary", kpi="response_time")
    assert not page.exception
    index = markup(page, "index")
    assert all(f'data-go="kpi:{name}"' in index for name in KPIS)
    assert '<button type="button" data-go="kpi:response_time" aria-current="true">平均响应时间</button>' in index
    said = " ".join(words(page))
    assert "客户平均等多久才得到第一次回复。" in said
    assert "≤ 24 小时" in said
    assert "工单：创建时间、首次响应时间" in said
    assert "经营数据-2026-10.xlsx · 客服工单" in said


def test_the_example_says_the_figure_of_the_newest_month(demo_ws: Workspace, visit, words) -> None:
    found = dictionary.entry(demo_ws, "csat").example
    assert found is not None
    said = " ".join(words(visit(demo_ws, "dictionary", "en", kpi="csat")))
    assert f"{found.subject}, October 2026: {found.numerator:.0f} of {found.denominator:.0f} answers were 4 or 5 of 5 = {found.value:.1%}" in said


@pytest.mark.parametrize(
    ("kpi", "zh"),
    [
        ("sales_attainment", "李明，2026 年 10 月：卖出 48.0万，目标 50.5万 = 95.1%"),
        ("response_time", "李明，2026 年 10 月：27 张已回复的工单一共等了 430.0 小时 = 15.9 小时"),
    ],
)
def test_sums_have_their_own_units(demo_ws: Workspace, kpi: str, zh: str) -> None:
    assert example_words(KPIS[kpi], dictionary.entry(demo_ws, kpi).example, translator("zh")) == zh


def test_a_figure_that_is_no_sum_is_said_with_its_cases_alone() -> None:
    example = dictionary.Example("李明", "2026-10", 15.5, None, None, 24)
    said = example_words(KPIS["response_median"], example, translator("en"))
    assert said == "李明, October 2026: half of the 24 answered tickets waited no longer than 15.5 h"
    score = dictionary.Example("", "2026-10", 0.05, 0.05, 1.0, 6)
    assert example_words(KPIS["improvement"], score, translator("en")) == (
        "Everybody, October 2026: the weighted score was 100.0 and changed by +5.0 = 5.0%"
    )


def test_the_search_finds_in_either_language_and_in_meanings(demo_ws: Workspace, visit, markup) -> None:
    page = visit(demo_ws, "dictionary")
    page.text_input(key="dictionary_text").set_value("Complaint").run()
    index = markup(page, "index")
    assert "投诉率" in index
    assert "销售额达成率" not in index
    page.text_input(key="dictionary_text").set_value("起伏").run()
    assert 'data-go="word:variation"' in markup(page, "index")
    page.text_input(key="dictionary_text").set_value("qqqq").run()
    assert "没有找到" in " ".join(one.value for one in page.markdown)
    assert not page.exception


def test_every_mark_is_drawn_beside_its_word() -> None:
    _ = translator("zh")
    known = terms(Rules(), _)
    marks = {word.mark: word.word for name in ("verdict", "variation", "assurance") for word in known[name].explained}
    assert {
        "met": "达标",
        "few": "还不能断定",
        "ordinary": "正常波动",
        "improving": "向好",
        "worsening": "转差",
        "will_meet": "稳定达标",
    }.items() <= marks.items()


def test_tiers_and_weights_are_those_that_are_set(ws: Workspace, visit, words) -> None:
    settings.change(ws, ["lapsed_after_days=77", "weight_business=100", "weight_service=100", "weight_people=0"])
    known = terms(ws.rules(), translator("en"))
    assert "nothing for 77 days" in known["tiers"].explained[3].meaning
    assert [word.word for word in known["score"].explained] == ["Business KPIs 50%", "Service KPIs 50%", "People KPIs 0%"]


def test_a_word_is_opened_by_a_click_and_a_kpi_again(demo_ws: Workspace, visit, markup) -> None:
    page = visit(demo_ws, "dictionary")
    page.session_state["amdash_word"] = "score"
    page.run()
    assert not page.exception
    assert "综合得分" in markup(page, "entry")
    assert 'data-go="word:score" aria-current="true"' in markup(page, "index")


def test_an_empty_workspace_says_what_each_kpi_needs(ws: Workspace, visit, words) -> None:
    page = visit(ws, "dictionary", "en", kpi="nps")
    assert not page.exception
    assert "Nothing was measured yet. It needs: Customer surveys." in " ".join(words(page))


def test_without_a_search_nothing_is_left_out() -> None:
    _ = translator("en")
    groups = contents(terms(Rules(), _), "  ", _)
    assert [len(lines) for _title, lines in groups] == [10, 8, 2, 5]
