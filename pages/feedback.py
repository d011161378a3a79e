"""Feedback: the log with its filters, and a new entry."""

import datetime as dt

import streamlit as st

from amdash.i18n.words import SOURCES
from amdash.service import feedback
from amdash.ui import frame, reads, session
from amdash.ui.component import show
from amdash.ui.details import feedback_table, manager_names

frame.begin()
frame.stop_without(months=False)
_ = session.words()
ws = reads.workspace()
names = manager_names()
ANY = ""

with st.container(horizontal=True, vertical_alignment="center", gap="small"):
    st.markdown(f"## {_('Feedback')}", width="stretch")
    text = st.text_input(_("Search"), key="feedback_text", placeholder=_("Search the log"), label_visibility="collapsed", width=200)
    who = st.selectbox(
        _("Account manager"),
        [ANY, *names],
        key=session.worded("feedback_manager"),
        format_func=lambda name: name or _("All managers"),
        label_visibility="collapsed",
        width=150,
    )
    source = st.selectbox(
        _("Source"),
        [ANY, *SOURCES],
        key=session.worded("feedback_source"),
        format_func=lambda one: _(SOURCES[one]) if one else _("All sources"),
        label_visibility="collapsed",
        width=140,
    )
    known = feedback.methods(feedback.log(ws))
    method = st.selectbox(
        _("Method"),
        [ANY, *known],
        key=session.worded("feedback_method"),
        format_func=lambda one: one or _("All methods"),
        label_visibility="collapsed",
        width=140,
    )
    frame.language_switch()

entries = feedback.log(ws, manager=who or None, source=source or None, method=method or None, text=text)
log, form = st.columns([66, 34], gap="large")
with log:
    st.markdown(f":gray[{_.plural('{n} entry', '{n} entries', len(entries))}]")
    listed = session.listed("feedback")
    show(feedback_table(entries[:listed], _), key="log")
    if len(entries) > listed:
        st.button(_("Show older ones"), icon=":material/expand_more:", on_click=session.list_more, args=("feedback",))
with form, st.form(session.form_key("new_entry"), border=False):
    st.markdown(f"### {_('New entry')}")
    about = st.selectbox(_("Account manager"), names, index=names.index(session.current_manager(names)))
    first, second = st.columns(2)
    origin = first.selectbox(_("Source"), list(SOURCES), format_func=lambda one: _(SOURCES[one]))
    how = second.text_input(_("Method"), placeholder=_("e.g. face to face"))
    content = st.text_area(_("What happened"), height=110, placeholder=_("Specific and objective: when, what, with which effect"))
    action = st.text_area(_("Next step"), height=70)
    third, fourth = st.columns(2)
    date = third.date_input(_("Date"), value=dt.date.today(), max_value=dt.date.today())
    due = fourth.date_input(_("Due on"), value=None)
    saved = st.form_submit_button(_("Save"), type="primary")
if saved:
    with form, frame.errors_shown():
        feedback.add(ws, date=date, manager=about, content=content, source=origin, method=how, action=action, due_on=due, actor=session.actor())
        session.say(_("Saved."))
        session.clear_form("new_entry")
        st.rerun()
session.show_said()
