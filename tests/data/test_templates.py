"""The committed templates are what their script writes: a new table, field or word must reach them."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from amdash.schema import TABLES

ROOT = Path(__file__).resolve().parents[2]
KEPT = ROOT / "data" / "templates"


def contents(path: Path) -> dict[str, bytes]:
    """What a workbook holds; how tightly it is packed depends on the zlib at hand."""
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("templates")
    environment = {**os.environ, "PYTHONDONTWRITEBYTECODE": "1", "PYTHONHASHSEED": "7", "OPENPYXL_LXML": "True"}
    subprocess.run([sys.executable, "-m", "data.templates.make", str(folder)], check=True, cwd=ROOT, env=environment, timeout=300)
    return folder


def test_the_script_writes_the_committed_files(made: Path) -> None:
    written = {path.relative_to(made).as_posix(): path for path in made.rglob("*.xlsx")}
    kept = {path.relative_to(KEPT).as_posix(): path for path in KEPT.rglob("*.xlsx")}
    assert sorted(written) == sorted(kept)
    assert len(kept) == 2 * (len(TABLES) + 1)
    assert [name for name in kept if contents(kept[name]) != contents(written[name])] == []


def test_no_clock_and_no_machine_is_left_in_the_archives() -> None:
    for path in KEPT.rglob("*.xlsx"):
        with zipfile.ZipFile(path) as archive:
            assert {(entry.date_time, entry.create_system) for entry in archive.infolist()} == {((1980, 1, 1, 0, 0, 0), 3)}
            assert b"2026-01-01T00:00:00Z</dcterms:modified>" in archive.read("docProps/core.xml")
