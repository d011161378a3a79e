"""Names and comments as nobody should write them, and as somebody will: printed as they are, executed never, cut off nowhere."""

from __future__ import annotations

import datetime as dt
import re

import pytest

from amdash.i18n import LANGUAGES, Language
from amdash.report.document import ReportFeedback
from amdash.report.glyphs import printable
from amdash.report.pdf import _font

MARKUP = [
    '#eval("1+1")',
    "#panic()",
    '#read("/etc/passwd")',
    '#import "charts.typ": ink',
    "$x^2$ $",
    "*b* _i_ `raw`",
    "[x] ] [",
    "\\ \\n \\u{41}",
    "@ref",
    "<label>",
    "= Heading",
    "- list",
    "// comment /* open",
    "#{",
    "\"double\" 'single' “curly”",
    "a/b\\c",
    "{0} {name} %s",
    "~ -- --- ...",
    "https://x.example/a?b=c&d=e",
    "<script>alert(1)</script>",
    "null",
]
ODD = ["王\u202e明\u202c", "\u200f李明", "李😀明", "李\U00020bb7明", "李\U00020000明", "李\U0002a700", "e\u0301", "a\tb", "a\x00b", "₹100", "ก"]
LONG_NAMES = [
    "李" * 60,
    "Maximilian Alexander Freiherr von und zu Hohenberg-Lichtenstein",
    "Anna-Maria " * 5 + "Jones",
]


def entry(content: str = "x", action: str | None = None, method: str | None = None) -> ReportFeedback:
    return ReportFeedback(dt.date(2026, 10, 1), "team", method, content, action, dt.date(2026, 10, 30))


def squeezed(text: str) -> str:
    """The text as it is printed, without spaces."""
    return re.sub(r"\s", "", printable(text, _font()))


@pytest.fixture(params=LANGUAGES)
def language(request: pytest.FixtureRequest) -> Language:
    chosen: Language = request.param
    return chosen


@pytest.mark.parametrize("text", MARKUP + ODD)
def test_a_text_is_printed_wherever_it_stands_and_never_executed(make_pdf, pdf_text, language: Language, text: str) -> None:
    pdf = make_pdf(
        language,
        manager=f"N{text}",
        team=f"T{text}",
        story=((f"L{text}", f"S{text}"),),
        feedback=[entry(f"C{text}", f"A{text}", f"M{text}")],
        sources=[f"F{text}.xlsx"],
    )
    printed = pdf_text(pdf)
    for mark in "NTLSCAMF":
        assert squeezed(mark + text) in printed, mark
    assert "root:" not in printed


@pytest.mark.parametrize("name", LONG_NAMES, ids=len)
def test_a_long_name_is_broken_and_stays_on_the_page(make_pdf, pdf_text, misplaced, language: Language, name: str) -> None:
    pdf = make_pdf(language, manager=name, team=name, feedback=[entry(name, name)], sources=[f"{name}.xlsx"])
    # Manager, team, entry, next step, that as a measure, file.
    assert pdf_text(pdf).count(squeezed(name)) == 6
    assert misplaced(pdf) == []


def test_a_comment_of_forty_lines_is_printed_to_the_last(make_pdf, pdf_text, pdf_words, misplaced, language: Language) -> None:
    lines = [f"{number:02d}: 客户说 the parcel came late" for number in range(40)]
    pdf = make_pdf(language, feedback=[entry("\n".join(lines), "\n".join(lines))])
    printed = pdf_text(pdf)
    for line in lines:
        assert squeezed(line) in printed, line
    # Every line stands on one of its own.
    heights = {(word.page, round(word.y_min)) for word in pdf_words(pdf) if re.match(r"\d\d:$", word.text)}
    assert len(heights) >= 40
    assert misplaced(pdf) == []


def test_a_log_of_fifty_entries_goes_over_several_pages_with_its_header_on_each(make_pdf, pdf_text, pdf_words, misplaced, language: Language) -> None:
    pdf = make_pdf(language, feedback=[entry(f"E{number:02d}. " + "客户满意。" * 12) for number in range(50)])
    printed, words = pdf_text(pdf), pdf_words(pdf)
    assert all(f"E{number:02d}." in printed for number in range(50))
    entries_on = {word.page for word in words if re.match(r"E\d\d\.$", word.text)}
    assert len(entries_on) >= 3
    for header in ({"zh": "反馈内容", "en": "happened"}[language], {"zh": "团队成员", "en": "Team"}[language]):
        assert {word.page for word in words if word.text == header} >= entries_on, header
    assert misplaced(pdf) == []


@pytest.mark.parametrize("place", ["manager", "story", "content", "action", "method"])
def test_a_word_without_any_gap_stays_on_the_page_too(make_pdf, pdf_text, misplaced, language: Language, place: str) -> None:
    word = "W" * {"manager": 60, "method": 60}.get(place, 180)
    changes = {
        "manager": {"manager": word},
        "story": {"story": (("Now", word),)},
        "content": {"feedback": [entry(word)]},
        "action": {"feedback": [entry("x", word)]},
        "method": {"feedback": [entry("x", "y", word)]},
    }
    pdf = make_pdf(language, **changes[place])
    # What lies off the page, pdftotext leaves out.
    assert word in pdf_text(pdf)
    assert misplaced(pdf) == []


def test_a_long_method_leaves_room_for_what_happened(make_pdf, misplaced, language: Language) -> None:
    assert misplaced(make_pdf(language, feedback=[entry("客户满意。" * 10, "继续。" * 5, "面" * 60)])) == []


def test_three_long_file_names_stay_on_the_page(make_pdf, misplaced, language: Language) -> None:
    for name in ("数" * 60, "W" * 60, "数" * 300):
        assert misplaced(make_pdf(language, sources=[f"{name}.xlsx"] * 4)) == []


@pytest.mark.parametrize("name", ["\u200b", "\u200f\u202e", "\ufeff"], ids=ascii)
def test_a_name_that_nobody_can_see_still_gives_a_report(make_pdf, pdf_text, name: str) -> None:
    assert "2026" in pdf_text(make_pdf("zh", manager=name))
