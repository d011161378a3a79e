"""How fast a page opens that has been open before: python tests/benchmarks/bench_pages.py [-n TIMES] [page ...], with the demo data.

In a real browser, from the click on the page's link to the last change of the page (script ended, nothing stale, charts drawn), median of
TIMES, beside a minimal Streamlit page with as many charts, measured in the same run. Then, without a browser, what the second visitor of a
page makes the server compute again: calls of the services that outlast 2 ms, and statements to the database.
"""

from __future__ import annotations

import argparse
import functools
import importlib
import os
import pkgutil
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
import types
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from playwright.sync_api import Page, sync_playwright  # noqa: E402
from sqlalchemy import Engine, event  # noqa: E402
from streamlit.testing.v1 import AppTest  # noqa: E402

import amdash.service  # noqa: E402
from amdash.config import Settings  # noqa: E402
from amdash.service import demo  # noqa: E402
from amdash.service.workspace import open_workspace  # noqa: E402
from tests.browser.conftest import free_port, healthy  # noqa: E402
from tests.browser.drawn import DRAWN, QUIET, WATCH  # noqa: E402
from tests.browser.shoot import PAGES  # noqa: E402

SLOW_MS = 2.0
_BEGUN = "path => location.pathname === `/${path}` && window.drawn.changed > window.drawn.clicked"
_SINCE_CLICK = "() => window.drawn.changed - window.drawn.clicked"


@contextmanager
def served(app: Path, workspace: Path) -> Iterator[str]:
    """The address of a server of an app."""
    port = free_port()
    command = [sys.executable, "-m", "streamlit", "run", app.name, "--server.port", str(port), "--server.headless", "true"]
    environment = {**os.environ, "AMDASH_WORKSPACE": str(workspace)}
    server = subprocess.Popen(command, cwd=app.parent, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    until = time.monotonic() + 60
    while not healthy(f"http://127.0.0.1:{port}") and time.monotonic() < until:
        time.sleep(0.2)
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        server.terminate()
        server.wait(timeout=20)


def open_by_link(tab: Page, path: str) -> float:
    """Click the page's link, in the menu where it is in one; returns ms until the last change."""
    link = tab.locator(f'a[data-testid^="stTopNav"][href$="/{path}"]').first
    for section in tab.locator('[data-testid="stTopNavSection"]').all():
        if link.is_visible():
            break
        section.click()
        tab.wait_for_timeout(200)
        if not link.is_visible():
            tab.keyboard.press("Escape")
    link.click()
    tab.wait_for_function(_BEGUN, arg=path)
    tab.wait_for_function(DRAWN, arg=QUIET, timeout=60_000)
    return float(tab.evaluate(_SINCE_CLICK))


def measured(tab: Page, url: str, path: str, start: str, times: int) -> tuple[list[float], int]:
    """(ms of every opening but the first, number of charts)."""
    tab.goto(f"{url}/{start}")
    tab.wait_for_function(DRAWN, arg=QUIET, timeout=60_000)
    taken, charts = [], 0
    for _turn in range(times + 1):
        taken.append(open_by_link(tab, path))
        charts = tab.locator('[data-testid="stPlotlyChart"]').count()
        open_by_link(tab, start)
    return taken[1:], charts


def in_browser(workspace: Path, pages: list[str], times: int) -> None:
    """Ours beside the bare ones."""
    bare: dict[int, float] = {}
    with (
        served(ROOT / "dashboard.py", workspace) as ours,
        served(ROOT / "tests/browser/bare/charts.py", workspace) as theirs,
        sync_playwright() as play,
    ):
        browser = play.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox", "--disable-gpu"])
        context = browser.new_context(viewport={"width": 1366, "height": 768}, locale="zh-CN")
        context.add_init_script(WATCH)
        tab = context.new_page()
        print(f"{'page':<12} {'median':>8} {'slowest':>8}   {'bare':>8}  charts")
        for name in pages:
            taken, charts = measured(tab, ours, "" if name == "overview" else name, "reports" if name == "overview" else "", times)
            if charts not in bare:
                bare[charts] = statistics.median(measured(tab, theirs, f"charts{charts}", "", times)[0])
            print(f"{name:<12} {statistics.median(taken):>5.0f} ms {max(taken):>5.0f} ms   {bare[charts]:>5.0f} ms  {charts}", flush=True)
        browser.close()


def counting(found: dict[str, list[float]], name: str, function: Callable[..., Any]) -> Callable[..., Any]:
    """The function, with the ms of every call written down."""

    @functools.wraps(function)
    def called(*args: Any, **kwargs: Any) -> Any:
        begun = time.perf_counter()
        try:
            return function(*args, **kwargs)
        finally:
            found.setdefault(name, []).append(1000 * (time.perf_counter() - begun))

    return called


def recomputed(workspace: Path, pages: list[str]) -> None:
    """What a second visitor makes the server do again, page by page."""
    os.environ["AMDASH_WORKSPACE"] = str(workspace)
    calls: dict[str, list[float]] = {}
    statements: Counter[str] = Counter()
    for info in pkgutil.iter_modules(amdash.service.__path__):
        module = importlib.import_module(f"amdash.service.{info.name}")
        for name, value in list(vars(module).items()):
            if isinstance(value, types.FunctionType) and value.__module__ == module.__name__ and not name.startswith("_"):
                setattr(module, name, counting(calls, f"{info.name}.{name}", value))
    event.listen(Engine, "before_cursor_execute", lambda *args: statements.update(["all"]))
    for name in pages:
        for _visit in range(2):
            calls.clear()
            statements.clear()
            begun = time.perf_counter()
            app = AppTest.from_file(str(ROOT / "dashboard.py"), default_timeout=60)
            app.query_params["lang"] = "zh"
            app.run()
            page = app if name == "overview" else app.switch_page(f"pages/{name}.py").run()
            seconds = time.perf_counter() - begun
        slow = {what: taken for what, taken in calls.items() if max(taken) >= SLOW_MS}
        words = ", ".join(f"{what} {len(taken)}x {max(taken):.0f} ms" for what, taken in sorted(slow.items(), key=lambda one: -max(one[1])))
        failed = " FAILED" if page.exception or page.error else ""
        print(
            f"{name:<12} {1000 * seconds:>5.0f} ms in all, {statements['all']:>3} statements; {words or 'nothing computed again'}{failed}", flush=True
        )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("-n", type=int, default=20)
    parser.add_argument("--again", action="store_true", help="only what is computed again, without a browser")
    parser.add_argument("pages", nargs="*", default=list(PAGES))
    wanted = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        workspace = Path(folder)
        ready = os.environ.get("AMDASH_BENCH_WORKSPACE")
        if ready:
            shutil.copytree(ready, workspace, dirs_exist_ok=True)
        else:
            demo.load(open_workspace(Settings(workspace, f"sqlite:///{folder}/amdash.db")))
        recomputed(workspace, wanted.pages)
        if not wanted.again:
            in_browser(workspace, wanted.pages, wanted.n)


if __name__ == "__main__":
    main()
