"""Cells from sheets that are added up already: their figures, their weights, when detail wins, and where the two differ."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pandas as pd
import polars as pl
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from amdash.metrics import evaluate, summary
from amdash.metrics.catalogue import KPIS
from amdash.metrics.spec import CELL_COLUMNS, Facts

Make = Callable[..., Facts]
Values = dict[tuple[str, str | None, str], Any]
ALL = list(KPIS.values())


def line(period: str = "2026-10", manager: str | None = "李明", **more: Any) -> dict[str, Any]:
    return {"period": period, "manager": manager, **more}


def read(cells: pd.DataFrame) -> Values:
    """(kpi, manager, month) -> numerator, denominator, n."""
    found: Values = {}
    for row in cells.itertuples():
        key = (row.kpi, None if pd.isna(row.manager) else row.manager, row.month)
        assert key not in found, f"{key} has two cells"
        found[key] = (pytest.approx(row.numerator), pytest.approx(row.denominator), row.n)
    return found


def said(facts: Facts) -> Values:
    return read(summary.cells(facts))


def measured(facts: Facts) -> Values:
    return read(evaluate.cells(facts, ALL))


def test_one_row_that_states_everything(facts: Make) -> None:
    counts = {"new_customers": 3, "active_customers": 40, "complaints": 4, "complaints_resolved": 3, "responses": 20, "satisfied": 17}
    more = {"sales_amount": 120_000, "sales_target": 100_000, "tickets": 12, "tickets_answered": 10, "response_hours": 2.5}
    assert measured(facts(summary=[line(**counts, **more)])) == {
        ("sales_amount", "李明", "2026-10"): (120_000, 0, 1),
        ("sales_attainment", "李明", "2026-10"): (120_000, 100_000, 1),
        ("new_customers", "李明", "2026-10"): (3, 1, 1),
        ("csat", "李明", "2026-10"): (17, 20, 20),
        ("complaint_resolution", "李明", "2026-10"): (3, 4, 4),
        ("complaint_rate", "李明", "2026-10"): (4, 40, 40),
        ("response_time", "李明", "2026-10"): (25, 10, 10),
        ("answer_rate", "李明", "2026-10"): (10, 12, 12),
    }


def test_nothing_gives_nothing_and_every_column(facts: Make) -> None:
    for empty in (facts(), facts(summary=[line()])):
        cells = summary.cells(empty)
        assert cells.empty
        assert cells.drop(columns="rounding").dtypes.astype(str).to_dict() == CELL_COLUMNS
        assert evaluate.cells(empty, ALL).empty
    detail = evaluate.detail(facts(), ALL)
    assert summary.completed(detail, facts(), list(KPIS)) is detail


def test_weeks_of_a_month_add_up_and_customers_served_do_not(facts: Make) -> None:
    weeks = [
        line(sales_amount=10, sales_target=20, new_customers=1, active_customers=30, complaints=1),
        line(sales_amount=5, sales_target=20, new_customers=2, active_customers=40, complaints=1),
        line("2026-11", sales_amount=7),
    ]
    assert said(facts(summary=weeks)) == {
        ("sales_amount", "李明", "2026-10"): (15, 0, 2),
        ("sales_amount", "李明", "2026-11"): (7, 0, 1),
        ("sales_attainment", "李明", "2026-10"): (15, 40, 1),
        # One manager-month, of two rows.
        ("new_customers", "李明", "2026-10"): (3, 1, 1),
        # The same forty customers, not seventy.
        ("complaint_rate", "李明", "2026-10"): (2, 40, 40),
    }


def test_a_rate_is_weighted_by_its_count_never_averaged(facts: Make, values_of: Any) -> None:
    rows = [
        line(satisfaction_pct=0.9, responses=10),
        line(satisfaction_pct=0.5, responses=90),
        line("2026-11", "王芳", satisfaction_pct=1, responses=0),
    ]
    assert said(facts(summary=rows)) == {("csat", "李明", "2026-10"): (54, 100, 100)}
    hours = [line(response_hours=1, tickets=30), line(manager="王芳", response_hours=4, tickets=99, tickets_answered=10)]
    card = evaluate.scorecard(
        evaluate.cells(facts(summary=hours), ALL),
        pd.DataFrame({"manager": [], "team": []}),
        by="all",
        every="month",
        start="2026-10",
        end="2026-10",
        kpis=[KPIS["response_time"]],
    )
    assert (card["value"].item(), card["n"].item()) == (pytest.approx(70 / 40), 40)


def test_a_rate_without_its_count_is_one_case_too_few_to_say(facts: Make) -> None:
    rows = [line(satisfaction_pct=0.93, response_hours=3), line(manager="王芳", satisfied=0, responses=99)]
    assert said(facts(summary=rows)) == {
        ("csat", "李明", "2026-10"): (0.93, 1, 0),
        ("csat", "王芳", "2026-10"): (0, 99, 99),
        ("response_time", "李明", "2026-10"): (3, 1, 0),
    }
    # Counts go before the rate that is stated beside them; half of the counts is none.
    assert said(facts(summary=[line(satisfied=8, responses=10, satisfaction_pct=0.5)])) == {("csat", "李明", "2026-10"): (8, 10, 10)}
    assert said(facts(summary=[line(satisfied=8), line(responses=8)])) == {}


def test_a_part_is_at_most_its_whole(facts: Make) -> None:
    rows = [line(complaints=2, complaints_resolved=5, satisfied=12, responses=10)]
    assert said(facts(summary=rows)) == {("complaint_resolution", "李明", "2026-10"): (2, 2, 2), ("csat", "李明", "2026-10"): (10, 10, 10)}


def test_answered_over_tickets_and_only_where_both_are_stated(facts: Make) -> None:
    weeks = [line(tickets=10, tickets_answered=7), line(tickets=30, tickets_answered=30), line(tickets=5), line(tickets_answered=5)]
    # The weeks add up: 37 of 40, not the mean of 70 and 100 per cent.
    assert said(facts(summary=weeks)) == {("answer_rate", "李明", "2026-10"): (37, 40, 40)}
    # A month may answer tickets of the one before; without any ticket there is no rate.
    assert said(facts(summary=[line(tickets=4, tickets_answered=6)])) == {("answer_rate", "李明", "2026-10"): (4, 4, 4)}
    assert said(facts(summary=[line(tickets=4, tickets_answered=0)])) == {("answer_rate", "李明", "2026-10"): (0, 4, 4)}
    assert said(facts(summary=[line(tickets=0, tickets_answered=0)])) == {}


def test_tickets_that_are_there_win_over_the_stated_answer_rate(facts: Make) -> None:
    tickets = [{"opened_at": "2026-10-08", "answered": answered, "manager": "李明"} for answered in (True, True, False, False)]
    given_facts = facts(tickets=tickets, summary=[line(tickets=4, tickets_answered=3), line("2026-11", tickets=9, tickets_answered=8)])
    found = {key[2]: value for key, value in measured(given_facts).items() if key[0] == "answer_rate"}
    assert found == {"2026-10": (2, 4, 4), "2026-11": (8, 9, 9)}
    differing = summary.differences(evaluate.detail(given_facts, ALL), summary.cells(given_facts))
    assert differing.to_numpy().tolist() == [["answer_rate", "李明", "2026-10", 0.5, 0.75]]
    rows = summary.behind(summary.filled(evaluate.detail(given_facts, ALL), given_facts, list(KPIS)), given_facts, "answer_rate")
    assert [frame[["manager", "month", "tickets_answered"]].to_numpy().tolist() for frame in rows] == [[["李明", "2026-11", 8]]]


def test_no_complaint_is_a_rate_of_nought_and_no_resolution(facts: Make) -> None:
    rows = [line(complaints=0, complaints_resolved=0, active_customers=8), line("2026-11", complaints=0, active_customers=0)]
    assert said(facts(summary=rows)) == {("complaint_rate", "李明", "2026-10"): (0, 8, 8)}


@pytest.mark.parametrize("target", [None, 0])
def test_no_target_no_attainment(facts: Make, target: float | None) -> None:
    assert said(facts(summary=[line(sales_amount=5, sales_target=target)])) == {("sales_amount", "李明", "2026-10"): (5, 0, 1)}


def test_employee_satisfaction_of_a_summary_is_withheld(facts: Make) -> None:
    assert measured(facts(summary=[line(staff_satisfaction_pct=0.8, responses=50)])) == {}


def test_rows_of_nobody_and_of_a_team(facts: Make) -> None:
    rows = [
        line(manager=None, sales_amount=5, new_customers=2),
        line(manager=None, team="华东组", sales_amount=7),
        line(team="华东组", sales_amount=1),
    ]
    cells = summary.cells(facts(summary=rows))
    sales = cells[cells["kpi"] == "sales_amount"].fillna({"manager": "", "team": ""})
    owners = zip(sales["manager"], sales["team"], sales["numerator"], strict=True)
    assert set(owners) == {("", "", 5), ("", "华东组", 7), ("李明", "", 1)}
    # Nobody's customers are no manager-month.
    assert said(facts(summary=rows[:1]))["new_customers", None, "2026-10"] == (2, 0, 0)


def test_detail_wins_cell_by_cell(facts: Make) -> None:
    sales = [{"date": "2026-10-08", "amount": 100.0, "manager": "李明"}]
    rows = [line(sales_amount=90), line("2026-11", sales_amount=80), line(manager="王芳", sales_amount=70)]
    found = measured(facts(sales=sales, summary=rows))
    assert {key[1:]: value[0] for key, value in found.items() if key[0] == "sales_amount"} == {
        ("李明", "2026-10"): 100,
        ("李明", "2026-11"): 80,
        ("王芳", "2026-10"): 70,
    }


def test_only_the_kpis_asked_for_come(facts: Make) -> None:
    given_facts = facts(summary=[line(sales_amount=90, sales_target=100, complaints=1, active_customers=5)])
    assert set(evaluate.cells(given_facts, [KPIS["complaint_rate"], KPIS["net_sales"]])["kpi"]) == {"complaint_rate"}
    assert set(evaluate.cells(given_facts, [KPIS["sales_attainment"]])["kpi"]) == {"sales_attainment"}


def test_where_all_detail_names_nobody_no_summary_counts_it_again(facts: Make) -> None:
    nameless = {"date": "2026-10-08", "amount": 100.0}
    given_facts = facts(sales=[nameless], summary=[line(sales_amount=90), line("2026-11", sales_amount=5)])
    assert {key[1:]: value[0] for key, value in measured(given_facts).items() if key[0] == "sales_amount"} == {
        (None, "2026-10"): 100,
        ("李明", "2026-11"): 5,
    }
    # A few rows of nobody beside those of others do not take the summary from a third.
    given_facts = facts(sales=[nameless, {**nameless, "manager": "王芳"}], summary=[line(sales_amount=90)])
    assert measured(given_facts)["sales_amount", "李明", "2026-10"] == (90, 0, 1)
    # A summary of nobody is no more than all detail together.
    given_facts = facts(sales=[{**nameless, "manager": "王芳"}], summary=[line(manager=None, sales_amount=90)])
    assert ("sales_amount", None, "2026-10") not in measured(given_facts)


def test_attainment_takes_sales_and_target_from_wherever_they_are(facts: Make) -> None:
    sales = [{"date": "2026-10-08", "amount": 100.0, "manager": "李明"}]
    targets = [{"period": "2026-10", "value": 50.0, "manager": "李明"}]

    def attained(**rows: Any) -> Any:
        return measured(facts(**rows)).get(("sales_attainment", "李明", "2026-10"))

    assert attained(sales=sales, summary=[line(sales_amount=90, sales_target=200)]) == (100, 200, 1)
    assert attained(targets=targets, summary=[line(sales_amount=90, sales_target=200)]) == (90, 50, 1)
    assert attained(sales=sales, targets=targets, summary=[line(sales_amount=90, sales_target=200)]) == (100, 50, 1)
    assert attained(sales=sales, summary=[line(sales_amount=90)]) is None
    # Others have sold in that month: without the summary his attainment would be 0.
    others = [{**sales[0], "manager": "王芳"}]
    assert attained(sales=others, targets=targets) == (0, 50, 1)
    assert attained(sales=others, targets=targets, summary=[line(sales_amount=90)]) == (90, 50, 1)


def test_a_team_target_is_not_measured_beside_its_people(facts: Make) -> None:
    rows = {
        "managers": [{"name": "李明", "team": "华东组"}],
        "sales": [{"date": "2026-10-08", "amount": 100.0, "manager": "李明"}],
        "targets": [{"period": "2026-10", "value": 50.0, "team": "华东组"}],
        "summary": [line(sales_amount=90, sales_target=200)],
    }
    found = evaluate.cells(facts(**rows), [KPIS["sales_attainment"]])
    assert found[["team", "numerator", "denominator"]].to_numpy().tolist() == [["华东组", 100, 50]]


def test_no_new_customers_of_somebody_without_a_sales_sheet_is_no_detail(facts: Make) -> None:
    people = [{"name": "李明", "hired_on": "2026-01-01"}, {"name": "王芳", "hired_on": "2026-01-01"}]
    sales = [{"date": "2026-10-08", "amount": 100.0, "manager": "王芳"}]
    rows = [line(new_customers=8), line(manager="王芳", new_customers=5)]
    found = measured(facts(managers=people, sales=sales, summary=rows))
    # 王芳 has sales without a customer's name: nobody new, says the detail.
    assert (found["new_customers", "李明", "2026-10"], found["new_customers", "王芳", "2026-10"]) == ((8, 1, 1), (0, 1, 1))


def test_the_rows_behind_are_the_summarys_and_the_sales_held_against_its_target(facts: Make) -> None:
    sales = [{"date": "2026-10-08", "amount": 100.0, "manager": "李明"}, {"date": "2026-09-08", "amount": 1.0, "manager": "李明"}]
    given_facts = facts(sales=sales, summary=[line(sales_target=200, complaints=3), line("2026-11", sales_amount=5), line(complaints=1)])

    def behind(kpi: str) -> list[list[list[Any]]]:
        added = summary.filled(evaluate.detail(given_facts, [KPIS[kpi]]), given_facts, [kpi])
        frames = summary.behind(added, given_facts, kpi)
        return [frame[["manager", "month", "source_row"]].to_numpy().tolist() for frame in frames]

    assert behind("sales_amount") == [[["李明", "2026-11", 3]]]
    assert behind("sales_attainment") == [[["李明", "2026-10", 2]], [["李明", "2026-10", 2]]]
    assert behind("csat") == []
    assert "half_sales_amount" not in summary.behind(summary.cells(given_facts), given_facts, "sales_amount")[0]


@pytest.mark.parametrize(
    ("detail", "stated", "differs"),
    [
        (123_456.78, 123_456.78, False),
        # A millionth of the figure is never told apart: 12 cents here.
        (123_456.78, 123_456.90, False),
        (123_456.78, 123_456.92, True),
        (1.00, 1.01, True),
        # Whole yuan: half a yuan is rounding.
        (123_456.4, 123_456, False),
        (123_456.6, 123_456, True),
        # 12.3万: half of 0.1万, which is 1000.
        (123_400, 123_000, False),
        (123_600, 123_000, True),
        # Never more than thousands: 20万 may be exact.
        (204_000, 200_000, True),
        (0, 0, False),
    ],
)
def test_money_differs_beyond_the_rounding_of_the_last_digit(facts: Make, detail: float, stated: float, differs: bool) -> None:
    sales = [{"date": "2026-10-08", "amount": detail, "manager": "李明"}]
    given_facts = facts(sales=sales, summary=[line(sales_amount=stated)])
    found = summary.differences(evaluate.detail(given_facts, ALL), summary.cells(given_facts))
    expected = [["sales_amount", "李明", "2026-10", pytest.approx(detail), stated]] if differs else []
    assert found.to_numpy().tolist() == expected


def test_a_column_is_rounded_as_its_finest_figure(facts: Make) -> None:
    sales = [{"date": "2026-10-08", "amount": 123_400.0, "manager": "李明"}]
    given_facts = facts(sales=sales, summary=[line(sales_amount=123_000), line("2026-11", sales_amount=45_601)])
    # In a sheet of whole yuan 123,000 is exact.
    assert len(summary.differences(evaluate.detail(given_facts, ALL), summary.cells(given_facts))) == 1


@pytest.mark.parametrize(("pct", "differs"), [(0.33, False), (0.333, False), (0.3333, False), (0.34, True), (0.331, True), (0.3, True)])
def test_a_percentage_differs_beyond_its_last_digit(facts: Make, pct: float, differs: bool) -> None:
    surveys = [{"date": "2026-10-08", "score": score, "scale": 5, "manager": "李明"} for score in (5, 1, 1)]
    given_facts = facts(surveys=surveys, summary=[line(satisfaction_pct=pct, responses=3)])
    found = summary.differences(evaluate.detail(given_facts, ALL), summary.cells(given_facts))
    assert found["kpi"].tolist() == (["csat"] if differs else [])


def test_counts_differ_by_one_and_complaint_rates_by_their_complaints(facts: Make) -> None:
    complaints = [{"received_on": "2026-10-08", "resolved": True, "manager": "李明"}] * 2
    sales = [{"date": "2026-10-08", "amount": 1.0, "manager": "李明", "customer": "甲"}]

    def differing(**more: Any) -> list[str]:
        given_facts = facts(complaints=complaints, sales=sales, summary=[line(**more)])
        return summary.differences(evaluate.detail(given_facts, ALL), summary.cells(given_facts))["kpi"].tolist()

    assert differing(complaints=2, complaints_resolved=2, active_customers=40, new_customers=1) == []
    assert differing(complaints=3, complaints_resolved=2, active_customers=40, new_customers=2) == [
        "complaint_rate",
        "complaint_resolution",
        "new_customers",
    ]


def test_nothing_on_one_side_is_no_difference(facts: Make) -> None:
    cells = summary.cells(facts(summary=[line(sales_amount=5)]))
    none = summary.cells(facts())
    for pair in ((cells, none), (none, cells), (none, none), (cells, cells)):
        found = summary.differences(*pair)
        assert (found.empty, list(found)) == (True, ["kpi", "manager", "month", "detail", "summary"])


managers = st.sampled_from(["李明", "王芳"])
days = st.sampled_from(["2026-09-30", "2026-10-01", "2026-10-31"])


def rows(**fields: Any) -> st.SearchStrategy[list[dict[str, Any]]]:
    return st.lists(st.fixed_dictionaries({"manager": managers, **fields}), max_size=8)


DETAIL = st.fixed_dictionaries(
    {
        "sales": rows(date=days, amount=st.integers(-500, 5000).map(float)),
        "surveys": rows(date=days, score=st.integers(1, 5), scale=st.just(5)),
        "complaints": rows(received_on=days, resolved=st.booleans()),
        "tickets": rows(opened_at=days, response_hours=st.integers(0, 48).map(float)),
    }
)


def added_up(detail: dict[str, list[dict[str, Any]]]) -> list[dict[str, Any]]:
    """The sheet that somebody makes of the detail, one row a manager and month."""
    days_of = {"sales": "date", "surveys": "date", "complaints": "received_on", "tickets": "opened_at"}
    keys = {(row["manager"], row[days_of[name]][:7]) for name, table in detail.items() for row in table}
    lines = []
    for manager, month in sorted(keys):
        mine = {name: [row for row in table if (row["manager"], row[days_of[name]][:7]) == (manager, month)] for name, table in detail.items()}
        sales, surveys, complaints, tickets = (mine[name] for name in ("sales", "surveys", "complaints", "tickets"))
        stated: dict[str, Any] = {"sales_amount": sum(row["amount"] for row in sales)} if sales else {}
        stated |= {"responses": len(surveys), "satisfied": sum(row["score"] >= 4 for row in surveys)} if surveys else {}
        stated |= {"complaints": len(complaints), "complaints_resolved": sum(row["resolved"] for row in complaints)} if complaints else {}
        hours = [row["response_hours"] for row in tickets]
        stated |= {"tickets": len(hours), "response_hours": sum(hours) / len(hours)} if hours else {}
        lines.append(line(month, manager, **stated))
    return lines


@given(detail=DETAIL)
@settings(max_examples=12, phases=[Phase.explicit, Phase.generate], suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture])
def test_cells_of_the_sums_are_those_of_the_detail(facts: Make, detail: dict[str, list[dict[str, Any]]]) -> None:
    kpis = [KPIS[name] for name in ("sales_amount", "csat", "complaint_resolution", "response_time")]
    from_detail = evaluate.cells(facts(**detail), kpis)
    from_summary = evaluate.cells(facts(summary=added_up(detail)), kpis)
    shared = ["kpi", "manager", "month", "numerator", "denominator"]
    sides = [frame[shared].sort_values(shared[:3], ignore_index=True) for frame in (from_detail, from_summary)]
    pd.testing.assert_frame_equal(*sides, check_dtype=False)
    # A sum is of one row where the sales are of many; the cases of a rate are all there.
    rates = [frame[frame["kpi"] != "sales_amount"].sort_values(shared[:3])["n"].tolist() for frame in (from_detail, from_summary)]
    assert rates[0] == rates[1]
    both = facts(**detail, summary=added_up(detail))
    pd.testing.assert_frame_equal(evaluate.cells(both, kpis), from_detail)
    assert summary.differences(from_detail, summary.cells(both)).empty


@given(detail=DETAIL)
@settings(max_examples=6, phases=[Phase.explicit, Phase.generate], suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture])
def test_polars_gives_the_same_and_no_input_changes(facts: Make, detail: dict[str, list[dict[str, Any]]]) -> None:
    given_facts = facts(sales=detail["sales"][:2], summary=added_up(detail))
    before = {name: frame.copy(deep=True) for name, frame in given_facts.tables.items()}
    cells = summary.cells(given_facts)
    pd.testing.assert_frame_equal(cells, summary.cells(Facts({name: pl.from_pandas(frame) for name, frame in before.items()}, given_facts.as_of)))
    measured_before = evaluate.detail(given_facts, [KPIS["sales_amount"]])
    kept = measured_before.copy(deep=True)
    summary.behind(summary.filled(measured_before, given_facts, ["sales_amount"]), given_facts, "sales_amount")
    summary.differences(measured_before, cells)
    pd.testing.assert_frame_equal(measured_before, kept)
    for name, frame in given_facts.tables.items():
        pd.testing.assert_frame_equal(frame, before[name])
