"""A workbook as a whole: copies of the same records on two sheets, sheets called by a name, and the marker of refused rows."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace

import pandas as pd

from amdash.errors import Issue
from amdash.ingest import decisions, months, vocabulary
from amdash.ingest.coerce import name_of, text_of
from amdash.ingest.decisions import Decision
from amdash.ingest.reading import Question, SheetReading, TableReading
from amdash.ingest.sheet import Sheet
from amdash.schema import TABLES

# The sheet that a workbook of refused rows carries, so that its correction finds its way back.
MARKER = "amdash"
# Before a sheet and a header in it, beside the field that its column was taken for.
COLUMN = "column:"
# Before a sheet and a table in it, beside the rows that this table had accepted.
ACCEPTED = "accepted:"
# Fewer equal records than this may be chance.
_MIN_ALIKE = 4
_ALIKE = 0.6
_RAW = re.compile(r"原始|原表|源数据|未处理|未清洗|备份|旧|raw|original|backup|source|old", re.I)
_CLEANED = re.compile(r"清洗|整理|处理后|核对|最终|修正|clean|final|tidy|processed|checked", re.I)
_PERSON = re.compile(r"^[\u4e00-\u9fff]{2,4}$|^[A-Z][a-z]+(?: [A-Z][a-z]+)+$")
_IDENTITY = {"sales": ("order_no",), "tickets": ("ticket_no",), "complaints": ("complaint_no",), "surveys": ("response_no",)}


def marker(sheets: Sequence[Sheet]) -> Mapping[str, str]:
    """What the marker sheet of a workbook of refused rows says; empty for every other workbook."""
    rows = next((sheet.rows for sheet in sheets if sheet.name == MARKER and sheet.hidden), [])
    said = {str(row[0]): text_of(row[1]) for row in rows if len(row) > 1 and row[0] not in (None, "row") and row[1] is not None}
    places = {f"row:{row[1]}:{text_of(row[2])}": text_of(row[3]) for row in rows if len(row) > 3 and row[0] == "row"}
    return said | places if "import" in said else {}


def taken(said: Mapping[str, str], sheet: str) -> list[Decision]:
    """What the columns of a sheet of refused rows were taken for: without it, a column of which every cell is at fault looks like none."""
    before = f"{COLUMN}{sheet}:"
    return [Decision(key.removeprefix(before), choice) for key, choice in said.items() if key.startswith(before)]


def only_refused(sheets: list[SheetReading], said: Mapping[str, str]) -> None:
    """Of a corrected workbook, keep in each table the rows that had been refused for it: a row of two tables may be at fault in one."""
    for sheet in sheets:
        for table in sheet.tables:
            accepted = set(said.get(f"{ACCEPTED}{sheet.sheet}:{table.table}", "").split(","))
            stood = [said.get(f"row:{sheet.sheet}:{number}") for number in table.frame["source_row"]]
            table.frame = table.frame[[original not in accepted for original in stood]].reset_index(drop=True)


def understand(sheets: list[SheetReading], decided: Sequence[Decision], people: frozenset[str]) -> None:
    """Mark the copies among the sheets as skipped, and give the rows of sheets that are called by a person that person.

    What was guessed is added to the questions of the sheet concerned.
    """
    _name_by_sheet(sheets, decided, people)
    _skip_copies(sheets, decided)
    _excuse_empty(sheets)


def _excuse_empty(sheets: list[SheetReading]) -> None:
    """Beside sheets with rows, one without any is a form that nobody filled in, and no mistake."""
    if not any(table.read for sheet in sheets for table in sheet.tables):
        return
    for sheet in sheets:
        sheet.issues = [replace(issue, severity="info") if issue.code == "table_no_rows" else issue for issue in sheet.issues]


def _name_by_sheet(sheets: list[SheetReading], decided: Sequence[Decision], people: frozenset[str]) -> None:
    """Sheets with the same columns and without any manager, called 李明, 王芳, ...: each is that person's."""
    alike: dict[tuple[str, tuple[str, ...]], list[tuple[SheetReading, TableReading]]] = {}
    for sheet in sheets:
        for table in sheet.tables:
            if "manager" in TABLES[table.table].names and "manager" not in table.mapping.values() and table.accepted:
                alike.setdefault((table.table, table.headers), []).append((sheet, table))
    for group in alike.values():
        named = [sheet.sheet for sheet, _ in group]
        likely = len(group) > 1 and all(_is_person(name, people) for name in named)
        for sheet, table in group:
            wish = decisions.of_sheet(decided, sheet.sheet)
            wish = wish if wish and wish.startswith("name:") else "name:manager" if likely else "name:nothing"
            column = wish.removeprefix("name:")
            if column in table.frame:
                table.frame[column] = pd.Series(name_of(sheet.sheet), index=table.frame.index, dtype="str")
            if likely:
                choices = tuple(f"sheet:{sheet.sheet}=name:{what}" for what in ("manager", "region", "nothing"))
                sheet.questions.append(Question("ask_sheet_name", sheet.sheet, choices, f"sheet:{sheet.sheet}={wish}", {"sheet": sheet.sheet}))


