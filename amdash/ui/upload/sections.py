"""What stands below the upload, one at a time: history, coverage, names, templates."""

from __future__ import annotations

import streamlit as st

from amdash.i18n import N_, Translator
from amdash.ui import session
from amdash.ui.upload import coverage, history, names, templates

_SECTIONS = {
    "history": (N_("History"), history.listed),
    "coverage": (N_("Coverage"), coverage.shown),
    "names": (N_("Names"), names.shown),
    "templates": (N_("Templates"), templates.shown),
}


def show(_: Translator) -> None:
    """The choice, and the section that is chosen; the others cost nothing."""
    st.space("small")
    key = session.worded("section")
    chosen = st.segmented_control(
        _("Below"),
        list(_SECTIONS),
        default=session.section(_SECTIONS),
        required=True,
        key=key,
        on_change=lambda: session.choose(section=st.session_state[key]),
        format_func=lambda name: _(_SECTIONS[name][0]),
        label_visibility="collapsed",
    )
    with st.container(key=f"section_{chosen}", gap="small"):
        _SECTIONS[chosen or "history"][1](_)
