"""The refused rows of an import as a workbook: the original layout, the bad cells marked and explained, to correct and upload again."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import PurePath
from typing import Any

from amdash.errors import AmdashError, Issue
from amdash.i18n import Language, translator
from amdash.i18n.messages import reason
from amdash.ingest import reader
from amdash.ingest.preview import read_file
from amdash.ingest.reader import Hints
from amdash.ingest.reading import FileReading, SheetReading, TableReading
from amdash.ingest.sheet import CellError, Sheet
from amdash.ingest.workbook import ACCEPTED, COLUMN
from amdash.report.refusals import RefusedSheet, refusals, written_names
from amdash.service import access, imports
from amdash.service.workspace import OWNER, Workspace
from amdash.store import ImportRow

_ZIP_DATE = (1980, 1, 1, 0, 0, 0)


def workbook(ws: Workspace, import_id: int, language: Language, *, passwords: Sequence[str] = (), actor: str = OWNER) -> tuple[str, bytes]:
    """(file name, workbook) of the rows that an import refused; a ZIP of workbooks where several of its files had some.

    Errors: import_unknown, nothing_refused, those of reading the originals.
    """
    access.ask(actor, "read")
    row = next((one for one in ws.store.imports() if one.import_id == import_id), None)
    if row is None:
        raise AmdashError("import_unknown", import_id=import_id)
    books = {}
    for name, sha256 in row.files:
        for member, data in reader.unpack(name, ws.store.original(sha256)):
            sheets = _sheets(ws, row, member, data, passwords, language)
            if sheets:
                names = written_names([sheet.name for sheet, _ in sheets])
                said = {_in_sheet(key, name): value for name, (_, told) in zip(names, sheets, strict=True) for key, value in told.items()}
                origin = {"import": str(import_id), "file": member, **said}
                books[_name(member, language)] = refusals([sheet for sheet, _ in sheets], origin, language)
    if not books:
        raise AmdashError("nothing_refused", import_id=import_id)
    if len(books) == 1:
        return next(iter(books.items()))
    return f"amdash-{import_id}.zip", _zipped(books)


def _in_sheet(key: str, sheet: str) -> str:
    """A key of the marker with the sheet that it is about: accepted:SHEET:TABLE, column:SHEET:HEADER."""
    kind, _colon, rest = key.partition(":")
    return f"{kind}:{sheet}:{rest}"


def _name(member: str, language: Language) -> str:
    _ = translator(language)
    return f"{PurePath(member).stem}-{_('refused rows')}.xlsx"


def _zipped(books: dict[str, bytes]) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in books.items():
            archive.writestr(zipfile.ZipInfo(name, _ZIP_DATE), data)
    return target.getvalue()


def _sheets(
    ws: Workspace, row: ImportRow, member: str, data: bytes, passwords: Sequence[str], language: Language
) -> list[tuple[RefusedSheet, dict[str, str]]]:
    """The sheets of a file with refused rows; beside each, what the marker is to say of it."""
    hints = Hints(tuple(passwords), encoding=row.detail.get("encoding"))
    remembered = ws.store.decisions(before=row.import_id)
    people = imports.people_of(ws, row.revision - 1)
    reading = read_file(member, data, row.at.date(), row.detail.get("mapping", ()), hints=hints, remembered=remembered, people=people)
    originals = {sheet.name: sheet for sheet in reader.read(member, data, hints)}
    return [_sheet(originals[sheet.sheet], sheet, reading, language) for sheet in reading.sheets if any(_refusing(sheet))]


def _refusing(sheet: SheetReading) -> list[TableReading]:
    return [table for table in sheet.tables if table.refused_rows and not table.skipped]


def _sheet(original: Sheet, sheet: SheetReading, reading: FileReading, language: Language) -> tuple[RefusedSheet, dict[str, str]]:
    tables = _refusing(sheet)
    # One header serves all refused rows of a sheet: that of its first table with any.
    head = next((part for part in sheet.head if part[1] == tables[0].header_row), (1, tables[0].header_row))
    of_this = [table for table in sheet.tables if table.header_row == tables[0].header_row and not table.skipped]
    numbers = sorted({number for table in of_this for number in table.refused_rows})
    errors = [issue for issue in sheet.issues if issue.severity == "error" and issue.row in set(numbers)]
    marks, row_marks = _marks(errors, language)
    across = {place for table in of_this for place in table.across}
    carried = {number: cells for table in of_this for number, cells in table.carried.items()}
    spoken = {number: lines for table in of_this for number, lines in table.spoken.items()}
    rows: list[tuple[int, list[Any]]] = []
    said_last = tuple(_line(value) for values in original.rows[head[0] - 1 : head[1]] for value in values if isinstance(value, str))
    for number in numbers:
        # What a line said of the rows below it is said again wherever it changes.
        rows += [(0, [line]) for line in spoken.get(number, ()) if _line(line) not in said_last]
        said_last = tuple(map(_line, spoken.get(number, ())))
        rows.append((number, _cells(original, number, across, marks, carried.get(number, {}))))
    head_rows = [[_plain(value) for value in values] for values in original.rows[head[0] - 1 : head[1]]]
    said = {
        f"{ACCEPTED}{table.table}": ",".join(str(number) for number in numbers if number not in set(table.refused_rows))
        for table in of_this
        if set(numbers) - set(table.refused_rows)
    }
    said |= {f"{COLUMN}{column.header}": f"{tables[0].table}.{column.field}" for column in tables[0].columns if column.field and not across}
    return RefusedSheet(name=original.name, head=head_rows, rows=rows, header_rows=(len(head_rows),), marks=marks, row_marks=row_marks), said


def _marks(errors: Sequence[Issue], language: Language) -> tuple[dict[tuple[int, int], list[str]], dict[int, list[str]]]:
    """(row, column) -> what is wrong there, and row -> what is wrong with it as a whole."""
    _ = translator(language)
    cells: dict[tuple[int, int], list[str]] = {}
    rows: dict[int, list[str]] = {}
    for issue in errors:
        words = reason(_, issue)
        number = issue.row or 0
        if issue.cell:
            cells.setdefault((number, _column(issue.cell)), []).append(words)
        else:
            rows.setdefault(number, []).append(words)
    return cells, rows


def _column(cell: str) -> int:
    """The column of an address, from 0: 3 for 'D18'."""
    number = 0
    for letter in cell.rstrip("0123456789"):
        number = number * 26 + ord(letter) - 64
    return number - 1


def _cells(original: Sheet, number: int, across: set[int], marks: dict[tuple[int, int], list[str]], carried: Mapping[int, Any]) -> list[Any]:
    """The cells of a row with what labels above said of it; of months across, the accepted ones are left out, or they would count twice."""
    width = max(len(original.rows[number - 1]), max(carried, default=-1) + 1)
    own = [*original.rows[number - 1], *[None] * width][:width]
    values = [carried.get(place) if value is None else value for place, value in enumerate(own)]
    return [None if place in across and (number, place) not in marks else _plain(value) for place, value in enumerate(values)]


def _line(text: str) -> str:
    return text.replace(":", "：").replace(" ", "")


def _plain(value: Any) -> Any:
    return str(value) if isinstance(value, CellError) else value
