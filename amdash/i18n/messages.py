"""The wording of every error and issue: what, found, remedy. Where it is, is said in front."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from amdash.errors import AmdashError, Issue, IssueGroup
from amdash.i18n.catalogue import N_, Translator
from amdash.i18n.formats import month as month_in_words

WORDING: dict[str, str] = {
    # Whole files
    "file_empty": N_("The file is empty. Export it again, or choose another file."),
    "file_not_spreadsheet": N_("This is no spreadsheet that amdash can read. Save it as .xlsx or .csv and upload that."),
    "file_locked": N_(
        "The workbook is protected by a password. "
        "Enter the password on the upload page, or give it with --password on the command line; it is not kept."
    ),
    "file_too_large": N_("The workbook unpacks to {megabytes} MB, more than any sheet amdash reads. Split it by year and upload the parts."),
    "sheet_reaches_too_far": N_(
        "A sheet reaches to {cell}: a value stands far from the table. Delete the empty rows and columns around it, save, and upload again."
    ),
    "database_unusable": N_("The database of the workspace cannot be opened ({reason}). Check its address, or choose another folder."),
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
    "mapping_field_unknown": N_("“{mapping}”: {table} has no such field. It has: {known}."),
    "mapping_twice": N_("Two columns are said to be {field}: {columns}. Decide for one of them."),
    "mapping_column_missing": N_("No column is called “{column}”. The headers say: {found}."),
    "sheet_skipped": N_("The sheet was left out, as decided."),
    "sheet_is_copy": N_("Most records of this sheet ({n}) stand in the sheet “{other}” too. Only “{other}” was taken, so that nothing counts twice."),
    "filled_merged": N_("“{column}” has merged cells; rows below that were given their value: {n}."),
    "filled_down": N_(
        "“{column}” is filled only where it changes, so “{value}” and the like were carried down, "
        "from here on: {n} rows in all. Say so if an empty cell means nobody."
    ),
    "total_differs": N_("The total says {value}, the rows add up to {added}. Rows may be missing, or the total is out of date."),
    "rows_hidden": N_("Hidden or filtered rows were read like the others: {n}. Delete them in Excel if they should not count."),
    "headers_repeated": N_("The header stands again further down, as on printed pages; rows left out for that: {n}."),
    "alias_unknown": N_("“{name}” is no name that amdash knows ({field}). Near it are: {known}. Write it like one of these."),
    "alias_same": N_("“{alias}” and “{name}” are one name already: capitals, width and spaces do not matter. Choose two different names."),
    "alias_taken": N_("“{alias}” counts as “{name}” already. Undo that first if it is somebody else."),
    "alias_cycle": N_("“{name}” counts as “{alias}” already, so “{alias}” cannot count as “{name}” too. Undo the earlier merge first."),
    "alias_missing": N_("There is no decision number {alias_id} about names. See the list of merged names for the numbers."),
    "alias_undone_already": N_("Decision number {alias_id} about names was undone already, in revision {revision}. There is nothing left to undo."),
    "alias_kind_unknown": N_("Names of the kind “{kind}” cannot be merged. Choose one of: {known}."),
    "file_left_out": N_("{reason} It would be left out, and the other files stored."),
    "correction_orphaned": N_(
        "This file corrects rows of import {import_id}, which was taken back or belongs to another workspace. Upload the whole file again instead."
    ),
    "ask_column": N_("Two columns could be {field}. Which one is it?"),
    "ask_guess": N_("“{column}” was taken as {field}, because of what stands in it. Is that right?"),
    "ask_fill": N_("“{column}” is filled only where it changes ({n} cells are empty). Does an empty cell mean the same as above?"),
    "ask_sheet_name": N_("The sheet “{sheet}” names nobody in its rows. Is its name the account manager?"),
    "ask_copy": N_("“{sheet}” and “{other}” hold the same records ({n}). Which one counts?"),
    "ask_series": N_("{file}: {table} of the same months stand in “{other}” already. Is this another sheet beside it, or a new version of it?"),
    "ask_order": N_("Dates such as 5/10/26 in “{column}” can be read two ways. Which part comes first?"),
    "ask_comma": N_("A comma in “{column}” can separate thousands or decimals. Which is it?"),
    "ask_scale": N_("What are the scores in “{column}” out of?"),
    "ask_percent": N_("Are the figures in “{column}” shares (0.95) or percent (95)?"),
    "coverage_series_absent": N_("The sheet “{series}” has rows in other months and none in this one. Upload it for this month."),
    "coverage_rows_refused": N_("Rows refused when this was uploaded: {n}. See the history of uploads, correct them and upload the file again."),
    "coverage_ends_early": N_(
        "The last row of “{series}” is of {date}, long before the end of the month. If the sheet was saved too early, upload it again."
    ),
    "manager_unlisted": N_("{table}: “{manager}” is not on the list of account managers. Rows: {n}. Add the name to the list, or correct the rows."),
    "manager_unlisted_near": N_(
        "{table}: “{manager}” is not on the list of account managers. Rows: {n}. Near to it: {known}. Correct the rows, or add the name to the list."
    ),
    "target_manager_unknown": N_(
        "{table}: “{manager}” is not known as an account manager. Targets: {n}. Correct the name, or add it to the list of account managers."
    ),
    "target_manager_unknown_near": N_(
        "{table}: “{manager}” is not known as an account manager. Targets: {n}. Near to it: {known}. Correct the name, or add it to the list."
    ),
    "customer_unlisted": N_(
        "{table}: rows of customers who are not on the list of customers, such as {known}: {n}. Add them to the list, or correct the names."
    ),
    "complaint_without_customer": N_(
        "{table}: rows that name no customer, so that nobody can be called back: {n}. Fill in the customer and upload again."
    ),
    "customer_never_bought": N_(
        "{table}: rows of customers who stand in no sale, such as {known}: {n}. The name may be written differently; make the two the same."
    ),
    "summary_part_exceeds_whole": N_(
        "{table}: rows in which “{field}” is more than the number it is part of: {n}. It was taken as all of them. Check the two columns."
    ),
    "return_without_sale": N_(
        "{table}: order numbers that stand in no sale, such as {known}: {n}. Upload the sales of those orders, or correct the numbers."
    ),
    "row_repeated": N_(
        "{table}: rows that are the same as another one in everything: {n}. They are counted. Delete them in the sheet if they are copies."
    ),
    "key_repeated": N_("{table}: rows whose “{field}” another row has too, such as {known}: {n}. Give each its own, or delete the older row."),
    "managers_unlisted_more": N_(
        "{table}: more rows name people who are not known as account managers, such as {known}. Rows: {n}. Upload a complete list."
    ),
    "sale_without_manager": N_(
        "{table}: rows without an account manager, also not through customer or region: {n}. They count for the business alone. Fill it in."
    ),
    "summary_differs": N_(
        "{table}, {field}: {n} not as in the detail, which is used. Furthest apart: {manager}, {month}: {found} here, {expected} there. Check it."
    ),
    "summary_staff_withheld": N_(
        "{table}: employee satisfaction without the number of answers, so it is not shown (rows: {n}). Upload the answers themselves."
    ),
    "nothing_refused": N_("Import {import_id} refused no row; there is nothing to correct."),
    "cell_error": N_("“{value}” is an error of the spreadsheet, not a value. Correct the formula and upload again."),
    "formula_uncalculated": N_("This formula was saved without its result. Open the file in Excel, save it and upload it again."),
    "date_year_unlikely": N_("The year of “{value}” lies outside 1990–2100, probably a slip of the pen. Correct it and upload again."),
    "period_not_a_month": N_("“{value}” is a quarter or a year; this sheet needs a month. Write it like 2026-10 and upload again."),
    "currency_mixed": N_(
        "“{value}” is in another currency than the rest of its column. Convert it, or put it into a column of its own, and upload again."
    ),
    "count_not_whole": N_("“{value}” was left out: a count is a whole number. Correct it and upload again."),
    "scale_not_positive": N_("A scale of “{value}” is not possible. Write what the scores are out of, such as 5, and upload again."),
    "resolution_in_future": N_("“{value}” was left out: it lies in the future, so nothing is resolved yet. Correct the date and upload again."),
    "duration_unlikely": N_("“{value}” was left out: it is longer than a year. Check the unit of the column and upload again."),
    "percent_beyond_whole": N_("“{value}” was left out: it is more than 100 %. Correct it and upload again."),
    "resolved_beyond_complaints": N_(
        "“{value}” was left out: more complaints resolved than received. Correct one of the two numbers and upload again."
    ),
    "satisfied_beyond_responses": N_(
        "“{value}” was left out: more satisfied responses than responses. Correct one of the two numbers and upload again."
    ),
    "answered_beyond_tickets": N_("“{value}” was left out: more tickets answered than there were. Correct one of the two numbers and upload again."),
    "file_is_pdf": N_("This is a PDF, not a spreadsheet. Export the figures as .xlsx or .csv from where the PDF came from, and upload that."),
    "file_is_picture": N_("This is a picture, not a spreadsheet. Upload the sheet that it shows, as .xlsx or .csv."),
    "file_is_document": N_(
        "This is a text document or a presentation, not a spreadsheet. Copy its table into a new Excel sheet, save that as .xlsx, and upload it."
    ),
    "file_is_message": N_("This is a saved e-mail. Open it, save the sheet that is attached to it, and upload that."),
    "file_is_numbers": N_("This is a sheet of Apple Numbers. In Numbers, choose File, Export To, Excel, and upload that file."),
    "file_is_wps": N_("This is a sheet in WPS's own format. In WPS, save it as .xlsx and upload that."),
    "file_is_archive": N_("This is an archive of other files. Unpack it and upload the sheets in it."),
    "file_is_shortcut": N_("This is a shortcut that only points to a file. Upload the file itself: open its folder and choose it there."),
    "file_is_pointer": N_("This only stands for a file that was not downloaded (Git LFS). Download the file itself and upload that."),
    "file_is_database": N_("This is a database, not a spreadsheet. Export the table as .xlsx or .csv and upload that."),
    "file_is_lock": N_(
        "This is the small file that Excel keeps while a workbook is open. Upload the workbook itself, whose name does not begin with “~$”."
    ),
    "file_is_web_page": N_(
        "This is a web page without a table, such as a login or an error page, saved under the name of a sheet. "
        "Sign in where it came from and export the sheet again."
    ),
    "file_damaged": N_("The file is damaged or cut off, as after a broken download. Download or export it again and upload that."),
    "workbook_without_sheet": N_(
        "The workbook has no sheet with cells, only charts or macros. Save the sheet with the figures in it and upload that."
    ),
    "file_locked_elsewhere": N_(
        "The file is protected in a way that amdash cannot open, password or not. "
        "Remove the protection in the program it was made with, save, and upload it again."
    ),
    "password_wrong": N_("The password does not open the workbook. Mind capitals and spaces, and try again."),
    "encoding_asked": N_(
        "In which encoding this text was saved cannot be told. Choose the one that reads right: {samples}. On the command line: --encoding."
    ),
    "encoding_wrong": N_("The text is not in {encoding}: it cannot be read at line {line} (byte {byte}). Choose another encoding."),
    "encoding_unknown": N_("There is no text encoding called “{encoding}”. Common ones are utf-8, gb18030, big5 and cp1252."),
    "file_bytes_broken": N_(
        "The text is in {encoding}, but damaged in {n} places, first at line {line} (byte {byte}). "
        "Export the file again, or mend that line, and upload it."
    ),
    "quote_unclosed": N_(
        "A quotation mark opens at line {line} (“{value}”) and is not closed where its cell ends, "
        "so that the lines after it cannot be told apart. Close or delete it and upload again."
    ),
    "archive_holds_other": N_("The archive also holds files that are no spreadsheets: {names}. Take them out, or upload the sheets alone."),
    "archive_locked": N_("The archive is protected by a password. Unpack it and upload the sheets in it."),
    "archive_too_large": N_("The archive unpacks to {megabytes} MB, more than amdash takes at once. Upload the sheets in it a few at a time."),
    "archive_too_many": N_("The archive holds {n} files, more than amdash takes at once. Upload the sheets in it a few at a time."),
    "archive_too_deep": N_("There is an archive inside an archive inside an archive. Unpack it and upload the sheets in it."),
    "archive_empty": N_("There is no sheet in the archive. Choose another one, or upload the sheets themselves."),
    "table_unknown": N_("There is no table “{table}”. Known are: {known}."),
    "time_joined": N_("“{column}” holds the time of day of “{other}”; the two were read as one moment."),
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
    if isinstance(filled.get("columns"), list):
        filled["columns"] = _.comma.join(filled["columns"])
    if isinstance(filled.get("error"), AmdashError):
        filled["reason"] = error_text(_, filled["error"])
    if "issues" in filled:
        reasons = [issue_text(_, issue) for issue in filled["issues"] if issue.severity != "info"]
        filled["reasons"] = " ".join([*(error_text(_, error) for error in filled.get("errors", ())), *reasons])
    return _(WORDING[code], **filled) if filled else _(WORDING[code])


def issue_text(_: Translator, issue: Issue) -> str:
    """'March.xlsx, sheet 投诉, cell D18: “3月32日” is not a date. ...'"""
    return f"{place(_, issue)}{_.colon}{reason(_, issue)}"


def reason(_: Translator, issue: Issue) -> str:
    """What is wrong, and the remedy, without the place."""
    return wording(_, issue.code, {"column": issue.column or "", **issue.fields, "value": issue.value or ""})


def group_text(_: Translator, group: IssueGroup, named: int = 5) -> str:
    """The text of a group's first issue, and where the others stand."""
    text = issue_text(_, group.first)
    if group.n == 1:
        return text
    places = _.comma.join(group.places[:named]) + (_(" and so on") if group.n > named else "")
    return f"{text}{_.space}{_('{n} of this kind: {places}.', n=group.n, places=places)}"


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
