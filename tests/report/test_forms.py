"""Blank workbooks: what their headers, comments and rules say, and that nothing in them is cut off."""

from __future__ import annotations

import datetime as dt
import io
import re
import unicodedata
import zipfile

import openpyxl
import pytest
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from amdash.i18n import LANGUAGES, Language, translator
from amdash.metrics.catalogue import KPIS
from amdash.report import forms
from amdash.report.explanations import explained
from amdash.report.forms import Column, Form
from amdash.schema import TABLES, Field, Table

_BOX = re.compile(r"width:(\d+)px;height:(\d+)px")


def form(table: Table, **choices: tuple[str, ...]) -> Form:
    """A form whose headers are the field names."""
    return Form(table, table.name, tuple(Column(field, field.name, choices.get(field.name, ())) for field in table.fields))


def opened(table: Table, language: Language = "en", **choices: tuple[str, ...]) -> Worksheet:
    data = forms.workbook([form(table, **choices)], language)
    return openpyxl.load_workbook(io.BytesIO(data)).worksheets[1]


def rule_of(sheet: Worksheet, header: str) -> DataValidation:
    letter = next(cell.column_letter for cell in sheet[1] if cell.value.split("*")[0].split(" (")[0] == header)
    (rule,) = [rule for rule in sheet.data_validations.dataValidation if str(rule.sqref) == f"{letter}2:{letter}1001"]
    return rule


def width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in text)


def test_the_header_stands_bold_and_frozen_and_no_row_below() -> None:
    sheet = opened(TABLES["sales"])
    assert sheet.freeze_panes == "A2"
    assert sheet.max_row == 1
    assert all(cell.font.bold for cell in sheet[1])


def test_required_fields_carry_a_star_and_money_its_unit() -> None:
    assert [cell.value for cell in opened(TABLES["sales"])[1]][:3] == ["date*", "amount* ($)", "manager"]
    assert [cell.value for cell in opened(TABLES["sales"], "zh")[1]][:3] == ["date*", "amount*（元）", "manager"]


def test_hours_that_name_themselves_get_no_unit() -> None:
    _ = translator("en")
    field = TABLES["tickets"].field("response_hours")
    assert forms.header_of(TABLES["tickets"], Column(field, "Response hours"), _) == "Response hours"
    assert forms.header_of(TABLES["tickets"], Column(field, "Reply time"), _) == "Reply time (hours)"


def test_columns_are_formatted_by_what_they_hold() -> None:
    sheet = opened(TABLES["summary"])
    formats = {cell.value: sheet.column_dimensions[cell.column_letter].number_format for cell in sheet[1]}
    assert formats["period*"] == "@"
    assert formats["sales_amount ($)"] == "#,##0.00"
    assert formats["complaints"] == "#,##0"
    assert formats["satisfaction_pct"] == "0.0%"
    sales = opened(TABLES["tickets"])
    assert sales.column_dimensions["A"].number_format == "yyyy-mm-dd hh:mm"


def test_dates_have_limits() -> None:
    rule = rule_of(opened(TABLES["sales"]), "date")
    days = [dt.date(1899, 12, 30) + dt.timedelta(int(limit)) for limit in (rule.formula1, rule.formula2)]
    assert (rule.type, rule.operator, days) == ("date", "between", [dt.date(1990, 1, 1), dt.date(2100, 12, 31)])
    assert rule.error == "Please write a date between 1990 and 2100, like 2026-10-05."


@pytest.mark.parametrize(
    ("table", "field", "found"),
    [
        ("summary", "complaints", ("whole", "greaterThanOrEqual", "0", None)),
        ("summary", "response_hours", ("decimal", "greaterThanOrEqual", "0", None)),
        ("summary", "satisfaction_pct", ("decimal", "between", "0", "1")),
        ("targets", "value", ("decimal", "greaterThanOrEqual", "0", None)),
        # Money given back is negative.
        ("sales", "amount", ("decimal", "between", "-1000000000000", "1000000000000")),
        ("surveys", "scale", ("decimal", "between", "1", "100")),
        # Column B is the score, C what it is out of.
        ("surveys", "score", ("decimal", "between", "0", "IF(N($C2)>0,$C2,100)")),
        ("surveys", "likelihood", ("decimal", "between", "0", "10")),
        ("feedback", "rating", ("decimal", "between", "0", "100")),
        ("summary", "period", ("textLength", "equal", "7", None)),
    ],
)
def test_numbers_have_the_limits_of_their_kind(table: str, field: str, found: tuple[str, str, str, str | None]) -> None:
    rule = rule_of(opened(TABLES[table]), field)
    assert (rule.type, rule.operator, rule.formula1, rule.formula2) == found
    assert rule.showErrorMessage
    assert rule.error


def test_months_say_how_they_are_written_before_anything_is() -> None:
    rule = rule_of(opened(TABLES["targets"], "zh"), "period")
    assert (rule.showInputMessage, rule.prompt) == (True, "年和月，写成 2026-10 这样的文字。")


