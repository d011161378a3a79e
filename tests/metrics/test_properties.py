"""What holds for every KPI and any facts: sums add up however they are grouped, order is nothing, inputs stay, a thousand are as one."""

from __future__ import annotations

import datetime as dt
import math
import time
from collections import defaultdict
from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from amdash.metrics import evaluate
from amdash.metrics.attribution import attribute
from amdash.metrics.catalogue import KPIS
from amdash.metrics.improvement import improvement_of_scorecard
from amdash.metrics.period import Every, period_of, shift
from amdash.metrics.score import CAP
from amdash.metrics.spec import CELL_COLUMNS, By, Facts, Kpi
from amdash.schema import TABLES

Make = Callable[..., Facts]
Rows = Mapping[str, list[dict[str, Any]]]
ALL = pytest.mark.parametrize("kpi", KPIS.values(), ids=lambda kpi: kpi.id)
OWNER = ["kpi", "manager", "team", "month"]
EVERY = list(KPIS.values())
ADDING = [kpi for kpi in EVERY if kpi.window_months == 1 and kpi.measure not in ("quantile", "derived")]
QUANTILES = [kpi for kpi in EVERY if kpi.measure == "quantile"]
LOOKING_BACK = [kpi for kpi in EVERY if kpi.window_months > 1]
DERIVED = [kpi for kpi in EVERY if kpi.measure == "derived"]
# Of all others the cells of all rows are the cells of the parts, added up, whichever way the rows are parted.
MORE_THAN_ROWS = {
    "sales_attainment": "the sales are held against one target",
    "new_customers": "a customer is new once, in the whole business",
    "complaint_rate": "a customer is served once a month, however many rows say so",
    "net_sales": "an order that came back is told by any of its rows, and a sheet that marks returns by any of its own",
    "return_rate": "the same",
    "win_rate": "a sheet that knows of lost deals is told by any of its rows",
    "staff_satisfaction": "fewer than five answers are not told",
}
PERIODS: tuple[Every, ...] = ("month", "quarter", "year", "total")
BYS: tuple[By, ...] = ("manager", "team", "all")
OCTOBER: dict[str, Any] = {"every": "month", "start": "2026-10", "end": "2026-10"}
ALL_MONTHS: dict[str, Any] = {"start": "2026-09", "end": "2026-11"}

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
LEAST = {"sales": 6, "tickets": 3, "surveys": 3}
FACTS = st.fixed_dictionaries(
    {
        **{name: st.lists(one, min_size=LEAST.get(name, 0), max_size=12) for name, one in ROWS.items()},
        "targets": GOALS,
        "managers": PEOPLE,
        "customers": KNOWN,
    }
)
# A customer's first sale is the earliest row's: on one day the order of the rows decides, so every sale has a day of its own.
DISTINCT = FACTS.map(lambda rows: {**rows, "sales": list({sale["date"]: sale for sale in rows["sales"]}.values())})
# Every example measures all KPIs, a third of a second each time: there are few, of many rows each, and a failing one is not made smaller.
few = settings(max_examples=3, phases=[Phase.explicit, Phase.generate], suppress_health_check=[HealthCheck.too_slow])


def measured(given_facts: Facts) -> pd.DataFrame:
    return evaluate.cells(given_facts, EVERY)


def roster_of(given_facts: Facts) -> pd.DataFrame:
    """Columns manager, team: the list, and whoever else has rows."""
    listed = given_facts["managers"].drop_duplicates("name", keep="last")
    named = {name for table in ROWS for name in given_facts[table]["manager"].dropna()}
    people = dict.fromkeys(sorted(named), "") | dict(zip(listed["name"], listed["team"].fillna(""), strict=True))
    return pd.DataFrame({"manager": list(people), "team": list(people.values())}, dtype="str")


def card_of(given_facts: Facts, cells: pd.DataFrame, *, by: By = "all", every: Every = "month", kpis: list[Kpi] | None = None) -> pd.DataFrame:
    """The scorecard of all KPIs."""
    wanted = EVERY if kpis is None else kpis
    cases = evaluate.samples(given_facts, wanted)
    return evaluate.scorecard(cells, roster_of(given_facts), by=by, every=every, kpis=wanted, cases=cases, **ALL_MONTHS)


def known(value: Any) -> Any:
    return None if pd.isna(value) else value


