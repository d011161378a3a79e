"""Every figure of a printed summary, read back as a reader's viewer would, is the one that the command line gives; and no PDF is a burden."""

from __future__ import annotations

import datetime as dt
import io
import json
import os
import re
import subprocess
import sys
from collections.abc import Callable
from contextlib import redirect_stdout
from typing import Any

import pytest

from amdash.cli import main
from amdash.i18n import LANGUAGES, Language
from amdash.service import exports, feedback, team_reports
from amdash.service.workspace import Workspace
from tests.conformance import broken_rules
from tests.pdftotext import pdftotext

MONTH = "2026-10"
EVERYBODY = ["李明", "林佳怡", "王建国", "陈晓燕", "黄志伟", "周雅琴", "何志强", "梁美玲"]
# The words of the page for what the command line says in a code.
KPIS = {
    "销售额": "sales_amount",
    "销售额达成率": "sales_attainment",
    "新增客户数": "new_customers",
    "客户满意度": "csat",
    "满意度得分": "satisfaction_score",
    "平均响应时间": "response_time",
    "按时响应率": "response_in_target",
    "投诉解决率": "complaint_resolution",
    "投诉率": "complaint_rate",
}
VERDICTS = {"达标": "met", "未达标": "missed", "无目标": "none", "没有数据": "absent", "样本太少": "few", "还不能断定": "few"}
VERDICT = "|".join(VERDICTS)
NUMBER = r"−?\d[\d,]*(?:\.\d+)?"
ROW = re.compile(
    rf"^(?P<kpi>\S+) (?P<value>{NUMBER}) ?(?P<unit>[^\d\s—]*)"
    rf"(?: (?P<low>{NUMBER}) ?(?P<low_unit>[^\d\s]*) – (?P<high>{NUMBER}) ?(?P<high_unit>[^\d\s]*))?"
    rf" (?:—|(?P<sign>[≥≤]) (?P<target>{NUMBER}) ?(?P<target_unit>%|万|小时|家)?) (?P<verdict>{VERDICT})"
)
FACTORS = {"%": 0.01, "万": 1e4, "亿": 1e8}
LARGEST_BYTES = 200_000


@pytest.fixture(scope="module")
def said(demo_ws: Workspace) -> dict[tuple[str, str], dict[str, Any]]:
    """(KPI, manager) -> what the command line says of it."""
    written = io.StringIO()
    with redirect_stdout(written):
        main(["--workspace", str(demo_ws.settings.workspace), "scorecard", "--from", MONTH, "--to", MONTH, "--json"])
    return {(row["kpi"], row["manager"]): row for row in json.loads(written.getvalue())}


@pytest.fixture(scope="module")
def printed(demo_ws: Workspace) -> Callable[[Language], dict[str, bytes]]:
    """Language -> manager -> PDF."""
    made: dict[Language, dict[str, bytes]] = {}

    def of(language: Language) -> dict[str, bytes]:
        if language not in made:
            made[language] = dict(zip(EVERYBODY, (pdf for _name, pdf in exports.reports(demo_ws, MONTH, language)), strict=True))
        return made[language]

    return of


def number(text: str | None, unit: str | None) -> tuple[float, float] | None:
    """What was printed, and half a unit of its last digit; None where nothing was."""
    if text is None:
        return None
    plain = text.replace("−", "-").replace(",", "")
    digits = len(plain.partition(".")[2])
    factor = FACTORS.get(unit or "", 1.0)
    return float(plain) * factor, 0.5001 * factor / 10**digits


def agrees(shown: tuple[float, float] | None, wanted: float | None) -> bool:
    return wanted is None if shown is None else wanted is not None and abs(shown[0] - wanted) <= shown[1]


@pytest.mark.parametrize("manager", EVERYBODY)
def test_every_figure_of_a_summary_is_the_one_of_the_command_line(said, printed, manager: str) -> None:
    lines = pdftotext(printed("zh")[manager], "-raw").splitlines()
    rows = {KPIS[found["kpi"]]: found for line in lines if (found := ROW.match(line)) and found["kpi"] in KPIS}
    assert set(rows) == set(KPIS.values())
    for kpi, row in rows.items():
        wanted = said[kpi, manager]
        assert agrees(number(row["value"], row["unit"]), wanted["value"]), (kpi, row[0], wanted)
        assert agrees(number(row["target"], row["target_unit"]), wanted["target"]), (kpi, row[0], wanted)
        ends = wanted["interval"] or [None, None]
        for name, end in zip(("low", "high"), ends, strict=True):
            assert agrees(number(row[name], row[f"{name}_unit"]), end), (kpi, row[0], wanted)
        assert VERDICTS[row["verdict"]] == wanted["verdict"], (kpi, row[0], wanted)


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_document_of_the_demo_is_a_burden_to_mail_and_each_keeps_the_standards(demo_ws: Workspace, printed, language: Language) -> None:
    shared = dict([team_reports.team_pdf(demo_ws, MONTH, language), team_reports.coverage_pdf(demo_ws, language, until=MONTH)])
    made = {**printed(language), **shared}
    assert {name: len(pdf) for name, pdf in made.items() if len(pdf) >= LARGEST_BYTES} == {}
    assert {name: broken_rules(pdf) for name, pdf in made.items()} == {name: set() for name in made}


def test_a_month_of_two_hundred_feedbacks_is_no_burden_either(demo_copy: Workspace) -> None:
    said = "客户说报价要等三天，已约定当天答复；下周一起去现场看一次，并把最近三个月的工单逐条过一遍。"
    for place in range(200):
        feedback.add(
            demo_copy,
            date=dt.date(2026, 10, 1 + place % 30),
            manager="李明",
            content=f"第 {place} 条：{said}",
            source="customer",
            action=f"第 {place} 步",
        )
    _name, pdf = exports.report_pdf(demo_copy, "李明", MONTH, "zh")
    assert len(pdf) < LARGEST_BYTES
    assert broken_rules(pdf) == set()


def test_another_process_makes_the_same_bytes(ws: Workspace, two_months: bytes, put, tmp_path) -> None:
    put(ws, ("华东.csv", two_months))
    feedback.add(ws, date=ws.now().date(), manager="李明", content="响应快了", source="customer", action="继续")
    name, here = exports.report_pdf(ws, "李明", MONTH, "en")
    # Another seed: the order of a set is another one there.
    told = [sys.executable, "-m", "amdash", "--workspace", str(ws.settings.workspace), "report", "--month", MONTH, "--manager", "李明"]
    environment = {**os.environ, "PYTHONHASHSEED": "4711"}
    subprocess.run([*told, "--lang", "en", "--out", str(tmp_path / "out")], check=True, capture_output=True, env=environment, timeout=120)
    assert (tmp_path / "out" / name).read_bytes() == here
