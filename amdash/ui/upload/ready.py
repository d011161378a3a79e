"""The preview on the page: made once for files and answers, kept until something of them changes, stored when it is confirmed."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from amdash.errors import AmdashError
from amdash.i18n import Translator
from amdash.i18n.messages import wording
from amdash.ingest.reader import Hints
from amdash.service import imports, refused
from amdash.service.imports import NothingUnderstood, Outcome, Preview, Upload
from amdash.ui import frame, reads, session
from amdash.ui.markup.markdown import literal
from amdash.ui.upload import columns, questions, trouble

# The question about it says the same, and answering it is as good as the tick.
_ASKED = ("sheet_is_copy",)


def make(files: Sequence[Upload], chosen: tuple[str, ...], _: Translator) -> Preview | None:
    """The preview of these files; where there is none, what is wrong with them and what can be said about it is on the page."""
    said = session.answers(chosen)
    key = (chosen, *said.decides)
    if session.kept_preview(key) is None:
        with frame.progress(_("Reading")) as bar:
            session.keep_preview(key, _attempt(files, said.mapping, Hints(tuple(said.passwords.values())), bar))
    made = session.kept_preview(key)
    if isinstance(made, Preview):
        return made
    if made is not None:
        trouble.nothing(made, chosen, _)
        if isinstance(made, NothingUnderstood):
            columns.unplaced(made.files, chosen, _)
        questions.show(None, chosen, _)
    return None


def _attempt(files: Sequence[Upload], mapping: Sequence[str], hints: Hints, progress: imports.Progress) -> Preview | AmdashError:
    try:
        return imports.preview(reads.workspace(), files, mapping=mapping, hints=hints, progress=progress)
    except AmdashError as error:
        return error


def doubts(ready: Preview, chosen: tuple[str, ...], _: Translator) -> bool:
    """What is probably not meant, with a box to tick; returns whether the import may go on."""
    for doubt in ready.doubts:
        error = doubt.fields.get("error")
        if isinstance(error, AmdashError):
            left_out = _("It would be left out, and the other files stored.")
            st.warning(literal(f"{trouble.words(error, chosen, _)}{_.space}{left_out}"), icon=":material/warning:")
            trouble.remedy(error, chosen, _)
        elif doubt.code not in _ASKED:
            st.warning(literal(wording(_, doubt.code, doubt.fields)), icon=":material/warning:")
    if all(doubt.code in _ASKED for doubt in ready.doubts):
        said = _("The sheet that repeats another one is left out")
    else:
        said = _("This is meant: import it all the same")
    return not ready.doubts or st.checkbox(said, key="meant")


def confirm(ready: Preview, chosen: tuple[str, ...], _: Translator) -> None:
    """Store the preview that is on the page, and prepare its refused rows; where somebody else was faster, a new one is made for the next look.

    Errors: workspace_changed.
    """
    try:
        outcome = imports.confirm(reads.workspace(), ready, actor=session.actor())
    except AmdashError as error:
        if error.code == "workspace_changed":
            session.forget_preview()
        raise
    session.keep_refused(None)
    if outcome.import_id is not None and ready.refused:
        with frame.progress(_("Preparing the refused rows")):
            _keep_refused(outcome.import_id, ready.refused, tuple(session.answers(chosen).passwords.values()))
    session.say(_done(outcome, _))
    session.clear_uploads()


def _keep_refused(import_id: int, rows: int, passwords: Sequence[str]) -> None:
    """The workbook of the refused rows is made now, because the password of a locked file is forgotten with the upload.

    The import stands whatever becomes of the workbook; where it cannot be made, the history says why.
    """
    try:
        name, data = refused.workbook(reads.workspace(), import_id, session.language(), passwords=passwords)
    except AmdashError:
        session.open_import(import_id, "refused")
    else:
        session.keep_refused((import_id, rows, name, data))


def _done(outcome: Outcome, _: Translator) -> str:
    if outcome.import_id is None:
        return _("Everything in these files is there already; nothing was changed.")
    return _("Stored as import {import_id}, revision {revision}.", import_id=outcome.import_id, revision=outcome.revision)


def refused_rows(_: Translator) -> None:
    """After an import with refused rows: their workbook, and what to do with it."""
    kept = session.kept_refused()
    if kept is None:
        return
    import_id, rows, name, data = kept
    with st.container(border=True, key="refused_now", gap="small"):
        said = _.plural("{n} row of import {import_id} was refused.", "{n} rows of import {import_id} were refused.", rows, import_id=import_id)
        st.markdown(f"**{said}** {correct(_)}")
        with st.container(horizontal=True, vertical_alignment="center"):
            st.download_button(
                _("Download the refused rows"), data, file_name=name, key="download_refused", type="primary", icon=":material/download:"
            )
            st.button(_("Later"), key="refused_later", type="tertiary", on_click=session.keep_refused, args=(None,))


def correct(_: Translator) -> str:
    """What to do with a workbook of refused rows."""
    return _("Correct the marked cells and upload that workbook here: only those rows are added.")
