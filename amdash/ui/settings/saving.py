"""What every section shares: a value beside its standard, saving what was changed, and taking it back."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import streamlit as st

from amdash.errors import AmdashError
from amdash.i18n import Translator
from amdash.service import settings
from amdash.service.rules import Rules
from amdash.ui import frame, reads, session

# Name and meaning, field, what is standard.
ROW = (46, 18, 36)


@dataclass(frozen=True)
class Number:
    """A rule that is a number. ``name``: as it is set; ``factor``: the number shown for 1 of the rule, 100 for a share in per cent.

    ``whole``: days and orders are counted in ones.
    """

    name: str
    title: str
    help: str
    unit: str
    least: float
    most: float
    factor: int = 1
    step: float = 1.0
    whole: bool = False


def number(one: Number, section: str, _: Translator) -> str:
    """The number with its name, what it means, its present and its standard value; returns NAME=VALUE."""
    present, usual = (float(texts[one.name]) * one.factor for texts in (settings.written(reads.workspace().rules()), settings.standard()))
    key = f"{one.name}_{session.form_key(section)}"
    about, field, beside = st.columns(ROW, vertical_alignment="center", gap="small")
    about.markdown(f"**{_(one.title)}**  \n:gray[{_(one.help)}]")
    least, most, start, step = (int(amount) if one.whole else amount for amount in (one.least, one.most, present, one.step))
    value = field.number_input(
        _(one.title),
        min_value=least,
        max_value=most,
        value=start,
        step=step,
        format="%d" if one.whole else "%g",
        key=key,
        label_visibility="collapsed",
    )
    with beside:
        standard(f"{present:g}", f"{usual:g}", value == usual, key, int(usual) if one.whole else usual, _, unit=_(one.unit))
    return f"{one.name}={_shortest(value / one.factor)}"


def standard(present: str, usual: str, is_usual: bool, key: str, value: object, _: Translator, *, unit: str = "") -> None:
    """What holds now and what would by itself, with a way back to that: it is in the field then, and holds once saved."""
    words = _("now {present}, standard {usual}", present=present, usual=usual) if present != usual else _("standard: {usual}", usual=usual)
    words = " · ".join(filter(None, (unit, words)))
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.markdown(f":gray[{words}]", width="content")
        if not is_usual:
            back = _("Back to the standard")
            st.button(back, key=f"back_{key}", type="tertiary", icon=":material/undo:", on_click=_put, args=(key, value))


def save(section: str, texts: Sequence[str], _: Translator, *, beside: str = "") -> None:
    """The buttons below a section: save what differs from what holds, or leave it; what was saved last can be taken back.

    ``beside``: something quiet behind them.
    """
    before = reads.workspace().rules()
    wanted: Rules | None = before
    with frame.errors_shown():
        wanted = None
        wanted = settings.parse(texts, before)
    buttons(section, lambda: _change(section, texts), wanted is not None and wanted != before, _, beside=beside)


def buttons(section: str, change: Callable[[], None], changed: bool, _: Translator, *, beside: str = "") -> None:
    """Save and discard, and beside them the way back from what was saved last."""
    st.space("small")
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        if st.button(_("Save"), type="primary", icon=":material/check:", key=f"save_{section}", disabled=not changed):
            with frame.errors_shown():
                change()
                session.say(_("Saved."))
                st.rerun()
        if changed and st.button(_("Discard"), type="tertiary", key=f"discard_{section}"):
            session.clear_form(section)
            st.rerun()
        undo: Callable[[], None] | None = session.kept(f"undo_{section}")
        if undo and not changed and st.button(_("Undo the last change"), icon=":material/undo:", key=f"undo_{section}"):
            with frame.errors_shown():
                undo()
                session.choose(**{f"undo_{section}": None})
                session.clear_form(section)
                session.say(_("Taken back."))
                st.rerun()
        if beside:
            st.markdown(f":gray[{beside}]", width="content")


def keep_undo(section: str, undo: Callable[[], object]) -> None:
    """After a change: fill the fields anew, and remember the way back."""
    session.clear_form(section)
    session.choose(**{f"undo_{section}": undo})


def _change(section: str, texts: Sequence[str]) -> None:
    ws, actor = reads.workspace(), session.actor()
    before = ws.rules()
    settings.change(ws, texts, actor=actor)
    back = settings.back(before, ws.rules())
    keep_undo(section, lambda: settings.change(ws, back, actor=actor))


def _put(key: str, value: object) -> None:
    st.session_state[key] = value


def _shortest(value: float) -> str:
    """Without the noise of a division by a hundred."""
    return f"{value:.10g}"


def wanted_rules(texts: Sequence[str]) -> Rules | None:
    """The rules as they would be; None where they cannot be, which :func:`save` says."""
    try:
        return settings.parse(texts, reads.workspace().rules())
    except AmdashError:
        return None
