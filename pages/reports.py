"""Reports: a PDF for one manager, a ZIP with everybody's, or the scorecard as a workbook."""

from functools import partial

import streamlit as st

from amdash.i18n import LANGUAGES, formats
from amdash.service import exports, workbooks
from amdash.ui import everybody, filters, frame, reads, session, team_reports
from amdash.ui.details import manager_names
from amdash.ui.markup.markdown import literal

frame.begin()
frame.stop_without()
_ = session.words()
period = session.current_period(reads.months())
names = manager_names()

with st.container(horizontal=True, vertical_alignment="center", gap="small"):
    st.markdown(f"## {_('Reports')}", width="stretch")
    filters.pick_period()
    frame.language_switch()

people, together = st.columns(2, gap="large")
with people:
    st.markdown(_("One or two pages a person: scorecard, the charts that matter, feedback, next steps, and lines to sign."))
    language = st.segmented_control(
        _("Language of the PDF"),
        LANGUAGES,
        default=session.language(),
        required=True,
        format_func=lambda one: {"zh": "中文", "en": "English"}[one],
        key=session.worded("report_language"),
    )
    st.markdown(f"### {_('One manager')}")
    with st.container(horizontal=True, vertical_alignment="bottom"):
        manager = filters.pick_manager(names, key="report_manager")
        st.download_button(
            _("Download the PDF of {manager}", manager=literal(manager)),
            partial(reads.report, manager, period, language),
            file_name=exports.file_name(manager, period, language),
            mime="application/pdf",
            type="primary",
            icon=":material/download:",
            on_click="ignore",
        )
    st.markdown(f"### {_('Everybody')}")
    st.markdown(
        _.plural(
            "{n} PDF in one ZIP file, {period}.", "{n} PDFs in one ZIP file, {period}.", len(names), period=formats.month(period, session.language())
        )
    )
    everybody.pdfs(_("Download the ZIP"), period, language, len(names))
with together:
    team_reports.shown(period, language)
    st.markdown(f"### {_('Excel workbook')}")
    st.markdown(_("The scorecard with real numbers, Excel's own charts, definitions, and the rows behind every figure."))
    st.download_button(
        _("Download the workbook"),
        partial(reads.workbook, period, language),
        file_name=workbooks.file_name(period),
        mime="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        icon=":material/table_view:",
        on_click="ignore",
        key="workbook",
    )
