"""Cells to readings: one for every KPI and subject, gaps kept, limits that know more than the window shows."""

from __future__ import annotations

import datetime as dt
import itertools
from typing import Any

import pandas as pd
import pytest

from amdash.insight import signals, spc
from amdash.insight.reading import Limits, Point, Reading
from amdash.insight.readings import Held, readings, subjects_of
from amdash.metrics import evaluate
from amdash.metrics.kpi.staff_satisfaction import KPI as STAFF
from amdash.metrics.period import last_periods
from amdash.metrics.spec import CELL_COLUMNS, Facts, Kpi
from amdash.metrics.target_sheet import Stated
from amdash.schema import TABLES, empty_frame, frame_of

ROSTER = pd.DataFrame({"manager": ["王晓梅", "李明", "赵强", "孙丽"], "team": ["华东组", "华南组", "华东组", ""]}, dtype="str")
MONTHS = last_periods("2026-10", 24)
# Swings between 0.5 and 0.7, so that nothing of it is a signal.
CALM = [0.5, 0.7] * 12


def kpi(name: str = "csat", **changes: Any) -> Kpi:
    """A ratio KPI whose target is 0.9, judged from five cases on."""

    def nothing(_facts: object) -> pd.DataFrame:
        raise AssertionError("readings are made of cells, never of facts")

    given: dict[str, Any] = {
        "name": name,
        "short": name,
        "formula": "",
        "source": "",
        "category": "business",
        "unit": "ratio",
        "measure": "ratio",
        "higher_is_better": True,
        "target": 0.9,
        "rows": "surveys",
        "cells": nothing,
        "behind": nothing,
        "min_sample": 5,
        "share": True,
    }
    return Kpi(id=name, **given | changes)


def cells(*rows: tuple[str, str, float, float], name: str = "csat", team: str | None = None) -> pd.DataFrame:
    """Cells of (manager, month, numerator, denominator); n is the denominator."""
    return pd.DataFrame(
        {
            "kpi": [name] * len(rows),
            "manager": [row[0] or None for row in rows],
            "team": [team] * len(rows),
            "month": [row[1] for row in rows],
            "numerator": [row[2] for row in rows],
            "denominator": [row[3] for row in rows],
            "n": [int(row[3]) for row in rows],
            "sum_of_squares": [0.0] * len(rows),
        },
        columns=list(CELL_COLUMNS),
    ).astype(CELL_COLUMNS)


def series(manager: str, values: list[float | None], last: str = "2026-10") -> pd.DataFrame:
    """One cell of 100 cases for every month that has a value, the last one in ``last``."""
    months = last_periods(last, len(values))
    return cells(*((manager, month, 100 * value, 100) for month, value in zip(months, values, strict=True) if value is not None))


def share_limits(values: list[float]) -> Limits | None:
    """The limits of shares of 100 cases each, by Laney's chart."""
    return signals.shares([100 * value for value in values], [100] * len(values), exact=True).limits


def only(measured: pd.DataFrame, one: Kpi | None = None, **changes: Any) -> Reading:
    """The reading of the first manager on the roster."""
    given: dict[str, Any] = {"period": "2026-10", "every": "month", "by": "manager"}
    return readings(measured, ROSTER, [one or kpi()], **given | changes)[0]


def test_one_reading_per_kpi_and_subject_in_their_order_measured_or_not() -> None:
    found = readings(cells(("李明", "2026-10", 190, 200)), ROSTER, [kpi("csat"), kpi("answer_rate")], period="2026-10", every="month", by="manager")
    assert [(one.kpi, one.subject) for one in found] == [(name, who) for name in ("csat", "answer_rate") for who in ROSTER["manager"]]
    assert [one.verdict for one in found] == ["absent", "met", *["absent"] * 6]
    assert {one.period for one in found} == {"2026-10"}


