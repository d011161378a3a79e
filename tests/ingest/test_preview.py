"""A whole file understood: the table found, columns matched, rows accepted or refused with their cells."""

from __future__ import annotations

import datetime as dt
import io
import time
from pathlib import Path

import openpyxl
import pandas as pd
import pytest

from amdash.errors import AmdashError
from amdash.ingest import regions
from amdash.ingest.preview import FileReading, SheetReading, read_file

TODAY = dt.date(2026, 11, 24)
SALES_HEADER = ["订单编号", "下单日期", "客户名称", "客户经理", "金额(元)", "备注2"]


def only(reading: FileReading) -> SheetReading:
    assert len(reading.sheets) == 1
    return reading.sheets[0]


def codes(sheet: SheetReading) -> list[tuple[str, str | None]]:
    return [(issue.code, issue.cell) for issue in sheet.issues]


def test_title_rows_a_total_row_and_a_note_are_set_aside(xlsx) -> None:
    rows = [
        ["华诚公司 2026年10月 销售明细"],
        ["制表：张三"],
        SALES_HEADER,
        ["A1", "2026-10-08", "鼎盛机电", "王晓梅", 1200.5, "加急"],
        ["A2", "2026-10-09", "华源贸易", "李 明", "￥3,000", None],
        [],
        ["合计", None, None, None, 4200.5],
        ["注：含税"],
    ]
    sheet = only(read_file("经营数据-2026-10.xlsx", xlsx({"销售明细": rows}), TODAY))
    (table,) = sheet.tables
    assert (sheet.header_row, table.table, table.read, table.accepted, table.refused, table.totals_skipped) == (3, "sales", 2, 2, 0, 1)
    assert table.mapping == {"订单编号": "order_no", "下单日期": "date", "客户名称": "customer", "客户经理": "manager", "金额(元)": "amount"}
    assert [column.header for column in sheet.unused] == ["备注2"]
    assert table.frame["amount"].tolist() == [1200.5, 3000]
    assert table.frame["manager"].tolist() == ["王晓梅", "李明"]
    assert table.frame["source_row"].tolist() == [4, 5]
    assert table.months == ["2026-10"]
    assert codes(sheet) == [("note_row", None)]


@pytest.mark.parametrize(("note", "severity"), [("制表：张三", "info"), ("以上数据由财务部门提供并已核对", "info"), ("王芳", "warning")])
def test_a_word_alone_that_may_be_a_name_deserves_a_look(xlsx, note: str, severity: str) -> None:
    rows = [["姓名", "团队", "区域"], ["李明", "华东组", "华东"], [note]]
    sheet = only(read_file("名单.xlsx", xlsx({"客户经理名单": rows}), TODAY))
    assert [(issue.code, issue.severity, issue.row) for issue in sheet.issues] == [("note_row", severity, 3)]


@pytest.mark.parametrize(
    ("header", "cells", "answered"),
    [
        (["首次响应时间"], [["2026-10-01 09:00"], [None]], [True, False]),
        (["响应时间(小时)"], [[2.5], [None]], [True, False]),
        (["渠道"], [["电话"], ["微信"]], [None, None]),
        (["首次响应时间", "是否应答"], [[None, "是"], [None, None]], [True, False]),
    ],
)
def test_an_empty_cell_says_no_only_where_there_is_a_column_for_it(
    xlsx, header: list[str], cells: list[list[object]], answered: list[object]
) -> None:
    rows = [["工单编号", "创建时间", *header], *([f"T{number}", "2026-10-01 08:00", *row] for number, row in enumerate(cells))]
    sheet = only(read_file("工单.xlsx", xlsx({"客服工单": rows}), TODAY))
    assert [None if pd.isna(value) else value for value in sheet.tables[0].frame["answered"]] == answered


