"""How the board is looked at: clicks turn the order round, and open and close a cell."""

from __future__ import annotations

import pytest

from amdash.ui import board_view, session


@pytest.fixture(autouse=True)
def kept(monkeypatch: pytest.MonkeyPatch) -> dict[str, object]:
    """The choices of a visit, without one."""
    choices: dict[str, object] = {}
    monkeypatch.setattr(session, "choose", lambda **said: choices.update(said))
    monkeypatch.setattr(session, "kept", lambda name, default=None: choices.get(name, default))
    return choices


def test_a_heading_asks_for_the_best_then_the_weakest_then_the_usual_order() -> None:
    seen = []
    for _click in range(4):
        board_view.turn_order("csat")
        seen.append(board_view.order())
    assert seen == [("csat", True), ("csat", False), None, ("csat", True)]


def test_another_heading_begins_with_the_best() -> None:
    board_view.turn_order("csat")
    board_view.turn_order("response_time")
    assert board_view.order() == ("response_time", True)
    board_view.turn_order("")
    assert board_view.order() is None


def test_a_cell_is_opened_and_closed_and_the_other_pages_follow(kept: dict[str, object]) -> None:
    board_view.open_cell("李明", "csat")
    assert board_view.opened_cell() == ("李明", "csat")
    assert (kept["manager"], kept["kpi"]) == ("李明", "csat")
    board_view.open_cell("王芳", "csat")
    assert board_view.opened_cell() == ("王芳", "csat")
    board_view.open_cell("王芳", "csat")
    assert board_view.opened_cell() is None
    board_view.open_cell("王芳", "csat")
    board_view.close_cell()
    assert board_view.opened_cell() is None
