"""What was asked for and cannot be done: decisions, names, periods, imports, the workspace."""

from __future__ import annotations

from amdash.i18n.catalogue import N_

REQUESTS: dict[str, str] = {
    "slot_shrinks": N_(
        "{table} of {month} would go from {before} rows to {after}. A stray date in another month's sheet does that: check the dates."
    ),
    "slot_repeats": N_(
        "{table} of {month}: {before} of {after} rows stand in “{other}” already and would count twice. Give the file the name of that sheet."
    ),
    "import_doubtful": N_("Nothing was stored: {doubts} Say --yes if it is meant."),
    "slot_twice": N_("{table} of {month} stands in this file and in {other} too. Upload them one after the other: the second replaces the first."),
    "mapping_field_unknown": N_("“{mapping}”: {table} has no such field. It has: {known}."),
    "mapping_twice": N_("Two columns are said to be {field}: {columns}. Decide for one of them."),
    "mapping_column_missing": N_("No column is called “{column}”. The headers say: {found}."),
    "alias_unknown": N_("“{name}” is no name that amdash knows ({field}). Near it are: {known}. Write it like one of these."),
    "alias_same": N_("“{alias}” and “{name}” are one name already: capitals, width and spaces do not matter. Choose two different names."),
    "alias_taken": N_("“{alias}” counts as “{name}” already. Undo that first if it is somebody else."),
    "alias_cycle": N_("“{name}” counts as “{alias}” already, so “{alias}” cannot count as “{name}” too. Undo the earlier merge first."),
    "alias_missing": N_("There is no decision number {alias_id} about names. See the list of merged names for the numbers."),
    "alias_undone_already": N_("Decision number {alias_id} about names was undone already, in revision {revision}. There is nothing left to undo."),
    "alias_kind_unknown": N_("Names of the kind “{kind}” cannot be merged. Choose one of: {known}."),
    "nothing_refused": N_("Import {import_id} refused no row; there is nothing to correct."),
    "period_not_a_month": N_("“{value}” is a quarter or a year; this sheet needs a month. Write it like 2026-10 and upload again."),
    "mapping_invalid": N_("“{mapping}” does not say which column is which field. Write COLUMN=table.field with one of these tables: {tables}."),
    "kpi_unknown": N_("There is no KPI called “{kpi}”. Known are: {known}."),
    "manager_unknown": N_("There is no account manager called “{manager}”. Known are: {known}."),
    "month_invalid": N_("“{value}” is not a month. Write it like 2026-10."),
    "path_unusable": N_("This file or folder cannot be used ({reason}). Choose another one, or close the program that holds it."),
    "import_unknown": N_("There is no import number {import_id}. See the history for the numbers."),
    "import_undone_already": N_("Import number {import_id} was taken back already, at revision {revision}."),
    "revision_unknown": N_("There is no revision {revision}; the newest is {newest}."),
    "original_unknown": N_("There is no uploaded file with the fingerprint {sha256}."),
    "workspace_changed": N_("Somebody stored something else since this preview was made. Look at the preview again before you confirm."),
    "no_data_for_report": N_("There are no figures for {month} yet. Upload the sheets of that month first."),
    "actor_missing": N_("Nobody is named as the one who does this. Say who it is and try again."),
    "feedback_incomplete": N_("{field} is missing. Fill it in and save again."),
    "team_unknown": N_("There is no team called “{team}”. Known are: {known}."),
    "day_invalid": N_("“{value}” is not a day. Write it like 2026-10-05."),
    "tier_rule_unknown": N_("There is no tier rule called “{field}”. Known are: {known}."),
    "tier_rule_not_number": N_("“{value}” is no number for the tier rule {field}."),
    "tier_rule_out_of_range": N_("{value} is out of range for the tier rule {field}: from {least} to {most}."),
    "target_value_invalid": N_("“{value}” cannot be a target of “{field}”. Write a positive number, and a percentage as a part of 1: 0.95 for 95%."),
    "target_scope_twice": N_("A target is for {manager} or for the team {team}, not for both. Name one of them, or neither for everybody."),
    "target_not_a_total": N_("The target of “{field}” holds for every month alike: there is no sum to split. Set it from a month on."),
    "target_period_invalid": N_("“{value}” is neither a quarter nor a year. Write it like 2026-Q3 or 2026."),
    "target_split_unknown": N_("A sum cannot be split by “{value}”. Choose one of: {known}."),
    "target_weights_invalid": N_("The weights do not fit: there must be {n} of them, one for each month, none below 0 and not all of them 0."),
    "target_missing": N_("There is no target entry number {target_id}. See the list of targets for the numbers."),
    "target_undone_already": N_("Target entry number {target_id} was taken back already, in revision {revision}. There is nothing left to undo."),
}