def test_an_unreadable_flag_is_told_by_its_date(xlsx) -> None:
    rows = [["投诉日期", "客户", "是否解决", "解决日期"], ["2026-10-01", "甲", "大概", "2026-10-03"], ["2026-10-02", "乙", "大概", None]]
    sheet = only(read_file("投诉.xlsx", xlsx({"投诉记录": rows}), TODAY))
    assert sheet.tables[0].frame["resolved"].tolist() == [True, False]


def test_refused_rows_name_their_cell_and_what_stood_there(xlsx) -> None:
    rows = [
        SALES_HEADER,
        ["A1", "10月32日", "甲", "王晓梅", 1],
        ["A2", "2026-10-01", "乙", "王晓梅", "面议"],
        ["A3", "2026-10-01", "丙", "王晓梅", None],
        ["A4", "2062-10-05", "丁", "王晓梅", 4],
        ["A5", "2026-10-02", "戊", "王晓梅", 5],
    ]
    sheet = only(read_file("x.xlsx", xlsx({"销售": rows}), TODAY))
    (table,) = sheet.tables
    assert (table.accepted, table.refused) == (1, 4)
    assert [(issue.code, issue.cell, issue.row, issue.column, issue.value, issue.severity) for issue in sheet.issues] == [
        ("value_not_date", "B2", 2, "下单日期", "10月32日", "error"),
        ("value_not_number", "E3", 3, "金额(元)", "面议", "error"),
        ("value_required", "E4", 4, "金额(元)", None, "error"),
        ("date_in_future", "B5", 5, "下单日期", "2062-10-05", "error"),
    ]


@pytest.mark.parametrize(
    ("header", "title", "factor"),
    [("金额(万元)", "", 10_000), ("金额（千元）", "", 1_000), ("金额", "单位：万元", 10_000), ("金额(元)", "单位：元", 1), ("金额", "", 1)],
)
def test_units_of_money_are_multiplied_out_and_shown(xlsx, header: str, title: str, factor: float) -> None:
    sheet = only(read_file("x.xlsx", xlsx({"销售": [[title], ["日期", "客户经理", header], ["2026-10-01", "李明", 1.23]]}), TODAY))
    assert sheet.tables[0].frame["amount"].tolist() == [1.23 * factor]
    noted = [column.note for column in sheet.tables[0].columns if column.field == "amount"]
    assert noted == [None if factor == 1 else ("note_factor", {"factor": f"{factor:,}"})]


def test_months_across_become_rows_that_keep_their_own_cell(xlsx) -> None:
    rows = [
        ["2026年销售目标（万元）"],
        ["客户经理", *(f"{month}月" for month in range(1, 13)), "合计"],
        ["王晓梅", *range(10, 22), 186],
        ["李明", *([None] * 10), 7, "待定"],
        ["合计", *([1] * 13)],
    ]
    sheet = only(read_file("目标.xlsx", xlsx({"销售目标": rows}), TODAY))
    (table,) = sheet.tables
    assert (table.table, table.read, table.accepted, table.refused, table.totals_skipped) == ("targets", 14, 13, 1, 1)
    assert table.months == [f"2026-{month:02d}" for month in range(1, 13)]
    mine = table.frame[table.frame["manager"] == "王晓梅"].set_index("period")["value"]
    assert (mine["2026-01"], mine["2026-12"]) == (100_000, 210_000)
    assert codes(sheet) == [("value_not_number", "M4")]


def test_months_across_need_a_year(xlsx) -> None:
    sheet = only(read_file("目标.xlsx", xlsx({"目标": [["客户经理", "1月", "2月", "3月"], ["王晓梅", 1, 2, 3]]}), TODAY))
    assert sheet.tables == []
    assert codes(sheet) == [("year_missing", None)]


