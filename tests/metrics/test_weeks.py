"""Cells by the week: the same rows, in weeks that are there whole."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from amdash.metrics import evaluate
from amdash.metrics.catalogue import KPIS
from amdash.metrics.engines import months
from amdash.metrics.period import is_week, week_of
from amdash.metrics.spec import Facts
from amdash.metrics.weeks import by_week, weeks, whole_weeks

Make = Callable[..., Facts]
WEEKLY = [kpi for kpi in KPIS.values() if kpi.weekly]
# 2026-10-05 is a Monday.
TICKETS = [
    {"opened_at": f"2026-10-{day:02d} 09:00", "response_hours": hours, "manager": "李明"} for day, hours in ((4, 1.0), (5, 2.0), (11, 4.0), (12, 9.0))
]


def found(facts: Facts, kpi: str) -> dict[str, float]:
    cells = evaluate.cells(facts, [KPIS[kpi]])
    return {str(week): float(total) for week, total in cells.groupby("month")["numerator"].sum().items()}


def test_a_week_is_from_monday_to_sunday(facts: Make) -> None:
    assert found(by_week(facts(tickets=TICKETS)), "response_time") == {"2026-W40": 1, "2026-W41": 6, "2026-W42": 9}
    cases = evaluate.samples(by_week(facts(tickets=TICKETS)), [KPIS["response_median"]])["response_median"]
    assert sorted(zip(cases["month"], cases["value"], strict=True)) == [("2026-W40", 1), ("2026-W41", 2), ("2026-W41", 4), ("2026-W42", 9)]


def test_the_weeks_of_a_kpi_add_up_to_its_months(facts: Make) -> None:
    whole = facts(
        tickets=TICKETS,
        sales=[{"date": "2026-12-31", "amount": 7.0, "manager": "王芳", "returned": False}, {"date": "2027-01-03", "amount": 5.0, "returned": True}],
        surveys=[{"date": "2026-10-05", "score": 4, "scale": 5, "likelihood": 9}, {"date": "2026-10-12", "score": 2, "scale": 5}],
        complaints=[{"received_on": "2026-10-05", "resolved_on": "2026-10-06"}],
    )
    for kpi in WEEKLY:
        by_month, weekly = found(whole, kpi.id), found(by_week(whole), kpi.id)
        assert all(is_week(week) for week in weekly)
        assert sum(weekly.values()) == sum(by_month.values())
    # The last days of a year are in the week of its last Thursday.
    assert found(by_week(whole), "sales_amount") == {"2026-W53": 12}


def test_what_speaks_of_months_is_of_no_week(facts: Make) -> None:
    given_facts = facts(summary=[{"period": "2026-10", "manager": "李明", "sales_amount": 5.0}], targets=[{"period": "2026-10", "value": 5.0}])
    tables = by_week(given_facts).tables
    assert tables["summary"].empty
    assert tables["targets"].empty
    assert evaluate.cells(by_week(given_facts), WEEKLY).empty
    assert evaluate.cells(by_week(facts()), WEEKLY).empty


def test_only_weeks_that_are_there_whole_are_kept() -> None:
    cells = pd.DataFrame({"kpi": ["a", "a", "a", "b"], "month": ["2026-W40", "2026-W41", "2026-W44", "2026-W44"], "n": [1, 2, 3, 4]})
    monthly = pd.DataFrame({"kpi": ["a", "b", "b"], "month": ["2026-10", "2026-10", "2026-11"]})
    # W40 begins on 28 September, W44 ends on 1 November.
    assert whole_weeks(cells, monthly)["n"].to_list() == [2, 4]
    assert whole_weeks(cells, monthly.iloc[:0]).empty
    assert whole_weeks(cells.iloc[:0], monthly).empty


def test_missing_dates_are_of_no_week_and_no_month() -> None:
    dates = pd.Series(pd.to_datetime(["2026-01-01", None, "2025-12-31"]), index=[5, 2, 9])
    assert weeks(dates).to_dict() | {2: None} == {5: "2026-W01", 2: None, 9: "2026-W01"}
    assert months(dates).to_dict() | {2: None} == {5: "2026-01", 2: None, 9: "2025-12"}
    assert weeks(dates).isna().to_list() == months(dates).isna().to_list() == [False, True, False]


@given(st.lists(st.dates(dt.date(1990, 1, 1), dt.date(2100, 12, 31)), min_size=1))
def test_every_day_is_in_its_week(days: list[dt.date]) -> None:
    assert weeks(pd.Series(pd.to_datetime(days))).to_list() == [week_of(day) for day in days]


def test_what_is_given_stays_as_it_is(facts: Make) -> None:
    given_facts = facts(tickets=TICKETS)
    before = {name: frame.copy() for name, frame in given_facts.tables.items()}
    by_week(given_facts)
    for name, frame in given_facts.tables.items():
        pd.testing.assert_frame_equal(frame, before[name])
