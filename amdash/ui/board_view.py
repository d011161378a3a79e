"""How a visitor looks at the board: ordered by a KPI, and with which cell opened. It survives a change of page."""

from __future__ import annotations

from amdash.ui import session


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
