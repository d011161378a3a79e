"""Answered in time: which tickets are due, and which of them were answered within the promise."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pandas as pd
import pytest

from amdash.metrics.kpi.response_in_target import KPI
from amdash.metrics.spec import Facts
from amdash.metrics.workdays import OpeningHours, workweek

Make = Callable[..., Facts]
Read = Callable[..., dict[Any, Any]]


def ticket(
    first_response_at: str | None = None, opened_at: str | None = "2026-10-08 10:00", manager: str | None = "李明", **more: Any
) -> dict[str, Any]:
    return {"opened_at": opened_at, "first_response_at": first_response_at, "manager": manager, **more}


def waiting(**more: Any) -> dict[str, Any]:
    """A ticket of a sheet that says it has no answer."""
    return ticket(answered=False, **more)


def test_in_time_over_due(facts: Make, cells_of: Read, values_of: Read) -> None:
    given = facts(tickets=[ticket("2026-10-08 11:00"), ticket("2026-10-10 10:00"), ticket(response_hours=3), waiting()])
    assert cells_of(KPI, given) == {("李明", "2026-10"): (2, 4, 4)}
    assert values_of(KPI, given, by="manager") == {("李明", "2026-10"): 0.5}


def test_two_managers_and_two_months(facts: Make, cells_of: Read, values_of: Read) -> None:
    rows = [
        ticket(response_hours=1),
        ticket(response_hours=30),
        ticket(response_hours=2, manager="王芳"),
        ticket(response_hours=2, opened_at="2026-11-02 08:00"),
        waiting(opened_at="2026-11-02 08:00", manager="王芳"),
    ]
    given = facts(tickets=rows)
    assert cells_of(KPI, given) == {
        ("李明", "2026-10"): (1, 2, 2),
        ("李明", "2026-11"): (1, 1, 1),
        ("王芳", "2026-10"): (1, 1, 1),
        ("王芳", "2026-11"): (0, 1, 1),
    }
    # 2 of 3, not the mean of 0.5 and 1.
    assert values_of(KPI, given, by="all") == {("", "2026-10"): pytest.approx(2 / 3), ("", "2026-11"): 0.5}


def test_no_ticket_due_is_not_measured(facts: Make, values_of: Read, no_cells: pd.DataFrame) -> None:
    # Opened an hour before the facts' date, and not answered yet.
    for given in (facts(), facts(tickets=[waiting(opened_at="2026-11-24 08:00")])):
        pd.testing.assert_frame_equal(KPI.cells(given), no_cells)
        assert values_of(KPI, given) == {}


@pytest.mark.parametrize(
    ("answer", "in_time"),
    [
        ({"first_response_at": "2026-10-09 10:00"}, 1),
        ({"first_response_at": "2026-10-09 10:00:01"}, 0),
        ({"first_response_at": "2026-10-08 10:00"}, 1),
        ({"response_hours": 24}, 1),
        ({"response_hours": 24.01}, 0),
        ({"response_hours": 0}, 1),
        # The stated hours (which may leave out the night) go before the difference.
        ({"first_response_at": "2026-10-12 10:00", "response_hours": 8}, 1),
    ],
)
def test_exactly_twenty_four_hours_is_in_time(facts: Make, cells_of: Read, answer: dict[str, Any], in_time: int) -> None:
    given = facts(tickets=[{"opened_at": "2026-10-08 10:00", "manager": "李明", **answer}])
    assert cells_of(KPI, given) == {("李明", "2026-10"): (in_time, 1, 1)}


@pytest.mark.parametrize(
    ("opened_at", "expected"),
    [
        ("2026-11-23 09:00:01", {}),
        # 24 hours to the second: still within its time.
        ("2026-11-23 09:00", {}),
        ("2026-11-23 08:59:59", {("李明", "2026-11"): (0, 1, 1)}),
        ("2026-11-24 10:00", {}),
    ],
)
def test_an_unanswered_ticket_is_missed_only_after_its_time(facts: Make, cells_of: Read, opened_at: str, expected: dict[Any, Any]) -> None:
    assert cells_of(KPI, facts(tickets=[waiting(opened_at=opened_at)])) == expected


def test_a_late_answer_to_a_young_ticket_counts_at_once(facts: Make, cells_of: Read) -> None:
    assert cells_of(KPI, facts(tickets=[ticket("2026-11-24 08:30", "2026-11-24 08:00")])) == {("李明", "2026-11"): (1, 1, 1)}


@pytest.mark.parametrize(("promise", "expected"), [(4, (1, 3, 3)), (5, (2, 3, 3)), (100, (2, 2, 2))])
def test_the_promise_is_the_businesss_own(facts: Make, cells_of: Read, promise: float, expected: tuple[float, float, int]) -> None:
    # One has waited for 23 hours without an answer when the facts are judged.
    rows = [ticket(response_hours=4), ticket(response_hours=5), waiting(opened_at="2026-10-08 10:00")]
    given = facts(tickets=rows, as_of=dt.datetime(2026, 10, 9, 9), response_target_hours=promise)
    assert cells_of(KPI, given) == {("李明", "2026-10"): expected}


@pytest.mark.parametrize("answered", [True, None])
def test_a_ticket_answered_nobody_knows_when_or_whether_is_not_due(
    facts: Make, cells_of: Read, no_cells: pd.DataFrame, answered: bool | None
) -> None:
    given = facts(tickets=[ticket(answered=answered)])
    pd.testing.assert_frame_equal(KPI.cells(given), no_cells)
    assert KPI.behind(given).empty
    # Beside others it changes nothing.
    assert cells_of(KPI, facts(tickets=[ticket(answered=answered), waiting(), ticket(response_hours=1)])) == {("李明", "2026-10"): (1, 2, 2)}


def test_hours_go_before_what_is_said_of_the_answer(facts: Make, cells_of: Read) -> None:
    assert cells_of(KPI, facts(tickets=[waiting(response_hours=3), waiting(first_response_at="2026-10-12 10:00")])) == {
        ("李明", "2026-10"): (1, 2, 2)
    }


def test_tickets_that_name_nobody_count_for_all(facts: Make, cells_of: Read, values_of: Read) -> None:
    given = facts(tickets=[ticket(response_hours=2), waiting(manager=None)])
    assert cells_of(KPI, given) == {("李明", "2026-10"): (1, 1, 1), (None, "2026-10"): (0, 1, 1)}
    assert values_of(KPI, given, by="manager") == {("李明", "2026-10"): 1}
    assert values_of(KPI, given, by="all") == {("", "2026-10"): 0.5}


def test_a_ticket_belongs_to_the_month_it_was_opened_in(facts: Make, values_of: Read) -> None:
    assert values_of(KPI, facts(tickets=[ticket("2026-11-01 01:00", "2026-10-31 23:00")])) == {("", "2026-10"): 1}


def test_behind_the_figure_stand_the_due_tickets(facts: Make) -> None:
    behind = KPI.behind(facts(tickets=[waiting(), ticket(response_hours=4, manager="王芳"), waiting(opened_at="2026-11-24 08:00"), ticket()]))
    assert behind[["manager", "month", "source_row"]].to_numpy().tolist() == [["李明", "2026-10", 2], ["王芳", "2026-10", 3]]
    assert "waited" not in behind


def test_what_it_is() -> None:
    assert (KPI.id, KPI.target, KPI.higher_is_better, KPI.measure, KPI.unit) == ("response_in_target", 0.95, True, "ratio", "ratio")
    assert (KPI.weighted, KPI.min_sample, KPI.share, KPI.category, KPI.rows) == (True, 5, True, "service", "tickets")


def test_in_working_hours_a_night_is_no_waiting(facts: Make, cells_of: Read) -> None:
    office = OpeningHours(workweek((dt.time(9), dt.time(18))))
    rows = [
        # Nine working hours over a weekend: 72 elapsed ones.
        {"opened_at": "2026-10-02 10:00", "first_response_at": "2026-10-05 10:00", "manager": "李明"},
        # Still waiting: two working hours until Monday 11:00, 67 elapsed ones.
        {"opened_at": "2026-10-02 16:00", "manager": "李明", "answered": False},
        # Three days: 27 working hours.
        {"opened_at": "2026-09-28 09:00", "manager": "王芳", "answered": False},
    ]
    given = facts(tickets=rows, as_of=dt.datetime(2026, 10, 5, 11))
    assert cells_of(KPI, given) == {("李明", "2026-10"): (0, 2, 2), ("王芳", "2026-09"): (0, 1, 1)}
    assert cells_of(KPI, replace(given, opening=office)) == {("李明", "2026-10"): (1, 1, 1), ("王芳", "2026-09"): (0, 1, 1)}