def test_a_figure_with_its_sums_target_and_verdict() -> None:
    reading = only(cells(("王晓梅", "2026-10", 17, 20)))
    assert (reading.value, reading.numerator, reading.denominator, reading.n, reading.target) == (0.85, 17, 20, 20, 0.9)
    assert (reading.variation, reading.limits) == ("unknown", None)
    assert reading.points[-1] == Point("2026-10", 0.85, 20, target=0.9)
    # Wilson's interval of 17 of 20 is 64.0 to 94.8 %: the target lies within it, and the value below.
    assert (reading.verdict, reading.leaning) == ("few", "missed")
    assert reading.interval is not None
    assert (reading.interval.lower, reading.interval.upper) == pytest.approx((0.6396, 0.9476), abs=1e-4)
    # 33 satisfied answers more in a row would settle it for 19 of 20; here more.
    assert reading.settling is not None
    assert reading.settling.met is not None
    assert only(cells(("王晓梅", "2026-10", 17 + reading.settling.met, 20 + reading.settling.met))).verdict == "met"
    assert only(cells(("王晓梅", "2026-10", 16 + reading.settling.met, 19 + reading.settling.met))).verdict == "few"


def test_nothing_measured_is_a_gap_and_never_nought() -> None:
    reading = only(cells())
    assert (reading.value, reading.numerator, reading.denominator, reading.n, reading.verdict) == (None, None, None, 0, "absent")
    assert reading.points == tuple(Point(month, None, 0, target=0.9) for month in MONTHS[-12:])
    assert reading.target == 0.9


def test_a_missing_month_is_a_gap_between_its_neighbours() -> None:
    reading = only(series("王晓梅", [0.5, None, 0.7]))
    assert [(point.period, point.value, point.n) for point in reading.points[-4:]] == [
        ("2026-07", None, 0),
        ("2026-08", 0.5, 100),
        ("2026-09", None, 0),
        ("2026-10", 0.7, 100),
    ]


def test_the_last_month_missing_says_so_though_earlier_ones_are_there() -> None:
    reading = only(series("王晓梅", [*CALM[:-1], None]))
    assert (reading.value, reading.verdict, reading.variation) == (None, "absent", "unknown")
    assert reading.limits is not None


def test_a_series_begins_where_anything_was_measured_and_can_be_shown_from_there() -> None:
    reading = only(series("王晓梅", [0.5, None, 0.7]))
    assert reading.begins() == 9
    shown = reading.since(reading.begins())
    assert [(point.period, point.value) for point in shown.points] == [("2026-08", 0.5), ("2026-09", None), ("2026-10", 0.7)]
    assert (shown.value, shown.n, shown.period, len(reading.points)) == (0.7, 100, "2026-10", 12)
    assert only(cells()).begins() == 12
    assert only(cells()).since(12).points == ()
    # Of a series that is older than its window every point is shown.
    assert only(series("王晓梅", CALM)).begins() == 0


def test_below_five_points_nobody_knows_what_is_ordinary() -> None:
    assert only(series("王晓梅", CALM[:4])).variation == "unknown"
    five = only(series("王晓梅", CALM[:5]))
    assert five.variation == "ordinary"
    assert five.limits is not None
    assert five.limits.provisional


def test_the_window_cuts_the_points_but_limits_know_two_years() -> None:
    measured = series("王晓梅", CALM)
    for window in (1, 6, 12, 24):
        reading = only(measured, window=window)
        assert [point.period for point in reading.points] == MONTHS[-window:]
        assert reading.limits == share_limits(CALM)
        assert reading.limits is not None
        assert not reading.limits.provisional


def test_what_is_older_than_two_years_does_not_count_and_a_wider_window_sees_it() -> None:
    measured = series("王晓梅", [0.0, 0.0, *CALM])
    assert only(measured).limits == share_limits(CALM)
    wide = only(measured, window=26)
    assert len(wide.points) == 26
    assert (wide.points[0].period, wide.points[0].value) == ("2024-09", 0.0)
    assert wide.limits == share_limits([0.0, 0.0, *CALM])


