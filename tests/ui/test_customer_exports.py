"""The tables of customers as files: numbers, shares and days to go on with, none of them rounded or in words."""

from __future__ import annotations

import datetime as dt

import pytest

from amdash.i18n import translator
from amdash.report.table_files import csv_file
from amdash.service import customer_base, customer_files, customer_notes
from amdash.service.potential import potential
from amdash.service.workspace import Workspace
from amdash.ui import customer_exports
from amdash.ui.customer_exports import Export
from amdash.ui.tables import Figure, worded

EN, ZH = translator("en"), translator("zh")


def lines(export: Export) -> dict[str, dict[str, object]]:
    """First cell -> the others by their titles; the file can be made of them."""
    head, rows = export
    assert csv_file(head, worded(rows)).count(b"\r\n") == len(rows()) + 1
    found = {str(row[0]): dict(zip(head, row, strict=True)) for row in worded(rows)}
    assert len(found) == len(rows())
    return found


def test_customers_are_saved_with_their_exact_figures(firm: Workspace) -> None:
    row = lines(customer_exports.customers(customer_base.base(firm, "2026-10").customers, EN))["戊公司"]
    assert row["Revenue, 12 months"] == Figure(700.0, "money")
    assert (row["Orders, 12 months"], row["Last order"], row["Account manager"]) == (1, dt.date(2026, 9, 10), "王芳")


def test_moves_are_saved_with_the_figures_of_their_reasons(firm: Workspace) -> None:
    found = lines(customer_exports.moves(customer_base.base(firm, "2026-10"), EN))
    assert found["甲公司"] == {
        "Customer": "甲公司",
        "Account manager": "王芳",
        "Moved": "Normal → Lapsed",
        "Why": "no order for a long time",
        "Days since the last order": 183,
        "Orders, 12 months to September 2026": 1,
        "Orders, 12 months": 1,
        "Revenue, 12 months to September 2026": Figure(1000.0, "money"),
        "Revenue, 12 months": Figure(900.0, "money"),
        "At stake": Figure(1000.0, "money"),
    }
    # Who was not known then has no figures of then.
    assert found["乙公司"]["Revenue, 12 months to September 2026"] == Figure(None, "money")
    assert found["乙公司"]["Orders, 12 months to September 2026"] is None
    assert "截至 2026 年 9 月底的 12 个月收入" in customer_exports.moves(customer_base.base(firm, "2026-10"), ZH)[0]


def test_who_has_not_bought_is_saved_with_amounts_and_days(changing: Workspace) -> None:
    customer_notes.write(changing, "丁公司", "寄了样品", kind="contacted", next_step="打电话", due_on=dt.date(2026, 12, 1))
    found = lines(customer_exports.prospects(potential(changing).prospects, EN))
    deal = found["丙公司"]
    assert (deal["Open deals"], deal["Amount"]) == (1, Figure(2000.0, "money"))
    assert (deal["Last contact"], deal["Contact"]) == (dt.date(2026, 11, 20), "up to today, waiting for us for 4 days")
    step = found["丁公司"]
    assert (step["Amount"], step["What to do next"], step["By when"]) == (Figure(None, "money"), "打电话", dt.date(2026, 12, 1))
    assert (found["大甲公司"]["Last contact"], found["大甲公司"]["By when"]) == (None, None)


@pytest.mark.parametrize(("wanted", "last"), [(["王芳", "李明"], "All"), (["王芳"], "王芳")])
def test_a_conversion_is_saved_as_a_share_and_ends_with_all(firm: Workspace, wanted: list[str], last: str) -> None:
    rows = potential(firm).converted
    rows = rows[rows["manager"].isin(wanted)]
    found = lines(customer_exports.conversion(rows, EN))
    assert list(found)[-1] == last
    counted = found[last]
    assert counted["Came to be known"] == rows["prospects"].sum()
    assert counted["Share"] == Figure(rows["converted"].sum() / rows["prospects"].sum(), "ratio")


def test_nobody_is_a_file_without_rows(firm: Workspace) -> None:
    base = customer_base.base(firm, "2026-10").of([])
    for export in (
        customer_exports.customers(base.customers, EN),
        customer_exports.moves(base, EN),
        customer_exports.prospects([], EN),
        customer_exports.conversion(potential(firm).converted.head(0), EN),
    ):
        assert lines(export) == {}


def test_a_timeline_is_saved_with_days_amounts_and_places(changing: Workspace) -> None:
    customer_notes.write(changing, "甲公司", "电话里报了价", kind="contacted", next_step="寄样品", due_on=dt.date(2026, 12, 1))
    file = customer_files.open_file(changing, "甲公司", "2026-10")
    head, rows = customer_exports.timeline(file.events, EN)
    found = [dict(zip(head, row, strict=True)) for row in worded(rows)]
    assert len(found) == len(file.events)
    note = found[0]
    assert (note["Said"], note["What to do next"], note["By when"], note["File"]) == ("电话里报了价", "寄样品", dt.date(2026, 12, 1), None)
    orders = [row for row in found if row["Kind"] == "Order"]
    assert orders
    assert all(isinstance(row["Date"], dt.date) and row["Amount"].unit == "money" and row["Row number"] for row in orders)


def test_account_managers_so_far_are_saved_with_their_revenue(firm: Workspace) -> None:
    file = customer_files.open_file(firm, "甲公司", "2026-10")
    found = lines(customer_exports.keepers(file.keepers, EN))
    assert {name: row["Revenue"] for name, row in found.items()} == {one.manager: Figure(one.revenue, "money") for one in file.keepers}
    assert all(row["First order"] <= row["Last order"] for row in found.values())
