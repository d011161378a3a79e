"""Typed frames: every column of its table, of its type, also where there are no rows."""

from __future__ import annotations

import datetime as dt

import pandas as pd
import pytest

from amdash.schema import SOURCE_COLUMNS, TABLES, empty_frame, frame_of, month_column, month_of
from amdash.schema.frames import dtypes

PLACES = {"source_file": ["a.xlsx", "a.xlsx"], "source_sheet": ["S", "S"], "source_row": [2, 3]}


@pytest.mark.parametrize(
    ("table", "field", "dtype"),
    [
        ("sales", "date", "datetime64[us]"),
        ("sales", "amount", "float64"),
        ("sales", "manager", "str"),
        ("sales", "product", "str"),
        ("sales", "status", "str"),
        ("sales", "quantity", "float64"),
        ("sales", "returned", "boolean"),
        ("targets", "period", "str"),
        ("tickets", "opened_at", "datetime64[us]"),
        ("tickets", "response_hours", "float64"),
        ("surveys", "score", "float64"),
        ("sales", "source_file", "str"),
        ("sales", "source_sheet", "str"),
        ("sales", "source_row", "int64"),
    ],
)
def test_a_field_has_the_type_of_its_kind(table: str, field: str, dtype: str) -> None:
    assert dtypes(TABLES[table])[field] == dtype
    assert str(empty_frame(TABLES[table])[field].dtype) == dtype


@pytest.mark.parametrize("table", TABLES.values(), ids=TABLES)
def test_every_frame_of_a_table_has_the_same_columns_and_types(table) -> None:
    empty = empty_frame(table)
    assert list(empty.columns) == [*table.names, *SOURCE_COLUMNS]
    assert len(empty) == 0
    filled = frame_of(table, PLACES, 2)
    assert list(filled.dtypes) == list(empty.dtypes)
    assert filled[list(table.names)].isna().all(axis=None)
    pd.testing.assert_frame_equal(pd.concat([empty, filled], ignore_index=True), filled)


def test_what_is_given_is_kept_and_the_rest_is_missing() -> None:
    given = {"date": [dt.datetime(2026, 10, 9), None], "amount": [1.5, None], "returned": [True, None], "manager": ["李明", None], **PLACES}
    copy = {name: list(values) for name, values in given.items()}
    frame = frame_of(TABLES["sales"], given, 2)
    assert frame["date"].tolist() == [pd.Timestamp("2026-10-09"), pd.NaT]
    assert frame["amount"].iloc[0] == 1.5
    assert frame["returned"].tolist() == [True, pd.NA]
    assert frame.loc[1, ["date", "amount", "returned", "manager", "product"]].isna().all()
    assert frame["source_row"].tolist() == [2, 3]
    assert given == copy


def test_a_column_that_is_no_field_is_left_out() -> None:
    assert "colour" not in frame_of(TABLES["sales"], {"colour": ["red", "blue"], **PLACES}, 2)


@pytest.mark.parametrize(
    ("value", "month"),
    [
        (None, None),
        (pd.NaT, None),
        (float("nan"), None),
        (dt.date(2026, 2, 28), "2026-02"),
        (dt.datetime(2026, 2, 28, 23, 59), "2026-02"),
        (pd.Timestamp("2026-12-01"), "2026-12"),
        ("2026-10", "2026-10"),
        ("2026-10-31", "2026-10"),
    ],
)
def test_the_month_of_a_value(value: object, month: str | None) -> None:
    assert month_of(value) == month


def test_the_month_of_a_dated_row_and_of_one_without_a_date() -> None:
    frame = frame_of(TABLES["sales"], {"date": [dt.datetime(2026, 10, 31, 23), None], **PLACES}, 2)
    assert month_column(TABLES["sales"], frame).tolist() == ["2026-10", ""]
    assert frame["date"].tolist() == [pd.Timestamp("2026-10-31 23:00"), pd.NaT]


def test_a_period_is_its_own_month() -> None:
    frame = frame_of(TABLES["targets"], {"period": ["2026-10", None], **PLACES}, 2)
    assert month_column(TABLES["targets"], frame).tolist() == ["2026-10", ""]


def test_a_list_has_no_month() -> None:
    # Not even where its rows hold dates, such as the day on which somebody was hired.
    frame = frame_of(TABLES["managers"], {"hired_on": [dt.datetime(2026, 10, 1), None], **PLACES}, 2)
    months = month_column(TABLES["managers"], frame.set_axis([7, 9]))
    assert months.to_dict() == {7: "", 9: ""}


@pytest.mark.parametrize("table", TABLES.values(), ids=TABLES)
def test_no_rows_have_no_months(table) -> None:
    months = month_column(table, empty_frame(table))
    assert (len(months), str(months.dtype)) == (0, "str")
