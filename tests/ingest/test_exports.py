"""The exports people really have: from the header row of each product to its tables and all of its columns."""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import pandas as pd
import pytest

from amdash.ingest.preview import read_file
from amdash.ingest.vocabulary import load

TODAY = dt.date(2026, 11, 24)


@dataclass(frozen=True)
class Export:
    """A file as the product writes it.

    ``text``: the header row and some rows; a line that begins with a bar goes on with the row above. 'Close Date > date' in
    the header: the column is the field of ``table``; 'Score > surveys.score': of another table on the same sheet; a column
    without an arrow is used by none. ``values``: 'table.field' -> what the rows say.
    """

    product: str
    name: str
    table: str
    text: str
    values: dict[str, list[Any]] = field(default_factory=dict)

    @property
    def lines(self) -> list[list[str]]:
        lines: list[str] = []
        for line in filter(None, map(str.strip, self.text.splitlines())):
            if line.startswith("|"):
                lines[-1] += line
            else:
                lines.append(line)
        return [[cell.strip() for cell in line.split("|")] for line in lines]

    @property
    def headers(self) -> list[str]:
        return [cell.partition(" > ")[0] for cell in self.lines[0]]

    @property
    def tables(self) -> dict[str, dict[str, str]]:
        """Table -> header -> field."""
        found: dict[str, dict[str, str]] = {}
        for cell in self.lines[0]:
            header, _, places = cell.partition(" > ")
            for place in filter(None, places.split(", ")):
                table, _, name = place.rpartition(".")
                found.setdefault(table or self.table, {})[header] = name
        return found


