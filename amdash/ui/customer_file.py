"""A customer's file on a page: its figures, one timeline, tags, notes and contacts, and whose it was."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from typing import Any

import streamlit as st

from amdash.i18n import Translator, formats
from amdash.i18n.words import CUSTOMER_EVENTS, CUSTOMER_NOTES, tier_words
from amdash.service import customer_notes, scorecards
from amdash.service.customer_events import EVENT_KINDS
from amdash.service.customer_files import CustomerFile
from amdash.service.customer_notes import NOTE_KINDS
from amdash.store.customers import CustomerNoteRow
from amdash.ui import customer_exports, drafts, figures, frame, reads, session, tables
from amdash.ui.component import show
from amdash.ui.customer_words import contact_words, entry, present, step_words
from amdash.ui.dates import day_field
from amdash.ui.markup.customers import Tile, badges, facts, tiles, timeline
from amdash.ui.markup.lists import Text, heading, table
from amdash.ui.markup.markdown import literal

_FIRST = 10
_NEW_TAG = "new_customer_tag"


def close() -> None:
    """Back to all customers."""
    session.choose(customer=None, customer_undo=None)


def figures_of(file: CustomerFile, _: Translator) -> None:
    """What the customer is to the business at the end of the period, as tiles."""
    row = file.profile
    owner = Tile(
        _("Account manager"),
        file.owner or formats.MISSING,
        "",
        (file.listed.get("region") or "", file.listed.get("industry") or ""),
        _go_to(file.owner),
    )
    if row is None:
        show(
            tiles([Tile(_("Tier"), tier_words(None, _), "", (_("in no list and no sale yet"),)), owner]),
            key="figures",
            measures=True,
            on_go=_open_manager,
        )
        return
    last, first = present(row["last_on"]), present(row["first_on"])
    money, unit = formats.figure(row["revenue_12m"], "money", _.language)
    rank = present(row["revenue_rank"])
    items = [
        Tile(_("Tier"), tier_words(row["tier"], _), "", (_("as at {day}", day=formats.day(file.as_of, _.language)), *_listed_tier(file, _))),
        Tile(_("Revenue, 12 months"), money, unit, (_("number {rank} of all customers", rank=rank) if rank is not None else "",)),
        Tile(_("Orders, 12 months"), f"{row['orders_12m']:,}", "", (_("{n} in all", n=f"{row['frequency']:,}"),)),
        Tile(_("Last order"), formats.MISSING, "", (_("not yet"),))
        if last is None
        else Tile(
            _("Last order"),
            formats.day(last.date(), _.language),
            "",
            (
                _.plural("{n} day up to {day}", "{n} days up to {day}", int(row["recency_days"]), day=formats.day(file.as_of, _.language)),
                _("first {day}", day=formats.day(first.date(), _.language)),
            ),
        ),
        owner,
    ]
    show(tiles(items), key="figures", measures=True, on_go=_open_manager)


def _go_to(owner: str | None) -> str:
    """What a click on the account manager reports; nothing of one who has no page."""
    return f"manager|{owner}" if owner in scorecards.managers(reads.workspace()) else ""


def _open_manager(go: str) -> None:
    session.choose(manager=go.partition("|")[2], goto="pages/manager.py")


def _listed_tier(file: CustomerFile, _: Translator) -> tuple[str, ...]:
    said = file.listed.get("tier")
    return (_("on the list: {tier}", tier=said),) if said else ()


def revenue(file: CustomerFile, _: Translator) -> None:
    """Month by month; nothing of one who has bought nothing."""
    if any(value for _month, value in file.monthly):
        show(heading(_("Revenue by month"), small=True), key="revenue_title")
        figures.customer_revenue(file.monthly, file.customer, 0.2, key="customer_revenue")


@st.fragment
def history(file: CustomerFile, _: Translator) -> None:
    """The timeline, filtered by kind; what was written here can be taken back beside it."""
    if session.kept("customer_reload"):
        session.choose(customer_reload=None)
        st.rerun()
    undo_offer("note", _)
    counts = Counter(event.kind for event in file.events)
    kinds = [kind for kind in EVENT_KINDS if counts[kind]]
    if not kinds:
        st.markdown(f":gray[{_('Nothing is known yet. Write the first note down.')}]")
        return
    kept = [kind for kind in session.kept("customer_kinds", []) if kind in kinds]
    key = session.worded("customer_kinds_" + "_".join(kinds))
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        with st.container():
            wanted = st.pills(
                _("Show only"),
                kinds,
                selection_mode="multi",
                default=kept,
                format_func=lambda one: f"{_(CUSTOMER_EVENTS[one])} {counts[one]}",
                key=key,
                label_visibility="collapsed",
                on_change=lambda: session.choose(customer_kinds=st.session_state[key]),
            )
        rows = [event for event in file.events if not wanted or event.kind in wanted]
        tables.downloads(file.customer, *customer_exports.timeline(rows, _), key="timeline", beside=True)
    listed = session.listed("timeline", _FIRST)
    show(timeline([entry(event, _) for event in rows[:listed]]), key="timeline", on_go=_take_back)
    if len(rows) > listed:
        st.button(_("Show older ones"), icon=":material/expand_more:", type="tertiary", on_click=session.list_more, args=("timeline", _FIRST))


def _take_back(go: str) -> None:
    note_id = int(go.partition("|")[2])
    ws = reads.workspace()
    row = next((one for one in customer_notes.notes(ws) if one.note_id == note_id), None)
    with frame.errors_shown():
        customer_notes.undo(ws, note_id, actor=session.actor())
        session.choose(customer_undo=(session.kept("customer"), "note", row), customer_reload=True)


def undo_offer(kind: str, _: Translator) -> None:
    """What was just taken away from this file, a note or a tag, can be brought back."""
    kept = session.kept("customer_undo")
    if not kept or kept[:2] != (session.kept("customer"), kind):
        return
    words = _("The note was taken back.") if kind == "note" else _("Tag “{tag}” was taken away.", tag=kept[2])
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.markdown(f":gray[{literal(words)}]")
        act = _rewrite if kind == "note" else _give
        st.button(_("Bring it back"), key=f"undo_{kind}", type="tertiary", icon=":material/undo:", on_click=act, args=(kept[0], kept[2]))


def _rewrite(customer: str, row: CustomerNoteRow) -> None:
    with frame.errors_shown():
        customer_notes.write(
            reads.workspace(), customer, row.text, kind=row.kind, date=row.date, next_step=row.next_step, due_on=row.due_on, actor=session.actor()
        )
        session.choose(customer_undo=None, customer_reload=True)


def contact(file: CustomerFile, _: Translator) -> None:
    """Who waits for whom, and what is next."""
    today = reads.workspace().now().date()
    pairs: list[tuple[str, Text | str]] = [(_("Contact"), _contact(file, _))]
    if file.step is not None:
        pairs.append((_("What to do next"), step_words(file.step, today, _)))
    show(facts(pairs), key="contact")


def _contact(file: CustomerFile, _: Translator) -> Text | str:
    if file.contact is None:
        return contact_words(None, _)
    said = contact_words(file.contact, _)
    # Of those who buy, a letter of ours that stays without an answer is nothing to wait for.
    return Text(f"{formats.day(file.contact.on, _.language)}{_.clause}{said.value}", said.tone)


def tags(file: CustomerFile, _: Translator) -> None:
    """The list's tags, and those given here: a click takes one away; a new one is chosen from those in use or written."""
    show(heading(_("Tags"), small=True), key="tags_title")
    if file.listed_tags:
        show(badges(file.listed_tags), key="listed_tags")
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="tags"):
        for row in file.tags:
            words = _("Take the tag “{tag}” away", tag=row.tag)
            st.button(
                literal(row.tag),
                key=f"tag_{row.tag_id}",
                icon=":material/close:",
                help=literal(words),
                on_click=_untag,
                args=(row.tag_id, row.tag),
            )
        known = sorted({row.tag for rows in customer_notes.tags(reads.workspace()).values() for row in rows} - {row.tag for row in file.tags})
        st.selectbox(
            _("Add a tag"),
            known,
            index=None,
            key=session.form_key(_NEW_TAG),
            placeholder=_("Add a tag"),
            label_visibility="collapsed",
            accept_new_options=True,
            width=170,
            on_change=_add_tag,
            args=(file.key,),
        )
    undo_offer("tag", _)


