"""The minutes of a meeting as PDF: what was decided, what had been decided before, and the team's figures as they were looked at."""

from __future__ import annotations

from dataclasses import replace

from amdash.i18n import Language, translator
from amdash.i18n.words import Standing
from amdash.insight.narrative import team_story
from amdash.metrics import catalogue
from amdash.report.minutes import MinutesInput, MinutesItem, minutes
from amdash.report.pdf import compile_pdf
from amdash.service import boards, company, meetings
from amdash.service.workspace import OWNER, Workspace
from amdash.store.meetings import ItemRow, MeetingRow

_TEMPLATE = "minutes.typ"


def minutes_pdf(ws: Workspace, meeting_id: int, language: Language, *, actor: str = OWNER) -> tuple[str, bytes]:
    """(file name, PDF) of the minutes: of a meeting that is over as everything stood then, else as it stands. Errors: meeting_missing."""
    found = _input(ws, meeting_id, language, actor)
    row = meetings.one(ws, meeting_id, actor=actor).row
    return file_name(row, language), compile_pdf(minutes(found, language), found.revision_at, _TEMPLATE)


def file_name(row: MeetingRow, language: Language) -> str:
    """'会议纪要-2026-10-2026-11-24.pdf': the period, and the day on which it was talked about."""
    _ = translator(language)
    return f"{_('Minutes')}-{row.period}-{row.started_at:%Y-%m-%d}.pdf"


def _input(ws: Workspace, meeting_id: int, language: Language, actor: str) -> MinutesInput:
    row = meetings.one(ws, meeting_id, actor=actor).row
    revision = ws.store.revision_by(row.ended_at) if row.ended_at else ws.revision()
    meeting = meetings.one(ws, meeting_id, revision, actor=actor)
    board = boards.board(ws, row.period, revision, actor=actor)
    managers = [name for group in board.teams for name in group.managers]
    shown = [kpi for kpi in board.kpis if kpi.is_judged]
    moment = ws.moment_of(revision)
    order = ["", *managers]

    def place(item: ItemRow) -> int:
        return order.index(item.manager) if item.manager in order else len(order)

    return MinutesInput(
        period=row.period,
        started_at=row.started_at,
        ended_at=row.ended_at,
        story=team_story([board.readings[kpi.id, name] for kpi in shown for name in managers], board.kpis, translator(language)),
        team=[(kpi, board.team_readings[kpi.id, ""]) for kpi in shown],
        decided=[_decided(item) for item in sorted(meeting.decisions, key=place)],
        before=[_followed(item, *meetings.state(item, moment.date())) for item in meetings.agreed_before(ws, meeting_id, revision)],
        notes=[(item.manager, item.text) for item in sorted(meeting.notes, key=place)],
        without=meetings.without_decision(meeting, managers),
        revision=revision,
        revision_at=moment,
        letterhead=company.letterhead(ws, revision),
    )


def _decided(item: ItemRow) -> MinutesItem:
    kpi = catalogue.by_id(item.kpi) if item.kpi else None
    return MinutesItem(item.manager, item.text, item.responsible, item.due_on, item.plan_id is not None, kpi=kpi)


def _followed(item: ItemRow, standing: Standing, days: int) -> MinutesItem:
    return replace(_decided(item), standing=standing, days=days)
