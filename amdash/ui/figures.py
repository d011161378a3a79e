"""Charts on a page: drawn for the window's room, ground and language, each with its words for a screen reader."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

import streamlit as st

from amdash.charts import trends
from amdash.charts.control import control_chart
from amdash.charts.customers import concentration_curve, revenue_bars
from amdash.charts.events import Event
from amdash.charts.funnel import funnel as funnel_plot
from amdash.charts.importance import importance_chart
from amdash.charts.ordered import ordered as ordered_plot
from amdash.charts.target_steps import Steps
from amdash.charts.target_steps import target_steps as steps_chart
from amdash.charts.theme import Figure, Mode, Style
from amdash.charts.years import years as yearly
from amdash.i18n import formats
from amdash.insight.comparison import Comparison
from amdash.insight.concentration import Concentration
from amdash.insight.drivers import DriverAnalysis
from amdash.insight.reading import Reading
from amdash.metrics.spec import Kpi
from amdash.ui import chart_files, customer_words, drawn_once, session, views
from amdash.ui.events import aloud, events
from amdash.ui.markup.marks import spoken
from amdash.ui.sentences import trend_words

_LEAST_HEIGHT = 220
# So much of a window's width a plot has at least, beside other things or with names at its edge; of a phone's, almost all.
_LEAST_WIDE, _PHONE_WIDE = 0.37, 0.52
_COLUMNS = 4
# The share of the page that a chart beside a list takes.
_WIDER = 0.6


def control(
    reading: Reading,
    kpi: Kpi,
    share: float,
    key: str,
    *,
    also: Sequence[Event] = (),
    wide: float = _LEAST_WIDE,
    told: Callable[[str], str] = str,
) -> None:
    """The control chart of one reading with what happened, ``share`` of the window high.

    ``also``: further events; ``wide``: share of its width; ``told``: what is made of the words of events.
    """
    _ = session.words()
    happened = (*(replace(one, label=told(one.label), words=told(one.words)) for one in also), *events(reading, _, told))
    name = " · ".join(filter(None, (_(kpi.name), reading.subject, formats.month(reading.period, _.language))))
    _draw(
        drawn_once.figure(control_chart, reading, kpi, _, _style(share, wide=wide), happened), key, aloud(spoken(reading, kpi, _), happened, _), name
    )


def small_multiples(readings: Sequence[Reading], kpi: Kpi, share: float, key: str) -> None:
    """A small chart for every subject, on one scale; a row of them is ``share`` of the window high."""
    _ = session.words()
    columns = min(2 if views.is_phone() else _COLUMNS, len(readings))
    style = _style(share * -(-len(readings) // columns), type_share=0.8, wide=0.92)
    happened = {reading.subject: events(reading, _) for reading in readings}
    words = aloud(trend_words(readings, kpi, _), [one for found in happened.values() for one in found], _)
    _draw(drawn_once.figure(trends.small_multiples, readings, kpi, _, style, columns, happened), key, words, _(kpi.name))


def lines(readings: Sequence[Reading], kpi: Kpi, share: float, key: str, *, wide: float = _LEAST_WIDE) -> None:
    """Subjects as lines in one chart, with what happened to any of them."""
    _ = session.words()
    happened = tuple(dict.fromkeys(one for reading in readings for one in events(reading, _)))
    words = aloud(trend_words(readings, kpi, _), happened, _)
    _draw(drawn_once.figure(trends.lines, readings, kpi, _style(share, wide=wide), happened), key, words, _(kpi.name))


def years(reading: Reading, kpi: Kpi, share: float, key: str, *, wide: float = _LEAST_WIDE) -> None:
    """The months of one reading, every year a line."""
    _ = session.words()
    name = " · ".join(filter(None, (_(kpi.name), reading.subject, _("Year over year"))))
    _draw(drawn_once.figure(yearly, reading, kpi, _style(share, wide=wide)), key, spoken(reading, kpi, _), name)


def funnel(
    found: Comparison, kpi: Kpi, target: float | None, share: float, key: str, *, words: str, on_pick: Callable[[str], None] | None = None
) -> None:
    """Everybody beside everybody in the wider column; ``on_pick`` gets the manager whose mark was clicked."""
    _ = session.words()
    made = drawn_once.figure(funnel_plot, found, kpi, target, _, _style(share), _picture_width(_WIDER))
    _draw(made, key, words, _(kpi.name), on_pick)


def ordered(readings: Sequence[Reading], kpi: Kpi, share: float, key: str, *, on_pick: Callable[[str], None] | None = None) -> None:
    """Everybody in order, where everything was counted."""
    _ = session.words()
    _draw(drawn_once.figure(ordered_plot, readings, kpi, _, _style(share)), key, trend_words(readings, kpi, _), _(kpi.name), on_pick)


def importance(found: DriverAnalysis, share: float, key: str, *, words: str) -> None:
    """What goes with satisfaction, against how it is rated, in the wider column."""
    _ = session.words()
    _draw(drawn_once.figure(importance_chart, found, _, _style(share), _picture_width(_WIDER)), key, words, _("Drivers"))


def concentration(revenues: Sequence[float], spread: Concentration, share: float, key: str) -> None:
    """How much of the revenue the largest customers bring together."""
    _ = session.words()
    _draw(concentration_curve(revenues, spread, _, _style(share, 0.87)), key, customer_words.spoken(spread, _), _("Concentration"))


def customer_revenue(monthly: Sequence[tuple[str, float | None]], customer: str, share: float, key: str) -> None:
    """What a customer bought, month by month; lower than other charts, since a list stands below it."""
    _ = session.words()
    style = replace(_style(share, 0.87, _WIDER), height=max(_LEAST_HEIGHT * 2 // 3, int(session.room().height * share)))
    words = customer_words.monthly_spoken(monthly, customer, _)
    _draw(revenue_bars(monthly, _, style), key, words, f"{customer} · {_('Revenue by month')}")


def _picture_width(share: float) -> int:
    """About how wide a picture is in a column that takes ``share`` of the page."""
    room = session.room()
    if views.is_phone():
        return int(room.width - 2.2 * room.rem)
    return int((room.width - 6.2 * room.rem) * share)


def target_steps(lines: Sequence[Steps], months: Sequence[str], now: str, kpi: Kpi, words: str, share: float, key: str) -> None:
    """The targets of a KPI over months, each a line of steps; ``words``: what a screen reader says of them."""
    _ = session.words()
    name = " · ".join((_("Targets"), _(kpi.name)))
    _draw(steps_chart(lines, months, now, kpi, _style(share)), key, words, name)


def _style(share: float, type_share: float = 0.93, wide: float = _LEAST_WIDE) -> Style:
    room = session.room()
    narrow = views.is_phone()
    height, width = max(_LEAST_HEIGHT, int(room.height * share)), int(room.width * (_PHONE_WIDE if narrow else wide))
    return Style(_mode(), session.language(), height, round(room.rem * type_share), narrow=narrow, width=width)


def _mode() -> Mode:
    return "dark" if st.context.theme.type == "dark" else "light"


def _draw(figure: Figure, key: str, words: str, name: str = "", on_pick: Callable[[str], None] | None = None) -> None:
    """``name``: what the chart is of, its parts joined by ' · ', in the file as which it may be saved.

    ``on_pick`` gets the first of the custom values of a point that was clicked.
    """

    def picked() -> None:
        points = st.session_state[key].selection.points
        if on_pick and points:
            on_pick(str(points[0]["customdata"][0]))

    with st.container(key=f"figure_{key}"):
        st.plotly_chart(figure, theme=None, config={"displayModeBar": False}, key=key, alt=words, on_select=picked if on_pick else "ignore")
        _ = session.words()
        chart_files.offer(name or _("Chart"), words, _mode(), key)
