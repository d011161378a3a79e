"""Mean response time: hours from opening to first response, of answered tickets."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pandas as pd
import pytest

from amdash.metrics.kpi.response_time import KPI
from amdash.metrics.spec import Facts
from amdash.metrics.workdays import OpeningHours, workweek

Make = Callable[..., Facts]
Read = Callable[..., dict[Any, Any]]


def ticket(
    first_response_at: str | None = None, opened_at: str | None = "2026-10-08 10:00", manager: str | None = "李明", **more: Any
) -> dict[str, Any]:
    return {"opened_at": opened_at, "first_response_at": first_response_at, "manager": manager, **more}


def test_hours_over_answered_tickets(facts: Make, cells_of: Read, values_of: Read) -> None:
    given = facts(tickets=[ticket("2026-10-08 11:00"), ticket("2026-10-08 12:30"), ticket("2026-10-09 10:30"), ticket()])
    # 1 + 2.5 + 24.5
    assert cells_of(KPI, given) == {("李明", "2026-10"): (28, 3, 3)}
    assert values_of(KPI, given, by="manager") == {("李明", "2026-10"): pytest.approx(28 / 3)}


def test_the_squares_are_kept_for_intervals(facts: Make) -> None:
    # 1 + 6.25 + 4 = 11.25
    given = facts(tickets=[ticket("2026-10-08 11:00"), ticket("2026-10-08 12:30"), ticket(response_hours=2)])
    assert KPI.cells(given)["sum_of_squares"].tolist() == [pytest.approx(11.25)]


def test_two_managers_and_two_months(facts: Make, cells_of: Read, values_of: Read) -> None:
    rows = [
        ticket(response_hours=1),
        ticket(response_hours=3),
        ticket(response_hours=10, manager="王芳"),
        ticket(response_hours=5, opened_at="2026-11-02 08:00"),
        ticket(response_hours=7, opened_at="2026-11-02 08:00", manager="王芳"),
    ]
    given = facts(tickets=rows)
    assert cells_of(KPI, given) == {
        ("李明", "2026-10"): (4, 2, 2),
        ("李明", "2026-11"): (5, 1, 1),
        ("王芳", "2026-10"): (10, 1, 1),
        ("王芳", "2026-11"): (7, 1, 1),
    }
    # 14 hours over 3 tickets, not the mean of 2 and 10.
    assert values_of(KPI, given, by="all") == {("", "2026-10"): pytest.approx(14 / 3), ("", "2026-11"): 6}


def test_no_answered_ticket_is_not_measured(facts: Make, values_of: Read, no_cells: pd.DataFrame) -> None:
    for given in (facts(), facts(tickets=[ticket(), ticket()])):
        pd.testing.assert_frame_equal(KPI.cells(given), no_cells)
        assert values_of(KPI, given) == {}


@pytest.mark.parametrize(
    ("one", "hours"),
    [
        (ticket("2026-10-08 10:00"), 0),
        (ticket("2026-10-08 10:00:36"), 0.01),
        (ticket("2026-10-10 10:00"), 48),
        (ticket(response_hours=0), 0),
        (ticket(response_hours=0.25), 0.25),
        # The stated hours (which may leave out the night) go before the difference.
        (ticket("2026-10-09 10:00", response_hours=8), 8),
    ],
)
def test_one_ticket(facts: Make, cells_of: Read, one: dict[str, Any], hours: float) -> None:
    assert cells_of(KPI, facts(tickets=[one])) == {("李明", "2026-10"): (pytest.approx(hours), 1, 1)}


def test_a_ticket_belongs_to_the_month_it_was_opened_in(facts: Make, values_of: Read) -> None:
    assert values_of(KPI, facts(tickets=[ticket("2026-11-01 01:00", "2026-10-31 23:00")])) == {("", "2026-10"): 2}


def test_undated_tickets_are_left_out(facts: Make, cells_of: Read) -> None:
    given = facts(tickets=[ticket("2026-10-08 11:00"), ticket(opened_at=None, response_hours=9)])
    assert cells_of(KPI, given) == {("李明", "2026-10"): (1, 1, 1)}


def test_tickets_that_name_nobody_count_for_all(facts: Make, cells_of: Read, values_of: Read) -> None:
    given = facts(tickets=[ticket(response_hours=2), ticket(response_hours=7, manager=None)])
    assert cells_of(KPI, given) == {("李明", "2026-10"): (2, 1, 1), (None, "2026-10"): (7, 1, 1)}
    assert values_of(KPI, given, by="manager") == {("李明", "2026-10"): 2}
    assert values_of(KPI, given, by="all") == {("", "2026-10"): 4.5}


def test_behind_the_figure_stand_the_answered_tickets_with_their_hours(facts: Make) -> None:
    behind = KPI.behind(facts(tickets=[ticket(), ticket("2026-10-08 11:30"), ticket(response_hours=4, manager="王芳")]))
    assert behind[["manager", "month", "hours", "source_row"]].to_numpy().tolist() == [["李明", "2026-10", 1.5, 3], ["王芳", "2026-10", 4, 4]]
    assert "waited" not in behind


def test_what_it_is() -> None:
    assert (KPI.id, KPI.target, KPI.higher_is_better, KPI.measure, KPI.unit) == ("response_time", 24, False, "mean", "hours")
    assert (KPI.weighted, KPI.min_sample, KPI.category, KPI.rows) == (True, 5, "service", "tickets")


# The office hours of the published cases: nine to six without an hour at noon, on the working days of China.
OFFICE = OpeningHours(workweek((dt.time(9), dt.time(12)), (dt.time(13), dt.time(18))), country="CN")


def test_only_the_hours_in_which_the_office_is_open_count(facts: Make, cells_of: Read) -> None:
    rows = [
        # Half an hour before closing, half an hour after opening behind the national holiday: one hour instead of 184.
        ticket("2024-10-08 09:30", "2024-09-30 17:30"),
        # The Sunday is worked to make up for it.
        ticket("2024-09-29 12:00", "2024-09-29 10:00"),
        # Over noon.
        ticket("2024-09-26 14:00", "2024-09-26 11:00"),
        # What the sheet states itself is not counted again.
        ticket(opened_at="2024-09-30 17:30", response_hours=7),
        ticket(),
    ]
    given = facts(tickets=rows)
    assert cells_of(KPI, replace(given, opening=OFFICE)) == {("李明", "2024-09"): (1 + 2 + 2 + 7, 4, 4)}
    assert cells_of(KPI, given) == {("李明", "2024-09"): (184 + 2 + 3 + 7, 4, 4)}


def test_the_rows_behind_show_the_hours_that_count(facts: Make) -> None:
    given = replace(facts(tickets=[ticket("2024-10-08 09:30", "2024-09-30 17:30")]), opening=OFFICE)
    (row,) = KPI.behind(given).to_dict("records")
    assert row["hours"] == 1.0
    assert not {"now", "between", "waited"} & set(row)
