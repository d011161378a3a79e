"""gettext catalogues, read from .po text through Babel, so that no compiled file has to be kept in step."""

from __future__ import annotations

import gettext
import io
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Literal, get_args

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

Language = Literal["zh", "en"]
LANGUAGES: tuple[Language, ...] = get_args(Language)
LOCALE_NAMES: dict[Language, str] = {"zh": "zh_CN", "en": "en"}
LOCALE_FOLDER = Path(__file__).resolve().parent.parent / "locale"


def N_(text: str) -> str:
    """Mark a string for translation where it is declared; it is translated where it is shown."""
    return text


@dataclass(frozen=True)
class Translator:
    """Calls return the text in ``language``; fields in braces are filled afterwards, so a value is never a template."""

    language: Language
    catalogue: gettext.NullTranslations

    @property
    def colon(self) -> str:
        """The colon as the language writes it."""
        return "：" if self.language == "zh" else ": "

    @property
    def space(self) -> str:
        """What stands between two sentences."""
        return "" if self.language == "zh" else " "

    @property
    def comma(self) -> str:
        """What stands between the items of a list."""
        return "、" if self.language == "zh" else ", "

    @property
    def clause(self) -> str:
        """What stands between the parts of a sentence."""
        return "，" if self.language == "zh" else ", "

    @property
    def semicolon(self) -> str:
        """What stands between items that have commas of their own."""
        return "；" if self.language == "zh" else "; "

    def __call__(self, text: str, /, **fields: Any) -> str:
        words = self.catalogue.gettext(text) if text else ""
        return words.format(**fields) if fields else words

    def plural(self, one: str, many: str, n: int, /, **fields: Any) -> str:
        """The form for ``n`` things; ``{n}`` is filled with the number."""
        return self.catalogue.ngettext(one, many, n).format(n=f"{n:,}", **fields)


@cache
def _source() -> str:
    return (LOCALE_FOLDER / LOCALE_NAMES["zh"] / "LC_MESSAGES" / "amdash.po").read_text(encoding="utf-8").casefold()


def is_said(word: str, *, outside: str = "") -> bool:
    """Whether amdash itself uses a word, other than in a text ``outside`` of which it is looked for; a Chinese one also as a part of others."""
    text = _source().replace(outside.casefold(), "") if outside else _source()
    return re.search(rf"(?<![a-z]){re.escape(word.casefold())}(?![a-z])", text) is not None


@cache
def translator(language: Language) -> Translator:
    """The translator for a language; English needs no catalogue, it is the source."""
    path = LOCALE_FOLDER / LOCALE_NAMES[language] / "LC_MESSAGES" / "amdash.po"
    if not path.is_file():
        return Translator(language, gettext.NullTranslations())
    with path.open("rb") as source:
        catalogue = read_po(source, locale=LOCALE_NAMES[language])
    compiled = io.BytesIO()
    write_mo(compiled, catalogue)
    compiled.seek(0)
    return Translator(language, gettext.GNUTranslations(compiled))


def language_of(tag: str | None) -> Language:
    """The language for a browser's tag such as 'zh-CN'; Chinese where nothing is known."""
    return "en" if tag and not tag.lower().startswith("zh") else "zh"
