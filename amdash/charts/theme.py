"""Ink, paper, type and axes: what all figures share. The colours are those of .streamlit/config.toml."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import plotly.graph_objects as go

from amdash.i18n import Language, formats

Figure = go.Figure

Mode = Literal["light", "dark"]
FONT = "Source Sans, PingFang SC, Microsoft YaHei UI, Microsoft YaHei, Noto Sans CJK SC, sans-serif"
# Lines of text this far from one another do not touch.
_APART = 1.25
# Air above the highest and below the lowest thing of a chart, as a share of what is between.
_AIR = 0.08


@dataclass(frozen=True)
class Palette:
    """``good`` and ``bad`` mark signals, ``event`` what happened; their ``_text`` forms are dark enough for words."""

    ink: str
    mute: str
    hair: str
    paper: str
    grey: str
    good: str
    good_text: str
    bad: str
    bad_text: str
    event: str
    event_text: str


PALETTES: dict[Mode, Palette] = {
    "light": Palette("#1E252E", "#5A6270", "#DEDAD3", "#FCFBF9", "#7A828E", "#1D6FB8", "#155A99", "#C8510B", "#9A3B04", "#6D4FA3", "#5B3F90"),
    "dark": Palette("#E8EAED", "#A9B2BE", "#343C46", "#14181D", "#8B95A3", "#6CB2F2", "#8CC4F7", "#F28C4B", "#FFB27C", "#B39DDB", "#C9B8EE"),
}


@dataclass(frozen=True)
class Style:
    """How a figure is drawn: ground, language, height and type size in pixels; ``narrow``: on a phone.

    ``width``: how wide the plot is about, in pixels; by it words are kept apart, so rather too small than too large.
    """

    mode: Mode
    language: Language
    height: int
    size: int
    narrow: bool = False
    width: int = 560

    @property
    def ink(self) -> Palette:
        return PALETTES[self.mode]


def text_of(name: str) -> str:
    """A name as Plotly must get it: it reads a little markup in labels, and a name is never markup."""
    return name.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def scale_of(unit: formats.Unit, language: Language, largest: float) -> tuple[float, str]:
    """(factor, suffix) that turn a value into what stands on the axis: percent, 万 or k."""
    if unit == "ratio":
        return 100.0, "%"
    if unit == "points":
        return 100.0, ""
    if unit != "money":
        return 1.0, ""
    steps = ((1e8, 1e-8, "亿"), (1e4, 1e-4, "万")) if language == "zh" else ((1e6, 1e-6, "M"), (1e4, 1e-3, "k"))
    return next(((factor, name) for least, factor, name in steps if largest >= least), (1.0, ""))


def padded(low: float, high: float) -> tuple[float, float]:
    """Both ends of an axis from the lowest to the highest value, with a little air; never of no length."""
    air = _AIR * (high - low) or _AIR * abs(high) or 1.0
    return low - air, high + air


def veil(colour: str, opacity: float) -> str:
    """A colour like '#7A828E' that lets through what is below it. ``opacity``: 0-1."""
    red, green, blue = (int(colour[place : place + 2], 16) for place in (1, 3, 5))
    return f"rgba({red},{green},{blue},{opacity:g})"


def mixed(colour: str, other: str, share: float) -> str:
    """A colour like '#7A828E' with so much of another in it. ``share``: of the other, 0-1."""
    pairs = [(int(colour[place : place + 2], 16), int(other[place : place + 2], 16)) for place in (1, 3, 5)]
    return "#" + "".join(f"{round(one + (two - one) * share):02X}" for one, two in pairs)


def ems(text: str) -> float:
    """About how wide words are: a Chinese character is one em, a Latin letter a little more than half."""
    return sum(1.0 if character > "\u2e80" else 0.56 for character in text)


def period_labels(periods: Sequence[str], language: Language) -> list[str]:
    """'10月', with the year below the first one and wherever another one begins."""
    labels, before = [], ""
    for period in periods:
        name, year = formats.month_short(period, language), period.split("..")[-1][:4]
        labels.append(f"{name}<br>{year}" if len(period) > 4 and year != before else name)
        before = year
    return labels


def ticks(periods: Sequence[str], style: Style) -> tuple[list[int], list[str]]:
    """(places, labels) of the periods that are named: as many as there is room for, the last among them; of many months, quarters' first ones."""
    widest = max((ems(formats.month_short(period, style.language)) for period in periods), default=0.0)
    room = max(1, int(style.width / (style.size * (widest + 0.8))))
    step = next((step for step in (1, 2, 3, 4, 6, 12) if len(periods) <= step * room), 12)
    places = list(range((len(periods) - 1) % step, len(periods), step))
    if step > 1 and all(len(period) == 7 and period[5] != "Q" for period in periods):
        step = max(3, step)
        places = [place for place, period in enumerate(periods) if (int(period[5:]) - 1) % step == 0]
    return places, period_labels([periods[place] for place in places], style.language)


def dress(figure: go.Figure, style: Style, *, right: int, top: int) -> go.Figure:
    """Margins, paper, type and axes of the house; nothing can be dragged or zoomed by accident."""
    ink = style.ink
    figure.update_layout(
        height=style.height,
        margin={"l": 4, "r": right, "t": top, "b": int(style.size * 3.1)},
        showlegend=False,
        paper_bgcolor="rgba(0,0,0,0)",
        plot_bgcolor="rgba(0,0,0,0)",
        font={"family": FONT, "size": style.size, "color": ink.mute},
        hovermode="x",
        hoverlabel={"bgcolor": ink.ink, "font": {"color": ink.paper, "size": style.size}},
        dragmode=False,
    )
    figure.update_xaxes(tickangle=0, showgrid=False, zeroline=False, fixedrange=True, ticks="", showline=True, linecolor=ink.hair)
    figure.update_yaxes(showgrid=False, zeroline=False, fixedrange=True, nticks=5, automargin=True)
    return figure


def pushed_apart(heights: Sequence[float], extent: tuple[float, float], depth: float, style: Style) -> list[float]:
    """By how many pixels the words at these heights, ascending, go up so that none touches the one below. ``depth``: of the plot in pixels."""
    floor, shifts = float("-inf"), []
    for height in heights:
        at = (height - extent[0]) / (extent[1] - extent[0]) * depth
        floor = max(at, floor + _APART * style.size)
        shifts.append(floor - at)
    return shifts


def name_lines(figure: go.Figure, lines: Sequence[tuple[float, str, bool]], extent: tuple[float, float], depth: float, style: Style) -> None:
    """(height, name, whether in ink) at the right edge of the plot, pushed apart where they would touch."""
    shown = sorted(lines)
    for (height, name, strong), shift in zip(shown, pushed_apart([line[0] for line in shown], extent, depth, style), strict=True):
        figure.add_annotation(
            xref="paper",
            x=1,
            xanchor="left",
            xshift=8,
            y=height,
            yshift=shift,
            text=text_of(name),
            showarrow=False,
            align="left",
            font={"color": style.ink.ink if strong else style.ink.mute, "size": style.size - 1},
        )
