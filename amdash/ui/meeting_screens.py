"""The screens of a meeting with figures, and the one with what was decided last time."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from amdash.errors import AmdashError
from amdash.i18n import formats
from amdash.i18n.messages import error_text
from amdash.insight.narrative import Story
from amdash.insight.reading import Reading
from amdash.metrics.spec import Kpi
from amdash.report.document import telling
from amdash.service import meetings
from amdash.service.boards import Board
from amdash.service.meetings import Meeting
from amdash.store.meetings import ItemRow
from amdash.ui import figures, hidden_names, meeting_panel, reads, session
from amdash.ui.component import show
from amdash.ui.markup.lists import heading
from amdash.ui.markup.markdown import literal
from amdash.ui.markup.marks import aim
from amdash.ui.markup.matrix import columns
from amdash.ui.markup.meeting import large_story, tiles
from amdash.ui.meeting_words import is_shown, left_out, standing, who
from amdash.ui.sentences import person_sentences, team_sentences

_EIGHT = 8
# What stands above the chart, in rem: heading, sentences, two rows of tiles, the name of the chart.
_ABOVE_CHART = 30.4
_COLOURS = {"attention": "orange", "done": "blue", "plain": "gray"}


@st.fragment
def last_time(meeting_id: int) -> None:
    """What was decided before this meeting, to be ticked."""
    _ = session.words()
    items = meetings.agreed_before(reads.workspace(), meeting_id)
    today = reads.workspace().now().date()
    if not items:
        said = _("What is decided today stands here the next time, with who sees to it and by when.")
        show(large_story(((_("Nothing is left from earlier meetings."), said),), stacked=True), key="meeting_story")
        return
    hidden = session.names_hidden()
    late = sum(meetings.state(item, today)[0] == "overdue" for item in items)
    done = sum(item.done_on is not None for item in items)
    show(large_story(((_("Now"), _counted(len(items), done, late)),), stacked=True), key="meeting_story")
    with st.container(key="agreed_before", gap=None):
        before = None
        for place, item in enumerate(items):
            if is_shown(item, hidden=hidden):
                _row(item, "" if item.manager == before else item.manager or _("Everybody"), f"tick_{meeting_id}_{place}")
                before = item.manager
    if unseen := left_out(items, _, hidden=hidden):
        show(large_story(unseen, stacked=True), key="left_out")
    sitting = session.sitting()
    if sitting and sitting.wrong:
        st.error(literal(sitting.wrong), icon=":material/error:")


def _counted(all_of_them: int, done: int, late: int) -> str:
    _ = session.words()
    words = _.plural("{done} of {n} decision done", "{done} of {n} decisions done", all_of_them, done=done)
    return words + (_.clause + _.plural("{n} overdue", "{n} overdue", late) if late else "") + ("。" if _.language == "zh" else ".")


def _row(item: ItemRow, name: str, key: str) -> None:
    """A decision with its box, who, by when, and how it stands. ``key``: of its place, for a tick gives the decision another number."""
    _ = session.words()
    # What is stored counts, whoever has ticked it.
    st.session_state[key] = item.done_on is not None
    hidden = session.names_hidden()

    def ticked() -> None:
        wrong = ""
        try:
            meetings.tick(reads.workspace(), item.item_id, bool(st.session_state[key]), actor=session.actor())
        except AmdashError as error:
            wrong = error_text(_, error)
        sitting = session.sitting()
        if sitting:
            session.choose(sitting=replace(sitting, wrong=wrong))

    words, tone = standing(item, reads.workspace().now().date(), _)
    whose, what, how = st.columns([14, 54, 32], vertical_alignment="center")
    whose.markdown(f"**{literal(name)}**" if name else "")
    what.checkbox(literal(hidden_names.shown_to(item.manager, alone=hidden)(item.text)), key=key, on_change=ticked)
    about = [who(item, _, alone=hidden), formats.day(item.due_on, _.language) if item.due_on else ""]
    said = " · ".join(literal(part) for part in about if part)
    how.markdown(f"{said} :{_COLOURS[tone]}[**{words}**]" if tone != "plain" else f"{said} :gray[{words}]")


def figures_of(meeting: Meeting, board: Board, manager: str) -> None:
    """The team's figures, or one manager's: sentences, tiles, a chart; at the right what is decided."""
    _ = session.words()
    if manager:
        story, readings = person_sentences(board, manager, _), [(kpi, board.readings[kpi.id, manager]) for kpi in columns(board)]
    else:
        story, readings = (
            team_sentences(board, None, _, nameless=session.names_hidden()),
            [(kpi, board.team_readings[kpi.id, ""]) for kpi in columns(board)],
        )
    readings = readings[:_EIGHT]
    chosen = _chosen(readings)
    left, right = st.columns([70, 30], gap="large")
    with left:
        show(large_story(story[:2]), key="meeting_story")
        show(tiles(readings, chosen.id, _), key="tiles", measures=True, on_go=_choose)
        _chart(board, next(reading for kpi, reading in readings if kpi == chosen), chosen, manager)
    with right:
        meeting_panel.panel(meeting.row.meeting_id, board, manager, chosen.id, _to_decide(story))


def _to_decide(story: Story) -> tuple[str, str]:
    return story[-1]


def _chosen(readings: list[tuple[Kpi, Reading]]) -> Kpi:
    """The tile that was clicked; until one was, what is most worth talking about."""
    sitting = session.sitting()
    wanted = sitting.kpi if sitting else ""
    first = telling(readings) or readings
    return next((kpi for kpi, _reading in readings if kpi.id == wanted), first[0][0])


def _choose(kpi: str) -> None:
    sitting = session.sitting()
    if sitting:
        session.choose(sitting=replace(sitting, kpi=kpi))


def _chart(board: Board, reading: Reading, kpi: Kpi, manager: str) -> None:
    """The chart of the chosen tile; beside the team's name what each team has."""
    _ = session.words()
    shown = reading.since(reading.begins())
    about = [_("last {n} periods", n=len(shown.points)), aim(kpi, reading.target, _)]
    about += [_("the grey band is ordinary variation")] if reading.limits else []
    if not manager:
        teams = [group.name for group in board.teams if group.name]
        about = [f"{name} {formats.written(board.team_readings[kpi.id, name].value, kpi.unit, _.language)}" for name in teams] + about
    show(heading(_(kpi.name), " · ".join(about)), key="chart_name")
    room = session.room()
    share = max(0.0, 1 - _ABOVE_CHART * room.rem / room.height)
    told = hidden_names.shown_to(manager, alone=session.names_hidden())
    figures.control(shown, kpi, share, key="meeting_chart", wide=0.6, told=told)
