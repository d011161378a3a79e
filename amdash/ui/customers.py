"""The customer base on a page: tiers as tiles, who moved, all customers in a table that sorts and searches, how concentrated the revenue is."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd
import streamlit as st

from amdash.i18n import Translator, formats
from amdash.i18n.words import TIERS, tier_words
from amdash.service import customer_base, customer_notes
from amdash.service.customer_base import CustomerBase
from amdash.ui import customer_exports, figures, filters, potential_customers, reads, session, tables
from amdash.ui.component import show
from amdash.ui.customer_words import move_words, present
from amdash.ui.markup.customers import Head, Tile, ledger, opening, tiles
from amdash.ui.markup.lists import Text, heading

_MOST = 400
# On a laptop the curve below needs the room of one.
_MOVES, _LOW_PX = 5, 800
# What stands above and below a table, and a row of it, in the size of letters.
_AROUND_REM, _ROW_REM = 22.6, 2.0
_COLUMNS = ("customer", "tier", "manager", "last_on", "orders_12m", "revenue_12m")
_VIEWS = ("all", "moves", "risk", "potential")
_ORDER = ("revenue_12m", True)
# What stands first when a column is sorted by for the first time: the largest, the newest, A.
_DESCENDING = ("revenue_12m", "last_on", "orders_12m")


def pick_whose(_: Translator) -> None:
    """A team or a manager whose customers are looked at, or everybody's."""
    choices = filters.scopes()
    now = session.kept("customers_of")
    key = session.worded("customers_of")
    session.seed(key, now if now in choices else filters.EVERYBODY)
    st.selectbox(
        _("Whose customers"),
        choices,
        format_func=filters.scope_words,
        key=key,
        label_visibility="collapsed",
        width=session.wide(170),
        on_change=lambda: session.choose(customers_of=st.session_state[key]),
    )


def managers() -> frozenset[str] | None:
    """Whose customers were chosen; None for everybody's."""
    people = reads.roster()
    kind, name = session.kept("customers_of") or filters.EVERYBODY
    chosen = people.loc[people["team" if kind == "team" else "manager"] == name, "manager"]
    return frozenset(chosen) if len(chosen) else None


def summary(found: CustomerBase, _: Translator) -> None:
    """The tiers, a click on one shows its customers; retention, and how much hangs on how few."""
    chosen = _tier()
    items = []
    for one in customer_base.tier_counts(found):
        digits, unit = formats.figure(float(one.customers), "customers", _.language)
        share = (
            ""
            if one.share is None
            else _("{money}, {share} of revenue", money=_money(one.revenue_12m, _), share=formats.written(one.share, "ratio", _.language))
        )
        moved = _("+{came} −{left} since {month}", came=one.came, left=one.left, month=_since(found, _)) if one.came or one.left else ""
        items.append(Tile(_(TIERS[one.tier]), digits, unit, (share, moved), f"tier|{one.tier}", one.tier == chosen))
    show(tiles([*items, _stayed(found, _), _spread(found, _)]), key="tiers", measures=True, on_go=_turn_tier)


def _stayed(found: CustomerBase, _: Translator) -> Tile:
    stayed = customer_base.stayed(found)
    if stayed is None:
        return Tile(_("Customer retention"), formats.MISSING, "", (_("needs two years of sales"),))
    digits, unit = formats.figure(stayed.rate, "ratio", _.language)
    words = _("{n} of {base} bought again", n=f"{stayed.retained:,}", base=f"{stayed.base:,}")
    return Tile(_("Customer retention"), digits, unit, (words, _("this year and the year before")))


def _spread(found: CustomerBase, _: Translator) -> Tile:
    spread = customer_base.spread(found)
    if spread is None:
        return Tile(_("Concentration"), formats.MISSING, "", (_("no revenue in 12 months"),))
    digits, unit = formats.figure(next(top.share for top in spread.top if top.percent == 20), "ratio", _.language)
    half = _.plural("{n} customer brings half", "{n} customers bring half", spread.customers_for_half)
    return Tile(_("Concentration"), digits, unit, (_("from the top 20% of customers"), half))


def chosen_view() -> str:
    """All customers, who moved, who is at risk, or who has not bought yet."""
    kept = session.kept("customers_view", "all")
    return kept if kept in _VIEWS else "all"


