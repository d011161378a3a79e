"""The demo data: what a small business would have uploaded over two years, loaded as any other files are."""

from __future__ import annotations

from amdash.config import DATA
from amdash.service import imports
from amdash.service.imports import Outcome, Progress, Upload
from amdash.service.workspace import OWNER, Workspace

FOLDER = DATA / "demo" / "zh"


def load(ws: Workspace, *, actor: str = OWNER, progress: Progress | None = None) -> Outcome:
    """Import every demo file in one go. Loading it again changes nothing."""
    uploads = [Upload(path.name, path.read_bytes()) for path in sorted(FOLDER.iterdir()) if path.suffix in {".xlsx", ".csv"}]
    return imports.confirm(ws, imports.preview(ws, uploads, progress=progress), actor=actor)
