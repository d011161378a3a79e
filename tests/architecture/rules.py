"""The rules of the house that import-linter does not know, read from the syntax trees of a checkout."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

MODULE_LINES = 300
FUNCTION_LINES = 55
PAGE_LINES = 85
MIGRATIONS = "amdash/store/migrations/versions/"
BANNED_MODULES = {"utils", "util", "helpers", "helper", "common", "misc", "core"}
# Package -> the only places that may import it.
CONTAINED = {
    "streamlit": ("dashboard.py", "pages/", "amdash/ui/"),
    "plotly": ("amdash/charts/",),
    "typst": ("amdash/report/",),
    "sqlalchemy": ("amdash/store/",),
    "alembic": ("amdash/store/",),
    "sqlite3": (),
    "python_calamine": ("amdash/ingest/reader/",),
    "csv": ("amdash/ingest/reader/",),
    "msoffcrypto": ("amdash/ingest/reader/",),
    "olefile": ("amdash/ingest/reader/",),
    "openpyxl": ("amdash/report/", "data/demo/"),
    "pickle": (),
}
_PURE = ("amdash/metrics/", "amdash/insight/")
_IMPURE_CALLS = {
    "now",
    "today",
    "utcnow",
    "getenv",
    "open",
    "read_text",
    "read_bytes",
    "write_text",
    "write_bytes",
    "read_csv",
    "read_excel",
    "read_parquet",
}
_OPENS_SHEETS = {"read_excel", "read_csv", "load_workbook"}
_WRANGLING = {"groupby", "merge", "pivot_table", "apply", "assign", "sort_values"}
_MARKUP = re.compile(r"<(div|span|table|tr|td|th|ul|li|svg|button|p|h\d)\b")
_SQL = re.compile(r"\b(SELECT\s.+\sFROM|INSERT\s+INTO|DELETE\s+FROM|UPDATE\s+\w+\s+SET)\b")


def violations(root: Path) -> list[str]:
    """Every breach under ``root``, as 'file:line: what'."""
    return sorted(message for path in _sources(root) for message in _of_file(path.relative_to(root).as_posix(), path.read_text(encoding="utf-8")))


def _sources(root: Path) -> Iterator[Path]:
    yield from (path for path in [root / "dashboard.py"] if path.exists())
    for folder in ("pages", "amdash", "data/demo"):
        yield from sorted((root / folder).rglob("*.py"))


def _of_file(name: str, text: str) -> Iterator[str]:
    tree = ast.parse(text)
    lines = text.count("\n")
    yield from _sizes(name, tree, lines)
    if Path(name).stem in BANNED_MODULES:
        yield f"{name}:1: a module called {Path(name).stem} says nothing"
    for node in ast.walk(tree):
        yield from _imports(name, node)
        yield from _calls(name, node)
        yield from _texts(name, node)


def _sizes(name: str, tree: ast.Module, lines: int) -> Iterator[str]:
    limit = PAGE_LINES if name.startswith("pages/") else MODULE_LINES
    if lines > limit:
        yield f"{name}:1: {lines} lines, more than {limit}"
    for node in ast.walk(tree):
        # A migration is a list of what to make: cutting it up would hide its order.
        if name.startswith(MIGRATIONS):
            continue
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and (node.end_lineno or 0) - node.lineno >= FUNCTION_LINES:
            yield f"{name}:{node.lineno}: function {node.name} is too long"
        if name.startswith("pages/") and isinstance(node, ast.ClassDef):
            yield f"{name}:{node.lineno}: a class in a page is a new class on every rerun"


def _imports(name: str, node: ast.AST) -> Iterator[str]:
    if isinstance(node, ast.ImportFrom) and any(alias.name == "*" for alias in node.names):
        yield f"{name}:{node.lineno}: star import"
    for module in _imported(node):
        line = getattr(node, "lineno", 1)
        package = module.split(".")[0]
        if package in CONTAINED and not name.startswith(CONTAINED[package]):
            yield f"{name}:{line}: {package} is imported here"
        if package == "pages" or module == "dashboard":
            yield f"{name}:{line}: nothing imports a page"
        if name.startswith("pages/") and package in {"pandas", "numpy", "narwhals"}:
            yield f"{name}:{line}: a page wrangles no frames"
        if name.startswith("pages/") and module.startswith("amdash.") and module.split(".")[1] not in {"service", "ui", "i18n", "errors"}:
            yield f"{name}:{line}: a page calls service and ui only"
        if name.startswith(_PURE) and package in {"os", "time", "pathlib", "random"}:
            yield f"{name}:{line}: metrics and insight are pure"


def _imported(node: ast.AST) -> list[str]:
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    if isinstance(node, ast.ImportFrom) and node.module and node.level == 0:
        return [node.module]
    return []


def _calls(name: str, node: ast.AST) -> Iterator[str]:
    if isinstance(node, ast.Attribute) and node.attr == "path" and isinstance(node.value, ast.Name) and node.value.id == "sys":
        yield f"{name}:{node.lineno}: sys.path is edited"
    if isinstance(node, ast.ExceptHandler) and all(isinstance(item, ast.Pass) for item in node.body):
        yield f"{name}:{node.lineno}: an exception is swallowed"
    if not isinstance(node, ast.Call):
        return
    called = node.func.attr if isinstance(node.func, ast.Attribute) else node.func.id if isinstance(node.func, ast.Name) else ""
    if called in {"eval", "exec"} and isinstance(node.func, ast.Name):
        yield f"{name}:{node.lineno}: {called}"
    if name.startswith(_PURE) and called in _IMPURE_CALLS:
        yield f"{name}:{node.lineno}: metrics and insight are pure, {called} is not"
    if called in _OPENS_SHEETS and not name.startswith("amdash/ingest/reader/"):
        yield f"{name}:{node.lineno}: spreadsheets are opened in ingest/reader alone"
    if called in _WRANGLING and name.startswith("pages/"):
        yield f"{name}:{node.lineno}: a page wrangles no frames"


def _texts(name: str, node: ast.AST) -> Iterator[str]:
    if not isinstance(node, ast.Constant) or not isinstance(node.value, str):
        return
    if _MARKUP.search(node.value) and not name.startswith("amdash/ui/markup"):
        yield f"{name}:{node.lineno}: HTML outside ui/markup"
    if _SQL.search(node.value) and not name.startswith("amdash/store/"):
        yield f"{name}:{node.lineno}: SQL outside store"