def test_later_months_do_not_count() -> None:
    measured = pd.concat([series("王晓梅", CALM), cells(("王晓梅", "2026-11", 0, 100))])
    assert only(measured).limits == share_limits(CALM)
    assert only(measured).value == 0.7


@pytest.mark.parametrize(
    ("last", "higher", "variation", "direction"),
    [
        (1.0, True, "improving", "improvement"),
        (0.0, True, "worsening", "concern"),
        (1.0, False, "worsening", "concern"),
        (0.0, False, "improving", "improvement"),
    ],
)
def test_which_way_is_better_decides_what_a_signal_means(last: float, higher: bool, variation: str, direction: str) -> None:
    steady = [0.5, 0.51] * 11
    reading = only(series("王晓梅", [*steady, last]), kpi(higher_is_better=higher))
    assert (reading.variation, reading.points[-1].flag, reading.points[-1].direction) == (variation, "outside", direction)
    # The move before it was nothing special.
    before = only(series("王晓梅", [*steady, last]), kpi(higher_is_better=higher), period="2026-09")
    assert (before.variation, before.points[-1].flag, before.points[-1].direction) == ("ordinary", None, None)


def test_lower_is_better_turns_the_verdict_too() -> None:
    measured = cells(("王晓梅", "2026-10", 190, 200))
    assert only(measured).verdict == "met"
    assert only(measured, kpi(higher_is_better=False)).verdict == "missed"
    assert only(cells(("王晓梅", "2026-10", 160, 200)), kpi(higher_is_better=False)).verdict == "met"


@pytest.mark.parametrize(("cases", "target", "verdict"), [(4, 0.9, "few"), (5, 0.9, "few"), (50, 0.9, "met"), (4, None, "none")])
def test_few_cases_and_no_target(cases: int, target: float | None, verdict: str) -> None:
    reading = only(cells(("王晓梅", "2026-10", cases, cases)), kpi(target=target))
    assert (reading.verdict, reading.value, reading.n, reading.target) == (verdict, 1.0, cases, target)


def test_a_cell_of_nobody_counts_for_all_alone() -> None:
    rows = pd.concat([cells(("", "2026-10", 4, 5)), cells(("李明", "2026-10", 3, 5))], ignore_index=True)
    found = {by: [one.value for one in readings(rows, ROSTER, [kpi()], period="2026-10", every="month", by=by)] for by in ("manager", "team", "all")}
    assert found == {"manager": [None, 0.6, None, None], "team": [None, 0.6], "all": [0.7]}


# Answers: 4 of 5 points in each team, 2 of 5 where no team is named. Expected: 华东组, 华南组 and everybody.
@pytest.mark.parametrize(
    ("east", "south", "nobody", "expected"),
    [
        (5, 5, 0, [(0.8, 5, "met"), (0.8, 5, "met"), (0.8, 10, "met")]),
        (5, 4, 0, [(0.8, 5, "met"), (None, 0, "absent"), (0.8, 5, "met")]),
        # 5 x 0.8, and 3 x 0.8 with 2 x 0.4 that nobody is named for: 7.2 of 10, give or take 0.12.
        (5, 3, 2, [(0.8, 5, "met"), (None, 0, "absent"), (0.72, 10, "few")]),
        (4, 0, 0, [(None, 0, "absent")] * 3),
    ],
)
def test_what_a_staff_survey_does_not_tell_is_absent(east: int, south: int, nobody: int, expected: list[tuple[float | None, int, str]]) -> None:
    asked = [*["华东组"] * east, *["华南组"] * south, *[None] * nobody]
    columns = {"date": [dt.datetime(2026, 10, 8)] * len(asked), "score": [4.0 if team else 2.0 for team in asked], "scale": [5.0] * len(asked)}
    columns |= {"team": asked, "source_file": ["x"] * len(asked), "source_sheet": ["S"] * len(asked), "source_row": list(range(len(asked)))}
    tables = {name: empty_frame(table) for name, table in TABLES.items()}
    tables["staff_surveys"] = frame_of(TABLES["staff_surveys"], columns, len(asked))
    measured = evaluate.cells(Facts(tables, dt.datetime(2026, 11, 24)), [STAFF])
    found = [one for by in ("team", "all") for one in readings(measured, ROSTER, [STAFF], period="2026-10", every="month", by=by)]
    assert [(one.value, one.n, one.verdict) for one in found] == [(value and pytest.approx(value), n, verdict) for value, n, verdict in expected]
    managers = readings(measured, ROSTER, [STAFF], period="2026-10", every="month", by="manager")
    assert {(one.value, one.n, one.verdict, one.variation) for one in managers} == {(None, 0, "absent", "unknown")}


