"""The clock of a meeting, which also listens to its keys."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import streamlit as st

from amdash.ui import session
from amdash.ui.markup.meeting import CLOCK, CLOCK_STYLE, clock_face

_HERE = Path(__file__).parent


@st.cache_resource
def _component() -> Callable[..., Any]:
    script = (_HERE / "meeting.js").read_text(encoding="utf-8")
    return st.components.v2.component("amdash_clock", html=CLOCK, css=CLOCK_STYLE, js=script)


def clock(meeting_id: int, elapsed_seconds: float, place: int, last: int, here: str, *, over: bool, on_go: Callable[[str], None]) -> None:
    """Time since the beginning, and on this screen where ``here`` names it. ``on_go`` gets 'to|3' or 'leave'; ``over``: it stands still."""
    key = "clock"
    data = {
        "id": meeting_id,
        "elapsed": round(elapsed_seconds),
        "place": place,
        "last": last,
        "here": here,
        "over": over,
        "lang": session.language(),
        "html": clock_face(session.words()),
    }

    def pressed() -> None:
        if st.session_state[key].go:
            on_go(st.session_state[key].go)

    _component()(data=data, key=key, width="content", on_go_change=pressed)
