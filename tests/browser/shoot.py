"""Pictures of every page, to be looked at: python tests/browser/shoot.py URL FOLDER [page ...] [laptop|projector|phone] [zh|en] [light|dark]

Every page in both languages, light and dark, on a laptop, a projector and a phone, or what is named of these, several tabs at a time.
Prints for every picture how far the page scrolls, whether it scrolls sideways, what the browser complained of, which labels are cut off,
and every Latin word on a Chinese page. A page may carry choices: "customers?customer=...".
"""

from __future__ import annotations

import asyncio
import itertools
import re
import shutil
import sys
from pathlib import Path

from playwright.async_api import Browser, async_playwright
from playwright.async_api import Error as BrowserError

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
from tests.browser.drawn import CUT, DRAWN, EXTENT, KNOWN, QUIET, SAME_IN_CHINESE, WATCH, WORDS

PAGES = (
    "overview",
    "manager",
    "meeting",
    "trends",
    "customers",
    "compare",
    "drivers",
    "plans",
    "targets",
    "feedback",
    "reports",
    "upload",
    "dictionary",
    "settings",
)
SIZES = {"laptop": (1366, 768), "projector": (1920, 1080), "phone": (390, 844)}
LANGUAGES = {"zh": "zh-CN", "en": "en-GB"}
SCHEMES = ("light", "dark")
AGENTS = {"phone": "Mozilla/5.0 (Linux; Android 16; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0.0.0 Mobile Safari/537.36"}
TABS = 4
_LATIN = re.compile(r"[A-Za-z]{2,}")
_UNSAFE = re.compile(r"[^\w.-]+")


async def shoot(browser: Browser, url: str, page: str, size: str, language: str, scheme: str, folder: Path) -> str:
    """One picture; returns a line about it."""
    width, height = SIZES[size]
    context = await browser.new_context(
        viewport={"width": width, "height": height}, color_scheme=scheme, locale=LANGUAGES[language], user_agent=AGENTS.get(size)
    )
    await context.add_init_script(WATCH)
    tab = await context.new_page()
    said: list[str] = []
    tab.on("console", lambda message: said.append(message.text) if message.type == "error" and KNOWN not in message.text else None)
    tab.on("pageerror", lambda error: said.append(str(error)))
    await tab.goto(f"{url}/{'' if page == 'overview' else page}", timeout=60_000)
    try:
        await tab.wait_for_function(DRAWN, arg=QUIET, timeout=60_000)
    except BrowserError:
        said.append("was not drawn within a minute")
    if await tab.locator('[data-testid="stException"], .st-key-mishap').count():
        said.append("THE PAGE FAILED")
    name = _UNSAFE.sub("_", f"{page}-{size}-{language}-{scheme}.png")
    wide, high = await tab.evaluate(EXTENT)
    latin = {word for text in await tab.evaluate(WORDS) for word in _LATIN.findall(text)} - SAME_IN_CHINESE if language == "zh" else set()
    cut = await tab.evaluate(CUT)
    await tab.screenshot(path=folder / name)
    await context.close()
    notes = [f"{high} px below the fold" if high > 0 else "one screen", f"{wide} PX TOO WIDE" if wide > 0 else ""]
    notes += [f"SAID {said[:2]}" if said else "", f"CUT {cut[:4]}" if cut else "", f"LATIN {sorted(latin)[:12]}" if latin else ""]
    return f"{name:<40} {', '.join(note for note in notes if note)}"


async def main(url: str, folder: Path, words: list[str]) -> None:
    """Every picture that is wanted."""
    folder.mkdir(parents=True, exist_ok=True)

    def wanted(known: object) -> list[str]:
        return [word for word in words if word in known] or list(known)  # type: ignore[operator, call-overload]

    ways = list(itertools.product(wanted(SIZES), wanted(LANGUAGES), wanted(SCHEMES)))
    pages = [word for word in words if word not in {*SIZES, *LANGUAGES, *SCHEMES}] or list(PAGES)
    free = asyncio.Semaphore(TABS)
    async with async_playwright() as play:
        browser = await play.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox", "--disable-gpu"])

        async def one(page: str, way: tuple[str, str, str]) -> None:
            async with free:
                print(await shoot(browser, url, page, *way, folder), flush=True)

        await asyncio.gather(*(one(page, way) for page in pages for way in ways))
        await browser.close()


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1].rstrip("/"), Path(sys.argv[2]), sys.argv[3:]))
