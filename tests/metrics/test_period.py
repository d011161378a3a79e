"""Months, quarters and years as texts: what they are, what they contain, what comes before."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amdash.metrics.period import (
    Every,
    is_month,
    is_period,
    is_series,
    kind_of,
    last_periods,
    last_week_of,
    month_of_week,
    months_of,
    period_of,
    periods_of,
    shift,
    week_of,
)

MONTHS = [f"2026-{number:02d}" for number in range(1, 13)]


@pytest.mark.parametrize(
    ("text", "kind"),
    [("2026-01", "month"), ("2026-12", "month"), ("2026-Q1", "quarter"), ("2026-Q4", "quarter"), ("2026", "year"), ("total", "total")],
)
def test_the_kind_of_a_period(text: str, kind: str) -> None:
    assert kind_of(text) == kind
    assert is_month(text) == (kind == "month")
    assert is_period(text) == (kind != "total")


@pytest.mark.parametrize(
    "text", ["", "2026-00", "2026-13", "2026-1", "2026-Q0", "2026-Q5", "2026-q1", "26", "20261", "2026-10-01", " 2026-10", "Total", "x2026"]
)
def test_what_is_no_period(text: str) -> None:
    assert not is_month(text)
    assert not is_period(text)
    with pytest.raises(ValueError, match=r"^" + text + r"$"):
        kind_of(text)


@pytest.mark.parametrize("text", ["2026-10\n", "２０２６-10", "2026-１0", "2026-Q1\n", "2026-Q１", "２０２６-Q1", "2026\n", "２０２６", "total\n"])
def test_a_period_is_nothing_but_its_own_characters(text: str) -> None:
    assert not is_month(text)
    assert not is_period(text)
    with pytest.raises(ValueError):
        kind_of(text)


@pytest.mark.parametrize(
    ("every", "periods"),
    [
        ("month", MONTHS),
        ("quarter", [f"2026-Q{quarter}" for quarter in (1, 1, 1, 2, 2, 2, 3, 3, 3, 4, 4, 4)]),
        ("year", ["2026"] * 12),
        ("total", ["total"] * 12),
    ],
)
def test_the_period_a_month_falls_into(every: Every, periods: list[str]) -> None:
    assert [period_of(month, every) for month in MONTHS] == periods


@pytest.mark.parametrize(
    ("period", "months"),
    [
        ("2026-10", ["2026-10"]),
        ("2026-Q1", ["2026-01", "2026-02", "2026-03"]),
        ("2026-Q2", ["2026-04", "2026-05", "2026-06"]),
        ("2026-Q3", ["2026-07", "2026-08", "2026-09"]),
        ("2026-Q4", ["2026-10", "2026-11", "2026-12"]),
        ("2026", MONTHS),
    ],
)
def test_the_months_of_a_period(period: str, months: list[str]) -> None:
    assert months_of(period) == months


@pytest.mark.parametrize("text", ["2026-13", "2026-10\n", "total", ""])
def test_what_is_no_period_or_has_no_end_has_no_months(text: str) -> None:
    with pytest.raises(ValueError) as caught:
        months_of(text)
    assert caught.value.args == (text,)


@pytest.mark.parametrize(
    ("month", "by", "shifted"),
    [
        ("2026-10", 0, "2026-10"),
        ("2026-10", 1, "2026-11"),
        ("2026-12", 1, "2027-01"),
        ("2026-01", -1, "2025-12"),
        ("2026-10", 12, "2027-10"),
        ("2026-10", -22, "2024-12"),
        ("2026-10", -21, "2025-01"),
        ("0999-12", 1, "1000-01"),
    ],
)
def test_months_later_and_earlier(month: str, by: int, shifted: str) -> None:
    assert shift(month, by) == shifted


@pytest.mark.parametrize(
    ("period", "count", "periods"),
    [
        ("2026-02", 4, ["2025-11", "2025-12", "2026-01", "2026-02"]),
        ("2026-Q2", 3, ["2025-Q4", "2026-Q1", "2026-Q2"]),
        ("2026-Q2", 6, ["2025-Q1", "2025-Q2", "2025-Q3", "2025-Q4", "2026-Q1", "2026-Q2"]),
        ("2026", 3, ["2024", "2025", "2026"]),
        ("2026-Q4", 1, ["2026-Q4"]),
        ("2026-10", 0, []),
    ],
)
def test_the_last_periods_end_with_the_one_asked_for(period: str, count: int, periods: list[str]) -> None:
    assert last_periods(period, count) == periods


months = st.builds("{:04d}-{:02d}".format, st.integers(1900, 2100), st.integers(1, 12))


@given(months, st.integers(-500, 500))
def test_a_shift_there_and_back_is_none(month: str, by: int) -> None:
    assert is_month(shift(month, by))
    assert shift(shift(month, by), -by) == month
    assert (shift(month, by) > month) == (by > 0)


@given(months, st.sampled_from(["month", "quarter", "year"]))
def test_a_month_is_one_of_the_months_of_its_period(month: str, every: Every) -> None:
    period = period_of(month, every)
    assert kind_of(period) == every
    assert month in months_of(period)
    assert {period_of(one, every) for one in months_of(period)} == {period}


# Weeks, and periods that share months


@pytest.mark.parametrize(
    ("text", "kind", "months"),
    [
        ("2026-08..2026-10", "rolling3", ["2026-08", "2026-09", "2026-10"]),
        ("2025-11..2026-10", "rolling12", [f"2025-{month}" for month in (11, 12)] + [f"2026-{month:02d}" for month in range(1, 11)]),
        ("2026-W01", "week", ["2026-W01"]),
        ("2026-W53", "week", ["2026-W53"]),
    ],
)
def test_the_kind_and_the_months_of_a_finer_period(text: str, kind: Every, months: list[str]) -> None:
    assert (kind_of(text), months_of(text)) == (kind, months)
    assert not is_period(text)


@pytest.mark.parametrize(
    "text", ["2026-08..2026-09", "2026-10..2026-08", "2026-13..2027-03", "2025-W53", "2026-W00", "2026-W54", "0000-W01", "2026-W1"]
)
def test_what_is_no_finer_period(text: str) -> None:
    with pytest.raises(ValueError, match=text[:7]):
        kind_of(text)


def test_a_month_belongs_to_as_many_rolling_periods_as_they_have_months() -> None:
    assert periods_of("2026-11", "rolling3") == ["2026-09..2026-11", "2026-10..2026-12", "2026-11..2027-01"]
    assert len(periods_of("2026-11", "rolling12")) == 12
    assert period_of("2026-11", "rolling3") == "2026-09..2026-11"
    assert periods_of("2026-11", "quarter") == ["2026-Q4"]
    assert period_of("2026-W07", "week") == "2026-W07"


@pytest.mark.parametrize("text", ["2026-01", "2026-Q4", "2026", "2026-W53", "1000-W01", "2026-08..2026-10", "2025-11..2026-10"])
def test_every_kind_that_others_come_before_is_a_series(text: str) -> None:
    assert is_series(text) is True


@pytest.mark.parametrize("text", ["total", "", "2026-13", "2026-Q5", "2025-W53", "0000-W01", "2026-08..2026-11", "2026-10..2026-08", "October"])
def test_everything_at_once_and_what_is_no_period_is_no_series(text: str) -> None:
    assert is_series(text) is False


def test_of_many_years_none_is_left_out() -> None:
    assert last_periods("2026", 30) == [str(year) for year in range(1997, 2027)]


def test_the_last_weeks_and_rolling_periods() -> None:
    assert last_periods("2026-W02", 3) == ["2025-W52", "2026-W01", "2026-W02"]
    assert last_periods("2027-W01", 2) == ["2026-W53", "2027-W01"]
    assert last_periods("2026-08..2026-10", 2) == ["2026-07..2026-09", "2026-08..2026-10"]


@pytest.mark.parametrize(("week", "month"), [("2026-W01", "2026-01"), ("2025-W01", "2025-01"), ("2026-W05", "2026-01"), ("2026-W53", "2026-12")])
def test_a_week_counts_to_the_month_of_its_thursday(week: str, month: str) -> None:
    assert month_of_week(week) == month


@given(st.dates(dt.date(1000, 2, 1), dt.date(2998, 12, 31)))
def test_a_day_is_in_its_week(day: dt.date) -> None:
    week = week_of(day)
    assert dt.date.fromisocalendar(int(week[:4]), int(week[6:]), 1) <= day <= dt.date.fromisocalendar(int(week[:4]), int(week[6:]), 7)
    assert kind_of(week) == "week"
    assert last_periods(week, 2)[0] == week_of(day - dt.timedelta(days=7))


def test_the_last_week_of_a_month_is_the_last_that_is_counted_to_it() -> None:
    for month in (f"{year}-{number:02d}" for year in range(2020, 2031) for number in range(1, 13)):
        week = last_week_of(month)
        following = dt.date.fromisocalendar(int(week[:4]), int(week[6:]), 4) + dt.timedelta(weeks=1)
        assert month_of_week(week) == month
        assert f"{following:%Y-%m}" == shift(month, 1)
