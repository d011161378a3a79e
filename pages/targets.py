"""Targets: who is held to what in a month, a new target with how it would have done, and what was set before."""

import streamlit as st

from amdash.i18n import formats
from amdash.service import scorecards
from amdash.service.targets import in_force
from amdash.ui import filters, frame, reads, session
from amdash.ui.component import show
from amdash.ui.markup.lists import heading
from amdash.ui.targets import held_table, log, month_shown, new_target

frame.begin()
frame.stop_without()
_ = session.words()
month = month_shown()

with st.container(horizontal=True, vertical_alignment="center", gap="small"):
    st.markdown(f"## {_('Targets')}", width="stretch")
    chosen = filters.pick_kpi([kpi.id for kpi in scorecards.kpis()])
    filters.pick_period()
    frame.language_switch()
kpi = next(kpi for kpi in scorecards.kpis() if kpi.id == chosen)

found = [one for one in in_force(reads.workspace(), month) if one.kpi == kpi.id]
held, form = st.columns([58, 42], gap="large")
with held:
    show(heading(_(kpi.name), formats.month(month, _.language)), key="what")
    show(held_table(found, kpi, _), key="held")
    log(kpi)
with form:
    new_target(kpi, month, found)
session.show_said()
