"""Cached reads of individual improvement; keyed as those of :mod:`amdash.ui.reads`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd
import streamlit as st

from amdash.insight.progress import judge
from amdash.insight.reading import Reading
from amdash.metrics.period import kind_of, months_of
from amdash.metrics.spec import Kpi
from amdash.service import boards, scorecards
from amdash.ui import reads

_KEPT = 64


def improved(period: str) -> tuple[Kpi, Mapping[str, Reading]]:
    """The KPI of individual improvement, and everybody's reading of it."""
    ws = reads.workspace()
    return _improved(ws.settings.database_url, ws.revision(), period)


def progress(period: str) -> Mapping[str, Mapping[str, Any]]:
    """Manager -> how the weighted score changed, ready for :func:`amdash.insight.improvement_story.improvement_story`; nobody unmeasured."""
    ws = reads.workspace()
    return _progress(ws.settings.database_url, ws.revision(), period)


@st.cache_resource(show_spinner=False, max_entries=_KEPT)
def _improved(url: str, revision: int, period: str) -> tuple[Kpi, Mapping[str, Reading]]:
    kpi = next(kpi for kpi in scorecards.kpis() if kpi.measure == "derived")
    return kpi, {reading.subject: reading for reading in scorecards.trends(reads.workspace(), kpi.id, period, "manager", boards.PERIODS, revision)}


@st.cache_resource(show_spinner=False, max_entries=_KEPT)
def _progress(url: str, revision: int, period: str) -> Mapping[str, Mapping[str, Any]]:
    months = months_of(period)
    frame = scorecards.improvements(reads.workspace(), every=kind_of(period), start=months[0], end=months[-1], revision=revision)
    rows: list[dict[Any, Any]] = frame.to_dict("records")
    return {
        row["manager"]: {name: None if pd.isna(value) else value for name, value in row.items()} | {"target_verdict": judge(row).verdict}
        for row in rows
    }


def contributions(manager: str, period: str) -> list[dict[Any, Any]]:
    """What each KPI added to the change of somebody's weighted score, or took from it, the largest first."""
    ws = reads.workspace()
    return _contributions(ws.settings.database_url, ws.revision(), manager, period)


@st.cache_resource(show_spinner=False, max_entries=_KEPT)
def _contributions(url: str, revision: int, manager: str, period: str) -> list[dict[Any, Any]]:
    return scorecards.contributions(reads.workspace(), manager, period, revision).to_dict("records")
