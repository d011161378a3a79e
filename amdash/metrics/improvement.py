"""Improvement: the change of the weighted score against the same person's previous comparable period, beside their ordinary swing."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from itertools import pairwise
from math import isnan, nan, sqrt
from typing import Any, Literal

import pandas as pd

from amdash.metrics.period import Every, kind_of, last_periods
from amdash.metrics.score import CAP, WEIGHTS, attainment, in_force, weighted_score
from amdash.metrics.spec import Category, Kpi

# What a period is held against: the one before, or the same one a year before.
Against = Literal["previous", "year_before"]
Verdict = Literal["improved", "worsened", "ordinary", "unknown"]
# Why the verdict is unknown.
Reason = Literal["not_measured", "no_previous", "not_comparable", "measured_differs", "not_whole", "few_before", "flat_before"]
# Why the target is not applied.
TargetReason = Literal["near_ceiling", "from_zero"]

COLUMNS = [
    "manager",
    "team",
    "period",
    "previous_period",
    "score",
    "previous_score",
    "compared",
    "change",
    "change_ratio",
    "swing",
    "before",
    "provisional",
    "verdict",
    "reason",
    "target_met",
    "target_reason",
]
TARGET = 0.10
LEAST_BEFORE = 5
SETTLED_FROM = 12
# Half the width of natural process limits is 2.66 mean moving ranges, which is three standard deviations; the difference of two
# points of one stable process has sqrt(2) times the standard deviation of one.
_HALF_WIDTH = 2.66
_RANGE_LIMIT = 3.267
_ROUNDING = 1e-9
_BACK: dict[Every, int] = {"month": 12, "quarter": 4, "year": 1}

_Scores = Mapping[str, float]
_Whose = tuple[str | None, str | None]


def previous_period(period: str, against: Against = "previous") -> str:
    """The month, quarter or year that a period is held against. Errors: ValueError for anything else."""
    kind = kind_of(period)
    if kind == "total":
        raise ValueError(period)
    return last_periods(period, 1 + (_BACK[kind] if against == "year_before" else 1))[0]


def ordinary_swing(scores: Sequence[float]) -> float:
    """How far two points of a stable series differ at most by chance, in the unit of the scores: sqrt(2) x 2.66 x mean moving range.

    Moving ranges above 3.267 x their mean are set aside once, unless nothing that moves is left then. Fewer than two scores:
    missing; a series that never moved: 0.
    Source: Wheeler, Understanding Variation (1993): 2.66 = 3 / 1.128; the variance of a difference is the sum of the variances.
    """
    moves = [abs(after - before) for before, after in pairwise(scores)]
    if not moves:
        return nan
    least = _ROUNDING * max(map(abs, scores))
    ranges = [move if move > least else 0.0 for move in moves]
    mean = sum(ranges) / len(ranges)
    kept = [move for move in ranges if move <= _RANGE_LIMIT * mean]
    return sqrt(2) * _HALF_WIDTH * (sum(kept) / len(kept) or mean)


def improvement(
    scores: pd.DataFrame, *, against: Against = "previous", target: float = TARGET, periods: Collection[str] | None = None
) -> pd.DataFrame:
    """One row per row of ``scores``, the frame of :func:`amdash.metrics.score.weighted_score` with periods of one kind.

    ``periods``: only these are reported; the others are there to be compared with. None: all.

    Columns (COLUMNS): ``score`` and ``previous_score`` as compared (1 = all targets just met), over ``compared`` KPIs;
    ``change``, their difference (0.05 = 5 points); ``change_ratio``, the difference over the previous score;
    ``swing``, what two periods of this person differ by at most while nothing changes (:func:`ordinary_swing` of their scores
    before the period, ``before`` of them, at least five; from fewer than twelve, ``provisional``); ``verdict``, and for an
    unknown one the ``reason``; ``target_met``: change_ratio reaches ``target`` (ratio), None where it is not applied, with
    ``target_reason``.

    Against the same period a year before the swing is still that from one period to the next: a season that repeats makes it
    wider than need be.
    A score over another number of KPIs is another measure: such periods do not count to the swing, and if the two periods
    compared are such, the change is shown and the verdict is unknown (:func:`improvement_of_scorecard` compares them over what
    they have in common). Empty: no row, every column. Errors: ValueError for periods of several kinds, or of none.
    """
    _one_kind(scores["period"])
    history: dict[_Whose, dict[str, tuple[float, int]]] = {}
    for manager, team, period, score, measured in _rows(scores):
        history.setdefault(_whose(manager, team), {})[period] = (score, measured)
    rows = []
    for manager, team, period, score, measured in _rows(_asked(scores, periods)):
        earlier = previous_period(period, against)
        theirs = history[_whose(manager, team)]
        series = {name: one for name, (one, count) in theirs.items() if count == measured}
        before, count = theirs.get(earlier, (nan, 0))
        row = _compared(series | {period: score, earlier: before}, period, earlier, target, CAP)
        if count != measured and row["reason"] not in ("not_measured", "no_previous"):
            row |= {"swing": nan, "before": 0, "provisional": True} | _unjudged("measured_differs")
        rows.append({"manager": manager, "team": team, "compared": measured if count == measured else 0} | row)
    return _frame(rows)


def improvement_of_scorecard(
    scorecard: pd.DataFrame,
    kpis: Sequence[Kpi],
    *,
    against: Against = "previous",
    target: float = TARGET,
    targets: Mapping[tuple[str | None, str | None, str], float] | None = None,
    periods: Collection[str] | None = None,
    weights: Mapping[Category, float] = WEIGHTS,
) -> pd.DataFrame:
    """The same from the frame of :func:`amdash.metrics.evaluate.scorecard`: every comparison over the KPIs measured in both periods.

    Rows: one per manager, team and period. ``score``, ``previous_score`` and ``swing`` are those of the KPIs in common
    (``compared`` of them), the swing from the earlier periods in which all of these were measured. None in common: reason
    not_comparable. The ceiling is the score of the best possible values (1.2, or less where a share cannot rise so far above
    its target); near_ceiling is also said where all of the KPIs in common had reached their targets before.
    ``targets``: those of single rows by (manager, team, period), missing where there is none; else ``target``.
    """
    _one_kind(scorecard["period"])
    measured = reached(scorecard, kpis)
    common: dict[tuple[_Whose, str], frozenset[str]] = {}
    for whose, theirs in measured.items():
        for period, now in theirs.items():
            if periods is None or period in periods:
                common[whose, period] = frozenset(now) & frozenset(theirs.get(previous_period(period, against), ()))
    series = {names: _series(scorecard, kpis, names, common, measured, weights) for names in set(common.values()) if names}
    aimed = _targets(scorecard, kpis)
    own = weighted_score(_asked(scorecard, periods), kpis, weights)
    # Of a hundred managers most are held to the same targets.
    ceilings: dict[tuple[Kpi, ...], float] = {}
    rows = []
    for manager, team, period, score, _ in _rows(own):
        whose, earlier = _whose(manager, team), previous_period(period, against)
        names = common[whose, period]
        if names:
            held_to = tuple(aimed[whose, earlier, name] for name in sorted(names))
            if held_to not in ceilings:
                ceilings[held_to] = _ceiling(held_to, weights)
            aim = (targets or {}).get((*whose, period), target)
            row = _compared(series[names][whose], period, earlier, aim, ceilings[held_to])
            # Where every target was reached, more is welcome and not asked for.
            if row["target_met"] is False and all(measured[whose][earlier][name] >= 1 - _ROUNDING for name in names):
                row |= {"target_met": None, "target_reason": "near_ceiling"}
        else:
            row = _compared({period: score}, period, earlier, target, CAP)
            if row["reason"] == "no_previous" and measured[whose].get(earlier):
                row |= _unjudged("not_comparable")
        rows.append({"manager": manager, "team": team, "compared": len(names)} | row)
    return _frame(rows)


def _compared(series: _Scores, period: str, earlier: str, target: float, ceiling: float) -> dict[str, Any]:
    """All that is said of two periods of one series of scores; a period that is not there has no score."""
    score, previous = series.get(period, nan), series.get(earlier, nan)
    known = [series[name] for name in sorted(series) if name < period and not isnan(series[name])]
    row: dict[str, Any] = {"period": period, "previous_period": earlier, "score": score, "previous_score": previous, "before": len(known)}
    row |= {"change": score - previous, "change_ratio": (score - previous) / previous if previous else nan}
    row |= {"swing": ordinary_swing(known) if len(known) >= LEAST_BEFORE else nan, "provisional": len(known) < SETTLED_FROM}
    if isnan(score):
        return row | _unjudged("not_measured")
    if isnan(previous):
        return row | _unjudged("no_previous")
    return row | _verdict(row["change"], row["swing"]) | _target(previous, row["change_ratio"], target, ceiling)


def _verdict(change: float, swing: float) -> dict[str, Any]:
    if isnan(swing):
        return {"verdict": "unknown", "reason": "few_before"}
    if abs(change) <= swing + _ROUNDING:
        return {"verdict": "ordinary", "reason": None}
    if swing == 0:
        # Mostly a score that stood at the cap, which hides how much it swings: whether this is much for them, nobody knows.
        return {"verdict": "unknown", "reason": "flat_before"}
    return {"verdict": "improved" if change > 0 else "worsened", "reason": None}


def _target(previous: float, ratio: float, target: float, ceiling: float) -> dict[str, Any]:
    if isnan(target):
        return {"target_met": None, "target_reason": None}
    if isnan(ratio):
        return {"target_met": None, "target_reason": "from_zero"}
    if ratio >= target - _ROUNDING:
        return {"target_met": True, "target_reason": None}
    near = previous * (1 + target) > ceiling + _ROUNDING
    return {"target_met": None if near else False, "target_reason": "near_ceiling" if near else None}


def _unjudged(reason: Reason) -> dict[str, Any]:
    return {"verdict": "unknown", "reason": reason, "target_met": None, "target_reason": None}


def reached(scorecard: pd.DataFrame, kpis: Sequence[Kpi]) -> dict[_Whose, dict[str, dict[str, float]]]:
    """Whose, period -> KPI -> attainment of what counts to the weighted score."""
    found: dict[_Whose, dict[str, dict[str, float]]] = {}
    for manager, team, period in scorecard[["manager", "team", "period"]].drop_duplicates().itertuples(index=False, name=None):
        found.setdefault(_whose(manager, team), {})[period] = {}
    for (whose, period), name, kpi, value, n in _weighted_rows(scorecard, kpis):
        if n >= kpi.min_sample and not isnan(share := attainment(value, kpi)):
            found[whose][period][name] = share
    return found


def _targets(scorecard: pd.DataFrame, kpis: Sequence[Kpi]) -> dict[tuple[_Whose, str, str], Kpi]:
    """Whose, period, KPI -> the KPI with the target then in force for them."""
    return {(whose, period, name): kpi for (whose, period), name, kpi, _, _ in _weighted_rows(scorecard, kpis)}


def _weighted_rows(scorecard: pd.DataFrame, kpis: Sequence[Kpi]) -> list[tuple[tuple[_Whose, str], str, Kpi, float, int]]:
    weighted = {kpi.id: kpi for kpi in kpis if kpi.weighted}
    rows = scorecard[scorecard["kpi"].isin(list(weighted))]
    keys = [(_whose(manager, team), period) for manager, team, period in zip(rows["manager"], rows["team"], rows["period"], strict=True)]
    return [(key, *one) for key, one in zip(keys, in_force(rows, weighted), strict=True)]


def _series(
    scorecard: pd.DataFrame,
    kpis: Sequence[Kpi],
    names: frozenset[str],
    common: Mapping[tuple[_Whose, str], frozenset[str]],
    reached: Mapping[_Whose, Mapping[str, Mapping[str, float]]],
    weights: Mapping[Category, float],
) -> dict[_Whose, dict[str, float]]:
    """The scores over some KPIs, of all who are compared by them, in the periods in which they have them all."""
    asking = {whose for (whose, _), asked in common.items() if asked == names}
    usable = {(whose, period) for whose in asking for period, there in reached[whose].items() if names <= set(there)}
    rows = zip(*(scorecard[column] for column in ("manager", "team", "period", "kpi")), strict=True)
    keep = [name in names and (_whose(manager, team), period) in usable for manager, team, period, name in rows]
    found: dict[_Whose, dict[str, float]] = {}
    for manager, team, period, score, _ in _rows(weighted_score(scorecard[keep], kpis, weights)):
        found.setdefault(_whose(manager, team), {})[period] = score
    return found


def _ceiling(chosen: Sequence[Kpi], weights: Mapping[Category, float]) -> float:
    """The weighted score of the best values that some KPIs can have."""
    frame = pd.DataFrame({"kpi": [kpi.id for kpi in chosen], "value": [_best(kpi) for kpi in chosen], "n": [kpi.min_sample for kpi in chosen]})
    return float(weighted_score(frame.assign(manager="", team="", period=""), chosen, weights)["score"].iloc[0])


def _best(kpi: Kpi) -> float:
    if not kpi.higher_is_better:
        return 0.0
    return 1.0 if kpi.share else CAP * (kpi.target or 0.0)


def _one_kind(periods: pd.Series[Any]) -> None:
    kinds = {kind_of(period) for period in periods.unique()}
    if len(kinds) > 1:
        raise ValueError(f"periods of several kinds: {', '.join(sorted(kinds))}")


def _asked(frame: pd.DataFrame, periods: Collection[str] | None) -> pd.DataFrame:
    return frame if periods is None else frame[frame["period"].isin(list(periods))]


def _rows(scores: pd.DataFrame) -> Any:
    return zip(*(scores[column] for column in ("manager", "team", "period", "score", "measured")), strict=True)


def _whose(manager: Any, team: Any) -> _Whose:
    """A missing name is not equal to itself, so that it is no key."""
    return (None if pd.isna(manager) else manager, None if pd.isna(team) else team)


def _frame(rows: list[dict[str, Any]]) -> pd.DataFrame:
    types = {"score": "float64", "previous_score": "float64", "change": "float64", "change_ratio": "float64", "swing": "float64"}
    types |= {"compared": "int64", "before": "int64", "provisional": "bool", "period": "str", "previous_period": "str", "verdict": "str"}
    return pd.DataFrame({name: pd.Series([row[name] for row in rows], dtype=types.get(name, "object")) for name in COLUMNS})
