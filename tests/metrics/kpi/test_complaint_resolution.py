"""Complaint resolution: what counts as resolved, and by when."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pandas as pd
import pytest

from amdash.metrics.kpi.complaint_resolution import KPI
from amdash.metrics.spec import Facts

Make = Callable[..., Facts]
Read = Callable[..., dict[Any, Any]]


def complaint(resolved_on: str | None = None, manager: str | None = "李明", received_on: str | None = "2026-10-08", **more: Any) -> dict[str, Any]:
    return {"received_on": received_on, "resolved_on": resolved_on, "manager": manager, **more}


def test_resolved_over_received(facts: Make, cells_of: Read, values_of: Read) -> None:
    given = facts(complaints=[complaint("2026-10-09"), complaint(resolved=False), complaint("2026-11-20"), complaint("2026-10-08")])
    assert cells_of(KPI, given) == {("李明", "2026-10"): (3, 4, 4)}
    assert values_of(KPI, given, by="manager") == {("李明", "2026-10"): 0.75}


def test_two_managers_and_two_months(facts: Make, cells_of: Read, values_of: Read) -> None:
    rows = [
        complaint("2026-11-02"),
        complaint(status="open"),
        complaint("2026-11-09", received_on="2026-11-02"),
        complaint(manager="王芳", resolved=False),
        complaint("2026-10-30", "王芳"),
    ]
    given = facts(complaints=[*rows, complaint(manager="王芳", received_on="2026-11-03", resolved=False)])
    assert cells_of(KPI, given) == {
        ("李明", "2026-10"): (1, 2, 2),
        ("李明", "2026-11"): (1, 1, 1),
        ("王芳", "2026-10"): (1, 2, 2),
        ("王芳", "2026-11"): (0, 1, 1),
    }
    assert values_of(KPI, given, by="all", every="quarter") == {("", "2026-Q4"): 0.5}


def test_no_complaint_is_not_measured(facts: Make, values_of: Read, no_cells: pd.DataFrame) -> None:
    pd.testing.assert_frame_equal(KPI.cells(facts()), no_cells)
    assert values_of(KPI, facts()) == {}


@pytest.mark.parametrize(
    ("said", "resolved"),
    [
        ({"resolved": True}, 1),
        ({"resolved": False}, 0),
        ({"status": "resolved"}, 1),
        ({"status": "open"}, 0),
        ({"resolved": False, "status": "resolved"}, 1),
        ({"resolved": False, "status": "open"}, 0),
        # Reopened: the last outcome counts, whatever was noted before.
        ({"resolved": True, "status": "open"}, 0),
        ({"resolved_on": "2026-11-01", "status": "open"}, 0),
        ({"resolved_on": "2026-11-01", "resolved": True, "status": "open"}, 0),
        ({"resolved_on": "2026-11-01"}, 1),
        ({"resolved_on": "2026-11-01", "resolved": False}, 1),
        # The facts are of 2026-11-24 09:00.
        ({"resolved_on": "2026-11-24"}, 1),
        ({"resolved_on": "2026-11-25"}, 0),
        ({"resolved_on": "2026-11-25", "resolved": True, "status": "resolved"}, 0),
    ],
)
def test_one_complaint(facts: Make, cells_of: Read, said: dict[str, Any], resolved: int) -> None:
    given = facts(complaints=[{"received_on": "2026-10-08", "manager": "李明", **said}])
    assert cells_of(KPI, given) == {("李明", "2026-10"): (resolved, 1, 1)}


def test_a_complaint_of_which_nothing_is_known_does_not_count(facts: Make, cells_of: Read, no_cells: pd.DataFrame) -> None:
    assert cells_of(KPI, facts(complaints=[complaint(), complaint(), complaint("2026-11-01")])) == {("李明", "2026-10"): (1, 1, 1)}
    # A list that says of nothing whether it was resolved is no data.
    pd.testing.assert_frame_equal(KPI.cells(facts(complaints=[complaint(category="送货", severity="高"), complaint()])), no_cells)


def test_a_figure_as_at_an_earlier_date_does_not_know_what_came_later(facts: Make, values_of: Read) -> None:
    rows = [complaint("2026-10-09"), complaint("2026-11-20")]
    assert values_of(KPI, facts(complaints=rows, as_of=dt.datetime(2026, 11, 1))) == {("", "2026-10"): 0.5}
    assert values_of(KPI, facts(complaints=rows, as_of=dt.datetime(2026, 11, 20))) == {("", "2026-10"): 1}


def test_a_complaint_belongs_to_the_month_it_was_received_in(facts: Make, values_of: Read) -> None:
    assert values_of(KPI, facts(complaints=[complaint("2026-11-01", received_on="2026-10-31")])) == {("", "2026-10"): 1}


def test_undated_complaints_are_left_out(facts: Make, cells_of: Read) -> None:
    assert cells_of(KPI, facts(complaints=[complaint("2026-11-01"), complaint(received_on=None)])) == {("李明", "2026-10"): (1, 1, 1)}


def test_complaints_that_name_nobody_count_for_all(facts: Make, cells_of: Read, values_of: Read) -> None:
    given = facts(complaints=[complaint("2026-11-01"), complaint(manager=None, resolved=False)])
    assert cells_of(KPI, given) == {("李明", "2026-10"): (1, 1, 1), (None, "2026-10"): (0, 1, 1)}
    assert values_of(KPI, given, by="manager") == {("李明", "2026-10"): 1}
    assert values_of(KPI, given, by="all") == {("", "2026-10"): 0.5}


def test_behind_the_figure_stand_the_complaints_it_counts(facts: Make) -> None:
    rows = [complaint("2026-11-01"), complaint(), complaint(manager="王芳", received_on="2026-11-02", status="open")]
    behind = KPI.behind(facts(complaints=rows))
    assert behind[["manager", "month", "source_row"]].to_numpy().tolist() == [["李明", "2026-10", 2], ["王芳", "2026-11", 4]]


def test_what_it_is() -> None:
    assert (KPI.id, KPI.target, KPI.higher_is_better, KPI.measure, KPI.unit) == ("complaint_resolution", 0.95, True, "ratio", "ratio")
    assert (KPI.weighted, KPI.min_sample, KPI.share, KPI.category, KPI.rows) == (True, 3, True, "service", "complaints")
