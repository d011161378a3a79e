"""Rank groups that claim no more than the figures do; tests of pairs against scipy and published tables."""

from __future__ import annotations

import itertools
import math
import random
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from amdash.insight import ranking
from amdash.insight.intervals import Sums
from amdash.insight.ranking import Rank
from amdash.metrics.catalogue import KPIS

RATIO = replace(KPIS["csat"], measure="ratio", min_sample=5, share=True, unit="ratio", higher_is_better=True)
HOURS = replace(KPIS["response_time"], measure="mean", min_sample=5, share=False, unit="hours", higher_is_better=False)
TOTAL = replace(KPIS["sales_amount"], measure="total", min_sample=1, share=False, unit="money", higher_is_better=True)
UNRANKED = Rank(None, None, None)


def of(hits: float, cases: int) -> Sums:
    return Sums(hits, cases, cases)


def hours(mean: float, deviation: float, n: int) -> Sums:
    return Sums(mean * n, n, n, mean * mean * n + deviation * deviation * (n - 1))


def triples(found: list[Rank]) -> list[tuple[int | None, int | None, int | None]]:
    return [(one.group, one.best, one.worst) for one in found]


def matrix(size: int, *pairs: tuple[int, int]) -> np.ndarray:
    apart = np.zeros((size, size), dtype=bool)
    for first, second in pairs:
        apart[first, second] = apart[second, first] = True
    return apart


def p_of(first: tuple[int, int], second: tuple[int, int]) -> float:
    return float(ranking.ratio_p_values(np.array([first[0], second[0]], float), np.array([first[1], second[1]], float))[0, 1])


@pytest.mark.parametrize(("first", "second"), [((19, 20), (12, 20)), ((5, 5), (0, 5)), ((90, 100), (70, 90)), ((1, 30), (8, 25)), ((3, 7), (3, 7))])
def test_two_ratios_as_scipy_tests_them_with_yates_correction(first: tuple[int, int], second: tuple[int, int]) -> None:
    table = [[first[0], first[1] - first[0]], [second[0], second[1] - second[0]]]
    assert p_of(first, second) == pytest.approx(stats.chi2_contingency(table, correction=True).pvalue, abs=1e-12)
    assert p_of(second, first) == p_of(first, second)


def test_the_correction_keeps_close_to_the_exact_test() -> None:
    # Fisher's tea: 5 of 5 against none of 5 has the exact chance 2 / 252 = 0.0079; without correction it would be 0.0016.
    assert 0.0079 < p_of((5, 5), (0, 5)) < 0.012


def test_a_gap_smaller_than_the_correction_is_none() -> None:
    assert p_of((4, 5), (5, 6)) == 1
    assert p_of((5, 5), (7, 7)) == 1
    assert p_of((0, 5), (0, 7)) == 1


def test_means_as_scipy_tests_them() -> None:
    groups = [[20.0, 25, 30, 22, 31], [40.0, 41, 45], [19.0, 26, 20, 33, 25, 25, 28], [7.0, 7.5]]
    counts, totals, squares = (np.array([float(sum(value**power for value in group)) for group in groups]) for power in (0, 1, 2))
    found = ranking.mean_p_values(counts, totals, squares)
    for first, second in itertools.combinations(range(4), 2):
        said = stats.ttest_ind(groups[first], groups[second], equal_var=False).pvalue
        assert found[first, second] == pytest.approx(said)
        assert found[second, first] == found[first, second]
    assert np.diag(found).tolist() == [1] * 4


def test_means_of_which_no_spread_is_known_cannot_be_told_apart() -> None:
    # One value; squares unknown; squares of some values only; and two handfuls of equal scores.
    counts, totals = np.array([1.0, 9, 9, 5, 5, 9]), np.array([90.0, 90, 90, 20, 25, 900])
    squares = np.array([8100, math.nan, 500, 80, 125, 90_000 + 8])
    found = ranking.mean_p_values(counts, totals, squares)
    assert (found[:3, :] == 1).all()
    assert found[3, 4] == 1
    # Against a group with a spread, equal scores do count.
    assert found[3, 5] < 1e-6


