"""A series with its signals: points, gaps, stretches between marked changes; against published charts and the plain functions."""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from amdash.insight import spc
from amdash.insight.assurance import assurance, direction, variation
from amdash.insight.reading import Limits
from amdash.insight.signals import SignalPoint, Signals, Stretch, measured, shares, unlimited

# Swings between 0 and 10: mean 5, no run, no trend, and limits (about -22 to 32) that nothing of it comes near.
CALM = [0.0, 10.0] * 12
LABELS = {None: "common_cause", "improvement": "special_cause_improvement", "concern": "special_cause_concern"}
ICONS = {"ordinary": "common_cause", "improving": "special_cause_improvement", "worsening": "special_cause_concern"}


def flagged(found: Signals) -> dict[int, tuple[str | None, int]]:
    return {place: (point.flag, point.side) for place, point in enumerate(found.points) if point.flag or point.side}


def lines(found: Signals) -> list[tuple[float | None, float | None, float | None]]:
    return [(point.centre, point.lower, point.upper) for point in found.points]


@pytest.fixture(scope="module")
def nhs(real_data: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((real_data / "nhs_ae" / "expected.json").read_text(encoding="utf-8"))
    return found


def test_the_published_chart_with_its_labels_and_icons(nhs) -> None:
    chart = nhs["rqm"]
    found = measured(chart["breaches"])
    assert [LABELS[direction(point, False)] for point in found.points] == chart["labels"]
    assert found.limits is not None
    assert (found.limits.centre, found.limits.lower, found.limits.upper) == pytest.approx([chart["limits"][name] for name in ("mean", "lpl", "upl")])
    assert ICONS[variation(found, False)] == chart["variation_last"]
    assert chart["assurance_target_1200"] == "inconsistent"
    assert assurance(found, 1200, False) == "hit_or_miss"


@pytest.mark.parametrize("screen", [True, False])
def test_the_published_outlier_screened_and_not(nhs, screen: bool) -> None:
    plain = nhs["r_rnorm_seed123_20"]
    with_outlier = [*plain["values"][:14], 10.0, *plain["values"][15:]]
    said = nhs["r_rnorm_with_outlier_10_at_15"]["screened" if screen else "unscreened"]
    for values, wanted in ((plain["values"], plain["limits"]), (with_outlier, said)):
        found = measured(values, screen=screen)
        assert lines(found)[3] == pytest.approx([wanted[name] for name in ("mean", "lpl", "upl")], abs=1e-6)
        natural = spc.limits(values, screen=screen)
        assert found.limits == natural
        assert [(point.flag, point.side) if point.flag else None for point in found.points] == spc.flags(values, screen=screen)
    assert flagged(measured(with_outlier, screen=screen))[14] == ("outside", 1)


def test_every_hospital_has_the_published_limits_counts_and_last_label(nhs, real_data: Path) -> None:
    rows = pd.read_csv(real_data / "nhs_ae" / "ae_attendances.csv")
    rows = rows[(rows["type"] == "1") & rows["period"].between("2016-04", "2018-03-31")].sort_values("period")
    assert len(nhs["type1_2016_18_by_org"]) == 133
    for org, said in nhs["type1_2016_18_by_org"].items():
        found = measured(rows.loc[rows["org_code"] == org, "breaches"].tolist())
        assert lines(found)[-1] == pytest.approx((said["mean"], said["lpl"], said["upl"])), org
        labels = [LABELS[direction(point, False)] for point in found.points]
        counts = [labels.count(name) for name in ("common_cause", "special_cause_concern", "special_cause_improvement")]
        assert counts == [said["n_common"], said["n_concern"], said["n_impr"]], org
        assert ICONS[variation(found, False)] == said["last"], org


def test_a_series_of_its_own_is_one_stretch_with_the_plain_limits() -> None:
    values = [*CALM[:12], 50.0, *CALM[:11]]
    found = measured(values)
    natural = spc.limits(values)
    assert natural is not None
    assert found.limits == natural
    assert set(lines(found)) == {(natural.centre, natural.lower, natural.upper)}
    assert flagged(found) == {12: ("outside", 1)}
    assert found.stretches == (Stretch(0, 24, 24, True),)
    assert [point.value for point in found.points] == values
    assert {point.n for point in found.points} == {None}
    assert not found.provisional


def test_nothing_and_little() -> None:
    empty = measured([])
    assert empty == shares([], []) == Signals((), (Stretch(0, 0, 0, False),))
    assert empty.limits is None
    assert empty.provisional
    assert measured([3.0]).points == (SignalPoint(3.0, None, None, None, None, None, 0),)
    assert shares([1], [2]).points == (SignalPoint(0.5, 2.0, None, None, None, None, 0),)
    assert measured([None] * 9).limits is None
    assert shares([None] * 9, [5] * 9).points[0] == SignalPoint(None, 5.0, None, None, None, None, 0)
    four = measured([1, 1, 1, 1_000_000])
    assert (four.limits, flagged(four), four.stretches) == (None, {}, (Stretch(0, 4, 4, False),))


@pytest.mark.parametrize(("points", "provisional"), [(5, True), (11, True), (12, False)])
def test_fewer_than_twelve_points_are_provisional(points: int, provisional: bool) -> None:
    counts = [9.0, 8.0] * 6
    for found in (measured([*CALM[:points], None, math.nan]), shares([*counts[:points], None, 5.0], [10] * points + [10, 0])):
        assert found.provisional is provisional
        assert found.limits is not None
        assert found.limits.provisional is provisional


def test_a_gap_of_measured_values_keeps_the_limits_and_carries_nothing() -> None:
    values = [*CALM[:6], None, *CALM[6:], math.nan, 60.0]
    found = measured(values)
    whole = measured([value for value in values if value is not None and not math.isnan(value)])
    assert found.limits == whole.limits
    assert found.points[6] == SignalPoint(None, None, *lines(found)[0], None, 0)
    assert found.points[25] == found.points[6]
    assert flagged(found) == {26: ("outside", 1)}
    assert found.stretches == (Stretch(0, 27, 25, True),)


@pytest.mark.parametrize("gap", [(None, 10), (5, None), (5, 0), (0, 0), (math.nan, 10), (5, math.nan), (5, -3)])
def test_a_gap_of_shares_has_a_centre_and_no_limits(gap: tuple[float | None, float | None]) -> None:
    counts, sizes = [55, 45, 60, 40, 55, 45], [100] * 6
    whole = shares(counts, sizes)
    found = shares([*counts[:3], gap[0], *counts[3:]], [*sizes[:3], gap[1], *sizes[3:]])
    assert (*found.points[:3], *found.points[4:]) == whole.points
    shown = None if gap[1] is None or math.isnan(gap[1]) else gap[1]
    assert found.points[3] == SignalPoint(None, shown, 0.5, None, None, None, 0)
    # The last value speaks where the last place is empty.
    last = shares([*counts, gap[0]], [*sizes, gap[1]])
    assert last.limits == whole.limits
    assert variation(last, True) == "unknown"
    assert variation(whole, True) == "ordinary"


def test_unequal_lengths_are_refused() -> None:
    with pytest.raises(ValueError, match="3 numerators, 2 denominators"):
        shares([1, 2, 3], [4, 5])


def test_limits_of_shares_are_those_of_the_last_value() -> None:
    found = shares([210, 190, 55, 45, 210, 45], [400, 400, 100, 100, 400, 100])
    last = found.points[-1]
    assert found.limits == Limits(last.centre, last.lower, last.upper, True)
    assert found.points[0].upper != last.upper


def test_floor_and_ceiling_cut_what_is_shown_and_not_what_is_judged() -> None:
    assert lines(measured(CALM, floor=0.0, ceiling=20.0))[0] == (5.0, 0.0, 20.0)
    assert flagged(measured(CALM, floor=4.0, ceiling=6.0)) == {}
    # Two of three in the outer third of the room up to 1 are not in that of the room up to the limit.
    values = [0.5, 0.9, 0.5, 0.9, 0.5, 0.9, 0.5, 0.9, 0.95, 0.96, 0.5, 0.9]
    natural = spc.limits(values)
    assert natural is not None
    assert natural.upper > 1.2
    assert natural.centre + (1 - natural.centre) * 2 / 3 < 0.95
    assert flagged(measured(values, floor=0.0, ceiling=1.0)) == flagged(measured(values)) == {}
    # The same of shares: half of 4, then all of 4.
    found = shares([2, 2, 2, 4, 2, 4, 4, 1, 2, 1, 1, 2], [4] * 12)
    assert all(point.upper == 1.0 for point in found.points)
    assert flagged(found) == {}


STEP = [0.0, 10.0] * 6 + [100.0, 110.0] * 6


def test_a_mark_gives_every_stretch_its_own_centre_and_limits() -> None:
    found = measured(STEP, marks=[12])
    for place, line in enumerate(lines(found)):
        assert line == pytest.approx((5.0, -21.6, 31.6) if place < 12 else (105.0, 78.4, 131.6))
    assert flagged(found) == {}
    assert found.stretches == (Stretch(0, 12, 12, True), Stretch(12, 24, 12, True))
    assert found.limits == spc.limits(STEP[12:])
    assert len(flagged(measured(STEP))) > 12


def test_marks_come_in_any_order_twice_and_outside_the_series() -> None:
    assert measured(STEP, marks=[18, 12, 12, 0, 24, 25, -1, -12]) == measured(STEP, marks=(12, 18))
    assert measured(STEP, marks=[0, 24, -5]) == measured(STEP)
    assert measured(STEP, marks=[23]).stretches[-1] == Stretch(23, 24, 1, False)
    assert measured(STEP, marks=[1]).stretches[0] == Stretch(0, 1, 1, False)


def test_no_pattern_crosses_a_mark() -> None:
    # Seven rising points and, of those, a mark after the third.
    rising = [*CALM[:10], 1.0, 2.0, 3.0, 4.0, 6.0, 8.0, 9.0, 0.0, *CALM[:6]]
    assert {flag for flag, _ in flagged(measured(rising)).values()} == {"trend"}
    assert flagged(measured(rising, marks=[13])) == {}
    high = [*CALM[:11], 6.0, 9.0, 6.0, 9.0, 6.0, 9.0, 6.0, 0.0, 0.0, 10.0, 0.0]
    assert {flag for flag, _ in flagged(measured(high)).values()} == {"run"}
    assert flagged(measured(high, marks=[14])) == {}
    # Two of three, held against the continued limits of -21.6 to 31.6.
    near = [*CALM[:12], 29.0, 29.0, 10.0]
    assert flagged(measured(near, marks=[12])) == {12: ("two_of_three", 1), 13: ("two_of_three", 1)}
    assert flagged(measured(near, marks=[12, 13])) == {}
    assert flagged(measured(near[:14], marks=[12])) == {}


@pytest.mark.parametrize("points", [1, 4])
def test_a_stretch_too_short_for_limits_is_held_against_those_before(points: int) -> None:
    found = measured([*CALM[:12], *[60.0] * points], marks=[12])
    natural = spc.limits(CALM[:12])
    assert natural is not None
    assert set(lines(found)) == {(natural.centre, natural.lower, natural.upper)}
    assert found.stretches[-1] == Stretch(12, 12 + points, points, False)
    assert flagged(found) == dict.fromkeys(range(12, 12 + points), ("outside", 1))
    assert found.provisional
    assert found.limits == Limits(natural.centre, natural.lower, natural.upper, True)
    assert variation(found, True) == "improving"


def test_five_points_have_limits_of_their_own_again() -> None:
    found = measured([*CALM[:12], 60.0, 61.0, 60.0, 61.0, 60.0], marks=[12])
    assert flagged(found) == {}
    assert found.stretches[-1] == Stretch(12, 17, 5, True)
    assert lines(found)[-1] == pytest.approx((60.4, 60.4 - 2.66, 60.4 + 2.66))


def test_gaps_do_not_make_a_stretch_long_enough() -> None:
    found = measured([*CALM[:12], 60.0, None, None, 61.0, 60.0, None, 61.0], marks=[12])
    assert found.stretches[-1] == Stretch(12, 19, 4, False)
    assert lines(found)[-1] == lines(found)[0]


def test_a_first_stretch_too_short_has_no_limits_not_even_later_ones() -> None:
    found = measured([500.0, 500.0, None, 500.0, *CALM[:12]], marks=[4])
    assert lines(found)[:4] == [(None, None, None)] * 4
    assert flagged(found) == {}
    assert [point.value for point in found.points[:4]] == [500.0, 500.0, None, 500.0]
    assert found.stretches[0] == Stretch(0, 4, 3, False)
    assert found.limits == spc.limits(CALM[:12])


def test_limits_are_continued_over_several_short_stretches() -> None:
    found = measured([*CALM[:12], 1.0, 2.0, 3.0, 4.0], marks=[12, 14])
    assert set(lines(found)[12:]) == set(lines(found)[:12])
    assert [stretch.own for stretch in found.stretches] == [True, False, False]


def test_a_stretch_without_a_value_has_no_limits_to_name() -> None:
    found = measured([*CALM[:12], None, None], marks=[12])
    assert found.limits is None
    assert variation(found, True) == "unknown"
    assert assurance(found, 5, True) == "unknown"
    assert lines(found)[-1] == lines(found)[0]


def test_continued_shares_have_the_width_of_their_own_denominators() -> None:
    counts, sizes = [210, 190, 55, 45, 210, 190], [400, 400, 100, 100, 400, 400]
    found = shares([*counts, 90, 200], [*sizes, 100, 400], marks=[6])
    assert lines(found)[6] == lines(found)[2]
    assert lines(found)[7] == lines(found)[0]
    assert flagged(found) == {6: ("outside", 1)}


def test_a_fall_after_a_flat_hundred_per_cent_shows_across_the_mark_where_enough_were_asked() -> None:
    assert flagged(shares([20] * 12 + [10], [20] * 13, marks=[12])) == {12: ("outside", -1)}
    assert flagged(shares([20] * 12 + [19], [20] * 13, marks=[12])) == {}
    assert flagged(shares([1] * 12 + [0], [1] * 13, marks=[12])) == {}
    assert flagged(measured([7.0] * 12 + [8.0], marks=[12])) == {12: ("outside", 1)}


def test_two_years_of_weeks() -> None:
    weeks = [value + (3.0 if place >= 52 else 0.0) for place, value in enumerate([0.0, 1.0] * 52)]
    found = measured(weeks, marks=[52])
    assert flagged(found) == {}
    assert len(flagged(measured(weeks))) == 104
    sized = shares([8, 9] * 52, [10] * 104)
    assert (len(sized.points), flagged(sized)) == (104, {})


any_values = st.lists(st.one_of(st.none(), st.integers(-50, 50), st.integers(-400, 400)), max_size=40)


@given(any_values, st.lists(st.integers(-5, 45), max_size=4))
def test_stretches_cover_the_series_and_stand_alone(values: list[float | None], marks: list[int]) -> None:
    before = list(values), list(marks)
    found = measured(values, marks=marks)
    assert (values, marks) == before
    assert len(found.points) == len(values)
    assert [stretch.start for stretch in found.stretches] == [0, *(stretch.stop for stretch in found.stretches[:-1])]
    assert found.stretches[-1].stop == len(values)
    for stretch in found.stretches:
        part = values[stretch.start : stretch.stop]
        assert stretch.known == sum(value is not None for value in part)
        assert stretch.own is (stretch.known >= 5)
        if stretch.own:
            assert found.points[stretch.start : stretch.stop] == measured(part).points
            assert [(point.flag, point.side) if point.flag else None for point in measured(part).points] == spc.flags(part)


sized = st.one_of(st.none(), st.integers(0, 60).flatmap(lambda size: st.tuples(st.integers(0, size), st.just(size))))


@given(st.lists(sized, max_size=30), st.lists(st.integers(0, 30), max_size=3), st.booleans())
def test_shares_are_never_shown_outside_nought_and_one(series: Sequence[tuple[int, int] | None], marks: list[int], exact: bool) -> None:
    counts = [None if one is None else one[0] for one in series]
    sizes = [None if one is None else one[1] for one in series]
    found = shares(counts, sizes, marks=marks, exact=exact)
    for point in found.points:
        assert (point.value is None) or 0 <= point.value <= 1
        if point.lower is not None:
            assert point.centre is not None
            assert point.upper is not None
            assert 0 <= point.lower <= point.centre <= point.upper <= 1
        assert (point.flag is None) == (point.side == 0)
        if point.flag == "outside":
            assert point.value is not None
            assert point.lower is not None
            assert point.upper is not None
            assert point.value > point.upper if point.side > 0 else point.value < point.lower


def test_a_series_whose_neighbours_share_rows_has_values_and_nothing_else() -> None:
    found = unlimited([0.5, None, 0.9])
    assert [point.value for point in found.points] == [0.5, None, 0.9]
    assert {(point.centre, point.lower, point.upper, point.flag, point.side) for point in found.points} == {(None, None, None, None, 0)}
    assert (found.limits, found.stretches) == (None, (Stretch(0, 3, 2, own=False),))
    assert unlimited([]).points == ()
