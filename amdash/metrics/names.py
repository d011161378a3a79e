"""Names as they are compared, the columns they stand in, and the spelling in which each is shown."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, get_args

import numpy as np
import pandas as pd

Kind = Literal["manager", "customer", "product"]
KINDS: tuple[Kind, ...] = get_args(Kind)

_COLUMNS: Mapping[Kind, tuple[str, ...]] = {"manager": ("manager", "recorded_by"), "customer": ("customer",), "product": ("product",)}
# The list that knows the people or customers, and its column of names.
LISTS: Mapping[Kind, tuple[str, str]] = {"manager": ("managers", "name"), "customer": ("customers", "customer")}
# A character class for regular expressions.
HAN = "\u3005-\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
# Chinese is written without spaces: one beside a Chinese character says nothing.
__BESIDE_HAN = re.compile(rf"(?<=[{HAN}])\s+|\s+(?=[{HAN}])")


def fold(name: str) -> str:
    """A name without what does not tell names apart: width, case, invisible characters, repeated spaces, spaces beside Chinese ones."""
    if name.isascii():
        return " ".join(name.split()).casefold()
    visible = "".join(sign for sign in unicodedata.normalize("NFKC", name) if unicodedata.category(sign) != "Cf")
    narrow = unicodedata.normalize("NFKC", visible.casefold())
    return __BESIDE_HAN.sub("", " ".join(narrow.split()))


def as_it_is(name: str) -> str:
    """A product's name is compared to the letter: two spellings are one when a person says so."""
    return name.strip()


def key_of(kind: Kind) -> Callable[[str], str]:
    """How names of a kind are compared."""
    return as_it_is if kind == "product" else fold


def columns_of(kind: Kind, table: str, frame: pd.DataFrame) -> list[str]:
    """The columns of a table in which names of a kind stand."""
    listed = LISTS.get(kind, ("", ""))
    own = [listed[1]] if table == listed[0] and listed[1] in frame else []
    return own + [name for name in _COLUMNS[kind] if name in frame and name not in own]


@dataclass(frozen=True)
class Coded:
    """A column of texts as its different values and, for each row, the place among them; -1 where the row has none."""

    codes: np.ndarray[Any, np.dtype[np.int64]]
    values: list[str]

    @classmethod
    def of(cls, column: pd.Series[Any]) -> Coded:
        codes, values = pd.factorize(column)
        return cls(codes.astype("int64", copy=False), values.tolist())

    def counts(self) -> list[int]:
        """How many rows have each value."""
        found: list[int] = np.bincount(self.codes[self.codes >= 0], minlength=len(self.values)).tolist()
        return found

    def renamed(self, names: Sequence[str | None], index: pd.Index[Any]) -> pd.Series[Any]:
        """The column with ``names`` in the place of its values."""
        return pd.Series(pd.array([*names, None], dtype="str").take(self.codes), index=index)


def coded(kind: Kind, tables: Mapping[str, pd.DataFrame]) -> Iterator[tuple[str, str, Coded]]:
    """(table, column, its values) of every column with names of a kind."""
    for table, frame in tables.items():
        for column in columns_of(kind, table, frame):
            yield table, column, Coded.of(frame[column])


def spellings(kind: Kind, columns: Sequence[tuple[str, str, Coded]]) -> dict[str, str]:
    """Name as it is compared -> the spelling shown: the list's, else the most frequent; of equals, the one seen first."""
    key = key_of(kind)
    listed: dict[str, dict[str, int]] = {}
    seen: dict[str, dict[str, int]] = {}
    for table, column, held in columns:
        wanted = listed if (table, column) == LISTS.get(kind) else seen
        for name, rows in zip(held.values, held.counts(), strict=True):
            counts = wanted.setdefault(key(name), {})
            counts[name] = counts.get(name, 0) + rows
    return {name: max(counts, key=lambda spelling: counts[spelling]) for name, counts in (seen | listed).items()}
