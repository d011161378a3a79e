"""How targets went: one line for all that were held to the same, in every month of the span."""

from __future__ import annotations

import pytest

from amdash.errors import AmdashError
from amdash.service import target_history, targets
from amdash.service.workspace import Workspace

MONTHS = ["2026-08", "2026-09", "2026-10"]


@pytest.fixture
def staffed(ws: Workspace, put) -> Workspace:
    put(ws, ("客户经理名单.csv", "姓名,团队\n李明,华东组\n王芳,华东组\n赵静,华南组\n".encode()))
    return ws


def test_without_a_word_all_are_held_to_the_default(staffed: Workspace) -> None:
    (line,) = target_history.history(staffed, "csat", MONTHS)
    assert (line.managers, line.everybody, line.months, line.values) == (("李明", "王芳", "赵静"), True, tuple(MONTHS), (0.9, 0.9, 0.9))


def test_a_target_of_its_own_is_a_line_of_its_own_and_the_larger_group_comes_first(staffed: Workspace) -> None:
    targets.put(staffed, "csat", 0.85, "2026-09", team="华东组")
    targets.put(staffed, "csat", 0.8, "2026-10", manager="赵静")
    found = target_history.history(staffed, "csat", MONTHS)
    assert [(line.managers, line.everybody, line.values) for line in found] == [
        (("李明", "王芳"), False, (0.9, 0.85, 0.85)),
        (("赵静",), False, (0.9, 0.9, 0.8)),
    ]
    # As at the revision before the second word.
    assert len(target_history.history(staffed, "csat", MONTHS, revision=2)) == 2
    assert target_history.history(staffed, "csat", MONTHS, revision=1)[0].everybody


def test_who_has_no_target_in_any_month_has_no_line_and_a_month_without_one_is_a_gap(staffed: Workspace) -> None:
    assert target_history.history(staffed, "sales_amount", MONTHS) == []
    targets.put(staffed, "sales_amount", 5000, "2026-10", manager="王芳")
    (line,) = target_history.history(staffed, "sales_amount", MONTHS)
    assert (line.managers, line.everybody, line.values) == (("王芳",), False, (None, None, 5000))


def test_the_span_is_around_the_month_and_crosses_years() -> None:
    found = target_history.span("2026-10")
    assert (found[0], found[-1], len(found)) == ("2025-04", "2027-03", 24)


def test_what_is_not_there_is_said(staffed: Workspace) -> None:
    with pytest.raises(AmdashError, match="kpi_unknown"):
        target_history.history(staffed, "x", MONTHS)
    with pytest.raises(AmdashError, match="revision_unknown"):
        target_history.history(staffed, "csat", MONTHS, revision=9)
