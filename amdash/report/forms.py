"""Blank workbooks to fill in, made from the canonical tables: a sheet per table, every column explained and checked by Excel itself."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.utils.datetime import to_excel
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from amdash.i18n import N_, Language, Translator, translator
from amdash.metrics.catalogue import KPIS
from amdash.report import xlsx
from amdash.report.explanations import explained
from amdash.schema import Field, Kind, Table

ROWS = 1000
EARLIEST, LATEST = dt.date(1990, 1, 1), dt.date(2100, 12, 31)
_MOMENT = dt.datetime(2026, 1, 1)
_REQUIRED = PatternFill("solid", fgColor="C6DCF0")
_FORMATS: Mapping[Kind, str] = {
    # As text, or Excel would make a day of 2026-10.
    "period": "@",
    "name": "@",
    "date": "yyyy-mm-dd",
    "datetime": "yyyy-mm-dd hh:mm",
    "money": "#,##0.00",
    "count": "#,##0",
    "hours": "#,##0.00",
    "percent": "0.0%",
}
_WIDTHS: Mapping[Kind, int] = {"text": 24, "name": 16, "date": 13, "datetime": 18, "money": 16}
_LONG_TEXTS = {"content": 48, "comment": 48, "action": 36}
_NARROWEST = 11
# Sales may be negative where money was given back, as may quantities; what is planned may not.
_NEVER_NEGATIVE = {"value", "sales_target"}
_LIMITS = {"scale": (1, 100)}
_ANY_NUMBER = (-(10**12), 10**12)
# A longer list of columns would say nothing.
_MOST_NAMED = 3
_UNLIMITED_SCORE = 100
# How likely somebody is to recommend is asked from 0 to 10, whatever the other questions are out of.
_ALWAYS_OUT_OF = {"likelihood": 10}
# Excel holds no longer list in a validation, and no comma inside an item.
_LONGEST_LIST = 255
_HOW_TO = (
    N_("One row per record, straight below the header. Leave the header as it is."),
    N_("Columns marked with * must be filled. The others may stay empty or be deleted."),
    N_("Point at a header to read what belongs in its column, with an example."),
    N_("Write dates like 2026-10-05 and amounts as plain numbers."),
    N_("Save the workbook and upload it. Nothing counts before you have seen what was understood."),
)


@dataclass(frozen=True)
class Column:
    """``header``: the words by which the column is recognised. ``choices``: what may stand in it, empty where anything may."""

    field: Field
    header: str
    choices: tuple[str, ...] = ()


@dataclass(frozen=True)
class Form:
    """A blank sheet for a table. ``columns`` in the order in which they are to stand."""

    table: Table
    sheet: str
    columns: tuple[Column, ...]


def workbook(forms: Sequence[Form], language: Language) -> bytes:
    """A sheet that says how to use it, then one for each form, without any row; the same bytes on every run."""
    _ = translator(language)
    book = Workbook()
    front = book.worksheets[0]
    names = xlsx.sheet_names([_("Read me"), *(form.sheet for form in forms)])
    front.title = names[0]
    _write_front(front, _)
    for form, name in zip(forms, names[1:], strict=True):
        _write(book.create_sheet(name), form, _)
    return xlsx.saved(book, _MOMENT)


def header_of(table: Table, column: Column, _: Translator) -> str:
    """The header as it is written: 销售额*（元）. The star and the unit are not looked at when it is recognised."""
    unit = {"money": _("($)"), "hours": _("(hours)")}.get(column.field.kind, "")
    # Response hours say it themselves.
    unit = "" if unit.strip("()（）") in column.header else unit
    text = f"{column.header}{'*' if column.field.required else ''}"
    return f"{text}{unit if _.language == 'zh' or not unit else ' ' + unit}"


def _write_front(page: Worksheet, _: Translator) -> None:
    lines = [_("How to fill in this workbook"), *(f"{number}. {_(line)}" for number, line in enumerate(_HOW_TO, 1))]
    for number, line in enumerate(lines, 1):
        xlsx.put_text(page.cell(number, 1), line)
        page.row_dimensions[number].height = 22
    page.cell(1, 1).font = Font(bold=True, size=14)
    page.column_dimensions["A"].width = max(map(xlsx.display_width, lines)) + 6
    page.sheet_view.showGridLines = False


def _write(page: Worksheet, form: Form, _: Translator) -> None:
    letters = {column.field.name: get_column_letter(place) for place, column in enumerate(form.columns, 1)}
    for place, column in enumerate(form.columns, 1):
        cell, spec = page.cell(1, place), column.field
        header = header_of(form.table, column, _)
        xlsx.put_text(cell, header)
        cell.font, cell.border, cell.fill = Font(bold=True), xlsx.LINE, _REQUIRED if spec.required else xlsx.HEADER
        cell.alignment = Alignment(vertical="center")
        cell.comment = xlsx.comment(_explanation(form, column, _))
        across = page.column_dimensions[letters[spec.name]]
        # The width of a bold header, and of what may be chosen.
        chosen = max(map(xlsx.display_width, column.choices), default=0)
        across.width = max(_width(spec), round(xlsx.display_width(header) * 1.15) + 3, chosen + 3)
        across.number_format = _FORMATS.get(spec.kind, "General")
        rule = _list(page, form.table, column, _) if column.choices else _rule(spec, letters)
        if rule is not None:
            _say(rule, header, column, _)
            rule.add(f"{letters[spec.name]}2:{letters[spec.name]}{ROWS + 1}")
            page.add_data_validation(rule)
    page.row_dimensions[1].height = 24
    page.freeze_panes = "A2"


def _width(spec: Field) -> int:
    return _LONG_TEXTS.get(spec.name, _WIDTHS.get(spec.kind, _NARROWEST))


def choices_of(table: Table, spec: Field) -> tuple[str, ...]:
    """What a field allows by its nature; empty for all others. A target names its KPI by the id, which is the same in both languages."""
    if (table.name, spec.name) != ("targets", "kpi"):
        return ()
    # What is told from the others, or from cases, is rarely given a target; Excel takes a list of 255 characters.
    return tuple(kpi.id for kpi in KPIS.values() if kpi.measure in ("ratio", "mean", "total") and kpi.window_months == 1)


def _explanation(form: Form, column: Column, _: Translator) -> str:
    table, spec = form.table, column.field
    sentence, example = (_(text) for text in explained(table, spec))
    group = next((names for names in table.one_of if spec.name in names and len(names) <= _MOST_NAMED), ())
    needed = _("Must be filled.") if spec.required else _("May stay empty.")
    if group:
        needed = _("Fill at least one of: {columns}.", columns=_.comma.join(one.header for one in form.columns if one.field.name in group))
    lines = [sentence, needed]
    if column.choices and column.choices == choices_of(table, spec):
        lines.append(_("One of:"))
        lines += [f"{kpi} ({_(KPIS[kpi].name)})" if _.language == "en" else f"{kpi}（{_(KPIS[kpi].name)}）" for kpi in column.choices]
    elif column.choices:
        lines.append(_("One of: {choices}.", choices=_.comma.join(column.choices)))
    elif example:
        lines.append(_("Example: {example}", example=example))
    return "\n".join(lines)


def _list(page: Worksheet, table: Table, column: Column, _: Translator) -> DataValidation:
    """The choices of a column: in the rule itself, or on a hidden sheet where they are too long for it."""
    formula = f'"{",".join(column.choices)}"'
    if len(formula) - 2 > _LONGEST_LIST or any("," in choice or '"' in choice for choice in column.choices):
        book = page.parent
        name = _("choices")
        store = book[name] if name in book.sheetnames else book.create_sheet(name)
        store.sheet_state = "hidden"
        place = 1 if store.cell(1, 1).value is None else store.max_column + 1
        for number, choice in enumerate(column.choices, 1):
            xlsx.put_text(store.cell(number, place), choice)
        letter = get_column_letter(place)
        formula = f"'{name}'!${letter}$1:${letter}${len(column.choices)}"
    # Words of one's own are understood, too: Excel asks, but lets them stand. A KPI is none of these.
    return DataValidation("list", formula1=formula, errorStyle="stop" if choices_of(table, column.field) else "warning")


def _rule(spec: Field, letters: Mapping[str, str]) -> DataValidation | None:
    """What Excel checks in a column; None where every text is right."""
    if spec.kind == "period":
        return DataValidation("textLength", operator="equal", formula1="7", errorStyle="warning")
    if spec.kind == "score":
        # Very satisfied, or four stars, are scores as well.
        return DataValidation("decimal", operator="between", formula1="0", formula2=_best_score(spec, letters), errorStyle="warning")
    if spec.kind in {"date", "datetime"}:
        return DataValidation("date", operator="between", formula1=_serial(EARLIEST), formula2=_serial(LATEST))
    if spec.kind == "count":
        return DataValidation("whole", operator="greaterThanOrEqual", formula1="0")
    if spec.kind == "percent":
        return DataValidation("decimal", operator="between", formula1="0", formula2="1")
    if spec.kind == "hours" or spec.name in _NEVER_NEGATIVE:
        return DataValidation("decimal", operator="greaterThanOrEqual", formula1="0")
    if spec.kind in {"money", "number"}:
        low, high = _LIMITS.get(spec.name, _ANY_NUMBER)
        return DataValidation("decimal", operator="between", formula1=str(low), formula2=str(high))
    return None


def _best_score(spec: Field, letters: Mapping[str, str]) -> str:
    """The highest score: what the row's own scale says, where it has one."""
    if spec.name in _ALWAYS_OUT_OF:
        return str(_ALWAYS_OUT_OF[spec.name])
    stated = letters.get("scale")
    return f"IF(N(${stated}2)>0,${stated}2,{_UNLIMITED_SCORE})" if stated else str(_UNLIMITED_SCORE)


