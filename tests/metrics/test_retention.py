"""Retention: which windows are compared, who was active in them, whose each customer is, and the real sheets' figures."""

from __future__ import annotations

import json
import random
from collections.abc import Callable
from dataclasses import FrozenInstanceError
from pathlib import Path
from typing import Any

import hypothesis
import pandas as pd
import pytest
from hypothesis import strategies as st

from amdash.metrics.retention import Windows, base, covered, retention, windows
from amdash.metrics.spec import Facts
from tests.metrics.files import facts_of

Make = Callable[..., Facts]
# August, then September 2026.
MONTHS = Windows(("2026-08", "2026-08"), ("2026-09", "2026-09"))


def sale(customer: str | None, date: str, manager: str | None = "李明", amount: float = 1.0, **more: Any) -> dict[str, Any]:
    return {"date": date, "amount": amount, "manager": manager, "customer": customer, **more}


def told(frame: pd.DataFrame) -> list[tuple[Any, ...]]:
    """manager (None where missing), base, retained, retained_by_same, rate of every row."""
    return [(None if pd.isna(row.manager) else row.manager, row.base, row.retained, row.retained_by_same, row.rate) for row in frame.itertuples()]


@pytest.mark.parametrize(
    ("period", "months", "earlier", "later"),
    [
        ("2026-10", 12, ("2024-11", "2025-10"), ("2025-11", "2026-10")),
        ("2018", 12, ("2017-01", "2017-12"), ("2018-01", "2018-12")),
        ("2017-Q2", 3, ("2017-01", "2017-03"), ("2017-04", "2017-06")),
        ("2026-01", 1, ("2025-12", "2025-12"), ("2026-01", "2026-01")),
    ],
)
def test_the_second_window_ends_with_the_period_and_the_first_right_before_it(
    period: str, months: int, earlier: tuple[str, str], later: tuple[str, str]
) -> None:
    assert windows(period, months) == Windows(earlier, later)


def test_twelve_months_where_nothing_is_said() -> None:
    assert windows("2026-10") == windows("2026-10", 12)


@pytest.mark.parametrize(("period", "months"), [("2026-10", 0), ("2026-10", -1), ("2026-13", 12), ("total", 12)])
def test_no_window(period: str, months: int) -> None:
    with pytest.raises(ValueError):
        windows(period, months)


def test_who_bought_in_both_over_who_bought_in_the_first(facts: Make) -> None:
    given = facts(
        sales=[
            sale("甲", "2026-08-01"),
            sale("甲", "2026-08-31"),
            sale("乙", "2026-08-31"),
            sale("丙", "2026-08-02"),
            sale("甲", "2026-09-01"),
            sale("乙", "2026-09-30"),
            sale("丁", "2026-09-30"),
            sale("丙", "2026-10-01"),
            sale("戊", "2026-07-31"),
            sale("戊", "2026-09-01"),
        ]
    )
    assert told(retention(given, MONTHS)) == [("李明", 3, 2, 2, pytest.approx(2 / 3))]
    assert base(given, MONTHS).to_dict("list") == {
        "who": ["丙", "乙", "甲"],
        "manager": ["李明"] * 3,
        "retained": [False, True, True],
        "retained_by_same": [False, True, True],
    }


def test_every_month_of_a_window_counts(facts: Make) -> None:
    between = windows("2026-Q3", 3)
    first, last = ("2026-04-01", "2026-06-30"), ("2026-07-01", "2026-09-30")
    rows = [sale(f"{then}{now}", date) for then in first for now in last for date in (then, now)]
    outside = [sale("早", "2026-03-31"), sale("早", "2026-07-01"), sale("晚", "2026-04-01"), sale("晚", "2026-10-01")]
    assert told(retention(facts(sales=[*rows, *outside]), between)) == [("李明", 5, 4, 4, 0.8)]


def test_windows_do_not_change() -> None:
    with pytest.raises(FrozenInstanceError):
        MONTHS.earlier = ("2026-01", "2026-01")  # type: ignore[misc]


