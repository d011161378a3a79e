"""The minutes of a meeting: what they say in both languages, and that the PDF says all of it, also to those who do not see it."""

from __future__ import annotations

import datetime as dt
import io
import re
from collections.abc import Callable
from dataclasses import replace

import pikepdf
import pytest

from amdash.i18n import LANGUAGES, Language
from amdash.metrics import catalogue
from amdash.report.document import Letterhead
from amdash.report.minutes import MinutesInput, MinutesItem, minutes
from amdash.report.pdf import compile_pdf
from tests.conformance import broken_rules

START, AT = dt.datetime(2026, 11, 24, 9, 0), dt.datetime(2026, 11, 24, 9, 47)
DUE = dt.date(2026, 12, 18)
DECIDED = (
    MinutesItem("", "周会改到周一", "孙丽华", DUE),
    MinutesItem("李明", "每两周回访三家大客户", "李明", dt.date(2026, 12, 24), as_plan=True, kpi=catalogue.by_id("csat")),
    MinutesItem("王芳", "整理投诉原因"),
)
BEFORE = (
    MinutesItem("李明", "清工单", "李明", DUE, standing="done", kpi=catalogue.by_id("response_time")),
    MinutesItem("李明", "回访鼎盛", "李明", dt.date(2026, 11, 21), standing="overdue", days=3),
    MinutesItem("王芳", "报价当天答复", "王芳", START.date(), standing="today"),
    MinutesItem("王芳", "更新名单", "王芳", dt.date(2026, 11, 25), standing="due", days=1),
    MinutesItem("", "换话术", standing="open"),
)


@pytest.fixture(scope="module")
def make_minutes(ordinary) -> Callable[..., MinutesInput]:
    """Changes -> the minutes of the meeting on October 2026."""
    given = MinutesInput(
        period="2026-10",
        started_at=START,
        ended_at=AT,
        story=(("现状", "能判断的七项里五项达标。"), ("要定", "先谈平均响应时间。")),
        team=ordinary,
        decided=DECIDED,
        before=BEFORE,
        notes=(("", "展会推迟到三月"), ("李明", "下周休假")),
        without=("林佳怡", "周杰"),
        revision=12,
        revision_at=AT,
        letterhead=Letterhead(),
    )
    return lambda **changes: replace(given, **changes)


@pytest.fixture(scope="module", params=LANGUAGES)
def language(request: pytest.FixtureRequest) -> Language:
    chosen: Language = request.param
    return chosen


@pytest.fixture(scope="module")
def pdf(make_minutes, language: Language) -> bytes:
    return compile_pdf(minutes(make_minutes(), language), AT, "minutes.typ")


def test_what_was_decided_with_who_and_by_when(make_minutes) -> None:
    zh, en = (minutes(make_minutes(), language) for language in ("zh", "en"))
    assert (zh["title"], zh["when"]) == ("2026 年 10 月会议纪要", "2026-11-24 09:00 至 09:47")
    assert (en["title"], en["when"]) == ("Minutes of the meeting on October 2026", "24 Nov 2026, 09:00 to 09:47")
    assert [list(row.values()) for row in zh["decided"]["rows"]] == [
        ["全部经理", "周会改到周一", "", "孙丽华", "2026-12-18"],
        ["李明", "每两周回访三家大客户（列为改进计划）", "客户满意度", "李明", "2026-12-24"],
        ["王芳", "整理投诉原因", "", "—", "—"],
    ]
    assert list(en["decided"]["rows"][1].values()) == ["李明", "每两周回访三家大客户 (as a plan)", "Customer satisfaction", "李明", "24 Dec 2026"]
    assert [row["kpi"] for row in en["before"]["rows"]] == ["Mean response time", "", "", "", ""]
    assert zh["decided"]["without"] == "没有做出决定的客户经理：林佳怡、周杰。"
    assert zh["notes"]["rows"] == [["全部经理", "展会推迟到三月"], ["李明", "下周休假"]]
    assert zh["footer"]["stamp"] == "数据版本 12（2026-11-24）"


def test_how_earlier_decisions_stand(make_minutes) -> None:
    def words(language: Language) -> list[str]:
        return [row["words"] for row in minutes(make_minutes(), language)["before"]["rows"]]

    assert words("zh") == ["已完成", "逾期 3 天", "今天到期", "还有 1 天", "未定期限"]
    assert words("en") == ["done", "3 days overdue", "due today", "1 day left", "no date set"]


