"""Frozen settings, read once from the environment and from .streamlit/secrets.toml."""

from __future__ import annotations

import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
DATA = ROOT / "data"
SECRETS = ROOT / ".streamlit" / "secrets.toml"


@dataclass(frozen=True)
class MailSettings:
    """The mail server that reports go out through, as it was written down; '' for what was not (see :mod:`amdash.service.smtp`)."""

    host: str
    port: str = ""
    security: str = ""
    user: str = ""
    password: str = field(default="", repr=False)
    sender: str = ""


@dataclass(frozen=True)
class Settings:
    """Where the workspace is, and what its figures are computed on.

    ``database_url`` is a SQLAlchemy URL; the default is one SQLite file inside ``workspace``. ``engine``: a name that
    :mod:`amdash.metrics.engines` knows. ``mail``: None where no server has been named.
    """

    workspace: Path
    database_url: str
    engine: str = "pandas"
    mail: MailSettings | None = None


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
    return Settings(workspace=folder, database_url=url, engine=engine, mail=_mail(environ, stored))


def _mail(environ: Mapping[str, str], stored: Mapping[str, Any]) -> MailSettings | None:
    """AMDASH_SMTP_HOST, _PORT, _SECURITY, _USER, _PASSWORD and _SENDER, or the same in small letters as smtp_host ... in the secrets file."""
    names = [name.name for name in fields(MailSettings)]
    given = MailSettings(**{name: str(environ.get(f"AMDASH_SMTP_{name.upper()}") or stored.get(f"smtp_{name}") or "") for name in names})
    return given if given.host else None


def _in_url(path: Path) -> str:
    """A path inside a database URL, where a question mark would begin the options and a percent sign a code."""
    return path.as_posix().replace("%", "%25").replace("?", "%3F")