def test_a_denominator_of_nought_is_no_value() -> None:
    reading = only(cells(("王晓梅", "2026-10", 0, 0)))
    assert (reading.value, reading.verdict) == (None, "absent")


def test_a_total_has_no_denominator_and_no_ceiling() -> None:
    measured = series("王晓梅", [5.0, 7.0] * 6)
    reading = only(measured, kpi(unit="money", measure="total", target=None, min_sample=1, share=False))
    assert (reading.value, reading.numerator, reading.denominator, reading.verdict) == (700, 700, None, "none")
    assert reading.limits == spc.limits([500.0, 700.0] * 6, floor=0.0)
    assert reading.limits is not None
    assert reading.limits.upper > 1000


@pytest.mark.parametrize(("share", "upper"), [(True, 1.0), (False, 1.432)])
def test_no_share_goes_above_one_and_nothing_below_nought(share: bool, upper: float) -> None:
    # Mean 0.9, moving range 0.2: 0.9 + 2.66 x 0.2 = 1.432.
    high = only(series("王晓梅", [0.8, 1.0] * 6), kpi(share=share)).limits
    assert high is not None
    assert high.upper == pytest.approx(upper)
    low = only(series("王晓梅", [0.0, 0.2] * 6), kpi(share=share)).limits
    assert low is not None
    assert low.lower == 0.0


def sold(last: str, months: int, first_amount: float = 100.0) -> pd.DataFrame:
    """Sales of 100, 110, 100, ... in the months up to ``last``."""
    return cells(
        *(("王晓梅", month, first_amount + 10 * (place % 2), 1) for place, month in enumerate(last_periods(last, months))), name="sales_amount"
    )


SALES = {"unit": "money", "measure": "total", "target": None, "min_sample": 1, "share": False}


def test_a_quarter_that_is_not_over_is_shown_but_is_no_fall() -> None:
    # Seven whole quarters, then October alone.
    reading = only(sold("2026-10", 22), kpi("sales_amount", **SALES), period="2026-Q4", every="quarter")
    assert (reading.value, reading.n, reading.verdict, reading.variation) == (110, 1, "none", "unknown")
    last = reading.points[-1]
    assert (last.period, last.value, last.n, last.flag) == ("2026-Q4", None, 1, None)
    assert [point.value for point in reading.points[-8:-1]] == [310, 320, 310, 320, 310, 320, 310]
    assert reading.limits == spc.limits([310.0, 320.0, 310.0, 320.0, 310.0, 320.0, 310.0], floor=0.0)


def test_a_quarter_that_is_over_is_a_point_and_so_is_every_month() -> None:
    whole = only(sold("2026-12", 24), kpi("sales_amount", **SALES), period="2026-Q4", every="quarter")
    assert (whole.value, whole.points[-1].value, whole.variation) == (320, 320, "ordinary")
    month = only(sold("2026-10", 22), kpi("sales_amount", **SALES))
    assert (month.value, month.points[-1].value, month.variation) == (110, 110, "ordinary")


