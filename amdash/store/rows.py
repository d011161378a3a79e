"""What the ledger hands out: imports, recurring sheets."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class ImportRow:
    """An import as the history shows it. ``undone_revision`` is None while it stands; ``detail``: what it was told and did."""

    import_id: int
    revision: int
    at: dt.datetime
    actor: str
    files: tuple[tuple[str, str], ...]
    detail: Mapping[str, Any]
    undone_revision: int | None


@dataclass(frozen=True)
class SeriesRow:
    """A recurring sheet: its table, its name, the file-name stem and the header words it was last seen with."""

    table: str
    name: str
    stem: str
    headers: tuple[str, ...]
