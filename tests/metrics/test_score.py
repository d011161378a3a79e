"""The weighted score: attainment, cap, weights, and what was not measured."""

from __future__ import annotations

from dataclasses import replace
from math import isnan, nan
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from amdash.metrics.catalogue import KPIS
from amdash.metrics.score import CAP, WEIGHTS, attainment, is_met, is_sound, met, weighted_score

ALL = tuple(KPIS.values())


def card(*rows: tuple[str, float], manager: str | None = "李明", period: str = "2026-10", n: int = 30) -> pd.DataFrame:
    """KPI id and value -> the columns of a scorecard that a score needs."""
    return pd.DataFrame(
        {
            "kpi": [row[0] for row in rows],
            "manager": pd.Series([manager] * len(rows), dtype="object"),
            "team": pd.Series([None] * len(rows), dtype="object"),
            "period": [period] * len(rows),
            "value": pd.Series([row[1] for row in rows], dtype="float64"),
            "n": [n] * len(rows),
        }
    )


def score_of(frame: pd.DataFrame) -> tuple[Any, int, int]:
    (row,) = weighted_score(frame, ALL).to_dict("records")
    return row["score"], row["measured"], row["of"]


@pytest.mark.parametrize(
    ("kpi", "value", "share"),
    [
        ("csat", 0.9, 1.0),
        ("csat", 0.45, 0.5),
        ("csat", 0.0, 0.0),
        ("sales_attainment", 1.9, 1.2),
        ("sales_attainment", 1.14, 1.2),
        ("sales_attainment", 1.045, 1.1),
        ("sales_attainment", -0.5, 0.0),
        ("new_customers", 7, 0.7),
        # Lower is better: 24 hours over what it took.
        ("response_time", 24, 1.0),
        ("response_time", 48, 0.5),
        ("response_time", 96, 0.25),
        ("response_time", 20, 1.2),
        ("response_time", 24 / 1.1, 1.1),
        ("response_time", 0.5, 1.2),
        ("complaint_rate", 0.0, 1.2),
        ("complaint_rate", 0.1, 0.5),
    ],
)
def test_how_far_a_target_is_reached(kpi: str, value: float, share: float) -> None:
    assert attainment(value, KPIS[kpi]) == pytest.approx(share)


def test_without_a_value_or_a_target_there_is_nothing_to_reach() -> None:
    assert isnan(attainment(nan, KPIS["csat"]))
    assert isnan(attainment(nan, KPIS["response_time"]))
    assert isnan(attainment(500, KPIS["sales_amount"]))


def test_the_weights_are_those_of_the_source_document() -> None:
    assert WEIGHTS == {"business": 50, "service": 35, "people": 15}
    assert CAP == 1.2


def test_a_score_by_hand() -> None:
    # Business: attainment 1.0, csat 0.5, new customers capped at 1.2 -> mean 0.9
    # Service: response time 24 / 48 = 0.5, resolution 1.0 -> mean 0.75
    # People: 0.6 / 0.8 = 0.75
    # (50 x 0.9 + 35 x 0.75 + 15 x 0.75) / 100 = 0.825
    frame = card(
        ("sales_attainment", 0.95),
        ("csat", 0.45),
        ("new_customers", 30),
        ("response_time", 48),
        ("complaint_resolution", 0.95),
        ("staff_satisfaction", 0.6),
    )
    assert score_of(frame) == (pytest.approx(0.825), 6, 8)


def test_all_targets_just_met_is_one_and_the_cap_is_the_most() -> None:
    just = [(kpi.id, kpi.target) for kpi in ALL if kpi.weighted and kpi.target is not None]
    assert score_of(card(*just)) == (pytest.approx(1.0), 8, 8)
    best = [(kpi.id, kpi.target * 9 if kpi.higher_is_better else kpi.target / 9) for kpi in ALL if kpi.weighted and kpi.target is not None]
    assert score_of(card(*best)) == (pytest.approx(1.2), 8, 8)