def test_minutes_of_a_meeting_that_is_held_on_and_in_which_nothing_was_said(make_minutes) -> None:
    said = minutes(make_minutes(ended_at=None, decided=(), before=(), notes=()), "en")
    assert said["when"] == "24 Nov 2026, from 09:00"
    assert (said["decided"]["rows"], said["decided"]["without"], said["notes"]["rows"], said["before"]["rows"]) == ([], "", [], [])
    assert compile_pdf(said, AT, "minutes.typ").startswith(b"%PDF-1.7")


@pytest.mark.parametrize(
    ("language", "when"),
    [("zh", "2026-11-24 09:00 至 2026-11-25 08:30"), ("en", "24 Nov 2026, 09:00 to 25 Nov 2026, 08:30")],
)
def test_a_meeting_that_ended_on_another_day_says_which(make_minutes, language: Language, when: str) -> None:
    assert minutes(make_minutes(ended_at=dt.datetime(2026, 11, 25, 8, 30)), language)["when"] == when


def test_verdicts_are_those_of_the_summaries(make_minutes, make_kpi, make_reading) -> None:
    few, near = make_reading(0.5, verdict="few", n=2), make_reading(0.9, verdict="none", target=0.1)
    rows = minutes(make_minutes(team=[(make_kpi(), few), (make_kpi(), near)]), "en")["team"]["rows"]
    assert [row["verdict_words"] for row in rows] == ["too few · 2", "target not applied"]


def test_everything_that_was_said_stands_in_the_pdf(make_minutes, pdf: bytes, pdf_text, language: Language) -> None:
    said, text = minutes(make_minutes(), language), pdf_text(pdf)
    wanted = [
        said["title"],
        said["when"],
        said["decided"]["without"],
        *(cell for row in said["decided"]["rows"] for cell in row.values()),
        *(cell for row in said["notes"]["rows"] for cell in row),
        *(value for row in said["before"]["rows"] for name, value in row.items() if name != "standing"),
        *(sentence for _lead, sentence in said["team"]["story"]),
        *(row["name"] for row in said["team"]["rows"]),
        *(row["verdict_words"] + row["variation_words"] for row in said["team"]["rows"]),
    ]
    assert [words for words in wanted if re.sub(r"\s", "", words) not in text] == []


def test_it_is_accessible_archival_and_in_order(make_minutes, pdf: bytes, structure, misplaced, language: Language) -> None:
    said = minutes(make_minutes(), language)
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        assert 1 <= len(opened.pages) <= 2
        assert str(opened.Root.Lang) == {"zh": "zh-CN", "en": "en-GB"}[language]
        assert str(opened.docinfo.Title) == said["title"]
        with opened.open_metadata() as meta:
            found = {name.rpartition("}")[2]: value for name, value in meta.items() if "pdf" in name}
        assert found["conformance"] == "A"
        elements = structure(opened)
        assert [str(one.Alt) for one in elements if str(one.S) == "/Figure"] == [row["alt"] for row in said["team"]["rows"]]
        headings = [str(one.T) for one in elements if re.match(r"/H\d", str(one.S))]
    assert headings == [said["title"], *(said[part]["name"] for part in ("decided", "notes", "before", "team"))]
    assert misplaced(pdf) == []


def test_the_same_minutes_are_the_same_bytes_and_hostile_words_stay_words(make_minutes, pdf_text) -> None:
    hostile = MinutesItem("#panic()", '$x$ <script> \\ "#read("/etc/passwd")" \U00020000', "李\u202e明")
    said = minutes(make_minutes(decided=(hostile,)), "zh")
    one, other = (compile_pdf(said, AT, "minutes.typ") for _ in range(2))
    assert one == other
    assert broken_rules(one) == set()
    assert '$x$<script>\\"#read("/etc/passwd")"〓(U+20000)' in pdf_text(one)


def test_the_business_stands_above_and_below(make_minutes, pdf_text) -> None:
    head = Letterhead("鼎盛商贸", "#1d6fb8", "上海市 · 021-5555")
    text = pdf_text(compile_pdf(minutes(make_minutes(letterhead=head), "zh"), AT, "minutes.typ"))
    assert "鼎盛商贸" in text
    assert "上海市·021-5555" in text
