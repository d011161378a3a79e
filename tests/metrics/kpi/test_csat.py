"""Customer satisfaction: who counts as satisfied, and out of how many."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pandas as pd
import pytest

from amdash.metrics.kpi.csat import KPI
from amdash.metrics.spec import Facts

Make = Callable[..., Facts]
Read = Callable[..., dict[Any, Any]]


def answer(score: float | None, scale: float | None = 5, manager: str | None = "李明", date: str | None = "2026-10-08") -> dict[str, Any]:
    return {"date": date, "score": score, "scale": scale, "manager": manager}


def test_the_share_of_satisfied_responses(facts: Make, cells_of: Read, values_of: Read) -> None:
    given = facts(surveys=[answer(5), answer(4), answer(3), answer(5), answer(1)])
    assert cells_of(KPI, given) == {("李明", "2026-10"): (3, 5, 5)}
    assert values_of(KPI, given, by="manager") == {("李明", "2026-10"): pytest.approx(0.6)}


def test_two_managers_and_two_months(facts: Make, cells_of: Read, values_of: Read) -> None:
    rows = [answer(5), answer(2), answer(4, manager="王芳"), answer(3, date="2026-11-02"), answer(1, manager="王芳", date="2026-11-30")]
    given = facts(surveys=rows)
    assert cells_of(KPI, given) == {
        ("李明", "2026-10"): (1, 2, 2),
        ("李明", "2026-11"): (0, 1, 1),
        ("王芳", "2026-10"): (1, 1, 1),
        ("王芳", "2026-11"): (0, 1, 1),
    }
    assert values_of(KPI, given, by="all") == {("", "2026-10"): pytest.approx(2 / 3), ("", "2026-11"): 0}


def test_no_response_is_not_measured(facts: Make, values_of: Read, no_cells: pd.DataFrame) -> None:
    pd.testing.assert_frame_equal(KPI.cells(facts()), no_cells)
    assert values_of(KPI, facts()) == {}


@pytest.mark.parametrize(
    ("score", "scale", "satisfied"),
    [
        (4, 5, 1),
        (3.99, 5, 0),
        (3, 5, 0),
        (8, 10, 1),
        (7, 10, 0),
        (80, 100, 1),
        (79.9, 100, 0),
        (0.8, 1, 1),
        (0.79, 1, 0),
        (1, 1, 1),
        (0, 1, 0),
        (0, 5, 0),
        # 2.4 / 3 is 0.7999999999999999 in binary.
        (2.4, 3, 1),
    ],
)
def test_exactly_four_fifths_of_the_scale_is_satisfied(facts: Make, cells_of: Read, score: float, scale: float, satisfied: int) -> None:
    assert cells_of(KPI, facts(surveys=[answer(score, scale)])) == {("李明", "2026-10"): (satisfied, 1, 1)}


def test_scales_may_be_mixed(facts: Make, cells_of: Read) -> None:
    given = facts(surveys=[answer(5, 5), answer(5, 10), answer(5, 100), answer(0.9, 1), answer(90, 100)])
    assert cells_of(KPI, given) == {("李明", "2026-10"): (3, 5, 5)}


def test_a_response_without_date_score_or_scale_is_none(facts: Make, cells_of: Read) -> None:
    given = facts(surveys=[answer(5), answer(None), answer(5, scale=None), answer(5, date=None)])
    assert cells_of(KPI, given) == {("李明", "2026-10"): (1, 1, 1)}


def test_responses_that_name_nobody_count_for_all(facts: Make, cells_of: Read, values_of: Read) -> None:
    given = facts(surveys=[answer(5), answer(5), answer(2, manager=None)])
    assert cells_of(KPI, given) == {("李明", "2026-10"): (2, 2, 2), (None, "2026-10"): (0, 1, 1)}
    assert values_of(KPI, given, by="manager") == {("李明", "2026-10"): 1}
    assert values_of(KPI, given, by="all") == {("", "2026-10"): pytest.approx(2 / 3)}


def test_behind_the_figure_stand_the_counted_responses(facts: Make) -> None:
    behind = KPI.behind(facts(surveys=[answer(5), answer(None), answer(2, manager="王芳", date="2026-11-02")]))
    assert behind[["manager", "month", "score", "source_row"]].to_numpy().tolist() == [["李明", "2026-10", 5, 2], ["王芳", "2026-11", 2, 4]]
    assert "share" not in behind


def test_what_it_is() -> None:
    assert (KPI.id, KPI.target, KPI.higher_is_better, KPI.measure, KPI.unit, KPI.category) == ("csat", 0.9, True, "ratio", "ratio", "business")
    assert (KPI.weighted, KPI.min_sample, KPI.share, KPI.rows) == (True, 5, True, "surveys")
