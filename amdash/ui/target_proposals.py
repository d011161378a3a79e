"""Proposals of targets: the five principles beside each, what the managers say of it, and setting it once all were heard."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from amdash.i18n import Translator, formats
from amdash.i18n.words import STANCES
from amdash.metrics import catalogue
from amdash.metrics.spec import Kpi
from amdash.service import proposals
from amdash.service.proposals import Proposed
from amdash.service.targets import Held
from amdash.store.proposals import AnswerRow
from amdash.ui import drafts, entry_exports, entry_reads, frame, reads, session, tables
from amdash.ui.component import show
from amdash.ui.markup.acting import Act, Cell, acting_table
from amdash.ui.markup.lists import heading
from amdash.ui.markup.markdown import literal
from amdash.ui.markup.marks import aim
from amdash.ui.markup.principles import five
from amdash.ui.target_form import principles_of

_PLACE = "answer_asked"
_SHOWN_SET = 5


def proposed(kpi: Kpi, held: Sequence[Held]) -> None:
    """The open proposals of a KPI, those that were set, and of which other KPIs some are open. ``held``: the targets of today."""
    _ = session.words()
    _answer_click(_)
    found = entry_reads.proposed()
    mine = [one for one in found if one.row.kpi == kpi.id]
    opened = [one for one in mine if not one.is_set]
    if mine:
        tables.downloads(f"{_('Proposals')} · {_(kpi.name)}", *entry_exports.proposals(mine, kpi, _), key="proposals")
    if not opened:
        st.markdown(f"**{_('No proposal is open for this KPI.')}** {_('Propose a target in the form: its managers comment on it before it is set.')}")
    for one in opened:
        _open(one, kpi, held, _)
    _others([one for one in found if not one.is_set and one.row.kpi != kpi.id], _)
    done = [one for one in mine if one.is_set][:_SHOWN_SET]
    if done:
        st.markdown(f"### {_('Set after they were heard')}")
        show(set_table(done, kpi, _), key="set_proposals")


def set_table(done: Sequence[Proposed], kpi: Kpi, _: Translator) -> str:
    """What was proposed and is in force, with what was said of it; markup."""
    rows: list[list[Cell | str]] = [
        [
            Cell(one.row.subject or _("Everybody"), _("from {month} on", month=formats.month(one.row.from_month, _.language))),
            aim(kpi, one.row.value, _),
            Cell(" · ".join(_said(answer, _) for answer in one.answers.values()), one.row.reason),
        ]
        for one in done
    ]
    return acting_table([_("For whom"), _("Target"), _("What was said")], rows, short={0, 1}, quiet={0, 1})


def answers_table(one: Proposed, _: Translator) -> str:
    """What the managers have said of a proposal so far; markup."""
    rows: list[list[Cell | str]] = [
        [
            Cell(answer.manager, formats.day(answer.at.date(), _.language)),
            Cell(_(STANCES[answer.stance]), tone="attention" if answer.stance == "disagreed" else "plain"),
            answer.text,
            Cell(acts=(Act(_("Take back"), f"answer|{answer.answer_id}", f"{_('Take back')}{_.colon}{answer.manager}"),)),
        ]
        for answer in one.answers.values()
    ]
    return acting_table([_("Account manager"), _("Stance"), _("What was said"), ""], rows, short={0, 1, 3}, quiet={0, 1, 2})


def _open(one: Proposed, kpi: Kpi, held: Sequence[Held], _: Translator) -> None:
    row, number = one.row, one.row.proposal_id
    with st.container(gap="small", key=f"proposal_of_{number}"):
        since = _("from {month} on", month=formats.month(row.from_month, _.language))
        about = _.clause.join(filter(None, (since, _now(one, kpi, held, _))))
        show(heading(f"{row.subject or _('Everybody')} {aim(kpi, row.value, _)}", about), key=f"what_{number}")
        if row.reason:
            st.markdown(literal(row.reason))
        if row.value is not None:
            with frame.errors_shown():
                manager, team = (row.subject if row.scope == scope else None for scope in ("manager", "team"))
                checked = principles_of(reads.target_check(kpi.id, row.value), manager, team, row.from_month)
                show(five(checked, _, in_a_row=True), key=f"five_{number}")
        if one.answers:
            show(answers_table(one, _), key=f"answers_{number}", on_go=lambda go: session.choose(**{_PLACE: go}))
        if one.waiting:
            _answer_form(one, _)
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            unheard = _("Each manager's own comment is written down before it is set.") if one.waiting else None
            set_now = st.button(_("Set it"), key=f"set_{number}", type="primary", icon=":material/check:", disabled=bool(one.waiting), help=unheard)
            left = st.button(_("Withdraw"), key=f"withdraw_{number}", type="tertiary", icon=":material/undo:")
    with frame.errors_shown():
        if set_now:
            proposals.set_proposal(reads.workspace(), number, actor=session.actor())
            session.say(_("Set."))
            st.rerun()
        if left:
            proposals.withdraw(reads.workspace(), number, actor=session.actor())
            session.say(_("Withdrawn."))
            st.rerun()


def _now(one: Proposed, kpi: Kpi, held: Sequence[Held], _: Translator) -> str:
    """What those for whom it is meant are held to today, where that is one target."""
    values = {each.value for each in held if each.manager in one.managers}
    return _("today {target}", target=aim(kpi, values.pop(), _)) if len(values) == 1 else ""


@st.fragment
def _answer_form(one: Proposed, _: Translator) -> None:
    """Who of those not heard yet says what; all of them are chosen at first."""
    number = one.row.proposal_id
    form = f"answer_{number}"
    st.markdown(f":gray[{_('Not heard yet:')}] {literal(_.comma.join(one.waiting))}")
    who = list(one.waiting)
    if len(who) > 1:
        who = st.multiselect(_("Who says it"), who, **drafts.field(form, "who", who, who, "default"))
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        stance = st.segmented_control(
            _("Stance"),
            proposals.STANCES,
            required=True,
            format_func=lambda code: _(STANCES[code]),
            **drafts.field(form, "stance", "agreed", proposals.STANCES, "default"),
        )
        text = st.text_input(_("In their own words"), width="stretch", **drafts.field(form, "text", ""))
        saved = st.button(_("Write it down"), key=f"write_{number}")
    if saved:
        with frame.errors_shown():
            proposals.answer(reads.workspace(), number, who, stance, text, actor=session.actor())
            session.say(_("Saved."))
            session.clear_form(form)
            st.rerun()


def _others(elsewhere: Sequence[Proposed], _: Translator) -> None:
    """Of which other KPIs proposals are open, each one click away."""
    counts: dict[str, int] = {}
    for one in elsewhere:
        counts[one.row.kpi] = counts.get(one.row.kpi, 0) + 1
    if not counts:
        return
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.markdown(f":gray[{_('Also open:')}]", width="content")
        for kpi, n in counts.items():
            words = f"{_(catalogue.KPIS[kpi].name)} · {n}"
            st.button(words, key=f"also_{kpi}", type="tertiary", on_click=session.choose, kwargs={"kpi": kpi})


def _said(answer: AnswerRow, _: Translator) -> str:
    words = f"{answer.manager} {_(STANCES[answer.stance])}"
    return f"{words}{_.colon}{answer.text}" if answer.text else words


def _answer_click(_: Translator) -> None:
    what, _bar, number = str(session.kept(_PLACE) or "").partition("|")
    if what != "answer" or not number:
        return
    session.choose(**{_PLACE: None})
    with frame.errors_shown():
        proposals.take_back(reads.workspace(), int(number), actor=session.actor())
        session.say(_("Taken back."))
