"""Cached reads of what people have entered: events, targets, proposals. As in :mod:`amdash.ui.reads`, what comes back must not be changed."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from amdash.service import annotations as said
from amdash.service import proposals, targets
from amdash.service.proposals import Proposed
from amdash.service.targets import Held
from amdash.store.annotations import AnnotationRow
from amdash.store.proposals import AnswerRow
from amdash.ui import reads

_KEPT = 64


def events(kpi: str, manager: str | None, team: str | None) -> tuple[AnnotationRow, ...]:
    """What was written down that concerns a KPI, of a manager or a team, or of all."""
    ws = reads.workspace()
    return _events(ws.settings.database_url, ws.revision(), kpi, manager, team)


def targets_held(month: str, kpi: str) -> tuple[Held, ...]:
    """What everybody is held to in a KPI in a month."""
    ws = reads.workspace()
    return tuple(one for one in _targets_held(ws.settings.database_url, ws.revision(), month) if one.kpi == kpi)


def proposed() -> tuple[Proposed, ...]:
    """The proposals of targets that stand, also those that were set, newest first."""
    ws = reads.workspace()
    return _proposed(ws.settings.database_url, ws.revision())


def acknowledged() -> Mapping[tuple[int, str], AnswerRow]:
    """(target, manager) -> when the manager took note of it."""
    ws = reads.workspace()
    return _acknowledged(ws.settings.database_url, ws.revision())


@st.cache_resource(show_spinner=False, max_entries=_KEPT)
def _events(url: str, revision: int, kpi: str, manager: str | None, team: str | None) -> tuple[AnnotationRow, ...]:
    return tuple(said.entries(reads.workspace(), kpi=kpi, manager=manager, team=team))


@st.cache_resource(show_spinner=False, max_entries=_KEPT)
def _targets_held(url: str, revision: int, month: str) -> tuple[Held, ...]:
    return tuple(targets.in_force(reads.workspace(), month))


@st.cache_resource(show_spinner=False, max_entries=_KEPT)
def _proposed(url: str, revision: int) -> tuple[Proposed, ...]:
    return tuple(proposals.proposals(reads.workspace(), revision=revision))


@st.cache_resource(show_spinner=False, max_entries=_KEPT)
def _acknowledged(url: str, revision: int) -> Mapping[tuple[int, str], AnswerRow]:
    return proposals.acknowledged(reads.workspace(), revision)
