"""The demo data: 24 months (2024-11 to 2026-10) of an invented wholesaler of industrial and office supplies, as its owner would have it.

    python data/demo/make_demo.py [FOLDER]

Eight account managers in two teams, 300 listed customers and many small buyers. What the figures tell:

1. 李明 answers slowly (mean first response 34-42 hours, about 68 % satisfied, communication scored lowest). He is trained in
   communication in April 2026, as the feedback log says; from May he answers in about 16 hours and about 92 % are satisfied.
2. 林佳怡's satisfaction in October 2026 is perfect and rests on four responses.
3. 华南组 sells little every February, when the factories close for Spring Festival; its targets know it, attainment stays where it is.
4. The complaint sheet of August 2026 is missing. The tickets of December 2025 are not in the workbook but in a GBK export beside it.
5. Twelve customers are listed and have not bought yet; some of them are talked to about a deal, some have written. Ten others bought
   after a wait. They change nobody's figures: see prospects.py.
6. Ten cells are wrong as such cells are: see blemishes.py. The corrected workbook of February 2026 is in corrections/.

Everybody else varies within ordinary limits. 周雅琴 leaves a complaint open now and then, 何志强 misses his sales target now and then.
Two runs write the same bytes.
"""

from __future__ import annotations

import datetime as dt
import os
import sys
import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path

# openpyxl writes other bytes where lxml happens to be installed.
os.environ["OPENPYXL_LXML"] = "False"

import blemishes
import cases
import english
import feedback
import prospects
import sales
import sheets
import surveys
from accounts import accounts
from firms import Names
from people import CLERK
from workbooks import Page, workbook
from workdays import MONTHS, end_of, workday_after

FOLDER = Path(__file__).resolve().parent
NO_COMPLAINTS = "2026-08"
TICKETS_EXPORTED = "2025-12"


def files() -> dict[str, bytes]:
    """Every file of the demo by its path below the folder."""
    texts = tomllib.loads((FOLDER / "texts.toml").read_text(encoding="utf-8"))
    listed = accounts(names := Names())
    orders = sales.orders(listed, names)
    tickets = cases.tickets(orders, listed)
    complaints = cases.complaints(orders, tickets)
    responses = surveys.surveys(orders, tickets, texts)
    waiting = prospects.waiting(names)
    later = sorted([*waiting, *prospects.converted(orders)], key=lambda account: (account.since, account.name))
    newest = MONTHS[-1]
    prospects.write_in(tickets[newest], prospects.Activity(orders[newest], complaints[newest], responses[newest]), waiting)
    prospects.add_deals(orders, prospects.deals(waiting))
    months = {
        month: [
            sheets.sales_page(month, orders[month]),
            sheets.ticket_page(month, tickets[month]),
            sheets.complaint_page(month, complaints[month]),
            sheets.survey_page(month, responses[month]),
        ]
        for month in MONTHS
    }
    blemishes.spoil(months)
    for pages in months.values():
        sheets.add_total(pages[0])
    log = feedback.log({month: (orders[month], tickets[month], complaints[month], responses[month]) for month in MONTHS}, texts)
    lists = {
        "基础资料.xlsx": [sheets.manager_page(), sheets.customer_page(listed, later)],
        "员工满意度.xlsx": [sheets.staff_page(surveys.staff(texts))],
        **{f"目标-{year}.xlsx": [sheets.target_page(year)] for year in ("2024", "2025", "2026")},
        **{f"反馈记录-{year}.xlsx": [sheets.feedback_page(year, [row for row in log if f"{row[0]:%Y}" == year])] for year in ("2025", "2026")},
    }
    again, _ = blemishes.corrected(months[blemishes.CORRECTED])
    return {
        **_monthly(months),
        **{f"zh/{name}": workbook(pages, dt.date(2026, 11, 3), CLERK) for name, pages in lists.items()},
        f"corrections/经营数据-{blemishes.CORRECTED}.xlsx": workbook(again, dt.date(2026, 3, 18), CLERK),
        "en/Account managers 2026.xlsx": workbook(english.pages(), dt.date(2026, 11, 3), "Brightwater"),
    }


def _monthly(months: Mapping[str, Sequence[Page]]) -> dict[str, bytes]:
    found = {}
    for month, pages in months.items():
        missing = {"投诉记录"} if month == NO_COMPLAINTS else {"客服工单"} if month == TICKETS_EXPORTED else set()
        if month == TICKETS_EXPORTED:
            found[f"zh/客服工单导出-{month}.csv"] = sheets.ticket_export(pages[1])
        kept = [page for page in pages if page.name not in missing]
        found[f"zh/经营数据-{month}.xlsx"] = workbook(kept, workday_after(end_of(month), 2), CLERK)
    return found


def main(folder: Path) -> None:
    for name, data in files().items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER)
