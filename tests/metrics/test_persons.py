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
