"""Days are written in one way in every field."""

from __future__ import annotations

import ast
from pathlib import Path

import streamlit as st

from amdash.ui.dates import day_field

ROOT = Path(__file__).resolve().parents[2]


def test_every_field_for_a_day_is_this_one() -> None:
    paths = [*sorted((ROOT / "pages").glob("*.py")), *sorted((ROOT / "amdash/ui").rglob("*.py"))]
    found = {
        path.name
        for path in paths
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Attribute) and node.attr == "date_input"
    }
    assert found == {"dates.py"}


def test_it_is_written_year_month_day(monkeypatch) -> None:
    place = st.container()
    said: dict[str, object] = {}
    monkeypatch.setattr(place, "date_input", lambda label, **more: said.update(more, label=label))
    day_field(place, "Date", None, key="day")
    assert said == {"label": "Date", "value": None, "format": "YYYY-MM-DD", "key": "day"}
