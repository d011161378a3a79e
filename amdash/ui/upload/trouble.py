"""Files that cannot be read as they are: why, and what a person can say about it: the password, the encoding."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import PurePath

import streamlit as st

from amdash.errors import AmdashError
from amdash.i18n import N_, Translator
from amdash.i18n.messages import error_text
from amdash.ui import session
from amdash.ui.markup.markdown import literal

LOCKED = ("file_locked", "password_wrong")
_ENCODINGS = {
    "cp1252": N_("Western European (Windows)"),
    "mac_roman": N_("Western European (Mac)"),
    "latin-1": N_("Western European (ISO 8859-1)"),
    "cp1251": N_("Cyrillic (Windows)"),
    "gb18030": N_("Simplified Chinese (GB 18030)"),
    "big5": N_("Traditional Chinese (Big5)"),
}
# What the page can ask for itself, it need not explain as the command line does.
_SAID = {
    "file_locked": N_("This workbook opens only with its password."),
    "encoding_asked": N_("How the text of this file is to be read cannot be told from the file."),
}
_TEXTS = (".csv", ".txt", ".tsv")


def nothing(error: AmdashError, chosen: tuple[str, ...], names: Sequence[str], _: Translator) -> None:
    """None of the files can be used: the reason, what can be done, and the way back from an answer that led here."""
    st.error(literal(words(error, _)), icon=":material/error:")
    for place, one in enumerate(error.fields.get("errors") or [error]):
        remedy(one, chosen, names, place, _)
    said = session.answers(chosen)
    if said.before is not None:
        st.button(
            _("Take back the last answer"), key="answer_back", icon=":material/undo:", on_click=session.keep_answers, args=(chosen, said.before)
        )


def words(error: AmdashError, _: Translator) -> str:
    """Why a file cannot be read, with its name in front."""
    return f"{error.fields['file']}{_.colon}{_(_SAID[error.code])}" if error.code in _SAID else error_text(_, error)


def remedy(error: AmdashError, chosen: tuple[str, ...], names: Sequence[str], place: int, _: Translator) -> None:
    """Below an error: a field for the password, or a choice of how the text may read; nothing for every other error."""
    if error.code in LOCKED:
        _password(str(error.fields["file"]), chosen, place, _)
    elif error.code == "encoding_asked" and _among_others(names):
        # What is said of the encoding holds for the whole upload, and the other text files may be written in another one.
        st.markdown(literal(_("Upload this file by itself: then you can choose how its text is to be read.")))
    elif error.code == "encoding_asked":
        _encoding(error, chosen, place, _)


def _among_others(names: Sequence[str]) -> bool:
    """Whether there may be other texts among the files; nobody knows what an archive holds."""
    kinds = [PurePath(name).suffix.lower() for name in names]
    return sum(kind in _TEXTS for kind in kinds) > 1 or ".zip" in kinds


def _password(file: str, chosen: tuple[str, ...], place: int, _: Translator) -> None:
    key = f"password_{place}"

    def given() -> None:
        session.keep_answers(chosen, replace(session.answers(chosen), password=st.session_state[key] or None))

    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        st.text_input(
            _("Password of {file}", file=literal(file)),
            type="password",
            key=key,
            on_change=given,
            autocomplete="off",
            width=320,
            help=_("It opens the file for this upload and is kept nowhere."),
        )
        st.button(_("Open"), key=f"open_{place}")


def _encoding(error: AmdashError, chosen: tuple[str, ...], place: int, _: Translator) -> None:
    choices = list(error.fields["choices"])
    samples = {choice["encoding"]: choice["sample"] for choice in choices}
    key = f"encoding_{place}"

    def picked() -> None:
        said = session.answers(chosen)
        session.keep_answers(chosen, replace(said, encoding=st.session_state[key], before=said))

    st.radio(
        _("Which of these reads right?"),
        list(samples),
        index=None,
        key=key,
        on_change=picked,
        format_func=lambda encoding: literal(samples[encoding]),
        captions=[encoding_name(encoding, _) for encoding in samples],
    )


def encoding_name(encoding: str, _: Translator) -> str:
    """What an encoding is called by people; by its technical name where it has no other."""
    return _(_ENCODINGS[encoding]) if encoding in _ENCODINGS else encoding


def encoding_chosen(chosen: tuple[str, ...], _: Translator) -> None:
    """How the text was read because somebody said so, and the way to say otherwise."""
    said = session.answers(chosen)
    if said.encoding is None:
        return
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.markdown(f":gray[{_('The text was read as {name}.', name=encoding_name(said.encoding, _))}]")
        st.button(
            _("Choose another"), key="encoding_again", type="tertiary", on_click=session.keep_answers, args=(chosen, replace(said, encoding=None))
        )
