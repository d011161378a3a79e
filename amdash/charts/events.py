"""What happened, in a chart: a dotted line at its period with a word above the plot; words never lie on one another."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import plotly.graph_objects as go

from amdash.charts.theme import Style, ems, text_of

_SIGN = "▼"
_ROWS = 2
_ROW_HEIGHT_EMS = 1.3
_GAP_EMS = 0.6


@dataclass(frozen=True)
class Event:
    """Something that happened in ``period``, a point of the chart: ``label`` is a word for it, ``words`` all that is to be said of it."""

    period: str
    label: str
    words: str = ""


@dataclass(frozen=True)
class Tag:
    """All events of one point: where, what stands above the plot ('' where there is no room), in which row, and what the pointer is told.

    ``turned``: the words stand to the left of the line, because they would not fit to its right.
    """

    place: int
    text: str
    row: int
    turned: bool
    words: str


def tags(events: Sequence[Event], periods: Sequence[str], style: Style, *, rows: int = _ROWS, taken: float = 0.0) -> list[Tag]:
    """The events at points of the chart, each in the lowest row in which it touches no other; without words where there is no such row.

    Where there is not room for all, the first of ``events`` have it. ``taken``: so many pixels of the lowest row, from the left, are in use.
    """
    across = style.width / max(1, len(periods))
    free: list[list[tuple[float, float]]] = [[(0.0, taken)] if taken else [], *([] for _ in range(rows - 1))]
    found = []
    for place in dict.fromkeys(periods.index(event.period) for event in events if event.period in periods):
        here = [event for event in events if event.period == periods[place]]
        text = " · ".join(dict.fromkeys(text_of(event.label) for event in here))
        at, wide = (place + 0.5) * across, (ems(text) + 1.1) * style.size
        turned = at + wide > style.width + _GAP_EMS * style.size
        span = (at - wide, at + style.size / 2) if turned else (at - style.size / 2, at + wide)
        row = next((row for row, used in enumerate(free) if not any(_touch(span, one, style) for one in used)), None)
        if row is not None:
            free[row].append(span)
        words = "" if row is None else f"{text} {_SIGN}" if turned else f"{_SIGN} {text}"
        found.append(Tag(place, words, row or 0, turned, "<br>".join(dict.fromkeys(text_of(event.words or event.label) for event in here))))
    return sorted(found, key=lambda tag: tag.place)


def _touch(one: tuple[float, float], other: tuple[float, float], style: Style) -> bool:
    gap = _GAP_EMS * style.size
    return one[0] < other[1] + gap and other[0] < one[1] + gap


def height_ems(found: Sequence[Tag]) -> float:
    """How much room the words need above the plot, in ems; 0 for none."""
    return _ROW_HEIGHT_EMS * (1 + max(tag.row for tag in found)) + 0.4 if any(tag.text for tag in found) else 0.0


def draw(figure: go.Figure, found: Sequence[Tag], top: float, style: Style) -> None:
    """The lines, their words, and at the height ``top`` of the y axis what the pointer is told."""
    if found:
        figure.add_trace(told(found, top, style))
        for shape in lines(found, style):
            figure.add_shape(shape)
        for words in names(found, style):
            figure.add_annotation(words)


def told(found: Sequence[Tag], top: float, style: Style, axes: str = "") -> go.Scatter:
    """What nobody sees until the pointer is there. ``axes``: the number of the plot's axes, '' of the first."""
    return go.Scatter(
        x=[tag.place for tag in found],
        y=[top] * len(found),
        xaxis=f"x{axes}",
        yaxis=f"y{axes}",
        mode="markers",
        marker={"opacity": 0, "size": 8, "color": style.ink.event},
        text=[tag.words for tag in found],
        hovertemplate="%{text}<extra></extra>",
    )


def lines(found: Sequence[Tag], style: Style, axes: str = "", *, width: float = 1.4) -> list[dict[str, Any]]:
    """A dotted line from bottom to top for each."""
    line = {"color": style.ink.event, "width": width, "dash": "dot"}
    place = {"type": "line", "xref": f"x{axes}", "yref": f"y{axes} domain", "y0": 0, "y1": 1, "layer": "below", "line": line}
    return [{**place, "x0": tag.place, "x1": tag.place} for tag in found]


def names(found: Sequence[Tag], style: Style, axes: str = "") -> list[dict[str, Any]]:
    """The words above the plot: the sign stands over its line, the words beside it."""
    return [
        {
            "x": tag.place,
            "y": 1,
            "xref": f"x{axes}",
            "yref": f"y{axes} domain",
            "text": tag.text,
            "showarrow": False,
            "xanchor": "right" if tag.turned else "left",
            "xshift": style.size * (0.5 if tag.turned else -0.5),
            "yanchor": "bottom",
            "yshift": tag.row * _ROW_HEIGHT_EMS * style.size,
            "font": {"color": style.ink.event_text, "size": style.size - 1},
        }
        for tag in found
        if tag.text
    ]
