"""The working calendar: which hours count while a customer waits, by weekday, with holidays and days of one's own."""

from __future__ import annotations

import datetime as dt

import streamlit as st

from amdash.i18n import N_, Translator, formats
from amdash.metrics.workdays import WEEKDAYS, OpeningHours, Span
from amdash.service import opening, settings
from amdash.service.opening import Counted
from amdash.service.rules import Rules
from amdash.ui import reads, session
from amdash.ui.component import show
from amdash.ui.markup.lists import Text, heading, table
from amdash.ui.settings.saving import save, wanted_rules

SECTION = "hours"
_WAYS = {"always": N_("every hour, day and night"), "opening": N_("our opening hours")}
_USUAL = OpeningHours.from_dict({"week": {day: [["09:00", "12:00"], ["13:00", "18:00"]] for day in WEEKDAYS[:5]}})
_NOON = (dt.time(12), dt.time(13))
_NOWHERE = ""
_SPANS_WITH_LUNCH = 2


@st.fragment
def shown(_: Translator) -> None:
    """The section: the week, beside it the days that are none of its, and a ticket as these hours would count it."""
    present = reads.workspace().rules().opening
    week, beside = st.columns([52, 48], gap="large")
    with week:
        key = session.worded(f"hours_way_{session.form_key(SECTION)}")
        way = st.segmented_control(
            _("Which hours count while a customer waits"),
            list(_WAYS),
            default="opening" if present else "always",
            required=True,
            format_func=lambda one: _(_WAYS[one]),
            key=key,
        )
        texts = ["hours=always"]
        if way == "opening":
            texts.append(f"hours={_week(present or _USUAL, _)}")
    with beside:
        if way == "opening":
            texts += _days_off(present, _)
            st.space("small")
        wanted = wanted_rules(texts)
        if wanted is not None:
            show(counted(opening.weekend(wanted.opening, reads.workspace().now()), _), key="counted")
    with week:
        usual = _("standard: {usual}", usual=_(_WAYS["always"]))
        save(SECTION, texts, _, beside="" if way == "always" else usual)


def _week(present: OpeningHours, _: Translator) -> str:
    """The days with their hours, as they are typed; a week that is no such form is typed as a text."""
    form = session.form_key(SECTION)
    lunch = _lunch_of(present)
    if not _is_plain(present):
        return st.text_input(_("Opening hours"), value=settings.written(Rules(present))["hours"], key=f"hours_text_{form}")
    lines = {}
    for place, day in enumerate(WEEKDAYS):
        spans = present.week[place]
        title = formats.weekday(place, _.language)
        usual = spans or _USUAL.week[0]
        words = (_("{day} opens", day=title), _("{day} closes", day=title))
        lines[day] = _line(title, bool(spans), words, (usual[0][0], usual[-1][1]), f"{day}_{form}")
    rests, *noon = _line(_("Lunch, closed"), lunch is not None, (_("Lunch from"), _("Lunch to")), lunch or _NOON, f"lunch_{form}")
    return "; ".join(_day(day, begins, ends, (noon[0], noon[1]) if rests else None) for day, (works, begins, ends) in lines.items() if works)


def _line(title: str, held: bool, words: tuple[str, str], times: Span, key: str) -> tuple[bool, dt.time, dt.time]:
    """Whether it holds, and from when to when, on one line that also a phone has room for."""
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        holds = st.checkbox(title, value=held, key=f"works_{key}", width=120)
        first, last = (
            st.time_input(said, value=at, step=1800, key=f"{which}_{key}", label_visibility="collapsed", disabled=not holds, width=100)
            for said, at, which in zip(words, times, ("from", "to"), strict=True)
        )
    return holds, first, last


def _day(day: str, begins: dt.time, ends: dt.time, noon: Span | None) -> str:
    """'mon 09:00-12:00 13:00-18:00'; a lunch outside the hours of the day is none."""
    if noon and begins < noon[0] < noon[1] and (noon[1] < ends or ends == dt.time(0)):
        return f"{day} {begins:%H:%M}-{noon[0]:%H:%M} {noon[1]:%H:%M}-{_end(ends)}"
    return f"{day} {begins:%H:%M}-{_end(ends)}"


