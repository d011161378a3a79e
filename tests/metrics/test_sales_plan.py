"""Sales targets of the ledger as attainment takes them: where no sheet speaks, and of whom was there."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from amdash.metrics.sales_plan import sales_plan
from amdash.metrics.spec import Facts
from amdash.metrics.target_sheet import Stated

Make = Callable[..., Facts]


PEOPLE = [{"name": "李明", "team": "华东组"}, {"name": "王芳", "team": "华东组"}]
SALES = [{"date": f"2026-0{month}-05", "amount": 10.0, "manager": "李明"} for month in (7, 8)] + [
    {"date": "2026-08-09", "amount": 1.0, "manager": "赵强"}
]
EVERYBODY = [Stated("sales_amount", "everybody", "", "2026-01", 100.0)]


def plan(facts: Make, entries: Sequence[Stated], people: Sequence[dict[str, Any]] = PEOPLE, **tables: Any) -> dict[tuple[str, str], float]:
    frame = sales_plan(facts(managers=people, sales=SALES, **tables).tables, entries)
    return {(row["manager"], row["period"]): row["value"] for row in frame.to_dict("records")}


def test_everybody_in_the_months_that_have_sales(facts: Make) -> None:
    assert plan(facts, EVERYBODY) == {(name, month): 100 for name in ("李明", "王芳", "赵强") for month in ("2026-07", "2026-08")}
    assert plan(facts, []) == {}
    assert plan(facts, [Stated("sales_amount", "manager", "李明", "2026-08", 5.0)]) == {("李明", "2026-08"): 5}


def test_who_was_not_there_is_asked_for_nothing(facts: Make) -> None:
    people = [{"name": "李明", "left_on": "2026-07-31"}, {"name": "王芳", "hired_on": "2026-08-15"}]
    found = plan(facts, EVERYBODY, people)
    assert sorted(found) == [("李明", "2026-07"), ("王芳", "2026-08"), ("赵强", "2026-07"), ("赵强", "2026-08")]


def test_a_sheets_own_target_goes_before(facts: Make) -> None:
    targets = [
        {"period": "2026-Q3", "value": 900.0, "manager": "李明"},
        {"period": "2026-08", "value": 7.0, "manager": "王芳", "kpi": "sales_amount"},
    ]
    assert sorted(plan(facts, EVERYBODY, targets=targets)) == [("王芳", "2026-07"), ("赵强", "2026-07"), ("赵强", "2026-08")]
    # A target of another KPI is none of sales.
    assert len(plan(facts, EVERYBODY, targets=[{"period": "2026-Q3", "value": 0.9, "manager": "李明", "kpi": "csat"}])) == 6


def test_a_sheets_team_or_whole_goes_before_what_is_said_of_everybody_and_not_of_one(facts: Make) -> None:
    entries = [*EVERYBODY, Stated("sales_amount", "manager", "王芳", "2026-01", 5.0)]
    team = [{"period": "2026-07", "value": 900.0, "team": "华东组"}]
    assert plan(facts, entries, targets=team) == {
        ("王芳", "2026-07"): 5,
        ("赵强", "2026-07"): 100,
        **{(name, "2026-08"): value for name, value in (("李明", 100), ("王芳", 5), ("赵强", 100))},
    }
    for wide in ({"region": "华东"}, {}):
        assert plan(facts, entries, targets=[{"period": "2026", "value": 900.0, **wide}]) == {("王芳", "2026-07"): 5, ("王芳", "2026-08"): 5}
