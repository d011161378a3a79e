"""How long the way from a workbook to figures takes, beside the plain way: python tests/benchmarks/bench_pipeline.py [ROWS]

Reading: amdash (found, matched, checked, typed) beside pandas.read_excel with openpyxl, which only reads the cells.
Cells: every KPI's facts -> cells in narwhals beside a hand-written pandas groupby of the sales alone.
Reports: one PDF of a batch beside the first one alone. Medians of three, ratios in one run; absolutes are of this machine.
"""

from __future__ import annotations

import datetime as dt
import io
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pandas as pd

from amdash.config import Settings
from amdash.ingest.preview import read_file
from amdash.metrics import catalogue, evaluate
from amdash.service import demo, exports
from amdash.service.workspace import open_workspace

RUNS = 3


def seconds(work: Callable[[], object]) -> float:
    """The median of a few runs."""
    taken = []
    for _ in range(RUNS):
        start = time.perf_counter()
        work()
        taken.append(time.perf_counter() - start)
    return statistics.median(taken)


def workbook(rows: int) -> bytes:
    """A sales sheet of ``rows`` orders in 24 months."""
    rng = random.Random(7)
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("销售明细")
    sheet.append(["订单编号", "下单日期", "客户名称", "客户经理", "产品", "数量", "金额(元)", "状态", "是否退货"])
    first = dt.datetime(2024, 11, 1)
    for number in range(rows):
        day = first + dt.timedelta(days=rng.randrange(720))
        sheet.append(
            [f"XS{number}", day, f"客户{rng.randrange(300)}", f"经理{rng.randrange(8)}", "轴承", 5, round(rng.uniform(100, 9e4), 2), "已成交", "否"]
        )
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def main(rows: int) -> None:
    data = workbook(rows)
    today = dt.date(2026, 11, 24)
    ours = seconds(lambda: read_file("销售.xlsx", data, today))
    plain = seconds(lambda: pd.read_excel(io.BytesIO(data), engine="openpyxl"))
    print(f"reading {rows:,} rows: amdash {ours:.2f} s, pandas with openpyxl {plain:.2f} s, ratio {ours / plain:.2f}")
    with tempfile.TemporaryDirectory() as folder:
        ws = open_workspace(Settings(Path(folder), f"sqlite:///{folder}/amdash.db"))
        demo.load(ws)
        facts = ws.facts()
        sales = facts["sales"]
        ours = seconds(lambda: evaluate.cells(facts, tuple(catalogue.KPIS.values())))
        one = seconds(lambda: catalogue.by_id("sales_amount").cells(facts))
        plain = seconds(
            lambda: sales[sales["status"] == "won"].groupby(["manager", sales["date"].dt.strftime("%Y-%m")])["amount"].agg(["sum", "count"])
        )
        print(f"cells of {len(sales):,} orders: sales {one:.3f} s, hand-written {plain:.3f} s, ratio {one / plain:.1f}; all ten KPIs {ours:.2f} s")
        single = seconds(lambda: exports.report_pdf(ws, "李明", "2026-10", "zh"))
        batch = seconds(lambda: list(exports.reports(ws, "2026-10", "zh"))) / 8
        print(f"reports: one alone {single:.2f} s, one of a batch of eight {batch:.2f} s, ratio {batch / single:.2f}")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 50_000)
