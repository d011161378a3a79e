"""Conversion of those who came to be known before they bought, counted by hand."""

from __future__ import annotations

import datetime as dt

import pandas as pd
import pytest

from amdash.insight.conversion import COLUMNS, conversion, prospects

DAY = dt.date(2026, 10, 31)


def sales(*rows: tuple[str, str | None, str, str | None, str | None, float]) -> pd.DataFrame:
    """who, date, status, opened_on, manager, amount."""
    frame = pd.DataFrame(rows, columns=["who", "date", "status", "opened_on", "manager", "amount"])
    types = {"who": "str", "date": "datetime64[us]", "status": "str", "opened_on": "datetime64[us]", "manager": "str", "amount": "float64"}
    return frame.astype(types)


def listed(*rows: tuple[str, str | None, str | None]) -> pd.DataFrame:
    """who, since, manager."""
    return pd.DataFrame(rows, columns=["who", "since", "manager"]).astype({"who": "str", "since": "datetime64[us]", "manager": "str"})


def known(sold: pd.DataFrame, on_list: pd.DataFrame) -> dict[str, bool]:
    """Prospect -> whether it has bought."""
    found = prospects(sold, on_list, DAY)
    return dict(zip(found["who"], found["first_on"].notna(), strict=True))


def test_nobody_known_is_no_row_and_every_column() -> None:
    found = prospects(sales(), listed(), DAY)
    assert {name: str(kind) for name, kind in found.dtypes.items()} == COLUMNS
    assert list(conversion(found).columns) == ["manager", "prospects", "converted", "rate"]
    assert conversion(found).empty


def test_listed_or_dealt_with_before_the_first_order() -> None:
    sold = sales(
        ("甲", "2026-09-01", "won", None, "李明", 5.0),
        ("乙", "2026-08-01", "won", "2026-06-01", "王芳", 5.0),
        ("丙", "2026-07-01", "open", None, "王芳", 5.0),
        ("丁", "2026-07-01", "lost", None, "王芳", 5.0),
        # Bought out of the blue, or a cancelled order: never a prospect.
        ("戊", "2026-07-01", "won", None, "王芳", 5.0),
        ("己", "2026-07-01", "cancelled", None, "王芳", 5.0),
    )
    assert known(sold, listed(("甲", "2026-05-01", "李明"), ("庚", "2026-05-01", None))) == {
        "甲": True,
        "乙": True,
        "丙": False,
        "丁": False,
        "庚": False,
    }


@pytest.mark.parametrize(
    ("since", "counts"),
    [
        ("2025-10-31", False),
        ("2025-11-01", True),
        # On the list since the first order: has been a customer from the start.
        ("2026-09-01", False),
        ("2026-09-02", False),
        (None, False),
    ],
)
def test_since_when_one_must_be_known(since: str | None, counts: bool) -> None:
    assert ("甲" in known(sales(("甲", "2026-09-01", "won", None, "李明", 5.0)), listed(("甲", since, "李明")))) is counts


def test_what_is_dated_later_is_not_known_yet() -> None:
    sold = sales(("甲", "2026-11-01", "won", None, "李明", 5.0), ("乙", "2026-11-01", "open", None, "李明", 5.0))
    assert known(sold, listed(("甲", "2026-05-01", "李明"), ("丙", "2026-11-02", "李明"))) == {"甲": False}


def test_a_refund_is_no_order() -> None:
    assert known(sales(("甲", "2026-09-01", "won", None, "李明", -5.0)), listed(("甲", "2026-05-01", "李明"))) == {"甲": False}


def test_per_manager_the_lists_word_first_nobody_last() -> None:
    sold = sales(
        ("甲", "2026-09-01", "won", "2026-06-01", "王芳", 5.0),
        ("乙", "2026-07-01", "open", None, "王芳", 5.0),
        ("丙", "2026-07-01", "open", None, None, 5.0),
        ("丁", "2026-07-01", "open", None, "王芳", 5.0),
    )
    found = conversion(prospects(sold, listed(("甲", None, "李明")), DAY))
    assert found["manager"].fillna("").tolist() == ["李明", "王芳", ""]
    assert found[["prospects", "converted", "rate"]].to_numpy().tolist() == [[1, 1, 1.0], [2, 0, 0.0], [1, 0, 0.0]]


def test_the_tables_given_stay_as_they_are() -> None:
    sold, on_list = sales(("甲", "2026-09-01", "open", None, "李明", 5.0)), listed(("甲", "2026-05-01", "李明"))
    before = sold.copy(), on_list.copy()
    prospects(sold, on_list, DAY)
    pd.testing.assert_frame_equal(sold, before[0])
    pd.testing.assert_frame_equal(on_list, before[1])
