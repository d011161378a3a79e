"""One table written onto a sheet: titles, one header row or two, its rows with labels, sums and repeated headers between them, notes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from hypothesis import assume
from hypothesis import strategies as st

from amdash.ingest.vocabulary import plain
from amdash.schema import TABLES
from tests.ingest.generated import styles
from tests.ingest.generated.canonical import NAMES, PLACES, Canonical
from tests.ingest.generated.canvas import Canvas, Expected
from tests.ingest.generated.words import GROUPS, UNKNOWN, could_be_table, header_of, names_of, said_word

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

    @property
    def is_gap(self) -> bool:
        """Whether it is an empty column that keeps two groups of columns apart."""
        return not self.header


@dataclass
class Block:
    """What was decided of one table before it is put on a sheet."""

    canonical: Canonical
    columns: list[Column]
    year: int | None
    factor: int | None
    titles: list[str] = field(default_factory=list)
    said: tuple[str, str] | None = None
    once: Literal["never", "merged", "blank"] = "never"
    groups: list[int] = field(default_factory=list)
    header_rows: int = 1

    def meant(self, column: Column) -> list[Any]:
        return self.canonical.values[column.name or ""]


def make_block(draw: st.DrawFn, table: Canonical, *, hinted: bool, year: int | None, unknown: bool = True) -> Block:
    """The columns of a table with their words and styles. ``hinted``: its name stands over it, or on the sheet or file."""
    money = any(TABLES[table.table].field(name).kind == "money" for name in table.values)
    factor = draw(st.sampled_from([None, None, 10_000, 1000])) if money else None
    values, groups, labels = dict(table.values), _groups(draw, table), ()
    how = draw(st.sampled_from(["never", "never", "never", "said", "merged", "blank"])) if len(values) > 2 else "never"
    said = None
    if how == "said" and _can_be_said(table):
        values.pop("manager", None)
        said = ("manager", draw(said_word(table.table, "manager")))
        values["manager"] = _repeated(NAMES, groups if len(values) > 2 else [table.rows])
    elif how in ("merged", "blank"):
        labels = tuple(name for name in _LABELS if name in values)
        values, groups = _labelled(draw, table, values, labels, groups, how)
    columns: list[Column] = []
    taken: set[str] = {plain(said[1])} if said else set()
    others = [name for name in values if name not in labels and (said is None or name != said[0])]
    for name in [*labels, *draw(st.permutations(others))]:
        kind = TABLES[table.table].field(name).kind
        header = draw(header_of(table.table, name).filter(lambda word: plain(word) not in taken))
        taken.add(plain(header))
        written = styles.column(draw, kind, table.table, values[name], factor, year)
        unit = f"({written.unit})" if written.unit else ""
        columns.append(Column(name, f"{header.removesuffix('（必填）').rstrip('：')}{unit}" if unit else header, written.cells, written))
    for word in draw(st.lists(st.sampled_from(UNKNOWN), unique=True, max_size=2)) if unknown and len(columns) > 2 else []:
        cells = [draw(st.sampled_from([None, "x", "SF-1024", 7.0])) for _ in range(table.rows)]
        columns.insert(draw(st.integers(len(labels), len(columns))), Column(None, word, cells))
    if unknown:
        _spaced(draw, columns, len(labels))
    block = Block(Canonical(table.table, values), columns, year, factor, said=said, once=how if labels else "never", groups=groups)
    block.titles = _titles(draw, block, hinted)
    return block


def _spaced(draw: st.DrawFn, columns: list[Column], least: int) -> None:
    """Perhaps an empty column in the middle, unless what stands on both sides of it could be a table by itself."""
    if not draw(st.sampled_from([False, False, False, True])):
        return
    place = draw(st.integers(max(1, least), len(columns) - 1)) if len(columns) > max(1, least) else 0
    sides = [[column.header for column in side if column.name] for side in (columns[:place], columns[place:])]
    if place and not all(map(could_be_table, sides)):
        columns.insert(place, Column(None, "", [None] * len(columns[0].cells)))


def _groups(draw: st.DrawFn, table: Canonical) -> list[int]:
    """How many rows each run of the table has."""
    sizes = [table.rows]
    while sizes[-1] > 1 and draw(st.booleans()):
        size = draw(st.integers(1, sizes[-1] - 1))
        sizes[-1:] = [size, sizes[-1] - size]
    return sizes


def _can_be_said(table: Canonical) -> bool:
    # A list of customers without a column for the manager is not known by its words; in a summary the manager is a required one.
    spec = TABLES[table.table]
    return "manager" in spec.names and table.table not in ("summary", "targets", "customers") and not spec.field("manager").required


def _repeated(names: list[str], groups: list[int]) -> list[str]:
    return [names[place % len(names)] for place, size in enumerate(groups) for _ in range(size)]


def _labelled(
    draw: st.DrawFn, table: Canonical, values: dict[str, list[Any]], labels: tuple[str, ...], groups: list[int], how: str
) -> tuple[dict[str, list[Any]], list[int]]:
    """The values with runs of equal labels, the last of them within those of the first.

    Without merged cells a label counts as written once where at least half of its column is empty, and no label comes back: with
    fewer empty cells, or one label alone, an empty cell may as well mean nobody.
    """
    pools = {"region": PLACES, "team": [f"{place}组" for place in PLACES], "manager": NAMES}
    inner = groups
    if how == "blank":
        assume(table.rows >= 4 and bool(labels))
        inner = [2] * (table.rows // 2)
        inner[-1] += table.rows % 2
    for place, name in enumerate(labels):
        outer = place < len(labels) - 1
        # Two runs of the outer labels, each over whole runs of the inner ones.
        half = len(inner) // 2
        sizes = [sum(inner[:half]), sum(inner[half:])] if outer and half else inner
        values[name] = _repeated(pools[name], sizes)
    return values, inner


def _titles(draw: st.DrawFn, block: Block, hinted: bool) -> list[str]:
    titles = draw(st.lists(st.sampled_from(TITLES), unique=True, max_size=2))
    if block.year:
        titles.append(f"{block.year}年")
    if block.factor:
        unit = {10_000: "万元", 1000: "千元"}[block.factor]
        titles.append(draw(st.sampled_from([f"单位：{unit}", f"（单位：{unit}）", f"单位:{unit}"])))
    if block.said:
        titles.append(_line(draw, block, 0))
    if hinted:
        word = draw(st.sampled_from(names_of(block.canonical.table)))
        titles.insert(0, word if block.year is None else f"{block.year}年{word}")
    return titles


def _line(draw: st.DrawFn, block: Block, record: int) -> str:
    name, word = block.said or ("", "")
    return f"{word}{draw(st.sampled_from('：:'))}{draw(st.sampled_from(['', ' ']))}{block.canonical.values[name][record]}"


def write_block(draw: st.DrawFn, canvas: Canvas, block: Block, top: int, left: int, *, sums: bool = False, plain: bool = False) -> tuple[int, int]:
    """Put the block on the sheet; (the row behind it, the column behind it), counted from 0. ``plain``: one header row and records alone."""
    row = top
    for title in block.titles:
        canvas.put(row, left, title)
        if draw(st.sampled_from([False, False, True])):
            canvas.merge(row, left, row, left + len(block.columns) - 1)
        row += 1
    if block.titles:
        row += draw(st.integers(0, 1))
    begins = row
    row = _header(draw, canvas, block, row, left, plain)
    block.header_rows = row - begins
    expected = Expected(block.canonical.table, block.canonical.expected(), header_row=row)
    expected.cells = {column.name: [] for column in block.columns if column.name}
    expected.extras = {column.header: column.cells for column in block.columns if column.name is None and not column.is_gap}
    canvas.expected.append(expected)
    if plain:
        for record in range(block.canonical.rows):
            _record(canvas, block, record, row + record, left, expected, follows=True)
        return row + block.canonical.rows, left + len(block.columns)
    row = _body(draw, canvas, block, row, left, expected, sums)
    canvas.open = [merge for merge in canvas.open if canvas.close(merge)]
    if draw(st.sampled_from([False, False, True])) and sum(not column.is_gap for column in block.columns) > 2:
        row += draw(st.integers(0, 1))
        canvas.put(row, left, draw(st.sampled_from(NOTES)))
        row += 1
    return row, left + len(block.columns)


def _header(draw: st.DrawFn, canvas: Canvas, block: Block, row: int, left: int, plain: bool) -> int:
    """One header row or two; returns the row below."""
    headers = [column.header for column in block.columns]
    gaps = [place for place, column in enumerate(block.columns) if column.is_gap]
    if len(headers) < 4 or gaps or plain or not draw(st.sampled_from([False, False, True])):
        for place, header in enumerate(headers):
            canvas.put(row, left + place, header or None)
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


def _body(draw: st.DrawFn, canvas: Canvas, block: Block, row: int, left: int, expected: Expected, sums: bool) -> int:
    records, groups = block.canonical.rows, [sum(block.groups[:place]) for place in range(1, len(block.groups) + 1)]
    added = [place for place, column in enumerate(block.columns) if column.name and TABLES[expected.table].field(column.name).kind in _ADDED]
    labelled = next((place for place in range(min(3, len(block.columns))) if place not in added and not block.columns[place].is_gap), None)
    assume(not sums or (labelled is not None and added))
    sums = labelled is not None and bool(added) and (sums or draw(st.booleans()))
    where = (labelled or 0, added)
    ends = set(groups if block.said or block.once != "never" else _ends(draw, records)) if sums and draw(st.booleans()) else set[int]()
    repeats = draw(st.integers(2, 5)) if records > 2 and draw(st.sampled_from([False, False, False, True])) else 0
    header = (expected.header_row - block.header_rows, expected.header_row)
    since, above = 0, -1
    for record in range(records):
        if block.said and record in groups:
            canvas.put(row, left, _line(draw, block, record))
            row += 1
        if repeats and record and record % repeats == 0:
            row = _again(canvas, header, left, len(block.columns), row)
        _record(canvas, block, record, row, left, expected, follows=above == row - 1)
        above, row = row, row + 1
        if record + 1 in ends:
            _sum(draw, canvas, block, row, left, where, range(since, record + 1), SUBTOTALS, expected)
            since, row = record + 1, row + 1
    if sums:
        row += draw(st.integers(0, 1))
        _sum(draw, canvas, block, row, left, where, range(records), TOTALS, expected)
        row += 1
        if draw(st.sampled_from([False, False, True])):
            _average(draw, canvas, block, row, left, where, expected)
            row += 1
    return row


def _record(canvas: Canvas, block: Block, record: int, row: int, left: int, expected: Expected, *, follows: bool) -> None:
    for place, column in enumerate(block.columns):
        if column.name:
            expected.cells[column.name].append((row, left + place))
        if column.name in _LABELS and block.once != "never" and record and column.cells[record] == column.cells[record - 1]:
            if block.once == "blank":
                continue
            if follows:
                start = next(merge for merge in canvas.open if merge[1] == left + place)
                canvas.open.remove(start)
                canvas.open.append((start[0], left + place, row))
                continue
        canvas.put(row, left + place, column.cells[record])
        if column.name in _LABELS and block.once == "merged":
            canvas.open = [merge for merge in canvas.open if merge[1] != left + place or canvas.close(merge)]
            canvas.open.append((row, left + place, row))
    expected.rows.append(row + 1)
    # One word alone in its row may as well be a note, unless a merged cell reaches into it.
    assume(sum((row, left + place) in canvas.cells for place in range(len(block.columns))) > 1 or block.once == "merged")


def _again(canvas: Canvas, header: tuple[int, int], left: int, width: int, row: int) -> int:
    """The header once more, as at the top of every printed page."""
    for index in range(*header):
        for place in range(width):
            canvas.put(row, left + place, canvas.cells.get((index, left + place)))
        row += 1
    return row


def _ends(draw: st.DrawFn, records: int) -> list[int]:
    """After how many records a sum of those before stands."""
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
        write = column.written.write if column.written else float
        canvas.put(row, left + place, write(total))
        # So far off that it is no other sum of the column by chance.
        expected.sums[row, left + place] = write(total + 98_765_432.0)
    expected.totals += 1


def _average(draw: st.DrawFn, canvas: Canvas, block: Block, row: int, left: int, where: tuple[int, Sequence[int]], expected: Expected) -> None:
    canvas.put(row, left + where[0], draw(st.sampled_from(AVERAGES)))
    for place in where[1]:
        canvas.put(row, left + place, 1234.5)
    expected.totals += 1
