"""Drivers: what goes with customer satisfaction, how it is rated, and what to do about it."""

import streamlit as st

from amdash.ui import analyses, drivers, figures, frame, reads, session
from amdash.ui.component import show
from amdash.ui.markup.lists import heading

frame.begin()
frame.stop_without(people=False)
_ = session.words()
names = list(reads.managers())

with st.container(horizontal=True, vertical_alignment="center", gap="small"):
    st.markdown(f"## {_('Drivers')}", width="stretch")
    manager = drivers.pick_whose(names)
    start, end = drivers.pick_span()
    frame.language_switch()

found = analyses.drivers(start, end, manager)
show(heading(drivers.headline(found, _), drivers.basis_words(found, start, end, _)), key="what", measures=True)
if found.refused:
    drivers.refusal(found, manager)
    st.stop()

chart, what = st.columns([60, 40], gap="medium")
with chart:
    figures.importance(found, 0.62, key="chart", words=drivers.spoken(found, _))
    words = _("Going together is no proof of cause: try it with a plan, and see whether satisfaction follows. Whiskers: 95 % intervals.")
    st.markdown(f":gray[:small[{words}]]")
with what:
    drivers.what_to_do(found)
