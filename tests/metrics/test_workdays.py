"""Which days are worked and from when to when: settings that hold together, the country's calendar, one's own days."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import holidays
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from amdash.errors import AmdashError
from amdash.metrics.workdays import OpeningHours, Span, Week, public_days, spans_between, workweek

NINE_TO_SIX: Span = (dt.time(9), dt.time(18))
MORNING: Span = (dt.time(9), dt.time(12))
AFTERNOON: Span = (dt.time(13), dt.time(18))
NIGHT: Span = (dt.time(22), dt.time(6))
WHOLE_DAY: Span = (dt.time(0), dt.time(0))
YEARS = range(2017, 2027)


def day_number(day: dt.date) -> int:
    return (day - dt.date(1970, 1, 1)).days


def spans_on(hours: OpeningHours, first: dt.date, last: dt.date | None = None) -> list[tuple[str, str]]:
    """The spans that start on the days, as texts such as '2026-10-01 09:00'."""
    opens, closes = spans_between(hours, day_number(first), day_number(last or first))
    assert (opens.dtype, closes.dtype) == ("int64", "int64")
    texts = [[str(moment).replace("T", " ")[:16] for moment in side.astype("datetime64[us]")] for side in (opens, closes)]
    return list(zip(*texts, strict=True))


def refusal(work: Callable[[], object]) -> tuple[str, dict[str, Any]]:
    with pytest.raises(AmdashError) as caught:
        work()
    return caught.value.code, caught.value.fields


def week_of(**days: tuple[Span, ...]) -> Week:
    return tuple(days.get(name, ()) for name in ("mon", "tue", "wed", "thu", "fri", "sat", "sun"))


@pytest.fixture(scope="module")
def china(real_data: Path) -> Any:
    return json.loads((real_data / "cn_workdays" / "expected.json").read_text(encoding="utf-8"))


def days_worked(hours: OpeningHours, year: int) -> set[str]:
    return {opened[:10] for opened, _ in spans_on(hours, dt.date(year, 1, 1), dt.date(year, 12, 31))}


def test_working_days_of_ten_chinese_years(china: Any) -> None:
    hours = OpeningHours(workweek(NINE_TO_SIX), "CN")
    assert {str(year): len(days_worked(hours, year)) for year in YEARS} == china["workdays_per_year"]
    # Weekdays alone are some ten days too many in every year.
    weekdays_only = OpeningHours(workweek(NINE_TO_SIX))
    assert all(len(days_worked(weekdays_only, year)) >= 260 for year in YEARS)


def test_the_weekend_days_worked_are_the_make_up_days_of_ten_years(china: Any) -> None:
    hours = OpeningHours(workweek(NINE_TO_SIX), "CN")
    worked = {day for year in YEARS for day in days_worked(hours, year) if dt.date.fromisoformat(day).weekday() >= 5}
    listed = {day for days in china["makeup_workdays"].values() for day in days}
    # The epidemic's first Monday back is in the notice too.
    assert listed - worked == {"2020-02-03"}
    assert worked <= listed
    assert "2020-02-03" in days_worked(hours, 2020)


def test_holidays_of_ten_chinese_years_are_off(real_data: Path) -> None:
    hours = OpeningHours(workweek(NINE_TO_SIX, days=range(5)), "CN")
    seen = 0
    for year in YEARS:
        worked = days_worked(hours, year)
        for day in json.loads((real_data / "cn_workdays" / f"{year}.json").read_text(encoding="utf-8"))["days"]:
            if day["date"].startswith(str(year)):
                assert (day["date"] in worked) is not day["isOffDay"], day
                seen += 1
    assert seen > 300


def test_public_days_are_the_librarys_whatever_years_are_asked() -> None:
    off, made_up = public_days("CN")
    assert dt.date(2026, 10, 1) in off
    assert dt.date(2026, 10, 10) in made_up
    assert (min(off).year, max(off).year) == (1950, 2100)
    bavaria, germany = public_days("DE", "BY")[0], public_days("DE")[0]
    assert germany < bavaria
    assert dt.date(2026, 1, 6) in bavaria - germany
    assert public_days("DE")[1] == frozenset()


@pytest.mark.parametrize("country", ["HU", "RU", "VN", "TW", "LV"])
def test_other_countries_that_make_up_for_bridges(country: str) -> None:
    hours, theirs = OpeningHours(workweek(NINE_TO_SIX), country), holidays.country_holidays(country, years=range(2014, 2026))
    for year in (2015, 2024):
        days = [dt.date(year, 1, 1) + dt.timedelta(number) for number in range(365)]
        assert days_worked(hours, year) - {f"{year}-12-31"} == {str(day) for day in days if theirs.is_working_day(day)} - {f"{year}-12-31"}


def test_spans_of_a_week_ascend_and_a_closed_day_has_none() -> None:
    hours = OpeningHours(workweek(AFTERNOON, MORNING, days=(0, 2)))
    assert spans_on(hours, dt.date(2026, 10, 5), dt.date(2026, 10, 11)) == [
        ("2026-10-05 09:00", "2026-10-05 12:00"),
        ("2026-10-05 13:00", "2026-10-05 18:00"),
        ("2026-10-07 09:00", "2026-10-07 12:00"),
        ("2026-10-07 13:00", "2026-10-07 18:00"),
    ]
    assert spans_on(hours, dt.date(2026, 10, 6)) == []
    assert spans_on(hours, dt.date(2026, 10, 6), dt.date(2026, 10, 5)) == []


@pytest.mark.parametrize("day", range(7))
def test_every_weekday_is_itself_also_before_1970(day: int) -> None:
    hours = OpeningHours(workweek(NINE_TO_SIX, days=[day]))
    for monday in (dt.date(1969, 12, 22), dt.date(2026, 10, 5)):
        date = str(monday + dt.timedelta(day))
        assert spans_on(hours, monday, monday + dt.timedelta(6)) == [(f"{date} 09:00", f"{date} 18:00")]


def test_a_night_ends_on_the_next_day_and_a_day_may_be_whole() -> None:
    assert spans_on(OpeningHours(workweek(NIGHT)), dt.date(2026, 10, 9), dt.date(2026, 10, 11)) == [("2026-10-09 22:00", "2026-10-10 06:00")]
    assert spans_on(OpeningHours(workweek(WHOLE_DAY)), dt.date(2026, 10, 9)) == [("2026-10-09 00:00", "2026-10-10 00:00")]
    late = OpeningHours(workweek((dt.time(18, 30), dt.time(0))))
    assert spans_on(late, dt.date(2026, 10, 9)) == [("2026-10-09 18:30", "2026-10-10 00:00")]


def test_a_closing_day_is_off_and_only_what_starts_on_it() -> None:
    hours = OpeningHours(workweek(NIGHT), closing_days=frozenset({dt.date(2026, 10, 7)}))
    assert spans_on(hours, dt.date(2026, 10, 6), dt.date(2026, 10, 8)) == [
        ("2026-10-06 22:00", "2026-10-07 06:00"),
        ("2026-10-08 22:00", "2026-10-09 06:00"),
    ]


def test_who_is_open_all_week_is_closed_on_holidays_and_closing_days() -> None:
    hours = OpeningHours(workweek(MORNING, days=range(7)), "DE", closing_days=frozenset({dt.date(2026, 12, 24)}))
    open_days = [opened[:10] for opened, _ in spans_on(hours, dt.date(2026, 12, 23), dt.date(2026, 12, 28))]
    # Christmas Day and the day after, which is a Saturday; the Sunday after that is open.
    assert open_days == ["2026-12-23", "2026-12-27", "2026-12-28"]


def test_a_closing_day_goes_before_the_countrys_make_up_day() -> None:
    sunday = dt.date(2026, 9, 20)
    assert spans_on(OpeningHours(workweek(NINE_TO_SIX), "CN"), sunday) == [("2026-09-20 09:00", "2026-09-20 18:00")]
    assert spans_on(OpeningHours(workweek(NINE_TO_SIX), "CN", closing_days=frozenset({sunday})), sunday) == []
    assert spans_on(OpeningHours(workweek(NINE_TO_SIX)), sunday) == []


def test_a_make_up_day_has_a_usual_days_hours_even_where_its_weekday_has_its_own() -> None:
    # Saturday 2026-10-10 makes up for the National Day week.
    saturday = dt.date(2026, 10, 10)
    hours = OpeningHours(week_of(mon=(AFTERNOON,), tue=(NINE_TO_SIX,), wed=(NINE_TO_SIX,), sat=(MORNING,)), "CN")
    assert spans_on(hours, saturday) == [("2026-10-10 09:00", "2026-10-10 18:00")]
    assert spans_on(hours, dt.date(2026, 10, 17)) == [("2026-10-17 09:00", "2026-10-17 12:00")]
    # A tie between two kinds of days goes to the earlier day's.
    tied = OpeningHours(week_of(tue=(AFTERNOON,), fri=(MORNING,), sat=(WHOLE_DAY,), sun=(WHOLE_DAY,)), "CN")
    assert spans_on(tied, saturday) == [("2026-10-10 13:00", "2026-10-10 18:00")]


def test_who_works_on_one_weekday_only_makes_up_with_it() -> None:
    assert spans_on(OpeningHours(workweek(MORNING, days=[4]), "CN"), dt.date(2026, 10, 10)) == [("2026-10-10 09:00", "2026-10-10 12:00")]


def test_who_works_at_weekends_alone_has_nothing_to_make_up() -> None:
    hours = OpeningHours(workweek(MORNING, days=[6]), "CN")
    assert spans_on(hours, dt.date(2026, 10, 10)) == []
    assert spans_on(hours, dt.date(2026, 9, 20)) == [("2026-09-20 09:00", "2026-09-20 12:00")]


def test_an_extra_day_goes_before_a_holiday_with_its_weekdays_hours_or_a_usual_days() -> None:
    thursday, sunday = dt.date(2026, 10, 1), dt.date(2026, 10, 4)
    week = week_of(mon=(NINE_TO_SIX,), tue=(NINE_TO_SIX,), thu=(MORNING,))
    assert spans_on(OpeningHours(week, "CN"), thursday, sunday) == []
    hours = OpeningHours(week, "CN", extra_days=frozenset({thursday, sunday}))
    assert spans_on(hours, thursday, sunday) == [("2026-10-01 09:00", "2026-10-01 12:00"), ("2026-10-04 09:00", "2026-10-04 18:00")]
    at_weekends = OpeningHours(workweek(AFTERNOON, days=[5]), extra_days=frozenset({sunday}))
    assert spans_on(at_weekends, sunday) == [("2026-10-04 13:00", "2026-10-04 18:00")]


def test_an_extra_night_that_meets_an_early_opening_is_counted_once() -> None:
    # Sunday's extra night would last until 06:00 on Monday, which opens at 04:00.
    early: Span = (dt.time(4), dt.time(5))
    week = week_of(mon=(early, NINE_TO_SIX), tue=(NIGHT,), thu=(NIGHT,))
    hours = OpeningHours(week, extra_days=frozenset({dt.date(2026, 10, 4)}))
    # The hour from 04:00 is inside the night and no span of its own.
    assert spans_on(hours, dt.date(2026, 10, 4), dt.date(2026, 10, 5)) == [
        ("2026-10-04 22:00", "2026-10-05 06:00"),
        ("2026-10-05 09:00", "2026-10-05 18:00"),
    ]
    covered = OpeningHours(week_of(mon=((dt.time(4), dt.time(6)),), tue=(NIGHT,), thu=(NIGHT,)), extra_days=frozenset({dt.date(2026, 10, 4)}))
    assert spans_on(covered, dt.date(2026, 10, 4), dt.date(2026, 10, 5)) == [("2026-10-04 22:00", "2026-10-05 06:00")]
    longer = OpeningHours(week_of(mon=((dt.time(4), dt.time(9)),), tue=(NIGHT,), thu=(NIGHT,)), extra_days=frozenset({dt.date(2026, 10, 4)}))
    assert spans_on(longer, dt.date(2026, 10, 5), dt.date(2026, 10, 5)) == [("2026-10-05 04:00", "2026-10-05 09:00")]
    # Thursday's night, before them, has nothing to do with it.
    assert spans_on(longer, dt.date(2026, 10, 1), dt.date(2026, 10, 5)) == [
        ("2026-10-01 22:00", "2026-10-02 06:00"),
        ("2026-10-04 22:00", "2026-10-05 06:00"),
        ("2026-10-05 06:00", "2026-10-05 09:00"),
    ]


def test_a_week_needs_seven_days_and_an_hour_of_work() -> None:
    assert refusal(lambda: OpeningHours(())) == ("hours_unreadable", {"key": "week"})
    assert refusal(lambda: OpeningHours(((NINE_TO_SIX,),) * 6)) == ("hours_unreadable", {"key": "week"})
    assert refusal(lambda: OpeningHours(((NINE_TO_SIX,),) * 8)) == ("hours_unreadable", {"key": "week"})
    assert refusal(lambda: OpeningHours(((),) * 7)) == ("hours_none", {})


@pytest.mark.parametrize(
    ("moment", "text"), [(dt.time(9, 0, 1), "09:00:01"), (dt.time(9, 0, 0, 1), "09:00:00.000001"), (dt.time(9, tzinfo=dt.UTC), "09:00:00+00:00")]
)
def test_times_are_local_and_to_the_minute(moment: dt.time, text: str) -> None:
    expected = ("hours_time_invalid", {"weekday": "tue", "value": text})
    assert refusal(lambda: OpeningHours(workweek((moment, dt.time(18)), days=[1]))) == expected
    assert refusal(lambda: OpeningHours(workweek((dt.time(8), moment), days=[1]))) == expected


def test_an_empty_span_is_refused_and_only_midnight_to_midnight_is_a_day() -> None:
    nine = dt.time(9)
    assert refusal(lambda: OpeningHours(workweek((nine, nine), days=[6]))) == ("hours_span_empty", {"weekday": "sun", "start": "09:00"})
    assert OpeningHours(workweek(WHOLE_DAY, days=range(7))).week == ((WHOLE_DAY,),) * 7


def test_overlapping_spans_are_refused_within_a_day_and_past_midnight() -> None:
    long: Span = (dt.time(8), dt.time(13, 1))
    assert refusal(lambda: OpeningHours(workweek(AFTERNOON, long, days=[2]))) == (
        "hours_overlap",
        {"weekday": "wed", "span": "08:00-13:01", "other_weekday": "wed", "other_span": "13:00-18:00"},
    )
    early: Span = (dt.time(5, 59), dt.time(12))
    assert refusal(lambda: OpeningHours(week_of(tue=(NIGHT,), wed=(early,)))) == (
        "hours_overlap",
        {"weekday": "tue", "span": "22:00-06:00", "other_weekday": "wed", "other_span": "05:59-12:00"},
    )
    assert refusal(lambda: OpeningHours(week_of(sun=(NIGHT,), mon=(early,)))) == (
        "hours_overlap",
        {"weekday": "sun", "span": "22:00-06:00", "other_weekday": "mon", "other_span": "05:59-12:00"},
    )
    assert refusal(lambda: OpeningHours(workweek((dt.time(18), dt.time(0)), (dt.time(23), dt.time(23, 30)), days=[0])))[1]["span"] == "18:00-24:00"
    assert refusal(lambda: OpeningHours(workweek(MORNING, MORNING, days=[0])))[0] == "hours_overlap"


def test_touching_spans_are_not_overlapping() -> None:
    shifts = (dt.time(6), dt.time(14)), (dt.time(14), dt.time(22)), NIGHT
    hours = OpeningHours(workweek(*shifts, days=range(7)))
    opens, closes = spans_between(hours, 0, 13)
    assert len(opens) == 42
    np.testing.assert_array_equal(opens[1:], closes[:-1])
    assert OpeningHours(workweek(NIGHT, days=[6])).week[6] == (NIGHT,)
    assert len(spans_on(OpeningHours(workweek(MORNING, (dt.time(12), dt.time(18)))), dt.date(2026, 10, 5))) == 2


def test_a_day_cannot_be_closed_and_extra() -> None:
    days = frozenset({dt.date(2026, 10, 4), dt.date(2026, 10, 3)})
    more = days | {dt.date(2026, 1, 1)}
    assert refusal(lambda: OpeningHours(workweek(NINE_TO_SIX), closing_days=days, extra_days=more)) == ("hours_day_both", {"date": "2026-10-03"})


def test_countries_and_subdivisions_the_library_does_not_know() -> None:
    week = workweek(NINE_TO_SIX)
    for country in ("XX", "cn", "", "HolidayBase"):
        assert refusal(lambda country=country: OpeningHours(week, country)) == ("country_unknown", {"country": country})
    code, fields = refusal(lambda: OpeningHours(week, "DE", "ZZ"))
    assert (code, fields["country"], fields["subdivision"]) == ("subdivision_unknown", "DE", "ZZ")
    assert {"BY", "BE"} <= set(fields["known"])
    assert refusal(lambda: OpeningHours(week, "CN", "BJ")) == ("subdivision_unknown", {"country": "CN", "subdivision": "BJ", "known": []})
    assert refusal(lambda: OpeningHours(week, None, "BY")) == ("subdivision_unknown", {"country": "", "subdivision": "BY", "known": []})
    assert spans_on(OpeningHours(week, "DE", "BY"), dt.date(2026, 1, 6)) == []
    assert len(spans_on(OpeningHours(week, "DE", "BE"), dt.date(2026, 1, 6))) == 1


SETTINGS = {
    "week": {
        "mon": [["09:00", "12:00"], ["13:00", "18:00"]],
        "tue": [["22:00", "06:00"]],
        "wed": [["18:30", "24:00"]],
        "thu": [],
        "fri": [["00:00", "24:00"]],
        "sat": [],
        "sun": [],
    },
    "country": "DE",
    "subdivision": "BY",
    "closing_days": ["2026-08-03", "2026-12-24"],
    "extra_days": ["2026-10-03"],
}


def test_settings_are_read_and_written() -> None:
    hours = OpeningHours(
        week_of(mon=(MORNING, AFTERNOON), tue=(NIGHT,), wed=((dt.time(18, 30), dt.time(0)),), fri=(WHOLE_DAY,)),
        "DE",
        "BY",
        frozenset({dt.date(2026, 8, 3), dt.date(2026, 12, 24)}),
        frozenset({dt.date(2026, 10, 3)}),
    )
    assert hours.to_dict() == SETTINGS
    assert OpeningHours.from_dict(SETTINGS) == hours
    assert OpeningHours.from_dict(json.loads(json.dumps(hours.to_dict()))) == hours
    assert hash(OpeningHours.from_dict(SETTINGS)) == hash(hours)


def test_settings_as_people_type_them() -> None:
    typed = {"week": {"fri": [("13:00", "18:00"), ("9:00", "12:00")], "mon": None}, "country": "", "subdivision": "", "closing_days": None}
    assert OpeningHours.from_dict(typed) == OpeningHours(workweek(MORNING, AFTERNOON, days=[4]))
    assert OpeningHours.from_dict({"week": {"fri": [["00:00", "00:00"]]}}) == OpeningHours(workweek(WHOLE_DAY, days=[4]))


@pytest.mark.parametrize(
    ("given_settings", "code", "fields"),
    [
        ([], "hours_unreadable", {"key": ""}),
        ({}, "hours_unreadable", {"key": "week"}),
        ({"week": []}, "hours_unreadable", {"key": "week"}),
        ({"week": {"mon": [["09:00", "18:00"]]}, "holidays": True}, "hours_unreadable", {"key": "holidays"}),
        ({"week": {"mon": "09:00-18:00"}}, "hours_unreadable", {"key": "mon"}),
        ({"week": {"mon": ["09:00", "18:00"]}}, "hours_unreadable", {"key": "mon"}),
        ({"week": {"tue": [["09:00"]]}}, "hours_unreadable", {"key": "tue"}),
        ({"week": {"tue": [["09:00", "12:00", "18:00"]]}}, "hours_unreadable", {"key": "tue"}),
        ({"week": {}}, "hours_none", {}),
        (
            {"week": {"Monday": [["09:00", "18:00"]]}},
            "hours_weekday_unknown",
            {"weekday": "Monday", "known": ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]},
        ),
        ({"week": {"mon": [["9", "18:00"]]}}, "hours_time_invalid", {"weekday": "mon", "value": "9"}),
        ({"week": {"mon": [["09:00", "25:00"]]}}, "hours_time_invalid", {"weekday": "mon", "value": "25:00"}),
        ({"week": {"mon": [["09:00", "18:60"]]}}, "hours_time_invalid", {"weekday": "mon", "value": "18:60"}),
        ({"week": {"mon": [["24:00", "06:00"]]}}, "hours_time_invalid", {"weekday": "mon", "value": "24:00"}),
        ({"week": {"sun": [["09:00", "18:00\n"]]}}, "hours_time_invalid", {"weekday": "sun", "value": "18:00\n"}),
        ({"week": {"sun": [["09:00", 18]]}}, "hours_time_invalid", {"weekday": "sun", "value": "18"}),
        ({"week": {"sun": [["09:00", None]]}}, "hours_time_invalid", {"weekday": "sun", "value": "None"}),
        ({"week": {"mon": [["09:00", "18:00"]]}, "country": 86}, "hours_unreadable", {"key": "country"}),
        ({"week": {"mon": [["09:00", "18:00"]]}, "subdivision": ["BY"]}, "hours_unreadable", {"key": "subdivision"}),
        ({"week": {"mon": [["09:00", "18:00"]]}, "country": "XX"}, "country_unknown", {"country": "XX"}),
        ({"week": {"mon": [["09:00", "18:00"]]}, "closing_days": "2026-10-01"}, "hours_unreadable", {"key": "closing_days"}),
        (
            {"week": {"mon": [["09:00", "18:00"]]}, "closing_days": ["2026-02-30"]},
            "hours_day_invalid",
            {"key": "closing_days", "value": "2026-02-30"},
        ),
        ({"week": {"mon": [["09:00", "18:00"]]}, "extra_days": [None]}, "hours_day_invalid", {"key": "extra_days", "value": "None"}),
        (
            {"week": {"mon": [["09:00", "18:00"]]}, "extra_days": ["2026-10-04"], "closing_days": ["2026-10-04"]},
            "hours_day_both",
            {"date": "2026-10-04"},
        ),
    ],
)
def test_settings_that_do_not_hold(given_settings: Any, code: str, fields: dict[str, Any]) -> None:
    assert refusal(lambda: OpeningHours.from_dict(given_settings)) == (code, fields)


def test_the_settings_given_are_left_as_they_were() -> None:
    given_settings = json.loads(json.dumps(SETTINGS))
    OpeningHours.from_dict(given_settings).to_dict()["week"]["mon"].clear()
    assert given_settings == SETTINGS


minutes = st.integers(0, 24 * 60 - 1).map(lambda minute: dt.time(minute // 60, minute % 60))
dates = st.frozensets(st.dates(dt.date(2020, 1, 1), dt.date(2030, 12, 31)), max_size=4)


@given(minutes, minutes, st.sets(st.integers(0, 6), min_size=1), st.sampled_from([None, "CN", "US"]), dates, dates)
def test_what_is_written_reads_the_same(
    start: dt.time, end: dt.time, days: set[int], country: str | None, closing: frozenset[dt.date], extra: frozenset[dt.date]
) -> None:
    if start == end:
        start = end = dt.time(0)
    # A single span is at most a day long and cannot reach its own next one, whatever the days.
    hours = OpeningHours(workweek((start, end), days=days), country, None, closing - extra, extra)
    assert OpeningHours.from_dict(json.loads(json.dumps(hours.to_dict()))) == hours
