"""The board on the overview: the matrix, and below it the cell that was opened, with its trend and the rows behind the number."""

from __future__ import annotations

import streamlit as st

from amdash.i18n import Translator
from amdash.insight.reading import Reading
from amdash.metrics.spec import Kpi
from amdash.service.boards import Board
from amdash.ui import board_view, figures, improvement_reads, session, tour, views
from amdash.ui.component import show
from amdash.ui.details import rows_table
from amdash.ui.markup.markdown import literal
from amdash.ui.markup.marks import settling, signal, status
from amdash.ui.markup.matrix import CLOSE, HEADING, TOUR, View, columns, matrix
from amdash.ui.person import plan_button, why_moved
from amdash.ui.sentences import progress_sentence

_MANAGER_PAGE = "pages/manager.py"
# Pixels; with the line above and the buttons below as high as the chart.
_ROWS_HEIGHT = 140
# Its sentence says what stands above the rows elsewhere.
_MOVED_HEIGHT = 172


@st.fragment
def scorecard(board: Board, team: str | None) -> None:
    """The matrix and what is opened of it. A click on a cell or a heading reruns this alone; a click on a name leaves the page."""
    _ = session.words()
    names = [name for group in board.teams if team in (None, group.name) for name in group.managers]
    kpi, everybody = improvement_reads.improved(board.period)
    more = [(kpi, everybody)] if any(everybody[name].value is not None for name in names if name in everybody) else []
    change = improvement_reads.progress(board.period) if more else {}
    notes = {(kpi.id, name): progress_sentence(change.get(name), _) for name in names} if more else {}
    opened = board_view.opened_cell()
    known = {(one.id, name): (one, reading) for one in board.kpis for name in names if (reading := board.readings.get((one.id, name)))}
    known |= {(one.id, name): (one, readings[name]) for one, readings in more for name in names}
    found = known.get((opened[1], opened[0])) if opened else None
    on_phone = board_view.order_picker([*columns(board), *(one for one, _readings in more)])
    view = View(team, board_view.order(), opened if found else None, more, notes, board_view.running_plans(board))
    show(matrix(board, _, view), key="matrix", on_go=_clicked, measures=True, keeps=tour.kept())
    session.start_part()
    views.settle(on_phone)
    tour.follow()
    if found:
        _opened(*found, _)


def _clicked(go: str) -> None:
    """'manager|kpi' of a cell, 'manager|' of a name, '||kpi' of a heading, '||tour' of the words below, '||close' of Escape."""
    manager, _sign, kpi = go.rpartition("|")
    if go == f"{HEADING}|{TOUR}":
        tour.start()
    elif go == f"{HEADING}|{CLOSE}":
        board_view.close_cell()
    elif manager == HEADING:
        board_view.turn_order(kpi)
    elif kpi:
        board_view.open_cell(manager, kpi)
    else:
        session.choose(manager=manager, goto=_MANAGER_PAGE)


def _opened(kpi: Kpi, reading: Reading, _: Translator) -> None:
    """The trend of a cell with its limits, and the rows behind it; the way to the person and to a plan."""
    with st.container(key="opened", gap="small"):
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            st.markdown(f"### {literal(reading.subject)} · {_(kpi.name)}", width="stretch")
            plan_button(kpi, reading, key="opened_plan")
            if st.button(_("Open {manager}", manager=literal(reading.subject)), key="opened_manager", type="tertiary", icon=":material/person:"):
                st.switch_page(_MANAGER_PAGE)
            st.button(_("Hide"), key="opened_close", type="tertiary", icon=":material/close:", on_click=board_view.close_cell)
        chart, rows = st.columns([54, 46], gap="medium")
        with chart:
            figures.control(reading.since(reading.begins()), kpi, 0.29, key="opened_chart")
        with rows:
            if kpi.measure == "derived":
                why_moved(reading.subject, reading.period, height=_MOVED_HEIGHT)
            else:
                st.markdown(f":gray[{literal(_.clause.join(filter(None, (*status(reading, _), signal(reading, _), settling(reading, _)))))}]")
                rows_table(kpi.id, reading.subject, reading.period, height=_ROWS_HEIGHT)
