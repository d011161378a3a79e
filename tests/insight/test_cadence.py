"""Cadence: calendar arithmetic, status at every boundary, coverage, people who come and go, and the rules."""

from __future__ import annotations

import calendar
import datetime as dt
import json
import math
from collections.abc import Sequence
from dataclasses import FrozenInstanceError
from typing import Any

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from amdash.errors import AmdashError
from amdash.insight.cadence import COLUMNS, DEFAULTS, RECURRENCES, SOURCES, CadenceRules, Recurrence, cadence, due_dates, last_day, number_of

# A Thursday.
TODAY = dt.date(2026, 11, 26)
MONTHLY = CadenceRules(team="never", customer="never")
WEEKLY = CadenceRules(supervisor="never", customer="never")
QUARTERLY = CadenceRules(supervisor="never", team="never")

Entry = tuple[str, str, Any]


def log(*entries: Entry) -> pd.DataFrame:
    """Date, manager, source."""
    frame = pd.DataFrame(entries, columns=["date", "manager", "source"])
    return frame.assign(date=pd.to_datetime(frame["date"]))


def people(*rows: tuple[str, str | None, str | None]) -> pd.DataFrame:
    """Name, hired on, left on."""
    frame = pd.DataFrame(rows, columns=["manager", "hired_on", "left_on"])
    return frame.assign(hired_on=pd.to_datetime(frame["hired_on"]), left_on=pd.to_datetime(frame["left_on"]))


LI = people(("李明", None, None))


def supervised(*days: str, manager: str = "李明", source: str = "supervisor") -> pd.DataFrame:
    return log(*((day, manager, source) for day in days))


def row_of(frame: pd.DataFrame) -> dict[str, Any]:
    (row,) = frame.to_dict("records")
    return row


def standing(entries: pd.DataFrame, roster: pd.DataFrame = LI, date: dt.date = TODAY, rules: CadenceRules = MONTHLY) -> tuple[Any, ...]:
    row = row_of(cadence(entries, roster, date, rules))
    due = None if pd.isna(row["next_due"]) else str(row["next_due"].date())
    return row["status"], due, row["days_overdue"]


def covered(entries: pd.DataFrame, roster: pd.DataFrame = LI, date: dt.date = TODAY, rules: CadenceRules = MONTHLY) -> tuple[int, int]:
    row = row_of(cadence(entries, roster, date, rules))
    assert (row["coverage"] == pytest.approx(row["given"] / row["periods"])) if row["periods"] else math.isnan(row["coverage"])
    return row["given"], row["periods"]


def test_the_source_document_asks_monthly_weekly_and_quarterly() -> None:
    assert CadenceRules("month", "week", "quarter", 7) == DEFAULTS
    assert SOURCES == ("supervisor", "team", "customer")
    assert RECURRENCES == ("week", "month", "quarter", "year", "never")
    found = cadence(log(), LI, TODAY)
    assert list(found) == COLUMNS
    assert found[["manager", "source", "every"]].to_numpy().tolist() == [
        ["李明", "supervisor", "month"],
        ["李明", "team", "week"],
        ["李明", "customer", "quarter"],
    ]


@pytest.mark.parametrize(
    ("day", "every", "end"),
    [
        ("2026-02-03", "month", "2026-02-28"),
        ("2028-02-29", "month", "2028-02-29"),
        ("2028-02-01", "month", "2028-02-29"),
        ("2026-12-31", "month", "2026-12-31"),
        ("2026-04-30", "month", "2026-04-30"),
        ("2026-01-01", "quarter", "2026-03-31"),
        ("2026-06-30", "quarter", "2026-06-30"),
        ("2026-10-01", "quarter", "2026-12-31"),
        ("2026-01-01", "year", "2026-12-31"),
        ("2026-12-31", "year", "2026-12-31"),
        # Monday to Sunday, across the year's end: 2026 has 53 ISO weeks.
        ("2026-12-28", "week", "2027-01-03"),
        ("2027-01-03", "week", "2027-01-03"),
        ("2027-01-04", "week", "2027-01-10"),
        ("2024-12-30", "week", "2025-01-05"),
    ],
)
def test_the_last_day_of_a_period(day: str, every: Recurrence, end: str) -> None:
    assert str(last_day(number_of(dt.date.fromisoformat(day), every), every)) == end


def test_of_never_there_is_no_period() -> None:
    with pytest.raises(ValueError, match="never"):
        number_of(TODAY, "never")
    with pytest.raises(ValueError, match="never"):
        last_day(3, "never")


