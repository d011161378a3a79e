"""A calendar file of all-day events, as RFC 5545 (iCalendar) wants it: what every calendar program can take in."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

PRODUCT = "-//amdash//amdash//EN"
# RFC 5545, section 3.1: octets of a line without its end.
_LINE_OCTETS = 75
# Section 3.1 allows no control character but the tab inside a line, and a lone surrogate is no character at all.
_FORBIDDEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
_LINE_END = re.compile(r"\r\n|\r|\n")


@dataclass(frozen=True)
class CalendarEvent:
    """Something that is due on a day. ``uid``: the same for the same thing in every file, so that a newer file moves it and adds no second one.

    ``rule``: how it comes again, as a RECUR value (FREQ=WEEKLY), '' where it does not; ``day`` is its first time.
    ``until``: the last day on which it may come again, None for ever.
    """

    uid: str
    day: dt.date
    summary: str
    description: str = ""
    rule: str = ""
    until: dt.date | None = None


def calendar(events: Sequence[CalendarEvent], made_at: dt.datetime) -> str:
    """The events as an iCalendar stream, in their order: lines of at most 75 octets in UTF-8, each ended by CRLF.

    Each event takes one day and no time: nobody is busy because something is due. ``made_at``: with its time zone, stated in UTC
    in every event. The same events and moment are the same text. Errors: ValueError without any event, which is no calendar
    (section 3.6), without a time zone, or where two events have one uid (section 3.8.4.7).
    """
    if not events:
        raise ValueError("no event")
    if made_at.tzinfo is None:
        raise ValueError("no time zone")
    if len({event.uid for event in events}) < len(events):
        raise ValueError("two events of one uid")
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", f"PRODID:{PRODUCT}"]
    for event in events:
        lines += _event(event, f"{made_at.astimezone(dt.UTC):%Y%m%dT%H%M%SZ}")
    lines.append("END:VCALENDAR")
    return "".join(f"{part}\r\n" for line in lines for part in folded(line))


def escaped(text: str) -> str:
    """A value of the type TEXT (section 3.3.11): backslash, semicolon, comma and line ends written with a backslash."""
    for sign in ("\\", ";", ","):
        text = text.replace(sign, f"\\{sign}")
    return _FORBIDDEN.sub("", _LINE_END.sub(r"\\n", text))


def folded(line: str) -> Iterator[str]:
    """A content line in parts of at most 75 octets; every part but the first begins with a space (section 3.1). No character is cut."""
    part, octets = "", 0
    for sign in line:
        size = len(sign.encode())
        if octets + size > _LINE_OCTETS:
            yield part
            part, octets = " ", 1
        part += sign
        octets += size
    yield part


def _event(event: CalendarEvent, stamp: str) -> Iterator[str]:
    yield "BEGIN:VEVENT"
    yield f"UID:{escaped(event.uid)}"
    yield f"DTSTAMP:{stamp}"
    yield f"DTSTART;VALUE=DATE:{_date(event.day)}"
    # Not included: the day after.
    yield f"DTEND;VALUE=DATE:{_date(event.day + dt.timedelta(days=1))}"
    if event.rule:
        # UNTIL is of the type of DTSTART, a date (section 3.3.10).
        yield f"RRULE:{event.rule}" + (f";UNTIL={_date(event.until)}" if event.until else "")
    yield f"SUMMARY:{escaped(event.summary)}"
    if event.description:
        yield f"DESCRIPTION:{escaped(event.description)}"
    yield "TRANSP:TRANSPARENT"
    yield "END:VEVENT"


def _date(day: dt.date) -> str:
    # %Y writes the year 999 with three digits on some systems.
    return f"{day.year:04d}{day.month:02d}{day.day:02d}"
