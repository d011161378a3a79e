"""The effect of an improvement plan: the months after its start, held against that person's ordinary swing before it."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal, get_args

import numpy as np
import pandas as pd
from scipy.special import stdtrit

from amdash.errors import AmdashError
from amdash.insight import laney, rules, spc
from amdash.insight.intervals import CONFIDENCE, two_sided, wilson_bounds
from amdash.insight.reading import Flag, Interval
from amdash.metrics.period import is_month, shift

# not_measured: the due month has passed and no month after the start has a value.
Grade = Literal["too_early", "not_measured", "too_few", "worked", "promising", "no_change", "worse"]
GRADES: tuple[Grade, ...] = get_args(Grade)
# regression_to_mean: the last month before the start, or the baseline given, was worse than what is usual by more than one standard
# deviation; a return to the usual was to be expected without any plan. not_held: a month beyond the swing, but not the newest ones.
# flat_before: the series had not moved, so nobody knows how far it swings.
Note = Literal["regression_to_mean", "not_held", "flat_before"]

# As far back as limits look elsewhere.
_BEFORE = 24
# What happens long after a plan has closed is not its doing.
WATCHED_MONTHS_AFTER_DUE = 6
# A trend and two of three say that something moves; these two, that a month or the level is not what it was.
_RULES: tuple[Flag, ...] = ("outside", "run")
# A standard deviation from n - 1 moving ranges is as sure as one with so many degrees of freedom for each of them: 1 / (2 x 0.826).
_DEGREES_PER_RANGE = 0.605
_SIGMAS = 3.0
_ROUNDING = 1e-9


@dataclass(frozen=True)
class Plan:
    """An improvement plan for one KPI of one manager.

    ``started``, ``due``: months. ``baseline``, ``goal``: in the KPI's unit, None where not given. ``measure``: what is done, as
    it is to be counted (e.g. the strategy's id). Errors: AmdashError plan_month_invalid (field, value),
    plan_due_before_start (started, due), plan_value_invalid (field, value).
    """

    kpi: str
    manager: str
    started: str
    due: str
    higher_is_better: bool
    baseline: float | None = None
    goal: float | None = None
    measure: str = ""

    def __post_init__(self) -> None:
        for name in ("started", "due"):
            if not is_month(getattr(self, name)):
                raise AmdashError("plan_month_invalid", field=name, value=getattr(self, name))
        if self.due < self.started:
            raise AmdashError("plan_due_before_start", started=self.started, due=self.due)
        for name in ("baseline", "goal"):
            value = getattr(self, name)
            if value is not None and not math.isfinite(value):
                raise AmdashError("plan_value_invalid", field=name, value=value)

    @property
    def way(self) -> int:
        """+1 where higher is better, else -1."""
        return 1 if self.higher_is_better else -1


@dataclass(frozen=True)
class MonthPoint:
    """One month of a KPI: its sums and cases. ``denominator`` is None for a total; NaN is a gap, and so is a denominator not above 0."""

    month: str
    numerator: float
    denominator: float | None
    n: int

    @property
    def value(self) -> float | None:
        """In the KPI's unit; None for a gap."""
        if math.isnan(self.numerator):
            return None
        if self.denominator is None:
            return self.numerator
        return self.numerator / self.denominator if self.denominator > 0 else None


@dataclass(frozen=True)
class Effect:
    """What became of a plan. Values in the KPI's unit; None where not known.

    ``usual``: centre of the months before the start; ``lower``, ``upper``: its natural limits for the newest month after it, cut to
    what can be (from 0, shares up to 1).
    ``baseline``: the plan's own, else ``usual``. ``after``: level of the months after the start; ``change``: after - baseline,
    with its ``interval`` (95 %), whichever way is better. ``rule``, ``rule_month``: what says that it worked or got worse, and the
    first month that does. ``goal_reached``: by the newest month up to the due one; ``goal_month``: the first month that reached it.
    ``months_before``, ``months_after``: how many have a value. ``provisional``: fewer than twelve before. ``closed``: past due.
    """

    plan: Plan
    grade: Grade
    closed: bool
    months_before: int
    months_after: int
    baseline: float | None = None
    usual: float | None = None
    lower: float | None = None
    upper: float | None = None
    after: float | None = None
    change: float | None = None
    interval: Interval | None = None
    rule: Flag | None = None
    rule_month: str | None = None
    goal_reached: bool | None = None
    goal_month: str | None = None
    notes: tuple[Note, ...] = ()

    @property
    def provisional(self) -> bool:
        return self.months_before < spc.SETTLED_FROM

    @property
    def closed_without_effect(self) -> bool:
        return self.closed and self.grade != "worked"


@dataclass(frozen=True)
class _Months:
    """Known months of a series as arrays; ``weights`` are the denominators, 1 for measured values."""

    months: tuple[str, ...]
    values: np.ndarray
    counts: np.ndarray
    weights: np.ndarray


def grade(plan: Plan, points: Sequence[MonthPoint], *, as_of: str, share: bool = False, watched: int = WATCHED_MONTHS_AFTER_DUE) -> Effect:
    """Grade a plan by its KPI's months, in any order; of those after ``as_of`` (the last complete month) nothing is used.

    ``share``: a part of a whole, judged by Laney's P' limits of its numerators and denominators; all else by XmR limits of its
    monthly values. Before: up to 24 months before the start. After: the months after the start until ``watched`` months past due.
    The month of the start is neither: part of it is the one, part the other.

    too_early: nothing after the start yet, and the due month not past (not_measured: past). too_few: fewer than five months before.
    worked, worse: a month outside the limits, or a run of seven on one side of the centre, among the months after the start, while
    their level and the newest month lie on that side of the centre too. promising: no such thing, but a level better than the
    centre and than a given baseline. no_change: all else.
    A plan is mostly begun after a bad month, which a usual one follows anyway (regression to the mean). So the centre of the months
    before is what must be beaten, not the last of them, nor a baseline that was worse than it. Errors: ValueError for a month named twice.
    """
    known = sorted((point for point in points if point.value is not None and point.month <= as_of), key=lambda point: point.month)
    if len({point.month for point in known}) < len(known):
        raise ValueError("a month is named twice")
    before = _months([point for point in known if shift(plan.started, -_BEFORE) <= point.month < plan.started])
    after = _months([point for point in known if plan.started < point.month <= shift(plan.due, watched)])
    closed = as_of > plan.due
    few = len(before.months) < spc.LEAST_POINTS
    if not len(after.months):
        return Effect(plan, "not_measured" if closed else "too_early", closed, len(before.months), 0, plan.baseline)
    reached = _goal(plan, after)
    if few:
        return Effect(plan, "too_few", closed, len(before.months), len(after.months), plan.baseline, **reached)
    return Effect(
        plan, closed=closed, months_before=len(before.months), months_after=len(after.months), **reached, **_judged(plan, before, after, share)
    )


def _months(points: Sequence[MonthPoint]) -> _Months:
    weights = [1.0 if point.denominator is None else point.denominator for point in points]
    counts = np.array([point.numerator for point in points], dtype="float64")
    return _Months(tuple(point.month for point in points), counts / np.array(weights), counts, np.array(weights, dtype="float64"))


def _goal(plan: Plan, after: _Months) -> dict[str, Any]:
    if plan.goal is None:
        return {}
    slack = _ROUNDING * max(1.0, abs(plan.goal))
    reached = plan.way * (after.values - plan.goal) >= -slack
    in_time = [bool(one) for month, one in zip(after.months, reached, strict=True) if month <= plan.due]
    first = next((month for month, one in zip(after.months, reached, strict=True) if one), None)
    return {"goal_reached": in_time[-1] if in_time else None, "goal_month": first}


def _judged(plan: Plan, before: _Months, after: _Months, share: bool) -> dict[str, Any]:
    process: spc.Process | laney.Process
    if share:
        process = laney.estimate(before.counts, before.weights)
        band = process.band(after.counts, after.weights, exact=True)
        interval = _share_interval(before, after, float(process.sigma_z[0]), plan.baseline)
        level = float(after.counts.sum() / after.weights.sum())
    else:
        process = spc.estimate(before.values)
        band = process.band(len(after.values))
        interval = _mean_interval(process, len(before.values), after, plan.baseline)
        level = float(after.values.mean())
    usual = float(process.centre[0])
    baseline = usual if plan.baseline is None else plan.baseline
    notes: list[Note] = []
    # A share that stood still has the limits of chance; a value that did has none at all.
    if not (band.above.any() or band.below.any()):
        notes.append("flat_before")
    sigma = float(band.below[-1] if plan.higher_is_better else band.above[-1]) / _SIGMAS
    worst = min(plan.way * float(before.values[-1]), plan.way * baseline)
    if plan.way * usual - worst > sigma + _ROUNDING * abs(usual):
        notes.append("regression_to_mean")
    found = _grade(plan, after, band, level, "flat_before" in notes)
    if found.pop("passing"):
        notes.append("not_held")
    lower, upper = spc.clipped(usual - float(band.below[-1]), usual + float(band.above[-1]), 0.0, 1.0 if share else None)
    shown = {"lower": lower, "upper": upper, "usual": usual, "baseline": baseline, "after": level, "change": level - baseline, "interval": interval}
    return found | shown | {"notes": tuple(notes)}


def _grade(plan: Plan, after: _Months, band: rules.Band, level: float, flat: bool) -> dict[str, Any]:
    """The grade with the rule and month that say so; ``passing``: a signal that neither the level nor the newest month confirm."""
    usual = float(band.centre[0])
    sides = rules.sides(after.values, band)
    slack = _ROUNDING * max(abs(usual), abs(level))
    passing = False
    for name, way in (("worked", plan.way), ("worse", -plan.way)):
        hits = [(place, rule) for rule in _RULES for place in np.flatnonzero(sides[rule] == way)]
        if not hits or flat:
            continue
        if way * (level - usual) > slack and way * (after.values[-1] - usual) > slack:
            # Of the rules in their order the first one that holds.
            place, rule = hits[0]
            return {"grade": name, "rule": rule, "rule_month": after.months[place], "passing": False}
        passing = True
    to_beat = plan.way * usual if plan.baseline is None else max(plan.way * usual, plan.way * plan.baseline)
    return {"grade": "promising" if plan.way * level > to_beat + slack else "no_change", "passing": passing}


def _mean_interval(process: spc.Process, months_before: int, after: _Months, baseline: float | None) -> Interval | None:
    """Of the difference of two means of months, or of one from a fixed baseline, by the swing of the months before.

    Difference +- t x sigma x sqrt(1 / after + 1 / before), sigma = mean moving range / 1.128 with 0.605 degrees of freedom per
    moving range. Source: the efficiency of moving ranges, Cryer and Ryan, Journal of Quality Technology 22 (1990) 187.
    """
    sigma = float(process.width[0]) / _SIGMAS
    if sigma == 0:
        return None
    t = float(stdtrit(_DEGREES_PER_RANGE * (months_before - 1), two_sided(CONFIDENCE)))
    half = t * sigma * math.sqrt(1 / len(after.values) + (1 / months_before if baseline is None else 0))
    change = float(after.values.mean()) - (float(process.centre[0]) if baseline is None else baseline)
    return Interval(change - half, change + half)


def _share_interval(before: _Months, after: _Months, sigma_z: float, baseline: float | None) -> Interval | None:
    """Of the difference of two shares, from their Wilson intervals; of as many cases as would swing so much by chance alone.

    Source: Newcombe, Statistics in Medicine 17 (1998) 873, method 10; cases divided by sigma_z squared (quasi-binomial), where it is above 1.
    """
    scale = max(1.0, sigma_z) ** 2
    counts, weights = (np.array([part.sum() for part in pair]) for pair in ((before.counts, after.counts), (before.weights, after.weights)))
    lower, upper = wilson_bounds(counts / scale, weights / scale)
    was, now = (float(one) for one in counts / weights)
    if math.isnan(lower[0]) or math.isnan(lower[1]):
        return None
    if baseline is not None:
        return Interval(float(lower[1]) - baseline, float(upper[1]) - baseline)
    return Interval(
        now - was - math.hypot(now - float(lower[1]), float(upper[0]) - was),
        now - was + math.hypot(float(upper[1]) - now, was - float(lower[0])),
    )


def summary(effects: Sequence[Effect]) -> pd.DataFrame:
    """How plans ended, those without effect included.

    Rows: one for all plans, one per KPI and one per measure (plans without one are not in these), by name. Columns: ``by`` (all,
    kpi, measure), ``name`` ('' for all), ``plans``, ``closed``, ``closed_without_effect``, and one per grade, all counts.
    Empty: the row for all, of noughts.
    """
    groups: list[tuple[str, str, list[Effect]]] = [("all", "", list(effects))]
    for by in ("kpi", "measure"):
        names = sorted({getattr(effect.plan, by) for effect in effects} - {""})
        groups += [(by, name, [effect for effect in effects if getattr(effect.plan, by) == name]) for name in names]
    return pd.DataFrame([_counted(*group) for group in groups])


def _counted(by: str, name: str, effects: Sequence[Effect]) -> dict[str, Any]:
    grades = [effect.grade for effect in effects]
    totals = {
        "plans": len(effects),
        "closed": sum(effect.closed for effect in effects),
        "closed_without_effect": sum(effect.closed_without_effect for effect in effects),
    }
    return {"by": by, "name": name} | totals | {one: grades.count(one) for one in GRADES}
