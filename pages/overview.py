"""Overview: everybody's scorecard of a period on one screen."""

import streamlit as st

from amdash.ui import filters, frame, reads, session
from amdash.ui.component import show
from amdash.ui.markup.lists import story
from amdash.ui.markup.matrix import matrix
from amdash.ui.sentences import board_title, gap_badge, team_sentences

frame.begin()
frame.stop_without()
_ = session.words()
period = session.current_period(reads.months())
board = reads.board(period)
team = session.current_team([group.name for group in board.teams if group.name])

with st.container(horizontal=True, vertical_alignment="center", gap="small"):
    st.markdown(f"## {board_title(board, _)}", width="stretch")
    filters.pick_period()
    filters.pick_team([group.name for group in board.teams if group.name])
    frame.language_switch()
if board.gaps:
    st.markdown(gap_badge(board, _))

show(story(team_sentences(board, team, _)), key="story")


def open_manager(go: str) -> None:
    """A click on a cell or a name opens the manager."""
    manager, _sign, kpi = go.rpartition("|")
    session.choose(manager=manager, goto="pages/manager.py", **({"kpi": kpi} if kpi else {}))


show(matrix(board, _, team), key="matrix", on_go=open_manager)
