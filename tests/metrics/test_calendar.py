"""The working-hours clock against published cases, hours counted by hand, a slow counter, and itself on other engines."""

from __future__ import annotations

import datetime as dt
import json
from collections import Counter
from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import holidays
import narwhals as nw
import numpy as np
import pandas as pd
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from amdash.metrics.calendar import add_working_hours, calendar_table, with_elapsed_hours, with_working_hours, working_hours
from amdash.metrics.workdays import OpeningHours, Span, Week, workweek

try:
    import duckdb
except ImportError:
    duckdb = None

NINE_TO_SIX: Span = (dt.time(9), dt.time(18))
LUNCH: tuple[Span, Span] = ((dt.time(9), dt.time(12)), (dt.time(13), dt.time(18)))
NIGHT: Span = (dt.time(22), dt.time(6))
OFFICE = OpeningHours(workweek(NINE_TO_SIX), "CN")
WITH_LUNCH = OpeningHours(workweek(*LUNCH), "CN")
WEEKDAYS_ONLY = OpeningHours(workweek(NINE_TO_SIX))
NIGHTS = OpeningHours(workweek(NIGHT))
ALWAYS = OpeningHours(workweek((dt.time(0), dt.time(0)), days=range(7)))
UNITS = ("s", "ms", "us", "ns")
ENGINES = ("pandas", "polars", "polars lazy", "duckdb")
TICK = dt.timedelta(minutes=10)


def moments(*texts: str | None, unit: str = "us") -> pd.Series:
    return pd.Series(pd.to_datetime(pd.Series(texts, dtype="object"))).astype(f"datetime64[{unit}]")


def between(start: str | None, end: str | None, hours: OpeningHours) -> float:
    """The working hours between two moments, both as texts."""
    return float(working_hours(moments(start), moments(end), hours)[0])


def due(moment: str, amount_hours: float, hours: OpeningHours) -> str:
    return str(pd.Timestamp(add_working_hours(moments(moment), amount_hours, hours)[0]))


# ---- published cases


@pytest.fixture(scope="module")
def cases(real_data: Path) -> pd.DataFrame:
    frame = pd.DataFrame(json.loads((real_data / "cn_workdays" / "expected.json").read_text(encoding="utf-8"))["business_hours_9_18"])
    assert len(frame) == 14
    return frame.assign(start=pd.to_datetime(frame["start"]), end=pd.to_datetime(frame["end"]))


@pytest.mark.parametrize(("hours", "column"), [(OFFICE, "hours"), (WITH_LUNCH, "hours_lunch_12_13"), (WEEKDAYS_ONLY, "TRAP_weekday_only")])
def test_the_published_cases(cases: pd.DataFrame, hours: OpeningHours, column: str) -> None:
    assert working_hours(cases["start"], cases["end"], hours).tolist() == cases[column].tolist()


def test_a_clock_that_knows_weekdays_only_fails_the_published_cases(cases: pd.DataFrame) -> None:
    trapped = working_hours(cases["start"], cases["end"], WEEKDAYS_ONLY) != cases["hours"]
    # Two of the fourteen lie outside all hours, on any calendar.
    assert trapped.sum() == 12
    assert cases.loc[~trapped, "hours"].tolist() == [0.0, 0.0]


def test_round_the_clock_is_elapsed_time_in_the_published_cases(cases: pd.DataFrame) -> None:
    assert working_hours(cases["start"], cases["end"], ALWAYS).tolist() == cases["calendar_hours"].tolist()


@pytest.mark.parametrize("engine", ENGINES)
def test_the_published_cases_on_every_engine(cases: pd.DataFrame, engine: str, missing: Callable[[str], None]) -> None:
    assert on(engine, cases[["start", "end"]], WITH_LUNCH, missing).tolist() == cases["hours_lunch_12_13"].tolist()


