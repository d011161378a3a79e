"""The rules hold here, and each of them is proved by planting a breach in a copy."""

from __future__ import annotations

import importlib.util
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
_spec = importlib.util.spec_from_file_location("architecture_rules", Path(__file__).with_name("rules.py"))
assert _spec is not None
assert _spec.loader is not None
rules = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(rules)


def test_the_house_keeps_its_rules() -> None:
    assert rules.violations(ROOT) == []


def lint_imports(folder: Path) -> subprocess.CompletedProcess[str]:
    """import-linter over the checkout in ``folder``; it looks for the package where it is started."""
    program = "from importlinter.cli import lint_imports_command as lint; lint()"
    return subprocess.run([sys.executable, "-c", program, "--no-cache"], cwd=folder, capture_output=True, text=True, timeout=120, check=False)


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    for name in ("dashboard.py", "pyproject.toml"):
        shutil.copy(ROOT / name, tmp_path / name)
    for folder in ("amdash", "pages"):
        shutil.copytree(ROOT / folder, tmp_path / folder, ignore=shutil.ignore_patterns("__pycache__"))
    return tmp_path


def plant(copy: Path, name: str, text: str) -> None:
    path = copy / name
    path.write_text((path.read_text(encoding="utf-8") if path.exists() else "") + "\n" + text + "\n", encoding="utf-8")


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("amdash/service/imports.py", "import streamlit", "streamlit is imported here"),
        ("amdash/ui/session.py", "import plotly.graph_objects", "plotly is imported here"),
        ("amdash/service/exports.py", "import typst", "typst is imported here"),
        ("amdash/service/feedback.py", "import sqlalchemy", "sqlalchemy is imported here"),
        ("amdash/service/feedback.py", "QUERY = 'SELECT name FROM facts'", "SQL outside store"),
        ("amdash/ingest/layout.py", "import csv", "csv is imported here"),
        ("amdash/service/imports.py", "def lazy():\n    from openpyxl import load_workbook", "openpyxl is imported here"),
        ("amdash/service/imports.py", "def sneak(pd):\n    return pd.read_excel('a.xlsx')", "ingest/reader alone"),
        ("amdash/store/facts.py", "import pickle", "pickle is imported here"),
        ("amdash/schema/tables.py", "eval('1')", "eval"),
        ("amdash/schema/tables.py", "from math import *", "star import"),
        ("amdash/schema/tables.py", "import sys\nsys.path.append('.')", "sys.path is edited"),
        ("amdash/schema/tables.py", "try:\n    1\nexcept ValueError:\n    pass", "an exception is swallowed"),
        ("amdash/metrics/evaluate.py", "import os", "metrics and insight are pure"),
        ("amdash/insight/spc.py", "import datetime\nNOW = datetime.datetime.now()", "now is not"),
        ("amdash/service/imports.py", "TEXT = '<div>'", "HTML outside ui/markup"),
        ("amdash/service/helpers.py", "X = 1", "says nothing"),
        ("amdash/service/imports.py", "import pages.overview", "nothing imports a page"),
        ("pages/overview.py", "import pandas", "a page wrangles no frames"),
        ("pages/overview.py", "frame.groupby('a')", "a page wrangles no frames"),
        ("pages/overview.py", "import amdash.metrics.evaluate", "service and ui only"),
        ("pages/overview.py", "class Thing:\n    x = 1", "new class on every rerun"),
        ("pages/overview.py", "x = 1\n" * 100, "more than 85"),
        ("amdash/schema/tables.py", "x = 1\n" * 300, "more than 300"),
        ("amdash/schema/tables.py", "def long():\n" + "    x = 1\n" * 60, "is too long"),
    ],
)
def test_a_planted_breach_is_found(tmp_path: Path, name: str, text: str, said: str) -> None:
    # Each file is judged by itself: the one with the breach is enough.
    (tmp_path / name).parent.mkdir(parents=True)
    if (ROOT / name).exists():
        shutil.copy(ROOT / name, tmp_path / name)
    plant(tmp_path, name, text)
    found = rules.violations(tmp_path)
    assert any(line.startswith(f"{name}:") and said in line for line in found), found


@pytest.mark.parametrize(
    ("name", "text", "contract"),
    [
        ("amdash/schema/tables.py", "def lazy():\n    import amdash.service.imports", "Imports point down"),
        ("amdash/ingest/layout.py", "import amdash.store", "Imports point down"),
        ("amdash/charts/theme.py", "import amdash.report.pdf", "Imports point down"),
        ("amdash/report/pdf.py", "import amdash.store", "Charts and reports know nothing of files and databases"),
        ("amdash/insight/spc.py", "import amdash.ingest", "Insight builds on metrics alone"),
        ("amdash/i18n/catalogue.py", "def lazy():\n    import amdash.schema", "Imports point down"),
        ("amdash/ui/session.py", "def lazy():\n    import amdash.ui.frame", "No cycles"),
    ],
)
def test_a_planted_import_upwards_is_found(copy: Path, name: str, text: str, contract: str) -> None:
    plant(copy, name, text)
    done = lint_imports(copy)
    assert done.returncode != 0
    assert f"{contract} BROKEN" in done.stdout


def test_imports_point_down_and_nowhere_in_circles() -> None:
    done = lint_imports(ROOT)
    assert done.returncode == 0, done.stdout
    assert "4 kept, 0 broken" in done.stdout
