"""Names are compared without what does not tell them apart, and shown in one spelling."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from amdash.metrics.names import Coded, coded, columns_of, fold, key_of, spellings
from amdash.schema import TABLES, empty_frame, frame_of


@pytest.mark.parametrize(
    "name", ["ann lee", "Ann  Lee", "Ａｎｎ Lee", " ANN\tLEE ", "Ann\u00a0Lee", "An\u200bn Lee", "\ufeffAnn Lee", "Ann\u3000Lee"]
)
def test_width_case_spaces_and_invisible_characters_do_not_tell_names_apart(name: str) -> None:
    assert fold(name) == "ann lee"


@pytest.mark.parametrize("name", ["李明", "李 明", "李\u3000明", "李\u200b明", " 李 明 "])
def test_chinese_is_written_without_spaces(name: str) -> None:
    assert fold(name) == "李明"


@pytest.mark.parametrize(
    ("one", "other"),
    [("AnnLee", "Ann Lee"), ("Ann-Lee", "Ann Lee"), ("张伟", "張偉"), ("李明", "李明明"), ("Müller", "Muller"), ("01", "1"), ("A", "Á")],
)
def test_what_only_looks_alike_stays_apart(one: str, other: str) -> None:
    assert fold(one) != fold(other)


def test_a_space_beside_a_chinese_character_says_nothing() -> None:
    assert fold("上海 ABC 有限公司") == fold("上海abc有限公司") == "上海abc有限公司"
    assert fold("李明 (1001)") == fold("李明（1001）")


@given(st.text(max_size=12))
def test_folding_twice_is_folding_once(name: str) -> None:
    assert fold(fold(name)) == fold(name)


def test_products_are_compared_to_the_letter() -> None:
    assert key_of("product")(" GTX Pro ") == "GTX Pro"
    assert key_of("product")("gtx pro") != key_of("product")("GTX Pro")


def test_the_columns_in_which_names_stand() -> None:
    frames = {name: empty_frame(table) for name, table in TABLES.items()}
    people = {name: columns_of("manager", name, frame) for name, frame in frames.items()}
    assert people["managers"] == ["name"]
    assert people["feedback"] == ["manager", "recorded_by"]
    assert people["returns"] == []
    assert [name for name, frame in frames.items() if columns_of("customer", name, frame)] == [
        "customers",
        "sales",
        "tickets",
        "complaints",
        "surveys",
    ]
    assert [name for name, frame in frames.items() if columns_of("product", name, frame)] == ["sales", "products"]


def column(*names: str | None) -> Coded:
    return Coded.of(pd.Series(names, dtype="str"))


def test_a_column_and_its_values() -> None:
    held = column("b", None, "a", "b")
    assert (held.codes.tolist(), held.values, held.counts()) == ([0, -1, 1, 0], ["b", "a"], [2, 1])
    renamed = held.renamed(["x", None], pd.RangeIndex(4))
    pd.testing.assert_series_equal(renamed, pd.Series(["x", None, None, "x"], dtype="str"))
    assert (column().values, column().counts()) == ([], [])
    assert column(None).renamed([], pd.RangeIndex(1)).isna().all()


def test_the_most_frequent_spelling_is_shown_and_of_equals_the_first() -> None:
    sales = ("sales", "manager", column("ann lee", "Ann Lee", "Ann Lee", "BO", "bo"))
    assert spellings("manager", [sales]) == {"ann lee": "Ann Lee", "bo": "BO"}
    more = ("tickets", "manager", column("ann lee", "ann lee"))
    assert spellings("manager", [sales, more])["ann lee"] == "ann lee"


def test_the_spelling_of_the_list_goes_before_all() -> None:
    sales = ("sales", "manager", column("ann lee", "ann lee", "ann lee"))
    assert spellings("manager", [sales, ("managers", "name", column("ANN Lee"))]) == {"ann lee": "ANN Lee"}
    # Only the list of customers speaks for customers, and only its column of names.
    assert spellings("customer", [("sales", "customer", column("x", "x")), ("customers", "customer", column("X"))]) == {"x": "X"}
    assert spellings("manager", [sales, ("customers", "manager", column("ANN Lee"))]) == {"ann lee": "ann lee"}


def test_every_column_of_names_is_read() -> None:
    frames = {"sales": frame_of(TABLES["sales"], {"manager": ["A"], "customer": ["B"], "product": ["C"], "source_row": [2]}, 1)}
    assert [(table, name, held.values) for table, name, held in coded("customer", frames)] == [("sales", "customer", ["B"])]


def test_a_list_without_its_column_of_names_has_none() -> None:
    assert columns_of("customer", "customers", pd.DataFrame({"region": ["华东"]})) == []
    assert columns_of("manager", "managers", pd.DataFrame({"team": ["A"], "manager": ["李明"]})) == ["manager"]
