"""Customers in figures: how much of the revenue hangs on how few, and what one of them bought month by month."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import plotly.graph_objects as go

from amdash.charts.theme import Style, dress, scale_of, ticks
from amdash.i18n import Translator, formats
from amdash.insight.concentration import Concentration

_NAMED = (5, 20)
_HEADROOM = 1.18
_TICKS = [0, 50, 100]


def concentration_curve(revenues: Sequence[float], spread: Concentration, _: Translator, style: Style) -> go.Figure:
    """The share of the revenue (up) that the largest customers (across) bring together; the straight line is what equal ones would.

    ``revenues``: the largest first. Two points are named with their shares. Empty without revenue.
    """
    figure, ink = go.Figure(), style.ink
    dress(figure, style, right=int(style.size * 1.6), top=style.size)
    if not revenues:
        return figure
    summed = np.cumsum(np.concatenate([[0.0], np.asarray(revenues, dtype="float64")]))
    across, up = np.linspace(0, 100, len(summed)), 100 * summed / summed[-1]
    figure.add_scatter(x=[0, 100], y=[0, 100], mode="lines", line={"color": ink.hair, "width": 1}, hoverinfo="skip")
    said = _("the largest {across} of the customers: {up} of the revenue", across="%{x:.0f}%", up="%{y:.0f}%")
    figure.add_scatter(x=across, y=up, mode="lines", line={"color": ink.mute, "width": 2}, hovertemplate=f"{said}<extra></extra>")
    for top in spread.top:
        if top.percent in _NAMED:
            x, y = 100 * top.customers / spread.customers, 100 * top.share
            figure.add_scatter(x=[x], y=[y], mode="markers", marker={"size": 9, "color": ink.ink, "opacity": 1}, hoverinfo="skip", cliponaxis=False)
            words = _(
                "top {percent}% of customers: {share} of revenue", percent=top.percent, share=formats.written(top.share, "ratio", style.language)
            )
            figure.add_annotation(
                x=x,
                y=y,
                text=words,
                showarrow=False,
                xanchor="left",
                yanchor="top",
                xshift=8,
                yshift=-2,
                bgcolor=ink.paper,
                font={"color": ink.ink, "size": style.size},
            )
    figure.update_layout(hovermode="closest")
    figure.update_xaxes(range=[0, 101], tickvals=_TICKS, ticktext=[f"{tick}%" for tick in _TICKS])
    figure.update_yaxes(range=[0, 103], tickvals=_TICKS, ticktext=[f"{tick}%" for tick in _TICKS])
    return figure


def revenue_bars(monthly: Sequence[tuple[str, float | None]], _: Translator, style: Style) -> go.Figure:
    """Revenue a month as bars from zero, the last twelve darker, the largest with its figure; no bar without sales sheets. Empty without revenue."""
    figure, ink = go.Figure(), style.ink
    dress(figure, style, right=4, top=int(style.size * 1.4))
    known = [(place, value) for place, (_month, value) in enumerate(monthly) if value is not None]
    if not any(value for _place, value in known):
        return figure
    largest = max(value for _place, value in known)
    factor, suffix = scale_of("money", style.language, max(largest, 0.0))
    months = [month for month, _value in monthly]
    figure.add_bar(
        x=np.array([place for place, _value in known]),
        y=np.array([value * factor for _place, value in known]),
        marker={"color": [ink.mute if place >= len(months) - 12 else ink.grey for place, _value in known], "line": {"width": 0}},
        customdata=[f"{formats.month(months[place], style.language)}  {formats.written(value, 'money', style.language)}" for place, value in known],
        hovertemplate="%{customdata}<extra></extra>",
    )
    at = next(place for place, value in known if value == largest)
    words = formats.written(largest, "money", style.language)
    figure.add_annotation(x=at, y=largest * factor, text=words, showarrow=False, yanchor="bottom", font={"color": ink.ink, "size": style.size})
    least = min(0.0, *(value for _place, value in known)) * factor
    places, labels = ticks(months, style)
    figure.update_layout(bargap=0.35, hovermode="closest")
    figure.update_xaxes(tickvals=places, ticktext=labels, range=[-0.6, len(months) - 0.4])
    figure.update_yaxes(range=[least * _HEADROOM, largest * factor * _HEADROOM], ticksuffix=suffix, nticks=3)
    return figure
