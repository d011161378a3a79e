"""One improvement plan: how its KPI went, what has become of it, notes, and what can be done with it."""

from __future__ import annotations

import streamlit as st

from amdash.charts.events import Event
from amdash.i18n import Translator, formats
from amdash.i18n.words import PLAN_STATES, STRATEGIES
from amdash.insight.effect_story import effect_story
from amdash.metrics import catalogue
from amdash.metrics.spec import Kpi
from amdash.service import plans
from amdash.service.plans import Followed
from amdash.ui import drafts, figures, frame, plan_form, reads, session
from amdash.ui.annotating import ANEW
from amdash.ui.component import show
from amdash.ui.markup.lists import heading
from amdash.ui.markup.markdown import literal

_WINDOW = 24
_BEFORE = 6


def detail(one: Followed) -> None:
    """The plan that was chosen in the list."""
    _ = session.words()
    row, kpi = one.entry, catalogue.by_id(one.entry.kpi)
    with st.container(horizontal=True, vertical_alignment="center"):
        with st.container(width="stretch"):
            show(heading(f"{row.manager} · {_(kpi.name)}", _(PLAN_STATES[one.state])), key="plan_title")
        shut = _("Back to the list")
        st.button("", icon=":material/close:", help=shut, type="tertiary", key="plan_shut", on_click=session.choose, kwargs={"plan": None})
    st.markdown(f"**{literal(row.action)}**  \n:gray[{literal(terms(one, kpi, _))}]")
    _chart(one, kpi, _)
    first, *others = effect_story(one.effect, kpi, _)
    st.markdown(f"**{literal(first)}** {literal(_.space.join(others))}")
    if row.conclusion and row.closed_on:
        st.markdown(f"**{_('Conclusion')}** {literal(row.conclusion)} :gray[{literal(formats.day(row.closed_on, _.language))}]")
    _actions(one, kpi, _)
    _notes(one, _)


def terms(one: Followed, kpi: Kpi, _: Translator) -> str:
    """From when to when, from what to what, who sees to it, why."""
    row = one.entry
    goal = formats.target(row.goal, kpi.unit, kpi.higher_is_better, _.language) or _("no goal")
    parts = [
        f"{formats.month(row.started, _.language)} – {formats.month(row.due, _.language)}",
        f"{formats.written(row.baseline, kpi.unit, _.language)} → {goal}",
        _(STRATEGIES[row.measure]) if row.measure else "",
        _("{name} sees to it", name=row.responsible) if row.responsible else "",
        row.reason,
    ]
    return " · ".join(part for part in parts if part)


def _chart(one: Followed, kpi: Kpi, _: Translator) -> None:
    """The KPI from some months before the start on, the start and the due month marked."""
    found = next(
        (found for found in reads.measured_trends(kpi.id, reads.months()[-1], "manager", _WINDOW) if found.subject == one.entry.manager), None
    )
    if found is None:
        st.markdown(f":gray[{_('Nothing was measured for this KPI.')}]")
        return
    periods = [point.period for point in found.points]
    first = next((place for place, month in enumerate(periods) if month >= one.entry.started), len(periods))
    due = Event(one.entry.due, _("Plan due"), f"{formats.month(one.entry.due, _.language)}  {_('Plan due')}")
    figures.control(found.since(max(0, first - _BEFORE)), kpi, 0.3, key="plan_chart", also=(due,), wide=0.21)


def _actions(one: Followed, kpi: Kpi, _: Translator) -> None:
    with st.container(horizontal=True, gap="small"):
        if one.state != "closed":
            with st.popover(_("Change it"), icon=":material/edit:", key=f"plan_change_{one.entry.entry_id}"):
                plan_form.change(one.entry, kpi)
            with st.popover(_("Close it"), icon=":material/flag:", key=f"plan_close_{one.entry.entry_id}"):
                _close(one, _)
        words = _("Reopen it") if one.state == "closed" else _("Undo the last change") if one.entry.replaces else _("Take the plan back")
        undone = st.button(words, icon=":material/undo:", type="tertiary", key="plan_undo")
    if undone:
        with frame.errors_shown():
            plans.undo(reads.workspace(), one.entry.plan_id, actor=session.actor())
            session.say(_("Taken back."))
            st.rerun()


@st.fragment
def _close(one: Followed, _: Translator) -> None:
    name = f"close_{one.entry.entry_id}"
    conclusion = st.text_area(_("What came of it"), height=80, **drafts.field(name, "conclusion", ""))
    anew = st.checkbox(_("Ordinary variation begins anew with the plan"), help=_(ANEW), **drafts.field(name, "anew", first=False))
    if st.button(_("Close the plan"), type="primary", key="close_plan"):
        with frame.errors_shown():
            plans.close(reads.workspace(), one.entry.plan_id, conclusion, new_process=anew, actor=session.actor())
            session.clear_form(name)
            session.say(_("Closed."))
            st.rerun()


def _notes(one: Followed, _: Translator) -> None:
    show(heading(_("Progress notes"), small=True), key="notes_title")
    for note in one.notes[::-1]:
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            st.markdown(f":gray[{literal(formats.day(note.date, _.language))}] {literal(note.text)}", width="stretch")
            undone = st.button("", icon=":material/undo:", help=_("Take back"), key=f"undo_note_{note.note_id}", type="tertiary")
        if undone:
            with frame.errors_shown():
                plans.undo_note(reads.workspace(), one.entry.plan_id, note.note_id, actor=session.actor())
                session.say(_("Taken back."))
                st.rerun()
    _new_note(one, _)


@st.fragment
def _new_note(one: Followed, _: Translator) -> None:
    name = f"plan_note_{one.entry.plan_id}"
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        text = st.text_input(_("How it goes"), label_visibility="collapsed", placeholder=_("How it goes"), **drafts.field(name, "text", ""))
        saved = st.button(_("Write down"), key="save_plan_note")
    if saved:
        with frame.errors_shown():
            plans.note(reads.workspace(), one.entry.plan_id, text, actor=session.actor())
            session.say(_("Saved."))
            session.clear_form(name)
            st.rerun()
