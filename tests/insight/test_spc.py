"""Signals: limits and rules against published figures, hand-made series, and a second computation in exact fractions."""

from __future__ import annotations

import itertools
import json
from collections.abc import Sequence
from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from amdash.insight import rules, spc
from amdash.insight.reading import Limits

# Swings between 0 and 10: mean 5, no run, no trend, and limits (about -22 to 32) that nothing of it comes near.
CALM = [0.0, 10.0] * 12
# What NHSRplotthedots calls the rules that a point breaks.
PUBLISHED_TYPES = {"Common Cause": None, "Above UCL": ("outside", 1), "2 in 3 Below CL": ("two_of_three", -1)}


def flagged(values: Sequence[float | None]) -> dict[int, tuple[str, int]]:
    """Place -> (rule, side) of every flagged value."""
    return {place: flag for place, flag in enumerate(spc.flags(values)) if flag}


def calm_with(at: int, *values: float) -> list[float]:
    """The calm series with some of its values replaced."""
    series = list(CALM)
    series[at : at + len(values)] = values
    return series


def mirrored(values: Sequence[float]) -> list[float]:
    return [-value for value in values]


@pytest.fixture(scope="module")
def nhs(real_data: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((real_data / "nhs_ae" / "expected.json").read_text(encoding="utf-8"))
    return found


def test_the_published_chart_of_accident_and_emergency_breaches(nhs) -> None:
    chart = nhs["rqm"]
    natural = spc.limits(chart["breaches"])
    assert natural is not None
    assert (natural.centre, natural.lower, natural.upper) == pytest.approx([chart["limits"][name] for name in ("mean", "lpl", "upl")])
    assert not natural.provisional
    assert spc.flags(chart["breaches"]) == [PUBLISHED_TYPES[name] for name in chart["types"]]


def test_a_published_outlier_is_screened_out_of_the_limits(nhs) -> None:
    plain = nhs["r_rnorm_seed123_20"]
    with_outlier = [*plain["values"][:14], 10.0, *plain["values"][15:]]
    for values, said in ((plain["values"], plain["limits"]), (with_outlier, nhs["r_rnorm_with_outlier_10_at_15"]["screened"])):
        natural = spc.limits(values)
        assert natural is not None
        assert (natural.centre, natural.lower, natural.upper) == pytest.approx([said[name] for name in ("mean", "lpl", "upl")], abs=1e-6)


def test_the_published_outlier_kept_in_the_limits(nhs) -> None:
    values = [*nhs["r_rnorm_seed123_20"]["values"][:14], 10.0, *nhs["r_rnorm_seed123_20"]["values"][15:]]
    natural = spc.limits(values, screen=False)
    said = nhs["r_rnorm_with_outlier_10_at_15"]["unscreened"]
    assert natural is not None
    assert (natural.centre, natural.lower, natural.upper) == pytest.approx([said[name] for name in ("mean", "lpl", "upl")], abs=1e-6)
    assert spc.flags(values, screen=False)[14] == ("outside", 1)


def test_every_hospital_has_the_published_limits_and_as_many_signals(nhs, real_data: Path) -> None:
    rows = pd.read_csv(real_data / "nhs_ae" / "ae_attendances.csv")
    rows = rows[(rows["type"] == "1") & rows["period"].between("2016-04", "2018-03-31")].sort_values("period")
    assert len(nhs["type1_2016_18_by_org"]) == 133
    for org, said in nhs["type1_2016_18_by_org"].items():
        values = rows.loc[rows["org_code"] == org, "breaches"].tolist()
        natural = spc.limits(values)
        assert natural is not None
        assert (natural.centre, natural.lower, natural.upper) == pytest.approx((said["mean"], said["lpl"], said["upl"])), org
        sides = [flag[1] if flag else 0 for flag in spc.flags(values)]
        # Fewer breaches are better there, so a high side is a concern.
        assert (sides.count(0), sides.count(1), sides.count(-1)) == (said["n_common"], said["n_concern"], said["n_impr"]), org
        names = {0: "common_cause", 1: "special_cause_concern", -1: "special_cause_improvement"}
        assert names[sides[-1]] == said["last"], org


def test_limits_computed_by_hand() -> None:
    # Mean 66 / 6 = 11. Moving ranges 2, 1, 2, 4, 2: mean 11 / 5 = 2.2, none above 3.267 x 2.2 = 7.19. 2.66 x 2.2 = 5.852.
    natural = spc.limits([10, 12, 11, 13, 9, 11])
    assert natural is not None
    assert (natural.centre, natural.lower, natural.upper) == pytest.approx((11, 5.148, 16.852))
    assert natural.provisional


def test_a_jump_is_set_aside_from_the_moving_ranges_and_stays_in_the_mean() -> None:
    # Ranges 1 (six times) and 20: mean 26 / 7 = 3.71, times 3.267 = 12.1 < 20, so 20 goes and their mean is 1. Values: 93 / 8.
    natural = spc.limits([10, 11, 10, 11, 10, 11, 10, 30])
    assert natural is not None
    assert (natural.centre, natural.lower, natural.upper) == pytest.approx((12.875, 12.875 - 2.66, 12.875 + 2.66))


def test_moving_ranges_are_screened_once_and_not_again() -> None:
    # Ranges 1 (eight times), 8, 100: mean 11.6, limit 37.9, so 100 goes. Of the rest (mean 16 / 9, limit 5.8) 8 would go next, but stays.
    natural = spc.limits([0, 1, 0, 1, 0, 1, 0, 1, 0, 8, 108])
    assert natural is not None
    assert natural.upper - natural.centre == pytest.approx(2.66 * 16 / 9)


def test_a_moving_range_at_the_screen_itself_is_kept() -> None:
    # Ranges 6733 (nine times) and 29403: mean 9000, and 3.267 x 9000 = 29403 exactly.
    natural = spc.limits([*([0.0, 6733.0] * 5), 6733.0 + 29403.0])
    assert natural is not None
    assert natural.upper - natural.centre == pytest.approx(2.66 * 9000)


@pytest.mark.parametrize(
    ("points", "known", "provisional"), [(0, False, None), (4, False, None), (5, True, True), (11, True, True), (12, True, False)]
)
def test_few_points_give_no_limits_and_some_give_provisional_ones(points: int, known: bool, provisional: bool | None) -> None:
    values = CALM[:points]
    natural = spc.limits(values)
    assert (natural is not None) is known
    assert (None if natural is None else natural.provisional) is provisional
    # Gaps are no points.
    assert spc.limits([None, *values, None, None]) == natural


def test_a_series_too_short_for_limits_flags_nothing_however_odd() -> None:
    assert spc.flags([]) == []
    assert spc.flags([None] * 3) == [None] * 3
    assert spc.flags([1, 1, 1, 1_000_000]) == [None] * 4


def test_gaps_are_passed_over_and_hold_their_places() -> None:
    whole = calm_with(12, 50)
    spread = [value for number in whole for value in (number, None)]
    assert spc.limits(spread) == spc.limits(whole)
    assert flagged(spread) == {24: ("outside", 1)}
    assert len(spc.flags(spread)) == 48


def test_floor_and_ceiling_cut_only_what_lies_beyond() -> None:
    natural, cut = spc.limits(CALM), spc.limits(CALM, floor=0.0, ceiling=20.0)
    assert natural is not None
    assert cut == Limits(natural.centre, 0.0, 20.0, False)
    assert spc.limits(CALM, floor=-1000.0, ceiling=1000.0) == natural
    assert spc.limits(CALM, floor=0.0) == Limits(natural.centre, 0.0, natural.upper, False)
    assert spc.limits(CALM, ceiling=20.0) == Limits(natural.centre, natural.lower, 20.0, False)


@pytest.mark.parametrize("value", [0.0, 1.0, 0.1, 1 / 3, -7.0, 1e12])
def test_a_series_stuck_at_one_value_flags_nothing(value: float) -> None:
    for points in (5, 12, 24):
        natural = spc.limits([value] * points, floor=min(0.0, value), ceiling=max(1.0, value))
        assert natural is not None
        assert (natural.lower, natural.centre, natural.upper) == pytest.approx((value, value, value))
        assert spc.flags([value] * points) == [None] * points


def test_the_calm_series_flags_nothing() -> None:
    assert flagged(CALM) == {}


def test_outside_the_limits() -> None:
    assert flagged(calm_with(12, 50)) == {12: ("outside", 1)}
    assert flagged(calm_with(13, -50)) == {13: ("outside", -1)}


def test_a_value_at_its_limit_is_inside() -> None:
    # Mean 300. Moving ranges 134, 80 (ten times), 266: mean 100, so the upper limit is 300 + 266.
    series = [434.0, *([300.0, 220.0] * 5), 300.0, 566.0]
    assert spc.limits(series) == Limits(300.0, 34.0, 566.0, False)
    assert flagged(series) == {}
    assert flagged(mirrored(series)) == {}
    assert flagged([*series[:-1], 567.0])[12] == ("outside", 1)
    assert flagged(mirrored([*series[:-1], 567.0]))[12] == ("outside", -1)


def test_a_value_at_two_thirds_of_its_limit_is_not_beyond() -> None:
    # Mean 500. Moving ranges 150, 173 (eight times), 10, 256, 0: mean 150, limit 399 above the mean, two thirds of that 266.
    series = [650.0, *([500.0, 327.0] * 4), 500.0, 510.0, 766.0, 766.0]
    assert spc.limits(series) == Limits(500.0, 101.0, 899.0, False)
    assert flagged(series) == {}
    found = flagged([*series[:-2], 775.0, 775.0])
    assert (found[11], found[12]) == (("two_of_three", 1), ("two_of_three", 1))


def test_a_trend_of_seven_points() -> None:
    rising = calm_with(10, 1, 2, 3, 4, 6, 8, 9)
    rising[17] = 0
    assert flagged(rising) == dict.fromkeys(range(10, 17), ("trend", 1))
    assert flagged(mirrored(rising)) == dict.fromkeys(range(10, 17), ("trend", -1))


def test_six_points_are_no_trend_and_eight_are_one() -> None:
    assert flagged(calm_with(10, 1, 2, 3, 4, 6, 8)[:16] + CALM[:8]) == {}
    assert flagged(calm_with(10, 1, 2, 3, 4, 6, 7, 8, 9)[:18] + CALM[:6]) == dict.fromkeys(range(10, 18), ("trend", 1))


def test_standing_still_ends_a_trend() -> None:
    assert flagged(calm_with(10, 1, 2, 3, 4, 4, 6, 9)[:17] + CALM[:7]) == {}
    assert flagged(mirrored(calm_with(10, 1, 2, 3, 4, 4, 6, 9)[:17] + CALM[:7])) == {}


def test_two_of_three_beyond_two_thirds_of_a_limit_on_one_side() -> None:
    apart = calm_with(10, 30, 10, 30)
    assert flagged(apart) == {10: ("two_of_three", 1), 12: ("two_of_three", 1)}
    assert flagged(mirrored(apart)) == {10: ("two_of_three", -1), 12: ("two_of_three", -1)}
    together = calm_with(10, 10, 30, 30, 10)
    assert flagged(together) == {11: ("two_of_three", 1), 12: ("two_of_three", 1)}
    assert flagged(calm_with(10, 30, 30, 30, 10)) == dict.fromkeys((10, 11, 12), ("two_of_three", 1))


def test_one_of_three_is_nothing_and_neither_are_two_of_four() -> None:
    assert flagged(calm_with(10, 10, 30, 10)) == {}
    assert flagged(calm_with(10, 30, 10, 10, 30)) == {}


def test_two_of_three_needs_the_third_on_the_same_side() -> None:
    series = calm_with(10, 30, 0, 30)
    natural = spc.limits(series)
    assert natural is not None
    assert natural.centre + (natural.upper - natural.centre) * 2 / 3 < 30 < natural.upper
    assert flagged(series) == {}


def test_a_point_outside_the_limits_does_not_count_among_two_of_three() -> None:
    series = calm_with(10, 70, 31, 10)
    natural = spc.limits(series)
    assert natural is not None
    assert natural.centre + (natural.upper - natural.centre) * 2 / 3 < 31 < natural.upper < 70
    assert flagged(series) == {10: ("outside", 1)}


def test_a_point_at_its_limit_counts_among_two_of_three() -> None:
    # Mean 500. Moving ranges 18, 114.5 (eight times), 10, 190, 66: mean 100, limit 266 above the mean, two thirds of that 177.3.
    series = [482.0, 500.0, *([385.5, 500.0] * 4), 510.0, 700.0, 766.0]
    assert spc.limits(series) == Limits(500.0, 234.0, 766.0, False)
    assert flagged(series) == {11: ("two_of_three", 1), 12: ("two_of_three", 1)}


def test_a_run_of_seven_on_one_side() -> None:
    high = [*calm_with(11, 6, 9, 6, 9, 6, 9, 6, 0)[:19], 0.0, 10.0, 0.0]
    assert flagged(high) == dict.fromkeys(range(11, 18), ("run", 1))
    assert flagged(mirrored(high)) == dict.fromkeys(range(11, 18), ("run", -1))


def test_six_on_one_side_are_no_run_and_eight_are_one() -> None:
    assert flagged([*calm_with(11, 6, 9, 6, 9, 6, 9, 0)[:18], 0.0, 10.0, 0.0]) == {}
    assert flagged([*calm_with(11, 6, 9, 6, 9, 6, 9, 6, 9, 0)[:20], 0.0, 10.0, 0.0]) == dict.fromkeys(range(11, 19), ("run", 1))


def test_a_point_on_the_centre_ends_a_run() -> None:
    # Mean exactly 5: what stands high is paid back by what stands low.
    high = [0.0, 10.0] * 5 + [0.0, 6.0, 9.0, 6.0, 5.0, 6.0, 9.0, 6.0, 0.0, 3.0, 0.0, 10.0]
    natural = spc.limits(high)
    assert natural is not None
    assert natural.centre == 5
    assert flagged(high) == {}
    moved = [6.0 if value == 5 else value for value in high]
    assert set(flagged(moved)) == set(range(11, 18))


def test_outside_goes_before_trend() -> None:
    series = calm_with(10, 1, 2, 3, 4, 6, 9, 60)
    series[17] = 0
    assert flagged(series) == {**dict.fromkeys(range(10, 16), ("trend", 1)), 16: ("outside", 1)}


def test_trend_goes_before_two_of_three() -> None:
    series = calm_with(10, 1, 2, 3, 6, 10, 25, 26)
    series[17] = 0
    natural = spc.limits(series)
    assert natural is not None
    assert natural.centre + (natural.upper - natural.centre) * 2 / 3 < 25
    assert flagged(series) == dict.fromkeys(range(10, 17), ("trend", 1))


def test_two_of_three_goes_before_run() -> None:
    series = calm_with(10, 10, 9, 28, 10, 28, 9, 10, 0)
    assert flagged(series) == {**dict.fromkeys((12, 14), ("two_of_three", 1)), **dict.fromkeys((9, 10, 11, 13, 15, 16), ("run", 1))}


def test_trend_goes_before_run_also_where_they_point_apart() -> None:
    # Falling all the time, and yet above the centre until the end: the direction of the move is what counts.
    series = [*([0.0, 10.0] * 6), 9.9, 9.8, 9.7, 9.6, 9.5, 9.4, 9.3, *([10.0, 0.0] * 4)]
    found = flagged(series)
    assert [found[place] for place in range(11, 19)] == [("trend", -1)] * 8
    assert found[19] == ("run", 1)


def test_a_turning_point_belongs_to_the_newer_trend() -> None:
    # Seven up to the peak and seven down from it; the peak is the first of those that fall.
    peak = [*CALM[:8], 1.0, 2.0, 3.0, 4.0, 6.0, 8.0, 9.5, 8.5, 7.0, 4.5, 3.5, 2.5, 0.5, 10.0, *CALM[:8]]
    assert flagged(peak) == {**dict.fromkeys(range(8, 14), ("trend", 1)), **dict.fromkeys(range(14, 21), ("trend", -1))}
    assert flagged(mirrored(peak)) == {**dict.fromkeys(range(8, 14), ("trend", -1)), **dict.fromkeys(range(14, 21), ("trend", 1))}


def test_binary_fractions_are_no_difference() -> None:
    # 0.1 + 0.2 is more than 0.3 by rounding alone.
    assert spc.flags([0.3] * 11 + [0.1 + 0.2]) == [None] * 12
    assert spc.flags([0.3, 0.1 + 0.2] * 6) == [None] * 12
    # Standing still ends a trend, also where it is rounding that moves.
    tenths = [0.0, 1.0] * 5
    still = [*tenths, 0.1, 0.2, 0.3, 0.1 + 0.2, 0.6, 0.8, 0.9, 0.0, *tenths]
    assert flagged(still) == {}
    rising = [*tenths, 0.1, 0.2, 0.3, 0.4, 0.6, 0.8, 0.9, 0.0, *tenths]
    assert flagged(rising) == dict.fromkeys(range(10, 17), ("trend", 1))
    # So small a difference counts where the values are as small.
    assert flagged([value * 1e-12 for value in calm_with(12, 50)]) == {12: ("outside", 1)}


def test_a_real_difference_of_one_in_a_hundred_million_is_seen() -> None:
    assert flagged([1e8] * 11 + [1e8 + 1]) == {11: ("outside", 1)}


def test_unscreened_a_jump_in_a_flat_series_is_still_the_only_signal() -> None:
    assert spc.flags([1.0] * 23 + [0.5], screen=False) == spc.flags([1.0] * 23 + [0.5])
    assert spc.limits([1.0] * 23 + [0.5], screen=False) == spc.limits([1.0] * 23 + [0.5])


def test_many_series_at_once_are_each_judged_alone() -> None:
    table = np.random.default_rng(3).normal(size=(60, 24)).cumsum(axis=1)
    broken, side = rules.first(rules.sides(table, spc.estimate(table).band(24)))
    for row, values in enumerate(table.tolist()):
        alone = [(rules.FLAGS[rule], way) if rule >= 0 else None for rule, way in zip(broken[row], side[row], strict=True)]
        assert alone == spc.flags(values)
    assert (broken >= 0).any()
    assert (broken < 0).any()


integers = st.lists(st.integers(-60, 60), max_size=30)
spiky = st.lists(st.one_of(st.integers(-10, 10), st.integers(-200, 200)), min_size=5, max_size=30)
# Walks have trends and runs, which numbers thrown at random have not.
walks = st.lists(st.integers(-3, 3), min_size=5, max_size=30).map(lambda steps: list(itertools.accumulate(steps)))
any_series = st.one_of(spiky, walks)


def exactly(values: Sequence[int]) -> list[tuple[str, int] | None]:
    """The rules once more, as plainly as they can be said, in fractions."""
    size = len(values)
    if size < 5:
        return [None] * size
    ranges = [abs(Fraction(after - before)) for before, after in itertools.pairwise(values)]
    kept = [one for one in ranges if one <= Fraction("3.267") * sum(ranges) / len(ranges)]
    # Where screening leaves nothing but noughts, nothing is screened, and only a point outside is a signal.
    flat = not any(kept)
    kept = ranges if flat else kept
    centre, spread = Fraction(sum(values), size), Fraction("2.66") * sum(kept) / len(kept)
    off = [value - centre for value in values]

    def around(place: int, length: int) -> list[range]:
        return [range(start, start + length) for start in range(place - length + 1, place + 1) if start >= 0 and start + length <= size]

    def side_of(place: int) -> tuple[str, int] | None:
        for side in (1, -1):
            if side * off[place] > spread:
                return "outside", side
        if flat:
            return None
        # The newest window first: a turning point belongs to the trend that begins there.
        for window in reversed(around(place, 7)):
            for side in (1, -1):
                if all(side * (off[at] - off[at - 1]) > 0 for at in window[1:]):
                    return "trend", side
        for side in (1, -1):
            far = [spread * 2 / 3 < side * one <= spread for one in off]
            if far[place] and any(sum(far[at] for at in window) >= 2 and all(side * off[at] > 0 for at in window) for window in around(place, 3)):
                return "two_of_three", side
        for side in (1, -1):
            if any(all(side * off[at] > 0 for at in window) for window in around(place, 7)):
                return "run", side
        return None

    return [None] * size if spread == 0 else [side_of(place) for place in range(size)]


@settings(max_examples=250)
@given(st.one_of(integers, any_series))
def test_the_rules_agree_with_a_second_plain_computation(values: list[int]) -> None:
    assert spc.flags(values) == exactly(values)


@given(any_series)
def test_a_series_upside_down_has_the_same_signals_upside_down(values: list[int]) -> None:
    assert spc.flags(mirrored(values)) == [flag and (flag[0], -flag[1]) for flag in spc.flags(values)]
    natural, turned = spc.limits(values), spc.limits(mirrored(values))
    assert natural is not None
    assert turned is not None
    assert (turned.centre, turned.lower, turned.upper) == pytest.approx((-natural.centre, -natural.upper, -natural.lower))


@given(any_series, st.integers(-500, 500), st.integers(1, 40))
def test_shift_and_scale_move_the_limits_along_and_change_no_signal(values: list[int], shift: int, scale: int) -> None:
    moved = [value * scale + shift for value in values]
    assert spc.flags(moved) == spc.flags(values)
    natural, along = spc.limits(values), spc.limits(moved)
    assert natural is not None
    assert along is not None
    wanted = [place * scale + shift for place in (natural.centre, natural.lower, natural.upper)]
    assert (along.centre, along.lower, along.upper) == pytest.approx(wanted, abs=1e-6)


@given(any_series, st.lists(st.booleans(), max_size=60))
def test_gaps_anywhere_change_nothing(values: list[int], gaps: list[bool]) -> None:
    pending, spread = list(values), []
    for gap in gaps:
        spread.append(None if gap or not pending else pending.pop(0))
    spread += pending
    assert spc.limits(spread) == spc.limits(values)
    assert [flag for flag, value in zip(spc.flags(spread), spread, strict=True) if value is not None] == spc.flags(values)
    assert all(flag is None for flag, value in zip(spc.flags(spread), spread, strict=True) if value is None)


@given(st.lists(st.one_of(st.none(), st.floats(-1e6, 1e6)), max_size=30))
def test_inputs_are_left_as_they_were(values: list[float | None]) -> None:
    before = list(values)
    spc.limits(values, floor=0.0, ceiling=1.0)
    spc.flags(values)
    assert values == before
    assert spc.flags(tuple(values)) == spc.flags(values)


def test_a_fall_from_a_flat_hundred_per_cent_is_a_signal_and_the_flat_is_none() -> None:
    # Mean (23 + 0.5) / 24 = 0.979, mean moving range 0.5 / 23 = 0.0217: lower limit 0.979 - 2.66 x 0.0217 = 0.921.
    assert flagged([1.0] * 23 + [0.5]) == {23: ("outside", -1)}
    assert flagged([1.0] * 4 + [0.5] + [1.0] * 19) == {4: ("outside", -1)}


def test_five_points_are_enough_for_a_flag() -> None:
    # Mean 2; the one moving range of 10 is above 3.267 x 2.5 and set aside, which leaves none: all count, 2 + 2.66 x 2.5 = 8.65.
    assert flagged([0, 0, 0, 0, 10]) == {4: ("outside", 1)}
    assert flagged([0, 0, 0, 10]) == {}


def test_seven_points_in_all_can_be_a_trend() -> None:
    # 1 to 7: limits 4 -+ 2.66, so that the ends are outside, and of the others each is higher than the one before.
    assert flagged([1, 2, 3, 4, 5, 6, 7]) == {0: ("outside", -1), **dict.fromkeys(range(1, 6), ("trend", 1)), 6: ("outside", 1)}
    assert {rule for rule, _ in flagged([1, 2, 3, 4, 5, 6]).values()} <= {"outside", "two_of_three"}


def test_two_series_at_once_need_no_third_one() -> None:
    rising, high = np.array(calm_with(6, 1, 2, 3, 4, 5, 6, 7)), np.array(calm_with(6, 30, 10, 30))
    both = np.stack([rising, high])
    together = rules.sides(both, spc.estimate(both).band(24))
    for row, values in enumerate((rising, high)):
        alone = rules.sides(values, spc.estimate(values).band(24))
        assert {flag: found[row].tolist() for flag, found in together.items()} == {flag: found.tolist() for flag, found in alone.items()}
    assert together["trend"][0, 6:13].tolist() == [1] * 7
    assert together["two_of_three"][1, 6:9].tolist() == [1, 0, 1]


def test_no_rule_is_place_minus_one() -> None:
    values = np.array(CALM)
    broken, side = rules.first(rules.sides(values, spc.estimate(values).band(24)))
    assert set(broken.tolist()) == {-1}
    assert set(side.tolist()) == {0}
