"""Cached reads. Every one is keyed on the workspace, its revision and the choices; what comes back must not be changed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

import pandas as pd
import streamlit as st

from amdash import config
from amdash.errors import AmdashError
from amdash.i18n import Language
from amdash.insight.reading import Reading
from amdash.metrics.spec import By
from amdash.metrics.targets import Check
from amdash.service import (
    boards,
    cadence,
    customer_base,
    customer_files,
    exports,
    feedback,
    potential,
    scorecards,
    target_history,
    targets,
    workbooks,
)
from amdash.service import meetings as meeting_service
from amdash.service import minutes as minutes_service
from amdash.service import plans as plans_now
from amdash.service.boards import Board
from amdash.service.customer_base import CustomerBase
from amdash.service.customer_files import CustomerFile
from amdash.service.feedback import FeedbackEntry
from amdash.service.meetings import Meeting
from amdash.service.plans import Followed
from amdash.service.potential import Potential
from amdash.service.target_history import TargetLine
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
    """The months that have figures, ascending; one that only has deals still to be closed is no month to open on."""
    ws = workspace()
    running = f"{ws.now():%Y-%m}"
    return tuple(month for month in _months(ws.settings.database_url, ws.revision()) if month <= running)


def managers() -> tuple[str, ...]:
    """The names of all managers in the order of the roster."""
    ws = workspace()
    return _managers(ws.settings.database_url, ws.revision())


def roster() -> pd.DataFrame:
    """Everybody with team and days of coming and going, as :func:`amdash.service.scorecards.roster` gives them."""
    ws = workspace()
    return _roster(ws.settings.database_url, ws.revision())


def is_empty() -> bool:
    """Whether no facts are in force."""
    ws = workspace()
    return _is_empty(ws.settings.database_url, ws.revision())


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


@st.cache_resource(show_spinner=False, max_entries=_KEPT)
def _managers(url: str, revision: int) -> tuple[str, ...]:
    return tuple(scorecards.managers(workspace(), revision))


@st.cache_data(show_spinner=False, max_entries=_KEPT)
def _roster(url: str, revision: int) -> pd.DataFrame:
    return scorecards.roster(workspace(), revision)


@st.cache_resource(show_spinner=False, max_entries=_KEPT)
def _is_empty(url: str, revision: int) -> bool:
    return not workspace().store.slots(revision)


@st.cache_data(show_spinner=False, max_entries=_KEPT)
def _report(url: str, revision: int, manager: str, month: str, language: str) -> bytes:
    return exports.report_pdf(workspace(), manager, month, "en" if language == "en" else "zh", revision)[1]


def customers(period: str) -> CustomerBase:
    """All customers at the end of a period. Notes and tags do not make it another one."""
    ws = workspace()
    return _customers(ws.settings.database_url, customer_base.stamp(ws), period)


def customer_file(customer: str, period: str) -> CustomerFile:
    """A customer's file. Errors: customer_unknown."""
    ws = workspace()
    return _customer_file(ws.settings.database_url, ws.revision(), ws.now().date(), customer, period)


def potential_customers(period: str) -> Potential:
    """Who has not bought yet: as of today for the newest period, of older ones as of their last day."""
    ws = workspace()
    return _potential(ws.settings.database_url, ws.revision(), potential.day_of(ws, period, months()[-1]))


@st.cache_resource(show_spinner=False, max_entries=_KEPT)
def _customers(url: str, stamp: tuple[object, ...], period: str) -> CustomerBase:
    return customer_base.base(workspace(), period)


@st.cache_resource(show_spinner=False, max_entries=_KEPT)
def _customer_file(url: str, revision: int, today: dt.date, customer: str, period: str) -> CustomerFile:
    return customer_files.read(workspace(), customer, customers(period), revision=revision)


@st.cache_resource(show_spinner=False, max_entries=_KEPT)
def _potential(url: str, revision: int, as_of: dt.date) -> Potential:
    return potential.potential(workspace(), as_of, revision=revision)


def feedback_log(manager: str | None, source: str | None, method: str | None, text: str) -> tuple[FeedbackEntry, ...]:
    """The feedback log through these filters."""
    ws = workspace()
    return _feedback_log(ws.settings.database_url, ws.revision(), manager, source, method, text)


def feedback_cadence() -> tuple[Mapping[str, Any], ...]:
    """How the feedback on everybody stands today."""
    ws = workspace()
    return _feedback_cadence(ws.settings.database_url, ws.revision(), ws.now().date())


