"""Tables on a page: drawn, and with two quiet buttons that save them as Excel or CSV. The file is made when somebody asks for it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from typing import Any, Literal

import pandas as pd
import streamlit as st

from amdash.report.table_files import Figure, csv_file, xlsx_file
from amdash.ui import reads
from amdash.ui.chart_files import file_stem
from amdash.ui.markup.lists import Text

__all__ = ["Cell", "Figure", "Rows", "cells_of", "downloads", "frame", "worded"]

Cell = Text | Figure | str | float | dt.date | None
Rows = Sequence[Sequence[Cell]]

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def downloads(name: str, head: Sequence[str], rows: Rows | Callable[[], Rows], key: str, note: str = "", *, beside: bool = False) -> None:
    """Two quiet buttons that save a table as Excel or CSV; ``name`` becomes the name of the file, in the page's language.

    ``note``: Markdown that stands at the left of them; ``beside``: they stand in a line with others.
    ``rows``: the cells, or a function that makes them, which is called on a click only. A cell may be a Figure: a number with its KPI's unit.
    """
    moment = reads.workspace().now()
    width: Literal["content", "stretch"] = "content" if beside else "stretch"
    with st.container(horizontal=True, horizontal_alignment="right", gap="small", vertical_alignment="center", width=width, key=f"files_{key}"):
        if note:
            st.markdown(note, width="stretch")
        stem = file_stem(name)
        _button("Excel", partial(_xlsx, name, head, rows, moment), f"{stem}.xlsx", _XLSX, f"xlsx_{key}")
        _button("CSV", partial(_csv, head, rows), f"{stem}.csv", "text/csv", f"csv_{key}")


def frame(name: str, data: pd.DataFrame, key: str, note: str = "", **options: Any) -> Any:
    """A table to scroll and sort as st.dataframe draws it, and above it the buttons that save it; returns what st.dataframe returns."""
    if len(data):
        downloads(name, [str(title) for title in data.columns], partial(cells_of, data), key, note)
    return st.dataframe(data, hide_index=True, key=key, **options)


def _button(label: str, data: Callable[[], bytes], file_name: str, mime: str, key: str) -> None:
    st.download_button(label, data, file_name=file_name, mime=mime, key=key, type="tertiary", icon=":material/download:", on_click="ignore")


def cells_of(data: pd.DataFrame) -> Rows:
    """The rows of a frame: what is missing is None, whatever kind of missing it is; days without a time are dates."""
    columns = [series.astype(object).where(series.notna(), None).tolist() for _title, series in data.items()]
    return [[_plain(value) for value in row] for row in zip(*columns, strict=True)]


def _plain(value: Any) -> Any:
    if isinstance(value, pd.Timestamp):
        moment = value.to_pydatetime()
        return moment.date() if moment.time() == dt.time() else moment
    return value


def _xlsx(name: str, head: Sequence[str], rows: Rows | Callable[[], Rows], moment: dt.datetime) -> bytes:
    return xlsx_file(name, head, worded(rows), moment)


def _csv(head: Sequence[str], rows: Rows | Callable[[], Rows]) -> bytes:
    return csv_file(head, worded(rows))


def worded(rows: Rows | Callable[[], Rows]) -> Iterable[list[Any]]:
    """The rows with words in place of their markup; a function is called when the first row is asked for."""
    for row in rows() if callable(rows) else rows:
        yield [value.value if isinstance(value, Text) else value for value in row]