def test_holm_steps_down_until_the_first_that_fails() -> None:
    # Holm over three pairs: 0.05 / 3 = 0.0167, then 0.025, then 0.05.
    def told(first: float, second: float, third: float) -> list[bool]:
        apart = ranking.told_apart(np.array([[1, first, second], [first, 1, third], [second, third, 1]]))
        assert (apart == apart.T).all()
        assert not np.diag(apart).any()
        return [bool(apart[0, 1]), bool(apart[0, 2]), bool(apart[1, 2])]

    assert told(0.016, 0.024, 0.049) == [True, True, True]
    assert told(0.049, 0.016, 0.024) == [True, True, True]
    assert told(0.016, 0.026, 0.049) == [True, False, False]
    assert told(0.017, 0.02, 0.03) == [False, False, False]
    assert told(0.016, 0.024, 0.051) == [True, True, False]
    assert told(0.05 / 3, 0.025, 0.05) == [True, True, True]
    assert ranking.told_apart(np.array([[1, 0.09], [0.09, 1]]), 0.1).any()
    assert ranking.told_apart(np.ones((1, 1))).tolist() == [[False]]
    assert ranking.told_apart(np.ones((0, 0))).shape == (0, 0)


def test_a_cut_needs_every_pair_across_it() -> None:
    values = np.array([9.0, 8, 7, 6])
    # All told apart; nobody; the upper two from the lower two; and only the ends from each other.
    assert triples(ranking.ranks(values, ~np.eye(4, dtype=bool))) == [(1, 1, 1), (2, 2, 2), (3, 3, 3), (4, 4, 4)]
    assert triples(ranking.ranks(values, matrix(4))) == [(1, 1, 4)] * 4
    halves = matrix(4, (0, 2), (0, 3), (1, 2), (1, 3))
    assert triples(ranking.ranks(values, halves)) == [(1, 1, 2), (1, 1, 2), (2, 3, 4), (2, 3, 4)]
    assert triples(ranking.ranks(values, matrix(4, (0, 3)))) == [(1, 1, 3), (1, 1, 4), (1, 1, 4), (1, 2, 4)]
    # The last is told apart from its neighbour but not from the first: no cut between.
    assert triples(ranking.ranks(values, matrix(4, (0, 1), (0, 2), (1, 2), (2, 3), (1, 3)))) == [(1, 1, 2), (1, 2, 2), (1, 3, 3), (1, 3, 4)]
    # Only the best stands apart.
    assert triples(ranking.ranks(values, matrix(4, (0, 1), (0, 2), (0, 3)))) == [(1, 1, 1), (2, 2, 4), (2, 2, 4), (2, 2, 4)]
    assert ranking.ranks(np.array([]), matrix(0)) == []


def test_ratios_that_differ_clearly_and_ratios_that_do_not() -> None:
    assert triples(ranking.rank(RATIO, [of(60, 100), of(95, 100), of(62, 100)])) == [(2, 2, 3), (1, 1, 1), (2, 2, 3)]
    assert triples(ranking.rank(RATIO, [of(19, 20), of(17, 20), of(20, 20)])) == [(1, 1, 3)] * 3
    lower = replace(RATIO, higher_is_better=False)
    assert triples(ranking.rank(lower, [of(60, 100), of(95, 100), of(62, 100)])) == [(1, 1, 2), (2, 3, 3), (1, 1, 2)]


def test_means_are_ranked_by_welch_and_fewer_hours_are_better() -> None:
    found = ranking.rank(HOURS, [hours(30, 3, 40), hours(20, 3, 40), hours(20.2, 6, 10)])
    assert triples(found) == [(2, 3, 3), (1, 1, 2), (1, 1, 2)]


def test_who_stands_between_two_keeps_them_in_one_group_and_the_ranges_tell_them_apart() -> None:
    found = ranking.rank(RATIO, [of(190, 200), of(44, 50), of(160, 200)])
    assert triples(found) == [(1, 1, 2), (1, 1, 3), (1, 2, 3)]


def test_who_has_too_few_cases_or_none_is_not_ranked_and_holds_nobody_together() -> None:
    found = ranking.rank(RATIO, [of(190, 200), of(3, 4), of(100, 200), Sums(0, 0, 0), Sums(None, None, 9)])
    assert triples(found) == [(1, 1, 1), (None,) * 3, (2, 2, 2), (None,) * 3, (None,) * 3]
    assert ranking.rank(RATIO, [of(5, 5)]) == [Rank(1, 1, 1)]
    assert ranking.rank(RATIO, [of(4, 4)]) == [UNRANKED]
    assert ranking.rank(RATIO, []) == ranking.rank(HOURS, []) == ranking.rank(TOTAL, []) == []


