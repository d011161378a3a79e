"""Resolution rate: what counts as resolved, by when, and of which tickets it is known."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pandas as pd
import pytest

from amdash.metrics.kpi.first_resolution import KPI
from amdash.metrics.spec import Facts

Make = Callable[..., Facts]
Read = Callable[..., dict[Any, Any]]


def ticket(resolved: bool | None = None, manager: str | None = "李明", opened_at: str | None = "2026-10-08 10:00", **more: Any) -> dict[str, Any]:
    return {"opened_at": opened_at, "resolved": resolved, "manager": manager, **more}


def test_resolved_over_tickets(facts: Make, cells_of: Read, values_of: Read) -> None:
    given = facts(tickets=[ticket(True), ticket(resolved_at="2026-10-09 10:00"), ticket(status="resolved"), ticket(False)])
    assert cells_of(KPI, given) == {("李明", "2026-10"): (3, 4, 4)}
    assert values_of(KPI, given, by="manager") == {("李明", "2026-10"): 0.75}


def test_two_managers_and_two_months(facts: Make, cells_of: Read, values_of: Read) -> None:
    rows = [ticket(True), ticket(False), ticket(True, "王芳"), ticket(True, opened_at="2026-11-02"), ticket(False, "王芳", "2026-11-30 23:59")]
    given = facts(tickets=rows)
    assert cells_of(KPI, given) == {
        ("李明", "2026-10"): (1, 2, 2),
        ("李明", "2026-11"): (1, 1, 1),
        ("王芳", "2026-10"): (1, 1, 1),
        ("王芳", "2026-11"): (0, 1, 1),
    }
    assert values_of(KPI, given, by="all") == {("", "2026-10"): pytest.approx(2 / 3), ("", "2026-11"): 0.5}


@pytest.mark.parametrize(
    ("said", "resolved"),
    [
        ({"resolved": True}, 1),
        ({"resolved": False}, 0),
        ({"status": "resolved"}, 1),
        ({"status": "open"}, 0),
        ({"resolved": False, "status": "resolved"}, 1),
        # Reopened: the last outcome counts, whatever was noted before.
        ({"resolved": True, "status": "open"}, 0),
        ({"resolved_at": "2026-10-09 10:00", "status": "open"}, 0),
        ({"resolution_hours": 5, "status": "open"}, 0),
        ({"resolution_hours": 5}, 1),
        ({"resolution_hours": 0}, 1),
        ({"resolution_hours": 5, "resolved": False}, 1),
        ({"resolved_at": "2026-10-09 10:00"}, 1),
        ({"resolved_at": "2026-10-09 10:00", "resolved": False}, 1),
        # The facts are of 2026-11-24 09:00.
        ({"resolved_at": "2026-11-24 09:00"}, 1),
        ({"resolved_at": "2026-11-24 09:01"}, 0),
        ({"resolved_at": "2026-11-24 09:01", "resolved": True, "status": "resolved", "resolution_hours": 5}, 0),
    ],
)
def test_one_ticket(facts: Make, cells_of: Read, said: dict[str, Any], resolved: int) -> None:
    given = facts(tickets=[{"opened_at": "2026-10-08 10:00", "manager": "李明", **said}])
    assert cells_of(KPI, given) == {("李明", "2026-10"): (resolved, 1, 1)}


def test_a_sheet_that_says_nothing_of_resolution_gives_nothing(facts: Make, cells_of: Read, values_of: Read, no_cells: pd.DataFrame) -> None:
    silent = ticket(answered=True, response_hours=3, first_response_at="2026-10-08 13:00", channel="电话")
    for given in (facts(), facts(tickets=[silent, ticket()])):
        pd.testing.assert_frame_equal(KPI.cells(given), no_cells)
        assert values_of(KPI, given) == {}
        assert KPI.behind(given).empty
    # Beside others it changes nothing.
    assert cells_of(KPI, facts(tickets=[silent, ticket(False), ticket(True)])) == {("李明", "2026-10"): (1, 2, 2)}


def test_a_figure_as_at_an_earlier_date_does_not_know_what_came_later(facts: Make, values_of: Read) -> None:
    rows = [ticket(resolved_at="2026-10-09 10:00"), ticket(resolved_at="2026-11-20 10:00")]
    assert values_of(KPI, facts(tickets=rows, as_of=dt.datetime(2026, 11, 1))) == {("", "2026-10"): 0.5}
    assert values_of(KPI, facts(tickets=rows)) == {("", "2026-10"): 1}


def test_a_ticket_belongs_to_the_month_it_was_opened_in(facts: Make, values_of: Read) -> None:
    assert values_of(KPI, facts(tickets=[ticket(opened_at="2026-10-31 23:00", resolved_at="2026-11-01 01:00")])) == {("", "2026-10"): 1}


def test_undated_tickets_are_left_out(facts: Make, cells_of: Read) -> None:
    assert cells_of(KPI, facts(tickets=[ticket(True), ticket(True, opened_at=None)])) == {("李明", "2026-10"): (1, 1, 1)}


def test_tickets_that_name_nobody_count_for_all(facts: Make, cells_of: Read, values_of: Read) -> None:
    given = facts(tickets=[ticket(True), ticket(False, None)])
    assert cells_of(KPI, given) == {("李明", "2026-10"): (1, 1, 1), (None, "2026-10"): (0, 1, 1)}
    assert values_of(KPI, given, by="manager") == {("李明", "2026-10"): 1}
    assert values_of(KPI, given, by="all") == {("", "2026-10"): 0.5}


def test_behind_the_figure_stand_the_tickets_it_counts(facts: Make) -> None:
    rows = [ticket(False), ticket(), ticket(resolved_at="2026-11-03", manager="王芳", opened_at="2026-11-02"), ticket(resolution_hours=2)]
    behind = KPI.behind(facts(tickets=[*rows, ticket(status="open")]))
    assert behind[["manager", "month", "source_row"]].to_numpy().tolist() == [
        ["李明", "2026-10", 2],
        ["王芳", "2026-11", 4],
        ["李明", "2026-10", 5],
        ["李明", "2026-10", 6],
    ]
    # As it stands in the sheet, which says no.
    assert behind["resolved"].tolist()[0] is False
    assert "resolved_on" not in behind


def test_what_it_is() -> None:
    assert (KPI.id, KPI.target, KPI.higher_is_better, KPI.measure, KPI.unit) == ("first_resolution", None, True, "ratio", "ratio")
    assert (KPI.weighted, KPI.min_sample, KPI.share, KPI.category, KPI.rows) == (False, 5, True, "service", "tickets")
    assert (KPI.on_board, KPI.rank) == (False, 74)
