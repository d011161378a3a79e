"""Net promoter score: who promotes, who detracts, and out of how many."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pandas as pd
import pytest

from amdash.i18n import formats
from amdash.metrics.kpi.nps import KPI
from amdash.metrics.spec import Facts

Make = Callable[..., Facts]
Read = Callable[..., dict[Any, Any]]


def answer(likelihood: float | None, manager: str | None = "李明", date: str | None = "2026-10-08", **more: Any) -> dict[str, Any]:
    return {"date": date, "score": 4, "scale": 5, "likelihood": likelihood, "manager": manager, **more}


def test_promoters_less_detractors_over_responses(facts: Make, cells_of: Read, values_of: Read) -> None:
    # Five promoters, three passive, two detractors.
    given = facts(surveys=[answer(likelihood) for likelihood in (10, 10, 9, 9, 9, 8, 8, 7, 6, 0)])
    assert cells_of(KPI, given) == {("李明", "2026-10"): (3, 10, 10)}
    assert values_of(KPI, given, by="manager") == {("李明", "2026-10"): pytest.approx(0.3)}


@pytest.mark.parametrize(
    ("likelihood", "worth"),
    [(0, -1), (1, -1), (2, -1), (3, -1), (4, -1), (5, -1), (6, -1), (7, 0), (8, 0), (9, 1), (10, 1), (6.01, 0), (8.99, 0), (9.5, 1)],
)
def test_one_response(facts: Make, likelihood: float, worth: int) -> None:
    (cell,) = KPI.cells(facts(surveys=[answer(likelihood)])).to_dict("records")
    assert (cell["numerator"], cell["denominator"], cell["n"], cell["sum_of_squares"]) == (worth, 1, 1, worth * worth)


def test_the_likelihood_is_out_of_ten_whatever_the_score_is_out_of(facts: Make, cells_of: Read) -> None:
    given = facts(surveys=[answer(9, scale=5), answer(9, scale=10), answer(9, scale=100), answer(9, scale=None), answer(9, score=None)])
    assert cells_of(KPI, given) == {("李明", "2026-10"): (5, 5, 5)}


def test_two_managers_and_two_months(facts: Make, cells_of: Read, values_of: Read) -> None:
    rows = [answer(9), answer(2), answer(3, "王芳"), answer(10, date="2026-11-02"), answer(8, "王芳", "2026-11-30")]
    given = facts(surveys=rows)
    assert cells_of(KPI, given) == {
        ("李明", "2026-10"): (0, 2, 2),
        ("李明", "2026-11"): (1, 1, 1),
        ("王芳", "2026-10"): (-1, 1, 1),
        ("王芳", "2026-11"): (0, 1, 1),
    }
    # Of three, one promotes and two detract; not the mean of 0 and -1.
    assert values_of(KPI, given, by="all") == {("", "2026-10"): pytest.approx(-1 / 3), ("", "2026-11"): 0.5}


def test_a_response_without_date_or_likelihood_is_none(facts: Make, cells_of: Read, no_cells: pd.DataFrame) -> None:
    assert cells_of(KPI, facts(surveys=[answer(9), answer(None), answer(9, date=None)])) == {("李明", "2026-10"): (1, 1, 1)}
    # A survey that does not ask is no data.
    for given in (facts(), facts(surveys=[answer(None), answer(None)])):
        pd.testing.assert_frame_equal(KPI.cells(given), no_cells)


def test_responses_that_name_nobody_count_for_all(facts: Make, cells_of: Read, values_of: Read) -> None:
    given = facts(surveys=[answer(9), answer(5, None)])
    assert cells_of(KPI, given) == {("李明", "2026-10"): (1, 1, 1), (None, "2026-10"): (-1, 1, 1)}
    assert values_of(KPI, given, by="manager") == {("李明", "2026-10"): 1}
    assert values_of(KPI, given, by="all") == {("", "2026-10"): 0}


def test_its_sums_tell_how_far_the_points_lie_apart(facts: Make) -> None:
    points = [1, 1, 1, 0, 0, -1]
    (cell,) = KPI.cells(facts(surveys=[answer({1: 9, 0: 7, -1: 3}[point]) for point in points])).to_dict("records")
    assert (cell["numerator"], cell["denominator"], cell["sum_of_squares"]) == (2, 6, 4)
    variance = (cell["sum_of_squares"] - cell["numerator"] ** 2 / cell["n"]) / (cell["n"] - 1)
    assert variance == pytest.approx(pd.Series(points).var())


def test_it_is_shown_in_points_and_never_in_per_cent(facts: Make, values_of: Read) -> None:
    value = values_of(KPI, facts(surveys=[answer(9), answer(3), answer(2), answer(1)]))["", "2026-10"]
    assert formats.written(value, KPI.unit, "zh") == "\u221250.0 分"
    assert formats.written(value, KPI.unit, "en") == "\u221250.0 points"


def test_behind_the_figure_stand_the_responses_with_a_likelihood(facts: Make) -> None:
    behind = KPI.behind(facts(surveys=[answer(9), answer(None), answer(2, "王芳", "2026-11-02")]))
    assert behind[["manager", "month", "likelihood", "source_row"]].to_numpy().tolist() == [["李明", "2026-10", 9, 2], ["王芳", "2026-11", 2, 4]]


def test_what_it_is() -> None:
    assert (KPI.id, KPI.target, KPI.higher_is_better, KPI.measure, KPI.unit, KPI.category) == ("nps", None, True, "mean", "points", "business")
    assert (KPI.weighted, KPI.min_sample, KPI.share, KPI.rows, KPI.on_board, KPI.rank) == (False, 5, False, "surveys", False, 51)