def test_one_sheet_feeds_tickets_and_surveys(xlsx) -> None:
    rows = [
        ["工单编号", "创建时间", "客户经理", "首次响应时间", "满意度评分"],
        ["T1", "2026-10-01 08:00", "李明", "2026-10-01 09:30", 5],
        ["T2", "2026-10-02 08:00", "李明", None, None],
        ["T3", "2026-10-03 08:00", "李明", "2026-10-02 08:00", 4],
    ]
    sheet = only(read_file("工单.xlsx", xlsx({"客服工单": rows}), TODAY))
    tickets, surveys = sheet.tables
    assert (tickets.table, tickets.read, tickets.accepted, tickets.refused) == ("tickets", 3, 2, 1)
    assert (surveys.table, surveys.read, surveys.accepted, surveys.refused) == ("surveys", 2, 2, 0)
    assert surveys.mapping == {"创建时间": "date", "客户经理": "manager", "满意度评分": "score"}
    assert codes(sheet) == [("response_before_opening", "D4")]


def test_a_stray_six_does_not_change_the_scale(xlsx) -> None:
    rows = [
        ["调查日期", "客户经理", "总体满意度", "沟通"],
        *(["2026-10-01", "李明", score, 3] for score in (5, 4, 3, 5, 4, 5, 2, 5, 4, 5, 4, 5)),
        ["2026-10-01", "李明", 6, 3],
    ]
    sheet = only(read_file("调查.xlsx", xlsx({"满意度调查": rows}), TODAY))
    assert sheet.tables[0].refused == 1
    assert set(sheet.tables[0].frame["scale"]) == {5.0}
    assert codes(sheet) == [("score_beyond_scale", "C14")]


@pytest.mark.parametrize(
    ("header", "scores", "scale", "first"),
    [
        ("满意度", [9, 10, 7], 10, 9),
        ("满意度", [95, 80, 60], 100, 95),
        ("满意度", [1, 0, 1], 1, 1),
        ("满意度(10分制)", [4, 5, 3], 10, 4),
        ("满意度", ["90%", "75%"], 1, 0.9),
        ("满意度", ["非常满意", "一般"], 5, 5),
        ("满意度", ["5分", "4分"], 5, 5),
    ],
)
def test_scales_come_from_the_header_or_the_column(xlsx, header: str, scores: list[object], scale: float, first: float) -> None:
    sheet = only(read_file("调查.xlsx", xlsx({"满意度调查": [["调查日期", header], *(["2026-10-01", score] for score in scores)]}), TODAY))
    frame = sheet.tables[0].frame
    assert (set(frame["scale"]), frame["score"][0]) == ({scale}, first)


def test_an_open_deal_needs_neither_date_nor_amount(xlsx) -> None:
    rows = [
        ["close_date", "sales_agent", "close_value", "deal_stage"],
        ["2026-10-01", "Ann", 500, "Won"],
        [None, "Ann", None, "Engaging"],
        ["2026-10-01", "Ann", None, "Lost"],
        [None, "Ann", 5, "Won"],
    ]
    sheet = only(read_file("pipeline.xlsx", xlsx({"S": rows}), TODAY))
    assert sheet.tables[0].frame["status"].tolist() == ["won", "open", "lost"]
    assert sheet.tables[0].months == ["2026-10"]
    assert codes(sheet) == [("value_required", "A5")]


def test_unknown_status_words_are_a_warning_and_lose_no_row(xlsx) -> None:
    rows = [["日期", "客户经理", "金额", "状态"], ["2026-10-01", "李明", 500, "已成交"], ["2026-10-02", "李明", 600, "神秘"]]
    sheet = only(read_file("x.xlsx", xlsx({"销售": rows}), TODAY))
    assert sheet.tables[0].accepted == 2
    # Without any status a row would be a sale; a stage that nobody knows is none.
    assert sheet.tables[0].frame["status"].tolist() == ["won", "unknown"]
    assert [(issue.code, issue.severity) for issue in sheet.issues] == [("deal_status_unknown", "warning")]


