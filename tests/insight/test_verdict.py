"""The five answers and which of them goes first; the target against the interval; what would settle it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amdash.insight.intervals import Sums, wilson
from amdash.insight.reading import Verdict
from amdash.insight.verdict import Judgement, Settling, judge, judge_value, settling, verdict
from amdash.metrics.catalogue import KPIS


@pytest.mark.parametrize(
    ("value", "met", "n", "min_sample", "answer"),
    [
        (0.95, True, 20, 5, "met"),
        (0.85, False, 20, 5, "missed"),
        (0.0, False, 20, 5, "missed"),
        (0.95, True, 5, 5, "met"),
        (0.95, True, 4, 5, "few"),
        (0.85, False, 4, 5, "few"),
        (0.85, False, 1, 1, "missed"),
        (0.95, None, 20, 5, "none"),
        (None, None, 0, 1, "absent"),
        # Nothing is said of a figure that is not there, and no sample is too small for a target that is not there.
        (None, True, 20, 5, "absent"),
        (None, False, 1, 5, "absent"),
        (0.95, None, 1, 5, "none"),
    ],
)
def test_every_answer_and_which_goes_first(value: float | None, met: bool | None, n: int, min_sample: int, answer: Verdict) -> None:
    assert verdict(value, met, n, min_sample) == answer


@pytest.mark.parametrize(
    ("value", "met", "n", "answer"),
    [(0.95, True, 20, "few"), (0.85, False, 20, "few"), (0.85, False, 4, "few"), (0.95, None, 20, "none"), (None, None, 20, "absent")],
)
def test_a_target_within_the_interval_is_too_few_whatever_the_count(value: float | None, met: bool | None, n: int, answer: Verdict) -> None:
    assert verdict(value, met, n, 5, straddles=True) == answer


RATIO = replace(KPIS["csat"], measure="ratio", min_sample=5, share=True, unit="ratio", target=0.9, higher_is_better=True)
COMPLAINTS = replace(RATIO, target=0.1, higher_is_better=False)
HOURS = replace(KPIS["response_time"], measure="mean", min_sample=5, share=False, unit="hours", target=24.0, higher_is_better=False)
ATTAINMENT = replace(RATIO, min_sample=1, share=False, target=0.95)
TOTAL = replace(ATTAINMENT, measure="total", target=1000.0)


def cases(hits: float, of: float) -> Sums:
    return Sums(hits, of, int(of))


@pytest.mark.parametrize(
    ("hits", "of", "answer", "leaning"),
    [
        # Wilson 0.7639 to 0.9911 holds 0.9; so does 0.6396 to 0.9476.
        (19, 20, "few", "met"),
        (17, 20, "few", "missed"),
        (18, 20, "few", "met"),
        # All of 34: 34 / (34 + 3.8415) = 0.8985; of 35: 0.9011.
        (34, 34, "few", "met"),
        (35, 35, "met", "met"),
        # 15 of 20 ends at 0.8881; 190 of 200 begins at 0.9104.
        (15, 20, "missed", "missed"),
        (190, 200, "met", "met"),
        (0, 4, "few", "missed"),
        (4, 4, "few", "met"),
        (0, 0, "absent", None),
    ],
)
def test_a_ratio_against_its_target(hits: int, of: int, answer: Verdict, leaning: str | None) -> None:
    found = judge(RATIO, cases(hits, of))
    assert (found.verdict, found.leaning) == (answer, leaning)
    assert found.interval == wilson(hits, of)
    mirrored = judge(COMPLAINTS, cases(of - hits, of))
    assert (mirrored.verdict, mirrored.leaning, mirrored.settling) == (answer, leaning, found.settling)


def test_below_the_smallest_sample_nothing_is_judged_however_clear() -> None:
    assert judge(RATIO, cases(0, 4)).verdict == "few"
    assert judge(RATIO, cases(0, 5)).verdict == "missed"


def test_a_mean_against_its_target() -> None:
    def of(mean: float, deviation: float, n: int) -> Sums:
        return Sums(mean * n, n, n, mean * mean * n + deviation * deviation * (n - 1))

    # t(9) at 97.5 % is 2.262: half widths 2.86 for a deviation of 4.
    assert [judge(HOURS, of(mean, 4, 10)).verdict for mean in (20, 21.1, 21.2, 24, 26.8, 26.9, 30)] == [
        "met",
        "met",
        *["few"] * 3,
        "missed",
        "missed",
    ]
    assert [judge(HOURS, of(mean, 4, 10)).leaning for mean in (21.2, 24, 26.8)] == ["met", "met", "missed"]
    assert judge(HOURS, of(30, 1, 4)).verdict == "few"
    assert judge(HOURS, of(30, 1, 4)).leaning == "missed"
    # Five equal values at the target: no width, and the target is met.
    assert judge(HOURS, of(24, 0, 5)).verdict == "met"
    assert judge(HOURS, of(24.1, 0, 5)).verdict == "missed"
    assert judge(HOURS, of(20, 4, 10)).settling is None


def test_without_an_interval_the_value_decides() -> None:
    unknown = judge(HOURS, Sums(300, 10, 10))
    assert (unknown.verdict, unknown.interval) == ("missed", None)
    assert judge(HOURS, Sums(200, 10, 10)).verdict == "met"
    # More complaints than customers.
    assert judge(COMPLAINTS, cases(8, 6)).verdict == "missed"


def test_a_census_is_judged_by_its_value() -> None:
    assert judge(ATTAINMENT, Sums(96.0, 100.0, 3)) == Judgement("met", None, "met", None)
    assert judge(ATTAINMENT, Sums(94.0, 100.0, 3)) == Judgement("missed", None, "missed", None)
    assert judge(TOTAL, Sums(1000.0, None, 1)) == Judgement("met", None, "met", None)
    assert judge(replace(TOTAL, target=None), Sums(1000.0, None, 1)) == Judgement("none", None, None, None)
    assert judge(TOTAL, Sums(None, None, 0)) == Judgement("absent", None, None, None)


def test_without_a_target_there_is_an_interval_and_nothing_to_settle() -> None:
    assert judge(replace(RATIO, target=None), cases(19, 20)) == Judgement("none", wilson(19, 20), None, None)
    assert settling(replace(RATIO, target=None), cases(19, 20)) is None


@pytest.mark.parametrize(
    ("hits", "of", "met", "missed"),
    [(19, 20, 33, 5), (17, 20, 64, 2), (5, 5, 30, 3), (35, 35, 0, 9), (15, 20, 93, 0)],
)
def test_how_many_more_in_a_row_settle_it(hits: int, of: int, met: int, missed: int) -> None:
    assert settling(RATIO, cases(hits, of)) == Settling(met, missed)
    if met:
        assert judge(RATIO, cases(hits + met, of + met)).verdict == "met"
        assert judge(RATIO, cases(hits + met - 1, of + met - 1)).verdict != "met"
    if missed:
        assert judge(RATIO, cases(hits, of + missed)).verdict == "missed"
        assert judge(RATIO, cases(hits, of + missed - 1)).verdict != "missed"


def test_what_would_take_too_many_is_not_said() -> None:
    assert settling(RATIO, cases(19, 20), most=33) == Settling(33, 5)
    assert settling(RATIO, cases(19, 20), most=32) == Settling(None, 5)
    assert settling(RATIO, cases(19, 20), most=4) == Settling(None, None)
    assert judge(RATIO, cases(19, 20), most=4).settling == Settling(None, None)
    # 0 of n needs N in all with N / 10 - n = 1.96 sqrt(0.09 N): N = 1039.6 for 85, 1204.03 for 100; a thousand are looked at.
    assert settling(RATIO, cases(0, 85)) == Settling(955, 0)
    assert settling(RATIO, cases(0, 100)) == Settling(None, 0)
    assert settling(RATIO, cases(0, 100), most=2000) == Settling(1105, 0)
    # A thousand are looked at, and not one more.
    assert settling(RATIO, cases(5, 95)) == Settling(1000, 0)
    assert settling(RATIO, cases(4, 94)) == Settling(None, 0)
    assert settling(RATIO, cases(4, 94), most=1001) == Settling(1001, 0)
    bounds = [wilson(5 + more, 95 + more) for more in (999, 1000)]
    assert [bound is not None and bound.lower >= 0.9 for bound in bounds] == [False, True]


def test_before_the_first_case_the_search_begins_at_none() -> None:
    # 35 of 35 are the first to begin above 0.9; 0 of 5 are the smallest sample.
    assert settling(RATIO, cases(0, 0)) == Settling(35, 5)


def test_a_target_of_all_can_only_mean_the_cases_themselves() -> None:
    every, none = replace(RATIO, target=1.0), replace(COMPLAINTS, target=0.0)
    for hits, of, answer, settled in (
        (20, 20, "met", Settling(0, 1)),
        (19, 20, "missed", Settling(None, 0)),
        (3, 3, "few", Settling(2, 2)),
        (2, 3, "few", Settling(None, 2)),
    ):
        assert judge(every, cases(hits, of)).verdict == answer
        assert judge(every, cases(hits, of)).settling == settled
        assert judge(none, cases(of - hits, of)).verdict == answer
        assert judge(none, cases(of - hits, of)).settling == settled
    # The end that a target cannot miss is no such end.
    assert judge(replace(RATIO, target=0.0), cases(0, 20)).verdict == "met"
    assert judge(replace(COMPLAINTS, target=1.0), cases(20, 20)).verdict == "met"
    # Means are no shares: an hour is no end of anything.
    assert judge(replace(HOURS, target=0.0), Sums(1.0, 10, 10, 1.0)).verdict == "few"


def test_counts_that_do_not_say_good_or_bad_have_nothing_to_settle() -> None:
    assert settling(HOURS, Sums(200, 10, 10, 4100)) is None
    assert settling(ATTAINMENT, Sums(94.0, 100.0, 3)) is None
    assert settling(RATIO, Sums(None, 20, 20)) is None
    assert settling(RATIO, Sums(19, None, 20)) is None


@given(
    st.integers(0, 40).flatmap(lambda of: st.tuples(st.integers(0, of), st.just(of))),
    st.sampled_from([0.0, 0.02, 0.1, 0.5, 0.8, 0.9, 0.99, 1.0]),
    st.booleans(),
    st.sampled_from([2, 5, 12]),
)
def test_the_search_finds_what_counting_up_finds(pair: tuple[int, int], target: float, higher: bool, min_sample: int) -> None:
    hits, of = pair
    kpi = replace(RATIO, target=target, higher_is_better=higher, min_sample=min_sample)

    def counted(step: int, answer: str) -> int | None:
        return next((more for more in range(121) if judge(kpi, cases(hits + step * more, of + more), most=0).verdict == answer), None)

    good = 1 if higher else 0
    assert settling(kpi, cases(hits, of), most=120) == Settling(counted(good, "met"), counted(1 - good, "missed"))


@pytest.mark.parametrize(
    ("value", "n", "said", "leaning"),
    [(24.0, 5, "met", "met"), (24.1, 5, "missed", "missed"), (24.0, 4, "few", "met"), (25.0, 4, "few", "missed"), (None, 9, "absent", None)],
)
def test_a_figure_of_which_the_value_alone_is_known(value: float | None, n: int, said: str, leaning: str | None) -> None:
    found = judge_value(KPIS["response_time"], value, n)
    assert (found.verdict, found.leaning, found.interval, found.settling) == (said, leaning, None, None)
    assert judge_value(KPIS["response_median"], 3.0, 50).verdict == "none"