# ---- hours counted by hand


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        # Monday 2026-11-02, no holiday near.
        ("2026-11-02 09:00", "2026-11-02 09:00", 0.0),
        ("2026-11-02 08:00", "2026-11-02 09:00", 0.0),
        ("2026-11-02 08:59", "2026-11-02 09:15", 0.25),
        ("2026-11-02 09:00", "2026-11-02 12:00", 3.0),
        ("2026-11-02 12:00", "2026-11-02 13:00", 0.0),
        ("2026-11-02 11:30", "2026-11-02 13:30", 1.0),
        ("2026-11-02 12:15", "2026-11-02 12:45", 0.0),
        ("2026-11-02 18:00", "2026-11-03 09:00", 0.0),
        ("2026-11-02 17:59", "2026-11-03 09:01", 2 / 60),
        ("2026-11-02 00:00", "2026-11-03 00:00", 8.0),
        ("2026-11-06 17:00", "2026-11-09 10:00", 2.0),
        ("2026-11-07 10:00", "2026-11-08 20:00", 0.0),
        ("2026-11-02 09:00", "2026-11-08 23:59:59", 40.0),
        ("2026-11-02 09:00:00.000001", "2026-11-02 10:00", 1 - 1 / 3.6e9),
    ],
)
def test_hours_counted_by_hand(start: str, end: str, expected: float) -> None:
    assert between(start, end, WITH_LUNCH) == expected


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        ("2026-11-02 21:00", "2026-11-03 07:00", 8.0),
        ("2026-11-02 23:30", "2026-11-03 00:30", 1.0),
        ("2026-11-03 00:00", "2026-11-03 06:00", 6.0),
        ("2026-11-03 05:00", "2026-11-03 05:30", 0.5),
        ("2026-11-03 06:00", "2026-11-03 22:00", 0.0),
        # Friday's night ends on Saturday; Sunday has none, so Monday begins with none.
        ("2026-11-06 22:00", "2026-11-07 12:00", 8.0),
        ("2026-11-07 03:00", "2026-11-07 04:00", 1.0),
        ("2026-11-08 12:00", "2026-11-09 22:00", 0.0),
        ("2026-11-02 00:00", "2026-11-09 00:00", 40.0),
    ],
)
def test_nights_belong_to_the_day_on_which_they_start(start: str, end: str, expected: float) -> None:
    assert between(start, end, NIGHTS) == expected


def test_the_night_before_a_closing_day_runs_on_into_it() -> None:
    closed = OpeningHours(workweek(NIGHT), closing_days=frozenset({dt.date(2026, 11, 3)}))
    assert between("2026-11-03 00:00", "2026-11-04 00:00", closed) == 6.0
    assert between("2026-11-04 00:00", "2026-11-04 22:00", closed) == 0.0


def test_an_exceptional_night_and_an_early_opening_are_counted_once() -> None:
    week: Week = (((dt.time(4), dt.time(12)),), (NIGHT,), (NIGHT,), (), (), (), ())
    hours = OpeningHours(week, extra_days=frozenset({dt.date(2026, 11, 1)}))
    # Sunday 22:00 to Monday 12:00, though Monday's own eight hours begin at 04:00.
    assert between("2026-11-01 00:00", "2026-11-02 20:00", hours) == 14.0


def test_round_the_clock_without_holidays_is_elapsed_time() -> None:
    assert between("2025-12-30 13:37:11.5", "2026-01-02 01:02:03.25", ALWAYS) == 59 + 24 / 60 + 51.75 / 3600


def test_an_end_before_its_start_is_no_time() -> None:
    assert between("2026-11-02 15:00", "2026-11-02 10:00", OFFICE) == 0.0
    assert between("2026-11-05 15:00", "2020-11-02 10:00", OFFICE) == 0.0


# ---- shapes and types


def test_missing_where_either_is_missing() -> None:
    start = moments("2026-11-02 10:00", None, "2026-11-02 10:00", None)
    end = moments("2026-11-02 11:00", "2026-11-02 11:00", None, None)
    np.testing.assert_array_equal(working_hours(start, end, OFFICE), [1.0, np.nan, np.nan, np.nan])
    np.testing.assert_array_equal(working_hours(start[1:2], end[1:2], OFFICE), [np.nan])
    np.testing.assert_array_equal(working_hours(pd.Series([None, None]), pd.Series([None, None]), OFFICE), [np.nan, np.nan])


@pytest.mark.parametrize("dtype", ["datetime64[us]", "datetime64[ns]", "object"])
def test_nothing_in_nothing_out(dtype: str) -> None:
    none = pd.Series([], dtype=dtype)
    for result in (working_hours(none, none, OFFICE), working_hours(none, dt.datetime(2026, 11, 2), OFFICE)):
        assert (result.shape, result.dtype) == ((0,), "float64")
    assert (add_working_hours(none, 8.0, OFFICE).shape, add_working_hours(none, 8.0, OFFICE).dtype) == ((0,), "datetime64[us]")


