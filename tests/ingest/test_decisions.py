"""Decisions of a person: how they are written, which columns they fall on, and what is no decision."""

from __future__ import annotations

from typing import Any

import pytest

from amdash.errors import AmdashError
from amdash.ingest import decisions
from amdash.ingest.decisions import Decision
from amdash.ingest.layout import Column, Grid


def grid(*headers: str) -> Grid:
    return Grid(1, [Column(index, header) for index, header in enumerate(headers)], [2], [["x"] for _ in headers], [])


def fields(sheet: Grid, *texts: str, before: tuple[str, ...] = ()) -> dict[int, tuple[str, str]]:
    return dict(decisions.on(sheet, decisions.parse(texts), decisions.parse(before)).fields)


def test_a_column_is_named_by_its_header_or_its_letter() -> None:
    sheet = grid("when", "How_Much", "who")
    found = fields(sheet, "When = sales.date", "how much=sales.amount", "C=sales.manager", "gone=sales.product")
    assert found == {0: ("sales", "date"), 1: ("sales", "amount"), 2: ("sales", "manager")}
    assert fields(sheet) == {}


def test_a_column_may_have_an_equals_sign_in_its_name() -> None:
    assert decisions.parse(["a=b=sales.date"]) == [Decision("a=b", "sales.date")]
    assert decisions.parse([]) == []


@pytest.mark.parametrize(
    "text", ["when", "=sales.date", " =sales.date", "when=sales", "when=orders.date", "when=order:sideways", "when=scale:x", "sheet:a=burn"]
)
def test_what_means_nothing_is_an_error_with_its_text(text: str) -> None:
    with pytest.raises(AmdashError) as caught:
        decisions.parse(["ok=sales.date", text])
    assert (caught.value.code, caught.value.fields["mapping"]) == ("mapping_invalid", text)


def test_a_field_that_the_table_lacks_is_said_with_those_it_has() -> None:
    with pytest.raises(AmdashError) as caught:
        decisions.parse(["x=returns.colour"])
    assert (caught.value.code, caught.value.fields["known"]) == ("mapping_field_unknown", ["order_no", "returned", "returned_on", "reason"])


def test_ignoring_and_reading_are_decisions_too() -> None:
    found = decisions.on(grid("a", "b", "c"), decisions.parse(["a=ignore", "b=order:day_first", "b=sales.date", "c=scale:10", "sheet:S=skip"]))
    assert (found.ignored, found.values) == (frozenset({0}), {1: {"order": "day_first"}, 2: {"scale": "10"}})
    assert {one.subject for one in found.used} == {"a", "b", "c"}


def test_what_is_said_now_goes_before_what_was_said_then() -> None:
    sheet = grid("a", "b")
    assert fields(sheet, "b=sales.date", before=("a=sales.date",)) == {1: ("sales", "date")}
    assert fields(sheet, "a=ignore", before=("a=sales.date",)) == {}
    assert fields(sheet, before=("a=sales.date",)) == {0: ("sales", "date")}


def test_two_columns_for_one_field_at_once_are_an_error() -> None:
    with pytest.raises(AmdashError) as caught:
        fields(grid("a", "b"), "a=sales.date", "b=sales.date")
    assert (caught.value.code, caught.value.fields["columns"]) == ("mapping_twice", ["a", "b"])


@pytest.mark.parametrize(("sheet", "choice"), [("原始", "skip"), ("清洗", None)])
def test_of_a_sheet_the_last_word_counts(sheet: str, choice: Any) -> None:
    made = decisions.parse(["sheet:原始=take", "sheet:原始=skip"])
    assert decisions.of_sheet(made, sheet) == choice


def test_the_series_of_files() -> None:
    made = decisions.parse(["file:a.csv=series:华东", "x=sales.date"])
    assert (decisions.series_of_files(made), decisions.headers(made)) == ({"a.csv": "华东"}, ["x"])


def test_a_scope_is_the_same_for_the_same_headers_in_any_order() -> None:
    assert decisions.scope_of(grid("日期", "金额")) == decisions.scope_of(grid("金 额", "日期"))
    assert decisions.scope_of(grid("日期", "金额")) != decisions.scope_of(grid("日期"))


def test_what_is_said_of_files() -> None:
    said = decisions.parse(["file:a=b.csv=encoding:cp1252", "file:a.csv=series:华东", "file:b.csv=series:new"])
    assert decisions.encodings_of_files(said) == {"a=b.csv": "cp1252"}
    assert decisions.series_of_files(said) == {"a.csv": "华东", "b.csv": "new"}
    with pytest.raises(AmdashError, match="mapping_invalid"):
        decisions.parse(["file:a.csv=colour:red"])
    with pytest.raises(AmdashError, match="mapping_invalid"):
        decisions.parse(["file:a.csv=encoding:"])
