"""What the tests of the report share: a report made to order, its PDF, and what stands in it."""

from __future__ import annotations

import datetime as dt
import itertools
import re
from collections.abc import Callable, Sequence
from html import unescape
from pathlib import Path
from typing import Any, NamedTuple

import pandas as pd
import pytest

from amdash.i18n import Language
from amdash.insight.reading import Limits, Point, Reading
from amdash.metrics.period import last_periods
from amdash.metrics.spec import Kpi
from amdash.report.document import ReportFeedback, ReportInput, document
from amdash.report.pdf import compile_pdf
from tests.pdftotext import pdftotext

AT = dt.datetime(2026, 11, 24, 9, 0)
A4 = (595.28, 841.89)
SIDE = 17 * 72 / 25.4
# The month under the last point of a chart is centred there, and so reaches out by half its width.
HALF_A_MONTH = 3.0


class Word(NamedTuple):
    """A word on a page, in points from its upper left corner."""

    page: int
    text: str
    x_min: float
    y_min: float
    x_max: float
    y_max: float


@pytest.fixture(scope="session")
def make_kpi() -> Callable[..., Kpi]:
    """Changes -> a KPI: customer satisfaction, a ratio with the target 0.9."""

    def nothing(_facts: object) -> pd.DataFrame:
        raise AssertionError("a report is made of readings, never of facts")

    def make(**changes: Any) -> Kpi:
        given: dict[str, Any] = {
            "id": "csat",
            "name": "Customer satisfaction",
            "short": "satisfaction",
            "formula": "",
            "source": "",
            "category": "business",
            "unit": "ratio",
            "measure": "ratio",
            "higher_is_better": True,
            "target": 0.9,
            "rows": "surveys",
            "cells": nothing,
            "behind": nothing,
            "weighted": True,
            "min_sample": 5,
        }
        return Kpi(**given | changes)

    return make


@pytest.fixture(scope="session")
def make_reading() -> Callable[..., Reading]:
    """The last values of a series and changes -> the reading of 李明 in October 2026."""

    def make(*values: float | None, **changes: Any) -> Reading:
        periods = last_periods("2026-10", len(values))
        given: dict[str, Any] = {
            "kpi": "csat",
            "subject": "李明",
            "period": "2026-10",
            "value": values[-1],
            "target": 0.9,
            "numerator": None,
            "denominator": None,
            "n": 28,
            "verdict": "met",
            "variation": "ordinary",
            "points": tuple(Point(period, value, 28) for period, value in zip(periods, values, strict=True)),
            "limits": None,
        }
        return Reading(**given | changes)

    return make


@pytest.fixture(scope="session")
def ordinary(make_kpi, make_reading) -> list[tuple[Kpi, Reading]]:
    """An ordinary month: ten KPIs, every verdict, every variation, a gap, signals and limits."""
    swing = [0.91, 0.93, 0.9, 0.94, 0.92, 0.9, 0.93, 0.91, None, 0.92, 0.94]
    months = last_periods("2026-10", 12)
    worse = tuple(
        Point(month, value, 30, "trend", "concern") if place > 4 else Point(month, value, 30)
        for place, (month, value) in enumerate(zip(months, (15, 16, 14, 15, 16, 17, 18, 20, 22, 24, 27, 31.5), strict=True))
    )
    better = (*(Point(month, 10.0, 1) for month in months[:-1]), Point(months[-1], 19.0, 1, "outside", "improvement"))
    money = {"unit": "money", "measure": "total", "target": None}
    hours = {"unit": "hours", "measure": "mean", "target": 24.0, "higher_is_better": False}
    return [
        (make_kpi(id="sales_amount", name="Sales", **money), make_reading(*[480_000.0, 512_000.0] * 6, target=None, verdict="none")),
        (make_kpi(id="sales_attainment", name="Sales attainment", target=0.95), make_reading(*swing, 1.024, target=0.95)),
        (
            make_kpi(id="new_customers", name="New customers", unit="customers", target=10.0),
            make_reading(19.0, target=10.0, variation="improving", points=better, limits=Limits(10.75, 8.0, 13.0, False)),
        ),
        (make_kpi(), make_reading(*swing, 0.857, verdict="missed", limits=Limits(0.92, 0.85, 0.99, False))),
        (make_kpi(id="satisfaction_score", name="Satisfaction score", target=None), make_reading(*swing, 0.871, target=None, verdict="none")),
        (
            make_kpi(id="response_time", name="Mean response time", **hours),
            make_reading(31.5, target=24.0, verdict="missed", variation="worsening", points=worse, limits=Limits(19.6, 12.0, 27.0, True)),
        ),
        (make_kpi(id="response_in_target", name="Answered in time", target=0.95), make_reading(*swing, 0.963, target=0.95)),
        (make_kpi(id="complaint_resolution", name="Complaint resolution", target=0.95), make_reading(*swing, 0.5, target=0.95, n=2, verdict="few")),
        (make_kpi(id="complaint_rate", name="Complaint rate", target=0.05, higher_is_better=False), make_reading(*[0.041] * 12, target=0.05)),
        (make_kpi(id="staff_satisfaction", name="Employee satisfaction", target=0.8), make_reading(*[None] * 12, target=0.8, n=0, verdict="absent")),
    ]