def _is_person(name: str, people: frozenset[str]) -> bool:
    words = vocabulary.load()
    if name_of(name) in people:
        return True
    return bool(_PERSON.match(name)) and words.table_hint(name) is None and not words.knows(vocabulary.plain(name)) and not months.columns_of([name])


def _skip_copies(sheets: list[SheetReading], decided: Sequence[Decision]) -> None:
    """Of two sheets with mostly the same records one is taken: the cleaned one, else the one with fewer refused rows, else the first."""
    parts = [(sheet, table) for sheet in sheets for table in sheet.tables]
    for place, (sheet, table) in enumerate(parts):
        for other_sheet, other in parts[place + 1 :]:
            if table.table != other.table or table.skipped or other.skipped or sheet is other_sheet:
                continue
            alike = _records_alike(table, other)
            if alike < _MIN_ALIKE or alike < _ALIKE * min(table.accepted, other.accepted):
                continue
            wishes = {one.sheet: decisions.of_sheet(decided, one.sheet) for one in (sheet, other_sheet)}
            if "take" in wishes.values():
                continue
            loser_sheet, loser = min(((sheet, table), (other_sheet, other)), key=lambda part: _worth(*part, first=part[0] is sheet))
            loser.skipped = True
            winner = other_sheet if loser_sheet is sheet else sheet
            choices = (f"sheet:{loser_sheet.sheet}=skip", f"sheet:{winner.sheet}=skip", f"sheet:{loser_sheet.sheet}=take")
            fields = {"sheet": loser_sheet.sheet, "other": winner.sheet, "n": alike}
            loser_sheet.questions.append(Question("ask_copy", loser_sheet.sheet, choices, choices[0], fields))
            file = loser.frame["source_file"].iloc[0]
            loser_sheet.issues.append(Issue("warning", "sheet_is_copy", file, loser_sheet.sheet, fields=fields))


def _worth(sheet: SheetReading, table: TableReading, *, first: bool) -> tuple[int, int, bool]:
    cleaned = bool(_CLEANED.search(sheet.sheet)) - bool(_RAW.search(sheet.sheet))
    return cleaned, -table.refused, first


def _records_alike(one: TableReading, other: TableReading) -> int:
    """How many records two sheets share: by their numbers where both have them, else by date and what they say first."""
    names = [name for name in _IDENTITY.get(one.table, ()) if one.frame[name].notna().all() and other.frame[name].notna().all()]
    if not names:
        spec = TABLES[one.table]
        names = [name for name in spec.required if name in one.frame] + [name for name in ("manager", "customer") if name in spec.names]
    left, right = (Counter(frame[names].astype("str").itertuples(index=False, name=None)) for frame in (one.frame, other.frame))
    return sum((left & right).values())
