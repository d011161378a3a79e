"""What axe-core finds on a page: python tests/browser/axe.py URL [page ...] prints it for every page, language and ground."""

from __future__ import annotations

import itertools
import shutil
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from axe_playwright_python.base import AXE_FILE_PATH
from playwright.sync_api import Page, sync_playwright

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
from tests.browser.drawn import DRAWN, QUIET, WATCH

HARMS = ("serious", "critical")
# The rule, and the nearest part of Streamlit or of ours that the element stands in: what a bare page breaks in the same part is Streamlit's.
_RUN = """async () => {
  const part = node => {
    for (let one = node; one; one = one.parentElement ?? one.getRootNode().host) {
      if (one.dataset?.testid) return one.dataset.testid
      if (/^(am|am-save)$/.test(one.className)) return one.className
    }
    return "page"
  }
  const found = await axe.run(document, { resultTypes: ["violations"], elementRef: true })
  const told = (one, node) => [one.id, node.impact ?? one.impact, part(node.element), node.html.slice(0, 160), node.failureSummary ?? ""]
  return found.violations.flatMap(one => one.nodes.map(node => told(one, node)))
}"""


@dataclass(frozen=True)
class Violation:
    """One element that breaks a rule, the part of the page that it stands in, and what is to be done."""

    rule: str
    impact: str
    part: str
    html: str
    remedy: str

    @property
    def kind(self) -> tuple[str, str]:
        return self.rule, self.part


def violations(page: Page) -> list[Violation]:
    """What does serious harm on a page that is drawn."""
    page.evaluate(AXE_FILE_PATH.read_text(encoding="utf-8"))
    return [found for one in page.evaluate(_RUN) if (found := Violation(*one)).impact in HARMS]


def told(found: Iterable[Violation]) -> str:
    """A line for each kind, with how many there are and an example."""
    of_kind = {kind: list(group) for kind, group in itertools.groupby(sorted(found, key=lambda one: one.kind), key=lambda one: one.kind)}
    lines = []
    for (rule, part), group in of_kind.items():
        remedy = " ".join(group[0].remedy.split())
        lines.append(f"  {group[0].impact} {rule} in {part}, {len(group)} times: {group[0].html}\n      {remedy[:300]}")
    return "\n".join(lines)


def main(url: str, pages: list[str]) -> None:
    """All of it, page by page."""
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox", "--disable-gpu"])
        for name, (language, scheme) in itertools.product(pages, itertools.product(("zh-CN", "en-GB"), ("light", "dark"))):
            context = browser.new_context(
                locale=language, color_scheme="dark" if scheme == "dark" else "light", viewport={"width": 1366, "height": 768}
            )
            context.add_init_script(WATCH)
            page = context.new_page()
            page.goto(f"{url}/{'' if name == 'overview' else name}")
            page.wait_for_function(DRAWN, arg=QUIET, timeout=60_000)
            found = violations(page)
            print(f"{name} {language} {scheme}: {len(found)}\n{told(found)}", flush=True)
            context.close()
        browser.close()


if __name__ == "__main__":
    main(sys.argv[1].rstrip("/"), sys.argv[2:])
