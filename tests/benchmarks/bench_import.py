"""A large workbook, from bytes to preview: python tests/benchmarks/bench_import.py [ROWS]. Everything is measured in one run.

Time and peak memory of the preview beside pandas with openpyxl, each in a process of its own, and how long another thread of the same
process had to wait meanwhile: the longest time between two looks at the clock that should be 10 ms apart.
"""

from __future__ import annotations

import datetime as dt
import json
import resource
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

from openpyxl import Workbook

HEADER = ["订单编号", "下单日期", "客户名称", "客户经理", "区域", "产品", "数量", "金额(元)", "状态", "渠道", "备注", "是否退货"]


def workbook(path: Path, rows: int) -> None:
    book = Workbook(write_only=True)
    sheet = book.create_sheet("销售明细")
    sheet.append(HEADER)
    begin = dt.datetime(2025, 1, 1)
    for n in range(rows):
        day = begin + dt.timedelta(days=n % 600)
        cells = [f"A{n:07d}", day, f"客户{n % 900}", f"经理{n % 8}", "华东", f"产品{n % 40}", n % 9 + 1, n % 5000 + 0.5, "已成交", "门店", None, "否"]
        sheet.append(cells)
    book.save(path)


def preview(path: str) -> dict[str, float]:
    from amdash.config import Settings
    from amdash.service import imports
    from amdash.service.imports import Upload
    from amdash.service.workspace import open_workspace

    with tempfile.TemporaryDirectory() as folder:
        ws = open_workspace(Settings(Path(folder), f"sqlite:///{folder}/amdash.db"), now=lambda: dt.datetime(2026, 11, 24))
        data, waits, steps, done = Path(path).read_bytes(), [0.0], [0.0], threading.Event()

        def another_session() -> None:
            last = time.perf_counter()
            while not done.is_set():
                time.sleep(0.01)
                waits.append(time.perf_counter() - last - 0.01)
                last = time.perf_counter()

        thread = threading.Thread(target=another_session)
        thread.start()
        begun = time.perf_counter()
        ready = imports.preview(ws, [Upload("销售.xlsx", data)], progress=lambda _share, _what: steps.append(time.perf_counter() - begun))
        seconds = time.perf_counter() - begun
        done.set()
        thread.join()
        gaps = [later - earlier for earlier, later in zip(steps, [*steps[1:], seconds], strict=True)]
        return {"seconds": seconds, "rows": ready.accepted, "longest_wait_of_others": max(waits), "told": len(steps) - 1, "longest_untold": max(gaps)}


def plain_pandas(path: str) -> dict[str, float]:
    import pandas as pd

    begun = time.perf_counter()
    rows = len(pd.read_excel(path, engine="openpyxl"))
    return {"seconds": time.perf_counter() - begun, "rows": rows}


def main() -> None:
    if len(sys.argv) > 2:
        result = {"preview": preview, "pandas": plain_pandas}[sys.argv[1]](sys.argv[2])
        print(json.dumps({**result, "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024}))
        return
    rows = int(sys.argv[1]) if len(sys.argv) > 1 else 200_000
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "large.xlsx"
        workbook(path, rows)
        print(f"{rows} rows x {len(HEADER)} columns, {path.stat().st_size / 1e6:.1f} MB")
        for what in ("preview", "pandas"):
            done = subprocess.run([sys.executable, __file__, what, str(path)], capture_output=True, text=True, check=True)
            print(f"{what:>8}: " + ", ".join(f"{name} {value:,.2f}" for name, value in json.loads(done.stdout).items()))


if __name__ == "__main__":
    main()
