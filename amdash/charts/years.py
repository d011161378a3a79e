"""Year over year: each year a line over its twelve months, so that seasons lie on one another."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import plotly.graph_objects as go

from amdash.charts.labels import along, beside, ground, touch_any
from amdash.charts.theme import Style, dress, ems, padded, scale_of, ticks
from amdash.charts.trends import name_ends
from amdash.i18n import formats
from amdash.insight.reading import Point, Reading
from amdash.metrics.spec import Kpi

_DASHES = ("solid", "dash", "dot", "dashdot")
_FOOT, _TOP = 3.1, 1.0
# December, and how far the plot reaches beyond January and December, in months.
_LAST, _EDGE = 11, 0.4


def years(reading: Reading, kpi: Kpi, style: Style) -> go.Figure:
    """The months of a reading as a line for every year, named at its end, the newest in ink. Empty without values.

    ``reading`` is one of months. A year without any value has no line, a month without one is a gap.
    """
    found = _by_year(reading.points)
    figure = go.Figure()
    if not found:
        return dress(figure, style, right=4, top=4)
    values = [point.value for points in found.values() for point in points.values() if point.value is not None]
    heights = [*values, *_goal(reading)]
    low, high = padded(min(heights), max(heights))
    factor, suffix = scale_of(kpi.unit, style.language, max(heights))
    extent = low * factor, high * factor
    newest, ends, drawn = max(found), list[tuple[float, str, int]](), list[np.ndarray]()
    for back, year in enumerate(sorted(found, reverse=True)):
        points = [found[year].get(month) for month in range(1, 13)]
        series = np.array([np.nan if point is None or point.value is None else point.value * factor for point in points])
        name = formats.month(year, style.language)
        figure.add_scatter(
            x=np.arange(12),
            y=series,
            mode="lines+markers",
            name=name,
            line={"color": style.ink.ink if year == newest else style.ink.mute, "width": 2.6 if year == newest else 1.6, "dash": _DASHES[back % 4]},
            marker={"size": 7 if year == newest else 4, "opacity": 1},
            customdata=[formats.written(point.value if point else None, kpi.unit, style.language) for point in points],
            hovertemplate="%{fullData.name}  <b>%{customdata}</b><extra></extra>",
        )
        last = int(np.flatnonzero(~np.isnan(series))[-1])
        ends.append((float(series[last]), name, last))
        drawn.append(series)
    for aim in _goal(reading):
        figure.add_hline(y=aim * factor, line={"color": style.ink.ink, "width": 1.2, "dash": "4px,4px"})
    depth = style.height - (_FOOT + _TOP) * style.size
    name_ends(figure, [end for end in ends if end[2] == _LAST], _LAST, extent, depth, style)
    _name_inside(figure, [end for end in ends if end[2] < _LAST], drawn, [aim * factor for aim in _goal(reading)], extent, depth, style)
    dress(figure, style, right=int(style.size * (max(ems(name) for _end, name, _last in ends) + 1.4)), top=int(_TOP * style.size))
    places, names = ticks([f"{newest}-{month:02d}" for month in range(1, 13)], style)
    figure.update_xaxes(tickvals=places, ticktext=[name.partition("<br>")[0] for name in names], range=[-_EDGE, _LAST + _EDGE])
    figure.update_yaxes(range=list(extent), ticksuffix=suffix)
    return figure


def _name_inside(
    figure: go.Figure,
    ends: Sequence[tuple[float, str, int]],
    drawn: Sequence[np.ndarray],
    aims: Sequence[float],
    extent: tuple[float, float],
    depth: float,
    style: Style,
) -> None:
    """The names of years that end within the plot: beside their last point, and off the lines."""

    def at(place: float, height: float) -> tuple[float, float]:
        return (place + _EDGE) / (_LAST + 2 * _EDGE) * style.width, (height - extent[0]) / (extent[1] - extent[0]) * depth

    lines = [piece for series in drawn for piece in along([at(place, float(height)) for place, height in enumerate(series)])]
    lines += [piece for aim in aims for piece in along([at(-_EDGE, aim), at(_LAST + _EDGE, aim)])]
    points = [at(last, height) for height, _name, last in ends]
    sizes = [(ems(name) * style.size + 4, 1.25 * style.size) for _height, name, _last in ends]
    for (height, name, last), point, box in zip(ends, points, beside(points, sizes, (style.width, depth), lines=lines), strict=True):
        if box is not None:
            figure.add_annotation(
                x=last,
                y=height,
                xshift=box.x - point[0],
                yshift=box.y - point[1],
                text=name,
                showarrow=False,
                borderpad=0,
                font={"color": style.ink.ink, "size": style.size},
                **ground(style.ink.paper, needed=touch_any([box], lines)),
            )


def _by_year(points: Sequence[Point]) -> dict[str, dict[int, Point]]:
    """Year -> month -> the point; only years in which something was measured."""
    found: dict[str, dict[int, Point]] = {}
    for point in points:
        if point.value is not None:
            found.setdefault(point.period[:4], {})[int(point.period[5:])] = point
    return found


def _goal(reading: Reading) -> list[float]:
    """The target where one holds for all points: a line of months of several years has no place for another."""
    return [reading.target] if reading.target is not None and not reading.aims() else []
