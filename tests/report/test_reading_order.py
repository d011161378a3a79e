"""In which order a summary is read aloud or copied: name, sentences, figures, charts, strengths, feedback, sections, and last the signatures."""

from __future__ import annotations

import datetime as dt
import re

import pytest

from amdash.i18n import LANGUAGES, Language, translator
from amdash.report.document import ReportFeedback, document
from amdash.report.events import ReportEvent
from amdash.report.sections import ReportAgreement, ReportMove, Sections, sections

FOUND = Sections(
    moves=[ReportMove("鼎盛商贸", "vip", "normal", "revenue_fell", 480_000.0, True)],
    agreed=[ReportAgreement("两周内回访三家大客户", "孙丽华", dt.date(2026, 11, 20), "overdue", 4)],
)
FEEDBACK = [
    ReportFeedback(dt.date(2026, 10, 20), "customer", "电话", "报价快了", None, None),
    ReportFeedback(dt.date(2026, 10, 14), "supervisor", "面谈", "响应慢了", "每天两次清工单", dt.date(2026, 11, 13)),
]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_text_stands_in_the_order_in_which_it_is_to_be_read(make_report, make_pdf, pdf_text, language: Language) -> None:
    changes = {"sections": FOUND, "feedback": FEEDBACK, "events": {"response_time": [ReportEvent("2026-08", "training", "全员培训")]}}
    said = document(make_report(**changes), language)
    groups = said["feedback"]["groups"]
    wanted = [
        said["period"],
        said["manager"],
        *(lead + sentence for lead, sentence in said["story"]),
        "".join(said["head"]),
        *(row["name"] + row["digits"] for row in said["rows"]),
        *(words for chart in said["charts"] for words in (chart["name"] + chart["value"], chart["labels"][-1], chart["happened"])),
        *(column["name"] + (column["lines"][0][0] if column["lines"] else column["empty"]) for column in said["profile"]),
        said["feedback"]["name"],
        said["feedback"]["count"],
        *(words for group in groups for words in (group["name"], *(row["date"] for row in group["rows"]))),
        *(section["name"] for section in sections(FOUND, translator(language))),
        "".join(said["signatures"]),
    ]
    text, at = pdf_text(make_pdf(language, **changes)), 0
    for words in wanted:
        seen = re.sub(r"\s", "", words)
        place = text.find(seen, at)
        assert place >= 0, (words, text[at : at + 80])
        at = place + len(seen)
