"""Drivers: planted ones are found, unrelated columns are refused, and nothing is said where the data cannot tell."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from amdash.insight import drivers
from amdash.insight.drivers import DRIVERS, DriverAnalysis, analyse, quarter, shares_of_scale
from amdash.insight.importance import explained, moments

COLUMNS = ["score", *DRIVERS]


def survey(weights: tuple[float, ...], rows: int = 300, noise: float = 0.5, seed: int = 1, means: tuple[float, ...] = (4, 4, 4, 4)) -> pd.DataFrame:
    """Answers on a scale of 5 as shares of it; the score is made of the drivers by their weights."""
    generator = np.random.default_rng(seed)
    answers = np.clip(np.rint(generator.normal(means, 0.8, (rows, 4))), 1, 5)
    score = np.clip(np.rint(4 + (answers - means) @ np.array(weights) + noise * generator.normal(size=rows)), 1, 5)
    return pd.DataFrame(np.column_stack([score, answers]) / 5, columns=COLUMNS)


def by_name(found: DriverAnalysis) -> dict[str, drivers.Driver]:
    return {driver.driver: driver for driver in found.drivers}


def test_a_planted_driver_comes_first_with_its_quarter_and_what_to_do() -> None:
    rows = survey((0.3, 0.0, 0.8, 0.0), means=(4.4, 4.4, 3.2, 3.2))
    before = rows.copy()
    found = analyse(rows)
    assert (found.n, found.refused, found.order_unclear) == (300, None, False)
    r2, parts = explained(moments(rows["score"].to_numpy(), rows[list(DRIVERS)].to_numpy())[None])
    assert found.r2 == pytest.approx(r2[0])
    named = by_name(found)
    assert [named[name].importance for name in DRIVERS] == pytest.approx(parts[0] / r2[0])
    assert [driver.driver for driver in found.drivers][:2] == ["communication", "product_quality"]
    assert [driver.importance for driver in found.drivers] == sorted((driver.importance or 0 for driver in found.drivers), reverse=True)
    assert sum(driver.importance or 0 for driver in found.drivers) == pytest.approx(1)
    assert [named[name].performance for name in DRIVERS] == pytest.approx(rows[list(DRIVERS)].mean().tolist())
    assert found.importance_threshold == 0.25
    assert found.performance_threshold == pytest.approx(rows[list(DRIVERS)].to_numpy().mean())
    assert [named[name].group for name in DRIVERS] == [2, 3, 1, 3]
    assert {name: named[name].quarter for name in DRIVERS} == {
        "product_quality": "possible_overkill",
        "service_attitude": "possible_overkill",
        "communication": "concentrate_here",
        "needs_met": "low_priority",
    }
    assert [named[name].strategies for name in DRIVERS] == [
        ("optimise_product",),
        ("train_attitude",),
        ("train_communication", "feedback_loop"),
        ("crm_personal_service",),
    ]
    assert named["communication"].sign == 1
    pd.testing.assert_frame_equal(rows, before)


def test_intervals_hold_the_estimate_and_come_from_the_bootstrap() -> None:
    rows = survey((0.3, 0.0, 0.8, 0.0))
    found = by_name(analyse(rows, seed=3, resamples=150))
    assert all(
        (one.low or 0) < (one.importance or 0) < (one.high or 0) for name, one in found.items() if name in ("communication", "product_quality")
    )
    assert analyse(rows, seed=3) == analyse(rows, seed=3)
    assert analyse(rows, seed=4) != analyse(rows, seed=3)
    assert analyse(rows) == analyse(rows, seed=0, resamples=1000)
    # The plain way, sample after sample.
    generator = np.random.default_rng(3)
    shares = []
    for _ in range(150):
        drawn = rows.to_numpy()[generator.integers(0, 300, 300)]
        r2, parts = explained(moments(drawn[:, 0], drawn[:, 1:])[None])
        shares.append(parts[0] / r2[0])
    low, high = np.quantile(shares, [0.025, 0.975], axis=0)
    assert [found[name].low for name in DRIVERS] == pytest.approx(low.tolist())
    assert [found[name].high for name in DRIVERS] == pytest.approx(high.tolist())


def test_too_few_resamples_cannot_tell_an_order() -> None:
    # Four drivers are six pairs: the smallest p value, 2 / (resamples + 1), must come below 0.05 / 6 = 1 / 120.
    rows = survey((0.3, 0.0, 0.8, 0.0))
    assert analyse(rows, resamples=238).order_unclear
    assert not analyse(rows, resamples=239).order_unclear
    assert not analyse(rows, resamples=240).order_unclear


def test_resamples_in_which_the_score_does_not_vary_are_left_out() -> None:
    once = np.eye(1, 40)[0]
    found = by_name(analyse(pd.DataFrame({"score": once, "a": once, "b": np.arange(40) % 7}), drivers=["a", "b"]))
    assert found["a"].importance == pytest.approx(found["a"].high, abs=0.05)
    assert 0.9 < (found["a"].low or 0) < (found["a"].high or 0) <= 1


def test_more_responses_narrow_the_interval() -> None:
    few, many = (by_name(analyse(survey((0.3, 0.0, 0.8, 0.0), rows=rows)))["communication"] for rows in (60, 2000))
    assert (few.high or 0) - (few.low or 0) > 2 * ((many.high or 0) - (many.low or 0))


def test_equal_drivers_are_reported_without_an_order() -> None:
    found = analyse(survey((0.4, 0.4, 0.4, 0.4), rows=80))
    assert (found.refused, found.order_unclear) == (None, True)
    assert [driver.driver for driver in found.drivers] == list(DRIVERS)
    assert [driver.group for driver in found.drivers] == [1] * 4
    assert [driver.quarter for driver in found.drivers] == [None] * 4
    assert all(0.05 < (driver.importance or 0) < 0.6 for driver in found.drivers)


@pytest.mark.parametrize(("rows", "refused"), [(0, True), (1, True), (29, True), (30, False)])
def test_fewer_than_thirty_complete_responses_say_nothing(rows: int, refused: bool) -> None:
    some = survey((0.2, 0.0, 0.9, 0.0), rows=30, noise=0.2).iloc[:rows]
    gaps = pd.DataFrame({name: [0.8, 0.6, 0.6] for name in COLUMNS}).assign(needs_met=[np.nan, np.inf, -np.inf])
    found = analyse(pd.concat([some, gaps], ignore_index=True))
    assert found.n == rows
    assert (found.refused == "too_few_responses") is refused
    if refused:
        assert found == DriverAnalysis(rows, None, "too_few_responses", False, None, None, ())


def test_all_null_says_nothing() -> None:
    rows = pd.DataFrame({name: pd.Series([None] * 40, dtype="float64") for name in COLUMNS})
    assert analyse(rows) == DriverAnalysis(0, None, "too_few_responses", False, None, None, ())


def test_a_score_that_does_not_vary_is_refused() -> None:
    rows = survey((0, 0, 1, 0)).assign(score=0.1 + 0.2)
    assert analyse(rows) == DriverAnalysis(300, None, "constant_score", False, None, None, ())
    assert analyse(rows.assign(score=0.0)).refused == "constant_score"
    # A last bit that differs is rounding.
    rows.loc[0, "score"] = 0.3
    assert analyse(rows).refused == "constant_score"


def test_a_driver_that_everybody_answered_alike_has_a_performance_and_nothing_else() -> None:
    rows = survey((0.1, 0.2, 0.8, 0.0), means=(3, 4, 4, 4)).assign(product_quality=1.0)
    found = analyse(rows)
    assert found.refused is None
    silent = found.drivers[-1]
    assert silent == drivers.Driver("product_quality", None, None, None, 1.0, None, None, None, ("optimise_product",))
    assert found.importance_threshold == pytest.approx(1 / 3)
    others = analyse(rows, drivers=DRIVERS[1:])
    assert found.drivers[:-1] == others.drivers
    assert (found.performance_threshold, found.r2) == (others.performance_threshold, others.r2)
    assert analyse(rows.assign(needs_met=0.8)).refused is None
    assert analyse(rows.assign(needs_met=0.8, communication=0.6)) == DriverAnalysis(300, None, "constant_drivers", False, None, None, ())


def test_unrelated_answers_are_refused() -> None:
    found = analyse(survey((0, 0, 0, 0), seed=2))
    assert found.refused == "noise"
    assert found.drivers == ()
    assert 0 < (found.r2 or 0) < 0.03
    assert (found.importance_threshold, found.performance_threshold, found.order_unclear) == (None, None, False)


def test_one_in_twenty_unrelated_surveys_gets_through_and_no_more() -> None:
    through = sum(analyse(survey((0, 0, 0, 0), rows=40, seed=seed), resamples=2).refused is None for seed in range(400))
    assert 0.03 < through / 400 < 0.07


def test_a_copy_of_a_driver_counts_as_one_column_in_the_test_and_shares_the_importance() -> None:
    rows = survey((0, 0, 0.8, 0), rows=60)
    doubled = rows.assign(needs_met=rows["communication"], service_attitude=rows["communication"])
    found = by_name(analyse(doubled))
    parts = [found[name].importance for name in ("communication", "needs_met", "service_attitude")]
    assert parts == pytest.approx([parts[0]] * 3)
    assert len({found[name].group for name in ("communication", "needs_met", "service_attitude")}) == 1


def test_a_driver_that_goes_against_the_score_is_marked() -> None:
    found = by_name(analyse(survey((0.8, 0.0, -0.5, 0.0))))
    assert (found["product_quality"].sign, found["communication"].sign) == (1, -1)
    found = by_name(analyse(survey((-0.8, 0.0, 0.5, 0.0))))
    assert (found["product_quality"].sign, found["communication"].sign) == (-1, 1)


def test_no_driver_is_announced_for_what_is_noise_in_a_real_file(real_data: Path) -> None:
    orders = pd.read_excel(real_data / "supermarket_cn" / "orders.xlsx", engine="calamine")
    days = (orders["deliver_date"] - orders["order_date"]).dt.days
    orders = orders.assign(days=days, late=days > orders["planned_days"])
    columns = ["discount", "amount", "sales", "profit", "days", "late", "planned_days", "return"]
    found = analyse(orders, outcome="satisfied", drivers=columns)
    assert (found.n, found.refused, found.drivers) == (len(orders), "noise", ())
    assert 0 < (found.r2 or 0) < 0.001
    for manager, own in orders.groupby("manager"):
        assert analyse(own, outcome="satisfied", drivers=columns).refused == "noise", manager
    # The same call on the same rows does find what is there: profit moves with sales and discount.
    real = analyse(orders, outcome="profit", drivers=["days", "discount", "sales"])
    assert (real.refused, real.order_unclear) == (None, False)
    assert [driver.driver for driver in real.drivers] == ["sales", "discount", "days"]


def test_a_yes_or_no_outcome_has_drivers_too() -> None:
    generator = np.random.default_rng(8)
    price, speed, luck = generator.normal(size=(3, 400))
    bought = speed + 0.5 * generator.normal(size=400) > 0
    found = analyse(
        pd.DataFrame({"bought": bought, "price": price, "speed": speed, "luck": luck}), outcome="bought", drivers=["price", "speed", "luck"]
    )
    assert found.drivers[0].driver == "speed"
    assert found.drivers[0].strategies == ()
    assert (found.drivers[0].importance or 0) > 0.9


@pytest.mark.parametrize(
    ("importance", "performance", "field"),
    [
        (0.3, 0.9, "keep_up"),
        (0.3, 0.7, "concentrate_here"),
        (0.2, 0.7, "low_priority"),
        (0.2, 0.9, "possible_overkill"),
        (0.25, 0.8, "keep_up"),
        (0.25, 0.79, "concentrate_here"),
        (0.24, 0.8, "possible_overkill"),
    ],
)
def test_the_four_fields_of_the_chart(importance: float, performance: float, field: str) -> None:
    assert quarter(importance, performance, 0.25, 0.8) == field


def test_answers_are_taken_over_their_scale_and_gaps_left_out() -> None:
    rows = pd.DataFrame(
        {
            "score": [4, 8, None, 5, 3],
            "scale": [5, 10, 5, None, 5],
            "product_quality": [5, 6, 1, 1, 1],
            "service_attitude": [4, 7, 1, 1, None],
            "communication": [3, 8, 1, 1, 1],
            "needs_met": [2, 9, 1, 1, 1],
            "comment": ["fine", None, None, None, None],
        },
        index=[10, 11, 12, 13, 14],
    )
    before = rows.copy()
    found = shares_of_scale(rows)
    assert list(found.columns) == COLUMNS
    assert found.index.tolist() == [10, 11]
    assert found.to_numpy().ravel() == pytest.approx([0.8, 1, 0.8, 0.6, 0.4, 0.8, 0.6, 0.7, 0.8, 0.9])
    pd.testing.assert_frame_equal(rows, before)
    assert shares_of_scale(rows.iloc[:0]).shape == (0, 5)
    assert list(shares_of_scale(rows, ["communication"]).columns) == ["score", "communication"]
    with pytest.raises(KeyError):
        shares_of_scale(rows.drop(columns="needs_met"))


def test_the_order_of_the_rows_makes_no_difference_to_the_estimates() -> None:
    rows = survey((0.3, 0.1, 0.8, 0.0))
    turned = analyse(rows.iloc[::-1].reset_index(drop=True))
    straight = analyse(rows)
    assert [one.importance for one in turned.drivers] == pytest.approx([one.importance for one in straight.drivers])
    assert [one.driver for one in turned.drivers] == [one.driver for one in straight.drivers]


@pytest.mark.parametrize("unit", [1e-8, 1e8])
def test_the_unit_of_the_answers_makes_no_difference(unit: float) -> None:
    rows = survey((0.3, 0.0, 0.8, 0.0))
    plain, scaled = analyse(rows), analyse(rows * unit)
    assert scaled.refused is None
    assert [one.importance for one in scaled.drivers] == pytest.approx([one.importance for one in plain.drivers])
    assert [one.performance for one in scaled.drivers] == pytest.approx([one.performance * unit for one in plain.drivers])
    assert analyse(rows.assign(needs_met=0.8) * unit).drivers[-1].importance is None