def told(card: pd.DataFrame) -> dict[tuple[str, str, str], tuple[float | None, int]]:
    """(KPI, manager, period) -> value and n."""
    return {(row["kpi"], row["manager"], row["period"]): (known(row["value"]), row["n"]) for row in card.to_dict("records")}


def summed(*parts: pd.DataFrame) -> pd.DataFrame:
    stacked = pd.concat(parts, ignore_index=True)
    return stacked.groupby(OWNER, dropna=False).sum().reset_index().sort_values(OWNER, ignore_index=True)


def copied(tables: Mapping[str, pd.DataFrame]) -> dict[str, pd.DataFrame]:
    return {name: frame.copy(deep=True) for name, frame in tables.items()}


def assert_same(tables: Mapping[str, pd.DataFrame], before: Mapping[str, pd.DataFrame]) -> None:
    for name, frame in tables.items():
        pd.testing.assert_frame_equal(frame, before[name], check_exact=True, obj=name)


def test_every_kpi_is_of_a_kind_whose_properties_are_tested_here() -> None:
    kinds = [ADDING, QUANTILES, LOOKING_BACK, DERIVED]
    assert sorted(kpi.id for kind in kinds for kpi in kind) == sorted(KPIS)
    assert set(MORE_THAN_ROWS) <= {kpi.id for kpi in ADDING}
    # A total or a mean of several months is made of sums; what is not made of sums has no cells to sum.
    assert {kpi.measure for kpi in ADDING} == {"ratio", "mean", "total"}


@given(rows=FACTS)
@few
def test_without_the_rows_behind_it_a_kpi_has_neither_cells_nor_cases(facts: Make, rows: Rows) -> None:
    # So that a pass over the facts may leave it out.
    for kpi in EVERY:
        without = facts(**{**rows, kpi.rows: []})
        assert kpi.cells(without).empty
        assert kpi.samples is None or kpi.samples(without).empty


@given(rows=FACTS, data=st.data())
@few
def test_the_cells_of_all_rows_are_those_of_two_halves_added_up(facts: Make, rows: Rows, data: st.DataObject) -> None:
    sides = {name: data.draw(st.lists(st.booleans(), min_size=len(rows[name]), max_size=len(rows[name]))) for name in ROWS}
    lists = {name: rows[name] for name in rows if name not in ROWS}
    halves = [
        {name: [one for one, here in zip(rows[name], sides[name], strict=True) if here is side] for name in ROWS} | lists for side in (True, False)
    ]
    kpis = [kpi for kpi in ADDING if kpi.id not in MORE_THAN_ROWS]
    whole, *parts = (evaluate.cells(facts(**tables), kpis) for tables in (rows, *halves))
    pd.testing.assert_frame_equal(summed(*parts), summed(whole))


@given(rows=FACTS)
@few
def test_any_group_of_managers_and_months_has_the_sums_of_its_cells(facts: Make, rows: Rows) -> None:
    given_facts = facts(**rows)
    cells = evaluate.cells(given_facts, ADDING)
    roster = roster_of(given_facts)
    home = dict(zip(roster["manager"], roster["team"], strict=True))
    for by in BYS:
        for every in PERIODS:
            wanted: dict[tuple[str, str, str], list[float]] = defaultdict(lambda: [0.0, 0.0, 0])
            for cell in cells.to_dict("records"):
                manager, team = known(cell["manager"]), known(cell["team"])
                subject = {"manager": manager, "team": team or home.get(str(manager)), "all": "all"}[by]
                if subject:
                    group = wanted[cell["kpi"], subject, period_of(cell["month"], every)]
                    for place, name in enumerate(("numerator", "denominator", "n")):
                        group[place] += cell[name]
            frame = evaluate.scorecard(cells, roster, by=by, every=every, kpis=ADDING, **ALL_MONTHS)
            found = {(row["kpi"], "all" if by == "all" else row[by], row["period"]): row for row in frame.to_dict("records")}
            assert found.keys() == wanted.keys()
            for key, (numerator, denominator, n) in wanted.items():
                row, total = found[key], KPIS[key[0]].measure == "total"
                value = numerator if total else numerator / denominator if denominator else None
                assert known(row["value"]) == pytest.approx(value)
                assert (row["numerator"], row["n"]) == (pytest.approx(numerator), n)
                assert known(row["denominator"]) == pytest.approx(None if total else denominator)


