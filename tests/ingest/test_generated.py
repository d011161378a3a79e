"""Tables made up by chance, written as people write them, and read back: the accepted rows are the table."""

from __future__ import annotations

import csv
import datetime as dt
import io
import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from amdash.ingest import vocabulary
from amdash.ingest.preview import read_file
from amdash.schema import TABLES, Field

TODAY = dt.date(2026, 11, 24)
WORDS = vocabulary.load()
SOURCES = [tomllib.loads(path.read_text(encoding="utf-8")) for path in sorted(vocabulary.FOLDER.glob("*.toml"))]
ALWAYS = {"sales": ("date", "amount", "manager"), "tickets": ("opened_at", "manager"), "complaints": ("received_on", "manager")}
DOMAINS = {"sales": "deal", "tickets": "case", "complaints": "case"}
# A sheet with a column for the answer says of every row whether there was one.
IMPLIED = {
    "sales": {},
    "tickets": {"answered": {"first_response_at", "response_hours"}, "resolved": {"resolved_at", "resolution_hours"}},
    "complaints": {"resolved": {"resolved_on"}},
}
TITLES = ["华诚贸易有限公司", "2026年10月", "制表：张三", "Printed on 2026-11-02 by Ann", "仅供内部使用"]
TOTALS = ["合计", "总计：", "小 计", "Total", "Grand Total"]
NAMES = ["李明", "王晓梅", "欧阳静", "Ann Lee", "Müller & Co", "鼎盛机电", "ABC-12", "张三(华东)", "O'Neil", "第一“分店”"]
TEXTS = ["加急", "a, b", 'said "no"', "电话", "两行\n文字", "100%", "＃1", "c;d"]

Style = Callable[[Any], Any]
DAYS: list[Style] = [
    lambda day: day,
    lambda day: f"{day:%Y-%m-%d}",
    lambda day: f"{day.year}年{day.month}月{day.day}日",
    lambda day: f"{day.year}.{day.month}.{day.day}",
    lambda day: f"{day:%Y/%m/%d}",
    lambda day: f"{day:%Y%m%d}",
    lambda day: f"{day.day} {day:%b %Y}",
    lambda day: f"{day:%B} {day.day}, {day.year}",
    lambda day: f"{day.month}/{day.day}/{day.year}",
    lambda day: (day - dt.datetime(1899, 12, 30)).days,
]
MOMENTS: list[Style] = [
    lambda when: when,
    lambda when: f"{when:%Y-%m-%d %H:%M}",
    lambda when: f"{when:%Y-%m-%dT%H:%M:%S}",
    lambda when: f"{when.year}/{when.month}/{when.day} {when.hour}:{when.minute:02d}",
    lambda when: f"{when.year}年{when.month}月{when.day}日 {when:%H:%M}",
    lambda when: f"{when.month}/{when.day}/{when.year} {when:%I:%M %p}",
]
SUMS: list[Style] = [
    lambda amount: amount,
    lambda amount: f"¥{amount:,.2f}",
    lambda amount: f"{amount:.2f}元",
    lambda amount: f"{amount:,.2f}",
    lambda amount: f"CNY {amount:,.2f}" if amount >= 0 else f"(¥{-amount:,.2f})",
    lambda amount: f"￥{amount:.2f}",
    lambda amount: f"人民币{amount:,.2f}",
]
HOURS: list[Style] = [
    lambda hours: hours,
    lambda hours: f"{hours}",
    lambda hours: f"{int(hours)}:{round(hours % 1 * 60):02d}",
    lambda hours: f"{int(hours)}小时{round(hours % 1 * 60)}分",
]
NUMBERS: list[Style] = [lambda number: number, lambda number: f"{number:,} 件"]
AS_IT_IS: list[Style] = [lambda value: value]
MOMENT = st.datetimes(dt.datetime(2024, 1, 1), dt.datetime(2026, 11, 1)).map(lambda when: when.replace(second=0, microsecond=0))
LATER = st.integers(0, 20 * 24 * 60).map(lambda minutes: dt.timedelta(minutes=minutes))


@dataclass(frozen=True)
class Made:
    """A table and how it is written down. ``values``: field -> its values; ``first_row``: the sheet row of the first of them."""

    table: str
    values: dict[str, list[Any]]
    rows: list[list[Any]]
    first_row: int
    totals: int
    sheet: str
    encoding: str | None


def words_for(field: Field, table: str) -> st.SearchStrategy[str]:
    """A header word of the field in either language, written as the vocabulary has it or as somebody would write it."""
    words = [word for source in SOURCES for word in source["columns"][table][field.name]]
    written: list[Callable[[str], str]] = [
        str,
        str,
        str.title,
        str.upper,
        lambda word: f" {word}*",
        lambda word: word.replace(" ", "_"),
        lambda word: f"{word}：",
    ]
    return st.builds(lambda word, write: write(word), st.sampled_from(words), st.sampled_from(written))