CRM = [
    Export(
        "Salesforce opportunity report",
        "report1762131421000.csv",
        "sales",
        """
        Opportunity Owner > manager | Account Name > customer | Opportunity Name | Stage > status | Fiscal Period | Amount > amount | Expected Revenue
        | Probability (%) | Age | Close Date > date | Created Date > opened_on | Next Step | Lead Source | Type
        Ann Lee | Acme Corp | Acme - 200 seats | Closed Won | Q4-2026 | 125000 | 125000 | 100 | 45 | 10/15/2026 | 8/31/2026 | | Web | New
        Bob Ray | Globex | Globex renewal | Negotiation/Review | Q4-2026 | 84000 | 75600 | 90 | 12 | 11/20/2026 | 11/8/2026 | | |
        Ann Lee | Initech | Initech pilot | Closed Lost | Q4-2026 | 9000 | 0 | 0 | 30 | 10/2/2026 | 9/2/2026 | | Partner | New
        """,
        {"sales.status": ["won", "open", "lost"], "sales.amount": [125000, 84000, 9000]},
    ),
    Export(
        "Salesforce account list",
        "report1762131421001.csv",
        "customers",
        """
        Account Name > customer | Account Owner > manager | Account Number > customer_no | Billing State/Province > region | Billing Country | Type
        | Industry > industry | Rating | Annual Revenue | Created Date > since | Last Activity
        Acme Corp | Ann Lee | CD451796 | CA | United States | Customer - Direct | Electronics | Hot | 139000000 | 3/14/2022 | 11/1/2026
        Globex | Bob Ray | CC978213 | KS | United States | Customer - Channel | Apparel | Cold | 950000000 | 7/2/2023 | 10/9/2026
        """,
    ),
    Export(
        "Salesforce case report",
        "report1762131421002.csv",
        "tickets",
        """
        Case Owner > manager | Account Name > customer | Contact Name | Case Number > ticket_no | Subject | Status > status | Priority
        | Case Origin > channel | Date/Time Opened > opened_at | Date/Time Closed > resolved_at | Age | Open | Closed
        Ann Lee | Acme Corp | Sue Park | 00001026 | Login | Closed | High | Phone | 10/5/2026 9:15 AM | 10/6/2026 4:02 PM | 30.8 | 0 | 1
        Bob Ray | Globex | Tom Hill | 00001027 | Invoice | Escalated | Low | Web | 10/7/2026 1:40 PM | | 41.2 | 1 | 0
        """,
        {"tickets.status": ["resolved", "open"], "tickets.resolved": [True, False]},
    ),
    Export(
        "HubSpot deals",
        "hubspot-crm-exports-all-deals-2026-11-02.csv",
        "sales",
        """
        Record ID > order_no | Deal Name | Deal Stage > status | Close Date > date | Deal owner > manager | Amount > amount | Pipeline
        | Create Date > opened_on | Associated Company (Primary) > customer | Last Activity Date
        20814630731 | Acme retainer | Closed Won (Sales Pipeline) | 2026-10-09 14:20 | Ann Lee | 75000 | Sales Pipeline | 2026-07-01 09:30 | Acme |
        20814630732 | Globex web | Contract Sent (Sales Pipeline) | 2026-11-20 10:00 | Bob Ray | 12000 | Sales Pipeline | 2026-09-12 11:02 | Globex |
        20814630733 | Initech | Decision Maker Bought-In | 2026-11-21 10:00 | Bob Ray | | Sales Pipeline | 2026-10-01 08:15 | Initech |
        """,
        {"sales.status": ["won", "open", "open"]},
    ),
    Export(
        "HubSpot companies",
        "hubspot-crm-exports-all-companies-2026-11-02.csv",
        "customers",
        """
        Record ID > customer_no | Company name > customer | Company owner > manager | Create Date > since | Phone Number | Last Activity Date | City
        | Country/Region > region | Industry > industry
        9001 | Acme | Ann Lee | 2024-02-01 09:30 | +1 555 0100 | 2026-10-30 12:00 | Boston | United States | Computer Software
        9002 | Globex | Bob Ray | 2023-06-11 15:10 | | | Leeds | United Kingdom | Retail
        """,
    ),
    Export(
        "HubSpot tickets",
        "hubspot-crm-exports-all-tickets-2026-11-02.csv",
        "tickets",
        """
        Ticket ID > ticket_no | Ticket name | Pipeline | Ticket status > status | Create date > opened_at | Priority | Ticket owner > manager
        | Source > channel | Close date > resolved_at | Associated Company
        3301 | Cannot log in | Support Pipeline | Closed (Support Pipeline) | 2026-10-05 09:15 | High | Ann Lee | Email | 2026-10-06 10:00 | Acme
        3302 | Invoice copy | Support Pipeline | Waiting on contact (Support Pipeline) | 2026-10-07 13:40 | Low | Bob Ray | Chat | | Globex
        """,
        {"tickets.status": ["resolved", "open"]},
    ),
    Export(
        "纷享销客商机",
        "商机_20261102.xlsx",
        "sales",
        """
        商机名称 | 客户名称 > customer | 商机金额(元) > amount | 销售流程 | 商机阶段 | 阶段状态 > status | 赢率(%) | 预计成交日期 > date
        | 负责人 > manager | 负责人主属部门 | 创建时间 > opened_on | 最后跟进时间 | 生命状态
        恒信二期 | 恒信科技有限公司 | 186000 | 标准销售流程 | 赢单 | 赢单 | 100 | 2026-10-15 | 李明 | 华东销售部 | 2026-07-01 10:22 | 2026-10-15 18:01
        | 正常
        中远物流 | 中远物流集团 | 92000 | 标准销售流程 | 谈判审核 | 进行中 | 80 | 2026-11-20 | 王芳 | 华南销售部 | 2026-09-08 09:10 | 2026-11-01 11:30
        | 正常
        云川改造 | 云川实业 | 40000 | 标准销售流程 | 输单 | 输单 | 0 | 2026-10-28 | 李明 | 华东销售部 | 2026-08-19 14:00 | 2026-10-28 16:45 | 正常
        """,
        {"sales.status": ["won", "open", "lost"]},
    ),
    Export(
        "纷享销客客户",
        "客户_20261102.xlsx",
        "customers",
        """
        客户名称 > customer | 客户编号 > customer_no | 客户级别 > tier | 客户来源 | 一级行业 > industry | 省 > region | 市 | 负责人 > manager
        | 负责人主属部门 | 成交状态 | 创建时间 > since | 最后成交时间
        恒信科技有限公司 | KH0001 | 重点客户 | 转介绍 | 信息技术 | 浙江省 | 杭州市 | 李明 | 华东销售部 | 已成交 | 2023-03-01 09:00 | 2026-10-15 18:01
        云川实业 | KH0002 | 普通客户 | 展会 | 制造业 | 四川省 | 成都市 | 王芳 | 西南销售部 | 未成交 | 2025-05-20 10:30 |
        """,
    ),
    Export(
        "纷享销客销售订单",
        "销售订单_20261102.xlsx",
        "sales",
        """
        销售订单编号 > order_no | 客户名称 > customer | 商机名称 | 下单日期 > date | 销售订单金额(元) > amount | 整单折扣 | 订单状态 > status
        | 负责人 > manager | 创建时间 > opened_on
        20261015-000001 | 恒信科技有限公司 | 恒信二期 | 2026-10-15 | 186,000.00 | 100% | 已发货 | 李明 | 2026-10-15 18:05
        20261016-000001 | 中远物流集团 | | 2026-10-16 | 12,400.50 | 95% | 待确认 | 王芳 | 2026-10-16 09:12
        """,
        {"sales.amount": [186000, 12400.5], "sales.status": ["won", "open"]},
    ),
    Export(
        "销售易商机",
        "销售机会20261102.xlsx",
        "sales",
        """
        销售机会名称 | 客户名称 > customer | 销售机会类型 | 销售阶段 > status | 赢率(%) | 销售金额(元) > amount | 结单日期 > date | 输单原因
        | 销售机会所有人 > manager | 所属部门 | 创建日期 > opened_on
        恒信扩容 | 恒信科技 | 新客户 | 赢单 | 100 | 150000 | 2026-10-12 | | 李明 | 华东区 | 2026-06-30
        中远一期 | 中远物流 | 老客户 | 方案/报价 | 60 | 88000 | 2026-11-18 | | 王芳 | 华南区 | 2026-09-01
        云川 | 云川实业 | 新客户 | 验证客户 | 10 | 30000 | 2026-11-22 | | 王芳 | 华南区 | 2026-10-20
        """,
        {"sales.status": ["won", "open", "open"]},
    ),
    Export(
        "销售易客户",
        "客户20261102.xlsx",
        "customers",
        """
        客户名称 > customer | 客户级别 > tier | 行业 > industry | 客户所有人 > manager | 所属部门 | 省份 > region | 电话 | 创建日期 > since
        | 最近活动记录时间
        恒信科技 | A级 | 软件 | 李明 | 华东区 | 浙江 | 0571-88000000 | 2023-03-01 | 2026-10-12 10:00
        云川实业 | C级 | 制造 | 王芳 | 西南区 | 四川 | | 2025-05-20 |
        """,
    ),
    Export(
        "企业微信客户列表",
        "客户列表20261102.xlsx",
        "customers",
        """
        客户名称 > customer | 描述 | 添加人 > manager | 添加人账号 | 添加人所属部门 | 添加时间 > since | 来源 | 手机 | 企业 | 邮箱 | 地址 | 职务
        | 电话 | 标签组1(客户等级) > tags | 标签组2(来源)
        张总 | | 李明 | liming | 华东区 | 2024-03-05 10:21:33 | 扫描二维码 | | 恒信科技 | | | 总经理 | | 重点 | 展会
        陈经理 | 采购 | 王芳 | wangfang | 华南区 | 2025-08-19 15:02:10 | 名片分享 | | 云川实业 | | | 经理 | | 普通 |
        """,
    ),
]