@pytest.mark.parametrize("start_unit", UNITS)
@pytest.mark.parametrize("end_unit", UNITS)
def test_any_unit_of_time(start_unit: str, end_unit: str) -> None:
    start = moments("2026-11-02 10:00", "1969-12-30 10:00", unit=start_unit)
    end = moments("2026-11-03 10:30", "1970-01-02 09:30", unit=end_unit)
    assert working_hours(start, end, WEEKDAYS_ONLY).tolist() == [9.5, 26.5]
    assert working_hours(start.to_numpy(), end.to_numpy(), WEEKDAYS_ONLY).tolist() == [9.5, 26.5]


def test_one_moment_stands_for_all_rows() -> None:
    start = moments("2026-11-02 10:00", "2026-11-02 17:00", None)
    np.testing.assert_array_equal(working_hours(start, dt.datetime(2026, 11, 3, 9, 30), OFFICE), [8.5, 1.5, np.nan])
    np.testing.assert_array_equal(working_hours(dt.datetime(2026, 11, 2, 9), start, OFFICE), [1.0, 8.0, np.nan])
    assert working_hours(dt.datetime(2026, 11, 2, 9), dt.datetime(2026, 11, 2, 10), OFFICE).tolist() == [1.0]


def test_two_lengths_are_a_mistake() -> None:
    with pytest.raises(ValueError):
        working_hours(moments("2026-11-02", "2026-11-02"), moments("2026-11-02", "2026-11-02", "2026-11-02"), OFFICE)


def test_times_with_a_zone_are_refused() -> None:
    local = moments("2026-11-02 10:00")
    for zoned in (local.dt.tz_localize("Asia/Shanghai"), dt.datetime(2026, 11, 2, tzinfo=dt.UTC)):
        with pytest.raises(TypeError, match="zone"):
            working_hours(zoned, local, OFFICE)
        with pytest.raises(TypeError, match="zone"):
            add_working_hours(zoned, 1.0, OFFICE)


def test_rows_keep_their_places_whatever_their_index() -> None:
    start = moments("2026-11-02 10:00", "2026-11-02 11:00")
    end = moments("2026-11-02 12:00", "2026-11-02 12:00")
    start.index, end.index = [7, 3], [3, 7]
    assert working_hours(start, end, OFFICE).tolist() == [2.0, 1.0]


def test_inputs_are_left_as_they_were() -> None:
    start, end = moments("2026-11-02 10:00", None), moments("2026-11-03 10:00", "2026-11-03 10:00")
    amounts = np.array([1.0, 2.0])
    before = (start.copy(), end.copy())
    frame = pd.DataFrame({"start": start, "end": end})
    copy = frame.copy()
    working_hours(start, end, OFFICE)
    add_working_hours(start, amounts, OFFICE)
    with_working_hours(nw.from_native(frame, eager_only=True), "start", "end", "hours", OFFICE)
    pd.testing.assert_series_equal(start, before[0])
    pd.testing.assert_series_equal(end, before[1])
    pd.testing.assert_frame_equal(frame, copy)
    assert amounts.tolist() == [1.0, 2.0]


def test_dates_far_outside_what_the_library_knows() -> None:
    # 400 years are 20,871 weeks exactly, so the weekdays repeat; no holidays are known that late.
    assert between("3024-10-01 08:00", "3424-10-01 08:00", OFFICE) == 20_871 * 45.0
    assert between("0001-01-01 08:00", "0001-01-01 10:00", OFFICE) == 1.0
    assert between("9999-12-30 17:00", "9999-12-31 23:00", OFFICE) == 10.0
    assert due("9999-12-30 17:00", 10.0, OFFICE) == "9999-12-31 18:00:00"


# ---- the due moment of a promise


