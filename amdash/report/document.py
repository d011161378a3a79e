"""What a summary says: every string formatted and translated, ready for the template, which has no words of its own."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from amdash.i18n import Language, Translator, formats, translator
from amdash.i18n.words import SOURCES, VARIATIONS, source_words
from amdash.insight.narrative import Story
from amdash.insight.reading import Reading
from amdash.insight.wording import verdict_words
from amdash.metrics.spec import Kpi
from amdash.report.events import ReportEvent, marks
from amdash.report.image_size import size_pixels
from amdash.report.profile import profile
from amdash.report.sections import Sections, sections

_LARGE_CHARTS = 2
_NAME_LENGTH = 70
_LOGO_HIGH_MM, _LOGO_WIDE_MM = 11.0, 48.0


@dataclass(frozen=True)
class ReportFeedback:
    """One entry of the feedback log. ``number``: of one that was written in amdash, None of an uploaded one."""

    date: dt.date
    source: str | None
    method: str | None
    content: str
    action: str | None
    due_on: dt.date | None
    number: int | None = None


@dataclass(frozen=True)
class Letterhead:
    """Who the business is. ``colour``: '#1d6fb8', '' for ink. ``sender``: the line at the foot. ``logo``: PNG or JPEG that was checked."""

    name: str = ""
    colour: str = ""
    sender: str = ""
    logo: bytes | None = None


@dataclass(frozen=True)
class ReportInput:
    """Everything a manager's summary is made of. ``score``: 1 = all targets just met. ``sources``: the files behind it.

    ``events``: KPI id -> what happened at points of its chart.
    """

    manager: str
    team: str
    period: str
    readings: Sequence[tuple[Kpi, Reading]]
    score: float | None
    story: Story
    feedback: Sequence[ReportFeedback]
    revision: int
    revision_at: dt.datetime
    sources: Sequence[str]
    letterhead: Letterhead = field(default_factory=Letterhead)
    sections: Sections = field(default_factory=Sections)
    events: Mapping[str, Sequence[ReportEvent]] = field(default_factory=dict)


def document(report: ReportInput, language: Language) -> dict[str, Any]:
    """The report as plain data for the template. Numbers are written exactly as the pages write them."""
    _ = translator(language)
    shown = telling(report.readings)
    return {
        "lang": language,
        "company": letterhead_data(report.letterhead, _),
        "title": _("{manager}: summary of {period}", manager=report.manager, period=formats.month(report.period, language)),
        "manager": report.manager,
        "team": report.team,
        "period": formats.month(report.period, language),
        "story": [[lead, sentence] for lead, sentence in report.story],
        "score": _score(report.score, _),
        "head": [_("KPI"), _("Value"), _("Likely range"), _("Target"), _("Verdict"), _("Variation"), _("Last {n} periods", n=12)],
        "rows": [figure_row(kpi, reading, _) | {"range": _range(reading, kpi, _)} for kpi, reading in report.readings],
        "charts": [chart(kpi, reading, report.events.get(kpi.id, ()), _) for kpi, reading in shown],
        "legend": " · ".join(_legend([reading for _kpi, reading in shown], _)),
        "profile": profile(report.readings, report.feedback, report.sections, _),
        "feedback": _feedback(report.feedback, _),
        "sections": sections(report.sections, _),
        "signatures": [_("Account manager"), _("Supervisor"), _("Date")],
        "footer": {
            "stamp": stamp(report.revision, report.revision_at, _),
            "sources": _sources(report.sources, _),
            "page": _("Page {page} of {pages}"),
        },
    }


def stamp(revision: int, at: dt.datetime, _: Translator) -> str:
    """Which state of the data a document was made of: 'Data revision 7 of 24 Nov 2026'."""
    return _("Data revision {revision} of {date}", revision=revision, date=formats.day(at.date(), _.language))


def letterhead_data(head: Letterhead, _: Translator) -> dict[str, Any]:
    """Name, colour and sender as they are; the logo's bytes with the millimetres that it may take."""
    said: dict[str, Any] = {"name": head.name, "colour": head.colour, "sender": head.sender, "logo": None}
    if head.logo is not None:
        said |= {"logo": head.logo, "logo-box": logo_box(*size_pixels(head.logo)), "logo-alt": logo_words(head.name, _)}
    return said


def logo_words(name: str, _: Translator) -> str:
    """A logo in words, for those who do not see it."""
    return _("Logo of {name}", name=name) if name else _("Logo of the company")


def logo_box(width: int, height: int) -> list[float]:
    """Width and height in millimetres of a logo of so many pixels: 11 high, unless it would be wider than 48."""
    scale = min(_LOGO_HIGH_MM / height, _LOGO_WIDE_MM / width)
    return [round(width * scale, 3), round(height * scale, 3)]


def telling(readings: Sequence[tuple[Kpi, Reading]]) -> list[tuple[Kpi, Reading]]:
    """The readings worth a larger chart: what worsened or was missed first, then what improved, then by the order of the page."""

    def urgency(pair: tuple[Kpi, Reading]) -> tuple[int, int]:
        kpi, reading = pair
        worse, missed = reading.variation == "worsening", reading.verdict == "missed"
        rank = 0 if worse and missed else 1 if worse else 2 if missed else 3 if reading.variation == "improving" else 4
        return rank, 0 if kpi.weighted else 1

    shown = [pair for pair in readings if sum(point.value is not None for point in pair[1].points) > 1]
    return sorted(shown, key=urgency)[:_LARGE_CHARTS]


