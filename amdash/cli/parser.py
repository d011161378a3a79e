"""The commands and their options."""

from __future__ import annotations

import argparse
import sys
from typing import Any, NoReturn

from amdash import __version__
from amdash.cli import company, customer_options, feedback_options, meetings, proposals, reports
from amdash.cli.options import json_flag, password, span
from amdash.i18n import Translator
from amdash.i18n.words import ANNOTATION_KINDS, PLAN_STATES, STRATEGIES
from amdash.metrics.slices import DIMENSIONS


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
    json_flag(commands.add_parser("coverage", help=_("which table has rows in which month, and what is missing")), _)
    _alias(commands.add_parser("alias", help=_("names that are one: list, merge, keep apart, take back")), _)

    template = commands.add_parser("template", help=_("a blank workbook to fill in"))
    template.add_argument("table", nargs="?", metavar="TABLE", help=_("a table such as sales; all of them without it"))
    template.add_argument("--lang", choices=("zh", "en"), default=_.language)
    template.add_argument("--out", required=True, metavar="DIR")

    rules = commands.add_parser(
        "settings", help=_("the rules of the business: opening hours, the promised time, tiers, feedback, the weights of the score")
    )
    rules.add_argument("change", nargs="*", metavar="NAME=VALUE", help=_("what to change, e.g. country=CN"))
    json_flag(rules, _)
    company.add(commands, _)

    _scorecard(commands.add_parser("scorecard", help=_("the KPIs by manager, team or all")), _)
    rows = commands.add_parser("rows", help=_("the rows behind a number"))
    rows.add_argument("--kpi", required=True, metavar="ID")
    rows.add_argument("--manager", metavar="NAME")
    span(rows, _)
    json_flag(rows, _)

    _insight(commands, _)
    _targets(commands, _)
    feedback_options.add(commands, _)
    meetings.add(commands, _)
    customer_options.add(commands, _)
    _plans(commands, _)
    reports.add(commands, _)
    json_flag(commands.add_parser("kpis", help=_("the catalogue of KPIs")), _)
    return parser


def _files(commands: Any, _: Translator) -> None:
    """Taking files in, and what follows from that."""
    made_up = commands.add_parser("demo", help=_("load the demo data"))
    made_up.add_argument("--lang", choices=("zh", "en"), default="zh", help=_("a Chinese firm of eight, or an English one of three"))
    check = commands.add_parser("check", help=_("recognise and validate files, store nothing"))
    upload = commands.add_parser("import", help=_("recognise, validate and store files"))
    _reading(check, _)
    _upload(upload, _)

    json_flag(commands.add_parser("history", help=_("who imported what, when")), _)
    undo = commands.add_parser("undo", help=_("take an import back"))
    undo.add_argument("import_id", type=int, metavar="IMPORT")
    undo.add_argument("--dry-run", action="store_true", help=_("only say what it would do"))
    json_flag(undo, _)
    refused = commands.add_parser("refused", help=_("the refused rows of an import as a workbook to correct and upload"))
    refused.add_argument("import_id", type=int, metavar="IMPORT")
    refused.add_argument("--out", required=True, metavar="FILE")
    password(refused, _)
    rebuild = commands.add_parser("rebuild", help=_("make the facts again from the original files"))
    rebuild.add_argument("--yes", action="store_true", help=_("store what comes out otherwise"))
    password(rebuild, _)
    json_flag(rebuild, _)


def _reading(command: argparse.ArgumentParser, _: Translator) -> None:
    """Files, and how they are to be read."""
    command.add_argument("files", nargs="+", metavar="FILE")
    command.add_argument("--map", action="append", default=[], metavar="COLUMN=CHOICE", help=_("decide what a column means, or answer a question"))
    command.add_argument("--encoding", metavar="NAME", help=_("how a text file is written, e.g. gb18030 or cp1252"))
    password(command, _)
    json_flag(command, _)


def _upload(command: argparse.ArgumentParser, _: Translator) -> None:
    """Files to be stored."""
    _reading(command, _)
    command.add_argument("--yes", action="store_true", help=_("store it also where a month would lose most of its rows, or count twice"))
    command.add_argument("--series", metavar="NAME", help=_("the recurring sheet that the files belong to"))


def _alias(command: argparse.ArgumentParser, _: Translator) -> None:
    actions = command.add_subparsers(dest="action", metavar="ACTION", required=True)
    json_flag(actions.add_parser("list", help=_("what was merged or kept apart, and what is proposed")), _)
    for name, words in (("merge", _("one name counts as another from now on")), ("apart", _("two names are not one; they are proposed no more"))):
        action = actions.add_parser(name, help=words)
        action.add_argument("alias", metavar="ALIAS")
        action.add_argument("name", metavar="NAME")
        action.add_argument("--kind", choices=("manager", "customer", "product"), default="manager")
    undo = actions.add_parser("undo", help=_("take it back"))
    undo.add_argument("alias_id", type=int, metavar="NUMBER")