def test_the_first_quarter_counts_only_when_it_is_there_from_its_first_month() -> None:
    late = only(sold("2026-12", 23), kpi("sales_amount", **SALES), period="2026-Q4", every="quarter")
    assert [point.value for point in late.points[-8:-6]] == [None, 310]
    assert late.points[-8].n == 2
    whole = only(sold("2026-12", 24), kpi("sales_amount", **SALES), period="2026-Q4", every="quarter")
    assert whole.points[-8].value == 310


def test_the_oldest_of_the_quarters_has_all_its_months() -> None:
    reading = only(sold("2026-12", 80), kpi("sales_amount", **SALES), period="2026-Q4", every="quarter", window=24)
    assert (reading.points[0].period, reading.points[0].value, reading.points[0].n) == ("2021-Q1", 310, 3)


def test_shares_of_few_cases_have_the_limits_that_chance_gives_them() -> None:
    # 24 months of 25 answers, of which one or two are no: three standard deviations promise less than so few cases keep.
    numerators = [24, 23] * 12
    reading = only(cells(*(("王晓梅", month, float(yes), 25.0) for month, yes in zip(MONTHS, numerators, strict=True))))
    assert reading.limits == signals.shares(numerators, [25] * 24, exact=True).limits
    assert reading.limits is not None
    # 20 of 25; three standard deviations alone would end at 0.8336.
    assert reading.limits.lower == pytest.approx(0.8)


def test_a_net_promoter_score_has_both_its_ends() -> None:
    # Mean moving range 0.2 around -0.9 and 0.9: 0.532 to either side.
    for sign, end in ((1, "upper"), (-1, "lower")):
        found = only(series("王晓梅", [sign * 0.8, sign * 1.0] * 6), kpi(share=False, unit="points")).limits
        assert found is not None
        assert getattr(found, end) == sign
        assert (found.lower, found.upper) == pytest.approx((0.368, 1.0) if sign > 0 else (-1.0, -0.368))


def test_somebody_else_s_months_say_whether_a_quarter_is_over() -> None:
    # 王晓梅 sold nothing in November and December, and that is a fall.
    rows = pd.concat([sold("2026-10", 22), cells(("李明", "2026-12", 5, 1), name="sales_amount")])
    reading = only(rows, kpi("sales_amount", **SALES), period="2026-Q4", every="quarter")
    assert (reading.points[-1].value, reading.variation) == (110, "worsening")


def test_another_kpis_months_say_nothing_of_whether_a_quarter_is_over() -> None:
    rows = pd.concat([sold("2026-10", 22), cells(("王晓梅", "2026-12", 9, 10))])
    reading = only(rows, kpi("sales_amount", **SALES), period="2026-Q4", every="quarter")
    assert (reading.value, reading.points[-1].value, reading.variation) == (110, None, "unknown")


def test_a_year_that_is_not_whole_is_shown_but_is_no_point() -> None:
    # 2025 from February on, 2026 whole: 6 x 100 + 6 x 110.
    reading = only(sold("2026-12", 23), kpi("sales_amount", **SALES), period="2026", every="year", window=3)
    assert [(point.period, point.value, point.n) for point in reading.points] == [("2024", None, 0), ("2025", None, 11), ("2026", 1260, 12)]
    cut = only(sold("2026-11", 23), kpi("sales_amount", **SALES), period="2026", every="year", window=2)
    # January 2025 is there, December 2026 is not: 6 x 100 + 5 x 110.
    assert ([point.value for point in cut.points], cut.value) == ([1260, None], 1150)


def test_a_share_of_a_quarter_that_is_not_over_is_no_point_either() -> None:
    reading = only(series("王晓梅", [0.5, 0.5, 0.5, 0.7]), period="2026-Q4", every="quarter", window=2)
    assert ([point.value for point in reading.points], reading.value, reading.variation) == ([0.5, None], 0.7, "unknown")


