"""What happened, as charts want it: at one of their points, with a short word and all that is to be said of it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import streamlit as st

from amdash.charts.events import Event
from amdash.charts.theme import ems
from amdash.i18n import Translator, formats
from amdash.i18n.words import ANNOTATION_KINDS, HAPPENINGS
from amdash.insight.reading import Reading
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
    known, periods = happenings(), [point.period for point in reading.points]
    own = placed(known.concerning(reading.kpi, reading.subject), periods, _)
    theirs = [] if reading.subject in known.home else service.at_points(known.plans_of_team(reading.kpi, reading.subject), periods)
    return (*own, *counted(theirs, _))


def counted(found: Sequence[tuple[str, Happening]], _: Translator) -> tuple[Event, ...]:
    """The plans of a team's managers as one event a point, with their number: they are some persons' new way, not the team's."""
    at: dict[str, list[Happening]] = {}
    for point, one in found:
        at.setdefault(point, []).append(one)
    return tuple(
        Event(point, _.plural("{n} plan", "{n} plans", len(plans)), _.semicolon.join(told(one, _) for one in plans)) for point, plans in at.items()
    )


def placed(found: Sequence[Happening], periods: Sequence[str], _: Translator) -> tuple[Event, ...]:
    """Each at the period that its month falls into (:func:`amdash.service.happenings.at_points`)."""
    return tuple(Event(point, label(one, _), told(one, _)) for point, one in service.at_points(found, periods))


def label(one: Happening, _: Translator) -> str:
    """A word or two: '培训', '涨价', '计划'."""
    if one.kind == PLAN:
        return _("Plan start")
    return one.text if ems(one.text) <= _SHORT_EMS else _(ANNOTATION_KINDS[one.kind])


def told(one: Happening, _: Translator) -> str:
    """All of it: month, whom, what."""
    return f"{formats.month(one.month, _.language)}  {' · '.join(filter(None, (_(HAPPENINGS[one.kind]), one.subject)))}{_.colon}{one.text}"


def aloud(words: str, found: Iterable[Event], _: Translator) -> str:
    """A chart read aloud, with what happened in it."""
    return _.semicolon.join((words, *dict.fromkeys(one.words for one in found)))
