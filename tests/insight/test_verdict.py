"""The five answers, and which of them goes first."""

from __future__ import annotations

import pytest

from amdash.insight.reading import Verdict
from amdash.insight.verdict import verdict


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
