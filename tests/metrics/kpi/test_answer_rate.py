"""Answer rate: what counts as answered, and of which tickets it is known."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pandas as pd
import pytest

from amdash.metrics.kpi.answer_rate import KPI
from amdash.metrics.spec import Facts

Make = Callable[..., Facts]
Read = Callable[..., dict[Any, Any]]


def ticket(answered: bool | None = None, manager: str | None = "李明", opened_at: str | None = "2026-10-08 10:00", **more: Any) -> dict[str, Any]:
    return {"opened_at": opened_at, "answered": answered, "manager": manager, **more}


def test_answered_over_tickets(facts: Make, cells_of: Read, values_of: Read) -> None:
    given = facts(tickets=[ticket(True), ticket(True), ticket(True), ticket(False)])
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
    # 2 of 3, not the mean of 0.5 and 1.
    assert values_of(KPI, given, by="all") == {("", "2026-10"): pytest.approx(2 / 3), ("", "2026-11"): 0.5}


@pytest.mark.parametrize(
    ("said", "answered"),
    [
        ({"answered": True}, 1),
        ({"answered": False}, 0),
        ({"first_response_at": "2026-10-09 10:00"}, 1),
        ({"response_hours": 3}, 1),
        ({"response_hours": 0}, 1),
        # However late: in time is another figure's question.
        ({"response_hours": 700}, 1),
        ({"answered": True, "response_hours": 3}, 1),
        # A first response is an answer, also where the flag says no.
        ({"answered": False, "first_response_at": "2026-10-09 10:00"}, 1),
        ({"answered": False, "response_hours": 3}, 1),
        # What became of the ticket afterwards says nothing of its answer.
        ({"answered": False, "status": "resolved", "resolved": True}, 0),
    ],
)
def test_one_ticket(facts: Make, cells_of: Read, said: dict[str, Any], answered: int) -> None:
    given = facts(tickets=[{"opened_at": "2026-10-08 10:00", "manager": "李明", **said}])
    assert cells_of(KPI, given) == {("李明", "2026-10"): (answered, 1, 1)}


def test_a_sheet_that_says_nothing_of_answers_gives_nothing(facts: Make, cells_of: Read, values_of: Read, no_cells: pd.DataFrame) -> None:
    silent = ticket(status="resolved", resolved=True, resolved_at="2026-10-09 10:00", resolution_hours=24, channel="电话")
    for given in (facts(), facts(tickets=[silent, ticket()])):
        pd.testing.assert_frame_equal(KPI.cells(given), no_cells)
        assert values_of(KPI, given) == {}
        assert KPI.behind(given).empty
    # Beside others it changes nothing.
    assert cells_of(KPI, facts(tickets=[silent, ticket(False), ticket(response_hours=1)])) == {("李明", "2026-10"): (1, 2, 2)}


def test_a_ticket_within_its_promised_time_is_not_answered_yet(facts: Make, cells_of: Read) -> None:
    # Opened an hour before the facts' date: not due in response_in_target, but a ticket without an answer here.
    given = facts(tickets=[ticket(True), ticket(False, opened_at="2026-11-24 08:00"), ticket(True, opened_at="2026-11-24 08:30")])
    assert cells_of(KPI, given) == {("李明", "2026-10"): (1, 1, 1), ("李明", "2026-11"): (1, 2, 2)}


def test_undated_tickets_are_left_out(facts: Make, cells_of: Read) -> None:
    assert cells_of(KPI, facts(tickets=[ticket(True), ticket(True, opened_at=None)])) == {("李明", "2026-10"): (1, 1, 1)}


def test_tickets_that_name_nobody_count_for_all(facts: Make, cells_of: Read, values_of: Read) -> None:
    given = facts(tickets=[ticket(True), ticket(False, None)])
    assert cells_of(KPI, given) == {("李明", "2026-10"): (1, 1, 1), (None, "2026-10"): (0, 1, 1)}
    assert values_of(KPI, given, by="manager") == {("李明", "2026-10"): 1}
    assert values_of(KPI, given, by="all") == {("", "2026-10"): 0.5}


def test_behind_the_figure_stand_the_tickets_it_counts(facts: Make) -> None:
    behind = KPI.behind(facts(tickets=[ticket(False), ticket(), ticket(response_hours=4, manager="王芳", opened_at="2026-11-02")]))
    assert behind[["manager", "month", "source_row"]].to_numpy().tolist() == [["李明", "2026-10", 2], ["王芳", "2026-11", 4]]
    assert "waited" not in behind


def test_what_it_is() -> None:
    assert (KPI.id, KPI.target, KPI.higher_is_better, KPI.measure, KPI.unit) == ("answer_rate", None, True, "ratio", "ratio")
    assert (KPI.weighted, KPI.min_sample, KPI.share, KPI.category, KPI.rows) == (False, 5, True, "service", "tickets")
    assert (KPI.on_board, KPI.rank) == (False, 72)
