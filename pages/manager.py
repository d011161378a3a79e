"""One account manager: scorecard, trend of a KPI, the rows behind it, plans, feedback, PDF."""

from functools import partial

import streamlit as st

from amdash.service import exports
from amdash.ui import figures, filters, frame, improvement_reads, person, reads, session, views
from amdash.ui.component import show
from amdash.ui.markup.card import card, standing
from amdash.ui.markup.lists import story
from amdash.ui.markup.markdown import literal
from amdash.ui.sentences import person_sentences, progress_sentence

frame.begin()
frame.stop_without()
_ = session.words()
period = session.current_period(reads.months())
board = reads.board(period)
names = [name for group in board.teams for name in group.managers]
manager = session.current_manager(names)
team = next(group.name for group in board.teams if manager in group.managers)

with st.container(horizontal=True, vertical_alignment="center", gap="small"):
    with st.container(key="who", width=190):
        filters.pick_manager(names)
    st.markdown(f"**{literal(team)}**" if team else "", width="stretch")
    filters.pick_period()
    pdf = partial(reads.report, manager, period, session.language())
    name = exports.file_name(manager, period, session.language())
    st.download_button("PDF", pdf, file_name=name, mime="application/pdf", icon=":material/download:", on_click="ignore", key="pdf")
    frame.language_switch()
show(story(person_sentences(board, manager, _)), key="story")


@st.fragment
def figures_of(manager: str, period: str) -> None:
    """The card and the chart of the chosen KPI: another choice reruns this alone."""
    on_phone = views.is_phone()
    mine = person.readings(manager, period)
    chosen = session.current_kpi([kpi.id for kpi, reading in mine if reading.value is not None])
    place = next((place for place, (kpi, _reading) in enumerate(mine) if kpi.id == chosen), 0)
    kpi, reading = mine[place]
    shown = reading.since(reading.begins())
    session.start_part()
    # On a phone the chart stands below its own row, and the other rows below the chart.
    left, right, below = (st.container() for _part in range(3)) if on_phone else (*st.columns([47, 53], gap="medium"), None)
    first = mine[: place + 1] if on_phone else mine
    with left:
        change = progress_sentence(improvement_reads.progress(period).get(manager), _)
        markup = standing(board.scores.get(manager), change, _) + card(first, chosen, _)
        show(markup, key="card", measures=True, on_go=person.choose)
    with right:
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            st.markdown(f"### {_(kpi.name)}", width="stretch")
            rows_shown = person.rows_button()
            person.plan_button(kpi, reading, key="manager_plan")
            person.feedback_button(manager, key="manager_feedback")
        st.markdown(f":small[:gray[{literal(person.about(kpi, shown, _))}]]")
        figures.control(shown, kpi, 0.29, key="chart")
        if rows_shown:
            person.rows_behind(kpi, manager, period)
    with below or right:
        if len(first) < len(mine):
            show(card(mine[place + 1 :], chosen, _), key="card_rest", on_go=person.choose)
        if on_phone or not rows_shown:
            show(person.foot(mine, manager, period, _), key="foot", on_go=person.follow)
    views.settle(on_phone)


figures_of(manager, period)
