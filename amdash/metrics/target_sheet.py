"""Targets that an uploaded sheet states, beside those of the ledger: the sheet's own hold for the periods that it names."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import pandas as pd

from amdash.metrics.period import is_period, months_of, shift
from amdash.metrics.score import HIGHEST_RATIO, is_sound
from amdash.metrics.spec import Kpi
from amdash.metrics.targets import Entry, Scope, latest


@dataclass(frozen=True)
class Stated:
    """An entry that a sheet made, or that restores what held before it. See :class:`amdash.metrics.targets.Entry`."""

    kpi: str
    scope: Scope
    subject: str
    from_month: str
    value: float | None
    inherits: bool = False


def with_stated(entries: Sequence[Entry], rows: pd.DataFrame, kpis: Mapping[str, Kpi]) -> list[Entry]:
    """The entries of the ledger, and those of a sheet's rows (manager, team, region, period, kpi, value), which hold for their months alone.

    ``kpi``: an id. A sum's quarter or year is spread evenly; any other target holds in each of the months. A share or ratio above
    tenfold is in percent. Left out: rows of a region, which is nobody's, of a KPI that is none, and values that can be no target. Said
    twice, the last holds; a month's own before its quarter's. Empty: the ledger's.
    """
    stated: dict[tuple[str, Scope, str], dict[str, float]] = {}
    spans = sorted((row for row in rows.to_dict("records") if is_period(str(row["period"]))), key=lambda row: -len(months_of(row["period"])))
    for row in spans:
        kpi, whose = kpis.get(row["kpi"]), _whose(row["manager"], row["team"], row["region"])
        if kpi is not None and whose is not None and is_sound(kpi, value := target_of(kpi, row["value"])):
            months = months_of(row["period"])
            share = value / (len(months) if kpi.measure == "total" else 1)
            stated.setdefault((kpi.id, *whose), {}).update(dict.fromkeys(months, share))
    return [*entries, *(one for key, months in stated.items() for one in _held(entries, key, months))]


def target_of(kpi: Kpi, written: float) -> float:
    """What a sheet's number means as a target: 95 of a share is 95 %."""
    return written / 100 if kpi.unit in ("ratio", "points") and written > HIGHEST_RATIO else written


def _whose(manager: object, team: object, region: object) -> tuple[Scope, str] | None:
    """Who is named most narrowly; None for a region, which is nobody's."""
    if isinstance(manager, str) and manager:
        return "manager", manager
    if isinstance(team, str) and team:
        return "team", team
    return None if isinstance(region, str) and region else ("everybody", "")


def _held(entries: Sequence[Entry], key: tuple[str, Scope, str], months: Mapping[str, float]) -> list[Entry]:
    """The months as entries, each followed by what would hold without it."""
    found: list[Entry] = []
    for month, value in months.items():
        found.append(Stated(*key, month, value))
        after = shift(month, 1)
        if after not in months:
            then = latest(entries, *key, after)
            # The ledger's own entry goes on, with whoever set it and why.
            found.append(Stated(*key, after, None, inherits=True) if then is None else replace(then, from_month=after))  # type: ignore[type-var]
    return found
