"""Employee satisfaction: the mean score, and that nobody can be found out by it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import permutations
from typing import Any

import hypothesis
import pandas as pd
import pytest
from hypothesis import strategies as st

from amdash.metrics import evaluate
from amdash.metrics.kpi.staff_satisfaction import FEWEST, KPI
from amdash.metrics.spec import Facts

Make = Callable[..., Facts]
Read = Callable[..., dict[Any, Any]]
Group = tuple[str | None, str]

PEOPLE = [{"name": "李明", "team": "华东组"}, {"name": "王芳", "team": "华东组"}, {"name": "赵强", "team": "华南组"}, {"name": "周雅"}]


def answers(*scores: float | None, team: str | None = "华东组", date: str | None = "2026-10-08", **more: Any) -> list[dict[str, Any]]:
    return [{"date": date, "score": score, "scale": 5, "team": team, **more} for score in scores]


def test_the_mean_share_of_the_scale(facts: Make, cells_of: Read, values_of: Read) -> None:
    # 5 + 4 + 4 + 3 + 4 = 20 of 25
    given = facts(staff_surveys=answers(5, 4, 4, 3, 4))
    assert cells_of(KPI, given) == {(None, "华东组", "2026-10"): (pytest.approx(4), 5, 5)}
    assert values_of(KPI, given, by="team") == {("华东组", "2026-10"): pytest.approx(0.8)}
    assert values_of(KPI, given, by="all") == {("", "2026-10"): pytest.approx(0.8)}
    assert values_of(KPI, given, by="manager") == {}


def test_the_squares_are_kept_for_intervals(facts: Make) -> None:
    # 1 + 0.36 + 0.04 + 1 + 0.16; of nobody 0.04 + 0.04 + 1 + 1 + 1
    rows = answers(5, 3, 1, 5, 2) + answers(1, 1, team="华南组") + answers(5, 5, 5, team=None)
    found = KPI.cells(facts(staff_surveys=rows))
    assert found["sum_of_squares"].tolist() == [pytest.approx(2.56), pytest.approx(3.08)]


def test_two_teams_and_two_months(facts: Make, cells_of: Read, values_of: Read) -> None:
    rows = answers(5, 5, 5, 5, 5) + answers(1, 1, 1, 1, 1, 1, 1, 1, 1, 1, team="华南组") + answers(3, 3, 3, 3, 3, date="2026-11-02")
    given = facts(staff_surveys=rows)
    assert cells_of(KPI, given) == {
        (None, "华东组", "2026-10"): (pytest.approx(5), 5, 5),
        (None, "华东组", "2026-11"): (pytest.approx(3), 5, 5),
        (None, "华南组", "2026-10"): (pytest.approx(2), 10, 10),
    }
    # 7 of 15, not the mean of 1 and 0.2.
    assert values_of(KPI, given, by="all") == {("", "2026-10"): pytest.approx(7 / 15), ("", "2026-11"): pytest.approx(0.6)}


def test_no_answer_is_not_measured(facts: Make, values_of: Read, no_cells: pd.DataFrame) -> None:
    for given in (facts(), facts(managers=PEOPLE)):
        pd.testing.assert_frame_equal(KPI.cells(given), no_cells)
        assert values_of(KPI, given) == {}


def test_answers_without_date_score_or_scale_are_none(facts: Make, cells_of: Read) -> None:
    rows = answers(5, 5, 5, 5, 5, None) + answers(5, date=None) + answers(5, scale=None)
    assert cells_of(KPI, facts(staff_surveys=rows)) == {(None, "华东组", "2026-10"): (5, 5, 5)}


def test_an_answer_that_names_a_manager_is_the_teams(facts: Make, cells_of: Read, values_of: Read) -> None:
    # Five name 李明 alone, who must not be told apart from 王芳.
    rows = answers(5, 5, 5, 5, 5, team=None, manager="李明") + answers(3, 3, 3, team=None, manager="王芳") + answers(1, 1)
    given = facts(managers=PEOPLE, staff_surveys=rows)
    assert cells_of(KPI, given) == {(None, "华东组", "2026-10"): (pytest.approx(5 + 1.8 + 0.4), 10, 10)}
    assert values_of(KPI, given, by="team") == {("华东组", "2026-10"): pytest.approx(0.72)}
    assert values_of(KPI, given, by="manager") == {}
    assert values_of(KPI, given, by="all", managers=["李明"]) == {}


def test_the_team_an_answer_names_goes_before_its_managers(facts: Make, cells_of: Read) -> None:
    given = facts(managers=PEOPLE, staff_surveys=answers(5, 5, 5, 5, 5, team="华南组", manager="李明"))
    assert cells_of(KPI, given) == {(None, "华南组", "2026-10"): (5, 5, 5)}


def test_a_manager_listed_twice_is_in_the_last_team_and_counts_once(facts: Make, cells_of: Read) -> None:
    people = [{"name": "李明", "team": "华东组"}, {"name": "李明", "team": "华南组"}]
    given = facts(managers=people, staff_surveys=answers(5, 5, 5, 5, 5, team=None, manager="李明"))
    assert cells_of(KPI, given) == {(None, "华南组", "2026-10"): (5, 5, 5)}


@pytest.mark.parametrize("manager", ["周雅", "陈七", None])
def test_an_answer_of_no_known_team_counts_for_all(facts: Make, cells_of: Read, values_of: Read, manager: str | None) -> None:
    rows = answers(5, 5, 5, 5, 5) + answers(1, 1, 1, 1, 1, team=None, manager=manager)
    given = facts(managers=PEOPLE, staff_surveys=rows)
    assert cells_of(KPI, given) == {(None, "华东组", "2026-10"): (pytest.approx(5), 5, 5), (None, "2026-10"): (pytest.approx(1), 5, 5)}
    assert values_of(KPI, given, by="manager") == {}
    assert values_of(KPI, given, by="team") == {("华东组", "2026-10"): pytest.approx(1)}
    assert values_of(KPI, given, by="all") == {("", "2026-10"): pytest.approx(0.6)}


@pytest.mark.parametrize("team", ["华东组", None])
@pytest.mark.parametrize(("count", "told"), [(1, False), (4, False), (5, True), (6, True)])
def test_fewer_than_five_answers_are_never_told(facts: Make, values_of: Read, team: str | None, count: int, told: bool) -> None:
    given = facts(staff_surveys=answers(*[5] * count, team=team))
    assert values_of(KPI, given, by="team") == ({("华东组", "2026-10"): 1} if told and team else {})
    assert values_of(KPI, given, by="all") == ({("", "2026-10"): 1} if told else {})


# Team -> answers of 1 point each; 华北组 gives 3 points ten times. What is told by team, and of everybody: sum of shares and n.
@pytest.mark.parametrize(
    ("small", "by_team", "everybody"),
    [
        ({"华东组": 4}, {"华北组"}, (6, 10)),
        ({"华东组": 2, "华南组": 2}, {"华北组"}, (6, 10)),
        ({"华东组": 2, "华南组": 3}, {"华北组"}, (7, 15)),
        ({"华东组": 4, "华南组": 4}, {"华北组"}, (7.6, 18)),
        ({"华东组": 4, "华南组": 5}, {"华北组", "华南组"}, (7, 15)),
        ({"华东组": 3, None: 2}, {"华北组"}, (7, 15)),
        ({"华东组": 3, None: 1}, {"华北组"}, (6, 10)),
        ({"华东组": 1, None: 7}, {"华北组"}, (7.6, 18)),
        ({"华东组": 1, "华南组": 1, "华西组": 1, "华中组": 1, None: 1}, {"华北组"}, (7, 15)),
    ],
)
def test_the_small_teams_of_a_month_are_told_together_or_not_at_all(
    facts: Make, cells_of: Read, values_of: Read, small: dict[str | None, int], by_team: set[str], everybody: tuple[float, int]
) -> None:
    given = facts(
        staff_surveys=[row for team, count in small.items() for row in answers(*[1] * count, team=team)] + answers(*[3] * 10, team="华北组")
    )
    cells = cells_of(KPI, given)
    assert {key[1] for key in cells if len(key) == 3} == {team for team, _ in values_of(KPI, given, by="team")} == by_team
    assert tuple(map(sum, zip(*((numerator, n) for numerator, _, n in cells.values()), strict=True))) == pytest.approx(everybody)
    assert values_of(KPI, given, by="all") == {("", "2026-10"): pytest.approx(everybody[0] / everybody[1])}


def test_small_ones_of_two_months_are_not_told_together(facts: Make, values_of: Read, no_cells: pd.DataFrame) -> None:
    given = facts(staff_surveys=answers(5, 5, 5) + answers(1, 1, 1, date="2026-11-02"))
    pd.testing.assert_frame_equal(KPI.cells(given), no_cells)
    assert values_of(KPI, given, by="all", every="quarter") == {}


def test_a_month_that_is_not_told_is_not_in_its_quarter(facts: Make, values_of: Read) -> None:
    # 10 of 5 points and 5 of 2; the quarter knows nothing of the three of 1 point: 12 of 15.
    rows = answers(*[5] * 10) + answers(1, 1, 1, date="2026-11-02") + answers(*[2] * 5, date="2026-12-02")
    for by, subject in (("team", "华东组"), ("all", "")):
        assert values_of(KPI, facts(staff_surveys=rows), by=by) == {(subject, "2026-10"): 1, (subject, "2026-12"): pytest.approx(0.4)}
        for every, period in (("quarter", "2026-Q4"), ("year", "2026"), ("total", "total")):
            assert values_of(KPI, facts(staff_surveys=rows), by=by, every=every) == {(subject, period): pytest.approx(0.8)}


# September is in one quarter, October and November are in the next.
MONTHS = ("2026-09", "2026-10", "2026-11")
TEAMS = ("华东组", "华南组", "华北组", "华西组")
surveys = st.integers(1, 4).flatmap(
    lambda teams: st.fixed_dictionaries({(team, month): st.integers(0, 9) for team in (*TEAMS[:teams], None) for month in MONTHS})
)


def one_digit_each(groups: dict[Group, int]) -> list[dict[str, Any]]:
    """Answers whose sum tells which of them are in it: those of the first group give 1 point of 1, the second's 10, then 100 ...

    Every other one names its team's manager instead of the team.
    """
    rows = []
    for place, ((team, month), count) in enumerate(groups.items()):
        for number in range(count):
            owner = {"manager": f"经理{team}"} if team and number % 2 else {"team": team}
            rows.append({"date": f"{month}-15", "score": 10.0**place, "scale": 1.0, **owner})
    return rows


def told(given: Facts, roster: pd.DataFrame, groups: dict[Group, int]) -> Iterator[tuple[frozenset[Group], int]]:
    """(the groups a figure sums over, its n) for every figure that scorecards by team and by all tell."""
    cells = evaluate.cells(given, [KPI])
    for by in ("team", "all"):
        for every in ("month", "quarter", "total"):
            frame = evaluate.scorecard(cells, roster, by=by, every=every, start=MONTHS[0], end=MONTHS[-1], kpis=[KPI])
            for numerator, n in zip(frame["numerator"], frame["n"], strict=True):
                digits = [int(digit) for digit in reversed(f"{int(numerator):0{len(groups)}d}")]
                inside = frozenset(group for group, digit in zip(groups, digits, strict=True) if digit)
                # A group is in a figure whole, and n is no other number than that of the answers.
                assert n == sum(digits) == sum(groups[group] for group in inside)
                yield inside, n


@hypothesis.given(surveys)
# All less the shown team would be four answers; the quarter less its month three; all less the teams two of no team.
@hypothesis.example({("华东组", "2026-10"): 9, ("华南组", "2026-10"): 2, ("华北组", "2026-10"): 2})
@hypothesis.example({("华东组", "2026-09"): 9, ("华东组", "2026-10"): 3, ("华东组", "2026-11"): 9})
@hypothesis.example({("华东组", "2026-10"): 9, ("华南组", "2026-10"): 9, (None, "2026-10"): 2})
@hypothesis.settings(max_examples=25)
def test_no_two_figures_differ_by_one_to_four_answers(facts: Make, groups: dict[Group, int]) -> None:
    people = [{"name": f"经理{team}", "team": team} for team in TEAMS]
    roster = pd.DataFrame({"manager": [one["name"] for one in people], "team": list(TEAMS)})
    figures = {(frozenset[Group](), 0), *told(facts(managers=people, staff_surveys=one_digit_each(groups)), roster, groups)}
    for (few, less), (many, more) in permutations(figures, 2):
        if few <= many:
            assert more - less == 0 or more - less >= FEWEST
    # Withholding is no excuse for telling nothing.
    everything = frozenset().union(*(inside for inside, _ in figures))
    assert {group for group, count in groups.items() if group[0] and count >= FEWEST} <= everything


def test_fewest_is_five() -> None:
    assert FEWEST == 5


def test_single_answers_are_never_opened(facts: Make) -> None:
    behind = KPI.behind(facts(staff_surveys=answers(5, 4, 3, 2, 1, 5)))
    assert behind.empty
    assert {"manager", "month", "source_file", "source_row"} <= set(behind)


def test_what_it_is() -> None:
    assert (KPI.id, KPI.target, KPI.higher_is_better, KPI.measure, KPI.unit) == ("staff_satisfaction", 0.8, True, "mean", "ratio")
    assert (KPI.weighted, KPI.min_sample, KPI.share, KPI.rows) == (True, 5, True, "staff_surveys")
    assert KPI.category == "people"
