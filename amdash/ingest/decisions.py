"""What a person has decided: 'COLUMN=table.field', 'COLUMN=ignore', 'COLUMN=order:day_first', 'sheet:NAME=skip', 'file:NAME=series:NAME'."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from amdash.errors import AmdashError
from amdash.ingest.layout import Grid
from amdash.ingest.vocabulary import plain
from amdash.schema import TABLES

_SHEET = "sheet:"
_FILE = "file:"
# What may be decided of a column besides its field, and how; None is any number.
_KINDS: dict[str, tuple[str, ...] | None] = {
    "order": ("day_first", "month_first", "year_first"),
    "comma": ("decimal", "thousands"),
    "percent": ("ratio", "points"),
    "fill": ("down", "never"),
    "scale": None,
    "unit": None,
}
_OF_SHEETS = ("skip", "take", "name:manager", "name:region", "name:team", "name:nothing")
# Which recurring sheet a file belongs to, and how its text is written.
_OF_FILES = ("series", "encoding")
IGNORE = "ignore"


@dataclass(frozen=True)
class Decision:
    """``subject``: a column's header or letter, or 'sheet:NAME'; ``choice``: what it is or how it is read."""

    subject: str
    choice: str

    @property
    def text(self) -> str:
        return f"{self.subject}={self.choice}"

    @property
    def of_a_column(self) -> bool:
        """Whether it speaks of a column, and not of a whole sheet or file."""
        return not self.subject.startswith((_SHEET, _FILE))

    @property
    def place(self) -> tuple[str, str] | None:
        """(table, field), where the decision is about what the column means."""
        table, dot, name = self.choice.partition(".")
        return (table, name) if dot and table in TABLES else None


@dataclass(frozen=True)
class Decided:
    """Decisions as they fall on one grid, by the place of the column: its field, that it is not used, how its values are read."""

    fields: Mapping[int, tuple[str, str]] = field(default_factory=dict)
    ignored: frozenset[int] = frozenset()
    values: Mapping[int, Mapping[str, str]] = field(default_factory=dict)
    used: frozenset[Decision] = frozenset()


def parse(texts: Sequence[str]) -> list[Decision]:
    """Decisions written as texts. Errors: mapping_invalid, mapping_field_unknown, each with the text and what would be right."""
    result = []
    for text in texts:
        subject, _, choice = text.rpartition("=")
        subject, choice = subject.strip(), choice.strip()
        table, dot, name = choice.partition(".")
        kind, colon, value = choice.partition(":")
        if (subject.startswith(_SHEET) and choice in _OF_SHEETS) or (subject.startswith(_FILE) and kind in _OF_FILES and value):
            pass
        elif subject and dot and table in TABLES and not _number(choice):
            if name not in TABLES[table].names:
                raise AmdashError("mapping_field_unknown", mapping=text, table=TABLES[table].title, known=list(TABLES[table].names))
        elif not subject or not (choice == IGNORE or (colon and kind in _KINDS and _allowed(kind, value))):
            raise AmdashError("mapping_invalid", mapping=text, tables=", ".join(TABLES))
        result.append(Decision(subject, choice))
    return result


def _allowed(kind: str, value: str) -> bool:
    allowed = _KINDS[kind]
    return _number(value) if allowed is None else value in allowed


def _number(text: str) -> bool:
    return text.replace(".", "", 1).isdigit()


def headers(decisions: Sequence[Decision]) -> list[str]:
    """The header words that the decisions name: they make a row a header."""
    return [one.subject for one in decisions if one.of_a_column]


def of_sheet(decisions: Sequence[Decision], sheet: str) -> str | None:
    """What was decided of a sheet as a whole, the last decision first; None where nothing was."""
    return next((one.choice for one in reversed(decisions) if one.subject == _SHEET + sheet), None)


def series_of_files(decisions: Sequence[Decision]) -> dict[str, str]:
    """File name -> the series that a person has named for it, 'new' for one of its own."""
    return _of_files(decisions, "series:")


def encodings_of_files(decisions: Sequence[Decision]) -> dict[str, str]:
    """File name -> the encoding that a person has chosen for its text."""
    return _of_files(decisions, "encoding:")


def _of_files(decisions: Sequence[Decision], kind: str) -> dict[str, str]:
    of_files = (one for one in decisions if one.subject.startswith(_FILE) and one.choice.startswith(kind))
    return {one.subject.removeprefix(_FILE): one.choice.removeprefix(kind) for one in of_files}


def on(grid: Grid, made: Sequence[Decision], before: Sequence[Decision] = ()) -> Decided:
    """The decisions that name a column of the grid, by header or by letter; what is decided now goes before what was decided ``before``.

    Errors: mapping_twice where two columns are said to be the same field.
    """
    places = {plain(column.letter): place for place, column in enumerate(grid.columns)}
    places |= {plain(column.header): place for place, column in reversed(list(enumerate(grid.columns)))}
    now = [(places[plain(one.subject)], one) for one in made if one.of_a_column and plain(one.subject) in places]
    _refuse_twice(grid, now)
    named = {one.place for _, one in now if one.place}
    then = [(places[plain(one.subject)], one) for one in before if one.of_a_column and plain(one.subject) in places and one.place not in named]
    fields: dict[int, tuple[str, str]] = {}
    ignored: set[int] = set()
    values: dict[int, dict[str, str]] = {}
    for place, one in [*then, *now]:
        if one.place:
            fields[place] = one.place
            ignored.discard(place)
        elif one.choice == IGNORE:
            fields.pop(place, None)
            ignored.add(place)
        else:
            kind, _, value = one.choice.partition(":")
            values.setdefault(place, {})[kind] = value
    return Decided(fields, frozenset(ignored), values, frozenset(one for _, one in [*then, *now]))


def _refuse_twice(grid: Grid, made: Sequence[tuple[int, Decision]]) -> None:
    by_field: dict[tuple[str, str], int] = {}
    for place, one in made:
        if one.place and by_field.setdefault(one.place, place) != place:
            table, name = one.place
            columns = [grid.columns[other].header for other in (by_field[one.place], place)]
            raise AmdashError("mapping_twice", field=TABLES[table].field(name).title, columns=columns)


def scope_of(grid: Grid) -> str:
    """What tells a sheet with the same columns, wherever they stand: the digest of its header words."""
    return hashlib.sha256("\n".join(sorted(plain(column.header) for column in grid.columns)).encode()).hexdigest()
