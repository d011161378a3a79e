"""The workbook: its numbers are those of the scorecard, its rows those behind them, and nothing in it is ever a formula."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from amdash.errors import AmdashError
from amdash.i18n import translator
from amdash.insight.wording import verdict_name
from amdash.service import boards, drilldown, exports, imports, workbooks
from amdash.service.imports import Upload
from amdash.service.workspace import Workspace

MONTH = "2026-10"
HOSTILE = ('=HYPERLINK("http://x","y")', "+1+1", "-2+3", "@SUM(A1)", "=cmd|'/c calc'!A0")


@pytest.fixture(scope="module")
def book(demo_ws: Workspace) -> Workbook:
    name, data = workbooks.scorecard_workbook(demo_ws, MONTH, "zh")
    assert name == "amdash-2026-10.xlsx"
    return openpyxl.load_workbook(io.BytesIO(data))


def rows_of(sheet: Worksheet, header: int = 1) -> list[dict[str, object]]:
    head = [cell.value for cell in sheet[header]]
    return [dict(zip(head, (cell.value for cell in row), strict=True)) for row in sheet.iter_rows(min_row=header + 1)]


def test_the_sheets(book: Workbook) -> None:
    # What employees answered is not among the rows behind.
    assert book.sheetnames == ["成绩单", "指标明细", "图表", "图表数据", "指标说明", "销售明细", "满意度调查", "工单", "投诉"]


def test_every_figure_is_that_of_the_scorecard(book: Workbook, demo_ws: Workspace) -> None:
    board = boards.board(demo_ws, MONTH)
    names = {kpi.id: translator("zh")(kpi.name) for kpi in board.kpis}
    found = {(row["客户经理"], row["团队"], row["指标"]): row for row in rows_of(book["指标明细"])}
    improved = exports.improvement(demo_ws, MONTH, board.revision)
    assert len(found) == len(board.kpis) * (8 + 2 + 1) + len(improved)
    told = {row["客户经理"]: row["数值"] for row in found.values() if row["指标"] == "个人绩效改进率"}
    assert told == {name: pytest.approx(reading.value, rel=1e-14) for name, reading in improved.items()}
    for (kpi, manager), reading in board.readings.items():
        team = next(group.name for group in board.teams if manager in group.managers)
        row = found[manager, team, names[kpi]]
        # A workbook keeps fifteen digits.
        said = [None if row[name] is None else pytest.approx(row[name], rel=1e-14) for name in ("数值", "目标", "分子", "分母")]
        assert said == [reading.value, reading.target, reading.numerator, reading.denominator]
        assert row["判断"] == (None if reading.verdict in ("none", "absent") else verdict_name(reading, translator("zh")))
        ends = (reading.interval.lower, reading.interval.upper) if reading.interval else (None, None)
        assert [row["区间下限"], row["区间上限"]] == [None if end is None else pytest.approx(end, rel=1e-14) for end in ends]


def test_the_scorecard_has_a_row_a_person_and_colours_by_excels_rules(book: Workbook, demo_ws: Workspace) -> None:
    sheet = book["成绩单"]
    board = boards.board(demo_ws, MONTH)
    rows = rows_of(sheet, 4)
    assert [row["客户经理"] for row in rows] == [name for group in board.teams for name in (*group.managers, "团队")] + ["全部"]
    csat = next(row["客户满意度"] for row in rows if row["客户经理"] == "李明")
    assert csat == board.readings["csat", "李明"].value
    column = next(cell.column_letter for cell in sheet[4] if cell.value == "客户满意度")
    assert sheet[f"{column}5"].number_format == "0.0%"
    rules = {str(area.sqref): area.rules for area in sheet.conditional_formatting}
    words = [rule.formula[0] for rule in rules[f"{column}5:{column}{4 + len(rows)}"]]
    beside = f"${chr(ord(column) + 1)}5"
    assert words == [f'{beside}="达标"', f'{beside}="未达标"', f'OR({beside}="还不能断定",{beside}="样本太少")']
    assert sheet.freeze_panes == "C5"


def test_the_rows_behind_are_all_there_each_once_with_its_place(book: Workbook, demo_ws: Workspace) -> None:
    rows = rows_of(book["满意度调查"])
    places = [(row["文件"], row["工作表"], row["行"]) for row in rows]
    behind = drilldown.rows_behind(demo_ws, "csat", start=MONTH, end=MONTH)
    assert places == [(row.file, row.sheet, row.row) for row in behind]
    assert rows[0]["计入指标"] == "客户满意度、满意度得分"
    # The numbers are numbers, and add up to the figure.
    sales = rows_of(book["销售明细"])
    assert sum(float(str(row["金额"])) for row in sales) == pytest.approx(boards.board(demo_ws, MONTH).team_readings["sales_amount", ""].value)


def test_charts_are_excels_own_and_leave_gaps(book: Workbook) -> None:
    charts = book["图表"]._charts
    assert len(charts) == 10
    assert {chart.display_blanks for chart in charts} == {"gap"}
    # Eight people, and the target where all have the same.
    assert [len(chart.series) for chart in charts] == [8, 9, 9, 9, 8, 9, 9, 9, 9, 9]


def test_the_same_revision_is_the_same_bytes_and_says_which(demo_ws: Workspace, book: Workbook) -> None:
    assert workbooks.scorecard_workbook(demo_ws, MONTH, "zh") == workbooks.scorecard_workbook(demo_ws, MONTH, "zh", demo_ws.revision())
    assert str(book["成绩单"]["A2"].value).startswith(f"数据版本 {demo_ws.revision()}")


def test_no_name_is_ever_run(ws: Workspace) -> None:
    target = io.StringIO(newline="")
    csv.writer(target).writerows([["日期", "客户经理", "客户", "金额"], *(["2026-10-01", text, text, 100] for text in HOSTILE)])
    imports.confirm(ws, imports.preview(ws, [Upload("s.csv", target.getvalue().encode())]))
    book = openpyxl.load_workbook(io.BytesIO(workbooks.scorecard_workbook(ws, MONTH, "en")[1]))
    cells = [cell for page in book for row in page.iter_rows() for cell in row]
    # Neither a formula nor an error.
    assert {cell.data_type for cell in cells} <= {"n", "s", "d", "b", "inlineStr"}
    for text in HOSTILE:
        # On the scorecard, among the figures, over the chart's numbers, and as manager and customer of its row.
        assert sum(cell.value == text for cell in cells) >= 4


def test_a_long_table_says_how_many_rows_are_left_out(ws: Workspace, monkeypatch: pytest.MonkeyPatch, put_sales: Callable[[int], None]) -> None:
    monkeypatch.setattr(workbooks, "MOST_ROWS", 5)
    put_sales(8)
    book = openpyxl.load_workbook(io.BytesIO(workbooks.scorecard_workbook(ws, MONTH, "en")[1]))
    assert book.worksheets[5]["A1"].value == "The first 5 of 8 rows."
    assert book.worksheets[5].max_row == 7


@pytest.fixture
def put_sales(ws: Workspace) -> Callable[[int], None]:
    def put(count: int) -> None:
        rows = "".join(f"2026-10-{day:02d},李明,客户{day},10\n" for day in range(1, count + 1))
        imports.confirm(ws, imports.preview(ws, [Upload("s.csv", f"日期,客户经理,客户,金额\n{rows}".encode())]))

    return put


def test_rows_of_files_with_one_name_are_all_there(ws: Workspace) -> None:
    for month, amount in (("2026-09", 100), ("2026-10", 200)):
        imports.confirm(ws, imports.preview(ws, [Upload("销售.csv", f"日期,客户经理,客户,金额\n{month}-08,李明,甲,{amount}\n".encode())]))
    book = openpyxl.load_workbook(io.BytesIO(workbooks.scorecard_workbook(ws, "2026", "zh")[1]))
    assert [(row["金额"], row["计入指标"]) for row in rows_of(book["销售明细"])] == [(100, "销售额、新增客户数"), (200, "销售额")]


@pytest.mark.parametrize(("period", "code"), [("2026-13", "month_invalid"), ("2030-01", "no_data_for_report")])
def test_a_period_without_figures(demo_ws: Workspace, period: str, code: str) -> None:
    with pytest.raises(AmdashError) as caught:
        workbooks.scorecard_workbook(demo_ws, period, "zh")
    assert caught.value.code == code


def test_a_quarter(demo_ws: Workspace, tmp_path: Path) -> None:
    name, data = workbooks.scorecard_workbook(demo_ws, "2026-Q3", "en")
    book = openpyxl.load_workbook(io.BytesIO(data))
    assert name == "amdash-2026-Q3.xlsx"
    assert book["Scorecard"]["A1"].value == "Scorecard Q3 2026"
    assert [book["Chart data"].cell(row, 1).value for row in (2, 13)] == ["Q4 2023", "Q3 2026"]
