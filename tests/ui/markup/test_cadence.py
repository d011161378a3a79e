"""The cadence board: every state by word, shape and colour; what a screen reader hears; every cell reports whose it is."""

from __future__ import annotations

import re

import pandas as pd
import pytest

from amdash.i18n import translator
from amdash.ui.markup.cadence import cadence_board

EN, ZH = translator("en"), translator("zh")


def row(manager: str = "李明", source: str = "supervisor", **more: object) -> dict[str, object]:
    stands = {"every": "month", "last_done": pd.Timestamp("2026-10-14"), "next_due": pd.Timestamp("2026-11-30"), "status": "due", "days_overdue": 0}
    return {"manager": manager, "source": source, **stands, **more}


@pytest.mark.parametrize(
    ("status", "days", "shape", "words"),
    [("done", 0, "met", "done"), ("due", 0, "clock", "due soon"), ("overdue", 1, "missed", "1 day overdue"), ("not_due", 0, "few", "not due yet")],
)
def test_every_state_has_its_shape_and_its_word(status: str, days: int, shape: str, words: str) -> None:
    markup = cadence_board([row(status=status, days_overdue=days)], EN)
    assert f'class="st st-{status}"><svg class="i i-{shape}"' in markup
    assert f"</svg>{words}</span>" in markup
    assert f'aria-label="李明, Supervisor, {words}, last 14 Oct 2026 · due 30 Nov 2026"' in markup


def test_what_was_never_done_and_is_not_due_says_so() -> None:
    markup = cadence_board([row(last_done=pd.NaT, next_due=pd.NaT, status="not_due")], ZH)
    assert '<span class="sub">还没有过</span>' in markup


def test_managers_are_rows_and_sources_columns_and_a_gap_stays_empty() -> None:
    rows = [row(), row(source="team", every="week"), row("王芳"), row("<i>|", "team", every="week")]
    markup = cadence_board(rows, EN, chosen="王芳|supervisor")
    assert re.findall(r'data-go="([^"]*)"', markup) == ["李明|supervisor", "李明|team", "王芳|supervisor", "&lt;i&gt;||team"]
    assert markup.count("<td></td>") == 2
    assert re.findall(r'data-go="([^"]*)"[^>]* aria-current=true', markup) == ["王芳|supervisor"]
    assert 'Supervisor<span class="sub">every month</span>' in markup
    assert 'Team member<span class="sub">every week</span>' in markup
    assert "<i>" not in markup
