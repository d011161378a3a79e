"""The dictionary: every KPI in plain words with an example from the newest month, and every mark and word explained."""

import streamlit as st

from amdash.ui import dictionary, frame, reads, session
from amdash.ui.terms import terms

frame.begin()
_ = session.words()
known = terms(reads.workspace().rules(), _)

with st.container(horizontal=True, vertical_alignment="center", gap="small"):
    st.markdown(f"## {_('KPI dictionary')}", width="stretch")
    text = st.text_input(
        _("Search"), key="dictionary_text", placeholder=_("A KPI or a word"), icon=":material/search:", label_visibility="collapsed", width=220
    )
    frame.language_switch()

contents, entry = st.columns([40, 60], gap="large")
# The entry first: it learns how wide the window is, and the contents are laid out for that.
with entry:
    dictionary.shown(dictionary.looked_up(known), known, _)
with contents:
    dictionary.choose(dictionary.contents(known, text, _), dictionary.looked_up(known), _)
