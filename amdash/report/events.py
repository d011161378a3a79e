"""What happened, in the charts of a document: a number at its point, and below the chart the words behind the numbers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from amdash.i18n import Translator, formats
from amdash.i18n.words import HAPPENINGS
from amdash.insight.reading import Reading

_MOST_CHARACTERS = 40


@dataclass(frozen=True)
class ReportEvent:
    """Something that happened in ``period``, a point of the chart. ``kind``: a key of HAPPENINGS; ``text``: in a person's words."""

    period: str
    kind: str
    text: str


def marks(reading: Reading, events: Sequence[ReportEvent], _: Translator) -> list[dict[str, Any]]:
    """For every point at which something happened: its place, its number from 1, and what happened, short and whole. Empty where nothing did."""
    found: list[dict[str, Any]] = []
    for place, point in enumerate(reading.points):
        here = [one for one in events if one.period == point.period]
        if here:
            short, whole = (_.semicolon.join(dict.fromkeys(_words(one, _, cut) for one in here)) for cut in (True, False))
            month = formats.month(point.period, _.language)
            found.append({"at": place, "number": str(len(found) + 1), "words": short, "told": f"{month} {whole}"})
    return found


def _words(one: ReportEvent, _: Translator, cut: bool) -> str:
    text = " ".join(one.text.split())
    if cut and len(text) > _MOST_CHARACTERS:
        text = text[: _MOST_CHARACTERS - 1] + "…"
    what = _(HAPPENINGS[one.kind])
    return text if text.casefold() == what.casefold() else f"{what}{_.colon}{text}"
