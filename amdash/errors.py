"""One family of errors: a code and its fields. The wording is in amdash/i18n/messages.py."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Literal

Severity = Literal["error", "warning", "info"]


class AmdashError(Exception):
    """Something a person can put right.

    ``code`` names the wording in :mod:`amdash.i18n.messages`; ``fields`` fill it (file, sheet, cell, value, ...).
    """

    def __init__(self, code: str, **fields: Any) -> None:
        super().__init__(code, fields)
        self.code = code
        self.fields: dict[str, Any] = fields

    def __str__(self) -> str:
        inside = ", ".join(f"{name}={value!r}" for name, value in self.fields.items())
        return f"{self.code}({inside})"


@dataclass(frozen=True)
class Issue:
    """One thing noticed in a file: what, where, found. ``cell`` is an A1 address, ``row`` counts from 1."""

    severity: Severity
    code: str
    file: str
    sheet: str | None = None
    cell: str | None = None
    row: int | None = None
    column: str | None = None
    value: str | None = None
    fields: dict[str, Any] = field(default_factory=dict)
