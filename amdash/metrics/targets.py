"""Targets: which one is in force for whom and when, a year's sum split over its months, and whether a target is a good one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, Decimal
from fractions import Fraction
from math import isfinite
from typing import Any, Literal, Protocol, TypeVar, get_args

import numpy as np
import pandas as pd

from amdash.metrics.period import number, shift
from amdash.metrics.score import WEIGHTS, is_met
from amdash.metrics.spec import Kpi

Scope = Literal["everybody", "team", "manager"]
# The widest first: what is said of fewer people holds against what is said of more.
SCOPES: tuple[Scope, ...] = get_args(Scope)
FindingCode = Literal["not_measurable", "too_few_months", "not_attainable", "not_challenging", "not_aligned", "hard_to_understand"]
# "Nobody ever" is said of half a year at least.
FEWEST_MONTHS = 6
# Seven and two: more things at once are not kept in mind (Miller 1956). The source's own list has seven.
MOST_TARGETS = 9
# 92.5 % and 125,000 can be remembered, 92.37 % and 83,333 cannot.
MOST_DIGITS = 3
_PROPOSED_PERCENT = (50, 70, 90)
_MONTHS_KEPT_APART = 12 * 10_000
_SPAN = ["kpi", "manager", "team", "period"]


class Entry(Protocol):
    """What was said of a target: ``value`` holds for ``subject`` from a month on; without a value there is none from then on.

    ``subject``: the manager or team, '' for everybody. ``inherits``: nothing of its own from then on, the wider scope's target holds again.
    """

    @property
    def kpi(self) -> str: ...
    @property
    def scope(self) -> str: ...
    @property
    def subject(self) -> str: ...
    @property
    def from_month(self) -> str: ...
    @property
    def value(self) -> float | None: ...
    @property
    def inherits(self) -> bool: ...


Said = TypeVar("Said", bound=Entry)


def latest(entries: Sequence[Said], kpi: str, scope: str, subject: str, month: str) -> Said | None:
    """The entry of one scope that holds in a month: of those begun, the last to begin; of one month, the one made last. None before the first.

    ``entries``: in the order in which they were made.
    """
    begun = [one for one in entries if (one.kpi, one.scope, one.subject) == (kpi, scope, subject) and one.from_month <= month]
    return max(reversed(begun), key=lambda one: one.from_month, default=None)


def in_force(entries: Sequence[Said], kpi: str, manager: str | None, team: str | None, month: str) -> Said | None:
    """The entry that decides: the manager's own, else the team's, else everybody's; None where the KPI's default holds.

    Without a manager it is the team that is judged, without a team everybody.
    """
    for scope, subject in (("manager", manager), ("team", team), ("everybody", "")):
        if subject or scope == "everybody":
            found = latest(entries, kpi, scope, subject or "", month)
            if found is not None and not found.inherits:
                return found
    return None


def monthly(rows: pd.DataFrame, entries: Sequence[Entry], kpis: Sequence[Kpi], members: pd.DataFrame | None = None) -> pd.Series[float]:
    """The target in force for each row (kpi, manager, team, month), in the KPI's unit; missing where there is none.

    A target of a team or of everybody is what each of its managers is held to. So a row of a team (no manager) or of everybody (neither)
    is judged by it as it stands where the KPI is a ratio or a mean; of a total it is the sum over those of ``members`` (manager, team,
    month: who belongs to it, once in each month) that have a target then, and missing without any.
    Empty: no values. ``entries``: in the order in which they were made.
    """
    target = rows["kpi"].map({kpi.id: np.nan if kpi.target is None else kpi.target for kpi in kpis}).to_numpy(dtype="float64", copy=True)
    for scope in SCOPES:
        said = [entry for entry in entries if entry.scope == scope]
        found, place = _begun(rows, said, scope)
        own = np.array([not entry.inherits for entry in said], dtype="bool")
        values = np.array([np.nan if entry.value is None else entry.value for entry in said], dtype="float64")
        found[found] = own[place[found]]
        target[found] = values[place[found]]
    totals = {kpi.id for kpi in kpis if kpi.measure == "total"}
    groups = (rows["kpi"].isin(totals) & (rows["manager"].astype("str").fillna("") == "")).to_numpy()
    if groups.any():
        target[groups] = _summed(rows[groups], members, entries, kpis)
    return pd.Series(target, index=rows.index, name="target")


def _begun(rows: pd.DataFrame, said: Sequence[Entry], scope: Scope) -> tuple[np.ndarray[Any, Any], np.ndarray[Any, Any]]:
    """For each row, whether an entry of the scope holds, and its place in ``said``."""
    if not said:
        return np.zeros(len(rows), dtype="bool"), np.zeros(len(rows), dtype="int64")
    subject = "" if scope == "everybody" else rows[scope].astype("str")
    keys = pd.Index(dict.fromkeys(f"{entry.kpi}\n{entry.subject}" for entry in said))
    who = keys.get_indexer(pd.Index(rows["kpi"].astype("str") + "\n" + subject))
    months = rows["month"].map({month: number(month) for month in rows["month"].unique()}).to_numpy(dtype="int64")
    owner = keys.get_indexer(pd.Index([f"{entry.kpi}\n{entry.subject}" for entry in said]))
    begins = owner * _MONTHS_KEPT_APART + np.array([number(entry.from_month) for entry in said])
    # Stable: of one month, the one made last comes last, and is found.
    order = np.argsort(begins, kind="stable")
    at = np.searchsorted(begins[order], who * _MONTHS_KEPT_APART + months, side="right") - 1
    place = order[np.maximum(at, 0)]
    return (at >= 0) & (owner[place] == who), place


def _summed(rows: pd.DataFrame, members: pd.DataFrame | None, entries: Sequence[Entry], kpis: Sequence[Kpi]) -> np.ndarray[Any, Any]:
    """The target of each row of a group: the sum of its members' targets in the month."""
    if members is None:
        return np.full(len(rows), np.nan)
    people = members[["manager", "team", "month"]].astype("str").fillna("").drop_duplicates()
    single = people[people["manager"] != ""].merge(pd.DataFrame({"kpi": rows["kpi"].unique()}), how="cross")
    single = single.assign(target=monthly(single, entries, kpis)).dropna(subset="target")
    sums = pd.concat([single, single.assign(team="")]).drop_duplicates().groupby(["kpi", "team", "month"])["target"].sum()
    wanted = pd.MultiIndex.from_arrays([rows["kpi"], rows["team"].astype("str").fillna(""), rows["month"]])
    return sums.reindex(wanted).to_numpy(dtype="float64")