@pytest.mark.parametrize(
    ("rows", "score", "measured"),
    [
        # 50 and 35 of 85: (50 x 1 + 35 x 0.5) / 85
        ((("csat", 0.9), ("response_time", 48.0)), 67.5 / 85, 2),
        # 35 and 15 of 50: (35 x 0.5 + 15 x 1.0) / 50
        ((("response_time", 48.0), ("staff_satisfaction", 0.8)), 0.65, 2),
        ((("staff_satisfaction", 0.4),), 0.5, 1),
        # What has no value leaves its group to the others.
        ((("csat", 0.45), ("sales_attainment", nan), ("response_time", nan)), 0.5, 1),
    ],
)
def test_the_weights_are_shared_among_what_was_measured(rows: tuple[tuple[str, float], ...], score: float, measured: int) -> None:
    assert score_of(card(*rows)) == (pytest.approx(score), measured, 8)


@pytest.mark.parametrize("rows", [(("csat", nan),), (("sales_amount", 5000.0),), (("satisfaction_score", 0.9), ("sales_amount", 1.0))])
def test_nothing_measured_has_no_score(rows: tuple[tuple[str, float], ...]) -> None:
    score, measured, of = score_of(card(*rows))
    assert isnan(score)
    assert (measured, of) == (0, 8)


def test_what_is_not_weighted_does_not_count() -> None:
    assert score_of(card(("csat", 0.45), ("satisfaction_score", 1.0), ("sales_amount", 9e9))) == (pytest.approx(0.5), 1, 8)
    unweighted = (replace(KPIS["csat"], weighted=False), KPIS["new_customers"])
    (row,) = weighted_score(card(("csat", 0.0), ("new_customers", 10.0)), unweighted).to_dict("records")
    assert (row["score"], row["measured"], row["of"]) == (1, 1, 1)


def test_everyone_and_every_period_has_a_score_of_its_own() -> None:
    frame = pd.concat(
        [
            card(("csat", 0.9), ("new_customers", 5)),
            card(("csat", 0.45), period="2026-11"),
            card(("csat", 0.45), ("response_time", 24), manager="王芳"),
        ],
        ignore_index=True,
    )
    found = weighted_score(frame, ALL)
    assert list(found) == ["manager", "team", "period", "score", "measured", "of"]
    assert found.drop(columns="team").to_numpy().tolist() == [
        ["李明", "2026-10", pytest.approx(0.75), 2, 8],
        ["李明", "2026-11", pytest.approx(0.5), 1, 8],
        ["王芳", "2026-10", pytest.approx((50 * 0.5 + 35) / 85), 2, 8],
    ]


def test_the_whole_business_has_a_score_too() -> None:
    assert score_of(card(("csat", 0.45), manager=None)) == (pytest.approx(0.5), 1, 8)


def test_no_rows_have_no_scores() -> None:
    assert weighted_score(card(), ALL).empty
    assert list(weighted_score(card(), ALL)) == ["manager", "team", "period", "score", "measured", "of"]


values = st.one_of(st.just(nan), st.floats(-10, 1e6))


@given(st.dictionaries(st.sampled_from(sorted(KPIS)), values))
def test_a_score_is_never_outside_its_bounds_and_changes_no_scorecard(measured: dict[str, float]) -> None:
    frame = card(*measured.items())
    before = frame.copy(deep=True)
    for row in weighted_score(frame, ALL).to_dict("records"):
        assert isnan(row["score"]) == (row["measured"] == 0)
        assert isnan(row["score"]) or 0 <= row["score"] <= 1.2 + 1e-12
    pd.testing.assert_frame_equal(frame, before)


@pytest.mark.parametrize(("n", "measured"), [(2, 1), (3, 2), (4, 2), (5, 3)])
def test_figures_of_too_few_cases_count_for_nothing(n: int, measured: int) -> None:
    # Attainment is a census; complaints are judged from three on, satisfaction from five.
    frame = card(("sales_attainment", 0.95), ("complaint_resolution", 0.95), ("csat", 0.9), n=n)
    assert score_of(frame) == (pytest.approx(1), measured, 8)