def feedback_calendar(language: Language) -> bytes | None:
    """What feedback is due from today on as a calendar file; None where nothing is."""
    ws = workspace()
    return _feedback_calendar(ws.settings.database_url, ws.revision(), ws.now().date(), language)


def target_check(kpi: str, value: float) -> Check:
    """How a target would have done. Errors: target_value_invalid."""
    ws = workspace()
    return _target_check(ws.settings.database_url, ws.revision(), ws.now().strftime("%Y-%m"), kpi, value)


@st.cache_resource(show_spinner=False, max_entries=_KEPT)
def _feedback_log(url: str, revision: int, manager: str | None, source: str | None, method: str | None, text: str) -> tuple[FeedbackEntry, ...]:
    return tuple(feedback.log(workspace(), manager=manager, source=source, method=method, text=text, revision=revision))


@st.cache_resource(show_spinner=False, max_entries=_KEPT)
def _feedback_cadence(url: str, revision: int, date: dt.date) -> tuple[Mapping[str, Any], ...]:
    rows: list[dict[Any, Any]] = cadence.cadence(workspace(), date, revision=revision).to_dict("records")
    return tuple(rows)


@st.cache_resource(show_spinner=False, max_entries=_KEPT)
def _feedback_calendar(url: str, revision: int, date: dt.date, language: Language) -> bytes | None:
    try:
        return cadence.calendar(workspace(), language, date, revision=revision)
    except AmdashError as error:
        if error.code != "calendar_empty":
            raise
        return None


@st.cache_resource(show_spinner=False, max_entries=_KEPT)
def _target_check(url: str, revision: int, month: str, kpi: str, value: float) -> Check:
    return targets.check(workspace(), kpi, value)


def meeting_board(period: str) -> Board:
    """The board that a meeting looks at: what is decided in it moves no figure, and costs no second pass over them."""
    ws = workspace()
    return _board(ws.settings.database_url, ws.store.figures_revision(), period)


def meetings() -> tuple[Meeting, ...]:
    """Every meeting with what was said in it, the newest first."""
    ws = workspace()
    return _meetings(ws.settings.database_url, ws.revision())


def minutes(meeting_id: int, language: str) -> bytes:
    """The minutes of a meeting as PDF."""
    ws = workspace()
    return _minutes(ws.settings.database_url, ws.revision(), meeting_id, language)


@st.cache_resource(show_spinner=False, max_entries=_KEPT)
def _meetings(url: str, revision: int) -> tuple[Meeting, ...]:
    return tuple(meeting_service.held(workspace(), revision))


@st.cache_data(show_spinner=False, max_entries=_KEPT)
def _minutes(url: str, revision: int, meeting_id: int, language: str) -> bytes:
    return minutes_service.minutes_pdf(workspace(), meeting_id, "en" if language == "en" else "zh")[1]


def plans(manager: str | None = None) -> tuple[Followed, ...]:
    """The plans that stand, of everybody or one manager, as they are judged this month."""
    ws = workspace()
    return tuple(one for one in _plans(ws.settings.database_url, ws.revision(), f"{ws.now():%Y-%m}") if manager in (None, one.entry.manager))


@st.cache_resource(show_spinner=False, max_entries=_KEPT)
def _plans(url: str, revision: int, running: str) -> tuple[Followed, ...]:
    return tuple(plans_now.effects(workspace()))


def target_lines(kpi: str, month: str) -> tuple[TargetLine, ...]:
    """How the targets of a KPI went around a month."""
    ws = workspace()
    return _target_lines(ws.settings.database_url, ws.revision(), kpi, month)


@st.cache_resource(show_spinner=False, max_entries=_KEPT)
def _target_lines(url: str, revision: int, kpi: str, month: str) -> tuple[TargetLine, ...]:
    return tuple(target_history.history(workspace(), kpi, target_history.span(month), revision))


def workbook(period: str, language: str) -> bytes:
    """The scorecard of a period as a workbook."""
    ws = workspace()
    return _workbook(ws.settings.database_url, ws.revision(), period, language)


@st.cache_data(show_spinner=False, max_entries=_KEPT)
def _workbook(url: str, revision: int, period: str, language: str) -> bytes:
    return workbooks.scorecard_workbook(workspace(), period, "en" if language == "en" else "zh", revision)[1]