def pick_view(found: CustomerBase, _: Translator) -> None:
    """The same as a choice, with how many there are."""
    waiting = len(potential_customers.of(found.period, managers()))
    names = {
        "all": _("All customers"),
        "moves": _("Moved ({n})", n=f"{len(found.moves):,}"),
        "risk": _("At risk ({n})", n=f"{len(customer_base.at_risk(found, _lapsed_after())):,}"),
        "potential": _("Not bought yet ({n})", n=f"{waiting:,}"),
    }
    key = session.worded("customers_view")
    session.seed(key, chosen_view())
    st.segmented_control(
        _("View"),
        list(names),
        required=True,
        format_func=lambda one: names[one],
        key=key,
        label_visibility="collapsed",
        on_change=lambda: session.choose(customers_view=st.session_state[key]),
    )


@st.fragment
def everyone(found: CustomerBase, _: Translator) -> None:
    """The customers in a table: sorted by a click on a head, searched by name or tag; a click on a name opens the file."""
    if session.kept("customer") or chosen_view() != "all":
        st.rerun()
    tier = _tier()
    tags = {key: [row.tag for row in rows] for key, rows in customer_notes.tags(reads.workspace()).items()}
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        pick_view(found, _)
        text = st.text_input(_("Search"), key="customers_text", placeholder=_("Name or tag"), label_visibility="collapsed", icon=":material/search:")
    rows = customer_base.matching(found, text, tier, tags)
    by, descending = session.kept("customers_order", _ORDER)
    rows = customer_base.ordered(rows, by, descending)
    listed = min(session.listed("customers", _first()), _MOST)
    show(_table(rows.head(listed), (by, descending), _), key="customers", on_go=_go)
    if rows.empty:
        st.markdown(f":gray[{_('No customer fits. Search for less, or choose another tier.')}]")
        return
    more = len(rows) > listed
    with st.container(horizontal=True, vertical_alignment="center"):
        if more:
            st.markdown(f":gray[{_('{n} of {all} customers', n=listed, all=f'{len(rows):,}')}]", width="stretch")
        tables.downloads(_("All customers"), *customer_exports.customers(rows, _), "customers")
        if more and listed < _MOST:
            st.button(_("Show more"), icon=":material/expand_more:", type="tertiary", on_click=session.list_more, args=("customers", _first()))


def _table(rows: pd.DataFrame, order: tuple[str, bool], _: Translator) -> str:
    def head(title: str, column: str, **how: bool) -> Head:
        sorts = "" if order[0] != column else "descending" if order[1] else "ascending"
        return Head(title, f"sort|{column}", sorts, **how)

    how: list[dict[str, bool]] = [{}, *[{"short": True}] * 3, {"right": True, "short": True, "wide": True}, {"right": True, "short": True}]
    heads = [head(title, column, **one) for title, column, one in zip(customer_exports.customers_head(_), _COLUMNS, how, strict=True)]
    return ledger(heads, [(f"open|{row['key']}", _cells(row, _)) for row in rows.to_dict("records")])


def _cells(row: dict[Any, Any], _: Translator) -> list[Text | str]:
    last = present(row["last_on"])
    return [
        row["customer"],
        Text(tier_words(row["tier"], _), "attention" if row["tier"] == "lapsed" else "plain"),
        present(row["manager"]) or "",
        formats.day(last.date(), _.language) if last is not None else Text(_("not yet"), "dim"),
        f"{row['orders_12m']:,}",
        _money(row["revenue_12m"], _),
    ]


def beside(found: CustomerBase, _: Translator) -> None:
    """Beside the table: the moves with the most revenue at stake, and the curve of concentration."""
    down = found.moves[found.moves["direction"] == "down"]
    title = _("At stake since {month}: {money}", month=_since(found, _), money=_money(float(down["revenue_at_stake"].sum()), _))
    show(opening(title, _moves(down.head(_MOVES - (session.room().height < _LOW_PX)), _), _("Nobody moved down.")), key="at_stake", on_go=_go)
    spread = customer_base.spread(found)
    if spread is not None:
        show(heading(_("How many customers the revenue hangs on"), small=True), key="concentration_title")
        figures.concentration(customer_base.revenues(found), spread, 0.28, key="concentration")


