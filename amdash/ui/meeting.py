"""Meeting mode: which screens there are, how one moves between them, and what stands above each."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

import streamlit as st

from amdash.i18n import formats
from amdash.service import meetings
from amdash.service.boards import Board
from amdash.service.meetings import Meeting
from amdash.ui import meeting_end, meeting_screens, reads, session
from amdash.ui.clock import clock
from amdash.ui.component import show
from amdash.ui.markup.meeting import meeting_style, title


@dataclass(frozen=True)
class Screen:
    """One screen of a meeting; ``manager``: of whom, ``team``: theirs."""

    kind: Literal["last", "team", "manager", "end"]
    manager: str = ""
    team: str = ""


def screens(board: Board) -> list[Screen]:
    """Last time's decisions, the team, everybody one by one in the order of the board, the end."""
    people = [Screen("manager", name, group.name) for group in board.teams for name in group.managers]
    return [Screen("last"), Screen("team"), *people, Screen("end")]


def hold() -> None:
    """The screen of the running meeting on which the visitor is."""
    sitting = session.sitting()
    meeting = next((one for one in reads.meetings() if sitting and one.row.meeting_id == sitting.meeting_id), None)
    if sitting is None or meeting is None:
        _leave()
        st.rerun()
    st.html(meeting_style(names_hidden=session.names_hidden()))
    board = reads.meeting_board(meeting.row.period)
    found = screens(board)
    place = min(sitting.place, len(found) - 1)
    screen = found[place]
    _head(meeting, found, place)
    if screen.kind == "last":
        meeting_screens.last_time(meeting.row.meeting_id)
    elif screen.kind == "end":
        meeting_end.close(meeting, [one.manager for one in found if one.kind == "manager"])
    else:
        meeting_screens.figures_of(meeting, board, screen.manager)


def _head(meeting: Meeting, found: list[Screen], place: int) -> None:
    _ = session.words()
    screen, row = found[place], meeting.row
    elapsed = ((row.ended_at or reads.workspace().now()) - row.started_at).total_seconds()
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="meeting_head"):
        # Before the title, which stands at its left: whoever sees a screen may press a key.
        clock(row.meeting_id, elapsed, place, len(found) - 1, screen.manager, over=row.ended_at is not None, on_go=lambda go: _pressed(go, found))
        show(title(*_titled(meeting, found, place)), key="meeting_title")
        st.button(_("Back"), icon=":material/arrow_back:", disabled=place == 0, on_click=_move, args=(place - 1, found), key="meeting_back")
        last = place == len(found) - 1
        st.button(
            _("Next"),
            icon=":material/arrow_forward:",
            icon_position="right",
            type="secondary" if last else "primary",
            disabled=last,
            on_click=_move,
            args=(place + 1, found),
            key="meeting_next",
        )
        _names_button()
        st.button(f"{_('Leave')} :gray[Esc]", icon=":material/close:", on_click=_leave, key="meeting_leave")


def _names_button() -> None:
    """Says whether names are hidden, and changes it."""
    _ = session.words()
    hidden = session.names_hidden()
    words = (
        _("Show all names again. Key: H")
        if hidden
        else _("Name nobody but the person whose figures are shown; minutes and PDFs to take home stay complete. Key: H")
    )
    name = _("Names hidden") if hidden else _("Hide names")
    st.button(name, icon=":material/visibility_off:", help=words, on_click=session.hide_names, args=(not hidden,), key="meeting_names")


def _titled(meeting: Meeting, found: list[Screen], place: int) -> tuple[str, str]:
    """What the screen is called, and what stands beside it."""
    _ = session.words()
    screen, period = found[place], formats.month(meeting.row.period, _.language)
    if screen.kind == "manager":
        people = [one for one in found if one.kind == "manager"]
        place_words = _("number {n} of {all}", n=people.index(screen) + 1, all=len(people))
        return screen.manager, " · ".join(part for part in (screen.team, period, place_words) if part)
    names = {"last": _("Decided last time"), "team": _("The team"), "end": _("Decided today")}
    return names[screen.kind], _("Meeting on {period}", period=period)


def _pressed(go: str, found: list[Screen]) -> None:
    if go == "leave":
        _leave()
    elif go == "names":
        session.hide_names(not session.names_hidden())
    else:
        _move(int(go.removeprefix("to|")), found)


def _move(place: int, found: list[Screen]) -> None:
    sitting = session.sitting()
    if sitting is None or not 0 <= place < len(found):
        return
    session.choose(sitting=replace(sitting, place=place, kpi="", editing=None, taken=None, saved=False, wrong=""))
    # In the address too, so that a page that is loaded anew offers to go on with the same person.
    session.choose(manager=found[place].manager or None)


def _leave() -> None:
    sitting = session.sitting()
    if sitting and meetings.running(reads.workspace()) is None:
        # The wish was that meeting's.
        session.hide_names(False)
    session.choose(sitting=None)
