"""Facts of whole files, read as an upload is."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pandas as pd

from amdash.ingest.preview import read_file
from amdash.metrics.attribution import attribute
from amdash.metrics.spec import Facts
from amdash.schema import TABLES, empty_frame

TODAY = dt.date(2026, 11, 24)


def facts_of(*paths: Path) -> Facts:
    """The files' accepted rows, with their managers."""
    frames: dict[str, list[pd.DataFrame]] = {name: [] for name in TABLES}
    for path in paths:
        for sheet in read_file(path.name, path.read_bytes(), TODAY).sheets:
            for table in sheet.tables:
                frames[table.table].append(table.frame)
    tables = {name: pd.concat(parts, ignore_index=True) if parts else empty_frame(TABLES[name]) for name, parts in frames.items()}
    return Facts(attribute(tables), dt.datetime.combine(TODAY, dt.time(9)))
