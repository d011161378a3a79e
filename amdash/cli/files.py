"""The commands that take files in: check, import, history, undo, refused, rebuild, demo."""

from __future__ import annotations

import argparse
from collections.abc import Sequence

from amdash.cli import shapes
from amdash.cli.output import progress, show, uploads, write
from amdash.errors import AmdashError, grouped
from amdash.i18n import Translator, formats
from amdash.i18n.messages import error_text, group_text, wording
from amdash.ingest.preview import FileReading, Question, TableReading
from amdash.ingest.reader import Hints
from amdash.insight.wording import named
from amdash.schema import TABLES
from amdash.service import demo, imports, rebuilding, refused, restatement, scorecards
from amdash.service.imports import Outcome, Preview
from amdash.service.restatement import Move, Restatement
from amdash.service.workspace import Workspace

_MOVES_SAID = 20


def run_demo(ws: Workspace, options: argparse.Namespace, _: Translator) -> None:
    """Load the demo data."""
    outcome = demo.load(ws, options.lang, progress=progress())
    print(_("The demo data is loaded, as revision {revision}.", revision=outcome.revision))


def run_check(ws: Workspace, options: argparse.Namespace, _: Translator) -> None:
    """Recognise and validate; store nothing."""
    readings = imports.check(
        uploads(options.files),
        ws.now().date(),
        options.map,
        progress(),
        hints=_hints(options),
        remembered=ws.store.decisions(),
        people=imports.people_of(ws),
    )
    show(options, {"files": shapes.files(readings, _)}, lambda: _say_files(readings, _))


def run_import(ws: Workspace, options: argparse.Namespace, _: Translator) -> None:
    """Recognise, validate, store."""
    store(ws, read(ws, options), options, _)


def read(ws: Workspace, options: argparse.Namespace) -> Preview:
    """The files that are named, recognised and validated; nothing is stored."""
    return imports.preview(ws, uploads(options.files), mapping=options.map, series=options.series, hints=_hints(options), progress=progress())


def store(ws: Workspace, ready: Preview, options: argparse.Namespace, _: Translator) -> None:
    """What was read, stored, and said. Errors: import_doubtful, unless that was agreed to."""
    moved = restatement.of_import(ws, ready)
    if ready.doubts and not options.yes:
        raise AmdashError("import_doubtful", doubts=ready.doubts)
    outcome = imports.confirm(ws, ready)
    result = {
        "files": shapes.files(ready.files, _),
        "import_id": outcome.import_id,
        "revision": outcome.revision,
        "slots": shapes.slots(outcome),
        "restated": shapes.restated(moved),
    }
    show(options, result, lambda: _say_import(ready, outcome, moved, _))


def _hints(options: argparse.Namespace) -> Hints:
    return Hints(tuple(word for word in options.password if word), options.encoding)


def _say_import(ready: Preview, outcome: Outcome, moved: Restatement, _: Translator) -> None:
    _say_files(ready.files, _)
    _say_questions(ready.asked, _)
    if outcome.import_id is None:
        print(_("Everything in these files is there already; nothing was changed."))
    else:
        print(_("Stored as import {import_id}, revision {revision}.", import_id=outcome.import_id, revision=outcome.revision))
    _say_slots(outcome, _)
    _say_moves(moved, _)
    for finding in moved.findings:
        places = _.comma.join(f"{file} / {sheet} / {row}" for file, sheet, row in finding.examples[:2])
        print(f"  ! {wording(_, finding.code, finding.fields)} ({places})")


def run_history(ws: Workspace, options: argparse.Namespace, _: Translator) -> None:
    """Who imported what, when."""
    rows = imports.history(ws)

    def say() -> None:
        for row in rows:
            undone = _("taken back at revision {revision}", revision=row.undone_revision) if row.undone_revision else ""
            files = _.comma.join(name for name, _sha in row.files)
            print(f"{row.import_id:>4}  r{row.revision:<5} {row.at:%Y-%m-%d %H:%M}  {row.actor}  {files}  {undone}")

    show(options, shapes.history(rows), say)


def run_undo(ws: Workspace, options: argparse.Namespace, _: Translator) -> None:
    """Take an import back, or only say what that would do."""
    rehearsed, held = imports.undo_preview(ws, options.import_id)
    moved = restatement.of_undo(ws, held)
    outcome = rehearsed if options.dry_run else imports.undo(ws, options.import_id)
    result = {
        "import_id": outcome.import_id,
        "revision": ws.revision() if options.dry_run else outcome.revision,
        "also": list(outcome.also),
        "slots": shapes.slots(outcome),
        "restated": shapes.restated(moved),
    }

    def say() -> None:
        if options.dry_run:
            print(_("Nothing was changed. Taking back import {import_id} would do this:", import_id=outcome.import_id))
        else:
            words = _(
                "Import {import_id} was taken back; the workspace is at revision {revision}.", import_id=outcome.import_id, revision=outcome.revision
            )
            print(words)
        for one in outcome.also:
            print("  " + _("Import {import_id}, which corrects it, goes with it.", import_id=one))
        _say_slots(outcome, _)
        _say_moves(moved, _)

    show(options, result, say)


