"""What leaves the house: a manager's PDF, and everybody's in a ZIP."""

from __future__ import annotations

import io
import re
import zipfile

from amdash.errors import AmdashError
from amdash.i18n import Language, translator
from amdash.insight.narrative import person_story
from amdash.metrics import period as periods
from amdash.report.document import ReportFeedback, ReportInput, document
from amdash.report.pdf import compile_pdf
from amdash.service import feedback, scorecards
from amdash.service.imports import Progress
from amdash.service.workspace import Workspace

# What no file system takes, and what a shell or a mail program would stumble over.
_UNSAFE = re.compile(r'[\\/:*?"<>|\s\x00-\x1f]+')
# Archives carry a date; this one says nothing, so that the same reports are the same bytes.
_ZIP_DATE = (1980, 1, 1, 0, 0, 0)


def report_pdf(ws: Workspace, manager: str, period: str, language: Language, revision: int | None = None) -> tuple[str, bytes]:
    """(file name, PDF) of a manager's summary as at a revision. Errors: month_invalid, manager_unknown, no_data_for_report."""
    if not periods.is_period(period):
        raise AmdashError("month_invalid", value=period)
    wanted = ws.revision() if revision is None else revision
    if not set(periods.months_of(period)) & set(scorecards.months(ws, wanted)):
        raise AmdashError("no_data_for_report", month=period)
    people = scorecards.managers(ws, wanted)
    if manager not in people:
        raise AmdashError("manager_unknown", manager=manager, known=people)
    report = _input(ws, manager, period, language, wanted)
    return file_name(manager, period), compile_pdf(document(report, language), report.revision_at)


def report_zip(ws: Workspace, period: str, language: Language, progress: Progress | None = None) -> tuple[str, bytes]:
    """(file name, ZIP) with a PDF for everybody; the same bytes for the same revision."""
    revision = ws.revision()
    people = scorecards.managers(ws, revision)
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as archive:
        for position, manager in enumerate(people):
            if progress:
                progress(position / len(people), manager)
            name, pdf = report_pdf(ws, manager, period, language, revision)
            archive.writestr(zipfile.ZipInfo(name, _ZIP_DATE), pdf)
    if progress:
        progress(1.0, "")
    return f"amdash-{period}.zip", target.getvalue()


def file_name(manager: str, period: str) -> str:
    """'李明-2026-10.pdf': safe on every file system, whatever the name holds."""
    return f"{_UNSAFE.sub('_', manager).strip('._')[:80] or '_'}-{period}.pdf"


def _input(ws: Workspace, manager: str, period: str, language: Language, revision: int) -> ReportInput:
    board = scorecards.board(ws, period, revision)
    months = periods.months_of(period)
    shown = [(kpi, board.readings[kpi.id, manager]) for kpi in board.kpis if kpi.category != "people"]
    judged = [reading for kpi, reading in shown if kpi.weighted or kpi.measure == "total"]
    entries = feedback.log(ws, manager=manager, start=months[0], end=months[-1], revision=revision)
    return ReportInput(
        manager=manager,
        team=next(group.name for group in board.teams if manager in group.managers),
        period=period,
        readings=shown,
        score=board.scores.get(manager),
        story=person_story(judged, board.kpis, translator(language)),
        feedback=[ReportFeedback(entry.date, entry.source, entry.method, entry.content, entry.action, entry.due_on) for entry in entries],
        revision=revision,
        revision_at=ws.moment_of(revision),
        sources=_sources(ws, manager, months, revision),
    )


def _sources(ws: Workspace, manager: str, months: list[str], revision: int) -> list[str]:
    """The files whose rows stand behind a manager's figures, each once, by name."""
    found: set[str] = set()
    for kpi in scorecards.kpis():
        found |= {row.file for row in scorecards.rows_behind(ws, kpi.id, manager=manager, start=months[0], end=months[-1], revision=revision)}
    return sorted(found)
