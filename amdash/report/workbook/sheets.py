"""The scorecard as a workbook: real numbers with formats, colours by Excel's own rules, Excel's own charts, definitions, the rows behind."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from amdash.i18n import Language, Translator, formats, translator
from amdash.i18n.words import VARIATIONS
from amdash.insight.reading import Reading
from amdash.metrics.spec import Kpi
from amdash.report import xlsx
from amdash.report.document import stamp
from amdash.report.workbook import charts, colours
from amdash.report.workbook.cells import Row, number, printable, unit_words, value, verdict

# Beyond it a workbook takes minutes to open on a laptop; the command line and the Parquet export have no limit.
MOST_ROWS = 50_000
_SUM = PatternFill("solid", fgColor="F2F0EC")
_WRAPPED = Alignment(wrap_text=True, vertical="top")
_HEAD = Alignment(wrap_text=True, vertical="center", horizontal="center")
_WIDEST = 60
_FIRST_ROW = 4


@dataclass(frozen=True)
class Behind:
    """The rows behind the figures of one kind of sheet. ``head``: titles; ``total``: how many there are, of which ``rows`` may be the first."""

    title: str
    head: Sequence[str]
    rows: Sequence[Sequence[Any]]
    total: int


@dataclass(frozen=True)
class WorkbookInput:
    """Everything a workbook is made of.

    ``groups``: (team, its managers) in the order of the scorecard; '' where no list puts them into a team. ``readings``: (kpi id, manager);
    ``team_readings``: (kpi id, team), '' for everybody. ``scores``: 1 = all targets just met.
    """

    period: str
    kpis: Sequence[Kpi]
    groups: Sequence[tuple[str, Sequence[str]]]
    readings: Mapping[tuple[str, str], Reading]
    team_readings: Mapping[tuple[str, str], Reading]
    scores: Mapping[str, float | None]
    behind: Sequence[Behind]
    revision: int
    revision_at: dt.datetime


def workbook(report: WorkbookInput, language: Language) -> bytes:
    """The workbook: scorecard, figures, charts with their data, definitions, and a sheet for every kind of rows behind.

    Holds no formula, so that nothing in it changes when it is calculated again, and nothing that came from a file can be run.
    The same bytes for the same revision.
    """
    _ = translator(language)
    book = Workbook()
    book.remove(book.worksheets[0])
    fixed = [_("Scorecard"), _("Figures"), _("Charts"), _("Chart data"), _("Definitions")]
    names = xlsx.sheet_names([*fixed, *(one.title for one in report.behind)])
    rows = _rows(report, _)
    sheets = [book.create_sheet(name) for name in names]
    _scorecard(sheets[0], report, rows, _)
    _figures(sheets[1], report, rows, _)
    charts.draw(sheets[2], sheets[3], report.kpis, [row for row in rows if not row.of_all], _)
    _definitions(sheets[4], report.kpis, _)
    for sheet, one in zip(sheets[5:], report.behind, strict=True):
        _behind(sheet, one, _)
    return xlsx.saved(book, report.revision_at)


def _rows(report: WorkbookInput, _: Translator) -> list[Row]:
    """The rows in the order of the scorecard: every team's managers, then the team; everybody last."""

    def of(subject: str, readings: Mapping[tuple[str, str], Reading]) -> dict[str, Reading]:
        return {kpi.id: readings[kpi.id, subject] for kpi in report.kpis if (kpi.id, subject) in readings}

    found = []
    for team, managers in report.groups:
        found += [Row(team, name, of(name, report.readings), report.scores.get(name)) for name in managers]
        if team:
            found.append(Row(team, _("Team"), of(team, report.team_readings), None, of_all=True))
    return [*found, Row("", _("All"), of("", report.team_readings), None, of_all=True)]


def _scorecard(sheet: Worksheet, report: WorkbookInput, rows: Sequence[Row], _: Translator) -> None:
    """A row a person, two columns a KPI: the value, coloured by Excel from the verdict beside it."""
    _title(sheet, _("Scorecard {period}", period=formats.month(report.period, _.language)), stamp(report.revision, report.revision_at, _))
    head = [_("Team"), _("Account manager"), _("Weighted score")]
    for kpi in report.kpis:
        head += [_(kpi.name), _("Verdict")]
    _header(sheet, head, _FIRST_ROW)
    for place, row in enumerate(rows, _FIRST_ROW + 1):
        _write(sheet, place, [row.team, row.name])
        number(sheet.cell(place, 3), None if row.score is None else row.score * 100, "0")
        for column, kpi in enumerate(report.kpis):
            reading = row.readings.get(kpi.id)
            if reading is not None:
                value(sheet.cell(place, 4 + 2 * column), reading.value, kpi)
                xlsx.put(sheet.cell(place, 5 + 2 * column), verdict(reading, _))
        if row.of_all:
            _shade(sheet, place, len(head))
    colours.by_verdict(sheet, _FIRST_ROW + 1, _FIRST_ROW + len(rows), range(4, 4 + 2 * len(report.kpis), 2), _)
    for column in range(1, len(head) + 1):
        sheet.column_dimensions[get_column_letter(column)].width = 14 if column > 3 and column % 2 == 0 else 12
    sheet.freeze_panes = sheet.cell(_FIRST_ROW + 1, 3)
    printable(sheet)


