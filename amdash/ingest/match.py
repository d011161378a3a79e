"""Columns to fields: by the words of the vocabulary, by what the values look like, and by what a person has decided."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from amdash.errors import AmdashError
from amdash.ingest.coerce import Context, plausible
from amdash.ingest.layout import Grid
from amdash.ingest.vocabulary import Vocabulary, plain
from amdash.schema import TABLES, Field, Table

_MIN_PLAUSIBLE = 0.5
_HINT_WEIGHT = 3.0
_WEAK_FROM = 100
# Place of a column in the grid -> (table, field).
Fixed = Mapping[int, tuple[str, str]]
# A status with words of its own is still the status; an unknown word is a warning, not a mismatch.
_TAKEN_AS_THEY_ARE = frozenset({"name", "text", "status"})


@dataclass(frozen=True)
class Match:
    """``fields``: field name -> place of its column in the grid."""

    table: Table
    fields: Mapping[str, int]
    score: float


def parse_mapping(pairs: Sequence[str]) -> dict[str, tuple[str, str]]:
    """'COLUMN=table.field' texts as plain column word -> (table, field).

    Errors: mapping_invalid, with the text, where it is no such pair or names no table or field.
    """
    forced = {}
    for pair in pairs:
        column, _, place = pair.rpartition("=")
        table, _, name = place.strip().partition(".")
        if not column.strip() or table not in TABLES or name not in TABLES[table].names:
            raise AmdashError("mapping_invalid", mapping=pair, tables=", ".join(TABLES))
        forced[plain(column)] = (table, name)
    return forced


def decided(grid: Grid, forced: Mapping[str, tuple[str, str]]) -> Fixed:
    """The columns of this grid that a person has named, by header or by letter."""
    found = ((place, forced.get(plain(column.header)) or forced.get(plain(column.letter))) for place, column in enumerate(grid.columns))
    return {place: wish for place, wish in found if wish}


def match_tables(grid: Grid, context: Context, hint: str | None, fixed: Fixed) -> list[Match]:
    """The table this sheet holds, and those that ride along on it; empty where none has its required fields.

    ``fixed``: columns that are decided already, by a person or by the layout.
    """
    found = [match for table in TABLES.values() if (match := _match(table, grid, context, hint, fixed)) is not None]
    complete = [match for match in found if not _lacking(match)]
    if not complete:
        return []
    first = max(complete, key=lambda match: match.score)
    # Nearly every sheet names customers and managers: it is a list of them only when it is nothing better that lacks a column.
    if first.table.dated_by is None and any(match.score > first.score and set(match.table.required) & set(match.fields) for match in found):
        return []
    if first.table.dated_by is None and len(first.fields) == 1 and hint != first.table.name:
        return []
    return [first, *(rider for match in found if (rider := _rider(match, first)) is not None)]


def nearest(grid: Grid, context: Context, hint: str | None) -> tuple[Table, list[Field]] | None:
    """The table that came closest and the required fields it lacks, so that a person can be told what is missing."""
    found = [match for table in TABLES.values() if (match := _match(table, grid, context, hint, {})) is not None]
    if not found:
        return None
    best = max(found, key=lambda match: match.score)
    return best.table, _lacking(best)


def _lacking(match: Match) -> list[Field]:
    """The fields without which the table cannot be what the sheet holds; of a group of which one would do, the first."""
    table = match.table
    lone = [name for name in table.required if name not in match.fields]
    groups = [group[0] for group in table.one_of if not any(name in match.fields for name in group)]
    return [table.field(name) for name in (*lone, *groups)]


def _match(table: Table, grid: Grid, context: Context, hint: str | None, fixed: Fixed) -> Match | None:
    context = Context(table.name, context.vocabulary, context.titles, context.year)
    fields = {name: place for place, (owner, name) in fixed.items() if owner == table.name}
    taken = set(fixed)
    score = 10.0 * len(fields)
    for rank, name, place in _candidates(table, grid, context.vocabulary):
        if name in fields or place in taken or not _fits(table.field(name), grid, place, context):
            continue
        fields[name] = place
        taken.add(place)
        score += 0.5 if rank >= _WEAK_FROM else 1.0
    if not fields:
        return None
    return Match(table, fields, score + (_HINT_WEIGHT if table.name == hint else 0.0))


def _candidates(table: Table, grid: Grid, vocabulary: Vocabulary) -> list[tuple[int, str, int]]:
    """(preference, field, column) of every word that fits, the best first, in the order of the fields where alike."""
    order = {name: position for position, name in enumerate(table.names)}
    found = []
    for place, column in enumerate(grid.columns):
        word = plain(column.header)
        for name in table.names:
            rank = vocabulary.columns.get((table.name, name), {}).get(word)
            if rank is not None:
                found.append((rank, name, place))
    return sorted(found, key=lambda item: (item[0], order[item[1]], item[2]))


def _fits(spec: Field, grid: Grid, place: int, context: Context) -> bool:
    if spec.kind in _TAKEN_AS_THEY_ARE:
        return True
    return plausible(spec, grid.columns[place], grid.cells[place], context) >= _MIN_PLAUSIBLE


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
