"""Trends: one KPI of all managers and teams over time."""

import streamlit as st

from amdash.ui import figures, filters, frame, reads, session
from amdash.ui.markup.marks import goal

frame.begin()
frame.stop_when_empty()
_ = session.words()
period = session.current_period(reads.months())
board = reads.board(period)

with st.container(horizontal=True, vertical_alignment="center", gap="small"):
    st.markdown(f"## {_('Trends')}", width="stretch")
    chosen = filters.pick_kpi("csat")
    filters.pick_period()
    frame.language_switch()
kpi = next(kpi for kpi in board.kpis if kpi.id == chosen)
people = reads.trends(chosen, period, "manager", 24 if session.every() == "month" else 12)
teams = reads.trends(chosen, period, "team", 24 if session.every() == "month" else 12)
st.markdown(f"**{_(kpi.name)}** :gray[· {goal(kpi, _)} · {_(kpi.formula)}]")

measured_people = [one for one in people if any(point.value is not None for point in one.points)]
measured_teams = [one for one in teams if any(point.value is not None for point in one.points)]
if not measured_people and not measured_teams:
    st.markdown(f"**{_('Nothing was measured for this KPI.')}**")
    st.markdown(_("It needs rows in “{table}”. Upload that sheet, and the trend appears here.", table=filters.table_title(kpi.rows)))
    st.page_link("pages/upload.py", label=_("Upload my sheet"), icon=":material/upload:")
if measured_people:
    figures.small_multiples(measured_people, kpi, key="people")
if measured_teams:
    st.markdown(f"### {_('Teams')}")
    figures.lines(measured_teams, kpi, 0.36, key="teams")
