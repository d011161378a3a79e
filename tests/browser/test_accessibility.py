"""axe-core on every page: nothing of serious harm beyond what a bare Streamlit page of the same version does."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from tests.browser.axe import Violation, told, violations
from tests.browser.conftest import ROOT
from tests.browser.drawn import DRAWN, EXTENT, QUIET, WATCH
from tests.browser.shoot import PAGES
from tests.browser.test_pages import ONE_SCREEN

DARK = ("overview", "manager", "feedback")


@pytest.fixture(scope="module")
def drawn(browser: Browser) -> Iterator[Callable[..., Page]]:
    """(address, ground) -> a tab in which the page is drawn; it is open until the next one is."""
    opened: list[BrowserContext] = []

    def visit(url: str, scheme: str = "light") -> Page:
        while opened:
            opened.pop().close()
        context = browser.new_context(locale="zh-CN", color_scheme="dark" if scheme == "dark" else "light", viewport={"width": 1366, "height": 768})
        opened.append(context)
        context.add_init_script(WATCH)
        page = context.new_page()
        page.goto(url)
        page.wait_for_function(DRAWN, arg=QUIET, timeout=60_000)
        return page

    yield visit
    for context in opened:
        context.close()


@pytest.fixture(scope="module")
def of_streamlit(serve: Callable[..., str], drawn: Callable[..., Page], tmp_path_factory: pytest.TempPathFactory) -> list[Violation]:
    """What the bare page does, light and dark; printed, so that it stands in the log of the tests."""
    url = serve(tmp_path_factory.mktemp("bare"), ROOT / "tests/browser/bare/app.py")
    found = [one for scheme in ("light", "dark") for one in violations(drawn(url, scheme))]
    print(f"a bare Streamlit page:\n{told(found)}")
    return found


@pytest.mark.parametrize(("name", "scheme"), [*((name, "light") for name in PAGES), *((name, "dark") for name in DARK)])
def test_a_page_does_no_harm_of_its_own(name: str, scheme: str, demo_url: str, drawn: Callable[..., Page], of_streamlit: list[Violation]) -> None:
    """While it is open: it has the ground that the visitor wants, and one page is one screen where it can be."""
    page = drawn(f"{demo_url}/{'' if name == 'overview' else name}", scheme)
    if name in ("overview", *ONE_SCREEN):
        assert page.evaluate(EXTENT) == [0, 0]
    ground = page.evaluate("getComputedStyle(document.querySelector('.stApp')).backgroundColor")
    assert (ground == "rgb(20, 24, 29)") == (scheme == "dark")
    found = violations(page)
    ours = [one for one in found if one.kind not in {other.kind for other in of_streamlit}]
    assert not ours, told(ours)


def test_harm_is_found_where_it_is_done(drawn: Callable[..., Page], demo_url: str) -> None:
    page = drawn(f"{demo_url}/reports")
    page.evaluate("document.querySelector('[data-testid=stMain]').insertAdjacentHTML('beforeend', '<img src=\"data:,\"><button></button>')")
    assert {"image-alt", "button-name"} <= {one.rule for one in violations(page)}
