"""The share of R-squared: a published example, a second computation over all orders, and closed forms."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from amdash.insight import importance

# Fertility and five socio-economic figures of the 47 French-speaking districts of Switzerland in 1888 (R's data set swiss).
SWISS = """80.2 17 15 12 9.96 22.2|83.1 45.1 6 9 84.84 22.2|92.5 39.7 5 5 93.4 20.2|85.8 36.5 12 7 33.77 20.3|76.9 43.5 17 15 5.16 20.6
76.1 35.3 9 7 90.57 26.6|83.8 70.2 16 7 92.85 23.6|92.4 67.8 14 8 97.16 24.9|82.4 53.3 12 7 97.67 21|82.9 45.2 16 13 91.38 24.4
87.1 64.5 14 6 98.61 24.5|64.1 62 21 12 8.52 16.5|66.9 67.5 14 7 2.27 19.1|68.9 60.7 19 12 4.43 22.7|61.7 69.3 22 5 2.82 18.7
68.3 72.6 18 2 24.2 21.2|71.7 34 17 8 3.3 20|55.7 19.4 26 28 12.11 20.2|54.3 15.2 31 20 2.15 10.8|65.1 73 19 9 2.84 20
65.5 59.8 22 10 5.23 18|65 55.1 14 3 4.52 22.4|56.6 50.9 22 12 15.14 16.7|57.4 54.1 20 6 4.2 15.3|72.5 71.2 12 1 2.4 21
74.2 58.1 14 8 5.23 23.8|72 63.5 6 3 2.56 18|60.5 60.8 16 10 7.72 16.3|58.3 26.8 25 19 18.46 20.9|65.4 49.5 15 8 6.1 22.5
75.5 85.9 3 2 99.71 15.1|69.3 84.9 7 6 99.68 19.8|77.3 89.7 5 2 100 18.3|70.5 78.2 12 6 98.96 19.4|79.4 64.9 7 3 98.22 20.2
65 75.9 9 9 99.06 17.8|92.2 84.6 3 3 99.46 16.3|79.3 63.1 13 13 96.83 18.1|70.4 38.4 26 12 5.62 20.3|65.7 7.7 29 11 13.79 20.5
72.7 16.7 22 13 11.22 18.9|64.4 17.6 35 32 16.92 23|77.6 37.6 15 7 4.97 20|67.6 18.7 25 7 8.65 19.5|35 1.2 37 53 42.34 18
44.7 46.6 16 29 50.43 18.2|42.8 27.7 22 29 58.33 19.3"""


def swiss() -> np.ndarray:
    return np.array([[float(cell) for cell in row.split()] for row in SWISS.replace("\n", "|").split("|")])


def parts_of(outcome: np.ndarray, columns: np.ndarray) -> tuple[float, np.ndarray]:
    r2, parts = importance.explained(importance.moments(outcome, columns)[None])
    return float(r2[0]), parts[0]


def by_all_orders(outcome: np.ndarray, columns: np.ndarray) -> np.ndarray:
    """The mean increase of R-squared over every order of the columns, each step a regression of its own."""

    def r2(chosen: tuple[int, ...]) -> float:
        design = np.column_stack([np.ones(len(outcome)), columns[:, list(chosen)]])
        rest = outcome - design @ np.linalg.lstsq(design, outcome, rcond=None)[0]
        return 1 - float(rest @ rest) / float(((outcome - outcome.mean()) ** 2).sum())

    orders = list(itertools.permutations(range(columns.shape[1])))
    gains = np.zeros(columns.shape[1])
    for order in orders:
        for place, column in enumerate(order):
            gains[column] += r2(order[: place + 1]) - r2(order[:place])
    return gains / len(orders)


def test_the_published_decomposition_of_swiss_fertility() -> None:
    data = swiss()
    assert data.shape == (47, 6)
    r2, parts = parts_of(data[:, 0], data[:, 1:])
    # relaimpo: calc.relimp(Fertility ~ ., swiss), type lmg.
    assert r2 == pytest.approx(0.706735, abs=1e-6)
    assert parts == pytest.approx([0.05709122, 0.17117303, 0.26013468, 0.10557015, 0.11276592], abs=1e-8)


@given(st.integers(0, 10_000), st.integers(1, 4), st.sampled_from([3, 8, 40]))
def test_it_is_the_mean_over_all_orders(seed: int, size: int, rows: int) -> None:
    generator = np.random.default_rng(seed)
    columns = generator.normal(size=(rows, size)) @ generator.normal(size=(size, size)) + 100
    outcome = columns @ generator.normal(size=size) + generator.normal(size=rows) * 3
    r2, parts = parts_of(outcome, columns)
    if rows > size + 1:
        assert parts == pytest.approx(by_all_orders(outcome, columns), abs=1e-6)
    assert parts.sum() == pytest.approx(r2)
    assert (parts >= -1e-9).all()


def test_unrelated_columns_explain_their_squared_correlations() -> None:
    columns = np.array([[a, b, c] for a in (-1, 1) for b in (-1, 1) for c in (-1, 1)], dtype=float)
    outcome = 3 * columns[:, 0] + 2 * columns[:, 1] + columns[:, 2] + 7
    # Variance 9 + 4 + 1.
    assert parts_of(outcome, columns)[1] == pytest.approx([9 / 14, 4 / 14, 1 / 14])
    assert parts_of(outcome, columns[:, :2])[1] == pytest.approx([9 / 14, 4 / 14])


def test_copies_share_alike_and_what_does_not_vary_has_no_part() -> None:
    generator = np.random.default_rng(3)
    column, other = generator.normal(size=(2, 50))
    outcome = column + generator.normal(size=50)
    single, both = parts_of(outcome, column[:, None]), parts_of(outcome, np.column_stack([column, column * 5 + 3]))
    assert both[0] == pytest.approx(single[0])
    assert both[1] == pytest.approx([single[0] / 2] * 2)
    flat = parts_of(outcome, np.column_stack([column, np.full(50, 4.0), other]))
    assert flat[1][1] == pytest.approx(0, abs=1e-12)
    assert flat[1][[0, 2]] == pytest.approx(parts_of(outcome, np.column_stack([column, other]))[1])
    assert parts_of(np.full(50, 4.0), np.column_stack([column, other]))[1].tolist() == [0, 0]


def test_more_than_ten_columns_are_too_many() -> None:
    generator = np.random.default_rng(5)
    data = generator.normal(size=(40, 12))
    assert parts_of(data[:, 0], data[:, 1:11])[1].sum() == pytest.approx(parts_of(data[:, 0], data[:, 1:11])[0])
    with pytest.raises(ValueError, match=r"^at most 10 columns .* not 11$"):
        parts_of(data[:, 0], data[:, 1:])


def test_moments_are_the_covariances_whatever_the_offset() -> None:
    data = swiss() + 1e6
    assert importance.moments(data[:, 0], data[:, 1:]) == pytest.approx(np.cov(data.T, ddof=0))


def test_resampling_draws_whole_rows_with_replacement(monkeypatch: pytest.MonkeyPatch) -> None:
    data = swiss()
    found = importance.resampled_moments(data[:, 0], data[:, 1:], 300, 5)
    assert found.shape == (300, 6, 6)
    # The plain way: the same draws, one sample after the other.
    generator = np.random.default_rng(5)
    for sample in found:
        assert sample == pytest.approx(np.cov(data[generator.integers(0, 47, 47)].T, ddof=0))
    monkeypatch.setattr(importance, "_CHUNK", 1000)
    assert importance.resampled_moments(data[:, 0], data[:, 1:], 300, 5) == pytest.approx(found)
    monkeypatch.setattr(importance, "_CHUNK", 1)
    assert importance.resampled_moments(data[:, 0], data[:, 1:], 3, 5) == pytest.approx(found[:3])
    assert importance.resampled_moments(data[:, 0], data[:, 1:], 3, 6) != pytest.approx(found[:3])


def test_copies_and_sums_of_others_do_not_count() -> None:
    generator = np.random.default_rng(3)
    first, second, third = generator.normal(size=(3, 50))

    def rank(*columns: np.ndarray) -> int:
        return importance.rank_of(importance.moments(third, np.column_stack(columns)))

    assert rank(first, second) == 2
    assert rank(first, 2 * first + 1) == 1
    assert rank(first, second, first + second) == 2
    assert rank(first, np.ones(50)) == 1
    assert rank(np.ones(50)) == 0


def test_the_f_test_is_that_of_a_regression() -> None:
    # One column: the same p value as that of the correlation.
    for seed in range(5):
        first, second = np.random.default_rng(seed).normal(size=(2, 20))
        said = stats.pearsonr(first, second)
        assert importance.f_test(said.statistic**2, 20, 1) == pytest.approx(said.pvalue)
    assert importance.f_test(0.706735, 47, 5) == pytest.approx(stats.f.sf(19.76, 5, 41), rel=1e-2)
    assert importance.f_test(1.0, 20, 2) == importance.f_test(1.1, 20, 2) == 0
    assert importance.f_test(0.0, 20, 2) == 1
    assert importance.f_test(0.9, 20, 0) == 1
    assert importance.f_test(0.9, 3, 2) == 1
    assert importance.f_test(0.9, 4, 2) == pytest.approx(stats.f.sf(4.5, 2, 1))


def test_no_more_than_all_is_ever_explained() -> None:
    generator = np.random.default_rng(11)
    for rows in range(5, 60):
        columns = generator.normal(size=(rows, 3))
        r2, parts = parts_of(columns @ [1.0, 2.0, -3.0], columns)
        assert r2 <= 1.0
        assert r2 == pytest.approx(1.0)
        assert parts.sum() == pytest.approx(1.0)
