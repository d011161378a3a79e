"""Compare: one KPI of everybody in one period, and whether anybody stands apart beyond what chance does."""

import streamlit as st

from amdash.errors import AmdashError
from amdash.i18n.messages import error_text
from amdash.service import scorecards
from amdash.ui import analyses, compare, figures, filters, frame, reads, session
from amdash.ui.component import show
from amdash.ui.markup.lists import heading
from amdash.ui.markup.markdown import literal
from amdash.ui.markup.marks import shared_goal

frame.begin()
frame.stop_without()
_ = session.words()
period = session.current_period(reads.months())
measured = reads.board(period).measured()

with st.container(horizontal=True, vertical_alignment="center", gap="small"):
    st.markdown(f"## {_('Compare')}", width="stretch")
    chosen = filters.pick_kpi(measured)
    filters.pick_period()
    frame.language_switch()
kpi = next(kpi for kpi in scorecards.kpis() if kpi.id == chosen)

try:
    found = analyses.comparison(chosen, period)
except AmdashError as error:
    show(heading(_(kpi.name), _(kpi.formula)), key="what", measures=True)
    st.markdown(f"**{literal(error_text(_, error))}**")
    compare.offers(kpi, measured)
    st.stop()

said = compare.headline(found, kpi, _)
standing = analyses.standing(chosen, period)
about = [_(kpi.name), shared_goal(kpi, standing, _), _(kpi.formula)]
show(heading(said or about[0], " · ".join(about if said else about[1:])), key="what", measures=True)
if not said:
    compare.nothing(kpi, period)
    compare.offers(kpi, measured)
    st.stop()

chart, ranks = st.columns([60, 40], gap="medium")
with chart:
    if compare.counted(kpi):
        order = {row.subject: place for place, row in enumerate(found.rows)}
        figures.ordered(sorted(standing, key=lambda reading: order[reading.subject]), kpi, 0.62, key="chart", on_pick=compare.opens(kpi))
    else:
        told = compare.spoken(found, kpi, _)
        figures.funnel(found, kpi, compare.common_target(standing), 0.62, key="chart", words=told, on_pick=compare.opens(kpi))
        words = _("By chance alone, 499 of 500 land inside the light band and 19 of 20 inside the dark one. The fewer the cases, the wider it is.")
        st.markdown(f":gray[:small[{words}]]")
    compare.next_question(found, kpi, period)
with ranks:
    compare.rank_list(found, kpi, standing)