def _scorecard(command: argparse.ArgumentParser, _: Translator) -> None:
    span(command, _)
    command.add_argument("--by", choices=("manager", "team", "all"), default="manager")
    command.add_argument("--every", choices=("month", "quarter", "year", "rolling3", "rolling12", "total"), default="month")
    command.add_argument("--slice", choices=DIMENSIONS, help=_("by customer tier, region, channel or product instead of managers"))
    command.add_argument("--kpi", action="append", default=[], metavar="ID")
    command.add_argument("--manager", action="append", default=[], metavar="NAME")
    command.add_argument("--revision", type=int, metavar="N", help=_("the figures as they were at revision N"))
    json_flag(command, _)


def _insight(commands: Any, _: Translator) -> None:
    """What the figures mean."""
    month = _("a month, quarter or year; the newest month without it")
    trend = commands.add_parser("trend", help=_("one KPI over its periods, with limits and signals"))
    compare = commands.add_parser("compare", help=_("everybody in one KPI: who is beyond chance, who can be told apart"))
    narrative = commands.add_parser("narrative", help=_("two or three sentences for the team and for every manager"))
    improvement = commands.add_parser("improvement", help=_("how the weighted score changed, beside the ordinary swing"))
    tiers = commands.add_parser("tiers", help=_("customers by recency, frequency and money"))
    drivers = commands.add_parser("drivers", help=_("what moves customer satisfaction"))
    for command in (trend, compare):
        command.add_argument("--kpi", required=True, metavar="ID")
    for command in (trend, compare, narrative, improvement):
        command.add_argument("--month", metavar="PERIOD", help=month)
    who = trend.add_mutually_exclusive_group()
    who.add_argument("--manager", metavar="NAME")
    who.add_argument("--team", metavar="NAME")
    kinds = ("week", "month", "quarter", "year", "rolling3", "rolling12")
    trend.add_argument("--every", choices=kinds, default="month", help=_("the newest period of this kind, where no other is named"))
    trend.add_argument("--periods", type=int, default=24, metavar="N", help=_("how many periods"))
    for command in (narrative, improvement):
        command.add_argument("--manager", metavar="NAME")
    improvement.add_argument("--by", choices=("manager", "team", "all"), default="manager")
    improvement.add_argument(
        "--against", choices=("previous", "year_before"), default="previous", help=_("the period before, or the same one a year before")
    )
    tiers.add_argument("--as-of", metavar="YYYY-MM-DD", help=_("as at this day; today without it"))
    tiers.add_argument("--moves", action="store_true", help=_("only those whose tier is another than a month before"))
    tiers.add_argument("--method", choices=("business", "quintile"), default="business", help=_("tiers by the rules of the business, or by fifths"))
    span(drivers, _)
    drivers.add_argument("--manager", metavar="NAME")
    for command in (trend, compare, narrative, improvement, tiers, drivers):
        json_flag(command, _)


def _targets(commands: Any, _: Translator) -> None:
    """The target ledger."""
    about = commands.add_parser("targets", help=_("targets: in force, set, split, checked, imported, taken back"))
    actions = about.add_subparsers(dest="action", metavar="ACTION", required=True)
    listed = actions.add_parser("list", help=_("who is held to which target in a month"))
    log = actions.add_parser("log", help=_("what was said of targets, and by whom"))
    put = actions.add_parser("set", help=_("a target from a month on"))
    split = actions.add_parser("split", help=_("the sum of a quarter or year over its months"))
    check = actions.add_parser("check", help=_("how a target would have done in the last twelve months"))
    upload = actions.add_parser("import", help=_("take targets in from files"))
    undo = actions.add_parser("undo", help=_("take it back"))
    listed.add_argument("--kpi", action="append", default=[], metavar="ID")
    listed.add_argument("--manager", metavar="NAME")
    listed.add_argument("--month", metavar="YYYY-MM")
    for action in (listed, log, check):
        action.add_argument("--revision", type=int, metavar="N", help=_("as it was at revision N"))
    for action in (put, split, check):
        action.add_argument("kpi", metavar="KPI")
        action.add_argument("value", metavar="VALUE", help=_("95%% or 0.95 or 120000; none for no target, inherit for the wider one"))
    put.add_argument("--from", dest="start", required=True, metavar="YYYY-MM", help=_("the month from which it holds"))
    for action in (put, split):
        who = action.add_mutually_exclusive_group()
        who.add_argument("--manager", metavar="NAME")
        who.add_argument("--team", metavar="NAME", help=_("for each manager of the team; for everybody without manager and team"))
        action.add_argument("--reason", default="", metavar="TEXT", help=_("why it is what it is"))
    split.add_argument("--period", required=True, metavar="PERIOD", help=_("a quarter or year, e.g. 2026-Q3 or 2026"))
    split.add_argument("--how", choices=("even", "season"), default="even", help=_("evenly, or as the same months a year before"))
    split.add_argument("--weights", metavar="A,B,…", help=_("one weight for each month, e.g. 1,1,2"))
    split.add_argument("--dry-run", action="store_true", help=_("only say what it would be"))
    check.add_argument("--month", metavar="YYYY-MM", help=_("the last of the twelve months; the newest finished one without it"))
    _upload(upload, _)
    proposals.add(actions, _)
    undo.add_argument("target_id", type=int, metavar="NUMBER")
    for action in (listed, log, put, split, check, undo):
        json_flag(action, _)