def test_quarters_are_sums_over_sums() -> None:
    rows = cells(
        ("王晓梅", "2026-07", 9, 10),
        ("王晓梅", "2026-08", 10, 50),
        ("王晓梅", "2026-10", 6, 8),
        ("王晓梅", "2026-12", 3, 4),
        ("王晓梅", "2027-01", 0, 9),
    )
    reading = only(rows, period="2026-Q4", every="quarter", window=3)
    assert (reading.period, reading.value, reading.numerator, reading.denominator, reading.n) == ("2026-Q4", 0.75, 9, 12, 12)
    assert [(point.period, point.value, point.n) for point in reading.points] == [
        ("2026-Q2", None, 0),
        ("2026-Q3", pytest.approx(19 / 60), 60),
        ("2026-Q4", 0.75, 12),
    ]


def test_years_are_sums_over_sums() -> None:
    rows = cells(("王晓梅", "2025-01", 1, 10), ("王晓梅", "2025-12", 9, 10), ("王晓梅", "2026-10", 8, 10), ("王晓梅", "2026-12", 8, 10))
    reading = only(rows, period="2026", every="year", window=2)
    assert [(point.period, point.value) for point in reading.points] == [("2025", 0.5), ("2026", 0.8)]


def test_teams_are_the_named_ones_of_the_roster_each_once() -> None:
    rows = cells(("王晓梅", "2026-10", 9, 10), ("赵强", "2026-10", 3, 10), ("李明", "2026-10", 8, 8), ("孙丽", "2026-10", 1, 10))
    found = readings(rows, ROSTER, [kpi()], period="2026-10", every="month", by="team")
    assert [(one.subject, one.value, one.n) for one in found] == [("华东组", 0.6, 20), ("华南组", 1.0, 8)]


def test_a_cell_that_names_only_a_team_counts_for_the_team_and_for_all() -> None:
    rows = pd.concat([cells(("", "2026-10", 4, 10), team="华东组"), cells(("李明", "2026-10", 8, 10))], ignore_index=True)
    teams = readings(rows, ROSTER, [kpi()], period="2026-10", every="month", by="team")
    assert [(one.subject, one.value) for one in teams] == [("华东组", 0.4), ("华南组", 0.8)]
    people = readings(rows, ROSTER, [kpi()], period="2026-10", every="month", by="manager")
    assert [one.value for one in people] == [None, 0.8, None, None]
    (everybody,) = readings(rows, ROSTER, [kpi()], period="2026-10", every="month", by="all")
    assert (everybody.subject, everybody.value, everybody.n) == ("", 0.6, 20)


def test_no_kpis_or_nobody_gives_no_readings() -> None:
    assert readings(cells(), ROSTER, [], period="2026-10", every="month", by="manager") == []
    assert readings(cells(), ROSTER.iloc[:0], [kpi()], period="2026-10", every="month", by="manager") == []


def test_inputs_are_left_as_they_were() -> None:
    measured, roster = series("王晓梅", CALM), ROSTER.copy()
    before = measured.copy()
    readings(measured, roster, [kpi()], period="2026-10", every="month", by="team")
    pd.testing.assert_frame_equal(measured, before)
    pd.testing.assert_frame_equal(roster, ROSTER)


def test_the_limits_of_a_share_follow_its_cases_and_those_of_an_amount_do_not() -> None:
    months = last_periods("2026-10", 12)
    few_and_many = [(month, 0.5 + 0.02 * (place % 2), 20 if place % 2 else 400) for place, month in enumerate(months)]
    measured = cells(*(("王晓梅", month, round(share * n), n) for month, share, n in few_and_many))
    widths = {point.n: round(point.upper - point.lower, 9) for point in only(measured).points if point.upper is not None and point.lower is not None}
    assert widths[20] > 2 * widths[400]
    band = only(measured).band()
    assert [place for place, _lower, _upper in band] == list(range(12))
    assert band[0][1:] == (only(measured).points[0].lower, only(measured).points[0].upper)
    amounts = only(measured, kpi(share=False, unit="money"))
    assert len({(point.lower, point.upper) for point in amounts.points}) == 1
    assert amounts.band() == ()


