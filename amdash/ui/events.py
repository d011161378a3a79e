"""What happened, as charts want it: at one of their points, with a short word and all that is to be said of it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import streamlit as st

from amdash.charts.events import Event
from amdash.charts.theme import ems
from amdash.i18n import Translator, formats
from amdash.i18n.words import ANNOTATION_KINDS
from amdash.insight.reading import Reading
from amdash.metrics import period
from amdash.service import happenings as service
from amdash.service.happenings import PLAN, Happening, Happenings
from amdash.ui import reads

# Words of a person as short as that stand in the chart; of longer ones, what kind of thing it was.
_SHORT_EMS = 4.5


def happenings() -> Happenings:
    """What happened, at the newest revision."""
    ws = reads.workspace()
    return _happenings(ws.settings.database_url, ws.revision())


@st.cache_resource(show_spinner=False, max_entries=16)
def _happenings(url: str, revision: int) -> Happenings:
    return service.happenings(reads.workspace(), revision)


def events(reading: Reading, _: Translator) -> tuple[Event, ...]:
    """What concerns the KPI and subject of a reading, at its points; what happened outside them is left out."""
    found = happenings().concerning(reading.kpi, reading.subject)
    return placed(found, [point.period for point in reading.points], _)


def placed(found: Sequence[Happening], periods: Sequence[str], _: Translator) -> tuple[Event, ...]:
    """Each at the period that its month falls into: of weeks the first of the month, of rolling periods the one that ends with it."""
    at = {_month(one): one for one in reversed(periods)}
    return tuple(Event(at[where], label(one, _), told(one, _)) for one in found if (where := _where(one.month, periods)) in at)


def label(one: Happening, _: Translator) -> str:
    """A word or two: '培训', '涨价', '计划'."""
    if one.kind == PLAN:
        return _("Plan start")
    return one.text if ems(one.text) <= _SHORT_EMS else _(ANNOTATION_KINDS[one.kind])


def told(one: Happening, _: Translator) -> str:
    """All of it: month, whom, what."""
    what = _("Plan") if one.kind == PLAN else _(ANNOTATION_KINDS[one.kind])
    return f"{formats.month(one.month, _.language)}  {' · '.join(filter(None, (what, one.subject)))}{_.colon}{one.text}"


def aloud(words: str, found: Iterable[Event], _: Translator) -> str:
    """A chart read aloud, with what happened in it."""
    return _.semicolon.join((words, *dict.fromkeys(one.words for one in found)))


def _month(one: str) -> str:
    """A period as its happenings are looked up: weeks by their month."""
    return period.month_of_week(one) if period.is_week(one) else one


def _where(month: str, periods: Sequence[str]) -> str:
    return period.period_of(month, period.kind_of(periods[-1])) if periods else ""
