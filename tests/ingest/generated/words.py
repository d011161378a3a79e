"""Header words and sheet names of the vocabulary, written as people write them."""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from functools import cache

from hypothesis import strategies as st

from amdash.ingest import vocabulary
from amdash.schema import TABLES

WORDS = vocabulary.load()
SOURCES = [tomllib.loads(path.read_text(encoding="utf-8")) for path in sorted(vocabulary.FOLDER.glob("*.toml"))]
# Kinds whose values tell them apart where one word may mean either: 首次响应时间 is a moment or a duration.
_TOLD_APART = ({"datetime", "hours"},)
_WIDE = {code: code + 0xFEE0 for code in range(ord("A"), ord("z") + 1) if chr(code).isalpha()}
_WRITTEN: list[Callable[[str], str]] = [
    str,
    str.title,
    str.upper,
    lambda word: f" {word}*",
    lambda word: f"*{word}",
    lambda word: word.replace(" ", "_"),
    lambda word: f"{word}：",
    lambda word: word.translate(_WIDE),
    lambda word: " ".join(word) if len(word) < 4 and not word.isascii() else word,
    lambda word: f"{word[:2]}\n{word[2:]}" if len(word) > 3 and not word.isascii() else word.replace(" ", "\n"),
    lambda word: f"{word}（必填）",
]
# Columns that mean nothing to amdash; they are kept beside the rows.
UNKNOWN = ["快递单号", "Warehouse bin", "合同附件", "颜色", "内部备查码", "Colour"]
# Labels above a group of columns; none is a header word.
GROUPS = ["基本信息", "Details", "业务情况", "其他资料"]


@cache
def words_of(table: str, name: str) -> tuple[str, ...]:
    """The words that name this field of the table and, values considered, no other: what names two is ambiguous to people too."""
    kind = TABLES[table].field(name).kind
    found = []
    for word in (word for source in SOURCES for word in source["columns"].get(table, {}).get(name, ())):
        # Months called 季度: 1 to 4 below it are quarters to anybody.
        if kind == "period" and ("季" in word or "quarter" in word):
            continue
        others = [other for other in TABLES[table].fields if other.name != name and WORDS.rank(table, other.name, word) is not None]
        if all({kind, other.kind} in _TOLD_APART for other in others):
            found.append(word)
    return tuple(found)


def header_of(table: str, name: str) -> st.SearchStrategy[str]:
    """A header word of the field in either language, plain or decorated."""
    return st.builds(lambda word, write: write(word), st.sampled_from(words_of(table, name)), st.sampled_from(_WRITTEN))


def said_word(table: str, name: str) -> st.SearchStrategy[str]:
    """A short word for a line such as 客户经理：李明."""
    return st.sampled_from([word for word in words_of(table, name) if len(word) <= 8])


@cache
def names_of(table: str) -> tuple[str, ...]:
    """What a sheet of the table may be called, without words that another table has too."""
    return tuple(word for word in WORDS.sheets[table] if WORDS.table_hint(word) == table)


def rivals(table: str, headers: list[str]) -> int:
    """The most headers that any other table knows: with as many as the own table, only a name tells which one it is."""
    return max(
        sum(any(WORDS.rank(other, name, header) is not None for name in TABLES[other].names) for header in headers)
        for other in TABLES
        if other != table
    )


def could_be_table(headers: list[str]) -> bool:
    """Whether the headers name all that some table needs: two such groups of columns are two tables to people as well."""
    for other, table in TABLES.items():
        named = {name for name in table.names if any(WORDS.rank(other, name, header) is not None for header in headers)}
        if named.issuperset(table.required) and all(named.intersection(group) for group in table.one_of):
            return True
    return False
