"""Who is who: one spelling for every name, people of one name told apart by their numbers, and what a person has said to be one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, ClassVar, Protocol, TypeVar

import pandas as pd

from amdash.metrics.names import KINDS, LISTS, Coded, Kind, coded, key_of, spellings
from amdash.metrics.persons import has_numbers, named_rows, roll_of


class Alias(Protocol):
    """``alias`` counts as ``name``, for names of a kind."""

    @property
    def kind(self) -> str: ...
    @property
    def alias(self) -> str: ...
    @property
    def name(self) -> str: ...


class Scoped(Protocol):
    """An entry (a dataclass) about everybody, a team or a manager."""

    __dataclass_fields__: ClassVar[dict[str, Any]]

    @property
    def scope(self) -> str: ...
    @property
    def subject(self) -> str: ...


Said = TypeVar("Said", bound=Scoped)


@dataclass(frozen=True)
class Ambiguous:
    """A name that several people share, with the rows that name it without a number: nobody knows whose they are."""

    name: str
    people: tuple[str, ...]
    rows: int


@dataclass(frozen=True)
class Identities:
    """``tables``: with the names as they are shown. ``split``: shared name -> the people who have it."""

    tables: dict[str, pd.DataFrame]
    split: Mapping[str, tuple[str, ...]]
    spelled: Mapping[Kind, Mapping[str, str]]

    def shown(self, kind: Kind, name: str) -> str:
        """How a name written elsewhere is shown; as it is where no table knows it."""
        return self.spelled[kind].get(key_of(kind)(name), name)

    def under_shown_names(self, rows: Sequence[Said]) -> list[Said]:
        """What was said of somebody (``scope`` manager, ``subject`` a name), of the person as shown; what is said of others as it is."""
        return [replace(row, subject=self.shown("manager", row.subject)) if row.scope == "manager" else row for row in rows]

    def ambiguous(self) -> list[Ambiguous]:
        """The shared names that stand alone in rows, in the order of the tables."""
        if not self.split:
            return []
        rows = rows_of("manager", self.tables)
        return [Ambiguous(name, people, rows[name]) for name, people in self.split.items() if rows.get(name)]


def identify(tables: Mapping[str, pd.DataFrame], aliases: Sequence[Alias] = ()) -> Identities:
    """The tables with every manager, customer and product under one name. Rows, their number and all other columns stay.

    Two exceptions, where an alias joins two entries of a list: the entry of the name that stays comes last, as the one that
    holds, and the alias's rows bear the other's customer number. Aliases of other kinds than KINDS are passed over.
    """
    unified, split, spelled = _unified(tables)
    names = {kind: _with_aliases(kind, spelled[kind], aliases) for kind in KINDS}
    # The people of a name have all become one: then the name alone tells who is meant.
    ends = {name: tuple(dict.fromkeys(names["manager"].get(key_of("manager")(label), label) for label in labels)) for name, labels in split.items()}
    for name, people in ends.items():
        if len(people) == 1:
            names["manager"] = {key: people[0] if shown == name else shown for key, shown in names["manager"].items()}
    still = {name: people for name, people in ends.items() if len(people) > 1 and name not in people}
    renamed = {kind: {key: shown for key, shown in names[kind].items() if shown != spelled[kind].get(key)} for kind in KINDS}
    return Identities(_renamed(unified, renamed), still, names)


def unify(tables: Mapping[str, pd.DataFrame]) -> dict[str, pd.DataFrame]:
    """The tables with one spelling per manager and customer, and people of one name told apart. Idempotent; nothing else changes."""
    return _unified(tables)[0]


def rows_of(kind: Kind, tables: Mapping[str, pd.DataFrame]) -> dict[str, int]:
    """Name -> the rows in which it stands, in the order in which the names come up. Who only recorded something is not counted."""
    found: dict[str, int] = {}
    for _, column, held in coded(kind, tables):
        if column != "recorded_by":
            for name, rows in zip(held.values, held.counts(), strict=True):
                found[name] = found.get(name, 0) + rows
    return found


def _unified(tables: Mapping[str, pd.DataFrame]) -> tuple[dict[str, pd.DataFrame], dict[str, tuple[str, ...]], dict[Kind, dict[str, str]]]:
    columns = {kind: list(coded(kind, tables)) for kind in KINDS}
    spelled = {kind: spellings(kind, columns[kind]) for kind in KINDS}
    roll = roll_of(tables, spelled["manager"])
    result = dict(tables)
    for kind in KINDS:
        for table, column, held in columns[kind]:
            shown: list[str | None] = [spelled[kind][key_of(kind)(name)] for name in held.values]
            result[table] = _with(result[table], column, held, held.values, shown)
    for table, frame in tables.items():
        if has_numbers(frame):
            column, rows, pairs = named_rows(table, frame)
            labels = [roll.label(name, number) for name, number in pairs]
            result[table] = _with(result[table], column, rows, [name for name, _ in pairs], labels)
            spelled["manager"] |= {key_of("manager")(label): label for label in labels if label is not None}
    return result, {roll.spelled[key]: roll.labels(key) for key in roll.split}, spelled


def _with(frame: pd.DataFrame, column: str, held: Coded, before: Sequence[str | None], after: Sequence[str | None]) -> pd.DataFrame:
    """The frame with a column renamed, and the very same frame where no name changes."""
    return frame if list(before) == list(after) else frame.assign(**{column: held.renamed(after, frame.index)})


def _with_aliases(kind: Kind, spelled: Mapping[str, str], aliases: Sequence[Alias]) -> dict[str, str]:
    """Name as compared -> the spelling shown, aliases followed to their end."""
    key = key_of(kind)
    said = {key(row.alias): row.name for row in aliases if row.kind == kind}

    def end(alias: str) -> str:
        name, passed = said[alias], {alias}
        while key(name) in said and key(name) not in passed:
            passed.add(key(name))
            name = said[key(name)]
        return spelled.get(key(name), name)

    return dict(spelled) | {alias: end(alias) for alias in said}


def _renamed(tables: Mapping[str, pd.DataFrame], names: Mapping[Kind, Mapping[str, str]]) -> dict[str, pd.DataFrame]:
    result = dict(tables)
    for kind in KINDS:
        if not names[kind]:
            continue
        numbers = _numbers(tables, names[kind]) if kind == "customer" else {}
        for table, column, held in coded(kind, tables):
            shown = [names[kind].get(key_of(kind)(name), name) for name in held.values]
            if shown == held.values:
                continue
            changed = pd.Series([new != old for new, old in zip(shown, held.values, strict=True)] + [False]).to_numpy()[held.codes]
            frame = _with(result[table], column, held, held.values, shown)
            if "customer_no" in frame and numbers:
                known = frame[column].where(changed).map(numbers)
                frame = frame.assign(customer_no=frame["customer_no"].where(known.isna(), known.astype("str")))
            if (table, column) == LISTS.get(kind):
                order = [*changed.nonzero()[0], *(~changed).nonzero()[0]]
                frame = frame.iloc[order].reset_index(drop=True)
            result[table] = frame
    return result


def _numbers(tables: Mapping[str, pd.DataFrame], names: Mapping[str, str]) -> dict[str, str]:
    """Customer that an alias joins -> the one number of its rows, so that it does not count under two: its own, else an alias's.

    A customer that has several numbers of its own keeps them all.
    """
    key, found = key_of("customer"), dict[str, dict[str, None]]()
    for frame in tables.values():
        if "customer" in frame and "customer_no" in frame:
            pairs = frame[["customer", "customer_no"]].dropna().drop_duplicates()
            for customer, number in pairs.itertuples(index=False, name=None):
                found.setdefault(key(customer), {})[number] = None
    result = {}
    for target in dict.fromkeys(names.values()):
        own = found.get(key(target), {})
        lent = [number for alias, name in names.items() if name == target for number in found.get(alias, {})]
        if len(own) == 1 or (not own and lent):
            result[target] = next(iter(own or lent))
    return result
