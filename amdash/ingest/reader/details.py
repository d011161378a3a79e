"""What a workbook's own records say beyond the plain values: how far it reaches, errors, hidden rows, merges."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import IO

from amdash.errors import AmdashError
from amdash.ingest.sheet import CellError, Merge, cell_address

# One stray value in the last column of the last row makes a grid of seventeen thousand million cells.
MAX_CELLS = 20_000_000
_CHUNK = 2 * 1024**2
# A row longer than this is no row: what was read so far is looked at as it is, so that memory stays bounded.
_LONGEST_ROW = 64 * 1024**2
ERROR_CODES = {0: "#NULL!", 7: "#DIV/0!", 15: "#VALUE!", 23: "#REF!", 29: "#NAME?", 36: "#NUM!", 42: "#N/A", 43: "#GETTING_DATA"}
_ERROR_TEXT = re.compile(r"#(?:NULL!|DIV/0!|VALUE!|REF!|NAME\?|NUM!|N/A|SPILL!|CALC!|FIELD!|BLOCKED!|CONNECT!|UNKNOWN!|GETTING_DATA)|Err:\d{3}")


@dataclass
class Details:
    """Of one sheet. ``instead``: (row from 1, column from 0) -> what stands there, whatever the fast reader says.

    ``rows`` and ``columns``: up to the farthest cell. ``name``: where the fast reader cannot read it.
    """

    rows: int = 0
    columns: int = 0
    instead: dict[tuple[int, int], CellError | str] = field(default_factory=dict)
    hidden: set[int] = field(default_factory=set)
    merged: list[Merge] = field(default_factory=list)
    name: str | None = None

    def reach(self, file: str, row: int, column: int) -> None:
        """Note a cell (row from 1, column from 0). Errors: sheet_reaches_too_far, before anybody makes a grid of it."""
        self.rows, self.columns = max(self.rows, row), max(self.columns, column + 1)
        if self.rows * self.columns > MAX_CELLS:
            raise AmdashError("sheet_reaches_too_far", file=file, cell=cell_address(self.rows, self.columns - 1))


def is_error(text: str) -> bool:
    """Whether a text is one of the error values of the spreadsheet programs."""
    return _ERROR_TEXT.fullmatch(text.strip()) is not None


def blocks(stream: IO[bytes], end: bytes) -> Iterator[bytes]:
    """The stream in pieces that end with ``end`` (a closing tag of a row), the rest last."""
    kept = b""
    while chunk := stream.read(_CHUNK):
        kept += chunk
        cut = kept.rfind(end)
        if cut >= 0 or len(kept) > _LONGEST_ROW:
            cut = cut + len(end) if cut >= 0 else len(kept)
            yield kept[:cut]
            kept = kept[cut:]
    if kept:
        yield kept
