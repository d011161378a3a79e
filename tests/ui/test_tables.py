"""What is handed to a file: values and not their markup, dates without a time, nothing for what is missing."""

from __future__ import annotations

import datetime as dt

import pandas as pd
import pytest

from amdash.ui.chart_files import file_stem
from amdash.ui.markup.lists import Text
from amdash.ui.tables import cells_of, worded


def test_a_frame_gives_its_cells_as_plain_values() -> None:
    frame = pd.DataFrame(
        {
            "day": pd.to_datetime(["2026-10-03", None]),
            "at": pd.to_datetime(["2026-10-03 09:30", "2026-10-04 00:00"]),
            "sum": [1.5, float("nan")],
            "n": pd.array([3, None], dtype="Int64"),
            "who": ["李明", None],
        }
    )
    assert cells_of(frame) == [
        [dt.date(2026, 10, 3), dt.datetime(2026, 10, 3, 9, 30), 1.5, 3, "李明"],
        [None, dt.date(2026, 10, 4), None, None, None],
    ]


def test_markup_cells_give_their_words() -> None:
    assert list(worded([[Text("默认", "dim"), "李明", 3]])) == [["默认", "李明", 3]]


def test_rows_are_made_when_they_are_asked_for() -> None:
    asked: list[int] = []

    def rows() -> list[list[str]]:
        asked.append(1)
        return [["a"]]

    made = worded(rows)
    assert asked == []
    assert list(made) == [["a"]]


@pytest.mark.parametrize(
    ("title", "stem"),
    [
        ("客户满意度 · 李明 · 2026 年 10 月", "客户满意度-李明-2026年10月"),
        ("Customer satisfaction · Li Ming", "Customer_satisfaction-Li_Ming"),
        ("../../etc", "etc"),
        ("···", "···"),
        ("", "_"),
    ],
)
def test_a_title_is_the_name_of_a_file(title: str, stem: str) -> None:
    assert file_stem(title) == stem