SUPPORT = [
    Export(
        "Zendesk tickets",
        "zendesk-tickets-2026-10.csv",
        "tickets",
        """
        Id > ticket_no | Requester | Requester id | Requester email | Submitter | Assignee > manager, surveys.manager | Group | Subject | Tags
        | Status > status | Priority | Via > channel | Ticket type | Created at > opened_at, surveys.date | Updated at
        | Organization > customer, surveys.customer | Due date | Solved at > resolved_at | Resolution time > resolution_hours
        | Satisfaction Score > surveys.score | Reopens | Replies | First reply time in minutes > response_hours
        | First reply time in minutes within business hours | Full resolution time in minutes
        501 | Sue Park | 11 | sue@x.com | Sue Park | Ann Lee | Support | Login | | Closed | High | Mail | Problem | 2026-10-05 09:15
        | 2026-10-09 10:00 | Acme | | 2026-10-06 09:15 | 24 | Good | 0 | 2 | 90 | 60 | 1440
        502 | Tom Hill | 12 | tom@x.com | Tom Hill | Bob Ray | Support | Invoice | | Pending | Low | Web Form | | 2026-10-07 13:40 | 2026-10-08 11:00
        | Globex | | | | Offered | 0 | 0 | | |
        503 | Sue Park | 11 | sue@x.com | Sue Park | Ann Lee | Support | Error | | Solved | High | Chat | | 2026-10-08 08:00 | 2026-10-08 12:00 | Acme
        | | 2026-10-08 12:00 | 4 | Bad | 0 | 1 | 30 | 30 | 240
        """,
        {"tickets.response_hours": [1.5, None, 0.5], "surveys.score": [4, 2], "tickets.status": ["resolved", "open", "resolved"]},
    ),
    Export(
        "Zendesk satisfaction ratings",
        "satisfaction-ratings-2026-10.csv",
        "surveys",
        """
        Ticket ID | Requester > customer | Assignee > manager | Group | Satisfaction rating > score | Satisfaction comment > comment
        | Satisfaction reason | Rating date > date
        501 | Sue Park | Ann Lee | Support | Good | quick | | 2026-10-06
        503 | Tom Hill | Bob Ray | Support | Bad | | The issue took too long to resolve | 2026-10-09
        """,
        {"surveys.score": [4, 2]},
    ),
    Export(
        "Freshdesk tickets",
        "tickets-November-02-2026.csv",
        "tickets",
        """
        Ticket ID > ticket_no | Subject | Status > status | Priority | Source > channel | Type | Agent > manager, surveys.manager | Group
        | Created time > opened_at, surveys.date | Due by Time | Resolved time > resolved_at | Closed time | Last update time
        | Initial response time > first_response_at | Time tracked | First response time (in hrs) > response_hours
        | Resolution time (in hrs) > resolution_hours | Agent interactions | Customer interactions | Resolution status | Tags
        | Survey results > surveys.score | Company Name > customer, surveys.customer
        71 | Login | Closed | Urgent | Email | Question | Ann Lee | L1 | 2026-10-05 09:15:00 | 2026-10-06 09:15:00 | 2026-10-05 17:15:00
        | 2026-10-07 09:00:00 | 2026-10-07 09:00:00 | 2026-10-05 10:15:00 | 00:20 | 01:00:00 | 08:00:00 | 2 | 1 | Within SLA | | Extremely happy
        | Acme
        72 | Invoice | Waiting on Customer | Low | Phone | Question | Bob Ray | L1 | 2026-10-07 13:40:00 | 2026-10-09 13:40:00 | |
        | 2026-10-08 09:00:00 | | 00:00 | | | 0 | 1 | | | | Globex
        """,
        {"tickets.response_hours": [1.0, None], "tickets.resolution_hours": [8.0, None], "surveys.score": [5]},
    ),
    Export(
        "ServiceNow incident list",
        "incident.xlsx",
        "tickets",
        """
        Number > ticket_no | Opened > opened_at | Short description | Caller > customer | Priority | State > status | Category | Assignment group
        | Assigned to > manager | Updated | Resolved > resolved_at | Closed
        INC0010001 | 2026-10-05 09:15:00 | VPN | Abel Tuter | 3 - Moderate | Closed | Network | Desk | Ann Lee | 2026-10-12 00:00:00
        | 2026-10-05 12:00:00 | 2026-10-12 00:00:00
        INC0010002 | 2026-10-06 10:00:00 | Mail | Joe Employee | 4 - Low | On Hold | Software | Desk | Bob Ray | 2026-10-07 08:00:00 | |
        """,
        {"tickets.status": ["resolved", "open"]},
    ),
    Export(
        "incident event log",
        "incident_event_log.csv",
        "tickets",
        """
        number > ticket_no | incident_state > status | active | reassignment_count | reopen_count | made_sla | caller_id > customer | opened_by
        | opened_at > opened_at | sys_created_by | sys_created_at | contact_type > channel | location | category | subcategory | impact | urgency
        | priority | assignment_group | assigned_to > manager | closed_code | resolved_by | resolved_at > resolved_at | closed_at
        INC0000045 | Closed | false | 0 | 0 | true | Caller 2403 | Opened by 8 | 29/2/2016 01:16 | Created by 6 | 29/2/2016 01:23 | Phone
        | Location 143 | Category 55 | Subcategory 170 | 2 - Medium | 2 - Medium | 3 - Moderate | Group 56 | Resolver 89 | code 5 | Resolved by 149
        | 29/2/2016 11:29 | 5/3/2016 12:00
        INC0000047 | Awaiting User Info | true | 1 | 0 | true | Caller 2403 | Opened by 397 | 29/2/2016 04:40 | Created by 171 | 29/2/2016 04:57
        | Phone | Location 165 | Category 40 | Subcategory 215 | 2 - Medium | 2 - Medium | 3 - Moderate | Group 70 | Resolver 2 | | | |
        """,
        {"tickets.status": ["resolved", "open"]},
    ),
    Export(
        "Jira Service Management issues",
        "Jira Export CSV (all fields).csv",
        "tickets",
        """
        Summary | Issue key > ticket_no | Issue id | Issue Type | Status > status | Project name | Priority | Resolution
        | Assignee > manager, surveys.manager | Reporter > customer | Created > opened_at, surveys.date | Updated | Resolved > resolved_at
        | Status Category | Custom field ([CHART] Date of First Response) > first_response_at | Custom field (Time to first response)
        | Satisfaction rating > surveys.score
        VPN | SD-101 | 10101 | Service Request | Resolved | Service Desk | High | Done | Ann Lee | Sue Park | 2026-10-05 09:15 | 2026-10-06 09:00
        | 2026-10-05 15:15 | Done | 2026-10-05 10:45 | 3:21 | 5
        Mail | SD-102 | 10102 | Incident | Waiting for customer | Service Desk | Low | | Bob Ray | Tom Hill | 2026-10-07 13:40 | 2026-10-08 09:00 |
        | In Progress | | -0:44 |
        """,
        {"tickets.status": ["resolved", "open"], "surveys.score": [5]},
    ),
    Export(
        "Chatwoot CSAT report",
        "csat_report.csv",
        "surveys",
        """
        Agent Name > manager | Rating > score | Feedback Comment > comment | Contact Name > customer | Contact Email Address | Contact Phone Number
        | Link to the conversation | Recorded date > date
        Ann Lee (ann@x.com) | 5 | great | Sue Park | sue@x.com | | https://app.chatwoot.com/app/accounts/1/conversations/7 | 2026-10-05 09:15:00
        Bob Ray (bob@x.com) | 2 | | Tom Hill | tom@x.com | | https://app.chatwoot.com/app/accounts/1/conversations/9 | 2026-10-07 13:40:00
        """,
    ),
    Export(
        "call-centre log",
        "01 Call-Center-Dataset.xlsx",
        "tickets",
        """
        Call Id > ticket_no | Agent > manager, surveys.manager | Date > opened_at, surveys.date | Time | Topic | Answered (Y/N) > answered
        | Resolved > resolved | Speed of answer in seconds > response_hours | AvgTalkDuration | Satisfaction rating > surveys.score
        ID0001 | Diane | 2021-01-01 | 09:12:58 | Contract related | Y | Y | 108 | 00:02:23 | 3
        ID0002 | Becky | 2021-01-01 | 09:12:58 | Technical Support | Y | N | 72 | 00:04:02 | 4
        ID0003 | Stewart | 2021-01-01 | 09:47:31 | Contract related | N | N | | |
        """,
        {"tickets.response_hours": [0.03, 0.02, None], "tickets.answered": [True, True, False], "surveys.score": [3, 4]},
    ),
    Export(
        "客服会话明细",
        "会话明细.xlsx",
        "tickets",
        """
        会话ID > ticket_no | 客户昵称 > customer | 接待客服 > manager, surveys.manager | 会话来源 > channel | 会话开始时间 > opened_at, surveys.date
        | 会话结束时间 > resolved_at | 首次响应时长(秒) > response_hours | 是否解决 > resolved | 会话状态 > status | 满意度 > surveys.score
        H001 | 小陈 | 李明 | 微信 | 2026-10-05 09:15:00 | 2026-10-05 09:40:00 | 36 | 已解决 | 已结束 | 非常满意
        H002 | 老周 | 王芳 | 网页 | 2026-10-05 10:02:00 | 2026-10-05 10:20:00 | 90 | 未解决 | 已结束 | 未评价
        """,
        {"tickets.response_hours": [0.01, 0.025], "tickets.resolved": [True, False]},
    ),
    Export(
        "客服工单导出",
        "工单导出.xlsx",
        "tickets",
        """
        工单编号 > ticket_no | 创建时间 > opened_at | 客户名称 > customer | 处理人 > manager | 渠道 > channel | 响应时长（分钟） > response_hours
        | 解决时间 > resolved_at | 工单状态 > status
        GD001 | 2026/10/5 9:15 | 恒信科技 | 李明 | 电话 | 45 | 2026/10/5 15:15 | 已结案
        GD002 | 2026/10/6 10:00 | 云川实业 | 王芳 | 微信 | 120 | | 待客户确认
        """,
        {"tickets.response_hours": [0.75, 2.0], "tickets.status": ["resolved", "open"]},
    ),
]

