"""Cells to values, a column at a time: the column decides what a cell may mean, and every cell that means nothing is a fault."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from amdash.ingest import amounts, dates
from amdash.ingest.layout import Column
from amdash.ingest.vocabulary import Domain, Vocabulary, plain
from amdash.schema import Field

_SCALES = (1.0, 5.0, 10.0, 100.0)
# A stray 6 among scores out of 5 must not turn the column into one out of 10.
_SCALE_COVERS = 0.9
_SCALE_IN_HEADER = re.compile(r"(\d+)\s*(?:分制|分满分|point|stars?|星)|(?:满分|out of|1\s*[-–~至到]|0\s*[-–~至到])\s*(\d+)")
_BETWEEN_HAN = re.compile(r"(?<=[\u4e00-\u9fff])\s+(?=[\u4e00-\u9fff])")
_MEASURED = frozenset({"date", "datetime", "period", "money", "number", "count", "hours", "score"})
_DOMAINS: dict[str, Domain] = {"sales": "deal", "feedback": "source"}


@dataclass(frozen=True)
class Context:
    """What a column needs to know of its sheet. ``titles`` may carry a unit or a year for the whole table."""

    table: str
    vocabulary: Vocabulary
    titles: tuple[str, ...] = ()
    year: int | None = None
    decisions: Mapping[str, str] = field(default_factory=dict)

    def of(self, table: str, decisions: Mapping[str, str] | None = None) -> Context:
        """The same sheet seen as a table, with what was decided of one column."""
        return replace(self, table=table, decisions=decisions or {})


@dataclass
class Coerced:
    """``values[i]`` is None where the cell is empty or at fault; ``faults``: record -> fault code.

    ``note``: what was done to the whole column, as a code with fields (a factor, a scale, a date order).
    """

    values: list[Any]
    faults: dict[int, str] = field(default_factory=dict)
    note: tuple[str, dict[str, Any]] | None = None
    questions: list[tuple[str, tuple[str, ...], str]] = field(default_factory=list)


def coerce(spec: Field, column: Column, cells: Sequence[Any], context: Context) -> Coerced:
    """The column's cells as values of the field's kind; where a figure or a date belongs, a dash or 暂无 is an empty cell."""
    if spec.kind in _MEASURED:
        cells = [None if isinstance(value, str) and plain(value) in context.vocabulary.blanks else value for value in cells]
    return _BY_KIND[spec.kind](column, cells, context)


def plausible(spec: Field, column: Column, cells: Sequence[Any], context: Context) -> float:
    """The share of filled cells that the field could hold, from up to 200 of them; 1 where none is filled."""
    filled = [value for value in cells if value is not None]
    sample = filled[:: max(1, len(filled) // 200)][:200]
    if not sample:
        return 1.0
    return 1 - len(coerce(spec, column, sample, context).faults) / len(sample)


def _each(cells: Sequence[Any], parse: Callable[[Any], Any], fault: str, note: tuple[str, dict[str, Any]] | None = None) -> Coerced:
    result = Coerced([None] * len(cells), note=note)
    for record, value in enumerate(cells):
        if value is None:
            continue
        parsed = parse(value)
        if parsed is None:
            result.faults[record] = fault
        else:
            result.values[record] = parsed
    return result


def text_of(value: Any) -> str:
    """A cell as text: whole numbers without '.0', dates as 2026-10-05."""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if hasattr(value, "isoformat"):
        return str(value.isoformat(sep=" ") if hasattr(value, "hour") and hasattr(value, "year") else value.isoformat())
    return str(value).strip()


def name_of(value: Any) -> str:
    """A name as it is compared: narrow, single spaces, and none between Chinese characters."""
    text = " ".join(unicodedata.normalize("NFKC", text_of(value)).split())
    return _BETWEEN_HAN.sub("", text)


def _text(_column: Column, cells: Sequence[Any], _context: Context) -> Coerced:
    return _each(cells, text_of, "value_not_text")


def _name(_column: Column, cells: Sequence[Any], _context: Context) -> Coerced:
    return _each(cells, name_of, "value_not_text")


def _moment(column: Column, cells: Sequence[Any], context: Context) -> Coerced:
    style = dates.style_of(cells, context.year)
    note = ("note_date_order", {"column": column.header}) if style.assumed else None
    return _each(cells, lambda value: dates.parse(value, style), "value_not_date", note)


def _date(column: Column, cells: Sequence[Any], context: Context) -> Coerced:
    result = _moment(column, cells, context)
    result.values = [value and value.replace(hour=0, minute=0, second=0, microsecond=0) for value in result.values]
    return result


def _period(_column: Column, cells: Sequence[Any], context: Context) -> Coerced:
    return _each(cells, lambda value: dates.parse_month(value, context.year), "value_not_month")


def _money(column: Column, cells: Sequence[Any], context: Context) -> Coerced:
    factor = _factor("money", column, context)

    def parse(value: Any) -> float | None:
        number = amounts.parse_number(value)
        # Twelve digits behind the point: 1.23 x 10000 must not become 12300.000000000002.
        return number if number is None or amounts.carries_unit(value) else round(number * factor, 6)

    return _each(cells, parse, "value_not_number", None if factor == 1 else ("note_factor", {"factor": f"{factor:,.0f}"}))


def _factor(kind: str, column: Column, context: Context) -> float:
    """The unit in the header's brackets, else the one that the sheet's title states for all (单位：万元)."""
    units = context.vocabulary.units[kind]
    for unit in column.units:
        if unit in units:
            return units[unit]
    for title in context.titles:
        for unit, factor in units.items():
            # Not the first letters of a name: 制表：万红 is no unit.
            if factor != 1 and re.search(rf"[(（:：]\s*{re.escape(unit)}(?!\w)", title, re.I):
                return factor
    return 1.0


def _number(_column: Column, cells: Sequence[Any], _context: Context) -> Coerced:
    return _each(cells, amounts.parse_number, "value_not_number")


def _hours(column: Column, cells: Sequence[Any], context: Context) -> Coerced:
    units = context.vocabulary.units["hours"]
    named = next((units[unit] for unit in column.units if unit in units), None)
    if named is None:
        bare = plain(column.header)
        named = next((factor for unit, factor in units.items() if len(unit) > 1 and bare.endswith(unit)), 1.0)
    unit_hours = named
    note = None if unit_hours == 1 else ("note_hours", {"factor": f"{unit_hours:.6g}"})
    return _each(cells, lambda value: amounts.parse_hours(value, unit_hours), "value_not_duration", note)


def _score(column: Column, cells: Sequence[Any], context: Context) -> Coerced:
    words = context.vocabulary.values["score"]
    percent = any(amounts.parse_percent(value) is not None for value in cells)

    def parse(value: Any) -> float | None:
        if percent and (share := amounts.parse_percent(value)) is not None:
            return share
        number = amounts.parse_number(value)
        if number is None and isinstance(value, str) and plain(value) in words:
            return float(words[plain(value)])
        return number

    result = _each(cells, parse, "value_not_number")
    scale = 1.0 if percent else scale_of(column.header, result.values)
    result.note = ("note_scale", {"scale": f"{scale:g}"})
    return result


def scale_of(header: str, values: Sequence[float | None]) -> float:
    """What the scores are out of: said in the header, else the smallest of 1, 5, 10, 100 that covers nearly all of them."""
    match = _SCALE_IN_HEADER.search(unicodedata.normalize("NFKC", header).casefold())
    if match:
        return float(match[1] or match[2])
    known = [value for value in values if value is not None]
    if not known:
        return 5.0
    # All ones is the worst mark of five, unless a nought shows that it is yes or no.
    candidates = _SCALES if min(known) < 1 else _SCALES[1:]
    return next((scale for scale in candidates if sum(value <= scale for value in known) >= _SCALE_COVERS * len(known)), 100.0)


def _percent(_column: Column, cells: Sequence[Any], _context: Context) -> Coerced:
    def parse(value: Any) -> float | None:
        share = amounts.parse_percent(value)
        return amounts.parse_number(value) if share is None else share

    return _each(cells, parse, "value_not_number")


def _flag(_column: Column, cells: Sequence[Any], context: Context) -> Coerced:
    words = context.vocabulary.values["flag"]

    def parse(value: Any) -> bool | None:
        if isinstance(value, bool):
            return value
        if isinstance(value, (int, float)):
            return bool(value) if value in (0, 1) else None
        meaning = words.get(plain(value))
        return None if meaning is None else meaning == "yes"

    return _each(cells, parse, "value_not_flag")


def _status(_column: Column, cells: Sequence[Any], context: Context) -> Coerced:
    domain = _DOMAINS.get(context.table, "case")
    words = context.vocabulary.values[domain]
    return _each(cells, lambda value: words.get(plain(value)), "deal_status_unknown" if domain == "deal" else "value_status_unknown")


_BY_KIND: dict[str, Callable[[Column, Sequence[Any], Context], Coerced]] = {
    "name": _name,
    "text": _text,
    "date": _date,
    "datetime": _moment,
    "period": _period,
    "money": _money,
    "number": _number,
    "count": _number,
    "hours": _hours,
    "percent": _percent,
    "score": _score,
    "flag": _flag,
    "status": _status,
}
