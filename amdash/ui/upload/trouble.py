"""Files that cannot be read as they are: why, and what a person can say about it: the password, the encoding."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from amdash.errors import AmdashError
from amdash.i18n import N_, Translator
from amdash.i18n.messages import error_text
from amdash.ingest.decisions import encodings_of_files, parse
from amdash.ui import session
from amdash.ui.answers import with_decision
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


def nothing(error: AmdashError, chosen: tuple[str, ...], _: Translator) -> None:
    """None of the files can be used: the reason, what can be done, and the way back from an answer that led here."""
    st.error(literal(words(error, chosen, _)), icon=":material/error:")
    for one in error.fields.get("errors") or [error]:
        remedy(one, chosen, _)
    said = session.answers(chosen)
    if said.before is not None:
        st.button(
            _("Take back the last answer"), key="answer_back", icon=":material/undo:", on_click=session.keep_answers, args=(chosen, said.before)
        )


def words(error: AmdashError, chosen: tuple[str, ...], _: Translator) -> str:
    """Why a file cannot be read, with its name in front."""
    # The password of another file was tried on it, which nobody need know.
    untried = error.code == "password_wrong" and error.fields["file"] not in session.answers(chosen).passwords
    code = "file_locked" if untried else error.code
    return f"{error.fields['file']}{_.colon}{_(_SAID[code])}" if code in _SAID else error_text(_, error)


def remedy(error: AmdashError, chosen: tuple[str, ...], _: Translator) -> None:
    """Below an error: a field for the password, or a choice of how the text may read; nothing for every other error."""
    if error.code in LOCKED:
        _password(str(error.fields["file"]), chosen, _)
    elif error.code == "encoding_asked":
        _encoding(error, chosen, _)


def _password(file: str, chosen: tuple[str, ...], _: Translator) -> None:
    key = f"password_{file}"

    def given() -> None:
        said = session.answers(chosen)
        others = {name: password for name, password in said.passwords.items() if name != file}
        session.keep_answers(chosen, replace(said, passwords=others | ({file: st.session_state[key]} if st.session_state[key] else {})))

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
        st.button(_("Open"), key=f"open_{file}")


def _encoding(error: AmdashError, chosen: tuple[str, ...], _: Translator) -> None:
    file = str(error.fields["file"])
    samples = {choice["encoding"]: choice["sample"] for choice in error.fields["choices"]}
    key = f"encoding_{file}"

    def picked() -> None:
        session.keep_answers(chosen, with_decision(session.answers(chosen), f"file:{file}=encoding:{st.session_state[key]}"))

    st.radio(
        _("{file}: which of these reads right?", file=literal(file)),
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


def encodings_chosen(chosen: tuple[str, ...], _: Translator) -> None:
    """How the text of a file was read because somebody said so, and the way to say otherwise."""
    said = session.answers(chosen)
    for file, encoding in encodings_of_files(parse(said.mapping)).items():
        without = tuple(text for text in said.mapping if text != f"file:{file}=encoding:{encoding}")
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            st.markdown(f":gray[{literal(_('The text of {file} was read as {name}.', file=file, name=encoding_name(encoding, _)))}]")
            st.button(
                _("Choose another"),
                key=f"encoding_again_{file}",
                type="tertiary",
                on_click=session.keep_answers,
                args=(chosen, replace(said, mapping=without)),
            )
