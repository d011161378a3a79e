"""Typed texts as one person's screen shows them while other names are hidden; what is stored stays as it was typed."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection

import streamlit as st

from amdash.i18n import translator
from amdash.service import aliases
from amdash.ui import reads

# A name of one sign stands in every text.
_SHORTEST = 2
_HAN = re.compile(r"[\u3400-\u9fff]")
# A letter or digit beside which a Latin name is only part of a word; Chinese is written without spaces and parts nothing.
_LETTER = r"[^\W_\u3400-\u9fff]"


def shown_to(manager: str, *, alone: bool) -> Callable[[str], str]:
    """How texts are shown on a manager's screen: without the names of the others where ``alone``, else as they are."""
    if not (alone and manager):
        return str
    spelled = _spelled(reads.workspace().settings.database_url, reads.workspace().revision())
    own = {manager, *(alias for alias, name in spelled if name == manager)}
    others = {*reads.managers(), *(alias for alias, _name in spelled)} - own
    return lambda text: without_names(text, others, own, _colleague(text))


def without_names(text: str, others: Collection[str], own: Collection[str], word: str) -> str:
    """``text`` with ``word`` in the place of every name of ``others``, the longest first; a name of ``own`` stays, also where it holds another."""
    names = sorted((name for name in {*others, *own} if len(name) >= _SHORTEST), key=len, reverse=True)
    if not names:
        return text
    kept = {name.casefold() for name in own}

    def replaced(found: re.Match[str]) -> str:
        if found[0].casefold() in kept:
            return found[0]
        return word if found.start() else word[:1].upper() + word[1:]

    return re.sub("|".join(_whole(name) for name in names), replaced, text, flags=re.IGNORECASE)


def _colleague(text: str) -> str:
    """'a colleague' in the language of the text, which need not be the page's."""
    _ = translator("zh" if _HAN.search(text) else "en")
    return _("a colleague")


def _whole(name: str) -> str:
    """A pattern for a name that is no part of a longer word."""
    before, after = (re.match(_LETTER, sign) is not None for sign in (name[0], name[-1]))
    return f"{f'(?<!{_LETTER})' if before else ''}{re.escape(name)}{f'(?!{_LETTER})' if after else ''}"


@st.cache_resource(show_spinner=False, max_entries=16)
def _spelled(url: str, revision: int) -> tuple[tuple[str, str], ...]:
    """(spelling, name) of the managers whose names are written in several ways."""
    return tuple((row.alias, row.name) for row in aliases.current(reads.workspace(), revision) if row.kind == "manager")
