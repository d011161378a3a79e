"""What people take away: the PDFs of a period, into a folder, a ZIP or by e-mail, and the workbook."""

from __future__ import annotations

import argparse
from contextlib import closing
from pathlib import Path
from typing import Any

from amdash.cli.options import json_flag
from amdash.cli.output import progress, show, write
from amdash.errors import AmdashError
from amdash.i18n import Translator
from amdash.i18n.words import DELIVERY_STATES
from amdash.service import delivery, exports, team_reports, workbooks
from amdash.service.workspace import Workspace


def run_report(ws: Workspace, options: argparse.Namespace, _: Translator) -> None:
    """Write the PDFs, or send them."""
    managers = None if options.all else [options.manager]
    if options.coverage or options.team is not None:
        _of_everybody(ws, options)
    elif options.send:
        _send(ws, options, managers, _)
    elif options.zip:
        _zip(ws, options, managers, _)
    else:
        _files(ws, options, managers, _)


def _zip(ws: Workspace, options: argparse.Namespace, managers: list[str] | None, _: Translator) -> None:
    try:
        write(options.zip, exports.report_zip(ws, options.month, options.lang, _drawn(_), managers=managers)[1])
    except KeyboardInterrupt:
        raise KeyboardInterrupt(_("Cancelled; {file} was not written.", file=options.zip)) from None


def _files(ws: Workspace, options: argparse.Namespace, managers: list[str] | None, _: Translator) -> None:
    written, total, bar = 0, 0, _drawn(_)

    def told(done: int, of: int, manager: str) -> None:
        nonlocal total
        total = of
        if bar is not None:
            bar(done, of, manager)

    try:
        with closing(exports.reports(ws, options.month, options.lang, managers=managers, progress=told)) as made:
            for name, pdf in made:
                write(Path(options.out) / name, pdf)
                written += 1
    except KeyboardInterrupt:
        if not total:
            raise
        words = _.plural(
            "Cancelled; {done} of {n} PDF was written to {folder}.",
            "Cancelled; {done} of {n} PDFs were written to {folder}.",
            total,
            done=written,
            folder=options.out,
        )
        raise KeyboardInterrupt(words) from None


def _drawn(_: Translator) -> exports.Told | None:
    """The bar, where somebody is watching, with the name of whose PDF was the last."""
    bar = progress()
    if bar is None:
        return None

    def draw(done: int, of: int, manager: str) -> None:
        bar(done / max(1, of), _("{done} of {total} · {name}", done=done, total=of, name=manager) if done else _("Making the PDFs"))

    return draw


def _of_everybody(ws: Workspace, options: argparse.Namespace) -> None:
    """The team's summary or the page on the data: one file, which goes into a folder."""
    if not options.out:
        raise AmdashError("report_into_folder")
    if options.coverage:
        name, pdf = team_reports.coverage_pdf(ws, options.lang, until=options.month)
    else:
        name, pdf = team_reports.team_pdf(ws, options.month, options.lang, options.team or None)
    write(Path(options.out) / name, pdf)


def _send(ws: Workspace, options: argparse.Namespace, managers: list[str] | None, _: Translator) -> None:
    if options.dry_run:
        letters = iter(delivery.planned(ws, options.month, managers=managers, again=options.again))
    else:
        letters = delivery.send(ws, options.month, options.lang, managers=managers, again=options.again)
    failed = 0
    for letter in letters:
        failed += letter.state not in ("ready", "sent")
        when = f"{letter.row.at:%Y-%m-%d %H:%M}" if letter.row and letter.state != "ready" else ""
        print("\t".join(part for part in (letter.manager, letter.address, _(DELIVERY_STATES[letter.state]), when, letter.said) if part), flush=True)
    if failed:
        raise AmdashError("mail_some_not_sent", n=failed)


def run_sent(ws: Workspace, options: argparse.Namespace, _: Translator) -> None:
    """What was sent to whom, newest first."""
    rows = delivery.log(ws, options.month)

    def say() -> None:
        for row in rows:
            state = "uncertain" if row.state == "sending" else row.state
            when = f"{row.at:%Y-%m-%d %H:%M}"
            print("\t".join((when, row.period, row.manager, row.address, _(DELIVERY_STATES[state]), row.said)))

    show(options, [{**vars(row), "at": row.at.isoformat()} for row in rows], say)


def run_workbook(ws: Workspace, options: argparse.Namespace, _: Translator) -> None:
    """Write the workbook."""
    name, data = workbooks.scorecard_workbook(ws, options.month, options.lang)
    write(options.out or name, data)


def add(commands: Any, _: Translator) -> None:
    """The options of these commands."""
    report = commands.add_parser("report", help=_("PDF summaries of a month"))
    _of_period(report, _)
    who = report.add_mutually_exclusive_group(required=True)
    who.add_argument("--manager", metavar="NAME")
    who.add_argument("--all", action="store_true", help=_("one file for every manager"))
    who.add_argument("--team", nargs="?", const="", metavar="NAME", help=_("the summary of a team, of all together without a name"))
    who.add_argument("--coverage", action="store_true", help=_("which months of which tables are there, and from which files"))
    where = report.add_mutually_exclusive_group(required=True)
    where.add_argument("--out", metavar="DIR")
    where.add_argument("--zip", metavar="FILE.zip", help=_("all of them in one file"))
    where.add_argument("--send", action="store_true", help=_("to the e-mail address of each, from the list of managers"))
    report.add_argument("--dry-run", action="store_true", help=_("say what would be sent, send nothing"))
    report.add_argument("--again", action="store_true", help=_("also to those who have had theirs"))
    sent = commands.add_parser("sent", help=_("which report was sent to whom"))
    sent.add_argument("--month", metavar="YYYY-MM")
    json_flag(sent, _)
    workbook = commands.add_parser("workbook", help=_("the scorecard of a month as a workbook, with charts and the rows behind"))
    _of_period(workbook, _)
    workbook.add_argument("--out", metavar="FILE.xlsx")


def _of_period(command: argparse.ArgumentParser, _: Translator) -> None:
    command.add_argument("--month", required=True, metavar="YYYY-MM")
    command.add_argument("--lang", choices=("zh", "en"), default=_.language)
