"""Cached reads. Every one is keyed on the workspace, its revision and the choices; what comes back must not be changed."""

from __future__ import annotations

import streamlit as st

from amdash import config
from amdash.insight.reading import Reading
from amdash.metrics.spec import By
from amdash.service import boards, exports, scorecards
from amdash.service.boards import Board
from amdash.service.workspace import Workspace, open_workspace

_KEPT = 64


@st.cache_resource(show_spinner=False)
def _open(settings: config.Settings) -> Workspace:
    return open_workspace(settings)


def workspace() -> Workspace:
    """The workspace of this server, opened once."""
    return _open(config.load())


def board(period: str) -> Board:
    """Everybody's KPIs of a period at the newest revision."""
    ws = workspace()
    return _board(ws.settings.database_url, ws.revision(), period)


def measured_trends(kpi: str, period: str, by: By, window: int) -> tuple[Reading, ...]:
    """One KPI of the managers or teams that have any value in the periods that end with ``period``, from the first with any on."""
    ws = workspace()
    return _trends(ws.settings.database_url, ws.revision(), kpi, period, by, window)


def months() -> tuple[str, ...]:
    """The months that have figures, ascending."""
    ws = workspace()
    return _months(ws.settings.database_url, ws.revision())


def report(manager: str, month: str, language: str) -> bytes:
    """A manager's PDF."""
    ws = workspace()
    return _report(ws.settings.database_url, ws.revision(), manager, month, language)


@st.cache_resource(show_spinner=False, max_entries=_KEPT)
def _board(url: str, revision: int, period: str) -> Board:
    return boards.board(workspace(), period, revision)


@st.cache_resource(show_spinner=False, max_entries=_KEPT)
def _trends(url: str, revision: int, kpi: str, period: str, by: By, window: int) -> tuple[Reading, ...]:
    found = scorecards.trends(workspace(), kpi, period, by, window, revision)
    first = min((reading.begins() for reading in found), default=0)
    return tuple(reading.since(first) for reading in found if reading.begins() < len(reading.points))


@st.cache_resource(show_spinner=False, max_entries=_KEPT)
def _months(url: str, revision: int) -> tuple[str, ...]:
    return tuple(scorecards.months(workspace(), revision))


@st.cache_data(show_spinner=False, max_entries=_KEPT)
def _report(url: str, revision: int, manager: str, month: str, language: str) -> bytes:
    return exports.report_pdf(workspace(), manager, month, "en" if language == "en" else "zh", revision)[1]
