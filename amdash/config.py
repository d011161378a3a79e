"""Frozen settings, read once from the environment and from .streamlit/secrets.toml."""

from __future__ import annotations

import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
DATA = ROOT / "data"
SECRETS = ROOT / ".streamlit" / "secrets.toml"


@dataclass(frozen=True)
class Settings:
    """Where the workspace is, and what its figures are computed on.

    ``database_url`` is a SQLAlchemy URL; the default is one SQLite file inside ``workspace``. ``engine``: a name that
    :mod:`amdash.metrics.engines` knows.
    """

    workspace: Path
    database_url: str
    engine: str = "pandas"


def load(environ: Mapping[str, str] | None = None, secrets: Path = SECRETS, workspace: Path | None = None) -> Settings:
    """The settings in force: an explicit ``workspace`` first, then the environment, then the secrets file."""
    environ = os.environ if environ is None else environ
    stored: dict[str, Any] = {}
    if secrets.is_file():
        stored = tomllib.loads(secrets.read_text(encoding="utf-8")).get("amdash", {})
    chosen = workspace or environ.get("AMDASH_WORKSPACE") or stored.get("workspace")
    folder = Path(chosen) if chosen else DATA / "workspace"
    # An explicit folder wins over a configured database: the person at the keyboard named it just now.
    configured = None if workspace else environ.get("AMDASH_DATABASE_URL") or stored.get("database_url")
    url = configured or f"sqlite:///{_in_url(folder / 'amdash.db')}"
    engine = environ.get("AMDASH_ENGINE") or stored.get("engine") or Settings.engine
    return Settings(workspace=folder, database_url=url, engine=engine)


def _in_url(path: Path) -> str:
    """A path inside a database URL, where a question mark would begin the options and a percent sign a code."""
    return path.as_posix().replace("%", "%25").replace("?", "%3F")