days = st.dates(dt.date(1990, 1, 1), dt.date(2100, 12, 31))


@given(days, st.sampled_from(["week", "month", "quarter", "year"]))
def test_every_day_lies_in_its_period_and_periods_follow_one_another(day: dt.date, every: Recurrence) -> None:
    number = number_of(day, every)
    end = last_day(number, every)
    assert last_day(number - 1, every) < day <= end
    assert number_of(end, every) == number
    assert number_of(end + dt.timedelta(days=1), every) == number + 1


@given(days, days)
def test_weeks_months_and_quarters_are_those_of_the_calendar(one: dt.date, other: dt.date) -> None:
    assert (number_of(one, "week") == number_of(other, "week")) == (one.isocalendar()[:2] == other.isocalendar()[:2])
    assert (number_of(one, "month") == number_of(other, "month")) == (one.timetuple()[:2] == other.timetuple()[:2])
    assert last_day(number_of(one, "month"), "month").day == calendar.monthrange(one.year, one.month)[1]
    assert (number_of(one, "quarter") == number_of(other, "quarter")) == (
        (one.year, pd.Timestamp(one).quarter) == (other.year, pd.Timestamp(other).quarter)
    )


@pytest.mark.parametrize(
    ("today", "status", "overdue"),
    [
        # Heard in October: November's is due by the 30th.
        ("2026-10-20", "done", 0),
        ("2026-10-31", "done", 0),
        ("2026-11-01", "done", 0),
        ("2026-11-22", "done", 0),
        ("2026-11-23", "due", 0),
        ("2026-11-30", "due", 0),
        ("2026-12-01", "overdue", 1),
        ("2027-01-01", "overdue", 32),
    ],
)
def test_a_month_after_the_last_one(today: str, status: str, overdue: int) -> None:
    found = standing(supervised("2026-09-02", "2026-10-20"), date=dt.date.fromisoformat(today))
    assert found == (status, "2026-11-30", overdue)


def test_a_month_that_is_done_is_done_however_near_the_next_is() -> None:
    entries = supervised("2026-11-02")
    assert standing(entries) == ("done", "2026-12-31", 0)
    assert standing(entries, date=dt.date(2026, 11, 30), rules=CadenceRules(team="never", customer="never", due_within_days=60))[0] == "done"
    # On the Sunday of a week that is done the next one ends seven days later.
    week = supervised("2026-11-24", source="team")
    assert standing(week, date=dt.date(2026, 11, 29), rules=WEEKLY) == ("done", "2026-12-06", 0)
    assert standing(week, date=dt.date(2026, 11, 30), rules=WEEKLY) == ("due", "2026-12-06", 0)


def test_a_month_left_out_is_overdue_since_its_own_end() -> None:
    assert standing(supervised("2026-08-14")) == ("overdue", "2026-09-30", 57)
    # What was given since then makes good for what was left out.
    assert standing(supervised("2026-08-14", "2026-10-30")) == ("due", "2026-11-30", 0)


def test_weeks_across_the_end_of_the_year() -> None:
    # Monday of week 53 of 2026.
    entries = supervised("2026-12-28", source="team")
    assert standing(entries, date=dt.date(2027, 1, 3), rules=WEEKLY) == ("done", "2027-01-10", 0)
    assert standing(entries, date=dt.date(2027, 1, 10), rules=WEEKLY) == ("due", "2027-01-10", 0)
    assert standing(entries, date=dt.date(2027, 1, 11), rules=WEEKLY) == ("overdue", "2027-01-10", 1)
    # 1 January belongs to that week too.
    assert standing(supervised("2027-01-01", source="team"), date=dt.date(2027, 1, 3), rules=WEEKLY)[1] == "2027-01-10"


def test_quarters_and_years() -> None:
    entries = supervised("2026-07-01", source="customer")
    assert standing(entries, rules=QUARTERLY) == ("done", "2026-12-31", 0)
    assert standing(entries, date=dt.date(2026, 12, 24), rules=QUARTERLY) == ("due", "2026-12-31", 0)
    yearly = CadenceRules("year", "never", "never")
    assert standing(supervised("2025-02-03"), rules=yearly) == ("done", "2026-12-31", 0)


