"""The demo data: what a small business would have uploaded over two years, loaded as any other files are."""

from __future__ import annotations

from amdash.config import DATA
from amdash.i18n import Language
from amdash.service import imports
from amdash.service.imports import Outcome, Progress, Upload
from amdash.service.workspace import OWNER, Workspace

FOLDER = DATA / "demo"


def load(ws: Workspace, language: Language = "zh", *, actor: str = OWNER, progress: Progress | None = None) -> Outcome:
    """Import every demo file of a language in one go: two years of a Chinese firm, or four months of an English one. Again changes nothing."""
    files = sorted(path for path in (FOLDER / language).iterdir() if path.suffix in {".xlsx", ".csv"})
    uploads = [Upload(path.name, path.read_bytes()) for path in files]
    return imports.confirm(ws, imports.preview(ws, uploads, progress=progress), actor=actor)