def over_periods(rows: pd.DataFrame, entries: Sequence[Entry], kpis: Sequence[Kpi], members: pd.DataFrame | None = None) -> pd.DataFrame:
    """The target that a figure of several months is judged by.

    Rows given: (kpi, manager, team, period, month), one per month of the period, and for ratios and means its ``denominator``.
    Rows: kpi, manager, team, period, target, each once, in the order in which they come up.  Unit: the KPI's.  Empty: no rows.
    A total: the sum of its months' targets. A ratio or mean: its months' target; where they differ, sum of target x denominator over
    sum of denominators, so that who just meets every month just meets the whole. Months in which nothing was measured weigh nothing;
    without any denominator all weigh the same. Missing where a month that counts has no target: none is judged by another month's.
    """
    target = monthly(rows, entries, kpis, members).to_numpy()
    group = rows.groupby(_SPAN, dropna=False, sort=False).ngroup().to_numpy()
    spans = rows[_SPAN][~pd.Series(group).duplicated().to_numpy()].reset_index(drop=True)
    total = rows["kpi"].isin({kpi.id for kpi in kpis if kpi.measure == "total"}).to_numpy()
    given = rows["denominator"].fillna(0).clip(lower=0).to_numpy(dtype="float64") if "denominator" in rows else np.ones(len(rows))
    weight = np.where(total, 1.0, given)
    weight = np.where(np.bincount(group, weight, len(spans))[group] > 0, weight, 1.0)
    counts = weight > 0
    frame = pd.DataFrame({"group": group, "target": target, "product": target * weight, "weight": weight, "total": total})[counts]
    by = frame.groupby("group")
    first, same = by["target"].first(), by["target"].nunique() == 1
    mixed = by["product"].sum() / by["weight"].sum()
    result = by["product"].sum().where(by["total"].first(), first.where(same, mixed)).where(by["target"].count() == by.size())
    return spans.assign(target=result.reindex(range(len(spans))).to_numpy(dtype="float64"))