def test_a_bad_hiring_date_does_not_lose_the_person(xlsx) -> None:
    sheet = only(
        read_file(
            "x.xlsx",
            xlsx(
                {
                    "客户经理名单": [
                        ["姓名", "团队", "入职日期"],
                        ["李明", "华东组", "很久以前"],
                        ["王芳", "华东组", "2020-01-02"],
                        ["赵强", "华南组", "2021-05-06"],
                    ]
                }
            ),
            TODAY,
        )
    )
    assert sheet.tables[0].frame["name"].tolist() == ["李明", "王芳", "赵强"]
    assert [(issue.code, issue.cell, issue.severity) for issue in sheet.issues] == [("value_not_date", "C2", "warning")]


def test_a_person_decides_what_a_column_means(xlsx) -> None:
    data = xlsx({"S": [["when", "who", "how much"], ["2026-10-01", "Ann", 5]]})
    assert only(read_file("x.xlsx", data, TODAY)).tables == []
    sheet = only(read_file("x.xlsx", data, TODAY, ["when=sales.date", "B=sales.manager", "how much=sales.amount"]))
    assert sheet.tables[0].mapping == {"when": "date", "who": "manager", "how much": "amount"}


@pytest.mark.parametrize("pair", ["when", "=sales.date", "when=sales", "when=sales.colour", "when=orders.date"])
def test_a_decision_that_means_nothing_is_refused(xlsx, pair: str) -> None:
    with pytest.raises(AmdashError) as caught:
        read_file("x.xlsx", xlsx({"S": [["a"]]}), TODAY, [pair])
    assert caught.value.code == ("mapping_field_unknown" if pair.endswith("colour") else "mapping_invalid")


@pytest.mark.parametrize(
    ("rows", "code"),
    [
        ([["a", "b"], [1, 2]], "sheet_no_header"),
        ([["下单日期", "客户名称"], ["2026-10-01", "甲"]], "table_lacks_column"),
        ([["下单日期", "客户名称", "金额"]], "table_no_rows"),
        ([["随便写点什么"]], "sheet_only_notes"),
        ([["数字"], [5.0]], "sheet_no_header"),
    ],
)
def test_what_is_no_table_is_said(xlsx, rows: list[list[object]], code: str) -> None:
    sheet = only(read_file("x.xlsx", xlsx({"表": rows}), TODAY))
    assert [issue.code for issue in sheet.issues] == [code]
    assert sum(table.accepted for table in sheet.tables) == 0


def test_what_is_missing_is_named(xlsx) -> None:
    sheet = only(read_file("x.xlsx", xlsx({"销售": [["下单日期", "客户名称"], ["2026-10-01", "甲"]]}), TODAY))
    assert sheet.issues[0].fields["missing"] == ["Amount"]


def test_the_real_supermarket_sheet_needs_no_help(real_data: Path) -> None:
    path = real_data / "supermarket_cn" / "orders.xlsx"
    sheet = only(read_file(path.name, path.read_bytes(), TODAY))
    sales, surveys = sheet.tables
    assert (sales.table, surveys.table) == ("sales", "surveys")
    # `sales` is the money and `amount` the quantity, though "amount" means money elsewhere.
    assert (sales.mapping["sales"], sales.mapping["amount"]) == ("amount", "quantity")
    assert (sales.accepted, sales.refused, surveys.accepted) == (9747, 0, 9747)
    assert sales.frame["amount"].sum() == pytest.approx(15750030.289)
    assert isinstance(sales.frame["returned"].dtype, pd.BooleanDtype)


def test_the_real_pipeline_needs_no_help(real_data: Path) -> None:
    found = {}
    for name in ("accounts.csv", "products.csv", "sales_pipeline.csv", "sales_teams.csv"):
        sheet = only(read_file(name, (real_data / "crm_pipeline" / name).read_bytes(), TODAY))
        found[name] = [(table.table, table.accepted, table.refused) for table in sheet.tables]
    assert found == {
        "accounts.csv": [("customers", 85, 0)],
        "products.csv": [("products", 7, 0)],
        "sales_pipeline.csv": [("sales", 8800, 0)],
        "sales_teams.csv": [("managers", 35, 0)],
    }


