"""When a business works: its opening hours by weekday, its country's holidays and make-up workdays, its own closing and extra days."""

from __future__ import annotations

import datetime as dt
import itertools
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import holidays
import numpy as np

from amdash.errors import AmdashError

# From opening to closing; a closing that is not after the opening is on the next day.
Span = tuple[dt.time, dt.time]
Week = tuple[tuple[Span, ...], ...]

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
MICROSECONDS_PER_MINUTE = 60_000_000
MICROSECONDS_PER_DAY = 24 * 60 * MICROSECONDS_PER_MINUTE
_MIDNIGHT = dt.time(0)
_DAY_MINUTES = 24 * 60
_MONDAY_TO_FRIDAY = 5
# 1970-01-01, day 0, was a Thursday.
_WEEKDAY_OF_DAY_0 = 3
_CLOCK = re.compile(r"([01]?[0-9]|2[0-3]):([0-5][0-9])")
_KEYS = {"week", "country", "subdivision", "closing_days", "extra_days"}


@dataclass(frozen=True)
class OpeningHours:
    """The hours in which a business works, in naive local time.

    ``week``: for Monday to Sunday, in this order, the spans that start on that day, to the minute; no span: closed. An end
    before its start is on the next day; 00:00 as an end is the day's end, 00:00 to 00:00 the whole day.
    ``country``, ``subdivision``: codes of the ``holidays`` library, whose public holidays are off; None: no holidays.
    ``closing_days`` are off whatever else they are. ``extra_days`` are worked even on a holiday, with their weekday's
    hours or, where that is closed, those of a usual day. A make-up workday of the country has the hours of a usual day.

    Errors: AmdashError hours_unreadable, hours_none, hours_time_invalid, hours_span_empty, hours_overlap, hours_day_both,
    country_unknown, subdivision_unknown.
    """

    week: Week
    country: str | None = None
    subdivision: str | None = None
    closing_days: frozenset[dt.date] = frozenset()
    extra_days: frozenset[dt.date] = frozenset()

    def __post_init__(self) -> None:
        if len(self.week) != len(WEEKDAYS):
            raise AmdashError("hours_unreadable", key="week")
        if not any(self.week):
            raise AmdashError("hours_none")
        _check_spans(self.week)
        both = sorted(self.closing_days & self.extra_days)
        if both:
            raise AmdashError("hours_day_both", date=both[0].isoformat())
        _check_country(self.country, self.subdivision)

    @classmethod
    def from_dict(cls, settings: Mapping[str, Any]) -> OpeningHours:
        """The opening hours that :meth:`to_dict` wrote, or a person typed; a weekday left out is closed, anything else none.

        Errors: those of the class, hours_unreadable (key), hours_weekday_unknown (weekday, known), hours_day_invalid (key, value).
        """
        if not isinstance(settings, Mapping):
            raise AmdashError("hours_unreadable", key="")
        for key in settings:
            if key not in _KEYS:
                raise AmdashError("hours_unreadable", key=str(key))
        return cls(
            _week(settings.get("week")),
            _code(settings, "country"),
            _code(settings, "subdivision"),
            _dates(settings, "closing_days"),
            _dates(settings, "extra_days"),
        )

    def to_dict(self) -> dict[str, Any]:
        """The same as texts, lists and dicts that JSON knows: times as 09:00 (the day's end as 24:00), days as 2026-10-31."""
        return {
            "week": {name: [[_text(start), _text(end, ends=True)] for start, end in spans] for name, spans in zip(WEEKDAYS, self.week, strict=True)},
            "country": self.country,
            "subdivision": self.subdivision,
            "closing_days": [day.isoformat() for day in sorted(self.closing_days)],
            "extra_days": [day.isoformat() for day in sorted(self.extra_days)],
        }


def workweek(*spans: Span, days: Iterable[int] = range(_MONDAY_TO_FRIDAY)) -> Week:
    """A week with the same spans on some days (0 is Monday; by default Monday to Friday) and the others closed."""
    worked = set(days)
    return tuple(spans if day in worked else () for day in range(len(WEEKDAYS)))


@lru_cache(maxsize=32)
def public_days(country: str, subdivision: str | None = None) -> tuple[frozenset[dt.date], frozenset[dt.date]]:
    """A country's public holidays, and the weekend days worked to make up for bridges between them (China: 调休).

    All the years that the ``holidays`` library knows of; before and after them there are none.
    """
    years = holidays.country_holidays(country, subdiv=subdivision)
    known = holidays.country_holidays(country, subdiv=subdivision, years=range(years.start_year, years.end_year + 1), expand=False)
    return frozenset(known), frozenset(known.weekend_workdays)


def spans_between(hours: OpeningHours, first_day: int, last_day: int) -> tuple[np.ndarray, np.ndarray]:
    """Opening and closing of every span that starts on the days from first to last, both included, ascending.

    Days are counted from 1970-01-01; the results are int64 microseconds from its start. No span: two empty arrays.
    Spans do not overlap: where an exceptional day's night runs into the next day's opening, that one opens later.
    """
    days = np.arange(first_day, last_day + 1, dtype="int64")
    patterns, chosen = _patterns(hours, days)
    opens, closes = [np.empty(0, dtype="int64")], [np.empty(0, dtype="int64")]
    for number, spans in enumerate(patterns):
        midnights = days[chosen == number] * MICROSECONDS_PER_DAY
        for span in spans:
            start, end = _minutes(span)
            opens.append(midnights + start * MICROSECONDS_PER_MINUTE)
            closes.append(midnights + end * MICROSECONDS_PER_MINUTE)
    opened, closed = np.concatenate(opens), np.concatenate(closes)
    order = np.argsort(opened, kind="stable")
    opened, closed = opened[order], closed[order]
    opened[1:] = np.maximum(opened[1:], np.maximum.accumulate(closed)[:-1])
    kept = opened < closed
    return opened[kept], closed[kept]


