"""Every page, in both languages: it runs, it says what it is, and no language leaks into the other."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from streamlit.testing.v1 import AppTest

from amdash.service.workspace import Workspace

PAGES = {
    "overview": ("2026 年 10 月成绩单", "Scorecard October 2026"),
    "manager": ("长处与短板", "Strengths and weaknesses"),
    "trends": ("趋势", "Trends"),
    "targets": ("目标", "Targets"),
    "feedback": ("反馈", "Feedback"),
    "reports": ("报告", "Reports"),
    "upload": ("上传", "Upload"),
}
HAN = re.compile(r"[\u4e00-\u9fff]")
LATIN_WORD = re.compile(r"[A-Za-z]{2,}")
# Names of things that are the same in Chinese: file kinds, the product, the other language's own name, and codes of the demo.
SAME_IN_CHINESE = {"KPI", "PDF", "ZIP", "Excel", "CSV", "English", "amdash", "xlsx", "xls", "csv", "MB", "VIP", "PNG", "SVG"}
EVERY = list(PAGES)


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("name", EVERY)
def test_a_page_runs_and_says_what_it_is(name: str, language: str, demo_ws: Workspace, visit, words) -> None:
    page: AppTest = visit(demo_ws, name, language)
    assert not page.exception
    said = " ".join(words(page))
    assert PAGES[name][language == "en"] in said


@pytest.mark.parametrize("name", EVERY)
def test_an_english_page_says_nothing_in_chinese(name: str, english_ws: Workspace, visit, words: Callable[[AppTest], list[str]]) -> None:
    page = visit(english_ws, name, "en")
    assert not page.exception
    # The switch says the other language in its own words, and so does the choice of the PDF's language.
    assert [text for text in words(page) if HAN.search(text) and text != "中文"] == []


@pytest.mark.parametrize("name", EVERY)
def test_a_chinese_page_says_nothing_in_english(name: str, demo_ws: Workspace, visit, words: Callable[[AppTest], list[str]]) -> None:
    said = words(visit(demo_ws, name, "zh"))
    found = {word for text in said for word in LATIN_WORD.findall(re.sub(r":[a-z_-]+\[|:material/\w+:", "", text))}
    assert found - SAME_IN_CHINESE == set()


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("name", [name for name in EVERY if name != "upload"])
def test_a_fresh_workspace_offers_the_demo_and_the_upload(name: str, language: str, ws: Workspace, visit) -> None:
    page = visit(ws, name, language)
    assert not page.exception
    wanted = {"zh": ["上传我的表", "载入演示数据"], "en": ["Upload my sheet", "Load the demo data"]}[language]
    assert [button.label for button in page.button if button.label in wanted] == wanted


def test_the_demo_loads_with_one_click(ws: Workspace, visit, words) -> None:
    page = visit(ws, "overview", "en")
    next(button for button in page.button if button.label == "Load the demo data").click()
    page.run(timeout=120)
    assert not page.exception
    assert ws.revision() == 1
    assert "Scorecard October 2026" in " ".join(words(page))


def test_the_language_is_switched_by_a_click_and_stays(demo_ws: Workspace, visit, words) -> None:
    page = visit(demo_ws, "overview", "zh")
    page.button(key="language_switch").click().run()
    assert "Scorecard October 2026" in " ".join(words(page))
    page.switch_page("pages/reports.py").run()
    assert "Reports" in " ".join(words(page))


@pytest.mark.parametrize("name", EVERY)
def test_nonsense_in_the_address_is_ignored(name: str, demo_ws: Workspace, visit) -> None:
    page = visit(demo_ws, name, "zh", period="2026-13", manager="<script>", kpi="__class__", team="x", other="1")
    assert not page.exception


@pytest.mark.parametrize("name", EVERY)
@pytest.mark.parametrize(
    "sheet",
    ["姓名,团队,区域\n李明,华东组,华东\n王芳,华东组,华南\n", "月份,客户经理,目标\n2026-10,李明,500\n", "日期,金额\n2026-10-01,5\n"],
    ids=["people alone", "targets alone", "sales of nobody"],
)
def test_a_workspace_with_one_poor_sheet_says_what_is_missing(name: str, sheet: str, ws: Workspace, visit, put_sheet, words) -> None:
    put_sheet(ws, sheet, "客户经理名单.csv" if "姓名" in sheet else "销售目标.csv" if "目标" in sheet else "销售.csv")
    page = visit(ws, name)
    assert not page.exception
    if name not in ("upload", "feedback"):
        assert "请" in " ".join(words(page))
        assert any(button.label == "上传我的表" for button in page.button)
