"""The last screen of a meeting: everything decided, the end, and what everybody takes home."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

import streamlit as st

from amdash.i18n import formats
from amdash.insight.narrative import Story
from amdash.service import meetings, minutes
from amdash.service.meetings import Meeting
from amdash.store.meetings import ItemRow
from amdash.ui import entry_exports, everybody, frame, hidden_names, reads, session, tables
from amdash.ui.component import show
from amdash.ui.markup.markdown import literal
from amdash.ui.markup.meeting import large_story, minutes_table
from amdash.ui.meeting_words import counted, is_shown, left_out, who


def close(meeting: Meeting, managers: Sequence[str]) -> None:
    """Everything decided at the left; at the right the end, the minutes and everybody's PDFs."""
    _ = session.words()
    left, right = st.columns([70, 30], gap="large")
    with left:
        if meeting.decisions:
            hidden = session.names_hidden()
            if any(is_shown(item, hidden=hidden) for item in meeting.decisions):
                show(_decided(meeting, managers, hidden=hidden), key="decided")
            if unseen := left_out(meeting.decisions, _, hidden=hidden):
                show(large_story(unseen, stacked=True), key="left_out")
            title = f"{_('Decided')} · {formats.month(meeting.row.period, _.language)}"
            tables.downloads(title, *entry_exports.decisions(_in_order(meeting, managers), _), key="decided")
        else:
            said = _("Go back to the screen of the team or of one person, and write it down at the right.")
            show(large_story(((_("Nothing was decided."), said),), stacked=True), key="nothing")
    with right:
        if meeting.decisions:
            show(large_story(_sums(meeting, managers), stacked=True), key="meeting_story")
        _ending(meeting)
        _take_home(meeting)


def _decided(meeting: Meeting, managers: Sequence[str], *, hidden: bool) -> str:
    """The decisions by manager, those of everybody first, and with names ``hidden`` those alone; markup."""
    _ = session.words()
    items = [item for item in _in_order(meeting, managers) if is_shown(item, hidden=hidden)]
    shown = hidden_names.shown_to("", alone=hidden)
    head = [_("Account manager"), _("Decided"), _("Who does it"), _("By when")]
    rows = [
        [
            item.manager or _("Everybody"),
            f"{shown(item.text)} · {_('as a plan')}" if item.plan_id else shown(item.text),
            who(item, _, alone=hidden),
            formats.day(item.due_on, _.language) if item.due_on else _("no date set"),
        ]
        for item in items
    ]
    return minutes_table(head, rows)


def _in_order(meeting: Meeting, managers: Sequence[str]) -> list[ItemRow]:
    order = ["", *managers]
    return sorted(meeting.decisions, key=lambda item: order.index(item.manager) if item.manager in order else len(order))


def _sums(meeting: Meeting, managers: Sequence[str]) -> Story:
    """How much was decided, and on whom nothing was."""
    _ = session.words()
    found: Story = ((_("Together"), counted(meeting.decisions, _)),)
    without = meetings.without_decision(meeting, managers)
    if without:
        people = _.plural("{n} person", "{n} people", len(without))
        found += ((_("Nothing on"), people if session.names_hidden() else _.comma.join(without)),)
    return found


def _ending(meeting: Meeting) -> None:
    _ = session.words()
    row = meeting.row
    if row.ended_at is None:
        if st.button(_("End the meeting"), type="primary", icon=":material/check:", width="stretch", key="end_meeting"):
            with frame.errors_shown():
                meetings.end(reads.workspace(), row.meeting_id, actor=session.actor())
                st.rerun()
        return
    minutes_long = round((row.ended_at - row.started_at).total_seconds() / 60)
    words = _.plural("Over since {time}, after {n} minute.", "Over since {time}, after {n} minutes.", minutes_long, time=f"{row.ended_at:%H:%M}")
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(literal(words), width="stretch")
        undone = st.button(_("Go on with it"), type="tertiary", icon=":material/undo:", key="hold_on")
    if undone:
        with frame.errors_shown():
            meetings.hold_on(reads.workspace(), row.meeting_id, actor=session.actor())
            st.rerun()


def _take_home(meeting: Meeting) -> None:
    """Minutes, and everybody's PDFs."""
    _ = session.words()
    language, period = session.language(), meeting.row.period
    st.download_button(
        _("Minutes (PDF)"),
        partial(reads.minutes, meeting.row.meeting_id, language),
        file_name=minutes.file_name(meeting.row, language),
        mime="application/pdf",
        icon=":material/download:",
        on_click="ignore",
        width="stretch",
        key="minutes",
    )
    people = len(reads.managers())
    everybody.pdfs(_("Everybody's PDFs (ZIP)"), period, language, people, width="stretch")
    if everybody.is_at_once(people):
        st.markdown(f":gray[{_('The PDFs are made when you press: a few seconds for everybody.')}]")
