"""The command about meetings: what was decided in one, and its minutes."""

from __future__ import annotations

import argparse
import datetime as dt
from typing import Any

from amdash.cli.options import json_flag
from amdash.cli.output import show, write
from amdash.cli.shapes import plain
from amdash.i18n import Translator, formats
from amdash.service import meetings, minutes
from amdash.service.meetings import Meeting
from amdash.service.workspace import Workspace
from amdash.store.meetings import ItemRow

_FIELDS = ("manager", "kpi", "text", "responsible", "due_on", "done_on")


def add(commands: Any, _: Translator) -> None:
    """The options."""
    command = commands.add_parser("meeting", help=_("what was decided in a meeting, the newest without a number; its minutes as PDF"))
    command.add_argument("number", nargs="?", type=int, metavar="NUMBER")
    command.add_argument("--minutes", metavar="FILE", help=_("write the minutes as PDF"))
    command.add_argument("--lang", choices=("zh", "en"), default=_.language)
    json_flag(command, _)


def run_meeting(ws: Workspace, options: argparse.Namespace, _: Translator) -> None:
    """What was decided, or the minutes."""
    # Without any meeting, the first is the one that is missing.
    number = options.number or next((one.row.meeting_id for one in meetings.held(ws)), 1)
    found = meetings.one(ws, number)
    if options.minutes:
        write(options.minutes, minutes.minutes_pdf(ws, number, options.lang)[1])
        return
    today = ws.now().date()

    def say() -> None:
        row = found.row
        end = f" – {row.ended_at:%H:%M}" if row.ended_at else ""
        print(f"{formats.month(row.period, _.language)}\t{row.started_at:%Y-%m-%d %H:%M}{end}")
        for item in found.decisions:
            state, days = meetings.state(item, today)
            late = _.plural("{n} day overdue", "{n} days overdue", days) if state == "overdue" else _("done") if state == "done" else ""
            about = (item.manager or _("Everybody"), item.text, item.responsible, formats.day(item.due_on, _.language) if item.due_on else "", late)
            print("\t".join(about))
        for item in found.notes:
            print(f"{item.manager or _('Everybody')}\t{_('Note')}{_.colon}{item.text}")

    show(options, shape(found, today), say)


def shape(found: Meeting, today: dt.date) -> dict[str, Any]:
    """The stable JSON shape: times as ISO text; ``state`` of a decision is done, overdue, today, due or open."""
    row = found.row
    return {
        "number": row.meeting_id,
        "period": row.period,
        "started_at": plain(row.started_at),
        "ended_at": plain(row.ended_at),
        "decisions": [_item(item) | {"state": meetings.state(item, today)[0]} for item in found.decisions],
        "notes": [_item(item) for item in found.notes],
    }


def _item(item: ItemRow) -> dict[str, Any]:
    said = {name: plain(getattr(item, name)) for name in _FIELDS}
    return said | {"plan": item.plan_id, "feedback": item.feedback_id, "revision": item.from_revision}
