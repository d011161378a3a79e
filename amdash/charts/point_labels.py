"""Words at points of a control chart: the last value, and for every stretch of signals its rule, where they touch neither points nor one another."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
import plotly.graph_objects as go

from amdash.charts.labels import beyond_lines, ground
from amdash.charts.theme import Style, ems
from amdash.i18n import Translator, formats
from amdash.insight.reading import Point, Reading
from amdash.metrics.spec import Kpi

# Bold figures are wider than plain ones; and around words is so much air.
_BOLD, _AIR_EMS = 1.12, 0.7
# How far words stand from their point, how high a line of them is, and what stays free between them and a line of the chart; in letters.
_REACH, _TALL, _FREE = 0.55, 1.3, 0.15
# To stand on the side that its line comes from is as bad for the last value as to stand so many letters further from its point.
_OTHER_SIDE = 0.6
# And to stand beyond a line is worse: above the target, a value that is below it looks as if it had been met.
_PAST_A_LINE = 3.0


@dataclass(frozen=True)
class Label:
    """Words at a point: ``reach`` letters above or below ``height``, ``lines`` high; ``left``, ``right``: what they cover, in points."""

    place: int
    text: str
    above: bool
    lines: int
    colour: str
    size: int
    anchor: Literal["left", "center", "right"]
    left: float
    right: float
    height: float = 0.0
    reach: float = _REACH


# A level line of the chart: its first and last point, and its height.
Level = tuple[float, float, float]


def labels(reading: Reading, kpi: Kpi, series: np.ndarray, lines: Sequence[Level], em: float, _: Translator, style: Style) -> list[Label]:
    """The last value in bold, and for every stretch of signals the strongest rule, at its most extreme point where there is room.

    Where there is none, shape and colour say that it is a signal, and the pointer is told which. ``lines``: what is not to strike the words
    out; ``em``: the height of a letter. Both in units of the series.
    """
    colour = {"improvement": style.ink.good_text, "concern": style.ink.bad_text}
    last = int(np.flatnonzero(~np.isnan(series))[-1])
    value = f"<b>{formats.written(reading.points[last].value, kpi.unit, style.language)}</b>"
    words = colour.get(reading.points[last].direction or "", style.ink.ink)

    def at_end(text: str) -> Label:
        """On the side that the line does not come from, unless it would stand too far away there."""
        rising = not (last and series[last] < series[last - 1])
        sides = [_off_lines(_over_all(_label(last, text, above, words, len(series), style), series), lines, em) for above in (rising, not rising)]
        near, far = (abs(side.height - series[last]) / em + side.reach + (_PAST_A_LINE if side.reach > _REACH else 0.0) for side in sides)
        return sides[0] if near <= far + _OTHER_SIDE else sides[1]

    newest, found = at_end(value), list[Label]()
    mean = float(np.nanmean(series))
    rules = [
        (first, end, rule_words([reading.points[place] for place in range(first, end + 1)], kpi, _)) for first, end in _stretches(reading.points)
    ]
    # Words at one of the last two points would touch the last value: they stand beyond it.
    for _first, _end, rule in [one for one in rules if one[0] >= last - 1]:
        both = at_end(f"{value}<br>{rule}")
        newest = both if _is_clear(both, series) else newest
    for first, end, rule in [one for one in rules if one[0] < last - 1]:
        # On a phone the words would lie on one another; shape and colour are there, and the words stand below the chart.
        tried = [] if style.narrow else sorted(range(first, min(end, last - 2) + 1), key=lambda place: -abs(series[place] - mean))
        said = colour[reading.points[first].direction or "concern"]
        drawn = (_label(place, rule, above, said, len(series), style) for place, above in _sides(tried, series, mean))
        free = [_off_lines(_over_all(one, series), lines, em) for one in drawn if _is_clear(one, series) and not _meets(one, (newest, *found))]
        # Beside its point, if there is any place where no line is in the way.
        found += sorted(free, key=lambda one: one.reach > _REACH)[:1]
    return [*found, newest]


def _off_lines(label: Label, lines: Sequence[Level], em: float) -> Label:
    """The words, further from their point where a line would go through them."""
    way = 1 if label.above else -1
    crossing = [(height - label.height) * way / em for first, end, height in lines if first < label.right and label.left < end]
    return replace(label, reach=beyond_lines(_REACH, _TALL * label.lines, crossing, _FREE))


def name_points(figure: go.Figure, found: Sequence[Label], uprights: Sequence[int], style: Style) -> None:
    """Draw them. ``uprights``: the points at which a line stands upright: words there have paper below them."""
    for label in found:
        is_struck = any(label.left <= place <= label.right for place in uprights)
        figure.add_annotation(
            x=label.right if label.anchor == "right" and label.lines == 1 else label.place,
            y=label.height,
            text=label.text,
            showarrow=False,
            yanchor="bottom" if label.above else "top",
            yshift=int(label.reach * style.size) * (1 if label.above else -1),
            xanchor=label.anchor,
            align="right",
            font={"color": label.colour, "size": label.size},
            borderpad=0,
            **ground(style.ink.paper, needed=is_struck),
        )


def rule_words(points: Sequence[Point], kpi: Kpi, _: Translator) -> str:
    """The strongest rule that a stretch of signals in one direction breaks, in words."""
    flags = {point.flag for point in points}
    # Not by the mean that is drawn: the stretch may have been held against the one of an earlier process.
    above = any(point.direction == ("improvement" if kpi.higher_is_better else "concern") for point in points)
    if "outside" in flags:
        return _("above the limit") if above else _("below the limit")
    if "trend" in flags:
        return _("seven in one direction")
    if "two_of_three" in flags:
        return _("two of three near the limit")
    if "run" in flags:
        return _("seven above the mean") if above else _("seven below the mean")
    # Judged without limits, by its own swing.
    return _("beyond its ordinary ups and downs")


def _sides(places: Sequence[int], series: np.ndarray, mean: float) -> Iterator[tuple[int, bool]]:
    """(place, above) in the order in which they are tried: away from the mean at every point first."""
    yield from ((place, bool(series[place] >= mean)) for place in places)
    yield from ((place, bool(series[place] < mean)) for place in places)


def _label(place: int, text: str, above: bool, colour: str, count: int, style: Style) -> Label:
    """The words with what they cover; near an edge they are moved inwards."""
    parts = text.split("<br>")
    strong = parts[0].startswith("<b>")
    size = style.size + (2 if strong else -1)
    longest = max(ems(part.replace("<b>", "").replace("</b>", "")) for part in parts)
    wide = (longest * (_BOLD if strong else 1.0) + _AIR_EMS) * size * count / style.width
    if len(parts) > 1:
        return Label(place, text, above, len(parts), colour, size, "right", place - wide, place)
    if place - wide / 2 < -0.5:
        return Label(place, text, above, 1, colour, size, "left", place, place + wide)
    if place + wide / 2 > count - 0.5:
        # Up to the edge of the plot, where the names of its lines begin.
        return Label(place, text, above, 1, colour, size, "right", count - 0.5 - wide, count - 0.5)
    return Label(place, text, above, 1, colour, size, "center", place - wide / 2, place + wide / 2)


def _is_clear(label: Label, series: np.ndarray) -> bool:
    """Whether no neighbouring point is where the words are."""
    return all(one <= series[label.place] if label.above else one >= series[label.place] for one in _covered(label, series))


def _over_all(label: Label, series: np.ndarray) -> Label:
    """The words, moved beyond the points, and the line between points, that they would cover: the last value's are never left out."""
    ends = np.interp([max(0.0, label.left), min(len(series) - 1.0, label.right)], np.arange(len(series)), series)
    heights = [series[label.place], *_covered(label, series), *ends[~np.isnan(ends)]]
    return replace(label, height=float((max if label.above else min)(heights)))


def _covered(label: Label, series: np.ndarray) -> list[float]:
    """The values of the points that the words stand above or below; their own among them."""
    places = range(max(0, int(np.ceil(label.left - 0.2))), min(len(series) - 1, int(np.floor(label.right + 0.2))) + 1)
    return [float(series[place]) for place in places if not np.isnan(series[place])]


def _meets(one: Label, others: Sequence[Label]) -> bool:
    return any(_touch(one, other) for other in others)


def _touch(one: Label, other: Label) -> bool:
    return one.above == other.above and one.left < other.right + 0.1 and other.left < one.right + 0.1


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
