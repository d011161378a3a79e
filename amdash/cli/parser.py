"""The commands and their options."""

from __future__ import annotations

import argparse
import sys
from typing import Any, NoReturn

from amdash import __version__
from amdash.i18n import Translator


class _Parser(argparse.ArgumentParser):
    """Leaves with 1 like every other error, where argparse would leave with 2."""

    def error(self, message: str) -> NoReturn:
        self.print_usage(sys.stderr)
        self.exit(1, f"{self.prog}: {message}\n")


def build_parser(_: Translator) -> argparse.ArgumentParser:
    """The parser, with help in the translator's language."""
    parser = _Parser(prog="python -m amdash", description=_("The account-manager dashboard over the spreadsheets you already keep."))
    parser.add_argument("--version", action="version", version=f"amdash {__version__}")
    parser.add_argument("--workspace", metavar="DIR", help=_("the folder of the workspace (default: data/workspace)"))
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", required=True)

    _files(commands, _)
    _json(commands.add_parser("coverage", help=_("which table has rows in which month, and what is missing")), _)
    _alias(commands.add_parser("alias", help=_("names that are one: list, merge, keep apart, take back")), _)

    template = commands.add_parser("template", help=_("a blank workbook to fill in"))
    template.add_argument("table", nargs="?", metavar="TABLE", help=_("a table such as sales; all of them without it"))
    template.add_argument("--lang", choices=("zh", "en"), default=_.language)
    template.add_argument("--out", required=True, metavar="DIR")

    rules = commands.add_parser("settings", help=_("the rules of the business: opening hours, the promised time, the tiers of customers"))
    rules.add_argument("change", nargs="*", metavar="NAME=VALUE", help=_("what to change, e.g. country=CN"))
    _json(rules, _)

    _scorecard(commands.add_parser("scorecard", help=_("the KPIs by manager, team or all")), _)
    rows = commands.add_parser("rows", help=_("the rows behind a number"))
    rows.add_argument("--kpi", required=True, metavar="ID")
    rows.add_argument("--manager", metavar="NAME")
    _span(rows, _)
    _json(rows, _)

    _insight(commands, _)
    report = commands.add_parser("report", help=_("PDF summaries of a month"))
    report.add_argument("--month", required=True, metavar="YYYY-MM")
    who = report.add_mutually_exclusive_group(required=True)
    who.add_argument("--manager", metavar="NAME")
    who.add_argument("--all", action="store_true", help=_("one file for every manager"))
    report.add_argument("--lang", choices=("zh", "en"), default=_.language)
    report.add_argument("--out", required=True, metavar="DIR")

    _json(commands.add_parser("kpis", help=_("the catalogue of KPIs")), _)
    return parser


def _files(commands: Any, _: Translator) -> None:
    """Taking files in, and what follows from that."""
    commands.add_parser("demo", help=_("load the demo data"))
    check = commands.add_parser("check", help=_("recognise and validate files, store nothing"))
    upload = commands.add_parser("import", help=_("recognise, validate and store files"))
    for command in (check, upload):
        command.add_argument("files", nargs="+", metavar="FILE")
        command.add_argument(
            "--map", action="append", default=[], metavar="COLUMN=CHOICE", help=_("decide what a column means, or answer a question")
        )
        command.add_argument("--encoding", metavar="NAME", help=_("how a text file is written, e.g. gb18030 or cp1252"))
        _password(command, _)
        _json(command, _)
    upload.add_argument("--yes", action="store_true", help=_("store it also where a month would lose most of its rows, or count twice"))
    upload.add_argument("--series", metavar="NAME", help=_("the recurring sheet that the files belong to"))

    _json(commands.add_parser("history", help=_("who imported what, when")), _)
    undo = commands.add_parser("undo", help=_("take an import back"))
    undo.add_argument("import_id", type=int, metavar="IMPORT")
    undo.add_argument("--dry-run", action="store_true", help=_("only say what it would do"))
    _json(undo, _)
    refused = commands.add_parser("refused", help=_("the refused rows of an import as a workbook to correct and upload"))
    refused.add_argument("import_id", type=int, metavar="IMPORT")
    refused.add_argument("--out", required=True, metavar="FILE")
    _password(refused, _)
    rebuild = commands.add_parser("rebuild", help=_("make the facts again from the original files"))
    rebuild.add_argument("--yes", action="store_true", help=_("store what comes out otherwise"))
    _password(rebuild, _)
    _json(rebuild, _)