@pytest.mark.parametrize(
    ("moment", "amount_hours", "expected"),
    [
        ("2026-11-02 09:00", 1.0, "2026-11-02 10:00:00"),
        ("2026-11-02 09:00", 3.0, "2026-11-02 12:00:00"),
        ("2026-11-02 09:00", 3.5, "2026-11-02 13:30:00"),
        ("2026-11-02 09:00", 8.0, "2026-11-02 18:00:00"),
        ("2026-11-02 09:00", 8.25, "2026-11-03 09:15:00"),
        ("2026-11-02 12:30", 1.0, "2026-11-02 14:00:00"),
        ("2026-11-02 23:00", 1.0, "2026-11-03 10:00:00"),
        ("2026-11-06 17:00", 2.0, "2026-11-09 10:00:00"),
        ("2026-11-07 17:00", 80.0, "2026-11-20 18:00:00"),
        # Wednesday before the National Day week of 2026, made up for on Saturday the 10th.
        ("2026-09-30 17:00", 9.0, "2026-10-08 18:00:00"),
        ("2026-10-09 17:00", 2.0, "2026-10-10 10:00:00"),
        # None are over at once, also outside the hours.
        ("2026-11-02 10:00", 0.0, "2026-11-02 10:00:00"),
        ("2026-11-02 18:00", 0.0, "2026-11-02 18:00:00"),
        ("2026-11-07 03:14:15.926535", 0.0, "2026-11-07 03:14:15.926535"),
    ],
)
def test_due_moments_counted_by_hand(moment: str, amount_hours: float, expected: str) -> None:
    assert due(moment, amount_hours, WITH_LUNCH) == expected


def test_due_in_the_night_and_far_ahead() -> None:
    assert due("2026-11-02 23:00", 4.0, NIGHTS) == "2026-11-03 03:00:00"
    assert due("2026-11-03 05:00", 2.0, NIGHTS) == "2026-11-03 23:00:00"
    assert due("2026-11-03 07:00", 0.0, NIGHTS) == "2026-11-03 07:00:00"
    # 45 hours a week: 100 years of 52 weeks.
    assert due("2026-11-02 09:00", 45.0 * 5200, WEEKDAYS_ONLY) == str(pd.Timestamp("2026-11-02 18:00") + pd.Timedelta(days=7 * 5200 - 3))
    rare = OpeningHours(workweek((dt.time(9), dt.time(9, 1)), days=[6]))
    assert due("2026-11-02 09:00", 1.0, rare) == str(pd.Timestamp("2026-11-08 09:01") + pd.Timedelta(weeks=59))


def test_due_where_the_last_day_looked_at_is_shorter_than_the_others() -> None:
    # One hour on Tuesday the 3rd, three on the 9th, one on the 10th, and the sixth on the 16th.
    week: Week = (((dt.time(9), dt.time(12)),), ((dt.time(9), dt.time(10)),), (), (), (), (), ())
    assert due("2026-11-03 00:00", 6.0, OpeningHours(week)) == "2026-11-16 10:00:00"


def test_due_moments_row_by_row() -> None:
    start = moments("2026-11-02 09:00", None, "2026-11-02 10:00", "2026-11-06 18:00")
    found = add_working_hours(start, np.array([1.0, 1.0, np.nan, 0.5]), OFFICE)
    assert found.dtype == "datetime64[us]"
    np.testing.assert_array_equal(found, np.array(["2026-11-02T10:00", "NaT", "NaT", "2026-11-09T09:30"], dtype="datetime64[us]"))
    np.testing.assert_array_equal(add_working_hours(start, pd.Series([1.0, 1.0, np.nan, 0.5]), OFFICE), found)
    np.testing.assert_array_equal(add_working_hours(moments(None, None), 8.0, OFFICE), np.array(["NaT", "NaT"], dtype="datetime64[us]"))
    several = add_working_hours(dt.datetime(2026, 11, 2, 9), np.array([1.0, 2.0]), OFFICE)
    np.testing.assert_array_equal(several, np.array(["2026-11-02T10:00", "2026-11-02T11:00"], dtype="datetime64[us]"))


@pytest.mark.parametrize("amount_hours", [-0.001, -np.inf, np.inf])
def test_only_finite_hours_can_be_added(amount_hours: float) -> None:
    with pytest.raises(ValueError, match="finite"):
        add_working_hours(moments("2026-11-02"), amount_hours, OFFICE)
    with pytest.raises(ValueError, match="finite"):
        add_working_hours(moments("2026-11-02", "2026-11-02"), np.array([1.0, amount_hours]), OFFICE)


# ---- the table


