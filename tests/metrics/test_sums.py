"""Sums that do not depend on the order of the rows, against exact fractions."""

from __future__ import annotations

import math
from collections.abc import Sequence
from fractions import Fraction
from typing import Any

import narwhals as nw
import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from amdash.metrics.sums import sums

amounts = st.one_of(
    st.floats(-1e12, 1e12).filter(lambda number: number == 0 or abs(number) >= 2**-25), st.integers(-10_000, 10_000).map(lambda cents: cents / 100)
)


def total(*values: float | None) -> float:
    """The sum of one group."""
    frame = pd.DataFrame({"who": "李明", "value": pd.Series(values, dtype="float64")})
    found = sums(nw.from_native(frame), ["who"], ["value"])
    assert found["n"].tolist() == [len(values)]
    return float(found["value"].iloc[0])


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ([0.1], 0.1),
        ([-0.1], -0.1),
        ([0.1] * 10, 1.0),
        # One after another, as binary fractions: 0.0 and 0.30000000000000004.
        ([1e15, 0.1, -1e15], 0.1),
        ([0.1, 0.2], math.fsum([0.1, 0.2])),
        ([12.34, -12.34], 0.0),
        ([None, 2.5], 2.5),
        ([None, None], 0.0),
        ([2.0**-25], 2.0**-25),
        ([1e-6] * 3, 3e-6),
        ([9e14, 0.01], 9e14 + 0.01),
        # Below what is counted.
        ([2.0**-79], 0.0),
    ],
)
def test_sums_are_those_of_the_numbers_as_they_stand(values: Sequence[float | None], expected: float) -> None:
    assert total(*values) == expected


@given(st.lists(amounts, min_size=1, max_size=40), st.randoms(use_true_random=False))
def test_a_sum_is_the_exact_one_rounded_whatever_the_order(values: list[float], random: Any) -> None:
    exact = sum(map(Fraction, values))
    found = total(*values)
    # Within one unit of the last digit, and most often none.
    assert abs(Fraction(found) - exact) <= Fraction(math.ulp(float(exact)))
    shuffled = random.sample(values, len(values))
    assert total(*shuffled) == found


def test_groups_and_whole_numbers_and_flags() -> None:
    frame = pd.DataFrame(
        {"who": ["a", "b", "a"], "month": ["1", "1", "1"], "hit": [True, False, True], "count": [1, 2, 3], "hours": [0.5, np.nan, 0.25]}
    )
    before = frame.copy(deep=True)
    found = sums(nw.from_native(frame), ["who", "month"], ["hit", "count", "hours"]).sort_values("who")
    assert found.to_dict("list") == {"who": ["a", "b"], "month": ["1", "1"], "hit": [2, 0], "count": [4, 2], "hours": [0.75, 0], "n": [2, 1]}
    pd.testing.assert_frame_equal(frame, before)


def test_no_rows_are_no_groups() -> None:
    frame = pd.DataFrame({"who": pd.Series(dtype="str"), "value": pd.Series(dtype="float64")})
    found = sums(nw.from_native(frame), ["who"], ["value"])
    assert list(found) == ["who", "value", "n"]
    assert found.empty