@pytest.mark.parametrize("nothing", ["—", "-", "/", "无", "N/A", "未解决", "..."])
def test_a_dash_in_the_place_of_a_date_is_an_empty_cell_and_hides_no_failure(xlsx, nothing: str) -> None:
    rows = [["投诉日期", "客户", "解决日期"], ["2026-10-01", "甲", "2026-10-03"], ["2026-10-02", "乙", nothing]]
    sheet = only(read_file("投诉.xlsx", xlsx({"投诉记录": rows}), TODAY))
    assert (sheet.tables[0].accepted, sheet.tables[0].frame["resolved"].tolist()) == (2, [True, False])


@pytest.mark.parametrize("name", ["Total Energies", "Totally Green Ltd", "Total Wine", "Sum", "Average"])
def test_a_customer_called_like_a_total_is_a_customer(xlsx, name: str) -> None:
    rows = [["Date", "Customer", "Product", "Amount"], ["2026-10-01", name, None, 5], ["2026-10-02", "Ann", "Sum", 6], ["Total", None, None, 11]]
    sheet = only(read_file("sales.xlsx", xlsx({"Sales": rows}), TODAY))
    assert (sheet.tables[0].accepted, sheet.tables[0].totals_skipped) == (2, 1)


def test_a_hidden_sheet_is_passed_over_and_said(xlsx) -> None:
    book = openpyxl.load_workbook(
        io.BytesIO(xlsx({name: [["日期", "客户经理", "金额"], ["2026-10-01", "李明", 5]] for name in ("销售", "销售备份")}))
    )
    book["销售备份"].sheet_state = "hidden"
    target = io.BytesIO()
    book.save(target)
    shown, hidden = read_file("x.xlsx", target.getvalue(), TODAY).sheets
    assert (shown.tables[0].accepted, hidden.tables) == (1, [])
    assert [issue.code for issue in hidden.issues] == ["sheet_hidden"]


@pytest.mark.parametrize("value", ["1" + " " * 20_000 + "x", "(" * 20_000, "9" * 20_000, "9" * 400 + ":30", "天" * 20_000])
@pytest.mark.parametrize("header", ["金额", "日期", "响应时间(小时)"])
def test_an_endless_cell_is_refused_at_once(xlsx, value: str, header: str) -> None:
    cells = {"日期": "2026-10-01", "创建时间": "2026-10-01 08:00", "客户经理": "李明", "金额": 5, header: value}
    start = time.process_time()
    read_file("x.xlsx", xlsx({"表": [list(cells), list(cells.values())]}), TODAY)
    # Half a minute and more it was; the bound is wide so that a busy machine passes.
    assert time.process_time() - start < 5


def test_a_renamed_header_is_the_same_recurring_sheet(xlsx) -> None:
    one, other = (
        only(read_file("x.xlsx", xlsx({"销售": [[name, "客户经理", "金额"], ["2026-10-01", "李明", 5]]}), TODAY)) for name in ("日期", "下单日期")
    )
    assert one.tables[0].headers == other.tables[0].headers == ("date", "manager", "amount")


def test_merged_managers_leave_rows_that_name_nobody_and_it_is_said(xlsx) -> None:
    rows = [["日期", "客户经理", "金额"], ["2026-10-01", "李明", 5], ["2026-10-02", None, 6], ["2026-10-03", None, 7]]
    sheet = only(read_file("销售.xlsx", xlsx({"销售": rows}), TODAY))
    assert sheet.tables[0].accepted == 3
    assert [(issue.code, issue.cell, issue.severity, issue.fields["n"]) for issue in sheet.issues] == [("rows_name_nobody", "B3", "warning", 2)]