@pytest.fixture(scope="session")
def make_report(ordinary) -> Callable[..., ReportInput]:
    """Changes -> a report on 李明 in October 2026: an ordinary month with two entries of feedback."""

    def make(**changes: Any) -> ReportInput:
        given: dict[str, Any] = {
            "manager": "李明",
            "team": "华东组",
            "period": "2026-10",
            "readings": ordinary,
            "score": 1.038,
            "story": (("现状", "能判断的七项里五项达标。"), ("变化", "走差：平均响应时间。"), ("要定", "先谈平均响应时间。")),
            "feedback": (
                ReportFeedback(dt.date(2026, 10, 14), "supervisor", "面谈", "响应慢了，客户等得急。", "每天两次清工单", dt.date(2026, 11, 13)),
                ReportFeedback(dt.date(2026, 10, 20), None, None, "The customer thanked him twice.", None, None),
            ),
            "revision": 7,
            "revision_at": AT,
            "sources": ("经营数据-2026-10.xlsx", "反馈记录-2026.xlsx"),
        }
        return ReportInput(**given | changes)

    return make


@pytest.fixture(scope="session")
def make_pdf(make_report) -> Callable[..., bytes]:
    """Language and changes -> the PDF of such a report."""

    def make(language: Language, **changes: Any) -> bytes:
        return compile_pdf(document(make_report(**changes), language), AT)

    return make


@pytest.fixture(scope="session")
def pdf_words() -> Callable[[bytes], list[Word]]:
    """A PDF -> its words with their boxes."""

    def words(pdf: bytes) -> list[Word]:
        found = []
        for page, text in enumerate(pdftotext(pdf, "-bbox").split("<page ")[1:], 1):
            for box in re.finditer(r'<word xMin="([-\d.]+)" yMin="([-\d.]+)" xMax="([-\d.]+)" yMax="([-\d.]+)">(.*?)</word>', text):
                found.append(Word(page, unescape(box[5]), *(float(box[place]) for place in range(1, 5))))
        return found

    return words


@pytest.fixture(scope="session")
def misplaced(pdf_words) -> Callable[[bytes], list[Any]]:
    """A PDF -> the words that leave the margins or the page, and the pairs that lie over one another."""

    def faults(pdf: bytes) -> list[Any]:
        words = pdf_words(pdf)
        assert words
        beyond = [one for one in words if one.x_min < SIDE - 0.1 or one.x_max > A4[0] - SIDE + HALF_A_MONTH or one.y_min < 0 or one.y_max > A4[1]]
        return beyond + [(one.text, other.text) for one, other in itertools.combinations(words, 2) if _overlap(one, other)]

    return faults


def _overlap(one: Word, other: Word) -> bool:
    across = min(one.x_max, other.x_max) - max(one.x_min, other.x_min)
    down = min(one.y_max, other.y_max) - max(one.y_min, other.y_min)
    return one.page == other.page and across > 1 and down > 1


@pytest.fixture(scope="session")
def structure() -> Callable[[Any], Sequence[Any]]:
    """An open PDF -> its structure elements in reading order."""

    def elements(pdf: Any) -> list[Any]:
        import pikepdf

        found: list[Any] = []
        waiting = [pdf.Root.StructTreeRoot]
        while waiting:
            node = waiting.pop()
            if not isinstance(node, pikepdf.Dictionary):
                continue
            if "/S" in node:
                found.append(node)
            children = node.get("/K")
            if children is not None:
                waiting += reversed(list(children) if isinstance(children, pikepdf.Array) else [children])
        return found

    return elements


@pytest.fixture(scope="session")
def font() -> Path:
    """The font that the report is set in."""
    import manimgx_fonts_cjk

    return next(Path(manimgx_fonts_cjk.__file__).parent.glob("*.ttc"))
