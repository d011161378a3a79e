"""How meetings and their decisions are put into words."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence

from amdash.i18n import LANGUAGES, Translator, formats, translator
from amdash.i18n.words import PLAN_STATES, standing_words
from amdash.insight.narrative import Story
from amdash.metrics import catalogue
from amdash.service import meetings
from amdash.service.feedback import FeedbackEntry
from amdash.service.plans import Followed
from amdash.store.meetings import ItemRow
from amdash.ui.markup.meeting import Agreed


def standing(item: ItemRow, today: dt.date, _: Translator) -> tuple[str, str]:
    """How a decision stands, and in which tone that is said."""
    state, days = meetings.state(item, today)
    return standing_words(state, days, _), {"overdue": "attention", "done": "done"}.get(state, "plain")


def who(item: ItemRow, _: Translator, *, alone: bool) -> str:
    """Who sees to it; ``alone``: nobody but the manager it is about is named."""
    # Whichever language it was written down in.
    supervisor = {translator(language)("Supervisor") for language in LANGUAGES}
    if alone and item.responsible not in {"", item.manager, *supervisor}:
        return _("somebody else")
    return item.responsible


def is_shown(item: ItemRow, *, hidden: bool) -> bool:
    """Whether a decision stands in a list of everybody's: with names ``hidden`` those about one person do not."""
    return not (hidden and item.manager)


def left_out(items: Sequence[ItemRow], _: Translator, *, hidden: bool) -> Story:
    """How many stand in no list because names are ``hidden``; empty where all do."""
    number = sum(not is_shown(item, hidden=hidden) for item in items)
    if not number:
        return ()
    words = _.plural(
        "{n} decision on one person is listed again when names are shown.",
        "{n} decisions on one person each are listed again when names are shown.",
        number,
    )
    return ((_("Names hidden"), words),)


def below(item: ItemRow, _: Translator, *, alone: bool = False) -> str:
    """Who, by when, and whether it is followed as a plan."""
    parts = [
        who(item, _, alone=alone),
        _("by {day}", day=formats.day(item.due_on, _.language)) if item.due_on else "",
        _("as a plan") if item.plan_id else "",
    ]
    return " · ".join(part for part in parts if part)


def agreed(items: Sequence[ItemRow], today: dt.date, _: Translator, *, alone: bool = False, shown: Callable[[str], str] = str) -> list[Agreed]:
    """Decisions as they are shown; ``shown``: what is made of typed words."""
    found = []
    for item in items:
        words, tone = standing(item, today, _)
        found.append(Agreed(shown(item.text), words, tone, below(item, _, alone=alone)))
    return found


def plan_words(plan: Followed, _: Translator, shown: Callable[[str], str] = str) -> Agreed:
    """A plan that runs, as something agreed: what is done (``shown``: what is made of typed words), how it stands, for which KPI, until when."""
    until = _("due in {month}", month=formats.month_tight(plan.entry.due, _.language))
    about = " · ".join((_("as a plan"), _(catalogue.by_id(plan.entry.kpi).name), until))
    return Agreed(shown(plan.entry.action), _(PLAN_STATES[plan.state]), "attention" if plan.state == "overdue" else "plain", about)


def step_words(entry: FeedbackEntry, today: dt.date, _: Translator, shown: Callable[[str], str] = str) -> Agreed:
    """A next step of feedback, as something agreed: by when, and when it was said."""
    late = entry.due_on is not None and entry.due_on < today
    standing = _("was due on {day}", day=formats.day(entry.due_on, _.language)) if late and entry.due_on else _("next step")
    until = _("by {day}", day=formats.day(entry.due_on, _.language)) if entry.due_on and not late else ""
    about = " · ".join(filter(None, (_("Feedback"), formats.day(entry.date, _.language), until)))
    return Agreed(shown(entry.action or ""), standing, "attention" if late else "plain", about)


def began(at: dt.datetime, _: Translator) -> str:
    """'2026-11-24 09:00' or '24 Nov 2026, 09:00'."""
    return _("{day}, {time}", day=formats.day(at.date(), _.language), time=f"{at:%H:%M}")


def counted(decisions: Sequence[ItemRow], _: Translator) -> str:
    """'7 decisions, 2 of them plans'."""
    words = _.plural("{n} decision", "{n} decisions", len(decisions))
    plans = sum(item.plan_id is not None for item in decisions)
    return _("{decisions}, {n} of them plans", decisions=words, n=plans) if plans else words
