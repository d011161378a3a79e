"""How a visitor looks at the board: ordered by a KPI, and with which cell opened. It survives a change of page."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

import streamlit as st

from amdash.metrics import period
from amdash.metrics.spec import Kpi
from amdash.service.boards import Board
from amdash.ui import reads, session, views


def order() -> tuple[str, bool] | None:
    """The KPI that the rows are ordered by, and whether the best comes first; None for everybody's usual place."""
    found: tuple[str, bool] | None = session.kept("board_order")
    return found


def turn_order(kpi: str) -> None:
    """Order by a KPI, the best first; asked again the weakest first, then as usual. '' is as usual."""
    session.choose(board_order=None if not kpi or order() == (kpi, False) else (kpi, order() != (kpi, True)))


def opened_cell() -> tuple[str, str] | None:
    """(manager, KPI) of the cell that is opened."""
    found: tuple[str, str] | None = session.kept("board_cell")
    return found


def open_cell(manager: str, kpi: str) -> None:
    """Open a cell, or close it where it is open already; other pages then show the same manager and KPI."""
    session.choose(board_cell=None if opened_cell() == (manager, kpi) else (manager, kpi), manager=manager, kpi=kpi)


def close_cell() -> None:
    """Nothing is opened from now on."""
    session.choose(board_cell=None)


def order_picker(kpis: Sequence[Kpi]) -> bool:
    """On a phone, where the headings are not there to be pressed: by which KPI, and which end comes first. Returns whether it is one."""
    on_phone = views.is_phone()
    if not on_phone:
        return False
    _ = session.words()
    names = {"": _("The usual order"), **{kpi.id: _(kpi.name) for kpi in kpis}}
    by, best_first = order() or ("", True)
    by = by if by in names else ""
    key = session.worded("board_order_box")
    session.seed(key, by)
    with st.container(key="order_by", horizontal=True, vertical_alignment="bottom", gap="small"):
        st.selectbox(
            _("Order by"),
            list(names),
            format_func=lambda one: names[one],
            key=key,
            on_change=lambda: session.choose(board_order=(st.session_state[key], True) if st.session_state[key] else None),
        )
        if by:
            turn = _("Weakest first") if best_first else _("Best first")
            st.button(turn, key="order_turn", type="tertiary", icon=":material/swap_vert:", on_click=_turn)
    return True


def _turn() -> None:
    by, best_first = order() or ("", True)
    session.choose(board_order=(by, not best_first) if by else None)


def running_plans(board: Board) -> Mapping[tuple[str, str], int]:
    """(KPI, manager) -> how many improvement plans run at the end of the board's period and are not closed; nothing for the others.

    On the newest figures those that run by now: a plan that was made of them begins a month later.
    """
    last = period.months_of(board.period)[-1]
    if last >= reads.months()[-1]:
        last = max(last, f"{reads.workspace().now():%Y-%m}")
    return Counter((one.entry.kpi, one.entry.manager) for one in reads.plans() if one.state != "closed" and one.entry.started <= last)
