"""Targets: the one in force, what spans are judged by, sums split to the cent, and what the last months say of a target."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import inf, isnan, nan
from typing import Any

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from amdash.metrics import targets
from amdash.metrics.catalogue import KPIS
from amdash.metrics.period import shift
from amdash.metrics.spec import CELL_COLUMNS
from amdash.metrics.targets import Proposal, Tally, check, in_force, latest, monthly, over_periods, split, split_by_season

ALL = tuple(KPIS.values())
CSAT, SALES, HOURS, STAFF, SCORE = (KPIS[name] for name in ("csat", "sales_amount", "response_time", "staff_satisfaction", "satisfaction_score"))
MONTHS = [f"2026-{number:02d}" for number in range(1, 13)]


@dataclass(frozen=True)
class Entry:
    scope: str
    subject: str
    from_month: str
    value: float | None
    inherits: bool = False
    kpi: str = "csat"


ENTRIES = (
    Entry("everybody", "", "2026-04", 0.8),
    Entry("team", "华东组", "2026-06", 0.85),
    Entry("manager", "李明", "2026-05", 0.7),
    Entry("manager", "李明", "2026-08", None),
    Entry("manager", "李明", "2026-10", None, inherits=True),
)


def row(manager: str | None, team: str | None, month: str, kpi: str = "csat", **more: Any) -> dict[str, Any]:
    return {"kpi": kpi, "manager": manager, "team": team, "month": month} | more


def of(*rows: dict[str, Any], entries: Sequence[Entry] = ENTRIES, members: pd.DataFrame | None = None) -> list[float | None]:
    found = monthly(pd.DataFrame(rows), entries, ALL, members)
    return [None if isnan(value) else value for value in found]


def spans(*rows: dict[str, Any], entries: Sequence[Entry] = ENTRIES, members: pd.DataFrame | None = None) -> dict[Any, float | None]:
    frame = over_periods(pd.DataFrame(rows), entries, ALL, members)
    keys = [
        tuple(None if pd.isna(one) else one for one in key) for key in frame[["kpi", "manager", "team", "period"]].itertuples(index=False, name=None)
    ]
    assert len(set(keys)) == len(keys)
    return {key: None if isnan(value) else value for key, value in zip(keys, frame["target"], strict=True)}


# What is in force


def test_the_narrowest_holds_from_its_month_on() -> None:
    wanted = [0.9, 0.9, 0.9, 0.8, 0.7, 0.7, 0.7, None, None, 0.85, 0.85, 0.85]
    assert of(*(row("李明", "华东组", month) for month in MONTHS)) == wanted
    assert of(*(row("王芳", "华东组", month) for month in MONTHS)) == [0.9] * 3 + [0.8] * 2 + [0.85] * 7
    assert of(*(row("赵强", None, month) for month in MONTHS)) == [0.9] * 3 + [0.8] * 9
    assert of(*(row("赵强", "华南组", month) for month in MONTHS)) == [0.9] * 3 + [0.8] * 9


def test_a_team_and_the_whole_business_are_judged_by_their_own() -> None:
    assert of(row(None, "华东组", "2026-06"), row(None, "华东组", "2026-05"), row(None, None, "2026-06"), row("", "", "2026-06")) == [
        0.85,
        0.8,
        0.8,
        0.8,
    ]


def test_a_name_is_no_team_and_a_kpi_no_other() -> None:
    entries = (
        Entry("team", "李明", "2026-01", 0.1),
        Entry("manager", "华东组", "2026-01", 0.2),
        Entry("manager", "李明", "2026-01", 12, kpi="response_time"),
    )
    assert of(row("李明", "华东组", "2026-06"), row("李明", None, "2026-06", "response_time"), entries=entries) == [0.9, 12]


def test_of_one_month_the_entry_made_last_holds_and_an_earlier_month_does_not_reach_over_a_later() -> None:
    first, second, third = Entry("everybody", "", "2026-06", 0.6), Entry("everybody", "", "2026-06", 0.7), Entry("everybody", "", "2026-02", 0.5)
    said = (first, second, third)
    assert of(*(row("李明", None, month) for month in MONTHS), entries=said) == [0.9] + [0.5] * 4 + [0.7] * 7
    assert latest(said, "csat", "everybody", "", "2026-06") is second
    assert latest(said, "csat", "everybody", "", "2026-05") is third
    assert latest(said, "csat", "everybody", "", "2026-01") is None
    assert latest(said, "csat", "team", "", "2026-06") is None
    assert latest(said, "nps", "everybody", "", "2026-06") is None
    assert latest(said, "csat", "everybody", "x", "2026-06") is None


def test_years_do_not_run_into_one_another() -> None:
    said = (Entry("manager", "甲", "2025-12", 0.1), Entry("manager", "乙", "2026-01", 0.2), Entry("manager", "甲", "2026-12", 0.3))
    rows = [row(who, None, month) for who in ("甲", "乙", "丙") for month in ("2025-11", "2025-12", "2026-01", "2026-11", "2027-01")]
    assert of(*rows, entries=said) == [0.9, 0.1, 0.1, 0.1, 0.3, 0.9, 0.9, 0.2, 0.2, 0.2] + [0.9] * 5


def test_no_entry_leaves_the_default_and_a_kpi_without_one_has_none() -> None:
    assert of(row("李明", None, "2026-06"), row("李明", None, "2026-06", "nps"), row("李明", None, "2026-06", "unheard_of"), entries=()) == [
        0.9,
        None,
        None,
    ]


def test_an_entry_that_ends_everybodys_target_ends_the_default_too() -> None:
    ended = (Entry("everybody", "", "2026-03", None), Entry("everybody", "", "2026-05", None, inherits=True))
    assert of(*(row("李明", None, month) for month in MONTHS[:6]), entries=ended) == [0.9, 0.9, None, None, 0.9, 0.9]


def test_the_entry_that_decides_is_told() -> None:
    assert in_force(ENTRIES, "csat", "李明", "华东组", "2026-05") is ENTRIES[2]
    assert in_force(ENTRIES, "csat", "李明", "华东组", "2026-09") is ENTRIES[3]
    assert in_force(ENTRIES, "csat", "李明", "华东组", "2026-10") is ENTRIES[1]
    assert in_force(ENTRIES, "csat", "李明", None, "2026-04") is ENTRIES[0]
    assert in_force(ENTRIES, "csat", "李明", None, "2026-03") is None
    assert in_force(ENTRIES, "csat", None, "华东组", "2026-06") is ENTRIES[1]
    assert in_force(ENTRIES, "csat", "", "", "2026-06") is ENTRIES[0]


_said = st.builds(
    Entry,
    st.sampled_from(["everybody", "team", "manager"]),
    st.sampled_from(["甲", "乙"]),
    st.sampled_from(MONTHS[:6]),
    st.none() | st.floats(0.1, 1),
    st.booleans(),
    st.sampled_from(["csat", "response_time"]),
).map(lambda one: replace(one, subject="") if one.scope == "everybody" else one)


@given(st.lists(_said, max_size=12))
def test_the_frame_says_what_the_single_question_says(entries: list[Entry]) -> None:
    asked = list(itertools.product(["csat", "response_time"], ["甲", "乙", None], ["甲", "乙", None], MONTHS[:7]))
    frame = pd.DataFrame(asked, columns=["kpi", "manager", "team", "month"])
    before = frame.copy(deep=True)
    found = monthly(frame, entries, ALL)
    pd.testing.assert_frame_equal(frame, before)
    for (kpi, manager, team, month), value in zip(asked, found, strict=True):
        entry = in_force(entries, kpi, manager, team, month)
        wanted = KPIS[kpi].target if entry is None else entry.value
        assert isnan(value) if wanted is None else value == wanted


def test_the_index_is_the_rows_own_and_no_rows_are_no_values() -> None:
    frame = pd.DataFrame([row("李明", None, "2026-05"), row("王芳", None, "2026-05")], index=[7, 3])
    found = monthly(frame, ENTRIES, ALL)
    assert (found.to_dict(), found.name) == ({7: 0.7, 3: 0.8}, "target")
    empty = over_periods(frame.assign(period="2026").iloc[:0], ENTRIES, ALL)
    assert (list(empty), len(empty), len(monthly(frame.iloc[:0], ENTRIES, ALL))) == (["kpi", "manager", "team", "period", "target"], 0, 0)


# Groups of a total


TOTALS = (
    Entry("everybody", "", "2026-01", 100, kpi="sales_amount"),
    Entry("team", "华东组", "2026-02", 200, kpi="sales_amount"),
    Entry("manager", "王芳", "2026-02", 50, kpi="sales_amount"),
    Entry("manager", "赵强", "2026-02", None, kpi="sales_amount"),
)
MEMBERS = pd.DataFrame(
    [
        (who, team, month)
        for who, team in (("李明", "华东组"), ("王芳", "华东组"), ("赵强", "华南组"), ("周雅", None), ("吴刚", None))
        for month in ("2026-01", "2026-02")
    ],
    columns=["manager", "team", "month"],
)


def total(manager: str | None, team: str | None, month: str, **more: Any) -> dict[str, Any]:
    return row(manager, team, month, "sales_amount", **more)


def test_of_a_total_a_group_is_held_to_what_its_managers_are_held_to_together() -> None:
    asked = [total(None, team, month) for team in ("华东组", "华南组", None, "华西组") for month in ("2026-01", "2026-02", "2026-03")]
    before = MEMBERS.copy(deep=True)
    found = of(*asked, entries=TOTALS, members=MEMBERS)
    # February: 李明 200 of the team, 王芳 50 of her own, 赵强 none, 周雅 and 吴刚 100 each.
    assert found == [200, 250, None, 100, None, None, 500, 450, None, None, None, None]
    pd.testing.assert_frame_equal(MEMBERS, before)
    # Said twice, they are still the same people.
    assert of(*asked, entries=TOTALS, members=pd.concat([MEMBERS, MEMBERS])) == found


def test_without_its_members_a_group_of_a_total_has_no_target() -> None:
    asked = [total(None, "华东组", "2026-01"), total("", "", "2026-01"), total("李明", "华东组", "2026-01"), row(None, "华东组", "2026-06")]
    assert of(*asked, entries=TOTALS + ENTRIES) == [None, None, 100, 0.85]
    assert of(*asked, entries=TOTALS + ENTRIES, members=MEMBERS.iloc[:0]) == [None, None, 100, 0.85]
    # People whom no list names are members of nothing.
    nobody = pd.DataFrame({"manager": [None], "team": ["华东组"], "month": ["2026-01"]})
    assert of(*asked, entries=TOTALS + ENTRIES, members=nobody) == [None, None, 100, 0.85]


# Spans


def year(manager: str, months: Sequence[str], denominators: Sequence[float], kpi: str = "csat", period: str = "2026") -> list[dict[str, Any]]:
    return [row(manager, None, month, kpi, period=period, denominator=count) for month, count in zip(months, denominators, strict=True)]


def test_a_span_is_judged_by_its_months_targets_weighted_by_what_was_measured() -> None:
    # 10 replies held to 0.9, 30 to 0.8: (9 + 24) / 40.
    assert spans(*year("王芳", ["2026-03", "2026-04"], [10, 30])) == {("csat", "王芳", None, "2026"): pytest.approx(0.825)}


def test_who_just_meets_every_month_just_meets_the_span() -> None:
    rows = year("王芳", ["2026-03", "2026-04"], [10, 90])
    assert spans(*rows)["csat", "王芳", None, "2026"] == pytest.approx((0.9 * 10 + 0.8 * 90) / 100)


def test_where_the_months_agree_the_span_has_their_very_target() -> None:
    # (3 x 0.8 + 7 x 0.8 + 0.8) / 11 is not 0.8 in binary fractions.
    assert spans(*year("王芳", ["2026-04", "2026-05", "2026-06"], [3, 7, 1])) == {("csat", "王芳", None, "2026"): 0.8}


def test_a_month_in_which_nothing_was_measured_weighs_nothing() -> None:
    for nothing in (0, nan, -3):
        assert spans(*year("王芳", ["2026-03", "2026-04"], [nothing, 5])) == {("csat", "王芳", None, "2026"): 0.8}
        # 李明 has no target from August on.
        assert spans(*year("李明", ["2026-07", "2026-08"], [5, nothing])) == {("csat", "李明", None, "2026"): 0.7}
    assert spans(*year("王芳", ["2026-03", "2026-04"], [0, nan])) == {("csat", "王芳", None, "2026"): pytest.approx(0.85)}
    alone = [{name: value for name, value in one.items() if name != "denominator"} for one in year("王芳", ["2026-03", "2026-04"], [1, 9])]
    assert spans(*alone) == {("csat", "王芳", None, "2026"): pytest.approx(0.85)}


def test_no_month_is_judged_by_the_target_of_another() -> None:
    assert spans(*year("李明", ["2026-07", "2026-08"], [99, 1])) == {("csat", "李明", None, "2026"): None}
    late = (Entry("everybody", "", "2026-02", 100, kpi="sales_amount"),)
    rows = [total("李明", None, month, period="2026-Q1") for month in MONTHS[:3]]
    assert spans(*rows, entries=late) == {("sales_amount", "李明", None, "2026-Q1"): None}
    assert spans(*rows[1:], entries=late) == {("sales_amount", "李明", None, "2026-Q1"): 200}


def test_a_total_is_judged_by_the_sum_whatever_stands_beside_it() -> None:
    said = (Entry("everybody", "", "2026-01", 100, kpi="sales_amount"), Entry("everybody", "", "2026-03", 40, kpi="sales_amount"))
    rows = [total("李明", None, month, period="2026-Q1", denominator=count) for month, count in zip(MONTHS[:3], (0, nan, 9), strict=True)]
    assert spans(*rows, entries=said) == {("sales_amount", "李明", None, "2026-Q1"): 240}
    assert spans(*(one | {"month": "2026-01"} for one in rows), entries=said) == {("sales_amount", "李明", None, "2026-Q1"): 300}


def test_a_team_of_a_total_over_a_span() -> None:
    rows = [total(None, "华东组", month, period="2026-Q1") for month in MONTHS[:2]]
    assert spans(*rows, entries=TOTALS, members=MEMBERS) == {("sales_amount", None, "华东组", "2026-Q1"): 450}


def test_spans_do_not_mix_and_come_in_their_order() -> None:
    rows = [*year("王芳", ["2026-04"], [1], period="2026-Q2"), *year("李明", ["2026-05"], [1]), *year("王芳", ["2026-03"], [1], period="2026-Q1")]
    rows += [total("王芳", None, "2026-03", period="2026-Q1", denominator=0)]
    frame = pd.DataFrame(rows, index=[5, 1, 1, 0])
    before = frame.copy(deep=True)
    result = over_periods(frame, ENTRIES, ALL)
    assert result["period"].tolist() == ["2026-Q2", "2026", "2026-Q1", "2026-Q1"]
    assert result["target"].tolist()[:3] == [0.8, 0.7, 0.9]
    assert isnan(result["target"][3])
    pd.testing.assert_frame_equal(frame, before)


def test_a_single_case_outweighs_a_month_without_any_and_one_target_stays_what_it_is() -> None:
    rows = [row("王芳", None, month, period="2026-Q2", denominator=cases) for month, cases in (("2026-03", 0), ("2026-04", 1))]
    assert spans(*rows) == {("csat", "王芳", None, "2026-Q2"): 0.8}
    # 0.1 + 0.1 + 0.1 is a little more than 0.3 in binary fractions.
    entries = [Entry("everybody", "", "2026-01", 0.1)]
    rows = [row("王芳", None, month, period="2026-Q2", denominator=1) for month in MONTHS[3:6]]
    assert spans(*rows, entries=entries) == {("csat", "王芳", None, "2026-Q2"): 0.1}


# Splitting


def test_evenly_to_the_cent_and_the_earlier_months_get_what_is_left() -> None:
    assert split(100, MONTHS[:3]).values == {"2026-01": 33.34, "2026-02": 33.33, "2026-03": 33.33}
    assert split(0.05, MONTHS[:4]).values == {"2026-01": 0.02, "2026-02": 0.01, "2026-03": 0.01, "2026-04": 0.01}
    assert split(120000, MONTHS).values == dict.fromkeys(MONTHS, 10000)
    assert split(7, ["2026-05"]) == targets.Split({"2026-05": 7})
    assert split(0, MONTHS[:2]).values == {"2026-01": 0, "2026-02": 0}


def test_by_weights_the_largest_remainder_gets_the_cent() -> None:
    # 1/6, 1/3 and 1/2 of 1.00: 16.67, 33.33, 50 cents.
    assert split(1, MONTHS[:3], [1, 2, 3]).values == {"2026-01": 0.17, "2026-02": 0.33, "2026-03": 0.5}
    # 3/7 and 4/7 of 0.10: 4.29 and 5.71.
    assert split(0.1, MONTHS[:2], [3, 4]).values == {"2026-01": 0.04, "2026-02": 0.06}
    assert split(10, MONTHS[:3], [0, 1, 0]).values == {"2026-01": 0, "2026-02": 10, "2026-03": 0}


def test_a_sum_is_a_sum_of_cents() -> None:
    # 0.285 is a little less in binary fractions; as it is written it rounds up.
    assert split(0.285, MONTHS[:1]).values == {"2026-01": 0.29}
    assert split(1.005, MONTHS[:1]).values == {"2026-01": 1.01}


@pytest.mark.parametrize(
    ("total", "months", "weights"),
    [
        (-1, 2, None),
        (nan, 2, None),
        (inf, 2, None),
        (1, 0, None),
        (1, 0, []),
        (1, 2, [1]),
        (1, 2, [1, 1, 1]),
        (1, 2, [0, 0]),
        (1, 2, [2, -1]),
        (1, 2, [1, nan]),
    ],
)
def test_what_cannot_be_split_is_refused(total: float, months: int, weights: list[float] | None) -> None:
    with pytest.raises(ValueError, match="2026-01" if months else r"\[\]"):
        split(total, MONTHS[:months], weights)


@given(st.integers(0, 10**13), st.lists(st.floats(0, 1e9), min_size=1, max_size=12).filter(any))
def test_the_parts_are_the_whole_and_none_is_a_cent_off_its_share(cents: int, weights: list[float]) -> None:
    parts = [round(part * 100) for part in split(cents / 100, MONTHS[: len(weights)], weights).values.values()]
    assert sum(parts) == cents
    assert all(abs(part - cents * weight / sum(weights)) < 1 + 1e-9 * cents for part, weight in zip(parts, weights, strict=True))


def test_as_last_years_season_was() -> None:
    history = {shift(month, -12): amount for month, amount in zip(MONTHS[:3], (100, 200, 100), strict=True)}
    # What is not asked for tells nothing: neither this year's nor other months.
    found = split_by_season(1000, MONTHS[:3], history | {"2025-04": 999, "2026-01": 999, "2024-01": 999})
    assert found == targets.Split({"2026-01": 250, "2026-02": 500, "2026-03": 250})


def test_a_month_that_lacks_gets_an_even_share_and_the_rest_keep_their_season() -> None:
    found = split_by_season(1200, MONTHS[:4], {"2025-01": 10, "2025-02": 30, "2025-03": nan})
    assert found == targets.Split({"2026-01": 150, "2026-02": 450, "2026-03": 300, "2026-04": 300}, ("2026-03", "2026-04"))


def test_without_a_year_before_evenly() -> None:
    even = dict.fromkeys(MONTHS[:2], 50.0)
    assert split_by_season(100, MONTHS[:2], {}) == targets.Split(even, ("2026-01", "2026-02"))
    assert split_by_season(100, MONTHS[:2], {"2025-01": 0, "2025-02": 0}) == targets.Split(even)
    assert split_by_season(100, MONTHS[:2], {"2025-01": 0}) == targets.Split(even, ("2026-02",))
    assert split_by_season(100, MONTHS[:2], {"2025-01": -5, "2025-02": -1}) == targets.Split(even)


def test_a_month_that_gave_back_more_than_it_took_counts_as_nothing() -> None:
    assert split_by_season(100, MONTHS[:2], {"2025-01": -50, "2025-02": 10}).values == {"2026-01": 0, "2026-02": 100}


# Check


def cells(*rows: tuple[Any, ...]) -> pd.DataFrame:
    """(kpi, manager, team, month, numerator, denominator, n) -> cells."""
    return pd.DataFrame([(*one, 0.0) for one in rows], columns=list(CELL_COLUMNS)).astype(CELL_COLUMNS)


def shares(manager: str, *percents: float, kpi: str = "csat", n: int = 100, through: str = "2026-12") -> list[tuple[Any, ...]]:
    """One cell a month, the last in ``through``."""
    return [(kpi, manager, None, shift(through, back - len(percents) + 1), percent, 100, n) for back, percent in enumerate(percents)]


UP_AND_DOWN = shares("李明", 80, 90, 85, 95, 90, 70)


def test_how_often_a_target_would_have_been_met() -> None:
    frame = cells(*UP_AND_DOWN, *shares("王芳", 90, 89.9))
    before = frame.copy(deep=True)
    found = check(frame, CSAT, 0.9, through="2026-12")
    assert found.tallies == (Tally("李明", None, 3, 6), Tally("王芳", None, 1, 2))
    assert (found.kpi, found.target, found.met, found.judged, found.months, found.digits, found.targets) == ("csat", 0.9, 4, 8, 6, 1, 1)
    assert found.findings == ()
    pd.testing.assert_frame_equal(frame, before)


def test_lower_is_better_where_it_is() -> None:
    rows = [("response_time", "李明", None, month, hours * 10, 10, 10) for month, hours in zip(MONTHS[6:], (20, 24, 25, 30, 10, 24), strict=True)]
    assert check(cells(*rows), HOURS, 24, through="2026-12").tallies == (Tally("李明", None, 4, 6),)


def test_a_total_is_its_numerator() -> None:
    rows = [("sales_amount", "李明", None, month, amount, 0, 1) for month, amount in zip(MONTHS[6:], (1, 2, 3, 4, 5, 6), strict=True)]
    found = check(cells(*rows), SALES, 3, through="2026-12")
    assert (found.met, found.judged, found.findings) == (4, 6, ())
    assert [(one.percent, one.target, one.met) for one in found.proposals] == [(50, 4, 3), (70, 2, 5), (90, 1, 6)]


def test_only_the_months_looked_at() -> None:
    rows = shares("李明", *([0] + [100] * 12 + [0]), through="2026-12")
    found = check(cells(*rows), CSAT, 0.9, through="2026-11")
    assert (found.met, found.judged, found.months) == (12, 12, 12)
    assert check(cells(*rows), CSAT, 0.9, through="2026-12").met == 11
    assert check(cells(*rows), CSAT, 0.9, through="2026-12", months=2).judged == 2


def test_only_this_kpi_and_only_months_with_enough_cases() -> None:
    rows = [*shares("李明", *[100] * 6), *shares("李明", *[0] * 6, kpi="nps"), *shares("王芳", 0, n=4), *shares("赵强", 0, n=5)]
    assert check(cells(*rows), CSAT, 0.9, through="2026-12").tallies == (Tally("李明", None, 6, 6), Tally("赵强", None, 0, 1))


def test_cells_of_one_manager_and_month_are_one_and_a_team_stands_for_itself() -> None:
    rows = [("csat", "李明", "华东组", "2026-10", 10, 10, 10), ("csat", "李明", None, "2026-10", 5, 10, 10)]
    rows += [
        ("csat", None, "华东组", "2026-10", 10, 10, 10),
        ("csat", None, None, "2026-10", 10, 10, 10),
        ("csat", "王芳", None, "2026-10", 3, 0, 10),
    ]
    assert check(cells(*rows), CSAT, 0.75, through="2026-12").tallies == (Tally(None, "华东组", 1, 1), Tally("李明", None, 1, 1))
    assert check(cells(*rows), CSAT, 0.76, through="2026-12").met == 1


def test_without_figures_a_target_is_not_measurable() -> None:
    found = check(cells(), CSAT, 0.9, through="2026-12")
    assert (found.met, found.judged, found.months, found.tallies, found.proposals) == (0, 0, 0, (), ())
    assert found.findings == ("not_measurable",)
    elsewhere = [*shares("李明", 90, kpi="nps"), *shares("李明", 90, through="2025-12"), ("csat", None, None, "2026-12", 9, 10, 10)]
    assert check(cells(*elsewhere, ("csat", "李明", None, "2026-12", 0, 0, 9)), CSAT, 0.9, through="2026-12").findings == ("not_measurable",)


@pytest.mark.parametrize(("percent", "finding"), [(100, "not_challenging"), (0, "not_attainable")])
def test_never_is_said_of_half_a_year_at_least(percent: float, finding: str) -> None:
    assert check(cells(*shares("李明", *[percent] * 6)), CSAT, 0.9, through="2026-12").findings == (finding,)
    few = [*shares("李明", *[percent] * 5), *shares("王芳", *[percent] * 5)]
    assert check(cells(*few), CSAT, 0.9, through="2026-12").findings == ("too_few_months",)
    # One that is otherwise settles it.
    assert check(cells(*shares("李明", *[percent] * 5, 100 - percent)), CSAT, 0.9, through="2026-12").findings == ()


def test_figures_from_too_few_cases_are_figures_but_too_few() -> None:
    found = check(cells(*shares("李明", *[100] * 12, n=4)), CSAT, 0.9, through="2026-12")
    assert (found.judged, found.months, found.findings, found.proposals) == (0, 0, ("too_few_months",), ())


def test_a_kpi_outside_the_score_is_not_aligned_a_total_is_the_goal_itself() -> None:
    rows = shares("李明", 80, 90, 85, 95, 90, 70, kpi="satisfaction_score")
    assert check(cells(*rows), SCORE, 0.9, through="2026-12").findings == ("not_aligned",)
    assert not SALES.weighted
    assert check(cells(*rows), replace(SCORE, measure="total"), 90, through="2026-12").findings == ()


def test_a_category_without_weight_is_not_aligned(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(targets.WEIGHTS, "business", 0.0)
    assert check(cells(*UP_AND_DOWN), replace(CSAT, category="business"), 0.9, through="2026-12").findings == ("not_aligned",)
    assert check(cells(*UP_AND_DOWN), replace(CSAT, category="people"), 0.9, through="2026-12").findings == ()


@pytest.mark.parametrize(
    ("target", "at_once", "digits", "hard"),
    [(0.925, 1, 3, False), (0.9237, 1, 4, True), (0.9, 9, 1, False), (0.9, 10, 1, True), (0.1 + 0.2, 1, 1, False), (0.9999999999999, 1, 1, False)],
)
def test_few_at_once_and_round_can_be_kept_in_mind(target: float, at_once: int, digits: int, hard: bool) -> None:
    found = check(cells(*UP_AND_DOWN, *shares("王芳", 10, 100)), CSAT, target, through="2026-12", targets=at_once)
    assert (found.digits, found.targets) == (digits, at_once)
    assert found.findings == (("hard_to_understand",) if hard else ())


@pytest.mark.parametrize(("target", "digits"), [(120000, 2), (125000, 3), (83333.33, 7), (0, 1), (24, 2), (100, 1)])
def test_noughts_at_the_end_need_not_be_said(target: float, digits: int) -> None:
    assert check(cells(), SALES, target, through="2026-12").digits == digits


def test_the_default_targets_can_be_kept_in_mind() -> None:
    # The source's list has improvement too.
    assert sum(kpi.target is not None for kpi in ALL if kpi.id != "improvement") + 1 <= targets.MOST_TARGETS


def test_proposals_are_values_met_in_half_and_more_of_the_months_made_easier() -> None:
    values = pd.Series([0.951, 0.941, 0.931, 0.921, 0.911, 0.891, 0.881, 0.871, 0.861, 0.5])
    assert targets.proposals(values, CSAT) == (Proposal(50, 0.91, 5, 10), Proposal(70, 0.88, 7, 10), Proposal(90, 0.86, 9, 10))
    hours = pd.Series([4.01, 8.5, 12.3, 23.1])
    assert targets.proposals(hours, HOURS) == (Proposal(50, 8.5, 2, 4), Proposal(70, 13, 3, 4), Proposal(90, 24, 4, 4))
    assert targets.proposals(pd.Series([123456.0]), SALES) == tuple(Proposal(percent, 120000, 1, 1) for percent in (50, 70, 90))
    assert targets.proposals(pd.Series([0.0]), replace(HOURS, id="x")) == tuple(Proposal(percent, 0, 1, 1) for percent in (50, 70, 90))
    assert targets.proposals(pd.Series([0.1 + 0.2]), HOURS)[0].target == 0.3
    assert targets.proposals(pd.Series([], dtype="float64"), CSAT) == ()


@given(st.lists(st.floats(0, 1), min_size=1, max_size=40), st.booleans())
def test_a_proposal_is_met_as_often_as_it_says(values: list[float], higher: bool) -> None:
    kpi = replace(CSAT, higher_is_better=higher)
    found = targets.proposals(pd.Series(values), kpi)
    assert [one.percent for one in found] == [50, 70, 90]
    for one in found:
        assert one.judged == len(values)
        assert one.met * 100 >= one.percent * one.judged
    hardest_first = [one.target for one in found]
    assert hardest_first == sorted(hardest_first, reverse=higher)
    assert [one.met for one in found] == sorted(one.met for one in found)


def test_half_of_many_figures_is_half() -> None:
    # 149 of 300 reached 90, which is not yet half of them.
    found = targets.proposals(pd.Series([90.0] * 149 + [80.0] * 151), SALES)
    assert [(one.percent, one.target, one.met) for one in found] == [(50, 80, 300), (70, 80, 300), (90, 80, 300)]
