"""What a re-upload or an undo moves: the figures and the rows, before anything is stored."""

from __future__ import annotations

import pytest

from amdash.service import imports, restatement, scorecards
from amdash.service.imports import Preview, Upload
from amdash.service.restatement import Move
from amdash.service.workspace import Workspace

HEADER = "日期,客户经理,客户,金额,订单编号\n"
OCTOBER = HEADER + "2026-10-01,李明,甲,100,A1\n2026-10-02,王芳,乙,50,A2\n"
CORRECTED = HEADER + "2026-10-01,李明,甲,120,A1\n2026-10-02,王芳,乙,50,A2\n2026-10-03,王芳,甲,5,A3\n"


def ready(ws: Workspace, text: str, name: str = "销售-2026-10.csv") -> Preview:
    return imports.preview(ws, [Upload(name, text.encode())])


def store(ws: Workspace, text: str, name: str = "销售-2026-10.csv") -> None:
    imports.confirm(ws, ready(ws, text, name))


def sales(moves: tuple[Move, ...]) -> dict[str, tuple[float, float | None]]:
    return {move.manager: (move.before, move.after) for move in moves if move.kpi == "sales_amount"}


def test_a_correction_names_the_figures_that_move_and_from_what_to_what(ws: Workspace) -> None:
    store(ws, OCTOBER)
    moved = restatement.of_import(ws, ready(ws, CORRECTED))
    assert sales(moved.moves) == {"": (150, 175), "李明": (100, 120), "王芳": (50, 55)}
    assert {move.month for move in moved.moves} == {"2026-10"}


def test_it_names_the_rows_that_do_it_with_what_they_said(ws: Workspace) -> None:
    store(ws, OCTOBER)
    rows = restatement.of_import(ws, ready(ws, CORRECTED)).rows
    assert [(row.kind, row.row, row.sheet) for row in rows] == [("changed", 2, "销售-2026-10"), ("added", 4, "销售-2026-10")]
    assert rows[0].fields == {"amount": (100.0, 120.0)}
    # What people know the row by: number, customer and manager, of those that it names.
    assert rows[0].about[0] == "A1"
    assert rows[0].about[-1] == "李明"
    assert (rows[1].fields["amount"], rows[1].fields["order_no"]) == (5.0, "A3")


def test_the_preview_comes_true(ws: Workspace) -> None:
    store(ws, OCTOBER)
    preview = ready(ws, CORRECTED)
    promised = sales(restatement.of_import(ws, preview).moves)
    imports.confirm(ws, preview)
    frame = scorecards.scorecard(ws, kpis=["sales_amount"]).set_index("manager")["value"].to_dict()
    assert frame == {name: after for name, (_, after) in promised.items() if name}