def test_each_source_and_manager_has_its_own_clock() -> None:
    entries = log(("2026-11-03", "李明", "supervisor"), ("2026-11-24", "王芳", "team"), ("2026-08-03", "李明", "customer"))
    found = cadence(entries, people(("李明", None, None), ("王芳", None, None)), TODAY)
    assert found["manager"].tolist() == ["李明"] * 3 + ["王芳"] * 3
    # Nobody of the team was heard on 李明 since the week of his first entry, 3 August; 王芳's first entry is of this week.
    assert found["status"].tolist() == ["done", "overdue", "done", "due", "done", "not_due"]
    assert [None if pd.isna(day) else str(day.date()) for day in found["last_done"]] == ["2026-11-03", None, "2026-08-03", None, "2026-11-24", None]


def test_what_is_no_feedback_of_a_source_is_passed_over() -> None:
    entries = pd.concat(
        [supervised("2026-10-20"), log(("2026-11-20", "李明", None), ("2026-11-21", "李明", "boss"), ("2026-11-27", "李明", "supervisor"))]
    )
    assert standing(entries) == standing(supervised("2026-10-20")) == ("due", "2026-11-30", 0)
    today = supervised("2026-11-26")
    assert standing(today)[0] == "done"
    strangers = supervised("2026-11-26", manager="王芳")
    assert standing(strangers) == ("due", "2026-11-30", 0)
    assert pd.isna(row_of(cadence(strangers, LI, TODAY, MONTHLY))["last_done"])


def test_time_stamps_and_plain_dates_are_read_alike() -> None:
    stamped = log(("2026-11-26 18:30", "李明", "supervisor"))
    plain = stamped.assign(date=pd.Series([TODAY], dtype="object"))
    assert standing(stamped) == standing(plain) == ("done", "2026-12-31", 0)
    missing = stamped.assign(date=pd.Series([pd.NaT]))
    assert standing(missing) == standing(log())


def test_a_log_that_has_not_begun_owes_from_the_running_period() -> None:
    assert standing(log()) == ("due", "2026-11-30", 0)
    assert standing(log(), date=dt.date(2026, 11, 2)) == ("not_due", "2026-11-30", 0)
    assert standing(log(), people(("李明", "2015-03-01", None))) == ("due", "2026-11-30", 0)


@pytest.mark.parametrize(
    ("hired", "expected"),
    [
        # Whole months only: who comes on the 2nd owes nothing by the 30th.
        ("2026-11-01", ("due", "2026-11-30", 0)),
        ("2026-11-02", ("not_due", "2026-12-31", 0)),
        ("2026-11-26", ("not_due", "2026-12-31", 0)),
        ("2026-10-01", ("overdue", "2026-10-31", 26)),
        ("2026-10-02", ("due", "2026-11-30", 0)),
        # Not from before the log began.
        ("2020-01-01", ("overdue", "2026-03-31", 240)),
    ],
)
def test_a_new_manager_owes_from_the_first_whole_period(hired: str, expected: tuple[Any, ...]) -> None:
    began = supervised("2026-03-09", manager="王芳")
    assert standing(began, people(("李明", hired, None))) == expected


def test_feedback_in_the_first_days_counts_as_the_last_one_and_moves_nothing() -> None:
    roster = people(("李明", "2026-11-10", None))
    assert standing(supervised("2026-11-20"), roster) == ("done", "2026-12-31", 0)
    assert covered(supervised("2026-11-20"), roster) == (0, 0)


def test_without_a_hiring_date_a_manager_owes_from_the_first_entry() -> None:
    # One's own, of whatever source; else the log's.
    entries = log(("2026-09-14", "李明", "customer"), ("2026-03-09", "王芳", "supervisor"))
    assert standing(entries) == ("overdue", "2026-09-30", 57)
    assert standing(entries, people(("赵强", None, None))) == ("overdue", "2026-03-31", 240)


def test_who_is_not_there_owes_nothing() -> None:
    entries = supervised("2026-08-14")
    for hired, left, there in [
        (None, "2026-11-25", 0),
        (None, "2026-11-26", 1),
        ("2026-11-27", None, 0),
        ("2026-11-26", None, 1),
        ("2020-01-01", "2025-12-31", 0),
    ]:
        assert len(cadence(entries, people(("李明", hired, left)), TODAY, MONTHLY)) == there


def test_who_is_not_there_hides_nobody_behind() -> None:
    roster = people(("走", None, "2026-01-31"), ("李明", None, None), ("来", "2027-01-01", None), ("王芳", None, None))
    assert cadence(log(), roster, TODAY, MONTHLY)["manager"].tolist() == ["李明", "王芳"]


