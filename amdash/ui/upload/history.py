"""Who imported what, when; each with its files, its refused rows, and a way back that first shows what it would do."""

from __future__ import annotations

from functools import partial

import streamlit as st

from amdash.errors import AmdashError
from amdash.i18n import Language, Translator
from amdash.i18n.messages import error_text
from amdash.service import exports, imports, refused, restatement, tabulated
from amdash.store import ImportRow
from amdash.ui import frame, reads, session, tables
from amdash.ui.component import show
from amdash.ui.markup.lists import heading
from amdash.ui.markup.markdown import literal
from amdash.ui.upload import months, moves, ready, trouble

_FIRST = 10
_WORKBOOKS = 16


def listed(_: Translator) -> None:
    """The imports, newest first."""
    rows = imports.history(reads.workspace())
    if not rows:
        st.markdown(f":gray[{_('Nothing has been imported yet.')}]")
    else:
        tables.downloads(_("History"), *tabulated.history(rows, _), key="history")
    shown = session.listed("history", _FIRST)
    for row in rows[:shown]:
        with st.container(horizontal=True, vertical_alignment="center", key=f"import_{row.import_id}"):
            _import(row, _)
        if row.undone_revision is None and session.opened(row.import_id):
            with st.container(border=True, key=f"opened_{row.import_id}", gap="small"), frame.errors_shown():
                (_undo if session.opened(row.import_id) == "undo" else _refused)(row, _)
    if len(rows) > shown:
        st.button(_("Show older ones"), key="older", icon=":material/expand_more:", on_click=session.list_more, args=("history", _FIRST))


def _import(row: ImportRow, _: Translator) -> None:
    names = _.comma.join(name for name, _sha in row.files[:3]) + (_(" and {n} more", n=len(row.files) - 3) if len(row.files) > 3 else "")
    parts = [
        f"{row.at:%Y-%m-%d %H:%M}",
        _("owner") if row.actor == "owner" else row.actor,
        _("revision {revision}", revision=row.revision),
        _.plural("{n} row", "{n} rows", row.detail["accepted"]),
    ]
    if row.detail.get("corrects"):
        parts.append(_("corrects import {import_id}", import_id=row.detail["corrects"]))
    if row.undone_revision:
        parts.append(_("taken back at revision {revision}", revision=row.undone_revision))
    with st.container():
        show(heading(f"{row.import_id}  {names}", " · ".join(parts), small=True), key=f"history_{row.import_id}")
    st.download_button(
        _("Original"),
        partial(exports.originals, reads.workspace(), row),
        file_name=row.files[0][0] if len(row.files) == 1 else f"amdash-{row.import_id}.zip",
        key=f"original_{row.import_id}",
        icon=":material/download:",
        type="tertiary",
    )
    if row.undone_revision is None:
        _actions(row, _)


def _actions(row: ImportRow, _: Translator) -> None:
    if row.detail.get("refused"):
        words = _.plural("{n} refused row", "{n} refused rows", row.detail["refused"])
        key, opens = f"refused_{row.import_id}", partial(session.open_import, row.import_id, "refused")
        st.button(words, key=key, icon=":material/edit_note:", type="tertiary", on_click=opens)
    st.button(_("Take back"), key=f"undo_{row.import_id}", icon=":material/undo:", on_click=partial(session.open_import, row.import_id, "undo"))


def _undo(row: ImportRow, _: Translator) -> None:
    """What taking it back would do, and the button that does it."""
    ws = reads.workspace()
    outcome, slots = imports.undo_preview(ws, row.import_id)
    changed = sorted({slot.key.month for slot in outcome.slots if not slot.rows.nothing})
    effect = _("These months would go back to what they were: {months}.", months=months.named(changed, _)) if changed else _("No row would change.")
    if outcome.also:
        also = _.comma.join(str(one) for one in outcome.also)
        effect += _.space + _("The corrections of it go back too: import {imports}.", imports=also)
    st.markdown(f"**{_('Take back import {import_id}?', import_id=row.import_id)}** {literal(effect)}")
    with st.container(horizontal=True, vertical_alignment="center"):
        sure = st.button(
            _("Take back import {import_id}", import_id=row.import_id), key=f"undo_now_{row.import_id}", type="primary", icon=":material/undo:"
        )
        st.button(_("Leave it"), key=f"undo_not_{row.import_id}", type="tertiary", on_click=partial(session.open_import, row.import_id, "undo"))
    if not sure:
        # Last, because it may take seconds and be long: who knows what he wants need neither wait nor scroll.
        moves.of_undo(row.import_id, lambda: restatement.of_undo(ws, slots), _)
    else:
        revision = imports.undo(ws, row.import_id, actor=session.actor()).revision
        session.say(_("Import {import_id} was taken back; the workspace is at revision {revision}.", import_id=row.import_id, revision=revision))
        session.open_import(row.import_id, "undo")
        session.forget_preview()
        st.rerun()


def _refused(row: ImportRow, _: Translator) -> None:
    """The refused rows as a workbook; a locked original has to be opened once more."""
    st.markdown(ready.correct(_))
    key = f"again_{row.import_id}"
    try:
        name, data = _workbook(reads.workspace().settings.database_url, row.import_id, session.language(), st.session_state.get(key))
    except AmdashError as error:
        if error.code not in trouble.LOCKED:
            raise
        st.warning(literal(error_text(_, error)), icon=":material/lock:")
        st.text_input(_("Password of the file"), type="password", key=key, autocomplete="off", width=320)
        return
    label = _("Download {file}", file=literal(name))
    st.download_button(label, data, file_name=name, key=f"refused_file_{row.import_id}", icon=":material/download:", on_click="ignore")


@st.cache_data(show_spinner=False, max_entries=_WORKBOOKS)
def _workbook(url: str, import_id: int, language: Language, _password: str | None) -> tuple[str, bytes]:
    """Streamlit leaves what begins with an underscore out of the key: the password is kept nowhere."""
    return refused.workbook(reads.workspace(), import_id, language, passwords=[_password] if _password else [])
