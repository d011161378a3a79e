"""The right of a meeting's screen: what is to be decided, what was agreed so far, and what is decided now, typed live."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from functools import partial

import streamlit as st

from amdash.errors import AmdashError
from amdash.i18n import Translator
from amdash.i18n.messages import error_text
from amdash.service import meetings
from amdash.service.boards import Board
from amdash.service.feedback import FeedbackEntry
from amdash.service.meetings import Decision
from amdash.store.meetings import ItemRow
from amdash.ui import drafts, hidden_names, reads, session
from amdash.ui.component import show
from amdash.ui.dates import day_field
from amdash.ui.markup.markdown import literal
from amdash.ui.markup.matrix import columns
from amdash.ui.markup.meeting import agreed, ask, told
from amdash.ui.meeting_words import agreed as agreed_words
from amdash.ui.meeting_words import below, plan_words, step_words, who

# About when the next meeting is.
_DUE_AFTER = dt.timedelta(days=28)
_LISTED = 3
_PLANS = 2
# Next steps of feedback, which nobody ticks off: for so long after their day they are asked about.
_STEPS = 2
_LATE = dt.timedelta(days=31)


@st.fragment
def panel(meeting_id: int, board: Board, manager: str, kpi: str, to_decide: tuple[str, str]) -> None:
    """Of one manager, or of everybody (''). A word that is written down here draws nothing else anew."""
    _ = session.words()
    ws, sitting = reads.workspace(), session.sitting()
    meeting = next(one for one in reads.meetings() if one.row.meeting_id == meeting_id)
    alone = session.names_hidden()
    before = [item for item in meetings.agreed_before(ws, meeting_id) if item.manager == manager]
    # What is still to be done first, and of what was done the latest.
    before = sorted(before, key=lambda item: item.done_on is not None)[:_LISTED]
    show(ask(*to_decide), key="ask")
    known = {item.plan_id for item in before}
    running = [one for one in reads.plans(manager) if one.state != "closed" and one.entry.plan_id not in known] if manager else []
    shown = hidden_names.shown_to(manager, alone=alone)
    today = ws.now().date()
    lines = [*agreed_words(before, today, _, alone=alone, shown=shown), *(plan_words(one, _, shown) for one in running[:_PLANS])]
    lines += [step_words(one, today, _, shown) for one in _steps(manager, today)]
    show(agreed(_("Agreed so far"), lines, _("Nothing was agreed.")), key="agreed")
    mine = meeting.of(manager)
    with st.container(key="today"):
        if meeting.row.ended_at is None:
            written = [item for item in (*mine.decisions, *mine.notes) if _correctable(item, _, shown, alone=alone)]
            editing = next((item for item in written if sitting and item.item_id == sitting.editing), None)
            _form(meeting_id, board, manager, kpi, editing, shown, alone=alone)
        for item in (*mine.decisions, *mine.notes):
            _said(item, _, shown, alone=alone, open_=meeting.row.ended_at is None)
        _taken_back(meeting_id, board, manager, shown, _)


def _steps(manager: str, today: dt.date) -> list[FeedbackEntry]:
    """The newest next steps from the feedback on a manager that are still to come, or were due of late; decisions of meetings stand elsewhere."""
    if not manager:
        return []
    since, decided = today - _LATE, meetings.decided_feedback(reads.workspace())
    found = [one for one in reads.feedback_log(manager, None, None, "") if one.action and one.due_on and one.due_on >= since]
    return [one for one in found if one.feedback_id not in decided][:_STEPS]


def _correctable(item: ItemRow, _: Translator, shown: Callable[[str], str], *, alone: bool) -> bool:
    """Whether its words may stand in the form: not where a name in them is hidden, since there they would be as they were typed."""
    return shown(item.text) == item.text and who(item, _, alone=alone) == item.responsible


def _form(meeting_id: int, board: Board, manager: str, kpi: str, editing: ItemRow | None, shown: Callable[[str], str], *, alone: bool) -> None:
    """The words of a decision: new ones, or those of the one that is corrected."""
    _ = session.words()
    name = f"decide_{meeting_id}_{manager}_{editing.item_id if editing else ''}"
    today = reads.workspace().now().date()
    st.text_area(
        _("Decided today"),
        height=84,
        placeholder=_("For example: visit the three largest customers every two weeks"),
        **drafts.field(name, "text", editing.text if editing else ""),
    )
    noted = editing is not None and editing.kind == meetings.NOTE
    if not noted:
        left, right = st.columns(2, gap="small")
        said = drafts.typed(name, "who") or (editing.responsible if editing else "")
        # Whoever is typed may be one of those whose names are hidden.
        names = _people(manager, alone=alone, said=said if shown(said) == said else "")
        left.selectbox(
            _("Who does it"),
            names,
            placeholder=_("nobody yet"),
            accept_new_options=True,
            **drafts.field(name, "who", (editing.responsible if editing else manager) or None, names, "index"),
        )
        day_field(right, _("By when"), **drafts.field(name, "due", editing.due_on if editing else today + _DUE_AFTER))
    if editing is None:
        _about(board, manager, kpi, name)
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        save = partial(_save, meeting_id, board, manager, kpi, name, editing)
        st.button(_("Save") if editing else _("Write it down"), type="primary", shortcut="Ctrl+Enter", on_click=save, key="write_item")
        if editing is None:
            st.button(_("Only a note"), type="tertiary", on_click=save, args=(True,), key="write_note")
        else:
            st.button(_("Leave it as it was"), type="tertiary", on_click=_leave, args=(name,), key="leave_item")
        sitting = session.sitting()
        if sitting and sitting.saved:
            show(told(_("Saved.")), key="saved")
    if sitting and sitting.wrong:
        st.error(literal(sitting.wrong), icon=":material/error:")


def _about(board: Board, manager: str, kpi: str, name: str) -> None:
    """Which KPI it is about, the chosen tile at first, and whether it is followed as a plan."""
    _ = session.words()
    names = {"": _("no KPI"), **{one.id: _(one.name) for one in columns(board)}}
    left, right = st.columns([53, 47], gap="small", vertical_alignment="bottom") if manager else (st, st)
    left.selectbox(_("About"), list(names), format_func=lambda one: names[one], **drafts.field(name, _about_field(kpi), kpi, list(names), "index"))
    if manager:
        words = _("It is followed by what the KPI does from now on: see the page of plans.")
        right.checkbox(_("Make it a plan"), help=words, **drafts.field(name, "plan", first=False))


def _people(manager: str, *, alone: bool, said: str) -> list[str]:
    """Who may see to it; any other name can be typed."""
    _ = session.words()
    others = [] if alone else [name for name in reads.managers() if name != manager]
    return list(dict.fromkeys(name for name in (manager, *others, _("Supervisor"), said) if name))


def _save(meeting_id: int, board: Board, manager: str, kpi: str, name: str, editing: ItemRow | None, noted: bool = False) -> None:
    """Write down what is in the form; what cannot be is said, and the words stay."""
    _ = session.words()
    ws, actor = reads.workspace(), session.actor()
    typed = {field: st.session_state.get(drafts.key_of(name, field)) for field in ("text", "who", "due", "plan", _about_field(kpi))}
    said = Decision(
        text=str(typed["text"] or ""),
        manager=manager,
        kpi=str(typed[_about_field(kpi)] or ""),
        responsible=str(typed["who"] or ""),
        due_on=typed["due"] if isinstance(typed["due"], dt.date) else None,
        as_plan=bool(typed["plan"]),
    )
    try:
        if editing is not None:
            meetings.correct(ws, editing.item_id, said, session.language(), board=board, actor=actor)
        elif noted:
            meetings.note(ws, meeting_id, said.text, manager, actor=actor)
        else:
            meetings.decide(ws, meeting_id, said, session.language(), board=board, actor=actor)
    except AmdashError as error:
        _sit(saved=False, wrong=error_text(_, error))
        return
    _sit(editing=None, taken=None, saved=True, wrong="")
    session.clear_form(name)


def _about_field(kpi: str) -> str:
    """Another chosen tile is another question; the rest of what was typed stays."""
    return f"about_{kpi}"


def _said(item: ItemRow, _: Translator, shown: Callable[[str], str], *, alone: bool, open_: bool) -> None:
    """What was written down, as ``shown`` makes of it, with who and by when; it can be corrected unless a name is hidden, and taken back."""
    with st.container(horizontal=True, vertical_alignment="center", gap="small", wrap=False, key=f"said_{item.item_id}"):
        kind = f":gray[{_('Note')}] " if item.kind == meetings.NOTE else ""
        about = below(item, _, alone=alone)
        st.markdown(f"{kind}{literal(shown(item.text))}" + (f"  \n:gray[{literal(about)}]" if about else ""), width="stretch")
        if open_:
            if _correctable(item, _, shown, alone=alone):
                st.button(_("Correct"), key=f"edit_{item.item_id}", type="tertiary", on_click=_edit, args=(item.item_id,))
            st.button(_("Take back"), key=f"take_{item.item_id}", type="tertiary", on_click=_take_back, args=(item,))


def _taken_back(meeting_id: int, board: Board, manager: str, shown: Callable[[str], str], _: Translator) -> None:
    """What was taken back last, as ``shown`` makes of it, to be put back."""
    sitting = session.sitting()
    item = sitting.taken if sitting else None
    if item is None or item.manager != manager:
        return
    with st.container(horizontal=True, vertical_alignment="center", gap="small", wrap=False):
        st.markdown(f":gray[{_('Taken back.')} {literal(shown(item.text))}]", width="stretch")
        st.button(_("Put it back"), key="put_back", type="tertiary", icon=":material/undo:", on_click=_put_back, args=(meeting_id, board, item))


def _sit(**changes: object) -> None:
    sitting = session.sitting()
    if sitting:
        session.choose(sitting=replace(sitting, **changes))  # type: ignore[arg-type]


def _edit(item_id: int | None) -> None:
    _sit(editing=item_id, saved=False, wrong="")


def _leave(name: str) -> None:
    """What was typed into the form of a correction is given up, so that the next one begins with what is written down."""
    session.clear_form(name)
    _edit(None)


def _take_back(item: ItemRow) -> None:
    _ = session.words()
    try:
        meetings.take_back(reads.workspace(), item.item_id, actor=session.actor())
    except AmdashError as error:
        _sit(wrong=error_text(_, error))
        return
    _sit(editing=None, taken=item, saved=False, wrong="")


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
    _sit(taken=None, saved=True, wrong="")
