"""The control chart: limits as a band, target dashed, and only signals coloured."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import plotly.graph_objects as go

from amdash.charts.theme import Palette, Style, dress, period_labels, scale_of
from amdash.i18n import Translator, formats
from amdash.insight.reading import Point, Reading
from amdash.metrics.spec import Kpi

_HEADROOM = 0.07
_APART = 1.25


def control_chart(reading: Reading, kpi: Kpi, _: Translator, style: Style) -> go.Figure:
    """One KPI of one subject over its points; a missing period is a gap in the line. Empty without any value."""
    values = [point.value for point in reading.points if point.value is not None]
    figure = go.Figure()
    if not values:
        return dress(figure, style, right=4, top=4)
    lines = _lines(reading, kpi, _)
    low, high = _extent([*values, *(height for height, _word, _is_target in lines)])
    factor, suffix = scale_of(kpi.unit, style.language, high)
    labels = period_labels([point.period for point in reading.points], style.language)
    ink = style.ink
    if reading.limits:
        figure.add_shape(
            type="rect",
            xref="paper",
            x0=0,
            x1=1,
            y0=reading.limits.lower * factor,
            y1=reading.limits.upper * factor,
            fillcolor=ink.grey,
            opacity=0.12,
            line_width=0,
            layer="below",
        )
        figure.add_hline(y=reading.limits.centre * factor, line={"color": ink.grey, "width": 1})
    if reading.target is not None:
        figure.add_hline(y=reading.target * factor, line={"color": ink.ink, "width": 1.5, "dash": "5px,4px"})
    series = np.array([np.nan if point.value is None else point.value * factor for point in reading.points])
    positions = np.arange(len(series))
    figure.add_scatter(x=positions, y=series, mode="lines", line={"color": ink.mute, "width": 2}, hoverinfo="skip")
    figure.add_scatter(
        x=positions,
        y=series,
        mode="markers",
        cliponaxis=False,
        marker=_markers(reading.points, ink),
        customdata=np.array([formats.written(point.value, kpi.unit, style.language) for point in reading.points]),
        text=[formats.month(point.period, style.language) for point in reading.points],
        hovertemplate="%{text}  <b>%{customdata}</b><extra></extra>",
    )
    _name_lines(figure, [(height * factor, word, strong) for height, word, strong in lines], (low * factor, high * factor), style)
    _name_points(figure, reading, kpi, series, (low * factor, high * factor), _, style)
    dress(figure, style, right=int(style.size * _margin(lines)), top=style.size * 2)
    figure.update_xaxes(tickvals=positions, ticktext=labels, range=[-0.5, len(series) - 0.5])
    figure.update_yaxes(range=[low * factor, high * factor], ticksuffix=suffix)
    return figure


def _lines(reading: Reading, kpi: Kpi, _: Translator) -> list[tuple[float, str, bool]]:
    """(height, word, whether it is the target) of everything that is named at the right edge."""
    found: list[tuple[float, str, bool]] = []
    if reading.limits:
        found += [
            (reading.limits.upper, _("upper limit"), False),
            (reading.limits.centre, _("mean"), False),
            (reading.limits.lower, _("lower limit"), False),
        ]
    words = formats.target(reading.target, kpi.unit, kpi.higher_is_better, _.language)
    if reading.target is not None and words:
        found.append((reading.target, _("target {target}", target=words), True))
    return found


def _margin(lines: list[tuple[float, str, bool]]) -> float:
    """The width of the longest name in ems: a Chinese character is one, a Latin letter about half."""
    return 1.2 + max((sum(1.0 if character > "\u2e80" else 0.56 for character in word) for _height, word, _strong in lines), default=0.0)


def _extent(heights: list[float]) -> tuple[float, float]:
    low, high = min(heights), max(heights)
    pad = _HEADROOM * (high - low) or abs(high) * _HEADROOM or 1.0
    return low - pad, high + pad


def _markers(points: Sequence[Point], ink: Palette) -> dict[str, object]:
    colour = {"improvement": ink.good, "concern": ink.bad}
    return {
        "opacity": 1,
        "size": [13 if point.flag else 8 for point in points],
        "symbol": [{"improvement": "triangle-up", "concern": "diamond"}.get(point.direction or "", "circle") for point in points],
        "color": [colour.get(point.direction or "", ink.paper) for point in points],
        "line": {"color": [colour.get(point.direction or "", ink.mute) for point in points], "width": 1.8},
    }


def _name_lines(figure: go.Figure, lines: list[tuple[float, str, bool]], extent: tuple[float, float], style: Style) -> None:
    """Names at the right edge, pushed apart from the bottom up where they would touch."""
    depth = style.height - 5.1 * style.size
    floor = float("-inf")
    for height, word, strong in sorted(lines):
        at = (height - extent[0]) / (extent[1] - extent[0]) * depth
        placed = max(at, floor + _APART * style.size)
        floor = placed
        figure.add_annotation(
            xref="paper",
            x=1,
            xanchor="left",
            xshift=8,
            y=height,
            yshift=placed - at,
            text=word,
            showarrow=False,
            align="left",
            font={"color": style.ink.ink if strong else style.ink.mute, "size": style.size - 1},
        )


def _name_points(figure: go.Figure, reading: Reading, kpi: Kpi, series: np.ndarray, extent: tuple[float, float], _: Translator, style: Style) -> None:
    """The last value in bold, and the first point of every run of signals by its rule."""
    ink = style.ink
    colour = {"improvement": ink.good_text, "concern": ink.bad_text}
    last = int(np.flatnonzero(~np.isnan(series))[-1])
    before = series[last - 1] if last and not np.isnan(series[last - 1]) else series[last]
    # Above the point when the line comes from below, or when there is no room underneath.
    above = series[last] >= before or series[last] < extent[0] + 0.25 * (extent[1] - extent[0])
    figure.add_annotation(
        x=last,
        y=series[last],
        text=f"<b>{formats.written(reading.points[last].value, kpi.unit, style.language)}</b>",
        showarrow=False,
        yshift=int(1.3 * style.size) * (1 if above else -1),
        font={"size": style.size + 2, "color": colour.get(reading.points[last].direction or "", ink.ink)},
    )
    for first, end in _patterns(reading.points):
        # The middle of the pattern, on the side it leans to: there its line leaves most room.
        place = (first + end) // 2
        if place == last:
            continue
        side = 1 if series[place] >= np.nanmean(series) else -1
        figure.add_annotation(
            x=place,
            y=series[place],
            text=_rule(reading.points[place], reading, _),
            showarrow=False,
            yshift=side * int(1.3 * style.size),
            xanchor="left" if place == 0 else "center",
            font={"color": colour[reading.points[place].direction or "concern"], "size": style.size - 1},
        )


def _patterns(points: Sequence[Point]) -> list[tuple[int, int]]:
    """(first, last) of every stretch of points with the same signal."""
    found: list[tuple[int, int]] = []
    for place, point in enumerate(points):
        if point.flag is None:
            continue
        before = points[place - 1] if place else None
        if found and before and (before.flag, before.direction) == (point.flag, point.direction):
            found[-1] = (found[-1][0], place)
        else:
            found.append((place, place))
    return found


def _rule(point: Point, reading: Reading, _: Translator) -> str:
    if point.flag == "outside" and reading.limits and point.value is not None:
        return _("above the limit") if point.value > reading.limits.upper else _("below the limit")
    return {"trend": _("seven in one direction"), "two_of_three": _("near the limit twice"), "run": _("seven on one side")}.get(point.flag or "", "")
