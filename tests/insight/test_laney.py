"""Laney P' limits: by hand, against a second computation in fifty digits, and where the formula cannot hold."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from decimal import Decimal, localcontext
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import binom

from amdash.insight import laney
from amdash.insight.signals import Signals, shares

TAIL = 0.0013498980316300933
# Sizes of 400 and 100, each a standard deviation (0.025, 0.05) above and below one half in turn: every moving range of z is 2.
COUNTS = [210, 190, 55, 45, 210, 190, 55, 45, 210, 190, 55, 45]
SIZES = [400, 400, 100, 100] * 3


def arrays(counts: Sequence[float], sizes: Sequence[float]) -> tuple[np.ndarray, np.ndarray]:
    return np.array(counts, dtype="float64"), np.array(sizes, dtype="float64")


def flagged(found: Signals) -> dict[int, tuple[str | None, int]]:
    return {place: (point.flag, point.side) for place, point in enumerate(found.points) if point.flag or point.side}


def test_limits_computed_by_hand_vary_with_the_denominator() -> None:
    found = shares(COUNTS, SIZES)
    wide = 3 * 2 / 1.128
    for point, size in zip(found.points, SIZES, strict=True):
        sigma = 0.025 if size == 400 else 0.05
        assert (point.centre, point.lower, point.upper) == pytest.approx((0.5, 0.5 - wide * sigma, 0.5 + wide * sigma))
        assert point.n == size
    assert flagged(found) == {}


def test_a_wilder_series_has_wider_limits_and_a_calmer_one_narrower_ones() -> None:
    wild = laney.estimate(*arrays([250, 150] * 6, [400] * 12))
    assert wild.sigma_z == pytest.approx(10 / 1.128)
    calm = laney.estimate(*arrays([201, 199] * 6, [400] * 12))
    assert calm.sigma_z == pytest.approx(0.2 / 1.128)


def test_a_jump_is_set_aside_from_the_moving_ranges_of_z_unless_told_otherwise() -> None:
    # Of 400: 210 and 190 in turn, and once 300. Moving ranges of 20 (twenty-one times) and two of 110: mean 27.8, limit 90.9.
    counts = [210, 190] * 12
    counts[10] = 300
    centre = sum(counts) / 400 / 24
    for screen, mean in ((True, 20), (False, (21 * 20 + 2 * 110) / 23)):
        found = shares(counts, [400] * 24, screen=screen)
        assert found.points[0].upper == pytest.approx(centre + 3 * mean / 400 / 1.128)
        assert flagged(found) == {10: ("outside", 1)}
    assert shares(counts, [400] * 24) == shares(counts, [400] * 24, screen=True)
    assert laney.estimate(*arrays(counts, [400] * 24)).sigma_z == laney.estimate(*arrays(counts, [400] * 24), screen=True).sigma_z


def plainly(counts: Sequence[int], sizes: Sequence[int], screen: bool) -> tuple[Fraction, list[Decimal], list[str | None]] | None:
    """Laney's formula once more, as plainly as it can be said: the centre, the width at each point, the first rule each breaks.

    None where the formula cannot hold (unsteady or sparse).
    """
    centre = Fraction(sum(counts), sum(sizes))
    if Fraction(sum(sizes), len(sizes)) * min(centre, 1 - centre) < 1:
        return None

    def decimal(value: Fraction) -> Decimal:
        return Decimal(value.numerator) / Decimal(value.denominator)

    with localcontext() as context:
        context.prec = 50
        off = [Fraction(count, size) - centre for count, size in zip(counts, sizes, strict=True)]
        sigma = [(decimal(centre * (1 - centre)) / size).sqrt() for size in sizes]
        z = [decimal(part) / one for part, one in zip(off, sigma, strict=True)]
        ranges = [abs(after - before) for before, after in itertools.pairwise(z)]
        kept = [place for place, one in enumerate(ranges) if one <= Decimal("3.267") * sum(ranges) / len(ranges)]
        if all(off[place] == off[place + 1] for place in kept):
            return None
        used = [ranges[place] for place in kept] if screen else ranges
        widths = [3 * one * (sum(used) / len(used) / Decimal("1.128")) for one in sigma]
        # Ties between a value and its limit are decided by the last digit of a root: not compared.
        if any(
            abs(abs(decimal(part)) - width * share) < Decimal("1e-9")
            for part, width in zip(off, widths, strict=True)
            for share in (1, 2 / Decimal(3))
        ):
            return None
        return (
            centre,
            widths,
            [_first_rule(place, off, [decimal(part) / width for part, width in zip(off, widths, strict=True)]) for place in range(len(off))],
        )


def _first_rule(place: int, off: Sequence[Fraction], part: Sequence[Decimal]) -> str | None:
    """``part``: how much of the way to its own limit each point goes."""

    def around(length: int) -> list[range]:
        return [range(start, start + length) for start in range(place - length + 1, place + 1) if start >= 0 and start + length <= len(off)]

    if abs(part[place]) > 1:
        return "outside"
    if any(
        len({(off[at] > off[at - 1]) - (off[at] < off[at - 1]) for at in window[1:]} | {0}) == 2 and all(off[at] != off[at - 1] for at in window[1:])
        for window in around(7)
    ):
        return "trend"
    for side in (1, -1):
        far = [Decimal(2) / 3 < side * one <= 1 for one in part]
        if far[place] and any(sum(far[at] for at in window) >= 2 and all(side * off[at] > 0 for at in window) for window in around(3)):
            return "two_of_three"
    if any(all(side * off[at] > 0 for at in window) for window in around(7) for side in (1, -1)):
        return "run"
    return None


pairs = st.integers(1, 400).flatmap(lambda size: st.tuples(st.integers(0, size), st.just(size)))
# About one half to 95 %, with now and then a level that lasts: noise alone has few runs.
levels = st.lists(st.tuples(st.sampled_from([0.5, 0.6, 0.8, 0.95]), st.integers(1, 9)), min_size=1, max_size=5)


@st.composite
def shifting(draw: st.DrawFn) -> list[tuple[int, int]]:
    found = []
    for level, length in draw(levels):
        for _ in range(length):
            size = draw(st.integers(20, 400))
            found.append((min(size, max(0, round(size * level) + draw(st.integers(-4, 4)))), size))
    return found


@settings(max_examples=300)
@given(st.one_of(st.lists(pairs, min_size=5, max_size=30), shifting().filter(lambda found: len(found) >= 5)), st.booleans())
def test_limits_and_rules_agree_with_a_second_plain_computation(series: list[tuple[int, int]], screen: bool) -> None:
    counts, sizes = zip(*series, strict=True)
    said = plainly(counts, sizes, screen)
    if said is None:
        return
    centre, widths, rules = said
    found = shares(counts, sizes, screen=screen)
    assert [point.flag for point in found.points] == rules
    for point, width in zip(found.points, widths, strict=True):
        assert point.centre == float(centre)
        assert point.lower == pytest.approx(max(0.0, float(centre) - float(width)), abs=1e-9)
        assert point.upper == pytest.approx(min(1.0, float(centre) + float(width)), abs=1e-9)


@given(st.lists(pairs, min_size=5, max_size=30), st.booleans())
def test_yes_and_no_change_places_and_so_do_the_sides(series: list[tuple[int, int]], exact: bool) -> None:
    counts, sizes = zip(*series, strict=True)
    found = shares(counts, sizes, exact=exact)
    turned = shares([size - count for count, size in series], sizes, exact=exact)
    assert [(point.flag, point.side) for point in turned.points] == [(point.flag, -point.side) for point in found.points]
    for one, other in zip(found.points, turned.points, strict=True):
        assert one.lower is not None
        assert one.upper is not None
        assert (other.lower, other.upper) == pytest.approx((1 - one.upper, 1 - one.lower), abs=1e-6)


@given(st.lists(pairs, min_size=5, max_size=30))
def test_exact_limits_are_never_narrower(series: list[tuple[int, int]]) -> None:
    counts, sizes = zip(*series, strict=True)
    for plain, exact in zip(shares(counts, sizes).points, shares(counts, sizes, exact=True).points, strict=True):
        assert exact.lower is not None
        assert exact.upper is not None
        assert plain.lower is not None
        assert plain.upper is not None
        assert exact.lower <= plain.lower
        assert exact.upper >= plain.upper


@pytest.mark.parametrize("exact", [False, True])
@pytest.mark.parametrize("share", [0.0, 0.7, 0.9, 1.0, 1 / 3])
@pytest.mark.parametrize("sizes", [[1] * 12, [10, 20, 30, 40] * 3, [3, 400, 1, 7, 90]])
def test_a_share_that_never_moves_flags_nothing(share: float, sizes: list[int], exact: bool) -> None:
    # 0.7 of 3 is no whole count, and need not be: scores are summed too. Nor is it 0.7 x 3 in binary fractions.
    found = shares([share * size for size in sizes], sizes, exact=exact)
    assert flagged(found) == {}
    assert [point.centre for point in found.points] == pytest.approx([share] * len(sizes))
    assert all(
        point.lower is not None and point.upper is not None and 0 <= point.lower <= share + 1e-9 <= point.upper + 2e-9 for point in found.points
    )


def test_all_or_none_leave_no_room_beyond() -> None:
    always = laney.estimate(*arrays([5.0] * 6, [5] * 6))
    assert (always.centre[0], always.sigma_z[0], always.steady[0], always.sparse[0]) == (1.0, 1.0, False, True)
    assert always.likely == pytest.approx(30.5 / 31)
    assert laney.estimate(*arrays([0.0] * 6, [5] * 6)).likely == pytest.approx(0.5 / 31)
    assert laney.estimate(*arrays([3.0] * 6, [5] * 6)).likely == pytest.approx(0.6)
    assert all(point.upper == 1.0 for point in shares([5] * 6, [5] * 6).points)
    assert all(point.lower == 0.0 for point in shares([0] * 6, [5] * 6).points)


@pytest.mark.parametrize("sizes", [[2] * 24, [1, 2, 3, 4, 5, 6] * 4, [1] * 24])
def test_full_months_of_any_size_are_no_signal_beside_one_that_was_not(sizes: list[int]) -> None:
    # Laney's z of a full month grows with its size: those differences are no swing, and one 'no' among few is chance.
    counts = list(sizes)
    counts[7] -= 1
    assert flagged(shares(counts, sizes)) == {}
    assert flagged(shares([0 if place != 7 else 1 for place in range(24)], sizes)) == {}


def test_a_fall_from_a_flat_hundred_per_cent_is_a_signal_where_enough_were_asked() -> None:
    assert flagged(shares([20] * 23 + [10], [20] * 24)) == {23: ("outside", -1)}
    assert flagged(shares([0] * 11 + [12], [20] * 12)) == {11: ("outside", 1)}
    assert flagged(shares([20] * 23 + [18], [20] * 24)) == {}
    # The same through years of one answer a month.
    assert flagged(shares([1] * 23 + [0], [1] * 24)) == {}


@pytest.mark.parametrize("size", [1, 3, 10, 25, 200])
def test_a_signal_from_a_flat_series_is_what_the_binomial_says(size: int) -> None:
    cases = size * 24
    for count in range(size):
        share = (cases - size + count) / cases
        surprising = binom.cdf(count, size, share) < TAIL and count / size < share - 3 * (share * (1 - share) / size) ** 0.5
        assert flagged(shares([size] * 23 + [count], [size] * 24)) == ({23: ("outside", -1)} if surprising else {}), count


@pytest.mark.parametrize(("share", "size"), [(0.9, 25), (0.5, 100), (0.1, 40), (0.97, 12), (0.5, 6)])
def test_an_exact_limit_is_the_last_count_that_chance_gives_often_enough(share: float, size: int) -> None:
    one = np.array([1.0])
    process = laney.Process(share * one, one, one > 0, share * one, one < 0)
    for count in range(size + 1):
        counts, sizes = arrays([count], [size])
        plain, exact = process.band(counts, sizes), process.band(counts, sizes, exact=True)
        width = 3 * (share * (1 - share) / size) ** 0.5
        assert (plain.below[0], plain.above[0]) == pytest.approx((width, width))
        seldom_low, seldom_high = binom.cdf(count, size, share) < TAIL, binom.sf(count - 1, size, share) < TAIL
        off = count / size - share
        assert (off > exact.above[0] + 1e-12) == (seldom_high and off > width)
        assert (-off > exact.below[0] + 1e-12) == (seldom_low and -off > width)


def test_in_a_run_the_likelier_side_is_worth_less() -> None:
    one = np.array([1.0])
    process = laney.Process(0.9 * one, one, one > 0, 0.9 * one, one < 0)
    counts, sizes = arrays([10, 8, 9, 0], [10, 10, 10, 10])
    exact, plain = process.band(counts, sizes, exact=True).bits, process.band(counts, sizes).bits
    assert list(plain) == [1, 1, 1, 1]
    # All ten: 0.35, less than a coin. At most eight: 0.26.
    assert list(exact) == [1, 1, 1, 1]
    sure = laney.Process(0.93 * one, one, one > 0, 0.93 * one, one < 0).band(*arrays([5, 4], [5, 5]), exact=True).bits
    assert sure == pytest.approx([-np.log2(0.93**5), 1.0])
    low = laney.Process(0.07 * one, one, one > 0, 0.07 * one, one < 0).band(*arrays([0, 1], [5, 5]), exact=True).bits
    assert low == pytest.approx([-np.log2(0.93**5), 1.0])
    # A centre of nine of ten: only ten is beyond it, and ten of ten is 0.95 ** 10 likely where the share is 0.95.
    near = laney.Process(0.9 * one, one, one > 0, 0.95 * one, one < 0).band(*arrays([10], [10]), exact=True).bits
    assert near == pytest.approx([-np.log2(0.95**10)])


def test_seven_full_months_of_few_answers_are_no_run_and_many_of_them_are() -> None:
    # The centre is 0.951: 24 and 25 of 25 are above it, which is likelier than not. Seven such months are no seven tosses of a coin.
    others = [22, 25] * 5 + [22]
    for months, said in ((7, set()), (12, set()), (14, {"run"})):
        counts = [*others[:5], *([24, 25] * months)[:months], *others[:5]]
        plain, exact = shares(counts, [25] * len(counts)), shares(counts, [25] * len(counts), exact=True)
        assert {point.flag for point in plain.points[5 : 5 + months]} == {"run"}
        assert {point.flag for point in exact.points if point.flag} == said
    assert [point.flag for point in exact.points] == [None] * 5 + ["run"] * 14 + [None] * 5


def test_a_swing_below_chance_is_not_believed_where_less_than_one_no_is_expected() -> None:
    # One 'no' each in three of twelve months of ten: 0.25 a month, and moving ranges that say less than chance.
    few = laney.estimate(*arrays([10, 10, 10, 10, 9, 9, 9, 10, 10, 10, 10, 10], [10] * 12))
    assert few.sparse[0]
    assert few.sigma_z[0] == 1
    # Exactly one a month is no longer sparse.
    more = laney.estimate(*arrays([9, 10, 8, 9, 9, 10, 8, 9], [10] * 8))
    assert not more.sparse[0]
    assert laney.estimate(*arrays([1, 0, 2, 1, 1, 0, 2, 1], [10] * 8)).sparse[0] == np.False_
    assert laney.estimate(*arrays([1, 0, 2, 1, 1, 0, 2, 0], [10] * 8)).sparse[0]
    # Two of twelve, four of eleven moving ranges of 0.1: 0.80 of chance, and none of them is set aside.
    assert laney.estimate(*arrays([10, 9, 10, 10, 10, 9, *[10] * 6], [10] * 12)).sigma_z[0] == 1
    # A swing above chance is.
    assert laney.estimate(*arrays([10, 10, 3, 10, 10, 9, 10, 10, 9, 10, 10, 10], [10] * 12), screen=False).sigma_z[0] > 1


def test_more_yes_than_asked_is_shown_and_breaks_nothing() -> None:
    found = shares([12, 10, 11, 10, 12, 10], [10] * 6)
    assert [point.value for point in found.points] == pytest.approx([1.2, 1.0, 1.1, 1.0, 1.2, 1.0])
    assert all(point.flag in (None, "outside") for point in found.points)
    # All of sixty is likely a share of 60.5 / 61: of ten, two or more without come more often than in 0.135 %, and three do not.
    assert [(point.lower, point.upper) for point in found.points] == [(pytest.approx(0.8), 1.0)] * 6
    assert binom.sf(1, 10, 0.5 / 61) > TAIL > binom.sf(2, 10, 0.5 / 61)
    # Seven months at 100 % beside seven above it: no run, for such shares have no swing.
    assert [point.flag for point in shares([12] * 7 + [10] * 7, [10] * 14).points] == ["outside"] * 7 + [None] * 7


def test_inputs_are_left_as_they_were() -> None:
    counts, sizes = arrays(COUNTS, SIZES)
    before = counts.copy(), sizes.copy()
    laney.estimate(counts, sizes).band(counts, sizes, exact=True)
    assert (counts == before[0]).all()
    assert (sizes == before[1]).all()


def test_many_series_at_once_are_each_judged_alone() -> None:
    rng = np.random.default_rng(5)
    sizes = rng.integers(3, 60, size=(40, 15)).astype("float64")
    counts = rng.binomial(sizes.astype(int), 0.9).astype("float64")
    together = laney.estimate(counts, sizes).band(counts, sizes, exact=True)
    for row in range(40):
        alone = laney.estimate(counts[row], sizes[row]).band(counts[row], sizes[row], exact=True)
        assert together.centre[row] == pytest.approx(alone.centre)
        assert together.below[row] == pytest.approx(alone.below)
        assert together.above[row] == pytest.approx(alone.above)
        assert together.bits[row] == pytest.approx(alone.bits)
        assert together.steady[row] == alone.steady


def test_what_a_side_is_worth_allows_for_a_swing_wider_than_chance() -> None:
    # Twice as wide: twenty cases swing as five do. The 19th of 20 and beyond are above 0.93; (19 - 0.5) / 4 + 0.5 = 5.125 of 5.
    one = np.array([1.0])
    process = laney.Process(0.93 * one, 2 * one, one > 0, 0.93 * one, one < 0)
    assert process.band(*arrays([20], [20]), exact=True).bits == pytest.approx([-5.125 * np.log2(0.93)])


def test_what_cannot_be_counts_as_a_whole_toss() -> None:
    one = np.array([1.0])
    assert laney.Process(one, one, one > 0, 0.99 * one, one < 0).band(*arrays([12], [10]), exact=True).bits.tolist() == [1.0]


def test_one_no_after_thousands_of_yes_is_a_signal_also_where_only_one_was_asked() -> None:
    # Its chance is 1 in 12,001, below 0.135 %: not even one 'no' lies within the limit.
    assert flagged(shares([1000] * 12 + [0], [1000] * 12 + [1])) == {12: ("outside", -1)}
    assert flagged(shares([0] * 12 + [1], [1000] * 12 + [1])) == {12: ("outside", 1)}


@pytest.mark.parametrize("counts", [[10] * 6, [0] * 6, [12, 10, 11, 10, 12, 10]])
def test_at_the_ends_nothing_is_divided_by_nothing(counts: list[int]) -> None:
    with np.errstate(divide="raise", invalid="raise"):
        process = laney.estimate(*arrays(counts, [10] * 6))
    assert not process.steady[0]
    assert process.sigma_z[0] == 1
