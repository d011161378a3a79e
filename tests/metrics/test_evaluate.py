"""Cells to figures: sums over sums, for any span and group; targets met or missed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from math import isnan
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from amdash.metrics import evaluate
from amdash.metrics.catalogue import KPIS
from amdash.metrics.spec import CELL_COLUMNS, By, Facts, Kpi
from amdash.metrics.target_sheet import Stated

Make = Callable[..., Facts]
Cell = tuple[str, str | None, str | None, str, float, float, int]
CSAT, SALES, STAFF, HOURS = (KPIS[name] for name in ("csat", "sales_amount", "staff_satisfaction", "response_time"))
ROSTER = pd.DataFrame({"manager": ["李明", "王芳", "赵强", "周雅"], "team": ["华东组", "华东组", "华南组", ""]})

# 李明 has 9 of 10 in October and 10 of 90 in November: 19 of 100, and 0.506 for whoever averages averages.
FEW_AND_MANY: tuple[Cell, ...] = (
    ("csat", "李明", None, "2026-10", 9, 10, 10),
    ("csat", "李明", None, "2026-11", 10, 90, 90),
    ("csat", "王芳", None, "2026-11", 1, 1, 1),
)


def cells(*rows: Cell) -> pd.DataFrame:
    frame = pd.DataFrame([(*row, 0.0) for row in rows], columns=list(CELL_COLUMNS))
    return frame.astype(CELL_COLUMNS)


def card(measured: pd.DataFrame, by: By = "manager", every: Any = "month", **more: Any) -> pd.DataFrame:
    wanted: dict[str, Any] = {"start": "2000-01", "end": "2099-12", "kpis": [CSAT], **more}
    return evaluate.scorecard(measured, ROSTER, by=by, every=every, **wanted)


def figures(frame: pd.DataFrame, by: str = "manager") -> dict[tuple[Any, ...], Any]:
    return {(*((row[by],) if by != "all" else ()), row["period"]): row["value"] for row in frame.to_dict("records")}


def test_a_quarter_is_never_the_average_of_its_months() -> None:
    assert figures(card(cells(*FEW_AND_MANY), every="quarter")) == {("李明", "2026-Q4"): pytest.approx(0.19), ("王芳", "2026-Q4"): 1}


def test_everybody_is_never_the_average_of_the_managers() -> None:
    assert figures(card(cells(*FEW_AND_MANY), by="all"), by="all") == {("2026-10",): pytest.approx(0.9), ("2026-11",): pytest.approx(11 / 91)}
    assert figures(card(cells(*FEW_AND_MANY), by="team", every="total"), by="team") == {("华东组", "total"): pytest.approx(20 / 101)}


@pytest.mark.parametrize(
    ("every", "periods"),
    [
        ("month", {"2025-12": 1, "2026-01": 2, "2026-03": 4, "2026-04": 8}),
        ("quarter", {"2025-Q4": 1, "2026-Q1": 6, "2026-Q2": 8}),
        ("year", {"2025": 1, "2026": 14}),
        ("total", {"total": 15}),
    ],
)
def test_spans(every: str, periods: dict[str, float]) -> None:
    months = {"2025-12": 1, "2026-01": 2, "2026-03": 4, "2026-04": 8}
    measured = cells(*(("sales_amount", "李明", None, month, amount, 0, 1) for month, amount in months.items()))
    assert figures(card(measured, every=every, kpis=[SALES])) == {("李明", period): value for period, value in periods.items()}


def test_one_row_has_every_column() -> None:
    (row,) = card(cells(("csat", "李明", None, "2026-10", 19, 20, 20))).to_dict("records")
    assert list(row) == evaluate.COLUMNS
    assert row == {
        "kpi": "csat",
        "manager": "李明",
        "team": None,
        "period": "2026-10",
        "value": pytest.approx(0.95),
        "numerator": 19,
        "denominator": 20,
        "n": 20,
        "sum_of_squares": 0.0,
        "target": 0.9,
        "met": True,
    }


def test_a_total_has_no_denominator_and_no_target() -> None:
    (row,) = card(cells(("sales_amount", "李明", None, "2026-10", 500, 7, 3)), kpis=[SALES]).to_dict("records")
    assert (row["value"], row["numerator"], row["n"], row["met"]) == (500, 500, 3, None)
    assert isnan(row["denominator"])
    assert isnan(row["target"])


@pytest.mark.parametrize("by", ["manager", "team", "all"])
@pytest.mark.parametrize("measured", [cells(), cells(("csat", "李明", None, "2026-10", 1, 1, 1))])
def test_where_nothing_was_measured_there_is_no_row_but_every_column(by: By, measured: pd.DataFrame) -> None:
    frame = card(measured, by=by, kpis=[SALES])
    assert frame.empty
    assert list(frame) == evaluate.COLUMNS


def test_a_denominator_of_nought_is_no_value() -> None:
    (row,) = card(cells(("csat", "李明", None, "2026-10", 3, 0, 0))).to_dict("records")
    assert isnan(row["value"])
    assert row["met"] is None


def test_both_ends_of_the_span_are_in_it() -> None:
    measured = cells(*(("csat", "李明", None, f"2026-{month:02d}", month, 100, 100) for month in range(1, 13)))
    assert figures(card(measured, start="2026-03", end="2026-05")) == {
        ("李明", "2026-03"): 0.03,
        ("李明", "2026-04"): 0.04,
        ("李明", "2026-05"): 0.05,
    }
    assert figures(card(measured, start="2026-05", end="2026-05")) == {("李明", "2026-05"): 0.05}
    # Only the months asked for, also where the period has more.
    assert figures(card(measured, every="quarter", start="2026-02", end="2026-03")) == {("李明", "2026-Q1"): 0.025}
    assert card(measured, start="2026-05", end="2026-04").empty


GROUPS: tuple[Cell, ...] = (
    ("csat", "李明", None, "2026-10", 1, 10, 10),
    ("csat", "王芳", None, "2026-10", 2, 10, 10),
    ("csat", "赵强", None, "2026-10", 3, 10, 10),
    ("csat", "周雅", None, "2026-10", 4, 10, 10),
    ("csat", "陈七", None, "2026-10", 5, 10, 10),
    ("csat", None, None, "2026-10", 6, 10, 10),
    ("csat", None, "华南组", "2026-10", 7, 10, 10),
)


def test_by_manager_those_without_one_are_nobodys() -> None:
    frame = card(cells(*GROUPS))
    assert dict(zip(frame["manager"], frame["numerator"], strict=True)) == {"李明": 1, "王芳": 2, "赵强": 3, "周雅": 4, "陈七": 5}
    assert frame["team"].isna().all()


def test_by_team_through_the_roster_or_as_the_row_says() -> None:
    frame = card(cells(*GROUPS), by="team")
    # 1 + 2 and 3 + 7; 周雅 has no team, 陈七 is not on the list, one row names nobody.
    assert [tuple(row) for row in frame[["team", "numerator", "denominator", "n"]].to_numpy()] == [("华东组", 3, 20, 20), ("华南组", 10, 20, 20)]
    assert frame["manager"].isna().all()


def test_the_team_that_a_row_names_goes_before_the_rosters() -> None:
    frame = card(cells(("csat", "李明", "华南组", "2026-10", 1, 1, 1)), by="team")
    assert frame["team"].tolist() == ["华南组"]


def test_for_all_every_row_counts() -> None:
    (row,) = card(cells(*GROUPS), by="all").to_dict("records")
    assert (row["numerator"], row["denominator"], row["n"], row["manager"], row["team"]) == (28, 70, 70, None, None)


@pytest.mark.parametrize(
    ("by", "managers", "numerators"),
    [
        ("manager", ["李明", "赵强"], [1, 3]),
        ("team", ["李明", "赵强"], [1, 3]),
        ("all", ["李明", "赵强"], [4]),
        ("all", ["无人"], []),
        ("manager", [], []),
    ],
)
def test_only_the_managers_asked_for(by: By, managers: list[str], numerators: list[float]) -> None:
    assert card(cells(*GROUPS), by=by, managers=managers)["numerator"].tolist() == numerators


def test_kpis_stand_in_the_order_asked_for_then_subject_then_period() -> None:
    measured = cells(
        ("csat", "王芳", None, "2026-11", 1, 1, 1),
        ("sales_amount", "王芳", None, "2026-10", 1, 0, 1),
        ("csat", "王芳", None, "2026-10", 1, 1, 1),
        ("csat", "李明", None, "2026-11", 1, 1, 1),
    )
    frame = card(measured, kpis=[SALES, CSAT])
    assert frame[["kpi", "manager", "period"]].to_numpy().tolist() == [
        ["sales_amount", "王芳", "2026-10"],
        ["csat", "李明", "2026-11"],
        ["csat", "王芳", "2026-10"],
        ["csat", "王芳", "2026-11"],
    ]
    assert list(frame.index) == [0, 1, 2, 3]


@pytest.mark.parametrize(
    ("kpi", "numerator", "denominator", "met"),
    [(KPIS["complaint_resolution"], 19, 20, True), (KPIS["complaint_resolution"], 18, 20, False), (HOURS, 240, 10, True), (HOURS, 241, 10, False)],
)
def test_the_scorecard_says_whether_the_target_is_met(kpi: Kpi, numerator: float, denominator: float, met: bool) -> None:
    (row,) = card(cells((kpi.id, "李明", None, "2026-10", numerator, denominator, 10)), kpis=[kpi]).to_dict("records")
    assert (row["target"], row["met"]) == (kpi.target, met)


def test_a_target_of_ones_own_is_judged_instead_of_the_default() -> None:
    mine = replace(CSAT, target=0.5)
    assert card(cells(("csat", "李明", None, "2026-10", 6, 10, 10)), kpis=[mine])[["target", "met"]].to_numpy().tolist() == [[0.5, True]]


def test_a_single_answer_is_a_figure() -> None:
    assert figures(card(cells(("csat", "李明", None, "2026-10", 1, 1, 1)))) == {("李明", "2026-10"): 1}


def test_cells_of_all_kpis_stand_under_one_another(facts: Make) -> None:
    given_facts = facts(
        surveys=[{"date": "2026-10-08", "score": 5, "scale": 5, "manager": "李明"}], sales=[{"date": "2026-10-08", "amount": 7.5, "manager": "李明"}]
    )
    frame = evaluate.cells(given_facts, [CSAT, STAFF, SALES])
    assert frame.dtypes.astype(str).to_dict() == CELL_COLUMNS
    assert frame[["kpi", "manager", "month", "numerator", "denominator", "n"]].to_numpy().tolist() == [
        ["csat", "李明", "2026-10", 1, 1, 1],
        ["sales_amount", "李明", "2026-10", 7.5, 0, 1],
    ]
    assert list(frame.index) == [0, 1]


@pytest.mark.parametrize("kpis", [[], [CSAT], list(KPIS.values())])
def test_no_facts_have_no_cells_but_every_column(facts: Make, kpis: Sequence[Kpi]) -> None:
    frame = evaluate.cells(facts(), kpis)
    assert frame.empty
    assert frame.dtypes.astype(str).to_dict() == CELL_COLUMNS


row_strategy = st.tuples(
    st.sampled_from(["csat", "sales_amount"]),
    st.sampled_from([None, "李明", "王芳", "赵强", "陈七"]),
    st.sampled_from([None, "华南组"]),
    st.sampled_from(["2025-12", "2026-01", "2026-02", "2026-04"]),
    st.integers(0, 50).map(float),
    st.integers(0, 50).map(float),
    st.integers(0, 50),
)


@settings(max_examples=20)
@given(st.lists(row_strategy, max_size=12), st.sampled_from(["month", "quarter", "year", "total"]), st.randoms())
def test_the_sums_are_those_of_the_cells_in_any_order_and_the_inputs_stay(rows: list[Cell], every: str, random: Any) -> None:
    measured, roster = cells(*rows), ROSTER.copy(deep=True)
    before = measured.copy(deep=True)
    for by in ("manager", "team", "all"):
        frame = card(measured, by=by, every=every, kpis=[CSAT, SALES])
        shuffled = list(rows)
        random.shuffle(shuffled)
        pd.testing.assert_frame_equal(card(cells(*shuffled), by=by, every=every, kpis=[CSAT, SALES]), frame)
        known = frame[frame["kpi"] == "csat"]
        divisible = known[known["denominator"] != 0]
        np.testing.assert_allclose((divisible["value"] * divisible["denominator"]).astype("float64"), divisible["numerator"].astype("float64"))
        if by == "all":
            assert frame["numerator"].sum() == sum(row[4] for row in rows)
            assert known["denominator"].sum() == sum(row[5] for row in rows if row[0] == "csat")
    pd.testing.assert_frame_equal(measured, before)
    pd.testing.assert_frame_equal(ROSTER, roster)


# Targets in force, periods that share months, and what does not add up


def test_the_target_in_force_decides_what_is_met() -> None:
    entries = [Stated("csat", "everybody", "", "2026-11", 0.1), Stated("csat", "manager", "王芳", "2026-10", None)]
    frame = card(cells(*FEW_AND_MANY), entries=entries).set_index(["manager", "period"])[["target", "met"]]
    assert frame.loc[("李明", "2026-10")].to_list() == [0.9, True]
    assert frame.loc[("李明", "2026-11")].to_list() == [0.1, True]
    assert isnan(frame.loc[("王芳", "2026-11"), "target"])
    assert frame.loc[("王芳", "2026-11"), "met"] is None


def test_a_teams_target_weighs_its_managers_months() -> None:
    entries = [Stated("csat", "everybody", "", "2026-11", 0.5)]
    (row,) = card(cells(*FEW_AND_MANY), by="team", every="quarter", entries=entries).to_dict("records")
    # 10 cases at 0.9 and 91 at 0.5; 20 of 101 are good.
    assert (row["target"], row["met"]) == (pytest.approx((9 + 45.5) / 101), False)


def test_rolling_periods_have_all_their_months_behind_them() -> None:
    months = {"2025-12": 1, "2026-01": 2, "2026-03": 4, "2026-04": 8}
    measured = cells(*(("sales_amount", "李明", None, month, amount, 0, 1) for month, amount in months.items()))
    assert figures(card(measured, every="rolling3", kpis=[SALES])) == {
        ("李明", "2025-12..2026-02"): 3,
        ("李明", "2026-01..2026-03"): 6,
        ("李明", "2026-02..2026-04"): 12,
    }
    assert figures(card(measured, every="rolling3", kpis=[SALES], start="2026-03", end="2026-03")) == {("李明", "2026-01..2026-03"): 6}
    assert card(measured, every="rolling12", kpis=[SALES]).empty


def test_a_kpi_that_looks_back_has_in_a_longer_period_the_figure_of_its_last_month() -> None:
    back = replace(CSAT, window_months=12)
    measured = cells(
        ("csat", "李明", None, "2026-07", 1, 10, 10), ("csat", "李明", None, "2026-08", 2, 10, 10), ("csat", "王芳", None, "2026-07", 9, 10, 10)
    )
    assert figures(card(measured, every="quarter", kpis=[back])) == {("李明", "2026-Q3"): 0.2}
    assert figures(card(measured, every="total", kpis=[back], managers=["王芳"])) == {}
    assert figures(card(measured, every="month", kpis=[back])) == {("李明", "2026-07"): 0.1, ("李明", "2026-08"): 0.2, ("王芳", "2026-07"): 0.9}
    assert figures(card(measured, by="all", every="year", kpis=[CSAT, back][1:]), by="all") == {("2026",): 0.2}


QUANTILE = KPIS["response_p90"]


def hours(*rows: tuple[str | None, str, float]) -> dict[str, pd.DataFrame]:
    frame = pd.DataFrame([(manager, None, month, value) for manager, month, value in rows], columns=list(evaluate.SAMPLE_COLUMNS))
    return {QUANTILE.id: frame.astype(evaluate.SAMPLE_COLUMNS)}


def test_a_quantile_is_one_of_the_cases_not_of_the_months() -> None:
    cases = hours(*(("李明", "2026-10", value) for value in range(1, 11)), ("李明", "2026-11", 100.0), ("王芳", "2026-11", 5.0))
    frame = card(cells(), kpis=[QUANTILE], cases=cases)
    # Type 7 of 1 to 10: 1 + 0.9 x 9.
    assert figures(frame) == {("李明", "2026-10"): pytest.approx(9.1), ("李明", "2026-11"): 100, ("王芳", "2026-11"): 5}
    assert list(frame["n"]) == [10, 1, 1]
    assert frame[["numerator", "denominator", "sum_of_squares", "target"]].isna().all(axis=None)
    # Of 1 to 10, 100 and 5 together: place 0.9 x 11 = 9.9 of the sorted ones, between 9 and 10.
    assert figures(card(cells(), by="all", every="quarter", kpis=[QUANTILE], cases=cases), by="all") == {("2026-Q4",): pytest.approx(9.9)}
    assert figures(card(cells(), every="total", kpis=[QUANTILE], cases=cases, managers=["王芳"])) == {("王芳", "total"): 5}


def test_quantiles_stand_among_the_others_in_the_order_asked_for() -> None:
    cases = hours(("李明", "2026-10", 4.0))
    frame = card(cells(("csat", "李明", None, "2026-10", 1, 1, 1)), kpis=[QUANTILE, CSAT], cases=cases)
    assert list(frame["kpi"]) == [QUANTILE.id, "csat"]
    assert list(card(cells(("csat", "李明", None, "2026-10", 1, 1, 1)), kpis=[QUANTILE, CSAT])["kpi"]) == ["csat"]


def test_the_cases_of_tickets(facts: Make) -> None:
    opened = pd.Timestamp("2026-10-08 09:00")
    tickets = [{"opened_at": opened, "first_response_at": opened + pd.Timedelta(hours=wait), "manager": "李明"} for wait in (1, 2, 6)]
    found = evaluate.samples(facts(tickets=[*tickets, {"opened_at": opened, "manager": "李明"}]), [KPIS["response_median"], CSAT])
    assert list(found) == ["response_median"]
    assert sorted(found["response_median"]["value"]) == [1, 2, 6]
    frame = card(cells(), kpis=[KPIS["response_median"]], cases=found)
    assert figures(frame) == {("李明", "2026-10"): 2}
    assert evaluate.samples(facts(), [QUANTILE])[QUANTILE.id].empty


def test_a_kpi_that_begins_later_has_no_rolling_period_before_all_its_months_are_there() -> None:
    months = ["2026-01", "2026-02", "2026-03", "2026-04"]
    measured = cells(
        *(("csat", "李明", None, month, 1, 1, 1) for month in months), *(("sales_amount", "李明", None, month, 5, 0, 1) for month in months[1:])
    )
    frame = card(measured, every="rolling3", kpis=[SALES, CSAT])
    assert list(zip(frame["kpi"], frame["period"], strict=True)) == [
        ("sales_amount", "2026-02..2026-04"),
        ("csat", "2026-01..2026-03"),
        ("csat", "2026-02..2026-04"),
    ]


def test_a_quantiles_target_is_that_of_the_months_with_cases() -> None:
    entries = [Stated(QUANTILE.id, "everybody", "", "2026-10", 4.0), Stated(QUANTILE.id, "everybody", "", "2026-12", 1.0)]
    cases = hours(("李明", "2026-10", 3.0))
    for every in ("quarter", "total"):
        (row,) = card(cells(), every=every, kpis=[QUANTILE], cases=cases, entries=entries).to_dict("records")
        assert (row["target"], row["met"]) == (4.0, True)
