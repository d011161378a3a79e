"""What people take away: the PDFs of a period, into a folder, a ZIP or by e-mail, and the workbook."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from amdash.cli.options import json_flag
from amdash.cli.output import progress, show, write
from amdash.errors import AmdashError
from amdash.i18n import Translator
from amdash.i18n.words import DELIVERY_STATES
from amdash.service import delivery, exports, workbooks
from amdash.service.workspace import Workspace


def run_report(ws: Workspace, options: argparse.Namespace, _: Translator) -> None:
    """Write the PDFs, or send them."""
    managers = None if options.all else [options.manager]
    if options.send:
        _send(ws, options, managers, _)
    elif options.zip:
        write(options.zip, exports.report_zip(ws, options.month, options.lang, progress(), managers=managers)[1])
    else:
        folder = Path(options.out)
        for name, pdf in exports.reports(ws, options.month, options.lang, managers=managers, progress=progress()):
            folder.mkdir(parents=True, exist_ok=True)
            (folder / name).write_bytes(pdf)
            print(folder / name)


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
