"""The command about targets: who is held to what, setting and splitting them, taking them back, and whether one is a good one."""

from __future__ import annotations

import argparse

from amdash.cli import files, proposals
from amdash.cli import target_shapes as shapes
from amdash.cli.output import say_done, show
from amdash.cli.target_words import aim, number
from amdash.errors import AmdashError
from amdash.i18n import Translator, formats
from amdash.i18n.words import TARGET_FINDINGS, TARGET_ORIGINS
from amdash.metrics import catalogue
from amdash.service import scorecards, targets
from amdash.service.workspace import Workspace
from amdash.store.targets import TargetRow


def run_targets(ws: Workspace, options: argparse.Namespace, _: Translator) -> None:
    """Targets: in force, said, set, split, checked, imported, taken back, proposed."""
    {
        "list": _list,
        "log": _log,
        "set": _set,
        "split": _split,
        "check": _check,
        "import": _import,
        "undo": _undo,
        **proposals.RUNS,
    }[options.action](ws, options, _)


def _list(ws: Workspace, options: argparse.Namespace, _: Translator) -> None:
    for kpi in options.kpi:
        catalogue.by_id(kpi)
    known = scorecards.months(ws, options.revision)
    month = options.month or (known[-1] if known else f"{ws.now():%Y-%m}")
    found = [one for one in targets.in_force(ws, month, options.revision) if not options.kpi or one.kpi in options.kpi]
    if options.manager is not None:
        name = scorecards.shown_manager(ws, scorecards.roster(ws, options.revision), options.manager, options.revision)
        found = [one for one in found if one.manager == name]

    def say() -> None:
        for one in found:
            kpi = catalogue.by_id(one.kpi)
            reason = one.entry.reason if isinstance(one.entry, TargetRow) else ""
            print("\t".join((_(kpi.name), one.manager, aim(kpi, one.value, _), _(TARGET_ORIGINS[one.origin]), reason)))

    show(options, shapes.held(found), say)


def _log(ws: Workspace, options: argparse.Namespace, _: Translator) -> None:
    rows = targets.entries(ws, options.revision)

    def say() -> None:
        for row in rows:
            kpi = catalogue.by_id(row.kpi)
            value = _("as for everybody else") if row.inherits else aim(kpi, row.value, _)
            since = _("from {month} on", month=formats.month(row.from_month, _.language))
            print("\t".join((str(row.target_id), _(kpi.name), row.subject or _("All"), since, value, row.actor, row.reason)))

    show(options, shapes.log(rows), say)


def _set(ws: Workspace, options: argparse.Namespace, _: Translator) -> None:
    whose = {"manager": options.manager, "team": options.team, "reason": options.reason}
    if options.value in ("none", "inherit"):
        revision = targets.end(ws, options.kpi, options.start, inherit=options.value == "inherit", **whose)
    else:
        revision = targets.put(ws, options.kpi, number(options.kpi, options.value), options.start, **whose)
    say_done(revision, options, _)


def _split(ws: Workspace, options: argparse.Namespace, _: Translator) -> None:
    kpi = catalogue.by_id(options.kpi)
    weights = [number(options.kpi, weight) for weight in options.weights.split(",")] if options.weights else []
    how = "weights" if weights else options.how
    total = number(options.kpi, options.value)
    parts = targets.split(ws, options.kpi, total, options.period, how=how, weights=weights, manager=options.manager, team=options.team)
    if not options.dry_run:
        revision = targets.put_sum(
            ws,
            options.kpi,
            total,
            options.period,
            how=how,
            weights=weights,
            manager=options.manager,
            team=options.team,
            reason=options.reason,
        )

    def say() -> None:
        for month, value in parts.values.items():
            lacking = _("the year before is not known") if month in parts.lacking else ""
            print("\t".join((formats.month(month, _.language), formats.written(value, kpi.unit, _.language), lacking)))
        if not options.dry_run:
            print(_("Done; the workspace is at revision {revision}.", revision=revision))

    show(options, shapes.split(parts) | {"revision": None if options.dry_run else revision}, say)


def _check(ws: Workspace, options: argparse.Namespace, _: Translator) -> None:
    kpi = catalogue.by_id(options.kpi)
    found = targets.check(ws, options.kpi, number(options.kpi, options.value), through=options.month, revision=options.revision)

    def say() -> None:
        print(_("{goal}: met in {met} of {judged} manager-months", goal=aim(kpi, found.target, _), met=found.met, judged=found.judged))
        for one in found.tallies:
            print(f"  {one.manager or one.team}\t{one.met} / {one.judged}")
        for code in found.findings:
            print(f"! {_(TARGET_FINDINGS[code])}")
        for other in found.proposals:
            words = _("{goal} would have been met in {met} of {judged}", goal=aim(kpi, other.target, _), met=other.met, judged=other.judged)
            print(f"→ {words}")

    show(options, shapes.check(found), say)


def _import(ws: Workspace, options: argparse.Namespace, _: Translator) -> None:
    """The files as any import takes them, where they hold targets."""
    ready = files.read(ws, options)
    if not any(table.table == "targets" for file in ready.files for table in file.tables):
        raise AmdashError("no_targets_in_files", files=options.files)
    files.store(ws, ready, options, _)


def _undo(ws: Workspace, options: argparse.Namespace, _: Translator) -> None:
    say_done(targets.undo(ws, options.target_id), options, _)
