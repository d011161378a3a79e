"""A weekend's ticket counted by the hours of a business, day by day."""

from __future__ import annotations

import datetime as dt

import pytest

from amdash.service import opening
from amdash.service.rules import Rules
from amdash.service.settings import parse

NOW = dt.datetime(2026, 11, 24, 9, 0)
FRIDAY, MONDAY = dt.datetime(2026, 11, 13, 17, 50), dt.datetime(2026, 11, 16, 9, 10)


def times(found: opening.Counted) -> list[list[str]]:
    return [[f"{first:%H:%M}-{last:%H:%M}" for first, last in spans] for _day, spans in found.days]


def test_without_opening_hours_every_hour_counts() -> None:
    found = opening.weekend(None, NOW)
    assert (found.begun, found.done) == (FRIDAY, MONDAY)
    assert found.counted_hours == found.elapsed_hours == pytest.approx(63 + 1 / 3)
    assert times(found) == [["17:50-00:00"], ["00:00-00:00"], ["00:00-00:00"], ["00:00-09:10"]]


def test_an_office_counts_ten_minutes_at_each_end() -> None:
    found = opening.weekend(parse(["hours=mon-fri 09:00-12:00 13:00-18:00"], Rules()).opening, NOW)
    assert times(found) == [["17:50-18:00"], [], [], ["09:00-09:10"]]
    assert found.counted_hours == pytest.approx(1 / 3)


def test_saturdays_and_nights_are_there_on_the_day_they_fall_on() -> None:
    found = opening.weekend(parse(["hours=fri-sat 22:00-02:00; mon 09:00-18:00"], Rules()).opening, NOW)
    assert times(found) == [["22:00-00:00"], ["00:00-02:00", "22:00-00:00"], ["00:00-02:00"], ["09:00-09:10"]]
    assert found.counted_hours == pytest.approx(8 + 1 / 6)


def test_a_weekend_with_a_holiday_about_it_is_passed_over() -> None:
    office = parse(["country=CN", "closing_days=2026-11-16"], Rules()).opening
    found = opening.weekend(office, NOW)
    assert found.begun == dt.datetime(2026, 11, 6, 17, 50)
    # Where every weekend is special, the newest is better than none.
    days = ", ".join(str(FRIDAY.date() - dt.timedelta(weeks=back)) for back in range(26))
    closed = parse(["hours=mon-fri 09:00-18:00", f"closing_days={days}"], Rules()).opening
    assert times(opening.weekend(closed, NOW)) == [[], [], [], ["09:00-09:10"]]


def test_countries_and_their_parts() -> None:
    known = opening.countries()
    assert {"CN", "HK", "DE", "GB"} <= set(known)
    assert all(len(code) == 2 for code in known)
    assert opening.subdivisions("CN") == []
    assert "BY" in opening.subdivisions("DE")
