"""Potential customers on a page: who waits for an answer, what is next, and how many of them bought at last, per manager."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection

import streamlit as st

from amdash.i18n import Translator, formats
from amdash.service.potential import Prospect
from amdash.ui import customer_exports, reads, session, tables
from amdash.ui.component import show
from amdash.ui.customer_words import contact_words, step_words
from amdash.ui.markup.customers import Head, ledger, rates
from amdash.ui.markup.lists import Text

_FIRST = 12
_MOST = 400


def of(period: str, managers: Collection[str] | None) -> list[Prospect]:
    """The potential customers of these managers, of everybody without any."""
    return [one for one in reads.potential_customers(period).prospects if managers is None or one.manager in managers]


@st.fragment
def listed(period: str, managers: Collection[str] | None, _: Translator) -> None:
    """Who has not bought yet: the longest wait for us first."""
    if session.kept("customer"):
        st.rerun()
    rows = of(period, managers)
    if not rows:
        st.markdown(f"**{_('Everybody on the list, and everybody with an open deal, has bought.')}**")
        st.markdown(_("Add those you would like to win to the customer list, or upload your deals with their status: they then stand here."))
        st.page_link("pages/upload.py", label=_("Upload my sheet"), icon=":material/upload:")
        return
    waiting = sum(one.waits_for_us for one in rows)
    overdue = sum(one.overdue for one in rows)
    parts = [
        _.plural("{n} waits for our answer", "{n} wait for our answer", waiting) if waiting else _("nobody waits for our answer"),
        *([_.plural("{n} next step is overdue", "{n} next steps are overdue", overdue)] if overdue else []),
        _("open a customer to write a contact down"),
    ]
    shown = min(session.listed("potential", _FIRST), _MOST)
    heads = [
        Head(_("Customer")),
        Head(_("Account manager"), short=True),
        Head(_("Open deals"), right=True, short=True),
        Head(_("Last contact"), short=True),
        Head(_("What to do next")),
    ]
    today = reads.potential_customers(period).as_of
    tables.downloads(_("Not bought yet"), *customer_exports.prospects(rows, _), "potential", f":gray[{_.clause.join(parts)}]")
    cells = [(f"open|{one.key}", _cells(one, today, _)) for one in rows[:shown]]
    show(ledger(heads, cells), key="potential", on_go=lambda go: session.choose(customer=go.partition("|")[2]))
    if shown < min(len(rows), _MOST):
        st.button(_("Show more"), icon=":material/expand_more:", type="tertiary", on_click=session.list_more, args=("potential", _FIRST))


def _cells(one: Prospect, today: dt.date, _: Translator) -> list[Text | str]:
    deals = "" if not one.deals else str(one.deals)
    if one.deals_amount:
        deals = f"{deals} · {formats.written(one.deals_amount, 'money', _.language)}"
    return [
        one.customer,
        one.manager or "",
        deals,
        contact_words(one.contact, _),
        step_words(one.step, today, _),
    ]


def converted(period: str, managers: Collection[str] | None, _: Translator) -> None:
    """Of those who came to be known in the last 12 months, how many bought, per manager."""
    rows = reads.potential_customers(period).converted
    if managers is not None:
        rows = rows[rows["manager"].isin(managers)]
    st.markdown(f"### {_('Conversion')}")
    about = _("Of those who were listed, or whose first deal was opened, in the last 12 months and before any order: how many have bought.")
    st.markdown(f":gray[{about}]")
    if rows.empty:
        st.markdown(_("Cannot be said yet: it needs “customer since” in the customer list, or deals with the day on which they were opened."))
        return
    heads = [Head(title, right=place > 0) for place, title in enumerate(customer_exports.conversion_head(_))]
    lines = customer_exports.conversions(rows, _)
    show(
        rates(heads, [[who, f"{known:,}", f"{bought:,}", formats.written(rate, "ratio", _.language)] for who, known, bought, rate in lines]),
        key="converted",
    )
    tables.downloads(_("Conversion"), *customer_exports.conversion(rows, _), "converted")
