"""Columns to fields: by the words of the vocabulary, by what the values look like, and by what a person has decided."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from amdash.ingest import dates
from amdash.ingest.coerce import name_of, plausible
from amdash.ingest.context import Context
from amdash.ingest.decisions import Decided
from amdash.ingest.layout import Column, Grid
from amdash.ingest.sheet import CellError
from amdash.ingest.vocabulary import Vocabulary
from amdash.schema import TABLES, Field, Table

_MIN_PLAUSIBLE = 0.5
_MIN_RECOGNISED = 0.9
_MIN_KNOWN_PEOPLE = 0.8
_HINT_WEIGHT = 3.0
_WEAK_FROM = 100
NOTHING_DECIDED = Decided()
# A status with words of its own is still the status; an unknown word is a warning, not a mismatch.
_TAKEN_AS_THEY_ARE = frozenset({"name", "text", "status"})


@dataclass(frozen=True)
class Match:
    """``fields``: field name -> place of its column in the grid.

    ``rivals``: field -> other columns whose words fit it nearly as well. ``guessed``: fields found by their values alone.
    """

    table: Table
    fields: Mapping[str, int]
    score: float
    rivals: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    guessed: frozenset[str] = frozenset()

    def lacking(self) -> list[Field]:
        """The fields without which the table cannot be what the sheet holds."""
        return self.table.lacking(self.fields)


def match_tables(
    grid: Grid, context: Context, hint: str | None, decided: Decided = NOTHING_DECIDED, people: frozenset[str] = frozenset()
) -> list[Match]:
    """The table this sheet holds, and those that ride along on it; empty where none has its required fields.

    ``people``: the account managers that are known already: a column of their names is theirs, whatever it is called.
    """
    found = [match for table in TABLES.values() if (match := _match(table, grid, context, hint, decided)) is not None]
    found = [_by_values(match, grid, decided, people) if match.table.name == hint or not match.lacking() else match for match in found]
    complete = [match for match in found if not match.lacking()]
    if not complete:
        return []
    first = max(complete, key=lambda match: match.score)
    # Nearly every sheet names customers and managers: it is a list of them only when it is nothing better that lacks a column.
    if first.table.dated_by is None and any(match.score > first.score and set(match.table.required) & set(match.fields) for match in found):
        return []
    # Nor does a line that names one person make a list of people.
    if first.table.dated_by is None and all(grid.columns[first.fields[name]].said for name in first.table.required):
        return []
    if first.table.dated_by is None and len(first.fields) == 1 and hint != first.table.name and not decided.fields:
        return []
    return [first, *(rider for match in found if (rider := _rider(match, first)) is not None)]


def nearly(grid: Grid, context: Context, hint: str | None, decided: Decided = NOTHING_DECIDED) -> list[Match]:
    """What the sheet might hold if some more columns were there, the closest first, so that a person can be told what is missing."""
    found = [match for table in TABLES.values() if (match := _match(table, grid, context, hint, decided)) is not None]
    return sorted((match for match in found if match.lacking()), key=lambda match: -match.score)


def _match(table: Table, grid: Grid, context: Context, hint: str | None, decided: Decided) -> Match | None:
    context = context.of(table.name)
    fields = {name: place for place, (owner, name) in decided.fields.items() if owner == table.name}
    taken = {*decided.fields, *decided.ignored}
    score = 10.0 * len(fields)
    rivals: dict[str, list[int]] = {}
    ranks: dict[str, int] = {}
    for rank, name, place in _candidates(table, grid, context.vocabulary):
        if place in taken or not _fits(table.field(name), grid, place, context):
            continue
        if name in fields:
            if name in ranks and rank < _WEAK_FROM:
                rivals.setdefault(name, []).append(place)
            continue
        fields[name] = place
        ranks[name] = rank
        taken.add(place)
        score += 0.5 if rank >= _WEAK_FROM else 1.0
    if not fields:
        return None
    open_rivals = {name: tuple(place for place in places if place not in taken) for name, places in rivals.items()}
    return Match(
        table, fields, score + (_HINT_WEIGHT if table.name == hint else 0.0), {name: places for name, places in open_rivals.items() if places}
    )


def _candidates(table: Table, grid: Grid, vocabulary: Vocabulary) -> list[tuple[int, str, int]]:
    """(preference, field, column) of every word that fits, the best first, in the order of the fields where alike."""
    order = {name: position for position, name in enumerate(table.names)}
    found = []
    for place, column in enumerate(grid.columns):
        for name in table.names:
            rank = _rank(vocabulary, table.name, name, column)
            if rank is not None:
                found.append((rank, name, place))
    return sorted(found, key=lambda item: (item[0], order[item[1]], item[2]))


def _rank(vocabulary: Vocabulary, table: str, name: str, column: Column) -> int | None:
    """How well a header names a field, 0 best; with the label above it where the header alone does not."""
    own = vocabulary.rank(table, name, column.header)
    return own if own is not None or not column.label else vocabulary.rank(table, name, column.label + column.header)


def _fits(spec: Field, grid: Grid, place: int, context: Context) -> bool:
    if spec.kind in _TAKEN_AS_THEY_ARE:
        return True
    return plausible(spec, grid.columns[place], grid.cells[place], context) >= _MIN_PLAUSIBLE


def _by_values(match: Match, grid: Grid, decided: Decided, people: frozenset[str]) -> Match:
    """The match with what only the values tell: the one column of dates or of figures that is missing, and the known names."""
    free = [place for place in range(len(grid.columns)) if place not in {*match.fields.values(), *decided.fields, *decided.ignored}]
    found: dict[str, int] = {}
    lacking = match.lacking()
    if len(lacking) == 1 and len(match.fields) > 1 and lacking[0].kind in _LOOKS:
        alike = [place for place in free if _share(grid.cells[place], _LOOKS[lacking[0].kind]) >= _MIN_RECOGNISED]
        found |= {lacking[0].name: alike[0]} if len(alike) == 1 else {}
    if "manager" in match.table.names and "manager" not in match.fields and people:
        named = [place for place in free if _share(grid.cells[place], lambda value: name_of(value) in people) >= _MIN_KNOWN_PEOPLE]
        found |= {"manager": named[0]} if len(named) == 1 and named[0] not in found.values() else {}
    if not found:
        return match
    return Match(match.table, {**match.fields, **found}, match.score + 0.5 * len(found), match.rivals, frozenset(found))


def _share(cells: list[Any], holds: Any) -> float:
    filled = [value for value in cells if value is not None and not isinstance(value, CellError)]
    sample = filled[:: max(1, len(filled) // 200)][:200]
    return sum(map(holds, sample)) / len(sample) if sample else 0.0


def _is_date(value: Any) -> bool:
    return isinstance(value, dt.date) or (isinstance(value, str) and not value.isdigit() and dates.parse(value, dates.DateStyle()) is not None)


def _is_figure(value: Any) -> bool:
    return isinstance(value, float) and not isinstance(value, bool)


_LOOKS = {"date": _is_date, "datetime": _is_date, "money": _is_figure}


def _rider(match: Match, first: Match) -> Match | None:
    """The match as a table that shares the first one's sheet, with the first one's date where it has none of its own."""
    table = match.table
    if not table.rides_along or table is first.table or first.table.dated_by is None or table.dated_by is None:
        return None
    own = [name for name in table.required if name != table.dated_by]
    used = set(first.fields.values())
    if not all(name in match.fields and match.fields[name] not in used for name in own):
        return None
    fields = {table.dated_by: first.fields[first.table.dated_by], **match.fields}
    return Match(table, fields, match.score)
