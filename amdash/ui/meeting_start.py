"""Before a meeting: what it will go through, going on with one, and the minutes of those that were held."""

from __future__ import annotations

from functools import partial

import streamlit as st

from amdash.i18n import formats
from amdash.service import meetings, minutes
from amdash.service.meetings import Meeting
from amdash.ui import filters, frame, reads, session
from amdash.ui.component import show
from amdash.ui.markup.lists import table
from amdash.ui.markup.markdown import literal
from amdash.ui.markup.meeting import key_list
from amdash.ui.meeting import screens
from amdash.ui.meeting_words import began, counted
from amdash.ui.sitting import Sitting

_LISTED = 8


def begin() -> None:
    """The page before a meeting."""
    _ = session.words()
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.markdown(f"## {_('Meeting')}", width="stretch")
        filters.pick_period()
        frame.language_switch()
    held = reads.meetings()
    running = next((one for one in held if one.row.ended_at is None), None)
    left, right = st.columns([60, 40], gap="large")
    with left:
        if running is None:
            _start(session.current_period(reads.months()))
        else:
            _go_on(running)
    with right:
        _keys()
    _held([one for one in held if one.row.ended_at is not None])
    session.show_said()


def _start(period: str) -> None:
    """What is to come, and the button."""
    _ = session.words()
    ws = reads.workspace()
    people = len(reads.managers())
    before = meetings.agreed_before(ws)
    late = sum(meetings.state(item, ws.now().date())[0] == "overdue" for item in before)
    last = _.plural("{n} decision", "{n} decisions", len(before)) if before else _("none yet")
    rows = [
        [_("Decided last time"), last + (_.clause + _.plural("{n} overdue", "{n} overdue", late) if late else "")],
        [_("The team"), _("the figures of {period}", period=formats.month(period, _.language))],
        [_("Account manager"), _.plural("{n} person, one screen", "{n} people, one screen each", people)],
        [_("The end"), _("everything decided, the minutes, everybody's PDF")],
    ]
    show(table([_("In this order"), ""], rows, short={0}), key="order")
    _names()
    if st.button(_("Start the meeting"), type="primary", icon=":material/play_arrow:", key="start_meeting"):
        with frame.errors_shown():
            meeting_id, _revision = meetings.begin(ws, period, actor=session.actor())
            session.choose(sitting=Sitting(meeting_id))
            st.rerun()


def _go_on(running: Meeting) -> None:
    """The meeting that was begun: go on with it, or end it."""
    _ = session.words()
    row = running.row
    words = _("A meeting on {period} is being held, since {began}.", period=formats.month(row.period, _.language), began=began(row.started_at, _))
    st.markdown(f"**{literal(words)}**")
    st.markdown(_("Written down so far: {decisions}.", decisions=counted(running.decisions, _)))
    _names()
    with st.container(horizontal=True, gap="small"):
        go_on = st.button(_("Go on with the meeting"), type="primary", icon=":material/play_arrow:", key="go_on")
        over = st.button(_("End it"), key="end_it")
    found = screens(reads.meeting_board(row.period)) if go_on or over else []
    if go_on:
        # A page that was loaded anew has the person in its address.
        person = session.current_manager(["", *(one.manager for one in found if one.manager)])
        place = next((place for place, one in enumerate(found) if person and one.manager == person), 0)
        session.choose(sitting=Sitting(row.meeting_id, place=place))
        st.rerun()
    if over:
        session.choose(sitting=Sitting(row.meeting_id, place=len(found) - 1))
        with frame.errors_shown():
            meetings.end(reads.workspace(), row.meeting_id, actor=session.actor())
            st.rerun()


def _names() -> None:
    _ = session.words()
    key = "names_hidden"
    session.seed(key, session.names_hidden())
    words = _("Nobody is named but the person whose figures are shown. In the meeting the key H changes it.")
    st.toggle(_("Hide names"), key=key, on_change=lambda: session.hide_names(st.session_state[key]), help=words)


def _keys() -> None:
    """The keys; a clicker sends the same."""
    _ = session.words()
    keys = [
        (["→", "PageDown"], _("the next screen; a clicker works too")),
        (["←", "PageUp"], _("the screen before")),
        (["Ctrl", "Enter"], _("write down what was typed")),
        (["F"], _("the whole screen")),
        (["H"], _("hide names, or show them again")),
        (["Esc"], _("out of a field, then out of the meeting; nothing is lost")),
    ]
    show(key_list(keys), key="keys")


def _held(ended: list[Meeting]) -> None:
    """The meetings that were held, each with its minutes."""
    _ = session.words()
    if not ended:
        return
    st.markdown(f"### {_('Meetings held')}")
    for one in ended[:_LISTED]:
        words = [began(one.row.started_at, _), formats.month(one.row.period, _.language), counted(one.decisions, _)]
        with st.container(horizontal=True, vertical_alignment="center", gap="small", width=720):
            st.markdown(literal(" · ".join(words)), width="stretch")
            st.download_button(
                _("Minutes (PDF)"),
                partial(reads.minutes, one.row.meeting_id, session.language()),
                file_name=minutes.file_name(one.row, session.language()),
                mime="application/pdf",
                type="tertiary",
                icon=":material/download:",
                on_click="ignore",
                key=f"minutes_{one.row.meeting_id}",
            )
