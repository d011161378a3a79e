"""What is typed in a form and not saved yet: kept for the visit, so that another page may be looked at meanwhile."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Literal

import streamlit as st

from amdash.ui import session

How = Literal["value", "index", "default", "state"]


def field(name: str, what: str, first: Any = None, among: Sequence[Any] = (), how: How = "value") -> dict[str, Any]:
    """The arguments of a widget that is a field of a form: it shows what was typed there, also after other pages were looked at, else ``first``.

    Streamlit forgets a widget that is not drawn, and tells of what stands in a st.form on its submission alone: a form with drafts is a
    fragment with a button. ``among``: what was typed counts only where it is one of these, and of a list what is. ``how`` the widget is told:
    'state' for a number that can be emptied, or is set from elsewhere. To be saved or left: :func:`amdash.ui.session.clear_form`.
    """
    key, begun = key_of(name, what), session.kept("begun", {})
    if key not in st.session_state:
        value = typed(name, what, first)
        # What a widget begins with stays the same while it is drawn: another default would begin it anew.
        begun = {**begun, key: _among(value, first, among)}
        session.choose(begun=begun)
        if how == "state":
            session.seed(key, begun[key])
    keyed = {"key": key, "on_change": keep, "args": (name,)}
    value = begun.get(key, first)
    if isinstance(value, list):
        # What can be chosen grows less while the form is drawn, and Streamlit refuses to begin with what is not offered.
        value = _among(value, first, among)
    if how == "index":
        return {**keyed, "index": among.index(value) if value in among else None}
    return keyed if how == "state" else {**keyed, how: value}


def _among(value: Any, first: Any, among: Sequence[Any]) -> Any:
    """The value where it is offered, of a list what is; ``first`` where nothing of it is."""
    if not among:
        return value
    if isinstance(value, list):
        return [one for one in value if one in among] or (first if value else value)
    return value if value in among else first


def follow(name: str, what: str, value: Any) -> None:
    """Before a field with ``how='state'``: as long as nothing was typed in its form, it shows ``value``, which is what is looked at."""
    if session.form_key(name) not in session.kept("drafts", {}):
        session.seed(key_of(name, what), value)


def typed(name: str, what: str, first: Any = None) -> Any:
    """What was typed in a field of a form and not saved, else ``first``."""
    return session.kept("drafts", {}).get(session.form_key(name), {}).get(what, first)


def key_of(name: str, what: str) -> str:
    """The key of a field with a draft."""
    return f"{session.form_key(name)}-{what}-{session.language()}"


def keep(name: str) -> None:
    """Remember what stands in all fields of a form: one that was not touched belongs to those that were; of those not drawn, what was typed."""
    form, before = session.form_key(name), session.kept("drafts", {})
    head, tail = f"{form}-", f"-{session.language()}"
    keys = [str(key) for key in st.session_state if str(key).startswith(head) and str(key).endswith(tail)]
    drawn = {key.removeprefix(head).removesuffix(tail): st.session_state[key] for key in keys}
    session.choose(drafts={**before, form: {**before.get(form, {}), **drawn}})
