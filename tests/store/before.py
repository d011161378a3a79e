"""A workspace as an older amdash left it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import sqlalchemy as sa
from alembic import command
from alembic.config import Config

from amdash.store import database


def workspace_at(revision: str, folder: Path, statements: Sequence[str]) -> str:
    """The URL of a database at a migration, with what the statements put into it."""
    url = f"sqlite:///{folder / 'a.db'}"
    engine = sa.create_engine(url)
    with engine.connect() as connection, connection.begin():
        config = Config()
        config.set_main_option("script_location", str(Path(database.__file__).parent / "migrations"))
        config.attributes["connection"] = connection
        command.upgrade(config, revision)
        for statement in statements:
            connection.execute(sa.text(statement))
    engine.dispose()
    return url
