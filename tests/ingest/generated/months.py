"""Tables with months across: a row per manager or team, a column per month, or under every month a column per measure."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

from hypothesis import strategies as st

from amdash.schema import TABLES
from tests.ingest.generated import styles
from tests.ingest.generated.canonical import NAMES, PLACES
from tests.ingest.generated.canvas import Canvas, Expected
from tests.ingest.generated.words import header_of, words_of

_WITH_YEAR: list[Callable[[dt.datetime], Any]] = [
    lambda month: f"{month:%Y-%m}",
    lambda month: f"{month.year}年{month.month}月",
    lambda month: f"{month:%b %Y}",
    lambda month: f"{month:%Y%m}",
    lambda month: month,
    lambda month: int(f"{month:%Y%m}"),
]
_BARE: list[Callable[[dt.datetime], Any]] = [
    lambda month: f"{month.month}月",
    lambda month: f"{month.month}月份",
    lambda month: f"{month:%b}",
    lambda month: f"{month:%B}",
    lambda month: f"M{month.month}",
]
_QUARTERS: list[Callable[[int], str]] = [
    lambda number: f"Q{number}",
    lambda number: f"{number}季度",
    lambda number: f"第{'一二三四'[number - 1]}季度",
]
_TOTALS = ["合计", "全年合计", "Total", "总计"]
# What a title calls the figures that nothing else names, and what they measure.
_MEASURES = {
    "销售额": "sales_amount",
    "投诉数": "complaints",
    "新增客户数": "new_customers",
    "Satisfaction rate": "satisfaction_pct",
    "工单数": "tickets",
}
_VALUES: dict[str, st.SearchStrategy[Any]] = {
    "money": st.integers(100, 500_000_000).map(lambda cents: cents / 100),
    "count": st.integers(0, 300),
    "percent": st.integers(20, 990).map(lambda tenths: tenths / 1000),
}


@st.composite
def across(draw: st.DrawFn) -> Canvas:
    """A sheet of targets or of a monthly summary with the months across."""
    year = draw(st.sampled_from([2026, 2025, 2024]))
    first = draw(st.integers(1, 10))
    months = [dt.datetime(year, month, 1) for month in range(first, draw(st.integers(first + 2, 12)) + 1)]
    table = draw(st.sampled_from(["targets", "summary"]))
    write = draw(st.sampled_from([*_BARE, *_WITH_YEAR]))
    people = draw(st.integers(1, 4))
    # The year stands in the header itself, on the sheet, or in the title.
    where = draw(st.sampled_from(["title", "sheet"]))
    name = "销售目标" if table == "targets" else "Sheet1"
    measures = ["value"] if table == "targets" else draw(st.lists(st.sampled_from(sorted(_MEASURES.values())), min_size=1, max_size=3, unique=True))
    canvas = Canvas(f"{year}{name}" if where == "sheet" else name)
    row, left = draw(st.integers(0, 2)), draw(st.integers(0, 2))
    title = next((word for word, measure in _MEASURES.items() if measures == [measure]), "月报")
    for text in [f"{year}年" if where == "title" else "华诚贸易有限公司", title if table == "summary" else "指标分解"]:
        canvas.put(row, left, text)
        row += 1
    lead = draw(st.sampled_from(["manager", "team"])) if table == "targets" else "manager"
    leads = {lead: draw(st.lists(st.sampled_from(NAMES if lead == "manager" else PLACES), min_size=people, max_size=people, unique=True))}
    columns = {measure: _columns(draw, table, measure, people, len(months)) for measure in measures}
    return _written(draw, canvas, (table, row, left), leads, months, write, columns)


def _columns(draw: st.DrawFn, table: str, measure: str, people: int, months: int) -> tuple[list[list[Any]], styles.Written]:
    """What is meant per person and month, and all of it written in one style, row by row."""
    kind = TABLES[table].field(measure).kind
    values = draw(st.lists(_VALUES[kind], min_size=people * months, max_size=people * months))
    # Months to come are empty, the first never is.
    until = draw(st.integers(1, months))
    meant = [value if place % months < until or draw(st.booleans()) else None for place, value in enumerate(values)]
    written = styles.money(draw, meant, None, plain=True) if kind == "money" else styles.column(draw, kind, table, meant, None, None)
    return [meant[place : place + months] for place in range(0, len(meant), months)], written


def _written(
    draw: st.DrawFn,
    canvas: Canvas,
    where: tuple[str, int, int],
    leads: dict[str, list[str]],
    months: list[dt.datetime],
    write: Callable[[dt.datetime], Any],
    columns: dict[str, tuple[list[list[Any]], styles.Written]],
) -> Canvas:
    table, row, left = where
    measures, double = list(columns), len(columns) > 1
    begin = left + len(leads)
    header = row + double
    places = {
        (month, measure): begin + number * len(measures) + place for number, month in enumerate(months) for place, measure in enumerate(measures)
    }
    words = {
        measure: draw(st.sampled_from(words_of(table, measure))) + (f"({columns[measure][1].unit})" if columns[measure][1].unit else "")
        for measure in measures
    }
    for place, name in enumerate(leads):
        canvas.put(row, left + place, draw(header_of(table, name)))
        canvas.merge(row, left + place, header, left + place)
    for month in months:
        start = places[month, measures[0]]
        unit = columns[measures[0]][1].unit
        canvas.put(
            row,
            start,
            write(month) if double or not unit else f"{write(month) if isinstance(write(month), str) else f'{month:%Y-%m}'}({unit})",
        )
        canvas.merge(row, start, row, start + len(measures) - 1)
        for measure in measures if double else ():
            canvas.put(header, places[month, measure], words[measure])
    expected = Expected(table, {}, header_row=header + 1)
    canvas.expected.append(expected)
    people = len(next(iter(leads.values())))
    records = []
    for person in range(people):
        row = header + 1 + person
        for place, values in enumerate(leads.values()):
            canvas.put(row, left + place, values[person])
        for number, month in enumerate(months):
            meant = {measure: columns[measure][0][person][number] for measure in measures}
            for measure in measures:
                canvas.put(row, places[month, measure], columns[measure][1].cells[person * len(months) + number])
            if any(value is not None for value in meant.values()):
                records.append({"period": f"{month:%Y-%m}", **{name: values[person] for name, values in leads.items()}, **meant})
                expected.rows.append(row + 1)
    expected.values = {name: [record[name] for record in records] for name in ["period", *leads, *measures]}
    if not double and "percent" not in {TABLES[table].field(name).kind for name in measures}:
        _sums(draw, canvas, expected, (header, left, begin + len(months)), columns[measures[0]])
    return canvas


def _sums(draw: st.DrawFn, canvas: Canvas, expected: Expected, where: tuple[int, int, int], column: tuple[list[list[Any]], styles.Written]) -> None:
    """Quarters and a total behind the months, and a row of sums below: all of them are left alone."""
    header, left, end = where
    meant, written = column
    if draw(st.booleans()):
        quarter = draw(st.sampled_from(_QUARTERS))
        for number in draw(st.lists(st.integers(1, 4), unique=True, max_size=2)):
            canvas.put(header, end, quarter(number))
            for person, values in enumerate(meant):
                canvas.put(header + 1 + person, end, written.write(sum(value or 0 for value in values)))
            end += 1
    if draw(st.booleans()):
        canvas.put(header, end, draw(st.sampled_from(_TOTALS)))
        for person, values in enumerate(meant):
            canvas.put(header + 1 + person, end, written.write(sum(value or 0 for value in values)))
    if draw(st.booleans()):
        row = header + 1 + len(meant)
        canvas.put(row, left, draw(st.sampled_from(["合计", "Total"])))
        for number in range(len(meant[0])):
            canvas.put(row, left + 1 + number, written.write(round(sum(values[number] or 0 for values in meant), 2)))
        expected.totals += 1
