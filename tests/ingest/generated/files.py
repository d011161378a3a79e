"""Files made up by chance: one sheet or several, one table on each or several, in every container that is read."""

from __future__ import annotations

import io
import zipfile
from dataclasses import dataclass, replace

from hypothesis import assume
from hypothesis import strategies as st

from amdash.schema import TABLES
from tests.ingest.generated import containers
from tests.ingest.generated.blocks import make_block, write_block
from tests.ingest.generated.canonical import Canonical, canonical
from tests.ingest.generated.canvas import Canvas
from tests.ingest.generated.months import across
from tests.ingest.generated.words import names_of, rivals

_ENOUGH_CHINESE = 20
# Something that is added up, and something beside it that the label of the sum can stand under.
_NAMED = ("sheet", "title", "nowhere")
_SUMMED = {"summary": ("sales_amount", "manager")}


@dataclass
class Made:
    """``container``: the kind of workbook, or the encoding of a text file with its ``delimiter``. ``zipped``: inside an archive."""

    stem: str
    container: str
    delimiter: str
    zipped: bool
    sheets: list[Canvas]

    @property
    def file(self) -> str:
        ending = self.container if self.container in containers.WORKBOOKS else "tsv" if self.delimiter == "\t" else "csv"
        return f"{self.stem}.{'zip' if self.zipped else ending}"

    @property
    def is_text(self) -> bool:
        return self.container not in containers.WORKBOOKS

    def sheet_name(self, sheet: Canvas) -> str:
        return self.stem if self.is_text else sheet.name

    def data(self) -> bytes:
        inside = (
            containers.text(self.sheets[0], self.container, self.delimiter) if self.is_text else containers.WORKBOOKS[self.container](self.sheets)
        )
        if not self.zipped:
            return inside
        target = io.BytesIO()
        with zipfile.ZipFile(target, "w") as archive:
            archive.writestr(f"{self.stem}.{'csv' if self.is_text else self.container}", inside)
        return target.getvalue()


@st.composite
def made(draw: st.DrawFn) -> Made:
    """A file of one table, of several on a sheet, or of several sheets."""
    what = draw(st.sampled_from(["one", "one", "one", "one", "across", "several", "twice", "sheets"]))
    if what == "sheets":
        tables = draw(st.lists(st.sampled_from(sorted(TABLES)), min_size=2, max_size=3, unique=True))
        sheets = [draw(single(tables=(table,), named=("sheet",))) for table in tables]
        # Sheets that show the same word are hard to tell apart for people too.
        assume(len({sheet.name.casefold() for sheet in sheets}) == len(sheets))
        return in_file(draw, sheets)
    return in_file(draw, [draw({"one": single(), "across": across(), "several": several(), "twice": twice()}[what])])


@st.composite
def summed(draw: st.DrawFn) -> Made:
    """A file whose one table has at least one row of sums."""
    return in_file(draw, [draw(single(sums=True))])


