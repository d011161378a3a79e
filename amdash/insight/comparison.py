"""Everybody beside everybody in one KPI: the ranking, and whether anyone is beyond what chance does to so many cases."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from amdash.insight.funnel import ACTION, WARNING, Funnel, FunnelPoint, Side, mean_funnel, pooled_spread, ratio_funnel
from amdash.insight.funnel_curve import Curve, mean_curve, ratio_curve
from amdash.insight.intervals import Array, Sums, basis, interval, within
from amdash.insight.ranking import Rank, rank
from amdash.insight.reading import Interval
from amdash.metrics.spec import Kpi

# The curves run on past the member with the most cases, so that it does not stand on the edge of the picture.
_BEYOND = 1.25


@dataclass(frozen=True)
class Compared:
    """One subject. ``interval``: of its own value (95 %). ``lower``, ``upper``: the funnel's 99.8 % limits for its cases.

    ``flag``: beyond those limits; ``warning``: beyond the 95 % ones. Limits and flags are None for a census, flags also below the
    KPI's smallest sample. ``rank``: among those who can be ranked.
    """

    subject: str
    value: float | None
    n: int
    interval: Interval | None
    lower: float | None
    upper: float | None
    warning_lower: float | None
    warning_upper: float | None
    flag: Side | None
    warning: Side | None
    rank: Rank


@dataclass(frozen=True)
class Comparison:
    """All subjects, best first (equal values by name, those without a value last), and the figure of all together.

    ``action``, ``warning``: the funnel's 99.8 % and 95 % limits for every number of cases; None where there are none.
    """

    overall: float | None
    rows: tuple[Compared, ...]
    action: Curve | None = None
    warning: Curve | None = None


def compare(kpi: Kpi, subjects: Mapping[str, Sums]) -> Comparison:
    """Every subject's figure, limits, flags and rank in one KPI; the order of ``subjects`` makes no difference.

    Empty: no rows, no overall figure. A total has no overall figure: a sum of sums is no measure for one of them.
    """
    names = sorted(subjects)
    members = [subjects[name] for name in names]
    funnel = _funnel(kpi, members)
    rows = [_row(kpi, *one) for one in zip(names, members, funnel.points, rank(kpi, members), strict=True)]
    sign = -1 if kpi.higher_is_better else 1
    rows.sort(key=lambda row: (row.value is None, sign * (row.value or 0.0)))
    return Comparison(funnel.centre, tuple(rows), *_curves(kpi, members, funnel.centre))


def _funnel(kpi: Kpi, members: list[Sums]) -> Funnel:
    numerators, denominators = _column(members, "numerator"), _column(members, "denominator")
    kind = basis(kpi)
    if kind == "mean":
        return mean_funnel(denominators, numerators, _column(members, "sum_of_squares"))
    found = ratio_funnel(numerators, denominators)
    if kind == "ratio":
        return found
    return Funnel(found.centre, tuple(FunnelPoint(one.value, one.n, None, None, None, None, None, None) for one in found.points))


def _curves(kpi: Kpi, members: list[Sums], centre: float | None) -> tuple[Curve | None, Curve | None]:
    """The limits at 99.8 % and 95 %, a little further than the member with the most cases."""
    kind = basis(kpi)
    denominators = _column(members, "denominator")
    most = float(np.nanmax(denominators, initial=0.0)) * _BEYOND
    if kind == "census" or centre is None or most < 1:
        return None, None
    if kind == "ratio":
        found = [ratio_curve(centre, most, confidence) for confidence in (ACTION, WARNING)]
    else:
        spread = pooled_spread(denominators, _column(members, "numerator"), _column(members, "sum_of_squares"))
        found = [] if spread is None else [mean_curve(centre, spread, most, confidence) for confidence in (ACTION, WARNING)]
    cut = within(kpi)
    drawn = [Curve(one.cases, tuple(map(cut, one.lower)), tuple(map(cut, one.upper))) for one in found if one.cases]
    return (drawn[0], drawn[1]) if drawn else (None, None)


def _row(kpi: Kpi, subject: str, sums: Sums, point: FunnelPoint, place: Rank) -> Compared:
    cut = within(kpi)
    limits = (point.lower, point.upper, point.warning_lower, point.warning_upper)
    lower, upper, warning_lower, warning_upper = (None if one is None else cut(one) for one in limits)
    enough = sums.n >= kpi.min_sample
    return Compared(
        subject=subject,
        value=sums.value(kpi),
        n=sums.n,
        interval=interval(kpi, sums),
        lower=lower,
        upper=upper,
        warning_lower=warning_lower,
        warning_upper=warning_upper,
        flag=point.flag if enough else None,
        warning=point.warning if enough else None,
        rank=place,
    )


def _column(members: list[Sums], name: str) -> Array:
    return np.array([getattr(one, name) for one in members], dtype="float64")