LEDGERS = [
    Export(
        "金蝶 K/3 销售出库单序时簿",
        "销售出库单序时簿.xlsx",
        "sales",
        """
        日期 > date | 审核标志 | 单据编号 > order_no | 购货单位 > customer | 发货仓库 | 产品长代码 | 产品名称 > product | 规格型号 | 单位
        | 实发数量 > quantity | 销售单价 | 销售金额 > amount | 部门 | 业务员 > manager | 制单
        2026-10-08 | Y | XOUT000812 | 恒信科技有限公司 | 成品仓 | 01.02.003 | 控制器A | A-200 | 台 | 10 | 1200 | 12000 | 华东销售部 | 李明 | 刘会计
        2026-10-09 | Y | XOUT000813 | 云川实业 | 成品仓 | 01.02.004 | 控制器B | B-100 | 台 | 4 | 800 | 3200 | 西南销售部 | 王芳 | 刘会计
        """,
    ),
    Export(
        "金蝶精斗云 销货单",
        "销货单列表.xlsx",
        "sales",
        """
        单据日期 > date | 单据编号 > order_no | 客户 > customer | 销售人员 > manager | 销售金额 > amount | 优惠后金额 | 已收款 | 单据状态 > status
        | 制单人 | 备注
        2026-10-08 | XS20261008001 | 恒信科技 | 李明 | 12,000.00 | 11,800.00 | 11,800.00 | 已审核 | 刘会计 |
        2026-10-09 | XS20261009001 | 云川实业 | 王芳 | 3,200.00 | 3,200.00 | 0.00 | 未审核 | 刘会计 |
        """,
        {"sales.status": ["won", "open"]},
    ),
    Export(
        "金蝶云星空 销售订单列表",
        "销售订单列表.xlsx",
        "sales",
        """
        单据编号 > order_no | 日期 > date | 客户 > customer | 单据状态 > status | 销售部门 | 销售员 > manager | 物料编码 | 物料名称 > product
        | 销售单位 | 销售数量 > quantity | 含税单价 | 价税合计 > amount | 要货日期
        XSDD001 | 2026-10-08 | 恒信科技 | 已审核 | 华东销售部 | 李明 | 1.01 | 控制器A | 台 | 10 | 1356 | 13560 | 2026-10-20
        XSDD002 | 2026-10-09 | 云川实业 | 审核中 | 西南销售部 | 王芳 | 1.02 | 控制器B | 台 | 4 | 904 | 3616 | 2026-10-25
        """,
        {"sales.status": ["won", "open"]},
    ),
    Export(
        "用友 T+ 销货单",
        "销货单明细表.xlsx",
        "sales",
        """
        单据日期 > date | 单据编号 > order_no | 客户 > customer | 部门 | 业务员 > manager | 存货编码 | 存货名称 > product | 规格型号 | 销售单位
        | 数量 > quantity | 含税单价 | 税额 | 含税金额 > amount | 单据状态 > status
        2026-10-08 | SA-2026-10-0001 | 恒信科技 | 华东销售部 | 李明 | 0101 | 控制器A | A-200 | 台 | 10 | 1356 | 1560 | 13560 | 生效
        2026-10-09 | SA-2026-10-0002 | 云川实业 | 西南销售部 | 王芳 | 0102 | 控制器B | B-100 | 台 | 4 | 904 | 416 | 3616 | 未审核
        """,
        {"sales.status": ["won", "open"]},
    ),
    Export(
        "用友 U8 销售明细账",
        "销售明细账.xlsx",
        "sales",
        """
        部门名称 | 客户简称 > customer | 业务员 > manager | 日期 > date | 单据号 > order_no | 存货名称 > product | 数量 > quantity | 本币无税单价
        | 本币税额 | 本币无税金额 | 本币价税合计 > amount | 本币折扣
        华东销售部 | 恒信 | 李明 | 2026-10-08 | 0000000812 | 控制器A | 10 | 1200 | 1560 | 12000 | 13560 | 0
        西南销售部 | 云川 | 王芳 | 2026-10-09 | 0000000813 | 控制器B | 4 | 800 | 416 | 3200 | 3616 | 0
        """,
    ),
    Export(
        "管家婆销售单",
        "销售单明细.xlsx",
        "sales",
        """
        录单日期 > date | 单据编号 > order_no | 购买单位 > customer | 经手人 > manager | 部门 | 发货仓库 | 商品编号 | 商品全名 > product
        | 数量 > quantity | 单价 | 折后金额 > amount | 摘要
        2026-10-08 | XS-T-2026-10-08-0001 | 恒信科技 | 李明 | 华东 | 主仓库 | 0101 | 控制器A | 10 | 1200 | 11400 | 恒信科技【控制器A】
        2026-10-09 | XS-T-2026-10-09-0001 | 云川实业 | 王芳 | 西南 | 主仓库 | 0102 | 控制器B | 4 | 800 | 3200 |
        """,
    ),
]

