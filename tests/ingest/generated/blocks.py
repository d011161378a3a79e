"""One table written onto a sheet: titles, one header row or two, its rows with labels, sums and repeated headers between them, notes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from hypothesis import strategies as st

from amdash.ingest.vocabulary import plain
from amdash.schema import TABLES
from tests.ingest.generated import styles
from tests.ingest.generated.canonical import NAMES, PLACES, Canonical
from tests.ingest.generated.canvas import Canvas, Expected
from tests.ingest.generated.words import GROUPS, UNKNOWN, WORDS, header_of, names_of, rivals, said_word

TITLES = ["华诚贸易有限公司", "制表：张三", "Printed by Ann", "仅供内部使用"]
NOTES = ["制表：张三", "注：以上数据未经审计。", "Prepared by the back office; figures are preliminary."]
TOTALS = ["合计", "总计：", "合 计", "Total", "Grand Total", "TOTAL:"]
SUBTOTALS = ["小计", "小 计：", "Subtotal", "Sub-total"]
AVERAGES = ["平均", "平均值", "Average"]
_ADDED = ("money", "number", "count")
_LABELS = ("region", "team", "manager")


@dataclass
class Column:
    """``name``: the field, None for a column that means nothing to amdash."""

    name: str | None
    header: str
    cells: list[Any]
    written: styles.Written | None = None


@dataclass
class Block:
    """What was decided of one table before it is put on a sheet."""

    canonical: Canonical
    columns: list[Column]
    year: int | None
    factor: int | None
    titles: list[str] = field(default_factory=list)
    said: tuple[str, str, str] | None = None

    def meant(self, column: Column) -> list[Any]:
        return self.canonical.values[column.name or ""]


def make_block(draw: st.DrawFn, table: Canonical, *, hinted: bool, year: int | None, totals: bool = False) -> Block:
    """The columns of a table with their words and styles. ``hinted``: its name stands over it, or on the sheet or file."""
    money = any(TABLES[table.table].field(name).kind == "money" for name in table.values)
    factor = draw(st.sampled_from([None, None, 10_000, 1000])) if money else None
    said, values = _said(draw, table)
    columns: list[Column] = []
    taken: set[str] = {plain(said[1])} if said else set()
    for name in draw(st.permutations([name for name in values if said is None or name != said[0]])):
        kind = TABLES[table.table].field(name).kind
        header = draw(header_of(table.table, name).filter(lambda word: plain(word) not in taken))
        taken.add(plain(header))
        written = styles.column(draw, kind, table.table, values[name], factor, year)
        unit = f"({written.unit})" if written.unit else ""
        columns.append(Column(name, f"{header.removesuffix('（必填）').rstrip('：')}{unit}" if unit else header, written.cells, written))
    for word in draw(st.lists(st.sampled_from(UNKNOWN), unique=True, max_size=2)) if len(columns) > 2 else []:
        cells = [draw(st.sampled_from([None, "x", "SF-1024", 7.0])) for _ in range(table.rows)]
        columns.insert(draw(st.integers(0, len(columns))), Column(None, word, cells))
    block = Block(Canonical(table.table, values), columns, year, factor, said=said)
    block.titles = _titles(draw, block, hinted)
    return block


def _said(draw: st.DrawFn, table: Canonical) -> tuple[tuple[str, str, str] | None, dict[str, list[Any]]]:
    """Perhaps the manager is said once above the table instead of in a column: (field, word, value), and the values that makes."""
    values = dict(table.values)
    spec = TABLES[table.table]
    if "manager" not in spec.names or table.table in ("summary", "targets", "customers") or spec.field("manager").required or len(values) < 3:
        return None, values
    if not draw(st.sampled_from([False, False, False, True])):
        return None, values
    name = draw(st.sampled_from(NAMES))
    values["manager"] = [name] * table.rows
    return ("manager", draw(said_word(table.table, "manager")), name), values


def _titles(draw: st.DrawFn, block: Block, hinted: bool) -> list[str]:
    titles = draw(st.lists(st.sampled_from(TITLES), unique=True, max_size=2))
    if block.year:
        titles.append(f"{block.year}年")
    if block.factor:
        unit = {10_000: "万元", 1000: "千元"}[block.factor]
        titles.append(draw(st.sampled_from([f"单位：{unit}", f"（单位：{unit}）", f"单位:{unit}"])))
    if block.said:
        titles.append(f"{block.said[1]}{draw(st.sampled_from('：:'))}{draw(st.sampled_from(['', ' ']))}{block.said[2]}")
    if hinted:
        word = draw(st.sampled_from(names_of(block.canonical.table)))
        titles.insert(0, word if block.year is None else f"{block.year}年{word}")
    return titles


def write_block(draw: st.DrawFn, canvas: Canvas, block: Block, top: int, left: int, *, totals: bool = True) -> tuple[int, int]:
    """Put the block on the sheet; (the row behind it, the column behind it), counted from 0."""
    row = top
    for title in block.titles:
        canvas.put(row, left, title)
        if draw(st.sampled_from([False, False, True])):
            canvas.merge(row, left, row, left + len(block.columns) - 1)
        row += 1
    if block.titles:
        row += draw(st.integers(0, 1))
    row = _header(draw, canvas, block, row, left)
    expected = Expected(block.canonical.table, block.canonical.expected(), header_row=row)
    expected.cells = {column.name: [] for column in block.columns if column.name}
    expected.extras = {column.header: column.cells for column in block.columns if column.name is None}
    canvas.expected.append(expected)
    row = _body(draw, canvas, block, row, left, expected, totals=totals)
    if draw(st.sampled_from([False, False, True])) and len(block.columns) > 2:
        row += draw(st.integers(0, 1))
        canvas.put(row, left, draw(st.sampled_from(NOTES)))
        row += 1
    return row, left + len(block.columns)


def _header(draw: st.DrawFn, canvas: Canvas, block: Block, row: int, left: int) -> int:
    """One header row or two; returns the row below."""
    headers = [column.header for column in block.columns]
    if len(headers) < 4 or not draw(st.sampled_from([False, False, True])):
        for place, header in enumerate(headers):
            canvas.put(row, left + place, header)
        return row + 1
    # Labels over two or three columns each; a label over all of them would be a title.
    start = draw(st.integers(0, len(headers) - 3))
    size = draw(st.integers(2, min(3, len(headers) - start - 1)))
    grouped = range(start, start + size)
    label = draw(st.sampled_from(GROUPS))
    for place, header in enumerate(headers):
        canvas.put(row + (place in grouped), left + place, header)
        if place not in grouped:
            canvas.merge(row, left + place, row + 1, left + place)
    canvas.put(row, left + start, label)
    canvas.merge(row, left + start, row, left + start + size - 1)
    return row + 2


def _body(draw: st.DrawFn, canvas: Canvas, block: Block, row: int, left: int, expected: Expected, *, totals: bool) -> int:
    records = block.canonical.rows
    added = [place for place, column in enumerate(block.columns) if column.name and TABLES[expected.table].field(column.name).kind in _ADDED]
    labelled = next((place for place in range(min(3, len(block.columns))) if place not in added), None)
    sums = totals and labelled is not None and bool(added) and draw(st.booleans())
    ends = _ends(draw, records) if sums else []
    repeats = draw(st.integers(2, 5)) if records > 2 and draw(st.sampled_from([False, False, False, True])) else 0
    header = [canvas.cells.get((row - 1, left + place)) for place in range(len(block.columns))]
    since = 0
    for record in range(records):
        if repeats and record and record % repeats == 0 and all(value is not None for value in header):
            for place, value in enumerate(header):
                canvas.put(row, left + place, value)
            row += 1
        for place, column in enumerate(block.columns):
            canvas.put(row, left + place, column.cells[record])
            if column.name:
                expected.cells[column.name].append((row, left + place))
        expected.rows.append(row + 1)
        row += 1
        if record + 1 in ends:
            _sum(draw, canvas, block, row, left, (labelled or 0, added), range(since, record + 1), SUBTOTALS, expected)
            since, row = record + 1, row + 1
    if sums:
        row += draw(st.integers(0, 1))
        _sum(draw, canvas, block, row, left, (labelled or 0, added), range(records), TOTALS, expected)
        row += 1
        if draw(st.sampled_from([False, False, True])):
            _average(draw, canvas, block, row, left, (labelled or 0, added), expected)
            row += 1
    return row


def _ends(draw: st.DrawFn, records: int) -> list[int]:
    """After how many records a sum of those before stands."""
    if records < 2 or not draw(st.booleans()):
        return []
    return sorted({*draw(st.lists(st.integers(1, records), max_size=3)), records})


def _sum(
    draw: st.DrawFn,
    canvas: Canvas,
    block: Block,
    row: int,
    left: int,
    where: tuple[int, Sequence[int]],
    over: range,
    words: list[str],
    expected: Expected,
) -> None:
    canvas.put(row, left + where[0], draw(st.sampled_from(words)))
    for place in where[1]:
        column = block.columns[place]
        total = round(sum(block.meant(column)[record] or 0 for record in over), 2)
        canvas.put(row, left + place, column.written.write(total) if column.written else total)
        expected.sums.append((row, left + place))
    expected.totals += 1


def _average(draw: st.DrawFn, canvas: Canvas, block: Block, row: int, left: int, where: tuple[int, Sequence[int]], expected: Expected) -> None:
    canvas.put(row, left + where[0], draw(st.sampled_from(AVERAGES)))
    for place in where[1]:
        canvas.put(row, left + place, 1234.5)
    expected.totals += 1


__all__ = ["PLACES", "WORDS", "Block", "Column", "make_block", "write_block"]
