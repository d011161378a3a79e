"""Two or three plain sentences above a scorecard: where things stand, what has changed, what to decide."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence

from amdash.i18n import N_, Translator
from amdash.insight.reading import Reading
from amdash.metrics.spec import Kpi

Story = tuple[tuple[str, str], ...]
# Readings -> what they are called in a sentence, in their order.
Names = Callable[[Sequence[Reading]], list[str]]
# A reading -> what is talked about with it, as one.
Topic = Callable[[Reading], Hashable]
NOW, CHANGE, DECIDE = N_("Now"), N_("Change"), N_("To decide")
_NAMED = 3
_TALK_ABOUT = 2


def team_story(readings: Iterable[Reading], kpis: Sequence[Kpi], _: Translator) -> Story:
    """(heading, sentence) for a team's or the whole business's managers. ``readings``: one per manager and KPI."""
    mine = list(readings)
    names = {kpi.id: kpi for kpi in kpis}
    return _story(mine, lambda found: [_by_person(person, found, names, _) for person in dict.fromkeys(one.subject for one in found)], _)


def person_story(readings: Iterable[Reading], kpis: Sequence[Kpi], _: Translator) -> Story:
    """The same for one person, whose name need not be repeated."""
    names: Mapping[str, Kpi] = {kpi.id: kpi for kpi in kpis}
    return _story(list(readings), lambda found: [_(names[reading.kpi].name) for reading in found], _)


def nameless_story(readings: Iterable[Reading], kpis: Sequence[Kpi], _: Translator) -> Story:
    """As :func:`team_story` without anybody's name: of each KPI how many people it concerns."""
    mine = list(readings)
    names = {kpi.id: kpi for kpi in kpis}

    def by_kpi(found: Sequence[Reading]) -> list[str]:
        people = Counter(one.kpi for one in found)
        return [_("{subject} ({kpis})", subject=_(names[kpi].short), kpis=_.plural("{n} person", "{n} people", n)) for kpi, n in people.items()]

    return _story(mine, by_kpi, _, lambda one: one.kpi)


def _by_person(person: str, found: Sequence[Reading], names: Mapping[str, Kpi], _: Translator) -> str:
    """'李明 (satisfaction, response time)': a name is said once."""
    return _("{subject} ({kpis})", subject=person, kpis=_.comma.join(_(names[one.kpi].short) for one in found if one.subject == person))


def _itself(reading: Reading) -> Hashable:
    return reading.subject, reading.kpi


def _story(readings: list[Reading], name: Names, _: Translator, topic: Topic = _itself) -> Story:
    measured = [reading for reading in readings if reading.verdict != "absent"]
    if not measured:
        return ((_(NOW), _("Nothing was measured in this period.")),)
    return (_(NOW), _now(measured, _)), (_(CHANGE), _change(measured, name, _)), (_(DECIDE), _decide(measured, name, _, topic))


def _now(measured: list[Reading], _: Translator) -> str:
    count = {verdict: sum(reading.verdict == verdict for reading in measured) for verdict in ("met", "missed", "few")}
    judged = count["met"] + count["missed"]
    if not judged:
        return _("None of the figures can be judged yet.")
    if not count["missed"]:
        words = _.plural("The {n} figure that can be judged is on target.", "All {n} figures that can be judged are on target.", judged)
    else:
        words = _.plural(
            "On target: {met} of {n} figure that can be judged.",
            "On target: {met} of {n} figures that can be judged.",
            judged,
            met=count["met"],
        )
    if count["few"]:
        words += _.space + _.plural("{n} more is undecided.", "{n} more are undecided.", count["few"])
    return words


def _change(measured: list[Reading], name: Names, _: Translator) -> str:
    parts = []
    for variation, words in (("improving", N_("Improving: {names}.")), ("worsening", N_("Worsening: {names}."))):
        found = [reading for reading in measured if reading.variation == variation]
        if found:
            parts.append(_(words, names=_names(found, name, _)))
    if not parts and all(reading.variation == "unknown" for reading in measured):
        return _("Too few periods yet to say what is beyond ordinary variation.")
    if not parts:
        return _("Everything is within its ordinary variation.")
    return _.space.join([*parts, _("Beyond ordinary variation.")])


def _decide(measured: list[Reading], name: Names, _: Translator, topic: Topic) -> str:
    worse = [reading for reading in measured if reading.variation == "worsening"]
    missed = [reading for reading in measured if reading.verdict == "missed"]
    both = [reading for reading in worse if reading in missed]
    topics = list(dict.fromkeys(map(topic, both or worse)))[:_TALK_ABOUT]
    first = [one for one in both or worse if topic(one) in topics]
    if first:
        words = _("Talk first about {names}.", names=_names(first, name, _))
        return words + _.space + _("The other misses are nothing new.") if any(reading not in first for reading in missed) else words
    if missed and all(reading.variation == "unknown" for reading in missed):
        return _("Off target: {names}. Whether that is new cannot be told yet.", names=_names(missed, name, _))
    if missed:
        return _("Off target, yet nothing has changed: {names}. Look at the way of working, not at one month.", names=_names(missed, name, _))
    return _("Carry on as now. What is worth trying?")


def _names(found: list[Reading], name: Names, _: Translator) -> str:
    listed = name(found)
    words = _.comma.join(listed[:_NAMED])
    return _("{names} and {more} more", names=words, more=len(listed) - _NAMED) if len(listed) > _NAMED else words