@dataclass(frozen=True)
class Split:
    """A sum over its months, ascending, in base units with two decimals. ``lacking``: months for which last year told nothing."""

    values: Mapping[str, float]
    lacking: tuple[str, ...] = ()


def split(total: float, months: Sequence[str], weights: Sequence[float] | None = None) -> Split:
    """A sum split over months by weights, evenly without any; the parts add up to it to the cent.

    Unit: money in base units, rounded to cents.  Method: largest remainder (Hamilton); of equal remainders the earlier month's.
    Errors: ValueError without months, for a sum or weight that is negative or not finite, or for weights that are all 0 or not one a month.
    """
    shares = [1.0] * len(months) if weights is None else list(weights)
    if not months or len(shares) != len(months) or not all(isfinite(one) and one >= 0 for one in (total, *shares)) or not any(shares):
        raise ValueError((total, list(months), shares))
    cents = int((Decimal(str(total)) * 100).to_integral_value(ROUND_HALF_UP))
    exact = [Fraction(share) for share in shares]
    parts = [cents * share / sum(exact) for share in exact]
    whole = [int(part) for part in parts]
    left = sorted(range(len(parts)), key=lambda place: whole[place] - parts[place])[: cents - sum(whole)]
    return Split({month: (whole[place] + (place in left)) / 100 for place, month in enumerate(months)})


def split_by_season(total: float, months: Sequence[str], history: Mapping[str, float]) -> Split:
    """A sum split as the same months a year before were: ``history`` is month -> what was reached.

    A month of which nothing is known gets an even share, the others share the rest; a month below 0 counts as 0. Evenly where the
    year before is unknown or came to nothing. Errors: as :func:`split`.
    """
    known = {month: max(0.0, history[shift(month, -12)]) for month in months if isfinite(history.get(shift(month, -12), float("nan")))}
    lacking = tuple(month for month in months if month not in known)
    if not any(known.values()):
        return replace(split(total, months), lacking=lacking)
    # An even share is the mean of the known ones: 1/12 of the year for each month that lacks.
    mean = sum(known.values()) / len(known)
    return replace(split(total, months, [known.get(month, mean) for month in months]), lacking=lacking)


@dataclass(frozen=True)
class Tally:
    """How often a target was met, of the months that could be judged. ``manager`` is None where only a team is named, ``team`` else."""

    manager: str | None
    team: str | None
    met: int
    judged: int


@dataclass(frozen=True)
class Proposal:
    """A target that was met in at least ``percent`` of the judged months: a value of then, made easier to two digits."""

    percent: int
    target: float
    met: int
    judged: int


@dataclass(frozen=True)
class Check:
    """What the last months say of a target, counted in months of managers. ``months``: of the calendar, with anything to judge.

    ``digits``: significant ones of the target, 3 of 0.925. ``targets``: how many KPIs would have one at once.
    """

    kpi: str
    target: float
    met: int
    judged: int
    months: int
    digits: int
    targets: int
    tallies: tuple[Tally, ...]
    findings: tuple[FindingCode, ...]
    proposals: tuple[Proposal, ...]


