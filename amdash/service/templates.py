"""Blank workbooks to download: one for each canonical table and one for all, in the words by which an upload is recognised."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from amdash.errors import AmdashError
from amdash.i18n import LANGUAGES, Language, translator
from amdash.ingest import vocabulary
from amdash.report import forms
from amdash.report.forms import Column, Form
from amdash.schema import TABLES, Field, Table

# Whose words a status takes; all other tables speak of cases.
_DOMAINS: Mapping[str, vocabulary.Domain] = {"sales": "deal", "feedback": "source"}


def template(table: str | None, language: Language) -> tuple[str, bytes]:
    """(file name, workbook) of a table, or with None of all tables, a sheet each; no row in any of them.

    Errors: table_unknown, with the known names.
    """
    if table is not None and table not in TABLES:
        raise AmdashError("table_unknown", table=table, known=list(TABLES))
    chosen = list(TABLES.values()) if table is None else [TABLES[table]]
    return _file_name(table, language), forms.workbook([_form(one, language) for one in chosen], language)


def write_all(folder: Path) -> list[Path]:
    """Every template in every language, in a folder per language; what stands there under these names is written anew."""
    written = []
    for language in LANGUAGES:
        (folder / language).mkdir(parents=True, exist_ok=True)
        for table in (None, *TABLES):
            name, data = template(table, language)
            path = folder / language / name
            path.write_bytes(data)
            written.append(path)
    return written


def _file_name(table: str | None, language: Language) -> str:
    _ = translator(language)
    if table is None:
        return _("template-all.xlsx")
    return _("template-{name}.xlsx", name=_(TABLES[table].title).lower().replace(" ", "-"))


def _form(table: Table, language: Language) -> Form:
    """The sheet of a table. The required columns come first: they are the ones to see without scrolling."""
    taken: set[str] = set()
    columns = []
    for spec in sorted(table.fields, key=lambda field: not field.required):
        header = _header(table, spec, language, taken)
        taken.add(vocabulary.plain(header))
        columns.append(Column(spec, header, _choices(table, spec, language)))
    return Form(table, _sheet_name(table, language), tuple(columns))


def _sheet_name(table: Table, language: Language) -> str:
    """The table's title, or the first word of the vocabulary, whichever tells an upload what the sheet holds."""
    title = translator(language)(table.title)
    words = [title, *_source(language)["sheets"].get(table.name, ())]
    return next((_capital(word) for word in words if vocabulary.load().table_hint(word) == table.name), title)


def _header(table: Table, spec: Field, language: Language, taken: set[str]) -> str:
    """The first word of the vocabulary that names this field and no other of the table better; the title where there is none."""
    words = vocabulary.load()
    title = translator(language)(spec.title)
    for word in _source(language)["columns"].get(table.name, {}).get(spec.name, ()):
        own = words.rank(table.name, spec.name, word)
        others = [rank for name in table.names if name != spec.name and (rank := words.rank(table.name, name, word)) is not None]
        if own is not None and vocabulary.plain(word) not in taken and all(own < rank for rank in others):
            # The title knows that KPI is written in capitals.
            return title if vocabulary.plain(title) == vocabulary.plain(word) else _capital(word)
    return title


def _choices(table: Table, spec: Field, language: Language) -> tuple[str, ...]:
    """The first word for each meaning of a flag or a status; of other fields what the field itself allows."""
    if spec.kind not in {"flag", "status"}:
        return forms.choices_of(table, spec)
    domain = "flag" if spec.kind == "flag" else _DOMAINS.get(table.name, "case")
    return tuple(_capital(words[0]) for words in _source(language)["values"][domain].values())


def _capital(word: str) -> str:
    return word[:1].upper() + word[1:]


@cache
def _source(language: Language) -> dict[str, Any]:
    return tomllib.loads((vocabulary.FOLDER / f"{language}.toml").read_text(encoding="utf-8"))
