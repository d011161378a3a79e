"""The pickers that pages share. Each shows what the session holds and writes back to it: choices outlive a change of page, and follow others."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from amdash.i18n import N_, formats
from amdash.metrics import period
from amdash.metrics.spec import By
from amdash.schema import TABLES
from amdash.service import scorecards
from amdash.ui import reads, session

_KINDS: dict[period.Every, str] = {"month": N_("Monthly"), "quarter": N_("Quarterly"), "year": N_("Yearly")}
EVERYBODY: tuple[By, str] = ("all", "")


def pick_period() -> str:
    """Month, quarter or year, and which one."""
    _ = session.words()
    months = reads.months()
    now = session.current_period(months)
    kind = period.kind_of(now)
    key = session.worded("period_kind")

    def change_kind() -> None:
        wanted = st.session_state[key] or kind
        # The newest month of what was looked at decides which quarter or year comes next, and back again.
        last = max(set(period.months_of(now)) & set(months))
        session.choose(period=period.period_of(last, wanted))

    session.seed(key, kind)
    st.segmented_control(
        _("Period"),
        list(_KINDS),
        required=True,
        format_func=lambda name: _(_KINDS[name]),
        key=key,
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
    key = session.worded(f"period_{kind}")
    session.seed(key, now)
    st.selectbox(
        _("Period"),
        choices,
        format_func=lambda one: formats.month(one, _.language),
        key=key,
        label_visibility="collapsed",
        width=session.wide(170),
        on_change=lambda: session.choose(period=st.session_state[key]),
    )
    return now


def pick_team(names: Sequence[str]) -> str | None:
    """One team, or None for all of them; nothing is shown where there is none to choose."""
    _ = session.words()
    if not names:
        return None
    now = session.current_team(names)
    key = session.worded("team")
    session.seed(key, now or "")
    st.selectbox(
        _("Team"),
        ["", *names],
        format_func=lambda name: name or _("All teams"),
        key=key,
        label_visibility="collapsed",
        width=session.wide(150),
        on_change=lambda: session.choose(team=st.session_state[key]),
    )
    return now


def pick_manager(names: Sequence[str], *, key: str = "who_box") -> str:
    """One manager by name."""
    _ = session.words()
    now = session.current_manager(names)
    session.seed(key, now)
    st.selectbox(
        _("Account manager"),
        list(names),
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
    key = session.worded("kpi")
    session.seed(key, now)
    st.selectbox(
        _("KPI"),
        list(names),
        format_func=lambda name: _(names[name]),
        key=key,
        label_visibility="collapsed",
        width=session.wide(220),
        on_change=lambda: session.choose(kpi=st.session_state[key]),
    )
    return now


def scopes() -> list[tuple[By, str]]:
    """Whom something may be of, as (kind, name): everybody, the teams, the managers in the order of the roster; everybody alone without one."""
    people = reads.roster()
    teams = [name for name in dict.fromkeys(people["team"]) if name]
    return [EVERYBODY, *(("team", name) for name in teams), *(("manager", name) for name in people["manager"])]


def scope_words(one: tuple[By, str]) -> str:
    """One of :func:`scopes` in words."""
    _ = session.words()
    return one[1] or _("Everybody")


def table_title(name: str) -> str:
    """A canonical table in words."""
    _ = session.words()
    return _(TABLES[name].title)
