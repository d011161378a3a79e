"""What happened, as charts want it: at one of their points, with a short word and all that is to be said of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import streamlit as st

from amdash.charts.events import Event
from amdash.charts.theme import ems
from amdash.i18n import Translator, formats
from amdash.i18n.words import ANNOTATION_KINDS, HAPPENINGS
from amdash.insight.reading import Reading
from amdash.service import happenings as service
from amdash.service.happenings import PLAN, Happening, Happenings, InChart
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


def events(reading: Reading, _: Translator, shown: Callable[[str], str] = str) -> tuple[Event, ...]:
    """What concerns the KPI and subject of a reading, at its points; what happened outside them is left out. ``shown``: what is made of words."""
    return tuple(event(one, _, shown) for one in happenings().in_chart(reading))


def event(one: InChart, _: Translator, shown: Callable[[str], str] = str) -> Event:
    """A word or two at the point, or how many plans; and all of it, each with its month. ``shown``: what is made of words."""
    short = _.plural("{n} plan", "{n} plans", len(one.entries)) if one.is_counted else label(one.entries[0], _, shown)
    return Event(one.period, short, shown(_.semicolon.join(told(each, _) for each in one.entries)))


def label(one: Happening, _: Translator, shown: Callable[[str], str] = str) -> str:
    """A word or two: '培训', '涨价', '计划'; of typed words what ``shown`` makes of them, which may be longer."""
    if one.kind == PLAN:
        return _("Plan start")
    text = shown(one.text)
    return text if ems(text) <= _SHORT_EMS else _(ANNOTATION_KINDS[one.kind])


def told(one: Happening, _: Translator) -> str:
    """All of it: month, whom, what."""
    return f"{formats.month(one.month, _.language)}  {' · '.join(filter(None, (_(HAPPENINGS[one.kind]), one.subject)))}{_.colon}{one.text}"


def aloud(words: str, found: Iterable[Event], _: Translator) -> str:
    """A chart read aloud, with what happened in it."""
    return _.semicolon.join((words, *dict.fromkeys(one.words for one in found)))
