"""Every page, in both languages: it runs, it says what it is, and no language leaks into the other."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from amdash.service.workspace import Workspace

PAGES = {
    "overview": ("2026 年 10 月成绩单", "Scorecard October 2026"),
    "manager": ("长处与短板", "Strengths and weaknesses"),
    "meeting": ("开始会议", "Start the meeting"),
    "trends": ("趋势", "Trends"),
    "compare": ("比较", "Compare"),
    "drivers": ("驱动因素", "Drivers"),
    "plans": ("还没有计划的短板", "Weak figures without a plan"),
    "customers": ("等级变动", "All customers"),
    "targets": ("目标", "Targets"),
    "feedback": ("反馈", "Feedback"),
    "reports": ("报告", "Reports"),
    "upload": ("上传", "Upload"),
    "dictionary": ("指标词典", "KPI dictionary"),
    "settings": ("设置", "Settings"),
}
# These are of use before any sheet is there: what to upload, what it will mean, by which rules.
WITHOUT_DATA = ("upload", "dictionary", "settings")
# What is written on keys.
KEYS = {"PageDown", "PageUp", "Ctrl", "Enter", "Esc"}
HAN = re.compile(r"[\u4e00-\u9fff]")
LATIN_WORD = re.compile(r"[A-Za-z]{2,}")
# Names of things that are the same in Chinese: file kinds, the product, the other language's own name, and codes of the demo.
SAME_IN_CHINESE = {"KPI", "PDF", "ZIP", "Excel", "CSV", "English", "amdash", "xlsx", "xls", "csv", "MB", "VIP", "PNG", "SVG", "JPEG", "kB"}
EVERY = list(PAGES)
Words = Callable[[AppTest], list[str]]


@pytest.mark.parametrize("name", EVERY)
def test_an_english_page_says_what_it_is_and_nothing_in_chinese(name: str, english_ws: Workspace, visit, words: Words) -> None:
    page = visit(english_ws, name, "en")
    assert not page.exception
    said = words(page)
    assert PAGES[name][1] in " ".join(said)
    # The switch says the other language in its own words, and so does the choice of the PDF's language.
    assert [text for text in said if HAN.search(text) and text != "中文"] == []


@pytest.mark.parametrize("name", EVERY)
def test_a_chinese_page_says_what_it_is_and_nothing_in_english(name: str, demo_ws: Workspace, visit, words: Words) -> None:
    page = visit(demo_ws, name, "zh")
    assert not page.exception
    said = words(page)
    assert PAGES[name][0] in " ".join(said)
    found = {word for text in said for word in LATIN_WORD.findall(re.sub(r":[a-z_-]+\[|:material/\w+:", "", text))}
    assert found - SAME_IN_CHINESE - KEYS == set()


@pytest.fixture(scope="module")
def empty_ws(tmp_path_factory: pytest.TempPathFactory, open_at: Callable[[Path], Workspace]) -> Workspace:
    """An empty workspace, for looking only."""
    return open_at(tmp_path_factory.mktemp("empty"))


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("name", [name for name in EVERY if name not in WITHOUT_DATA])
def test_a_fresh_workspace_offers_the_demo_and_the_upload(name: str, language: str, empty_ws: Workspace, visit) -> None:
    page = visit(empty_ws, name, language)
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


POOR = {
    "people alone": ("客户经理名单.csv", "姓名,团队,区域\n李明,华东组,华东\n王芳,华东组,华南\n"),
    "targets alone": ("销售目标.csv", "月份,客户经理,目标\n2026-10,李明,500\n"),
    "sales of nobody": ("销售.csv", "日期,金额\n2026-10-01,5\n"),
}


@pytest.fixture(scope="module")
def poor(tmp_path_factory: pytest.TempPathFactory, open_at: Callable[[Path], Workspace], put_sheet) -> dict[str, Workspace]:
    """Workspaces with one sheet each that tells little, for looking only."""
    made = {}
    for title, (name, text) in POOR.items():
        made[title] = open_at(tmp_path_factory.mktemp("poor"))
        put_sheet(made[title], text, name)
    return made


@pytest.mark.parametrize("name", EVERY)
@pytest.mark.parametrize("sheet", POOR)
def test_a_workspace_with_one_poor_sheet_says_what_is_missing(name: str, sheet: str, poor: dict[str, Workspace], visit, words) -> None:
    page = visit(poor[sheet], name)
    assert not page.exception
    if name not in (*WITHOUT_DATA, "feedback"):
        assert "请" in " ".join(words(page))
        assert any(button.label == "上传我的表" for button in page.button)
