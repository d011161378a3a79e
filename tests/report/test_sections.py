"""What stands below the figures of a summary: word for word, cut where it would be long, and in the PDF without lying on anything."""

from __future__ import annotations

import datetime as dt
import io
import re

import pikepdf
import pytest

from amdash.i18n import LANGUAGES, Language, translator
from amdash.insight.effect import Effect, Plan
from amdash.report.document import ReportFeedback
from amdash.report.sections import ReportAgreement, ReportMove, ReportPlan, ReportRestated, Sections, sections

ZH, EN = translator("zh"), translator("en")
LONG = "每天上午和下午各清一次工单，超过一天没有答复的先打电话 and write to whoever cannot be reached"
AGREED = (
    ReportAgreement("两周内回访三家大客户", "孙丽华", dt.date(2026, 11, 20), "overdue", 4),
    ReportAgreement("换话术", "", None, "open"),
)


def move(number: int, *, before: str | None = "vip", after: str | None = "normal", reason: str = "revenue_fell", at_stake: bool = True) -> ReportMove:
    return ReportMove(f"客户{number}", before, after, reason, 480_000.0, at_stake)


@pytest.fixture(scope="module")
def restated(make_kpi):
    """How many -> so many figures that are others now; of the first nothing is left."""
    return lambda count: [ReportRestated(make_kpi(), "2026-08", 0.9, 0.875 if place else None) for place in range(count)]


@pytest.fixture(scope="module")
def plan(make_kpi) -> ReportPlan:
    effect = Effect(Plan("csat", "李明", "2026-05", "2026-12", True), "no_change", False, 24, 5)
    return ReportPlan(make_kpi(), LONG, "孙丽华", "2026-05", "2026-12", 0.95, effect)


@pytest.fixture(scope="module")
def everything(plan: ReportPlan, restated) -> Sections:
    return Sections([plan], [move(number) for number in range(6)], AGREED, restated(6))


def test_what_is_not_there_has_no_section() -> None:
    assert sections(Sections(), ZH) == []
    assert [section["name"] for section in sections(Sections(agreed=AGREED), EN)] == ["Agreed in the last meeting"]


def test_every_section_has_a_title_and_a_width_for_every_cell(everything: Sections) -> None:
    found = sections(everything, ZH)
    assert [section["name"] for section in found] == ["改进计划", "上次会议的约定", "等级有变的客户", "上次报告以来更正的数字"]
    for section in found:
        assert {len(section["widths"]), *map(len, section["rows"])} == {len(section["head"])}


@pytest.mark.parametrize(
    ("count", "rows", "zh", "en"),
    [
        (5, 5, ("", ""), ("", "")),
        (6, 5, ("另有 1 家客户", "另有 1 个数字"), ("and 1 more customer", "and 1 more figure")),
        (7, 5, ("另有 2 家客户", "另有 2 个数字"), ("and 2 more customers", "and 2 more figures")),
    ],
)
def test_of_many_rows_five_are_shown_and_the_others_counted(restated, count: int, rows: int, zh: tuple[str, str], en: tuple[str, str]) -> None:
    found = Sections(moves=[move(number) for number in range(count)], restated=restated(count))
    for _, notes in ((ZH, zh), (EN, en)):
        made = sections(found, _)
        assert [len(section["rows"]) for section in made] == [rows, rows]
        assert tuple(section["note"] for section in made) == notes


def test_plans_and_agreements_in_words(plan: ReportPlan) -> None:
    plans, agreed = sections(Sections(plans=[plan], agreed=AGREED), EN)
    assert plans["rows"] == [
        ["Customer satisfaction", f"{LONG}, 孙丽华", "May 2026 – Dec 2026", "No change for the better that shows."],
    ]
    assert agreed["rows"] == [
        ["两周内回访三家大客户", "孙丽华", "20 Nov 2026", "4 days overdue"],
        ["换话术", "—", "—", "no date set"],
    ]


def test_money_is_at_stake_only_where_a_customer_fell() -> None:
    moves = (move(1), move(2, before="normal", after="vip", reason="revenue_rose", at_stake=False))
    (zh,), (en,) = (sections(Sections(moves=moves), _) for _ in (ZH, EN))
    assert zh["rows"] == [["客户1", "VIP → 普通", "买得更少", "48.0万"], ["客户2", "普通 → VIP", "买得更多", "—"]]
    assert en["rows"] == [["客户1", "VIP → Normal", "buys less", "480.0k"], ["客户2", "Normal → VIP", "buys more", "—"]]


def test_who_was_no_customer_is_said_to_be_a_new_one_and_a_reason_without_words_stands_as_it_is() -> None:
    moves = [move(1, before=None, after="potential", reason="own_rule", at_stake=False)]
    (zh,), (en,) = (sections(Sections(moves=moves), _) for _ in (ZH, EN))
    assert zh["rows"] == [["客户1", "新客户 → 潜在", "own_rule", "—"]]
    assert en["rows"] == [["客户1", "new customer → Potential", "own_rule", "—"]]


def test_a_figure_that_is_no_longer_there_is_a_dash(restated) -> None:
    (zh,), (en,) = (sections(Sections(restated=restated(2)), _) for _ in (ZH, EN))
    assert zh["rows"] == [["客户满意度", "2026 年 8 月", "90.0%", "—"], ["客户满意度", "2026 年 8 月", "90.0%", "87.5%"]]
    assert en["rows"][0] == ["Customer satisfaction", "August 2026", "90.0%", "—"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_in_the_pdf_all_of_it_stands_in_order_and_on_nothing_else(
    make_pdf, everything: Sections, language: Language, pdf_text, misplaced, structure
) -> None:
    made, said = make_pdf(language, sections=everything), sections(everything, translator(language))
    assert made == make_pdf(language, sections=everything)
    text = pdf_text(made)
    for section in said:
        for words in (section["name"], section["note"], *section["head"], *(cell for row in section["rows"] for cell in row)):
            assert re.sub(r"\s", "", words) in text, words
    assert misplaced(made) == []
    with pikepdf.open(io.BytesIO(made)) as opened:
        with opened.open_metadata() as meta:
            assert {value for name, value in meta.items() if name.endswith(("}conformance", "}part"))} == {"A", "1", "2"}
        elements = structure(opened)
    assert [str(one.T) for one in elements if str(one.S) == "/H2"][-len(said) :] == [section["name"] for section in said]
    assert [str(one.S) for one in elements].count("/Table") == 2 + len(said)


def test_what_people_sign_never_stands_on_a_page_alone(make_pdf, pdf_words) -> None:
    entries = [ReportFeedback(dt.date(2026, 10, 1), "team", None, f"E{number}", None, None) for number in range(16)]
    pages = set()
    for count in range(len(entries) + 1):
        words = pdf_words(make_pdf("zh", feedback=entries[:count], sections=Sections(moves=[move(number) for number in range(5)])))
        last = max(word.page for word in words)
        pages.add(last)
        assert "客户4" in "".join(word.text for word in words if word.page == last), count
    # Somewhere among them the page was full.
    assert pages == {1, 2}
