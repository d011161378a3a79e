"""What an import would do to a slot: rows added, changed, removed and left alone."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

import pandas as pd

from amdash.schema import Table
from amdash.store.facts import row_hashes

# Sales have no key of their own, but an order number that is unique on both sides identifies a row well enough to say "changed".
_NAMES_A_ROW = {"sales": ("order_no",)}


@dataclass(frozen=True)
class RowChanges:
    """Counts of rows; ``changed`` are rows that can be recognised on both sides and differ."""

    added: int
    changed: int
    removed: int
    unchanged: int

    @property
    def nothing(self) -> bool:
        return not (self.added or self.changed or self.removed)


def compare(table: Table, old: pd.DataFrame, new: pd.DataFrame) -> RowChanges:
    """Rows of ``old`` against ``new``, wherever they stood. Rows without identity are compared as a bag of values."""
    names = identity_of(table, old, new)
    before, after = row_hashes(old), row_hashes(new)
    same = sum((Counter(before.tolist()) & Counter(after.tolist())).values())
    added, removed = len(new) - same, len(old) - same
    changed = 0
    if names:
        gone = _keys(old, names, before, set(after.tolist()))
        come = _keys(new, names, after, set(before.tolist()))
        changed = len(gone & come)
    return RowChanges(added - changed, changed, removed - changed, same)


def identity_of(table: Table, old: pd.DataFrame, new: pd.DataFrame) -> tuple[str, ...]:
    """The fields by which a row is recognised on both sides; none where they do not tell the rows of both apart."""
    names = table.key or _NAMES_A_ROW.get(table.name, ())
    return names if names and _identifies(old, names) and _identifies(new, names) else ()


def _identifies(frame: pd.DataFrame, names: tuple[str, ...]) -> bool:
    keys = frame[list(names)]
    return not keys.isna().all(axis=1).any() and not keys.duplicated().any()


def _keys(frame: pd.DataFrame, names: tuple[str, ...], hashes: object, others: set[int]) -> set[tuple[object, ...]]:
    differing = [value not in others for value in hashes.tolist()]  # type: ignore[attr-defined]
    rows = frame.loc[differing, list(names)].astype("object")
    return set(rows.where(rows.notna(), None).itertuples(index=False, name=None))
