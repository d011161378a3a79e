"""The parts of a page that are shown one at a time. The choice survives a change of page, and other parts of the page may change it."""

from __future__ import annotations

from collections.abc import Collection, Mapping

import streamlit as st

from amdash.ui import session

PHONE = 640


def is_phone() -> bool:
    """Whether the window is too narrow for two columns; a laptop until the browser has said so."""
    return session.room().width <= PHONE


def settle(on_phone: bool) -> None:
    """Draw the page anew where the browser has said meanwhile that the window is another than it was drawn for."""
    if is_phone() != on_phone:
        st.rerun()


def chosen(page: str, known: Collection[str]) -> str:
    """The part that is shown, the first until one is chosen."""
    kept = session.kept(f"{page}_view")
    return str(kept) if kept in known else next(iter(known))


def turn_to(page: str, view: str) -> None:
    """Show a part from the next run on."""
    session.choose(**{f"{page}_view": view})


def pick(page: str, views: Mapping[str, str]) -> str:
    """One of the parts by its name."""
    _ = session.words()
    key = session.worded(f"{page}_view")
    session.seed(key, chosen(page, views))
    st.segmented_control(
        _("Show"),
        list(views),
        required=True,
        format_func=lambda view: views[view],
        key=key,
        label_visibility="collapsed",
        on_change=lambda: turn_to(page, st.session_state[key]),
    )
    return chosen(page, views)