def _add_tag(customer: str) -> None:
    words = st.session_state[session.form_key(_NEW_TAG)]
    if words:
        _give(customer, words)


def _give(customer: str, words: str) -> None:
    with frame.errors_shown():
        customer_notes.tag(reads.workspace(), customer, words, actor=session.actor())
        session.choose(customer_undo=None)
        session.clear_form(_NEW_TAG)


def _untag(tag_id: int, words: str) -> None:
    with frame.errors_shown():
        customer_notes.untag(reads.workspace(), tag_id, actor=session.actor())
        session.choose(customer_undo=(session.kept("customer"), "tag", words))


@st.fragment
def write(file: CustomerFile, _: Translator) -> None:
    """A note, or a contact of ours or theirs, with the next step and by when; each customer's own, also while other pages are looked at."""
    show(heading(_("Write down"), small=True), key="write_title")
    name = f"note_{file.key}"
    kind = st.segmented_control(
        _("Kind"),
        list(NOTE_KINDS),
        required=True,
        format_func=lambda one: _(CUSTOMER_NOTES[one]),
        label_visibility="collapsed",
        **drafts.field(name, "kind", "contacted", NOTE_KINDS, "default"),
    )
    text = st.text_area(_("What was said or done"), height=80, placeholder=_("Who, about what, what was agreed"), **drafts.field(name, "text", ""))
    step = st.text_input(_("What to do next"), **drafts.field(name, "step", ""))
    left, right = st.columns(2)
    date = day_field(left, _("Date"), max_value=_today(), **drafts.field(name, "date", _today()))
    due = day_field(right, _("By when"), **drafts.field(name, "due"))
    if st.button(_("Save"), type="primary", key="save_note"):
        with frame.errors_shown():
            customer_notes.write(
                reads.workspace(), file.key, text, kind=str(kind), date=_one(date), next_step=step, due_on=_one(due), actor=session.actor()
            )
            session.say(_("Saved."))
            session.clear_form(name)
            st.rerun()


def keepers(file: CustomerFile, _: Translator) -> None:
    """Whose customer it was, by its orders."""
    if not file.keepers:
        return
    show(heading(_("Account managers so far"), small=True), key="keepers_title")
    rows = [
        [
            one.manager,
            f"{formats.day(one.first_on, _.language)} – {formats.day(one.last_on, _.language)}",
            formats.written(one.revenue, "money", _.language),
        ]
        for one in file.keepers
    ]
    show(table([_("Account manager"), _("First and last order"), _("Revenue")], rows, short={0, 2}, flow=True), key="keepers")
    tables.downloads(f"{_('Account managers so far')} · {file.customer}", *customer_exports.keepers(file.keepers, _), key="keepers")


def _today() -> dt.date:
    return reads.workspace().now().date()


def _one(value: Any) -> dt.date | None:
    return value if isinstance(value, dt.date) else None
