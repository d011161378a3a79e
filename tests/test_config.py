"""Settings: what a person names comes first, then the environment, then the secrets file, then the default."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from pathlib import Path

import pytest

from amdash import config
from amdash.config import MailSettings, Settings, load

DEFAULT = config.DATA / "workspace"


@pytest.fixture
def secrets(tmp_path: Path) -> Path:
    path = tmp_path / "secrets.toml"
    path.write_text(
        '[amdash]\nworkspace = "/from/secrets"\ndatabase_url = "postgresql://secrets/db"\n\n[other]\nworkspace = "/x"\n', encoding="utf-8"
    )
    return path


def url(folder: str) -> str:
    return f"sqlite:///{(Path(folder) / 'amdash.db').as_posix()}"


def test_without_anything_the_workspace_is_in_the_project(tmp_path: Path) -> None:
    settings = load({}, secrets=tmp_path / "none.toml")
    assert settings == Settings(DEFAULT, f"sqlite:///{(DEFAULT / 'amdash.db').as_posix()}")
    assert (DEFAULT.parent.parent / "amdash" / "config.py").samefile(config.__file__)


@pytest.mark.parametrize(
    ("environ", "folder", "address"),
    [
        ({}, "/from/secrets", "postgresql://secrets/db"),
        ({"AMDASH_WORKSPACE": "/from/env", "AMDASH_DATABASE_URL": "postgresql://env/db"}, "/from/env", "postgresql://env/db"),
        ({"AMDASH_DATABASE_URL": "postgresql://env/db"}, "/from/secrets", "postgresql://env/db"),
        ({"AMDASH_WORKSPACE": "", "AMDASH_DATABASE_URL": ""}, "/from/secrets", "postgresql://secrets/db"),
    ],
)
def test_the_environment_comes_before_the_secrets(secrets: Path, environ: Mapping[str, str], folder: str, address: str) -> None:
    assert load(environ, secrets=secrets) == Settings(Path(folder), address)


def test_a_folder_that_is_named_comes_before_everything_and_takes_its_database_along(secrets: Path) -> None:
    environ = {"AMDASH_WORKSPACE": "/from/env", "AMDASH_DATABASE_URL": "postgresql://env/db"}
    assert load(environ, secrets=secrets, workspace=Path("/named")) == Settings(Path("/named"), url("/named"))


def test_a_configured_folder_has_its_database_inside(tmp_path: Path) -> None:
    assert load({"AMDASH_WORKSPACE": "/from/env"}, secrets=tmp_path / "none.toml").database_url == url("/from/env")


@pytest.mark.parametrize("text", ["", "[other]\nworkspace = '/x'\n", "workspace = '/x'\n"])
def test_a_secrets_file_without_a_section_says_nothing(tmp_path: Path, text: str) -> None:
    path = tmp_path / "secrets.toml"
    path.write_text(text, encoding="utf-8")
    assert load({}, secrets=path).workspace == DEFAULT


def test_a_secrets_file_may_be_chinese(tmp_path: Path) -> None:
    path = tmp_path / "secrets.toml"
    path.write_text('[amdash]\nworkspace = "/数据/工作区"\n', encoding="utf-8")
    assert load({}, secrets=path) == Settings(Path("/数据/工作区"), url("/数据/工作区"))


def test_the_machines_own_environment_is_read_by_default(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("AMDASH_DATABASE_URL", raising=False)
    monkeypatch.setenv("AMDASH_WORKSPACE", "/from/machine")
    assert load(secrets=tmp_path / "none.toml") == Settings(Path("/from/machine"), url("/from/machine"))


def test_settings_are_frozen() -> None:
    settings = load({}, secrets=Path("none.toml"))
    with pytest.raises(dataclasses.FrozenInstanceError):
        settings.workspace = Path("/elsewhere")  # type: ignore[misc]


@pytest.mark.parametrize(("environ", "engine"), [({}, "polars"), ({"AMDASH_ENGINE": "duckdb"}, "duckdb"), ({"AMDASH_ENGINE": ""}, "polars")])
def test_the_engine_is_that_of_the_environment_or_else_of_the_secrets(tmp_path: Path, environ: Mapping[str, str], engine: str) -> None:
    path = tmp_path / "secrets.toml"
    path.write_text('[amdash]\nengine = "polars"\n', encoding="utf-8")
    assert load(environ, secrets=path).engine == engine


def test_without_a_word_figures_are_computed_on_pandas(tmp_path: Path) -> None:
    assert load({}, secrets=tmp_path / "none.toml").engine == "pandas"


SERVER = {"AMDASH_SMTP_HOST": "mail.example.com", "AMDASH_SMTP_USER": "boss@example.com", "AMDASH_SMTP_PASSWORD": "s3cret"}


def test_without_a_mail_server_nothing_can_be_sent(tmp_path: Path) -> None:
    assert config.load({}, tmp_path / "none.toml").mail is None
    assert config.load({"AMDASH_SMTP_USER": "boss@example.com"}, tmp_path / "none.toml").mail is None


def test_a_mail_server_in_the_environment(tmp_path: Path) -> None:
    mail = config.load(SERVER, tmp_path / "none.toml").mail
    assert mail == MailSettings("mail.example.com", user="boss@example.com", password="s3cret")
    # The password stands in no log.
    assert "s3cret" not in repr(mail)


def test_a_mail_server_in_the_secrets_file(tmp_path: Path) -> None:
    path = tmp_path / "secrets.toml"
    path.write_text('[amdash]\nsmtp_host = "mail.example.com"\nsmtp_port = 2525\nsmtp_security = "none"\nsmtp_sender = "hr@example.com"\n', "utf-8")
    assert config.load({}, path).mail == MailSettings("mail.example.com", "2525", "none", sender="hr@example.com")
