"""What the command-line tests share: a small business of two managers and two months, whose figures can be worked out by hand."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from amdash.cli import main

MARCH = {
    "销售明细": [
        ["2025年3月 销售明细"],
        ["订单编号", "下单日期", "客户名称", "客户经理", "金额(元)", "状态"],
        ["A1", "2025-03-03", "甲公司", "李明", 1000.75, "已成交"],
        ["A2", "2025-03-10", "乙公司", "李明", 2000, "已成交"],
        ["A3", "2025-03-12", "丙公司", "王芳", 300.25, "已成交"],
        ["A4", "2025-03-15", "丙公司", "王芳", 999, "已取消"],
        ["A5", "3月32日", "丁公司", "王芳", 5, "已成交"],
        ["合计", None, None, None, 4305, None],
    ],
    "满意度调查": [
        ["问卷编号", "调查日期", "客户经理", "满意度评分"],
        ["S1", "2025-03-20", "李明", 5],
        ["S2", "2025-03-20", "李明", 4],
        ["S3", "2025-03-21", "李明", 3],
        ["S4", "2025-03-22", "李明", 5],
        ["S5", "2025-03-22", "王芳", 5],
    ],
    "目标": [["月份", "客户经理", "目标(元)"], ["2025-03", "李明", 3000], ["2025-03", "王芳", 400]],
    "客户经理名单": [["姓名", "团队"], ["李明", "华东组"], ["王芳", "华南组"]],
}
APRIL = {"销售明细": [["订单编号", "下单日期", "客户名称", "客户经理", "金额(元)", "状态"], ["A6", "2025-04-02", "甲公司", "李明", 50, "已成交"]]}


def strict(text: str) -> Any:
    """Strict JSON: NaN and Infinity are none."""

    def refuse(constant: str) -> None:
        raise AssertionError(f"{constant} is no JSON")

    return json.loads(text, parse_constant=refuse)


@pytest.fixture(autouse=True)
def english_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever the machine speaks, and whatever workspace it has configured."""
    for name in ("LC_ALL", "LC_MESSAGES", "AMDASH_WORKSPACE", "AMDASH_DATABASE_URL"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LANG", "en_US.UTF-8")


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Callable[..., SimpleNamespace]:
    """Run a command in a workspace: its status, what it printed (out, err), and that as JSON where JSON was asked for."""

    def call(workspace: Path, *arguments: object) -> SimpleNamespace:
        capsys.readouterr()
        status = main(["--workspace", str(workspace), *map(str, arguments)])
        out, err = capsys.readouterr()
        return SimpleNamespace(status=status, out=out, err=err, json=strict(out) if "--json" in arguments and out else None)

    return call


@pytest.fixture(scope="session")
def books(tmp_path_factory: pytest.TempPathFactory, xlsx: Callable[[Mapping[str, Sequence[Sequence[Any]]]], bytes]) -> Path:
    """A folder with the two months' workbooks."""
    folder = tmp_path_factory.mktemp("books")
    (folder / "业务-2025-03.xlsx").write_bytes(xlsx(MARCH))
    (folder / "业务-2025-04.xlsx").write_bytes(xlsx(APRIL))
    return folder


@pytest.fixture(scope="session")
def stored(tmp_path_factory: pytest.TempPathFactory, books: Path) -> Path:
    """A workspace into which March and April were imported, one after the other. For reading only."""
    workspace = tmp_path_factory.mktemp("stored")
    for path in sorted(books.iterdir()):
        assert main(["--workspace", str(workspace), "import", str(path)]) == 0
    return workspace


@pytest.fixture
def copied(stored: Path, tmp_path: Path) -> Path:
    """A copy of it that a test may change."""
    return Path(shutil.copytree(stored, tmp_path / "copied"))


@pytest.fixture(scope="session")
def environment() -> dict[str, str]:
    """The environment of a fresh process: nothing of amdash configured, an English terminal."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("AMDASH_", "LC_", "LANG"))}
    return {**kept, "LANG": "en_US.UTF-8"}
