"""Trends: one KPI of all managers and teams over time, one of them large, and what happened."""

import streamlit as st

from amdash.service import scorecards
from amdash.ui import annotating, filters, frame, reads, session, trends
from amdash.ui.component import show
from amdash.ui.markup.lists import heading
from amdash.ui.markup.marks import shared_goal

frame.begin()
frame.stop_without()
_ = session.words()
board = reads.board(session.current_period(reads.months()))

with st.container(horizontal=True, vertical_alignment="center", gap="small"):
    st.markdown(f"## {_('Trends')}", width="stretch")
    chosen = filters.pick_kpi(board.measured())
    filters.pick_which()
    frame.language_switch()
kpi = next(kpi for kpi in scorecards.kpis() if kpi.id == chosen)
people, teams = trends.measured(kpi, "manager"), trends.measured(kpi, "team")
with st.container(horizontal=True, vertical_alignment="center", gap="small"):
    trends.pick_view(kpi)
    whom = trends.pick_whom(people, teams)
show(heading(_(kpi.name), f"{shared_goal(kpi, [*people, *teams], _)} · {_(kpi.formula)}"), key="what", measures=True)

if not people and not teams:
    st.markdown(f"**{_('Nothing was measured for this KPI.')}**")
    st.markdown(_("It needs rows in “{table}”. Upload that sheet, and the trend appears here.", table=filters.table_title(kpi.rows)))
    st.page_link("pages/upload.py", label=_("Upload my sheet"), icon=":material/upload:")
    st.stop()
large = trends.enlarged(kpi, whom, people, teams)
if large is None:
    trends.side_by_side(people, kpi)
left, right = st.columns([68, 32], gap="large")
with left:
    if large is None:
        trends.together(teams, kpi)
    else:
        trends.large(large, kpi)
with right:
    annotating.happened(kpi, whom)
session.show_said()
