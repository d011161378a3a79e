"""What is seen can be taken away: charts as pictures, tables as Excel and CSV, named in the page's language."""

from __future__ import annotations

import csv
import io
import re
import statistics
import struct
import subprocess
import xml.etree.ElementTree as ET
from pathlib import Path

import openpyxl
from PIL import Image
from playwright.sync_api import Page

from amdash.service import feedback, scorecards
from amdash.service.workspace import Workspace
from tests.browser.drawn import DRAWN, QUIET, WATCH
from tests.pdftotext import pdftotext

SVG = "{http://www.w3.org/2000/svg}"


def opened(tab, url: str, language: str = "zh", scheme: str = "light") -> Page:
    page: Page = tab(language)
    page.emulate_media(color_scheme=scheme)
    page.add_init_script(WATCH)
    page.goto(url)
    page.wait_for_function(DRAWN, arg=QUIET, timeout=60_000)
    return page


def picture(page: Page, kind: str, words: tuple[str, str]) -> tuple[str, bytes]:
    page.get_by_role("button", name=words[0], exact=True).first.click()
    with page.expect_download() as waiting:
        page.get_by_role("button", name=words[1].format(kind=kind)).first.click()
    return waiting.value.suggested_filename, Path(waiting.value.path()).read_bytes()


def saved(page: Page, key: str) -> tuple[str, bytes]:
    with page.expect_download() as waiting:
        page.locator(f".st-key-{key} button").click()
    return waiting.value.suggested_filename, Path(waiting.value.path()).read_bytes()


def test_a_chart_is_saved_with_its_title_words_and_ground(demo_url: str, tab) -> None:
    page = opened(tab, f"{demo_url}/manager?manager=李明&kpi=csat")
    words = ("把图保存下来", "把图存成 {kind}")
    name, data = picture(page, "SVG", words)
    assert name == "客户满意度-李明-2026年10月.svg"
    whole = ET.fromstring(data)
    assert "李明" in (whole.findtext(f"{SVG}title") or "")
    assert whole.find(f"{SVG}rect").get("fill") == "#FFFFFF"  # type: ignore[union-attr]
    said = " ".join("".join(text.itertext()) for text in whole.iter(f"{SVG}text"))
    assert "客户满意度 · 李明 · 2026 年 10 月" in said
    assert "92.9%" in said
    assert b"@font-face" in data
    name, data = picture(page, "PNG", words)
    assert name == "客户满意度-李明-2026年10月.png"
    assert data.startswith(b"\x89PNG")
    width, height = struct.unpack(">II", data[16:24])
    assert (width, height) == (round(2 * float(whole.get("width"))), round(2 * float(whole.get("height"))))  # type: ignore[arg-type]
    # On paper the words at the right edge of the chart are there too, on a sheet that is 842 points wide.
    found = re.findall(r'<word [^>]*xMax="([\d.]+)"[^>]*>([^<]*)', pdftotext(page.pdf(prefer_css_page_size=True), "-bbox"))
    assert "上限" in {word for _end, word in found}
    assert max(float(end) for end, _word in found) < 842 - 8 * 72 / 25.4 + 1


def test_a_chart_on_a_dark_page_is_dark_in_the_file_and_ink_on_white_paper(demo_url: str, tab, tmp_path: Path) -> None:
    page = opened(tab, f"{demo_url}/manager?kpi=csat", "en", "dark")
    _name, data = picture(page, "SVG", ("Save the chart", "Save the chart as {kind}"))
    assert ET.fromstring(data).find(f"{SVG}rect").get("fill") == "#14181D"  # type: ignore[union-attr]
    (tmp_path / "printed.pdf").write_bytes(page.pdf(prefer_css_page_size=True))
    subprocess.run(["pdftoppm", "-r", "20", "-gray", str(tmp_path / "printed.pdf"), str(tmp_path / "sheet")], check=True, timeout=60)
    for sheet in sorted(tmp_path.glob("*.pgm")):
        with Image.open(sheet) as printed_sheet:
            assert statistics.mean(printed_sheet.tobytes()) > 225


def test_the_scorecard_is_saved_as_excel(demo_url: str, demo_ws: Workspace, tab) -> None:
    name, data = saved(opened(tab, demo_url, "en"), "xlsx_scorecard")
    assert name == "Scorecard_October_2026.xlsx"
    sheet = openpyxl.load_workbook(io.BytesIO(data)).worksheets[0]
    assert [sheet.cell(row, 2).value for row in range(2, sheet.max_row + 1)] == scorecards.managers(demo_ws)


def test_the_feedback_log_is_saved_whole_as_csv(demo_url: str, demo_ws: Workspace, tab) -> None:
    name, data = saved(opened(tab, f"{demo_url}/feedback"), "csv_log")
    assert name == "反馈.csv"
    assert data.startswith("\ufeff日期,客户经理,".encode())
    assert len(list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))) == 1 + len(feedback.log(demo_ws))