def _end(moment: dt.time) -> str:
    return "24:00" if moment == dt.time(0) else f"{moment:%H:%M}"


def _lunch_of(hours: OpeningHours) -> Span | None:
    """The lunch of the first day that has one."""
    return next(((spans[0][1], spans[1][0]) for spans in hours.week if len(spans) == _SPANS_WITH_LUNCH), None)


def _is_plain(hours: OpeningHours) -> bool:
    """Whether the form can say it: a day has one span or two, the lunch is the same on all, and every day that spans it has it."""
    lunch = _lunch_of(hours)
    if any(len(spans) > _SPANS_WITH_LUNCH or (len(spans) == _SPANS_WITH_LUNCH and (spans[0][1], spans[1][0]) != lunch) for spans in hours.week):
        return False
    whole = [spans[0] for spans in hours.week if len(spans) == 1]
    return lunch is None or not any(begins < lunch[0] and (ends > lunch[1] or ends <= begins) for begins, ends in whole)


def _days_off(present: OpeningHours | None, _: Translator) -> list[str]:
    """Country, part of it, closing days and extra days, as they are typed."""
    form = session.form_key(SECTION)
    left, right = st.columns(2, gap="small")
    known = [_NOWHERE, *sorted(opening.countries(), key=lambda code: (code != "CN", formats.country(code, _.language)))]
    now = (present.country if present else None) or _NOWHERE
    country = left.selectbox(
        _("Public holidays of"),
        known,
        index=known.index(now) if now in known else 0,
        format_func=lambda code: formats.country(code, _.language) if code else _("none"),
        key=session.worded(f"country_{form}"),
    )
    parts = opening.subdivisions(country) if country else []
    part = None
    if parts:
        choices = [_NOWHERE, *parts]
        held = (present.subdivision if present else None) or _NOWHERE
        part = right.selectbox(
            _("Region"),
            choices,
            index=choices.index(held) if held in choices else 0,
            format_func=lambda code: code or _("all of it"),
            key=session.worded(f"part_{country}_{form}"),
        )
    closing = _days("closing_days", _("Days closed besides"), present.closing_days if present else frozenset(), _)
    extra = _days("extra_days", _("Days worked besides"), present.extra_days if present else frozenset(), _)
    return [f"country={country or settings.NONE}", f"subdivision={part or settings.NONE}", closing, extra]


def _days(name: str, title: str, present: frozenset[dt.date], _: Translator) -> str:
    """Days that are typed or taken away one by one."""
    listed = [day.isoformat() for day in sorted(present)]
    chosen = st.multiselect(
        title,
        listed,
        default=listed,
        accept_new_options=True,
        placeholder=_("a day such as 2026-10-01, then Enter"),
        key=f"{name}_{session.form_key(SECTION)}",
    )
    return f"{name}={', '.join(sorted(chosen)) or settings.NONE}"


def counted(example: Counted, _: Translator) -> str:
    """A ticket from Friday evening to Monday morning, day by day; markup."""
    rows: list[list[Text | str]] = []
    for day, spans in example.days:
        times = _.comma.join(f"{first:%H:%M}–{_end(last.time())}" for first, last in spans)
        hours = sum((last - first) / dt.timedelta(hours=1) for first, last in spans)
        name = f"{formats.weekday(day.weekday(), _.language)} {formats.day(day, _.language)}"
        rows.append([name, times, formats.span(hours, _.language)] if spans else [name, Text(_("not open"), "dim"), ""])
    total = _("counts as {counted}", counted=formats.span(example.counted_hours, _.language))
    if example.counted_hours != example.elapsed_hours:
        total += _.clause + _("though {elapsed} went by", elapsed=formats.span(example.elapsed_hours, _.language))
    title = _("Opened Friday {begun}, answered Monday {done}", begun=f"{example.begun:%H:%M}", done=f"{example.done:%H:%M}")
    return heading(title, small=True) + table([_("Day"), _("Counted"), _("Time")], rows, short={0, 1, 2}, flow=True) + heading(total, small=True)
