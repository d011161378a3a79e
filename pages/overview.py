"""Overview: everybody's scorecard of a period on one screen."""

import streamlit as st

from amdash.service import tabulated
from amdash.ui import filters, frame, improvement_reads, reads, session, tables, tour
from amdash.ui.component import show
from amdash.ui.markup.lists import story
from amdash.ui.markup.matrix import columns
from amdash.ui.overview import scorecard
from amdash.ui.sentences import board_title, gap_badge, team_sentences

frame.begin()
frame.stop_without()
_ = session.words()
period = session.current_period(reads.months())
board = reads.board(period)
team = session.current_team([group.name for group in board.teams if group.name])

tour.strip()
with st.container(horizontal=True, vertical_alignment="center", gap="small"):
    st.markdown(f"## {board_title(board, _)}", width="stretch")
    filters.pick_period()
    filters.pick_team([group.name for group in board.teams if group.name])
    tables.downloads(
        board_title(board, _),
        *tabulated.scorecard(board, columns(board), team, _, [improvement_reads.improved(period)]),
        key="scorecard",
        beside=True,
    )
    frame.language_switch()
if board.gaps:
    with st.container(key="gap"):
        st.markdown(gap_badge(board, _))

show(story(team_sentences(board, team, _)), key="story")
scorecard(board, team)
