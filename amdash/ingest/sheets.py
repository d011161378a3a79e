"""One sheet: its tables found, its columns matched, its cells made values, and every row accepted or refused with a reason."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import PurePath

from amdash.ingest import across, clocks, date_order, dates, decisions, filling, layout, match, regions, tables, vocabulary
from amdash.ingest.coerce import text_of
from amdash.ingest.context import Context
from amdash.ingest.decisions import Decided, Decision
from amdash.ingest.layout import Grid
from amdash.ingest.match import Match
from amdash.ingest.reading import ColumnReading, Question, SheetReading, Unplaced, Where
from amdash.ingest.sheet import Row, Sheet
from amdash.ingest.totals import differences

_SHORT = 12
_SENTENCE = "：:。；;，"
_ADDED_UP = frozenset({"money", "number", "count"})


@dataclass(frozen=True)
class Known:
    """What is known before a file is read: today, what was decided now and before (by scope), the managers' names, the file's name.

    ``taken``: what the columns were taken for in the sheet whose refused rows these are; it is no decision of a person.
    """

    today: dt.date
    decided: Sequence[Decision] = ()
    remembered: Mapping[str, Sequence[str]] = field(default_factory=dict)
    people: frozenset[str] = frozenset()
    name: str = ""
    taken: Sequence[Decision] = ()

    def on(self, grid: Grid) -> tuple[Decided, str]:
        """The decisions that fall on a grid, those made now over those remembered; and the grid's scope."""
        scope = decisions.scope_of(grid)
        before = decisions.parse(self.remembered.get(scope, ()))
        found = decisions.on(grid, self.decided, [*self.taken, *before])
        return replace(found, used=found.used - frozenset(self.taken)), scope


@dataclass(frozen=True)
class _Part:
    grid: Grid
    context: Context
    hint: str | None
    decided: Decided
    scope: str
    found: list[Match]


def read_sheet(file: str, sheet: Sheet, known: Known) -> SheetReading:
    """Everything a sheet holds; a sheet without a table says why."""
    words = vocabulary.load()
    result = SheetReading(sheet.name, encoding=sheet.encoding)
    where = Where(file, sheet.name, result.issues)
    wish = decisions.of_sheet(known.decided, sheet.name)
    if wish == "skip":
        where.note("info", "sheet_skipped")
        return result
    if (sheet.hidden and wish != "take") or not sheet.rows:
        where.note("info", "sheet_hidden" if sheet.hidden else "sheet_empty")
        return result
    ways = regions.partitions(sheet, words, decisions.headers(known.decided))
    if not ways:
        _read_unknown(sheet, result, where, known)
    for part in _best(sheet, ways, known) if ways else ():
        _read_part(part, result, where, known)
    result.header_row = result.tables[0].header_row if result.tables else None
    return result


def _best(sheet: Sheet, ways: list[list[regions.Region]], known: Known) -> list[_Part]:
    """The first way to cut the sheet in which every piece is a table; where there is none, the one with the most tables, coarser before finer.

    Pieces under one row of headers are a single table where that knows more of the columns.
    """
    seen: dict[regions.Region, _Part] = {}

    def cut(way: list[regions.Region]) -> list[_Part]:
        return [seen.get(region) or seen.setdefault(region, _part(sheet, region, known)) for region in way]

    def good(parts: list[_Part]) -> int:
        return sum(bool(part.found) for part in parts)

    for place, way in enumerate(ways):
        first = cut(way)
        if good(first) < len(first):
            continue
        if len(first) == 1 or len({part.grid.header_row for part in first}) > 1:
            return first
        # One table with an empty column in its middle may look like two small ones.
        whole = [first, *(parts for parts in map(cut, ways[place + 1 :]) if good(parts) == len(parts))]
        return max(whole, key=lambda parts: len(set().union(*map(_columns_known, parts))))
    return max(map(cut, reversed(ways)), key=good)


