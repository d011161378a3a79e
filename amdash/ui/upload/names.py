"""Names that may be one: a person says whether they are, and can take it back."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from functools import partial

import streamlit as st

from amdash.i18n import Translator
from amdash.metrics.names import KINDS, Kind
from amdash.service import aliases
from amdash.service.aliases import APART, REASONS, TITLES, Proposal
from amdash.store.aliases import AliasRow
from amdash.ui import frame, reads, session, tables
from amdash.ui.component import show
from amdash.ui.markup.lists import heading
from amdash.ui.markup.markdown import literal
from amdash.ui.upload import exports

_FIRST = 10


def shown(_: Translator) -> None:
    """What is proposed, what counts as one, and what was kept apart."""
    ws = reads.workspace()
    proposals = _proposals(ws.settings.database_url, ws.revision())
    if not proposals:
        st.markdown(f":gray[{_('No two names look as if they were one.')}]")
    else:
        st.markdown(
            f":gray[{_('Names are never merged by themselves: you decide. Merged names count as one in every figure; you can take it back.')}]"
        )
    decided = aliases.current(ws)
    if proposals or decided:
        tables.downloads(_("Names"), *exports.names(proposals, decided, _), key="names")
    some = session.listed("names", _FIRST)
    for proposal in proposals[:some]:
        _proposal(proposal, _)
    if len(proposals) > some:
        words = _.plural("{n} more", "{n} more", len(proposals) - some)
        st.button(words, key="names_more", icon=":material/expand_more:", on_click=session.list_more, args=("names", _FIRST))
    merged = [row for row in decided if not row.kind.startswith(APART)]
    if merged:
        st.markdown(f"### {_('Merged')}")
        _decided(merged, _("“{alias}” counts as “{name}”"), _)
    apart = [row for row in decided if row.kind.startswith(APART)]
    if apart:
        with st.expander(_.plural("{n} pair kept apart", "{n} pairs kept apart", len(apart))):
            _decided(apart, _("“{alias}” and “{name}” are two"), _)


@st.cache_data(show_spinner=False, max_entries=8)
def _proposals(url: str, revision: int) -> list[Proposal]:
    return aliases.propose(reads.workspace(), revision)


def _proposal(one: Proposal, _: Translator) -> None:
    key = hashlib.blake2b(f"{one.kind}\n{one.alias}\n{one.name}".encode(), digest_size=6).hexdigest()
    names = _(
        "“{alias}” ({n}) and “{name}” ({m})",
        alias=one.alias,
        n=_.plural("{n} row", "{n} rows", one.rows_alias),
        name=one.name,
        m=_.plural("{n} row", "{n} rows", one.rows_name),
    )
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key=f"line_{key}"):
        with st.container():
            show(heading(names, f"{_(TITLES[one.kind])} · {_(REASONS[one.reason])}", small=True), key=f"names_{key}")
        same = st.button(
            _("Same"),
            key=f"same_{key}",
            icon=":material/merge:",
            help=literal(_("From now on “{alias}” counts as “{name}”.", alias=one.alias, name=one.name)),
        )
        other = st.button(_("Different"), key=f"different_{key}", type="tertiary", help=_("They stay two and are not proposed again."))
    ws = reads.workspace()
    if same:
        _decide(partial(aliases.merge, ws, one.kind, one.alias, one.name), _("“{alias}” counts as “{name}” now.", alias=one.alias, name=one.name))
    if other:
        _decide(partial(aliases.keep_apart, ws, one.kind, one.alias, one.name), _("They stay two."))


def _decided(rows: Sequence[AliasRow], words: str, _: Translator) -> None:
    for row in reversed(rows):
        said = words.format(alias=row.alias, name=row.name)
        by = _("owner") if row.actor == "owner" else row.actor
        with st.container(horizontal=True, vertical_alignment="center", gap="small", key=f"line_{row.alias_id}"):
            with st.container():
                show(heading(said, f"{_(TITLES[_kind(row)])} · {row.at:%Y-%m-%d} · {by}", small=True), key=f"decided_{row.alias_id}")
            undone = st.button(_("Take back"), key=f"apart_{row.alias_id}", icon=":material/undo:", type="tertiary")
        if undone:
            _decide(partial(aliases.undo, reads.workspace(), row.alias_id), _("Taken back."))


def _kind(row: AliasRow) -> Kind:
    return next(kind for kind in KINDS if kind == row.kind.removeprefix(APART))


def _decide(act: Callable[..., int], words: str) -> None:
    """Do it, say it, and look again: every figure may be another one now."""
    with frame.errors_shown():
        act(actor=session.actor())
        session.say(literal(words))
        session.forget_preview()
        st.rerun()
