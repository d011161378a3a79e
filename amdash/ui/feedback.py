"""Parts of the page of feedback: the log with its filters, and which feedback is due."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import streamlit as st

from amdash.i18n import Translator, formats
from amdash.i18n.words import SOURCES, source_words
from amdash.metrics import catalogue
from amdash.service import feedback, tabulated
from amdash.service.feedback import FeedbackEntry
from amdash.ui import entry_exports, feedback_entry, frame, reads, session, tables, views
from amdash.ui.component import show
from amdash.ui.markup.acting import Act, Cell, acting_table
from amdash.ui.markup.cadence import cadence_board
from amdash.ui.markup.lists import heading
from amdash.ui.markup.markdown import literal

ANY = ""
_FIRST_WORDS = 40
_PLACE = "feedback_asked"


@st.fragment
def log(names: Sequence[str], on_phone: bool) -> None:
    """The log through its filters; a filter runs only this part anew. ``on_phone``: for what width the rest of the page was drawn."""
    _ = session.words()
    _answer_click()
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        text = st.text_input(
            _("Search"), _kept("text"), key="feedback_text", placeholder=_("Search the log"), label_visibility="collapsed", width=session.wide(180)
        )
        who = _filter("manager", _("Account manager"), names, lambda name: name or _("All managers"), _)
        source = _filter("source", _("Source"), list(SOURCES), lambda one: _(SOURCES[one]) if one else _("All sources"), _)
        known = feedback.methods(reads.feedback_log(None, None, None, ""))
        method = _filter("method", _("Method"), known, lambda one: one or _("All methods"), _)
    session.choose(feedback_text=text)
    entries = reads.feedback_log(who or None, source or None, method or None, text)
    _undo_line(_)
    listed = session.listed("feedback")
    if not entries:
        st.markdown(f"**{_('No entry fits.')}** {_('Search for less, or write the first entry down.')}")
        return
    count = f":gray[{_.plural('{n} entry', '{n} entries', len(entries))}]"
    tables.downloads(_("Feedback"), *tabulated.feedback(entries, _), key="log", note=count)
    show(log_table(entries[:listed], _), key="log", measures=True, on_go=lambda go: session.choose(**{_PLACE: go}))
    views.settle(on_phone)
    if len(entries) > listed:
        st.button(_("Show older ones"), icon=":material/expand_more:", on_click=session.list_more, args=("feedback",))
    if any(entry.origin == "uploaded" for entry in entries[:listed]):
        st.markdown(f":gray[{_('What was uploaded is corrected in its file: correct it there and upload it again.')}]")


def due(on_phone: bool, _: Translator) -> None:
    """Who was heard on whom, and what is due; a click on a cell fills in the form. ``on_phone``: as in :func:`log`."""
    rows = reads.feedback_cadence()
    if not rows:
        st.markdown(f"**{_('No feedback is asked for.')}**")
        st.markdown(_("Set how often each source gives feedback, and what is due appears here."))
        st.page_link("pages/settings.py", label=_("Settings"), icon=":material/tune:")
        return
    counts = [sum(row["status"] == status for row in rows) for status in ("overdue", "due")]
    late = _.plural("{n} is overdue", "{n} are overdue", counts[0]) if counts[0] else _("Nothing is overdue")
    soon = _.plural("{n} is due soon", "{n} are due soon", counts[1]) if counts[1] else _("nothing is due soon")
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        with st.container():
            show(heading(f"{late}{_.clause}{soon}", _("Click one to write it down.")), key="stands")
        file = reads.feedback_calendar(_.language)
        if file:
            name = f"{_('Feedback')}.ics"
            st.download_button(
                _("Into my calendar"), file, file_name=name, mime="text/calendar", icon=":material/event:", on_click="ignore", key="calendar"
            )
    show(cadence_board(rows, _, feedback_entry.about()), key="board", measures=True, on_go=feedback_entry.begin)
    tables.downloads(_("Due dates"), *entry_exports.due(rows, _), key="board")
    views.settle(on_phone)


def log_table(entries: Sequence[FeedbackEntry], _: Translator) -> str:
    """The log as a table; markup. An entry that was written here can be corrected and taken back."""
    head = [_("Date"), _("Account manager"), _("What happened"), _("Next step"), ""]
    rows: list[list[Cell | str]] = [
        [
            formats.day(entry.date, _.language),
            Cell(entry.manager, _origin(entry, _)),
            Cell(entry.content, _note(entry, _)),
            Cell(entry.action or "", _("by {day}", day=formats.day(entry.due_on, _.language)) if entry.due_on else ""),
            Cell(acts=_acts(entry, _)),
        ]
        for entry in entries
    ]
    if any(entry.feedback_id is not None for entry in entries):
        return acting_table(head, rows, short={0, 1, 4}, quiet={0, 1, 2})
    return acting_table(head[:-1], [row[:-1] for row in rows], short={0, 1}, quiet={0, 1, 2})


def criteria_words(criteria: str | None, _: Translator) -> str:
    """By which standard: the name of a KPI, or the words that were written; '' for none."""
    return _(catalogue.KPIS[criteria].name) if criteria in catalogue.KPIS else criteria or ""


def _acts(entry: FeedbackEntry, _: Translator) -> tuple[Act, ...]:
    if entry.feedback_id is None:
        return ()
    about = f"{entry.manager} {formats.day(entry.date, _.language)}"
    return (
        Act(_("Correct"), f"correct|{entry.feedback_id}", f"{_('Correct')} {about}"),
        Act(_("Take back"), f"back|{entry.feedback_id}", f"{_('Take back')} {about}"),
    )


def _origin(entry: FeedbackEntry, _: Translator) -> str:
    return " · ".join(filter(None, (source_words(entry.source, _) if entry.source else None, entry.method)))


def _note(entry: FeedbackEntry, _: Translator) -> str:
    """By which standard, how it was rated, and who wrote it down."""
    points = None if entry.rating is None else _("rated {points}", points=f"{entry.rating:g}")
    recorder = _recorder(entry, _)
    return " · ".join(filter(None, (criteria_words(entry.criteria, _), points, recorder and _("written by {name}", name=recorder))))


def _recorder(entry: FeedbackEntry, _: Translator) -> str:
    return _("owner") if entry.origin == "written" and entry.recorded_by == "owner" else entry.recorded_by or ""


def _kept(name: str) -> str:
    return str(session.kept(f"feedback_{name}") or ANY)


def _filter(name: str, label: str, options: Sequence[str], words: Callable[[str], str], _: Translator) -> str:
    """One filter; what is chosen holds on when one comes back to the page."""
    choices = [ANY, *options]
    kept = _kept(name)
    found = st.selectbox(
        label,
        choices,
        index=choices.index(kept) if kept in choices else 0,
        key=session.worded(f"feedback_{name}"),
        format_func=words,
        label_visibility="collapsed",
        width=session.wide(160),
    )
    session.choose(**{f"feedback_{name}": found})
    return str(found)


def _answer_click() -> None:
    """Do what a click in the log asked for: the form is beside this part, so the whole page runs anew."""
    what, _bar, number = str(session.kept(_PLACE) or "").partition("|")
    if not number:
        return
    session.choose(**{_PLACE: None})
    entry = next((one for one in reads.feedback_log(None, None, None, "") if str(one.feedback_id) == number), None)
    if entry is None or entry.feedback_id is None:
        return
    _ = session.words()
    if what == "correct":
        feedback_entry.correct(entry)
    else:
        with frame.errors_shown():
            feedback.take_back(reads.workspace(), entry.feedback_id, actor=session.actor())
            first = entry.content if len(entry.content) <= _FIRST_WORDS else f"{entry.content[:_FIRST_WORDS]}…"
            feedback_entry.offer_undo(entry.feedback_id, f"{_('Taken back:')} {first}")
    st.rerun()


def _undo_line(_: Translator) -> None:
    """What was corrected or taken back last, with a button that lets the words before stand again."""
    undo = session.kept("feedback_undo")
    if not undo:
        return
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.markdown(literal(undo[1]), width="content")
        undone = st.button(_("Undo"), key="undo_feedback", type="tertiary", icon=":material/undo:")
    if undone:
        with frame.errors_shown():
            feedback.restore(reads.workspace(), undo[0], actor=session.actor())
            session.choose(feedback_undo=None)
            session.say(_("It stands again as it was."))
            st.rerun()
