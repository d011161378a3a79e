"""Coverage: what is there, what is there in part and why, what is missing, and what was never to be expected."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from amdash.i18n import translator
from amdash.service import coverage
from amdash.service.coverage import Coverage, Reason
from amdash.service.workspace import Workspace

Put = Callable[..., Any]
SPRING = [f"2026-{month:02d}" for month in range(1, 7)]


def sales(*days: str) -> bytes:
    """A sales sheet with one order of each day."""
    return "\n".join(["日期,客户经理,金额,订单编号", *(f"{day},李明,5,{day}" for day in days)]).encode()


def calls(*days: str) -> bytes:
    return "\n".join(["工单编号,提交时间,客户经理", *(f"T{day},{day} 10:00,李明" for day in days)]).encode()


def states(found: Coverage, table: str) -> dict[str, str]:
    return {cover.month: cover.state for cover in found.covers.values() if cover.table == table}


def reasons(found: Coverage, table: str) -> dict[str, list[Reason]]:
    return {cover.month: list(cover.reasons) for cover in found.covers.values() if cover.table == table and cover.reasons}


def test_an_untouched_workspace_has_no_months(ws: Workspace) -> None:
    found = coverage.matrix(ws)
    assert (found.months, found.revision) == ((), 0)
    assert {key: (cover.rows, cover.state) for key, cover in found.covers.items()} == {
        (name, "list"): (0, "not_expected") for name in ("managers", "customers", "returns", "products")
    }
    assert found.incomplete() == []


def test_one_row(ws: Workspace, put: Put) -> None:
    put(ws, ("销售.csv", sales("2026-09-30")))
    found = coverage.matrix(ws)
    assert (found.months, found.revision) == (("2026-09",), 1)
    assert {key: (cover.rows, cover.state) for key, cover in found.covers.items() if cover.rows} == {("sales", "2026-09"): (1, "present")}
    # Of tables that never came nothing is expected.
    assert found.incomplete() == []


def test_a_month_without_rows_between_others_is_missing_not_nought(ws: Workspace, put: Put) -> None:
    put(ws, ("销售.csv", sales(*(f"{month}-28" for month in SPRING if month != "2026-03"))))
    put(ws, ("工单.csv", calls("2026-04-30", "2026-05-31")))
    found = coverage.matrix(ws)
    assert found.months == tuple(SPRING)
    assert states(found, "sales") == {month: "missing" if month == "2026-03" else "present" for month in SPRING}
    assert reasons(found, "sales") == {"2026-03": [Reason("coverage_series_absent", {"series": "销售"})]}
    assert states(found, "tickets") == {month: "present" if month in ("2026-04", "2026-05") else "missing" for month in SPRING}
    # The ticket sheet came in both months before June; before April there was none to miss.
    assert list(reasons(found, "tickets")) == ["2026-06"]
    assert [(cover.month, cover.table) for cover in found.incomplete()] == [
        ("2026-01", "tickets"),
        ("2026-02", "tickets"),
        ("2026-03", "sales"),
        ("2026-03", "tickets"),
        ("2026-06", "tickets"),
    ]


def test_one_of_two_sheets_missing_makes_the_month_partial(ws: Workspace, put: Put) -> None:
    put(ws, ("华东.csv", sales(*(f"{month}-28" for month in SPRING))))
    put(ws, ("华南.csv", sales(*(f"{month}-27" for month in SPRING if month not in ("2026-03", "2026-06")))))
    found = coverage.matrix(ws)
    assert states(found, "sales") == {month: "partial" if month in ("2026-03", "2026-06") else "present" for month in SPRING}
    absent = [Reason("coverage_series_absent", {"series": "华南"})]
    assert reasons(found, "sales") == {"2026-03": absent, "2026-06": absent}


def test_a_sheet_that_came_once_is_not_awaited(ws: Workspace, put: Put) -> None:
    put(ws, ("华东.csv", sales(*(f"{month}-28" for month in SPRING))))
    put(ws, ("展会.csv", sales("2026-02-27")))
    assert set(states(coverage.matrix(ws), "sales").values()) == {"present"}


def test_another_sheet_stands_in_for_one(ws: Workspace, put: Put) -> None:
    for name in ("华东", "华南"):
        put(ws, (f"{name}.csv", sales(*(f"{month}-{'28' if name == '华东' else '27'}" for month in SPRING if month != "2026-03"))))
    put(ws, ("导出.csv", sales("2026-03-31")))
    # One stands in for one: of two that are absent, one is still missing.
    assert reasons(coverage.matrix(ws), "sales") == {"2026-03": [Reason("coverage_series_absent", {"series": "华南"})]}


def daily(every: int = 1, **ends: int) -> bytes:
    """Orders of every day (or every second, ...) up to the last of each month: ``m01=31`` is January."""
    return sales(*(f"2026-{month[1:]}-{day:02d}" for month, end in ends.items() for day in range(end, 0, -every)))


def test_rows_that_end_early_where_other_months_reach_their_end(ws: Workspace, put: Put) -> None:
    # 8 days are left after 23 March, 6 after 24 April.
    put(ws, ("销售.csv", daily(m01=31, m02=28, m03=23, m04=24)))
    found = coverage.matrix(ws)
    assert reasons(found, "sales") == {"2026-03": [Reason("coverage_ends_early", {"series": "销售", "date": "2026-03-23"})]}
    assert states(found, "sales") == {"2026-01": "present", "2026-02": "present", "2026-03": "partial", "2026-04": "present"}


def test_where_rows_are_few_a_week_without_any_is_nothing(ws: Workspace, put: Put) -> None:
    # Eight days with rows a month: all of them miss the last 8 of 31 by chance with 0.74^8 = 9 per cent, in one month.
    put(ws, ("销售.csv", daily(4, m01=31, m02=28, m03=23, m04=30)))
    assert reasons(coverage.matrix(ws), "sales") == {}


def test_a_sheet_that_often_ends_early_is_as_it_is(ws: Workspace, put: Put) -> None:
    put(ws, ("销售.csv", daily(m01=31, m02=10, m03=31, m04=5)))
    assert reasons(coverage.matrix(ws), "sales") == {}


def test_two_months_are_too_few_to_know_how_a_sheet_ends(ws: Workspace, put: Put) -> None:
    put(ws, ("销售.csv", daily(m01=31, m02=10)))
    assert reasons(coverage.matrix(ws), "sales") == {}


def test_a_month_that_is_not_over_is_neither_missing_nor_early(ws: Workspace, put: Put) -> None:
    # It is 24 November.
    put(ws, ("销售.csv", daily(m08=31, m09=30, m10=31, m11=2)))
    put(ws, ("工单.csv", calls("2026-09-30", "2026-10-31")))
    put(ws, ("目标.csv", "月份,客户经理,目标\n2026-12,李明,5\n".encode()))
    found = coverage.matrix(ws)
    assert found.months == ("2026-08", "2026-09", "2026-10", "2026-11", "2026-12")
    assert states(found, "sales")["2026-11"] == "present"
    assert (states(found, "tickets")["2026-11"], states(found, "sales")["2026-12"]) == ("not_expected", "not_expected")
    assert states(found, "targets") == {
        month: "present" if month == "2026-12" else "not_expected" if month == "2026-11" else "missing" for month in found.months
    }


def test_lists_have_one_cover_and_surveys_of_employees_come_when_they_come(ws: Workspace, put: Put, xlsx) -> None:
    staff = [["日期", "团队", "员工满意度"], ["2026-01-03", "华东组", 4], ["2026-04-03", "华东组", 4]]
    sheets = {"客户经理名单": [["姓名", "团队"], ["李明", "华东组"], ["王芳", "华东组"]], "员工满意度": staff}
    put(ws, ("基础.xlsx", xlsx(sheets)))
    found = coverage.matrix(ws)
    assert (found.covers["managers", "list"].rows, found.covers["managers", "list"].state) == (2, "present")
    assert states(found, "staff_surveys") == {"2026-01": "present", "2026-02": "not_expected", "2026-03": "not_expected", "2026-04": "present"}


def test_rows_that_were_refused_are_said_by_the_import_that_stands(ws: Workspace, put: Put, monkeypatch: pytest.MonkeyPatch) -> None:
    put(ws, ("销售.csv", sales("2026-01-31", "2026-02-28")))
    put(ws, ("工单.csv", calls("2026-01-31")))
    told = {1: [{"table": "sales", "month": "2026-01", "series": "销售", "refused": 3}, {"table": "tickets", "month": "2026-02", "refused": 2}]}

    def history() -> list[Any]:
        return [replace(row, detail={**row.detail, "refused_by_slot": told.get(row.import_id, [])}) for row in imports()]

    imports = ws.store.imports
    monkeypatch.setattr(ws.store, "imports", history)
    found = coverage.matrix(ws)
    assert reasons(found, "sales") == {"2026-01": [Reason("coverage_rows_refused", {"n": 3})]}
    assert states(found, "sales") == {"2026-01": "partial", "2026-02": "present"}
    # All of February's tickets were refused.
    assert states(found, "tickets") == {"2026-01": "present", "2026-02": "missing"}
    # A later file of the same month replaces what the earlier one lacked.
    put(ws, ("销售.csv", sales("2026-01-30", "2026-01-31")))
    assert "2026-01" not in reasons(coverage.matrix(ws), "sales")
    assert reasons(coverage.matrix(ws, 1), "sales") == {"2026-01": [Reason("coverage_rows_refused", {"n": 3})]}


def test_an_older_revision_is_told_as_it_was(ws: Workspace, put: Put) -> None:
    put(ws, ("销售.csv", sales("2026-01-31", "2026-03-31")))
    put(ws, ("销售-2.csv", sales("2026-02-28")))
    assert states(coverage.matrix(ws, 1), "sales") == {"2026-01": "present", "2026-02": "missing", "2026-03": "present"}
    assert set(states(coverage.matrix(ws), "sales").values()) == {"present"}


def test_the_demo_lacks_one_complaint_list(demo_ws: Workspace) -> None:
    found = coverage.matrix(demo_ws)
    assert (found.months[0], found.months[-1], len(found.months)) == ("2024-11", "2026-10", 24)
    # The tickets of December 2025 came in a file of their own, which stands in for the usual one.
    assert [(cover.table, cover.month) for cover in found.incomplete() if cover.state == "missing"] == [("complaints", "2026-08")]
    # Ten rows of the demo are refused, seven of which tell their month.
    partial = [(cover.table, cover.month, cover.reasons[0].fields["n"]) for cover in found.incomplete() if cover.state == "partial"]
    assert partial == [
        ("sales", "2025-03", 1),
        ("tickets", "2025-05", 1),
        ("complaints", "2025-06", 1),
        ("sales", "2025-07", 1),
        ("surveys", "2025-09", 1),
        ("tickets", "2025-12", 1),
        ("surveys", "2026-07", 1),
    ]
    assert sum(cover.rows for cover in found.covers.values() if cover.table == "sales") == len(demo_ws.tables()["sales"])


def test_the_shape_for_the_command_line(ws: Workspace, put: Put) -> None:
    put(ws, ("销售.csv", sales("2026-01-31", "2026-03-31")))
    rows = [row for row in coverage.as_rows(coverage.matrix(ws)) if row["table"] == "sales"]
    assert rows[1] == {
        "table": "sales",
        "month": "2026-02",
        "rows": 0,
        "state": "missing",
        "reasons": [{"code": "coverage_series_absent", "series": "销售"}],
    }
    assert json.loads(json.dumps(rows)) == rows
    worded = [row for row in coverage.as_rows(coverage.matrix(ws), translator("zh")) if row["table"] == "sales"][1]
    assert worded["reasons"][0]["words"] == "表「销售」其他月份有数据，本月没有。请上传本月的表。"
    assert all(translator("zh")(words) != words for words in coverage.STATES.values())
