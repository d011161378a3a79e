"""The tables that leave the pages say what the pages show, in words and with real numbers."""

from __future__ import annotations

import datetime as dt

from amdash.i18n import translator
from amdash.metrics import catalogue
from amdash.report.table_files import Figure
from amdash.service import boards, coverage, feedback, imports, plans, tabulated, targets
from amdash.service.plan_terms import Terms
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
        undecided = "too few" if reading.n < catalogue.KPIS["csat"].min_sample else "undecided"
        assert row[place + 2] == {"met": "met", "missed": "missed", "few": undecided}[reading.verdict]


def test_a_kpi_from_outside_the_board_has_columns_too_and_is_empty_where_it_is_not_known(demo_ws: Workspace) -> None:
    board = boards.board(demo_ws, "2026-10")
    kpi, csat = catalogue.by_id("improvement"), board.readings["csat", "李明"]
    head, rows = tabulated.scorecard(board, [], None, translator("en"), [(kpi, {"李明": csat})])
    assert head[2:] == [f"{kpi.name}{end}" for end in ("", ", target", ", verdict", ", variation")]
    assert {row[1]: row[2] for row in rows} == {row[1]: Figure(csat.value, kpi.unit) if row[1] == "李明" else None for row in rows}


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


def test_an_entry_of_feedback_is_a_row(ws: Workspace, put) -> None:
    put(ws, ("客户经理名单.csv", "姓名,团队\n李明,华东组\n".encode()))
    day, due = dt.date(2026, 11, 2), dt.date(2026, 11, 30)
    feedback.add(
        ws,
        date=day,
        manager="李明",
        content="=报价晚了两天",
        source="customer",
        method="电话",
        action="当天答复",
        due_on=due,
        criteria="csat",
        rating=3,
    )
    head, rows = tabulated.feedback(feedback.log(ws), translator("zh"))
    assert rows == [[day, "李明", "客户", "电话", "=报价晚了两天", "客户满意度", 3, "当天答复", due]]
    assert len(head) == len(rows[0])


def test_a_target_says_since_when_and_why(ws: Workspace, put) -> None:
    put(ws, ("销售.csv", "日期,客户经理,金额\n2026-10-01,李明,5\n2026-10-02,王芳,5\n".encode()))
    targets.put(ws, "csat", 0.95, "2026-10", manager="李明", reason="再进一步")
    kpi = catalogue.by_id("csat")
    found = [one for one in targets.in_force(ws, "2026-10") if one.kpi == "csat"]
    _head, rows = tabulated.targets(found, kpi, translator("zh"))
    assert {row[0]: row[2:] for row in rows} == {
        "李明": [Figure(0.95, "ratio"), "在此设定", "2026-10", "再进一步"],
        "王芳": [Figure(0.9, "ratio"), "默认", None, None],
    }


def test_a_plan_says_from_where_to_where(ws: Workspace, put) -> None:
    put(ws, ("销售.csv", "日期,客户经理,金额\n2026-09-01,李明,80\n2026-10-01,李明,100\n".encode()))
    plans.begin(ws, "sales_amount", "李明", Terms(action="每周回访", started="2026-10", due="2026-12", goal=150.0))
    _head, rows = tabulated.plans(plans.effects(ws), translator("zh"))
    (row,) = rows
    assert row[:5] == ["李明", "销售额", "每周回访", "2026-10", "2026-12"]
    assert row[6:8] == [Figure(150.0, "money"), Figure(100.0, "money")]
