"""Which recurring sheet a file belongs to, so that next month's file continues it and a corrected one replaces it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import PurePath

from amdash.ingest.vocabulary import plain
from amdash.store.ledger import SeriesRow

# A sheet that gained or lost a column is still the same sheet; below this it is another one of the same name.
_ALIKE = 0.6
_NUMBERS = re.compile(r"\d+\s*[年月日号季]?度?")
_COPY_MARKS = re.compile(r"(副本|复制|copy|修正|更正|corrected|final|最终版?)", re.I)
_EDGES = re.compile(r"^[\s\-_()（）.,，年月日]+|[\s\-_()（）.,，年月日]+$")


def stem_of(file: str) -> str:
    """The file name without extension, digits and marks of a copy: '经营数据-2026-02(1).xlsx' -> '经营数据'."""
    bare = _COPY_MARKS.sub("", _NUMBERS.sub("", PurePath(file).stem))
    bare = re.sub(r"[\s\-_()（）.]{2,}", "-", bare)
    return _EDGES.sub("", bare) or PurePath(file).stem


def resolve(known: Sequence[SeriesRow], table: str, file: str, headers: Sequence[str]) -> SeriesRow:
    """The known series with the same stem and nearly the same header words, else a new one with a name of its own."""
    stem = stem_of(file)
    words = {plain(header) for header in headers}
    rivals = [item for item in known if item.table == table and item.stem == stem]
    best = max(rivals, key=lambda item: _likeness(words, item.headers), default=None)
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
