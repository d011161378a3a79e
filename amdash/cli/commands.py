"""What each command does: one call of a service, and its result in words or as JSON."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from amdash.cli import shapes
from amdash.errors import AmdashError
from amdash.i18n import Language, Translator, formats
from amdash.i18n.messages import issue_text
from amdash.ingest.preview import FileReading
from amdash.schema import TABLES
from amdash.service import demo, exports, imports, scorecards
from amdash.service.imports import Outcome, Upload
from amdash.service.workspace import Workspace


def run_demo(ws: Workspace, _options: argparse.Namespace, _: Translator) -> None:
    """Load the demo data."""
    outcome = demo.load(ws, progress=_progress())
    print(_("The demo data is loaded, as revision {revision}.", revision=outcome.revision))


def run_check(ws: Workspace, options: argparse.Namespace, _: Translator) -> None:
    """Recognise and validate; store nothing."""
    readings = imports.check(_uploads(options.files), ws.now().date(), options.map, _progress())
    _show(options, {"files": shapes.files(readings, _)}, lambda: _say_files(readings, _))


def run_import(ws: Workspace, options: argparse.Namespace, _: Translator) -> None:
    """Recognise, validate, store."""
    ready = imports.preview(ws, _uploads(options.files), mapping=options.map, series=options.series, progress=_progress())
    if ready.doubts and not options.yes:
        raise AmdashError("import_doubtful", doubts=ready.doubts)
    outcome = imports.confirm(ws, ready)
    result = {"files": shapes.files(ready.files, _), "import_id": outcome.import_id, "revision": outcome.revision, "slots": shapes.slots(outcome)}

    def say() -> None:
        _say_files(ready.files, _)
        if outcome.import_id is None:
            print(_("Everything in these files is there already; nothing was changed."))
        else:
            print(_("Stored as import {import_id}, revision {revision}.", import_id=outcome.import_id, revision=outcome.revision))
        _say_slots(outcome, _)

    _show(options, result, say)


def run_history(ws: Workspace, options: argparse.Namespace, _: Translator) -> None:
    """Who imported what, when."""
    rows = imports.history(ws)

    def say() -> None:
        for row in rows:
            undone = _("taken back at revision {revision}", revision=row.undone_revision) if row.undone_revision else ""
            files = _.comma.join(name for name, _sha in row.files)
            print(f"{row.import_id:>4}  r{row.revision:<5} {row.at:%Y-%m-%d %H:%M}  {row.actor}  {files}  {undone}")

    _show(options, shapes.history(rows), say)


def run_undo(ws: Workspace, options: argparse.Namespace, _: Translator) -> None:
    """Take an import back."""
    outcome = imports.undo(ws, options.import_id)
    result = {"import_id": outcome.import_id, "revision": outcome.revision, "slots": shapes.slots(outcome)}

    def say() -> None:
        print(
            _("Import {import_id} was taken back; the workspace is at revision {revision}.", import_id=outcome.import_id, revision=outcome.revision)
        )
        _say_slots(outcome, _)

    _show(options, result, say)


def run_scorecard(ws: Workspace, options: argparse.Namespace, _: Translator) -> None:
    """The KPIs by manager, team or all."""
    frame = scorecards.scorecard(
        ws,
        start=options.start,
        end=options.end,
        by=options.by,
        every=options.every,
        kpis=options.kpi,
        managers=options.manager,
        revision=options.revision,
    )

    def say() -> None:
        catalogue = {kpi.id: kpi for kpi in scorecards.kpis()}
        for row in shapes.scorecard(frame):
            kpi = catalogue[row["kpi"]]
            met = {True: _("met"), False: _("missed"), None: ""}[row["met"]]
            value = formats.written(row["value"], kpi.unit, _.language)
            print("\t".join((_(kpi.name), row["manager"] or row["team"] or _("All"), row["period"], value, str(row["n"]), met)))

    _show(options, shapes.scorecard(frame), say)


def run_rows(ws: Workspace, options: argparse.Namespace, _: Translator) -> None:
    """The rows behind a number."""
    rows = scorecards.rows_behind(ws, options.kpi, manager=options.manager, start=options.start, end=options.end)

    def say() -> None:
        for row in rows:
            values = "  ".join(f"{name}={shapes.plain(value)}" for name, value in row.values.items() if shapes.plain(value) is not None)
            print(f"{row.file}\t{row.sheet}\t{row.row}\t{values}")

    _show(options, shapes.source_rows(rows), say)


def run_report(ws: Workspace, options: argparse.Namespace, _: Translator) -> None:
    """Write the PDFs."""
    folder = Path(options.out)
    language: Language = options.lang
    managers = None if options.all else [options.manager]
    for name, pdf in exports.reports(ws, options.month, language, managers=managers, progress=_progress()):
        folder.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(pdf)
        print(folder / name)


def run_kpis(_ws: Workspace, options: argparse.Namespace, _: Translator) -> None:
    """The catalogue."""
    catalogue = scorecards.kpis()

    def say() -> None:
        for kpi in catalogue:
            target = formats.target(kpi.target, kpi.unit, kpi.higher_is_better, _.language) or _("no target")
            print(f"{kpi.id}\t{_(kpi.name)}\t{target}\t{_(kpi.formula)}")

    _show(options, shapes.kpis(catalogue, _), say)


COMMANDS: dict[str, Callable[[Workspace, argparse.Namespace, Translator], None]] = {
    "demo": run_demo,
    "check": run_check,
    "import": run_import,
    "history": run_history,
    "undo": run_undo,
    "scorecard": run_scorecard,
    "rows": run_rows,
    "report": run_report,
    "kpis": run_kpis,
}


def _uploads(paths: Sequence[str]) -> list[Upload]:
    uploads = []
    for path in map(Path, paths):
        if not path.is_file():
            raise AmdashError("file_missing", file=str(path))
        uploads.append(Upload(path.name, path.read_bytes()))
    return uploads


def _show(options: argparse.Namespace, result: Any, say: Callable[[], None]) -> None:
    if options.json:
        print(json.dumps(result, ensure_ascii=False, indent=1))
    else:
        say()


def _progress() -> Callable[[float, str], None] | None:
    """A bar on stderr, where somebody is watching."""
    if not sys.stderr.isatty():
        return None

    def draw(share: float, what: str) -> None:
        print(f"\r{'#' * int(share * 30):<30} {what:.40}\033[K", end="" if share < 1 else "\n", file=sys.stderr, flush=True)

    return draw


def _say_files(readings: Sequence[FileReading], _: Translator) -> None:
    for reading in readings:
        for sheet in reading.sheets:
            for table in sheet.tables:
                understood = _.comma.join(f"{column} → {_(TABLES[table.table].field(name).title)}" for column, name in table.mapping.items())
                print(f"{reading.file} · {sheet.sheet} · {_(TABLES[table.table].title)}")
                print(
                    "  "
                    + _(
                        "Read {read}, accepted {accepted}, refused {refused}; {totals} total rows left out.",
                        read=table.read,
                        accepted=table.accepted,
                        refused=table.refused,
                        totals=table.totals_skipped,
                    )
                )
                print(f"  {understood}")
            for column in sheet.unused:
                print("  " + _("Column {letter} “{header}” is not used.", letter=column.letter, header=column.header))
            for issue in sheet.issues:
                print(f"  ! {issue_text(_, issue)}")


def _say_slots(outcome: Outcome, _: Translator) -> None:
    for slot in outcome.slots:
        month = formats.month(slot.key.month, _.language) if slot.key.month else _("the list")
        rows = slot.rows
        counts = f"+{rows.added} ~{rows.changed} -{rows.removed} ={rows.unchanged}"
        print(f"  {_(TABLES[slot.key.table].title)} · {month} · {slot.key.series}: {counts}")
