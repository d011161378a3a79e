"""Satisfaction score: the mean of all scores as a share of the scale."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pandas as pd
import pytest

from amdash.metrics.kpi import csat
from amdash.metrics.kpi.satisfaction_score import KPI
from amdash.metrics.spec import Facts

Make = Callable[..., Facts]
Read = Callable[..., dict[Any, Any]]


def answer(score: float | None, scale: float | None = 5, manager: str | None = "李明", date: str | None = "2026-10-08") -> dict[str, Any]:
    return {"date": date, "score": score, "scale": scale, "manager": manager}


def test_the_mean_share_of_the_scale(facts: Make, cells_of: Read, values_of: Read) -> None:
    # 1 + 0.6 + 0.8 + 0.5 = 2.9
    given = facts(surveys=[answer(5), answer(3), answer(8, 10), answer(50, 100)])
    assert cells_of(KPI, given) == {("李明", "2026-10"): (pytest.approx(2.9), 4, 4)}
    assert values_of(KPI, given, by="manager") == {("李明", "2026-10"): pytest.approx(0.725)}


def test_the_squares_are_kept_for_intervals(facts: Make) -> None:
    # 1 + 0.36 + 0.64 + 0.25 = 2.25
    given = facts(surveys=[answer(5), answer(3), answer(8, 10), answer(50, 100)])
    assert KPI.cells(given)["sum_of_squares"].tolist() == [pytest.approx(2.25)]


def test_two_managers_and_two_months(facts: Make, cells_of: Read, values_of: Read) -> None:
    rows = [answer(5), answer(4), answer(1, manager="王芳"), answer(2, date="2026-11-02"), answer(3, manager="王芳", date="2026-11-02")]
    given = facts(surveys=rows)
    assert cells_of(KPI, given) == {
        ("李明", "2026-10"): (pytest.approx(1.8), 2, 2),
        ("李明", "2026-11"): (pytest.approx(0.4), 1, 1),
        ("王芳", "2026-10"): (pytest.approx(0.2), 1, 1),
        ("王芳", "2026-11"): (pytest.approx(0.6), 1, 1),
    }
    # All: 2.0 / 3 and not the mean of 0.9 and 0.2.
    assert values_of(KPI, given, by="all") == {("", "2026-10"): pytest.approx(2 / 3), ("", "2026-11"): pytest.approx(0.5)}


def test_no_response_is_not_measured(facts: Make, values_of: Read, no_cells: pd.DataFrame) -> None:
    pd.testing.assert_frame_equal(KPI.cells(facts()), no_cells)
    assert values_of(KPI, facts()) == {}


@pytest.mark.parametrize(("score", "scale", "share"), [(5, 5, 1.0), (4, 5, 0.8), (8, 10, 0.8), (80, 100, 0.8), (0.8, 1, 0.8), (0, 5, 0.0)])
def test_one_response(facts: Make, cells_of: Read, values_of: Read, score: float, scale: float, share: float) -> None:
    given = facts(surveys=[answer(score, scale)])
    assert cells_of(KPI, given) == {("李明", "2026-10"): (pytest.approx(share), 1, 1)}
    assert values_of(KPI, given, by="manager") == {("李明", "2026-10"): pytest.approx(share)}


def test_a_response_without_date_score_or_scale_is_none(facts: Make, cells_of: Read) -> None:
    given = facts(surveys=[answer(4), answer(None), answer(5, scale=None), answer(5, date=None)])
    assert cells_of(KPI, given) == {("李明", "2026-10"): (pytest.approx(0.8), 1, 1)}


def test_responses_that_name_nobody_count_for_all(facts: Make, values_of: Read) -> None:
    given = facts(surveys=[answer(5), answer(2, manager=None)])
    assert values_of(KPI, given, by="manager") == {("李明", "2026-10"): 1}
    assert values_of(KPI, given, by="all") == {("", "2026-10"): pytest.approx(0.7)}


def test_it_tells_apart_what_csat_does_not(facts: Make, values_of: Read) -> None:
    # Two satisfied of four either way; the unsatisfied ones gave 3 here and 1 there.
    mild, angry = facts(surveys=[answer(5), answer(5), answer(3), answer(3)]), facts(surveys=[answer(5), answer(5), answer(1), answer(1)])
    assert values_of(csat.KPI, mild) == values_of(csat.KPI, angry) == {("", "2026-10"): 0.5}
    assert (values_of(KPI, mild), values_of(KPI, angry)) == ({("", "2026-10"): pytest.approx(0.8)}, {("", "2026-10"): pytest.approx(0.6)})


def test_what_it_is() -> None:
    assert (KPI.id, KPI.target, KPI.higher_is_better, KPI.measure, KPI.unit) == ("satisfaction_score", None, True, "mean", "ratio")
    assert (KPI.weighted, KPI.min_sample, KPI.share, KPI.rows) == (False, 5, True, "surveys")