@pytest.mark.parametrize(
    ("target", "higher", "said"),
    [(0.3, True, "will_meet"), (0.6, True, "hit_or_miss"), (0.9, True, "will_miss"), (0.9, False, "will_meet"), (None, True, "no_target")],
)
def test_whether_the_target_will_be_met_as_things_are(target: float | None, higher: bool, said: str) -> None:
    # Shares of 100 cases between 50 and 70 %: what is ordinary lies within 0.33 and 0.87.
    calm = [0.55, 0.65] * 12
    limits = only(series("王晓梅", calm)).limits
    assert limits is not None
    assert 0.3 < limits.lower < 0.6 < limits.upper < 0.9
    assert only(series("王晓梅", calm), kpi(target=target, higher_is_better=higher)).assurance == said


def test_too_few_points_promise_nothing() -> None:
    assert only(series("王晓梅", CALM[:4])).assurance == "unknown"


def test_a_net_promoter_score_may_be_below_nought() -> None:
    scores = kpi(unit="points", measure="mean", share=False, target=None)
    limits = only(series("王晓梅", [-0.9, -0.5] * 12), scores).limits
    # Mean -0.7, moving range 0.4: -0.7 - 2.66 x 0.4 would be below what there is.
    assert limits is not None
    assert (limits.lower, limits.upper) == pytest.approx((-1.0, -0.7 + 2.66 * 0.4))


# What figures are held against: the ledger, marks, cases


def test_every_point_is_judged_by_the_target_of_its_time() -> None:
    entries = [Stated("csat", "everybody", "", "2026-09", 0.5), Stated("csat", "manager", "李明", "2026-10", 0.95)]
    measured = pd.concat([series("王晓梅", CALM), series("李明", CALM)], ignore_index=True)
    held = Held(entries=entries)
    mei, li, zhao, _ = readings(measured, ROSTER, [kpi()], period="2026-10", every="month", by="manager", window=3, held=held)
    assert [point.target for point in mei.points] == [0.9, 0.5, 0.5]
    assert (mei.target, mei.verdict, mei.aims()) == (0.5, "met", ((0, 0, 0.9), (1, 2, 0.5)))
    assert ([point.target for point in li.points], li.target, li.verdict) == ([0.9, 0.5, 0.95], 0.95, "missed")
    # Whose figures are not there has a target all the same.
    assert (zhao.value, zhao.target) == (None, 0.5)


def test_a_quarters_target_weighs_its_months_also_for_a_team() -> None:
    rows = cells(("王晓梅", "2026-07", 9, 10), ("王晓梅", "2026-08", 30, 30), ("赵强", "2026-08", 60, 60))
    held = Held(entries=[Stated("csat", "everybody", "", "2026-08", 0.5)])
    (team, _) = readings(rows, ROSTER, [kpi()], period="2026-Q3", every="quarter", by="team", held=held)
    assert team.target == pytest.approx((10 * 0.9 + 90 * 0.5) / 100)
    (everybody,) = readings(rows, ROSTER, [kpi()], period="2026-Q3", every="quarter", by="all", held=held)
    assert everybody.target == team.target


def test_limits_begin_anew_where_somebody_says_so() -> None:
    # Six months lower than the eighteen before: without a mark a run, with one a level of its own.
    values = [0.6, 0.65] * 9 + [0.3, 0.35] * 3
    measured = series("王晓梅", values)
    plain, marked = (
        readings(measured, ROSTER, [kpi()], period="2026-10", every="month", by="manager", held=held)[0]
        for held in (None, Held(marks=lambda name, by, subject: ["2026-05"] if (name, by, subject) == ("csat", "manager", "王晓梅") else []))
    )
    assert plain.variation == "worsening"
    assert (marked.variation, marked.limits is not None and round(marked.limits.centre, 9)) == ("ordinary", 0.325)
    assert [point.centre for point in marked.points][:6] == [pytest.approx(0.625)] * 6


