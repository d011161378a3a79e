"""What leaves the house: a manager's PDF, and everybody's in a ZIP."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import PurePath

from amdash.i18n import Language, translator
from amdash.insight.narrative import person_story
from amdash.insight.reading import Reading
from amdash.metrics import catalogue
from amdash.metrics import period as periods
from amdash.report.document import ReportFeedback, ReportInput, document
from amdash.report.pdf import compile_pdf
from amdash.service import access, boards, company, drilldown, feedback, report_parts, scorecards
from amdash.service.boards import Board
from amdash.service.imports import Progress
from amdash.service.workspace import OWNER, Workspace
from amdash.store import ImportRow

# What no file system takes, and what a shell or a mail program would stumble over.
_UNSAFE = re.compile(r'[\\/:*?"<>|\s\x00-\x1f]+')
# Archives carry a date; this one says nothing, so that the same reports are the same bytes.
_ZIP_DATE = (1980, 1, 1, 0, 0, 0)


def report_pdf(ws: Workspace, manager: str, period: str, language: Language, revision: int | None = None, *, actor: str = OWNER) -> tuple[str, bytes]:
    """(file name, PDF) of a manager's summary as at a revision. Errors: month_invalid, manager_unknown, no_data_for_report."""
    return next(reports(ws, period, language, managers=[manager], revision=revision, actor=actor))


def reports(
    ws: Workspace,
    period: str,
    language: Language,
    *,
    managers: Sequence[str] | None = None,
    revision: int | None = None,
    progress: Progress | None = None,
    actor: str = OWNER,
) -> Iterator[tuple[str, bytes]]:
    """(file name, PDF) for each of ``managers``, by default everybody; no two share a name. One board serves them all.

    Errors: month_invalid, manager_unknown, no_data_for_report.
    """
    wanted = ws.revision() if revision is None else revision
    scorecards.require_figures(ws, period, wanted)
    people = scorecards.roster(ws, wanted)
    chosen = list(people["manager"]) if managers is None else [scorecards.shown_manager(ws, people, name, wanted) for name in managers]
    board = boards.board(ws, period, wanted, actor=actor)
    below = report_parts.parts(ws, board)
    improved = improvement(ws, period, wanted)
    taken: set[str] = set()
    for position, manager in enumerate(chosen):
        if progress:
            progress(position / len(chosen), manager)
        report = replace(_input(ws, board, manager, language, improved), sections=below.of(manager))
        name = _free_name(manager, period, taken)
        taken.add(name.casefold())
        yield name, compile_pdf(document(report, language), report.revision_at)
    if progress:
        progress(1.0, "")


def improvement(ws: Workspace, period: str, revision: int) -> Mapping[str, Reading]:
    """Manager -> individual improvement over the periods that the board shows of every KPI; nobody of whom it is not known."""
    kpi = next(kpi for kpi in scorecards.kpis() if kpi.measure == "derived")
    found = scorecards.trends(ws, kpi.id, period, "manager", boards.PERIODS, revision)
    return {reading.subject: reading for reading in found if reading.value is not None}


def report_zip(
    ws: Workspace,
    period: str,
    language: Language,
    progress: Progress | None = None,
    *,
    managers: Sequence[str] | None = None,
    actor: str = OWNER,
) -> tuple[str, bytes]:
    """(file name, ZIP) with a PDF for each of ``managers``, by default everybody; the same bytes for the same revision. Errors: those of reports."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as archive:
        for name, pdf in reports(ws, period, language, managers=managers, progress=progress, actor=actor):
            archive.writestr(zipfile.ZipInfo(name, _ZIP_DATE), pdf)
    return f"amdash-{period}.zip", target.getvalue()


def originals(ws: Workspace, row: ImportRow, *, actor: str = OWNER) -> bytes:
    """The uploaded file of an import byte for byte; where it had several, a ZIP of them."""
    access.ask(actor, "read")
    if len(row.files) == 1:
        return ws.store.original(row.files[0][1])
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        taken: set[str] = set()
        for name, sha256 in row.files:
            path = PurePath(name.replace("\\", "/"))
            stem, number = safe(path.stem) or "_", 1
            entry = f"{stem}{path.suffix}"
            while entry.casefold() in taken:
                number += 1
                entry = f"{stem}_{number}{path.suffix}"
            taken.add(entry.casefold())
            archive.writestr(zipfile.ZipInfo(entry, _ZIP_DATE), ws.store.original(sha256), zipfile.ZIP_DEFLATED)
    return target.getvalue()


def file_name(manager: str, period: str) -> str:
    """'李明-2026-10.pdf': safe on every file system, whatever the name holds."""
    return f"{safe(manager) or '_'}-{period}.pdf"


def safe(name: str) -> str:
    """A file name that every file system takes."""
    # File systems count bytes: 255 of them, with room for the period, a number and the ending.
    return _UNSAFE.sub("_", name).encode(errors="replace")[:200].decode(errors="ignore").strip("._")


def _free_name(manager: str, period: str, taken: set[str]) -> str:
    """The file name, numbered where another manager's is the same on a file system that ignores case."""
    name, number = file_name(manager, period), 1
    while name.casefold() in taken:
        number += 1
        name = f"{safe(manager) or '_'}_{number}-{period}.pdf"
    return name


def _input(ws: Workspace, board: Board, manager: str, language: Language, improved: Mapping[str, Reading]) -> ReportInput:
    revision = board.revision
    months = periods.months_of(board.period)
    shown = [(kpi, board.readings[kpi.id, manager]) for kpi in board.kpis if kpi.category != "people"]
    judged = [reading for kpi, reading in shown if kpi.weighted or kpi.measure == "total"]
    until = scorecards.told_until(ws, board.period, revision)
    entries = feedback.log(ws, manager=manager, start=months[0], end=until, revision=revision)
    return ReportInput(
        manager=manager,
        team=next(group.name for group in board.teams if manager in group.managers),
        period=board.period,
        readings=[*shown, (catalogue.by_id(improved[manager].kpi), improved[manager])] if manager in improved else shown,
        score=board.scores.get(manager),
        story=person_story(judged, board.kpis, translator(language)),
        feedback=[ReportFeedback(entry.date, entry.source, entry.method, entry.content, entry.action, entry.due_on) for entry in entries],
        revision=revision,
        revision_at=ws.moment_of(revision),
        sources=drilldown.source_files(ws, manager, months, revision),
        letterhead=company.letterhead(ws, revision),
    )
