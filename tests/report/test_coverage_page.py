"""The coverage page: shape and word for every month of every table, every gap with its reason, and the files behind it, cut where long."""

from __future__ import annotations

import datetime as dt
import io
import re
from collections.abc import Callable
from dataclasses import replace

import pikepdf
import pytest

from amdash.i18n import LANGUAGES, Language
from amdash.metrics.period import last_periods
from amdash.report.coverage_page import MOST_MONTHS, CoverageInput, ReportGap, ReportImport, State, coverage_page
from amdash.report.pdf import compile_pdf
from tests.conformance import broken_rules

AT = dt.datetime(2026, 11, 24, 9, 0)
HOSTILE = '#panic() $x$ *b* "#read("/etc/passwd")" 李\u202e明'
WORDS: dict[State, str] = {"present": "齐", "partial": "半", "missing": "无", "not_expected": "免"}
STATES: tuple[State, ...] = ("present", "partial", "missing", "not_expected")


def gap(place: int) -> ReportGap:
    return ReportGap("2026-08" if place else None, "投诉", "missing" if place else "partial", "无", f"第{place}处请上传")


def upload(place: int, files: int = 1, actor: str = "owner") -> ReportImport:
    return ReportImport([f"经营数据-{number:02}-{place}.xlsx" for number in range(files)], AT.replace(day=1 + place), actor, 17_826, 10)


@pytest.fixture(scope="module")
def make_page() -> Callable[..., CoverageInput]:
    """Changes -> the page on two tables over as many months as it can show."""
    months = last_periods("2026-10", MOST_MONTHS)
    given = CoverageInput(
        months=months,
        earlier=3,
        tables=[("销售明细", ["present"] * (MOST_MONTHS - 1) + ["missing"]), ("投诉", list(STATES) * (MOST_MONTHS // 4))],
        states=WORDS,
        notes=["名单：客户经理名单 8 行。", "还没有数据：月度汇总。"],
        gaps=[gap(1), gap(0)],
        imports=[upload(2, actor="孙丽华"), upload(1, files=9)],
        revision=7,
        revision_at=AT,
    )
    return lambda **changes: replace(given, **changes)


@pytest.fixture(scope="module", params=LANGUAGES)
def language(request: pytest.FixtureRequest) -> Language:
    chosen: Language = request.param
    return chosen


def pdf_of(found: CoverageInput, language: Language) -> bytes:
    return compile_pdf(coverage_page(found, language), AT, "coverage.typ")


def test_which_months_and_how_often_each_state(make_page) -> None:
    zh, en = (coverage_page(make_page(), language) for language in LANGUAGES)
    assert (zh["span"], en["span"]) == (
        "2024 年 11 月至 2026 年 10 月 · 更早的 3 个月未列出",
        "November 2024 to October 2026 · 3 earlier months are not shown",
    )
    assert zh["years"] == [["2024", 2], ["2025", 12], ["2026", 10]]
    assert (zh["months"][:3], en["months"][-1]) == (["11月", "12月", "1月"], "Oct")
    assert zh["legend"] == [["present", "齐", "29"], ["partial", "半", "6"], ["missing", "无", "7"], ["not_expected", "免", "6"]]
    assert coverage_page(make_page(months=["2026-10"], earlier=0), "en")["span"] == "October 2026"
    assert coverage_page(make_page(months=[], earlier=0, tables=[]), "en")["span"] == ""


def test_gaps_and_uploads_in_their_order(make_page) -> None:
    said = coverage_page(make_page(), "en")
    assert [(row["state"], *row["cells"]) for row in said["gaps"]["rows"]] == [
        ("missing", "投诉", "August 2026", "第1处请上传"),
        ("partial", "投诉", "the list", "第0处请上传"),
    ]
    assert [row["cells"] for row in said["imports"]["rows"]] == [
        ["3 Nov 2026 09:00", "", "孙丽华", "17,826", "10"],
        ["2 Nov 2026 09:00", "and 1 more file", "owner", "17,826", "10"],
    ]
    assert said["imports"]["rows"][1]["files"][0] == "经营数据-08-1.xlsx"
    assert (said["gaps"]["note"], said["imports"]["note"]) == ("", "")


@pytest.mark.parametrize(("most", "gaps", "imports"), [(20, 20, 10), (21, 20, 10)])
def test_long_lists_are_cut_and_say_what_is_left_out(make_page, most: int, gaps: int, imports: int) -> None:
    found = make_page(gaps=[gap(1)] * most, imports=[upload(1)] * (most - 10))
    zh, en = (coverage_page(found, language) for language in LANGUAGES)
    assert (len(en["gaps"]["rows"]), len(en["imports"]["rows"])) == (gaps, imports)
    assert (en["gaps"]["note"], en["imports"]["note"]) == (("", "") if most == gaps else ("and 1 more gap", "and 1 earlier upload"))
    assert (zh["gaps"]["note"], zh["imports"]["note"]) == (("", "") if most == gaps else ("还有 1 处缺少或不全", "还有更早的 1 次上传"))


def test_all_of_it_stands_in_the_pdf_which_is_accessible_and_in_order(make_page, language: Language, pdf_text, structure, misplaced) -> None:
    said, made = coverage_page(make_page(), language), pdf_of(make_page(), language)
    assert made == pdf_of(make_page(), language)
    text = pdf_text(made)
    wanted = [said["title"], said["span"], said["notes"], *(words for _state, *both in said["legend"] for words in both)]
    wanted += [words for row in said["gaps"]["rows"] for words in (row["words"], *row["cells"])]
    wanted += [words for row in said["imports"]["rows"] for words in (*row["files"], *row["cells"])]
    assert [words for words in wanted if re.sub(r"\s", "", words) not in text] == []
    assert misplaced(made) == []
    with pikepdf.open(io.BytesIO(made)) as opened:
        assert len(opened.pages) == 1
        with opened.open_metadata() as meta:
            assert {value for name, value in meta.items() if name.endswith(("}conformance", "}part"))} == {"A", "1", "2"}
        elements = structure(opened)
    assert [str(one.T) for one in elements if re.match(r"/H\d", str(one.S))] == [said["title"], said["gaps"]["name"], said["imports"]["name"]]
    # Every month of every table is read aloud by its word.
    assert [str(one.Alt) for one in elements if str(one.S) == "/Figure"] == [words for row in said["rows"] for _state, words in row["cells"]]


def test_an_independent_checker_finds_nothing(make_page) -> None:
    assert broken_rules(pdf_of(make_page(), "en")) == set()


def test_nothing_missing_and_nothing_but_lists(make_page, language: Language, pdf_text, misplaced) -> None:
    found = make_page(months=[], earlier=0, tables=[], gaps=[], imports=[])
    said, made = coverage_page(found, language), pdf_of(found, language)
    for words in (said["gaps"]["empty"], said["imports"]["empty"]):
        assert re.sub(r"\s", "", words) in pdf_text(made)
    assert misplaced(made) == []


@pytest.mark.parametrize("name", [HOSTILE, "A" * 200, "客" * 120, "Anna von Hohenlohe-Langenburg " * 4])
def test_whatever_a_name_holds_it_is_a_name_and_stays_in_its_place(make_page, name: str, misplaced, pdf_text) -> None:
    found = make_page(
        gaps=[ReportGap("2026-08", "投诉", "missing", "无", name)], imports=[ReportImport([name, "b.csv"], AT, name[:30], 1, 0)], notes=[name]
    )
    made = pdf_of(found, "en")
    assert misplaced(made) == []
    assert pdf_text(made).count(re.sub(r"[\s\u202e]", "", name)) == 3
