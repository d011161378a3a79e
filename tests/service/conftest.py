"""What the service tests share: the raw rows of the demo, read without amdash, and small sheets made on the spot."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import pandas as pd
import pytest

from amdash.cli import main
from amdash.service import imports
from amdash.service.imports import Outcome, Upload
from amdash.service.workspace import Workspace

FILES = Path(__file__).resolve().parents[2] / "data" / "demo" / "zh"
# Title rows above the header of each monthly sheet.
TITLES = {"销售明细": 2, "客服工单": 1, "投诉记录": 2, "满意度调查": 2}


@pytest.fixture(scope="session")
def raw() -> dict[str, pd.DataFrame]:
    """The monthly sheets by name, read by pandas alone: every row but the totals, with ``file``, ``row`` and the file's ``month``."""
    found: dict[str, list[pd.DataFrame]] = {name: [] for name in TITLES}
    for path in sorted(FILES.glob("经营数据-*.xlsx")):
        for name, frame in pd.read_excel(path, sheet_name=None, header=None, engine="calamine").items():
            rows = frame.iloc[TITLES[name] + 1 :].set_axis(frame.iloc[TITLES[name]].tolist(), axis=1)
            found[name].append(rows.assign(file=path.name, row=rows.index + 1, month=path.stem[-7:]))
    export = FILES / "客服工单导出-2025-12.csv"
    rows = pd.read_csv(export, encoding="gbk")
    found["客服工单"].append(rows.assign(file=export.name, row=rows.index + 2, month="2025-12"))
    sheets = {name: pd.concat(frames, ignore_index=True) for name, frames in found.items()}
    return {name: frame[frame.iloc[:, 0] != "合计"].reset_index(drop=True) for name, frame in sheets.items()}


@pytest.fixture(scope="session")
def sales_csv() -> Callable[..., bytes]:
    """Rows (date, manager, amount, order number) -> a sales sheet as CSV; the third may be empty."""

    def make(*rows: Sequence[object]) -> bytes:
        lines = ["日期,客户经理,金额,订单编号", *(",".join(str(cell) for cell in row) for row in rows)]
        return "\n".join(lines).encode()

    return make


@pytest.fixture(scope="session")
def two_months(sales_csv: Callable[..., bytes]) -> bytes:
    """Two orders of October, 150.25 together, and one of November, 7."""
    return sales_csv(("2026-10-08", "李明", 100, "A1"), ("2026-10-09", "王芳", 50.25, "A2"), ("2026-11-02", "李明", 7, "A3"))


@pytest.fixture(scope="session")
def put() -> Callable[..., Outcome]:
    """Preview and confirm files, given as (name, bytes)."""

    def store(ws: Workspace, *files: tuple[str, bytes], **options: object) -> Outcome:
        return imports.confirm(ws, imports.preview(ws, [Upload(*file) for file in files], **options))  # type: ignore[arg-type]

    return store


@pytest.fixture
def run_cli(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Callable[..., tuple[int, str, str]]:
    """Arguments of the command line -> exit status, output, errors; in a workspace of its own."""

    def run(*arguments: object) -> tuple[int, str, str]:
        status = main(["--workspace", str(tmp_path / "workspace"), *map(str, arguments)])
        said = capsys.readouterr()
        return status, said.out, said.err

    return run
