"""One KPI over time for several subjects: small multiples on one scale, and teams as lines with their names at the end."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import plotly.graph_objects as go
from plotly.subplots import make_subplots

from amdash.charts.band import draw_target, step_path
from amdash.charts.theme import Style, dress, period_labels, scale_of, text_of
from amdash.i18n import Translator, formats
from amdash.insight.reading import Reading
from amdash.metrics.spec import Kpi

_DASHES = ("solid", "dash", "dot", "dashdot", "longdash")
_HEADROOM = 0.08


def lines(readings: Sequence[Reading], kpi: Kpi, style: Style) -> go.Figure:
    """Every subject as a line of its own dash, named at its last point; gaps where nothing was measured. Empty without values."""
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
    _name_ends(figure, ends, (low * factor, high * factor), style)
    widest = max(sum(1.0 if character > "\u2e80" else 0.56 for character in reading.subject) for reading in shown)
    dress(figure, style, right=int(style.size * (widest + 1.4)), top=style.size)
    figure.update_xaxes(tickvals=positions, ticktext=_thinned(periods, style), range=[-0.4, len(periods) - 0.6])
    figure.update_yaxes(range=[low * factor, high * factor], ticksuffix=suffix)
    return figure


def small_multiples(readings: Sequence[Reading], kpi: Kpi, _: Translator, style: Style, columns: int = 4) -> go.Figure:
    """One small control chart a subject, all on the same scale: band, target, line, signals and the last value. Empty without values."""
    if not any(point.value is not None for reading in readings for point in reading.points):
        return dress(go.Figure(), style, right=4, top=4)
    rows = -(-len(readings) // columns)
    figure = make_subplots(
        rows=rows, cols=columns, shared_yaxes="all", shared_xaxes="all", horizontal_spacing=0.03, vertical_spacing=min(0.12, 0.5 / rows)
    )
    low, high = _extent(readings)
    factor, suffix = scale_of(kpi.unit, style.language, high)
    for place, reading in enumerate(readings):
        _small(figure, reading, kpi, factor, _, style, place // columns + 1, place % columns + 1)
    dress(figure, style, right=8, top=int(style.size * 2.2))
    periods = [point.period for point in readings[0].points]
    labels = period_labels(periods, style.language)
    ticks = _sparse(labels)
    figure.update_xaxes(tickvals=ticks, ticktext=[labels[tick] for tick in ticks], range=[-0.5, len(periods) - 0.5])
    figure.update_yaxes(range=[low * factor, high * factor], ticksuffix=suffix, nticks=4)
    return figure


def _small(figure: go.Figure, reading: Reading, kpi: Kpi, factor: float, _: Translator, style: Style, row: int, column: int) -> None:
    ink = style.ink
    series = _series(reading, factor)
    colour = {"improvement": ink.good, "concern": ink.bad}
    figure.add_scatter(
        x=np.arange(len(series)),
        y=series,
        mode="lines+markers",
        line={"color": ink.mute, "width": 1.6},
        row=row,
        col=column,
        name=text_of(reading.subject),
        marker={
            # A point without neighbours has no line: it must be seen all the same.
            "size": [8 if point.flag else 6 if place == len(reading.points) - 1 else 3 for place, point in enumerate(reading.points)],
            "opacity": 1,
            "color": [colour.get(point.direction or "", ink.mute) for point in reading.points],
            "symbol": [{"improvement": "triangle-up", "concern": "diamond"}.get(point.direction or "", "circle") for point in reading.points],
        },
        customdata=[
            f"{formats.month(point.period, style.language)}  {formats.written(point.value, kpi.unit, style.language)}" for point in reading.points
        ],
        hovertemplate="%{customdata}<extra></extra>",
    )
    # Plotly leaves out lines and bands of a plot that has no trace yet: they come after it, and lie below.
    ground = {"fillcolor": ink.grey, "opacity": 0.12, "line_width": 0, "layer": "below", "row": row, "col": column}
    if reading.band():
        figure.add_shape(type="path", path=step_path(reading.band(), lambda place: place, lambda value: value * factor), **ground)
    elif reading.limits:
        figure.add_hrect(y0=reading.limits.lower * factor, y1=reading.limits.upper * factor, **ground)
    draw_target(figure, reading, factor, {"color": ink.ink, "width": 1.2, "dash": "4px,4px"}, layer="below", row=row, col=column)
    figure.add_annotation(
        xref="x domain",
        yref="y domain",
        x=0,
        y=1,
        xanchor="left",
        yanchor="bottom",
        showarrow=False,
        row=row,
        col=column,
        text=_title(reading, kpi, _, style),
        font={"color": {"missed": ink.bad_text, "few": ink.mute}.get(reading.verdict, ink.ink), "size": style.size},
    )


def _title(reading: Reading, kpi: Kpi, _: Translator, style: Style) -> str:
    """Subject and value; where the target is missed or the cases are too few, that too, in words."""
    said = {"missed": _("missed"), "few": _("too few")}.get(reading.verdict, "")
    return f"<b>{text_of(reading.subject)}</b>  {formats.written(reading.value, kpi.unit, style.language)}  {said}"


def _series(reading: Reading, factor: float) -> np.ndarray:
    return np.array([np.nan if point.value is None else point.value * factor for point in reading.points])


def _extent(readings: Sequence[Reading]) -> tuple[float, float]:
    heights = [point.value for reading in readings for point in reading.points if point.value is not None]
    heights += [reading.target for reading in readings if reading.target is not None]
    heights += [aim for reading in readings for *_ends, aim in reading.aims()]
    low, high = min(heights), max(heights)
    pad = _HEADROOM * (high - low) or abs(high) * _HEADROOM or 1.0
    return low - pad, high + pad


def _name_ends(figure: go.Figure, ends: list[tuple[float, str, int]], extent: tuple[float, float], style: Style) -> None:
    depth = style.height - 4.1 * style.size
    floor = float("-inf")
    for height, name, last in sorted(ends):
        at = (height - extent[0]) / (extent[1] - extent[0]) * depth
        placed = max(at, floor + 1.25 * style.size)
        floor = placed
        figure.add_annotation(
            x=last,
            y=height,
            yshift=placed - at,
            xanchor="left",
            xshift=8,
            text=name,
            showarrow=False,
            font={"color": style.ink.ink, "size": style.size},
        )


def _sparse(labels: list[str]) -> list[int]:
    """The places of the labels with a year and of the last one, far enough apart for a small chart."""
    apart = max(1, len(labels) // 5)
    wanted = [place for place, label in enumerate(labels) if "<br>" in label]
    kept = [place for place, after in zip(wanted, [*wanted[1:], len(labels)], strict=True) if place or after - place >= apart]
    last = len(labels) - 1
    return [place for place in kept if last - place >= apart or place == last] + ([last] if last not in kept else [])


def _thinned(periods: list[str], style: Style) -> list[str]:
    """Every label up to twelve; beyond that the first month of every quarter."""
    labels = period_labels(periods, style.language)
    if len(labels) <= 12:
        return labels
    return [label if period.endswith(("-01", "-04", "-07", "-10")) else "" for label, period in zip(labels, periods, strict=True)]
