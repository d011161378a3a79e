"""Cells to values, a column at a time: the column decides what a cell may mean, and every cell that means nothing is a fault."""

from __future__ import annotations

import datetime as dt
import math
import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, cast

from amdash.ingest import amounts, date_order, dates, durations
from amdash.ingest.context import Context
from amdash.ingest.layout import Column
from amdash.ingest.ratings import rate, shares
from amdash.ingest.sheet import CellError
from amdash.ingest.vocabulary import Domain, plain
from amdash.schema import Field

_BETWEEN_HAN = re.compile(r"(?<=[\u4e00-\u9fff])\s+(?=[\u4e00-\u9fff])")
# Zero-width marks, writing-direction marks and control characters, which come along when a name is copied from a web page.
_UNSEEN = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff\ufff9-\ufffb]")
_HAS_DIGIT = re.compile(r"\d")
_MEASURED = frozenset({"date", "datetime", "period", "money", "number", "count", "hours", "score", "percent"})
_DOMAINS: dict[str, Domain] = {"sales": "deal", "feedback": "source"}
_MARKS = dict.fromkeys("✓✔☑✅√■", True) | dict.fromkeys("✗✘✕×☐□❌", False) | {"1.0": True, "0.0": False}
_ORDER_NOTES = {"month_first": "note_date_order", "day_first": "note_day_first", "year_first": "note_year_first"}


@dataclass
class Coerced:
    """``values[i]`` is None where the cell is empty or at fault; ``faults``: record -> fault code.

    ``note``: what was done to the whole column, as a code with fields (a factor, a scale, a date order).
    ``questions``: (kind, choices, guess) of what the column does not decide; the values are those of the guess.
    """

    values: list[Any]
    faults: dict[int, str] = field(default_factory=dict)
    note: tuple[str, dict[str, Any]] | None = None
    questions: list[tuple[str, tuple[str, ...], str]] = field(default_factory=list)


def coerce(spec: Field, column: Column, cells: Sequence[Any], context: Context) -> Coerced:
    """The column's cells as values of the field's kind.

    Where a figure or a date belongs, a dash or 暂无 is an empty cell; an error of the spreadsheet program is a fault everywhere.
    """
    classes = set(map(type, cells))
    errors: dict[int, str] = {}
    if CellError in classes:
        errors = {
            record: "formula_uncalculated" if value.uncalculated else "cell_error"
            for record, value in enumerate(cells)
            if isinstance(value, CellError)
        }
        cells = [None if isinstance(value, CellError) else value for value in cells]
    if spec.kind in _MEASURED and str in classes:
        blanks = context.vocabulary.blanks
        texts = dict.fromkeys(value for value in cells if isinstance(value, str))
        empty = {text for text in texts if not _HAS_DIGIT.search(text) and plain(text) in blanks}
        cells = [None if isinstance(value, str) and value in empty else value for value in cells] if empty else cells
    result = _BY_KIND[spec.kind](spec, column, cells, context)
    result.faults |= errors
    return result


