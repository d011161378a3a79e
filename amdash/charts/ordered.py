"""Figures that count everything: everybody in order, without limits, for chance has no part in them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import plotly.graph_objects as go

from amdash.charts.theme import Style, dress, ems, scale_of, text_of, veil
from amdash.i18n import Translator, formats
from amdash.i18n.words import VERDICTS
from amdash.insight.reading import Reading
from amdash.metrics.spec import Kpi

_LEAST_ROW = 1.9
# Pixels between a point and the words left of it, and the share of the plot that such words take at most.
_BESIDE, _MOST_WORDS = 11, 0.6


def ordered(readings: Sequence[Reading], kpi: Kpi, _: Translator, style: Style) -> go.Figure:
    """A row each, in the order given: amounts as bars from zero, shares of a target as points; each one's own target as a short line.

    Whoever misses it is marked by shape, colour and word. Empty without any value.
    """
    shown = [reading for reading in readings if reading.value is not None]
    figure = go.Figure()
    if not shown:
        return dress(figure, style, right=4, top=4)
    values = [reading.value or 0.0 for reading in shown]
    aims = [reading.target for reading in shown if reading.target is not None]
    bars = kpi.measure == "total" or kpi.unit == "customers"
    factor, suffix = scale_of(kpi.unit, style.language, max(values + aims))
    words = [_value_words(reading, kpi, _) for reading in shown]
    dress(figure, style, right=int(max(ems(word) for word in words) * style.size) + style.size, top=int(1.6 * style.size))
    _draw_values(figure, shown, kpi, factor, words, style, bars=bars)
    _draw_aims(figure, shown, kpi, factor, _, style, bars=bars)
    figure.update_layout(height=max(style.height, int(len(shown) * _LEAST_ROW * style.size + 3.1 * style.size)), hovermode="closest", bargap=0.42)
    names = [text_of(reading.subject) for reading in shown]
    figure.update_yaxes(
        tickvals=np.arange(len(shown)), ticktext=names, range=[len(shown) - 0.4, -0.6], tickfont={"color": style.ink.ink, "size": style.size}
    )
    low, high = min(values + aims), max(values + aims)
    start, end = (min(0.0, low), max(0.0, high)) if bars else (_room_before(shown, words, low, high, style), high)
    figure.update_xaxes(range=[start * factor, (end + 0.02 * (end - start)) * factor], ticksuffix=suffix, nticks=5)
    figure.update_layout(clickmode="event+select")
    return figure


def _room_before(shown: Sequence[Reading], words: Sequence[str], low: float, high: float, style: Style) -> float:
    """Where an axis of points begins: with a little air, and so early that the words left of a point end before the names."""
    start = low - 0.16 * (high - low or abs(high) or 1.0)
    for reading, said in zip(shown, words, strict=True):
        value = reading.value or 0.0
        if reading.target is not None and reading.target > value:
            share = min(_MOST_WORDS, (ems(said) * style.size + _BESIDE + 4) / style.width)
            start = min(start, (value - share * high) / (1 - share))
    return start


def _value_words(reading: Reading, kpi: Kpi, _: Translator) -> str:
    value = formats.written(reading.value, kpi.unit, _.language)
    return f"{value} {_(VERDICTS['missed'])}" if reading.verdict == "missed" else value


def _draw_values(figure: go.Figure, shown: Sequence[Reading], kpi: Kpi, factor: float, words: Sequence[str], style: Style, *, bars: bool) -> None:
    ink = style.ink
    missed = [reading.verdict == "missed" for reading in shown]
    lengths = np.array([(reading.value or 0.0) * factor for reading in shown])
    rows = np.arange(len(shown))
    hover = {
        # The name as it is, for whoever picks it; what is shown is never markup.
        "customdata": [[reading.subject, word] for reading, word in zip(shown, words, strict=True)],
        "text": [text_of(reading.subject) for reading in shown],
        "hovertemplate": "%{text}  <b>%{customdata[1]}</b><extra></extra>",
        "selected": {"marker": {"opacity": 1}},
        "unselected": {"marker": {"opacity": 1}},
    }
    if bars:
        colours = [ink.bad if one else veil(ink.grey, 0.45) for one in missed]
        figure.add_bar(x=lengths, y=rows, orientation="h", textposition="none", marker={"color": colours, "opacity": 1}, **hover)
    else:
        marks = {
            "symbol": ["diamond" if one else "circle" for one in missed],
            "size": [13 if one else 10 for one in missed],
            "color": [ink.bad if one else ink.paper for one in missed],
            "line": {"color": [ink.bad if one else ink.ink for one in missed], "width": 1.8},
            "opacity": 1,
        }
        figure.add_scatter(x=lengths, y=rows, mode="markers", cliponaxis=False, marker=marks, **hover)
    for place, (reading, word) in enumerate(zip(shown, words, strict=True)):
        font = {"color": ink.bad_text if missed[place] else ink.ink, "size": style.size}
        figure.add_annotation(y=place, text=word, showarrow=False, font=font, **_beside(float(lengths[place]), reading, factor, bars=bars))


def _beside(length: float, reading: Reading, factor: float, *, bars: bool) -> dict[str, Any]:
    """Right of the figure; where the target lies there, beyond it, or left of a point."""
    short = reading.target is not None and reading.target * factor > length
    if short and not bars:
        return {"x": length, "xanchor": "right", "xshift": -_BESIDE}
    return {"x": max(length, 0.0 if bars else length, (reading.target or 0.0) * factor if short else length), "xanchor": "left", "xshift": 9}


def _draw_aims(figure: go.Figure, shown: Sequence[Reading], kpi: Kpi, factor: float, _: Translator, style: Style, *, bars: bool) -> None:
    """The target, named above the first row: one line for all, or a short one for each. Beside points a hair line joins both."""
    dashed = {"color": style.ink.ink, "width": 1.5, "dash": "5px,4px"}
    aims = {reading.target for reading in shown}
    for place, reading in enumerate(shown):
        if reading.target is None:
            continue
        aim = reading.target * factor
        if not bars:
            reach = {"x0": aim, "x1": (reading.value or 0.0) * factor, "y0": place, "y1": place}
            figure.add_shape(type="line", line={"color": style.ink.hair, "width": 2}, layer="below", **reach)
        if len(aims) > 1:
            figure.add_shape(type="line", x0=aim, x1=aim, y0=place - 0.36, y1=place + 0.36, line=dashed)
    first = next((reading for reading in shown if reading.target is not None), None)
    if first is None or first.target is None:
        return
    words = formats.target(first.target, kpi.unit, kpi.higher_is_better, style.language)
    said = _("target {target}", target=words) if len(aims) == 1 else _("each one's target")
    if len(aims) == 1:
        figure.add_vline(x=first.target * factor, line=dashed)
    font = {"color": style.ink.ink, "size": style.size - 1}
    figure.add_annotation(x=first.target * factor, yref="paper", y=1, yanchor="bottom", text=said, showarrow=False, font=font)
