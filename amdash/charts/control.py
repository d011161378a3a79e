"""The control chart: limits as a band, target dashed, and only signals coloured."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import plotly.graph_objects as go

from amdash.charts.band import draw_target, step_path
from amdash.charts.theme import Palette, Style, dress, period_labels, scale_of
from amdash.i18n import Translator, formats
from amdash.insight.reading import Point, Reading
from amdash.metrics.spec import Kpi

_HEADROOM = 0.07
_APART = 1.25


@dataclass(frozen=True)
class _Label:
    """Words at a point: above or below it, ``lines`` high."""

    place: int
    text: str
    above: bool
    lines: int
    colour: str


def control_chart(reading: Reading, kpi: Kpi, _: Translator, style: Style) -> go.Figure:
    """One KPI of one subject over its points; a missing period is a gap in the line. Empty without any value."""
    values = [point.value for point in reading.points if point.value is not None]
    figure = go.Figure()
    if not values:
        return dress(figure, style, right=4, top=4)
    lines = _lines(reading, kpi, _)
    heights = [
        *values,
        *(height for height, _word, _strong in lines),
        *(height for _place, *both in reading.band() for height in both),
        *(aim for *_ends, aim in reading.aims()),
    ]
    factor, suffix = scale_of(kpi.unit, style.language, max(heights))
    series = np.array([np.nan if point.value is None else point.value * factor for point in reading.points])
    labels = _labels(reading, kpi, series, _, style)
    low, high = _extent([height * factor for height in heights], labels, style)
    _draw_ground(figure, reading, factor, style.ink)
    positions = np.arange(len(series))
    figure.add_scatter(x=positions, y=series, mode="lines", line={"color": style.ink.mute, "width": 2}, hoverinfo="skip")
    figure.add_scatter(
        x=positions,
        y=series,
        mode="markers",
        cliponaxis=False,
        marker=_markers(reading.points, style.ink),
        customdata=np.array([formats.written(point.value, kpi.unit, style.language) for point in reading.points]),
        text=[formats.month(point.period, style.language) for point in reading.points],
        hovertemplate="%{text}  <b>%{customdata}</b><extra></extra>",
    )
    _name_lines(figure, [(height * factor, word, strong) for height, word, strong in lines], (low, high), style)
    _name_points(figure, series, labels, style)
    dress(figure, style, right=int(style.size * _margin(lines)), top=style.size * 2)
    ticks = period_labels([point.period for point in reading.points], style.language)
    step = 3 if style.narrow and len(ticks) > 6 else 1
    shown = positions[(len(ticks) - 1) % step :: step]
    figure.update_xaxes(tickvals=shown, ticktext=[ticks[place] for place in shown], range=[-0.5, len(series) - 0.5])
    figure.update_yaxes(range=[low, high], ticksuffix=suffix)
    return figure


def _draw_ground(figure: go.Figure, reading: Reading, factor: float, ink: Palette) -> None:
    """Limits as a band with their mean, and the target dashed."""
    ground = {"fillcolor": ink.grey, "opacity": 0.12, "line_width": 0, "layer": "below"}
    if reading.band():
        path = step_path(reading.band(), lambda place: place, lambda value: value * factor)
        figure.add_shape(type="path", path=path, **ground)
    elif reading.limits:
        lower, upper = reading.limits.lower * factor, reading.limits.upper * factor
        figure.add_shape(type="rect", xref="paper", x0=0, x1=1, y0=lower, y1=upper, **ground)
    if reading.limits:
        figure.add_hline(y=reading.limits.centre * factor, line={"color": ink.grey, "width": 1})
    draw_target(figure, reading, factor, {"color": ink.ink, "width": 1.5, "dash": "5px,4px"})


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


def _extent(heights: list[float], labels: Sequence[_Label], style: Style) -> tuple[float, float]:
    """The lowest and highest thing drawn with a little air, and room for the words that hang below or stand above it."""
    low, high = min(heights), max(heights)
    span = high - low or abs(high) or 1.0
    depth = style.height - 5.1 * style.size

    def room(above: bool) -> float:
        words = max((label.lines for label in labels if label.above is above), default=0)
        return max(_HEADROOM, (1.3 * words + 0.6) * style.size / depth if words else 0.0)

    whole = span / (1 - room(above=True) - room(above=False))
    return low - room(above=False) * whole, high + room(above=True) * whole


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


def _name_points(figure: go.Figure, series: np.ndarray, labels: Sequence[_Label], style: Style) -> None:
    for label in labels:
        figure.add_annotation(
            x=label.place,
            y=series[label.place],
            text=label.text,
            showarrow=False,
            yanchor="bottom" if label.above else "top",
            yshift=int(0.55 * style.size) * (1 if label.above else -1),
            xanchor="left" if label.place == 0 else "right" if label.lines > 1 else "center",
            align="right",
            font={"color": label.colour, "size": style.size + (2 if label.text.endswith("</b>") else -1)},
        )


def _labels(reading: Reading, kpi: Kpi, series: np.ndarray, _: Translator, style: Style) -> list[_Label]:
    """The last value in bold, and for every stretch of signals the strongest rule at its most extreme point."""
    colour = {"improvement": style.ink.good_text, "concern": style.ink.bad_text}
    last = int(np.flatnonzero(~np.isnan(series))[-1])
    before = series[last - 1] if last and not np.isnan(series[last - 1]) else series[last]
    newest = [f"<b>{formats.written(reading.points[last].value, kpi.unit, style.language)}</b>"]
    found = []
    mean = float(np.nanmean(series))
    for first, end in _stretches(reading.points):
        places = range(first, end + 1)
        extreme = max(places, key=lambda place: abs(series[place] - mean))
        rule = _rule([reading.points[place] for place in places], reading, _)
        # Words at one of the last two points would touch the last value: they stand at the beginning of the stretch, or below the value.
        if extreme >= last - 1 and first >= last - 1:
            newest.append(rule)
        else:
            extreme = first if extreme >= last - 1 else extreme
            found.append(_Label(extreme, rule, bool(series[extreme] >= mean), 1, colour[reading.points[extreme].direction or "concern"]))
    words = colour.get(reading.points[last].direction or "", style.ink.ink)
    # On a phone the words would lie on one another; shape and colour are there, and the words stand below the chart.
    found = [] if style.narrow else found
    return [*found, _Label(last, "<br>".join(newest), bool(series[last] >= before), len(newest), words)]


def _stretches(points: Sequence[Point]) -> list[tuple[int, int]]:
    """(first, last) of every stretch of neighbouring signals in the same direction."""
    found: list[tuple[int, int]] = []
    for place, point in enumerate(points):
        if point.direction is None:
            continue
        if found and found[-1][1] == place - 1 and points[place - 1].direction == point.direction:
            found[-1] = (found[-1][0], place)
        else:
            found.append((place, place))
    return found


def _rule(points: Sequence[Point], reading: Reading, _: Translator) -> str:
    """The strongest rule that a stretch of signals breaks, in words."""
    flags = {point.flag for point in points}
    if "outside" in flags and reading.limits:
        centre = reading.limits.centre
        above = any(point.flag == "outside" and point.value is not None and point.value > centre for point in points)
        return _("above the limit") if above else _("below the limit")
    if "trend" in flags:
        return _("seven in one direction")
    return _("near the limit twice") if "two_of_three" in flags else _("seven on one side")