def test_lists_may_be_chosen_from_and_words_of_ones_own_stand() -> None:
    rule = rule_of(opened(TABLES["sales"], "zh", status=("已成交", "输单")), "status")
    assert (rule.type, rule.formula1, rule.errorStyle) == ("list", '"已成交,输单"', "warning")


def test_a_target_names_its_kpi_by_the_id() -> None:
    ids = forms.choices_of(TABLES["targets"], TABLES["targets"].field("kpi"))
    assert set(KPIS) - set(ids) == {"retention", "response_median", "response_p90", "improvement"}
    assert ids == tuple(name for name in KPIS if name in ids)
    # Longer ones stand on a sheet of their own.
    assert len(",".join(ids)) <= 255
    sheet = opened(TABLES["targets"], "zh", kpi=ids)
    assert rule_of(sheet, "kpi").errorStyle in (None, "stop")
    comment = next(cell.comment.text for cell in sheet[1] if cell.value == "kpi")
    assert "sales_amount（销售额）" in comment.split("\n")


@pytest.mark.parametrize("choices", [tuple(f"choice number {n}" for n in range(40)), ("yes, of course", "no")])
def test_a_list_that_a_rule_cannot_hold_stands_on_a_hidden_sheet(choices: tuple[str, ...]) -> None:
    data = forms.workbook([form(TABLES["sales"], status=choices, returned=choices)], "en")
    book = openpyxl.load_workbook(io.BytesIO(data))
    store = book["choices"]
    assert store.sheet_state == "hidden"
    assert [cell.value for cell in store["A"]] == list(choices)
    assert rule_of(book.worksheets[1], "status").formula1 == f"'choices'!$A$1:$A${len(choices)}"
    assert rule_of(book.worksheets[1], "returned").formula1 == f"'choices'!$B$1:$B${len(choices)}"


def test_every_header_is_explained_with_an_example_or_a_choice() -> None:
    for language in LANGUAGES:
        for table in TABLES.values():
            for cell in opened(table, language)[1]:
                lines = cell.comment.text.split("\n")
                assert len(lines) >= 2
                assert all(lines)


def test_every_field_is_described_in_words_of_its_own() -> None:
    general = {kind: explained(Table("x", "x", ()), Field("x", kind, "x"))[0] for table in TABLES.values() for kind in {f.kind for f in table.fields}}
    plain = [f"{table.name}.{field.name}" for table in TABLES.values() for field in table.fields if explained(table, field)[0] == general[field.kind]]
    # How far it has come is all there is to say of a status.
    assert plain == ["tickets.status", "complaints.status"]


def test_of_columns_of_which_one_is_enough_the_others_are_named() -> None:
    sheet = opened(TABLES["summary"])
    assert sheet["B1"].comment.text.split("\n")[1] == "Fill at least one of: manager, employee_no."
    assert sheet["E1"].comment.text.split("\n")[1] == "May stay empty."


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_is_cut_off(language: Language) -> None:
    data = forms.workbook([form(table) for table in TABLES.values()], language)
    book = openpyxl.load_workbook(io.BytesIO(data))
    front = book.worksheets[0]
    assert all(width(cell.value) <= front.column_dimensions["A"].width for cell in front["A"])
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for number, sheet in enumerate(book.worksheets[1:], 1):
            for cell in sheet[1]:
                assert width(cell.value) + 2 <= sheet.column_dimensions[cell.column_letter].width
            boxes = _BOX.findall(archive.read(f"xl/drawings/commentsDrawing{number}.vml").decode())
            assert len(boxes) == len(sheet[1])
            for (across, high), cell in zip(boxes, sheet[1], strict=True):
                # A letter takes 7 pixels and a line 18, in the font that Excel gives to comments.
                lines = sum(-(-width(line) * 7 // int(across)) for line in cell.comment.text.split("\n"))
                assert int(high) >= 18 * lines


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_first_sheet_says_how_in_five_short_lines(language: Language) -> None:
    front = openpyxl.load_workbook(io.BytesIO(forms.workbook([form(TABLES["sales"])], language))).worksheets[0]
    assert front.title == {"zh": "说明", "en": "Read me"}[language]
    lines = [cell.value for cell in front["A"]]
    assert [line[:2] for line in lines[1:]] == ["1.", "2.", "3.", "4.", "5."]
    assert front.max_column == 1
    assert max(map(width, lines)) <= 100


def test_without_a_form_only_the_first_sheet_remains() -> None:
    assert openpyxl.load_workbook(io.BytesIO(forms.workbook([], "en"))).sheetnames == ["Read me"]


def test_a_form_may_not_take_the_name_of_the_first_sheet() -> None:
    sheet = Form(TABLES["sales"], "read ME", form(TABLES["sales"]).columns)
    assert openpyxl.load_workbook(io.BytesIO(forms.workbook([sheet, sheet], "en"))).sheetnames == ["Read me", "read ME (2)", "read ME (3)"]
