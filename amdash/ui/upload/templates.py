"""Blank sheets to fill in: one for each table, or one workbook with all."""

from __future__ import annotations

import streamlit as st

from amdash.i18n import Language, Translator
from amdash.schema import TABLES
from amdash.service import templates
from amdash.ui import session
from amdash.ui.markup.markdown import literal


def shown(_: Translator) -> None:
    """A button for all, and one for each table; none is needed for sheets that exist already."""
    st.markdown(f":gray[{_('Your own sheets are fine as they are. For those who begin: blank sheets with the columns that amdash reads.')}]")
    name, data = _template(None, session.language())
    st.download_button(_("All in one workbook"), data, file_name=name, key="template_all", icon=":material/download:", on_click="ignore")
    with st.container(horizontal=True, gap="small", key="templates"):
        for table in TABLES.values():
            name, data = _template(table.name, session.language())
            key = f"template_{table.name}"
            st.download_button(literal(_(table.title)), data, file_name=name, key=key, icon=":material/table:", type="tertiary", on_click="ignore")


@st.cache_data(show_spinner=False)
def _template(table: str | None, language: Language) -> tuple[str, bytes]:
    return templates.template(table, language)
