"""The funnel plot: everybody's value against the number of cases, and how far chance alone takes so many cases."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import plotly.graph_objects as go

from amdash.charts.labels import LED_FROM, Box, beside, ground, touch_any
from amdash.charts.theme import Style, dress, ems, mixed, name_lines, padded, scale_of, text_of, veil
from amdash.i18n import Translator, formats
from amdash.insight.comparison import Compared, Comparison
from amdash.insight.funnel_curve import Curve
from amdash.metrics.spec import Kpi

_MARK = 10
_PIECES = 40
# How dark the bands are, and how far off a name may stand where hair lines would lie on one another.
_SHADE, _FAR_ON_A_PHONE = 0.15, 60.0


@dataclass(frozen=True)
class _Frame:
    """The picture: the cases and values at its edges, and its size in pixels."""

    cases: tuple[float, float]
    values: tuple[float, float]
    plot: tuple[float, float]

    def along(self, cases: float) -> float:
        return (cases - self.cases[0]) / (self.cases[1] - self.cases[0]) * self.plot[0]

    def up(self, value: float) -> float:
        return (value - self.values[0]) / (self.values[1] - self.values[0]) * self.plot[1]


def funnel(found: Comparison, kpi: Kpi, target: float | None, _: Translator, style: Style, width: int) -> go.Figure:
    """Every member with a value, named; curves for the 95 % and 99.8 % limits, a line for all together, the target dashed.

    Beyond the outer curve: shape, colour and word. ``target``: the one that holds for all, else None. ``width``: of the picture in
    pixels, by which names are placed. Empty without any value.
    """
    rows = [row for row in found.rows if row.value is not None and row.n > 0]
    figure = go.Figure()
    if not rows or found.overall is None:
        return dress(figure, style, right=4, top=4)
    low, high = _extent(rows, found.overall, target, kpi)
    factor, suffix = scale_of(kpi.unit, style.language, high)
    first, last = _cases(rows)
    names = _edge_names(found, kpi, target, last, _)
    right = int(max(ems(word) for _height, word, _strong in names) * (style.size - 1)) + style.size
    dress(figure, style, right=right, top=style.size // 2)
    _draw_curves(figure, found, factor, style)
    figure.add_hline(y=found.overall * factor, line={"color": style.ink.grey, "width": 1})
    if target is not None:
        figure.add_hline(y=target * factor, line={"color": style.ink.ink, "width": 1.5, "dash": "5px,4px"})
    _draw_marks(figure, rows, kpi, factor, _, style)
    plot = (width - right - 3.4 * style.size, style.height - 3.6 * style.size)
    frame = _Frame((first, last), (low, high), plot)
    _name_marks(figure, rows, kpi, factor, _, style, frame, _lines(found, target, frame))
    name_lines(figure, [(height * factor, word, strong) for height, word, strong in names], (low * factor, high * factor), plot[1], style)
    figure.update_layout(hovermode="closest", clickmode="event+select")
    ticks = _ticks(low * factor, _ceiling(kpi, high) * factor)
    figure.update_xaxes(range=[first, last], nticks=6, title={"text": _("number of cases"), "font": {"size": style.size - 1}, "standoff": 4})
    figure.update_yaxes(range=[low * factor, high * factor], tickvals=ticks, ticktext=[f"{tick:,g}{suffix}" for tick in ticks], ticklabelstandoff=4)
    return figure


def _extent(rows: Sequence[Compared], overall: float, target: float | None, kpi: Kpi) -> tuple[float, float]:
    """All values and lines, and the limits of those who have enough cases: those of a handful would press everybody else flat."""
    heights = [overall, *(row.value for row in rows if row.value is not None), *([] if target is None else [target])]
    heights += [limit for row in rows if row.n >= kpi.min_sample for limit in (row.lower, row.upper) if limit is not None]
    return padded(min(heights), max(heights))


def _cases(rows: Sequence[Compared]) -> tuple[float, float]:
    least, most = min(row.n for row in rows), max(row.n for row in rows)
    room = max(1.0, 0.3 * (most - least), 0.12 * least)
    return max(1.0 if least > 1 else 0.0, least - room), most + max(1.0, 0.08 * most)


def _ceiling(kpi: Kpi, high: float) -> float:
    return min(high, 1.0) if kpi.share else high


def _ticks(low: float, high: float) -> list[float]:
    """About five round numbers; none above what can be."""
    rough = (high - low) / 5
    power = 10 ** math.floor(math.log10(rough))
    step = next(factor * power for factor in (1, 2, 2.5, 5, 10) if factor * power >= rough * 0.999)
    return [round(place * step, 10) for place in range(math.ceil(low / step - 1e-9), math.floor(high / step + 1e-9) + 1)]


def _draw_curves(figure: go.Figure, found: Comparison, factor: float, style: Style) -> None:
    """The light band holds 499 of 500 by chance, the darker one 19 of 20."""
    for curve, line in ((found.action, {"color": style.ink.grey, "width": 1}), (found.warning, {"width": 0})):
        if curve is None:
            continue
        upper, lower = (np.array(edge) * factor for edge in (curve.upper, curve.lower))
        shared = {"x": np.array(curve.cases), "mode": "lines", "line": line, "hoverinfo": "skip"}
        figure.add_scatter(y=upper, **shared)
        figure.add_scatter(y=lower, fill="tonexty", fillcolor=veil(style.ink.grey, 0.1), **shared)


def side_words(row: Compared, kpi: Kpi, _: Translator) -> str:
    """'above the limit' or 'below the limit' for somebody beyond the outer curve, 'too few' below the smallest sample, else ''."""
    if row.flag:
        return _("above the limit") if row.flag == "high" else _("below the limit")
    return _("too few") if row.n < kpi.min_sample else ""


def is_better(row: Compared, kpi: Kpi) -> bool:
    """Whether somebody who is beyond a limit is so on the good side."""
    return (row.flag == "high") is kpi.higher_is_better


def _draw_marks(figure: go.Figure, rows: Sequence[Compared], kpi: Kpi, factor: float, _: Translator, style: Style) -> None:
    ink = style.ink
    looks = []
    for row in rows:
        if row.flag:
            looks.append(("triangle-up", ink.good, ink.good, 14) if is_better(row, kpi) else ("diamond", ink.bad, ink.bad, 14))
        else:
            looks.append(("circle", ink.paper, ink.grey if row.n < kpi.min_sample else ink.ink, _MARK))
    symbols, fills, edges, sizes = (list(column) for column in zip(*looks, strict=True))
    figure.add_scatter(
        x=np.array([row.n for row in rows]),
        y=np.array([(row.value or 0.0) * factor for row in rows]),
        mode="markers",
        cliponaxis=False,
        marker={"symbol": symbols, "color": fills, "size": sizes, "opacity": 1, "line": {"color": edges, "width": 1.8}},
        selected={"marker": {"opacity": 1}},
        unselected={"marker": {"opacity": 1}},
        customdata=[[row.subject, formats.written(row.value, kpi.unit, _.language), _.plural("{n} case", "{n} cases", row.n)] for row in rows],
        text=[text_of(row.subject) for row in rows],
        hovertemplate="%{text}  <b>%{customdata[1]}</b>  %{customdata[2]}<extra></extra>",
    )


def _lines(found: Comparison, target: float | None, frame: _Frame) -> list[Box]:
    """Mean, target and the outer curve as thin boxes, which names keep off."""
    across, depth = frame.plot
    level = [Box(across / 2, frame.up(height), across, 2) for height in (found.overall, target) if height is not None]
    if found.action is None:
        return level
    step = across / _PIECES
    middles = [(place + 0.5) * step for place in range(_PIECES)]
    cases = [frame.cases[0] + middle / across * (frame.cases[1] - frame.cases[0]) for middle in middles]
    edges = [
        (middle, frame.up(_at(found.action, edge, n)))
        for middle, n in zip(middles, cases, strict=True)
        for edge in (found.action.upper, found.action.lower)
    ]
    return level + [Box(x, y, step, 2) for x, y in edges if 0 <= y <= depth]


def _name_marks(
    figure: go.Figure, rows: Sequence[Compared], kpi: Kpi, factor: float, _: Translator, style: Style, frame: _Frame, lines: Sequence[Box]
) -> None:
    """Names beside the marks; where there is no room, the list beside the picture names them."""
    # Those who stand apart choose their places first.
    ordered = sorted(rows, key=lambda row: (row.flag is None, row.n >= kpi.min_sample))
    said = [" ".join(filter(None, (row.subject, side_words(row, kpi, _)))) for row in ordered]
    points = [(frame.along(row.n), frame.up(row.value or 0.0)) for row in ordered]
    sizes = [(ems(words) * (style.size - 1) + 4, 1.25 * style.size) for words in said]
    boxes = beside(points, sizes, frame.plot, lines=lines, most=_FAR_ON_A_PHONE if style.narrow else math.inf)
    for row, words, point, box in zip(ordered, said, points, boxes, strict=True):
        if box is not None:
            colour = style.ink.mute if row.flag is None and row.n < kpi.min_sample else style.ink.ink
            if row.flag:
                colour = style.ink.good_text if is_better(row, kpi) else style.ink.bad_text
            look = {
                "font": {"color": colour, "size": style.size - 1},
                "borderpad": 0,
                **ground(mixed(style.ink.paper, style.ink.grey, _SHADE), needed=touch_any([box], lines)),
            }
            _name(figure, (row.n, (row.value or 0.0) * factor), f"<b>{text_of(words)}</b>" if row.flag else text_of(words), point, box, look, style)


def _name(
    figure: go.Figure, at: tuple[float, float], words: str, point: tuple[float, float], box: Box, look: Mapping[str, Any], style: Style
) -> None:
    """One name; a hair line leads to its mark where it stands off."""
    across, up = box.x - point[0], box.y - point[1]
    far = box.away(point) > LED_FROM
    if far:
        leader = {"showarrow": True, "arrowhead": 0, "arrowwidth": 1, "arrowcolor": style.ink.grey, "standoff": _MARK // 2, "ax": across, "ay": -up}
        figure.add_annotation(x=at[0], y=at[1], text=words, **look, **leader)
    else:
        figure.add_annotation(x=at[0], y=at[1], text=words, showarrow=False, xshift=across, yshift=up, **look)


def _edge_names(found: Comparison, kpi: Kpi, target: float | None, last: float, _: Translator) -> list[tuple[float, str, bool]]:
    """(height, word, whether it is the target) of what is named at the right edge."""
    overall = found.overall or 0.0
    names = [(overall, _("all together {value}", value=formats.written(overall, kpi.unit, _.language)), False)]
    if found.action is not None:
        names += [
            (_at(found.action, found.action.upper, last), _("upper limit"), False),
            (_at(found.action, found.action.lower, last), _("lower limit"), False),
        ]
    aim = formats.target(target, kpi.unit, kpi.higher_is_better, _.language)
    if target is not None and aim:
        names.append((target, _("target {target}", target=aim), True))
    return names


def _at(curve: Curve, edge: Sequence[float], cases: float) -> float:
    return float(np.interp(cases, curve.cases, edge))
