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
    "target_value_invalid": N_("“{value}” cannot be a target of “{field}”. Write a positive number; on the command line 95% is written 95% or 0.95."),
    "scope_twice": N_("This is for {manager} or for the team {team}, not for both. Name one of them, or neither for everybody."),
    "target_not_a_total": N_("The target of “{field}” holds for every month alike: there is no sum to split. Set it from a month on."),
    "target_period_invalid": N_("“{value}” is neither a quarter nor a year. Write it like 2026-Q3 or 2026."),
    "target_split_unknown": N_("A sum cannot be split by “{value}”. Choose one of: {known}."),
    "target_weights_invalid": N_("The weights do not fit: there must be {n} of them, one for each month, none below 0 and not all of them 0."),
    "target_missing": N_("There is no target entry number {target_id}. See the list of targets for the numbers."),
    "target_undone_already": N_("Target entry number {target_id} was taken back already, in revision {revision}. There is nothing left to undo."),
    "setting_unknown": N_("“{value}” is no setting. Write NAME=VALUE with one of these names: {known}."),
    "setting_not_number": N_("“{value}” is no number for {field}."),
    "promise_out_of_range": N_("{value} hours cannot be the promised time: it must be above 0 and at most {most}."),
    "hours_unreadable": N_("The opening hours cannot be read at “{key}”. Write them like mon-fri 09:00-12:00 13:00-18:00; sat 09:00-12:00."),
    "hours_none": N_("The opening hours name no hour at all. Name at least one day, or let every hour count."),
    "hours_weekday_unknown": N_("“{weekday}” is no weekday. They are called {known}."),
    "hours_time_invalid": N_("“{value}” ({weekday}) is no time of day. Write it like 09:00."),
    "hours_span_empty": N_("Opening and closing are the same time ({start}, {weekday})."),
    "hours_overlap": N_("The hours {span} ({weekday}) overlap with {other_span} ({other_weekday})."),
    "hours_day_invalid": N_("“{value}” is not a day. Write it like 2026-10-05."),
    "hours_day_both": N_("{date} is both a closing day and an extra working day."),
    "country_unknown": N_("There are no holidays for a country “{country}”. Use a code such as CN, DE or US."),
    "subdivision_unknown": N_("“{subdivision}” is no part of {country}. Known are: {known}."),
    "plan_month_invalid": N_("“{value}” is not a month for {field} of a plan. Write it like 2026-10."),
    "plan_due_before_start": N_("The plan is due in {due}, before it starts in {started}."),
    "plan_value_invalid": N_(
        "“{value}” cannot be {field} of a plan. Write a number that the KPI can reach, and a percentage as a part of 1: 0.95 for 95%."
    ),
    "cadence_interval_unknown": N_("“{value}” is no interval for feedback. Known are: {known}."),
    "cadence_days_not_whole": N_("“{value}” is no whole number of days."),
    "cadence_days_out_of_range": N_("{value} days are out of range: from {least} to {most}."),
    "cadence_rule_unknown": N_("There is no rule for feedback called “{field}”. Known are: {known}."),
    "no_figures": N_("There are no figures yet. Upload the sheets first."),
    "weight_unknown": N_("The weighted score has no group called “{field}”. Known are: {known}."),
    "weight_out_of_range": N_("“{value}” cannot be the weight of {field}. Write a number from {least} to {most}."),
    "weights_all_zero": N_("All weights together must be above 0: give at least one group a weight."),
    "attainment_from_unknown": N_("Sales targets cannot be compared with “{value}”. Choose one of: {known}."),
    "calendar_empty": N_(
        "No feedback will be due, so there is nothing for a calendar. Name account managers first, or see the settings for how often it is wanted."
    ),
    "feedback_rating_invalid": N_("“{value}” cannot be a rating. Write a number from {least} to {most}."),
    "plan_missing": N_("There is no plan number {plan_id}. See the list of plans for the numbers."),
    "plan_undone_already": N_("Plan number {plan_id} was taken back, in revision {revision}. Agree on a new one."),
    "plan_note_missing": N_("Plan number {plan_id} has no note number {note_id}. See the list of plans for the numbers."),
    "plan_note_undone_already": N_("Note number {note_id} was taken back already, in revision {revision}. There is nothing left to undo."),
    "plan_closed_already": N_("Plan number {plan_id} was closed on {date}. Reopen it first, or agree on a new one."),
    "plan_not_closed": N_("Plan number {plan_id} is not closed, so there is nothing to reopen. See the list of plans for the numbers."),
    "plan_kpi_unsuited": N_(
        "No plan can be judged by “{field}”: its neighbouring months are made of the same figures. Choose a KPI that stands behind it."
    ),
    "plan_measure_unknown": N_("“{value}” is no kind of measure. Choose one of: {known}; or leave it out."),
    "entry_incomplete": N_("{field} is missing. Fill it in and save again."),
    "entry_day_ahead": N_("“{value}” lies in the future. Write the day on which it happened."),
    "annotation_missing": N_("There is no annotation number {annotation_id}. See the list of annotations for the numbers."),
    "annotation_undone_already": N_(
        "Annotation number {annotation_id} was taken back already, in revision {revision}. There is nothing left to undo."
    ),
    "annotation_kind_unknown": N_("“{value}” is no kind of annotation. Choose one of: {known}."),
    "unknown_engine": N_("“{engine}” is no engine that figures can be computed on. Set AMDASH_ENGINE to one of {known}, or leave it out."),
    "engine_missing": N_(
        "AMDASH_ENGINE says {engine}, which is not installed here. Install it with: pip install {engine}; or leave AMDASH_ENGINE out."
    ),
    "no_targets_in_files": N_(
        "There are no targets in {files}. A sheet of targets has the columns period and target; “amdash template targets” makes a blank one."
    ),
    "kpi_not_compared": N_("“{field}” is no sum of cases: nobody can say what chance does to it. Compare another KPI, or see it in the scorecard."),
    "one_manager_at_a_time": N_("Slices are of everybody or of one manager, not of {managers} together. Name one of them."),
    "dimension_unknown": N_("Figures cannot be told by “{value}”. Choose one of: {known}."),
    "kpi_not_weekly": N_("“{field}” is a figure of whole months and cannot be told by the week. See it by the month."),
    "window_out_of_range": N_("{value} periods cannot be shown. Ask for 1 to {most} of them."),
    "company_text_too_long": N_("{field}: {n} characters are too many for one line of the report; {most} fit. Shorten it."),
    "colour_unreadable": N_("“{value}” is not a colour. Write it like #1d6fb8."),
    "colour_too_light": N_(
        "{value} is too light to be read on white paper: its contrast is {found} : 1, and text needs {least} : 1. The same colour, darker: {darker}."
    ),
    "language_unknown": N_("“{value}” is no language of the pages. Known are: {known}."),
    "company_unknown": N_("“{value}” says nothing about the company. Write NAME=VALUE with one of these names: {known}."),
    "logo_too_large": N_("The logo has {kilobytes} kB; up to {most} kB are taken. Save it smaller and choose it again."),
    "logo_not_image": N_("The file is neither a PNG nor a JPEG picture, whatever its name says. Save the logo as one of them and choose it again."),
    "logo_too_many_pixels": N_("The logo is {width} × {height} pixels; up to {most} a side are taken. Save it smaller and choose it again."),
    "logo_unusable": N_(
        "The logo cannot be printed: the file is damaged, or in the four inks of a printing press (CMYK). "
        "Open it in a picture program, save it as PNG and choose it again."
    ),
    "feedback_missing": N_(
        "No feedback entry number {feedback_id} was written in amdash. See the log for the numbers; uploaded entries are corrected in their file."
    ),
    "feedback_ended_already": N_(
        "Feedback entry number {feedback_id} was corrected or taken back already, in revision {revision}. See the log for what stands now."
    ),
    "feedback_stands": N_("Feedback entry number {feedback_id} stands as it is: there is nothing to undo."),
    "proposal_missing": N_("There is no proposal number {proposal_id} of a target. See the list of proposals for the numbers."),
    "proposal_undone_already": N_(
        "Proposal number {proposal_id} was withdrawn already, in revision {revision}. Propose the target anew if it is wanted."
    ),
    "proposal_set_already": N_("The target of proposal number {proposal_id} is set. Take the target back first if it is to change."),
    "proposal_unheard": N_("Not set yet: {managers} said nothing of it. Write down what they say first."),
    "stance_unknown": N_("“{value}” is no answer to a proposal. Choose one of: {known}."),
    "answer_without_words": N_("The words are missing. Write down why, or what is to be considered, and save again."),
    "answer_of_nobody": N_("Nobody is named. Say whose answer it is and save again."),
    "answer_missing": N_("There is no answer number {answer_id} to a target or proposal. See the list of proposals for the numbers."),
    "answer_undone_already": N_(
        "Answer number {answer_id} was taken back or replaced already, in revision {revision}. There is nothing left to take back."
    ),
    "customer_unknown": N_("There is no customer called “{customer}”. Near it are: {known}. Write it like one of these."),
    "customer_note_kind_unknown": N_("“{value}” is no kind of note. Choose one of: {known}."),
    "customer_note_missing": N_("There is no note number {note_id} in any customer's file. Look at the file again."),
    "customer_note_undone_already": N_(
        "Number {note_id} was taken back from the file already, in revision {revision}. There is nothing left to undo."
    ),
    "customer_tag_missing": N_("There is no tag number {tag_id} in any customer's file. Look at the file again."),
    "customer_tag_undone_already": N_("Tag number {tag_id} was taken away already, in revision {revision}. There is nothing left to undo."),
    "customer_tag_too_long": N_("A tag has at most {most} characters. Say it in fewer words, or write a note."),
    "meeting_running": N_("A meeting on {month} is being held. Go on with it, or end it first."),
    "meeting_missing": N_("There is no meeting number {meeting_id}. See the page of meetings for those that were held."),
    "meeting_ended": N_("The meeting on {month} is over. Take its end back first, or write it down in the next one."),
    "meeting_item_missing": N_("Nothing is written down in a meeting under number {item_id}. Load the page anew."),
    "meeting_item_changed": N_("What is under number {item_id} was changed or taken back meanwhile. Load the page anew."),
    "meeting_plan_of_whom": N_("A plan is for one KPI of one account manager. Choose the KPI that it is about, or leave “as a plan” out."),
    "mail_not_set": N_(
        "No mail server is named. Set AMDASH_SMTP_HOST and AMDASH_SMTP_SENDER, or smtp_host and smtp_sender in .streamlit/secrets.toml."
    ),
    "mail_security_unknown": N_("“{value}” is no kind of security of a mail server. Write one of: {known}."),
    "mail_port_invalid": N_("“{value}” is not a port of a mail server. Write a number such as 587."),
    "mail_sender_missing": N_("“{value}” is not the address that reports are to come from. Set AMDASH_SMTP_SENDER to an e-mail address."),
    "mail_server_unreachable": N_(
        "The mail server {host}, port {port}, does not answer ({reason}). Check the name, the port and the network; nothing was sent."
    ),
    "mail_not_encrypted": N_(
        "There is no secure line to {host} ({reason}). Nothing was sent. Set AMDASH_SMTP_SECURITY to tls or starttls, as the provider says."
    ),
    "mail_login_refused": N_(
        "The mail server {host} does not let “{user}” in ({reason}). Check user and password: many providers want a password made for programs."
    ),
    "mail_broken_off": N_(
        "The line broke at the letter to {manager} ({reason}); {done} of {total} were sent before. Run the same command again: it goes on there."
    ),
    "mail_some_not_sent": N_("{n} were not sent; the lines above say why. Put it right and run the same command again: nobody gets a letter twice."),
    "pdf_not_set": N_("The PDF “{title}” could not be set: {reason}. Everything else is untouched; please report this text."),
    "report_into_folder": N_("The summary of a team and the page on the data are one file each: say with --out into which folder it goes."),
}
