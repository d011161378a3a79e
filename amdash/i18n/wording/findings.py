"""What several tables together show: names on no list, gaps, figures that do not agree."""

from __future__ import annotations

from amdash.i18n.catalogue import N_

FINDINGS: dict[str, str] = {
    "correction_orphaned": N_(
        "This file corrects rows of import {import_id}, which was taken back or belongs to another workspace. Upload the whole file again instead."
    ),
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
    "product_unlisted_near": N_(
        "{table}: rows that say “{product}”, which is not on the list of products: {n}. "
        "Is it {known}? Then say on the upload page, under Names, that they are one."
    ),
    "product_unlisted": N_(
        "{table}: rows of products that are not on the list of products, such as {known}: {n}. Add them to the list, or correct the names."
    ),
    "target_kpi_unknown": N_("“{kpi}” is no KPI, so that its targets judge nothing. Targets: {n}. Write one of: {known}; or the KPI's name."),
    "target_unusable": N_(
        "{value} cannot be a target of “{field}”, so that it judges nothing. Targets: {n}. A percentage is written 0.95 or 95, and no target is 0."
    ),
}
