"""The tables that leave the pages say what the pages show, in words and with real numbers."""

from __future__ import annotations

import datetime as dt

from amdash.i18n import translator
from amdash.report.table_files import Figure
from amdash.service import boards, coverage, imports, tabulated
from amdash.service.workspace import Workspace


def test_the_scorecard_has_a_row_for_everybody_and_four_columns_for_a_kpi(demo_ws: Workspace) -> None:
    board = boards.board(demo_ws, "2026-10")
    kpis = [kpi for kpi in board.kpis if kpi.id in ("csat", "sales_amount")]
    head, rows = tabulated.scorecard(board, kpis, None, translator("en"))
    assert head[:2] == ["Team", "Account manager"]
    assert head[2 + 4 * [kpi.id for kpi in kpis].index("csat") :][:4] == [
        "Customer satisfaction",
        "Customer satisfaction, target",
        "Customer satisfaction, verdict",
        "Customer satisfaction, variation",
    ]
    assert {len(row) for row in rows} == {10}
    assert [row[1] for row in rows] == [name for group in board.teams for name in group.managers]
    place = head.index("Customer satisfaction")
    for row in rows:
        reading = board.readings["csat", row[1]]
        assert row[place : place + 2] == [Figure(reading.value, "ratio"), Figure(reading.target, "ratio")]
        assert row[place + 2] == {"met": "met", "missed": "missed", "few": "too few"}[reading.verdict]


def test_one_team_is_that_team_alone(demo_ws: Workspace) -> None:
    board = boards.board(demo_ws, "2026-10")
    team = board.teams[0]
    _head, rows = tabulated.scorecard(board, board.kpis[:1], team.name, translator("zh"))
    assert [(row[0], row[1]) for row in rows] == [(team.name, name) for name in team.managers]


def test_every_month_of_the_coverage_is_a_row(demo_ws: Workspace) -> None:
    found = coverage.matrix(demo_ws)
    head, rows = tabulated.coverage(found, translator("zh"))
    assert head == ["表", "月份", "状态", "行数", "原因"]
    assert len(rows) == len(found.covers)
    assert {row[3] for row in rows} == {cover.rows for cover in found.covers.values()}


def test_the_history_says_what_was_taken_back(ws: Workspace, put) -> None:
    put(ws, ("销售.csv", "日期,客户经理,金额\n2026-10-01,李明,5\n".encode()))
    imports.undo(ws, 1)
    _head, rows = tabulated.history(imports.history(ws), translator("en"))
    assert rows == [[1, dt.datetime(2026, 11, 24, 9, 0), "销售.csv", "owner", 1, 1, 0, 2]]
