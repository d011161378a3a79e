"""Feedback: the log, what is due, and a new entry."""

import streamlit as st

from amdash.ui import feedback, frame, session, views
from amdash.ui.details import manager_names
from amdash.ui.feedback_entry import form

frame.begin()
frame.stop_without(months=False)
_ = session.words()
names = manager_names()
on_phone = views.is_phone()
# There the form would be below the whole log: it is a part of its own.
parts = {"log": _("Log"), **({"new": _("New entry")} if on_phone else {}), "due": _("Due dates")}

with st.container(horizontal=True, vertical_alignment="center", gap="small"):
    st.markdown(f"## {_('Feedback')}", width="stretch")
    part = views.pick("feedback", parts)
    frame.language_switch()


def chosen_part() -> None:
    """The log or what is due."""
    if part == "due":
        feedback.due(on_phone, _)
    else:
        feedback.log(names, on_phone)


if part == "new":
    form(names, _)
elif on_phone:
    chosen_part()
else:
    left, right = st.columns([66, 34], gap="large")
    with left:
        chosen_part()
    with right:
        form(names, _)
session.show_said()