def test_a_customer_handed_over_is_kept_and_counts_for_who_had_it(facts: Make) -> None:
    given = facts(
        sales=[
            sale("甲", "2026-08-01", "李明"),
            sale("甲", "2026-09-01", "王芳"),
            sale("乙", "2026-08-01", "王芳"),
            sale("丙", "2026-08-01", "王芳"),
            sale("丙", "2026-09-01", "王芳"),
            sale("丙", "2026-09-02", "李明"),
        ]
    )
    assert told(retention(given, MONTHS)) == [("李明", 1, 1, 0, 1.0), ("王芳", 2, 1, 1, 0.5)]
    assert told(retention(given, MONTHS, by_manager=False)) == [(None, 3, 2, 1, pytest.approx(2 / 3))]


def test_a_customer_of_several_managers_counts_once_for_the_last_that_is_named(facts: Make) -> None:
    given = facts(
        sales=[
            sale("甲", "2026-08-20", "王芳"),
            sale("甲", "2026-08-10", "李明", 900.0),
            sale("甲", "2026-08-31", None, 900.0),
            sale("甲", "2026-09-01", "李明"),
        ]
    )
    assert told(retention(given, MONTHS)) == [("王芳", 1, 1, 0, 1.0)]


def test_of_one_days_sales_the_largest_names_the_manager(facts: Make) -> None:
    rows = [sale("甲", "2026-08-20", "王芳", 5.0), sale("甲", "2026-08-20", "李明", 7.0), sale("甲", "2026-08-20", "赵强", 6.0)]
    for given in (facts(sales=rows), facts(sales=rows[::-1])):
        assert list(retention(given, MONTHS)["manager"]) == ["李明"]


def test_who_has_no_manager_is_of_the_business_alone(facts: Make) -> None:
    given = facts(sales=[sale("甲", "2026-08-01", None), sale("甲", "2026-09-01", None), sale("乙", "2026-08-01"), sale("乙", "2026-09-01", None)])
    # Two sales that name nobody are not two of the same manager.
    assert told(retention(given, MONTHS)) == [("李明", 1, 1, 0, 1.0), (None, 1, 1, 0, 1.0)]


@pytest.mark.parametrize("other", [{"status": "lost"}, {"status": "open"}, {"amount": -1.0}])
def test_a_lost_or_open_deal_or_a_refund_is_no_purchase(facts: Make, other: dict[str, Any]) -> None:
    won = sale("乙", "2026-08-01")
    assert told(retention(facts(sales=[won, sale("甲", "2026-08-01", **other)]), MONTHS)) == [("李明", 1, 0, 0, 0.0)]
    assert told(retention(facts(sales=[won, sale("乙", "2026-09-01", **other)]), MONTHS)) == [("李明", 1, 0, 0, 0.0)]


@pytest.mark.parametrize("other", [{"status": "won"}, {"amount": 0.0}])
def test_a_won_deal_or_a_free_sample_is_one(facts: Make, other: dict[str, Any]) -> None:
    assert told(retention(facts(sales=[sale("乙", "2026-08-01", **other), sale("乙", "2026-09-01", **other)]), MONTHS)) == [("李明", 1, 1, 1, 1.0)]


def test_a_number_and_the_name_that_has_it_are_one_customer_and_who_has_neither_is_none(facts: Make) -> None:
    given = facts(sales=[sale("甲", "2026-08-01", customer_no="K1"), sale("甲", "2026-09-01"), sale(None, "2026-08-01"), sale(None, "2026-09-01")])
    assert base(given, MONTHS)["who"].tolist() == ["K1"]
    assert told(retention(given, MONTHS)) == [("李明", 1, 1, 1, 1.0)]


@pytest.mark.parametrize("by_manager", [True, False])
def test_nobody_in_the_first_window_is_not_measured(facts: Make, by_manager: bool) -> None:
    for given in (facts(), facts(sales=[sale("甲", "2026-09-01")]), facts(sales=[sale(None, "2026-08-01")])):
        found = retention(given, MONTHS, by_manager=by_manager)
        assert found.empty
        assert {name: str(dtype) for name, dtype in found.dtypes.items()} == {
            "manager": "str",
            "base": "int64",
            "retained": "int64",
            "retained_by_same": "int64",
            "rate": "float64",
        }
        assert list(base(given, MONTHS)) == ["who", "manager", "retained", "retained_by_same"]


