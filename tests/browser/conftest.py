"""A real server as the README starts it, and a real browser."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from amdash.service.workspace import Workspace

ROOT = Path(__file__).resolve().parents[2]
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "msedge", "chrome")
LAPTOP = {"width": 1366, "height": 768}
expect.set_options(timeout=20_000)


@pytest.fixture(scope="session")
def browser(missing: Callable[[str], None]) -> Iterator[Browser]:
    """Chromium; where there is none, the tests are skipped visibly, or fail where nothing may be skipped."""
    found = next((path for name in BROWSERS if (path := shutil.which(name))), None)
    if found is None:
        missing("Chromium")
    with sync_playwright() as play:
        opened = play.chromium.launch(executable_path=found, args=["--no-sandbox", "--disable-gpu"])
        yield opened
        opened.close()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def start(folder: Path, port: int, app: Path) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "streamlit", "run", app.name, "--server.port", str(port), "--server.headless", "true"]
    with (folder / "server.log").open("wb") as log:
        return subprocess.Popen(command, cwd=app.parent, env={**os.environ, "AMDASH_WORKSPACE": str(folder)}, stdout=log, stderr=log)


def healthy(url: str) -> bool:
    try:
        with urllib.request.urlopen(f"{url}/_stcore/health", timeout=2) as answer:
            return bool(answer.status == 200)
    except (urllib.error.URLError, TimeoutError):
        return False


@pytest.fixture(scope="session")
def serve() -> Iterator[Callable[..., str]]:
    """The folder of a workspace -> the address of a server of its own on the loopback, ended after the tests. ``app``: of another app than ours."""
    running: list[subprocess.Popen[bytes]] = []

    def run(folder: Path, app: Path = ROOT / "dashboard.py") -> str:
        port = free_port()
        running.append(start(folder, port, app))
        url = f"http://127.0.0.1:{port}"
        until = time.monotonic() + 60
        while not healthy(url):
            assert time.monotonic() < until, (folder / "server.log").read_text(encoding="utf-8")
            time.sleep(0.2)
        return url

    yield run
    for server in running:
        server.terminate()
        server.wait(timeout=20)


@pytest.fixture(scope="session")
def demo_url(demo_ws: Workspace, serve: Callable[[Path], str]) -> str:
    """A server on the demo, for looking only."""
    return serve(demo_ws.settings.workspace)


@pytest.fixture
def tab(browser: Browser) -> Iterator[Callable[..., Page]]:
    """(language, size) -> a fresh tab, as of somebody who has never been here."""
    opened: list[Page] = []

    def make(language: str = "zh", **size: int) -> Page:
        locale = {"zh": "zh-CN", "en": "en-GB"}[language]
        opened.append(browser.new_page(viewport=size or LAPTOP, locale=locale))  # type: ignore[arg-type]
        opened[-1].set_default_timeout(30_000)
        return opened[-1]

    yield make
    for page in opened:
        page.close()
