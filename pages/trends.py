"""Trends: one KPI of all managers and teams over time."""

import streamlit as st

from amdash.service import scorecards
from amdash.ui import figures, filters, frame, reads, session
from amdash.ui.component import show
from amdash.ui.markup.lists import heading
from amdash.ui.markup.marks import shared_goal

frame.begin()
frame.stop_without()
_ = session.words()
period = session.current_period(reads.months())
board = reads.board(period)

with st.container(horizontal=True, vertical_alignment="center", gap="small"):
    st.markdown(f"## {_('Trends')}", width="stretch")
    chosen = filters.pick_kpi(board.measured())
    filters.pick_period()
    frame.language_switch()
kpi = next(kpi for kpi in scorecards.kpis() if kpi.id == chosen)
window = 24 if board.every == "month" else 12
people = reads.measured_trends(chosen, period, "manager", window)
teams = reads.measured_trends(chosen, period, "team", window)
show(heading(_(kpi.name), f"{shared_goal(kpi, [*people, *teams], _)} · {_(kpi.formula)}"), key="what", measures=True)

if not people and not teams:
    st.markdown(f"**{_('Nothing was measured for this KPI.')}**")
    st.markdown(_("It needs rows in “{table}”. Upload that sheet, and the trend appears here.", table=filters.table_title(kpi.rows)))
    st.page_link("pages/upload.py", label=_("Upload my sheet"), icon=":material/upload:")
if people:
    figures.small_multiples(people, kpi, 0.2, key="people")
if teams:
    show(heading(_("Teams")), key="teams_title")
    figures.lines(teams, kpi, 0.3, key="teams")
