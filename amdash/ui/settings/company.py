"""Who the business is: name, logo, colour and sender's line of its reports, and the language of its pages."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import streamlit as st

from amdash.errors import AmdashError
from amdash.i18n import N_, Translator
from amdash.i18n.messages import error_text
from amdash.report.document import Letterhead
from amdash.service import company
from amdash.service.company import Company
from amdash.ui import explained, reads, session
from amdash.ui.component import show
from amdash.ui.markup.letterhead import letterhead
from amdash.ui.markup.markdown import literal
from amdash.ui.settings.saving import buttons, keep_undo

SECTION = "company"
# The ink of the page, which is what a report has where no colour is chosen.
_INK = "#1e252e"
_LANGUAGES = {"": N_("as the visitor's browser has it"), "zh": N_("Chinese"), "en": N_("English")}
_SAME = {"zh": "中文", "en": "English"}


@st.fragment
def shown(_: Translator) -> None:
    """The section: the fields, and beside them the head and foot of a report."""
    if session.language() != _.language:
        # The language was chosen in this part; all of the page speaks it.
        st.rerun()
    now = explained.company()
    fields, paper = st.columns([56, 44], gap="large")
    with fields:
        said = _texts(now, _)
        colour = _colour(now, _)
        said |= {"logo": _logo(now, _)} | ({} if colour is None else {"colour": colour})
        changed = any(value is not None and value != (getattr(now, name) or type(value)()) for name, value in said.items())
        buttons(SECTION, lambda: _save(said), changed and colour is not None, _)
    with paper:
        logo = now.logo if said["logo"] is None else said["logo"] or None
        head = Letterhead(str(said["name"]), now.colour if colour is None else colour, str(said["sender"]), logo)
        show(letterhead(head, _("Account manager"), _), key="paper")


def _texts(now: Company, _: Translator) -> dict[str, Any]:
    form = session.form_key(SECTION)
    name = st.text_input(_("Company name"), value=now.name, max_chars=60, key=f"company_name_{form}", placeholder=_("as it stands on a letter"))
    sender = st.text_input(
        _("Sender's line"),
        value=now.sender,
        max_chars=110,
        key=f"company_sender_{form}",
        placeholder=_("address, telephone, website: at the foot of every report"),
    )
    left, right = st.columns(2, gap="small")
    session.seed("page_language", _.language)
    left.segmented_control(
        _("Language of this page"),
        list(_SAME),
        required=True,
        format_func=_SAME.__getitem__,
        key="page_language",
        on_change=lambda: session.choose(lang=st.session_state["page_language"]),
    )
    known = list(_LANGUAGES)
    language = right.selectbox(
        _("Language that pages begin in"),
        known,
        index=known.index(now.language),
        format_func=lambda one: _(_LANGUAGES[one]),
        key=session.worded(f"company_language_{form}"),
    )
    return {"name": " ".join(name.split()), "sender": " ".join(sender.split()), "language": language}


def _colour(now: Company, _: Translator) -> str | None:
    """The colour, '' for none, None where it cannot be read on white: then it says so, and offers a darker one."""
    key = f"company_colour_{session.form_key(SECTION)}"
    picker, said = st.columns([24, 76], gap="small", vertical_alignment="center")
    chosen = picker.color_picker(_("Colour"), value=now.colour or _INK, key=key).lower()
    if chosen == _INK:
        said.markdown(f":gray[{_('standard: black ink')}]")
        return ""
    with said:
        try:
            contrast = company.contrast(chosen)
        except AmdashError as error:
            st.markdown(f":orange[:material/warning:] {literal(error_text(_, error))}")
            _offer(key, _("Take the darker one"), str(error.fields["darker"]))
            return None
        st.markdown(f":gray[{_('Contrast on white {contrast} : 1. It can be read.', contrast=f'{contrast:.1f}')}]")
        _offer(key, _("Back to the standard"), _INK)
    return chosen


def _offer(key: str, words: str, colour: str) -> None:
    st.button(words, key=f"offer_{key}", type="tertiary", icon=":material/undo:", on_click=lambda: st.session_state.update({key: colour}))


def _logo(now: Company, _: Translator) -> bytes | None:
    """A logo that was chosen, b'' for its removal, None for no change."""
    form = session.form_key(SECTION)
    with st.container(key="logo_choice"):
        file = st.file_uploader(_("Logo"), type=["png", "jpg", "jpeg"], key=f"company_logo_{form}")
    if file is not None:
        return file.getvalue()
    if now.logo is not None and st.checkbox(_("Remove the logo"), key=f"company_no_logo_{form}"):
        return b""
    return None


def _save(said: Mapping[str, Any]) -> None:
    ws, actor = reads.workspace(), session.actor()
    before = company.of(ws)
    company.change(ws, **said, actor=actor)
    keep_undo(SECTION, lambda: company.put(ws, before, actor=actor))
