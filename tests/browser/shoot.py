"""Pictures of every page, to be looked at: python tests/browser/shoot.py URL FOLDER [page ...]

Both languages, light and dark, laptop, projector and phone. Prints for every picture how far the page scrolls, whether it
scrolls sideways, and what the browser complained of.
"""

from __future__ import annotations

import itertools
import shutil
import sys
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

PAGES = ("overview", "manager", "trends", "targets", "feedback", "reports", "upload")
SIZES = {"laptop": (1366, 768), "projector": (1920, 1080), "phone": (390, 844)}
# Every page in both languages on a laptop and a phone; projector and dark once each.
WANTED = [(size, language, "light") for size, language in itertools.product(("laptop", "phone"), ("zh", "en"))]
WANTED += [("projector", "zh", "light"), ("laptop", "zh", "dark")]
_EXTENT = (
    "(() => { const m = document.querySelector('[data-testid=stMain]'); return [m.scrollHeight, m.clientHeight, m.scrollWidth, m.clientWidth] })()"
)


def shoot(browser: Browser, url: str, page: str, size: str, language: str, scheme: str, folder: Path) -> str:
    """One picture; returns a line about it."""
    width, height = SIZES[size]
    tab = browser.new_page(viewport={"width": width, "height": height}, color_scheme=scheme, locale="zh-CN" if language == "zh" else "en-GB")
    said: list[str] = []
    tab.on("console", lambda message: said.append(message.text) if message.type == "error" else None)
    tab.on("pageerror", lambda error: said.append(str(error)))
    tab.goto(f"{url}/{'' if page == 'overview' else page}")
    tab.wait_for_selector("h2, h3", timeout=60_000)
    tab.wait_for_load_state("networkidle")
    tab.wait_for_timeout(1500)
    name = f"{page}-{size}-{language}-{scheme}.png"
    high, shown, wide, across = tab.evaluate(_EXTENT)
    tab.screenshot(path=folder / name)
    tab.close()
    return f"{name:<40} {high}/{shown} px high{'' if wide <= across else f', {wide - across} px too wide'} {said[:2] or ''}"


def main(url: str, folder: Path, pages: list[str]) -> None:
    """Every wanted picture."""
    folder.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox", "--disable-gpu"])
        for page, (size, language, scheme) in itertools.product(pages or PAGES, WANTED):
            print(shoot(browser, url, page, size, language, scheme, folder), flush=True)
        browser.close()


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), sys.argv[3:])
