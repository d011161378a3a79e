"""The control chart: limits as a band, target dashed, and only signals coloured."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import plotly.graph_objects as go

from amdash.charts import events as happened
from amdash.charts.band import band_shapes, draw_target
from amdash.charts.events import Event
from amdash.charts.point_labels import Label, Level, labels, name_points, rule_words
from amdash.charts.theme import Palette, Style, dress, ems, name_lines, scale_of, ticks
from amdash.i18n import Translator, formats
from amdash.insight.reading import Point, Reading
from amdash.metrics.spec import Kpi

_HEADROOM = 0.07
# What stands below the plot: two lines of dates.
_FOOT = 3.1


def control_chart(reading: Reading, kpi: Kpi, _: Translator, style: Style, events: Sequence[Event] = ()) -> go.Figure:
    """One KPI of one subject over its points, with what happened; a missing period is a gap in the line. Empty without any value."""
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
    periods = [point.period for point in reading.points]
    tags = happened.tags(events, periods, style)
    top = max(2.0, happened.height_ems(tags))
    depth = style.height - (_FOOT + top) * style.size
    drawn = [height * factor for height in heights]
    low, high = _extent(drawn, [], style.size / depth)
    # Twice: where the words stand decides how high the chart reaches, and that how far apart words and lines are.
    for _turn in range(2):
        named = labels(reading, kpi, series, _levels(reading, factor), (high - low) * style.size / depth, _, style)
        low, high = _extent(drawn, named, style.size / depth)
    _draw_ground(figure, reading, factor, style.ink)
    positions = np.arange(len(series))
    figure.add_scatter(x=positions, y=series, mode="lines", line={"color": style.ink.mute, "width": 2}, hoverinfo="skip")
    figure.add_scatter(
        x=positions,
        y=series,
        mode="markers",
        cliponaxis=False,
        marker=_markers(reading.points, style.ink, style.width / len(series)),
        customdata=np.array([_told(point, reading, kpi, _) for point in reading.points]),
        text=[formats.month(period, style.language) for period in periods],
        hovertemplate="%{text}  %{customdata}<extra></extra>",
    )
    happened.draw(figure, tags, high, style)
    name_lines(figure, [(height * factor, word, strong) for height, word, strong in lines], (low, high), depth, style)
    name_points(figure, named, [tag.place for tag in tags], style)
    dress(figure, style, right=int(style.size * (1.2 + max((ems(word) for _height, word, _strong in lines), default=0.0))), top=int(top * style.size))
    places, names = ticks(periods, style)
    figure.update_xaxes(tickvals=places, ticktext=names, range=[-0.5, len(series) - 0.5])
    figure.update_yaxes(range=[low, high], ticksuffix=suffix)
    return figure


def _draw_ground(figure: go.Figure, reading: Reading, factor: float, ink: Palette) -> None:
    """Limits as a band with their mean, and the target dashed."""
    ground = {"fillcolor": ink.grey, "opacity": 0.12, "line_width": 0, "layer": "below"}
    for shape in band_shapes(reading, factor, ground):
        figure.add_shape(shape)
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


def _levels(reading: Reading, factor: float) -> list[Level]:
    """What lies level in the chart: mean, edges of the band, target."""
    last, limits = len(reading.points) - 1, reading.limits
    found = [(-0.5, last + 0.5, limits.centre)] if limits else []
    if reading.band():
        found += [(place - 0.5, place + 0.5, edge) for place, *both in reading.band() for edge in both]
    elif limits:
        found += [(-0.5, last + 0.5, edge) for edge in (limits.lower, limits.upper)]
    aims = reading.aims() or ([(0, last, reading.target)] if reading.target is not None else [])
    found += [(first - 0.5, end + 0.5, aim) for first, end, aim in aims]
    return [(first, end, height * factor) for first, end, height in found]


def _told(point: Point, reading: Reading, kpi: Kpi, _: Translator) -> str:
    """What the pointer is told of a point: its value, and of a signal the rule too."""
    value = f"<b>{formats.written(point.value, kpi.unit, _.language)}</b>"
    return f"{value}  {rule_words([point], kpi, _)}" if point.direction else value


def _extent(heights: list[float], named: Sequence[Label], em: float) -> tuple[float, float]:
    """The lowest and highest thing drawn with a little air, and room for the words that hang below or stand above it. ``em``: per depth."""
    low, high = min(heights), max(heights)
    span = high - low or abs(high) or 1.0

    def room(above: bool) -> float:
        words = max((label.lines for label in named if label.above is above), default=0)
        return max(_HEADROOM, (1.3 * words + 0.6) * em if words else 0.0)

    whole = span / (1 - room(above=True) - room(above=False))
    return low - room(above=False) * whole, high + room(above=True) * whole


def _markers(points: Sequence[Point], ink: Palette, apart: float) -> dict[str, object]:
    """``apart``: pixels from point to point; where they crowd, on a phone, they are smaller."""
    colour = {"improvement": ink.good, "concern": ink.bad}
    signal, plain = round(min(13.0, max(8.0, apart))), round(min(8.0, max(5.0, 0.6 * apart)))
    return {
        "opacity": 1,
        "size": [signal if point.flag else plain for point in points],
        "symbol": [{"improvement": "triangle-up", "concern": "diamond"}.get(point.direction or "", "circle") for point in points],
        "color": [colour.get(point.direction or "", ink.paper) for point in points],
        "line": {"color": [colour.get(point.direction or "", ink.mute) for point in points], "width": 1.8},
    }