def _serial(day: dt.date) -> str:
    return str(int(to_excel(day)))


_ERRORS: Mapping[str, str] = {
    "list": N_("Please choose from the list."),
    "textLength": N_("Please write the month like 2026-10."),
    "date": N_("Please write a date between 1990 and 2100, like 2026-10-05."),
    "whole": N_("Please write a whole number, 0 or more."),
    "decimal": N_("Please write a number."),
}


def _say(rule: DataValidation, header: str, column: Column, _: Translator) -> None:
    """What Excel shows when something does not fit, and beside the cells of a month before anything is written."""
    rule.allow_blank, rule.showErrorMessage = True, True
    rule.errorTitle = header[:32]
    words = _(_ERRORS[str(rule.type)])
    if column.field.kind == "percent":
        words = _("Please write a percentage from 0% to 100%.")
    elif rule.operator == "greaterThanOrEqual" and rule.type == "decimal":
        words = _("Please write a number, 0 or more.")
    elif column.field.name in _LIMITS:
        low, high = _LIMITS[column.field.name]
        words = _("Please write a number from {low} to {high}.", low=low, high=high)
    elif column.field.kind == "score":
        words = _("Please write a score from 0 to the full score.")
    rule.error = words
    if column.field.kind == "period":
        rule.showInputMessage, rule.promptTitle, rule.prompt = True, header[:32], _("Year and month as text, like 2026-10.")
