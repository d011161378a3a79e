"""The right of a meeting's screen: what is to be decided, what was agreed last time, and what is decided now, typed live."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from functools import partial

import streamlit as st

from amdash.errors import AmdashError
from amdash.i18n import Translator
from amdash.i18n.messages import error_text
from amdash.service import meetings
from amdash.service.boards import Board
from amdash.service.meetings import Decision
from amdash.store.meetings import ItemRow
from amdash.ui import reads, session
from amdash.ui.component import show
from amdash.ui.markup.markdown import literal
from amdash.ui.markup.matrix import columns
from amdash.ui.markup.meeting import agreed, ask
from amdash.ui.meeting_words import agreed as agreed_words
from amdash.ui.meeting_words import below, plan_words

# About when the next meeting is.
_DUE_AFTER = dt.timedelta(days=28)
_LISTED = 3
_PLANS = 2


@st.fragment
def panel(meeting_id: int, board: Board, manager: str, kpi: str, to_decide: tuple[str, str]) -> None:
    """Of one manager, or of everybody (''). A word that is written down here draws nothing else anew."""
    _ = session.words()
    ws, sitting = reads.workspace(), session.sitting()
    meeting = next(one for one in reads.meetings() if one.row.meeting_id == meeting_id)
    alone = bool(sitting and sitting.alone)
    before = [item for item in meetings.agreed_before(ws, meeting_id) if item.manager == manager]
    # What is still to be done first, and of what was done the latest.
    before = sorted(before, key=lambda item: item.done_on is not None)[:_LISTED]
    show(ask(*to_decide), key="ask")
    known = {item.plan_id for item in before}
    running = [one for one in reads.plans(manager) if one.state != "closed" and one.entry.plan_id not in known] if manager else []
    shown = [*agreed_words(before, ws.now().date(), _, alone=alone), *(plan_words(one, _) for one in running[:_PLANS])]
    show(agreed(_("Agreed last time"), shown, _("Nothing was agreed.")), key="agreed")
    mine = meeting.of(manager)
    with st.container(key="today"):
        if meeting.row.ended_at is None:
            editing = next((item for item in (*mine.decisions, *mine.notes) if sitting and item.item_id == sitting.editing), None)
            _form(meeting_id, board, manager, kpi, editing, alone=alone)
        for item in (*mine.decisions, *mine.notes):
            _said(item, _, alone=alone, open_=meeting.row.ended_at is None)
        _taken_back(meeting_id, board, manager, _)
    session.show_said()


def _form(meeting_id: int, board: Board, manager: str, kpi: str, editing: ItemRow | None, *, alone: bool) -> None:
    """The words of a decision: new ones, or those of the one that is corrected."""
    _ = session.words()
    name = f"decide_{meeting_id}_{manager}_{editing.item_id if editing else ''}"
    key = session.form_key(name)
    today = reads.workspace().now().date()
    with st.form(key, border=False, enter_to_submit=False):
        st.text_area(
            _("Decided today"),
            value=editing.text if editing else "",
            height=84,
            placeholder=_("For example: visit the three largest customers every two weeks"),
            key=f"{key}_text",
        )
        noted = editing is not None and editing.kind == meetings.NOTE
        if not noted:
            left, right = st.columns(2, gap="small")
            names = _people(manager, alone=alone, said=editing.responsible if editing else "")
            left.selectbox(
                _("Who does it"),
                names,
                index=names.index(first) if (first := editing.responsible if editing else manager) else None,
                key=f"{key}_who",
                placeholder=_("nobody yet"),
                accept_new_options=True,
            )
            right.date_input(_("By when"), value=editing.due_on if editing else today + _DUE_AFTER, format="YYYY-MM-DD", key=f"{key}_due")
        if editing is None:
            _about(board, manager, kpi, key)
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            save = partial(_save, meeting_id, board, manager, kpi, name, editing)
            st.form_submit_button(_("Save") if editing else _("Write it down"), type="primary", shortcut="Ctrl+Enter", on_click=save)
            if editing is None:
                st.form_submit_button(_("Only a note"), type="tertiary", on_click=save, args=(True,))
            else:
                st.form_submit_button(_("Leave it as it was"), type="tertiary", on_click=_edit, args=(None,))
    sitting = session.sitting()
    if sitting and sitting.wrong:
        st.error(literal(sitting.wrong), icon=":material/error:")


def _about(board: Board, manager: str, kpi: str, key: str) -> None:
    """Which KPI it is about, the chosen tile at first, and whether it is followed as a plan."""
    _ = session.words()
    names = {"": _("no KPI"), **{one.id: _(one.name) for one in columns(board)}}
    left, right = st.columns([60, 40], gap="small", vertical_alignment="bottom") if manager else (st, st)
    left.selectbox(_("About"), list(names), index=list(names).index(kpi), format_func=lambda one: names[one], key=_about_key(key, kpi))
    if manager:
        words = _("It is followed by what the KPI does from now on: see the page of plans.")
        right.checkbox(_("Make it a plan"), key=f"{key}_plan", help=words)


def _people(manager: str, *, alone: bool, said: str) -> list[str]:
    """Who may see to it; any other name can be typed."""
    _ = session.words()
    others = [] if alone else [name for name in reads.managers() if name != manager]
    return list(dict.fromkeys(name for name in (manager, *others, _("Supervisor"), said) if name))


def _save(meeting_id: int, board: Board, manager: str, kpi: str, name: str, editing: ItemRow | None, noted: bool = False) -> None:
    """Write down what is in the form; what cannot be is said, and the words stay."""
    _ = session.words()
    key, ws, actor, typed = session.form_key(name), reads.workspace(), session.actor(), st.session_state
    due = typed.get(f"{key}_due")
    said = Decision(
        text=str(typed.get(f"{key}_text") or ""),
        manager=manager,
        kpi=str(typed.get(_about_key(key, kpi)) or ""),
        responsible=str(typed.get(f"{key}_who") or ""),
        due_on=due if isinstance(due, dt.date) else None,
        as_plan=bool(typed.get(f"{key}_plan")),
    )
    try:
        if editing is not None:
            meetings.correct(ws, editing.item_id, said, session.language(), board=board, actor=actor)
        elif noted:
            meetings.note(ws, meeting_id, said.text, manager, actor=actor)
        else:
            meetings.decide(ws, meeting_id, said, session.language(), board=board, actor=actor)
    except AmdashError as error:
        _sit(wrong=error_text(_, error))
        return
    _sit(editing=None, taken=None, wrong="")
    session.say(_("Saved."))
    session.clear_form(name)


def _about_key(key: str, kpi: str) -> str:
    """Another chosen tile is another question; the rest of what was typed stays."""
    return session.worded(f"{key}_about_{kpi}")


def _said(item: ItemRow, _: Translator, *, alone: bool, open_: bool) -> None:
    """What was written down, with who and by when; it can be corrected and taken back."""
    with st.container(horizontal=True, vertical_alignment="center", gap="small", wrap=False, key=f"said_{item.item_id}"):
        kind = f":gray[{_('Note')}] " if item.kind == meetings.NOTE else ""
        about = below(item, _, alone=alone)
        st.markdown(f"{kind}{literal(item.text)}" + (f"  \n:gray[{literal(about)}]" if about else ""), width="stretch")
        if open_:
            st.button(_("Correct"), key=f"edit_{item.item_id}", type="tertiary", on_click=_edit, args=(item.item_id,))
            st.button(_("Take back"), key=f"take_{item.item_id}", type="tertiary", on_click=_take_back, args=(item,))


def _taken_back(meeting_id: int, board: Board, manager: str, _: Translator) -> None:
    """What was taken back last, to be put back."""
    sitting = session.sitting()
    item = sitting.taken if sitting else None
    if item is None or item.manager != manager:
        return
    with st.container(horizontal=True, vertical_alignment="center", gap="small", wrap=False):
        st.markdown(f":gray[{_('Taken back.')} {literal(item.text)}]", width="stretch")
        st.button(_("Put it back"), key="put_back", type="tertiary", icon=":material/undo:", on_click=_put_back, args=(meeting_id, board, item))


def _sit(**changes: object) -> None:
    sitting = session.sitting()
    if sitting:
        session.choose(sitting=replace(sitting, **changes))  # type: ignore[arg-type]


def _edit(item_id: int | None) -> None:
    _sit(editing=item_id, wrong="")


def _take_back(item: ItemRow) -> None:
    _ = session.words()
    try:
        meetings.take_back(reads.workspace(), item.item_id, actor=session.actor())
    except AmdashError as error:
        _sit(wrong=error_text(_, error))
        return
    _sit(editing=None, taken=item, wrong="")
    session.say(_("Taken back."))


def _put_back(meeting_id: int, board: Board, item: ItemRow) -> None:
    _ = session.words()
    said = Decision(item.text, item.manager, item.kpi, item.responsible, item.due_on, as_plan=item.plan_id is not None)
    try:
        if item.kind == meetings.NOTE:
            meetings.note(reads.workspace(), meeting_id, item.text, item.manager, actor=session.actor())
        else:
            meetings.decide(reads.workspace(), meeting_id, said, session.language(), board=board, actor=session.actor())
    except AmdashError as error:
        _sit(wrong=error_text(_, error))
        return
    _sit(taken=None, wrong="")
    session.say(_("Saved."))
