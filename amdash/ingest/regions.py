"""Where the tables of a sheet stand: one below another, side by side, under one header row or two."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import pairwise
from typing import Any

from amdash.ingest import months
from amdash.ingest.sheet import Merge, Row, Sheet
from amdash.ingest.vocabulary import Vocabulary, plain

_LOOK_FOR_HEADER_IN = 60
MONTHS_ACROSS = 3
QUARTERS_ACROSS = 2
_LONGEST_LABEL = 12


@dataclass(frozen=True)
class Region:
    """A table in its sheet; every index counts from 0, ``stop`` is the row behind the last one.

    ``labels``: the row of group labels that stands above the header (a month above its measures), None where there is none.
    ``top``: where its titles begin.
    """

    header: int
    first: int
    last: int
    stop: int
    labels: int | None = None
    top: int = 0

    @property
    def begins(self) -> int:
        """The first row of its header, group labels included."""
        return self.header if self.labels is None else self.labels


def partitions(sheet: Sheet, vocabulary: Vocabulary, forced: Sequence[str] = ()) -> list[list[Region]]:
    """The ways to cut the sheet into tables: at its empty columns first, then the finest, as one table last; empty where no header is found.

    ``forced``: header words that a person has named.
    """
    wanted = frozenset(plain(word) for word in forced)
    last = _width(sheet.rows) - 1

    # Every time it walks through all rows.
    @cache
    def stacked(first: int, end: int) -> list[Region]:
        return _stacked(sheet, first, end, vocabulary, wanted)

    found = stacked(0, last)
    if not found:
        return []
    ways = [_side_by_side(_bands(sheet.rows), last, stacked), _apart(sheet.rows, found), found]
    best = _best_header(sheet.rows, 0, last, vocabulary, wanted)
    if best is not None:
        ways.append([_with_labels(sheet, Region(best, 0, last, len(sheet.rows)), vocabulary)])
    distinct: list[list[Region]] = []
    for way in ways:
        if way and way not in distinct:
            distinct.append(way)
    # Across an empty column the rows of one table beside the header of another make pieces that are no tables.
    return sorted(distinct, key=lambda way: (way == found or way != ways[0], -len(way)))


def likely_header(rows: list[Row]) -> list[str]:
    """Of rows of which no word is known, the texts of the first that names most of the columns and has a row below it; empty where none does."""
    width = max((sum(value is not None for value in row) for row in rows[:_LOOK_FOR_HEADER_IN]), default=0)
    for row in rows[: min(_LOOK_FOR_HEADER_IN, len(rows) - 1)]:
        filled = [value for value in row if value is not None]
        if len(filled) >= 2 and len(filled) * 2 >= width and all(isinstance(value, str) for value in filled) and not _figures(filled):
            return [str(value) for value in filled]
    return []


def _best_header(rows: list[Row], first: int, last: int, vocabulary: Vocabulary, wanted: frozenset[str]) -> int | None:
    best, best_score = None, 1
    for index, row in enumerate(rows[:_LOOK_FOR_HEADER_IN]):
        score = _score(row[first : last + 1], vocabulary, wanted)
        if score > best_score:
            best, best_score = index, score
    return best


def _score(cells: Row, vocabulary: Vocabulary, wanted: frozenset[str]) -> int:
    words = {plain(value) for value in cells if isinstance(value, str)}
    known = len({plain(value) for value in cells if isinstance(value, str) and vocabulary.knows(value)})
    score = known + 2 * len(words & wanted)
    if known and (len(months.columns_of(cells)) >= MONTHS_ACROSS or len(months.quarters_of(cells)) >= QUARTERS_ACROSS):
        score += 2
    return score


def _stacked(sheet: Sheet, first: int, last: int, vocabulary: Vocabulary, wanted: frozenset[str]) -> list[Region]:
    """The tables one below another within some columns; those without any row below the header are left out."""
    rows = sheet.rows
    heads = list(_heads(rows, first, last, vocabulary, wanted))
    best = _best_header(rows, first, last, vocabulary, wanted)
    if best is not None and best not in heads:
        heads = sorted([*heads, best])
    regions: list[Region] = []
    for place, head in enumerate(heads):
        region = _with_labels(sheet, Region(head, first, last, len(rows), top=regions[-1].stop if regions else 0), vocabulary)
        later = next((other for other in heads[place + 1 :] if other > region.header), len(rows))
        begins = _with_labels(sheet, Region(later, first, last, len(rows), top=region.header + 1), vocabulary).begins if later < len(rows) else later
        stop = later if later == len(rows) else _title_above(rows, begins, first, last, region.header)
        if regions and head <= regions[-1].header:
            continue
        if later == len(rows) or any(_filled(rows[index], first, last) for index in range(region.header + 1, stop)):
            regions.append(replace(region, stop=stop))
    return regions


def _heads(rows: list[Row], first: int, last: int, vocabulary: Vocabulary, wanted: frozenset[str]) -> Iterator[int]:
    """Rows that can be nothing but headers: words alone, most of them known, and no row of a table right above, unless it is one of group labels."""

    def grouped(index: int) -> bool:
        labels, row = rows[index - 1], rows[index]
        # Every group of two columns leaves a gap beside its label; hardly any record has one that the next record fills.
        gaps = [place for place in range(first + 1, min(last + 1, len(labels), len(row))) if labels[place] is None and row[place] is not None]
        return bool(gaps) and _is_pair(labels, row, Region(index, first, last, len(rows)), vocabulary)

    above = 0
    seen: set[tuple[str, ...]] = set()
    found, titled = -1, ""
    for index, row in enumerate(rows):
        cells = [value for value in row[first : last + 1] if value is not None]
        apart = above <= 1 or index < 3
        if len(cells) >= 2 and all(value.__class__ is str for value in cells) and (apart or grouped(index)) and not _figures(cells):
            words = tuple(plain(value) for value in cells)
            known = sum(vocabulary.knows(value) or word in wanted for value, word in zip(cells, words, strict=True))
            # The same header again is the next page of the same table, unless another table stands between, or a title of its own apart.
            title = _title_apart(rows, index, first, last)
            if known >= 2 and known * 2 >= len(words) and (words not in seen or title not in ("", titled)):
                seen = {*seen, words} if index == found + 1 else {words}
                found, titled = index, title or titled
                yield index
        above = len(cells)


def _title_apart(rows: list[Row], header: int, first: int, last: int) -> str:
    """The one text right above a header, where nothing stands above it in turn; '' where there is none."""
    above = list(_filled(rows[header - 1], first, last).values()) if header else []
    lone = len(above) == 1 and isinstance(above[0], str) and (header < 2 or not _filled(rows[header - 2], first, last))
    return plain(above[0]) if lone else ""


def _figures(cells: Row) -> bool:
    """Whether most of the cells begin with a digit and name no month: a row of figures written as text."""
    digits = sum(bool(str(value)[:1].isdigit()) for value in cells)
    return digits * 2 > len(cells) and len(months.columns_of(cells)) < digits


def _title_above(rows: list[Row], header: int, first: int, last: int, floor: int) -> int:
    """The first of the title rows (one text each) that stand above a header, right above it or apart from it and from the table before."""

    def filled(index: int) -> int:
        return len(_filled(rows[index], first, last)) if index > floor else 2

    end = header
    while filled(end - 1) == 0:
        end -= 1
    top = end
    while filled(top - 1) == 1:
        top -= 1
    # Right below a table and apart from the next one, it is a note of the table.
    return top if end == header or filled(top - 1) == 0 else header


def _side_by_side(bands: list[tuple[int, int]], last: int, stacked: Callable[[int, int], list[Region]]) -> list[Region]:
    """The tables of every run of columns; one without a header of its own belongs to the table on its left, the first to that on its right."""
    joined: list[tuple[int, int]] = []
    begin: int | None = None
    for first, end in bands if len(bands) > 1 else [(0, last)]:
        if stacked(first if begin is None else begin, end):
            joined.append((first if begin is None else begin, end))
            begin = None
        elif joined:
            joined[-1] = (joined[-1][0], end)
        elif begin is None:
            begin = first
    # What stands in the columns between two tables, a title perhaps, belongs to the left one.
    starts = [0, *(first for first, _ in joined[1:]), last + 1]
    return [part for first, behind in pairwise(starts) for part in stacked(first, behind - 1)] if joined else []


def _bands(rows: list[Row]) -> list[tuple[int, int]]:
    """Runs of columns between columns that are empty all the way down; rows of one cell are titles and fill nothing."""
    used: set[int] = set()
    for row in rows:
        filled = [place for place, value in enumerate(row) if value is not None]
        if len(filled) > 1:
            used.update(filled)
    runs: list[tuple[int, int]] = []
    for place in sorted(used):
        if runs and place == runs[-1][1] + 1:
            runs[-1] = (runs[-1][0], place)
        else:
            runs.append((place, place))
    return runs


def _apart(rows: list[Row], regions: list[Region]) -> list[Region]:
    """The same with every header cut in two where its words begin anew: 日期 金额 日期 金额."""
    result = []
    for region in regions:
        words = [plain(value) if value is not None else "" for value in rows[region.header][region.first : region.last + 1]]
        again = next((place for place in range(2, len(words) - 1) if words[place] and words[place : place + 2] == words[:2]), None)
        if again is None or region.labels is not None:
            result.append(region)
        else:
            middle = region.first + again
            result += [replace(region, last=middle - 1), replace(region, first=middle)]
    return result


def _with_labels(sheet: Sheet, region: Region, vocabulary: Vocabulary) -> Region:
    """The region with both of its header rows, where a second one stands above or below."""
    rows, header = sheet.rows, region.header
    below = rows[header + 1] if header + 1 < min(region.stop, len(rows)) else []
    if _is_pair(rows[header], below, region, vocabulary):
        return replace(region, labels=header, header=header + 1)
    if header > region.top and _is_pair(rows[header - 1], rows[header], region, vocabulary, _widest(sheet.merged, header, region)):
        return replace(region, labels=header - 1)
    return region


def _is_pair(above: Row, below: Row, region: Region, vocabulary: Vocabulary, widest: int = 0) -> bool:
    """Whether two rows are a header of two rows: at least one label stands above two columns or more, and no column lacks both."""
    upper, lower = _filled(above, region.first, region.last), _filled(below, region.first, region.last)
    if not upper or len(lower) < 2 or widest > 1 + region.last - region.first - 1:
        return False
    if not all(isinstance(value, str) for value in lower.values()) or _figures(list(lower.values())):
        return False
    starts = [place for place in upper if place in lower and place + 1 in lower and place + 1 not in upper]
    labels = [months.text_of(upper[place]) for place in starts]
    # A long text, or one that says something, is a title; a measure above its months may have a long name.
    if not starts or any((len(label) > _LONGEST_LABEL or "：" in label) and not _names_columns(label, vocabulary) for label in labels):
        return False
    lone = [place for place in lower if place in upper and place not in starts]
    named = any(vocabulary.knows(value) for value in lower.values())
    # A group may hold nothing that is known, beside columns that are.
    beside = sum(isinstance(value, str) and vocabulary.knows(value) for place, value in upper.items() if place not in lower)
    # Months below what they measure need no word at all.
    monthly = len(months.columns_of(list(lower.values()))) > 1
    # One label over everything is the title.
    return not lone and (named or beside > 1 or monthly) and (len(upper) > 1 or min(upper) > min(lower))


def _names_columns(label: str, vocabulary: Vocabulary) -> bool:
    return vocabulary.knows(label) or bool(months.columns_of([label]))


def _widest(merged: Sequence[Merge], row: int, region: Region) -> int:
    """How many columns the widest merged cell of the row (from 1) spans; 0 where none is merged."""
    inside = (one for one in merged if one.first_row == row and region.first <= one.first_column and one.last_column <= region.last)
    return max((one.last_column - one.first_column + 1 for one in inside), default=0)


def _filled(row: Row, first: int, last: int) -> dict[int, Any]:
    return {place: row[place] for place in range(first, min(last + 1, len(row))) if row[place] is not None}


def _width(rows: list[Row]) -> int:
    return max((len(row) for row in rows), default=0)
