"""How the targets of a KPI went: each as level lines over its months, named at its end; what is still to come is paler."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import plotly.graph_objects as go

from amdash.charts.theme import Style, dress, ems, name_lines, scale_of, text_of, ticks
from amdash.i18n import formats
from amdash.metrics.spec import Kpi

_AIR = 0.25
_FOOT = 3.1


@dataclass(frozen=True)
class Steps:
    """The target of ``name`` in every month, in the KPI's unit, None where there was none."""

    name: str
    values: tuple[float | None, ...]


def target_steps(lines: Sequence[Steps], months: Sequence[str], now: str, kpi: Kpi, style: Style) -> go.Figure:
    """The lines, the first of them in ink; ``now``: the month after which all is still to come. Empty without any line."""
    figure = go.Figure()
    known = [value for line in lines for value in line.values if value is not None]
    if not known:
        return dress(figure, style, right=4, top=4)
    factor, suffix = scale_of(kpi.unit, style.language, max(known))
    low, high = min(known) * factor, max(known) * factor
    # A target that never changed lies in the middle of its chart.
    span = (high - low) or 0.1 * abs(high) or 1.0
    extent = (low - _AIR * span, high + _AIR * span)
    # The first one last, so that it lies on top where they coincide.
    for place, line in reversed(list(enumerate(lines))):
        _draw(figure, line, months, kpi, factor, style, first=place == 0)
    labels = _names(lines, kpi, style)
    depth = style.height - (_FOOT + 0.8) * style.size
    name_lines(figure, [(height * factor, text, strong) for height, text, strong in labels], extent, depth, style)
    if now in months:
        end = months.index(now) + 0.5
        figure.add_vline(x=end, line={"color": style.ink.grey, "width": 1, "dash": "2px,3px"})
    dress(figure, style, right=int(style.size * (1.4 + max(ems(text) for _height, text, _strong in labels))), top=int(0.8 * style.size))
    places, names = ticks(months, style)
    figure.update_xaxes(tickvals=places, ticktext=names, range=[-0.5, len(months) - 0.5])
    figure.update_yaxes(range=list(extent), ticksuffix=suffix, nticks=4)
    return figure


def _draw(figure: go.Figure, line: Steps, months: Sequence[str], kpi: Kpi, factor: float, style: Style, *, first: bool) -> None:
    """A month is as wide as its place, so that a step stands between two months and one month's target is seen."""
    at = [place + side for place in range(len(months)) for side in (-0.5, 0.0, 0.5)]
    heights = np.array([np.nan if value is None else value * factor for value in line.values for _side in range(3)])
    told = [formats.target(value, kpi.unit, kpi.higher_is_better, style.language) or formats.MISSING for value in line.values for _side in range(3)]
    figure.add_scatter(
        x=at,
        y=heights,
        mode="lines",
        # Never in the template, where a name like %{x} would be filled in.
        name=text_of(line.name),
        line={"color": style.ink.ink if first else style.ink.mute, "width": 2.5 if first else 1.6},
        customdata=told,
        text=[formats.month(month, style.language) for month in months for _side in range(3)],
        hovertemplate="%{text}  %{fullData.name} <b>%{customdata}</b><extra></extra>",
    )


def _names(lines: Sequence[Steps], kpi: Kpi, style: Style) -> list[tuple[float, str, bool]]:
    """(height, words, whether in ink) at the right edge: whose line it is, and what it comes to."""
    found = []
    for place, line in enumerate(lines):
        last = next((value for value in reversed(line.values) if value is not None), None)
        if last is not None:
            aim = formats.target(last, kpi.unit, kpi.higher_is_better, style.language)
            found.append((last, f"{aim} {line.name}", place == 0))
    return found
