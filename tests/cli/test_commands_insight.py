"""What the figures mean, on the command line: trend, compare, tiers, drivers, narrative. The shapes are those of the issue and stay."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from amdash.metrics.period import last_periods

POINT = ["period", "value", "n", "centre", "lower", "upper", "flag", "direction"]
CUSTOMER = ["customer", "manager", "recency_days", "frequency", "monetary", "r", "f", "m", "tier"]
# The names that the R package gives to what is called by a code here.
PUBLISHED_SEGMENTS = {
    "champions": "Champions",
    "loyal_customers": "Loyal Customers",
    "potential_loyalist": "Potential Loyalist",
    "need_attention": "Need Attention",
    "about_to_sleep": "About To Sleep",
    "at_risk": "At Risk",
    "lost": "Lost",
    "others": "Others",
}


def survey(months: int, **shares: list[int]) -> str:
    """Ten answers a month for each manager, the given number of them satisfied."""
    lines = ["调查日期,客户经理,满意度评分,产品质量,服务态度,沟通,需求满足"]
    for manager, satisfied in shares.items():
        for month, count in zip(last_periods("2026-10", months), satisfied, strict=True):
            lines += [f"{month}-05,{manager},{5 if place < count else 2},4,4,{5 if place < count else 2},4" for place in range(10)]
    return "\n".join(lines)


@pytest.fixture
def surveyed(run, tmp_path: Path) -> Path:
    """Eighteen months: 李明 swings between seven and nine of ten and falls to none in the last, 王芳 stays at nine or ten."""
    path = tmp_path / "满意度调查.csv"
    path.write_text(survey(18, 李明=[7, 9] * 8 + [8, 0], 王芳=[9, 10] * 9), encoding="utf-8")
    assert run(tmp_path / "w", "import", str(path)).status == 0
    return tmp_path / "w"


def test_a_trend_has_its_limits_and_signals(run, surveyed: Path) -> None:
    said = run(surveyed, "trend", "--kpi", "csat", "--manager", "李明", "--json").json
    assert {name: said[name] for name in said if name != "points"} == {
        "kpi": "csat",
        "subject": "李明",
        "target": 0.9,
        "variation": "worsening",
        "assurance": "hit_or_miss",
        "provisional": False,
    }
    assert [list(point) for point in said["points"]] == [POINT] * 24
    known = [point for point in said["points"] if point["value"] is not None]
    assert [(point["period"], point["value"], point["n"]) for point in known][-2:] == [("2026-09", 0.8, 10), ("2026-10", 0.0, 10)]
    last = known[-1]
    assert (last["flag"], last["direction"]) == ("outside", "concern")
    assert last["value"] < last["lower"] < last["centre"] < last["upper"] <= 1
    assert [point["flag"] for point in known[:-1]] == [None] * 17
    # 136 of 180 answers were satisfied.
    assert last["centre"] == pytest.approx(136 / 180)


def test_a_trend_of_everybody_of_a_team_and_of_quarters(run, stored: Path) -> None:
    whole = run(stored, "trend", "--kpi", "sales_amount", "--periods", "2", "--json").json
    assert (whole["subject"], [point["value"] for point in whole["points"]], whole["provisional"]) == (None, [3301, 50], True)
    team = run(stored, "trend", "--kpi", "sales_amount", "--team", "华南组", "--month", "2025-03", "--periods", "1", "--json").json
    assert (team["subject"], team["points"][0]["value"]) == ("华南组", 300.25)
    quarter = run(stored, "trend", "--kpi", "csat", "--month", "2025-Q1", "--periods", "1", "--json").json
    assert quarter["points"][0]["period"] == "2025-Q1"


@pytest.mark.parametrize(
    "command",
    [
        ["trend", "--kpi", "csat", "--team", "北方组"],
        ["trend", "--kpi", "csat", "--manager", "赵六"],
        ["trend", "--kpi", "csat", "--month", "2025"[:3]],
        ["trend", "--kpi", "colour"],
        ["compare", "--kpi", "csat", "--month", "October"],
        ["compare", "--kpi", "colour"],
        ["tiers", "--as-of", "2025-02-30"],
        ["drivers", "--from", "x"],
        ["drivers", "--manager", "赵六"],
        ["narrative", "--manager", "赵六"],
        ["narrative", "--month", "2025-W10"],
        ["narrative", "--month", "2025-01..2025-03"],
        ["improvement", "--month", "total"],
        ["trend", "--kpi", "csat", "--month", "0001"],
        ["trend", "--kpi", "csat", "--periods", "0"],
        ["trend", "--kpi", "csat", "--periods", "1000"],
    ],
)
def test_what_is_not_there_is_said_and_known(run, stored: Path, command: list[str]) -> None:
    said = run(stored, *command)
    assert (said.status, said.out) == (1, "")
    assert "Traceback" not in said.err
    assert any(word in said.err for word in (command[-1], "csat"))


@pytest.mark.parametrize("command", [["trend", "--kpi", "csat"], ["compare", "--kpi", "csat"], ["narrative"]])
def test_without_any_figure_there_is_nothing_to_say(run, tmp_path: Path, command: list[str]) -> None:
    said = run(tmp_path, *command)
    assert (said.status, said.out) == (1, "")
    assert "Upload" in said.err


def test_everybody_beside_everybody(run, surveyed: Path) -> None:
    rows = run(surveyed, "compare", "--kpi", "csat", "--month", "2026", "--json").json
    assert [list(row) for row in rows] == [["manager", "value", "n", "lower", "upper", "flag", "rank_group"]] * 2
    assert [(row["manager"], row["n"], row["rank_group"]) for row in rows] == [("王芳", 100, 1), ("李明", 100, 2)]
    # 95 and 72 of 100; 99.8 % of samples of 100 from 167 of 200 lie within 0.71 and 0.94 (binomial quantiles).
    assert [(row["value"], row["lower"], row["upper"], row["flag"]) for row in rows] == [(0.95, 0.71, 0.94, "high"), (0.72, 0.71, 0.94, None)]


def test_what_moves_satisfaction(run, surveyed: Path) -> None:
    said = run(surveyed, "drivers", "--json").json
    # Three of the four questions were answered alike by everybody: one alone cannot be weighed against others.
    assert (said["n"], said["refused"], said["drivers"]) == (360, "constant_drivers", [])
    none = run(surveyed, "drivers", "--from", "2027-01", "--json").json
    assert (none["n"], none["refused"]) == (0, "too_few_responses")
    assert "fewer than 30" in run(surveyed, "drivers", "--from", "2027-01").out


def test_customers_by_tier_and_their_moves(run, stored: Path) -> None:
    rows = run(stored, "tiers", "--as-of", "2025-04-30", "--json").json
    assert [list(row) for row in rows] == [CUSTOMER] * 3
    found = {row["customer"]: (row["manager"], row["recency_days"], row["frequency"], row["monetary"], row["tier"]) for row in rows}
    # A customer for less than 90 days is a potential one.
    assert found == {
        "甲公司": ("李明", 28, 2, 1050.75, "potential"),
        "乙公司": ("李明", 51, 1, 2000, "potential"),
        "丙公司": ("王芳", 49, 1, 300.25, "potential"),
    }
    later = run(stored, "tiers", "--as-of", "2025-09-12", "--moves", "--json").json
    # 乙公司 bought on 10 March: 186 days before, 155 a month earlier.
    assert {(row["customer"], row["tier_before"], row["tier_after"], row["reason"], row["revenue_at_stake"]) for row in later} == {
        ("乙公司", "normal", "lapsed", "no_order_for_days", 2000),
        ("丙公司", "normal", "lapsed", "no_order_for_days", 300.25),
    }


def test_the_published_segments_of_the_real_orders(run, tmp_path: Path, real_data: Path) -> None:
    expected: dict[str, Any] = json.loads((real_data / "rfm_orders" / "expected.json").read_text(encoding="utf-8"))
    assert run(tmp_path, "import", str(real_data / "rfm_orders" / "rfm_data_orders.csv")).status == 0
    rows = run(tmp_path, "tiers", "--as-of", "2006-12-31", "--method", "quintile", "--json").json
    assert len(rows) == expected["customers"]
    found: dict[str, dict[str, float]] = {}
    for row in rows:
        segment = found.setdefault(PUBLISHED_SEGMENTS[row["tier"]], {"customers": 0, "orders": 0, "revenue": 0})
        segment["customers"] += 1
        segment["orders"] += row["frequency"]
        segment["revenue"] += row["monetary"]
    assert found == expected["segments_testfile"]
    by_name = {row["customer"]: row for row in rows}
    for name, said in expected["sample"].items():
        row = by_name[name]
        assert (row["recency_days"], row["frequency"], row["monetary"]) == (said["rec"], said["n"], said["amount"])
        assert (row["r"], row["f"], row["m"]) == (said["R"], said["Fq"], said["M"])


def test_two_or_three_sentences_for_everybody_and_each(run, surveyed: Path) -> None:
    told = run(surveyed, "narrative", "--month", "2026-10", "--json").json
    assert [(one["period"], one["manager"]) for one in told] == [("2026-10", None), ("2026-10", "李明"), ("2026-10", "王芳")]
    assert [sentence["about"] for sentence in told[1]["sentences"]] == ["Now", "Change", "To decide"]
    assert "Customer satisfaction" in told[1]["sentences"][1]["text"]
    alone = run(surveyed, "narrative", "--manager", "王芳")
    assert alone.out.startswith("王芳\n  Now: ")


@pytest.mark.parametrize("language", ["en", "zh"])
def test_in_words(run, surveyed: Path, stored: Path, monkeypatch: pytest.MonkeyPatch, language: str) -> None:
    monkeypatch.setenv("LANG", {"en": "en_US.UTF-8", "zh": "zh_CN.UTF-8"}[language])
    trend = run(surveyed, "trend", "--kpi", "csat", "--manager", "李明").out.splitlines()
    assert trend[-1] == {"en": "worsening\tmeets the target by chance", "zh": "转差\t能否达标看运气"}[language]
    assert trend[-2].split("\t")[-1] == {"en": "real decline", "zh": "真实变差"}[language]
    beside = run(surveyed, "compare", "--kpi", "csat", "--month", "2026").out.splitlines()
    assert beside[0].split("\t") == ["1", "王芳", "95.0%", "100", {"en": "above what chance does", "zh": "高于偶然能解释的范围"}[language]]
    tiers = run(stored, "tiers", "--as-of", "2025-04-30").out
    assert {"en": "Potential", "zh": "潜在"}[language] in tiers
    moves = run(stored, "tiers", "--as-of", "2025-09-12", "--moves").out
    assert {"en": "Normal → Lapsed\tno order for a long time", "zh": "普通 → 流失\t很久没有下单"}[language] in moves
