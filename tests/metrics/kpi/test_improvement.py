"""Improvement as it stands in the catalogue: derived from the other figures, never from rows."""

from __future__ import annotations

from collections.abc import Callable

from amdash.metrics import evaluate, improvement
from amdash.metrics.kpi.improvement import KPI
from amdash.metrics.spec import Facts

Make = Callable[..., Facts]


def test_it_has_no_cells_and_no_rows_of_its_own(facts: Make) -> None:
    given = facts(
        summary=[{"period": "2026-10", "manager": "李明", "sales_amount": 5.0}],
        surveys=[{"date": "2026-10-08", "score": 5, "scale": 5, "manager": "李明"}],
    )
    assert evaluate.cells(given, [KPI]).empty
    rows = KPI.behind(given)
    assert rows.empty
    assert {"manager", "month", "source_file"} <= set(rows)


def test_it_is_measured_against_the_target_of_the_method_and_does_not_count_in_the_score_it_is_made_of() -> None:
    assert (KPI.target, KPI.higher_is_better, KPI.weighted, KPI.measure) == (improvement.TARGET, True, False, "derived")
    assert improvement.TARGET == 0.10
