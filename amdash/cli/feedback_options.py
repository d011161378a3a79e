"""The commands about feedback and their options."""

from __future__ import annotations

from typing import Any

from amdash.cli.options import json_flag, span
from amdash.i18n import Translator
from amdash.i18n.words import SOURCES


def add(commands: Any, _: Translator) -> None:
    """The feedback log, and feedback at fixed times."""
    cadence = commands.add_parser("cadence", help=_("feedback at fixed times: last done, next due, overdue, coverage"))
    cadence.add_argument("--manager", metavar="NAME")
    cadence.add_argument("--date", metavar="YYYY-MM-DD", help=_("as at this day; today without it"))
    cadence.add_argument("--ics", metavar="FILE", help=_("write what is due, and when, as a calendar file"))
    json_flag(cadence, _)

    actions = commands.add_parser("feedback", help=_("the feedback log: list, add")).add_subparsers(dest="action", metavar="ACTION", required=True)
    listed = actions.add_parser("list", help=_("the entries, newest first, with hints on how each could be more useful"))
    added = actions.add_parser("add", help=_("write an entry down; hints follow"))
    for action in (listed, added):
        action.add_argument("--manager", metavar="NAME", required=action is added)
        action.add_argument("--source", choices=tuple(SOURCES))
        action.add_argument("--method", metavar="TEXT", help=_("e.g. face to face"))
        json_flag(action, _)
    span(listed, _)
    listed.add_argument("--text", default="", metavar="WORDS", help=_("only entries with these words"))
    added.add_argument("--content", required=True, metavar="TEXT", help=_("Specific and objective: when, what, with which effect"))
    added.add_argument("--date", metavar="YYYY-MM-DD", help=_("the day of the feedback; today without it"))
    added.add_argument("--criteria", metavar="TEXT", help=_("by which standard"))
    added.add_argument("--rating", type=float, metavar="POINTS")
    added.add_argument("--action", dest="next_step", metavar="TEXT", help=_("the next step agreed on"))
    added.add_argument("--due", metavar="YYYY-MM-DD", help=_("by when the next step is to be done"))