def plausible(spec: Field, column: Column, cells: Sequence[Any], context: Context) -> float:
    """The share of filled cells that the field could hold, from up to 200 of them; 1 where none is. Errors and words for nothing do not count."""
    filled = [value for value in cells if value is not None and not isinstance(value, CellError)]
    if spec.kind in _MEASURED:
        filled = [value for value in filled if not isinstance(value, str) or plain(value) not in context.vocabulary.blanks] or filled
    sample = filled[:: max(1, len(filled) // 200)][:200]
    return 1 - len(coerce(spec, column, sample, context).faults) / len(sample) if sample else 1.0


def _each(cells: Sequence[Any], parse: Callable[[Any], Any], fault: str | Callable[[Any], str]) -> Coerced:
    """Every cell parsed by itself, equal texts once."""
    result = Coerced([None] * len(cells))
    read: dict[str, Any] = {}
    for record, value in enumerate(cells):
        if value is None:
            continue
        parsed = (read[value] if value in read else read.setdefault(value, parse(value))) if value.__class__ is str else parse(value)
        if parsed is None:
            result.faults[record] = fault if isinstance(fault, str) else fault(value)
        else:
            result.values[record] = parsed
    return result


def text_of(value: Any) -> str:
    """A cell as text: whole numbers without '.0', dates as 2026-10-05."""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if hasattr(value, "isoformat"):
        return str(value.isoformat(sep=" ") if hasattr(value, "hour") and hasattr(value, "year") else value.isoformat())
    # Python writes out no whole number of more than 4,300 digits.
    return hex(value) if isinstance(value, int) and value.bit_length() > 14_000 else str(value).strip()


def name_of(value: Any) -> str:
    """A name as it is compared: narrow, without unseen characters, single spaces, and none between Chinese characters."""
    text = text_of(value)
    if text.isascii():
        return " ".join((text if text.isprintable() else _UNSEEN.sub("", text)).split())
    text = " ".join(_UNSEEN.sub("", unicodedata.normalize("NFKC", text)).split())
    return _BETWEEN_HAN.sub("", text)


def _text(_spec: Field, _column: Column, cells: Sequence[Any], _context: Context) -> Coerced:
    return Coerced([None if value is None else text_of(value) for value in cells])


def _name(_spec: Field, _column: Column, cells: Sequence[Any], _context: Context) -> Coerced:
    result = _each(cells, name_of, "value_not_text")
    result.values = [value or None for value in result.values]
    return result


def _style(cells: Sequence[Any], context: Context) -> dates.DateStyle:
    return date_order.style_of(cells, context.year, cast("dates.Order | None", context.decisions.get("order")), context.month)


def _moment(spec: Field, column: Column, cells: Sequence[Any], context: Context) -> Coerced:
    style = _style(cells, context)
    months = False

    def parse(value: Any) -> dt.datetime | None:
        nonlocal months
        moment = dates.parse(value, style)
        if spec.kind == "datetime":
            return moment
        if moment is None and (month := dates.month_alone(value, context.year)) is not None:
            months = True
            return dt.datetime(int(month[:4]), int(month[5:]), 1)
        return moment and dt.datetime(moment.year, moment.month, moment.day)

    result = _each(cells, parse, lambda value: dates.fault_of(value, style))
    if style.assumed:
        result.note = (_ORDER_NOTES[style.order], {"column": column.header})
        result.questions = [("order", style.choices, style.order)]
    elif months:
        result.note = ("note_month_only", {})
    return result


def _period(_spec: Field, column: Column, cells: Sequence[Any], context: Context) -> Coerced:
    counted = _counted(column, cells)
    style = _style(cells, context)
    result = _each(cells, lambda value: dates.parse_period(counted(value) if counted else value, context.year, style), "value_not_month")
    if style.assumed:
        result.note = (_ORDER_NOTES[style.order], {"column": column.header})
        result.questions = [("order", style.choices, style.order)]
    if context.table != "targets":
        for record, value in enumerate(result.values):
            if value is not None and (len(value) == 4 or "Q" in value):
                result.values[record] = None
                result.faults[record] = "period_not_a_month"
    return result


def _counted(column: Column, cells: Sequence[Any]) -> Callable[[Any], str] | None:
    """How a column of bare small numbers is written out: months from 1 to 12, or the weeks or quarters that its header speaks of."""
    # 统计周期 is any period; the week in it is none.
    header = plain(column.header).replace("周期", "")
    most, written = (53, "W{}") if "周" in header or "week" in header else (4, "Q{}") if "季" in header or "quarter" in header else (12, "{}月")
    numbers = [amounts.parse_number(value) for value in dict.fromkeys(cells) if value is not None]
    if not numbers or not all(number is not None and number.is_integer() and 1 <= number <= most for number in numbers):
        return None
    return lambda value: written.format(int(amounts.parse_number(value) or 0))


def _unread(numbers: Sequence[float | None], cells: Sequence[Any]) -> dict[int, str]:
    if None not in numbers:
        return {}
    return {record: "value_not_number" for record, number in enumerate(numbers) if number is None and cells[record] is not None}


def _figures(cells: Sequence[Any], context: Context) -> tuple[amounts.Figures, Coerced]:
    """The numbers of a column, and what is to be said of it: the cells that are none, and the comma where nothing decides it."""
    found = amounts.figures(cells, cast("amounts.Comma | None", context.decisions.get("comma")))
    result = Coerced(list(found.numbers), _unread(found.numbers, cells))
    if found.asked:
        result.questions.append(("comma", ("thousands", "decimal"), found.comma))
    return found, result


def _money(_spec: Field, column: Column, cells: Sequence[Any], context: Context) -> Coerced:
    found, result = _figures(cells, context)
    units = context.vocabulary.units["money"]
    factor = amounts.parse_number(context.decisions.get("unit")) or amounts.unit_in(column.header, column.units, units)
    factor = amounts.unit_above(context.titles, units) if factor is None else factor
    # Twelve digits behind the point: 1.23 x 10000 must not become 12300.000000000002.
    result.values = [number if number is None or record in found.scaled else round(number * factor, 6) for record, number in enumerate(found.numbers)]
    if len(set(found.currencies.values())) > 1:
        usual = Counter(found.currencies.values()).most_common(1)[0][0]
        for record in (record for record, currency in found.currencies.items() if currency != usual):
            result.values[record] = None
            result.faults[record] = "currency_mixed"
    result.note = None if factor == 1 else ("note_factor", {"factor": f"{factor:,.0f}"})
    return result


def _count(_spec: Field, _column: Column, cells: Sequence[Any], context: Context) -> Coerced:
    result = _figures(cells, context)[1]
    for record, number in enumerate(result.values):
        if number is None or (number.is_integer() and abs(number) < 1e15):
            continue
        # The dust of a division still leaves something whole.
        near = abs(number) < 1e15 and abs(number - round(number)) < 1e-6
        result.values[record] = float(round(number)) if near else None
        result.faults |= {} if near else {record: "count_not_whole"}
    return result


def _hours(_spec: Field, column: Column, cells: Sequence[Any], context: Context) -> Coerced:
    named = amounts.unit_in(column.header, column.units, context.vocabulary.units["hours"])
    unit_hours = named or 1.0
    classes = set(map(type, cells))
    # Beside times of the spreadsheet program, a number is the fraction of a day that such a time is made of, unless the header
    # names a unit and the number is a whole one of it.
    timed = bool(classes & durations.TIMES) and any(map(durations.is_time, cells))
    commas = {value for value in cells if isinstance(value, str) and "," in value}
    digits = [figure.digits for value in commas if (figure := amounts.split(value))]
    comma, asked = (context.decisions["comma"], False) if "comma" in context.decisions else amounts.comma_of(digits)

    def parse(value: Any) -> float | None:
        if value.__class__ is float and not timed:
            return value * unit_hours if math.isfinite(value * unit_hours) else None
        unit = 24.0 if timed and value.__class__ is not str and not (named and (amounts.finite(value) or 0.5).is_integer()) else unit_hours
        return durations.parse_hours(value, unit, minutes_first=unit_hours < 1, decimal_comma=comma == "decimal")

    result = _each(cells, parse, "value_not_duration")
    result.note = None if unit_hours == 1 else ("note_hours", {"factor": f"{unit_hours:.6g}"})
    result.questions = [("comma", ("thousands", "decimal"), comma)] if asked else []
    return result


def _score(spec: Field, column: Column, cells: Sequence[Any], context: Context) -> Coerced:
    rated = rate(spec.name, column.header, cells, context.vocabulary.values, context.decisions)
    return Coerced(rated.values, _unread(rated.values, cells), ("note_scale", {"scale": f"{rated.scale:g}"}), rated.questions)


def _percent(_spec: Field, _column: Column, cells: Sequence[Any], context: Context) -> Coerced:
    found = shares(cells, context.decisions)
    note = None if found.plain is None else ("note_percent", {"factor": "0.01" if found.plain == "points" else "1"})
    return Coerced(found.values, _unread(found.values, cells), note, found.questions)


def _flag(_spec: Field, _column: Column, cells: Sequence[Any], context: Context) -> Coerced:
    words = context.vocabulary.values["flag"]

    def parse(value: Any) -> bool | None:
        if isinstance(value, bool):
            return value
        if isinstance(value, (int, float)):
            return bool(value) if value in (0, 1) else None
        meaning = words.get(plain(value))
        return _MARKS.get(str(value).strip()) if meaning is None else meaning == "yes"

    # A dash says nothing, here as elsewhere.
    return _each([None if isinstance(value, str) and value and not plain(value) else value for value in cells], parse, "value_not_flag")


def _status(_spec: Field, _column: Column, cells: Sequence[Any], context: Context) -> Coerced:
    domain = _DOMAINS.get(context.table, "case")
    words = context.vocabulary.values[domain]
    return _each(cells, lambda value: words.get(plain(text_of(value))), "deal_status_unknown" if domain == "deal" else "value_status_unknown")


_BY_KIND: dict[str, Callable[[Field, Column, Sequence[Any], Context], Coerced]] = {
    "name": _name,
    "text": _text,
    "date": _moment,
    "datetime": _moment,
    "period": _period,
    "money": _money,
    "number": lambda _spec, _column, cells, context: _figures(cells, context)[1],
    "count": _count,
    "hours": _hours,
    "percent": _percent,
    "score": _score,
    "flag": _flag,
    "status": _status,
}
