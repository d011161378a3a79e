"""Facts made from a few rows, and cells and figures read back as plain numbers."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import pandas as pd
import pytest

from amdash.metrics import evaluate
from amdash.metrics.spec import CELL_COLUMNS, AttainmentFrom, By, Facts, Kpi
from amdash.schema import TABLES, empty_frame, frame_of

# 2026-11-24 09:00, as the clock of the workspace in tests/conftest.py.
AS_OF = dt.datetime(2026, 11, 24, 9, 0)

Row = Mapping[str, Any]


EMPTY = {name: empty_frame(table) for name, table in TABLES.items()}


def _frame(name: str, rows: Sequence[Row]) -> pd.DataFrame:
    if not rows:
        return EMPTY[name]
    table = TABLES[name]
    unknown = {field for row in rows for field in row} - set(table.names)
    if unknown:
        raise KeyError(f"{name} has no {sorted(unknown)}")
    columns: dict[str, list[Any]] = {field: [row.get(field) for row in rows] for field in table.names}
    columns |= {"source_file": ["f.xlsx"] * len(rows), "source_sheet": ["S"] * len(rows), "source_row": list(range(2, len(rows) + 2))}
    return frame_of(table, columns, len(rows))


def _plain(value: Any) -> Any:
    return None if pd.isna(value) else value


@pytest.fixture(scope="session")
def facts() -> Callable[..., Facts]:
    """``facts(sales=[{...}, ...], as_of=..., response_target_hours=..., attainment_from=...)``: every table is there, those not given are empty."""

    def make(
        as_of: dt.datetime = AS_OF, response_target_hours: float = 24.0, attainment_from: AttainmentFrom = "sales_amount", **rows: Sequence[Row]
    ) -> Facts:
        unknown = set(rows) - set(TABLES)
        if unknown:
            raise KeyError(f"no tables {sorted(unknown)}")
        return Facts({name: _frame(name, rows.get(name, ())) for name in TABLES}, as_of, response_target_hours, attainment_from=attainment_from)

    return make


@pytest.fixture(scope="session")
def cells_of() -> Callable[[Kpi, Facts], dict[tuple[Any, ...], tuple[float, float, int]]]:
    """A KPI's cells: (manager, month), or (manager, team, month) where a team is named -> numerator, denominator, n.

    Owners that are missing are None. Two cells of one owner and month are an error.
    """

    def read(kpi: Kpi, given: Facts) -> dict[tuple[Any, ...], tuple[float, float, int]]:
        found: dict[tuple[Any, ...], tuple[float, float, int]] = {}
        for row in kpi.cells(given).itertuples():
            manager, team = _plain(row.manager), _plain(row.team)
            key = (manager, row.month) if team is None else (manager, team, row.month)
            assert key not in found, f"{key} has two cells"
            found[key] = (row.numerator, row.denominator, row.n)
        return found

    return read


@pytest.fixture(scope="session")
def values_of() -> Callable[..., dict[tuple[str, str], float | None]]:
    """A KPI's figures from facts: (subject, period) -> value, None where it is not told; the subject is '' for all."""

    def read(
        kpi: Kpi,
        given: Facts,
        by: By = "all",
        every: Any = "month",
        start: str = "2026-01",
        end: str = "2026-12",
        managers: Sequence[str] | None = None,
    ) -> dict[tuple[str, str], float | None]:
        people = given["managers"].drop_duplicates("name", keep="last")
        roster = pd.DataFrame({"manager": people["name"], "team": people["team"].fillna("")})
        frame = evaluate.scorecard(evaluate.cells(given, [kpi]), roster, by=by, every=every, start=start, end=end, kpis=[kpi], managers=managers)
        return {("" if by == "all" else row[by], row["period"]): _plain(row["value"]) for row in frame.to_dict("records")}

    return read


@pytest.fixture
def no_cells() -> pd.DataFrame:
    """What a KPI gives for no facts: no row, every column, the declared types."""
    return pd.DataFrame({name: pd.Series(dtype=dtype) for name, dtype in CELL_COLUMNS.items() if name != "kpi"})