def _patterns(hours: OpeningHours, days: np.ndarray) -> tuple[list[tuple[Span, ...]], np.ndarray]:
    """The spans a day can have (the seven weekdays', a usual day's, none), and for each day which of them it has."""
    patterns = [*hours.week, _usual(hours.week), ()]
    usual, closed = len(WEEKDAYS), len(WEEKDAYS) + 1
    weekday = (days + _WEEKDAY_OF_DAY_0) % len(WEEKDAYS)
    chosen = weekday.copy()
    if hours.country is not None:
        off, made_up = public_days(hours.country, hours.subdivision)
        chosen[np.isin(days, _day_numbers(off))] = closed
        # Who never works from Monday to Friday has nothing to make up for.
        if any(hours.week[:_MONDAY_TO_FRIDAY]):
            chosen[np.isin(days, _day_numbers(made_up))] = usual
    works = np.array([bool(spans) for spans in hours.week])
    extra = np.isin(days, _day_numbers(hours.extra_days))
    chosen[extra] = np.where(works[weekday], weekday, usual)[extra]
    chosen[np.isin(days, _day_numbers(hours.closing_days))] = closed
    return patterns, chosen


def _usual(week: Week) -> tuple[Span, ...]:
    """The spans that most days from Monday to Friday have, the earlier day's at a tie; without any, those of the weekend."""
    worked = [spans for spans in week[:_MONDAY_TO_FRIDAY] if spans] or [spans for spans in week if spans]
    return max(worked, key=worked.count)


def _day_numbers(days: Iterable[dt.date]) -> np.ndarray:
    numbers: np.ndarray = np.array(list(days), dtype="datetime64[D]").astype("int64")
    return numbers


def _minutes(span: Span) -> tuple[int, int]:
    """A span in minutes from the start of its day; the end may lie beyond that day's."""
    start, end = (moment.hour * 60 + moment.minute for moment in span)
    return start, end if end > start else end + _DAY_MINUTES


def _check_spans(week: Week) -> None:
    laid: list[tuple[int, int, str, Span]] = []
    for number, (name, spans) in enumerate(zip(WEEKDAYS, week, strict=True)):
        for span in spans:
            for moment in span:
                if moment.tzinfo is not None or moment.second or moment.microsecond:
                    raise AmdashError("hours_time_invalid", weekday=name, value=moment.isoformat())
            if span[0] == span[1] != _MIDNIGHT:
                raise AmdashError("hours_span_empty", weekday=name, start=_text(span[0]))
            start, end = _minutes(span)
            laid.append((number * _DAY_MINUTES + start, number * _DAY_MINUTES + end, name, span))
    laid.sort()
    # The night from Sunday runs into the next week's Monday.
    following = (laid[0][0] + len(WEEKDAYS) * _DAY_MINUTES, *laid[0][1:])
    for one, other in itertools.pairwise([*laid, following]):
        if other[0] < one[1]:
            raise AmdashError("hours_overlap", weekday=one[2], span=_span_text(one[3]), other_weekday=other[2], other_span=_span_text(other[3]))


def _check_country(country: str | None, subdivision: str | None) -> None:
    known = holidays.list_supported_countries() if country is not None else {}
    if country is not None and country not in known:
        raise AmdashError("country_unknown", country=country)
    subdivisions = list(known.get(country or "", ()))
    if subdivision is not None and subdivision not in subdivisions:
        raise AmdashError("subdivision_unknown", country=country or "", subdivision=subdivision, known=subdivisions)


def _text(moment: dt.time, *, ends: bool = False) -> str:
    return "24:00" if ends and moment == _MIDNIGHT else f"{moment:%H:%M}"


def _span_text(span: Span) -> str:
    return f"{_text(span[0])}-{_text(span[1], ends=True)}"


def _week(given: Any) -> Week:
    if not isinstance(given, Mapping):
        raise AmdashError("hours_unreadable", key="week")
    for name in given:
        if name not in WEEKDAYS:
            raise AmdashError("hours_weekday_unknown", weekday=str(name), known=list(WEEKDAYS))
    return tuple(tuple(sorted(_span(name, pair) for pair in _listed(given.get(name), name))) for name in WEEKDAYS)


def _span(weekday: str, pair: Any) -> Span:
    if not isinstance(pair, list | tuple) or len(pair) != 2:
        raise AmdashError("hours_unreadable", key=weekday)
    return _time(weekday, pair[0]), _MIDNIGHT if pair[1] == "24:00" else _time(weekday, pair[1])


def _time(weekday: str, text: Any) -> dt.time:
    found = _CLOCK.fullmatch(text) if isinstance(text, str) else None
    if found is None:
        raise AmdashError("hours_time_invalid", weekday=weekday, value=str(text))
    return dt.time(int(found[1]), int(found[2]))


def _listed(given: Any, key: str) -> list[Any]:
    if given is None:
        return []
    if not isinstance(given, list | tuple):
        raise AmdashError("hours_unreadable", key=key)
    return list(given)


def _code(settings: Mapping[str, Any], key: str) -> str | None:
    code = settings.get(key)
    # What was emptied in a form is none.
    if code is None or code == "":
        return None
    if not isinstance(code, str):
        raise AmdashError("hours_unreadable", key=key)
    return code


def _dates(settings: Mapping[str, Any], key: str) -> frozenset[dt.date]:
    return frozenset(_date(key, text) for text in _listed(settings.get(key), key))


def _date(key: str, text: Any) -> dt.date:
    try:
        return dt.date.fromisoformat(text)
    except (TypeError, ValueError) as error:
        raise AmdashError("hours_day_invalid", key=key, value=str(text)) from error
