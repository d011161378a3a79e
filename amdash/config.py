"""Frozen settings, read once from the environment and from .streamlit/secrets.toml."""

from __future__ import annotations

import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from amdash.errors import AmdashError

ROOT = Path(__file__).resolve().parent.parent
DATA = ROOT / "data"
SECRETS = ROOT / ".streamlit" / "secrets.toml"
# The port that each kind of security has by custom.
_PORTS = {"starttls": 587, "tls": 465, "none": 25}
_MAIL = ("host", "port", "security", "user", "password", "sender")


@dataclass(frozen=True)
class MailSettings:
    """The mail server that reports go out through. ``security``: starttls, tls or none; ``sender``: the address they come from."""

    host: str
    port: int
    sender: str
    security: str = "starttls"
    user: str = ""
    password: str = field(default="", repr=False)


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
    """AMDASH_SMTP_HOST, _PORT, _SECURITY, _USER, _PASSWORD and _SENDER, or the same in small letters as smtp_host ... in the secrets file.

    Errors: mail_security_unknown, mail_port_invalid, mail_sender_missing.
    """
    given = {name: str(environ.get(f"AMDASH_SMTP_{name.upper()}") or stored.get(f"smtp_{name}") or "") for name in _MAIL}
    if not given["host"]:
        return None
    security, sender = given["security"] or MailSettings.security, given["sender"] or given["user"]
    if security not in _PORTS:
        raise AmdashError("mail_security_unknown", value=security, known=[*_PORTS])
    if given["port"] and not (given["port"].isdecimal() and 0 < int(given["port"]) < 65536):
        raise AmdashError("mail_port_invalid", value=given["port"])
    if "@" not in sender:
        raise AmdashError("mail_sender_missing", value=sender)
    return MailSettings(given["host"], int(given["port"] or _PORTS[security]), sender, security, given["user"], given["password"])


def _in_url(path: Path) -> str:
    """A path inside a database URL, where a question mark would begin the options and a percent sign a code."""
    return path.as_posix().replace("%", "%25").replace("?", "%3F")