@given(rows=FACTS, chosen=st.sets(managers.filter(bool), min_size=1), cut=st.sampled_from(["2026-09", "2026-10"]))
@few
def test_parts_of_the_managers_and_of_the_months_are_told_as_in_the_whole(facts: Make, rows: Rows, chosen: set[str], cut: str) -> None:
    given_facts = facts(**rows)
    cells, cases, roster = measured(given_facts), evaluate.samples(given_facts, EVERY), roster_of(given_facts)
    asked: dict[str, Any] = {"by": "manager", "every": "month", "kpis": EVERY, "cases": cases}
    whole = evaluate.scorecard(cells, roster, **asked, **ALL_MONTHS)
    theirs = evaluate.scorecard(cells, roster, **asked, **ALL_MONTHS, managers=sorted(chosen))
    assert told(theirs) == {key: one for key, one in told(whole).items() if key[1] in chosen}
    before, after = (
        evaluate.scorecard(cells, roster, start=start, end=end, **asked) for start, end in (("2026-09", cut), (shift(cut, 1), "2026-11"))
    )
    assert told(before).keys().isdisjoint(told(after))
    assert told(before) | told(after) == told(whole)


@given(rows=DISTINCT, random=st.randoms(use_true_random=False))
@few
def test_the_order_of_rows_is_nothing(facts: Make, rows: Rows, random: Any) -> None:
    shuffled = {name: random.sample(table, len(table)) for name, table in rows.items()}
    one, other = (facts(**tables) for tables in (rows, shuffled))
    cells, others = measured(one), measured(other)
    pd.testing.assert_frame_equal(others, cells, check_exact=True)
    # The cases are in another order, and their quantiles the same.
    pd.testing.assert_frame_equal(card_of(other, others, kpis=QUANTILES), card_of(one, cells, kpis=QUANTILES), check_exact=True)


@given(rows=FACTS)
@few
def test_cells_are_typed_one_per_owner_and_within_bounds_and_no_input_changes(facts: Make, rows: Rows) -> None:
    given_facts = facts(**rows)
    before = copied(given_facts.tables)
    frame = measured(given_facts)
    assert frame.dtypes.astype(str).to_dict() == CELL_COLUMNS
    assert not frame.duplicated(OWNER).any()
    assert set(frame["manager"].dropna()) <= given_facts.named()
    assert frame["month"].isin(["2026-09", "2026-10", "2026-11"]).all()
    assert (frame["n"] >= 0).all()
    shares = frame[frame["kpi"].isin([kpi.id for kpi in EVERY if kpi.share])]
    assert (shares["numerator"] <= shares["denominator"] + 1e-9).all()
    assert (shares["denominator"] == shares["n"]).all()
    for kpi in EVERY:
        kpi.behind(given_facts)
    attribute(given_facts.tables)
    assert_same(given_facts.tables, before)
    inputs = {"cells": frame, "roster": roster_of(given_facts)} | evaluate.samples(given_facts, EVERY)
    before = copied(inputs)
    cases = {kpi.id: inputs[kpi.id] for kpi in QUANTILES}
    evaluate.scorecard(inputs["cells"], inputs["roster"], by="team", every="quarter", kpis=EVERY, cases=cases, **ALL_MONTHS)
    assert_same(inputs, before)


@given(rows=FACTS)
@few
def test_a_business_of_one_manager_is_that_manager(facts: Make, rows: Rows) -> None:
    alone: dict[str, Any] = {name: [one | {"manager": "李明"} for one in rows[name]] for name in ROWS}
    alone["staff_surveys"] = [one | {"team": "华东组"} for one in alone["staff_surveys"]]
    alone["targets"] = [one | {"manager": "李明", "team": None, "region": None} for one in rows["targets"]]
    given_facts = facts(managers=[{"name": "李明", "team": "华东组"}], customers=rows["customers"], **alone)
    cells = measured(given_facts)
    values = {}
    for by in BYS:
        card = card_of(given_facts, cells, by=by, every="quarter")
        values[by] = {(row["kpi"], row["period"]): (known(row["value"]), row["n"]) for row in card.to_dict("records")}
    assert values["team"] == values["all"]
    # An anonymous survey is no manager's.
    assert values["manager"] == {key: one for key, one in values["all"].items() if key[0] != "staff_satisfaction"}


