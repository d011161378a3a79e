"""What all written workbooks share: cells that stay what they are, comments that fit, valid sheet names, the same bytes on every run."""

from __future__ import annotations

import datetime as dt
import io
import math
import re
import unicodedata
import zipfile
from collections.abc import Iterable, Mapping
from decimal import Decimal
from numbers import Real
from typing import Any

from openpyxl import Workbook
from openpyxl.cell.cell import Cell
from openpyxl.comments import Comment
from openpyxl.styles import Border, PatternFill, Side

from amdash.i18n.formats import Unit

AUTHOR = "amdash"
# The ground of a row of titles, and the line below it.
HEADER, LINE = PatternFill("solid", fgColor="E6EEF6"), Border(bottom=Side("thin", color="7A828E"))
# How Excel shows the values of a KPI.
NUMBER_FORMATS: Mapping[Unit, str] = {"ratio": "0.0%", "points": "0.0", "hours": "0.0", "money": "#,##0", "customers": "#,##0.0"}
_ZIP_DATE = (1980, 1, 1, 0, 0, 0)
_MODIFIED = re.compile(rb"(<dcterms:modified[^>]*>)[^<]*(</dcterms:modified>)")
# What XML cannot hold, the halves of a surrogate pair among it.
_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_INSTEAD = "\ufffd"
# Spreadsheet programs read _x0041_ as A.
_CODED = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
_LONGEST_TEXT = 32_767
_FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r")
# A number of more digits would lose the last ones.
_MOST_DIGITS = 15
_FIRST_DAY = dt.date(1900, 3, 1)
_SHEET_SIGNS = re.compile(r"[\[\]:*?/\\]")
_LONGEST_NAME = 31
# Excel keeps this name for itself.
_RESERVED = {"history"}
_COMMENT_WIDTH = 320
_COMMENT_MARGIN = 24
_LETTER_WIDTH = 7
_LINE_HEIGHT = 18


def saved(book: Workbook, moment: dt.datetime) -> bytes:
    """The workbook as it would have been saved at ``moment``, without the clock and the machine in it."""
    book.properties.creator = book.properties.lastModifiedBy = AUTHOR
    book.properties.created = moment
    draft, target = io.BytesIO(), io.BytesIO()
    book.save(draft)
    with zipfile.ZipFile(draft) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for name in sorted(old.namelist()):
            content = old.read(name)
            if name == "docProps/core.xml":
                content = _MODIFIED.sub(rb"\g<1>" + moment.strftime("%Y-%m-%dT%H:%M:%SZ").encode() + rb"\g<2>", content)
            entry = zipfile.ZipInfo(name, _ZIP_DATE)
            entry.compress_type, entry.create_system, entry.external_attr = zipfile.ZIP_DEFLATED, 3, 0o644 << 16
            new.writestr(entry, content)
    return target.getvalue()


def put(cell: Cell, value: Any) -> None:
    """Write a value as what it is: a number, a date or a time with its format, anything else as a text that is never a formula.

    A missing value leaves the cell empty. What a number or a date of a spreadsheet cannot hold is written as its text.
    """
    if value is None or value != value:
        return
    if isinstance(value, bool) or _is_number(value):
        cell.value = value
        return
    form = _time_format(value)
    if form:
        cell.value, cell.number_format = value, form
        return
    text = value if isinstance(value, str) else value.isoformat() if hasattr(value, "isoformat") else str(value)
    put_text(cell, text)


def shown(value: float | None, unit: Unit) -> float | None:
    """A KPI's value as the number that stands in a cell: points of a hundred, everything else as it is. None where there is none."""
    if value is None or math.isnan(value):
        return None
    return value * 100 if unit == "points" else value


def put_text(cell: Cell, text: str) -> None:
    """Write a text to the letter, whatever it begins with."""
    cell.value = writable(text)
    # Set after the value, which would make a formula of = and an error of #N/A.
    cell.data_type = "s"
    if text.startswith(_FORMULA_SIGNS):
        cell.quotePrefix = True
    elif text.isascii() and text.isdigit():
        # 007 would lose its noughts as soon as somebody edits it.
        cell.number_format = "@"


def writable(text: str, longest: int = _LONGEST_TEXT) -> str:
    """The text as a workbook can hold it: a mark stands for every character that it cannot, an ellipsis for what is too long."""
    whole = _CODED.sub("_x005F_", _UNWRITABLE.sub(_INSTEAD, text))
    return whole if len(whole) <= longest else whole[: longest - 1] + "…"


def _is_number(value: Any) -> bool:
    if isinstance(value, int):
        return len(str(abs(value))) <= _MOST_DIGITS if value.bit_length() < 64 else False
    return isinstance(value, Real | Decimal) and math.isfinite(value)


def _time_format(value: Any) -> str | None:
    """The number format of a date or a time; None for what is none, or what a spreadsheet has no date for."""
    if isinstance(value, dt.datetime):
        if value.tzinfo or value.date() < _FIRST_DAY:
            return None
        return "yyyy-mm-dd hh:mm:ss" if value.second or value.microsecond else "yyyy-mm-dd hh:mm"
    if isinstance(value, dt.date):
        return "yyyy-mm-dd" if value >= _FIRST_DAY else None
    if isinstance(value, dt.time):
        return "hh:mm:ss" if value.tzinfo is None else None
    return "[h]:mm:ss" if isinstance(value, dt.timedelta) else None


def display_width(text: str) -> int:
    """How many letters wide a line is: a Chinese character takes the room of two."""
    return sum(2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in text)


def comment(text: str) -> Comment:
    """A comment in a box that shows all of its text."""
    clean = _UNWRITABLE.sub(_INSTEAD, text)
    room = (_COMMENT_WIDTH - _COMMENT_MARGIN) // _LETTER_WIDTH
    # A line more than it takes: words are not broken where the room ends.
    lines = sum(max(1, math.ceil(display_width(line) * 1.1 / room)) for line in clean.split("\n")) + 1
    return Comment(clean, AUTHOR, height=lines * _LINE_HEIGHT, width=_COMMENT_WIDTH)


def sheet_names(names: Iterable[str], taken: Iterable[str] = ()) -> list[str]:
    """The names as a workbook allows them: up to 31 characters, none of []:*?/\\, no two alike, none of those ``taken``."""
    used = {name.casefold() for name in taken} | _RESERVED
    found = []
    for name in names:
        base = _SHEET_SIGNS.sub("_", _UNWRITABLE.sub(_INSTEAD, name)).strip("' \t\r\n") or "Sheet"
        unique, number = _shortened(base, ""), 1
        while unique.casefold() in used:
            number += 1
            unique = _shortened(base, f" ({number})")
        used.add(unique.casefold())
        found.append(unique)
    return found


def _shortened(name: str, tail: str) -> str:
    # Counted as Excel counts, where an emoji is two.
    room = 2 * (_LONGEST_NAME - len(tail))
    return name.encode("utf-16-le")[:room].decode("utf-16-le", errors="ignore").rstrip("' ") + tail
