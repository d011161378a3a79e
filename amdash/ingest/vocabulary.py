"""The words of the sheets, read from data/vocabulary/*.toml: header words, sheet names, value words, units."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Literal

from amdash.config import DATA

FOLDER = DATA / "vocabulary"
Domain = Literal["deal", "case", "source", "flag", "score"]
_BRACKETS = re.compile(r"[(\[（【〔]([^)\]）】〕]*)[)\]）】〕]")
_NOISE = re.compile(r"[\s_\-–—·.:：,，、/\\'\"“”*#?？!！;；|~]+")
_WEAK = 100
_LONGEST = 300


def plain(text: object) -> str:
    """The text without case, width, spaces and punctuation, and without anything in brackets."""
    # No word is longer; a cell of a novel's length must not keep everybody waiting.
    narrow = unicodedata.normalize("NFKC", str(text)[:_LONGEST]).casefold()
    bare = _NOISE.sub("", _BRACKETS.sub("", narrow))
    return bare or _NOISE.sub("", narrow)


def bracketed(text: object) -> list[str]:
    """What stands in brackets, e.g. the unit of '销售额(万元)': ['万元']."""
    return [inside.strip().casefold() for inside in _BRACKETS.findall(unicodedata.normalize("NFKC", str(text)[:_LONGEST]))]


@dataclass(frozen=True)
class Vocabulary:
    """``columns``: (table, field) -> plain header word -> preference, 0 first; weak words come after all others.

    ``totals``: words that make a row a total wherever they stand in front; ``averages``: only before nothing but figures.
    ``blanks``: words that stand for an empty cell where a date or a figure belongs.
    """

    columns: Mapping[tuple[str, str], Mapping[str, int]]
    sheets: Mapping[str, tuple[str, ...]]
    values: Mapping[Domain, Mapping[str, str]]
    totals: frozenset[str]
    averages: frozenset[str]
    blanks: frozenset[str]
    units: Mapping[str, Mapping[str, float]]
    known: frozenset[str]

    def knows(self, word: str) -> bool:
        """Whether a plain word names a column of any table."""
        return word in self.known

    def table_hint(self, *names: str) -> str | None:
        """The table that a sheet or file name speaks of: the longest word found in the first name that has any."""
        for name in names:
            bare = plain(name)
            found = [(len(word), table) for table, words in self.sheets.items() for word in words if word in bare]
            if found:
                return max(found)[1]
        return None


@cache
def load(folder: Path = FOLDER) -> Vocabulary:
    """All vocabularies of the folder as one; a sheet may mix languages, and often does."""
    sources = [tomllib.loads(path.read_text(encoding="utf-8")) for path in sorted(folder.glob("*.toml"))]
    columns: dict[tuple[str, str], dict[str, int]] = {}
    for source in sources:
        for offset, section in ((0, "columns"), (_WEAK, "weak")):
            for table, fields in source.get(section, {}).items():
                for name, words in fields.items():
                    ranks = columns.setdefault((table, name), {})
                    for rank, word in enumerate(words):
                        ranks.setdefault(plain(word), offset + rank)
    return Vocabulary(
        columns=columns,
        sheets=_merged(sources, "sheets"),
        values={domain: _value_words(sources, domain) for domain in ("deal", "case", "source", "flag", "score")},
        totals=frozenset(plain(word) for source in sources for word in source["rows"]["totals"]),
        averages=frozenset(plain(word) for source in sources for word in source["rows"].get("averages", ())),
        # A cell of nothing but dashes, dots and the like is plain '' and says nothing either.
        blanks=frozenset({""} | {plain(word) for source in sources for word in source["rows"].get("blanks", ())}),
        units={kind: {word: factor for source in sources for word, factor in source["units"][kind].items()} for kind in ("money", "hours")},
        known=frozenset(word for ranks in columns.values() for word in ranks),
    )


def _merged(sources: list[dict[str, Any]], section: str) -> dict[str, tuple[str, ...]]:
    merged: dict[str, list[str]] = {}
    for source in sources:
        for table, words in source[section].items():
            merged.setdefault(table, []).extend(plain(word) for word in words)
    return {table: tuple(words) for table, words in merged.items()}


def _value_words(sources: list[dict[str, Any]], domain: str) -> dict[str, str]:
    return {plain(word): meaning for source in sources for meaning, words in source["values"][domain].items() for word in words}
