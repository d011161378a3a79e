"""Words of an upload that stand on the page and in the files that are saved from it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from amdash.i18n import N_, Translator
from amdash.i18n.words import STATUSES
from amdash.service import corrections
from amdash.ui.markup.issues import Severity

ACTIONS = {"new": N_("new"), "replaced": N_("replaced"), "unchanged": N_("unchanged")}
KINDS = {"added": N_("added"), "changed": N_("changed"), "removed": N_("removed")}
SEVERITIES: dict[Severity, str] = {"error": N_("refused"), "warning": N_("please check"), "info": N_("for information")}
_NOTES = {
    "note_factor": N_("× {factor}"),
    "note_hours": N_("× {factor} h"),
    "note_scale": N_("out of {scale}"),
    "note_date_order": N_("read as month/day/year"),
    "note_percent": N_("percentages, × {factor}"),
    "note_month_only": N_("months, read as their first day"),
    "note_day_first": N_("read as day/month/year"),
    "note_year_first": N_("read as year/month/day"),
}


def note_words(note: tuple[str, Mapping[str, Any]] | None, _: Translator) -> str:
    """How a column was converted; '' where it was taken as it is."""
    return _(_NOTES[note[0]], **note[1]) if note and note[0] in _NOTES else ""


def series_words(series: str, _: Translator) -> str:
    """What a sheet is called; one that holds corrected rows by what it corrects; nothing where the file's name says nothing."""
    if not any(sign.isalnum() for sign in series):
        return ""
    if not corrections.is_correction(series):
        return series
    name, _plus, number = series.rpartition(" +")
    return _("{name}, corrections of import {import_id}", name=name, import_id=number)


def state_words(value: str, _: Translator) -> str:
    """What became of a deal or a case in words, whose columns hold codes; every other text as it is."""
    return _(STATUSES[value]) if value in STATUSES else value