def _score(score: float | None, _: Translator) -> dict[str, str]:
    words = _("Targets reached, weighted; 100 is all of them")
    return {"name": _("Weighted score"), "value": formats.MISSING if score is None else f"{score * 100:.0f}", "note": words}


def figure_row(kpi: Kpi, reading: Reading, _: Translator) -> dict[str, Any]:
    """A figure as a line of a table: name, value, target, verdict, variation, each mark with its word, and the small chart with its own."""
    digits, unit = formats.figure(reading.value, kpi.unit, _.language)
    return {
        "name": _(kpi.name),
        "digits": digits,
        "unit": unit,
        "target": formats.target(reading.target, kpi.unit, kpi.higher_is_better, _.language) or formats.MISSING,
        "verdict": reading.verdict,
        "verdict_words": verdict_words(reading, _),
        "variation": "" if reading.value is None else reading.variation,
        "variation_words": "" if reading.value is None else _(VARIATIONS[reading.variation]),
        "series": series(reading),
        "alt": chart_words(kpi, reading, _),
    }


def _range(reading: Reading, kpi: Kpi, _: Translator) -> str:
    """What so few cases do not rule out; nothing of what is counted in full."""
    if reading.interval is None or reading.value is None:
        return ""
    ends = [formats.written(end, kpi.unit, _.language) for end in (reading.interval.lower, reading.interval.upper)]
    return " – ".join(ends)


def chart(kpi: Kpi, reading: Reading, events: Sequence[ReportEvent], _: Translator) -> dict[str, Any]:
    """A large chart: what is drawn, what stands about it, and all of it in words. ``events``: what happened at its points."""
    found = marks(reading, events, _)
    return {
        "name": _(kpi.name),
        "value": formats.written(reading.value, kpi.unit, _.language),
        "target_words": formats.target(reading.target, kpi.unit, kpi.higher_is_better, _.language) or "",
        "series": series(reading),
        "alt": _.semicolon.join((chart_words(kpi, reading, _), *(one["told"] for one in found))),
        "events": [[one["at"], one["number"]] for one in found],
        "happened": " · ".join(f"{one['number']} {one['words']}" for one in found),
        "labels": [formats.month_short(point.period, _.language) for point in reading.points],
        "ticks": [[height, formats.written(height, kpi.unit, _.language)] for height in ticks(reading)],
    }


def _legend(readings: Sequence[Reading], _: Translator) -> Iterator[str]:
    """What is drawn in any of these charts."""
    if any(reading.limits is not None for reading in readings):
        yield _("grey band: ordinary variation")
    if any(reading.target is not None or reading.aims() for reading in readings):
        yield _("dashed line: target")


def series(reading: Reading) -> dict[str, Any]:
    """What a chart draws: values (null for a gap), directions of signals, limits and target, all in the KPI's own unit."""
    limits = reading.limits
    return {
        "values": [point.value for point in reading.points],
        "directions": [point.direction or "" for point in reading.points],
        "limits": [limits.lower, limits.centre, limits.upper] if limits else None,
        "band": [list(one) for one in reading.band()],
        "target": reading.target,
        "aims": [list(one) for one in reading.aims()],
    }


def ticks(reading: Reading) -> list[float]:
    """The lowest and highest value: enough for an axis two fingers high."""
    values = [point.value for point in reading.points if point.value is not None]
    return sorted({min(values), max(values)}) if values else []


def chart_words(kpi: Kpi, reading: Reading, _: Translator) -> str:
    """A chart in words: every period with its value."""
    points = _.comma.join(
        f"{formats.month(point.period, _.language)} {formats.written(point.value, kpi.unit, _.language)}" for point in reading.points
    )
    return f"{_(kpi.name)}{_.colon}{points}"


def _feedback(entries: Sequence[ReportFeedback], _: Translator) -> dict[str, Any]:
    """How many entries each source gave, then the entries by source: the method's three, others by name, and last those without one."""
    order = {source: place for place, source in enumerate(SOURCES)}
    sources = sorted({entry.source or "" for entry in entries}, key=lambda one: (one == "", order.get(one, len(order)), one))
    newest = sorted(entries, key=lambda one: one.date, reverse=True)
    groups = [(_source(one, _), [entry for entry in newest if (entry.source or "") == one]) for one in sources]
    return {
        "name": _("Feedback in this period and since"),
        "empty": _("No feedback was recorded in this period or since."),
        "count": " · ".join(_("{n} × {source}", source=name, n=len(given)) for name, given in groups),
        "head": [_("Date"), _("What happened"), _("Next step"), _("Due on")],
        "groups": [{"name": name, "rows": [_entry(one, _) for one in given]} for name, given in groups],
    }


def _source(source: str, _: Translator) -> str:
    return source_words(source, _) if source else _("Source not stated")


def _entry(entry: ReportFeedback, _: Translator) -> dict[str, str]:
    return {
        "date": formats.day(entry.date, _.language),
        "method": entry.method or "",
        "content": entry.content,
        "action": entry.action or formats.MISSING,
        "due": formats.day(entry.due_on, _.language) if entry.due_on else formats.MISSING,
    }


def _short(name: str) -> str:
    """A long file name without its middle: beginning and end tell files apart."""
    return name if len(name) <= _NAME_LENGTH else f"{name[: _NAME_LENGTH // 2]}…{name[-_NAME_LENGTH // 2 + 1 :]}"


def _sources(files: Sequence[str], _: Translator) -> str:
    shown = _.comma.join(_short(file) for file in files[:3])
    rest = _.plural("and {n} more file", "and {n} more files", len(files) - 3) if len(files) > 3 else ""
    return _("Sources: {files}", files=f"{shown} {rest}".strip()) if files else ""
