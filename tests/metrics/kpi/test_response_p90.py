"""90th percentile of response time: of the tickets themselves, of any group and span."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pandas as pd
import pytest

from amdash.metrics import evaluate
from amdash.metrics.kpi.response_p90 import KPI
from amdash.metrics.spec import Facts

Make = Callable[..., Facts]
ROSTER = pd.DataFrame({"manager": ["李明", "王芳"], "team": ["华东组", "华东组"]})


def ticket(hours: float | None, manager: str = "李明", day: str = "2026-10-08") -> dict[str, Any]:
    opened = pd.Timestamp(f"{day} 09:00")
    return {"opened_at": opened, "first_response_at": None if hours is None else opened + pd.Timedelta(hours=hours), "manager": manager}


def values(given: Facts, by: Any, every: Any = "month") -> dict[Any, tuple[float, int]]:
    frame = evaluate.scorecard(
        evaluate.cells(given, [KPI]), ROSTER, by=by, every=every, start="2026-01", end="2026-12", kpis=[KPI], cases=evaluate.samples(given, [KPI])
    )
    return {(row["manager"] or row["team"], row["period"]): (row["value"], row["n"]) for row in frame.to_dict("records")}


def test_of_a_manager_a_team_and_a_quarter(facts: Make) -> None:
    given = facts(tickets=[ticket(1), ticket(2), ticket(4), ticket(None), ticket(10, "王芳"), ticket(20, "王芳", "2026-11-08")])
    # Type 7: between the neighbours of place (n - 1) x 0.9, in proportion.
    assert values(given, "manager") == {
        ("李明", "2026-10"): (pytest.approx(3.6), 3),
        ("王芳", "2026-10"): (10, 1),
        ("王芳", "2026-11"): (20, 1),
    }
    assert values(given, "team", "quarter") == {("华东组", "2026-Q4"): (pytest.approx(16), 5)}


def test_it_has_no_cells_and_no_target(facts: Make) -> None:
    assert evaluate.cells(facts(tickets=[ticket(1)]), [KPI]).empty
    assert (KPI.target, KPI.weighted, KPI.min_sample, KPI.quantile) == (None, False, 10, 0.9)
