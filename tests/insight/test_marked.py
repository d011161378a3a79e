"""Where limits begin anew: what is said of somebody, of the team and of everybody, each month once."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amdash.insight.marked import Mark, between, first_month, marks_of

ENTRIES = (
    Mark("2026-06", "csat", "manager", "李明"),
    Mark("2026-03"),
    Mark("2026-05", "", "team", "华东组"),
    Mark("2026-04", "sales_amount"),
    Mark("2026-03", "csat", "team", "华东组"),
    Mark("2026-07", "csat", "manager", "华东组"),
)


@pytest.mark.parametrize(
    ("kpi", "manager", "team", "expected"),
    [
        ("csat", "李明", "华东组", ("2026-03", "2026-05", "2026-06")),
        ("csat", "王芳", "华东组", ("2026-03", "2026-05")),
        ("csat", "王芳", None, ("2026-03",)),
        ("csat", "王芳", "", ("2026-03",)),
        ("csat", None, "华东组", ("2026-03", "2026-05")),
        ("csat", None, None, ("2026-03",)),
        ("sales_amount", "李明", "华东组", ("2026-03", "2026-04", "2026-05")),
        ("sales_amount", None, "华南组", ("2026-03", "2026-04")),
        # A manager who is called like a team is somebody else.
        ("csat", "华东组", None, ("2026-03", "2026-07")),
    ],
)
def test_whose_marks_and_of_which_kpi(kpi: str, manager: str | None, team: str | None, expected: tuple[str, ...]) -> None:
    assert marks_of(ENTRIES, kpi, manager, team) == expected


def test_nothing_marked_is_no_mark() -> None:
    assert marks_of((), "csat", "李明", "华东组") == ()


def test_a_plan_has_the_month_after_its_start_to_itself() -> None:
    assert (first_month("2026-05"), first_month("2026-12")) == ("2026-06", "2027-01")


@pytest.mark.parametrize(
    ("marks", "expected"),
    [
        ((), ("", None)),
        (("2026-05",), ("", None)),
        (("2026-04",), ("2026-04", None)),
        (("2026-06",), ("", None)),
        (("2026-07",), ("", "2026-07")),
        (("2026-02", "2026-04", "2026-05", "2026-06", "2026-08", "2026-09"), ("2026-04", "2026-08")),
    ],
)
def test_the_stretch_of_a_plan_is_bounded_by_other_marks_than_its_own(marks: tuple[str, ...], expected: tuple[str, str | None]) -> None:
    assert between(marks, "2026-05") == expected


MONTHS = st.sampled_from([f"2026-{number:02d}" for number in range(1, 13)])
MARKS = st.builds(
    Mark, MONTHS, st.sampled_from(["", "csat", "nps"]), st.sampled_from(["everybody", "team", "manager"]), st.sampled_from(["", "李明", "华东组"])
)


@given(st.lists(MARKS))
def test_every_month_once_in_order_and_everybodys_hold_for_each(entries: list[Mark]) -> None:
    mine = marks_of(entries, "csat", "李明", "华东组")
    assert list(mine) == sorted(set(mine))
    assert set(marks_of(entries, "csat")) <= set(marks_of(entries, "csat", team="华东组")) <= set(mine)
    assert marks_of([*reversed(entries)], "csat", "李明", "华东组") == mine
