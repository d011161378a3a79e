"""What happened in a month: the list beside the charts, writing something down, and taking it back."""

from __future__ import annotations

import streamlit as st

from amdash.i18n import N_, Translator, formats
from amdash.i18n.words import ANNOTATION_KINDS
from amdash.metrics import period
from amdash.metrics.spec import By, Kpi
from amdash.service import annotations as said
from amdash.service import scorecards
from amdash.store.annotations import AnnotationRow
from amdash.ui import drafts, entry_reads, filters, frame, reads, session
from amdash.ui.component import show
from amdash.ui.markup.lists import heading
from amdash.ui.markup.markdown import literal

# What the choice of limits that begin anew means, in words without statistics.
ANEW = N_(
    "Tick this where things are done or counted another way from then on, you know why, and it is to stay: what is ordinary is then learnt anew, "
    "and the months before no longer count. Leave it for a training or a plan, so that its effect shows."
)
_LISTED = 4
_MONTHS_BACK = 36


def happened(kpi: Kpi, whom: tuple[By, str] | None) -> None:
    """What concerns a KPI, of a team or manager or of all, the newest first; each can be taken back."""
    _ = session.words()
    with st.container(horizontal=True, vertical_alignment="center"):
        with st.container(width="stretch"):
            show(heading(_("Events"), small=True), key="events_title")
        with st.popover(_("Write down"), icon=":material/edit:", type="tertiary", key=session.form_key("event_open")):
            _form(kpi, whom, _)
    rows = _concerning(kpi, whom)
    if not rows:
        st.markdown(f":gray[{_('Nothing yet. A training, a new price, a colleague who left: write it down, and every chart shows it.')}]")
    listed = session.listed("events", _LISTED)
    for row in rows[:listed]:
        _line(row, _)
    if len(rows) > listed:
        more = _("Show older ones")
        st.button(more, icon=":material/expand_more:", type="tertiary", key="older_events", on_click=session.list_more, args=("events", _LISTED))


def _concerning(kpi: Kpi, whom: tuple[By, str] | None) -> list[AnnotationRow]:
    by, name = whom or ("all", "")
    return list(entry_reads.events(kpi.id, name if by == "manager" else None, name if by == "team" else None))[::-1]


def _line(row: AnnotationRow, _: Translator) -> None:
    kpi = next((kpi for kpi in scorecards.kpis() if kpi.id == row.kpi), None)
    kind = _(ANNOTATION_KINDS[row.kind])
    about = [
        kind if kind != row.text else "",
        row.subject or _("everybody"),
        _(kpi.name) if kpi else "",
        _("Ordinary variation begins anew") if row.new_process else "",
    ]
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        month, small = literal(formats.month_tight(row.month, _.language)), literal(" · ".join(filter(None, about)))
        st.markdown(f":violet[▼] **{month}** {literal(row.text)} :small[:gray[{small}]]", width="stretch")
        undone = st.button("", icon=":material/undo:", help=_("Take back"), key=f"undo_event_{row.annotation_id}", type="tertiary")
    if undone:
        with frame.errors_shown():
            said.undo(reads.workspace(), row.annotation_id, actor=session.actor())
            session.say(_("Taken back."))
            st.rerun()


@st.fragment
def _form(kpi: Kpi, whom: tuple[By, str] | None, _: Translator) -> None:
    choices = filters.scopes()
    running = f"{reads.workspace().now():%Y-%m}"
    months = [period.shift(running, -back) for back in range(_MONTHS_BACK)]
    newest = reads.months()[-1]
    kinds = list(ANNOTATION_KINDS)
    left, right = st.columns(2)
    month = left.selectbox(
        _("Month"),
        months,
        format_func=lambda one: formats.month(one, _.language),
        **drafts.field("event", "month", newest if newest in months else running, months, "index"),
    )
    kind = right.selectbox(
        _("What kind"), kinds, format_func=lambda one: _(ANNOTATION_KINDS[one]), **drafts.field("event", "kind", kinds[0], kinds, "index")
    )
    text = st.text_input(_("In a few words"), placeholder=_("e.g. price change"), **drafts.field("event", "text", ""))
    # Whom one looks at is whom it concerns until something is typed: then another view does not change whom that is said of.
    drafts.follow("event", "whom", whom if whom in choices else choices[0])
    scope, name = left.selectbox(
        _("Whom it concerns"),
        choices,
        format_func=filters.scope_words,
        **drafts.field("event", "whom", choices[0], choices, "state"),
    )
    names = {one.id: _(one.name) for one in (*scorecards.kpis(), kpi)}
    offered = ["", *dict.fromkeys(one for one in (kpi.id, drafts.typed("event", "about")) if one in names)]
    about = right.selectbox(
        _("Which figures"),
        offered,
        format_func=lambda one: names[one] if one else _("all KPIs"),
        **drafts.field("event", "about", "", offered, "index"),
    )
    anew = st.checkbox(_("Ordinary variation begins anew"), help=_(ANEW), **drafts.field("event", "anew", first=False))
    if st.button(_("Save"), type="primary", key="save_event"):
        with frame.errors_shown():
            said.add(
                reads.workspace(),
                month,
                text,
                kind=kind,
                kpi=about or None,
                manager=name if scope == "manager" else None,
                team=name if scope == "team" else None,
                new_process=anew,
                actor=session.actor(),
            )
            session.say(_("Saved."))
            session.clear_form("event")
            session.clear_form("event_open")
            st.rerun()