SHOPS = [
    Export(
        "Shopify orders",
        "orders_export.csv",
        "sales",
        """
        Name > order_no | Email | Financial Status > status | Paid at | Fulfillment Status | Fulfilled at | Currency | Subtotal | Shipping | Taxes
        | Total > amount | Discount Amount | Created at > date | Lineitem quantity > quantity | Lineitem name > product | Lineitem price
        | Lineitem sku | Billing Name | Billing Company > customer | Shipping Province > region | Cancelled at | Refunded Amount | Vendor | Id | Tags
        #1001 | sue@x.com | paid | 2026-10-05 09:16:00 +0000 | fulfilled | 2026-10-06 10:00:00 +0000 | USD | 100 | 5 | 8 | 113 | 0
        | 2026-10-05 09:15:00 +0000 | 2 | Oak desk | 50 | OD-1 | Sue Park | Acme | CA | | 0 | Oak | 5001 |
        #1002 | tom@x.com | refunded | 2026-10-07 13:41:00 +0000 | | | USD | 40 | 5 | 3 | 48 | 0 | 2026-10-07 13:40:00 +0000 | 1 | Lamp | 40 | LP-2
        | Tom Hill | Globex | NY | | 48 | Oak | 5002 |
        """,
        {"sales.status": ["won", "cancelled"], "sales.amount": [113, 48]},
    ),
    Export(
        "Amazon all orders",
        "AllOrdersReport.csv",
        "sales",
        """
        amazon-order-id > order_no | merchant-order-id | purchase-date > date | last-updated-date | order-status > status | fulfillment-channel
        | sales-channel | product-name > product | sku | asin | item-status | quantity > quantity | currency | item-price > amount | item-tax
        | shipping-price | ship-city | ship-state > region | ship-country
        113-2231-55 | | 2026-10-05T09:15:00+00:00 | 2026-10-07T10:00:00+00:00 | Shipped | Amazon | Amazon.com | Oak desk | OD-1 | B00X | Shipped | 2
        | USD | 100 | 8 | 0 | Reno | NV | US
        113-2231-56 | | 2026-10-06T11:15:00+00:00 | 2026-10-06T12:00:00+00:00 | Cancelled | Amazon | Amazon.com | Lamp | LP-2 | B00Y | Cancelled | 1
        | USD | 40 | 3 | 0 | Troy | NY | US
        """,
        {"sales.status": ["won", "cancelled"]},
    ),
    Export(
        "Amazon FBA customer returns",
        "fba-customer-returns.csv",
        "returns",
        """
        return-date > returned_on | order-id > order_no | sku | asin | fnsku | product-name | quantity | fulfillment-center-id | detailed-disposition
        | reason > reason | status > returned | license-plate-number | customer-comments
        2026-10-20T08:00:00+00:00 | 113-2231-55 | OD-1 | B00X | X001 | Oak desk | 1 | LAS2 | SELLABLE | UNWANTED_ITEM | Unit returned to inventory
        | LPN1 |
        """,
        {"returns.returned": [True]},
    ),
    Export(
        "淘宝 / 千牛订单",
        "ExportOrderList202611021650.csv",
        "sales",
        """
        订单编号 > order_no | 买家会员名 > customer | 买家支付宝账号 | 买家应付货款 | 买家应付邮费 | 买家支付积分 | 总金额 | 返点积分
        | 买家实际支付金额 > amount | 买家实际支付积分 | 订单状态 > status | 买家留言 | 收货人姓名 | 收货地址 | 运送方式 | 联系手机
        | 订单创建时间 > date | 订单付款时间 | 宝贝标题 > product | 宝贝种类 | 物流单号 | 物流公司 | 订单备注 | 宝贝总数量 > quantity | 店铺名称
        | 订单关闭原因
        1930679858170647 | 幸福小蔓 | a@qq.com | 598 | 0 | 0 | 598 | 0 | 598 | 0 | 买家已付款，等待卖家发货 | | 马慧 | 吉林省 通化市 | 快递 | '186
        | 2026/10/5 9:15 | 2026/10/5 9:16 | 洗面奶套装 | 1 | | | | 2 | 旗舰店 | 订单未关闭
        1930679858170648 | 老周 | b@qq.com | 99 | 0 | 0 | 99 | 0 | 0 | 0 | 交易关闭 | | 周进 | 浙江省 杭州市 | 快递 | '139 | 2026/10/6 10:00 | | 面膜
        | 1 | | | | 1 | 旗舰店 | 买家未付款
        """,
        {"sales.status": ["won", "cancelled"], "sales.amount": [598, 0]},
    ),
    Export(
        "千牛退款",
        "ExportRefundList202611021650.xlsx",
        "returns",
        """
        订单编号 > order_no | 退款编号 | 支付宝交易号 | 订单付款时间 | 商品编码 | 退款完结时间 > returned_on | 买家实际支付金额 | 宝贝标题
        | 买家退款金额 | 手工退款/系统退款 | 是否需要退货 | 退款的申请时间 | 超时时间 | 退款状态 > returned | 货物状态 | 买家退款原因 > reason
        | 买家退款说明 | 买家退货时间 | 责任方
        1930679858170647 | 88001 | 20261005 | 2026-10-05 09:16:00 | S1 | 2026-10-12 18:00:00 | 598 | 洗面奶套装 | 598 | 系统退款 | 是
        | 2026-10-09 10:00:00 | | 退款成功 | 买家已退货 | 七天无理由 | | 2026-10-10 12:00:00 | 买家
        1930679858170650 | 88002 | 20261006 | 2026-10-06 10:16:00 | S2 | 2026-10-13 18:00:00 | 99 | 面膜 | 99 | 系统退款 | 否 | 2026-10-11 10:00:00 |
        | 退款关闭 | 买家未收到货 | 质量问题 | | | 卖家
        """,
        {"returns.returned": [True, False]},
    ),
    Export(
        "有赞订单",
        "订单导出.xlsx",
        "sales",
        """
        订单号 > order_no | 订单状态 > status | 订单创建时间 > date | 买家付款时间 | 交易成功时间 | 全部商品名称 > product | 商品种类数
        | 订单商品总件数 > quantity | 商品金额合计 | 运费 | 店铺优惠合计 | 订单实付金额 > amount | 买家昵称 > customer | 收货人省份 > region
        | 收货人城市 | 订单退款状态 > returned
        E20261005091500001 | 交易完成 | 2026-10-05 09:15:00 | 2026-10-05 09:16:00 | 2026-10-12 10:00:00 | 绿茶礼盒 | 1 | 2 | 200 | 0 | 20 | 180 | 小陈
        | 浙江省 | 杭州市 | 无退款
        E20261006100000001 | 待付款 | 2026-10-06 10:00:00 | | | 红茶 | 1 | 1 | 80 | 10 | 0 | 90 | 老周 | 四川省 | 成都市 |
        """,
        {"sales.status": ["won", "open"], "sales.returned": [False, None]},
    ),
    Export(
        "shop orders with a regions list and a returns list",
        "Returns.csv",
        "returns",
        """
        Returned > returned | Order ID > order_no
        Yes | CA-2026-153822
        Yes | CA-2026-129707
        """,
        {"returns.returned": [True, True]},
    ),
    Export(
        "门店退货登记",
        "退货登记.xlsx",
        "returns",
        """
        退货日期 > returned_on | 原订单号 > order_no | 商品名称 | 退货数量 | 退货金额 | 退货原因 > reason | 经手人
        2026-10-12 | DD1001 | 控制器A | 1 | 1200 | 型号错误 | 李明
        2026-10-14 | DD1002 | 控制器B | 2 | 1600 | 损坏 | 王芳
        """,
    ),
]

