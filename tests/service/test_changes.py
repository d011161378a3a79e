"""Rows added, changed, removed, left alone."""

from __future__ import annotations

import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from amdash.schema import TABLES, empty_frame, frame_of
from amdash.service.changes import RowChanges, compare

SALES, TICKETS = TABLES["sales"], TABLES["tickets"]


def sales(*rows: tuple[str | None, float]) -> pd.DataFrame:
    return frame_of(
        SALES,
        {
            "order_no": [row[0] for row in rows],
            "amount": [row[1] for row in rows],
            "source_file": ["f"] * len(rows),
            "source_sheet": ["s"] * len(rows),
            "source_row": list(range(len(rows))),
        },
        len(rows),
    )


def test_rows_with_an_order_number_can_change() -> None:
    old, new = sales(("A", 1), ("B", 2), ("C", 3)), sales(("C", 3), ("A", 9), ("D", 4))
    assert compare(SALES, old, new) == RowChanges(added=1, changed=1, removed=1, unchanged=1)


def test_rows_without_identity_are_added_and_removed() -> None:
    assert compare(SALES, sales((None, 1), (None, 2)), sales((None, 1), (None, 5))) == RowChanges(1, 0, 1, 1)


def test_an_order_number_on_two_rows_identifies_neither() -> None:
    assert compare(SALES, sales(("A", 1), ("A", 2)), sales(("A", 1), ("A", 5))) == RowChanges(1, 0, 1, 1)


def test_equal_rows_are_counted_as_often_as_they_stand_there() -> None:
    assert compare(SALES, sales((None, 1), (None, 1)), sales((None, 1), (None, 1), (None, 1))) == RowChanges(1, 0, 0, 2)


def test_the_place_in_the_file_is_no_change() -> None:
    old, new = sales(("A", 1), ("B", 2)), sales(("A", 1), ("B", 2)).assign(source_row=[90, 91], source_file="g")
    assert compare(SALES, old, new).nothing


def test_a_keyed_table_knows_its_rows() -> None:
    def tickets(*numbers: str, channel: str) -> pd.DataFrame:
        rows = len(numbers)
        return frame_of(
            TICKETS,
            {
                "ticket_no": list(numbers),
                "channel": [channel] * rows,
                "source_file": ["f"] * rows,
                "source_sheet": ["s"] * rows,
                "source_row": [1] * rows,
            },
            rows,
        )

    assert compare(TICKETS, tickets("1", "2", channel="电话"), tickets("2", "3", channel="微信")) == RowChanges(1, 1, 1, 0)


def test_nothing_against_nothing_and_against_something() -> None:
    assert compare(SALES, empty_frame(SALES), empty_frame(SALES)) == RowChanges(0, 0, 0, 0)
    assert compare(SALES, empty_frame(SALES), sales(("A", 1))) == RowChanges(1, 0, 0, 0)
    assert compare(SALES, sales(("A", 1)), empty_frame(SALES)) == RowChanges(0, 0, 1, 0)


rows_strategy = st.lists(st.tuples(st.one_of(st.none(), st.sampled_from("ABCDEF")), st.integers(0, 3).map(float)), max_size=8)


@given(rows_strategy, rows_strategy)
def test_the_counts_always_balance(old_rows: list[tuple[str | None, float]], new_rows: list[tuple[str | None, float]]) -> None:
    old, new = sales(*old_rows), sales(*new_rows)
    before, after = old.copy(), new.copy()
    rows = compare(SALES, old, new)
    assert rows.unchanged + rows.changed + rows.removed == len(old)
    assert rows.unchanged + rows.changed + rows.added == len(new)
    assert min(vars(rows).values()) >= 0
    assert compare(SALES, old, old).nothing
    pd.testing.assert_frame_equal(old, before)
    pd.testing.assert_frame_equal(new, after)
