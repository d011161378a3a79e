"""Marks and their words: what is said for the eye, for the pointer and for a screen reader is the same."""

from __future__ import annotations

from dataclasses import replace

import pytest

from amdash.i18n import translator
from amdash.insight.reading import Interval, Limits, Point, Reading, Settling
from amdash.insight.wording import verdict_name, verdict_words
from amdash.metrics import catalogue
from amdash.ui.markup.marks import aim, assured, chart_point, hover, icon, run, settling, signal, spark, spoken, status

EN, ZH = translator("en"), translator("zh")
CSAT = catalogue.by_id("csat")
POINTS = tuple(Point(f"2026-{month:02}", 0.9, 30, target=0.9) for month in range(1, 11))
READING = Reading(
    "csat", "李明", "2026-10", 0.93, 0.9, 27, 29, 29, "few", "ordinary", POINTS, Limits(0.9, 0.8, 1.0, provisional=False), "hit_or_miss", "met"
)


@pytest.mark.parametrize(
    ("assurance", "leaning", "shown"),
    [
        ("will_meet", "met", "will_meet"),
        ("will_miss", "missed", "will_miss"),
        ("hit_or_miss", "missed", "hit_or_miss"),
        # The figure lies beyond the limits that this is said of.
        ("will_miss", "met", "unknown"),
        ("will_meet", "missed", "unknown"),
        ("no_target", None, "no_target"),
    ],
)
def test_an_assurance_that_the_figure_contradicts_is_not_shown(assurance, leaning, shown: str) -> None:
    assert assured(replace(READING, assurance=assurance, leaning=leaning)) == shown


def test_no_figure_has_no_assurance() -> None:
    assert assured(replace(READING, value=None, verdict="absent")) == "unknown"
    assert status(replace(READING, value=None, verdict="absent"), EN) == ["no data"]


def test_a_cell_is_spoken_with_all_its_marks() -> None:
    assert spoken(READING, CSAT, ZH) == "李明，客户满意度 93.0%，目标 ≥ 90%，还不能断定，正常波动，未必达标"
    assert spoken(READING, CSAT, EN) == "李明, Customer satisfaction 93.0%, target ≥ 90%, undecided, ordinary, hit or miss"


@pytest.mark.parametrize(
    ("leaning", "known", "words"),
    [
        ("met", Settling(41, 5), "leans towards met, met once the next 41 cases are all good"),
        ("met", Settling(1, 5), "leans towards met, met once the next case is good"),
        ("missed", Settling(41, 5), "leans towards missed, missed once the next 5 cases are all bad"),
        ("missed", Settling(41, None), "leans towards missed"),
        ("met", None, "leans towards met"),
    ],
)
def test_too_few_say_what_would_settle_them(leaning, known: Settling | None, words: str) -> None:
    assert settling(replace(READING, leaning=leaning, settling=known), EN) == words


def test_what_is_too_close_to_its_target_says_so_and_what_has_too_few_cases_does_not() -> None:
    close = replace(READING, interval=Interval(0.78, 0.98))
    assert settling(close, ZH) == "离目标太近，目前偏向达标"
    assert settling(replace(close, n=2), ZH) == "目前偏向达标"


def test_what_is_settled_says_nothing_of_settling() -> None:
    assert settling(replace(READING, verdict="met", settling=Settling(0, 9)), EN) == ""


def test_the_pointer_is_told_why_a_point_is_a_signal() -> None:
    flagged = replace(READING, points=(*POINTS[:-1], replace(POINTS[-1], flag="run", direction="improvement")))
    assert signal(flagged, EN) == "seven periods running above its average, or below it"
    assert hover(flagged, CSAT, EN).split("&#10;")[1:] == ["seven periods running above its average, or below it", "leans towards met"]
    assert signal(READING, EN) == signal(replace(READING, points=()), EN) == ""


@pytest.mark.parametrize(("n", "name", "words"), [(4, "too few", "too few · 4"), (0, "too few", "too few"), (5, "undecided", "undecided")])
def test_too_few_is_said_only_of_fewer_cases_than_the_kpi_needs(n: int, name: str, words: str) -> None:
    one = replace(READING, n=n)
    assert (verdict_name(one, EN), verdict_words(one, EN)) == (name, words)


def test_a_target_that_is_not_applied_is_not_called_none() -> None:
    assert verdict_words(replace(READING, verdict="none"), EN) == "target not applied"
    assert verdict_words(replace(READING, verdict="none", target=None), EN) == "no target"


def test_every_signal_is_marked_and_the_newest_are_larger() -> None:
    flagged = replace(READING, points=tuple(replace(point, flag="run", direction="concern") for point in POINTS))
    assert spark(flagged).count('class="down past"') == len(POINTS) - 2
    assert spark(flagged).count('class="down"') == 2
    assert 'class="band"' not in spark(flagged)
    assert 'class="band"' in spark(flagged, band=True)


def test_a_target_in_words() -> None:
    assert [aim(CSAT, value, ZH) for value in (0.9, None)] == ["≥ 90%", "无目标"]


def test_a_point_of_a_chart_has_the_colour_of_its_mark_and_no_sign_inside() -> None:
    diamond = icon("missed").partition("<path")[2].partition("/>")[0]
    assert diamond in chart_point("missed")
    assert chart_point("missed").count("<path") == 1
    assert 'class="i i-met"' in chart_point("met")


def test_a_line_lifts_its_pen_over_a_gap() -> None:
    assert run([(0, 1), (2, 3), None, (4, 5)]) == "M0.0 1.0L2.0 3.0M4.0 5.0"
    assert run([None]) == run([]) == ""