def test_who_leaves_before_the_end_of_the_period_owes_it_no_more() -> None:
    assert standing(supervised("2026-10-20"), people(("李明", None, "2026-11-29"))) == ("not_due", None, 0)
    assert standing(supervised("2026-10-20"), people(("李明", None, "2026-11-30"))) == ("due", "2026-11-30", 0)
    assert standing(supervised("2026-11-20"), people(("李明", None, "2026-11-29"))) == ("done", None, 0)
    # What was missed before stays missed.
    assert standing(supervised("2026-08-20"), people(("李明", None, "2026-11-29"))) == ("overdue", "2026-09-30", 57)


def test_coverage_by_hand() -> None:
    # March to October are over: 8 months, with feedback in 3; November counts once it is there.
    entries = supervised("2026-03-09", "2026-03-30", "2026-05-31", "2026-06-01")
    assert covered(entries) == (3, 8)
    assert covered(pd.concat([entries, supervised("2026-11-26")])) == (4, 9)
    assert covered(pd.concat([entries, supervised("2026-11-27")])) == (3, 8)
    assert covered(entries, date=dt.date(2026, 3, 9)) == (1, 1)
    assert covered(log()) == (0, 0)
    assert covered(log(("2026-03-09", "李明", "team")), date=dt.date(2026, 4, 1)) == (0, 1)


def test_coverage_looks_twelve_periods_back() -> None:
    year = [f"2025-{month:02d}-15" for month in range(1, 13)]
    # November 2025 to October 2026.
    assert covered(supervised(*year)) == (2, 12)
    assert covered(supervised(*year, "2026-11-03")) == (2, 12)
    assert covered(supervised(*year[:11])) == (1, 12)
    weeks = supervised("2026-08-31", "2026-09-07", source="team")
    # Twelve whole weeks before this one begin on 31 August.
    assert covered(weeks, rules=WEEKLY) == (2, 12)
    assert covered(weeks, rules=WEEKLY, date=dt.date(2026, 11, 30)) == (1, 12)


def test_coverage_of_someone_new() -> None:
    entries = pd.concat([supervised("2026-01-05", manager="王芳"), supervised("2026-09-08")])
    # August is not whole; September and October are.
    assert covered(entries, people(("李明", "2026-08-10", None))) == (1, 2)


def test_a_roster_without_dates_will_do() -> None:
    assert standing(supervised("2026-10-20"), LI[["manager"]]) == ("due", "2026-11-30", 0)


def test_nobody_and_nothing_asked_give_every_column() -> None:
    nothing = CadenceRules("never", "never", "never")
    for found in (cadence(log(), people(), TODAY), cadence(log(), LI, TODAY, nothing)):
        assert found.empty
        assert list(found) == COLUMNS
        assert str(found["next_due"].dtype) == "datetime64[s]"
    for none in (due_dates(log(), people(), TODAY, TODAY), due_dates(log(), LI, TODAY, dt.date(2030, 1, 1), nothing)):
        assert none.empty
        assert list(none) == ["due_on", "manager", "source", "every"]


def dates(frame: pd.DataFrame) -> list[str]:
    return [str(day.date()) for day in frame["due_on"]]


def test_the_due_dates_for_a_calendar() -> None:
    until = dt.date(2027, 2, 28)
    assert dates(due_dates(supervised("2026-10-20"), LI, TODAY, until, MONTHLY)) == ["2026-11-30", "2026-12-31", "2027-01-31", "2027-02-28"]
    assert dates(due_dates(supervised("2026-10-20"), LI, TODAY, dt.date(2027, 2, 27), MONTHLY))[-1] == "2027-01-31"
    # This month is done; what is overdue is caught up by the end of this one.
    assert dates(due_dates(supervised("2026-11-20"), LI, TODAY, dt.date(2026, 12, 31), MONTHLY)) == ["2026-12-31"]
    assert dates(due_dates(supervised("2026-08-20"), LI, TODAY, dt.date(2026, 12, 31), MONTHLY)) == ["2026-11-30", "2026-12-31"]
    assert dates(due_dates(log(), LI, dt.date(2026, 12, 30), dt.date(2027, 1, 10), WEEKLY)) == ["2027-01-03", "2027-01-10"]
    assert dates(due_dates(log(), people(("李明", "2026-11-10", None)), TODAY, until, MONTHLY)) == ["2026-12-31", "2027-01-31", "2027-02-28"]
    assert dates(due_dates(log(), people(("李明", None, "2026-12-31")), TODAY, until, MONTHLY)) == ["2026-11-30", "2026-12-31"]
    assert dates(due_dates(log(), people(("李明", None, "2026-12-30")), TODAY, until, MONTHLY)) == ["2026-11-30"]
    assert dates(due_dates(log(), LI, TODAY, dt.date(2026, 11, 1), MONTHLY)) == []


