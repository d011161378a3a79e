"""Files made up by chance: one sheet or several, one table on each or several, in every container that is read."""

from __future__ import annotations

import io
import zipfile
from dataclasses import dataclass

from hypothesis import assume
from hypothesis import strategies as st

from tests.ingest.generated import containers
from tests.ingest.generated.blocks import make_block, write_block
from tests.ingest.generated.canonical import canonical
from tests.ingest.generated.canvas import Canvas
from tests.ingest.generated.words import names_of, rivals


_ENOUGH_CHINESE = 20


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
        inside = containers.text(self.sheets[0], self.container, self.delimiter) if self.is_text else containers.WORKBOOKS[self.container](self.sheets)
        if not self.zipped:
            return inside
        target = io.BytesIO()
        with zipfile.ZipFile(target, "w") as archive:
            archive.writestr(f"{self.stem}.{'csv' if self.is_text else self.container}", inside)
        return target.getvalue()


@st.composite
def made(draw: st.DrawFn) -> Made:
    sheets = [draw(single())]
    return in_file(draw, sheets)


def in_file(draw: st.DrawFn, sheets: list[Canvas]) -> Made:
    kinds = ["xlsx", "xlsx", "xlsm", "xls", "ods"]
    if len(sheets) == 1:
        written = sum(sign >= "\u4e00" for value in sheets[0].cells.values() if isinstance(value, str) for sign in value)
        # A handful of Chinese characters among English words could be any encoding.
        kinds += [encoding for encoding in containers.ENCODINGS if encoding != "gb18030" or written >= _ENOUGH_CHINESE]
    container = draw(st.sampled_from(kinds))
    delimiter = draw(st.sampled_from(",;\t"))
    zipped = draw(st.sampled_from([False] * 5 + [True]))
    return Made(sheets[0].name if container in containers.ENCODINGS else "file", container, delimiter, zipped, sheets)


@st.composite
def single(draw: st.DrawFn) -> Canvas:
    """One table on a sheet, its name on the sheet, in a title, or nowhere where its words say enough."""
    table = draw(canonical())
    named = draw(st.sampled_from(["sheet", "title", "nowhere"]))
    year = draw(st.sampled_from([None, 2026, 2025, 2024]))
    name = draw(st.sampled_from(names_of(table.table))) if named == "sheet" else "Sheet1"
    block = make_block(draw, table, hinted=named == "title", year=year)
    if named == "nowhere":
        # With as many words of another table, nobody could tell which of the two it is.
        assume(rivals(table.table, [column.header for column in block.columns]) < sum(column.name is not None for column in block.columns))
    canvas = Canvas(name)
    write_block(draw, canvas, block, draw(st.integers(0, 3)), draw(st.integers(0, 2)))
    return canvas
