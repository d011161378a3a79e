"""What people come for, clicked through in a real browser: from an empty start to a PDF, a wrong month put right, a feedback written."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path

import openpyxl
from playwright.sync_api import Page, expect

from amdash.service import scorecards
from amdash.service.workspace import Workspace

CORRECTED = Path(__file__).resolve().parents[2] / "data/demo/corrections/经营数据-2026-02.xlsx"


def downloaded(page: Page, name: str) -> tuple[str, bytes]:
    with page.expect_download() as waiting:
        page.get_by_role("button", name=name).click()
    return waiting.value.suggested_filename, Path(waiting.value.path()).read_bytes()


def test_from_an_empty_start_to_a_managers_pdf(ws: Workspace, serve, tab) -> None:
    page = tab("zh")
    page.goto(serve(ws.settings.workspace))
    expect(page.get_by_text("这里还没有数据")).to_be_visible()
    page.get_by_role("button", name="载入演示数据").click()
    expect(page.get_by_role("heading", name="2026 年 10 月成绩单")).to_be_visible(timeout=60_000)
    page.get_by_role("button", name=re.compile("^李明，客户满意度")).click()
    expect(page.get_by_role("heading", name="客户满意度")).to_be_visible()
    expect(page.locator(".js-plotly-plot").first).to_be_visible()
    page.get_by_role("button", name="打开李明的页面").click()
    expect(page.get_by_text("长处与短板")).to_be_visible()
    name, pdf = downloaded(page, "PDF")
    assert name == "李明-2026-10.pdf"
    assert pdf.startswith(b"%PDF-1.7")


def test_everybodys_reports_in_one_zip(demo_url: str, demo_ws: Workspace, tab) -> None:
    page = tab("en")
    page.goto(f"{demo_url}/reports")
    name, data = downloaded(page, "Download the ZIP")
    assert name == "amdash-2026-10-en.zip"
    assert len(zipfile.ZipFile(io.BytesIO(data)).namelist()) == len(scorecards.managers(demo_ws)) == 8


def test_a_wrong_february_is_corrected_and_taken_back(demo_copy: Workspace, serve, tab) -> None:
    before = scorecards.scorecard(demo_copy)
    page = tab("zh")
    page.goto(f"{serve(demo_copy.settings.workspace)}/upload")
    page.set_input_files("input[type=file]", CORRECTED)
    expect(page.get_by_text("替换：2026 年 2 月。其余不动。")).to_be_visible(timeout=60_000)
    assert demo_copy.revision() == 1
    page.get_by_role("button", name=re.compile("^导入：")).click()
    expect(page.get_by_text("版本 2").first).to_be_visible()
    after = scorecards.scorecard(demo_copy)
    moved = before.merge(after, how="outer", indicator=True)
    # A month's improvement is against the month before.
    moved = moved[(moved["_merge"] != "both") & (moved["kpi"] != "improvement")]
    assert set(moved["period"]) == {"2026-02"}
    page.get_by_role("button", name="撤销").first.click()
    expect(page.get_by_text("这些月份会回到导入前的样子：2026 年 2 月。")).to_be_visible()
    assert demo_copy.revision() == 2
    page.get_by_role("button", name="撤销第 2 次导入").click()
    expect(page.get_by_text("已于版本 3 撤销").first).to_be_visible()
    assert scorecards.scorecard(demo_copy).equals(before)


def test_refused_rows_come_back_corrected_and_complete_the_figures(ws: Workspace, serve, tab, tmp_path: Path) -> None:
    rows = "".join(f"2026-10-{day:02d},李明,100\n" for day in range(1, 11))
    (tmp_path / "销售.csv").write_text(f"日期,客户经理,金额\n{rows}3月32日,李明,40\n2026-10-12,李明,面议\n", encoding="utf-8")
    page = tab("zh")
    page.goto(f"{serve(ws.settings.workspace)}/upload")
    page.set_input_files("input[type=file]", tmp_path / "销售.csv")
    page.get_by_role("button", name=re.compile("^导入 10 行")).click(timeout=60_000)
    expect(page.get_by_text("第 1 次导入有 2 行被退回。")).to_be_visible()
    name, data = downloaded(page, "下载被退回的行")
    book = openpyxl.load_workbook(io.BytesIO(data))
    sheet = book.worksheets[0]
    wrong = {cell.value: cell for row in sheet.iter_rows() for cell in row if cell.value in ("3月32日", "面议")}
    assert len(wrong) == 2
    wrong["3月32日"].value, wrong["面议"].value = "2026-10-11", 60
    book.save(tmp_path / name)
    page.set_input_files("input[type=file]", tmp_path / name)
    page.get_by_role("button", name=re.compile("^导入 2 行")).click(timeout=60_000)
    expect(page.get_by_text("更正第 1 次导入")).to_be_visible()
    sales = ws.tables()["sales"]
    assert sales["amount"].sum() == 10 * 100 + 40 + 60
    assert len(sales) == 12
    expect(page.get_by_text("被退回。")).to_have_count(0)


def test_a_feedback_is_written_and_stands_in_the_log(demo_copy: Workspace, serve, tab) -> None:
    page = tab("en")
    page.goto(f"{serve(demo_copy.settings.workspace)}/feedback?manager=王建国")
    page.get_by_label("What happened").fill("Quoted two days late on 20 October; the customer had to call.")
    page.get_by_label("Next step").fill("Name a date the same day")
    page.get_by_role("button", name="Save", exact=True).click()
    # A next step without a day is hinted at, and kept as it is if that is meant.
    page.get_by_role("button", name="Save as it is").click()
    expect(page.get_by_role("cell", name="Quoted two days late")).to_be_visible()
    assert [entry.manager for entry in demo_copy.store.feedback()] == ["王建国"]


def test_the_board_is_walked_by_keys(demo_url: str, tab) -> None:
    page = tab("zh")
    page.goto(demo_url)
    page.locator("[data-go='李明|']").focus()
    for key in ("ArrowDown", "ArrowRight", "ArrowRight"):
        page.keyboard.press(key)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="销售额达成率")).to_be_visible()
    expect(page).to_have_url(re.compile("manager=%E6%9E%97%E4%BD%B3%E6%80%A1"))


def test_a_heading_orders_a_cell_opens_and_a_name_leads_to_the_person(demo_url: str, tab) -> None:
    page = tab("zh")
    page.goto(demo_url)
    page.locator("[data-go='||response_time']").click()
    expect(page.get_by_text("按平均响应时间排列，好的在前。")).to_be_visible()
    expect(page.locator(".mx .nm").first).to_have_text("陈晓燕")
    page.locator("[data-go='王建国|new_customers']").click()
    opened = page.get_by_role("heading", name="王建国 · 新增客户数")
    expect(opened).to_be_visible()
    page.keyboard.press("Escape")
    expect(opened).to_have_count(0)
    page.locator("[data-go='王建国|']").click()
    expect(page).to_have_url(re.compile("/manager.*manager=%E7%8E%8B"))


def test_a_choice_is_in_the_address_and_a_link_opens_the_same_view(demo_url: str, tab) -> None:
    page = tab("zh")
    page.goto(f"{demo_url}/?period=2026-03")
    expect(page.get_by_role("heading", name="2026 年 3 月成绩单")).to_be_visible()
    page.get_by_role("button", name="English").click()
    expect(page.get_by_role("heading", name="Scorecard March 2026")).to_be_visible()
    expect(page).to_have_url(re.compile(r"[?&]lang=en"))
    expect(page).to_have_url(re.compile(r"[?&]period=2026-03(&|$)"))
    other = tab("zh")
    other.goto(page.url)
    expect(other.get_by_role("heading", name="Scorecard March 2026")).to_be_visible()
