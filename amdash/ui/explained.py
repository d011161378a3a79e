"""Cached reads of what names and explains a workspace: the company, the entries of the dictionary. Keyed as those in reads are."""

from __future__ import annotations

import streamlit as st

from amdash.service import dictionary
from amdash.service.company import Company, of
from amdash.service.dictionary import Entry
from amdash.ui.reads import workspace

_KEPT = 64


def company() -> Company:
    """Who the business is."""
    ws = workspace()
    return _company(ws.settings.database_url, ws.revision())


def entry(kpi: str) -> Entry:
    """A KPI explained by the workspace's own figures."""
    ws = workspace()
    return _entry(ws.settings.database_url, ws.revision(), kpi)


@st.cache_resource(show_spinner=False, max_entries=_KEPT)
def _company(url: str, revision: int) -> Company:
    return of(workspace(), revision)


@st.cache_resource(show_spinner=False, max_entries=_KEPT)
def _entry(url: str, revision: int, kpi: str) -> Entry:
    return dictionary.entry(workspace(), kpi, revision)
