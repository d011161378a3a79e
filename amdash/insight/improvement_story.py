"""Somebody's change of the weighted score in words: points, percent, whether it is more than ordinary, and what is said of the target."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from amdash.i18n import N_, Translator, formats

_VERDICTS = {
    "improved": N_("more than the ordinary swing of {swing} points: a real improvement"),
    "worsened": N_("more than the ordinary swing of {swing} points: a real decline"),
    "ordinary": N_("within the ordinary swing of {swing} points"),
}
_REASONS = {
    "not_measured": N_("nothing was measured in this period"),
    "no_previous": N_("nothing was measured in the period before"),
    "not_comparable": N_("the two periods have no KPI in common"),
    "measured_differs": N_("the two periods were measured by different KPIs"),
    "not_whole": N_("the quarter or year is not over yet, or some of its months are missing"),
    "few_before": N_("too few periods before to know the ordinary swing"),
    "flat_before": N_("the score had never moved before, so that nobody knows its ordinary swing"),
}
_TARGETS = {
    "near_ceiling": N_("so near the top that points say more than percent, and no target is applied"),
    "from_zero": N_("from nothing, no percentage can be told"),
}
_GOALS = {
    "met": N_("the target of {goal} is met"),
    "missed": N_("the target of {goal} is not met"),
    "few": N_("whether the target of {goal} is met cannot be told from that"),
}


def improvement_story(row: Mapping[str, Any], _: Translator) -> str:
    """One row of :func:`amdash.insight.progress.progress` (missing values None), with ``target_verdict`` (its judgement), as a sentence."""
    parts = []
    if row["change"] is not None:
        ratio = "" if row["change_ratio"] is None else f" ({formats.signed(row['change_ratio'] * 100)}%)"
        parts.append(
            _(
                "{points} points{ratio} against {period}",
                points=formats.signed(row["change"] * 100),
                ratio=ratio,
                period=formats.month(row["previous_period"], _.language),
            )
        )
    if row["reason"] is not None:
        parts.append(_(_REASONS[row["reason"]]))
    elif row["verdict"] in _VERDICTS:
        parts.append(_(_VERDICTS[row["verdict"]], swing=f"{row['swing'] * 100:.1f}"))
    if row["target_reason"] is not None:
        parts.append(_(_TARGETS[row["target_reason"]]))
    elif row["target_verdict"] in _GOALS:
        parts.append(_(_GOALS[row["target_verdict"]], goal=f"{row['target'] * 100:g}%"))
    return _.clause.join(parts)
