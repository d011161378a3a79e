"""Every cell of every KPI is the same on pandas, Polars and DuckDB, to the last bit."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from amdash.errors import AmdashError
from amdash.metrics import engines, evaluate
from amdash.metrics.attribution import attribute
from amdash.metrics.catalogue import KPIS
from amdash.metrics.engines import ENGINES, on_engine
from amdash.metrics.spec import CELL_COLUMNS, AttainmentFrom, Facts
from amdash.metrics.workdays import OpeningHours, workweek
from amdash.service.workspace import Workspace
from tests.metrics.files import facts_of

Make = Callable[..., Facts]
ALL = list(KPIS.values())
ADD_UP = {kpi.id for kpi in ALL if kpi.window_months == 1 and kpi.measure not in ("quantile", "derived")}
OTHERS = [engine for engine in ENGINES if engine != "pandas"]
ON_OTHERS = pytest.mark.parametrize("engine", OTHERS)
DAY = workweek((dt.time(9), dt.time(12)), (dt.time(13), dt.time(18)))
OFFICE = OpeningHours(DAY, "CN")
# Past midnight.
NIGHT = OpeningHours(workweek((dt.time(22), dt.time(6))))
TODAY = dt.date(2026, 11, 24)


def same_everywhere(given_facts: Facts, engine: str | None = None) -> pd.DataFrame:
    """The cells on pandas, which are those of the other engines too, and of the facts as they are."""
    expected = evaluate.detail(given_facts, ALL)
    for other in OTHERS if engine is None else [engine]:
        found = evaluate.detail(given_facts, ALL, other)
        pd.testing.assert_frame_equal(found, expected, check_exact=True, obj=other)
        assert found.dtypes.astype(str).to_dict() == CELL_COLUMNS
    for kpi in ALL:
        mine = expected.loc[expected["kpi"] == kpi.id].drop(columns="kpi").reset_index(drop=True)
        pd.testing.assert_frame_equal(kpi.cells(given_facts), mine, check_exact=True, obj=kpi.id)
    return expected


@pytest.fixture(scope="module")
def demo_facts(demo_ws: Workspace) -> Facts:
    return demo_ws.facts()


@pytest.mark.parametrize("opening", [None, OFFICE, NIGHT], ids=["always", "office", "night"])
@ON_OTHERS
def test_the_demo(demo_facts: Facts, engine: str, opening: OpeningHours | None) -> None:
    found = same_everywhere(replace(demo_facts, opening=opening), engine)
    # Nothing is the same for want of figures: retention has the one month that two years lead up to.
    assert found.groupby("kpi").size().min() >= 8
    # Nobody is asked how likely they are to recommend, and no deal is lost.
    assert set(found["kpi"]) >= ADD_UP - {"nps", "win_rate"}


@ON_OTHERS
def test_the_demo_with_net_sales_held_against_the_targets(demo_facts: Facts, engine: str) -> None:
    found = same_everywhere(replace(demo_facts, attainment_from="net_sales"), engine)
    gross = evaluate.detail(demo_facts, [KPIS["sales_attainment"]])
    net = found[found["kpi"] == "sales_attainment"]
    assert net["numerator"].sum() < gross["numerator"].sum()


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        (["supermarket_cn/orders.xlsx"], {"sales_amount", "new_customers", "csat"}),
        (
            ["crm_pipeline/sales_pipeline.csv", "crm_pipeline/accounts.csv", "crm_pipeline/sales_teams.csv"],
            {"sales_amount", "win_rate", "new_customers"},
        ),
    ],
    ids=["supermarket", "crm"],
)
@ON_OTHERS
def test_real_data(real_data: Path, files: list[str], expected: set[str], engine: str) -> None:
    found = same_everywhere(facts_of(*(real_data / name for name in files)), engine)
    assert expected <= set(found["kpi"])


moments = st.datetimes(dt.datetime(2026, 8, 1), dt.datetime(2026, 11, 24))
# The ends of months and years, leap days, and the hours in which other places turn their clocks: local times have no such hours.
EDGES = st.sampled_from(
    [
        dt.datetime(2024, 2, 29, 23, 59, 59, 999_999),
        dt.datetime(2024, 3, 1),
        dt.datetime(2025, 12, 31, 23, 59),
        dt.datetime(2026, 1, 1),
        dt.datetime(2026, 3, 29, 2, 30),
        dt.datetime(2026, 10, 25, 2, 30),
        dt.datetime(2026, 10, 31, 18),
        dt.datetime(2000, 2, 29, 12),
        dt.datetime(1969, 12, 31, 23, 59, 59, 1),
    ]
)
MOMENTS = st.one_of(st.none(), moments, EDGES)
DAYS = MOMENTS.map(lambda moment: moment and moment.replace(hour=0, minute=0, second=0, microsecond=0))
FLAGS = st.sampled_from([None, True, False])
NAMES = st.sampled_from([None, "李明", "王芳", "Ünal", ""])
CUSTOMERS = st.sampled_from([None, "甲", "乙", "丙"])
NUMBERS = st.sampled_from([None, "K1", "K2"])
AMOUNTS = st.one_of(st.none(), st.floats(-1e9, 1e9), st.sampled_from([0.1, -0.1, 1e14, -1e14, 1e-7, 0.0, 33.33]))
HOURS = st.one_of(st.none(), st.floats(0, 1000), st.sampled_from([24.0, 1e-6]))
SCORES = st.one_of(st.none(), st.integers(0, 10))
SCALES = st.sampled_from([None, 3.0, 5.0, 7.0, 10.0])
STATUS = st.sampled_from([None, "won", "lost", "open", "cancelled", "resolved"])
FILES = st.sampled_from(["销售-2026-09.xlsx", "销售-2026-10.xlsx", "sales.csv"])


def rows_of(least: int = 0, **fields: st.SearchStrategy[Any]) -> st.SearchStrategy[list[dict[str, Any]]]:
    return st.lists(st.fixed_dictionaries(fields), min_size=least, max_size=8)


FACTS = st.fixed_dictionaries(
    {
        "sales": rows_of(
            3,
            date=DAYS,
            amount=AMOUNTS,
            manager=NAMES,
            customer=CUSTOMERS,
            customer_no=NUMBERS,
            order_no=st.sampled_from([None, "A1", "A2"]),
            region=st.sampled_from([None, "华东", "华南"]),
            status=STATUS,
            returned=FLAGS,
            source_file=FILES,
        ),
        "returns": rows_of(order_no=st.sampled_from(["A1", "A9"]), returned=FLAGS),
        "tickets": rows_of(
            2,
            opened_at=MOMENTS,
            first_response_at=MOMENTS,
            response_hours=HOURS,
            resolved_at=MOMENTS,
            resolution_hours=HOURS,
            answered=FLAGS,
            resolved=FLAGS,
            status=STATUS,
            manager=NAMES,
            customer=CUSTOMERS,
        ),
        "complaints": rows_of(received_on=DAYS, resolved_on=DAYS, resolved=FLAGS, status=STATUS, manager=NAMES, customer=CUSTOMERS),
        "surveys": rows_of(date=DAYS, score=SCORES, scale=SCALES, likelihood=SCORES, manager=NAMES),
        "staff_surveys": st.lists(
            st.fixed_dictionaries({"date": DAYS, "score": SCORES, "scale": SCALES, "manager": NAMES, "team": st.sampled_from([None, "东"])}),
            max_size=12,
        ),
        "targets": rows_of(
            period=st.sampled_from(["2026-09", "2026-10", "2026-Q3", "2026"]),
            value=st.sampled_from([None, 0.0, 100.0, 1e5 / 3]),
            manager=NAMES,
            team=st.sampled_from([None, "东"]),
            region=st.sampled_from([None, "华东", "华南"]),
            kpi=st.sampled_from([None, "sales_amount", "csat"]),
        ),
        "managers": rows_of(name=NAMES.filter(bool), team=st.sampled_from([None, "东", "西"]), hired_on=DAYS, left_on=DAYS),
        "customers": rows_of(customer=CUSTOMERS.filter(bool), customer_no=NUMBERS, since=DAYS),
    }
)
few = settings(max_examples=4, phases=[Phase.explicit, Phase.generate], suppress_health_check=[HealthCheck.too_slow])


@given(rows=FACTS, opening=st.sampled_from([None, OFFICE, NIGHT]), attainment_from=st.sampled_from(["sales_amount", "net_sales"]))
@few
def test_facts_at_random(facts: Make, rows: dict[str, Any], opening: OpeningHours | None, attainment_from: AttainmentFrom) -> None:
    files = [row.pop("source_file") for row in rows["sales"]]
    made = facts(**rows)
    tables = attribute({**made.tables, "sales": made["sales"].assign(source_file=pd.Series(files, dtype="str"))})
    before = {name: frame.copy(deep=True) for name, frame in tables.items()}
    same_everywhere(Facts(tables, made.as_of, 24.0, opening, attainment_from))
    for name, frame in tables.items():
        pd.testing.assert_frame_equal(frame, before[name])


@given(rows=FACTS, random=st.randoms(use_true_random=False))
@few
def test_the_order_in_which_an_engine_holds_the_rows_is_nothing(facts: Make, rows: dict[str, Any], random: Any) -> None:
    for row in rows["sales"]:
        del row["source_file"]
    made = on_engine(facts(**rows))
    shuffled = {name: frame.iloc[random.sample(range(len(frame)), len(frame))].reset_index(drop=True) for name, frame in made.tables.items()}
    mixed = replace(made, tables=shuffled, made={})
    for name in ADD_UP:
        pd.testing.assert_frame_equal(KPIS[name].cells(mixed), KPIS[name].cells(made), check_exact=True)


def everything(**changed: Any) -> dict[str, list[dict[str, Any]]]:
    """One row a table, of which every KPI can be told."""
    sale = {"date": "2026-10-31", "amount": 0.1, "manager": "李明", "customer": "甲", "order_no": "A1", "status": "won", "returned": False}
    ticket = {"opened_at": "2026-10-31 23:59:59.999999", "first_response_at": "2026-11-01 10:00", "resolved_at": "2026-11-02", "manager": "李明"}
    return {
        "sales": [sale, {**sale, "status": "lost", "order_no": "A2"}],
        "tickets": [ticket],
        "complaints": [{"received_on": "2026-10-31", "resolved": True, "manager": "李明"}],
        "surveys": [{"date": "2026-10-31", "score": 4, "scale": 5, "likelihood": 9, "manager": "李明"}],
        "staff_surveys": [{"date": "2026-10-31", "score": 4, "scale": 5, "team": "东"}] * 5,
        "targets": [{"period": "2026-10", "value": 3.0, "manager": "李明"}],
        "managers": [{"name": "李明", "team": "东"}],
        **changed,
    }


def test_one_row_a_table(facts: Make) -> None:
    found = same_everywhere(facts(**everything())).set_index(["kpi", "month"])
    assert set(found.index.unique("kpi")) == ADD_UP
    # A month ends at midnight, and 0.1 stays 0.1.
    assert set(found.index.unique("month")) == {"2026-10"}
    assert found.loc[("sales_amount", "2026-10"), "numerator"] == 0.1
    # From a microsecond before midnight to ten.
    assert found.loc[("response_time", "2026-10"), "numerator"] == 36_000_000_001 / 3_600_000_000


def test_no_rows(facts: Make) -> None:
    assert same_everywhere(facts()).empty


def test_rows_of_which_nothing_is_known(facts: Make) -> None:
    assert same_everywhere(facts(**{name: [{}] * 2 for name in ("sales", "tickets", "complaints", "surveys", "staff_surveys", "returns")})).empty


def test_of_one_day_the_first_row_decides_and_of_equal_entries_the_last(facts: Make) -> None:
    sale = {"date": "2026-10-08", "amount": 5.0, "customer": "甲", "order_no": "A1", "returned": False}
    people = [{"name": "李明", "team": "东"}, {"name": "李明", "team": "西"}]
    aims = [{"period": "2026-10", "value": 10.0, "manager": "李明"}, {"period": "2026-Q4", "value": 3.0, "manager": "李明"}]
    given_facts = facts(
        sales=[{**sale, "manager": "王芳"}, {**sale, "manager": "李明"}], managers=people, targets=[*aims, {**aims[0], "value": 20.0}]
    )
    found = same_everywhere(given_facts).set_index(["kpi", "manager"])
    assert found.loc["new_customers", "numerator"].to_dict() == {"李明": 0, "王芳": 1}
    assert found.loc["return_rate"].index.tolist() == ["王芳"]
    # Of the quarter's target a third is left to each of its months, where a month has none of its own.
    assert found.loc["sales_attainment", "denominator"].to_dict() == {"李明": 20.0}


@pytest.mark.parametrize(("amounts", "expected"), [([1e15, 0.1, -1e15], 0.1), ([0.1] * 10, 1.0), ([9e14, 0.25, 1e-6], 900_000_000_000_000.2)])
def test_very_large_and_very_small_amounts(facts: Make, amounts: list[float], expected: float) -> None:
    found = same_everywhere(facts(sales=[{"date": "2026-10-08", "amount": amount, "manager": "李明"} for amount in amounts]))
    assert found.loc[found["kpi"] == "sales_amount", "numerator"].tolist() == [expected]


def test_what_several_kpis_count_is_made_once(facts: Make) -> None:
    calls: list[str] = []

    @engines.once
    def counted(given_facts: Facts, table: str) -> Any:
        calls.append(table)
        return given_facts[table]

    plain = facts()
    ready = on_engine(plain)
    for given_facts in (ready, ready, plain, plain):
        counted(given_facts, "sales")
        counted(given_facts, "tickets")
    assert calls == ["sales", "tickets"] + ["sales", "tickets"] * 2


@ON_OTHERS
def test_passes_at_the_same_time(facts: Make, engine: str) -> None:
    given_facts = [facts(**everything(sales=[{"date": "2026-10-08", "amount": float(number)}])) for number in range(4)]
    kpis = [KPIS[name] for name in ("sales_amount", "new_customers", "response_time")]
    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(lambda one: evaluate.detail(one, kpis, engine), given_facts))
    assert [frame.loc[frame["kpi"] == "sales_amount", "numerator"].tolist() for frame in found] == [[0.0], [1.0], [2.0], [3.0]]


def test_a_name_that_is_no_engine(facts: Make) -> None:
    with pytest.raises(AmdashError) as caught:
        evaluate.cells(facts(), ALL, "spreadsheet")
    assert caught.value.code == "unknown_engine"
    assert caught.value.fields == {"engine": "spreadsheet", "known": "pandas, polars, duckdb"}


def test_an_engine_that_is_not_installed(facts: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engines, "find_spec", lambda name: None)
    with pytest.raises(AmdashError) as caught:
        on_engine(facts(), "duckdb")
    assert caught.value.code == "engine_missing"
    assert caught.value.fields == {"engine": "duckdb"}


@pytest.mark.parametrize("engine", ENGINES)
def test_tables_stay_as_they_are_and_dates_get_their_months(facts: Make, engine: str) -> None:
    sales: list[Mapping[str, Any]] = [{"date": "2026-10-31", "amount": 1.0, "product": "轴承"}, {"date": None, "amount": 2.0}]
    given_facts = facts(sales=sales, targets=[{"period": "2026-Q4", "value": 1.0}])
    before = {name: frame.copy(deep=True) for name, frame in given_facts.tables.items()}
    ready = on_engine(given_facts, engine)
    rows = engines.collected(engines.placed(ready, "sales"))
    assert rows["place"].tolist() == [0, 1]
    assert rows["month"].fillna("").tolist() == ["2026-10", ""]
    assert rows["month"].dtype == "str"
    assert "product" not in rows
    assert "month" not in engines.collected(engines.placed(ready, "targets"))
    for name, frame in given_facts.tables.items():
        pd.testing.assert_frame_equal(frame, before[name])