def test_the_table_of_a_week_with_lunch() -> None:
    table = calendar_table(WITH_LUNCH, dt.date(2026, 11, 6), dt.date(2026, 11, 9))
    hour = 3.6e9
    expected = pd.DataFrame(
        {
            "date": moments("2026-11-06", "2026-11-07", "2026-11-08", "2026-11-09"),
            "date_key": [20261106.0, 20261107.0, 20261108.0, 20261109.0],
            "before_us": [0.0, 8 * hour, 8 * hour, 8 * hour],
            "open_1_us": [9 * hour, 0.0, 0.0, 9 * hour],
            "close_1_us": [12 * hour, 0.0, 0.0, 12 * hour],
            "open_2_us": [13 * hour, 0.0, 0.0, 13 * hour],
            "close_2_us": [18 * hour, 0.0, 0.0, 18 * hour],
        }
    )
    pd.testing.assert_frame_equal(table, expected)


def test_the_table_cuts_nights_at_midnight() -> None:
    # Thursday and Friday; the table begins with what Wednesday's night left, and ends with Saturday's rest.
    table = calendar_table(NIGHTS, dt.date(2026, 11, 5), dt.date(2026, 11, 8)).drop(columns=["date", "date_key"]) / 3.6e9
    assert table.to_dict("list") == {
        "before_us": [0.0, 8.0, 16.0, 22.0],
        "open_1_us": [0.0, 0.0, 0.0, 0.0],
        "close_1_us": [6.0, 6.0, 6.0, 0.0],
        "open_2_us": [22.0, 22.0, 0.0, 0.0],
        "close_2_us": [24.0, 24.0, 0.0, 0.0],
    }


def test_a_whole_day_stays_one_span_in_the_table() -> None:
    table = calendar_table(ALWAYS, dt.date(2025, 12, 31), dt.date(2026, 1, 1))
    assert table.iloc[:, 1:].to_numpy().tolist() == [[20251231.0, 0.0, 0.0, 24 * 3.6e9], [20260101.0, 24 * 3.6e9, 0.0, 24 * 3.6e9]]


def test_tables_of_no_day_and_of_days_without_work() -> None:
    names = ["date", "date_key", "before_us", "open_1_us", "close_1_us"]
    none = calendar_table(OFFICE, dt.date(2026, 11, 3), dt.date(2026, 11, 2))
    assert (list(none.columns), len(none)) == (names, 0)
    weekend = calendar_table(OFFICE, dt.date(2026, 11, 7), dt.date(2026, 11, 8))
    assert list(weekend.columns) == names
    assert (weekend[names[2:]] == 0).all(axis=None)


# ---- other engines


def lifted(engine: str, frame: pd.DataFrame, missing: Callable[[str], None]) -> Any:
    """A pandas frame on another engine, in narwhals."""
    if engine == "pandas":
        return nw.from_native(frame, eager_only=True)
    if engine == "duckdb":
        if duckdb is None:
            missing("duckdb")
        return nw.from_native(duckdb.from_df(frame))
    rows = pl.from_pandas(frame)
    return nw.from_native(rows if engine == "polars" else rows.lazy())


def on(engine: str, frame: pd.DataFrame, hours: OpeningHours, missing: Callable[[str], None], **more: Any) -> np.ndarray:
    """The hours between 'start' and 'end' on an engine, in the order of the rows, NaN where missing."""
    rows = lifted(engine, frame.assign(place=np.arange(len(frame))), missing)
    result = with_working_hours(rows, "start", "end", "hours", hours, **more)
    assert type(result) is type(rows)
    assert result.collect_schema().names() == [*frame.columns, "place", "hours"]
    assert result.collect_schema()["hours"] == nw.Float64
    found = result.lazy().collect().to_pandas().sort_values("place")
    assert found["place"].tolist() == list(range(len(frame)))
    hours_found: np.ndarray = found["hours"].to_numpy(dtype="float64", na_value=np.nan)
    return hours_found


