"""What new rows do to verdicts and to individual improvement: every figure that moves, or whose target does, judged before and after."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from amdash.insight import progress
from amdash.insight.reading import Verdict
from amdash.insight.readings import Held, judged
from amdash.metrics import catalogue, period
from amdash.metrics.evaluate import scorecard
from amdash.metrics.spec import By, Category

# (kpi, manager, month); the manager is '' for the whole business.
Key = tuple[str, str, str]
_WHOSE: tuple[By, ...] = ("manager", "all")
# A tenth of what is shown of a percentage.
_SAME = 1e-4


@dataclass(frozen=True)
class Side:
    """Figures as they are, or as they would be: cells, people, what they are held against, and the weights of the score."""

    cells: pd.DataFrame
    people: pd.DataFrame
    held: Held
    weights: Mapping[Category, float]


@dataclass(frozen=True)
class Judged:
    """A figure (in the KPI's unit), of how many cases, and the verdict on it."""

    value: float
    n: int
    verdict: Verdict


def changes(before: Side, after: Side, moved: Collection[Key]) -> dict[Key, tuple[Judged, Judged | None]]:
    """The figures that move, on both sides; None where a figure would be gone. Also those that another target has judged otherwise.

    Individual improvement too, where it moves: of the months that do, and of those after them, which are compared with them.
    Empty: nothing moves and every target stays.
    """
    retargeted = before.held.entries != after.held.entries
    months = {month for _kpi, _manager, month in moved} | (set(before.cells["month"]) if retargeted else set())
    if not months:
        return {}
    then, now = _rows(before, months), _rows(after, months)
    found: dict[Key, tuple[Judged, Judged | None]] = {}
    for key, row in then.items():
        if key in moved or (key in now and _target(row) != _target(now[key])):
            both = _judged(key, row), _judged(key, now[key]) if key in now else None
            if key in moved or not _same(*both):
                found[key] = both
    return found | _improvement(before, after, months)


def _rows(side: Side, months: Collection[str]) -> dict[Key, Mapping[Any, Any]]:
    """The rows of the scorecards of every manager and of everybody together, by key; figures that are no value are left out."""
    kpis = tuple(catalogue.KPIS.values())
    found: dict[Key, Mapping[Any, Any]] = {}
    for by in _WHOSE:
        rows: list[dict[Any, Any]] = scorecard(
            side.cells,
            side.people,
            by=by,
            every="month",
            start=min(months),
            end=max(months),
            kpis=kpis,
            entries=side.held.entries,
            cases=side.held.cases,
        ).to_dict("records")
        known = (row for row in rows if row["period"] in months and not pd.isna(row["value"]))
        found.update({(row["kpi"], row["manager"] or "", row["period"]): row for row in known})
    return found


def _target(row: Mapping[Any, Any]) -> float | None:
    return None if pd.isna(row["target"]) else float(row["target"])


def _judged(key: Key, row: Mapping[Any, Any]) -> Judged:
    aimed = catalogue.by_id(key[0]).aimed(_target(row))
    # What would settle an undecided one is not asked.
    return Judged(float(row["value"]), int(row["n"]), judged(aimed, row, most=0).verdict)


def _improvement(before: Side, after: Side, months: Collection[str]) -> dict[Key, tuple[Judged, Judged | None]]:
    """Individual improvement of every manager where it is another figure or judged otherwise."""
    wanted = set(months) | {period.shift(month, 1) for month in months}
    then, now = (_improved(side, wanted & set(side.cells["month"])) for side in (before, after))
    return {key: (was, now.get(key)) for key, was in then.items() if not _same(was, now.get(key))}


def _same(was: Judged, then: Judged | None) -> bool:
    return then is not None and was.verdict == then.verdict and abs(was.value - then.value) < _SAME


def _improved(side: Side, months: Iterable[str]) -> dict[Key, Judged]:
    asked = sorted(months)
    if not asked:
        return {}
    kpis = tuple(catalogue.KPIS.values())
    own = next(kpi.id for kpi in kpis if kpi.measure == "derived")
    rows: list[dict[Any, Any]] = progress.progress(
        side.cells, side.people, kpis, by="manager", every="month", end=asked[-1], periods=asked, held=side.held, weights=side.weights
    ).to_dict("records")
    return {
        (own, row["manager"], row["period"]): Judged(float(row["change_ratio"]), int(row["compared"]), progress.judge(row).verdict)
        for row in rows
        if not pd.isna(row["change_ratio"])
    }