@pytest.mark.parametrize(
    ("kpi", "value", "met"),
    [
        ("csat", 0.9, True),
        ("csat", 0.89999, False),
        ("csat", 0.91, True),
        ("sales_attainment", 19 / 20, True),
        ("complaint_resolution", 38 / 40, True),
        ("complaint_resolution", 0.1 + 0.85, True),
        ("complaint_resolution", 0.9499, False),
        ("response_time", 24.0, True),
        ("response_time", 24.001, False),
        ("response_time", 0.0, True),
        ("complaint_rate", 1 / 20, True),
        ("complaint_rate", 0.1 * 3 - 0.25, True),
        ("complaint_rate", 0.051, False),
        ("new_customers", 10.0, True),
        ("new_customers", 9.99, False),
        ("sales_amount", 5.0, None),
        ("csat", nan, None),
    ],
)
def test_met_exactly_on_the_target(kpi: str, value: float, met: bool | None) -> None:
    assert is_met(value, KPIS[kpi]) is met


# Targets in force, and the business's own weights


def test_the_target_in_force_is_the_one_that_is_reached() -> None:
    frame = card(("csat", 0.8), ("response_time", 12.0))
    # 0.8 of 0.9, and 24 hours twice as fast: capped at 1.2.
    assert score_of(frame)[0] == pytest.approx((50 * 0.8 / 0.9 + 35 * 1.2) / 85)
    assert score_of(frame.assign(target=[0.4, 12.0]))[0] == pytest.approx((50 * 1.2 + 35 * 1.0) / 85)


def test_a_kpi_that_has_no_target_then_does_not_count() -> None:
    frame = card(("csat", 0.8), ("response_time", 12.0))
    everything = score_of(frame)
    score, measured, of = score_of(frame.assign(target=[nan, 24.0]))
    assert (score, measured, of) == (pytest.approx(1.2), 1, everything[2] - 1)
    # One without a target of its own counts once it is given one.
    aimed = card(("staff_satisfaction", 0.8)).assign(target=[0.8])
    assert score_of(aimed)[:2] == (1.0, 1)


@pytest.mark.parametrize(("weights", "score"), [({"business": 1, "service": 1, "people": 0}, 1.0), ({"business": 0, "service": 3, "people": 1}, 1.2)])
def test_a_business_weighs_as_it_likes(weights: Any, score: float) -> None:
    frame = card(("csat", 0.72), ("response_time", 12.0))
    (row,) = weighted_score(frame, ALL, weights).to_dict("records")
    assert row["score"] == pytest.approx(score)


def test_met_or_not_of_many_at_once() -> None:
    values, targets = np.array([0.9, 0.89, nan, 0.5, 0.1 + 0.2]), np.array([0.9, 0.9, 0.9, nan, 0.3])
    assert list(met(values, targets, True)) == [True, False, None, None, True]
    assert list(met(values, targets, False)) == [True, True, None, None, True]
    assert list(met(np.array([]), np.array([]), True)) == []


@given(st.floats(-10, 10), st.floats(0.01, 10), st.booleans())
def test_one_at_a_time_says_the_same(value: float, target: float, higher: bool) -> None:
    one = replace(KPIS["csat"], target=target, higher_is_better=higher)
    assert list(met(np.array([value]), np.array([target]), higher)) == [is_met(value, one)]


@pytest.mark.parametrize("higher", [True, False])
def test_of_money_a_target_is_met_but_for_rounding_in_proportion(higher: bool) -> None:
    one, way = replace(KPIS["sales_amount"], target=1e9, higher_is_better=higher), -1 if higher else 1
    values = np.array([1e9 + way * 0.5, 1e9 + way * 2])
    assert [is_met(value, one) for value in values] == list(met(values, np.array([1e9, 1e9]), higher)) == [True, False]


@pytest.mark.parametrize(
    ("kpi", "value", "sound"),
    [
        *(("csat", one, one in (0.01, 1.0)) for one in (-0.1, 0.0, 0.01, 1.0, 1.01, nan)),
        *(("sales_attainment", one, one in (1.0, 10.0)) for one in (0.0, 1.0, 10.0, 10.1)),
        *(("complaint_rate", one, one in (0.0, 1.0)) for one in (-0.1, 0.0, 1.0, float("inf"))),
        *(("nps", one, one != 1.1) for one in (-1.0, 0.0, 1.0, 1.1)),
        *(("sales_amount", one, one > 0) for one in (0.0, 1e9)),
        ("response_time", 0.0, True),
    ],
)
def test_what_can_be_a_target(kpi: str, value: float, sound: bool) -> None:
    assert is_sound(KPIS[kpi], value) is sound