def _columns_known(part: _Part) -> set[int]:
    """The columns of the sheet for which fields were found by their words: those of two tables one below another count once."""
    places = {place for found in part.found for name, place in found.fields.items() if name not in found.guessed}
    return {part.grid.columns[place].index for place in places}


def _part(sheet: Sheet, region: regions.Region, known: Known) -> _Part:
    """A region as a table: unpivoted where months stand across, with its decisions and its match."""
    words = vocabulary.load()
    grid = layout.cut_out(sheet, region, words)
    stem = PurePath(known.name).stem
    # A line such as 客户经理：李明 is said of the rows and names no table, though 客户 stands in it.
    named = [title for title in grid.titles if not any(title.strip().startswith(word) for word in grid.said)]
    hint = words.table_hint(sheet.name) or words.table_hint(*named) or words.table_hint(stem)
    year = dates.year_in(*grid.titles, sheet.name, stem)
    filling.add_said(grid)
    decided, scope = known.on(grid)
    context = Context("", words, tuple(grid.titles), year, month=date_order.month_in(*grid.titles, sheet.name, stem))
    found = across.find(grid, year, regions.MONTHS_ACROSS)
    if found is not None:
        grid, hint, decided = _across(grid, found, hint, known, (sheet.name, *grid.titles, stem))
    return _Part(grid, context, hint, decided, scope, match.match_tables(grid, context, hint, decided, known.people))


def _across(grid: Grid, found: across.Across, hint: str | None, known: Known, texts: tuple[str, ...]) -> tuple[Grid, str | None, Decided]:
    """Months across as rows: of targets where the sheet speaks of targets, else of the monthly summary."""
    words = vocabulary.load()
    grid = across.unpivot(grid, found)
    measures = len(found.places)
    period, first = len(grid.columns) - measures - 1, len(grid.columns) - measures
    fields: dict[int, tuple[str, str]] = {}
    if hint == "targets" and measures == 1:
        fields = {period: ("targets", "period"), first: ("targets", "value")}
    else:
        hint = "summary"
        fields[period] = ("summary", "period")
        names = [across.measure_of(words, grid.columns[place].header, *(texts if measures == 1 else ())) for place in range(first, len(grid.columns))]
        if measures == 1 and names[0] is None:
            names = ["sales_amount"]
        for place, name in zip(range(first, len(grid.columns)), names, strict=True):
            if name and (hint, name) not in fields.values():
                fields[place] = (hint, name)
    decided, _ = known.on(grid)
    return grid, hint, replace(decided, fields={**fields, **decided.fields})


def _read_part(part: _Part, result: SheetReading, where: Where, known: Known) -> None:
    grid = part.grid
    if not part.found:
        _explain(part, result, where)
        return
    if not grid.row_numbers:
        where.note("warning", "table_no_rows", row=grid.header_row)
    top = grid.region.top if grid.region else 0
    result.head.append((top + 1, grid.header_row))
    taken = {place for found in part.found for place in found.fields.values()}
    for found in part.found:
        if found is part.found[0]:
            clocks.join(grid, found, taken, part.context, where)
            result.questions += filling.fill_down(grid, found, part.decided, where)
        reading, questions = tables.read_table(found, grid, part.context, part.decided, where, known.today, rides=found is not part.found[0])
        reading.scope, reading.decisions = part.scope, tuple(sorted(one.text for one in part.decided.used))
        result.tables.append(reading)
        result.questions += questions
        result.questions += _rivals(found, grid, where.sheet)
        _compare_totals(found, grid, where)
    _say_rows(grid, where)
    result.unused += [tables.column_reading(grid, place, None, None) for place in range(len(grid.columns)) if place not in taken]


