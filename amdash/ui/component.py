"""The component that shows our markup, reports clicks, and tells how much room the window has."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import astuple
from pathlib import Path
from typing import Any

import streamlit as st

from amdash.ui import session
from amdash.ui.markup.page import ROOT

_HERE = Path(__file__).parent


@st.cache_resource
def _component() -> Callable[..., Any]:
    look, meeting, script = ((_HERE / name).read_text(encoding="utf-8") for name in ("look.css", "meeting.css", "look.js"))
    return st.components.v2.component("amdash_look", html=ROOT, css=look + meeting, js=script)


def show(markup: str, key: str, *, on_go: Callable[[str], None] | None = None, measures: bool = False, keeps: tuple[str, str] | None = None) -> None:
    """Put markup on the page. ``on_go`` gets the data-go of a clicked element; ``measures``: also learn the window's size.

    ``keeps``: (name, value) that the browser remembers for 400 days as a cookie, neither with any sign that means something in one.
    """
    data: dict[str, Any] = {"html": markup, "lang": session.language(), "stamp": hashlib.blake2b(markup.encode(), digest_size=8).hexdigest()}
    if measures:
        data["room"] = list(astuple(session.room()))
    if keeps:
        data["keeps"] = list(keeps)

    def clicked() -> None:
        if on_go and st.session_state[key].go:
            on_go(st.session_state[key].go)

    result = _component()(data=data, key=key, on_go_change=clicked, on_room_change=lambda: None)
    if measures and result.room:
        session.set_room(result.room)
