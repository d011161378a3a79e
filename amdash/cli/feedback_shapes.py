"""The JSON shapes of feedback. They are stable: README.md documents them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd

from amdash.cli.shapes import plain
from amdash.insight.cadence import COLUMNS
from amdash.insight.feedback_quality import Hint
from amdash.service.feedback import FeedbackEntry

_FIELDS = ("date", "manager", "source", "method", "criteria", "rating", "content", "action", "due_on", "recorded_by", "origin")


def cadence(found: pd.DataFrame) -> list[dict[str, Any]]:
    """How feedback stands, one for each manager and source; days as ISO text, coverage as a ratio."""
    return [{name: plain(row[name]) for name in COLUMNS} for row in found.to_dict("records")]


def entry(one: FeedbackEntry, hinted: Sequence[Hint]) -> dict[str, Any]:
    """An entry of the log, with its number where it was written here, or its place in the uploaded file, and its hints."""
    file, sheet, row = one.place or (None, None, None)
    return {name: plain(getattr(one, name)) for name in _FIELDS} | {
        "number": one.feedback_id,
        "file": file,
        "sheet": sheet,
        "row": row,
        "hints": hints(hinted),
    }


def hints(found: Sequence[Hint]) -> list[dict[str, Any]]:
    """What would make an entry more useful, with the words found in it and how many days late it was written."""
    return [{"code": hint.code, "words": list(hint.words), "days": hint.days} for hint in found]