def in_file(draw: st.DrawFn, sheets: list[Canvas]) -> Made:
    kinds = ["xlsx", "xlsx", "xlsm", "xls", "ods"]
    # Merged cells are lost in a text file, and with them which rows a label is meant for.
    if len(sheets) == 1 and not sheets[0].labels:
        signs = [sign for value in sheets[0].cells.values() if isinstance(value, str) for sign in value if not sign.isascii()]
        chinese = sum("\u4e00" <= sign <= "\u9fff" for sign in signs)
        # A handful of Chinese characters among English words could be any encoding.
        sure = chinese >= max(_ENOUGH_CHINESE, len(signs) // 2) or not signs
        kinds += [encoding for encoding in containers.ENCODINGS if encoding != "gb18030" or sure]
    container = draw(st.sampled_from(kinds))
    delimiter = draw(st.sampled_from(",;\t"))
    zipped = draw(st.sampled_from([False] * 5 + [True]))
    return Made(sheets[0].name if container in containers.ENCODINGS else "file", container, delimiter, zipped, sheets)


@st.composite
def single(draw: st.DrawFn, *, sums: bool = False, tables: tuple[str, ...] = tuple(TABLES), named: tuple[str, ...] = _NAMED) -> Canvas:
    """One table on a sheet, its name on the sheet, in a title, or nowhere where its words say enough. ``sums``: total rows stand below."""
    table = draw(canonical(("sales", "summary", "targets"), needs=_SUMMED) if sums else canonical(tables))
    where = draw(st.sampled_from(named))
    year = draw(st.sampled_from([None, 2026, 2025, 2024]))
    name = draw(st.sampled_from(names_of(table.table))) if where == "sheet" else "Sheet1"
    block = make_block(draw, table, hinted=where == "title", year=year)
    if where == "nowhere":
        # With as many words of another table, nobody could tell which of the two it is.
        assume(rivals(table.table, [column.header for column in block.columns]) < sum(column.name is not None for column in block.columns))
    canvas = Canvas(name)
    write_block(draw, canvas, block, draw(st.integers(0, 3)), draw(st.integers(0, 2)), sums=sums)
    return canvas


@st.composite
def several(draw: st.DrawFn) -> Canvas:
    """Different tables on one sheet, one below another or side by side, each under a title that says which it is."""
    canvas = Canvas("Sheet1")
    tables = draw(st.lists(st.sampled_from(sorted(TABLES)), min_size=2, max_size=3, unique=True))
    beside = draw(st.booleans())
    row, column = draw(st.integers(0, 2)), draw(st.integers(0, 1))
    # The year stands over all of them or over none: one title must not speak for the table beside it.
    for table in tables:
        block = make_block(draw, draw(canonical((table,), most=5)), hinted=True, year=None, unknown=False)
        below, right = write_block(draw, canvas, block, row, column)
        if beside:
            column = right + draw(st.integers(1, 2))
        else:
            row = below + draw(st.integers(1, 2))
    return canvas


_DATED = {field.name for table in TABLES.values() for field in table.fields if field.kind in ("date", "datetime")}


@st.composite
def twice(draw: st.DrawFn) -> Canvas:
    """The same table twice, with the same header words: side by side it is two, further down the second is the next page of the first."""
    table = draw(st.sampled_from(["sales", "tickets", "complaints", "surveys"]))
    canvas = Canvas(draw(st.sampled_from(names_of(table))))
    first = make_block(draw, draw(canonical((table,), most=5)), hinted=False, year=None, unknown=False)
    first.said, first.once, first.titles = None, "never", []
    assume(first.factor is None and all(column.name for column in first.columns) and len(first.columns) > 1)
    first.canonical = Canonical(table, {column.name: first.canonical.values[column.name] for column in first.columns if column.name})
    places = draw(st.lists(st.integers(0, first.canonical.rows - 1), min_size=1, max_size=5))
    second = replace(
        first,
        canonical=Canonical(table, {name: [values[place] for place in places] for name, values in first.canonical.values.items()}),
        columns=[replace(column, cells=[column.cells[place] for place in places]) for column in first.columns],
        groups=[len(places)],
    )
    below, right = write_block(draw, canvas, replace(first, groups=[first.canonical.rows]), 0, 0, plain=True)
    # Beside the first, each is read by itself: 03.02.2024 alone tells no day from a month, not even to people.
    told = not any(isinstance(cell, str) for column in second.columns if column.name in _DATED for cell in column.cells)
    if told and draw(st.booleans()):
        write_block(draw, canvas, second, 0, right + draw(st.integers(0, 1)), plain=True)
        return canvas
    write_block(draw, canvas, second, below + draw(st.integers(0, 2)), 0, plain=True)
    page = canvas.expected.pop()
    whole = canvas.expected[0]
    whole.rows += page.rows
    for name in whole.values:
        whole.values[name] = whole.values[name] + page.values[name]
    for name in whole.cells:
        whole.cells[name] = whole.cells[name] + page.cells[name]
    return canvas
