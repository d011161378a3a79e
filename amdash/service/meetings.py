"""Meetings as people hold them: on the figures of a period, with decisions that are followed up in the next one."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial

from amdash.errors import AmdashError
from amdash.i18n import N_, Language, Translator, formats, translator
from amdash.i18n.words import Standing
from amdash.metrics import catalogue
from amdash.service import access, plans, scorecards
from amdash.service.boards import Board
from amdash.service.plan_terms import Terms
from amdash.service.workspace import OWNER, Workspace
from amdash.store import NewFeedback
from amdash.store.meetings import ItemRow, MeetingRow, NewItem

DECISION, NOTE = "decision", "note"


@dataclass(frozen=True)
class Decision:
    """What is decided: of a manager, or with '' of everybody; who does it and by when may be left open.

    ``kpi``: the KPI that it is about, '' for none. ``as_plan``: follow it as an improvement plan for that KPI.
    """

    text: str
    manager: str = ""
    kpi: str = ""
    responsible: str = ""
    due_on: dt.date | None = None
    as_plan: bool = False


@dataclass(frozen=True)
class Meeting:
    """A meeting with what stands of it, names as they are shown now: decisions and notes in the order in which they were first said."""

    row: MeetingRow
    decisions: tuple[ItemRow, ...]
    notes: tuple[ItemRow, ...]

    def of(self, manager: str) -> Meeting:
        """The same with the items of one manager, or of everybody ('')."""
        return Meeting(self.row, *(tuple(one for one in items if one.manager == manager) for items in (self.decisions, self.notes)))


def held(ws: Workspace, revision: int | None = None, *, actor: str = OWNER) -> list[Meeting]:
    """Every meeting begun up to a revision, the newest first; empty where there was none."""
    access.ask(actor, "read")
    wanted = ws.revision() if revision is None else revision
    shown = partial(ws.identities(wanted).shown, "manager")
    items: dict[int, list[ItemRow]] = {}
    for row in ws.store.meeting_items(wanted):
        items.setdefault(row.meeting_id, []).append(replace(row, manager=shown(row.manager), responsible=shown(row.responsible)))

    def of_kind(meeting_id: int, kind: str) -> tuple[ItemRow, ...]:
        return tuple(one for one in items.get(meeting_id, ()) if one.kind == kind)

    rows = reversed(ws.store.meetings(wanted))
    return [Meeting(row, of_kind(row.meeting_id, DECISION), of_kind(row.meeting_id, NOTE)) for row in rows]


def one(ws: Workspace, meeting_id: int, revision: int | None = None, *, actor: str = OWNER) -> Meeting:
    """The meeting of that number. Errors: meeting_missing."""
    found = next((meeting for meeting in held(ws, revision, actor=actor) if meeting.row.meeting_id == meeting_id), None)
    if found is None:
        raise AmdashError("meeting_missing", meeting_id=meeting_id)
    return found


def running(ws: Workspace, *, actor: str = OWNER) -> MeetingRow | None:
    """The meeting that was begun and has not been ended."""
    access.ask(actor, "read")
    return next((row for row in ws.store.meetings() if row.ended_at is None), None)


def agreed_before(ws: Workspace, meeting_id: int | None = None, revision: int | None = None, *, actor: str = OWNER) -> list[ItemRow]:
    """What is to be followed up in a meeting, or without a number in the next one: the decisions of the last meeting in which any was made,
    and those of earlier ones that are still open or were ticked since that last meeting. In the order in which they were made.
    """
    earlier = [one for one in held(ws, revision, actor=actor) if meeting_id is None or one.row.meeting_id < meeting_id]
    ended = [one for one in earlier if one.row.ended_at is not None and one.decisions]
    if not ended:
        return []
    last, *older = ended
    since = last.row.ended_at or last.row.started_at
    carried = [item for one in reversed(older) for item in one.decisions if item.done_on is None or item.at > since]
    return [*carried, *last.decisions]


def decided_feedback(ws: Workspace, revision: int | None = None, *, actor: str = OWNER) -> dict[int, ItemRow]:
    """Number of a line of feedback -> the decision that it was written together with, as both stand; other lines are not there.

    Also where one of the two has been corrected since: both then go back to the same first words.
    """
    access.ask(actor, "read")
    decided = {item.feedback_id: item for item in ws.store.meeting_items(revision) if item.feedback_id is not None}
    standing = [row.feedback_id for row in ws.store.feedback(revision)]
    first = ws.store.first_feedback([*decided, *standing])
    items = {first[number]: item for number, item in decided.items()}
    return {number: items[first[number]] for number in standing if first[number] in items}


def state(item: ItemRow, today: dt.date) -> tuple[Standing, int]:
    """How a decision stands on a day, and by how many days it is overdue, or is still to go; 0 where that says nothing."""
    if item.done_on is not None:
        return "done", 0
    if item.due_on is None:
        return "open", 0
    days = (item.due_on - today).days
    return ("overdue", -days) if days < 0 else ("today", 0) if days == 0 else ("due", days)


def begin(ws: Workspace, period: str, *, actor: str = OWNER) -> tuple[int, int]:
    """Begin a meeting on the figures of a period; returns its number and the new revision.

    Errors: month_invalid, no_data_for_report (no figure in the period), meeting_running.
    """
    access.ask(actor, "write")
    scorecards.require_figures(ws, period)
    return ws.store.begin_meeting(period, actor=actor, at=ws.now())


def end(ws: Workspace, meeting_id: int, *, actor: str = OWNER) -> int:
    """End it; returns the new revision. Errors: meeting_missing, meeting_ended."""
    access.ask(actor, "write")
    now = ws.now()
    return ws.store.end_meeting(meeting_id, now, actor=actor, at=now)


def hold_on(ws: Workspace, meeting_id: int, *, actor: str = OWNER) -> int:
    """Take the end back; returns the new revision. Errors: meeting_missing, meeting_running (another one)."""
    access.ask(actor, "write")
    return ws.store.end_meeting(meeting_id, None, actor=actor, at=ws.now())


def decide(ws: Workspace, meeting_id: int, said: Decision, language: Language = "zh", *, board: Board, actor: str = OWNER) -> tuple[int, int]:
    """Write a decision down; returns its number and the new revision.

    One about a manager is also a line of feedback from the supervisor, in ``language``: the figure that it is about, and as the next step
    what was decided. With ``as_plan`` it is a plan too, from this month to that of ``due_on``, by default as every plan. All or nothing.
    ``board``: the figures that are looked at.
    Errors: entry_incomplete, meeting_missing, meeting_ended, manager_unknown, kpi_unknown; of a plan those of :func:`amdash.service.plans.begin`.
    """
    access.ask(actor, "write")
    new = _item(ws, said)
    plan = None
    if said.as_plan:
        if not (new.manager and new.kpi):
            raise AmdashError("meeting_plan_of_whom")
        due = f"{max(said.due_on, ws.now().date()):%Y-%m}" if said.due_on else None
        plan = plans.draft(ws, new.kpi, new.manager, Terms(action=new.text, due=due, responsible=new.responsible))
    told = _told(ws, new, board, translator(language), actor) if new.manager else None
    return ws.store.add_item(meeting_id, new, told=told, plan=plan, actor=actor, at=ws.now())


def note(ws: Workspace, meeting_id: int, text: str, manager: str = "", *, actor: str = OWNER) -> tuple[int, int]:
    """Write a note down, which stands in the minutes alone; returns its number and the new revision.

    Errors: entry_incomplete, meeting_missing, meeting_ended, manager_unknown.
    """
    access.ask(actor, "write")
    return ws.store.add_item(meeting_id, replace(_item(ws, Decision(text, manager)), kind=NOTE), actor=actor, at=ws.now())


def correct(ws: Workspace, item_id: int, said: Decision, language: Language = "zh", *, board: Board, actor: str = OWNER) -> tuple[int, int]:
    """Put other words in the place of a decision or note, whose manager and KPI stay; returns its new number and the new revision.

    The line of feedback and the plan follow, each unless it was changed elsewhere meanwhile. ``board``: the figures that are looked at.
    Errors: entry_incomplete, meeting_item_missing, meeting_item_changed, meeting_ended.
    """
    access.ask(actor, "write")
    before = next((row for row in ws.store.meeting_items() if row.item_id == item_id), None)
    words = _item(ws, replace(said, manager=before.manager if before else "", kpi=before.kpi if before else ""))

    def make(row: ItemRow) -> NewItem:
        return replace(words, kind=row.kind, done_on=row.done_on)

    def told(new: NewItem) -> NewFeedback:
        return _told(ws, new, board, translator(language), actor)

    return ws.store.change_item(item_id, make, told=told, actor=actor, at=ws.now())


def tick(ws: Workspace, item_id: int, done: bool, *, actor: str = OWNER) -> tuple[int, int]:
    """Say that a decision was carried out, or that it was not after all; returns its new number and the new revision.

    Errors: meeting_item_missing, meeting_item_changed.
    """
    access.ask(actor, "write")

    def make(row: ItemRow) -> NewItem:
        return replace(_words(row), done_on=ws.now().date() if done else None)

    return ws.store.change_item(item_id, make, actor=actor, at=ws.now())


def take_back(ws: Workspace, item_id: int, *, actor: str = OWNER) -> int:
    """Take a decision or note back, with its line of feedback, and its plan unless that was changed elsewhere; returns the new revision.

    Errors: meeting_item_missing, meeting_item_changed, meeting_ended.
    """
    access.ask(actor, "write")
    return ws.store.close_item(item_id, actor=actor, at=ws.now())


def without_decision(meeting: Meeting, managers: Sequence[str]) -> list[str]:
    """The managers on whom nothing was decided, in their order."""
    decided = {item.manager for item in meeting.decisions}
    return [name for name in managers if name not in decided]


def _words(row: ItemRow) -> NewItem:
    return NewItem(row.kind, row.manager, row.kpi, row.text, row.responsible, row.due_on, row.done_on)


def _item(ws: Workspace, said: Decision) -> NewItem:
    if not said.text.strip():
        raise AmdashError("entry_incomplete", field=N_("Text"))
    manager = scorecards.shown_manager(ws, scorecards.roster(ws), said.manager) if said.manager else ""
    kpi = catalogue.by_id(said.kpi).id if said.kpi else ""
    return NewItem(DECISION, manager, kpi, said.text.strip(), said.responsible.strip(), said.due_on)


def _told(ws: Workspace, item: NewItem, board: Board, _: Translator, actor: str) -> NewFeedback:
    """What the feedback log says of a decision: the figure as the fact, the decision as the next step."""
    content = _("In the meeting on {period}", period=formats.month(board.period, _.language))
    if item.kpi:
        kpi = catalogue.by_id(item.kpi)
        reading = board.readings.get((kpi.id, item.manager))
        value = formats.written(reading.value if reading else None, kpi.unit, _.language)
        aim = formats.target(reading.target if reading else None, kpi.unit, kpi.higher_is_better, _.language)
        content += f"{_.colon}{_(kpi.name)} {value}" + (f"{_.clause}{_('target {target}', target=aim)}" if aim else "")
    else:
        content += f"{_.colon}{item.text}"
    action = item.text if item.responsible in ("", item.manager) else _("{text} ({who})", text=item.text, who=item.responsible)
    return NewFeedback(
        date=ws.now().date(),
        manager=item.manager,
        source="supervisor",
        method=_("Meeting"),
        criteria=item.kpi or None,
        content=content,
        action=action,
        due_on=item.due_on,
        recorded_by=actor,
    )