@st.fragment
def at_risk(found: CustomerBase, _: Translator) -> None:
    """Who has not ordered for long and may still be kept, the most revenue first; a click on a name opens the file."""
    if session.kept("customer") or chosen_view() != "risk":
        st.rerun()
    pick_view(found, _)
    rows = customer_base.at_risk(found, _lapsed_after())
    after, until = customer_base.at_risk_after(_lapsed_after()), formats.day(found.as_of, _.language)
    said = _("No order for {n} days or more, up to {until}; after {all} days a customer has lapsed.", n=after, all=_lapsed_after(), until=until)
    if rows.empty:
        st.markdown(f":gray[{said}]\n\n**{_('Nobody is about to be lost.')}**")
        return
    listed = min(session.listed("risk", _first() - 1), _MOST)
    tables.downloads(_("Customers at risk"), *customer_exports.at_risk(rows, _), "risk", f":gray[{said}]")
    heads = [Head(title, short=place > 0, right=place > 2) for place, title in enumerate(customer_exports.at_risk_head(_))]
    cells = [(f"open|{row['key']}", _risk_cells(row, _)) for row in rows.head(listed).to_dict("records")]
    show(ledger(heads, cells), key="risk", on_go=_go)
    if listed < min(len(rows), _MOST):
        st.button(_("Show more"), icon=":material/expand_more:", type="tertiary", on_click=session.list_more, args=("risk", _first() - 1))


def _risk_cells(row: dict[Any, Any], _: Translator) -> list[Text | str]:
    lapses = formats.day(row["lapses_on"].date(), _.language)
    whose = present(row["manager"]) or ""
    return [row["customer"], tier_words(row["tier"], _), whose, f"{int(row['recency_days']):,}", lapses, _money(row["revenue_12m"], _)]


def _lapsed_after() -> int:
    return reads.workspace().rules().tiers.lapsed_after_days


@st.fragment
def moved(found: CustomerBase, _: Translator) -> None:
    """Everybody whose tier is another than at the end of the period before, the most revenue at stake first."""
    if session.kept("customer"):
        st.rerun()
    said = _(
        "Tier at the end of {month} and on {day}, up to which days are counted; at stake is what who moved down had brought in 12 months.",
        month=_since(found, _),
        day=formats.day(found.as_of, _.language),
    )
    about = f":gray[{said}]"
    listed = min(session.listed("moves", _first() - 1), _MOST)
    heads = [
        Head(_("Customer")),
        Head(_("Account manager"), short=True),
        Head(_("Moved"), short=True),
        Head(_("Why")),
        Head(_("Revenue, 12 months"), right=True, short=True),
        Head(_("At stake"), right=True, short=True),
    ]
    rows = [(f"open|{row['key']}", _move_cells(row, _)) for row in found.moves.head(listed).to_dict("records")]
    if not rows:
        st.markdown(f"{about}\n\n**{_('Nobody moved to another tier.')}**")
        return
    tables.downloads(_("Moved to another tier"), *customer_exports.moves(found, _), "moves", about)
    show(ledger(heads, rows), key="moves", on_go=_go)
    if listed < min(len(found.moves), _MOST):
        st.button(_("Show more"), icon=":material/expand_more:", type="tertiary", on_click=session.list_more, args=("moves", _first() - 1))


def _move_cells(row: dict[Any, Any], _: Translator) -> list[Text | str]:
    where, why = move_words(row, _)
    stake = row["revenue_at_stake"]
    now = present(row["revenue_12m_after"])
    return [
        row["customer"],
        present(row["manager"]) or "",
        Text(where, "attention" if row["direction"] in ("down", "gone") else "plain"),
        why,
        "" if now is None else _money(now, _),
        Text(_money(stake, _), "attention") if stake > 0 else "",
    ]


def _moves(rows: pd.DataFrame, _: Translator) -> list[tuple[str, str, Text | str, str]]:
    records: Sequence[dict[Any, Any]] = rows.to_dict("records")
    return [(f"open|{row['key']}", row["customer"], _.colon.join(move_words(row, _)), _money(row["revenue_at_stake"], _)) for row in records]


def _first() -> int:
    """As many rows as one screen holds; on a phone a handful."""
    room = session.room()
    return max(8, int((room.height / room.rem - _AROUND_REM) / _ROW_REM))


def _money(value: float, _: Translator) -> str:
    return formats.written(value, "money", _.language)


def _since(found: CustomerBase, _: Translator) -> str:
    """The month that the moves count from, short; with its year where that is another one."""
    month = f"{found.before:%Y-%m}"
    return (formats.month_short if found.before.year == found.as_of.year else formats.month_tight)(month, _.language)


def _tier() -> str | None:
    chosen = session.kept("customers_tier", "")
    return chosen if chosen in TIERS else None


def _turn_tier(go: str) -> None:
    tier = go.partition("|")[2]
    session.choose(customers_tier="" if tier == _tier() else tier, customers_view="all")


def _go(go: str) -> None:
    """A name opens the file, a head sorts: the other way round when it is sorted by already."""
    what, _sign, value = go.partition("|")
    if what == "open":
        session.choose(customer=value)
        return
    by, descending = session.kept("customers_order", _ORDER)
    session.choose(customers_order=(value, not descending if by == value else value in _DESCENDING))