def value_of(field: Field, table: str, begun: dt.datetime) -> st.SearchStrategy[tuple[Any, Any]]:
    """(what is meant, what stands there before it is styled) of a cell."""

    def same(values: st.SearchStrategy[Any]) -> st.SearchStrategy[tuple[Any, Any]]:
        return values.map(lambda value: (value, value))

    def spoken(meanings: dict[str, Any]) -> st.SearchStrategy[tuple[Any, Any]]:
        return st.sampled_from(sorted(meanings.items())).map(lambda pair: (pair[1], pair[0]))

    if field.kind == "flag":
        return spoken({word: meaning == "yes" for word, meaning in WORDS.values["flag"].items()})
    if field.kind == "status":
        return spoken(dict(WORDS.values[DOMAINS[table]]))  # type: ignore[index]
    day = begun.replace(hour=0, minute=0)
    by_kind: dict[str, st.SearchStrategy[Any]] = {
        "name": st.sampled_from(NAMES),
        "text": st.sampled_from(TEXTS),
        "money": st.integers(-5_000_000, 500_000_000).map(lambda cents: cents / 100),
        "number": st.integers(0, 20_000),
        "hours": st.integers(0, 400).map(lambda quarters: quarters / 4),
        "date": st.just(day) if field.required else LATER.map(lambda later: day + dt.timedelta(days=later.days)),
        "datetime": st.just(begun) if field.required else LATER.map(lambda later: begun + later),
    }
    return same(by_kind[field.kind])


def styles_for(field: Field) -> list[Style]:
    return {"date": DAYS, "datetime": MOMENTS, "money": SUMS, "hours": HOURS, "number": NUMBERS}.get(field.kind, AS_IT_IS)


@st.composite
def made(draw: st.DrawFn) -> Made:
    table = draw(st.sampled_from(sorted(ALWAYS)))
    optional = [field for field in TABLES[table].fields if field.name not in ALWAYS[table]]
    fields = [TABLES[table].field(name) for name in ALWAYS[table]] + draw(st.lists(st.sampled_from(optional), unique=True))
    headers = {field.name: draw(words_for(field, table)) for field in fields}
    # A word that names two fields is used for one of them only.
    bare = {name: vocabulary.plain(header) for name, header in headers.items()}
    fields = [field for place, field in enumerate(fields) if bare[field.name] not in [bare[other.name] for other in fields[:place]]]
    fields = draw(st.permutations(fields))
    begun = draw(st.lists(MOMENT, min_size=1, max_size=8))
    values: dict[str, list[Any]] = {}
    cells: dict[str, list[Any]] = {}
    for field in fields:
        style = draw(st.sampled_from(styles_for(field)))
        meant = []
        for record, when in enumerate(begun):
            # The first row is full, so that every column has something to be known by.
            empty = record and field.name not in ALWAYS[table] and draw(st.booleans())
            meant.append((None, None) if empty else draw(value_of(field, table, when)))
        values[field.name] = [value for value, _ in meant]
        cells[field.name] = [None if cell is None else style(cell) for _, cell in meant]
    titles = [[title] for title in draw(st.lists(st.sampled_from(TITLES), unique=True, max_size=3))]
    gap: list[list[Any]] = draw(st.sampled_from([[], [[]]]))
    body = [[cells[field.name][record] for field in fields] for record in range(len(begun))]
    total = draw(st.lists(st.sampled_from(TOTALS), max_size=2))
    sums = [[word, *(1234.5 if field.kind in ("money", "number") else None for field in fields[1:])] for word in total]
    head = [headers[field.name] for field in fields]
    return Made(
        table=table,
        values=values,
        rows=[*titles, *gap, head, *body, *gap, *sums],
        first_row=len(titles) + len(gap) + 2,
        totals=len(total),
        sheet=draw(st.sampled_from(WORDS.sheets[table])) + draw(st.sampled_from(["", "-2026-10", " (2)"])),
        encoding=draw(st.sampled_from([None, None, "utf-8", "utf-8-sig", "gb18030"])),
    )


def with_implied(case: Made) -> dict[str, list[Any]]:
    """The values with the flags that other columns tell where nothing is said."""
    expected = dict(case.values)
    for flag, names in IMPLIED[case.table].items():
        telling = [case.values[name] for name in sorted(names) if name in case.values]
        if telling:
            told = [any(cell is not None for cell in cells) for cells in zip(*telling, strict=True)]
            said = case.values.get(flag, [None] * len(told))
            expected[flag] = [one if stated is None else stated for one, stated in zip(told, said, strict=True)]
    return expected


def as_text(rows: list[list[Any]], encoding: str) -> bytes:
    target = io.StringIO(newline="")
    csv.writer(target).writerows(rows)
    return target.getvalue().encode(encoding)


def plain_values(column: pd.Series) -> list[Any]:
    return [None if pd.isna(value) else value for value in column]


@settings(max_examples=150)
@given(made())
def test_what_was_written_is_what_is_read(xlsx, case: Made) -> None:
    if case.encoding is None:
        reading = read_file("file.xlsx", xlsx({case.sheet: case.rows}), TODAY)
    else:
        reading = read_file(f"{case.sheet}.csv", as_text(case.rows, case.encoding), TODAY)
    (sheet,) = reading.sheets
    assert {issue.code for issue in sheet.issues} <= {"date_order_assumed"}
    (found,) = sheet.tables
    records = len(next(iter(case.values.values())))
    assert (found.table, found.read, found.accepted, found.refused, found.totals_skipped) == (case.table, records, records, 0, case.totals)
    assert sheet.header_row == case.first_row - 1
    assert sheet.unused == []
    expected = with_implied(case)
    assert {name: plain_values(found.frame[name]) for name in expected} == expected
    others = [name for name in TABLES[case.table].names if name not in expected]
    assert found.frame[others].isna().all(axis=None)
    assert found.frame["source_row"].tolist() == list(range(case.first_row, case.first_row + records))
