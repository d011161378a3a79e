"""A template that is filled in and uploaded is understood without a word; one that is not filled in brings nothing."""

from __future__ import annotations

import dataclasses
import datetime as dt
import io
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from amdash.errors import AmdashError
from amdash.i18n import LANGUAGES, Language, translator
from amdash.i18n.messages import error_text
from amdash.ingest.preview import read_file
from amdash.ingest.reading import FileReading
from amdash.schema import TABLES, Field
from amdash.service import templates

TODAY = dt.date(2026, 11, 24)
BY_KIND: dict[str, tuple[Any, Any]] = {
    "name": ("A1024", "A1025"),
    "text": ("as agreed", "by phone"),
    "date": (dt.date(2026, 10, 5), dt.date(2026, 10, 6)),
    "datetime": (dt.datetime(2026, 10, 5, 9, 30), dt.datetime(2026, 10, 6, 10, 0)),
    "period": ("2026-09", "2026-10"),
    "money": (12800.5, 990),
    "number": (20, 3),
    "count": (4, 3),
    "hours": (2.5, 1.25),
    "percent": (0.904, 0.82),
    "score": (4, 3),
}
BY_FIELD: dict[str, tuple[Any, Any]] = {
    "name": ("李明", "王建国"),
    "manager": ("李明", "王建国"),
    "customer": ("华信五金", "Waverley Foods"),
    "scale": (5, 5),
    "likelihood": (9, 6),
    "left_on": (dt.date(2026, 10, 30), None),
    "resolved_at": (dt.datetime(2026, 10, 5, 18, 0), dt.datetime(2026, 10, 6, 18, 0)),
    "first_response_at": (dt.datetime(2026, 10, 5, 12, 0), dt.datetime(2026, 10, 6, 12, 0)),
    "kpi": ("sales_amount", "sales_amount"),
}
# What the first and the second choice of each list mean inside.
MEANINGS = {"sales": ("won", "lost"), "tickets": ("resolved", "open"), "complaints": ("resolved", "open"), "feedback": ("supervisor", "team")}


def ordered(table: str) -> list[Field]:
    return sorted(TABLES[table].fields, key=lambda field: not field.required)


def choices(sheet: Worksheet, column: int) -> list[str]:
    rules = [rule for rule in sheet.data_validations.dataValidation if rule.type == "list" and sheet.cell(2, column).coordinate in rule.sqref]
    return rules[0].formula1.strip('"').split(",") if rules else []


def fill(sheet: Worksheet, table: str) -> None:
    for column, field in enumerate(ordered(table), 1):
        for row in (0, 1):
            given = choices(sheet, column) if field.kind in {"flag", "status"} else BY_FIELD.get(field.name) or BY_KIND[field.kind]
            sheet.cell(row + 2, column).value = given[row]


def filled(table: str | None, language: Language) -> FileReading:
    name, data = templates.template(table, language)
    book = openpyxl.load_workbook(io.BytesIO(data))
    for one, sheet in zip(TABLES if table is None else [table], book.worksheets[1:], strict=True):
        fill(sheet, one)
    target = io.BytesIO()
    book.save(target)
    return read_file(name, target.getvalue(), TODAY)


def complaints(reading: FileReading) -> list[tuple[str, str, str | None]]:
    """What was said of the sheets that hold tables."""
    return [(issue.severity, issue.code, issue.column) for sheet in reading.sheets[1:] for issue in sheet.issues]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("table", TABLES)
