"""Settings: who the business is and by which rules it counts, one section at a time, each with its standard and a way back."""

import streamlit as st

from amdash.ui import frame, session
from amdash.ui.settings import sections

frame.begin()
_ = session.words()

with st.container(horizontal=True, vertical_alignment="center", gap="small"):
    st.markdown(f"## {_('Settings')}", width="stretch")
    chosen = sections.choose(_)
    frame.language_switch()
sections.show(chosen, _)
session.show_said()