def _plans(commands: Any, _: Translator) -> None:
    """Improvement plans, what became of them, and what happened in a month."""
    effect = commands.add_parser("effect", help=_("what has become of every improvement plan"))
    plan = commands.add_parser("plan", help=_("improvement plans: agree, change, note, close, take back"))
    actions = plan.add_subparsers(dest="action", metavar="ACTION", required=True)
    listed = actions.add_parser("list", help=_("the plans with their notes"))
    add = actions.add_parser("add", help=_("agree on a plan for a KPI of a manager"))
    changed = actions.add_parser("change", help=_("agree on other terms; what is left out stays"))
    noted = actions.add_parser("note", help=_("write down how it goes"))
    closed = actions.add_parser("close", help=_("close it with a conclusion"))
    reopened = actions.add_parser("reopen", help=_("take the closing back"))
    undone = actions.add_parser("undo", help=_("take the last word on it back: a closing, a change, at last the plan itself"))
    for action in (effect, listed):
        action.add_argument("--manager", metavar="NAME")
        action.add_argument("--kpi", metavar="ID")
        action.add_argument("--revision", type=int, metavar="N", help=_("as it was at revision N"))
    listed.add_argument("--state", action="append", default=[], choices=tuple(PLAN_STATES))
    add.add_argument("--kpi", required=True, metavar="ID")
    add.add_argument("--manager", required=True, metavar="NAME")
    for action in (changed, noted, closed, reopened, undone):
        action.add_argument("plan_id", type=int, metavar="NUMBER")
    for action in (add, changed):
        _terms(action, _)
    noted.add_argument("text", metavar="TEXT")
    closed.add_argument("conclusion", metavar="TEXT")
    closed.add_argument(
        "--new-process", action="store_true", help=_("things stay as they are done since its start: limits begin anew with the month after it")
    )
    for action in (noted, closed):
        action.add_argument("--date", metavar="YYYY-MM-DD", help=_("the day; today without it"))
    undone.add_argument("--note", type=int, metavar="NUMBER", help=_("only this note"))
    for action in (effect, listed, add, changed, noted, closed, reopened, undone):
        json_flag(action, _)
    _annotate(commands, _)


def _terms(command: argparse.ArgumentParser, _: Translator) -> None:
    """What is agreed in a plan."""
    command.add_argument("--do", dest="terms_action", metavar="TEXT", help=_("what is done"))
    command.add_argument("--measure", choices=tuple(STRATEGIES), help=_("what kind of measure that is, for the count of what works"))
    command.add_argument("--start", metavar="YYYY-MM", help=_("the month it starts in; for a new plan the running one without it"))
    command.add_argument("--due", metavar="YYYY-MM", help=_("the month to look at it again; for a new plan three months later without it"))
    command.add_argument(
        "--baseline", type=float, metavar="VALUE", help=_("where it starts from; for a new plan the newest finished month without it")
    )
    command.add_argument("--goal", type=goal, metavar="VALUE", help=_("where it is to lead; 0.95 for 95%%; none for no goal"))
    command.add_argument("--reason", metavar="TEXT")
    command.add_argument("--responsible", metavar="NAME", help=_("who sees to it"))


def goal(text: str) -> float | str:
    """The number, or 'none' as it is. Errors: ValueError for anything else; argparse tells the name of this function then."""
    return text if text == "none" else float(text)


def _annotate(commands: Any, _: Translator) -> None:
    """What happened in a month."""
    annotate = commands.add_parser("annotate", help=_("what happened in a month: add, list, take back"))
    actions = annotate.add_subparsers(dest="action", metavar="ACTION", required=True)
    listed = actions.add_parser("list", help=_("what happened, by month"))
    add = actions.add_parser("add", help=_("write down what happened in a month"))
    undone = actions.add_parser("undo", help=_("take it back"))
    add.add_argument("month", metavar="YYYY-MM")
    add.add_argument("text", metavar="TEXT")
    add.add_argument("--kind", choices=tuple(ANNOTATION_KINDS), default="other")
    for action in (add, listed):
        action.add_argument("--kpi", metavar="ID", help=_("the KPI it is about; all without it"))
        who = action.add_mutually_exclusive_group()
        who.add_argument("--manager", metavar="NAME")
        who.add_argument("--team", metavar="NAME")
    add.add_argument("--new-process", action="store_true", help=_("things are done another way from then on, and stay so: limits begin anew"))
    listed.add_argument("--revision", type=int, metavar="N", help=_("as it was at revision N"))
    undone.add_argument("annotation_id", type=int, metavar="NUMBER")
    for action in (listed, add, undone):
        json_flag(action, _)
