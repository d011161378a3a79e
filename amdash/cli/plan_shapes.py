"""The JSON shapes of plans, their effect, and annotations. They are stable: README.md documents them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd

from amdash.cli.shapes import plain
from amdash.i18n import Translator
from amdash.insight.effect_story import effect_story
from amdash.metrics import catalogue
from amdash.service.plans import Followed
from amdash.store.annotations import AnnotationRow


def agreed(one: Followed) -> dict[str, Any]:
    """A plan as it was agreed, with its notes; values in the KPI's unit."""
    row = one.entry
    return _which(one) | {
        "action": row.action,
        "measure": row.measure or None,
        "baseline": row.baseline,
        "goal": row.goal,
        "reason": row.reason or None,
        "responsible": row.responsible or None,
        "closed_on": plain(row.closed_on),
        "conclusion": row.conclusion or None,
        "new_process": row.new_process,
        "grade": one.effect.grade,
        "without_effect": one.without_effect,
        "notes": [{"note_id": note.note_id, "date": plain(note.date), "text": note.text, "actor": note.actor} for note in one.notes],
        "at": row.at.isoformat(),
        "actor": row.actor,
        "revision": row.from_revision,
    }


def _which(one: Followed) -> dict[str, Any]:
    row = one.entry
    return {"plan_id": row.plan_id, "kpi": row.kpi, "manager": row.manager, "started": row.started, "due": row.due, "state": one.state}


def effects(followed: Sequence[Followed], counted: pd.DataFrame, _: Translator) -> dict[str, Any]:
    """What has become of the plans, and how many ended how: all together (name null), by KPI and by measure."""
    counts = [{name: (value or None) if name == "name" else plain(value) for name, value in row.items()} for row in counted.to_dict("records")]
    return {"plans": [_effect(one, _) for one in followed], "summary": counts}


def _effect(one: Followed, _: Translator) -> dict[str, Any]:
    row, found = one.entry, one.effect
    return _which(one) | {
        "measure": row.measure or None,
        "grade": found.grade,
        "without_effect": one.without_effect,
        "baseline": found.baseline,
        "usual": found.usual,
        "lower": found.lower,
        "upper": found.upper,
        "after": found.after,
        "change": found.change,
        "interval": None if found.interval is None else [found.interval.lower, found.interval.upper],
        "rule": found.rule,
        "rule_month": found.rule_month,
        "goal": row.goal,
        "goal_reached": found.goal_reached,
        "goal_month": found.goal_month,
        "months_before": found.months_before,
        "months_after": found.months_after,
        "provisional": found.provisional,
        "notes": list(found.notes),
        "text": list(effect_story(found, catalogue.by_id(row.kpi), _)),
    }


def annotated(rows: Sequence[AnnotationRow]) -> list[dict[str, Any]]:
    """What happened, by month; ``kpi`` null: all, ``subject`` null: everybody."""
    return [
        {
            "annotation_id": row.annotation_id,
            "month": row.month,
            "text": row.text,
            "kind": row.kind,
            "kpi": row.kpi or None,
            "scope": row.scope,
            "subject": row.subject or None,
            "new_process": row.new_process,
            "at": row.at.isoformat(),
            "actor": row.actor,
            "revision": row.from_revision,
        }
        for row in rows
    ]