def test_rows_beyond_those_that_are_kept_are_counted(ws: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    store(ws, OCTOBER)
    monkeypatch.setattr(restatement, "_KEPT_ROWS", 1)
    moved = restatement.of_import(ws, ready(ws, CORRECTED))
    assert (len(moved.rows), moved.all_rows) == (1, 2)


def test_a_remark_with_one_more_row_is_another_one(ws: Workspace) -> None:
    store(ws, "姓名,团队\n王芳,华东组\n", "客户经理名单.csv")
    store(ws, OCTOBER)
    corrected = restatement.of_import(ws, ready(ws, CORRECTED))
    added = restatement.of_import(ws, ready(ws, OCTOBER + "2026-10-03,李明,甲,5,A3\n"))
    for moved, known in ((corrected, True), (added, False)):
        (remark,) = moved.findings
        assert (remark in moved.before) is known


TARGETS = "月份,客户经理,指标,目标值\n2026-10,李明,销售额,{sales}\n"


def judged(moves: tuple[Move, ...]) -> dict[tuple[str, str, str], tuple[str | None, str | None]]:
    return {(move.kpi, move.manager, move.month): (move.verdict_before, move.verdict_after) for move in moves if move.flips}


def test_a_figure_that_is_judged_otherwise_has_its_verdict_on_both_sides(ws: Workspace) -> None:
    store(ws, TARGETS.format(sales=110), "目标.csv")
    store(ws, OCTOBER)
    moved = restatement.of_import(ws, ready(ws, CORRECTED))
    # 100 of 110 are missed, 120 of 110 are met; the sales themselves have no target.
    assert judged(moved.moves) == {("sales_attainment", name, "2026-10"): ("missed", "met") for name in ("", "李明")}
    assert {move.verdict_after for move in moved.moves if move.kpi == "sales_amount"} == {"none"}


def test_a_target_that_moves_judges_a_figure_otherwise_that_stays_as_it_is(ws: Workspace) -> None:
    sheet = "月份,客户经理,指标,目标值\n2026-10,李明,新增客户数,{n}\n"
    store(ws, sheet.format(n=1), "目标.csv")
    store(ws, OCTOBER)
    (one,) = restatement.of_import(ws, ready(ws, sheet.format(n=5), "目标.csv")).moves
    assert (one.kpi, one.manager, one.before, one.after) == ("new_customers", "李明", 1, 1)
    assert (one.verdict_before, one.verdict_after) == ("met", "missed")


def test_individual_improvement_moves_with_its_month_and_in_the_month_after_it(ws: Workspace) -> None:
    store(ws, "月份,客户经理,指标,目标值\n" + "".join(f"2026-{month:02},李明,销售额,110\n" for month in (8, 9, 10)), "目标.csv")
    store(ws, HEADER + "2026-08-01,李明,甲,100,A1\n2026-09-01,李明,甲,100,B1\n2026-10-01,李明,甲,100,C1\n")
    corrected = HEADER + "2026-08-01,李明,甲,100,A1\n2026-09-01,李明,甲,90,B1\n2026-10-01,李明,甲,100,C1\n"
    moves = [move for move in restatement.of_import(ws, ready(ws, corrected)).moves if move.kpi == "improvement"]
    assert [(move.manager, move.month) for move in moves] == [("李明", "2026-09"), ("李明", "2026-10")]
    assert moves[0].after is not None
    assert moves[1].after is not None
    assert (moves[0].after < moves[0].before, moves[1].after > moves[1].before) == (True, True)


def test_a_new_month_restates_nothing(ws: Workspace) -> None:
    store(ws, OCTOBER)
    moved = restatement.of_import(ws, ready(ws, HEADER + "2026-11-01,李明,丙,1,B1\n"))
    assert sales(moved.moves) == {}
    assert moved.rows == ()


@pytest.mark.parametrize("text", [OCTOBER, HEADER + "2026-10-02,王芳,乙,50,A2\n2026-10-01,李明,甲,100,A1\n"])
def test_the_same_again_moves_nothing(ws: Workspace, text: str) -> None:
    store(ws, OCTOBER)
    assert restatement.of_import(ws, ready(ws, text)).moves == ()


def test_nothing_moves_in_an_empty_workspace(ws: Workspace) -> None:
    moved = restatement.of_import(ws, ready(ws, OCTOBER))
    assert (moved.moves, moved.rows, moved.all_rows) == ((), (), 0)


def test_a_removed_row_is_named_and_a_figure_that_goes_has_no_after(ws: Workspace) -> None:
    store(ws, OCTOBER)
    moved = restatement.of_import(ws, ready(ws, HEADER + "2026-10-01,李明,甲,100,A1\n"))
    assert [(row.kind, row.fields["order_no"]) for row in moved.rows] == [("removed", "A2")]
    assert sales(moved.moves) == {"": (150, 100), "王芳": (50, None)}


def test_rows_without_a_number_are_compared_as_they_are(ws: Workspace) -> None:
    head = "日期,客户经理,金额\n"
    store(ws, head + "2026-10-01,李明,1\n2026-10-01,李明,1\n2026-10-02,李明,2\n")
    rows = restatement.of_import(ws, ready(ws, head + "2026-10-01,李明,1\n2026-10-02,李明,2\n2026-10-02,李明,3\n")).rows
    assert sorted((row.kind, row.fields["amount"]) for row in rows) == [("added", 3.0), ("removed", 1.0)]


def test_an_undo_shows_its_effect_first_and_changes_nothing_by_that(ws: Workspace) -> None:
    store(ws, OCTOBER)
    store(ws, CORRECTED)
    outcome, held = imports.undo_preview(ws, 2)
    moved = restatement.of_undo(ws, held)
    assert (ws.revision(), imports.history(ws)[0].undone_revision) == (2, None)
    assert sales(moved.moves) == {"": (175, 150), "李明": (120, 100), "王芳": (55, 50)}
    assert [(slot.key.month, slot.rows.changed, slot.rows.removed) for slot in outcome.slots] == [("2026-10", 1, 1)]
    imports.undo(ws, 2)
    frame = scorecards.scorecard(ws, by="all", kpis=["sales_amount"])
    assert frame["value"].tolist() == [150]


def test_an_undo_of_an_older_import_that_a_newer_one_replaced_moves_nothing(ws: Workspace) -> None:
    store(ws, OCTOBER)
    store(ws, CORRECTED)
    _, held = imports.undo_preview(ws, 1)
    assert restatement.of_undo(ws, held).moves == ()