def check(cells: pd.DataFrame, kpi: Kpi, target: float, *, through: str, targets: int = 1, months: int = 12) -> Check:
    """How often a target would have been met in the ``months`` up to ``through``, and what speaks against it.

    ``cells``: CELL_COLUMNS. Judged is each month of a manager (of a team where no manager is named) with at least the KPI's smallest
    sample, as in the verdict; cells of nobody are left out.  Empty: nothing judged, not_measurable.
    Source: the five principles of the method. Challenging, attainable: somebody missed it, somebody met it; neither is said of fewer
    than six months. Aligned: the KPI counts in the weighted score, or is the business's own total. Understandable: few at once, and round.
    """
    values = _values(cells, kpi, shift(through, 1 - months), through)
    judged = values[values["n"] >= kpi.min_sample]
    met = _met(judged["value"], kpi, target)
    counted = judged.assign(met=met).groupby(["manager", "team"])["met"].agg(["sum", "size"])
    tallies = tuple(Tally(row[0] or None, row[1] or None, row[2], row[3]) for row in counted.reset_index().itertuples(index=False, name=None))
    seen, digits = judged["month"].nunique(), len(_decimal(target).normalize().as_tuple().digits)
    found: dict[FindingCode, bool] = {
        "not_measurable": values.empty,
        "too_few_months": not values.empty and seen < FEWEST_MONTHS,
        "not_attainable": seen >= FEWEST_MONTHS and not any(met),
        "not_challenging": seen >= FEWEST_MONTHS and all(met),
        "not_aligned": kpi.measure != "total" and (not kpi.weighted or not WEIGHTS[kpi.category]),
        "hard_to_understand": targets > MOST_TARGETS or digits > MOST_DIGITS,
    }
    findings = tuple(code for code, holds in found.items() if holds)
    return Check(kpi.id, target, sum(met), len(met), seen, digits, targets, tallies, findings, proposals(judged["value"], kpi))


def proposals(values: pd.Series[float], kpi: Kpi) -> tuple[Proposal, ...]:
    """Targets that were met in half, 70 % and 90 % of the values at least, hardest first. Empty: none."""
    best_first = sorted(values, reverse=kpi.higher_is_better)
    found = []
    for percent in _PROPOSED_PERCENT if best_first else ():
        target = _easier(best_first[-(-len(best_first) * percent // 100) - 1], ROUND_FLOOR if kpi.higher_is_better else ROUND_CEILING)
        found.append(Proposal(percent, target, sum(_met(values, kpi, target)), len(best_first)))
    return tuple(found)


def _values(cells: pd.DataFrame, kpi: Kpi, first: str, last: str) -> pd.DataFrame:
    """Columns manager, team ('' where a manager is named), month, value, n: what was measured of anybody."""
    span = cells[(cells["kpi"] == kpi.id) & (cells["month"] >= first) & (cells["month"] <= last)]
    manager = span["manager"].astype("str").fillna("")
    span = span.assign(manager=manager, team=span["team"].astype("str").fillna("").where(manager == "", ""))
    sums = span.groupby(["manager", "team", "month"], as_index=False)[["numerator", "denominator", "n"]].sum()
    divisor = 1.0 if kpi.measure == "total" else sums["denominator"].where(sums["denominator"] != 0)
    sums = sums.assign(value=sums["numerator"] / divisor).dropna(subset="value")
    return sums[(sums["manager"] != "") | (sums["team"] != "")]


def _met(values: pd.Series[float], kpi: Kpi, target: float) -> list[bool]:
    wanted = replace(kpi, target=target)
    return [bool(is_met(value, wanted)) for value in values]


def _decimal(value: float) -> Decimal:
    # Twelve digits: 0.1 + 0.2 is 0.3.
    return Decimal(f"{value:.12g}")


def _easier(value: float, rounding: str) -> float:
    exact = _decimal(value)
    return float(exact.quantize(Decimal(1).scaleb(exact.adjusted() - 1), rounding)) if exact else 0.0
