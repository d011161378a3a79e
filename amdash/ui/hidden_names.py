"""Typed texts as a screen of a meeting shows them while names are hidden; what is stored stays as it was typed."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Collection, Iterator, Sequence
from itertools import pairwise

import streamlit as st

from amdash.i18n import is_said, translator
from amdash.metrics.names import HAN, fold
from amdash.service import aliases
from amdash.ui import reads

# A name of one sign stands in every text.
_SHORTEST = 2
# A short word is more than a name.
_SHORTEST_WORD = 3
_HAN = re.compile(rf"[{HAN}]")
# A letter or digit beside which a Latin name is only part of a word; Chinese is written without spaces and parts nothing.
_LETTER = rf"[^\W_{HAN}]"


def shown_to(manager: str, *, alone: bool) -> Callable[[str], str]:
    """How texts are shown on a manager's screen, or on that of everybody (''): where ``alone`` without the names of the others, else as they are."""
    if not alone:
        return str
    spelled = _spelled(reads.workspace().settings.database_url, reads.workspace().revision())
    own = {manager, *(alias for alias, name in spelled if name == manager)}
    others = {*reads.managers(), *(alias for alias, _name in spelled)} - own
    short = _telling(reads.workspace().settings.database_url, reads.workspace().revision(), tuple(sorted(others)))
    called = [one for one in short if not any(one in name for name in own)]
    return lambda text: without_names(text, others, own, _colleague(text), called)


def short_names(name: str) -> set[str]:
    """What somebody is called among colleagues: of a Chinese name of three signs or more the last two, of a Latin one the first and the last word.

    Empty for other names, and of words of less than three letters or with other signs in them.
    """
    if re.fullmatch(rf"[{HAN}]{{3,}}", name):
        return {name[-2:]}
    first, *rest = name.split() or [""]
    return {word for word in (first, *rest[-1:]) if rest and len(word) >= _SHORTEST_WORD and word.isalpha() and word.istitle()}


def without_names(text: str, others: Collection[str], own: Collection[str], word: str, called: Collection[str] = ()) -> str:
    """``text`` with ``word`` in the place of every name of ``others``, the longest first; a name of ``own`` stays, also where it holds another.

    Whole names are found however they are written that :func:`amdash.metrics.names.fold` holds for the same: width, case, spaces beside
    Chinese signs. ``called``: what also stands for a name, as it is written here, see :func:`short_names`.
    """
    kept = {fold(name) for name in own}
    names = sorted((name for name in {*map(fold, others), *kept} if len(name) >= _SHORTEST), key=len, reverse=True)
    if names:
        text = _without_whole(text, names, kept, word)
    if called:
        short = "|".join(_whole(one) for one in sorted(called))
        text = re.sub(short, lambda found: _at(found.start(), word), text)
    return text


def _without_whole(text: str, names: Sequence[str], kept: Collection[str], word: str) -> str:
    signs = list(_narrow(text))
    parts, done = [], 0
    for found in re.finditer("|".join(_whole(name) for name in names), "".join(sign for sign, _start, _end in signs)):
        if fold(found[0]) in kept:
            continue
        start, end = signs[found.start()][1], signs[found.end() - 1][2]
        parts += [text[done:start], _at(start, word)]
        done = end
    return "".join((*parts, text[done:]))


def _at(place: int, word: str) -> str:
    return word if place else word[:1].upper() + word[1:]


def _narrow(text: str) -> Iterator[tuple[str, int, int]]:
    """The signs of a text as names are compared, spaces as they are; each with the piece of the text that it stands for, by start and end."""
    # A letter and the accents that are written behind it are one sign of a name.
    starts = [place for place, sign in enumerate(text) if place == 0 or not unicodedata.combining(sign)]
    for start, end in pairwise([*starts, len(text)]):
        visible = "".join(sign for sign in unicodedata.normalize("NFKC", text[start:end]) if unicodedata.category(sign) != "Cf")
        for sign in unicodedata.normalize("NFKC", visible.casefold()):
            yield sign, start, end


def _colleague(text: str) -> str:
    """'a colleague' in the language of the text, which need not be the page's."""
    _ = translator("zh" if _HAN.search(text) else "en")
    return _("a colleague")


def _whole(name: str) -> str:
    """A pattern for a folded name that is no part of a longer word; beside its Chinese signs there may be spaces."""
    before, after = (re.match(_LETTER, sign) is not None for sign in (name[0], name[-1]))
    pattern = re.escape(name[0])
    for last, sign in pairwise(name):
        pattern += r"\s*" if _HAN.match(last) or _HAN.match(sign) else ""
        pattern += r"\s+" if sign == " " else re.escape(sign)
    return f"{f'(?<!{_LETTER})' if before else ''}{pattern}{f'(?!{_LETTER})' if after else ''}"


@st.cache_resource(show_spinner=False, max_entries=64)
def _telling(url: str, revision: int, names: tuple[str, ...]) -> tuple[str, ...]:
    """The short names that mean nobody and nothing else: no word of amdash's own, no part of a customer's or product's name."""
    spelled = reads.workspace().identities(revision).spelled
    elsewhere = "\n".join((*spelled["customer"].values(), *spelled["product"].values()))
    # Examples in amdash's own words name people too.
    found = {short for name in names for short in short_names(name) if not is_said(short, outside=name)}
    return tuple(sorted(one for one in found if one not in elsewhere))


@st.cache_resource(show_spinner=False, max_entries=16)
def _spelled(url: str, revision: int) -> tuple[tuple[str, str], ...]:
    """(spelling, name) of the managers whose names are written in several ways."""
    return tuple((row.alias, row.name) for row in aliases.current(reads.workspace(), revision) if row.kind == "manager")
