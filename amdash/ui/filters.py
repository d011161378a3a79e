"""The pickers that pages share. A widget is seeded from the session and writes back to it, so that a choice survives a change of page."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from amdash.i18n import N_, formats
from amdash.metrics import period
from amdash.schema import TABLES
from amdash.service import scorecards
from amdash.ui import reads, session

_KINDS: dict[period.Every, str] = {"month": N_("Monthly"), "quarter": N_("Quarterly"), "year": N_("Yearly")}


def pick_period() -> str:
    """Month, quarter or year, and which one."""
    _ = session.words()
    months = reads.months()
    now = session.current_period(months)
    kind = period.kind_of(now)

    def change_kind() -> None:
        wanted = st.session_state[session.worded("period_kind")] or kind
        # The newest month of what was looked at decides which quarter or year comes next, and back again.
        last = max(set(period.months_of(now)) & set(months))
        session.choose(period=period.period_of(last, wanted))

    st.segmented_control(
        _("Period"),
        list(_KINDS),
        default=kind,
        required=True,
        format_func=lambda name: _(_KINDS[name]),
        key=session.worded("period_kind"),
        label_visibility="collapsed",
        on_change=change_kind,
    )
    return pick_which()


def pick_which() -> str:
    """Which month, quarter or year: the newest first."""
    _ = session.words()
    months = reads.months()
    now = session.current_period(months)
    kind = period.kind_of(now)
    choices = list(dict.fromkeys(period.period_of(month, kind) for month in reversed(months)))
    st.selectbox(
        _("Period"),
        choices,
        index=choices.index(now),
        format_func=lambda one: formats.month(one, _.language),
        key=session.worded(f"period_{kind}"),
        label_visibility="collapsed",
        width=170,
        on_change=lambda: session.choose(period=st.session_state[session.worded(f"period_{kind}")]),
    )
    return now


def pick_team(names: Sequence[str]) -> str | None:
    """One team, or None for all of them; nothing is shown where there is none to choose."""
    _ = session.words()
    if not names:
        return None
    now = session.current_team(names)
    choices = ["", *names]
    st.selectbox(
        _("Team"),
        choices,
        index=choices.index(now or ""),
        format_func=lambda name: name or _("All teams"),
        key=session.worded("team"),
        label_visibility="collapsed",
        width=150,
        on_change=lambda: session.choose(team=st.session_state[session.worded("team")]),
    )
    return now


def pick_manager(names: Sequence[str], *, key: str = "who_box") -> str:
    """One manager by name."""
    _ = session.words()
    now = session.current_manager(names)
    st.selectbox(
        _("Account manager"),
        list(names),
        index=list(names).index(now),
        key=key,
        label_visibility="collapsed",
        on_change=lambda: session.choose(manager=st.session_state[key]),
    )
    return now


def pick_kpi(measured: Sequence[str]) -> str:
    """One KPI by name."""
    _ = session.words()
    names = {kpi.id: kpi.name for kpi in scorecards.kpis()}
    now = session.current_kpi(measured)
    st.selectbox(
        _("KPI"),
        list(names),
        index=list(names).index(now),
        format_func=lambda name: _(names[name]),
        key=session.worded("kpi"),
        label_visibility="collapsed",
        width=220,
        on_change=lambda: session.choose(kpi=st.session_state[session.worded("kpi")]),
    )
    return now


def table_title(name: str) -> str:
    """A canonical table in words."""
    return session.words()(TABLES[name].title)
