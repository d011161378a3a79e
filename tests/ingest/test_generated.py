"""Tables made up by chance, written in layouts made up by chance, and read back: the accepted rows are the table.

AMDASH_EXAMPLES says how many examples each property tries (200 unless set). By hand, with a seed that can be noted:
AMDASH_EXAMPLES=20000 pytest tests/ingest/test_generated.py --hypothesis-seed=20261126
"""

from __future__ import annotations

import datetime as dt
import os
from typing import Any

import pandas as pd
import pytest
from hypothesis import HealthCheck, assume, given, note, settings
from hypothesis import strategies as st

from amdash.ingest.coerce import text_of
from amdash.ingest.preview import read_file
from amdash.ingest.reader import unpack
from amdash.ingest.reading import FileReading
from amdash.schema import EXTRA, TABLES
from tests.ingest.generated.canvas import Expected, address
from tests.ingest.generated.files import Made, made, summed

TODAY = dt.date(2026, 11, 24)
EXAMPLES = int(os.environ.get("AMDASH_EXAMPLES", "200"))
# Nothing is wrong with these sheets: only what was understood is said, and what a person may like to confirm.
HARMLESS = {"date_order_assumed", "headers_repeated", "note_row", "filled_down", "filled_merged"}
# The same ones every time, unless a number is asked for: what a change breaks is the change's doing.
by_chance = settings(max_examples=EXAMPLES, deadline=None, derandomize="AMDASH_EXAMPLES" not in os.environ, suppress_health_check=list(HealthCheck))


def read(case: Made) -> FileReading:
    for sheet in case.sheets:
        note(f"{sheet.name}: {sheet.cells}")
    (file, data) = unpack(case.file, case.data())[0]
    return read_file(file, data, TODAY)


def plain_values(column: pd.Series) -> list[Any]:
    return [None if pd.isna(value) else value for value in column]


def same(read: list[Any], meant: list[Any]) -> bool:
    """Whether two columns are equal, figures within the dust of a division."""
    return len(read) == len(meant) and all(
        one == other or (isinstance(one, float) and other is not None and not isinstance(other, str) and one == pytest.approx(other, abs=1e-5))
        for one, other in zip(read, meant, strict=True)
    )


def check(found: Any, expected: Expected) -> None:
    assert (found.table, found.accepted, found.refused, found.totals_skipped) == (expected.table, len(expected.rows), 0, expected.totals)
    assert found.header_row == expected.header_row
    for name, values in expected.values.items():
        assert same(plain_values(found.frame[name]), values), (name, plain_values(found.frame[name]), values)
    others = [name for name in TABLES[expected.table].names if name not in expected.values]
    assert found.frame[others].isna().all(axis=None), others
    assert found.frame["source_row"].tolist() == expected.rows
    letters = {column.field: column.letter for column in found.columns}
    assert {name: letters[name] for name in expected.cells} == {
        name: address(*cells[0]).rstrip("0123456789") for name, cells in expected.cells.items()
    }
    extras = {name.removeprefix(EXTRA): plain_values(found.frame[name]) for name in found.frame if name.startswith(EXTRA)}
    kept = {name: [None if value is None else text_of(value) for value in values] for name, values in expected.extras.items()}
    assert {name: values for name, values in extras.items() if name in kept} == kept


@by_chance
@given(made())
def test_what_was_written_is_what_is_read(case: Made) -> None:
    reading = read(case)
    issues = [issue for sheet in reading.sheets for issue in sheet.issues]
    assert [issue for issue in issues if issue.severity == "error" or issue.code not in HARMLESS] == []
    expected = [one for sheet in case.sheets for one in sheet.expected]
    assert [table.table for table in reading.tables] == [one.table for one in expected]
    for found, one in zip(reading.tables, expected, strict=True):
        check(found, one)


@by_chance
@given(summed(), st.data())
def test_a_sum_that_is_wrong_is_the_one_that_is_told(case: Made, data: st.DataObject) -> None:
    sheet, place, wrong = data.draw(st.sampled_from([(sheet, *item) for sheet in case.sheets for one in sheet.expected for item in one.sums.items()]))
    sheet.cells[place] = wrong
    told = [issue for read_sheet in read(case).sheets for issue in read_sheet.issues if issue.code == "total_differs"]
    assert [(issue.sheet, issue.cell) for issue in told] == [(case.sheet_name(sheet), address(*place))]


@by_chance
@given(made(), st.data())
def test_a_cell_that_cannot_be_read_is_told_by_its_address(case: Made, data: st.DataObject) -> None:
    places = [(sheet, one, name) for sheet in case.sheets for one in sheet.expected for name in one.cells if spoilable(one, name)]
    assume(places)
    sheet, one, name = data.draw(st.sampled_from(places))
    record = data.draw(st.integers(1, len(one.rows) - 1))
    place = one.cells[name][record]
    sheet.cells[place] = "看不清"
    reading = read(case)
    told = [issue for read_sheet in reading.sheets for issue in read_sheet.issues if issue.severity == "error"]
    assert [(issue.sheet, issue.cell, issue.row, issue.value) for issue in told] == [
        (case.sheet_name(sheet), address(*place), one.rows[record], "看不清")
    ]
    assert [row for table in reading.tables for row in table.refused_rows] == [one.rows[record]]


def spoilable(one: Expected, name: str) -> bool:
    """Whether the rest of the column still tells what it is when one cell of it says nothing."""
    kinds = ("date", "datetime", "money")
    values = one.values[name]
    return len(one.rows) > 3 and TABLES[one.table].field(name).kind in kinds and TABLES[one.table].field(name).required and None not in values
