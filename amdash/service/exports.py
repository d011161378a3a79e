"""What leaves the house: a manager's PDF, and everybody's in a ZIP."""

from __future__ import annotations

import datetime as dt
import io
import re
import unicodedata
import zipfile
from collections.abc import Callable, Generator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from functools import partial
from pathlib import PurePath

from amdash.i18n import Language, translator
from amdash.insight.narrative import person_story
from amdash.insight.reading import Reading
from amdash.metrics import catalogue
from amdash.metrics import period as periods
from amdash.metrics.names import fold
from amdash.report.batch import in_order
from amdash.report.document import Letterhead, ReportFeedback, ReportInput, document
from amdash.report.pdf import compile_pdf
from amdash.service import access, boards, company, drilldown, feedback, report_parts, scorecards
from amdash.service.boards import Board
from amdash.service.feedback import FeedbackEntry
from amdash.service.workspace import OWNER, Workspace
from amdash.store import ImportRow

# How many PDFs are done, of how many, and whose was the last: '' before the first.
Told = Callable[[int, int, str], None]
# What no file system takes, and what a shell or a mail program would stumble over; and halves of characters, which nothing can write.
_UNSAFE = re.compile(r'[\\/:*?"<>|\s\x00-\x1f\x7f-\x9f\ud800-\udfff]+')
# Windows' names of devices, also before an ending.
_DEVICE = re.compile(r"(CON|PRN|AUX|NUL|COM[0-9¹²³]|LPT[0-9¹²³]|CONIN\$|CONOUT\$)(?=\.|$)", re.IGNORECASE)
# So that both languages can lie in one folder.
_ENDINGS = {"zh": "", "en": "-en"}
# Archives carry a date; this one says nothing, so that the same reports are the same bytes.
_ZIP_DATE = (1980, 1, 1, 0, 0, 0)


@dataclass(frozen=True)
class _Found:
    """What is found once for everybody's report: who improved, what was said (by folded name), their files, the revision's moment, the letterhead."""

    improved: Mapping[str, Reading]
    feedback: Mapping[str, Sequence[FeedbackEntry]]
    sources: Mapping[str, Sequence[str]]
    moment: dt.datetime
    letterhead: Letterhead


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
    progress: Told | None = None,
    actor: str = OWNER,
) -> Generator[tuple[str, bytes], None, None]:
    """(file name, PDF) for each of ``managers``, by default everybody; no two share a name. One board serves them all.

    They are set on all processors at once, and come in the order of ``managers``, the same bytes as one by one. ``progress`` hears of
    each when it is done; what it raises ends the work, and so does closing the iterator: what has not begun is dropped.
    Errors: month_invalid, manager_unknown, no_data_for_report, pdf_not_set.
    """
    wanted = ws.revision() if revision is None else revision
    scorecards.require_figures(ws, period, wanted)
    people = scorecards.roster(ws, wanted)
    chosen = list(people["manager"]) if managers is None else [scorecards.shown_manager(ws, people, name, wanted) for name in managers]
    tell = partial(_tell, progress, len(chosen))
    tell(0)
    board = boards.board(ws, period, wanted, actor=actor)
    tell(0)
    below = report_parts.parts(ws, board)
    tell(0)
    found = _found(ws, board)
    inputs = (below.added(_input(board, manager, language, found)) for manager in chosen)
    with closing(in_order(_pdf, ((report, language) for report in inputs))) as pdfs:
        taken: set[str] = set()
        for done, (manager, pdf) in enumerate(zip(chosen, pdfs, strict=True), start=1):
            tell(done, manager)
            yield _free_name(manager, period, language, taken), pdf


def improvement(ws: Workspace, period: str, revision: int) -> Mapping[str, Reading]:
    """Manager -> individual improvement over the periods that the board shows of every KPI; nobody of whom it is not known."""
    kpi = next(kpi for kpi in scorecards.kpis() if kpi.measure == "derived")
    found = scorecards.trends(ws, kpi.id, period, "manager", boards.PERIODS, revision)
    return {reading.subject: reading for reading in found if reading.value is not None}


