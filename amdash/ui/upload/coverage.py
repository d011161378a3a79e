"""Which months of which tables are there, and what is missing or there in part."""

from __future__ import annotations

import datetime as dt

import streamlit as st

from amdash.i18n import Translator, formats
from amdash.schema import TABLES
from amdash.service import coverage, tabulated
from amdash.service.coverage import LIST, STATES, Cover, Coverage, State, reason_words
from amdash.ui import reads, session, tables
from amdash.ui.component import show
from amdash.ui.markup import coverage as markup
from amdash.ui.markup.coverage import Cell

_A_YEAR = 12
_GAPS = 10
# What each sign means, in the order of the legend.
_LEGEND: tuple[State, ...] = ("present", "partial", "missing", "not_expected")


def shown(_: Translator) -> None:
    """The matrix of the last months, and below it the gaps with their reasons."""
    ws = reads.workspace()
    found = _matrix(ws.settings.database_url, ws.revision(), ws.now().date())
    if not any(cover.rows for cover in found.covers.values()):
        st.markdown(f"**{_('There is no data here yet.')}**")
        st.markdown(_("Upload a sheet above. Here you will see which months are complete, and which sheet a month lacks."))
        return
    months = found.months[-session.listed("coverage", _A_YEAR) :]
    used = [name for name in TABLES if TABLES[name].dated_by and any(found.covers[name, month].rows for month in found.months)]
    if months:
        rows = [(_(TABLES[name].title), [_cell(found.covers[name, month], _) for month in months]) for name in used]
        heads = [_head(month, place, _) for place, month in enumerate(months)]
        words = [(state, _(STATES[state])) for state in _LEGEND]
        show(markup.coverage(_("Coverage"), _("Table"), heads, rows, words), key="coverage")
        tables.downloads(_("Coverage"), *tabulated.coverage(found, _), key="coverage")
        if len(months) < len(found.months):
            st.button(
                _("Show earlier months"), key="months_more", icon=":material/expand_more:", on_click=session.list_more, args=("coverage", _A_YEAR)
            )
    _lists(found, _)
    _gaps(found, set(months) | {LIST}, _)


@st.cache_resource(show_spinner=False, max_entries=8)
def _matrix(url: str, revision: int, today: dt.date) -> Coverage:
    """As of today: a month that has ended since the last upload is over, and may be missing."""
    return coverage.matrix(reads.workspace())


def _head(month: str, place: int, _: Translator) -> str:
    """The month, with its year where one begins."""
    short = formats.month_short(month, _.language)
    return f"{short}\n{month[:4]}" if place == 0 or month.endswith("-01") else short


def _cell(cover: Cover, _: Translator) -> Cell:
    parts = [
        _(TABLES[cover.table].title),
        formats.month(cover.month, _.language),
        _(STATES[cover.state]),
        _.plural("{n} row", "{n} rows", cover.rows) if cover.rows else "",
    ]
    return Cell(cover.state, _.comma.join(part for part in parts if part))


def _lists(found: Coverage, _: Translator) -> None:
    """The tables without months, and those of which nothing has ever come."""
    said = [
        f"{_(TABLES[cover.table].title)} {_.plural('{n} row', '{n} rows', cover.rows)}"
        for cover in found.covers.values()
        if cover.month == LIST and cover.rows
    ]
    never = [
        _(table.title) for table in TABLES.values() if not any(cover.rows for (name, _month), cover in found.covers.items() if name == table.name)
    ]
    sentences = []
    if said:
        sentences.append(_("Lists: {lists}.", lists=_.comma.join(said)))
    if never:
        sentences.append(_("Nothing so far: {tables}.", tables=_.comma.join(never)))
    st.markdown(f":gray[{_.space.join(sentences)}]")


def _gaps(found: Coverage, months: set[str], _: Translator) -> None:
    gaps = sorted(
        (cover for cover in found.incomplete() if cover.month in months), key=lambda cover: (cover.month != LIST, cover.month), reverse=True
    )
    if not gaps:
        st.markdown(f":blue[{_('No month of these lacks anything.')}]")
        return
    st.markdown(f"### {_('Missing or in part')}")
    some = session.listed("gaps", _GAPS)
    show(markup.gaps([_gap(cover, _) for cover in gaps[:some]]), key="gaps")
    if len(gaps) > some:
        words = _.plural("{n} more", "{n} more", len(gaps) - some)
        st.button(words, key="gaps_more", icon=":material/expand_more:", on_click=session.list_more, args=("gaps", _GAPS))


def _gap(cover: Cover, _: Translator) -> tuple[markup.State, str, str, str]:
    month = _("the list") if cover.month == LIST else formats.month(cover.month, _.language)
    why = [reason_words(_, reason) for reason in cover.reasons] or [_("No sheet has a row of this month. If there is one, upload it.")]
    return cover.state, _(STATES[cover.state]), f"{month} · {_(TABLES[cover.table].title)}", _.space.join(why)
