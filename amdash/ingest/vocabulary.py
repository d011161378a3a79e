"""The words of the sheets, read from data/vocabulary/*.toml: header words, sheet names, value words, units."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, Literal

from amdash.config import DATA
from amdash.schema import TABLES

FOLDER = DATA / "vocabulary"
Domain = Literal["deal", "case", "source", "flag", "score"]
_DOMAINS: tuple[Domain, ...] = ("deal", "case", "source", "flag", "score")
_BRACKETS = re.compile(r"[(\[（【〔]([^)\]）】〕]*)[)\]）】〕]")
_NOISE = re.compile(r"[\s_\-–—·.:：,，、/\\'\"“”*#?？!！;；|~]+")
_NUMBERED = re.compile(r"^\s*(?:第?\s*\d{1,3}\s*题?|q\s*\d{1,3}|[一二三四五六七八九十]{1,3})\s*[、.:)]\s*(?=\D)", re.I)
_WEAK = 100
# What a question contains comes after every word that is a header by itself, and the vaguest last.
_CONTAINED = 200
_VAGUE = 300
_LONGEST = 300
_UNITLESS_KINDS = {"money": "hours", "hours": "money"}


def plain(text: object) -> str:
    """The text without case, width, spaces and punctuation, and without anything in brackets."""
    narrow = _narrow(text)
    bare = _NOISE.sub("", _BRACKETS.sub("", narrow))
    return bare or _NOISE.sub("", narrow)


def bracketed(text: object) -> list[str]:
    """The units that a header may name: what stands in brackets ('销售额(万元)': ['万元']), else a unit at its end ('Speed in seconds')."""
    inside = [found.strip().removeprefix("in ").strip() for found in _BRACKETS.findall(_narrow(text))]
    if inside:
        return inside
    tail = _tail().search(_narrow(text))
    return [next(unit for unit in tail.groups() if unit)] if tail else []


@dataclass(frozen=True)
class Phrase:
    """Words that a question contains when it asks for a field. ``rank`` as in ``Vocabulary.columns``, from 200 on."""

    text: str
    name: str
    rank: int


@dataclass(frozen=True)
class Vocabulary:
    """``columns``: (table, field) -> plain header word -> preference, 0 first; weak words (from 100) come after all others.

    ``phrases``: table -> what a question may contain; ``signs``: words by which a header is seen to be a question.
    ``totals``: words that make a row a total wherever they stand in front; ``averages``: only before nothing but figures.
    ``blanks``: words that stand for an empty cell where a date or a figure belongs. ``clocks``: what a column of times beside its date is called.
    """

    columns: Mapping[tuple[str, str], Mapping[str, int]]
    sheets: Mapping[str, tuple[str, ...]]
    values: Mapping[Domain, Mapping[str, str]]
    totals: frozenset[str]
    averages: frozenset[str]
    blanks: frozenset[str]
    units: Mapping[str, Mapping[str, float]]
    known: frozenset[str]
    clocks: frozenset[str] = frozenset()
    phrases: Mapping[str, tuple[Phrase, ...]] = field(default_factory=dict)
    signs: tuple[str, ...] = ()

    def knows(self, text: str) -> bool:
        """Whether a header, as it is written or plain, names a column of any table."""
        return text in self.known or any(form in self.known for form in _forms(text)) or any(self._said(table, text) for table in self.phrases)

    def rank(self, table: str, name: str, header: str) -> int | None:
        """How well a header names a field of a table, 0 best, None not at all.

        Known words come first (from 100 on the weak ones), with and without a number or a unit around them; then what a
        question contains (from 200), its longest words deciding which field that is. A unit of time keeps a header from
        naming an amount of money, and the other way round.
        """
        if self._other_unit(table, name, header):
            return None
        words = self.columns.get((table, name), {})
        found = next((words[form] for form in _forms(header) if form in words), None)
        if found is not None:
            return found
        said = self._said(table, header)
        return said.rank if said is not None and said.name == name else None

    def names_days(self, header: str) -> bool:
        """Whether a header is a word for a column of days or times, in whatever table."""
        forms = set(_forms(header))
        return any(forms & words.keys() and TABLES[table].field(name).kind in ("date", "datetime") for (table, name), words in self.columns.items())

    def table_hint(self, *names: str) -> str | None:
        """The table that a sheet or file name speaks of: the longest word found in the first name that has any."""
        for name in names:
            bare = plain(name)
            found = [(len(word), table) for table, words in self.sheets.items() for word in words if word in bare]
            if found:
                return max(found)[1]
        return None

    def _said(self, table: str, header: str) -> Phrase | None:
        """What a question asks for: the longest phrase in it, the vague ones only where it contains no other."""
        phrases = self.phrases.get(table, ())
        if not phrases or not _is_question(header, self.signs):
            return None
        bare = plain(header)
        found = [phrase for phrase in phrases if phrase.text in bare]
        return min(found, key=lambda phrase: (phrase.rank, bare.index(phrase.text)), default=None)

    def _other_unit(self, table: str, name: str, header: str) -> bool:
        kind = TABLES[table].field(name).kind
        other = _UNITLESS_KINDS.get(kind)
        if other is None:
            return False
        # One letter is no certain unit: an amount (s) may be anything.
        units = [unit for unit in bracketed(header) if len(unit) > 1]
        return any(unit in self.units[other] and unit not in self.units[kind] for unit in units)


@cache
def load(folder: Path = FOLDER) -> Vocabulary:
    """All vocabularies of the folder as one; a sheet may mix languages, and often does."""
    sources = [tomllib.loads(path.read_text(encoding="utf-8")) for path in sorted(folder.glob("*.toml"))]
    columns: dict[tuple[str, str], dict[str, int]] = {}
    for source in sources:
        for offset, section in ((0, "columns"), (_WEAK, "weak")):
            for table, name, words in _listed(source, section):
                ranks = columns.setdefault((table, name), {})
                for rank, word in enumerate(words):
                    ranks.setdefault(plain(word), offset + rank)
    return Vocabulary(
        columns=columns,
        sheets=_merged(sources, "sheets"),
        values={domain: _value_words(sources, domain) for domain in _DOMAINS},
        totals=frozenset(plain(word) for source in sources for word in source["rows"]["totals"]),
        averages=frozenset(plain(word) for source in sources for word in source["rows"].get("averages", ())),
        # A cell of nothing but dashes, dots and the like is plain '' and says nothing either.
        blanks=frozenset({""} | {plain(word) for source in sources for word in source["rows"].get("blanks", ())}),
        units={kind: {word: factor for source in sources for word, factor in source["units"][kind].items()} for kind in ("money", "hours")},
        known=frozenset(word for ranks in columns.values() for word in ranks),
        clocks=frozenset(plain(word) for source in sources for word in source["rows"].get("clocks", ())),
        phrases=_phrases(sources),
        signs=tuple(sign for source in sources for sign in source.get("questions", {}).get("signs", ())),
    )


def _listed(source: Mapping[str, Any], section: str) -> Iterator[tuple[str, str, list[str]]]:
    for table, fields in source.get(section, {}).items():
        for name, words in fields.items():
            yield table, name, words


def _merged(sources: list[dict[str, Any]], section: str) -> dict[str, tuple[str, ...]]:
    merged: dict[str, list[str]] = {}
    for source in sources:
        for table, words in source[section].items():
            merged.setdefault(table, []).extend(plain(word) for word in words)
    return {table: tuple(words) for table, words in merged.items()}


def _value_words(sources: list[dict[str, Any]], domain: str) -> dict[str, str]:
    return {plain(word): meaning for source in sources for meaning, words in source["values"][domain].items() for word in words}


def _phrases(sources: list[dict[str, Any]]) -> dict[str, tuple[Phrase, ...]]:
    phrases: dict[str, list[Phrase]] = {}
    for source in sources:
        for first, section in ((_CONTAINED, "contains"), (_VAGUE, "vague")):
            for table, name, words in _listed(source, section):
                for bare in map(plain, words):
                    # The longer, the more certain: 产品质量 says more than 质量.
                    phrases.setdefault(table, []).append(Phrase(bare, name, first + max(0, 99 - len(bare))))
    return {table: tuple(found) for table, found in phrases.items()}


def _narrow(text: object) -> str:
    # No word is longer; a cell of a novel's length must not keep everybody waiting.
    return unicodedata.normalize("NFKC", str(text)[:_LONGEST]).casefold()


@lru_cache(maxsize=4096)
def _forms(text: str) -> tuple[str, ...]:
    """The header as a plain word: as it is, without the number of a question, and without a unit at its end."""
    narrow = _narrow(text)
    bare = _NUMBERED.sub("", narrow)
    tail = _tail().search(bare)
    return tuple(dict.fromkeys(plain(form) for form in (narrow, bare, bare[: tail.start()] if tail else bare)))


@lru_cache(maxsize=4096)
def _is_question(header: str, signs: tuple[str, ...]) -> bool:
    """Whether a header is numbered as questions are, ends in a question mark, or contains one of the signs."""
    narrow = _narrow(header)
    if "?" in narrow or _NUMBERED.match(narrow):
        return True
    words = set(re.findall(r"[a-z']+", narrow))
    return any(sign in words if sign.isascii() else sign in narrow for sign in signs)


@cache
def _tail() -> re.Pattern[str]:
    """A unit at the end of a header, without brackets: 'in seconds', '/元', 'USD', '分钟'."""
    units = load().units
    every = sorted({*units["money"], *units["hours"]}, key=len, reverse=True)
    money = [unit for unit in every if unit in units["money"] and unit.isascii() and len(unit) > 2]
    joined = [unit for unit in every if not unit.isascii() and len(unit) > 1]
    apart = [unit for unit in every if len(unit) > 1 or not unit.isascii()]
    after_in, after_sign, after_space, without = ("|".join(map(re.escape, words)) for words in (every, apart, money, joined))
    return re.compile(
        rf"(?:[\s_]in[\s_]+({after_in})(?:[\s_]+within[\s_]+business[\s_]+hours)?|\s*[/_:,\-–—]\s*({after_sign})|\s({after_space})|(?<=\S)({without}))\s*$"
    )