@pytest.fixture(scope="module")
def many() -> pd.DataFrame:
    """Five thousand tickets over four years, to the microsecond; some unanswered, undated, or answered before they came."""
    rng = np.random.default_rng(20261124)
    start = np.datetime64("2022-12-25", "us") + rng.integers(0, 4 * 365 * 86_400 * 10**6, 5000)
    start[:100] = start[:100].astype("datetime64[h]")
    end = start + rng.integers(-3_600 * 10**6, 12 * 86_400 * 10**6, 5000)
    end[:100] = start[:100] + np.arange(100) * np.timedelta64(15, "m")
    start[rng.random(5000) < 0.05] = np.datetime64("NaT")
    end[rng.random(5000) < 0.2] = np.datetime64("NaT")
    return pd.DataFrame({"start": start, "end": end})


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("hours", [OFFICE, WITH_LUNCH, NIGHTS, ALWAYS], ids=["office", "lunch", "nights", "always"])
def test_every_engine_gives_the_very_same_hours(many: pd.DataFrame, engine: str, hours: OpeningHours, missing: Callable[[str], None]) -> None:
    expected = working_hours(many["start"], many["end"], hours)
    assert np.isnan(expected).sum() == (many["start"].isna() | many["end"].isna()).sum()
    assert (expected == 0).any()
    # Equal to the last digit: a promise kept to the minute must not be broken on another engine.
    np.testing.assert_array_equal(on(engine, many, hours, missing), expected)


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("unit", ["ms", "us", "ns"])
def test_every_engine_and_unit(engine: str, unit: str, missing: Callable[[str], None]) -> None:
    frame = pd.DataFrame({"start": moments("2026-11-02 10:00", None, unit=unit), "end": moments("2026-11-02 12:30", "2026-11-02 12:30")})
    np.testing.assert_array_equal(on(engine, frame, OFFICE, missing), [2.5, np.nan])


@pytest.mark.parametrize("engine", ENGINES)
def test_every_engine_without_rows_or_moments(engine: str, missing: Callable[[str], None]) -> None:
    empty = pd.DataFrame({"start": moments(), "end": moments(), "manager": pd.Series([], dtype="str")})
    assert on(engine, empty, OFFICE, missing).tolist() == []
    nothing = pd.DataFrame({"start": moments(None, None), "end": moments(None, None)})
    assert np.isnan(on(engine, nothing, OFFICE, missing)).tolist() == [True, True]
    half = nothing.assign(start=moments("2026-11-02 10:00", "2026-11-03 10:00"))
    assert np.isnan(on(engine, half, OFFICE, missing)).tolist() == [True, True]


@pytest.mark.parametrize("engine", ENGINES)
def test_a_table_can_be_brought_along_and_its_days_are_all_it_knows(engine: str, missing: Callable[[str], None]) -> None:
    frame = pd.DataFrame(
        {
            "start": moments("2026-11-02 10:00", "2026-11-02 10:00", "2026-11-01 10:00", "2026-11-04 10:00"),
            "end": moments("2026-11-02 11:00", "2026-11-03 10:00", "2026-11-02 10:00", "2026-11-05 10:00"),
        }
    )
    table = lifted(engine, calendar_table(OFFICE, dt.date(2026, 11, 2), dt.date(2026, 11, 3)), missing)
    # Its opening hours are those of the table.
    np.testing.assert_array_equal(on(engine, frame, ALWAYS, missing, table=table), [1.0, 9.0, np.nan, np.nan])


@pytest.mark.parametrize("engine", ENGINES)
def test_elapsed_hours_are_those_of_a_subtraction(many: pd.DataFrame, engine: str, missing: Callable[[str], None]) -> None:
    now = dt.datetime(2026, 11, 24, 9, 0, 0, 1)
    before = many.copy(deep=True)
    rows = with_elapsed_hours(lifted(engine, many.assign(place=np.arange(len(many))), missing), "start", {"taken": "end", "waited": now})
    assert rows.collect_schema().names() == ["start", "end", "place", "taken", "waited"]
    found = rows.lazy().collect().to_pandas().sort_values("place", ignore_index=True)
    for name, end in (("taken", many["end"]), ("waited", pd.Series(now, index=many.index))):
        expected = (end - many["start"]) / pd.Timedelta(microseconds=1) / 3_600_000_000
        np.testing.assert_array_equal(found[name].to_numpy(dtype="float64", na_value=np.nan), expected)
    # Some were answered before they came.
    assert (found["taken"] < 0).any()
    pd.testing.assert_frame_equal(many, before)


