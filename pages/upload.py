"""Upload: what was understood and refused, what would change, confirm; and the history with its undo."""

import streamlit as st

from amdash.service.imports import Upload
from amdash.ui import frame, previews, session
from amdash.ui.component import show

frame.begin()
_ = session.words()

with st.container(horizontal=True, vertical_alignment="center", gap="small"):
    st.markdown(f"## {_('Upload')}", width="stretch")
    frame.language_switch()
files = st.file_uploader(
    _("Excel or CSV: sales, tickets, complaints, surveys, targets, lists. Nothing is stored before you confirm."),
    accept_multiple_files=True,
    key=session.uploader_key(),
    type=["xlsx", "xlsm", "xls", "csv", "txt", "tsv"],
)
if files:
    ready = previews.make([Upload(file.name, file.getvalue()) for file in files], tuple(file.file_id for file in files))
    if ready:
        meant = previews.doubts(ready, _)
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            st.markdown(f"### {_('Preview')}", width="stretch")
            cancelled = st.button(_("Cancel"), type="tertiary", key="cancel")
            confirmed = st.button(
                _.plural("Import {n} row", "Import {n} rows", ready.accepted),
                type="primary",
                icon=":material/check:",
                key="confirm",
                disabled=ready.changes_nothing or not meant,
            )
        if cancelled:
            session.clear_uploads()
            st.rerun()
        if confirmed:
            with frame.errors_shown():
                session.say(previews.done(previews.confirm(ready), _))
                session.clear_uploads()
                st.rerun()
        show(previews.summary(ready, _), key="summary")
        st.markdown(f"### {_('What would change')}")
        previews.months(ready, _)
        previews.files(ready, _)
st.markdown(f"### {_('History')}")
previews.history(_)
session.show_said()
