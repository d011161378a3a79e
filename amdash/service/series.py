"""Which recurring sheet a file belongs to, so that next month's file continues it and a corrected one replaces it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from pathlib import PurePath

from amdash.ingest.vocabulary import plain
from amdash.store.rows import SeriesRow

# A sheet that gained or lost a column is still the same sheet; below this it is another one of the same name.
_ALIKE = 0.6
_NUMBERS = re.compile(r"\d+\s*[年月日号季]?度?")
_MARKS = re.compile(
    r"副本|复制|修正|更正|修订|最终版?|最新版?|新版|corrected|copy of|copy|final|revised|updated|(?<![a-z])(?:v|ver|version)(?![a-z])|版本?(?!\w)|"
    r"(?<![a-z])(?:jan|feb|mar|apr|may|jun|jul|aug|sep|sept|oct|nov|dec)(?:uary|ruary|ch|il|e|y|ust|tember|ober|ember)?(?![a-z])"
)
_GAPS = re.compile(r"[\s\-_()（）\[\].,，年月日]+")
_BETWEEN_HAN = re.compile(r"(?<=[\u4e00-\u9fff])-(?=[\u4e00-\u9fff])")
# A file that is called by its date alone: all such files of one kind of sheet are one series.
_DATED_ONLY = "#"


def stem_of(file: str) -> str:
    """The file name without ending, case, digits, month names and marks of a copy: 'Sales_2026-03 (1) final.xlsx' -> 'sales'."""
    bare = unicodedata.normalize("NFKC", PurePath(file).stem).casefold()
    bare = _MARKS.sub(" ", _NUMBERS.sub(" ", bare.replace("_", " ")))
    return _BETWEEN_HAN.sub("", _GAPS.sub("-", bare)).strip("-") or _DATED_ONLY


def resolve(known: Sequence[SeriesRow], table: str, file: str, headers: Sequence[str]) -> SeriesRow:
    """The known series with the same stem and nearly the same columns, the last one of equals; else a new one with a name of its own."""
    stem = stem_of(file)
    words = {plain(header) for header in headers}
    rivals = [item for item in known if item.table == table and item.stem == stem]
    best = max(reversed(rivals), key=lambda item: _likeness(words, item.headers), default=None)
    if best is not None and _likeness(words, best.headers) >= _ALIKE:
        return SeriesRow(table, best.name, stem, tuple(headers))
    taken = {item.name for item in known if item.table == table}
    name, number = stem, 1
    while name in taken:
        number += 1
        name = f"{stem} #{number}"
    return SeriesRow(table, name, stem, tuple(headers))


def _likeness(words: set[str], headers: Sequence[str]) -> float:
    """Shared header words over all header words (Jaccard), 0 to 1."""
    others = {plain(header) for header in headers}
    return len(words & others) / len(words | others) if words | others else 1.0