@pytest.mark.parametrize("engine", ENGINES)
def test_elapsed_hours_of_no_rows(engine: str, missing: Callable[[str], None]) -> None:
    empty = pd.DataFrame({"start": moments(), "end": moments()})
    found = with_elapsed_hours(lifted(engine, empty, missing), "start", {"taken": "end"}).lazy().collect().to_pandas()
    assert (list(found), len(found)) == (["start", "end", "taken"], 0)


@pytest.mark.parametrize("engine", ENGINES)
def test_every_day_of_eight_centuries_has_twenty_four_hours(engine: str, missing: Callable[[str], None]) -> None:
    days = pd.Series(pd.date_range("1600-02-28", "2400-03-02", unit="us"))
    rows = lifted(engine, pd.DataFrame({"start": days[:-1], "end": days[1:].to_numpy()}), missing)
    found = with_elapsed_hours(rows, "start", {"taken": "end", "since": dt.datetime(1600, 2, 28)}).lazy().collect().to_pandas()
    assert (found["taken"] == 24).all()
    assert sorted(-found["since"]) == [24.0 * number for number in range(len(days) - 1)]


def test_a_column_of_that_name_is_replaced_and_one_row_is_enough() -> None:
    frame = pd.DataFrame({"a": moments("2026-11-02 10:00"), "hours": [7.0], "b": moments("2026-11-02 12:00")})
    result = with_working_hours(nw.from_native(frame, eager_only=True), "a", "b", "hours", OFFICE).to_native()
    pd.testing.assert_frame_equal(result, frame.assign(hours=2.0))


# ---- a slow counter


@cache
def country_calendar(country: str, subdivision: str | None) -> Any:
    return holidays.country_holidays(country, subdiv=subdivision, years=range(2022, 2031))


def spans_starting(hours: OpeningHours, day: dt.date) -> Sequence[Span]:
    """The rule of the house in plain words, once more."""
    own = hours.week[day.weekday()]
    working_week = [spans for spans in hours.week[:5] if spans]
    usual = Counter(working_week or [spans for spans in hours.week if spans]).most_common(1)[0][0]
    if day in hours.closing_days:
        return ()
    if day in hours.extra_days:
        return own or usual
    if hours.country is not None:
        calendar = country_calendar(hours.country, hours.subdivision)
        if day in calendar.weekend_workdays:
            return usual if working_week else own
        if day in calendar:
            return ()
    return own


class Counted:
    """Ten minutes by ten minutes: is anybody at work?"""

    def __init__(self, hours: OpeningHours) -> None:
        self.hours = hours
        self.of_day: dict[dt.date, list[tuple[dt.datetime, dt.datetime]]] = {}

    def spans(self, day: dt.date) -> list[tuple[dt.datetime, dt.datetime]]:
        if day not in self.of_day:
            pairs = [(dt.datetime.combine(day, start), dt.datetime.combine(day, end)) for start, end in spans_starting(self.hours, day)]
            self.of_day[day] = [(start, end if start < end else end + dt.timedelta(days=1)) for start, end in pairs]
        return self.of_day[day]

    def at_work(self, moment: dt.datetime) -> bool:
        today = moment.date()
        return any(start <= moment < end for day in (today - dt.timedelta(days=1), today) for start, end in self.spans(day))

    def ticks(self, start: dt.datetime, end: dt.datetime) -> int:
        count = 0
        while start < end:
            count += self.at_work(start)
            start += TICK
        return count

    def due(self, moment: dt.datetime, ticks: int) -> dt.datetime:
        while ticks:
            ticks -= self.at_work(moment)
            moment += TICK
        return moment


TICKS_A_DAY = 144
TICKS_A_WEEK = 7 * TICKS_A_DAY
BASES = st.sampled_from(
    # Year ends, Spring Festival, National Day with make-up days on both sides, an ordinary week.
    [dt.date(2023, 12, 28), dt.date(2024, 12, 29), dt.date(2024, 2, 2), dt.date(2024, 9, 26), dt.date(2026, 10, 3), dt.date(2026, 11, 2)]
)


