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

    actions = commands.add_parser("feedback", help=_("the feedback log: list, add, correct, take back")).add_subparsers(
        dest="action", metavar="ACTION", required=True
    )
    listed = actions.add_parser("list", help=_("the entries, newest first, with hints on how each could be more useful"))
    added = actions.add_parser("add", help=_("write an entry down; hints follow"))
    for action in (listed, added):
        action.add_argument("--manager", metavar="NAME", required=action is added)
        action.add_argument("--source", choices=tuple(SOURCES))
        action.add_argument("--method", metavar="TEXT", help=_("e.g. face to face"))
        json_flag(action, _)
    corrected = actions.add_parser("correct", help=_("correct an entry that was written here; what is left out stays"))
    back = actions.add_parser("back", help=_("take an entry that was written here back"))
    restored = actions.add_parser("restore", help=_("let an entry stand again that was corrected or taken back"))
    for action in (corrected, back, restored):
        action.add_argument("number", type=int, metavar="NUMBER")
        json_flag(action, _)
    corrected.add_argument("--manager", metavar="NAME")
    corrected.add_argument("--source", choices=tuple(SOURCES))
    corrected.add_argument("--method", metavar="TEXT", help=_("e.g. face to face"))
    corrected.add_argument("--content", metavar="TEXT", help=_("Specific and objective: when, what, with which effect"))
    span(listed, _)
    listed.add_argument("--text", default="", metavar="WORDS", help=_("only entries with these words"))
    added.add_argument("--content", required=True, metavar="TEXT", help=_("Specific and objective: when, what, with which effect"))
    for action in (added, corrected):
        action.add_argument("--date", metavar="YYYY-MM-DD", help=_("the day of the feedback; today without it"))
        action.add_argument("--criteria", metavar="TEXT", help=_("by which standard"))
        action.add_argument("--rating", type=float, metavar="POINTS")
        action.add_argument("--action", dest="next_step", metavar="TEXT", help=_("the next step agreed on"))
        action.add_argument("--due", metavar="YYYY-MM-DD", help=_("by when the next step is to be done"))
