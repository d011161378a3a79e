"""What the company's own spreadsheets look like: which sheet, which titles, which columns."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from accounts import Account
from cases import Complaint, Ticket
from people import CLERK, COMPANY, MANAGERS
from sales import Order, target
from surveys import DRIVERS, Response, StaffResponse
from workbooks import Page
from workdays import MONTHS, chinese, end_of, workday_after

_DAY, _MOMENT, _MONEY = "yyyy-mm-dd", "yyyy-mm-dd hh:mm", "#,##0.00"
TICKET_HEADER = ["工单编号", "创建时间", "客户名称", "客户经理", "渠道", "首次响应时间", "解决时间", "状态"]


def _titles(month: str, what: str) -> list[str]:
    return [f"{COMPANY} {chinese(month)} {what}", f"制表：{CLERK}    日期：{workday_after(end_of(month), 2).isoformat()}"]


def sales_page(month: str, orders: Sequence[Order]) -> Page:
    header = ["订单编号", "下单日期", "客户名称", "客户经理", "产品", "数量", "金额(元)", "状态", "是否退货"]
    rows: list[list[Any]] = [
        [row.number, row.day, row.customer, row.manager, row.product, row.quantity, row.amount, row.status, "是" if row.returned else "否"]
        for row in orders
    ]
    return Page("销售明细", _titles(month, "销售明细"), header, rows, (16, 12, 34, 10, 20, 8, 14, 9, 10), {"下单日期": _DAY, "金额(元)": _MONEY})


def add_total(page: Page) -> None:
    """The 合计 row, over whatever numbers stand above it."""
    page.total = ["合计", *([None] * (len(page.header) - 1))]
    for name in ("数量", "金额(元)"):
        place = page.header.index(name)
        page.total[place] = round(sum(row[place] for row in page.rows if isinstance(row[place], int | float)), 2)


def ticket_page(month: str, tickets: Sequence[Ticket]) -> Page:
    rows: list[list[Any]] = [
        [row.number, row.opened_at, row.customer, row.manager, row.channel, row.answered_at, row.resolved_at, row.status] for row in tickets
    ]
    formats = dict.fromkeys(("创建时间", "首次响应时间", "解决时间"), _MOMENT)
    return Page("客服工单", _titles(month, "客服工单")[:1], list(TICKET_HEADER), rows, (13, 17, 34, 10, 11, 17, 17, 9), formats)


def complaint_page(month: str, complaints: Sequence[Complaint]) -> Page:
    header = ["投诉编号", "投诉日期", "客户名称", "客户经理", "投诉类型", "严重程度", "是否解决", "解决日期"]
    rows: list[list[Any]] = [
        [row.number, row.day, row.customer, row.manager, row.kind, row.severity, "是" if row.resolved_on else "否", row.resolved_on]
        for row in complaints
    ]
    return Page("投诉记录", _titles(month, "投诉记录"), header, rows, (13, 12, 34, 10, 12, 10, 10, 12), {"投诉日期": _DAY, "解决日期": _DAY})


def survey_page(month: str, responses: Sequence[Response]) -> Page:
    header = ["问卷编号", "调查日期", "客户名称", "客户经理", "总体满意度", *DRIVERS, "意见"]
    rows: list[list[Any]] = [
        [row.number, row.day, row.customer, row.manager, row.overall, *(row.scores[driver] for driver in DRIVERS), row.comment or None]
        for row in responses
    ]
    titles = [_titles(month, "客户满意度调查")[0], "评分：5 非常满意，4 满意，3 一般，2 不满意，1 非常不满意"]
    return Page("满意度调查", titles, header, rows, (13, 12, 34, 10, 11, 9, 9, 9, 9, 48), {"调查日期": _DAY})


def target_page(year: str) -> Page:
    """Months across, in 万元; months outside the demo are blank."""
    header = ["客户经理", *(f"{number}月" for number in range(1, 13)), "合计"]
    rows: list[list[Any]] = []
    for manager in MANAGERS:
        values = [target(manager, month) if month in MONTHS else None for month in (f"{year}-{number:02d}" for number in range(1, 13))]
        rows.append([manager.name, *values, sum(value for value in values if value is not None)])
    total = ["合计", *(sum(row[place] or 0 for row in rows) or None for place in range(1, len(header)))]
    note = "说明：目标由总经理办公会提出，与各客户经理逐一沟通后确定。"
    return Page("销售目标", [f"{year}年销售目标（万元）"], header, rows, (10, *([8] * 12), 10), {}, total, note)


def manager_page() -> Page:
    header = ["工号", "姓名", "团队", "区域", "邮箱", "入职日期"]
    rows: list[list[Any]] = [[man.number, man.name, man.team, man.area, f"{man.mailbox}@huitong.example", man.hired] for man in MANAGERS]
    return Page("客户经理名单", [f"{COMPANY} 客户经理名单"], header, rows, (10, 10, 10, 20, 30, 12), {"入职日期": _DAY})


def customer_page(listed: Sequence[Account], later: Sequence[Account]) -> Page:
    """``later``: those who were put on the list before they bought; they stand below the others."""
    header = ["客户编号", "客户名称", "客户经理", "客户等级", "区域", "行业", "合作起始日期"]
    ordered = [*sorted(listed, key=lambda account: (account.since, account.name)), *later]
    rows: list[list[Any]] = [
        [f"KH{place:04d}", account.name, account.manager, account.tier, account.city, account.trade, account.since]
        for place, account in enumerate(ordered, 1)
    ]
    return Page("客户名单", [f"{COMPANY} 客户名单", "散客及零星采购客户未列入"], header, rows, (11, 34, 10, 10, 10, 14, 14), {"合作起始日期": _DAY})


def staff_page(responses: Sequence[StaffResponse]) -> Page:
    header = ["调查日期", "团队", "满意度评分", "意见"]
    rows: list[list[Any]] = [[row.day, row.team, row.score, row.comment or None] for row in responses]
    return Page("员工满意度", [f"{COMPANY} 员工满意度调查（匿名，每季度一次，5分制）"], header, rows, (12, 10, 12, 60), {"调查日期": _DAY})


def feedback_page(year: str, rows: list[list[Any]]) -> Page:
    header = ["日期", "客户经理", "反馈来源", "反馈方式", "评价标准", "评分", "反馈内容", "改进措施", "完成期限", "记录人"]
    widths = (12, 10, 10, 10, 12, 8, 70, 60, 12, 10)
    return Page("反馈记录", [f"{COMPANY} {year}年客户经理反馈记录"], header, rows, widths, {"日期": _DAY, "完成期限": _DAY})


def ticket_export(page: Page) -> bytes:
    """The same rows as the helpdesk exports them: GBK, CRLF, the header first."""
    lines = [page.header, *([_plain(cell) for cell in row] for row in page.rows)]
    return "".join(",".join(line) + "\r\n" for line in lines).encode("gbk")


def _plain(cell: Any) -> str:
    """A cell as the export writes it; none of them holds a comma or a quotation mark."""
    return "" if cell is None else f"{cell:%Y-%m-%d %H:%M}" if hasattr(cell, "hour") else str(cell)