def time_of(tick: int) -> dt.time:
    minute = tick % TICKS_A_DAY * 10
    return dt.time(minute // 60, minute % 60)


@st.composite
def weeks(draw: st.DrawFn) -> Week:
    """Spans anywhere in the week, some past midnight or from Sunday into Monday, some touching, none overlapping."""
    lengthy = draw(st.lists(st.integers(0, TICKS_A_WEEK - 1), min_size=2, max_size=20).map(sorted))
    shift = draw(st.integers(0, TICKS_A_WEEK - 1))
    week: list[list[Span]] = [[] for _ in range(7)]
    for start, end in zip(lengthy[::2], lengthy[1::2], strict=False):
        if 0 < end - start < TICKS_A_DAY:
            begin = (start + shift) % TICKS_A_WEEK
            week[begin // TICKS_A_DAY].append((time_of(begin), time_of(end + shift)))
    if not any(week):
        week[shift % 7].append((dt.time(0), dt.time(0)))
    return tuple(tuple(spans) for spans in week)


REGULAR = st.sampled_from(
    [workweek(NINE_TO_SIX), workweek(*LUNCH), workweek(NIGHT), workweek(NINE_TO_SIX, days=range(6)), workweek(NIGHT, days=[5, 6])]
)


@st.composite
def schedules(draw: st.DrawFn) -> tuple[OpeningHours, dt.date]:
    base = draw(BASES)
    near = st.frozensets(st.integers(-2, 12).map(lambda number: base + dt.timedelta(number)), max_size=3)
    closing, extra = draw(near), draw(near)
    country, subdivision = draw(st.sampled_from([(None, None), ("CN", None), ("CN", None), ("DE", "BY"), ("HU", None)]))
    return OpeningHours(draw(st.one_of(weeks(), REGULAR)), country, subdivision, closing - extra, extra), base


def at(base: dt.date, tick: int) -> dt.datetime:
    return dt.datetime.combine(base, dt.time(0)) + tick * TICK


@settings(max_examples=200)
@given(schedules(), st.lists(st.tuples(st.integers(0, 1000), st.integers(-50, 700)), min_size=1, max_size=4))
def test_the_clock_agrees_with_a_slow_counter(scheduled: tuple[OpeningHours, dt.date], pairs: list[tuple[int, int]]) -> None:
    hours, base = scheduled
    counted = Counted(hours)
    start = [at(base, tick) for tick, _ in pairs]
    end = [at(base, tick + length) for tick, length in pairs]
    expected = [counted.ticks(one, other) / 6 for one, other in zip(start, end, strict=True)]
    frame = pd.DataFrame({"start": pd.Series(start).astype("datetime64[us]"), "end": pd.Series(end).astype("datetime64[us]")})
    assert working_hours(frame["start"], frame["end"], hours).tolist() == expected
    rows = with_working_hours(nw.from_native(pl.from_pandas(frame)), "start", "end", "hours", hours)
    assert rows["hours"].to_list() == expected


@settings(max_examples=100)
@given(schedules(), st.lists(st.tuples(st.integers(0, 1000), st.integers(0, 60)), min_size=1, max_size=3))
def test_due_moments_agree_with_a_slow_counter(scheduled: tuple[OpeningHours, dt.date], pairs: list[tuple[int, int]]) -> None:
    hours, base = scheduled
    counted = Counted(hours)
    start = [at(base, tick) for tick, _ in pairs]
    amounts = np.array([ticks / 6 for _, ticks in pairs])
    found = add_working_hours(pd.Series(start), amounts, hours)
    assert found.tolist() == [counted.due(moment, ticks) for moment, (_, ticks) in zip(start, pairs, strict=True)]


microseconds = st.integers(0, 14 * 86_400 * 10**6)


@given(schedules(), microseconds, microseconds, st.integers(1, 200 * 3_600 * 10**6))
def test_a_promise_is_over_when_its_hours_are_and_not_before(
    scheduled: tuple[OpeningHours, dt.date], first: int, second: int, amount_us: int
) -> None:
    hours, base = scheduled
    start = np.array([np.datetime64(base, "us") + first])
    end = add_working_hours(start, amount_us / 3.6e9, hours)
    one = np.timedelta64(1, "us")
    assert (working_hours(start, end, hours) * 3.6e9).round().tolist() == [amount_us]
    assert (working_hours(start, end - one, hours) * 3.6e9).round().tolist() == [amount_us - 1]
    # Parts of a wait add up to the whole, and no wait is longer than the time that passes.
    middle = start + second
    whole = working_hours(start, middle + second, hours)
    assert whole == pytest.approx(working_hours(start, middle, hours) + working_hours(middle, middle + second, hours))
    assert (whole <= 2 * second / 3.6e9 + 1e-12).all()
