"""A change of the weighted score in words."""

from __future__ import annotations

from typing import Any, get_args

import pytest

from amdash.i18n import translator
from amdash.insight import improvement_story as story
from amdash.metrics import improvement

ZH, EN = translator("zh"), translator("en")


def row(**changes: Any) -> dict[str, Any]:
    given = {"change": 0.064, "change_ratio": 0.0651, "previous_period": "2026-09", "verdict": "ordinary", "reason": None, "swing": 0.111}
    return given | {"target": 0.1, "target_verdict": "few", "target_reason": None} | changes


@pytest.mark.parametrize(
    ("changes", "english"),
    [
        (
            {},
            "+6.4 points (+6.5%) against September 2026, within the ordinary swing of 11.1 points, "
            "whether the target of 10% is met cannot be told from that",
        ),
        (
            {"change": -0.2, "change_ratio": -0.25, "verdict": "worsened", "target_verdict": "missed"},
            "−20.0 points (−25.0%) against September 2026, more than the ordinary swing of 11.1 points: a real decline, the target of 10% is not met",
        ),
        (
            {"verdict": "improved", "target_verdict": "met", "target": 0.025},
            "+6.4 points (+6.5%) against September 2026, more than the ordinary swing of 11.1 points: a real improvement, the target of 2.5% is met",
        ),
        (
            {"change": -0.0001, "change_ratio": 0.0004, "target_verdict": "none", "target_reason": "near_ceiling"},
            "0.0 points (0.0%) against September 2026, within the ordinary swing of 11.1 points, "
            "so near the top that points say more than percent, and no target is applied",
        ),
        (
            {"change_ratio": None, "verdict": "unknown", "reason": "few_before", "target_verdict": "none", "target_reason": "from_zero"},
            "+6.4 points against September 2026, too few periods before to know the ordinary swing, from nothing, no percentage can be told",
        ),
        (
            {"change": None, "change_ratio": None, "verdict": "unknown", "reason": "no_previous", "target_verdict": "absent"},
            "nothing was measured in the period before",
        ),
    ],
)
def test_points_percent_swing_and_target(changes: dict[str, Any], english: str) -> None:
    assert story.improvement_story(row(**changes), EN) == english
    chinese = story.improvement_story(row(**changes), ZH)
    assert chinese
    assert not any(word in chinese for word in ("points", "swing", "target", "period"))


def test_every_reason_has_words() -> None:
    assert set(story._REASONS) == set(get_args(improvement.Reason))
    assert set(story._TARGETS) == set(get_args(improvement.TargetReason))
    assert set(story._VERDICTS) == set(get_args(improvement.Verdict)) - {"unknown"}
