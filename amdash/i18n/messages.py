"""The wording of every error and issue: what, found, remedy. Where it is, is said in front."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from amdash.errors import AmdashError, Issue
from amdash.i18n.catalogue import N_, Translator
from amdash.i18n.formats import month as month_in_words

WORDING: dict[str, str] = {
    # Whole files
    "file_empty": N_("The file is empty. Export it again, or choose another file."),
    "file_not_spreadsheet": N_("This is no spreadsheet that amdash can read. Save it as .xlsx or .csv and upload that."),
    "file_locked": N_("The workbook is protected by a password. Remove the password in Excel (File, Info, Protect Workbook) and upload it again."),
    "file_too_large": N_("The workbook unpacks to {megabytes} MB, more than any sheet amdash reads. Split it by year and upload the parts."),
    "sheet_reaches_too_far": N_(
        "A sheet reaches to {cell}: a value stands far from the table. Delete the empty rows and columns around it, save, and upload again."
    ),
    "database_unusable": N_("The database of the workspace cannot be opened ({reason}). Check its address, or choose another folder."),
    "file_encoding_unknown": N_("The text of this file is in an encoding that cannot be told. In Excel, save it as “CSV UTF-8” and upload that."),
    "nothing_understood": N_("There is nothing in these files that can be stored. {reasons}"),
    "slot_shrinks": N_(
        "{table} of {month} would go from {before} rows to {after}. A stray date in another month's sheet does that: check the dates."
    ),
    "slot_repeats": N_(
        "{table} of {month}: {before} of {after} rows stand in “{other}” already and would count twice. Give the file the name of that sheet."
    ),
    "import_doubtful": N_("Nothing was stored: {doubts} Say --yes if it is meant."),
    "slot_twice": N_("{table} of {month} stands in this file and in {other} too. Upload them one after the other: the second replaces the first."),
    # Sheets
    "sheet_hidden": N_("The sheet is hidden and was passed over. Unhide it in Excel if it should be read."),
    "sheet_empty": N_("The sheet is empty and was passed over."),
    "sheet_no_header": N_(
        "No header row was recognised (the first row says: {found}). Give the columns names such as Date, Account manager, Customer, Amount."
    ),
    "table_lacks_column": N_(
        "It looks like {table}, but these columns are missing: {missing}. The header says: {found}. Add them, or rename what is meant."
    ),
    "table_no_rows": N_("There is a header but no row below it, so nothing was read."),
    "year_missing": N_("The header names months but no year. Write the year into the title, the sheet name or the file name, e.g. “Targets 2026”."),
    "rows_name_nobody": N_(
        "Rows that name no account manager: {n}, from here on. They count for the business alone. If the cells are merged, unmerge and fill them."
    ),
    "note_row": N_("A note, not a row of the table: “{value}”. It was left out."),
    "date_order_assumed": N_("Dates such as 5/10/26 can be read two ways; they were read as month/day/year. Write 2026-05-10 if that is wrong."),
    # Cells
    "value_required": N_("{field} is empty. Fill it in and upload again."),
    "value_not_date": N_("“{value}” is not a date. Write it like 2026-10-31 and upload again."),
    "value_not_month": N_("“{value}” is not a month. Write it like 2026-10 and upload again."),
    "value_not_number": N_("“{value}” is not a number. Enter a number, or leave the cell empty, and upload again."),
    "value_not_duration": N_("“{value}” is not a duration. Write hours such as 2.5, or 2:30, and upload again."),
    "value_not_flag": N_("“{value}” is neither yes nor no; it was taken as not known."),
    "value_not_text": N_("“{value}” cannot be read as text. Type it in again and upload."),
    "deal_status_unknown": N_(
        "The status “{value}” is not known; the row was kept, but does not count as a sale. Write it as closed, open, lost or cancelled."
    ),
    "value_status_unknown": N_("The status “{value}” is not known; the row was kept without one."),
    "value_negative": N_("“{value}” is below zero, which cannot be. Correct it and upload again."),
    "score_beyond_scale": N_("“{value}” is more than the scale of this column allows. Correct it and upload again."),
    "date_in_future": N_("“{value}” lies in the future. Correct the date and upload again."),
    "response_before_opening": N_("The first response “{value}” is earlier than the opening. Correct one of the two and upload again."),
    "resolution_before_opening": N_("The resolution “{value}” is earlier than the opening. Correct one of the two and upload again."),
    "left_before_hired": N_("The leaving date “{value}” is earlier than the hiring date; it was left out."),
    # Decisions and requests
    "mapping_invalid": N_("“{mapping}” does not say which column is which field. Write COLUMN=table.field with one of these tables: {tables}."),
    "kpi_unknown": N_("There is no KPI called “{kpi}”. Known are: {known}."),
    "manager_unknown": N_("There is no account manager called “{manager}”. Known are: {known}."),
    "month_invalid": N_("“{value}” is not a month. Write it like 2026-10."),
    "path_unusable": N_("This file or folder cannot be used ({reason}). Choose another one, or close the program that holds it."),
    "file_missing": N_("There is no such file. Check the name and the folder."),
    "import_unknown": N_("There is no import number {import_id}. See the history for the numbers."),
    "import_undone_already": N_("Import number {import_id} was taken back already, at revision {revision}."),
    "revision_unknown": N_("There is no revision {revision}; the newest is {newest}."),
    "original_unknown": N_("There is no uploaded file with the fingerprint {sha256}."),
    "workspace_changed": N_("Somebody stored something else since this preview was made. Look at the preview again before you confirm."),
    "no_data_for_report": N_("There are no figures for {month} yet. Upload the sheets of that month first."),
    "actor_missing": N_("Nobody is named as the one who does this. Say who it is and try again."),
    "feedback_incomplete": N_("{field} is missing. Fill it in and save again."),
}


def wording(_: Translator, code: str, fields: Mapping[str, Any]) -> str:
    """The sentence for a code, in the translator's language."""
    filled = dict(fields)
    for name in ("table", "field"):
        if isinstance(filled.get(name), str):
            filled[name] = _(filled[name])
    if isinstance(filled.get("missing"), list):
        filled["missing"] = _.comma.join(_(title) for title in filled["missing"])
    if isinstance(filled.get("month"), str):
        filled["month"] = month_in_words(filled["month"], _.language) if filled["month"] else _("the list")
    if isinstance(filled.get("known"), list | tuple):
        filled["known"] = _.comma.join(filled["known"])
    if "doubts" in filled:
        filled["doubts"] = " ".join(wording(_, doubt.code, doubt.fields) for doubt in filled["doubts"])
    if "issues" in filled:
        filled["reasons"] = " ".join(issue_text(_, issue) for issue in filled["issues"] if issue.severity != "info")
    return _(WORDING[code], **filled) if filled else _(WORDING[code])


def issue_text(_: Translator, issue: Issue) -> str:
    """'March.xlsx, sheet 投诉, cell D18: “3月32日” is not a date. ...'"""
    return f"{place(_, issue)}{_.colon}{wording(_, issue.code, {**issue.fields, 'value': issue.value or ''})}"


def error_text(_: Translator, error: AmdashError) -> str:
    """The same for an error; the file in front where it names one."""
    words = wording(_, error.code, error.fields)
    return f"{error.fields['file']}{_.colon}{words}" if "file" in error.fields else words


def place(_: Translator, issue: Issue) -> str:
    """File, sheet and cell (or row) of an issue."""
    parts = [issue.file]
    if issue.sheet is not None:
        parts.append(_("sheet {sheet}", sheet=issue.sheet))
    if issue.cell is not None:
        parts.append(_("cell {cell}", cell=issue.cell))
    elif issue.row is not None:
        parts.append(_("row {row}", row=issue.row))
    return ("，" if _.language == "zh" else ", ").join(parts)
