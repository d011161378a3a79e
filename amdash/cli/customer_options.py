"""The options of the commands about customers: a customer's file, and who has not bought yet."""

from __future__ import annotations

from typing import Any

from amdash.cli.options import json_flag
from amdash.i18n import Translator


def add(commands: Any, _: Translator) -> None:
    """customer NAME, potential."""
    customer = commands.add_parser("customer", help=_("a customer's file: tier, managers, tags, and all that happened, the newest first"))
    customer.add_argument("name", metavar="NAME")
    customer.add_argument("--month", metavar="PERIOD", help=_("a month, quarter or year; the newest month without it"))
    potential = commands.add_parser("potential", help=_("who is listed or has an open deal and has not bought yet, and how many bought at last"))
    potential.add_argument("--as-of", metavar="YYYY-MM-DD", help=_("as at this day; today without it"))
    for command in (customer, potential):
        json_flag(command, _)
