"""Kinds of bad cell, row, sheet and file, made on the spot: name -> the files of one upload, with what a person said of them."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import openpyxl

from amdash.ingest.reader import NO_HINTS, Hints
from amdash.service.imports import Upload

PNG = b"\x89PNG\r\n\x1a\n" + bytes(200)
SALES = "日期,客户经理,客户,金额,订单编号"
GOOD = "2026-10-01,李明,甲,100,A1"


@dataclass(frozen=True)
class Fault:
    """``before``: what is in the workspace already, one upload after another."""

    files: Sequence[Upload]
    mapping: Sequence[str] = ()
    hints: Hints = NO_HINTS
    before: Sequence[Upload] = ()


def text(name: str, *lines: str, encoding: str = "utf-8") -> Upload:
    return Upload(name, "\n".join(lines).encode(encoding))


def csv(header: str, *lines: str, name: str = "表.csv") -> Fault:
    return Fault([text(name, header, *lines)])


def sales(*cells: str) -> Fault:
    """A sales sheet with one sound row and one of these cells."""
    return csv(SALES, GOOD, ",".join(cells), name="销售.csv")


def book(spoil: Callable[[openpyxl.Workbook], Any] | None = None, **sheets: Sequence[Sequence[Any]]) -> Upload:
    made = openpyxl.Workbook()
    made.remove(made.worksheets[0])
    for name, rows in sheets.items():
        sheet = made.create_sheet(name)
        for row in rows:
            sheet.append(list(row))
    if spoil:
        spoil(made)
    target = io.BytesIO()
    made.save(target)
    return Upload("表.xlsx", target.getvalue())


def archive(**files: bytes) -> Upload:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as made:
        for name, data in files.items():
            made.writestr(name, data)
    return Upload("表.zip", target.getvalue())


def one(upload: Upload, **options: Any) -> Fault:
    return Fault([upload], **options)


def raw(name: str, data: bytes, **options: Any) -> Fault:
    return Fault([Upload(name, data)], **options)


ROWS = [["日期", "客户经理", "金额", "订单编号"], ["2026-10-01", "李明", 5, "A1"]]
TWENTY = [ROWS[0], *([f"2026-10-{day:02d}", "李明", day, f"A{day}"] for day in range(1, 21))]
MONTH = text("销售-2026-10.csv", SALES, *(f"2026-10-{day:02d},李明,甲,{day},A{day}" for day in range(1, 21)))
TICKETS = "工单编号,创建时间,客户经理,首次响应时间,解决时间"
SURVEY = "调查日期,客户经理,总体满意度(5分制)"
SUMMARY = "月份,客户经理,投诉数,已解决投诉数,评价数,满意数,客户满意度,工单数,响应数"


def hide(made: openpyxl.Workbook) -> None:
    made.worksheets[1].sheet_state = "hidden"


def hide_row(made: openpyxl.Workbook) -> None:
    made.worksheets[0].row_dimensions[3].hidden = True


def far(made: openpyxl.Workbook) -> None:
    made.worksheets[0]["XFD1048576"] = "x"


FAULTS: dict[str, Fault] = {
    # Cells
    "a day that no month has": sales("2026-02-30", "李明", "甲", "5", "A2"),
    "words for a date": sales("下周", "李明", "甲", "5", "A2"),
    "a year of long ago": sales("0202-10-05", "李明", "甲", "5", "A2"),
    "a date that lies ahead": sales("2027-01-05", "李明", "甲", "5", "A2"),
    "no date": sales("", "李明", "甲", "5", "A2"),
    "no amount": sales("2026-10-05", "李明", "甲", "", "A2"),
    "words for an amount": sales("2026-10-05", "李明", "甲", "很多", "A2"),
    "an amount in dollars among yuan": csv(
        SALES, GOOD.replace("100", "¥100"), "2026-10-02,李明,甲,¥5,A2", "2026-10-05,李明,甲,$5,A3", name="销售.csv"
    ),
    "an error cell": sales("2026-10-05", "李明", "甲", "#DIV/0!", "A2"),
    "an error in a name": sales("2026-10-05", "#N/A", "甲", "5", "A2"),
    "a formula without its result": one(book(销售=[*ROWS, ["2026-10-02", "李明", "=1+1", "A2"]])),
    "a stage that nobody knows": csv(SALES + ",状态", GOOD + ",已成交", "2026-10-05,李明,甲,5,A2,梦里"),
    "neither yes nor no": csv(SALES + ",是否退货", GOOD + ",否", "2026-10-05,李明,甲,5,A2,也许"),
    "a month that is none": csv("月份,客户经理,销售目标", "2026-10,李明,5", "十三月,李明,5", name="目标.csv"),
    "a quarter where a month must be": csv(SUMMARY, "2026-10,李明,3,2,9,8,90%,9,8", "2026-Q3,李明,3,2,9,8,90%,9,8", name="月报.csv"),
    "a score beyond its scale": csv(SURVEY, "2026-10-01,李明,5", "2026-10-02,李明,6"),
    "a score below nothing": csv(SURVEY, "2026-10-01,李明,5", "2026-10-02,李明,-1"),
    "a scale of nothing": csv("调查日期,客户经理,总体满意度,满分", "2026-10-01,李明,5,5", "2026-10-02,李明,4,0"),
    "words for a score": csv(SURVEY, "2026-10-01,李明,5", "2026-10-02,李明,五颗"),
    "an answer before the question": csv(TICKETS, "T1,2026-10-02 09:00,李明,2026-10-01 09:00,"),
    "a solution before the question": csv(TICKETS, "T1,2026-10-02 09:00,李明,2026-10-02 10:00,2026-10-01 09:00"),
    "a solution that lies ahead": csv(TICKETS, "T1,2026-10-02 09:00,李明,2026-10-02 10:00,2027-10-01 09:00"),
    "words for a duration": csv("工单编号,创建时间,客户经理,响应时长(小时)", "T1,2026-10-02 09:00,李明,2", "T2,2026-10-02 09:00,李明,很久"),
    "a duration below nothing": csv("工单编号,创建时间,客户经理,响应时长(小时)", "T1,2026-10-02 09:00,李明,2", "T2,2026-10-02 09:00,李明,-2"),
    "a duration of years": csv("工单编号,创建时间,客户经理,响应时长(小时)", "T1,2026-10-02 09:00,李明,2", "T2,2026-10-02 09:00,李明,99999"),
    "a status that nobody knows": csv("投诉日期,客户经理,投诉客户,处理状态", "2026-10-01,李明,甲,已解决", "2026-10-02,李明,甲,看天气"),
    "half a complaint": csv(SUMMARY, "2026-10,李明,3,2,9,8,90%,9,8", "2026-09,李明,3.5,2,9,8,90%,9,8", name="月报.csv"),
    "a count below nothing": csv(SUMMARY, "2026-10,李明,3,2,9,8,90%,9,8", "2026-09,李明,-3,2,9,8,90%,9,8", name="月报.csv"),
    "more than a hundred per cent": csv(SUMMARY, "2026-10,李明,3,2,9,8,90%,9,8", "2026-09,李明,3,2,9,8,190%,9,8", name="月报.csv"),
    "more solved than there were": csv(SUMMARY, "2026-10,李明,3,5,9,8,90%,9,8", name="月报.csv"),
    "more satisfied than asked": csv(SUMMARY, "2026-10,李明,3,2,9,11,90%,9,8", name="月报.csv"),
    "more answered than there were": csv(SUMMARY, "2026-10,李明,3,2,9,8,90%,9,12", name="月报.csv"),
    "gone before hired": csv("姓名,工号,团队,入职日期,离职日期", "李明,1,华东,2024-01-01,2023-01-01", name="客户经理名单.csv"),
    # Rows and columns
    "rows that name nobody": csv(SALES, GOOD, "2026-10-02,,乙,5,A2", "2026-10-03,王芳,乙,5,A3", name="销售.csv"),
    "a note below the table": csv(SALES, GOOD, "以上数据由财务部提供，仅供参考。,,,,", name="销售.csv"),
    "a total that is none": csv(SALES, GOOD, "2026-10-02,李明,乙,50,A2", "合计,,,170,", name="销售.csv"),
    "the header again": csv(SALES, GOOD, SALES, "2026-10-02,李明,乙,50,A2", name="销售.csv"),
    "a label written once": csv(
        "客户经理,日期,金额", "李明,2026-10-01,5", ",2026-10-02,6", ",2026-10-03,6", "王芳,2026-10-01,7", ",2026-10-03,6", name="销售.csv"
    ),
    "merged cells": one(book(lambda made: made.worksheets[0].merge_cells("B2:B3"), 销售=[*ROWS, ["2026-10-02", None, 6, "A2"]])),
    "hidden rows": one(book(hide_row, 销售=TWENTY)),
    "dates of two readings": csv(SALES, "5/10/26,李明,甲,5,A1", name="销售.csv"),
    "two columns for one field": csv("下单日期,签约日期,业务员,销售额", "2026-10-01,2026-10-03,李明,5", name="销售.csv"),
    "a row twice": csv(SALES, GOOD, GOOD, name="销售.csv"),
    "a number twice": csv(TICKETS, "T1,2026-10-02 09:00,李明,2026-10-02 10:00,", "T1,2026-10-03 09:00,李明,2026-10-03 10:00,"),
    "a clock beside its date": csv("工单编号,创建日期,时间,客户经理", "T1,2026-10-01,9:05,李明", name="工单.csv"),
    # Sheets
    "a header and nothing below": csv(SALES, name="销售.csv"),
    "no header": csv("foo,bar,baz", "1,2,3"),
    "a column that is missing": csv("日期,客户经理,备注2", "2026-10-01,李明,x", name="销售.csv"),
    "months without a year": one(book(目标=[["客户经理", "1月", "2月", "3月"], ["李明", 1, 2, 3]])),
    "a hidden sheet": one(book(hide, 销售=ROWS, 旧=ROWS)),
    "an empty sheet": one(book(销售=ROWS, 空=[])),
    "a raw sheet and its copy": one(book(原始数据=TWENTY, 清洗后=TWENTY)),
    "sheets called by people": one(
        book(李明=[["日期", "客户", "金额"], ["2026-10-01", "甲", 5]], 王芳=[["日期", "客户", "金额"], ["2026-10-01", "乙", 5]])
    ),
    # Files
    "nothing at all": raw("空.xlsx", b""),
    "a picture": raw("表.xlsx", PNG),
    "a PDF": raw("表.xlsx", b"%PDF-1.7\n" + bytes(200)),
    "a page that asks to log in": raw("导出.xls", b"<!DOCTYPE html><html><body><form>login</form></body></html>"),
    "a workbook cut off": raw("表.xlsx", book(销售=TWENTY).data[:900]),
    "a file that was not downloaded": raw("表.xlsx", b"version https://git-lfs.github.com/spec/v1\noid sha256:ab\nsize 12\n"),
    "a value at the end of the world": one(book(far, 销售=ROWS)),
    "an encoding that cannot be told": raw("kunden.csv", "Datum;Kunde;Betrag\n2026-10-01;Müller & Söhne;5\n".encode("cp1252")),
    "an encoding that is none": raw("a.csv", f"{SALES}\n{GOOD}\n".encode(), hints=Hints(encoding="klingon")),
    "an encoding that is another": raw("a.csv", f"{SALES}\n{GOOD}\n".encode("gb18030"), hints=Hints(encoding="utf-8")),
    "a quotation mark without its end": csv(SALES, '2026-10-01,"李明,甲,5,A1', "2026-10-02,王芳,乙,6,A2", "2026-10-03,王芳,乙,6,A3", name="销售.csv"),
    "an archive of pictures": one(archive(**{"a.png": PNG})),
    "an archive without anything": one(archive()),
    # Uploads
    "a file that cannot be read among others": Fault([text("销售.csv", SALES, GOOD), Upload("图.png", PNG)]),
    "a month that would lose most of its rows": Fault([text("销售-2026-10.csv", SALES, GOOD)], before=[MONTH]),
    "the same rows under another name": Fault([Upload("给老板.csv", MONTH.data)], before=[MONTH]),
    "another sheet of the same month": Fault([text("华南.csv", SALES, "2026-10-01,赵六,丙,7,Z1")], before=[MONTH]),
    "two files for one month": Fault([text("销售-2026-10.csv", SALES, GOOD), text("销售-2026-10(1).csv", SALES, GOOD)]),
    "a decision that is none": Fault([text("销售.csv", SALES, GOOD)], mapping=["金额"]),
    "a field that is none": Fault([text("销售.csv", SALES, GOOD)], mapping=["金额=sales.price"]),
    "a column that is not there": Fault([text("销售.csv", SALES, GOOD)], mapping=["实收=sales.amount"]),
    "two columns said to be one": Fault([text("销售.csv", SALES, GOOD)], mapping=["金额=sales.amount", "订单编号=sales.amount"]),
    "a manager whom the list does not have": Fault(
        [text("销售.csv", SALES, GOOD)], before=[text("客户经理名单.csv", "姓名,工号,团队", "李明明,1,华东", "王芳,2,华东")]
    ),
    "a complaint of nobody": csv("投诉日期,客户经理,投诉客户,投诉类型", "2026-10-01,李明,,质量", name="投诉.csv"),
    "a return without its order": Fault([text("退货.csv", "订单编号,退货日期", "Z9,2026-10-02")], before=[text("销售.csv", SALES, GOOD)]),
    "a summary that the rows do not bear out": Fault(
        [text("月报.csv", "月份,客户经理,销售额", "2026-10,李明,150")], before=[text("销售.csv", SALES, GOOD)]
    ),
    "a product that its list spells otherwise": Fault(
        [text("销售.csv", "日期,客户经理,产品,金额", "2026-10-01,李明,GTXPro,5")],
        before=[text("产品目录.csv", "产品名称,系列,标价", "GTX Pro,GTX,4821")],
    ),
    "notes and no table": one(book(说明=[["填写说明"], ["日期写成 2026-10-05"]])),
}
