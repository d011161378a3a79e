"""The way from a figure to an improvement plan."""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec

import streamlit as st

from amdash.insight.reading import Reading
from amdash.metrics.spec import Kpi
from amdash.ui import session


def is_weak(reading: Reading) -> bool:
    """Whether a figure asks for a plan: the target is missed, or it has worsened beyond ordinary variation."""
    return reading.verdict == "missed" or reading.variation == "worsening"


def plan_button(kpi: Kpi, reading: Reading, key: str) -> None:
    """A button that begins a plan for a KPI of a manager; louder at a weak figure. Nothing for a KPI that no plan's effect can show in."""
    if kpi.window_months > 1 or kpi.measure == "derived" or find_spec("amdash.ui.plans") is None:
        return
    _ = session.words()
    if st.button(_("Make a plan"), key=key, type="secondary" if is_weak(reading) else "tertiary", icon=":material/flag:"):
        import_module("amdash.ui.plans").offer(kpi.id, reading.subject)
        st.rerun()