def report_zip(
    ws: Workspace,
    period: str,
    language: Language,
    progress: Told | None = None,
    *,
    managers: Sequence[str] | None = None,
    revision: int | None = None,
    actor: str = OWNER,
) -> tuple[str, bytes]:
    """(file name, ZIP) with a PDF for each of ``managers``, by default everybody; the same bytes for the same revision.

    ``progress`` as for :func:`reports`. Errors: those of reports.
    """
    target = io.BytesIO()
    made = reports(ws, period, language, managers=managers, revision=revision, progress=progress, actor=actor)
    with closing(made), zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as archive:
        for name, pdf in made:
            archive.writestr(zipfile.ZipInfo(name, _ZIP_DATE), pdf)
    return zip_name(period, language), target.getvalue()


def zip_name(period: str, language: Language) -> str:
    """'amdash-2026-10.zip', in English 'amdash-2026-10-en.zip'."""
    return f"amdash-{period}{_ENDINGS[language]}.zip"


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
            stem, ending, number = safe(path.stem) or "_", f".{safe(path.suffix)}".rstrip("."), 1
            entry = f"{stem}{ending}"
            while entry.casefold() in taken:
                number += 1
                entry = f"{stem}_{number}{ending}"
            taken.add(entry.casefold())
            archive.writestr(zipfile.ZipInfo(entry, _ZIP_DATE), ws.store.original(sha256), zipfile.ZIP_DEFLATED)
    return target.getvalue()


def file_name(manager: str, period: str, language: Language, number: int = 1) -> str:
    """'李明-2026-10.pdf', in English '李明-2026-10-en.pdf': safe on every file system, whatever the name holds. ``number``: of those alike."""
    return f"{safe(manager) or '_'}{f'_{number}' if number > 1 else ''}-{period}{_ENDINGS[language]}.pdf"


def safe(name: str) -> str:
    """A file name that every file system takes and that is no option of a command; without marks that nobody sees. '' where nothing is left."""
    seen = "".join(character for character in unicodedata.normalize("NFC", name) if unicodedata.category(character) != "Cf")
    # File systems count bytes: 255 of them, with room for the period, a number and the ending.
    short = _UNSAFE.sub("_", seen).encode()[:200].decode(errors="ignore").lstrip("._-~").rstrip("._")
    return _DEVICE.sub(r"\1_", short, count=1) if _DEVICE.match(short) else short


def _free_name(manager: str, period: str, language: Language, taken: set[str]) -> str:
    """The file name, numbered where another manager's is the same on a file system that ignores case."""
    number = 1
    while (name := file_name(manager, period, language, number)).casefold() in taken:
        number += 1
    taken.add(name.casefold())
    return name


def _tell(progress: Told | None, total: int, done: int, manager: str = "") -> None:
    if progress is not None:
        progress(done, total, manager)


def _found(ws: Workspace, board: Board) -> _Found:
    months, revision = periods.months_of(board.period), board.revision
    entries: dict[str, list[FeedbackEntry]] = {}
    until = scorecards.told_until(ws, board.period, revision)
    for entry in feedback.log(ws, start=months[0], end=until, revision=revision):
        entries.setdefault(fold(entry.manager), []).append(entry)
    return _Found(
        improvement(ws, board.period, revision),
        entries,
        drilldown.source_files_by_manager(ws, months, revision),
        ws.moment_of(revision),
        company.letterhead(ws, revision),
    )


def _pdf(given: tuple[ReportInput, Language]) -> bytes:
    report, language = given
    return compile_pdf(document(report, language), report.revision_at)


def _input(board: Board, manager: str, language: Language, found: _Found) -> ReportInput:
    improved = found.improved
    shown = [(kpi, board.readings[kpi.id, manager]) for kpi in board.kpis if kpi.category != "people"]
    judged = [reading for kpi, reading in shown if kpi.is_judged]
    entries = found.feedback.get(fold(manager), ())
    return ReportInput(
        manager=manager,
        team=next(group.name for group in board.teams if manager in group.managers),
        period=board.period,
        readings=[*shown, (catalogue.by_id(improved[manager].kpi), improved[manager])] if manager in improved else shown,
        score=board.scores.get(manager),
        story=person_story(judged, board.kpis, translator(language)),
        feedback=[
            ReportFeedback(entry.date, entry.source, entry.method, entry.content, entry.action, entry.due_on, entry.feedback_id) for entry in entries
        ],
        revision=board.revision,
        revision_at=found.moment,
        sources=found.sources.get(manager, ()),
        letterhead=found.letterhead,
    )