def test_a_survey_refuses_a_row_without_a_score(xlsx) -> None:
    rows = [["调查日期", "客户经理", "得分"], ["2026-10-01", "李明", 5], ["2026-10-02", "李明", None]]
    sheet = only(read_file("调查.xlsx", xlsx({"满意度调查": rows}), TODAY))
    assert (sheet.tables[0].read, sheet.tables[0].accepted, sheet.tables[0].refused) == (2, 1, 1)
    assert codes(sheet) == [("value_required", "C3")]


def test_a_rating_that_says_there_is_none_is_no_survey_and_no_fault() -> None:
    text = "工单编号,创建时间,处理人,满意度评分\nT1,2026-10-01 08:00,李明,5\nT2,2026-10-01 08:00,李明,未评价\nT3,2026-10-01 08:00,李明,-\n"
    (sheet,) = read_file("工单.csv", text.encode(), TODAY).sheets
    assert [(table.table, table.accepted, table.refused) for table in sheet.tables] == [("tickets", 3, 0), ("surveys", 1, 0)]


def test_a_line_that_names_one_person_makes_no_list_of_people(xlsx) -> None:
    rows = [["owner：李明"], ["order date", "sales", None, "employee number", "quantity"], ["2026-10-01", 5, None, "N-1", 2]]
    (sheet,) = read_file("a.xlsx", xlsx({"Sheet1": rows}), TODAY).sheets
    assert [(table.table, table.mapping) for table in sheet.tables] == [
        ("sales", {"order date": "date", "sales": "amount", "employee number": "employee_no", "quantity": "quantity", "owner": "manager"})
    ]


def unknown(mapping: tuple[str, ...] = (), remembered: dict[str, list[str]] | None = None) -> SheetReading:
    """A sheet below a title of which no word is known."""
    text = "Bericht,,\n,,\nWann,Wieviel,Wer\n2026-09-01,5,Anna\n2026-09-02,7,Anna\n"
    return only(read_file("vertrieb.csv", text.encode(), TODAY, mapping, remembered=remembered or {}))


def test_a_sheet_of_unknown_words_offers_its_columns() -> None:
    sheet = unknown()
    (part,) = sheet.unplaced
    assert (part.header_row, [column.header for column in part.columns], part.fits) == (3, ["Wann", "Wieviel", "Wer"], {})
    assert [column.sample for column in part.columns] == ["2026-09-01", "5", "Anna"]
    assert (sheet.tables, [issue.code for issue in sheet.issues]) == ([], ["sheet_no_header"])


def test_what_was_said_of_some_columns_shows_what_is_lacking() -> None:
    sheet = unknown(("Wann=sales.date", "Wer=sales.manager"))
    (part,) = sheet.unplaced
    assert part.fits["sales"] == {0: "date", 2: "manager"}
    assert part.decisions == ("Wann=sales.date", "Wer=sales.manager")
    assert [(issue.code, issue.fields["missing"]) for issue in sheet.issues] == [("table_lacks_column", ["Amount"])]


def test_unknown_words_that_were_explained_before_are_known() -> None:
    said = ("Wann=sales.date", "Wieviel=sales.amount", "Wer=sales.manager")
    first = unknown(said)
    assert (first.unplaced, first.tables[0].accepted) == ([], 2)
    again = unknown(remembered={first.tables[0].scope: list(said)})
    assert (again.unplaced, again.issues, again.tables[0].accepted) == ([], [], 2)
    assert again.tables[0].decisions == tuple(sorted(said))


@pytest.mark.parametrize(
    ("rows", "found"),
    [
        ([["Titel", None, None], ["a", "b", "c"], ["1", "2", "3"]], ["a", "b", "c"]),
        ([["a", "b", None, None], ["c", "d", "e", "f"], [1, 2, 3, 4]], ["a", "b"]),
        ([["a", None, None, None, "b"], ["c", "d", "e", "f", "g"], [1, 2, 3, 4, 5]], ["c", "d", "e", "f", "g"]),
        ([["1", "2"], ["3", "4"]], []),
        ([["a", 5.0], ["b", 6.0]], []),
        ([["a", "b"]], []),
        ([], []),
    ],
)
def test_the_likeliest_header_of_unknown_words(rows: list[list[object]], found: list[str]) -> None:
    assert regions.likely_header(rows) == found


