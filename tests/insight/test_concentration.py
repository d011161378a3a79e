"""How much hangs on how few: shares by hand, the ends of the scale, several managers, and what is not counted."""

from __future__ import annotations

import datetime as dt
import random
from dataclasses import FrozenInstanceError
from typing import Any

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from amdash.insight.concentration import PERCENTS, Concentration, TopShare, concentration, concentrations
from amdash.schema import TABLES, frame_of

FIRST, LAST = dt.date(2025, 11, 1), dt.date(2026, 10, 31)


def sales(*rows: tuple[str | None, float | None, str | None, str | None, str | None]) -> pd.DataFrame:
    """Sales from customer, amount, manager, date and status."""
    columns: dict[str, list[Any]] = {
        name: [row[place] for row in rows] for place, name in enumerate(("customer", "amount", "manager", "date", "status"))
    }
    frame = frame_of(TABLES["sales"], columns | {"source_row": [2] * len(rows)}, len(rows))
    return frame.assign(who=frame["customer"])


def test_shares_by_hand() -> None:
    # 100 customers: 1 brings 500, 4 bring 50 each, 5 bring 20, 10 bring 10, 80 bring 1: 500 + 200 + 100 + 100 + 80 = 980.
    revenues = [500.0, *[50.0] * 4, *[20.0] * 5, *[10.0] * 10, *[1.0] * 80]
    random.Random(1).shuffle(revenues)
    found = concentration(revenues)
    assert found is not None
    assert (found.subject, found.customers, found.revenue, found.customers_for_half) == ("", 100, 980.0, 1)
    assert found.top == (
        TopShare(1, 1, 500.0, 500 / 980),
        TopShare(5, 5, 700.0, 700 / 980),
        TopShare(10, 10, 800.0, 800 / 980),
        TopShare(20, 20, 900.0, 900 / 980),
    )
    # 980^2 / (500^2 + 4 x 50^2 + 5 x 20^2 + 10 x 10^2 + 80)
    assert found.equal_customers == pytest.approx(960_400 / 263_080)


def test_equal_customers_are_as_many_as_they_are() -> None:
    found = concentration([3.0] * 10, "李明")
    assert found is not None
    assert (found.subject, found.equal_customers, found.customers_for_half) == ("李明", pytest.approx(10), 5)
    assert [(top.customers, top.share) for top in found.top] == [
        (1, pytest.approx(0.1)),
        (1, pytest.approx(0.1)),
        (1, pytest.approx(0.1)),
        (2, pytest.approx(0.2)),
    ]


def test_half_needs_one_more_where_the_first_bring_just_less() -> None:
    for revenues, half in (([5.0, 5.0], 1), ([4.0, 3.0, 3.0], 2), ([6.0, 5.0], 1), ([0.1] * 6, 3), ([49.9, 50.1], 1), ([4.9, 4.9, 0.1, 0.1], 2)):
        found = concentration(revenues)
        assert found is not None
        assert found.customers_for_half == half


def test_one_customer_is_everything() -> None:
    assert concentration([7.0]) == Concentration("", 1, 7.0, tuple(TopShare(percent, 1, 7.0, 1.0) for percent in PERCENTS), 1, 1.0)


def test_what_was_found_does_not_change() -> None:
    found = concentration([7.0])
    assert found is not None
    for thing, name in ((found, "revenue"), (found.top[0], "share")):
        with pytest.raises(FrozenInstanceError):
            setattr(thing, name, 0.0)


def test_a_part_of_a_customer_is_a_whole_one() -> None:
    for customers, percent, expected in ((30, 5, 2), (20, 5, 1), (21, 5, 2), (100, 1, 1), (101, 1, 2), (3, 50, 2), (7, 100, 7)):
        found = concentration([1.0] * customers, percents=(percent,))
        assert found is not None
        assert [(top.percent, top.customers) for top in found.top] == [(percent, expected)]


def test_who_brought_nothing_or_less_is_left_out() -> None:
    assert concentration([5.0, 0.0, -3.0]) == concentration([5.0])
    for nothing in ([], [0.0], [-1.0, 0.0]):
        assert concentration(nothing) is None


@given(revenues=st.lists(st.floats(0.01, 1e6), min_size=1, max_size=60), seed=st.integers(0, 99))
def test_shares_rise_to_one_and_the_order_is_irrelevant(revenues: list[float], seed: int) -> None:
    percents = (1, 20, 50, 99, 100)
    found = concentration(revenues, percents=percents)
    assert found is not None
    shares = [top.share for top in found.top]
    assert shares == sorted(shares)
    assert shares[-1] == 1.0
    # The largest customers bring no less than their part of the heads.
    assert all(top.share >= top.customers / len(revenues) - 1e-9 for top in found.top)
    assert 1 - 1e-9 <= found.equal_customers <= len(revenues) + 1e-6
    assert 1 <= found.customers_for_half <= (len(revenues) + 1) // 2
    shuffled = list(revenues)
    random.Random(seed).shuffle(shuffled)
    assert concentration(shuffled, percents=percents) == found


def test_the_span_and_what_counts_in_it() -> None:
    frame = sales(
        ("甲", 60.0, "李明", "2025-11-01", None),
        ("甲", -10.0, "李明", "2026-01-01", "won"),
        ("乙", 30.0, "李明", "2026-10-31 23:59", "won"),
        ("乙", 1000.0, "李明", "2025-10-31", "won"),
        ("乙", 1000.0, "李明", "2026-11-01", "won"),
        ("丙", 1000.0, "李明", "2026-01-01", "lost"),
        ("丙", 1000.0, "李明", None, "won"),
        (None, 1000.0, "李明", "2026-01-01", "won"),
        ("丁", 5.0, "李明", "2026-01-01", "won"),
        ("丁", -5.0, "李明", "2026-01-02", "won"),
    )
    before = frame.copy(deep=True)
    found = concentrations(frame, FIRST, LAST)
    assert found == [concentration([50.0, 30.0])]
    assert found == concentrations(frame, dt.datetime(2025, 11, 1, 15), dt.datetime(2026, 10, 31, 9), "all")
    pd.testing.assert_frame_equal(frame, before)


def test_a_customer_of_two_managers_is_one_of_each_and_one_of_the_business() -> None:
    frame = sales(
        ("甲", 30.0, "王芳", "2026-01-01", None),
        ("甲", 10.0, "李明", "2026-01-01", None),
        ("甲", 10.0, "李明", "2026-02-01", None),
        ("乙", 50.0, None, "2026-01-01", None),
        ("丙", -1.0, "赵强", "2026-01-01", None),
    )
    assert concentrations(frame, FIRST, LAST) == [concentration([50.0, 50.0])]
    assert concentrations(frame, FIRST, LAST, "manager", (20,)) == [concentration([20.0], "李明", (20,)), concentration([30.0], "王芳", (20,))]


def test_nothing_sold_is_not_measured() -> None:
    assert concentrations(sales(), FIRST, LAST) == concentrations(sales(), FIRST, LAST, "manager") == []
    assert concentrations(sales(("甲", 5.0, "李明", "2026-11-01", None)), FIRST, LAST) == []


def test_equal_customers_however_their_amounts_came_together() -> None:
    frame = sales(("甲", 0.1, "李明", "2026-01-01", None), ("甲", 0.2, "李明", "2026-01-01", None), ("乙", 0.3, "李明", "2026-01-01", None))
    assert concentrations(frame, FIRST, LAST) == [concentration([0.3, 0.3])]
