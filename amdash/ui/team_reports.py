"""The PDFs on everybody at once, on the page of reports: the summary of a team, and which data is there."""

from __future__ import annotations

from functools import partial

import streamlit as st

from amdash.i18n import Language
from amdash.service import team_reports
from amdash.ui import filters, reads, session
from amdash.ui.markup.markdown import literal

_KEPT = 16
_PDF = "application/pdf"


def shown(period: str, language: Language) -> None:
    """The two sections, each with its button. ``language``: of the PDFs."""
    _team(period, language)
    _data(period, language)


def _team(period: str, language: Language) -> None:
    _ = session.words()
    st.markdown(f"### {_('Team')}")
    st.markdown(_("The team's figures and everybody's side by side, what was agreed, plans, and customers at stake."))
    teams = [name for name in dict.fromkeys(reads.roster()["team"]) if name]
    with st.container(horizontal=True, vertical_alignment="bottom"):
        team = (filters.pick_team(teams) if len(teams) > 1 else None) or ""
        st.download_button(
            _("Download the PDF of {manager}", manager=literal(team)) if team else _("Download the PDF of the team"),
            partial(_team_pdf, period, language, team),
            file_name=team_reports.team_file_name(period, team, language),
            mime=_PDF,
            icon=":material/download:",
            on_click="ignore",
            key="team_pdf",
        )


def _data(period: str, language: Language) -> None:
    _ = session.words()
    st.markdown(f"### {_('Data')}")
    st.markdown(_("Which months are complete, what is missing and why, and from which files."))
    st.download_button(
        _("Download the PDF on the data"),
        partial(_coverage_pdf, period, language),
        file_name=team_reports.coverage_file_name(period, language),
        mime=_PDF,
        icon=":material/download:",
        on_click="ignore",
        key="coverage_pdf",
    )


def _team_pdf(period: str, language: Language, team: str) -> bytes:
    ws = reads.workspace()
    return _made_team(ws.settings.database_url, ws.revision(), period, language, team)


def _coverage_pdf(period: str, language: Language) -> bytes:
    ws = reads.workspace()
    return _made_coverage(ws.settings.database_url, ws.revision(), period, language)


@st.cache_data(show_spinner=False, max_entries=_KEPT)
def _made_team(url: str, revision: int, period: str, language: Language, team: str) -> bytes:
    return team_reports.team_pdf(reads.workspace(), period, language, team or None, revision)[1]


@st.cache_data(show_spinner=False, max_entries=_KEPT)
def _made_coverage(url: str, revision: int, period: str, language: Language) -> bytes:
    return team_reports.coverage_pdf(reads.workspace(), language, revision, until=period)[1]
