"""Upload: what was understood and refused, what would change, confirm; below it history, coverage, names and templates."""

import streamlit as st

from amdash.service.imports import Upload
from amdash.ui import frame, session
from amdash.ui.component import show
from amdash.ui.upload import columns, months, moves, questions, ready, sections

frame.begin()
_ = session.words()

with st.container(horizontal=True, vertical_alignment="center", gap="small"):
    st.markdown(f"## {_('Upload')}", width="stretch")
    frame.language_switch()
files = st.file_uploader(
    _("Sales, tickets, complaints, surveys, targets, lists, as you keep them. Nothing is stored before you confirm."),
    accept_multiple_files=True,
    key=session.uploader_key(),
    type=["xlsx", "xlsm", "xlsb", "xls", "ods", "csv", "txt", "tsv", "zip"],
)
if files:
    chosen = tuple(file.file_id for file in files)
    made = ready.make([Upload(file.name, file.getvalue()) for file in files], chosen, _)
    if made:
        questions.show(made, chosen, _)
        meant = ready.doubts(made, chosen, _)
        with st.container(key="preview"):
            # Stays in view for as long as anything of the preview is.
            with st.container(horizontal=True, vertical_alignment="center", gap="small", key="decision"):
                st.markdown(f"### {_('Preview')}", width="stretch")
                cancelled = st.button(_("Cancel"), type="tertiary", key="cancel")
                confirmed = st.button(
                    months.button_words(made, _),
                    type="primary",
                    icon=":material/check:",
                    key="confirm",
                    disabled=made.changes_nothing or not meant,
                )
            if cancelled:
                session.clear_uploads()
                st.rerun()
            if confirmed:
                with frame.errors_shown():
                    ready.confirm(made, chosen, _)
                    st.rerun()
            show(months.summary(made, _), key="summary")
            st.markdown(f"### {_('What would change')}")
            months.months(made, _)
            st.markdown(f"### {_('Figures that move')}")
            moved = st.container(gap="small")
            columns.files(made, chosen, _)
            # Last, because it takes a second: everything else is on the page by then.
            with moved:
                moves.of_import(made, chosen, _)
else:
    ready.refused_rows(_)
sections.show(_)
session.show_said()
