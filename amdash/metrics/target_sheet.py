"""Targets that an uploaded sheet states, beside those of the ledger: the sheet's own hold for the periods that it names."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from amdash.metrics.period import is_period, months_of, shift
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


def with_stated(entries: Sequence[Entry], rows: pd.DataFrame, sums: frozenset[str]) -> list[Entry]:
    """The entries of the ledger, and those of a sheet's rows (manager, team, region, period, kpi, value), which hold for their months alone.

    ``kpi``: an id. ``sums``: those whose target is a sum, so that a quarter's or year's is spread evenly; any other holds in each of
    the months. Rows of a region are nobody's and left out. Said twice, the last holds; a month's own before its quarter's. Empty: the ledger's.
    """
    stated: dict[tuple[str, Scope, str], dict[str, float]] = {}
    spans = sorted(
        (row for row in rows.to_dict("records") if is_period(str(row["period"])) and not pd.isna(row["value"])),
        key=lambda row: -len(months_of(row["period"])),
    )
    for row in spans:
        whose = _whose(row["manager"], row["team"], row["region"])
        if whose is not None:
            months = months_of(row["period"])
            value = float(row["value"]) / (len(months) if row["kpi"] in sums else 1)
            stated.setdefault((row["kpi"], *whose), {}).update(dict.fromkeys(months, value))
    return [*entries, *(one for key, months in stated.items() for one in _held(entries, key, months))]


def _whose(manager: object, team: object, region: object) -> tuple[Scope, str] | None:
    """Who is named most narrowly; None for a region, which is nobody's."""
    if isinstance(manager, str) and manager:
        return "manager", manager
    if isinstance(team, str) and team:
        return "team", team
    return None if isinstance(region, str) and region else ("everybody", "")


def _held(entries: Sequence[Entry], key: tuple[str, Scope, str], months: Mapping[str, float]) -> list[Stated]:
    """The months as entries, each followed by what would hold without it."""
    found = []
    for month, value in months.items():
        found.append(Stated(*key, month, value))
        after = shift(month, 1)
        if after not in months:
            then = latest(entries, *key, after)
            found.append(Stated(*key, after, None if then is None else then.value, then is None or then.inherits))
    return found
