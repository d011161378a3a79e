"""What a report says, word for word, in both languages."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

import pytest

from amdash.i18n import Language
from amdash.insight.reading import Limits, Point, Reading
from amdash.report.document import ReportFeedback, document, series, telling, ticks
from amdash.report.events import ReportEvent


def row_of(make_report, pair: Any, language: Language = "zh") -> dict[str, Any]:
    (row,) = document(make_report(readings=[pair]), language)["rows"]
    return row


def test_the_head_and_foot_of_a_report_in_chinese(make_report) -> None:
    said = document(make_report(), "zh")
    assert (said["lang"], said["title"], said["manager"], said["team"]) == ("zh", "李明：2026 年 10 月小结", "李明", "华东组")
    assert said["period"] == "2026 年 10 月"
    assert said["head"] == ["指标", "数值", "可能范围", "目标", "判断", "变化", "近 12 期"]
    assert said["signatures"] == ["客户经理", "直接上级", "日期"]
    assert said["footer"]["stamp"] == "数据版本 7（2026-11-24）"
    assert said["footer"]["sources"] == "来源：经营数据-2026-10.xlsx、反馈记录-2026.xlsx"
    assert (said["score"]["name"], said["score"]["value"]) == ("综合得分", "104")


def test_the_head_and_foot_of_a_report_in_english(make_report) -> None:
    said = document(make_report(), "en")
    assert (said["lang"], said["title"], said["period"]) == ("en", "李明: summary of October 2026", "October 2026")
    assert said["head"] == ["KPI", "Value", "Likely range", "Target", "Verdict", "Variation", "Last 12 periods"]
    assert said["signatures"] == ["Account manager", "Supervisor", "Date"]
    assert said["footer"]["stamp"] == "Data revision 7 of 24 Nov 2026"
    assert said["footer"]["sources"] == "Sources: 经营数据-2026-10.xlsx, 反馈记录-2026.xlsx"
    assert said["score"] == {"name": "Weighted score", "value": "104", "note": "Targets reached, weighted; 100 is all of them"}


def test_figures_are_written_as_the_pages_write_them(make_report) -> None:
    def rows(language: Language) -> list[tuple[str, str, str, str]]:
        return [(row["name"], row["digits"], row["unit"], row["target"]) for row in document(make_report(), language)["rows"]]

    assert rows("zh") == [
        ("销售额", "51.2", "万", "—"),
        ("销售额达成率", "102.4", "%", "≥ 95%"),
        ("新增客户数", "19", "家", "≥ 10 家"),
        ("客户满意度", "85.7", "%", "≥ 90%"),
        ("满意度得分", "87.1", "%", "—"),
        ("平均响应时间", "31.5", "小时", "≤ 24 小时"),
        ("按时响应率", "96.3", "%", "≥ 95%"),
        ("投诉解决率", "50.0", "%", "≥ 95%"),
        ("投诉率", "4.1", "%", "≤ 5%"),
        ("员工满意度", "—", "", "≥ 80%"),
    ]
    assert rows("en")[:6] == [
        ("Sales", "512.0", "k", "—"),
        ("Sales attainment", "102.4", "%", "≥ 95%"),
        ("New customers", "19", "", "≥ 10"),
        ("Customer satisfaction", "85.7", "%", "≥ 90%"),
        ("Satisfaction score", "87.1", "%", "—"),
        ("Mean response time", "31.5", "h", "≤ 24 h"),
    ]


@pytest.mark.parametrize(
    ("verdict", "n", "zh", "en"),
    [
        ("met", 28, "达标", "met"),
        ("missed", 28, "未达标", "missed"),
        ("none", 28, "无目标", "no target"),
        ("absent", 0, "没有数据", "no data"),
        # How few stands beside it, except where even that is withheld.
        ("few", 2, "样本太少 · 2", "too few · 2"),
        ("few", 0, "样本太少", "too few"),
    ],
)
def test_verdicts_in_words(make_report, make_kpi, make_reading, verdict: str, n: int, zh: str, en: str) -> None:
    pair = (make_kpi(), make_reading(0.9, verdict=verdict, n=n, **({"target": None} if verdict == "none" else {})))
    for language, words in (("zh", zh), ("en", en)):
        row = row_of(make_report, pair, language)
        assert (row["verdict"], row["verdict_words"]) == (verdict, words)


def test_a_target_that_is_not_applied_is_no_missing_one(make_report, make_kpi, make_reading) -> None:
    """As of improvement near the ceiling."""
    assert row_of(make_report, (make_kpi(), make_reading(0.9, verdict="none", target=0.1)), "en")["verdict_words"] == "target not applied"


@pytest.mark.parametrize(
    ("variation", "en"), [("improving", "improving"), ("worsening", "worsening"), ("ordinary", "ordinary"), ("unknown", "too early to tell")]
)
def test_variation_in_words_and_none_where_there_is_no_figure(make_report, make_kpi, make_reading, variation: str, en: str) -> None:
    row = row_of(make_report, (make_kpi(), make_reading(0.9, variation=variation)), "en")
    assert (row["variation"], row["variation_words"]) == (variation, en)
    without = row_of(make_report, (make_kpi(), make_reading(None, variation=variation)), "en")
    assert (without["digits"], without["unit"], without["variation"], without["variation_words"]) == ("—", "", "", "")


def test_a_nought_is_a_figure(make_report, make_kpi, make_reading) -> None:
    row = row_of(make_report, (make_kpi(target=0.0), make_reading(0.0, target=0.0)), "en")
    assert (row["digits"], row["unit"], row["target"], row["variation"]) == ("0.0", "%", "≥ 0%", "ordinary")


def test_a_chart_in_words_names_every_period_with_its_figure(make_report, make_kpi, make_reading) -> None:
    pair = (make_kpi(), make_reading(0.9, None, 0.95))
    assert row_of(make_report, pair)["alt"] == "客户满意度：2026 年 8 月 90.0%、2026 年 9 月 —、2026 年 10 月 95.0%"
    assert row_of(make_report, pair, "en")["alt"] == "Customer satisfaction: August 2026 90.0%, September 2026 —, October 2026 95.0%"


def test_a_large_chart_has_its_figure_its_axis_and_its_months(make_report, make_kpi, make_reading) -> None:
    pair = (make_kpi(), make_reading(0.9, None, 0.95, 0.8))
    (zh,) = document(make_report(readings=[pair]), "zh")["charts"]
    assert (zh["name"], zh["value"], zh["target_words"]) == ("客户满意度", "80.0%", "≥ 90%")
    assert zh["labels"] == ["7月", "8月", "9月", "10月"]
    assert zh["ticks"] == [[0.8, "80.0%"], [0.95, "95.0%"]]
    assert zh["series"]["values"] == [0.9, None, 0.95, 0.8]
    assert zh["alt"].startswith("客户满意度：2026 年 7 月 90.0%")
    (en,) = document(make_report(readings=[(make_kpi(target=None), make_reading(0.9, None, 0.95, 0.8, target=None))]), "en")["charts"]
    assert (en["labels"], en["target_words"]) == (["Jul", "Aug", "Sep", "Oct"], "")


def test_what_a_chart_draws(make_reading) -> None:
    points = (Point("2026-09", None, 0), Point("2026-10", 0.5, 9, "outside", "concern"))
    drawn = series(make_reading(0.5, points=points, limits=Limits(0.8, 0.6, 1.0, True)))
    assert drawn == {"values": [None, 0.5], "directions": ["", "concern"], "limits": [0.6, 0.8, 1.0], "band": [], "target": 0.9, "aims": []}
    assert series(make_reading(0.5, target=None)) == {"values": [0.5], "directions": [""], "limits": None, "band": [], "target": None, "aims": []}


def test_what_is_drawn_in_any_of_the_charts_is_explained_once(make_report, make_kpi, make_reading) -> None:
    def legend(*readings: Reading) -> str:
        said: str = document(make_report(readings=[(make_kpi(target=one.target), one) for one in readings]), "en")["legend"]
        return said

    bare, aimed = make_reading(0.9, 0.8, target=None), make_reading(0.9, 0.8)
    banded = make_reading(0.9, 0.8, target=None, limits=Limits(0.9, 0.8, 1.0, False))
    assert legend(bare) == legend() == ""
    assert legend(bare, aimed) == "dashed line: target"
    assert legend(aimed, banded) == "grey band: ordinary variation · dashed line: target"


@pytest.mark.parametrize(
    ("values", "heights"),
    [((0.9, 0.7, 0.8), [0.7, 0.9]), ((0.9, None), [0.9]), ((0.0, 0.0), [0.0]), ((None, None), []), ((-5.0, None, 2.0), [-5.0, 2.0])],
)
def test_an_axis_shows_the_lowest_and_the_highest_value(make_reading, values: tuple[float | None, ...], heights: list[float]) -> None:
    assert ticks(make_reading(*values)) == heights


def test_the_two_most_telling_readings_get_a_large_chart(make_kpi, make_reading) -> None:
    def pair(name: str, weighted: bool = True, **changes: Any) -> Any:
        return make_kpi(id=name, weighted=weighted), make_reading(0.9, 0.8, kpi=name, **changes)

    kinds = [
        pair("worse and missed", variation="worsening", verdict="missed"),
        pair("worse", variation="worsening"),
        pair("missed", verdict="missed"),
        pair("better", variation="improving"),
        pair("quiet"),
    ]
    names = [kpi.id for kpi, _ in kinds]
    # Whichever two are there, the more urgent stands first, wherever they stood on the page.
    for first in range(len(kinds)):
        for second in range(first + 1, len(kinds)):
            for shown in ([kinds[first], kinds[second]], [kinds[second], kinds[first]]):
                assert [kpi.id for kpi, _ in telling(shown)] == [names[first], names[second]]
    assert [kpi.id for kpi, _ in telling(kinds[::-1])] == names[:2]


def test_among_equals_the_weighted_goes_first_and_then_the_order_of_the_page(make_kpi, make_reading) -> None:
    pairs = [
        (make_kpi(id=name, weighted=weighted), make_reading(0.9, 0.8)) for name, weighted in (("a", False), ("b", True), ("c", False), ("d", True))
    ]
    assert [kpi.id for kpi, _ in telling(pairs)] == ["b", "d"]
    assert [kpi.id for kpi, _ in telling(pairs[:1] + pairs[2:3])] == ["a", "c"]
    urgent = (make_kpi(id="e", weighted=False), make_reading(0.9, 0.8, verdict="missed"))
    assert [kpi.id for kpi, _ in telling([*pairs, urgent])] == ["e", "b"]


def test_one_point_makes_no_chart(make_kpi, make_reading) -> None:
    alone, none = (make_kpi(), make_reading(None, 0.8, verdict="missed")), (make_kpi(), make_reading(None, None))
    both = (make_kpi(id="b"), make_reading(0.9, None, 0.8))
    assert telling([alone, none, both]) == [both]
    assert telling([]) == []


def test_feedback_with_all_and_with_nearly_nothing(make_report) -> None:
    said = document(make_report(), "zh")["feedback"]
    assert (said["name"], said["count"]) == ("本期以来的反馈", "直接上级 1 条 · 未注明来源 1 条")
    assert said["groups"] == [
        {
            "name": "直接上级",
            "rows": [{"date": "2026-10-14", "method": "面谈", "content": "响应慢了，客户等得急。", "action": "每天两次清工单", "due": "2026-11-13"}],
        },
        {
            "name": "未注明来源",
            "rows": [{"date": "2026-10-20", "method": "", "content": "The customer thanked him twice.", "action": "—", "due": "—"}],
        },
    ]
    english = document(make_report(), "en")["feedback"]
    assert english["head"] == ["Date", "What happened", "Next step", "Due on"]
    assert english["count"] == "1 × Supervisor · 1 × Source not stated"
    assert [english["groups"][0]["rows"][0][name] for name in ("date", "method", "due")] == ["14 Oct 2026", "面谈", "13 Nov 2026"]


def test_feedback_stands_by_source_the_newest_first_and_last_what_has_none(make_report) -> None:
    given = [(2, "partner"), (3, None), (4, "customer"), (5, "team"), (6, "customer"), (7, ""), (8, "supervisor"), (9, "customer")]
    entries = [ReportFeedback(dt.date(2026, 10, day), source, None, str(day), None, None) for day, source in given]
    said = document(make_report(feedback=entries), "en")["feedback"]
    assert [(group["name"], [row["content"] for row in group["rows"]]) for group in said["groups"]] == [
        ("Supervisor", ["8"]),
        ("Team member", ["5"]),
        ("Customer", ["9", "6", "4"]),
        ("partner", ["2"]),
        ("Source not stated", ["7", "3"]),
    ]
    assert said["count"] == "1 × Supervisor · 1 × Team member · 3 × Customer · 1 × partner · 2 × Source not stated"


def test_no_feedback_is_said(make_report) -> None:
    """Of the same time as the heading speaks of."""
    zh, en = (document(make_report(feedback=()), language)["feedback"] for language in ("zh", "en"))
    assert (zh["groups"], zh["count"], en["groups"], en["count"]) == ([], "", [], "")
    assert (zh["name"], zh["empty"]) == ("本期以来的反馈", "本期以来没有反馈记录。")
    assert (en["name"], en["empty"]) == ("Feedback in this period and since", "No feedback was recorded in this period or since.")


def test_what_happened_is_numbered_in_a_large_chart_and_told_in_its_words(make_report, make_kpi, make_reading) -> None:
    events = {
        "csat": [ReportEvent("2026-09", "training", "全员培训"), ReportEvent("2026-09", "plan", "每周回访"), ReportEvent("2026-10", "market", "涨价")]
    }
    said = document(make_report(readings=[(make_kpi(), make_reading(0.9, 0.8, 0.7))], events=events), "zh")
    (chart,), (row,) = said["charts"], said["rows"]
    assert chart["events"] == [[1, "1"], [2, "2"]]
    assert chart["happened"] == "1 培训：全员培训；改进计划：每周回访 · 2 市场：涨价"
    assert chart["alt"] == f"{row['alt']}；2026 年 9 月 培训：全员培训；改进计划：每周回访；2026 年 10 月 市场：涨价"


def test_a_chart_in_which_nothing_happened_has_no_line(make_report, make_kpi, make_reading) -> None:
    events = {"csat": [ReportEvent("2024-01", "training", "x")], "other": [ReportEvent("2026-10", "training", "x")]}
    (chart,) = document(make_report(readings=[(make_kpi(), make_reading(0.9, 0.8))], events=events), "en")["charts"]
    assert (chart["events"], chart["happened"]) == ([], "")


@pytest.mark.parametrize(
    ("files", "zh", "en"),
    [
        ([], "", ""),
        (["a.xlsx"], "来源：a.xlsx", "Sources: a.xlsx"),
        (["a", "b", "c"], "来源：a、b、c", "Sources: a, b, c"),
        (["a", "b", "c", "d"], "来源：a、b、c 等，另有 1 个文件", "Sources: a, b, c and 1 more file"),
        (["a", "b", "c", *"d" * 1000], "来源：a、b、c 等，另有 1,000 个文件", "Sources: a, b, c and 1,000 more files"),
    ],
)
def test_of_many_files_three_are_named(make_report, files: list[str], zh: str, en: str) -> None:
    assert document(make_report(sources=files), "en")["footer"]["sources"] == en
    assert document(make_report(sources=files), "zh")["footer"]["sources"] == zh


def test_of_a_long_file_name_beginning_and_end_are_shown(make_report) -> None:
    def shown(name: str) -> str:
        return document(make_report(sources=[name]), "en")["footer"]["sources"].removeprefix("Sources: ")

    assert shown("x" * 65 + ".xlsx") == "x" * 65 + ".xlsx"
    long = "begin" + "x" * 200 + "-end.xlsx"
    assert shown(long) == "begin" + "x" * 30 + "…" + "x" * 25 + "-end.xlsx"
    assert len(shown(long)) == 70


@pytest.mark.parametrize(("score", "value"), [(None, "—"), (0.0, "0"), (0.947, "95"), (1.2, "120")])
def test_the_weighted_score(make_report, score: float | None, value: str) -> None:
    assert document(make_report(score=score), "en")["score"]["value"] == value


@pytest.mark.parametrize(
    ("period", "zh", "en"), [("2026-Q4", "2026 年第 4 季度", "Q4 2026"), ("2026", "2026 年", "2026"), ("2026-01", "2026 年 1 月", "January 2026")]
)
def test_quarters_and_years(make_report, period: str, zh: str, en: str) -> None:
    assert document(make_report(period=period), "zh")["title"] == f"李明：{zh}小结"
    assert document(make_report(period=period), "en")["title"] == f"李明: summary of {en}"


def test_the_story_is_told_as_it_was_given(make_report) -> None:
    assert document(make_report(story=(("Now", "All is well."),)), "zh")["story"] == [["Now", "All is well."]]


def test_a_name_in_braces_is_a_name(make_report) -> None:
    said = document(make_report(manager="{period}", sources=["{files}", "{0}"]), "en")
    assert said["title"] == "{period}: summary of October 2026"
    assert said["footer"]["sources"] == "Sources: {files}, {0}"


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_document_is_plain_data_without_missing_numbers(make_report, language: Language) -> None:
    said = document(make_report(), language)
    assert json.loads(json.dumps(said, allow_nan=False)) == said


def test_a_target_that_changed_is_drawn_for_its_own_time(make_reading) -> None:
    points = tuple(Point(f"2026-{month:02d}", 0.8, 9, target=target) for month, target in ((8, 0.7), (9, 0.7), (10, 0.9)))
    assert series(make_reading(0.8, points=points))["aims"] == [[0, 1, 0.7], [2, 2, 0.9]]