def test_two_rows_of_every_table_are_understood_whole(table: str, language: Language) -> None:
    reading = filled(table, language)
    front, sheet = reading.sheets
    assert front.tables == []
    assert [found.table for found in sheet.tables] == [table]
    found = sheet.tables[0]
    assert sorted(found.mapping.values()) == sorted(TABLES[table].names)
    assert (found.read, found.accepted, found.refused) == (2, 2, 0)
    assert sheet.unused == []
    assert complaints(reading) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_workbook_of_all_tables_is_understood_whole(language: Language) -> None:
    reading = filled(None, language)
    assert [(found.table, found.accepted, found.refused) for sheet in reading.sheets for found in sheet.tables] == [(name, 2, 0) for name in TABLES]
    assert [len(sheet.unused) for sheet in reading.sheets] == [0] * (len(TABLES) + 1)
    assert not any(found.skipped for sheet in reading.sheets for found in sheet.tables)
    assert complaints(reading) == []


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("table", MEANINGS)
def test_the_choices_mean_what_they_stand_for(table: str, language: Language) -> None:
    frame = filled(table, language).sheets[1].tables[0].frame
    status = "source" if table == "feedback" else "status"
    assert tuple(frame[status]) == MEANINGS[table]
    for field in TABLES[table].fields:
        if field.kind == "flag":
            assert list(frame[field.name]) == [True, False]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_values_arrive_as_they_were_written(language: Language) -> None:
    sales = filled("sales", language).sheets[1].tables[0].frame
    assert list(sales["amount"]) == [12800.5, 990.0]
    assert list(sales["date"].dt.strftime("%Y-%m-%d")) == ["2026-10-05", "2026-10-06"]
    summary = filled("summary", language).sheets[1].tables[0].frame
    assert list(summary["period"]) == ["2026-09", "2026-10"]
    assert list(summary["satisfaction_pct"]) == [0.904, 0.82]
    assert list(summary["response_hours"]) == [2.5, 1.25]
    surveys = filled("surveys", language).sheets[1].tables[0].frame
    assert list(surveys["scale"]) == [5.0, 5.0]
    assert list(surveys["likelihood"]) == [9.0, 6.0]
    targets = filled("targets", language).sheets[1].tables[0].frame
    assert list(targets["kpi"]) == ["sales_amount", "sales_amount"]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("table", [None, *TABLES])
def test_an_untouched_template_brings_nothing_and_is_no_error(table: str | None, language: Language) -> None:
    name, data = templates.template(table, language)
    reading = read_file(name, data, TODAY)
    assert sum(found.accepted + found.refused for found in reading.tables) == 0
    assert [issue.code for sheet in reading.sheets for issue in sheet.issues if issue.severity == "error"] == []


@pytest.mark.parametrize(
    ("table", "language", "name"),
    [
        ("sales", "en", "template-sales-orders.xlsx"),
        ("sales", "zh", "模板-销售明细.xlsx"),
        (None, "zh", "模板-全部.xlsx"),
        (None, "en", "template-all.xlsx"),
    ],
)
def test_the_file_says_what_it_is(table: str | None, language: Language, name: str) -> None:
    assert templates.template(table, language)[0] == name


def test_an_unknown_table_is_named_with_the_known_ones() -> None:
    with pytest.raises(AmdashError) as caught:
        templates.template("salse", "en")
    assert (caught.value.code, caught.value.fields) == ("table_unknown", {"table": "salse", "known": list(TABLES)})
    for language in LANGUAGES:
        assert "salse" in error_text(translator(language), caught.value)
        assert "sales" in error_text(translator(language), caught.value)


def test_a_new_field_has_its_column_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    grown = dataclasses.replace(TABLES["sales"], fields=(*TABLES["sales"].fields, Field("discount", "percent", "Discount")))
    monkeypatch.setitem(TABLES, "sales", grown)
    sheet = openpyxl.load_workbook(io.BytesIO(templates.template("sales", "en")[1])).worksheets[1]
    last = sheet.cell(1, sheet.max_column)
    assert last.value == "Discount"
    assert last.comment.text == "A percentage.\nMay stay empty.\nExample: 95.0%"


def test_no_two_columns_of_a_sheet_are_called_alike() -> None:
    for language in LANGUAGES:
        book = openpyxl.load_workbook(io.BytesIO(templates.template(None, language)[1]))
        for sheet in book.worksheets[1:]:
            headers = [cell.value for cell in sheet[1]]
            assert len(set(headers)) == len(headers)


def test_all_are_written_and_again_the_same(tmp_path: Path) -> None:
    written = templates.write_all(tmp_path / "one")
    again = templates.write_all(tmp_path / "two")
    assert len(written) == len(set(written)) == 2 * (len(TABLES) + 1)
    assert [path.relative_to(tmp_path / "one") for path in written] == [path.relative_to(tmp_path / "two") for path in again]
    assert all(one.read_bytes() == other.read_bytes() for one, other in zip(written, again, strict=True))