@given(rows=FACTS)
@few
def test_a_quantile_lies_between_the_cases_that_it_parts(facts: Make, rows: Rows) -> None:
    given_facts = facts(**rows)
    for kpi in QUANTILES:
        assert kpi.samples is not None
        assert kpi.quantile is not None
        cases = kpi.samples(given_facts)
        for every in PERIODS:
            card = card_of(given_facts, kpi.cells(given_facts).assign(kpi=kpi.id), every=every, kpis=[kpi])
            found = {row["period"]: row for row in card.to_dict("records")}
            merged = {str(name): part.tolist() for name, part in cases["value"].groupby([period_of(month, every) for month in cases["month"]])}
            assert found.keys() == merged.keys()
            for period, values in merged.items():
                value, place = found[period]["value"], kpi.quantile * (len(values) - 1)
                assert found[period]["n"] == len(values)
                assert min(values) <= value <= max(values)
                # So many of ten are at most it, and none more than that are less.
                assert sum(one <= value + 1e-9 for one in values) >= math.floor(place) + 1
                assert sum(one < value - 1e-9 for one in values) <= math.ceil(place)


@given(
    sales=st.lists(
        row(
            date=st.integers(0, 27).map(lambda months: pd.Timestamp(f"{shift('2024-08', months)}-15")),
            amount=st.just(100.0),
            manager=managers,
            customer=customers,
            status=st.sampled_from([None, "won"]),
        ),
        min_size=20,
        max_size=60,
    )
)
@settings(parent=few, max_examples=8)
def test_what_looks_back_adds_up_over_managers_and_is_a_share_of_the_customers_then(facts: Make, sales: list[dict[str, Any]]) -> None:
    # One buys every month, so that all windows are covered and none is without a customer.
    steady = [{"date": pd.Timestamp(f"{shift('2024-08', month)}-15"), "amount": 1.0, "manager": "李明", "customer": "丁"} for month in range(28)]
    given_facts = facts(sales=[*sales, *steady])
    bought: dict[str, set[str]] = defaultdict(set)
    for one in (*sales, *steady):
        if one["customer"]:
            bought[f"{one['date']:%Y-%m}"].add(one["customer"])
    for kpi in LOOKING_BACK:
        cells = evaluate.cells(given_facts, [kpi])
        assert sorted(cells["month"].unique()) == [shift("2024-08", months) for months in range(2 * kpi.window_months - 1, 28)]
        assert ((cells["numerator"] >= 0) & (cells["numerator"] <= cells["denominator"])).all()
        for month, of_month in cells.groupby("month"):
            then, now = (
                set().union(*(bought[shift(str(month), -back)] for back in range(first, first + kpi.window_months)))
                for first in (kpi.window_months, 0)
            )
            # Each customer counts once, for one manager or for nobody.
            assert (of_month["denominator"].sum(), of_month["numerator"].sum()) == (len(then), len(then & now))
        year = evaluate.scorecard(cells, roster_of(given_facts), by="all", every="year", start="2026-01", end="2026-11", kpis=[kpi])
        last = evaluate.scorecard(cells, roster_of(given_facts), by="all", every="month", start="2026-11", end="2026-11", kpis=[kpi])
        assert year["value"].tolist() == last["value"].tolist()


@given(rows=FACTS)
@few
def test_an_improvement_is_the_difference_of_two_scores(facts: Make, rows: Rows) -> None:
    given_facts = facts(**rows)
    cells = measured(given_facts)
    for kpi in DERIVED:
        assert cells[cells["kpi"] == kpi.id].empty
    card = card_of(given_facts, cells, by="manager")
    before = card.copy(deep=True)
    found = improvement_of_scorecard(card, EVERY)
    pd.testing.assert_frame_equal(card, before, check_exact=True)
    scores = found[["score", "previous_score"]].to_numpy(dtype="float64")
    assert ((scores[~np.isnan(scores)] >= 0) & (scores[~np.isnan(scores)] <= CAP + 1e-9)).all()
    assert found["change"].tolist() == pytest.approx((found["score"] - found["previous_score"]).tolist(), nan_ok=True)
    again = improvement_of_scorecard(card.sample(frac=1, random_state=1), EVERY)
    key = ["manager", "period"]
    pd.testing.assert_frame_equal(again.sort_values(key, ignore_index=True), found.sort_values(key, ignore_index=True), check_exact=True)


