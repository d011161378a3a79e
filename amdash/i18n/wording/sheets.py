"""Sheets and tables: what was passed over, filled, compared, and what is asked of them."""

from __future__ import annotations

from amdash.i18n.catalogue import N_

SHEETS: dict[str, str] = {
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
    "table_unknown": N_("There is no table “{table}”. Known are: {known}."),
    "time_joined": N_("“{column}” holds the time of day of “{other}”; the two were read as one moment."),
    "sheet_only_notes": N_("The sheet holds notes and no table, and was passed over."),
}
