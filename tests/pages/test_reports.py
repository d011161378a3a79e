"""Reports: a PDF for one manager, a ZIP for everybody, a workbook."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from amdash.service import exports, scorecards
from amdash.service.workspace import Workspace


def test_the_pdf_of_one_manager_is_offered_by_name(demo_ws: Workspace, visit) -> None:
    page = visit(demo_ws, "reports", manager="李明")
    assert [button.label for button in page.get("download_button")] == ["下载李明的 PDF", "下载工作簿"]


def test_the_zip_is_made_on_demand_and_then_offered(demo_ws: Workspace, visit) -> None:
    page = visit(demo_ws, "reports", period="2026-09")
    next(button for button in page.button if button.label == "准备 ZIP").click()
    page.run(timeout=120)
    assert not page.exception
    assert [button.label for button in page.get("download_button")][1:] == ["下载 ZIP", "下载工作簿"]
    kept = page.session_state["amdash_zip"]
    assert kept[3] == exports.report_zip(demo_ws, "2026-09", "zh")


def test_another_month_forgets_the_zip_of_the_old_one(demo_ws: Workspace, visit) -> None:
    page = visit(demo_ws, "reports", period="2026-09")
    next(button for button in page.button if button.label == "准备 ZIP").click()
    page.run(timeout=120)
    next(box for box in page.selectbox if box.value == "2026-09").select("2026-08").run()
    assert [button.label for button in page.get("download_button")] == ["下载李明的 PDF", "下载工作簿"]


@pytest.fixture(scope="module")
def printed(missing, tmp_path_factory: pytest.TempPathFactory):
    """A PDF -> its text without any white space."""
    if shutil.which("pdftotext") is None:
        missing("pdftotext")
    path: Path = tmp_path_factory.mktemp("pdf") / "report.pdf"

    def read(pdf: bytes) -> str:
        path.write_bytes(pdf)
        done = subprocess.run(["pdftotext", "-layout", str(path), "-"], check=True, capture_output=True, timeout=60)
        return "".join(done.stdout.decode("utf-8").split())

    return read


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_pdf_says_what_the_page_says(demo_ws: Workspace, visit, markup, printed, language) -> None:
    for manager in scorecards.managers(demo_ws):
        page = visit(demo_ws, "manager", language, manager=manager)
        text = printed(exports.report_pdf(demo_ws, manager, "2026-10", language)[1])
        rows = re.findall(r"<li>(.*?)</li>", markup(page, "card"))
        assert len(rows) == 10
        for row in rows:
            # Name, target, figure with unit, verdict and variation, in the order of the page; the sign for a gap has another width. How it
            # will be in the long run is on the page alone.
            row = re.sub(r'<span class="w w-(?:will_meet|will_miss|hit_or_miss)">.*?</svg>[^<]*</span>', "", row)
            said = [re.sub(r"<[^>]+>", "", part) for part in re.split(r"<span class=\"(?:sub|val|w)[^>]*>|</span>", row)]
            words = [word for part in said if (word := "".join(part.split()))]
            assert len(words) >= 4, words
            for word in words:
                assert word.replace("·", "") in text.replace("·", "").replace("・", ""), (manager, word)
        for lead_and_sentence in re.findall(r"<p>(.*?)</p>", markup(page, "story")):
            assert "".join(re.sub(r"<[^>]+>", "", lead_and_sentence).replace("&#x27;", "'").split()) in text