PEOPLE = [
    Export(
        "sales people by region",
        "People.csv",
        "managers",
        """
        Person > name | Region > region
        Anna Andreadi | West
        Chuck Magee | East
        """,
    ),
    Export(
        "负责人与大区",
        "大区负责人.xlsx",
        "managers",
        """
        负责人 > name | 大区 > region
        李明 | 华东
        王芳 | 华南
        """,
    ),
    Export(
        "花名册",
        "员工信息.xlsx",
        "managers",
        """
        工号 > employee_no | 姓名 > name | 所属部门 > team | 负责区域 > region | 入职日期 > hired_on | 离职日期 > left_on
        1001 | 李明 | 销售一部 | 华东 | 2021-03-01 |
        1002 | 王芳 | 销售二部 | 华南 | 2022-06-15 |
        """,
    ),
]

SUMMARIES = [
    Export(
        "monthly KPI sheet",
        "KPI report 2026.xlsx",
        "summary",
        """
        Month > period | Account manager > manager | Sales target > sales_target | Sales > sales_amount | New customers > new_customers
        | Complaints > complaints | Complaints resolved > complaints_resolved | Survey responses > responses | CSAT % > satisfaction_pct
        | Tickets > tickets | Avg response time (hours) > response_hours
        2026-10 | Ann Lee | 100000 | 96000 | 11 | 3 | 3 | 40 | 92% | 60 | 5.5
        2026-10 | Bob Ray | 80000 | 81000 | 9 | 1 | 0 | 25 | 88% | 44 | 7
        """,
        {"summary.satisfaction_pct": [0.92, 0.88]},
    ),
    Export(
        "月度考核表",
        "月度考核表.xlsx",
        "summary",
        """
        考核月份 > period | 姓名 > manager | 销售目标(万元) > sales_target | 实际完成额(万元) > sales_amount | 新增客户数 > new_customers
        | 投诉数 > complaints | 已解决投诉数 > complaints_resolved | 评价人数 > responses | 满意率 > satisfaction_pct
        | 员工满意度 > staff_satisfaction_pct | 平均响应时长(分钟) > response_hours
        2026-10 | 李明 | 10 | 9.6 | 11 | 3 | 3 | 40 | 92% | 85% | 90
        2026-10 | 王芳 | 8 | 8.1 | 9 | 1 | 0 | 25 | 88% | 80% | 120
        """,
        {"summary.sales_amount": [96000, 81000], "summary.response_hours": [1.5, 2.0]},
    ),
    Export(
        "企业微信联系客户统计",
        "联系客户统计.xlsx",
        "summary",
        """
        日期 > period | 成员 > manager | 所属部门 > team | 发起申请数 | 新增客户数 > new_customers | 聊天总数 > tickets | 发送消息数 | 已回复聊天占比
        | 平均首次回复时长(分钟) > response_hours | 删除/拉黑成员的客户数
        2026-10-05 | 李明 | 华东区 | 4 | 3 | 22 | 140 | 95.45% | 12 | 0
        2026-10-05 | 王芳 | 华南区 | 1 | 1 | 15 | 88 | 86.67% | 30 | 1
        """,
        {"summary.response_hours": [0.2, 0.5]},
    ),
    Export(
        "销售目标表",
        "2026销售指标.xlsx",
        "targets",
        """
        月份 > period | 客户经理 > manager | 团队 > team | 销售指标(万元) > value | 备注 > reason
        2026-10 | 李明 | 华东组 | 10 |
        2026-10 | 王芳 | 华南组 | 8.5 | 新区
        """,
        {"targets.value": [100000, 85000]},
    ),
]

