"""The options that several commands have."""

from __future__ import annotations

import argparse

from amdash.i18n import Translator


def span(command: argparse.ArgumentParser, _: Translator) -> None:
    """--from and --to: months, both included."""
    command.add_argument("--from", dest="start", metavar="YYYY-MM", help=_("first month"))
    command.add_argument("--to", dest="end", metavar="YYYY-MM", help=_("last month"))


def password(command: argparse.ArgumentParser, _: Translator) -> None:
    """--password, once for every word to try."""
    command.add_argument("--password", action="append", default=[], metavar="WORD", help=_("the password of a protected workbook; it is not stored"))


def json_flag(command: argparse.ArgumentParser, _: Translator) -> None:
    """--json: the output is data."""
    command.add_argument("--json", action="store_true", help=_("machine-readable output"))
