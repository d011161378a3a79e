"""A file as it is understood before anything is stored: every sheet, and the workbook as a whole."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from amdash.ingest import decisions, reader, workbook
from amdash.ingest.reader import NO_HINTS, Hints
from amdash.ingest.reading import ColumnReading, FileReading, Question, SheetReading, TableReading
from amdash.ingest.sheets import Known, read_sheet

_NOTHING: Mapping[str, Sequence[str]] = {}


def read_file(
    file: str,
    data: bytes,
    today: dt.date,
    mapping: Sequence[str] = (),
    *,
    hints: Hints = NO_HINTS,
    remembered: Mapping[str, Sequence[str]] = _NOTHING,
    people: frozenset[str] = frozenset(),
    progress: Callable[[float], None] | None = None,
) -> FileReading:
    """Read, recognise and check a file; stores nothing.

    ``mapping``: decisions of a person, see amdash.ingest.decisions; ``remembered``: those made before, by the scope of a sheet;
    ``people``: the account managers known so far; ``progress`` is told the share that is done. Errors: those of reader.read and of decisions.
    """
    decided = decisions.parse(mapping)
    hints = hints.reading(decisions.encodings_of_files(decided).get(file))
    sheets = reader.read(file, data, hints)
    corrects = workbook.marker(sheets)
    # The corrected rows are read under the name of the file that they came from: it may tell their year.
    known = Known(today, decided, remembered, people, corrects.get("file", file))
    readings = []
    cells = sum(len(sheet.rows) for sheet in sheets) or 1
    done = 0.0
    for sheet in sheets:
        if progress:
            # Half of the time goes into opening the file.
            progress(0.5 + 0.5 * done / cells)
        done += len(sheet.rows)
        if sheet.name != workbook.MARKER:
            readings.append(read_sheet(file, sheet, replace(known, taken=workbook.taken(corrects, sheet.name))))
    workbook.understand(readings, decided, people)
    if corrects:
        workbook.only_refused(readings, corrects)
    return FileReading(file, hashlib.sha256(data).hexdigest(), data, readings, corrects=corrects)


__all__ = ["ColumnReading", "FileReading", "Question", "SheetReading", "TableReading", "read_file"]
