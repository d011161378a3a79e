"""Months and quarters as header words: 1月 ... 12月, 2026-01, Jan, Q1, 第一季度."""

from __future__ import annotations

import re
import unicodedata
from typing import Any

from amdash.ingest import dates
from amdash.ingest.sheet import Row

_QUARTER = re.compile(r"^(?:(\d{4})\s*年?[-\s]*)?(?:第?\s*([一二三四1-4])\s*季度?|q\s*([1-4]))(?:[-\s]*(\d{4})年?)?$", re.I)
_BRACKETED = re.compile(r"\s*[(\[【][^)\]】]*[)\]】]$")
_LONGEST = 24
_SIX_DIGITS = (190_001, 210_012)
_NUMERALS = {"一": 1, "二": 2, "三": 3, "四": 4}


def columns_of(row: Row) -> list[int]:
    """The places in a header row that name months."""
    # The year does not matter for finding them: any will do.
    return [
        index for index, value in enumerate(row) if value is not None and _may_be_month(value) and dates.parse_month(_bare(value), 2000) is not None
    ]


def quarters_of(row: Row) -> list[int]:
    """The places in a header row that name quarters."""
    return [index for index, value in enumerate(row) if isinstance(value, str) and _short(value) and _QUARTER.match(_bare(value))]


def period_of(header: str, year: int | None) -> str | None:
    """'2026-01' or '2026-Q1' for a header that names a month or a quarter; None for others, and where the year is not known."""
    if not _short(header):
        return None
    found = _QUARTER.match(_bare(header))
    if found:
        named = found[1] or found[4]
        number = _NUMERALS.get(found[2] or "") or int(found[3] or found[2])
        return f"{named or year}-Q{number}" if named or year else None
    return dates.parse_month(_bare(header), year)


def text_of(value: Any) -> str:
    """A header cell as text: real dates (2026-01-01 shown as 1月) name their month, whole numbers (202601) have no '.0'."""
    if hasattr(value, "strftime"):
        return str(value.strftime("%Y-%m"))
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)


def _may_be_month(value: Any) -> bool:
    # A small number is a figure; 202601 stands in no other row so often.
    return len(value) <= _LONGEST if isinstance(value, str) else not isinstance(value, int | float) or _SIX_DIGITS[0] <= value <= _SIX_DIGITS[1]


def _bare(value: Any) -> Any:
    """A text without what stands in brackets at its end: 1月(万元) is a month too."""
    if not isinstance(value, str):
        return value
    text = unicodedata.normalize("NFKC", value).strip()
    return _BRACKETED.sub("", text) or text


def _short(value: Any) -> bool:
    return not isinstance(value, str) or len(value) <= _LONGEST