def _alias(command: argparse.ArgumentParser, _: Translator) -> None:
    actions = command.add_subparsers(dest="action", metavar="ACTION", required=True)
    _json(actions.add_parser("list", help=_("what was merged or kept apart, and what is proposed")), _)
    for name, words in (("merge", _("one name counts as another from now on")), ("apart", _("two names are not one; they are proposed no more"))):
        action = actions.add_parser(name, help=words)
        action.add_argument("alias", metavar="ALIAS")
        action.add_argument("name", metavar="NAME")
        action.add_argument("--kind", choices=("manager", "customer", "product"), default="manager")
    undo = actions.add_parser("undo", help=_("take it back"))
    undo.add_argument("alias_id", type=int, metavar="NUMBER")


def _scorecard(command: argparse.ArgumentParser, _: Translator) -> None:
    _span(command, _)
    command.add_argument("--by", choices=("manager", "team", "all"), default="manager")
    command.add_argument("--every", choices=("month", "quarter", "year", "total"), default="month")
    command.add_argument("--kpi", action="append", default=[], metavar="ID")
    command.add_argument("--manager", action="append", default=[], metavar="NAME")
    command.add_argument("--revision", type=int, metavar="N", help=_("the figures as they were at revision N"))
    _json(command, _)


def _insight(commands: Any, _: Translator) -> None:
    """What the figures mean."""
    month = _("a month, quarter or year; the newest month without it")
    trend = commands.add_parser("trend", help=_("one KPI over its periods, with limits and signals"))
    compare = commands.add_parser("compare", help=_("everybody in one KPI: who is beyond chance, who can be told apart"))
    narrative = commands.add_parser("narrative", help=_("two or three sentences for the team and for every manager"))
    tiers = commands.add_parser("tiers", help=_("customers by recency, frequency and money"))
    drivers = commands.add_parser("drivers", help=_("what moves customer satisfaction"))
    for command in (trend, compare):
        command.add_argument("--kpi", required=True, metavar="ID")
    for command in (trend, compare, narrative):
        command.add_argument("--month", metavar="PERIOD", help=month)
    who = trend.add_mutually_exclusive_group()
    who.add_argument("--manager", metavar="NAME")
    who.add_argument("--team", metavar="NAME")
    trend.add_argument("--periods", type=int, default=24, metavar="N", help=_("how many periods"))
    narrative.add_argument("--manager", metavar="NAME")
    tiers.add_argument("--as-of", metavar="YYYY-MM-DD", help=_("as at this day; today without it"))
    tiers.add_argument("--moves", action="store_true", help=_("only those whose tier is another than a month before"))
    tiers.add_argument("--method", choices=("business", "quintile"), default="business", help=_("tiers by the rules of the business, or by fifths"))
    _span(drivers, _)
    drivers.add_argument("--manager", metavar="NAME")
    for command in (trend, compare, narrative, tiers, drivers):
        _json(command, _)


def _span(command: argparse.ArgumentParser, _: Translator) -> None:
    command.add_argument("--from", dest="start", metavar="YYYY-MM", help=_("first month"))
    command.add_argument("--to", dest="end", metavar="YYYY-MM", help=_("last month"))


def _password(command: argparse.ArgumentParser, _: Translator) -> None:
    command.add_argument("--password", action="append", default=[], metavar="WORD", help=_("the password of a protected workbook; it is not stored"))


def _json(command: argparse.ArgumentParser, _: Translator) -> None:
    command.add_argument("--json", action="store_true", help=_("machine-readable output"))
