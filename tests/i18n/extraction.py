"""The strings that people see, read from the syntax trees: also those inside f-strings, which gettext's own tools miss."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

Message = str | tuple[str, str]


def messages(root: Path) -> dict[Message, str]:
    """Message (a pair for plurals) -> the first place where it stands."""
    found: dict[Message, str] = {}
    for path in [root / "dashboard.py", *sorted((root / "pages").rglob("*.py")), *sorted((root / "amdash").rglob("*.py"))]:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            for message in _of(node):
                found.setdefault(message, f"{path.relative_to(root)}:{getattr(node, 'lineno', 0)}")
    return found


def _of(node: ast.AST) -> Iterator[Message]:
    if not isinstance(node, ast.Call):
        return
    texts = [argument.value if isinstance(argument, ast.Constant) and isinstance(argument.value, str) else None for argument in node.args]
    if isinstance(node.func, ast.Name) and node.func.id in {"_", "N_"} and texts and texts[0]:
        yield texts[0]
    if isinstance(node.func, ast.Attribute) and node.func.attr == "plural" and len(texts) > 1 and texts[0] and texts[1]:
        yield texts[0], texts[1]