def test_notes_and_unfilled_forms_beside_a_table_are_no_mistakes(xlsx) -> None:
    notes = [["填写说明"], [], ["日期写成 2026-10-05"], ["金额不含税"]]
    form = [["投诉日期", "客户经理", "客户名称"]]
    sales = [["日期", "客户经理", "金额"], ["2026-10-01", "李明", 5]]
    reading = read_file("a.xlsx", xlsx({"说明": notes, "投诉": form, "销售": sales}), TODAY)
    assert [[(issue.severity, issue.code) for issue in sheet.issues] for sheet in reading.sheets] == [
        [("info", "sheet_only_notes")],
        [("info", "table_no_rows")],
        [],
    ]
    # Alone, the empty form is what the person has to know.
    assert [(issue.severity, issue.code) for issue in only(read_file("a.xlsx", xlsx({"投诉": form}), TODAY)).issues] == [("warning", "table_no_rows")]


def test_the_month_in_the_name_of_the_file_decides_the_order_of_a_date() -> None:
    text = "日期,客户经理,金额\n7/10/26,李明,5\n5/10/26,李明,6\n9/10/26,李明,7\n5/10/26,李明,8\n".encode()
    sheet = only(read_file("销售-2026-10.csv", text, TODAY))
    assert (sheet.tables[0].months, sheet.questions, sheet.issues) == (["2026-10"], [], [])
    assert [question.code for question in only(read_file("销售.csv", text, TODAY)).questions] == ["ask_order"]


def test_a_table_beside_a_header_of_two_rows_is_no_part_of_it(xlsx) -> None:
    # Rows 5 and 6 are one header, whose second row the other table's records stand beside; on the next page it stands again.
    header = [["基本信息", None, "account manager", "customer name", "region"], ["order date", "sales", None, None, None]]
    beside = [["complaints"], [], ["received on", "account manager"], ["2026-10-01", "李明"], ["2026-10-02", "李明"], ["2026-10-03", "李明"]]
    left = [["sales"], [], [], [], *header, ["2026-10-04", 5, "李明", "甲", "华东"], ["2026-10-05", 6, "李明", "乙", "华东"], *header]
    left += [["2026-10-06", 7, "李明", "丙", "华东"]]
    rows = [[*(row + [None] * 6)[:6], *(beside[place] if place < len(beside) else [])] for place, row in enumerate(left)]
    sheet = only(read_file("a.xlsx", xlsx({"Sheet1": rows}), TODAY))
    assert [(table.table, table.accepted, table.refused) for table in sheet.tables] == [("sales", 3, 0), ("complaints", 3, 0)]
    assert sheet.tables[0].frame["amount"].tolist() == [5, 6, 7]


def test_a_table_with_an_empty_column_in_its_middle_is_one_table(xlsx) -> None:
    # Either side of the gap could be a table by itself: a list of people, and a summary whose figure is a guess.
    rows = [
        ["new customers", "sales", "account manager", "team", None, "Warehouse bin", "employee number", "month"],
        [1, 100, "李明", "华东", None, 7.0, "N-1", "2024-01"],
        ["合计", 90, None, None, None, None, None, None],
    ]
    sheet = only(read_file("a.xlsx", xlsx({"summary": rows}), TODAY))
    (table,) = sheet.tables
    assert (table.table, table.accepted, table.totals_skipped) == ("summary", 1, 1)
    assert table.frame["sales_amount"].tolist() == [100.0]
    assert [(issue.code, issue.cell) for issue in sheet.issues] == [("total_differs", "B3")]


