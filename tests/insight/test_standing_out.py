"""Where somebody is strong and where weak: each figure once, for its most urgent reason, the weak ones first."""

from __future__ import annotations

import pytest

from amdash.i18n import translator
from amdash.insight.reading import Point, Reading
from amdash.insight.standing_out import standing_out
from amdash.metrics import catalogue

ZH, EN = translator("zh"), translator("en")


def one(kpi: str, verdict: str, variation: str, *values: float | None, target: float | None = 0.9):
    """A KPI and its reading with these last values, each with its target."""
    points = tuple(Point(f"2026-{place:02d}", value, 20, target=target) for place, value in enumerate(values, 1))
    reading = Reading(kpi, "李明", "2026-10", values[-1], target, 9, 10, 20, verdict, variation, points, None)  # type: ignore[arg-type]
    return catalogue.by_id(kpi), reading


def kinds(*readings) -> list[tuple[str, str]]:
    return [(found.kpi.id, found.kind) for found in standing_out(readings, EN)]


def test_the_weak_stand_first_and_of_one_kind_the_order_of_the_page() -> None:
    always = one("csat", "met", "ordinary", 0.95, 0.93)
    better = one("satisfaction_score", "none", "improving", 0.7, 0.9, target=None)
    missed = one("sales_attainment", "missed", "improving", 0.5, 0.6)
    also = one("response_in_target", "missed", "ordinary", 0.5, 0.6)
    worse = one("complaint_resolution", "met", "worsening", 0.99, 0.91)
    found = standing_out([always, better, missed, also, worse], EN)
    assert [(each.kpi.id, each.kind) for each in found] == [
        ("complaint_resolution", "worsening"),
        ("sales_attainment", "missed"),
        ("response_in_target", "missed"),
        ("satisfaction_score", "improving"),
        ("csat", "reliable"),
    ]
    assert [each.is_weak for each in found] == [True, True, True, False, False]


@pytest.mark.parametrize(
    ("values", "verdict"),
    [((0.8, 0.95), "met"), ((None, 0.95), "met"), ((0.95, 0.95), "few"), ((0.95, 0.95), "none")],
    ids=["once missed", "a gap", "too few", "no target"],
)
def test_what_was_not_met_in_every_period_is_no_strength(values: tuple[float | None, ...], verdict: str) -> None:
    assert kinds(one("csat", verdict, "ordinary", *values)) == []


def test_every_month_is_held_against_the_target_of_its_time() -> None:
    kpi, reading = one("csat", "met", "ordinary", 0.8, 0.95)
    earlier = tuple(Point(point.period, point.value, 20, target=0.7 if place == 0 else 0.9) for place, point in enumerate(reading.points))
    changed = Reading(**{**reading.__dict__, "points": earlier})
    assert [found.kind for found in standing_out([(kpi, changed)], EN)] == ["reliable"]


@pytest.mark.parametrize(
    ("verdict", "variation", "zh", "en"),
    [
        ("met", "worsening", "95.0%，转差，超出正常波动", "95.0%, clearly worsening"),
        ("missed", "ordinary", "95.0%，未达标", "95.0%, target not met"),
        ("few", "improving", "95.0%，向好，超出正常波动", "95.0%, clearly improving"),
        ("met", "ordinary", "95.0%，连续 2 期达标", "95.0%, met in 2 periods running"),
    ],
)
def test_the_reason_in_words(verdict: str, variation: str, zh: str, en: str) -> None:
    pair = one("csat", verdict, variation, 0.95, 0.95)
    assert [[found.words for found in standing_out([pair], _)] for _ in (ZH, EN)] == [[zh], [en]]
