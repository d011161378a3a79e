"""The commands about what is there, who is who, and what to fill in: coverage, alias, template."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from amdash.cli import shapes
from amdash.cli.output import show, write
from amdash.i18n import Translator, formats
from amdash.schema import TABLES
from amdash.service import aliases, coverage, settings, templates
from amdash.service.workspace import Workspace


def run_coverage(ws: Workspace, options: argparse.Namespace, _: Translator) -> None:
    """Which table has rows in which month, and what is missing."""
    found = coverage.matrix(ws)

    def say() -> None:
        for cover in found.covers.values():
            if cover.state != "not_expected":
                month = _("the list") if cover.month == "list" else formats.month(cover.month, _.language)
                reasons = _.comma.join(coverage.reason_words(_, reason) for reason in cover.reasons)
                print("\t".join((_(TABLES[cover.table].title), month, _(coverage.STATES[cover.state]), str(cover.rows), reasons)))

    show(options, coverage.as_rows(found, _), say)


def run_alias(ws: Workspace, options: argparse.Namespace, _: Translator) -> None:
    """Names that are one: listed and proposed, merged, kept apart, taken back."""
    if options.action == "merge":
        revision = aliases.merge(ws, options.kind, options.alias, options.name)
    elif options.action == "apart":
        revision = aliases.keep_apart(ws, options.kind, options.alias, options.name)
    elif options.action == "undo":
        revision = aliases.undo(ws, options.alias_id)
    else:
        _say_aliases(ws, options, _)
        return
    print(_("Done; the workspace is at revision {revision}.", revision=revision))


def _say_aliases(ws: Workspace, options: argparse.Namespace, _: Translator) -> None:
    standing, proposed = aliases.current(ws), aliases.propose(ws)

    def say() -> None:
        for row in standing:
            apart = row.kind.startswith(aliases.APART)
            sign = "≠" if apart else "→"
            title = next(words for kind, words in aliases.TITLES.items() if kind == row.kind.removeprefix(aliases.APART))
            print(f"{row.alias_id:>4}  {_(title)}  {row.alias} {sign} {row.name}")
        for one in proposed:
            counts = f"({one.rows_alias} / {one.rows_name})"
            print(f"   ?  {_(aliases.TITLES[one.kind])}  {one.alias} ~ {one.name}  {counts}  {_(aliases.REASONS[one.reason])}")

    show(options, shapes.aliases(standing, proposed), say)


def run_template(_ws: Workspace, options: argparse.Namespace, _: Translator) -> None:
    """A blank workbook to fill in, for one table or for all."""
    name, data = templates.template(options.table, options.lang)
    write(str(Path(options.out) / name), data)


def run_settings(ws: Workspace, options: argparse.Namespace, _: Translator) -> None:
    """The rules of the business: shown, or changed and shown."""
    if options.change:
        revision = settings.change(ws, options.change)
        print(_("Done; the workspace is at revision {revision}.", revision=revision), file=sys.stderr)

    def say() -> None:
        for name, value in settings.written(ws.rules()).items():
            print(f"{name}={value}")

    show(options, ws.rules().as_dict(), say)
