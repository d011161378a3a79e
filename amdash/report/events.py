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
    """Something that happened in ``period``, a point of the chart. ``kind``: a key of HAPPENINGS; ``text``: in a person's words.

    ``plans``: instead of a text, the (manager, action) of all plans of a team's managers there, which are counted.
    """

    period: str
    kind: str
    text: str
    plans: Sequence[tuple[str, str]] = ()


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
    if one.plans:
        return _plans(one, _, cut)
    text = " ".join(one.text.split())
    if cut and len(text) > _MOST_CHARACTERS:
        text = text[: _MOST_CHARACTERS - 1] + "…"
    what = _(HAPPENINGS[one.kind])
    return text if text.casefold() == what.casefold() else f"{what}{_.colon}{text}"


def _plans(one: ReportEvent, _: Translator, cut: bool) -> str:
    """How many and whose: paper has no pointer to be asked with. For those who hear it, also what is done."""
    what = _(HAPPENINGS[one.kind])
    if cut:
        whose = _.comma.join(dict.fromkeys(manager for manager, _action in one.plans))
        return f"{what}{_.colon}{_('{text} ({who})', text=len(one.plans), who=whose)}"
    return _.semicolon.join(f"{what} · {manager}{_.colon}{' '.join(action.split())}" for manager, action in one.plans)