def run_refused(ws: Workspace, options: argparse.Namespace, _: Translator) -> None:
    """The refused rows of an import, as a workbook to correct and upload."""
    _name, data = refused.workbook(ws, options.import_id, _.language, passwords=options.password)
    write(options.out, data)


def run_rebuild(ws: Workspace, options: argparse.Namespace, _: Translator) -> None:
    """Make the facts again from the originals."""
    result = rebuilding.rebuild(ws, exchange=options.yes, passwords=options.password, progress=progress())

    def say() -> None:
        for one in result.imports:
            print(_("Import {import_id}: {n} months and lists are what the originals say.", import_id=one.import_id, n=one.same))
            for key in one.other:
                print(f"  ! {_(TABLES[key.table].title)} · {key.month or _('the list')} · {key.series}")
            if one.error:
                print(f"  ! {error_text(_, one.error)}")
        if result.revision:
            print(_("What came out otherwise was stored, as revision {revision}.", revision=result.revision))
        elif not result.identical:
            print(_("What came out otherwise was not stored. Say --yes to store it as a new revision."))

    show(options, shapes.rebuilt(result, _), say)


def _say_files(readings: Sequence[FileReading], _: Translator) -> None:
    for reading in readings:
        if reading.error:
            print(f"! {error_text(_, reading.error)}")
        for sheet in reading.sheets:
            for table in sheet.tables:
                print(f"{reading.file} · {sheet.sheet} · {_(TABLES[table.table].title)}")
                _say_table(table, _)
            for column in sheet.unused:
                print("  " + _("Column {letter} “{header}” is not used; it is kept with the rows.", letter=column.letter, header=column.header))
            _say_questions(sheet.questions, _)
            for group in grouped(sheet.issues):
                print(f"  ! {group_text(_, group)}")


def _say_table(table: TableReading, _: Translator) -> None:
    counts = _(
        "Read {read}, accepted {accepted}, refused {refused}; {totals} total rows left out.",
        read=table.read,
        accepted=table.accepted,
        refused=table.refused,
        totals=table.totals_skipped,
    )
    understood = _.comma.join(f"{column} → {_(TABLES[table.table].field(name).title)}" for column, name in table.mapping.items())
    print(f"  {counts}\n  {understood}")


def _say_questions(questions: Sequence[Question], _: Translator) -> None:
    for question in questions:
        choices = " | ".join(f'--map "{choice}"' for choice in question.choices)
        print(f"  ? {wording(_, question.code, question.fields)} {choices}")
        print("    " + _("Taken for now: {choice}", choice=question.guess))


def _say_slots(outcome: Outcome, _: Translator) -> None:
    for slot in outcome.slots:
        month = formats.month(slot.key.month, _.language) if slot.key.month else _("the list")
        rows = slot.rows
        counts = f"+{rows.added} ~{rows.changed} -{rows.removed} ={rows.unchanged}"
        print(f"  {_(TABLES[slot.key.table].title)} · {month} · {slot.key.series}: {counts}")


def _say_moves(moved: Restatement, _: Translator) -> None:
    if moved.moves:
        print(_.plural("{n} figure that was there moves:", "{n} figures that were there move:", len(moved.moves)))
    for move in moved.moves[:_MOVES_SAID]:
        print("  " + _move(move, _))
    if len(moved.moves) > _MOVES_SAID:
        print("  " + _.plural("and {n} more", "and {n} more", len(moved.moves) - _MOVES_SAID))


def _move(move: Move, _: Translator) -> str:
    kpi = next(one for one in scorecards.kpis() if one.id == move.kpi)
    before = formats.written(move.before, kpi.unit, _.language)
    after = _("no data") if move.after is None else formats.written(move.after, kpi.unit, _.language)
    if move.flips and move.verdict_before and move.verdict_after:
        before = _("{text} ({who})", text=before, who=named(move.verdict_before, move.kpi, move.n_before, _))
        after = _("{text} ({who})", text=after, who=named(move.verdict_after, move.kpi, move.n_after, _))
    return f"{formats.month(move.month, _.language)} · {move.manager or _('All')} · {_(kpi.name)}: {before} → {after}"