SURVEYS = [
    Export(
        "问卷星",
        "287654321_按文本_客户调研_42_42.xlsx",
        "surveys",
        """
        序号 > response_no | 提交答卷时间 > date | 所用时间 | 来源 | 来源详情 | 来自IP | 1、您的公司名称是？ > customer
        | 2、为您服务的客户经理是？ > manager | 3、您对我们的服务总体满意吗？ > score | 4、您对产品质量的评价 > product_quality
        | 5、您对服务态度是否满意 > service_attitude | 6、您认为与我们的沟通是否及时、顺畅？ > communication | 7、我们是否满足您的需求 > needs_met
        | 8、您有多大可能向朋友推荐我们？（0-10分） > likelihood | 9、您还有哪些意见或建议？ > comment
        1 | 2026/10/5 9:15:30 | 85秒 | 微信 | N/A | 1.2.3.4(浙江-杭州) | 恒信科技 | 李明 | 非常满意 | 满意 | 非常满意 | 满意 | 满意 | 10 | 很好
        2 | 2026/10/6 10:20:00 | 120秒 | 链接 | http://x | 1.2.3.5(四川-成都) | 云川实业 | 王芳 | 一般 | 不满意 | 一般 | 满意 | (跳过) | 6 | 交货慢
        """,
        {"surveys.score": [5, 3], "surveys.product_quality": [4, 2], "surveys.likelihood": [10, 6]},
    ),
    Export(
        "Google Forms",
        "Customer survey (Responses).xlsx",
        "surveys",
        """
        Timestamp > date | Your company > customer | Who is your account manager? > manager | Overall, how satisfied are you with us? > score
        | How satisfied are you with the quality of our product? > product_quality | How friendly was our staff? > service_attitude
        | How well do we communicate with you? > communication | How well do we meet your needs? > needs_met
        | How likely are you to recommend us? > likelihood | Any other comments? > comment
        10/5/2026 9:15:30 | Acme | Ann Lee | 5 | 4 | 5 | 4 | 5 | 9 | keep going
        10/16/2026 10:20:00 | Globex | Bob Ray | 2 | 3 | 4 | 2 | 3 | 4 |
        """,
        {"surveys.score": [5, 2]},
    ),
    Export(
        "问卷星员工满意度",
        "员工满意度调查.xlsx",
        "staff_surveys",
        """
        序号 | 提交答卷时间 > date | 所用时间 | 来源 | 1、您所在的部门 > team | 2、您对目前的工作总体满意吗？ > score
        1 | 2026/10/5 9:15:30 | 40秒 | 微信 | 华东组 | 满意
        2 | 2026/10/5 9:20:30 | 35秒 | 微信 | 华南组 | 非常满意
        """,
        {"staff_surveys.score": [4, 5]},
    ),
    Export(
        "反馈表",
        "绩效反馈.xlsx",
        "feedback",
        """
        反馈日期 > date | 员工姓名 > manager | 反馈来源 > source | 反馈内容 > content | 改进措施 > action | 完成期限 > due_on | 记录人 > recorded_by
        2026-10-05 | 李明 | 直属上级 | 报价偏慢 | 提前备价 | 2026-11-30 | 赵总
        2026-10-06 | 王芳 | 同级 | 配合好 | | | 赵总
        """,
        {"feedback.source": ["supervisor", "team"]},
    ),
    Export(
        "投诉台账",
        "客户投诉台账.xlsx",
        "complaints",
        """
        投诉编号 > complaint_no | 受理日期 > received_on | 投诉单位 > customer | 责任人 > manager | 投诉类型 > category | 投诉级别 > severity
        | 处理状态 > status | 办结日期 > resolved_on | 是否闭环 > resolved
        TS001 | 2026-10-05 | 恒信科技 | 李明 | 交付 | 一般 | 已办结 | 2026-10-07 | 是
        TS002 | 2026-10-08 | 云川实业 | 王芳 | 质量 | 严重 | 处理中 | | 否
        """,
    ),
]