def test_a_census_is_ranked_by_value_and_equal_values_share() -> None:
    def ranked(*amounts: float | None) -> list[tuple[int | None, int | None, int | None]]:
        return triples(ranking.rank(TOTAL, [Sums(amount, None, 0) for amount in amounts]))

    assert ranked(500, 900, 500, 100) == [(2, 2, 3), (1, 1, 1), (2, 2, 3), (3, 4, 4)]
    assert ranked(0.1 + 0.2, 0.3) == [(1, 1, 2), (1, 1, 2)]
    assert ranked(1e9, 1e9 + 10) == [(2, 2, 2), (1, 1, 1)]
    assert ranked(-100, -100 - 1e-12, -101) == [(1, 1, 2), (1, 1, 2), (2, 3, 3)]
    assert ranked(-1e9, -2, -1.5) == [(3, 3, 3), (2, 2, 2), (1, 1, 1)]
    assert ranked(0, 0, None) == [(1, 1, 2), (1, 1, 2), (None,) * 3]
    assert ranked(7) == [(1, 1, 1)]
    attainment = replace(TOTAL, measure="ratio", higher_is_better=False)
    assert triples(ranking.rank(attainment, [Sums(9, 10, 0), Sums(18, 20, 3), Sums(5, 10, 2)])) == [(2, 2, 3), (2, 2, 3), (1, 1, 1)]


def told_by_pairs(members: list[Sums]) -> list[list[bool]]:
    """The same told over, pair by pair, with scipy's test and a plain Holm."""
    pairs = list(itertools.combinations(range(len(members)), 2))
    chances = []
    for first, second in pairs:
        (a, n), (b, m) = ((one.numerator or 0, one.denominator or 0) for one in (members[first], members[second]))
        certain = a + b in (0, n + m)
        chances.append(1.0 if certain else float(stats.chi2_contingency([[a, n - a], [b, m - b]], correction=True).pvalue))
    apart = [[False] * len(members) for _ in members]
    for step, place in enumerate(sorted(range(len(pairs)), key=lambda one: chances[one])):
        if chances[place] > 0.05 / (len(pairs) - step):
            break
        first, second = pairs[place]
        apart[first][second] = apart[second][first] = True
    return apart


@given(st.lists(st.integers(5, 300).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))), min_size=1, max_size=7), st.randoms())
def test_groups_and_ranges_never_contradict_each_other_nor_the_order_of_the_members(pairs: list[tuple[int, int]], shuffler: random.Random) -> None:
    members = [of(*pair) for pair in pairs]
    found = ranking.rank(RATIO, members)
    apart = told_by_pairs(members)
    values = [one.value(RATIO) or 0.0 for one in members]
    groups = [one.group or 0 for one in found]
    for first, second in itertools.permutations(range(len(members)), 2):
        if not apart[first][second]:
            assert groups[first] == groups[second]
        elif groups[first] < groups[second]:
            assert values[first] > values[second]
    for place, one in enumerate(found):
        surely_better = sum(apart[place][other] and values[other] > values[place] for other in range(len(members)))
        surely_worse = sum(apart[place][other] and values[other] < values[place] for other in range(len(members)))
        assert (one.best, one.worst) == (1 + surely_better, len(members) - surely_worse)
    assert sorted(set(groups)) == list(range(1, max(groups) + 1))
    order = list(range(len(members)))
    shuffler.shuffle(order)
    assert ranking.rank(RATIO, [members[place] for place in order]) == [found[place] for place in order]


def test_equal_managers_are_hardly_ever_told_apart() -> None:
    generator = np.random.default_rng(11)
    false = 0
    for _ in range(400):
        cases = generator.integers(5, 60, 8)
        found = ranking.rank(RATIO, [of(int(generator.binomial(n, 0.85)), int(n)) for n in cases])
        false += any(one.best != 1 or one.worst != 8 for one in found)
    assert false / 400 <= 0.05


def test_a_thousand_managers() -> None:
    members = [of(950, 1000)] * 500 + [of(500, 1000)] * 500
    found = ranking.rank(RATIO, members)
    assert found == [Rank(1, 1, 500)] * 500 + [Rank(2, 501, 1000)] * 500


def test_sums_of_money_that_differ_by_rounding_share_a_rank() -> None:
    found = ranking.rank(TOTAL, [Sums(1e9, None, 1), Sums(1e9 + 0.1, None, 1), Sums(1e9 + 10, None, 1)])
    assert [one.group for one in found] == [2, 2, 1]


def test_ratios_above_one_are_compared_without_a_root_of_less_than_nothing() -> None:
    with np.errstate(invalid="raise"):
        assert ranking.ratio_p_values(np.array([3.0, 3.0]), np.array([2.0, 2.0])).tolist() == [[1, 1], [1, 1]]
