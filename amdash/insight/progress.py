"""Individual improvement as a figure like any other: rows of a scorecard, verdicts, and series of readings."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd

from amdash.insight.reading import Direction, Interval, Point, Reading, Variation
from amdash.insight.readings import Held, subjects_of
from amdash.insight.verdict import Judgement
from amdash.metrics.aims import aims
from amdash.metrics.evaluate import COLUMNS, scorecard
from amdash.metrics.improvement import Against, improvement_of_scorecard
from amdash.metrics.period import Every, last_periods, months_of
from amdash.metrics.score import WEIGHTS
from amdash.metrics.spec import By, Category, Kpi

_DIRECTIONS: dict[str, Direction] = {"improved": "improvement", "worsened": "concern"}
_VARIATIONS: dict[str, Variation] = {"improved": "improving", "worsened": "worsening", "ordinary": "ordinary"}


def progress(
    cells: pd.DataFrame,
    roster: pd.DataFrame,
    kpis: Sequence[Kpi],
    *,
    by: By,
    every: Every,
    end: str,
    periods: Collection[str] | None = None,
    held: Held | None = None,
    weights: Mapping[Category, float] = WEIGHTS,
    against: Against = "previous",
) -> pd.DataFrame:
    """One row per subject and period with any weighted figure: the change of the weighted score, and ``target`` (ratio), missing without one.

    Columns: those of :func:`amdash.metrics.improvement.improvement_of_scorecard`, and target. ``kpis``: the catalogue, the KPI of
    improvement itself among them. ``end``: the last month; ``periods``: which are reported, all without. Swings know all months before.
    A quarter or year that is not covered whole by the months with figures has no verdict: reason not_whole.
    Empty: no rows; nor are there any for rolling periods, weeks and everything together, which have no period before them.
    """
    entries = (held or Held()).entries
    own = next(kpi for kpi in kpis if kpi.measure == "derived")
    weighted = [kpi for kpi in kpis if kpi.weighted]
    usable = cells if every in ("month", "quarter", "year") else cells.iloc[:0]
    card = scorecard(usable, roster, by=by, every=every, start="0000-01", end=end, kpis=weighted, entries=entries)
    keys = card[["manager", "team", "period"]].drop_duplicates()
    figures = pd.DataFrame({"kpi": own.id, "subject": "" if by == "all" else keys[by], "period": keys["period"]})
    aimed = aims(figures, entries, [own], roster, by=by, covered={})
    targets = dict(zip(map(_key, keys.to_dict("records")), aimed, strict=True))
    found = improvement_of_scorecard(card, weighted, against=against, targets=targets, periods=periods, weights=weights)
    found = found.assign(target=[targets[_key(row)] for row in found.to_dict("records")])
    return _without_parts(found, usable.loc[usable["kpi"].isin([kpi.id for kpi in weighted]) & (usable["month"] <= end), "month"])


# Nothing is said of these changes to begin with.
_UNCOMPARED = ("not_measured", "no_previous", "not_comparable")


def _without_parts(found: pd.DataFrame, months: pd.Series[Any]) -> pd.DataFrame:
    """No verdict where a quarter or year, or the one before it, reaches beyond the months that have figures: one month swings more than three."""
    first, last = months.min(), months.max()
    rows = found.to_dict("records")
    part = [
        row["reason"] not in _UNCOMPARED and (months_of(row["previous_period"])[0] < first or months_of(row["period"])[-1] > last) for row in rows
    ]
    said = {"verdict": "unknown", "reason": "not_whole", "target_met": None, "target_reason": None}
    return found.assign(**{name: _where(part, value, found[name]) for name, value in said.items()})


def _where(part: list[bool], value: object, column: pd.Series[Any]) -> pd.Series[Any]:
    return pd.Series([value if here else one for here, one in zip(part, column, strict=True)], index=column.index, dtype=column.dtype)


def _key(row: Mapping[Any, Any]) -> tuple[str | None, str | None, str]:
    manager, team = (None if pd.isna(row[name]) else row[name] for name in ("manager", "team"))
    return manager, team, row["period"]


def rows(found: pd.DataFrame, kpi: Kpi) -> pd.DataFrame:
    """Progress as rows of a scorecard: the value is the change over the score before (ratio), its sums the change and that score.

    ``n``: the KPIs compared. Empty: no rows, every column.
    """
    frame = found.assign(
        kpi=kpi.id, value=found["change_ratio"], numerator=found["change"], denominator=found["previous_score"], n=found["compared"],
        sum_of_squares=np.nan, met=found["target_met"],
    )  # fmt: skip
    return frame[COLUMNS]


def judge(row: Mapping[Any, Any]) -> Judgement:
    """The verdict on one row of :func:`progress`: 'few' while the target lies within the change and the person's ordinary swing about it.

    'none' where there is no target, or it is not applied (near the ceiling); the interval is the change over the score before +- the swing.
    """
    if pd.isna(row["change_ratio"]):
        return Judgement("absent", None, None, None)
    interval = None
    if not pd.isna(row["swing"]) and row["previous_score"] > 0:
        interval = Interval(*((row["change"] + side * row["swing"]) / row["previous_score"] for side in (-1, 1)))
    if row["target_met"] is None:
        return Judgement("none", interval, None, None)
    leaning = "met" if row["target_met"] else "missed"
    apart = interval is not None and row["verdict"] != "unknown" and not interval.lower < row["target"] <= interval.upper
    return Judgement(leaning if apart else "few", interval, leaning, None)  # type: ignore[arg-type]


def point(row: Mapping[Any, Any]) -> Point:
    """One row as a point of a series: no limits, but whether the change is more than the person's ordinary swing."""
    value = None if pd.isna(row["change_ratio"]) else float(row["change_ratio"])
    target = None if pd.isna(row["target"]) else float(row["target"])
    return Point(row["period"], value, int(row["compared"]), direction=_DIRECTIONS.get(row["verdict"]), target=target)


