"""Three sentences above a scorecard: right in number and grammar, in both languages, and never more than the figures say."""

from __future__ import annotations

import itertools

import pytest

from amdash.i18n import translator
from amdash.insight.narrative import nameless_story, person_story, team_story
from amdash.insight.reading import Reading
from amdash.metrics import catalogue

ZH, EN = translator("zh"), translator("en")
KPIS = tuple(catalogue.KPIS.values())


def one(kpi: str = "csat", verdict: str = "met", variation: str = "ordinary", subject: str = "李明") -> Reading:
    return Reading(kpi, subject, "2026-10", 0.9, 0.9, 9, 10, 10, verdict, variation, (), None)  # type: ignore[arg-type]


def said(readings: list[Reading], _=EN) -> dict[str, str]:
    return dict(person_story(readings, KPIS, _))


def test_nothing_measured_is_said_and_nothing_else() -> None:
    assert person_story([one(verdict="absent")], KPIS, EN) == (("Now", "Nothing was measured in this period."),)
    assert person_story([], KPIS, ZH) == (("现状", "这一时段没有任何数据。"),)


@pytest.mark.parametrize(
    ("met", "missed", "few", "en", "zh"),
    [
        (1, 0, 0, "The 1 figure that can be judged is on target.", "能判断的 1 项全部达标。"),
        (6, 0, 1, "All 6 figures that can be judged are on target. 1 more is undecided.", "能判断的 6 项全部达标。另有 1 项还不能断定。"),
        (0, 1, 0, "On target: 0 of 1 figure that can be judged.", "能判断的 1 项里，0 项达标。"),
        (
            43,
            4,
            9,
            "On target: 43 of 47 figures that can be judged. 9 more are undecided.",
            "能判断的 47 项里，43 项达标。另有 9 项还不能断定。",
        ),
        (0, 0, 2, "None of the figures can be judged yet.", "目前还没有能判断的指标。"),
    ],
)
def test_where_things_stand(met: int, missed: int, few: int, en: str, zh: str) -> None:
    readings = [one()] * met + [one(verdict="missed")] * missed + [one(verdict="few")] * few
    assert said(readings)["Now"] == en
    assert said(readings, ZH)["现状"] == zh


def test_no_target_is_no_judgement() -> None:
    assert said([one(), one("sales_amount", "none")])["Now"] == "The 1 figure that can be judged is on target."


def test_what_has_changed() -> None:
    readings = [one("csat", variation="improving"), one("response_time", variation="worsening"), one("complaint_rate")]
    assert said(readings)["Change"] == "Improving: Customer satisfaction. Worsening: Mean response time. Beyond ordinary variation."
    assert said(readings, ZH)["变化"] == "向好：客户满意度。转差：平均响应时间。超出正常波动。"
    assert said([one()])["Change"] == "Everything is within its ordinary variation."


def test_too_few_periods_are_no_calm() -> None:
    assert said([one(variation="unknown")])["Change"] == "Too few periods yet to say what is beyond ordinary variation."
    assert said([one(variation="unknown"), one()])["Change"] == "Everything is within its ordinary variation."


def test_what_worsened_and_missed_comes_before_what_only_worsened() -> None:
    readings = [one("csat", variation="worsening"), one("response_time", "missed", "worsening"), one("complaint_rate", "missed")]
    assert said(readings)["To decide"] == "Talk first about Mean response time. The other misses are nothing new."


def test_there_are_no_other_misses_where_the_only_one_is_talked_about() -> None:
    readings = [one("csat", variation="worsening"), one("response_time", "missed", "worsening")]
    assert said(readings)["To decide"] == "Talk first about Mean response time."


def test_two_at_most_are_talked_about() -> None:
    readings = [one(kpi, "missed", "worsening") for kpi in ("csat", "response_time", "complaint_rate")]
    assert said(readings)["To decide"].startswith("Talk first about Customer satisfaction, Mean response time.")


def test_a_miss_without_a_change_asks_for_the_way_of_working() -> None:
    words = said([one("csat", "missed"), one("response_time")])["To decide"]
    assert words == "Off target, yet nothing has changed: Customer satisfaction. Look at the way of working, not at one month."
    assert said([one("csat", "missed")], ZH)["要定"] == "客户满意度未达标，但没有新变化：不必追问本月原因，要改的是做法。"


def test_a_miss_of_which_nothing_is_known_is_not_called_old() -> None:
    assert said([one("csat", "missed", "unknown")])["To decide"] == "Off target: Customer satisfaction. Whether that is new cannot be told yet."
    assert said([one("csat", "missed", "unknown"), one("response_time", "missed")])["To decide"].startswith("Off target, yet nothing has changed")


def test_all_well_asks_for_an_idea() -> None:
    assert said([one()])["To decide"] == "Carry on as now. What is worth trying?"


def test_a_team_names_each_person_once() -> None:
    readings = [one(kpi, variation="improving", subject=name) for name, kpi in itertools.product(["李明", "Ann"], ["csat", "response_time"])]
    assert dict(team_story(readings, KPIS, EN))["Change"] == (
        "Improving: 李明 (satisfaction, response time), Ann (satisfaction, response time). Beyond ordinary variation."
    )
    assert dict(team_story(readings, KPIS, ZH))["变化"] == "向好：李明（满意度、响应时间）、Ann（满意度、响应时间）。超出正常波动。"


def test_without_names_a_team_is_counted_by_kpi() -> None:
    readings = [one("csat", "missed", "worsening", name) for name in "甲乙丙"] + [one("response_time", "missed", "worsening", "甲")]
    story = dict(nameless_story([*readings, one("complaint_rate", "missed", "worsening", "乙")], KPIS, EN))
    assert story["Change"].startswith("Worsening: satisfaction (3 people), response time (1 person), complaint rate (1 person).")
    assert story["To decide"] == "Talk first about satisfaction (3 people), response time (1 person). The other misses are nothing new."
    assert dict(nameless_story(readings, KPIS, ZH))["要定"] == "先谈满意度（3 人）、响应时间（1 人）。"


def test_three_people_are_named_and_the_others_counted() -> None:
    readings = [one(variation="improving", subject=name) for name in "甲乙丙丁戊"]
    words = "Improving: 甲 (satisfaction), 乙 (satisfaction), 丙 (satisfaction) and 2 more. Beyond ordinary variation."
    assert dict(team_story(readings, KPIS, EN))["Change"] == words
    words = "Improving: 甲 (satisfaction), 乙 (satisfaction), 丙 (satisfaction). Beyond ordinary variation."
    assert dict(team_story(readings[:3], KPIS, EN))["Change"] == words


@pytest.mark.parametrize("_", [ZH, EN])
def test_every_combination_makes_whole_sentences(_) -> None:
    verdicts, variations = ("met", "missed", "few", "none", "absent"), ("improving", "worsening", "ordinary", "unknown")
    for pair in itertools.combinations(itertools.product(verdicts, variations), 2):
        for _lead, words in person_story([one("csat", *pair[0]), one("response_time", *pair[1])], KPIS, _):
            assert words.endswith((".", "?", "。", "？"))
            assert "{" not in words
            assert "  " not in words
