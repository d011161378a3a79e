"""Who stands behind an employee number: names that several people share are told apart, and numbers without a name get one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
import pandas as pd

from amdash.metrics.names import Coded, coded, fold

# Name -> first and last day.
Spans = Mapping[str, tuple[pd.Timestamp, pd.Timestamp]]
EARLIEST, _LATEST = pd.Timestamp("1900-01-01"), pd.Timestamp("2200-01-01")
_LIST = "managers"


@dataclass(frozen=True)
class Roll:
    """What the tables say of people and their numbers; all names and numbers as they are compared.

    ``spelled``: how each is shown. ``split``: name -> its numbers, where there is more than one. ``behind``: number -> name.
    ``nobodys``: names that tell nobody apart, such as the 'Agent' of a call-centre log.
    """

    spelled: Mapping[str, str]
    split: Mapping[str, tuple[str, ...]]
    behind: Mapping[str, str]
    nobodys: frozenset[str]

    def label(self, name: str | None, number: str | None) -> str | None:
        """How the person of a row is shown; None where it says nothing, or only a number that nobody is known by."""
        key, no = None if name is None else fold(name), None if number is None else fold(number)
        if no is not None and (key is None or key in self.nobodys):
            key = self.behind.get(no, key)
        if key is None:
            return None
        shown = self.spelled.get(key, name or key)
        if no is None or key not in self.split:
            return shown
        labelled = labelled_by(shown, self.spelled_number(no))
        return self.spelled.get(fold(labelled), labelled)

    def spelled_number(self, number: str) -> str:
        return self.spelled.get(f"#{number}", number)

    def labels(self, key: str) -> tuple[str, ...]:
        """The people who share a name."""
        return tuple(filter(None, (self.label(self.spelled[key], number) for number in self.split[key])))


def labelled_by(name: str, number: str) -> str:
    """'李明 (1001)': one of several people of a name."""
    return f"{name} ({number})"


@dataclass(frozen=True)
class _Sheet:
    """The names and numbers of one sheet; ``pairs`` has None for what a row does not say."""

    listed: bool
    pairs: tuple[tuple[str | None, str], ...]
    names: frozenset[str]
    numbers: frozenset[str]


def roll_of(tables: Mapping[str, pd.DataFrame], spelled: Mapping[str, str]) -> Roll:
    """Read names and numbers off the list of managers and every table with employee numbers. Empty: nobody is split, no number known."""
    numbers: dict[str, str] = {}
    sheets = [sheet for table, frame in tables.items() if has_numbers(frame) for sheet in _sheets(table, frame, numbers)]
    nobodys = _nobodys(sheets, tables)
    pairs = dict.fromkeys((name, number) for sheet in sheets for name, number in sheet.pairs if name is not None and name not in nobodys)
    listed = {number: name for sheet in sheets if sheet.listed for name, number in sheet.pairs if name is not None}
    names_of: dict[str, set[str]] = {}
    for name, number in pairs:
        names_of.setdefault(number, set()).add(name)
    behind = {number: next(iter(names)) for number, names in names_of.items() if len(names) == 1} | listed
    for sheet in sheets:
        # A sheet in which no name tells people apart: there the number is the person.
        for number in sorted(sheet.numbers - set(behind)) if not sheet.names - nobodys else ():
            behind[number] = number
            pairs[number, number] = None
    numbers_of: dict[str, list[str]] = {}
    for name, number in pairs:
        numbers_of.setdefault(name, []).append(number)
    split = {name: tuple(found) for name, found in numbers_of.items() if len(found) > 1}
    shown = {number: numbers[number] for number, name in behind.items() if number == name} | dict(spelled)
    return Roll(shown | {f"#{number}": spelling for number, spelling in numbers.items()}, split, behind, nobodys)


def has_numbers(frame: pd.DataFrame) -> bool:
    """Whether rows say whose they are by an employee number."""
    return "employee_no" in frame and ("manager" in frame or "name" in frame) and bool(frame["employee_no"].notna().any())


def named_rows(table: str, frame: pd.DataFrame) -> tuple[str, Coded, list[tuple[str | None, str | None]]]:
    """(the column of the managers' names, its rows coded by the pairs of name and number that occur, these pairs)."""
    column = "name" if table == _LIST else "manager"
    names, numbers = Coded.of(frame[column]), Coded.of(frame["employee_no"])
    codes, found = pd.factorize((names.codes + 1) * (len(numbers.values) + 1) + numbers.codes + 1)
    firsts, seconds = np.divmod(found, len(numbers.values) + 1)
    held = [
        (names.values[first - 1] if first else None, numbers.values[second - 1] if second else None)
        for first, second in zip(firsts.tolist(), seconds.tolist(), strict=True)
    ]
    return column, Coded(codes.astype("int64", copy=False), []), held


def _sheets(table: str, frame: pd.DataFrame, numbers: dict[str, str]) -> Iterator[_Sheet]:
    """The sheets of a table; adds the numbers' spellings to ``numbers``, the first one seen of each."""
    _, rows, held = named_rows(table, frame)
    files, places = Coded.of(frame["source_file"]), Coded.of(frame["source_sheet"])
    sheet = (files.codes + 1) * (len(places.values) + 1) + places.codes + 1
    met: dict[int, list[int]] = {}
    for where, what in zip(*(part.tolist() for part in np.divmod(pd.unique(sheet * len(held) + rows.codes), len(held))), strict=True):
        met.setdefault(where, []).append(what)
    for pairs in met.values():
        said = [held[what] for what in pairs]
        for _, number in said:
            if number is not None:
                numbers.setdefault(fold(number), number)
        both = tuple(dict.fromkeys((None if name is None else fold(name), fold(number)) for name, number in said if number is not None))
        names = frozenset(fold(name) for name, _ in said if name is not None)
        yield _Sheet(table == _LIST, both, names, frozenset(number for _, number in both))


def _nobodys(sheets: Sequence[_Sheet], tables: Mapping[str, pd.DataFrame]) -> frozenset[str]:
    """Names that stand alone in a sheet with several numbers, and nowhere beside another name nor on a list."""
    alone = {name for sheet in sheets if len(sheet.names) == 1 and sum(name is not None for name, _ in sheet.pairs) > 1 for name in sheet.names}
    if not alone:
        return frozenset()
    known = {name for sheet in sheets if sheet.listed or len(sheet.names) > 1 for name in sheet.names}
    for table, column, held in coded("manager", tables):
        keys = {fold(name) for name in held.values}
        if column == "name" or (not has_numbers(tables[table]) and len(keys) > 1):
            known |= keys
    return frozenset(alone - known)


def periods(tables: Mapping[str, pd.DataFrame], dated_by: Mapping[str, str]) -> Spans:
    """Manager -> first and last day with rows that bear an employee number, else from being hired to leaving.

    ``dated_by``: table -> its column of days or months; a month stands for its first and last day. Whoever has neither rows nor
    such a date is not there; an open end is the end of time.
    """
    found: list[pd.DataFrame] = []
    for table, column in dated_by.items():
        frame: Any = tables.get(table)
        if frame is not None and has_numbers(frame) and column in frame:
            rows = frame.loc[frame["employee_no"].notna() & frame["manager"].notna(), ["manager", column]].dropna().drop_duplicates()
            by_month = rows[column].dtype.kind != "M"
            first = pd.to_datetime(rows[column].str.slice(0, 7), format="%Y-%m", errors="coerce") if by_month else rows[column]
            last = first + pd.offsets.MonthEnd(1) if by_month else first
            found.append(pd.DataFrame({"manager": rows["manager"], "first": first, "last": last}))
    people = tables[_LIST]
    hired = people[people["hired_on"].notna() | people["left_on"].notna()].drop_duplicates("name", keep="last")
    starts, ends = hired["hired_on"].fillna(EARLIEST), hired["left_on"].fillna(_LATEST)
    spans = dict(zip(hired["name"].tolist(), zip(starts.tolist(), ends.tolist(), strict=True), strict=True))
    if found:
        worked = pd.concat(found).dropna().groupby("manager").agg({"first": "min", "last": "max"})
        spans |= {str(name): (row["first"], row["last"]) for name, row in worked.iterrows()}
    return spans


def successive(people: Sequence[str], spans: Spans) -> list[tuple[str, str]]:
    """(earlier, later) of the people of one name whose days follow one another: perhaps one person whose number has changed."""
    dated = sorted((spans[name], name) for name in people if name in spans)
    return [(one, other) for (before, one), (after, other) in pairwise(dated) if before[1] < after[0]]
