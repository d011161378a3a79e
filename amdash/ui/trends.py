"""Parts of the page of trends: which view, of whom, and the charts of it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast

import streamlit as st

from amdash.i18n import N_, Translator, formats
from amdash.i18n.words import ASSURED, VARIATIONS
from amdash.insight.reading import Reading
from amdash.insight.wording import verdict_words
from amdash.metrics import period
from amdash.metrics.spec import By, Kpi
from amdash.ui import figures, reads, session
from amdash.ui.component import show
from amdash.ui.markup.lists import heading
from amdash.ui.markup.marks import aim

YEARS = "years"
_VIEWS = {
    "month": N_("Monthly"),
    "quarter": N_("Quarterly"),
    "year": N_("Yearly"),
    "rolling3": N_("Last 3 months"),
    "rolling12": N_("Last 12 months"),
    "week": N_("Weekly"),
    YEARS: N_("Year over year"),
}
# Those of which other pages know nothing: they are chosen here alone.
_HERE = ("rolling3", "rolling12", "week", YEARS)
_WINDOWS = {"month": 24, "rolling3": 24, "rolling12": 24, "week": 26, YEARS: 36}
_WINDOW = 12


def view(kpi: Kpi) -> str:
    """How the KPI is looked at: as on the other pages, unless another way was chosen here that it can be measured in."""
    here = session.chosen("trend_view", [one for one in _HERE if one != "week" or kpi.weekly])
    return here or str(period.kind_of(session.current_period(reads.months())))


def pick_view(kpi: Kpi) -> str:
    """By the month, quarter, year, rolling, by the week, or year over year."""
    _ = session.words()
    now, key = view(kpi), session.worded(f"trend_view_{kpi.weekly}")

    def change() -> None:
        wanted: str = st.session_state[key] or now
        months = reads.months()
        last = max(set(period.months_of(session.current_period(months))) & set(months))
        if wanted in _HERE:
            session.choose(trend_view=wanted)
        else:
            session.choose(trend_view=None, period=period.period_of(last, cast(period.Every, wanted)))

    st.segmented_control(
        _("Period"),
        [one for one in _VIEWS if one != "week" or kpi.weekly],
        default=now,
        required=True,
        format_func=lambda one: _(_VIEWS[one]),
        key=key,
        label_visibility="collapsed",
        wrap=True,
        on_change=change,
    )
    return now


def last_of(kpi: Kpi) -> str:
    """The last period of the view: a month, quarter or year as chosen, or the week or rolling months that end with it."""
    months, now = reads.months(), view(kpi)
    wanted = session.current_period(months)
    if now not in _HERE:
        return wanted
    last = max(set(period.months_of(wanted)) & set(months))
    if now == "week":
        return _last_week(kpi, period.last_week_of(last))
    return period.period_of(last, "rolling3" if now == "rolling3" else "rolling12" if now == "rolling12" else "month")


def _last_week(kpi: Kpi, wanted: str) -> str:
    """That week, or the last one before it in which anything was measured."""
    found = reads.measured_trends(kpi.id, wanted, "all", _WINDOWS["week"])
    return next((point.period for reading in found for point in reversed(reading.points) if point.value is not None), wanted)


def pick_whom(people: Sequence[Reading], teams: Sequence[Reading]) -> tuple[By, str] | None:
    """One team or manager to be seen large; None for all side by side."""
    _ = session.words()
    choices = ["", *(f"team|{one.subject}" for one in teams), *(f"manager|{one.subject}" for one in people)]
    now, key = session.chosen("trend_whom", choices), session.worded("trend_whom")
    st.selectbox(
        _("Enlarge"),
        choices,
        index=choices.index(now),
        format_func=lambda one: one.partition("|")[2] or _("All side by side"),
        key=key,
        label_visibility="collapsed",
        width=session.wide(170),
        on_change=lambda: session.choose(trend_whom=st.session_state[key]),
    )
    kind, _bar, name = now.partition("|")
    return ("team" if kind == "team" else "manager", name) if now else None


def measured(kpi: Kpi, by: By) -> tuple[Reading, ...]:
    """The KPI of the managers, teams or all that have any value, over the periods of the view."""
    return reads.measured_trends(kpi.id, last_of(kpi), by, _WINDOWS.get(view(kpi), _WINDOW))


def enlarged(kpi: Kpi, whom: tuple[By, str] | None, people: Sequence[Reading], teams: Sequence[Reading]) -> Reading | None:
    """The reading to be seen large: that of the chosen one, or year over year without a choice that of all together; None for side by side."""
    if whom is not None:
        return next(one for one in (teams if whom[0] == "team" else people) if one.subject == whom[1])
    return next(iter(measured(kpi, "all")), None) if view(kpi) == YEARS else None


def large(reading: Reading, kpi: Kpi) -> None:
    """One manager or team: control chart, or its years, with what is said of it."""
    _ = session.words()
    show(heading(reading.subject or _("All together"), _said(reading, kpi, _)), key="whose")
    if view(kpi) == YEARS:
        figures.years(reading, kpi, 0.52, key="large")
    else:
        figures.control(reading, kpi, 0.52, key="large", wide=0.5)


def side_by_side(people: Sequence[Reading], kpi: Kpi) -> None:
    """A small chart for everybody."""
    if people:
        figures.small_multiples(people, kpi, 0.18, key="people")


def together(teams: Sequence[Reading], kpi: Kpi) -> None:
    """The teams in one chart."""
    if teams:
        _ = session.words()
        show(heading(_("Teams"), small=True), key="teams_title")
        figures.lines(teams, kpi, 0.25, key="teams", wide=0.5)


def _said(reading: Reading, kpi: Kpi, _: Translator) -> str:
    words = [
        formats.month(reading.period, _.language),
        formats.written(reading.value, kpi.unit, _.language),
        aim(kpi, reading.target, _),
        verdict_words(reading, _) if reading.target is not None else "",
        _(VARIATIONS[reading.variation]) if reading.value is not None else "",
        _(ASSURED[reading.assurance]) if reading.assurance in ASSURED else "",
    ]
    return " · ".join(word for word in words if word)
