"""The importance-performance chart: how much each driver goes with satisfaction, against how customers rate it."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import plotly.graph_objects as go

from amdash.charts.labels import Box, beside, ground, touch_any
from amdash.charts.theme import Style, dress, ems, text_of
from amdash.i18n import Translator, formats
from amdash.i18n.words import DRIVERS, FIELDS
from amdash.insight.drivers import Driver, DriverAnalysis

_PAD = 0.14
# No hair line leads to a name: it stands beside its point, rather on a line than further off.
_ON_A_LINE = 8.0
_CORNERS = {"concentrate_here": (0, 1), "keep_up": (1, 1), "low_priority": (0, 0), "possible_overkill": (1, 0)}
# The ranges of both axes, in percent.
Extents = tuple[tuple[float, float], tuple[float, float]]


def importance_chart(found: DriverAnalysis, _: Translator, style: Style, width: int) -> go.Figure:
    """A point for every driver, with its interval as a whisker and its name; four named fields around the means of the drivers.

    Without fields where the order of the importances is unclear. Drivers that everybody answered alike have no importance and no point.
    ``width``: of the picture in pixels, by which names are placed. Empty where no driver was announced.
    """
    shown = [one for one in found.drivers if one.importance is not None]
    figure = go.Figure()
    if not shown:
        return dress(figure, style, right=4, top=4)
    across, up = _extents(shown, found.performance_threshold)
    dress(figure, style, right=8, top=style.size)
    plot = (width - 8 - 4.6 * style.size, style.height - 5.2 * style.size)
    if not found.order_unclear:
        _draw_fields(figure, found, (across, up), plot, _, style)
    _draw_points(figure, shown, _, style)
    _name_points(figure, found, shown, (across, up), plot, _, style)
    title = {"size": style.size - 1}
    figure.update_xaxes(
        range=list(across), nticks=5, ticksuffix="%", title={"text": _("mean answer, of the full score"), "font": title, "standoff": 6}
    )
    figure.update_yaxes(
        range=list(up), ticksuffix="%", title={"text": _("share in what goes with satisfaction"), "font": title, "standoff": style.size}
    )
    figure.update_layout(hovermode="closest", margin={"b": int(style.size * 3.8)})
    return figure


def _extents(shown: Sequence[Driver], level: float | None) -> Extents:
    """The ranges of both axes in percent; importance from nought, for it is a share."""
    rated = [100 * one.performance for one in shown] + ([] if level is None else [100 * level])
    spread = max(max(rated) - min(rated), 2.0)
    highest = max(100 * (one.high or one.importance or 0.0) for one in shown)
    return (min(rated) - 1.6 * _PAD * spread, max(rated) + 1.6 * _PAD * spread), (-0.05 * highest, highest * (1 + _PAD))


def _draw_fields(figure: go.Figure, found: DriverAnalysis, extents: Extents, plot: tuple[float, float], _: Translator, style: Style) -> None:
    """Two lines that cross at the means, and the name of each field in its outer corner; the one to look at is tinted."""
    middle, level = 100 * (found.importance_threshold or 0.0), 100 * (found.performance_threshold or 0.0)
    (left, right), (_low, high) = extents
    line = {"color": style.ink.grey, "width": 1}
    figure.add_shape(type="rect", x0=left, x1=level, y0=middle, y1=high, fillcolor=style.ink.bad, opacity=0.07, line_width=0, layer="below")
    figure.add_hline(y=middle, line=line)
    figure.add_vline(x=level, line=line)
    for field, (x, y) in _CORNERS.items():
        urgent = field == "concentrate_here"
        words = _field_words(_(FIELDS[field]), (right - level if x else level - left) / (right - left) * plot[0], style)
        figure.add_annotation(
            xref="paper",
            yref="paper",
            x=x,
            y=y,
            xanchor="right" if x else "left",
            yanchor="top" if y else "bottom",
            xshift=-4 if x else 4,
            align="right" if x else "left",
            text=f"<b>{words}</b>" if urgent else words,
            showarrow=False,
            font={"color": style.ink.bad_text if urgent else style.ink.mute, "size": style.size - 1},
        )


def _field_words(name: str, room: float, style: Style) -> str:
    """The name of a field, in two lines where it is wider than its field (in pixels) and has words to part."""
    parts = name.split(" ")
    if ems(name) * style.size + 8 <= room or len(parts) == 1:
        return name
    at = min(range(1, len(parts)), key=lambda place: abs(len(" ".join(parts[:place])) - len(name) / 2))
    return f"{' '.join(parts[:at])}<br>{' '.join(parts[at:])}"


def _draw_points(figure: go.Figure, shown: Sequence[Driver], _: Translator, style: Style) -> None:
    share = np.array([100 * (one.importance or 0.0) for one in shown])
    urgent = [one.quarter == "concentrate_here" for one in shown]
    ink = style.ink
    figure.add_scatter(
        x=np.array([100 * one.performance for one in shown]),
        y=share,
        mode="markers",
        cliponaxis=False,
        error_y={
            "type": "data",
            "symmetric": False,
            "array": np.array([100 * (one.high or 0.0) for one in shown]) - share,
            "arrayminus": share - np.array([100 * (one.low or 0.0) for one in shown]),
            "color": ink.mute,
            "thickness": 1.5,
            "width": 5,
        },
        marker={
            "symbol": ["diamond" if one else "circle" for one in urgent],
            "size": [14 if one else 11 for one in urgent],
            "color": [ink.bad if one else ink.paper for one in urgent],
            "line": {"color": [ink.bad if one else ink.ink for one in urgent], "width": 1.8},
            "opacity": 1,
        },
        text=[_(DRIVERS[one.driver]) for one in shown],
        customdata=[
            [formats.written(one.importance, "ratio", style.language), formats.written(one.performance, "ratio", style.language)] for one in shown
        ],
        hovertemplate="%{text}  <b>%{customdata[0]}</b>  %{customdata[1]}<extra></extra>",
    )


def _name_points(
    figure: go.Figure, found: DriverAnalysis, shown: Sequence[Driver], extents: Extents, plot: tuple[float, float], _: Translator, style: Style
) -> None:
    """Names beside the points and off the whiskers and, where they can, off the lines between the fields."""
    (left, right), (low, high) = extents

    def at(performance: float, importance: float) -> tuple[float, float]:
        return (100 * performance - left) / (right - left) * plot[0], (100 * importance - low) / (high - low) * plot[1]

    middle = at(found.performance_threshold or 0.0, found.importance_threshold or 0.0)
    lines = [] if found.order_unclear else [Box(middle[0], plot[1] / 2, 2, plot[1]), Box(plot[0] / 2, middle[1], plot[0], 2)]
    names = [_(DRIVERS[one.driver]) for one in shown]
    points = [at(one.performance, one.importance or 0.0) for one in shown]
    ends = [(at(one.performance, one.low or 0.0), at(one.performance, one.high or 0.0)) for one in shown]
    taken = [Box(x, (bottom + top) / 2, 8, top - bottom) for (x, bottom), (_same, top) in ends]
    height = 1.4 * style.size
    for field, (x, y) in _CORNERS.items():
        parts = _field_words(_(FIELDS[field]), plot[0] - middle[0] if x else middle[0], style).split("<br>")
        wide, tall = max(ems(part) for part in parts) * style.size + 8, height * len(parts)
        taken.append(Box(plot[0] - wide / 2 if x else wide / 2, plot[1] - tall / 2 if y else tall / 2, wide, tall))
    sizes = [(ems(name) * style.size + 6, height) for name in names]
    for one, name, point, box in zip(
        shown, names, points, beside(points, sizes, plot, lines=lines, others=taken, mark=16.0, avoid=_ON_A_LINE), strict=True
    ):
        if box is not None:
            urgent = one.quarter == "concentrate_here"
            figure.add_annotation(
                x=100 * one.performance,
                y=100 * (one.importance or 0.0),
                xshift=box.x - point[0],
                yshift=box.y - point[1],
                text=f"<b>{text_of(name)}</b>" if urgent else text_of(name),
                showarrow=False,
                font={"color": style.ink.bad_text if urgent else style.ink.ink, "size": style.size},
                borderpad=0,
                **ground(style.ink.paper, needed=touch_any([box], lines)),
            )