def _figures(sheet: Worksheet, report: WorkbookInput, rows: Sequence[Row], _: Translator) -> None:
    """Every figure with all that is said of it, one a row, to be filtered."""
    head = [_("Team"), _("Account manager"), _("KPI"), _("Period"), _("Value"), _("Unit"), _("Target"), _("Verdict"), _("Variation")]
    head += [_("Numerator"), _("Denominator"), _("Cases"), _("Interval from"), _("Interval to")]
    _header(sheet, head, 1)
    place = 1
    for row in rows:
        for kpi in report.kpis:
            reading = row.readings.get(kpi.id)
            if reading is None:
                continue
            place += 1
            _write(sheet, place, [row.team, row.name, _(kpi.name), report.period])
            value(sheet.cell(place, 5), reading.value, kpi)
            xlsx.put(sheet.cell(place, 6), unit_words(kpi, _))
            value(sheet.cell(place, 7), reading.target, kpi)
            _write(sheet, place, [verdict(reading, _), "" if reading.value is None else _(VARIATIONS[reading.variation])], first=8)
            for column, amount in enumerate((reading.numerator, reading.denominator, reading.n), 10):
                number(sheet.cell(place, column), amount, "#,##0" if amount is None or float(amount).is_integer() else "#,##0.00")
            for column, end in enumerate((reading.interval.lower, reading.interval.upper) if reading.interval else (), 13):
                value(sheet.cell(place, column), end, kpi)
    colours.by_verdict(sheet, 2, place, [5], _, beside=8)
    _listed(sheet, head, place)


def _definitions(sheet: Worksheet, kpis: Sequence[Kpi], _: Translator) -> None:
    """Every KPI in words."""
    head = [_("KPI"), _("Formula"), _("Source"), _("Unit"), _("Better"), _("Target")]
    _header(sheet, head, 1)
    for place, kpi in enumerate(kpis, 2):
        better = _("higher") if kpi.higher_is_better else _("lower")
        _write(sheet, place, [_(kpi.name), _(kpi.formula), _(kpi.source), unit_words(kpi, _), better])
        value(sheet.cell(place, 6), kpi.target, kpi)
    _listed(sheet, head, len(kpis) + 1)
    for column in "BC":
        sheet.column_dimensions[column].width = _WIDEST
    for cells in sheet.iter_rows(min_row=2):
        for cell in cells:
            cell.alignment = _WRAPPED


def _behind(sheet: Worksheet, one: Behind, _: Translator) -> None:
    """The rows behind, as they were understood, each with its file, sheet and row."""
    first = 1
    if one.total > len(one.rows):
        xlsx.put(sheet.cell(1, 1), _("The first {n} of {total} rows.", n=len(one.rows), total=one.total))
        first = 2
    _header(sheet, one.head, first)
    for place, row in enumerate(one.rows, first + 1):
        _write(sheet, place, row)
    _listed(sheet, one.head, first + len(one.rows), first)


def _title(sheet: Worksheet, title: str, below: str) -> None:
    xlsx.put(sheet.cell(1, 1), title)
    sheet.cell(1, 1).font = Font(bold=True, size=16)
    xlsx.put(sheet.cell(2, 1), below)
    sheet.cell(2, 1).font = Font(color="5A6270")


def _header(sheet: Worksheet, head: Sequence[str], row: int) -> None:
    for column, title in enumerate(head, 1):
        cell = sheet.cell(row, column)
        xlsx.put(cell, title)
        cell.font, cell.fill, cell.border, cell.alignment = Font(bold=True), xlsx.HEADER, xlsx.LINE, _HEAD


def _write(sheet: Worksheet, row: int, values: Sequence[Any], first: int = 1) -> None:
    for column, one in enumerate(values, first):
        if one != "":
            xlsx.put(sheet.cell(row, column), one)


def _shade(sheet: Worksheet, row: int, columns: int) -> None:
    for column in range(1, columns + 1):
        cell = sheet.cell(row, column)
        cell.fill, cell.font = _SUM, Font(bold=True)


def _listed(sheet: Worksheet, head: Sequence[str], last: int, first: int = 1) -> None:
    """A long table: its header stays in sight, it can be filtered, its columns fit what is in the first rows of them."""
    sheet.freeze_panes = sheet.cell(first + 1, 1)
    sheet.auto_filter.ref = f"A{first}:{get_column_letter(len(head))}{max(first, last)}"
    for column in range(1, len(head) + 1):
        texts = [str(sheet.cell(row, column).value or "") for row in range(first, min(last, first + 50) + 1)]
        sheet.column_dimensions[get_column_letter(column)].width = min(_WIDEST, max(xlsx.display_width(text) for text in texts) + 3)
    printable(sheet)
