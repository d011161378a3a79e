"""Below the upload: coverage, names, templates."""

from __future__ import annotations

import re

import pytest
from streamlit.testing.v1 import AppTest

from amdash.i18n import translator
from amdash.schema import TABLES
from amdash.service import aliases
from amdash.service.workspace import Workspace


def section(page: AppTest, name: str) -> AppTest:
    """The page with a section open."""
    return page.segmented_control[0].set_value(name).run(timeout=60)


def test_coverage_says_of_every_month_what_is_there(demo_ws: Workspace, visit, markup, words) -> None:
    page = section(visit(demo_ws, "upload", "en"), "coverage")
    assert not page.exception
    cells = markup(page, "coverage")
    assert cells.count('<th scope="col">') == 1 + 12
    assert 'title="Complaints, August 2026, no data"' in cells
    assert re.search(r'title="Sales orders, October 2026, complete, \d+ rows"', cells)
    # The words are there for screen readers too, and no sign stands without them.
    assert cells.count("<td") == cells.count('<span class="sr">')
    gaps = markup(page, "gaps")
    # One list is missing, and of two months a row was refused.
    assert gaps.count("<li") == 3
    assert all(name in gaps for name in ("August 2026 · Complaints", "December 2025 · Tickets", "July 2026 · Customer surveys"))
    page.button(key="months_more").click().run(timeout=60)
    assert markup(page, "coverage").count('<th scope="col">') == 1 + 24
    assert not any(button.key == "months_more" for button in page.button)


def test_a_month_with_refused_rows_or_without_any_has_its_reason(ws: Workspace, visit, put_sheet, markup) -> None:
    put_sheet(ws, "日期,客户经理,金额\n2026-07-31,李明,5\n2026-09-30,李明,5\n")
    gaps = markup(section(visit(ws, "upload"), "coverage"), "gaps")
    assert "2026 年 8 月 · 销售明细" in gaps
    assert "没有数据" in gaps
    assert "销售" in gaps.split("</b>")[1]


def test_an_empty_workspace_says_what_to_do(ws: Workspace, visit) -> None:
    page = section(visit(ws, "upload"), "coverage")
    assert any("请先在上面上传表格" in text.value for text in page.markdown)
    page = section(page, "names")
    assert any("没有看起来像同一个的名称" in text.value for text in page.markdown)


def test_two_names_are_made_one_and_two_again(ws: Workspace, visit, put_sheet, markup) -> None:
    put_sheet(ws, "日期,客户经理,客户,金额\n2026-09-01,李明,Acme,5\n2026-09-02,李明,Acme Ltd,6\n2026-09-03,李明,Acme Ltd,7\n")
    page = section(visit(ws, "upload", "en"), "names")
    (same,) = [button for button in page.button if button.label == "Same"]
    assert "“Acme” (1 row) and “Acme Ltd” (2 rows)" in markup(page, same.key.replace("same_", "names_"))
    same.click().run(timeout=60)
    assert not page.exception
    (row,) = aliases.current(ws)
    assert (row.alias, row.name) == ("Acme", "Acme Ltd")
    assert "“Acme” counts as “Acme Ltd”" in markup(page, f"decided_{row.alias_id}")
    page.button(key=f"apart_{row.alias_id}").click().run(timeout=60)
    assert aliases.current(ws) == []
    (other,) = [button for button in page.button if button.label == "Different"]
    other.click().run(timeout=60)
    assert not [button for button in page.button if button.label in ("Same", "Different")]
    assert any(one.label == "1 pair kept apart" for one in page.expander)


def test_a_section_stays_open_in_the_other_language(demo_ws: Workspace, visit) -> None:
    page = section(visit(demo_ws, "upload", "en"), "coverage")
    page.button(key="language_switch").click().run(timeout=60)
    assert page.segmented_control[0].value == "coverage"
    assert page.segmented_control[0].options[1] == "数据是否齐全"


@pytest.mark.parametrize(("language", "every"), [("zh", "全部放在一个工作簿里"), ("en", "All in one workbook")])
def test_there_is_a_template_for_every_table_and_one_for_all(ws: Workspace, visit, language: str, every: str) -> None:
    page = section(visit(ws, "upload", language), "templates")
    assert not page.exception
    labels = {button.key: button.label for button in page.download_button}
    assert labels["template_all"] == every
    assert set(labels) == {"template_all"} | {f"template_{name}" for name in TABLES}
    assert labels["template_sales"] == translator(language)(TABLES["sales"].title)
