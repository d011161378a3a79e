"""The commands about feedback: the log, and when it is due."""

from __future__ import annotations

import argparse
from dataclasses import replace

from amdash.cli import feedback_shapes as shapes
from amdash.cli.output import day, say_done, show, write
from amdash.errors import AmdashError
from amdash.i18n import Translator, formats
from amdash.i18n.words import CADENCE_STATUSES, RECURRENCES, hint_words, source_words
from amdash.insight.feedback_quality import Hint
from amdash.service import cadence, feedback, scorecards
from amdash.service.feedback import FeedbackEntry
from amdash.service.workspace import OWNER, Workspace


def run_cadence(ws: Workspace, options: argparse.Namespace, _: Translator) -> None:
    """How the feedback on everybody stands, or what is due as a calendar file."""
    date = day(options.date)
    if options.ics:
        write(options.ics, cadence.calendar(ws, _.language, date, manager=options.manager))
        return
    found = shapes.cadence(cadence.cadence(ws, date, manager=options.manager))

    def say() -> None:
        for row in found:
            due = row["next_due"] or formats.MISSING
            late = _.plural("{n} day overdue", "{n} days overdue", row["days_overdue"]) if row["days_overdue"] else _(CADENCE_STATUSES[row["status"]])
            names = (row["manager"], source_words(row["source"], _), _(RECURRENCES[row["every"]]))
            print("\t".join((*names, row["last_done"] or formats.MISSING, due, late, f"{row['given']}/{row['periods']}")))

    show(options, found, say)


def run_feedback(ws: Workspace, options: argparse.Namespace, _: Translator) -> None:
    """The log, a new entry, or a change of one that was written here."""
    if options.action != "list":
        {"add": _add, "correct": _correct, "back": _back, "restore": _restore}[options.action](ws, options, _)
        return
    asked = {name: getattr(options, name) for name in ("manager", "source", "method", "text", "start", "end")}
    found = cadence.hinted(ws, feedback.log(ws, **asked))

    def say() -> None:
        for entry, hints in found:
            # One that was uploaded has no number: it is corrected in its sheet.
            number = formats.MISSING if entry.feedback_id is None else str(entry.feedback_id)
            about = (number, entry.date.isoformat(), entry.manager, source_words(entry.source or "", _), entry.method or "")
            print("\t".join((*about, entry.content, entry.action or "", entry.due_on.isoformat() if entry.due_on else "")))
            _say_hints(hints, _)

    show(options, [shapes.entry(entry, hints) for entry, hints in found], say)


def _add(ws: Workspace, options: argparse.Namespace, _: Translator) -> None:
    people = scorecards.roster(ws)
    # Before anybody is known every name is new; afterwards one that nobody bears is a slip of the pen.
    manager = options.manager if people.empty else scorecards.shown_manager(ws, people, options.manager)
    today = ws.now().date()
    entry = FeedbackEntry(
        date=day(options.date) or today,
        manager=manager,
        source=options.source,
        method=options.method,
        criteria=options.criteria,
        rating=options.rating,
        content=options.content,
        action=options.next_step,
        due_on=day(options.due),
        recorded_by=OWNER,
        origin="written",
    )
    written = ("date", "manager", "source", "method", "criteria", "rating", "content", "action", "due_on")
    revision = feedback.add(ws, **{name: getattr(entry, name) for name in written})
    hints = cadence.hints(ws, entry, written_on=today)

    def say() -> None:
        print(_("Done; the workspace is at revision {revision}.", revision=revision))
        _say_hints(hints, _)

    show(options, {"revision": revision, "hints": shapes.hints(hints)}, say)


def _correct(ws: Workspace, options: argparse.Namespace, _: Translator) -> None:
    before = next((entry for entry in feedback.log(ws) if entry.feedback_id == options.number), None)
    if before is None:
        raise AmdashError("feedback_missing", feedback_id=options.number)
    said = {name: getattr(options, name) for name in ("source", "method", "criteria", "rating", "content")}
    said |= {"date": day(options.date), "action": options.next_step, "due_on": day(options.due)}
    if options.manager is not None:
        said["manager"] = scorecards.shown_manager(ws, scorecards.roster(ws), options.manager)
    entry = replace(before, **{name: value for name, value in said.items() if value is not None})
    say_done(feedback.correct(ws, options.number, entry), options, _)


def _back(ws: Workspace, options: argparse.Namespace, _: Translator) -> None:
    say_done(feedback.take_back(ws, options.number), options, _)


def _restore(ws: Workspace, options: argparse.Namespace, _: Translator) -> None:
    say_done(feedback.restore(ws, options.number), options, _)


def _say_hints(hints: list[Hint], _: Translator) -> None:
    for hint in hints:
        print(f"  {hint_words(hint.code, hint.words, hint.days, _)}")
