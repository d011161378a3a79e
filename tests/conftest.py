"""What all tests share: workbooks made on the spot, a fresh workspace, and the real files."""

from __future__ import annotations

import datetime as dt
import io
import os
import re
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import settings

from amdash.config import Settings
from amdash.service import demo
from amdash.service.workspace import Workspace, open_workspace
from tests.pdftotext import pdftotext
from tests.service.customer_sheets import stored
from tests.service.made import copied

REQUIRE_ALL = os.environ.get("AMDASH_REQUIRE_ALL") == "1"
NOW = dt.datetime(2026, 11, 24, 9, 0)

settings.register_profile("amdash", deadline=None, derandomize=True)
settings.load_profile("amdash")


@pytest.fixture(scope="session")
def missing() -> Callable[[str], None]:
    """Skip where a thing is not there; fail where nothing may be skipped."""

    def skip(what: str) -> None:
        if REQUIRE_ALL:
            pytest.fail(f"{what} is missing, and here nothing may be skipped")
        pytest.skip(f"{what} is missing")

    return skip


@pytest.fixture(scope="session")
def real_data(missing: Callable[[str], None]) -> Path:
    """The folder of real spreadsheets."""
    folder = os.environ.get("AMDASH_REAL_DATA")
    if not folder or not Path(folder).is_dir():
        missing("AMDASH_REAL_DATA")
    return Path(str(folder))


@pytest.fixture(scope="session")
def xlsx() -> Callable[[Mapping[str, Sequence[Sequence[Any]]]], bytes]:
    """Rows per sheet -> the bytes of a workbook."""

    def make(sheets: Mapping[str, Sequence[Sequence[Any]]]) -> bytes:
        book = openpyxl.Workbook()
        book.remove(book.active)
        for name, rows in sheets.items():
            sheet = book.create_sheet(name)
            for row in rows:
                sheet.append(list(row))
        target = io.BytesIO()
        book.save(target)
        return target.getvalue()

    return make


@pytest.fixture(scope="session")
def open_at(tmp_path_factory: pytest.TempPathFactory) -> Callable[[Path], Workspace]:
    """Folder -> the workspace in it, whose clock stands at 2026-11-24 09:00. A new one is a copy of an empty one: migrating takes longer."""

    def opened(folder: Path) -> Workspace:
        return open_workspace(Settings(folder, f"sqlite:///{(folder / 'amdash.db').as_posix()}"), now=lambda: NOW)

    empty = opened(tmp_path_factory.mktemp("empty"))

    def open_one(folder: Path) -> Workspace:
        folder.mkdir(parents=True, exist_ok=True)
        return opened(folder) if (folder / "amdash.db").exists() else copied(empty, folder, opened)

    return open_one


@pytest.fixture
def ws(tmp_path: Path, open_at: Callable[[Path], Workspace]) -> Workspace:
    """An empty workspace."""
    return open_at(tmp_path)


@pytest.fixture(scope="session")
def demo_ws(tmp_path_factory: pytest.TempPathFactory, open_at: Callable[[Path], Workspace]) -> Workspace:
    """The demo as it is loaded. For reading only; who changes something takes demo_copy."""
    ws = open_at(tmp_path_factory.mktemp("demo"))
    demo.load(ws)
    return ws


@pytest.fixture
def demo_copy(demo_ws: Workspace, tmp_path: Path, open_at: Callable[[Path], Workspace]) -> Workspace:
    """A copy of the demo that a test may change."""
    return copied(demo_ws, tmp_path, open_at)


@pytest.fixture(scope="session")
def firm(tmp_path_factory: pytest.TempPathFactory, open_at: Callable[[Path], Workspace]) -> Workspace:
    """A firm whose customers' histories can be followed by hand. For reading only; who changes something takes changing."""
    return stored(open_at(tmp_path_factory.mktemp("firm")))


@pytest.fixture
def changing(firm: Workspace, tmp_path: Path, open_at: Callable[[Path], Workspace]) -> Workspace:
    """A copy of the firm that a test may change."""
    return copied(firm, tmp_path, open_at)


@pytest.fixture(scope="session")
def pdf_text() -> Callable[[bytes], str]:
    """A PDF -> its text without any space, so that line ends and the spaces between scripts do not matter."""
    return lambda pdf: re.sub(r"[\s\u200b]", "", pdftotext(pdf, "-raw"))
