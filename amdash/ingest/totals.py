"""Total rows: left out of the records, and used to check them."""

from __future__ import annotations

import datetime as dt
import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from amdash.ingest import amounts, dates
from amdash.ingest.vocabulary import Vocabulary, plain

Kind = Literal["total", "average"]
_AROUND = re.compile(r"^(合计|总计|小计|累计|grandtotal|subtotal|total)|(合计|总计|小计)$")


@dataclass(frozen=True)
class TotalRow:
    """A row that adds up others. ``since``, ``upto``: the records between the total before it and itself; ``cells`` by column."""

    row_number: int
    kind: Kind
    cells: Sequence[Any]
    since: int
    upto: int


@dataclass(frozen=True)
class Difference:
    """A total that is not the sum of the rows: what it says, and what they add up to."""

    row: TotalRow
    said: float
    added: float


def total_kind(filled: Sequence[Any], vocabulary: Vocabulary, width: int) -> Kind | None:
    """What kind of total the filled cells of a row make it; None for a record."""
    words = [plain(value) for value in filled[:4] if isinstance(value, str)]
    named = [word for word in words if word in vocabulary.totals]
    # Total Wine and a product called Sum are names: a row with a date is a total only where the word stands first, or in Chinese.
    if named and (named[0] == words[0] or not named[0].isascii() or not _dated(filled)):
        return "average" if named[0] in vocabulary.averages or named[0].startswith("平均") else "total"
    if words and words[0] in vocabulary.averages and filled[0] == next(value for value in filled if isinstance(value, str)):
        return "average" if len(filled) > 1 and not any(isinstance(value, str | dt.date) for value in filled[1:]) else None
    around = words[0] if words else ""
    found = len(filled) < width and len(around) <= 16 and bool(_AROUND.search(around)) and (not around.isascii() or not _dated(filled))
    return "total" if found else None


def differences(totals: Sequence[TotalRow], place: int, cells: Sequence[Any]) -> Iterator[Difference]:
    """The totals of a column that are neither the sum of the rows since the total before nor of all rows above."""
    rows = [row for row in totals if row.kind == "total" and amounts.parse_number(row.cells[place]) is not None]
    if not rows:
        return
    sums = [0.0, *itertools.accumulate(amounts.parse_number(value) or 0.0 for value in cells)]
    for row in rows:
        said = amounts.parse_number(row.cells[place]) or 0.0
        near, whole = sums[row.upto] - sums[row.since], sums[row.upto]
        slack = max(_half_a_digit(row.cells[place], said), 1e-9 * abs(said))
        if row.upto and min(abs(said - near), abs(said - whole)) > slack:
            yield Difference(row, said, whole if row.since == row.upto or abs(said - whole) < abs(said - near) else near)


def _half_a_digit(cell: Any, said: float) -> float:
    """Half a unit of the last digit that is written, and never less than half a cent."""
    text = repr(said) if isinstance(cell, float) else str(cell)
    decimals = len(text.partition(".")[2].rstrip("万元千%） )")) if "." in text and "e" not in text else 0
    return max(0.5 * 10.0**-decimals, 0.005) + 1e-6 if not isinstance(cell, float) else 0.005 + 1e-6


def _dated(filled: Sequence[Any]) -> bool:
    return any(isinstance(value, dt.date) or (isinstance(value, str) and dates.parse(value, dates.DateStyle()) is not None) for value in filled[:8])
