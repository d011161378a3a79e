"""What the coverage page says: which months of which tables are there, why some are not, and which files all of it came from."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any, Literal

from amdash.i18n import Language, Translator, formats, translator
from amdash.report.document import Letterhead, letterhead_data, stamp

State = Literal["present", "partial", "missing", "not_expected"]
# As many as are told apart across a page of A4.
MOST_MONTHS = 24
_MOST_GAPS, _MOST_IMPORTS, _MOST_FILES = 20, 10, 8


@dataclass(frozen=True)
class ReportGap:
    """What is missing or there in part: ``month`` is None for a list. ``table``, ``words`` (of the state) and ``why`` as people read them."""

    month: str | None
    table: str
    state: State
    words: str
    why: str


@dataclass(frozen=True)
class ReportImport:
    """Files that came in together and are in force. ``rows``: those in force; ``refused``: those that were not taken, and are not there since."""

    files: Sequence[str]
    at: dt.datetime
    actor: str
    rows: int
    refused: int


@dataclass(frozen=True)
class CoverageInput:
    """All that the page is made of. ``months``: ascending; ``tables``: (name, a state for every month); ``states``: state -> its word.

    ``earlier``: how many months before these are left out. ``notes``: sentences on what has no months. ``gaps``, ``imports``: newest first.
    """

    months: Sequence[str]
    earlier: int
    tables: Sequence[tuple[str, Sequence[State]]]
    states: Mapping[State, str]
    notes: Sequence[str]
    gaps: Sequence[ReportGap]
    imports: Sequence[ReportImport]
    revision: int
    revision_at: dt.datetime
    letterhead: Letterhead = field(default_factory=Letterhead)


def coverage_page(found: CoverageInput, language: Language) -> dict[str, Any]:
    """The page as plain data for the template. Names, numbers and days are written exactly as the pages write them."""
    _ = translator(language)
    months = found.months
    return {
        "lang": language,
        "company": letterhead_data(found.letterhead, _),
        "title": _("Coverage"),
        "span": _span(found, _),
        "corner": _("Table"),
        "years": [[year, len(list(some))] for year, some in groupby(months, key=lambda month: month[:4])],
        "months": [formats.month_short(month, language) for month in months],
        "rows": [{"name": name, "cells": [[state, found.states[state]] for state in states]} for name, states in found.tables],
        "legend": _legend(found, _),
        "notes": _.space.join(found.notes),
        "gaps": gap_section(found.gaps, _, most=_MOST_GAPS) | {"empty": _("No month of these lacks anything.")},
        "imports": _imports(found.imports, _),
        "footer": {"stamp": stamp(found.revision, found.revision_at, _), "sources": "", "page": _("Page {page} of {pages}")},
    }


def gap_section(gaps: Sequence[ReportGap], _: Translator, *, most: int) -> dict[str, Any]:
    """What is missing or there in part as a section with a state (code and word) for every row; cut after ``most`` rows, with what is left out."""
    rows = [
        {
            "state": gap.state,
            "words": gap.words,
            "cells": [gap.table, formats.month(gap.month, _.language) if gap.month else _("the list"), gap.why],
        }
        for gap in gaps[:most]
    ]
    left = len(gaps) - len(rows)
    return {
        "name": _("Missing or in part"),
        "head": [_("State"), _("Table"), _("Month"), _("Why")],
        "rows": rows,
        "note": _.plural("and {n} more gap", "and {n} more gaps", left) if left else "",
    }


def _span(found: CoverageInput, _: Translator) -> str:
    """'November 2024 to October 2026', and how many months before it are not shown."""
    if not found.months:
        return ""
    said = formats.month("..".join(dict.fromkeys((found.months[0], found.months[-1]))), _.language)
    return said if not found.earlier else f"{said} · {_.plural('{n} earlier month is not shown', '{n} earlier months are not shown', found.earlier)}"


def _legend(found: CoverageInput, _: Translator) -> list[list[str]]:
    """(state, its word, how often it is there)."""
    counts = Counter(state for _name, states in found.tables for state in states)
    return [[state, words, f"{counts[state]:,}"] for state, words in found.states.items()]


def _imports(imports: Sequence[ReportImport], _: Translator) -> dict[str, Any]:
    shown = imports[:_MOST_IMPORTS]
    left = len(imports) - len(shown)
    return {
        "name": _("Where the data comes from"),
        "head": [_("Date"), _("Files"), _("Uploaded by"), _("Rows"), _("Refused")],
        "comma": _.comma,
        "rows": [{"files": sorted(one.files, reverse=True)[:_MOST_FILES], "cells": _import(one, _)} for one in shown],
        "note": _.plural("and {n} earlier upload", "and {n} earlier uploads", left) if left else "",
        "empty": _("Nothing has been imported yet."),
    }


def _import(one: ReportImport, _: Translator) -> list[str]:
    """When, which files are left out of those named, who, how many rows. Newest names come first: they mostly carry their month."""
    rest = len(one.files) - _MOST_FILES
    return [
        f"{formats.day(one.at.date(), _.language)} {one.at:%H:%M}",
        _.plural("and {n} more file", "and {n} more files", rest) if rest > 0 else "",
        _("owner") if one.actor == "owner" else one.actor,
        f"{one.rows:,}",
        f"{one.refused:,}",
    ]
