"""amdash: the page list, language and theme. Start it with: streamlit run dashboard.py"""

from pathlib import Path

import streamlit as st

from amdash.ui import frame, mishaps, session

st.set_page_config(page_title="amdash", page_icon=str(Path(__file__).parent / "amdash" / "ui" / "icon.svg"), layout="wide")
with mishaps.shown():
    session.start()
_ = session.words()

groups = {
    "": [
        st.Page("pages/overview.py", title=_("Overview"), default=True),
        st.Page("pages/manager.py", title=_("Account manager")),
        st.Page("pages/meeting.py", title=_("Meeting")),
    ],
    _("Look closer"): [
        st.Page("pages/trends.py", title=_("Trends")),
        st.Page("pages/compare.py", title=_("Compare")),
        st.Page("pages/customers.py", title=_("Customer base")),
        st.Page("pages/drivers.py", title=_("Drivers")),
    ],
    _("Agree"): [
        st.Page("pages/feedback.py", title=_("Feedback")),
        st.Page("pages/plans.py", title=_("Plans")),
        st.Page("pages/targets.py", title=_("Targets")),
    ],
    _("Take away"): [
        st.Page("pages/reports.py", title=_("Reports")),
        st.Page("pages/dictionary.py", title=_("KPI dictionary")),
    ],
    _("Set up"): [
        st.Page("pages/upload.py", title=_("Upload")),
        st.Page("pages/settings.py", title=_("Settings")),
    ],
}
page = st.navigation(groups, position="hidden" if session.sitting() else "top")
frame.mark_group(groups, page)
session.follow(page.url_path)
with mishaps.shown(page.url_path):
    page.run()
