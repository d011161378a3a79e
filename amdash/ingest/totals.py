"""Total rows: left out of the records, and used to check them."""

from __future__ import annotations

import bisect
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
_ENDS = ("合计", "总计", "小计")
_COMPACT_DATE = 8


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


def total_kind(filled: Sequence[Any], vocabulary: Vocabulary, width: int, *, of_days: bool = False) -> Kind | None:
    """What kind of total the filled cells of a row make it; None for a record. ``of_days``: its only figures are days as bare numbers."""
    words = [plain(value) for value in filled[:4] if isinstance(value, str)]
    named = [word for word in words if word in vocabulary.totals]
    # Total Wine and a product called Sum are names: a row with a date is a total only where the word stands first, or in Chinese.
    if named and (named[0] == words[0] or not named[0].isascii() or not _dated(filled)):
        return "average" if named[0] in vocabulary.averages or named[0].startswith("平均") else "total"
    mean = next((word for word in words if word in vocabulary.averages), None)
    if mean:
        others = [value for value in filled if not isinstance(value, str) or plain(value) != mean]
        # It may also be what somebody answered on that day.
        return "average" if others and all(map(_is_figure, others)) and not _dated(filled) else None
    around = words[0] if words else ""
    if len(filled) == width or len(around) > 16 or not _AROUND.search(around) or _dated(filled) or of_days:
        return None
    # Total Wine and 总计划科技 behind a day as a bare number are customers: what begins like a total is said before any figure.
    if not around.endswith(_ENDS) and not isinstance(filled[0], str):
        return None
    # 总计划科技 is a customer: what stands beside the label of a total is a figure, or a word for nothing.
    others = [value for value in filled if not isinstance(value, str) or plain(value) != around]
    return "total" if all(map(_is_figure, others)) else None


def of_days(cells: Sequence[Any], days: Sequence[bool]) -> bool:
    """Whether all figures of a row may be days and stand below headings of days: nobody adds those up."""
    figures = [(value, below) for value, below in zip(cells, days, strict=True) if value is not None and _is_figure(value) and plain(value)]
    return bool(figures) and all(below and dates.is_serial(value) for value, below in figures)


def differences(totals: Sequence[TotalRow], place: int, cells: Sequence[Any]) -> Iterator[Difference]:
    """The totals of a column that are the sum neither of all rows above nor of those since any total before them.

    A total of totals (a team's below those of its people) reaches back over them. One above all rows is not compared.
    """
    rows = [row for row in totals if row.kind == "total" and row.upto and row.cells[place] is not None]
    if not rows:
        return
    # What a comma means is told from the whole column, the totals included.
    numbers = amounts.figures([*cells, *(row.cells[place] for row in rows)]).numbers
    sums = [0.0, *itertools.accumulate(number or 0.0 for number in numbers[: len(cells)])]
    breaks = iter(sorted({total.upto for total in totals}))
    following, starts = next(breaks, len(cells)), [0.0]
    for row, said in zip(rows, numbers[len(cells) :], strict=True):
        # Sorted, so that a long sheet with a subtotal every few rows is no matter.
        while following < row.upto:
            bisect.insort(starts, sums[following])
            following = next(breaks, len(cells))
        if said is None:
            continue
        at = bisect.bisect(starts, sums[row.upto] - said)
        added = min((sums[row.upto] - start for start in starts[max(0, at - 1) : at + 1]), key=lambda number: abs(said - number))
        if abs(said - added) > max(_half_a_digit(row.cells[place], said), 1e-9 * abs(said)):
            yield Difference(row, said, added)


def _half_a_digit(cell: Any, said: float) -> float:
    """Half a unit of the last digit that is written, and never less than half a cent."""
    text = repr(said) if isinstance(cell, float) else str(cell)
    decimals = len(text.partition(".")[2].rstrip("万元千%） )")) if "." in text and "e" not in text else 0
    return max(0.5 * 10.0**-decimals, 0.005) + 1e-6 if not isinstance(cell, float) else 0.005 + 1e-6


def _is_figure(value: Any) -> bool:
    if not isinstance(value, str):
        return not isinstance(value, bool | dt.date)
    return amounts.parse_number(amounts.without_percent(value)[0]) is not None or not plain(value)


def _dated(filled: Sequence[Any]) -> bool:
    return any(isinstance(value, dt.date) or (isinstance(value, str) and _is_date(value)) for value in filled[:8])


def _is_date(text: str) -> bool:
    # 45748.92 may be a day of the spreadsheet program, but beside the word total it is an amount.
    number = amounts.parse_number(text) is not None and not (text.isdigit() and len(text) == _COMPACT_DATE)
    return not number and dates.parse(text, dates.DateStyle()) is not None
