"""The commands about improvement plans and what happened in a month: effect, plan, annotate."""

from __future__ import annotations

import argparse
from typing import Any

from amdash.cli import plan_shapes as shapes
from amdash.cli.output import day, show
from amdash.i18n import Translator, formats
from amdash.i18n.words import ANNOTATION_KINDS, GRADES, PLAN_STATES, STRATEGIES
from amdash.insight.effect_story import effect_story
from amdash.metrics import catalogue
from amdash.service import annotations as events
from amdash.service import plans
from amdash.service.plan_terms import Terms
from amdash.service.plans import Followed
from amdash.service.workspace import Workspace
from amdash.store.annotations import AnnotationRow


def run_effect(ws: Workspace, options: argparse.Namespace, _: Translator) -> None:
    """What has become of every plan, and which measures work."""
    found = plans.effects(ws, manager=options.manager, kpi=options.kpi, revision=options.revision)
    counted = plans.summary(found)

    def say() -> None:
        for one in found:
            print(_head(one, _))
            for sentence in effect_story(one.effect, catalogue.by_id(one.entry.kpi), _):
                print(f"  {sentence}")
        for row in counted.to_dict("records"):
            if row["by"] != "kpi":
                title = _(STRATEGIES[row["name"]]) if row["name"] else _("All")
                print(f"{title}{_.colon}{_counted(row, _)}")

    show(options, shapes.effects(found, counted, _), say)


def _counted(row: dict[Any, Any], _: Translator) -> str:
    return _.plural(
        "{n} plan, {worked} worked; of {closed} past due or closed {without} without effect",
        "{n} plans, {worked} worked; of {closed} past due or closed {without} without effect",
        row["plans"],
        worked=row["worked"],
        closed=row["closed"],
        without=row["closed_without_effect"],
    )


def run_plan(ws: Workspace, options: argparse.Namespace, _: Translator) -> None:
    """Improvement plans: listed, agreed, changed, noted, closed, taken back."""
    if options.action == "list":
        _list_plans(ws, options, _)
        return
    plan_id = None if options.action == "add" else options.plan_id
    if options.action == "add":
        plan_id, revision = plans.begin(ws, options.kpi, options.manager, _terms(options))
    elif options.action == "change":
        revision = plans.change(ws, options.plan_id, _terms(options))
    elif options.action == "note":
        revision = plans.note(ws, options.plan_id, options.text, day(options.date))
    elif options.action == "close":
        revision = plans.close(ws, options.plan_id, options.conclusion, day(options.date), new_process=options.new_process)
    elif options.action == "reopen":
        revision = plans.reopen(ws, options.plan_id)
    elif options.note is not None:
        revision = plans.undo_note(ws, options.plan_id, options.note)
    else:
        revision = plans.undo(ws, options.plan_id)
    words = _("Plan number {plan_id}; the workspace is at revision {revision}.", plan_id=plan_id, revision=revision)
    show(options, {"plan_id": plan_id, "revision": revision}, lambda: print(words))


def _terms(options: argparse.Namespace) -> Terms:
    return Terms(
        action=options.terms_action,
        started=options.start,
        due=options.due,
        baseline=options.baseline,
        goal=options.goal,
        measure=options.measure,
        reason=options.reason,
        responsible=options.responsible,
    )


def _list_plans(ws: Workspace, options: argparse.Namespace, _: Translator) -> None:
    found = plans.effects(ws, manager=options.manager, kpi=options.kpi, states=options.state, revision=options.revision)

    def say() -> None:
        for one in found:
            print(_head(one, _))
            print(f"  {one.entry.action}")
            for note in one.notes:
                print(f"  [{note.note_id}] {formats.day(note.date, _.language)}{_.colon}{note.text}")
            if one.entry.conclusion:
                print(f"  {_('Conclusion')}{_.colon}{one.entry.conclusion}")

    show(options, [shapes.agreed(one) for one in found], say)


def _head(one: Followed, _: Translator) -> str:
    """Number, whose, which KPI, from when to when, how it stands."""
    row, kpi = one.entry, catalogue.by_id(one.entry.kpi)
    span = f"{formats.month(row.started, _.language)} – {formats.month(row.due, _.language)}"
    goal = formats.target(row.goal, kpi.unit, kpi.higher_is_better, _.language) or _("no goal")
    return "\t".join((f"{row.plan_id}", row.manager, _(kpi.name), span, goal, _(PLAN_STATES[one.state]), _(GRADES[one.effect.grade])))


def run_annotate(ws: Workspace, options: argparse.Namespace, _: Translator) -> None:
    """What happened in a month: listed, written down, taken back."""
    if options.action == "list":
        rows = events.entries(ws, kpi=options.kpi, manager=options.manager, team=options.team, revision=options.revision)
        show(options, shapes.annotated(rows), lambda: _say_annotations(rows, _))
        return
    if options.action == "add":
        number, revision = events.add(
            ws,
            options.month,
            options.text,
            kind=options.kind,
            kpi=options.kpi,
            manager=options.manager,
            team=options.team,
            new_process=options.new_process,
        )
    else:
        number, revision = options.annotation_id, events.undo(ws, options.annotation_id)
    words = _("Annotation number {annotation_id}; the workspace is at revision {revision}.", annotation_id=number, revision=revision)
    show(options, {"annotation_id": number, "revision": revision}, lambda: print(words))


def _say_annotations(rows: list[AnnotationRow], _: Translator) -> None:
    for row in rows:
        about = _(catalogue.by_id(row.kpi).name) if row.kpi else _("all KPIs")
        sign = _("limits begin anew") if row.new_process else ""
        month = formats.month(row.month, _.language)
        print("\t".join((f"{row.annotation_id}", month, row.subject or _("All"), about, _(ANNOTATION_KINDS[row.kind]), row.text, sign)))
