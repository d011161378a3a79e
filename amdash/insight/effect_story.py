"""What has become of a plan, in plain sentences: the grade, from what to what, the goal, and what to bear in mind."""

from __future__ import annotations

from collections.abc import Iterator

from amdash.i18n import N_, Translator, formats
from amdash.insight import spc
from amdash.insight.effect import Effect
from amdash.metrics.spec import Kpi, Unit

_NOTES = {
    "regression_to_mean": N_("It began after an unusually bad time: an ordinary month was to be expected next, with or without a plan."),
    "not_held": N_("A month went beyond the ordinary swing, but it did not last."),
    "flat_before": N_("The months before did not move at all, so nobody knows how far they swing."),
}


def effect_story(effect: Effect, kpi: Kpi, _: Translator) -> tuple[str, ...]:
    """One to seven sentences, the grade first; in the translator's language, figures in the KPI's unit."""
    return (_grade(effect, _), *_figures(effect, kpi, _), *_goal(effect, kpi, _), *(_(_NOTES[note]) for note in effect.notes), *_few(effect, _))


def _grade(effect: Effect, _: Translator) -> str:
    if effect.grade == "too_early":
        return _("Too early to tell: no month after the start has figures yet.")
    if effect.grade == "not_measured":
        return _("Nobody knows: no month after the start has figures, and the plan is past its time.")
    if effect.grade == "too_few":
        return _.plural(
            "Too few to say: {n} month before the start has figures, and {least} are needed to know the ordinary swing.",
            "Too few to say: {n} months before the start have figures, and {least} are needed to know the ordinary swing.",
            effect.months_before,
            least=spc.LEAST_POINTS,
        )
    if effect.grade == "promising":
        return _("Promising: better than before, but no more than the ordinary swing explains.")
    if effect.grade == "no_change":
        return _("No change for the better that shows.")
    return _signal(effect, _)


def _signal(effect: Effect, _: Translator) -> str:
    month = formats.month(effect.rule_month or "", _.language)
    if effect.grade == "worked":
        if effect.rule == "run":
            return _("It worked: from {month} on, seven months in a row are better than usual.", month=month)
        return _("It worked: {month} is better than the ordinary swing explains.", month=month)
    if effect.rule == "run":
        return _("It got worse: from {month} on, seven months in a row are worse than usual.", month=month)
    return _("It got worse: {month} is worse than the ordinary swing explains.", month=month)


def _figures(effect: Effect, kpi: Kpi, _: Translator) -> Iterator[str]:
    if effect.change is None:
        return
    before, after = (formats.written(value, kpi.unit, _.language) for value in (effect.baseline, effect.after))
    change = difference(effect.change, kpi.unit, _)
    usual = formats.written(effect.usual, kpi.unit, _.language)
    if effect.interval is None:
        yield _("From {before} to {after}: {change}.", before=before, after=after, change=change)
    else:
        low, high = (_signed(value, kpi.unit, _) for value in (effect.interval.lower, effect.interval.upper))
        yield _("From {before} to {after}: {change} (95% interval: {low} to {high}).", before=before, after=after, change=change, low=low, high=high)
    if usual != before:
        yield _("Usual before the start: {usual}.", usual=usual)


def difference(value: float, unit: Unit, _: Translator) -> str:
    """A change with its sign: '+8.1 percentage points' for a ratio, else in the unit."""
    number = _signed(value, unit, _)
    return _("{number} percentage points", number=number) if unit == "ratio" else number


def _signed(value: float, unit: Unit, _: Translator) -> str:
    """The same; of a ratio the number of percentage points alone."""
    written = formats.figure(value, unit, _.language)[0] if unit == "ratio" else formats.written(value, unit, _.language)
    return f"+{written}" if value > 0 else written


def _goal(effect: Effect, kpi: Kpi, _: Translator) -> Iterator[str]:
    if effect.plan.goal is None or not effect.months_after:
        return
    goal, month = formats.written(effect.plan.goal, kpi.unit, _.language), formats.month(effect.goal_month or "", _.language)
    if effect.goal_reached:
        yield _("The goal of {goal} is reached.", goal=goal)
    elif effect.goal_month is None:
        yield _("The goal of {goal} is not reached.", goal=goal)
    elif effect.goal_month > effect.plan.due:
        yield _("The goal of {goal} was reached after the plan's time, in {month}.", goal=goal, month=month)
    else:
        yield _("The goal of {goal} was reached in {month} and not held.", goal=goal, month=month)


def _few(effect: Effect, _: Translator) -> Iterator[str]:
    if effect.change is not None and effect.provisional:
        yield _("Provisional: fewer than {n} months before the start are known.", n=spc.SETTLED_FROM)
