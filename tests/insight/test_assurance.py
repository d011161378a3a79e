"""The two icons: what the last point says, and whether the target will be met as things are."""

from __future__ import annotations

import pytest

from amdash.insight.assurance import assurance, direction, variation
from amdash.insight.signals import SignalPoint, Signals, Stretch, measured, shares

CALM = [0.0, 10.0] * 6


def series(lower: float | None, upper: float | None, *, own: bool = True) -> Signals:
    """One point with these limits, in a stretch of which they are or are not."""
    centre = None if lower is None or upper is None else (lower + upper) / 2
    return Signals((SignalPoint(0.0, None, centre, lower, upper, None, 0),), (Stretch(0, 1, 12, own),))


@pytest.mark.parametrize(
    ("last", "higher", "said"),
    [
        (60.0, True, "improving"),
        (60.0, False, "worsening"),
        (60.0, None, "changed"),
        (-60.0, True, "worsening"),
        (-60.0, False, "improving"),
        (-60.0, None, "changed"),
        (5.0, True, "ordinary"),
        (5.0, False, "ordinary"),
        (5.0, None, "ordinary"),
        (None, True, "unknown"),
    ],
)
def test_what_the_last_point_says(last: float | None, higher: bool | None, said: str) -> None:
    assert variation(measured([*CALM, last]), higher) == said


def test_only_the_last_point_speaks() -> None:
    assert variation(measured([*CALM, 60.0, 5.0]), True) == "ordinary"


def test_too_little_to_say_what_the_last_point_is() -> None:
    assert variation(measured([]), True) == "unknown"
    assert variation(measured([1, 1, 1, 900]), True) == "unknown"
    assert variation(measured([1, 2, 1, 2, 1]), True) == "ordinary"
    assert variation(shares([9, 8, 9, 8], [10] * 4), None) == "unknown"


def test_the_direction_of_a_trend_is_that_of_the_move() -> None:
    falling = measured([*CALM, 9.9, 9.8, 9.7, 9.6, 9.5, 9.4, 9.3])
    assert falling.points[-1].flag == "trend"
    assert direction(falling.points[-1], True) == "concern"
    assert direction(falling.points[-1], False) == "improvement"
    assert direction(falling.points[-1], None) is None
    assert direction(falling.points[2], True) is None


@pytest.mark.parametrize(
    ("target", "higher", "said"),
    [
        # Limits 10 to 20.
        (9.0, True, "will_meet"),
        (10.0, True, "will_meet"),
        (10.1, True, "hit_or_miss"),
        (15.0, True, "hit_or_miss"),
        (20.0, True, "hit_or_miss"),
        (20.1, True, "will_miss"),
        (21.0, False, "will_meet"),
        (20.0, False, "will_meet"),
        (19.9, False, "hit_or_miss"),
        (15.0, False, "hit_or_miss"),
        (10.0, False, "hit_or_miss"),
        (9.9, False, "will_miss"),
        (15.0, None, "no_target"),
        (None, True, "no_target"),
        (None, False, "no_target"),
        (None, None, "no_target"),
    ],
)
def test_the_target_against_the_limits(target: float | None, higher: bool | None, said: str) -> None:
    assert assurance(series(10.0, 20.0), target, higher) == said


def test_a_limit_reaches_its_target_whatever_the_binary_fractions_say() -> None:
    assert assurance(series(0.95 - 1e-12, 0.99), 0.95, True) == "will_meet"
    assert assurance(series(0.95 - 1e-6, 0.99), 0.95, True) == "hit_or_miss"
    assert assurance(series(0.80, 0.95 - 1e-12), 0.95, True) == "hit_or_miss"
    assert assurance(series(0.80, 0.95 - 1e-6), 0.95, True) == "will_miss"
    # Of money, in proportion.
    assert assurance(series(1e9 - 0.1, 2e9), 1e9, True) == "will_meet"
    assert assurance(series(1e9 - 10, 2e9), 1e9, True) == "hit_or_miss"
    assert assurance(series(-2e9, -1e9 - 0.1), -1e9, True) == "hit_or_miss"


def test_without_limits_of_its_own_the_latest_stretch_promises_nothing() -> None:
    assert assurance(series(None, None), 5.0, True) == "unknown"
    assert assurance(series(10.0, 20.0, own=False), 5.0, True) == "unknown"
    assert assurance(measured([*CALM, 5.0, 5.0], marks=[12]), -100.0, True) == "unknown"
    assert assurance(measured([]), 5.0, True) == "unknown"
    # No target comes first: there is nothing to ask.
    assert assurance(measured([]), None, True) == "no_target"


def test_the_latest_stretch_decides() -> None:
    values = [*CALM, *[value + 100 for value in CALM]]
    assert assurance(measured(values), 50.0, True) == "hit_or_miss"
    assert assurance(measured(values, marks=[12]), 50.0, True) == "will_meet"
    assert assurance(measured(values, marks=[12]), 50.0, False) == "will_miss"


def test_shares_are_held_against_the_limits_of_their_last_denominator() -> None:
    counts, sizes = [380, 384, 376, 380, 384, 376], [400] * 6
    assert assurance(shares(counts, sizes), 0.9, True) == "will_meet"
    assert assurance(shares([*counts, 9], [*sizes, 10]), 0.9, True) == "hit_or_miss"
    # A gap in the last place: the last value speaks.
    assert assurance(shares([*counts, None], [*sizes, 0]), 0.9, True) == "will_meet"


def test_what_was_always_so_promises_as_much_as_the_cases_behind_it() -> None:
    # 600 of 600: one 'no' of the next 50 would be chance (4 %), two would not (0.08 %). Twelve of twelve promise nothing.
    always = shares([50] * 12, [50] * 12)
    assert always.limits is not None
    assert (always.limits.lower, always.limits.upper) == pytest.approx((0.98, 1.0))
    assert assurance(always, 0.98, True) == "will_meet"
    assert assurance(always, 0.99, True) == "hit_or_miss"
    assert assurance(shares([1] * 12, [1] * 12), 0.5, True) == "hit_or_miss"
    assert assurance(shares([0] * 12, [50] * 12), 0.05, True) == "will_miss"
    assert assurance(shares([0] * 12, [50] * 12), 0.05, False) == "will_meet"
    assert variation(always, True) == "ordinary"
