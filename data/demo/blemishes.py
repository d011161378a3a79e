"""Rows that went wrong as they do in real firms, and the February that was corrected afterwards."""

from __future__ import annotations

import copy
import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from calm import dice
from sales import CANCELLED, WON
from sheets import add_total
from workbooks import Page

CORRECTED = "2026-02"


@dataclass(frozen=True)
class Slip:
    """One cell that somebody mistyped in the row of one manager."""

    month: str
    sheet: str
    manager: str
    column: str
    spoil: Callable[[Any], Any]


def _before(days: int, hours: int = 0) -> Callable[[Any], Any]:
    return lambda _found: -dt.timedelta(days=days, hours=hours)


SLIPS = (
    Slip("2025-03", "销售明细", "王建国", "金额(元)", lambda _: "面议"),
    Slip("2025-05", "客服工单", "黄志伟", "首次响应时间", _before(0, 3)),
    Slip("2025-06", "投诉记录", "周雅琴", "解决日期", _before(31)),
    Slip("2025-07", "销售明细", "梁美玲", "金额(元)", lambda _: None),
    Slip("2025-09", "满意度调查", "陈晓燕", "总体满意度", lambda _: 6),
    Slip("2025-10", "销售明细", "何志强", "下单日期", lambda _: "10月32日"),
    Slip("2025-12", "客服工单", "梁美玲", "首次响应时间", _before(1)),
    Slip("2026-02", "销售明细", "王建国", "下单日期", lambda _: "2026-02-30"),
    Slip("2026-07", "满意度调查", "周雅琴", "沟通及时", lambda _: 6),
    Slip("2026-10", "销售明细", "黄志伟", "下单日期", lambda _: dt.date(2062, 10, 5)),
)
# A cell that is dated before another one of its row: that one's column.
_OPENED = {"首次响应时间": "创建时间", "解决日期": "投诉日期"}


def spoil(months: Mapping[str, Sequence[Page]]) -> list[tuple[str, str, str, Any]]:
    """Put every slip into its page; returns (month, sheet, cell, value) of each."""
    done = []
    for slip in SLIPS:
        page = next(page for page in months[slip.month] if page.name == slip.sheet)
        row = _harmless_row(page, slip)
        value = slip.spoil(page.rows[row][page.header.index(slip.column)])
        if isinstance(value, dt.timedelta):
            value = page.rows[row][page.header.index(_OPENED[slip.column])] + value
        page.rows[row][page.header.index(slip.column)] = value
        done.append((slip.month, slip.sheet, page.address(row, slip.column), value))
    return done


def _harmless_row(page: Page, slip: Slip) -> int:
    """A row of the manager whose loss changes no story: closed, satisfied, and of the smaller orders of a listed customer."""
    rows = [place for place, row in enumerate(page.rows) if row[3] == slip.manager and row[page.header.index(slip.column)] is not None]
    if page.name == "销售明细":
        rows = [place for place in rows if page.rows[place][2].endswith("公司") and page.rows[place][7] == WON]
        return min(rows, key=lambda place: page.rows[place][6])
    if page.name == "满意度调查":
        rows = [place for place in rows if page.rows[place][4] == 5]
    return rows[len(rows) // 2]


def corrected(pages: Sequence[Page]) -> tuple[list[Page], list[str]]:
    """February as it was sent in again, and what differs: sales and complaints only."""
    again = [copy.deepcopy(page) for page in pages]
    sales, complaints = (next(page for page in again if page.name == name) for name in ("销售明细", "投诉记录"))
    said = _correct_sales(sales) + _correct_complaints(complaints)
    add_total(sales)
    return again, said


def _correct_sales(page: Page) -> list[str]:
    rng = dice("corrected")
    said = []
    big = [row for row in page.rows if row[7] == WON and row[2].endswith("公司") and isinstance(row[1], dt.date) and row[8] == "否"]
    impossible = next(row for row in page.rows if isinstance(row[1], str))
    impossible[1] = dt.date(2026, 2, 3)
    said.append(f"销售明细 {impossible[0]}: 下单日期 2026-02-30 -> 2026-02-03")
    amount, returned, moved, gone = rng.sample([row for row in big if row[6] > 8000], 4)
    before, amount[5], amount[6] = amount[6], amount[5] + 10, round(amount[6] / amount[5] * (amount[5] + 10), 2)
    said.append(f"销售明细 {amount[0]}: 数量 +10, 金额 {before} -> {amount[6]}")
    returned[8] = "是"
    said.append(f"销售明细 {returned[0]}: 是否退货 否 -> 是")
    moved[7] = CANCELLED
    said.append(f"销售明细 {moved[0]}: 状态 已成交 -> 已取消")
    page.rows.remove(gone)
    said.append(f"销售明细 {gone[0]}: removed (entered twice), {gone[3]}, {gone[6]}")
    like = rng.choice([row for row in big if row not in (gone, moved)])
    number = f"XS202602{len(page.rows) + 2:04d}"
    page.rows.append([number, dt.date(2026, 2, 27), like[2], like[3], "直线导轨", 20, 8860.0, WON, "否"])
    said.append(f"销售明细 {number}: added, {like[3]}, 8860.00")
    return said


def _correct_complaints(page: Page) -> list[str]:
    said = []
    kind, late = page.rows[1], page.rows[-2]
    before, kind[4] = kind[4], "发错货" if kind[4] != "发错货" else "交货延迟"
    said.append(f"投诉记录 {kind[0]}: 投诉类型 {before} -> {kind[4]}")
    before, late[7] = late[7], late[7] + dt.timedelta(days=2)
    said.append(f"投诉记录 {late[0]}: 解决日期 {before} -> {late[7]}")
    return said
