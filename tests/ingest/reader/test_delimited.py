"""Delimited text to rows: delimiters, quotes, line ends, and the quote that was never closed."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from amdash.errors import AmdashError
from amdash.ingest.reader import read
from amdash.ingest.reader.delimited import rows_of
from amdash.ingest.sheet import CellError

ROWS = "日期,客户经理,金额\n2026-10-01,李明,100\n"


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_the_delimiter_is_found(delimiter: str) -> None:
    (sheet,) = read("a.csv", ROWS.replace(",", delimiter).encode())
    assert sheet.rows[1] == ["2026-10-01", "李明", "100"]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_line_ends_and_quoted_line_breaks(end: str) -> None:
    assert rows_of("a.csv", f'a,b{end}"one{end}two",3{end}') == [["a", "b"], [f"one{end}two", "3"]]


def test_mixed_line_ends() -> None:
    assert rows_of("a.csv", "a,b\r\n1,2\r3,4\n5,6") == [["a", "b"], ["1", "2"], ["3", "4"], ["5", "6"]]


def test_empty_cells_are_none_and_empty_rows_keep_their_number() -> None:
    (sheet,) = read("a.csv", b"a,b\n\n ,2\n,\n")
    assert sheet.rows == [["a", "b"], [], [None, "2"]]


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("date;customer;amount\n2026-10-01;Ann, Berlin, DE;5\n2026-10-02;Bob, Paris, FR, EU;6\n", ["2026-10-01", "Ann, Berlin, DE", "5"]),
        ('a;b\n"x, y, z, w";1\n"p, q, r, s";2\n', ["x, y, z, w", "1"]),
        ("date;amount\n1;1,5\n2;2,5\n", ["1", "1,5"]),
    ],
)
def test_the_sign_that_every_line_has_outside_quotes_is_the_delimiter(text: str, rows: list[str]) -> None:
    assert rows_of("a.csv", text)[1] == rows


@pytest.mark.parametrize("first", ["sep=;\n", '"sep=;"\r\n', "SEP=;\r"])
def test_a_file_may_say_its_delimiter(first: str) -> None:
    assert rows_of("a.csv", f"{first}a,x,y;b\n1,5;2,5\n") == [["a,x,y", "b"], ["1,5", "2,5"]]


def test_delimiters_at_the_end_of_every_line_make_no_column() -> None:
    assert rows_of("a.csv", "a,b,,\n1,2,,\n") == [["a", "b"], ["1", "2"]]
    assert rows_of("a.csv", "a,b,,\n1,2,,x\n") == [["a", "b", None, None], ["1", "2", None, "x"]]


def test_doubled_quotes_and_the_text_idiom_of_excel() -> None:
    assert rows_of("a.csv", 'a,b\n"say ""hi""",="00123"\n"=""007""",=""\n') == [["a", "b"], ['say "hi"', "00123"], ["007", None]]


@pytest.mark.parametrize("text", ["#N/A", "#DIV/0!", "#REF!", "#VALUE!", "#NAME?", "#NUM!", "#NULL!"])
def test_error_values_are_no_text(text: str) -> None:
    assert rows_of("a.csv", f"a,b\n{text},#1\n") == [["a", "b"], [CellError(text), "#1"]]


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ('a,b,c\n1,"x,3\n4,5,6\n', 2),
        ('a,b,c\n1,"x,3\n4,5,6\n7,"y",8\n', 2),
        ('a,b,c\n1,2,3\n1,"x,3\n' + "4,5,6\n" * 5 + '7,y",8\n', 3),
        ('a,b,c\n"p\nq",2,3\n1,2,"x\n', 4),
        ('sep=,\na,b\n1,"x\n', 3),
        ('"', 1),
    ],
)
def test_a_quote_that_swallows_the_rest_is_said_with_its_line(text: str, line: int) -> None:
    with pytest.raises(AmdashError) as caught:
        rows_of("a.csv", text)
    assert caught.value.code == "quote_unclosed"
    assert caught.value.fields["line"] == line


def test_quotes_that_do_no_harm_are_let_be() -> None:
    assert rows_of("a.csv", 'a,b\n5" pipe,6\n"x" ,7\n"y"z,8\n') == [["a", "b"], ['5" pipe', "6"], ["x ", "7"], ["yz", "8"]]


def test_an_address_of_three_lines_is_no_swallowed_table() -> None:
    assert rows_of("a.csv", 'a,b\n"Road 1\nTown\nLand\nEarth\nSky",2\n')[1] == ["Road 1\nTown\nLand\nEarth\nSky", "2"]


_TEXT = st.text(st.sampled_from('客户经理金额李明abc019 "\n'), min_size=1, max_size=10).filter(lambda text: text.strip() and not text.startswith("="))


@given(
    st.integers(2, 4).flatmap(lambda width: st.lists(st.lists(st.one_of(st.none(), _TEXT), min_size=width, max_size=width), min_size=1, max_size=8)),
    st.sampled_from(",;\t|"),
    st.sampled_from(["\n", "\r\n", "\r"]),
    st.sampled_from(["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le", "utf-16-be"]),
    st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]),
)
def test_random_tables_come_back_equal(rows: list[list[str | None]], delimiter: str, end: str, encoding: str, quoting: int) -> None:
    assume(any(value is not None for value in rows[-1]))
    header = [f"客户经理{number}" for number in range(len(rows[0]))]
    target = io.StringIO(newline="")
    # The writer leaves a line feed bare where lines end otherwise.
    quoting = csv.QUOTE_ALL if end == "\r" else quoting
    csv.writer(target, delimiter=delimiter, lineterminator=end, quoting=quoting).writerows(
        [header, *([value or "" for value in row] for row in rows)]
    )
    (sheet,) = read("a.csv", target.getvalue().encode(encoding))
    assert sheet.rows == [header, *rows]