def readings(
    cells: pd.DataFrame,
    roster: pd.DataFrame,
    kpis: Sequence[Kpi],
    *,
    period: str,
    every: Every,
    by: By,
    window: int = 12,
    held: Held | None = None,
    weights: Mapping[Category, float] = WEIGHTS,
) -> list[Reading]:
    """The improvement of every subject over the periods that end with ``period``, also where nothing was measured."""
    own = next(kpi for kpi in kpis if kpi.measure == "derived")
    periods, end, subjects = last_periods(period, window), months_of(period)[-1], subjects_of(roster, by)
    found = progress(cells, roster, kpis, by=by, every=every, end=end, periods=periods, held=held, weights=weights)
    known = {(row[by] if by != "all" else "", row["period"]): row for row in found.to_dict("records")}
    grid = pd.DataFrame([(own.id, subject, one) for subject in subjects for one in periods], columns=["kpi", "subject", "period"])
    aimed = [None if pd.isna(one) else float(one) for one in aims(grid, (held or Held()).entries, [own], roster, by=by, covered={})]
    return [
        replace(
            _reading(own, subject, periods, [known.get((subject, one)) for one in periods], aimed[place * len(periods) : (place + 1) * len(periods)]),
            by=by,
        )
        for place, subject in enumerate(subjects)
    ]


def _reading(kpi: Kpi, subject: str, periods: Sequence[str], series: Sequence[Mapping[Any, Any] | None], targets: Sequence[float | None]) -> Reading:
    last = series[-1]
    judgement = Judgement("absent", None, None, None) if last is None else judge(last)
    points = tuple(
        Point(one, None, 0, target=target) if row is None else point(row) for one, row, target in zip(periods, series, targets, strict=True)
    )
    change = (None, None) if last is None or pd.isna(last["change"]) else (float(last["change"]), float(last["previous_score"]))
    return Reading(
        kpi=kpi.id,
        subject=subject,
        period=periods[-1],
        value=points[-1].value,
        target=points[-1].target,
        numerator=change[0],
        denominator=change[1],
        n=points[-1].n,
        verdict=judgement.verdict,
        leaning=judgement.leaning,
        interval=judgement.interval,
        variation="unknown" if last is None else _VARIATIONS.get(last["verdict"], "unknown"),
        points=points,
        limits=None,
    )
