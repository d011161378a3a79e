"""What holds for every KPI and any facts: sums add up, order is nothing, inputs stay, engines agree."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from typing import Any

import pandas as pd
import polars as pl
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from amdash.metrics import evaluate
from amdash.metrics.attribution import attribute
from amdash.metrics.catalogue import KPIS
from amdash.metrics.spec import CELL_COLUMNS, Facts, Kpi
from amdash.schema import TABLES

Make = Callable[..., Facts]
Rows = Mapping[str, list[dict[str, Any]]]
ALL = pytest.mark.parametrize("kpi", KPIS.values(), ids=lambda kpi: kpi.id)
OWNER = ["kpi", "manager", "team", "month"]
# The tables a KPI counts rows of one by one: its cells of all rows are the cells of the parts, added up.
ADDITIVE = {
    "csat": "surveys",
    "satisfaction_score": "surveys",
    "nps": "surveys",
    "sales_amount": "sales",
    "complaint_resolution": "complaints",
    "response_time": "tickets",
    "response_in_target": "tickets",
    "answer_rate": "tickets",
    "first_resolution": "tickets",
}

moments = st.datetimes(dt.datetime(2026, 9, 1), dt.datetime(2026, 11, 24)).map(lambda moment: moment.replace(second=0, microsecond=0))
days = moments.map(lambda moment: moment.replace(hour=0, minute=0))
managers = st.sampled_from([None, "李明", "王芳", "赵强"])
teams = st.sampled_from([None, "华东组", "华南组"])
regions = st.sampled_from([None, "华东", "华南"])
# Few, so that they meet again in other rows and other tables.
customers = st.sampled_from([None, "甲", "乙", "丙"])
numbers = st.sampled_from([None, None, "K1", "K2"])
flags = st.sampled_from([None, True, False])
amounts = st.integers(-50_000, 500_000).map(lambda cents: cents / 100)
marks = st.sampled_from([(0.0, 5.0), (3.0, 5.0), (4.0, 5.0), (8.0, 10.0), (79.0, 100.0), (1.0, 1.0), (None, 5.0), (4.0, None)])


def row(**fields: Any) -> st.SearchStrategy[dict[str, Any]]:
    return st.fixed_dictionaries(fields)


def marked(**fields: Any) -> st.SearchStrategy[dict[str, Any]]:
    return st.tuples(row(**fields), marks).map(lambda pair: {**pair[0], "score": pair[1][0], "scale": pair[1][1]})


# Most sales count, so that there is something to get wrong.
STATUS = st.sampled_from([None, None, "won", "won", "won", "lost", "open", "cancelled"])
ROWS: dict[str, st.SearchStrategy[dict[str, Any]]] = {
    "sales": row(
        date=st.one_of(st.none(), days, days, days),
        amount=st.one_of(st.none(), amounts),
        manager=managers,
        customer=customers,
        customer_no=numbers,
        order_no=st.sampled_from([None, "A1", "A2", "A3"]),
        region=regions,
        status=STATUS,
        returned=flags,
    ),
    "tickets": row(
        opened_at=moments,
        response_hours=st.one_of(st.none(), st.integers(0, 60)),
        answered=flags,
        resolved=flags,
        resolved_at=st.one_of(st.none(), moments),
        resolution_hours=st.one_of(st.none(), st.integers(0, 60)),
        status=st.sampled_from([None, "open", "resolved"]),
        manager=managers,
        customer=customers,
    ),
    "complaints": row(
        received_on=days,
        resolved_on=st.one_of(st.none(), days),
        resolved=flags,
        status=st.sampled_from([None, "open", "resolved"]),
        manager=managers,
    ),
    "surveys": marked(date=days, manager=managers, likelihood=st.one_of(st.none(), st.integers(0, 10))),
    "staff_surveys": marked(date=days, manager=managers, team=teams),
}
# Of equal targets and list entries the last one holds, so these are told apart.
GOALS = st.lists(
    row(period=st.sampled_from(["2026-09", "2026-10", "2026-11"]), value=st.integers(0, 5000), manager=managers, team=teams, region=regions),
    max_size=6,
    unique_by=lambda goal: (goal["period"], goal["manager"] or goal["team"] or goal["region"]),
)
PEOPLE = st.lists(
    row(name=managers.filter(bool), team=teams, hired_on=st.one_of(st.none(), days)), max_size=3, unique_by=lambda person: person["name"]
)
KNOWN = st.lists(
    row(customer=customers.filter(bool), customer_no=numbers, since=st.one_of(st.none(), days)), max_size=3, unique_by=lambda one: one["customer"]
)
FACTS = st.fixed_dictionaries(
    {
        **{name: st.lists(one, min_size=6 if name == "sales" else 0, max_size=8) for name, one in ROWS.items()},
        "targets": GOALS,
        "managers": PEOPLE,
        "customers": KNOWN,
    }
)
# A customer's first sale is the earliest row's: on one day the order of the rows decides, so every sale has a day of its own.
DISTINCT = FACTS.map(lambda rows: {**rows, "sales": list({sale["date"]: sale for sale in rows["sales"]}.values())})
# Every example measures all KPIs: shrinking a failing one would take minutes, and none has more than eight rows a table.
few = settings(max_examples=6, phases=[Phase.explicit, Phase.generate], suppress_health_check=[HealthCheck.too_slow])


def summed(*parts: pd.DataFrame) -> pd.DataFrame:
    stacked = pd.concat(parts, ignore_index=True)
    return stacked.groupby(OWNER, dropna=False).sum().reset_index().sort_values(OWNER, ignore_index=True)


@pytest.mark.parametrize("name", ADDITIVE)
@given(data=st.data())
@few
def test_the_cells_of_all_rows_are_those_of_two_halves_added_up(facts: Make, name: str, data: st.DataObject) -> None:
    kpi, table = KPIS[name], ADDITIVE[name]
    rows = data.draw(st.lists(ROWS[table], max_size=10))
    first = data.draw(st.lists(st.booleans(), min_size=len(rows), max_size=len(rows)))
    halves = [[one for one, here in zip(rows, first, strict=True) if here is side] for side in (True, False)]
    whole = evaluate.cells(facts(**{table: rows}), [kpi])
    parts = [evaluate.cells(facts(**{table: half}), [kpi]) for half in halves]
    pd.testing.assert_frame_equal(summed(*parts), summed(whole))


@given(rows=DISTINCT, random=st.randoms(use_true_random=False))
@few
def test_the_order_of_rows_is_nothing(facts: Make, rows: Rows, random: Any) -> None:
    shuffled = {name: random.sample(table, len(table)) for name, table in rows.items()}
    one, other = (evaluate.cells(facts(**tables), list(KPIS.values())) for tables in (rows, shuffled))
    pd.testing.assert_frame_equal(one, other)


@given(rows=FACTS)
@few
def test_cells_are_typed_one_per_owner_and_within_bounds_and_no_input_changes(facts: Make, rows: Rows) -> None:
    given_facts = facts(**rows)
    before = {name: frame.copy(deep=True) for name, frame in given_facts.tables.items()}
    for kpi in KPIS.values():
        frame = kpi.cells(given_facts)
        assert frame.dtypes.astype(str).to_dict() == {name: dtype for name, dtype in CELL_COLUMNS.items() if name != "kpi"}
        assert not frame.duplicated(["manager", "team", "month"]).any()
        assert frame["month"].isin(["2026-09", "2026-10", "2026-11"]).all()
        assert (frame["n"] >= 0).all()
        if kpi.share:
            assert (frame["numerator"] <= frame["denominator"] + 1e-9).all()
            assert (frame["denominator"] == frame["n"]).all()
        kpi.behind(given_facts)
    attribute(given_facts.tables)
    for name, frame in given_facts.tables.items():
        pd.testing.assert_frame_equal(frame, before[name])


@given(rows=FACTS)
@few
def test_polars_gives_the_same_cells(facts: Make, rows: Rows) -> None:
    given_facts = facts(**rows)
    tables: dict[str, Any] = {name: pl.from_pandas(frame) for name, frame in given_facts.tables.items()}
    for kpi in KPIS.values():
        # The list of managers is a pandas frame to new_customers, whatever the facts are in.
        here = tables | {"managers": given_facts["managers"]} if kpi.id == "new_customers" else tables
        pd.testing.assert_frame_equal(kpi.cells(Facts(here, given_facts.as_of)), kpi.cells(given_facts))


@ALL
def test_no_facts_give_no_cells(facts: Make, kpi: Kpi, no_cells: pd.DataFrame) -> None:
    pd.testing.assert_frame_equal(kpi.cells(facts()), no_cells)


def bare() -> dict[str, list[dict[str, Any]]]:
    """Two rows a table with its required columns alone (and a scale, which ingest always gives)."""
    values = {"date": "2026-10-08", "datetime": "2026-10-08 10:00", "period": "2026-10", "money": 100.0, "score": 4.0, "name": "李明", "text": "…"}
    scale: dict[str, dict[str, Any]] = {"surveys": {"scale": 5}, "staff_surveys": {"scale": 5}}
    return {name: [{field: values[table.field(field).kind] for field in table.required} | scale.get(name, {})] * 2 for name, table in TABLES.items()}


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("sales_amount", (200, 0, 2)),
        ("sales_attainment", (200, 100, 1)),
        ("new_customers", None),
        ("net_sales", None),
        ("return_rate", None),
        ("win_rate", None),
        ("nps", None),
        ("answer_rate", None),
        ("first_resolution", None),
        ("csat", (2, 2, 2)),
        ("satisfaction_score", (1.6, 2, 2)),
        ("response_time", None),
        ("response_in_target", None),
        ("complaint_resolution", None),
        # Complaints of customers whom nobody knows.
        ("complaint_rate", (2, 0, 0)),
        ("staff_satisfaction", None),
    ],
)
def test_sheets_with_their_required_columns_alone(facts: Make, cells_of: Any, name: str, expected: tuple[float, float, int] | None) -> None:
    assert cells_of(KPIS[name], facts(**bare())) == ({} if expected is None else {(None, "2026-10"): pytest.approx(expected)})


def test_a_thousand_managers(facts: Make) -> None:
    names = [f"经理{number:04d}" for number in range(1000)]
    given_facts = facts(
        managers=[{"name": name, "team": f"组{place % 10}"} for place, name in enumerate(names)],
        sales=[{"date": "2026-10-08", "amount": 10.0, "manager": name, "customer": f"客户{name}"} for name in names],
        targets=[{"period": "2026-10", "value": 20.0, "manager": name} for name in names],
        tickets=[{"opened_at": "2026-10-08 10:00", "response_hours": 2, "manager": name, "customer": f"客户{name}"} for name in names],
        complaints=[{"received_on": "2026-10-08", "resolved": True, "manager": name} for name in names[:500]],
        surveys=[{"date": "2026-10-08", "score": 4 + place % 2, "scale": 5, "manager": name} for place, name in enumerate(names)],
        staff_surveys=[{"date": "2026-10-08", "score": 4, "scale": 5, "team": f"组{place % 10}"} for place in range(1000)],
    )
    roster = pd.DataFrame({"manager": names, "team": [f"组{place % 10}" for place in range(1000)]})
    measured = evaluate.cells(given_facts, list(KPIS.values()))
    everybody = {
        "sales_amount": 10_000,
        "sales_attainment": 0.5,
        "new_customers": 1,
        "csat": 1,
        "satisfaction_score": 0.9,
        "response_time": 2,
        "response_in_target": 1,
        "answer_rate": 1,
        "complaint_resolution": 1,
        "complaint_rate": 0.5,
        "staff_satisfaction": 0.8,
    }
    span: dict[str, Any] = {"every": "month", "start": "2026-10", "end": "2026-10", "kpis": list(KPIS.values())}
    card = evaluate.scorecard(measured, roster, by="all", **span)
    assert dict(zip(card["kpi"], card["value"], strict=True)) == pytest.approx(everybody)
    counts = evaluate.scorecard(measured, roster, by="manager", **span)["kpi"].value_counts().to_dict()
    assert counts == {name: 500 if name == "complaint_resolution" else 1000 for name in everybody if name != "staff_satisfaction"}
    teams_ = evaluate.scorecard(measured, roster, by="team", **span)
    assert teams_["kpi"].value_counts().to_dict() == dict.fromkeys(everybody, 10)
    assert teams_.loc[teams_["kpi"] == "sales_amount", "value"].tolist() == [1000] * 10
