"""The sections of the page of settings; only the one that is chosen is drawn."""

from __future__ import annotations

import streamlit as st

from amdash.i18n import N_, Translator
from amdash.ui import session
from amdash.ui.settings import cadence, company, hours, score, tiers

_SECTIONS = {
    company.SECTION: (N_("Company"), company.shown),
    hours.SECTION: (N_("Opening hours"), hours.shown),
    score.SECTION: (N_("Answers and score"), score.shown),
    tiers.SECTION: (N_("Customer tiers"), tiers.shown),
    cadence.SECTION: (N_("Regular feedback"), cadence.shown),
}


def choose(_: Translator) -> str:
    """The choice, which stays when the page is left."""
    key = session.worded("settings_section")
    kept = session.kept("settings_section", company.SECTION)
    chosen = st.segmented_control(
        _("Settings"),
        list(_SECTIONS),
        default=kept if kept in _SECTIONS else company.SECTION,
        required=True,
        key=key,
        on_change=lambda: session.choose(settings_section=st.session_state[key]),
        format_func=lambda name: _(_SECTIONS[name][0]),
        label_visibility="collapsed",
    )
    return chosen or company.SECTION


def show(chosen: str, _: Translator) -> None:
    """The section."""
    with st.container(key=f"settings_{chosen}", width=980 if chosen in (score.SECTION, tiers.SECTION, cadence.SECTION) else "stretch", gap="small"):
        _SECTIONS[chosen][1](_)
