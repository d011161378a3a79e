"""Every page on a laptop and a phone: nothing scrolls sideways, nothing fails in the browser, one screen is one screen."""

from __future__ import annotations

import socket
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from amdash.service.workspace import Workspace
from tests.browser import shoot
from tests.browser.drawn import DRAWN, EXTENT, KNOWN, QUIET, WATCH

# In Chinese, test_accessibility.py looks at them.
ONE_SCREEN = ("", "manager", "trends", "reports")
EVERY = tuple("" if name == "overview" else name for name in shoot.PAGES)


def settled(page: Page, url: str) -> list[str]:
    """Open an address and wait until all is drawn; returns what the browser complained of, and what it asked of any other machine."""
    said: list[str] = []
    own = (f"http://{url.split('/')[2]}/", "data:", "blob:")
    page.on("request", lambda request: None if request.url.startswith(own) else said.append(request.url))
    page.on("console", lambda message: said.append(message.text) if message.type == "error" and KNOWN not in message.text else None)
    page.on("pageerror", lambda error: said.append(str(error)))
    page.add_init_script(WATCH)
    page.goto(url)
    page.wait_for_function(DRAWN, arg=QUIET, timeout=60_000)
    return said


def test_what_is_asked_of_another_machine_is_noticed(demo_url: str, tab) -> None:
    page = tab("en")
    said = settled(page, f"{demo_url}/dictionary")
    assert said == []
    with page.expect_event("requestfailed"):
        page.evaluate("document.body.insertAdjacentHTML('beforeend', '<img src=\"http://127.0.0.2:9/mark.png\">')")
    assert "http://127.0.0.2:9/mark.png" in said


# English words are the longer ones.
@pytest.mark.parametrize(("name", "language"), [*((name, "en") for name in EVERY), ("", "zh"), ("manager", "zh"), ("feedback", "zh")])
def test_a_page_fits_a_phone(name: str, language: str, demo_url: str, tab) -> None:
    page = tab(language, width=390, height=844)
    assert settled(page, f"{demo_url}/{name}") == []
    assert page.evaluate(EXTENT)[0] <= 0


@pytest.mark.parametrize("name", ONE_SCREEN)
def test_one_page_is_one_screen_on_a_laptop(name: str, demo_url: str, tab) -> None:
    page = tab("en")
    assert settled(page, f"{demo_url}/{name}") == []
    assert page.evaluate(EXTENT) == [0, 0]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_with_a_cell_of_the_year_opened_every_row_is_above_it(language: str, demo_url: str, tab) -> None:
    page = tab(language)
    settled(page, f"{demo_url}/?period=2026")
    page.locator('[data-go="李明|csat"]').click()
    opened = page.locator(".st-key-opened")
    expect(opened.locator(".js-plotly-plot")).to_be_visible()
    page.wait_for_function(DRAWN, arg=QUIET, timeout=60_000)
    last, below = page.locator(".mx tbody tr").last.bounding_box(), opened.bounding_box()
    assert last["y"] + last["height"] <= below["y"] + 1
    assert last["height"] >= 20


@pytest.mark.parametrize("language", ["zh", "en"])
def test_no_label_of_a_chart_lies_on_another(language: str, demo_url: str, tab) -> None:
    page = tab(language)
    settled(page, f"{demo_url}/manager?manager=李明&kpi=csat")
    labels = page.locator(".js-plotly-plot .annotation-text")
    expect(labels.nth(4)).to_be_attached()
    boxes = labels.evaluate_all("all => all.map(one => one.getBoundingClientRect()).map(box => [box.left, box.top, box.right, box.bottom])")
    assert len(boxes) >= 5
    pairs = [(a, b) for place, a in enumerate(boxes) for b in boxes[place + 1 :]]
    assert [(a, b) for a, b in pairs if a[0] < b[2] - 1 and b[0] < a[2] - 1 and a[1] < b[3] - 2 and b[1] < a[3] - 2] == []


def test_a_link_to_a_page_works_on_a_server_that_nobody_has_visited(demo_copy: Workspace, serve, tab) -> None:
    page = tab("zh")
    page.goto(f"{serve(demo_copy.settings.workspace)}/trends?kpi=response_time&period=2026-05")
    expect(page.get_by_role("link", name="总览")).to_be_visible()
    expect(page.get_by_role("heading", name="平均响应时间")).to_be_visible()
    expect(page.get_by_role("combobox", name="时段")).to_have_value("2026 年 5 月")


def test_the_server_listens_on_the_loopback_alone(demo_url: str) -> None:
    port = int(demo_url.rsplit(":", 1)[1])
    with socket.create_connection(("127.0.0.1", port), timeout=5):
        pass
    # Bound to all addresses it would answer here as well.
    with pytest.raises(OSError), socket.create_connection(("127.0.0.2", port), timeout=5):
        pass


def test_the_settings_keep_statistics_off_and_protection_on() -> None:
    text = (Path(__file__).resolve().parents[2] / ".streamlit/config.toml").read_text(encoding="utf-8")
    for line in ("gatherUsageStats = false", "enableXsrfProtection = true", 'address = "127.0.0.1"', "showEmailPrompt = false"):
        assert line in text.splitlines()


def test_every_page_is_reached_on_a_phone(demo_url: str, tab) -> None:
    page = tab("zh", width=390, height=844)
    settled(page, f"{demo_url}/reports")
    page.get_by_test_id("stExpandSidebarButton").click()
    links = page.get_by_test_id("stSidebarNavLink")
    expect(links).to_have_count(14)
    links.filter(has_text="趋势").click()
    expect(page.get_by_role("heading", name="趋势")).to_be_visible()
