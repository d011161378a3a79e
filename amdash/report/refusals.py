"""Placeholder until the writer stands."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from amdash.i18n import Language


@dataclass(frozen=True)
class RefusedSheet:
    name: str
    head: list[list[Any]]
    rows: list[tuple[int, list[Any]]]
    header_rows: tuple[int, ...]
    marks: Mapping[tuple[int, int], Sequence[str]] = field(default_factory=dict)
    row_marks: Mapping[int, Sequence[str]] = field(default_factory=dict)


def refusals(sheets: Sequence[RefusedSheet], origin: Mapping[str, str], language: Language) -> bytes:
    raise NotImplementedError
