"""The sheets of a small firm whose customers can be counted by hand; the clock of the tests stands at 24 November 2026.

At the end of October: 甲 lapsed (a normal customer until September), 庚 lapsed, 戊 normal, 乙 new; 丙 has a deal open, 丁 and 大甲 are listed alone.
"""

from __future__ import annotations

from amdash.service import imports
from amdash.service.imports import Upload
from amdash.service.workspace import Workspace

SHEETS = {
    "销售.csv": (
        "订单编号,下单日期,客户,客户经理,产品,金额,状态,立项日期\n"
        "A0,2024-11-05,庚公司,李明,皮带,100,已成交,\n"
        "A1,2025-03-10,甲公司,李明,轴承,1000,已成交,\n"
        "A2,2026-05-01,甲公司,王芳,轴承,600,已成交,\n"
        "A2,2026-05-01,甲公司,王芳,皮带,400,已成交,\n"
        "A3,2026-10-08,甲公司,王芳,轴承,-100,已成交,\n"
        "A4,2026-08-20,甲公司,王芳,皮带,50,已取消,\n"
        "A5,2026-09-10,戊公司,王芳,皮带,700,已成交,\n"
        "A6,2026-10-20,乙公司,李明,轴承,500,已成交,\n"
        "A7,2026-12-15,丙公司,王芳,轴承,2000,跟进中,2026-08-01\n"
    ),
    "客户名单.csv": (
        "客户名称,客户经理,合作起始日期,标签,区域\n"
        "甲公司,王芳,2020-01-05,老客户、重点,苏州\n"
        "丁公司,李明,2026-07-15,,\n"
        "戊公司,王芳,2026-06-01,,\n"
        "大甲公司,王芳,,,\n"
    ),
    "客户经理名单.csv": "姓名,团队\n李明,华东组\n王芳,华南组\n",
    "客服工单.csv": (
        "工单编号,创建时间,首次回复时间,客户经理,客户,渠道\n"
        "T1,2026-10-03 09:00,2026-10-03 15:00,王芳,甲公司,电话\n"
        "T2,2026-11-20 10:00,,王芳,丙公司,邮件\n"
    ),
    "投诉记录.csv": "投诉编号,投诉日期,客户,客户经理,解决日期,投诉类别\nC1,2026-06-02,甲公司,王芳,2026-06-05,交货\n",
    "满意度调查.csv": "问卷编号,调查日期,客户,客户经理,满意度评分,意见建议\nS1,2026-06-20,甲公司,王芳,5,很好\nS2,2026-06-21,戊公司,王芳,4,\n",
    "反馈记录.csv": "日期,客户经理,反馈内容,反馈来源\n2026-06-25,王芳,甲公司说送货准时。,客户\n2026-06-26,王芳,大甲公司想看样品。,客户\n",
}


def stored(ws: Workspace) -> Workspace:
    """The workspace with these sheets."""
    imports.confirm(ws, imports.preview(ws, [Upload(name, text.encode()) for name, text in SHEETS.items()]))
    return ws
