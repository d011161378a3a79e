"""Charts on a page: drawn for the window's room, ground and language, each with its words for a screen reader."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from amdash.charts import trends
from amdash.charts.control import control_chart
from amdash.charts.theme import Figure, Mode, Style
from amdash.insight.reading import Reading
from amdash.metrics.spec import Kpi
from amdash.ui import session
from amdash.ui.markup.marks import spoken
from amdash.ui.sentences import trend_words

_LEAST_HEIGHT = 220
_COLUMNS = 4
_PHONE = 640


def control(reading: Reading, kpi: Kpi, share: float, key: str) -> None:
    """The control chart of one reading, ``share`` of the window high."""
    _ = session.words()
    _draw(control_chart(reading, kpi, _, _style(share)), key, spoken(reading, kpi, _))


def small_multiples(readings: Sequence[Reading], kpi: Kpi, share: float, key: str) -> None:
    """A small chart for every subject, on one scale; a row of them is ``share`` of the window high."""
    _ = session.words()
    columns = min(_COLUMNS if session.room().width > _PHONE else 2, len(readings))
    style = _style(share * -(-len(readings) // columns), type_share=0.8)
    _draw(trends.small_multiples(readings, kpi, _, style, columns), key, trend_words(readings, kpi, _))


def lines(readings: Sequence[Reading], kpi: Kpi, share: float, key: str) -> None:
    """Subjects as lines in one chart."""
    _draw(trends.lines(readings, kpi, _style(share)), key, trend_words(readings, kpi, session.words()))


def _style(share: float, type_share: float = 0.93) -> Style:
    room = session.room()
    mode: Mode = "dark" if st.context.theme.type == "dark" else "light"
    return Style(mode, session.language(), max(_LEAST_HEIGHT, int(room.height * share)), round(room.rem * type_share), narrow=room.width <= _PHONE)


def _draw(figure: Figure, key: str, words: str) -> None:
    st.plotly_chart(figure, theme=None, config={"displayModeBar": False}, key=key, alt=words)