@pytest.mark.parametrize(
    ("first", "last", "whole"),
    [
        ("2026-08-31", "2026-09-01", True),
        ("2026-07-01", "2026-10-01", True),
        ("2026-09-01", "2026-09-30", False),
        ("2026-08-01", "2026-08-31", False),
    ],
)
def test_the_sales_must_reach_over_both_windows(facts: Make, first: str, last: str, whole: bool) -> None:
    assert covered(facts(sales=[sale("甲", first), sale("乙", last)]), MONTHS) is whole


@pytest.mark.parametrize(
    ("first", "last", "whole"), [("2026-04-30", "2026-09-01", True), ("2026-05-01", "2026-09-01", False), ("2026-04-30", "2026-08-31", False)]
)
def test_the_sales_must_reach_over_the_whole_of_longer_windows(facts: Make, first: str, last: str, whole: bool) -> None:
    assert covered(facts(sales=[sale("甲", first), sale("乙", last)]), windows("2026-Q3", 3)) is whole


def test_no_sales_reach_over_nothing(facts: Make) -> None:
    assert covered(facts(), MONTHS) is False


ROWS = st.lists(
    st.tuples(st.sampled_from("甲乙丙丁"), st.sampled_from(["07", "08", "09", "10"]), st.sampled_from(["李明", "王芳", None])), max_size=20
)


@hypothesis.settings(max_examples=40)
@hypothesis.given(rows=ROWS, seed=st.integers(0, 99))
def test_managers_add_up_and_the_order_of_rows_is_irrelevant(facts: Make, rows: list[tuple[str, str, str | None]], seed: int) -> None:
    sold = [sale(customer, f"2026-{month}-{1 + place}", manager) for place, (customer, month, manager) in enumerate(rows)]
    given = facts(sales=sold)
    before = given["sales"].copy(deep=True)
    found, whole = retention(given, MONTHS), retention(given, MONTHS, by_manager=False)
    pd.testing.assert_frame_equal(given["sales"], before)
    for name in ("base", "retained", "retained_by_same"):
        assert found[name].sum() == whole[name].sum()
    assert (found["retained_by_same"] <= found["retained"]).all()
    first, second = ({customer for customer, month, _ in rows if month == number} for number in ("08", "09"))
    assert (whole["base"].sum(), whole["retained"].sum()) == (len(first), len(first & second))
    random.Random(seed).shuffle(sold)
    pd.testing.assert_frame_equal(retention(facts(sales=sold), MONTHS), found)


def test_the_supermarket_from_year_to_year(real_data: Path) -> None:
    folder = real_data / "supermarket_cn"
    facts, says = facts_of(folder / "orders.xlsx"), json.loads((folder / "orders.expected.json").read_text(encoding="utf-8"))
    for name, expected in says["retention"].items():
        between = windows(name[-4:])
        whole, parts = retention(facts, between, by_manager=False), retention(facts, between)
        assert told(whole)[0][1:3] == (expected["base"], expected["retained"])
        assert whole["rate"].item() == pytest.approx(expected["rate"], abs=1e-8)
        # 768 of the 790 customers buy from several managers; each is one manager's here.
        assert (parts["base"].sum(), parts["retained"].sum()) == (expected["base"], expected["retained"])
        assert set(parts["manager"]) == set(says["by_manager"])
        assert covered(facts, between)
    assert not covered(facts, windows("2017"))
    assert not covered(facts, windows("2020"))


def test_the_pipelines_accounts_from_quarter_to_quarter(real_data: Path) -> None:
    folder = real_data / "crm_pipeline"
    facts = facts_of(*(folder / name for name in ("sales_pipeline.csv", "accounts.csv", "sales_teams.csv")))
    says = json.loads((folder / "expected.json").read_text(encoding="utf-8"))["retention_accounts_q"]
    assert len(says) == 3
    for name, expected in says.items():
        between = windows(f"{name[-6:-2]}-{name[-2:]}", 3)
        found = retention(facts, between, by_manager=False)
        assert told(found)[0][1:3] == (expected["base"], expected["retained"])
        assert found["rate"].item() == expected["rate"]
        # Deals are closed from March 2017 on: of the first quarter two months are missing.
        assert covered(facts, between) is not name.startswith("2017Q1")