def test_a_mark_within_a_quarter_begins_with_it() -> None:
    months = last_periods("2026-12", 48)
    rows = cells(*(("王晓梅", month, 50 + place % 2 + 20 * (month >= "2025-10"), 100) for place, month in enumerate(months)))

    def stretches(*marks: str) -> list[str]:
        """The quarters in which the centre is another than in the one before."""
        held = Held(marks=lambda *_: list(marks))
        (one, *_) = readings(rows, ROSTER, [kpi()], period="2026-Q4", every="quarter", by="manager", held=held)
        return [after.period for before, after in itertools.pairwise(one.points) if before.centre != after.centre]

    assert stretches("2025-11", "1999-01") == ["2025-Q4"]
    assert stretches("2099-01") == stretches() == []


def test_a_mark_among_weeks_begins_with_the_first_that_counts_to_its_month() -> None:
    weeks = last_periods("2026-W44", 24)
    rows = cells(*(("王晓梅", week, 50 + place % 2 + 20 * (week >= "2026-W32"), 100) for place, week in enumerate(weeks)))
    begun = {}
    for months in (["2026-08"], ["1999-01"], []):
        held = Held(marks=lambda *_, months=months: months)
        (one, *_) = readings(rows, ROSTER, [kpi(share=False, weekly=True)], period="2026-W44", every="week", by="manager", window=24, held=held)
        begun[str(months)] = [after.period for before, after in itertools.pairwise(one.points) if before.centre != after.centre]
    # The Thursday of week 32 is 6 August.
    assert begun == {"['2026-08']": ["2026-W32"], "['1999-01']": [], "[]": []}


def test_periods_that_share_months_have_no_limits() -> None:
    measured = series("王晓梅", CALM)
    (one, *_) = readings(measured, ROSTER, [kpi()], period="2026-08..2026-10", every="rolling3", by="manager", window=4)
    assert [point.period for point in one.points] == ["2026-05..2026-07", "2026-06..2026-08", "2026-07..2026-09", "2026-08..2026-10"]
    assert [round(point.value or 0, 9) for point in one.points] == [round(value, 9) for value in (1.7 / 3, 1.9 / 3, 1.7 / 3, 1.9 / 3)]
    assert (one.limits, one.variation, one.assurance, one.value) == (None, "unknown", "unknown", pytest.approx(1.9 / 3))
    for months in (2, 12):
        (back, *_) = readings(measured, ROSTER, [kpi(window_months=months)], period="2026-10", every="month", by="manager")
        assert (back.limits, back.value) == (None, 0.7)


def test_a_median_is_read_off_its_cases() -> None:
    median = kpi("response_median", measure="quantile", quantile=0.5, share=False, unit="hours", target=4.0, higher_is_better=False)
    rows = [("王晓梅", None, month, float(hours)) for month in ("2026-09", "2026-10") for hours in (1, 2, 3, 9, 10)]
    cases = {"response_median": pd.DataFrame(rows, columns=list(evaluate.SAMPLE_COLUMNS)).astype(evaluate.SAMPLE_COLUMNS)}
    one, *_ = readings(cells(), ROSTER, [median], period="2026-10", every="month", by="manager", window=2, held=Held(cases=cases))
    assert ([point.value for point in one.points], one.n, one.verdict, one.interval) == ([3, 3], 5, "met", None)
    few, *_ = readings(
        cells(), ROSTER, [median], period="2026-09", every="month", by="manager", held=Held(cases={"response_median": cases["response_median"][1:]})
    )
    assert (few.n, few.value, few.verdict, few.leaning) == (4, 6, "few", "missed")


def test_whose_readings_there_are() -> None:
    assert subjects_of(ROSTER, "manager") == ["王晓梅", "李明", "赵强", "孙丽"]
    assert subjects_of(ROSTER, "team") == ["华东组", "华南组"]
    assert subjects_of(ROSTER, "all") == [""]