def test_due_dates_are_in_order_of_the_days() -> None:
    found = due_dates(log(), people(("李明", None, None), ("王芳", None, None)), dt.date(2026, 12, 28), dt.date(2027, 1, 3))
    assert list(zip(dates(found), found["manager"], found["source"], found["every"], strict=True)) == [
        ("2026-12-31", "李明", "supervisor", "month"),
        ("2026-12-31", "李明", "customer", "quarter"),
        ("2026-12-31", "王芳", "supervisor", "month"),
        ("2026-12-31", "王芳", "customer", "quarter"),
        ("2027-01-03", "李明", "team", "week"),
        ("2027-01-03", "王芳", "team", "week"),
    ]


@given(st.lists(st.tuples(days, st.sampled_from(["李明", "王芳"]), st.sampled_from(SOURCES)), max_size=12), days)
def test_whatever_was_given_the_figures_hold_together(given_entries: Sequence[tuple[dt.date, str, str]], date: dt.date) -> None:
    entries = log(*((str(day), manager, source) for day, manager, source in given_entries))
    roster = people(("李明", None, None), ("王芳", "2020-05-04", None))
    kept = entries.copy(deep=True), roster.copy(deep=True)
    found = cadence(entries, roster, date)
    for row in found.to_dict("records"):
        due = row["next_due"].date()
        assert (row["status"] == "overdue") == (due < date) == (row["days_overdue"] > 0)
        assert row["status"] != "due" or 0 <= (due - date).days <= 7
        assert pd.isna(row["last_done"]) or row["last_done"].date() <= date
        assert 0 <= row["given"] <= row["periods"] <= 12
    pd.testing.assert_frame_equal(found, cadence(entries[::-1], roster, date))
    pd.testing.assert_frame_equal(entries, kept[0])
    pd.testing.assert_frame_equal(roster, kept[1])


def test_rules_go_to_json_and_back() -> None:
    rules = CadenceRules("week", "never", "year", 3)
    assert CadenceRules.from_dict(json.loads(json.dumps(rules.as_dict()))) == rules
    assert rules.as_dict() == {"supervisor": "week", "team": "never", "customer": "year", "due_within_days": 3}
    assert CadenceRules.from_dict({}) == DEFAULTS
    assert CadenceRules.from_dict({"team": "month"}) == CadenceRules(team="month")
    whole = CadenceRules.from_dict({"due_within_days": 5.0}).due_within_days
    assert (whole, type(whole)) == (5, int)
    assert [rules.every(source) for source in SOURCES] == ["week", "never", "year"]
    with pytest.raises(FrozenInstanceError):
        rules.team = "week"  # type: ignore[misc]


@pytest.mark.parametrize(
    ("given_rules", "code", "fields"),
    [
        ({"boss": "week"}, "cadence_rule_unknown", {"field": "boss", "known": ["supervisor", "team", "customer", "due_within_days"]}),
        ({"team": "daily"}, "cadence_interval_unknown", {"field": "team", "value": "daily", "known": list(RECURRENCES)}),
        ({"customer": None}, "cadence_interval_unknown", {"field": "customer", "value": None, "known": list(RECURRENCES)}),
        *[
            ({"due_within_days": value}, "cadence_days_not_whole", {"field": "due_within_days", "value": value})
            for value in ("7", None, True, 1.5, math.inf)
        ],
        *[
            ({"due_within_days": value}, "cadence_days_out_of_range", {"field": "due_within_days", "value": value, "least": 0, "most": 366})
            for value in (-1, 367)
        ],
    ],
)
def test_rules_that_cannot_be(given_rules: dict[str, Any], code: str, fields: dict[str, Any]) -> None:
    with pytest.raises(AmdashError) as caught:
        CadenceRules.from_dict(given_rules)
    assert (caught.value.code, caught.value.fields) == (code, fields)


def test_the_days_before_it_is_due_at_their_bounds() -> None:
    entries = supervised("2026-10-20")
    for within, status in ((0, "done"), (3, "done"), (4, "due"), (366, "due")):
        assert standing(entries, rules=CadenceRules("month", "never", "never", within))[0] == status
    assert standing(entries, date=dt.date(2026, 11, 30), rules=CadenceRules("month", "never", "never", 0))[0] == "due"