def test_two_tables_beside_one_another_under_one_row_of_headers_are_two(xlsx) -> None:
    rows = [["日期", "客户经理", "金额", None, "投诉日期", "投诉客户", "投诉类型"], ["2026-10-01", "李明", 5, None, "2026-10-02", "甲", "质量"]]
    assert [(table.table, table.accepted) for table in only(read_file("a.xlsx", xlsx({"表": rows}), TODAY)).tables] == [
        ("sales", 1),
        ("complaints", 1),
    ]


def test_a_short_row_before_the_next_page_of_a_table_with_another_beside_it_is_told(xlsx) -> None:
    # 看不清 and N-3 above a repeated header look like its group labels, to whoever reads across the gap.
    head = ["客户经理", "开单时间", "首次响应时间", "工号", "响应时长（小时）", "客户名称"]
    opened = "2026-01-14 09:00"
    rows = [
        [*head, None, "投诉日期", "客户经理"],
        ["李明", opened, opened, "N-1", 0, "甲公司", None, "2026-01-14", "李明"],
        ["李明", opened, opened, "N-2", 0, "甲公司"],
        [None, "看不清", None, "N-3"],
        head,
        ["王芳", opened, opened, "N-4", 0, "甲公司"],
    ]
    sheet = only(read_file("a.xlsx", xlsx({"表": rows}), TODAY))
    assert [(table.table, table.accepted, table.refused) for table in sheet.tables] == [("tickets", 3, 1), ("complaints", 1, 0)]
    assert [(issue.code, issue.cell) for issue in sheet.issues if issue.severity == "error"] == [("value_not_date", "B4")]


def test_two_surveys_with_another_table_between_them_are_two(xlsx) -> None:
    rows = [
        ["员工满意度"],
        ["调查日期", "满意度评分"],
        ["2026-01-14", 2],
        [],
        ["投诉"],
        ["投诉日期", "客户经理"],
        ["2026-01-14", "李明"],
        [],
        ["客户满意度"],
        ["调查日期", "满意度评分"],
        ["2026-01-15", 3],
    ]
    sheet = only(read_file("a.xlsx", xlsx({"表": rows}), TODAY))
    assert [(table.table, table.accepted, table.refused) for table in sheet.tables] == [
        ("staff_surveys", 1, 0),
        ("complaints", 1, 0),
        ("surveys", 1, 0),
    ]
    assert [issue.code for issue in sheet.issues if issue.severity == "error"] == []


def test_the_pages_of_a_table_with_two_header_rows_are_one_table(xlsx) -> None:
    above = ["基本信息", None, "解决日期", "客户名称", "是否解决", "投诉类型"]
    below = ["客户经理", "投诉日期"]
    rows = [
        *(above, below, ["李明", "2026-01-14", "2026-01-15", "甲", "是", "加急"], [None, "2026-01-14", None, "甲"]),
        *(above, below, ["王芳", "2026-01-14", "2026-01-15", "甲", "是", "加急"], [None, "2026-01-16", "2026-01-17", "乙", "是", "加急"]),
        *(above, below, ["赵强", "2026-01-14", "2026-01-15", "甲", "是", "加急"]),
    ]
    sheet = only(read_file("a.xlsx", xlsx({"投诉": rows}), TODAY))
    assert [(table.table, table.accepted) for table in sheet.tables] == [("complaints", 5)]


@pytest.mark.parametrize(
    ("header", "months"), [("统计周期", ["2024-01", "2024-04"]), ("月份", ["2024-01", "2024-04"]), ("week", ["2024-01", "2024-01"])]
)
def test_bare_numbers_are_months_unless_the_header_speaks_of_weeks(header: str, months: list[str], xlsx) -> None:
    rows = [["2024年"], ["被考核人", header, "销售额"], ["李明", 1, 42], ["王芳", 4, 208]]
    (table,) = only(read_file("a.xlsx", xlsx({"绩效考核": rows}), TODAY)).tables
    assert (table.table, table.frame["period"].tolist()) == ("summary", months)