@ALL
def test_no_facts_give_no_cells(facts: Make, kpi: Kpi, no_cells: pd.DataFrame) -> None:
    nothing = facts()
    pd.testing.assert_frame_equal(kpi.cells(nothing), no_cells)
    assert kpi.behind(nothing).empty
    assert evaluate.cells(nothing, [kpi]).dtypes.astype(str).to_dict() == CELL_COLUMNS
    assert {name: frame.empty for name, frame in evaluate.samples(nothing, [kpi]).items()} == ({kpi.id: True} if kpi in QUANTILES else {})


@pytest.mark.parametrize("by", BYS)
def test_no_facts_give_no_scorecard(facts: Make, by: By) -> None:
    nothing = facts()
    cells = measured(nothing)
    for every in PERIODS:
        card = card_of(nothing, cells, by=by, every=every)
        assert (len(card), list(card.columns)) == (0, evaluate.COLUMNS)


def bare() -> dict[str, list[dict[str, Any]]]:
    """Two rows a table with its required columns alone (and a scale, which ingest always gives)."""
    values = {"date": "2026-10-08", "datetime": "2026-10-08 10:00", "period": "2026-10", "money": 100.0, "score": 4.0, "name": "李明", "text": "…"}
    scale: dict[str, dict[str, Any]] = {"surveys": {"scale": 5}, "staff_surveys": {"scale": 5}}
    return {name: [{field: values[table.field(field).kind] for field in table.required} | scale.get(name, {})] * 2 for name, table in TABLES.items()}


# (numerator, denominator, n) of the KPIs that need no more than that; complaints of customers whom nobody knows are no rate.
BARE = {
    "sales_amount": (200, 0, 2),
    "sales_attainment": (200, 100, 1),
    "csat": (2, 2, 2),
    "satisfaction_score": (1.6, 2, 2),
    "complaint_rate": (2, 0, 0),
}


@ALL
def test_sheets_with_their_required_columns_alone(facts: Make, cells_of: Any, kpi: Kpi) -> None:
    given_facts = facts(**bare())
    assert cells_of(kpi, given_facts) == ({(None, "2026-10"): pytest.approx(BARE[kpi.id])} if kpi.id in BARE else {})
    assert {name: frame.empty for name, frame in evaluate.samples(given_facts, [kpi]).items()} == ({kpi.id: True} if kpi in QUANTILES else {})
    assert len(kpi.behind(given_facts)) <= 2


# (value, n) of one row a table; None where one row is too few to be told, or tells nothing.
ONE_ROW = {
    "sales_amount": (100, 1),
    "net_sales": (100, 1),
    "sales_attainment": (0.5, 1),
    "new_customers": (1, 1),
    "return_rate": (0, 1),
    "csat": (1, 1),
    "satisfaction_score": (0.8, 1),
    "nps": (1, 1),
    "response_time": (2, 1),
    "response_median": (2, 1),
    "response_p90": (2, 1),
    "response_in_target": (1, 1),
    "answer_rate": (1, 1),
    "first_resolution": (1, 1),
    "complaint_resolution": (1, 1),
    "complaint_rate": (1, 1),
    # No lost deal, no second year, no fifth answer, no month before.
    "win_rate": None,
    "retention": None,
    "staff_satisfaction": None,
    "improvement": None,
}


def test_one_row_a_table(facts: Make) -> None:
    assert set(ONE_ROW) == set(KPIS)
    who = {"manager": "李明"}
    survey = {"date": "2026-10-08", "score": 4, "scale": 5}
    given_facts = facts(
        managers=[{"name": "李明", "team": "华东组"}],
        customers=[{"customer": "甲"}],
        sales=[{"date": "2026-10-08", "amount": 100.0, "customer": "甲", "order_no": "A1", "status": "won", "returned": False} | who],
        targets=[{"period": "2026-10", "value": 200.0} | who],
        tickets=[{"opened_at": "2026-10-08 10:00", "response_hours": 2, "resolved": True, "customer": "甲"} | who],
        complaints=[{"received_on": "2026-10-09", "resolved": True} | who],
        surveys=[survey | {"likelihood": 9} | who],
        staff_surveys=[survey | {"team": "华东组"}],
    )
    for by in BYS:
        card = card_of(given_facts, measured(given_facts), by=by)
        assert {row["kpi"]: (row["value"], row["n"]) for row in card.to_dict("records")} == {
            name: pytest.approx(told) for name, told in ONE_ROW.items() if told
        }
        assert set(card["period"]) == {"2026-10"}


