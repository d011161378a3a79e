"""Cells and rows that are refused, or warned about."""

from __future__ import annotations

from amdash.i18n.catalogue import N_

CELLS: dict[str, str] = {
    "date_order_assumed": N_("Dates such as 5/10/26 can be read two ways; they were read as month/day/year. Write 2026-05-10 if that is wrong."),
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
    "cell_error": N_("“{value}” is an error of the spreadsheet, not a value. Correct the formula and upload again."),
    "formula_uncalculated": N_("This formula was saved without its result. Open the file in Excel, save it and upload it again."),
    "date_year_unlikely": N_("The year of “{value}” lies outside 1990–2100, probably a slip of the pen. Correct it and upload again."),
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
}
