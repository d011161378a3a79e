"""From when to when somebody worked under a number, and who may have followed himself."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd
import pytest

from amdash.metrics.persons import has_numbers, periods, roll_of, successive
from amdash.metrics.spec import Facts
from amdash.schema import TABLES

Make = Callable[..., Facts]
DATED = {name: table.dated_by for name, table in TABLES.items() if table.dated_by}


def day(text: str) -> pd.Timestamp:
    return pd.Timestamp(text)


def test_from_the_first_row_with_a_number_to_the_last(facts: Make) -> None:
    given = facts(
        tickets=[
            {"opened_at": "2026-03-05 09:00", "manager": "a", "employee_no": "1"},
            {"opened_at": "2026-01-05 08:00", "manager": "a", "employee_no": "1"},
            {"opened_at": "2025-01-05 08:00", "manager": "a"},
            {"opened_at": "2026-01-01", "employee_no": "2"},
        ],
        sales=[{"date": "2026-04-01", "amount": 1.0, "manager": "a", "employee_no": "1"}, {"date": "2020-01-01", "amount": 1.0, "manager": "b"}],
        summary=[{"period": "2026-02", "manager": "c", "employee_no": "3"}],
        targets=[{"period": "2030-01", "value": 1.0, "manager": "a"}],
    )
    assert periods(given.tables, DATED) == {
        "a": (day("2026-01-05 08:00"), day("2026-04-01")),
        # A month is all of its days.
        "c": (day("2026-02-01"), day("2026-02-28")),
    }


def test_without_rows_the_list_tells_from_hiring_to_leaving(facts: Make) -> None:
    people = [{"name": "a", "left_on": "2026-03-31"}, {"name": "b", "hired_on": "2026-04-01"}, {"name": "c"}, {"name": "d", "hired_on": "2026-05-01"}]
    given = facts(managers=people, tickets=[{"opened_at": "2026-06-01", "manager": "d", "employee_no": "4"}])
    found = periods(given.tables, DATED)
    assert set(found) == {"a", "b", "d"}
    assert (found["a"][1], found["b"][0], found["d"]) == (day("2026-03-31"), day("2026-04-01"), (day("2026-06-01"), day("2026-06-01")))
    assert successive(["a", "b"], found) == [("a", "b")]
    assert periods(facts().tables, DATED) == {}


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        (("2026-01-01", "2026-01-31"), ("2026-02-01", "2026-03-01"), [("a", "b")]),
        (("2026-02-01", "2026-03-01"), ("2026-01-01", "2026-01-31"), [("b", "a")]),
        (("2026-01-01", "2026-02-01"), ("2026-02-01", "2026-03-01"), []),
        (("2026-01-01", "2026-03-01"), ("2026-02-01", "2026-02-02"), []),
    ],
)
def test_only_days_that_follow_one_another_may_be_one_persons(
    first: tuple[str, str], second: tuple[str, str], expected: list[tuple[str, str]]
) -> None:
    spans = {"a": (day(first[0]), day(first[1])), "b": (day(second[0]), day(second[1]))}
    assert successive(["a", "b", "unknown"], spans) == expected


def test_the_last_entry_of_the_list_has_the_number(facts: Make) -> None:
    people = [{"name": "旧名", "employee_no": "E1"}, {"name": "新名", "employee_no": "e1"}]
    roll = roll_of(facts(managers=people).tables, {"旧名": "旧名", "新名": "新名"})
    assert (roll.label(None, "E1"), roll.label("旧名", "E1"), roll.label(None, "E2"), roll.label(None, None)) == ("新名", "旧名", None, None)


def test_a_table_without_numbers(facts: Make) -> None:
    given = facts(tickets=[{"opened_at": "2026-01-01", "manager": "a"}])
    assert [has_numbers(given[name]) for name in ("tickets", "targets", "sales")] == [False, False, False]
    assert roll_of(given.tables, {"a": "a"}).split == {}


def test_the_people_of_one_name_bear_their_numbers_as_written(facts: Make) -> None:
    people = [{"name": "Ann Lee", "employee_no": "A-1"}, {"name": "ann lee", "employee_no": "B-2"}]
    roll = roll_of(facts(managers=people).tables, {"ann lee": "Ann Lee"})
    assert roll.labels("ann lee") == ("Ann Lee (A-1)", "Ann Lee (B-2)")
    assert roll.label("ANN LEE", "b-2") == "Ann Lee (B-2)"
    # Whom no table knows is shown as written.
    assert roll.label("Bob STONE", None) == "Bob STONE"


AGENTS = [{"opened_at": "2026-01-01", "manager": "Agent", "employee_no": number} for number in ("1", "2")]
PAIR = [{"opened_at": "2026-01-01", "manager": name, "employee_no": number} for name, number in (("Ann", "1"), ("Bob", "3"))]


def nobodys(facts: Make, tickets: list[tuple[str, str, dict[str, str]]], **more: list[dict[str, str]]) -> frozenset[str]:
    """``tickets``: (file, sheet, row)."""
    given = dict(facts(tickets=[row for _, _, row in tickets], **more).tables)
    given["tickets"] = given["tickets"].assign(source_file=[file for file, _, _ in tickets], source_sheet=[sheet for _, sheet, _ in tickets])
    return roll_of(given, {}).nobodys


def test_a_name_that_stands_alone_in_a_sheet_of_several_numbers_is_nobodys(facts: Make) -> None:
    alone = [("f", "A", row) for row in AGENTS]
    assert nobodys(facts, alone) == {"agent"}
    assert nobodys(facts, alone[:1]) == set()
    # On a list, or beside another name in a sheet of its own, it is somebody's.
    assert nobodys(facts, alone, managers=[{"name": "Agent"}]) == set()
    assert nobodys(facts, alone, managers=[{"name": "Agent", "employee_no": "1"}]) == set()
    beside = [("f", "B", AGENTS[0]), ("f", "B", PAIR[0])]
    assert nobodys(facts, [*alone, *beside]) == set()
    # Where there are no numbers, one name alone says nothing, and one of two does.
    assert nobodys(facts, alone, complaints=[{"received_on": "2026-01-01", "manager": "Agent"}]) == {"agent"}
    two = [{"received_on": "2026-01-01", "manager": name} for name in ("Agent", "Ann")]
    assert nobodys(facts, alone, complaints=two) == set()


def test_a_sheet_is_told_by_its_file_too(facts: Make) -> None:
    sheets = [("f", "A", PAIR), ("f", "B", AGENTS), ("g", "A", PAIR), ("g", "B", PAIR)]
    assert nobodys(facts, [(file, sheet, row) for file, sheet, rows in sheets for row in rows]) == {"agent"}
