"""Improvement plans: what was agreed, how it goes, what came of it, and the weak figures that have none."""

import streamlit as st

from amdash.ui import frame, plans, reads, session
from amdash.ui.details import manager_names

frame.begin()
frame.stop_without()
_ = session.words()
found = reads.plans()

with st.container(horizontal=True, vertical_alignment="center", gap="small"):
    st.markdown(f"## {_('Plans')}", width="stretch")
    whose, state = plans.pick(manager_names())
    frame.language_switch()
if plans.before_list(found):
    beside, listed = st.container(), st.container()
else:
    listed, beside = st.columns([62, 38], gap="large")
with listed:
    plans.listing(found, whose, state)
with beside:
    plans.panel(found)
session.show_said()
