"""Opening hours tried on an example: a ticket of Friday evening that is answered on Monday morning."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import holidays

from amdash.metrics.calendar import working_hours
from amdash.metrics.workdays import MICROSECONDS_PER_DAY, OpeningHours, public_days, spans_between

_EPOCH = dt.datetime(1970, 1, 1)
_FRIDAY, _DAYS_OF_WEEKEND = 4, 3
_OPENED, _ANSWERED = dt.time(17, 50), dt.time(9, 10)
_WEEKS_BACK = 26
_CODE_LENGTH = 2

Span = tuple[dt.datetime, dt.datetime]


@dataclass(frozen=True)
class Counted:
    """How long a customer waits. ``days``: every day of it with the times that count, none where it is closed. Units: hours."""

    begun: dt.datetime
    done: dt.datetime
    days: tuple[tuple[dt.date, tuple[Span, ...]], ...]
    counted_hours: float
    elapsed_hours: float


def weekend(opening: OpeningHours | None, now: dt.datetime) -> Counted:
    """The newest Friday 17:50 to Monday 09:10 without a holiday or a day of its own about it, else the newest at all, as it would count."""
    newest = now.date() - dt.timedelta(days=(now.weekday() - _FRIDAY) % 7 + 7)
    fridays = [newest - dt.timedelta(weeks=back) for back in range(_WEEKS_BACK)]
    friday = next((day for day in fridays if not _special(opening, day)), newest)
    begun = dt.datetime.combine(friday, _OPENED)
    return counted(opening, begun, dt.datetime.combine(friday + dt.timedelta(days=_DAYS_OF_WEEKEND), _ANSWERED))


def counted(opening: OpeningHours | None, begun: dt.datetime, done: dt.datetime) -> Counted:
    """From one moment to another, day by day; without opening hours every hour counts."""
    days = [begun.date() + dt.timedelta(days=step) for step in range((done.date() - begun.date()).days + 1)]
    found = tuple((day, tuple(_within(_spans(opening, day), begun, done))) for day in days)
    elapsed = (done - begun) / dt.timedelta(hours=1)
    hours = elapsed if opening is None else float(working_hours(begun, done, opening)[0])
    return Counted(begun, done, found, hours, elapsed)


def countries() -> list[str]:
    """The codes of the countries whose holidays are known, such as 'CN'."""
    return [code for code in holidays.list_supported_countries() if len(code) == _CODE_LENGTH and code != "UK"]


def subdivisions(country: str) -> list[str]:
    """The codes of a country's parts with holidays of their own; empty where it has none."""
    return list(holidays.list_supported_countries().get(country, ()))


def _special(opening: OpeningHours | None, friday: dt.date) -> bool:
    """Whether any day of the weekend is another than its weekday."""
    if opening is None:
        return False
    off, made_up = public_days(opening.country, opening.subdivision) if opening.country else (frozenset(), frozenset())
    days = {friday + dt.timedelta(days=step) for step in range(_DAYS_OF_WEEKEND + 1)}
    return bool(days & (off | made_up | opening.closing_days | opening.extra_days))


def _spans(opening: OpeningHours | None, day: dt.date) -> list[Span]:
    start = dt.datetime.combine(day, dt.time())
    if opening is None:
        return [(start, start + dt.timedelta(days=1))]
    number = (start - _EPOCH).days
    opens, closes = spans_between(opening, number - 1, number)
    # What began the night before goes on until it closes.
    first, last = number * MICROSECONDS_PER_DAY, (number + 1) * MICROSECONDS_PER_DAY
    clipped = [(max(int(one), first), min(int(other), last)) for one, other in zip(opens, closes, strict=True)]
    return [(_EPOCH + dt.timedelta(microseconds=one), _EPOCH + dt.timedelta(microseconds=other)) for one, other in clipped if one < other]


def _within(spans: list[Span], begun: dt.datetime, done: dt.datetime) -> list[Span]:
    clipped = [(max(first, begun), min(last, done)) for first, last in spans]
    return [(first, last) for first, last in clipped if first < last]
