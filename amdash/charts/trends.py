"""One KPI over time for several subjects: small multiples on one scale, and teams as lines with their names at the end."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import plotly.graph_objects as go
from plotly.subplots import make_subplots

from amdash.charts import events as happened
from amdash.charts.band import band_shapes, draw_target, target_shapes
from amdash.charts.events import Event
from amdash.charts.labels import ground
from amdash.charts.theme import Style, dress, ems, padded, period_labels, pushed_apart, scale_of, text_of, ticks
from amdash.i18n import Translator, formats
from amdash.insight.reading import Reading
from amdash.insight.wording import verdict_name
from amdash.metrics.spec import Kpi

_DASHES = ("solid", "dash", "dot", "dashdot", "longdash")
# Between neighbouring small charts, and what stands below a plot: two lines of dates.
_BETWEEN = 0.03
_FOOT = 3.1


def lines(readings: Sequence[Reading], kpi: Kpi, style: Style, events: Sequence[Event] = ()) -> go.Figure:
    """Every subject as a line of its own dash, named at its last point, with what happened; gaps where nothing was measured. Empty without values."""
    shown = [reading for reading in readings if any(point.value is not None for point in reading.points)]
    figure = go.Figure()
    if not shown:
        return dress(figure, style, right=4, top=4)
    low, high = _extent(shown)
    factor, suffix = scale_of(kpi.unit, style.language, high)
    periods = [point.period for point in shown[0].points]
    positions = np.arange(len(periods))
    ends = []
    for place, reading in enumerate(shown):
        series = _series(reading, factor)
        figure.add_scatter(
            x=positions,
            y=series,
            mode="lines+markers",
            marker={"size": 5, "opacity": 1},
            name=text_of(reading.subject),
            line={"color": style.ink.ink if place == 0 else style.ink.mute, "width": 2.2, "dash": _DASHES[place % len(_DASHES)]},
            customdata=[formats.written(point.value, kpi.unit, style.language) for point in reading.points],
            hovertemplate="%{fullData.name}  <b>%{customdata}</b><extra></extra>",
        )
        last = int(np.flatnonzero(~np.isnan(series))[-1])
        ends.append((float(series[last]), text_of(reading.subject), last))
    # One line for all; where each has a target of its own, it is none of the others'.
    if len({(reading.target, reading.aims()) for reading in shown}) == 1:
        draw_target(figure, shown[0], factor, {"color": style.ink.ink, "width": 1.2, "dash": "4px,4px"})
    tags = happened.tags(events, periods, style)
    top = max(1.0, happened.height_ems(tags))
    happened.draw(figure, tags, high * factor, style)
    name_ends(figure, ends, len(periods) - 1, (low * factor, high * factor), style.height - (_FOOT + top) * style.size, style)
    dress(figure, style, right=int(style.size * (max(ems(reading.subject) for reading in shown) + 1.4)), top=int(top * style.size))
    places, names = ticks(periods, style)
    figure.update_xaxes(tickvals=places, ticktext=names, range=[-0.4, len(periods) - 0.6])
    figure.update_yaxes(range=[low * factor, high * factor], ticksuffix=suffix)
    return figure


def small_multiples(
    readings: Sequence[Reading], kpi: Kpi, _: Translator, style: Style, columns: int = 4, events: Mapping[str, Sequence[Event]] | None = None
) -> go.Figure:
    """One small control chart a subject, all on the same scale: band, target, line, signals and the last value. Empty without values.

    ``events``: subject -> what happened; the words stand beside the subject's name where there is room.
    """
    if not any(point.value is not None for reading in readings for point in reading.points):
        return dress(go.Figure(), style, right=4, top=4)
    rows = -(-len(readings) // columns)
    figure = make_subplots(
        rows=rows, cols=columns, shared_yaxes="all", shared_xaxes="all", horizontal_spacing=_BETWEEN, vertical_spacing=min(0.12, 0.5 / rows)
    )
    low, high = _extent(readings)
    factor, suffix = scale_of(kpi.unit, style.language, high)
    periods = [point.period for point in readings[0].points]
    one = replace(style, width=int(style.width * (1 - _BETWEEN * (columns - 1)) / columns))
    traces: list[go.Scatter] = []
    shapes, names = list[dict[str, Any]](), list[dict[str, Any]]()
    for place, reading in enumerate(readings):
        # Plotly numbers the axes of plots; of the first one it leaves the number out.
        axes, title = "" if place == 0 else f"{place + 1}", _title(reading, kpi, _, style)
        tags = happened.tags((events or {}).get(reading.subject, ()), periods, one, rows=1, taken=(ems(_bare(title)) + 0.8) * style.size)
        traces += [_line(reading, kpi, factor, style, axes), *([happened.told(tags, high * factor, style, axes)] if tags else [])]
        shapes += [*_ground(reading, factor, style, axes), *happened.lines(tags, style, axes, width=1.0)]
        names += [_named(title, reading, style, axes), *happened.names(tags, style, axes)]
    # All at once: one by one, Plotly looks at all of them again for every one that is added.
    figure.add_traces(traces)
    figure.update_layout(shapes=shapes, annotations=names)
    dress(figure, style, right=8, top=int(style.size * 2.2))
    places, labels = _sparse(periods, one)
    figure.update_xaxes(tickvals=places, ticktext=labels, range=[-0.5, len(periods) - 0.5])
    figure.update_yaxes(range=[low * factor, high * factor], ticksuffix=suffix, nticks=4)
    return figure


def _line(reading: Reading, kpi: Kpi, factor: float, style: Style, axes: str) -> go.Scatter:
    ink = style.ink
    series = _series(reading, factor)
    colour = {"improvement": ink.good, "concern": ink.bad}
    return go.Scatter(
        x=np.arange(len(series)),
        y=series,
        xaxis=f"x{axes}",
        yaxis=f"y{axes}",
        mode="lines+markers",
        line={"color": ink.mute, "width": 1.6},
        name=text_of(reading.subject),
        marker={
            # A point without neighbours has no line: it must be seen all the same.
            "size": [
                8 if point.flag else 6 if place == len(series) - 1 or _alone(series, place) else 3 for place, point in enumerate(reading.points)
            ],
            "opacity": 1,
            "color": [colour.get(point.direction or "", ink.mute) for point in reading.points],
            "symbol": [{"improvement": "triangle-up", "concern": "diamond"}.get(point.direction or "", "circle") for point in reading.points],
        },
        customdata=[
            f"{formats.month(point.period, style.language)}  {formats.written(point.value, kpi.unit, style.language)}" for point in reading.points
        ],
        hovertemplate="%{customdata}<extra></extra>",
    )


def _alone(series: np.ndarray, place: int) -> bool:
    return bool(np.isnan(series[[at for at in (place - 1, place + 1) if 0 <= at < len(series)]]).all())


def _ground(reading: Reading, factor: float, style: Style, axes: str) -> list[dict[str, Any]]:
    """Limits as a band, and the target dashed."""
    ground = {"fillcolor": style.ink.grey, "opacity": 0.12, "line": {"width": 0}, "layer": "below"}
    target = target_shapes(reading, factor, {"color": style.ink.ink, "width": 1.2, "dash": "4px,4px"}, axes)
    return [*band_shapes(reading, factor, ground, axes), *({**shape, "layer": "below"} for shape in target)]


def _named(title: str, reading: Reading, style: Style, axes: str) -> dict[str, Any]:
    return {
        "xref": f"x{axes} domain",
        "yref": f"y{axes} domain",
        "x": 0,
        "y": 1,
        "xanchor": "left",
        "yanchor": "bottom",
        "showarrow": False,
        "text": title,
        "font": {"color": {"missed": style.ink.bad_text, "few": style.ink.mute}.get(reading.verdict, style.ink.ink), "size": style.size},
    }


def _title(reading: Reading, kpi: Kpi, _: Translator, style: Style) -> str:
    """Subject and value; where the target is missed or nobody can tell, that too, in words."""
    said = verdict_name(reading, _) if reading.verdict in ("missed", "few") else ""
    return f"<b>{text_of(reading.subject)}</b>  {formats.written(reading.value, kpi.unit, style.language)}  {said}"


def _bare(title: str) -> str:
    return title.replace("<b>", "").replace("</b>", "")


def _series(reading: Reading, factor: float) -> np.ndarray:
    return np.array([np.nan if point.value is None else point.value * factor for point in reading.points])


def _extent(readings: Sequence[Reading]) -> tuple[float, float]:
    heights = [point.value for reading in readings for point in reading.points if point.value is not None]
    heights += [reading.target for reading in readings if reading.target is not None]
    heights += [aim for reading in readings for *_ends, aim in reading.aims()]
    return padded(min(heights), max(heights))


def name_ends(figure: go.Figure, ends: Sequence[tuple[float, str, int]], edge: int, extent: tuple[float, float], depth: float, style: Style) -> None:
    """(height, name, place) of the ends of lines: the names to their right, pushed apart. ``depth``: of the plot in pixels.

    Names of lines that reach ``edge``, the last place, stand beyond the plot, where no level line runs into them.
    """
    shown = sorted(ends)
    for (height, name, last), shift in zip(shown, pushed_apart([end[0] for end in shown], extent, depth, style), strict=True):
        where = {"xref": "paper", "x": 1, "xshift": 4} if last == edge else {"x": last, "xshift": 8, **ground(style.ink.paper, needed=True)}
        figure.add_annotation(
            **where,
            y=height,
            yshift=shift,
            xanchor="left",
            text=name,
            showarrow=False,
            font={"color": style.ink.ink, "size": style.size},
        )


def _sparse(periods: Sequence[str], style: Style) -> tuple[list[int], list[str]]:
    """(places, labels) for a small chart: where years begin, and the last one, where they are far enough apart."""
    labels = period_labels(periods, style.language)
    apart = max(1, len(labels) // 5)
    wanted = [place for place, label in enumerate(labels) if "<br>" in label]
    if not wanted:
        return ticks(periods, style)
    kept = [place for place, after in zip(wanted, [*wanted[1:], len(labels)], strict=True) if place or after - place >= apart]
    last = len(labels) - 1
    places = [place for place in kept if last - place >= apart or place == last] + ([last] if last not in kept else [])
    return places, [labels[place] for place in places]
