"""One family of errors: a code and its fields. The wording is in amdash/i18n/wording."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, Literal

Severity = Literal["error", "warning", "info"]


class AmdashError(Exception):
    """Something a person can put right.

    ``code`` names the wording in :mod:`amdash.i18n.wording`; ``fields`` fill it (file, sheet, cell, value, ...).
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


@dataclass(frozen=True)
class IssueGroup:
    """The same thing noticed at several places of one column: one line for all of them. ``places`` are cells, or rows."""

    first: Issue
    places: tuple[str, ...]

    @property
    def n(self) -> int:
        return max(1, len(self.places))


def grouped(issues: Iterable[Issue]) -> list[IssueGroup]:
    """Issues of the same kind, column and severity as one, in the order of the first of each."""
    groups: dict[tuple[object, ...], list[Issue]] = {}
    for issue in issues:
        # What stands in no cell or row is a remark of its own.
        own = () if issue.cell or issue.row else (id(issue),)
        groups.setdefault((issue.severity, issue.code, issue.file, issue.sheet, issue.column, *own), []).append(issue)
    return [IssueGroup(group[0], tuple(one.cell or str(one.row) for one in group if one.cell or one.row)) for group in groups.values()]
