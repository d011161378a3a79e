"""What the minutes of a meeting say: every string formatted and translated, ready for the template, which has no words of its own."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from amdash.i18n import Language, Translator, formats, translator
from amdash.i18n.words import Standing, standing_words
from amdash.insight.narrative import Story
from amdash.insight.reading import Reading
from amdash.metrics.spec import Kpi
from amdash.report.document import Letterhead, figure_row, letterhead_data, stamp


@dataclass(frozen=True)
class MinutesItem:
    """A decision of a manager, or with '' of everybody. ``standing`` and ``days``: how one of an earlier meeting stands. ``as_plan``: it is one.

    ``kpi``: the KPI that it is about, None for none.
    """

    manager: str
    text: str
    responsible: str = ""
    due_on: dt.date | None = None
    as_plan: bool = False
    standing: Standing = "open"
    days: int = 0
    kpi: Kpi | None = None


@dataclass(frozen=True)
class MinutesInput:
    """Everything that minutes are made of. ``team``: the figures of all together; ``ended_at``: None while the meeting is held.

    ``decided``, ``before``: decisions of this meeting and of earlier ones; ``notes``: (manager or '', what was noted); ``without``: the
    managers on whom nothing was decided.
    """

    period: str
    started_at: dt.datetime
    ended_at: dt.datetime | None
    story: Story
    team: Sequence[tuple[Kpi, Reading]]
    decided: Sequence[MinutesItem]
    before: Sequence[MinutesItem]
    notes: Sequence[tuple[str, str]]
    without: Sequence[str]
    revision: int
    revision_at: dt.datetime
    letterhead: Letterhead


def minutes(found: MinutesInput, language: Language) -> dict[str, Any]:
    """The minutes as plain data for the template. Names, numbers and days are written exactly as the pages write them."""
    _ = translator(language)
    period = formats.month(found.period, language)
    return {
        "lang": language,
        "company": letterhead_data(found.letterhead, _),
        "title": _("Minutes of the meeting on {period}", period=period),
        "when": _when(found, _),
        "decided": {
            "name": _("Decided in this meeting"),
            "head": [_("Account manager"), _("Decided"), _("Who does it"), _("By when")],
            "rows": [_decision(one, _) for one in found.decided],
            "empty": _("Nothing was decided."),
            "without": _("Nothing was decided on {names}.", names=_.comma.join(found.without)) if found.without and found.decided else "",
        },
        "notes": {"name": _("Notes"), "rows": [[name or _("Everybody"), text] for name, text in found.notes]},
        "before": {
            "name": _("Decided earlier"),
            "head": [_("Account manager"), _("Decided"), _("Who does it"), _("By when"), _("How it stands")],
            "rows": [_followed(one, _) for one in found.before],
            "empty": _("Nothing is left from earlier meetings."),
        },
        "team": {
            "name": _("The team in {period}", period=period),
            "story": [[lead, sentence] for lead, sentence in found.story],
            "head": [_("KPI"), _("Value"), _("Target"), _("Verdict"), _("Variation"), _("Last {n} periods", n=12)],
            "rows": [figure_row(kpi, reading, _) for kpi, reading in found.team],
        },
        "signatures": [_("Supervisor"), _("Recorded by"), _("Date")],
        "footer": {"stamp": stamp(found.revision, found.revision_at, _), "sources": "", "page": _("Page {page} of {pages}")},
    }


def _when(found: MinutesInput, _: Translator) -> str:
    """'24 Nov 2026, 09:00 to 09:47'; the day of the end too where it is another one."""
    day, start = formats.day(found.started_at.date(), _.language), f"{found.started_at:%H:%M}"
    if found.ended_at is None:
        return _("{day}, from {start}", day=day, start=start)
    last, end = formats.day(found.ended_at.date(), _.language), f"{found.ended_at:%H:%M}"
    return _("{day}, {start} to {end}", day=day, start=start, end=end if last == day else _("{day}, {time}", day=last, time=end))


def _decision(item: MinutesItem, _: Translator) -> dict[str, str]:
    return {
        "manager": item.manager or _("Everybody"),
        "text": _("{text} ({who})", text=item.text, who=_("as a plan")) if item.as_plan else item.text,
        "kpi": _(item.kpi.name) if item.kpi else "",
        "responsible": item.responsible or formats.MISSING,
        "due": formats.day(item.due_on, _.language) if item.due_on else formats.MISSING,
    }


def _followed(item: MinutesItem, _: Translator) -> dict[str, str]:
    return {**_decision(item, _), "standing": item.standing, "words": standing_words(item.standing, item.days, _)}
