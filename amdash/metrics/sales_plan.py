"""Sales targets of the ledger, as attainment takes them: of each manager's months, where no sheet of targets speaks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd

from amdash.metrics.aims import members
from amdash.metrics.catalogue import by_id
from amdash.metrics.period import is_period, months_of
from amdash.metrics.targets import Entry, monthly
from amdash.schema import TABLES, month_column


def sales_plan(tables: Mapping[str, pd.DataFrame], entries: Sequence[Entry]) -> pd.DataFrame:
    """Columns manager, period (a month), value: what the ledger's ``entries`` (of one KPI) say, in the months that have sales.

    Rows: one per manager who was there in the month and has a target. Left out where a sheet says it: a manager's own months, and, unless
    the ledger speaks of that very manager, those of the team, of a region or of the whole business. Empty: no rows.
    """
    if not entries:
        return pd.DataFrame({"manager": pd.Series(dtype="str"), "period": pd.Series(dtype="str"), "value": pd.Series(dtype="float64")})
    people = tables["managers"].drop_duplicates("name", keep="last").rename(columns={"name": "manager"})
    sellers = pd.DataFrame({"manager": tables["sales"]["manager"].dropna().unique()}, dtype="str")
    listed = people[["manager", "team", "hired_on", "left_on"]]
    everybody = listed.merge(sellers, on="manager", how="outer").fillna({"team": ""})
    months = sorted(set(month_column(TABLES["sales"], tables["sales"])) - {""})
    grid = members(everybody, months).assign(kpi=entries[0].kpi).reset_index(drop=True)
    kpi = [by_id(entries[0].kpi)]
    own = monthly(grid, [entry for entry in entries if entry.scope == "manager"], kpi)
    value = monthly(grid, entries, kpi)
    personal, shared = _said(tables["targets"], grid)
    keep = value.notna() & ~personal & (own.notna() | ~shared)
    return grid.assign(value=value)[keep].rename(columns={"month": "period"})[["manager", "period", "value"]]


def _said(targets: pd.DataFrame, grid: pd.DataFrame) -> tuple[pd.Series[bool], pd.Series[bool]]:
    """For every manager and month, whether a sheet names a sales target of that manager, and one of the team, a region or everybody."""
    rows = targets[targets["kpi"].isna() | (targets["kpi"] == "sales_amount")]
    managers: set[tuple[str, str]] = set()
    teams: set[tuple[str, str]] = set()
    wide: set[str] = set()
    for period, manager, team in rows[["period", "manager", "team"]].itertuples(index=False, name=None):
        for month in months_of(str(period)) if is_period(str(period)) else ():
            if isinstance(manager, str) and manager:
                managers.add((manager, month))
            elif isinstance(team, str) and team:
                teams.add((team, month))
            else:
                wide.add(month)
    keys = list(zip(grid["manager"], grid["team"], grid["month"], strict=True))
    personal = [(manager, month) in managers for manager, _, month in keys]
    shared = [(team, month) in teams or month in wide for _, team, month in keys]
    return pd.Series(personal, index=grid.index, dtype="bool"), pd.Series(shared, index=grid.index, dtype="bool")