def _rivals(found: Match, grid: Grid, sheet: str) -> list[Question]:
    """Two columns that fit one field: the better one is taken, and the person may say otherwise."""
    questions = []
    for name, places in found.rivals.items():
        choices = tuple(f"{grid.columns[place].header}={found.table.name}.{name}" for place in (found.fields[name], *places))
        field_title = found.table.field(name).title
        questions.append(Question("ask_column", sheet, choices, choices[0], {"field": field_title, "table": found.table.title}))
    for name in found.guessed:
        header = grid.columns[found.fields[name]].header
        choices = (f"{header}={found.table.name}.{name}", f"{header}={decisions.IGNORE}")
        questions.append(Question("ask_guess", sheet, choices, choices[0], {"column": header, "field": found.table.field(name).title}))
    return questions


def _compare_totals(found: Match, grid: Grid, where: Where) -> None:
    """Total rows against the sum of the rows they stand under, for what can be added up."""
    if grid.moved:
        return
    for name, place in found.fields.items():
        if found.table.field(name).kind not in _ADDED_UP or place >= len(grid.totals[0].cells if grid.totals else ()):
            continue
        for one in differences(grid.totals, place, grid.cells[place]):
            column = grid.columns[place]
            cell = f"{column.letter}{one.row.row_number}"
            value = text_of(one.row.cells[place])
            where.note("warning", "total_differs", cell=cell, column=column.header, value=value, added=f"{one.added:,.2f}")


def _say_rows(grid: Grid, where: Where) -> None:
    for number, text in grid.notes:
        # A short word alone may be a name whose other cells are empty: that deserves a look.
        plain = len(text) > _SHORT or any(sign in text for sign in _SENTENCE)
        where.note("info" if plain else "warning", "note_row", row=number, value=text[:80])
    if grid.hidden:
        where.note("info", "rows_hidden", n=grid.hidden)
    if grid.repeated_headers:
        where.note("info", "headers_repeated", n=grid.repeated_headers)


def _read_unknown(sheet: Sheet, result: SheetReading, where: Where, known: Known) -> None:
    """No row holds a known word: the likeliest header is taken where its columns were explained before, else offered to be explained."""
    likely = regions.likely_header(sheet.rows)
    parts = [_part(sheet, region, known) for way in regions.partitions(sheet, vocabulary.load(), likely)[-1:] for region in way]
    if any(part.found for part in parts):
        for part in parts:
            _read_part(part, result, where, known)
        return
    if all(len(filled) <= 1 and all(isinstance(value, str) for value in filled) for filled in map(_filled, sheet.rows)):
        where.note("info", "sheet_only_notes")
        return
    first = next(filled for filled in map(_filled, sheet.rows) if filled)
    where.note("warning", "sheet_no_header", found=", ".join(map(text_of, first))[:80])
    result.unplaced += [_unplaced(part, []) for part in parts]


def _filled(row: Row) -> Row:
    return [value for value in row if value is not None]


def _unplaced(part: _Part, near: Sequence[Match]) -> Unplaced:
    grid = part.grid
    columns = tuple(tables.column_reading(grid, place, None, None) for place in range(len(grid.columns)))
    fits = {match.table.name: {place: name for name, place in match.fields.items()} for match in near}
    return Unplaced(grid.header_row, columns, fits, tuple(sorted(one.text for one in part.decided.used)))


def _explain(part: _Part, result: SheetReading, where: Where) -> None:
    grid, header = part.grid, ", ".join(column.header for column in part.grid.columns)
    if part.context.year is None and across.names_months(grid):
        where.note("error", "year_missing", row=grid.header_row)
        return
    near = match.nearly(grid, part.context, part.hint, part.decided)
    result.unplaced.append(_unplaced(part, near))
    if not near:
        where.note("warning", "sheet_no_header", found=header[:80])
        return
    titles = [item.title for item in near[0].lacking()]
    where.note("warning", "table_lacks_column", row=grid.header_row, table=near[0].table.title, missing=titles, found=header[:200])


__all__ = ["ColumnReading", "Known", "read_sheet"]
