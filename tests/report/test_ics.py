"""Calendar files against the rules of RFC 5545: lines, escapes, folding, and what every event must and must not say."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from dateutil import rrule
from hypothesis import given
from hypothesis import strategies as st

from amdash.report.ics import CalendarEvent, calendar, escaped, folded

AT = dt.datetime(2026, 11, 24, 9, 0, tzinfo=dt.timezone(dt.timedelta(hours=8)))
DAY = dt.date(2026, 11, 30)
ONE = CalendarEvent("a@amdash", DAY, "对李明的反馈：直接上级")
# What a person could have typed anywhere: also long runs of what takes two, three and four octets.
TEXTS = st.text(st.sampled_from('ab é李𠀀😀\\;,:"\r\n\t\x07\x0b\ud800'), max_size=200) | st.text(max_size=60)


def unfolded(stream: str) -> list[str]:
    """The content lines (section 3.1): a CRLF followed by one space or tab is no line end."""
    assert stream.endswith("\r\n")
    return re.sub(r"\r\n[ \t]", "", stream)[:-2].split("\r\n")


def unescaped(value: str) -> str:
    """A TEXT value as it is meant (section 3.3.11). A bare semicolon or comma, or another escape, is an error."""
    assert re.fullmatch(r"(?:[^\\;,]|\\[\\;,nN])*", value)
    return re.sub(r"\\(.)", lambda found: "\n" if found[1] in "nN" else found[1], value)


def properties(stream: str) -> list[dict[str, str]]:
    """Name with parameters -> value, of each event."""
    text = "\n".join(unfolded(stream))
    events = re.findall(r"BEGIN:VEVENT\n(.*?)\nEND:VEVENT", text, re.DOTALL)
    return [dict(line.split(":", 1) for line in event.split("\n")) for event in events]


def test_the_whole_file_by_hand() -> None:
    event = CalendarEvent("a@amdash", dt.date(2026, 12, 31), "A, B", "1\n2", "FREQ=YEARLY", dt.date(2030, 1, 2))
    assert calendar([event], AT) == (
        "BEGIN:VCALENDAR\r\n"
        "VERSION:2.0\r\n"
        "PRODID:-//amdash//amdash//EN\r\n"
        "BEGIN:VEVENT\r\n"
        "UID:a@amdash\r\n"
        "DTSTAMP:20261124T010000Z\r\n"
        "DTSTART;VALUE=DATE:20261231\r\n"
        "DTEND;VALUE=DATE:20270101\r\n"
        "RRULE:FREQ=YEARLY;UNTIL=20300102\r\n"
        "SUMMARY:A\\, B\r\n"
        "DESCRIPTION:1\\n2\r\n"
        "TRANSP:TRANSPARENT\r\n"
        "END:VEVENT\r\n"
        "END:VCALENDAR\r\n"
    )


def test_what_is_not_given_is_not_said() -> None:
    (event,) = properties(calendar([ONE], AT))
    assert event == {
        "UID": "a@amdash",
        "DTSTAMP": "20261124T010000Z",
        "DTSTART;VALUE=DATE": "20261130",
        "DTEND;VALUE=DATE": "20261201",
        "SUMMARY": "对李明的反馈：直接上级",
        "TRANSP": "TRANSPARENT",
    }
    # Without a rule there is nothing to end.
    (alone,) = properties(calendar([CalendarEvent("a", DAY, "x", until=DAY)], AT))
    assert not any("UNTIL" in value for value in alone.values())


def test_a_rule_without_an_end_goes_on() -> None:
    (event,) = properties(calendar([CalendarEvent("a", dt.date(2026, 12, 31), "x", rule="FREQ=MONTHLY;INTERVAL=3;BYMONTHDAY=-1")], AT))
    start = dt.datetime(2026, 12, 31)
    found = rrule.rrulestr(event["RRULE"], dtstart=start)[:4]
    # DTSTART is the first of the set (section 3.8.5.3).
    assert [f"{day:%Y-%m-%d}" for day in found] == ["2026-12-31", "2027-03-31", "2027-06-30", "2027-09-30"]


def test_events_stay_in_their_order() -> None:
    events = [CalendarEvent(uid, DAY, "x") for uid in ("c", "a", "b")]
    assert [event["UID"] for event in properties(calendar(events, AT))] == ["c", "a", "b"]


@pytest.mark.parametrize(
    ("events", "at", "reason"),
    [([], AT, "no event"), ([ONE], AT.replace(tzinfo=None), "no time zone"), ([ONE, CalendarEvent("a@amdash", DAY, "y")], AT, "one uid")],
)
def test_what_is_no_calendar_is_none(events: list[CalendarEvent], at: dt.datetime, reason: str) -> None:
    with pytest.raises(ValueError, match=reason):
        calendar(events, at)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("", ""),
        ("直接上级：面谈", "直接上级：面谈"),
        # The example of section 3.3.11, and what it says of colons and quotation marks: they stay.
        ("Project XYZ Final Review\nConference Room - 3B\nCome Prepared.", "Project XYZ Final Review\\nConference Room - 3B\\nCome Prepared."),
        ('a:"b"', 'a:"b"'),
        ("a;b,c\\d", "a\\;b\\,c\\\\d"),
        ("\\n", "\\\\n"),
        ("1\r\n2\r3\n4", "1\\n2\\n3\\n4"),
        ("a\tb\x00\x1b[31m\x7f", "a\tb[31m"),
        ("a\ud800b", "ab"),
    ],
)
def test_texts_are_escaped(text: str, value: str) -> None:
    assert escaped(text) == value


@given(TEXTS)
def test_what_is_escaped_is_read_again(text: str) -> None:
    kept = re.sub(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]", "", re.sub(r"\r\n|\r", "\n", text))
    assert unescaped(escaped(text)) == kept


@pytest.mark.parametrize(
    ("line", "octets"),
    [
        ("", [0]),
        ("x" * 75, [75]),
        ("x" * 76, [75, 2]),
        ("x" * 149, [75, 75]),
        ("x" * 150, [75, 75, 2]),
        # 25 signs of three octets are 75; then a space and 24 of them are 73, and another would be 76.
        ("李" * 26, [75, 4]),
        ("李" * 50, [75, 73, 4]),
        ("a" + "李" * 25, [73, 4]),
        ("😀" * 19, [72, 5]),
    ],
)
def test_lines_are_folded_at_75_octets(line: str, octets: list[int]) -> None:
    parts = list(folded(line))
    assert [len(part.encode()) for part in parts] == octets
    assert all(part.startswith(" ") for part in parts[1:])


@given(uid=st.uuids().map(str), summary=TEXTS, description=TEXTS, days=st.integers(0, 40_000))
def test_every_file_keeps_the_rules_of_lines(uid: str, summary: str, description: str, days: int) -> None:
    stream = calendar([CalendarEvent(uid, dt.date(1990, 1, 1) + dt.timedelta(days=days), summary, description)], AT)
    data = stream.encode()
    lines = data.split(b"\r\n")
    assert lines.pop() == b""
    for line in lines:
        assert len(line) <= 75
        # No line end but CRLF, and no octet sequence of UTF-8 is cut.
        assert not re.search(rb"[\x00-\x08\x0a-\x1f\x7f]", line)
        line.decode()
    (event,) = properties(stream)
    assert unescaped(event["SUMMARY"]) == re.sub(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]", "", re.sub(r"\r\n|\r", "\n", summary))
    # One day, the end not included.
    start, end = (dt.date.fromisoformat(event[f"{name};VALUE=DATE"]) for name in ("DTSTART", "DTEND"))
    assert end - start == dt.timedelta(days=1)


def test_the_same_is_the_same_text_and_a_new_line_is_no_new_property() -> None:
    evil = CalendarEvent("a", DAY, "x\r\nBEGIN:VALARM\r\nACTION:EMAIL")
    assert calendar([evil], AT) == calendar([evil], AT.astimezone(dt.UTC))
    assert [line for line in unfolded(calendar([evil], AT)) if line.startswith(("BEGIN", "ACTION"))] == ["BEGIN:VCALENDAR", "BEGIN:VEVENT"]
