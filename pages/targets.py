"""Targets: who is held to what in a month, proposals with the managers' comments, how targets went, and a new one with how it would have done."""

import streamlit as st

from amdash.i18n import formats
from amdash.service import scorecards
from amdash.ui import entry_reads, filters, frame, session, target_history, target_proposals, targets, views
from amdash.ui.component import show
from amdash.ui.markup.lists import heading
from amdash.ui.target_form import new_target

frame.begin()
frame.stop_without()
_ = session.words()
month = targets.month_shown()
on_phone = views.is_phone()
# On a phone the form would be below everything else: there it is a part of its own.
parts = {"held": _("In force"), "proposals": _("Proposals"), "history": _("Over time"), **({"new": _("New one")} if on_phone else {})}

with st.container(horizontal=True, vertical_alignment="center", gap="small"):
    st.markdown(f"## {_('Targets')}", width="stretch")
    part = views.pick("targets", parts)
    chosen = filters.pick_kpi([kpi.id for kpi in scorecards.kpis()])
    filters.pick_period()
    frame.language_switch()
kpi = next(kpi for kpi in scorecards.kpis() if kpi.id == chosen)
found = entry_reads.targets_held(month, kpi.id)


def chosen_part() -> None:
    """What is in force, proposed, or was."""
    show(heading(_(kpi.name), formats.month(month, _.language)), key="what", measures=True)
    views.settle(on_phone)
    if part == "held":
        targets.held(found, kpi, _)
    elif part == "proposals":
        target_proposals.proposed(kpi, found)
    else:
        target_history.history(kpi, month)


if part == "new":
    new_target(kpi, month, found)
elif on_phone:
    chosen_part()
else:
    left, right = st.columns([58, 42], gap="large")
    with left:
        chosen_part()
    with right:
        new_target(kpi, month, found)
session.show_said()
