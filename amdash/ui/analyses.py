"""Cached reads of what needs more than one figure, keyed as those of :mod:`amdash.ui.reads`; what comes back must not be changed."""

from __future__ import annotations

import streamlit as st

from amdash.insight.comparison import Comparison
from amdash.insight.drivers import DriverAnalysis
from amdash.insight.reading import Reading
from amdash.metrics.spec import By
from amdash.service import analysis, scorecards
from amdash.ui.reads import workspace

_KEPT = 64


def comparison(kpi: str, period: str) -> Comparison:
    """Every manager in one KPI and period. Errors: kpi_not_compared."""
    ws = workspace()
    return _comparison(ws.settings.database_url, ws.revision(), kpi, period)


def standing(kpi: str, period: str, by: By = "manager") -> tuple[Reading, ...]:
    """One KPI of the managers or teams that have a value in a period, also of one that is not over yet."""
    ws = workspace()
    return _standing(ws.settings.database_url, ws.revision(), kpi, period, by)


def drivers(start: str | None, end: str | None, manager: str | None) -> DriverAnalysis:
    """What goes with satisfaction in the answers of these months (None: all), of everybody or one manager."""
    ws = workspace()
    return _drivers(ws.settings.database_url, ws.revision(), start, end, manager)


@st.cache_resource(show_spinner=False, max_entries=_KEPT)
def _comparison(url: str, revision: int, kpi: str, period: str) -> Comparison:
    return analysis.compare(workspace(), kpi, period, revision=revision)


@st.cache_resource(show_spinner=False, max_entries=_KEPT)
def _standing(url: str, revision: int, kpi: str, period: str, by: By) -> tuple[Reading, ...]:
    return tuple(reading for reading in scorecards.trends(workspace(), kpi, period, by, 1, revision) if reading.value is not None)


@st.cache_resource(show_spinner=False, max_entries=_KEPT)
def _drivers(url: str, revision: int, start: str | None, end: str | None, manager: str | None) -> DriverAnalysis:
    return analysis.drivers(workspace(), start, end, manager=manager, revision=revision)