def crowd(facts: Make, count: int) -> tuple[Facts, pd.DataFrame]:
    """So many managers in ten teams, each with an old customer and a new one, whose order came back; and their roster."""
    names = [f"经理{number:04d}" for number in range(count)]
    people = [{"name": name, "team": f"组{place % 10}"} for place, name in enumerate(names)]
    orders = [
        ("2024-11-08", "旧", "won", False),
        ("2026-10-08", "旧", "won", False),
        ("2026-10-09", "新", "won", True),
        ("2026-10-10", "新", "lost", False),
    ]
    sales = [
        {"date": day, "amount": 10.0, "manager": name, "customer": f"{whose}{name}", "status": status, "returned": returned}
        for name in names
        for day, whose, status, returned in orders
    ]
    given_facts = facts(
        managers=people,
        sales=sales,
        targets=[{"period": "2026-10", "value": 40.0, "manager": name} for name in names],
        tickets=[
            {"opened_at": "2026-10-08 10:00", "response_hours": 2, "resolved": True, "manager": name, "customer": f"旧{name}"} for name in names
        ],
        complaints=[{"received_on": "2026-10-08", "resolved": True, "manager": name} for name in names[: count // 2]],
        surveys=[
            {"date": "2026-10-08", "score": 4 + place % 2, "scale": 5, "likelihood": (10, 3)[place % 2], "manager": name}
            for place, name in enumerate(names)
        ],
        staff_surveys=[{"date": "2026-10-08", "score": 4, "scale": 5, "team": one["team"]} for one in people],
    )
    return given_facts, pd.DataFrame(people).rename(columns={"name": "manager"})


def test_a_thousand_managers(facts: Make) -> None:
    given_facts, roster = crowd(facts, 1000)
    everybody = {
        "sales_amount": 20_000,
        "net_sales": 10_000,
        "sales_attainment": 0.5,
        "new_customers": 1,
        "return_rate": 0.5,
        "win_rate": 2 / 3,
        "retention": 1,
        "csat": 1,
        "satisfaction_score": 0.9,
        "nps": 0,
        "response_time": 2,
        "response_median": 2,
        "response_p90": 2,
        "response_in_target": 1,
        "answer_rate": 1,
        "first_resolution": 1,
        "complaint_resolution": 1,
        "complaint_rate": 0.25,
        "staff_satisfaction": 0.8,
    }
    assert set(everybody) == {kpi.id for kpi in EVERY if kpi not in DERIVED}
    span: dict[str, Any] = OCTOBER | {"kpis": EVERY, "cases": evaluate.samples(given_facts, EVERY)}
    cells = measured(given_facts)
    card = evaluate.scorecard(cells, roster, by="all", **span)
    assert dict(zip(card["kpi"], card["value"], strict=True)) == pytest.approx(everybody)
    counts = evaluate.scorecard(cells, roster, by="manager", **span)["kpi"].value_counts().to_dict()
    assert counts == {name: 500 if name == "complaint_resolution" else 1000 for name in everybody if name != "staff_satisfaction"}
    by_team = evaluate.scorecard(cells, roster, by="team", **span)
    assert by_team["kpi"].value_counts().to_dict() == dict.fromkeys(everybody, 10)
    assert by_team.loc[by_team["kpi"] == "sales_amount", "value"].tolist() == [2000] * 10


def test_four_times_the_managers_take_no_sixteen_times_as_long(facts: Make) -> None:
    taken = []
    for count in (500, 2000):
        given_facts, roster = crowd(facts, count)
        span: dict[str, Any] = OCTOBER | {"kpis": EVERY, "cases": evaluate.samples(given_facts, EVERY)}
        start = time.process_time()
        card = evaluate.scorecard(measured(given_facts), roster, by="manager", **span)
        taken.append(time.process_time() - start)
        assert card["manager"].nunique() == count
    # Twice as much at most, so far; a step of every manager with every other one would take sixteen times as long.
    assert taken[1] < 8 * taken[0]
