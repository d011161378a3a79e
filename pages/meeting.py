"""Meeting."""

import streamlit as st

from amdash.ui import frame, session

frame.begin()
frame.stop_without()
_ = session.words()
with st.container(horizontal=True, vertical_alignment="center", gap="small"):
    st.markdown(f"## {_('Meeting')}", width="stretch")
    frame.language_switch()
