"""One account manager: scorecard, trend of a KPI, the rows behind it, feedback, PDF."""

from functools import partial

import streamlit as st

from amdash.service import exports
from amdash.ui import figures, filters, frame, reads, session
from amdash.ui.component import show
from amdash.ui.details import feedback_list, rows_table, strengths
from amdash.ui.markup.card import card
from amdash.ui.markup.lists import side_by_side, story
from amdash.ui.markup.markdown import literal
from amdash.ui.markup.marks import goal
from amdash.ui.sentences import person_sentences

frame.begin()
frame.stop_without()
_ = session.words()
period = session.current_period(reads.months())
board = reads.board(period)
names = [name for group in board.teams for name in group.managers]
manager = session.current_manager(names)
team = next(group.name for group in board.teams if manager in group.managers)
mine = [(kpi, board.readings[kpi.id, manager]) for kpi in board.kpis if kpi.category != "people"]
chosen = session.current_kpi([kpi.id for kpi, reading in mine if reading.value is not None])

with st.container(horizontal=True, vertical_alignment="center", gap="small"):
    with st.container(key="who", width=190):
        filters.pick_manager(names)
    st.markdown(f"**{literal(team)}**" if team else "", width="stretch")
    filters.pick_period()
    pdf = partial(reads.report, manager, period, session.language())
    name = exports.file_name(manager, period)
    st.download_button("PDF", pdf, file_name=name, mime="application/pdf", icon=":material/download:", on_click="ignore", key="pdf")
    frame.language_switch()
show(story(person_sentences(board, manager, _)), key="story")

left, right = st.columns([47, 53], gap="medium")
with left:
    show(card(mine, chosen, _), key="card", measures=True, on_go=lambda go: session.choose(kpi=go.rpartition("|")[2]))
kpi, reading = next((pair for pair in mine if pair[0].id == chosen), mine[0])
shown = reading.since(reading.begins())
with right:
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(f"### {_(kpi.name)}", width="content")
        about = [
            _("last {n} periods", n=len(shown.points)),
            goal(kpi.aimed(reading.target), _),
            *([_("the grey band is ordinary variation")] if reading.limits else []),
        ]
        st.markdown(f":gray[{' · '.join(about)}]", width="stretch")
    figures.control(shown, kpi, 0.34, key="chart")
    behind = st.expander(_("Formula, source, and the rows behind the number"), icon=":material/table_rows:", key="behind", on_change="rerun")
    if behind.open:
        with behind:
            st.markdown(f"{_(kpi.formula)}  \n:gray[{_(kpi.source)}]")
            rows_table(kpi.id, manager, period)
    show(side_by_side([strengths(mine, _), feedback_list(manager, period, _)]), key="foot")
