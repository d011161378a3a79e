"""The form for a feedback entry: new, begun from the cadence board, or a correction. Hints hold an entry up once at most."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from amdash.i18n import Translator
from amdash.i18n.words import METHODS, SOURCES, hint_words
from amdash.metrics import catalogue
from amdash.service import cadence, feedback
from amdash.service.feedback import MOST_POINTS, FeedbackEntry
from amdash.ui import drafts, frame, reads, session, views
from amdash.ui.dates import day_field
from amdash.ui.markup.markdown import literal

_FORM = "new_entry"
_NONE = ""


def begin(go: str) -> None:
    """Start the form for 'manager|source'."""
    session.choose(feedback_about=go, feedback_correcting=None, feedback_hints=None)
    _open()


def correct(entry: FeedbackEntry) -> None:
    """Start the form with an entry that is to be corrected."""
    session.choose(feedback_about=None, feedback_correcting=entry.feedback_id, feedback_hints=None)
    _open()


def about() -> str:
    """The 'manager|source' that the form was begun for; '' for none."""
    return str(session.kept("feedback_about") or "")


def offer_undo(feedback_id: int, words: str) -> None:
    """Remember an entry that can be let stand again, and what to say of it."""
    session.choose(feedback_undo=(feedback_id, words))


def _name() -> str:
    """A correction, and what the cadence board begins, is a form of its own: a new entry that is half written waits until it is done."""
    number = session.kept("feedback_correcting")
    return f"{_FORM}_{about()}" if number is None else f"correct_{number}"


@st.fragment
def form(names: Sequence[str], _: Translator) -> None:
    """The form; what was typed stays there until it has been saved, whatever page is looked at meanwhile."""
    before = _correcting()
    st.markdown(f"### {_('Correct the entry') if before else _('New entry')}")
    entry = _fields(names, before, _)
    hinted = session.kept("feedback_hints") or []
    for words in hinted:
        st.markdown(f":orange[:material/lightbulb:] {literal(words)}")
    if hinted:
        st.markdown(f":gray[{_('Say it more clearly, or save it as it is.')}]")
    with st.container(horizontal=True, vertical_alignment="center"):
        saved = st.button(_("Save as it is") if hinted else _("Save"), type="primary", key="save_entry")
        left = st.button(_("Leave it as it was"), type="tertiary", key="leave_entry") if before else False
    if left:
        _done()
        st.rerun()
    if saved:
        _save(entry, before, _)


def _fields(names: Sequence[str], before: FeedbackEntry | None, _: Translator) -> FeedbackEntry:
    today = reads.workspace().now().date()
    name = _name()
    who, source = _whose(names, before)
    people = list(dict.fromkeys([*names, who]))
    first, second = st.columns(2)
    manager = first.selectbox(_("Account manager"), people, **drafts.field(name, "manager", who, people, "index"))
    origin = second.selectbox(
        _("Source"), list(SOURCES), format_func=lambda one: _(SOURCES[one]), **drafts.field(name, "source", source, list(SOURCES), "index")
    )
    third, fourth = st.columns(2)
    methods = _methods(before, drafts.typed(name, "method"), _)
    how = third.selectbox(
        _("Method"),
        methods,
        placeholder=_("e.g. face to face"),
        accept_new_options=True,
        **drafts.field(name, "method", before.method if before else None, methods, "index"),
    )
    last = max(today, before.date) if before else today
    date = day_field(fourth, _("Date"), max_value=last, **drafts.field(name, "date", before.date if before else today))
    content = st.text_area(
        _("What happened"),
        height=96,
        placeholder=_("Specific and objective: when, what, with which effect"),
        **drafts.field(name, "content", before.content if before else ""),
    )
    fifth, sixth = st.columns(2)
    standards = list(dict.fromkeys([_NONE, *catalogue.KPIS, *([before.criteria] if before and before.criteria else [])]))
    criteria = fifth.selectbox(
        _("Which KPI"),
        standards,
        format_func=lambda one: _(catalogue.KPIS[one].name) if one in catalogue.KPIS else one or _("none in particular"),
        **drafts.field(name, "criteria", before.criteria or _NONE if before else _NONE, standards, "index"),
    )
    rating = sixth.number_input(
        _("Rating"), min_value=0.0, max_value=float(MOST_POINTS), value=None, step=1.0, format="%g",
        placeholder=_("if one was given"), **drafts.field(name, "rating", before.rating if before else None, how="state"),
    )  # fmt: skip
    seventh, eighth = st.columns(2)
    action = seventh.text_area(_("Next step"), height=68, **drafts.field(name, "action", before.action or "" if before else ""))
    due = day_field(eighth, _("Due on"), **drafts.field(name, "due", before.due_on if before else None))
    return FeedbackEntry(date, manager, origin, how, criteria or None, rating, content, action, due, session.actor(), "written")


def _whose(names: Sequence[str], before: FeedbackEntry | None) -> tuple[str, str]:
    """Manager and source that the form starts with."""
    if before:
        return before.manager, before.source if before.source in SOURCES else next(iter(SOURCES))
    manager, _bar, source = about().rpartition("|")
    return manager if manager in names else session.current_manager(names), source if source in SOURCES else next(iter(SOURCES))


def _methods(before: FeedbackEntry | None, typed: str | None, _: Translator) -> list[str]:
    """What people have called it so far, then what the method calls it."""
    known = feedback.methods(reads.feedback_log(None, None, None, ""))
    return list(dict.fromkeys([*known, *filter(None, (before.method if before else None, typed)), *(_(words) for words in METHODS.values())]))


def _correcting() -> FeedbackEntry | None:
    number = session.kept("feedback_correcting")
    if number is None:
        return None
    return next((entry for entry in reads.feedback_log(None, None, None, "") if entry.feedback_id == number), None)


def _save(entry: FeedbackEntry, before: FeedbackEntry | None, _: Translator) -> None:
    with frame.errors_shown():
        ws = reads.workspace()
        if session.kept("feedback_hints") is None and entry.content.strip():
            found = cadence.hints(ws, entry, written_on=None if before else ws.now().date())
            if found:
                session.choose(feedback_hints=[hint_words(hint.code, hint.words, hint.days, _) for hint in found])
                st.rerun()
        if before and before.feedback_id is not None:
            at_first = ws.revision()
            # The same words saved again are no correction: there is nothing to undo.
            if feedback.correct(ws, before.feedback_id, entry, actor=session.actor()) != at_first:
                offer_undo(before.feedback_id, _("The entry was corrected."))
        else:
            words = ("date", "manager", "source", "method", "criteria", "rating", "content", "action", "due_on")
            feedback.add(ws, **{name: getattr(entry, name) for name in words}, actor=session.actor())
            # The next entry is likely on the same person, and on nobody else by mistake.
            session.choose(feedback_undo=None, manager=entry.manager)
        session.say(_("Saved."))
        _done()
        st.rerun()


def _done() -> None:
    session.clear_form(_name())
    session.choose(feedback_about=None, feedback_correcting=None, feedback_hints=None)
    if views.is_phone():
        views.turn_to("feedback", "log")


def _open() -> None:
    if views.is_phone():
        views.turn_to("feedback", "new")