EXPORTS = [*CRM, *SUPPORT, *LEDGERS, *SHOPS, *PEOPLE, *SUMMARIES, *SURVEYS]


def as_file(export: Export, xlsx: Callable[..., bytes]) -> bytes:
    """The bytes of the export: comma-separated, or a workbook with figures in it whose one sheet is called Sheet1, as its name says."""
    rows = [export.headers, *export.lines[1:]]
    if export.name.endswith(".xlsx"):
        return xlsx({"Sheet1": [[figure(cell) for cell in row] for row in rows]})
    text = io.StringIO()
    csv.writer(text).writerows(rows)
    return text.getvalue().encode()


def figure(cell: str) -> str | float | None:
    """A cell as a workbook has it: digits are a number, save where they are too many or begin with a nought."""
    try:
        return (float(cell) if len(cell) < 10 and (cell[0] != "0" or "." in cell or cell == "0") else cell) if cell else None
    except ValueError:
        return cell


def told(value: Any) -> Any:
    return None if pd.isna(value) else value


def nearly(value: Any) -> Any:
    return pytest.approx(value) if isinstance(value, float) else value


@pytest.mark.parametrize("export", EXPORTS, ids=lambda export: export.product)
def test_an_export_is_recognised_by_its_own_column_names(export: Export, xlsx: Callable[..., bytes]) -> None:
    assert {len(row) for row in export.lines} == {len(export.headers)}
    (sheet,) = read_file(export.name, as_file(export, xlsx), TODAY).sheets
    assert {table.table: table.mapping for table in sheet.tables} == export.tables
    assert sheet.tables[0].refused == 0, [(issue.code, issue.cell, issue.value) for issue in sheet.issues]
    assert [(issue.code, issue.cell, issue.value) for issue in sheet.issues if issue.code.endswith("_unknown")] == []
    frames = {table.table: table.frame for table in sheet.tables}
    for place, values in export.values.items():
        table, _, name = place.partition(".")
        assert list(map(told, frames[table][name].tolist())) == list(map(nearly, values)), place


def test_every_table_has_an_export() -> None:
    assert {table for export in EXPORTS for table in export.tables} == {
        "managers", "customers", "sales", "returns", "targets", "tickets", "complaints", "surveys", "staff_surveys", "feedback", "summary",
    }  # fmt: skip


# Reports whose period stands only in a title: their columns are known all the same.
CHATWOOT_AGENTS = {
    "Agent name": "manager",
    "Conversations count": "tickets",
    "Avg first response time": "response_hours",
    "Avg resolution time": None,
    "Online time": None,
    "Busy time": None,
}


def test_the_columns_of_an_agent_report() -> None:
    words = load()
    names = ["manager", "tickets", "response_hours", "tickets_answered", "satisfaction_pct", "sales_amount"]
    for header, field_name in CHATWOOT_AGENTS.items():
        found = [name for name in names if words.rank("summary", name, header) is not None]
        assert found == ([] if field_name is None else [field_name]), header
