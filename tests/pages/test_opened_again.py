"""A page that is opened again computes nothing anew: what was read for the first visitor serves the next one until something changes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from amdash.service import analysis, boards, customer_base, customer_files, drilldown, feedback, plans, potential, scorecards, targets
from amdash.service.workspace import Workspace

# What takes more than a few milliseconds with the demo data.
COSTLY = (
    (boards, "board"),
    (scorecards, "roster"),
    (scorecards, "trends"),
    (scorecards, "improvements"),
    (analysis, "compare"),
    (analysis, "drivers"),
    (customer_base, "base"),
    (customer_files, "read"),
    (drilldown, "rows_behind"),
    (plans, "effects"),
    (potential, "potential"),
    (feedback, "log"),
    (targets, "check"),
    (targets, "in_force"),
)


@pytest.fixture
def computed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The costly services that are called, in order."""
    called: list[str] = []

    def watched(name: str, function: Callable[..., Any]) -> Callable[..., Any]:
        def call(*args: Any, **kwargs: Any) -> Any:
            called.append(name)
            return function(*args, **kwargs)

        return call

    for module, name in COSTLY:
        monkeypatch.setattr(module, name, watched(f"{module.__name__.rpartition('.')[2]}.{name}", getattr(module, name)))
    return called


@pytest.mark.parametrize(
    "name", ["overview", "manager", "trends", "compare", "drivers", "customers", "feedback", "plans", "targets", "reports", "dictionary", "meeting"]
)
def test_a_page_opened_again_computes_nothing(name: str, demo_ws: Workspace, visit, computed: list[str]) -> None:
    visit(demo_ws, name)
    computed.clear()
    assert not visit(demo_ws, name).exception
    assert computed == []


def test_a_change_is_seen_by_the_next_visitor(demo_copy: Workspace, visit, computed: list[str]) -> None:
    visit(demo_copy, "overview")
    targets.put(demo_copy, "csat", 0.5, "2026-01")
    computed.clear()
    visit(demo_copy, "overview")
    assert "boards.board" in computed
