"""A meeting on the projector: from the start with arrow keys and a clicker to a decision typed, and the minutes in hand."""

from __future__ import annotations

import io
import re
from pathlib import Path

import pikepdf
from playwright.sync_api import Page, expect

from amdash.service import boards, feedback, meetings
from amdash.service.meetings import Decision
from amdash.service.workspace import Workspace

EXTENT = (
    "(() => { const m = document.querySelector('[data-testid=stMain]'); return [m.scrollWidth - m.clientWidth, m.scrollHeight - m.clientHeight] })()"
)


def title(page: Page, words: str) -> None:
    """The screen is there, and so is the clock, which listens to the keys: drawn on its own, it may come after the title."""
    expect(page.locator("h1.mt")).to_contain_text(words)
    expect(page.locator(".t-all")).to_have_text(re.compile(r"\d:\d"))


def downloaded(page: Page, name: str) -> tuple[str, bytes]:
    with page.expect_download() as waiting:
        page.get_by_role("button", name=name).click()
    return waiting.value.suggested_filename, Path(waiting.value.path()).read_bytes()


def test_from_the_start_with_keys_to_a_decision_and_the_minutes(demo_copy: Workspace, serve, tab) -> None:
    before, _ = meetings.begin(demo_copy, "2026-09")
    meetings.decide(demo_copy, before, Decision("清空积压工单", "李明", responsible="李明"), board=boards.board(demo_copy, "2026-09"))
    meetings.end(demo_copy, before)
    page = tab("zh")
    page.goto(f"{serve(demo_copy.settings.workspace)}/meeting")
    page.get_by_role("button", name="开始会议").click(timeout=60_000)
    title(page, "上次的决定")
    expect(page.get_by_role("link", name="总览")).to_have_count(0)
    page.get_by_text("清空积压工单").click()
    expect(page.get_by_text("1 项决定中 1 项已完成。")).to_be_visible()
    # A clicker sends PageDown; the keys go on working after something was ticked.
    page.keyboard.press("PageDown")
    title(page, "团队")
    page.keyboard.press("ArrowRight")
    title(page, "李明")
    expect(page.locator(".js-plotly-plot .annotation-text").first).to_be_visible()
    # One screen, once the chart has taken the room that is left.
    page.wait_for_function(f"String({EXTENT}) === '0,0'")
    page.get_by_role("textbox", name="今天的决定").fill("每两周回访三家大客户")
    # While one types, arrows move in the text.
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("ArrowRight")
    title(page, "李明")
    page.keyboard.press("Control+Enter")
    expect(page.get_by_role("button", name="更正")).to_be_visible()
    # For a moment the emptied field and the one that was written in are both there.
    expect(page.get_by_role("textbox", name="今天的决定")).to_have_count(1)
    expect(page.get_by_role("textbox", name="今天的决定")).to_have_value("")
    (item,) = meetings.held(demo_copy)[0].decisions
    assert (item.manager, item.text, item.responsible) == ("李明", "每两周回访三家大客户", "李明")
    assert next(entry.action for entry in feedback.log(demo_copy) if entry.origin == "written") == item.text
    # Escape leads out of the field, and only then do the keys move on: three quick presses are three screens.
    page.get_by_role("textbox", name="今天的决定").press("Escape")
    for _press in range(3):
        page.keyboard.press("ArrowRight")
    title(page, "第 4 位，共 8 位")
    for _press in range(9):
        page.keyboard.press("PageDown")
    title(page, "今天的决定")
    expect(page.get_by_role("cell", name="每两周回访三家大客户")).to_be_visible()
    page.get_by_role("button", name="结束会议").click()
    expect(page.get_by_role("button", name="继续开会")).to_be_visible()
    # What is pressed while the page is still being drawn asks for a file that is no more.
    expect(page.locator("[data-testid=stStatusWidget], [data-stale=true]")).to_have_count(0)
    name, pdf = downloaded(page, "会议纪要（PDF）")
    assert re.fullmatch(r"会议纪要-2026-10-\d{4}-\d{2}-\d{2}\.pdf", name)
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        assert str(opened.docinfo.Title) == "2026 年 10 月会议纪要"
    assert meetings.running(demo_copy) is None
    # Gone on with, the clock ticks again.
    page.get_by_role("button", name="继续开会").click()
    end = page.get_by_role("button", name="结束会议")
    expect(end).to_be_visible()
    ticking = page.locator(".t-all").inner_text()
    expect(page.locator(".t-all")).not_to_have_text(ticking)
    end.click()
    expect(page.get_by_role("button", name="继续开会")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("link", name="总览")).to_be_visible()
    expect(page.get_by_role("button", name="开始会议")).to_be_visible()


def test_a_page_loaded_anew_goes_on_where_it_was_and_the_clock_ticks(demo_copy: Workspace, serve, tab) -> None:
    page = tab("en")
    page.goto(serve(demo_copy.settings.workspace))
    expect(page.get_by_role("heading", name="Scorecard October 2026")).to_be_visible(timeout=60_000)
    page.get_by_role("link", name="Meeting").click()
    page.get_by_role("button", name="Start the meeting").click(timeout=60_000)
    title(page, "Decided last time")
    for _press in range(4):
        page.keyboard.press("PageDown")
    title(page, "number 3 of 8")
    ticking = page.locator(".t-all").inner_text()
    expect(page.locator(".t-all")).not_to_have_text(ticking)
    # What was clicked is not framed by the next key; names that one has hidden stay so.
    page.locator(".mtile").first.click()
    page.keyboard.press("h")
    expect(page.get_by_role("button", name="Names hidden")).to_be_visible()
    assert page.locator("button:focus-visible").count() == 0
    name = page.locator("h1.mt").inner_text().split()[0]
    page.reload()
    page.get_by_role("button", name="Go on with the meeting").click()
    title(page, name)
    expect(page.get_by_role("button", name="Names hidden")).to_be_visible()
    page.get_by_role("button", name="Leave").click()
    expect(page.get_by_role("link", name="Overview")).to_be_visible()
    assert meetings.running(demo_copy) is not None
