"""Opening the workspace's database: SQLite by default, PostgreSQL by URL; migrated to the newest form on opening."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import sqlalchemy as sa

from amdash.errors import AmdashError
from amdash.store.ledger import Store

HEAD = "0012"
_MIGRATIONS = Path(__file__).parent / "migrations"
# Long enough for another process to finish writing a large import.
_BUSY_SECONDS = 60


def open_store(url: str) -> Store:
    """The store behind a SQLAlchemy URL; a missing database is made, an older one is migrated. Errors: database_unusable."""
    try:
        return _open(sa.make_url(url))
    except (sa.exc.SQLAlchemyError, ImportError) as error:
        # The first line alone: the rest is for whoever wrote the library.
        raise AmdashError("database_unusable", reason=str(error).splitlines()[0]) from error


def _open(address: sa.URL) -> Store:
    if address.get_backend_name() == "sqlite" and address.database:
        Path(address.database).parent.mkdir(parents=True, exist_ok=True)
        engine = sa.create_engine(address, connect_args={"timeout": _BUSY_SECONDS})
        sa.event.listen(engine, "connect", _prepare_sqlite)
        sa.event.listen(engine, "begin", _begin_sqlite)
    else:
        engine = sa.create_engine(address, pool_pre_ping=True)
    _migrate(engine)
    return Store(engine)


def _prepare_sqlite(connection: Any, _record: Any) -> None:
    # The driver's own BEGIN comes too late for a consistent read; ours is sent by _begin_sqlite.
    connection.isolation_level = None
    cursor = connection.cursor()
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin_sqlite(connection: sa.Connection) -> None:
    # Taking the write lock at once makes a second writer wait, where upgrading a read lock would fail.
    writing = connection.get_execution_options().get("amdash_write", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")


def _migrate(engine: sa.Engine) -> None:
    with engine.connect() as connection:
        if sa.inspect(connection).has_table("alembic_version"):
            if connection.scalar(sa.text("SELECT version_num FROM alembic_version")) == HEAD:
                return
    # Imported only when there is something to migrate: it is half of the time to open a workspace.
    from alembic import command
    from alembic.config import Config

    with engine.connect().execution_options(amdash_write=True) as connection:
        if engine.dialect.name == "sqlite":
            # A table is changed by making it anew, and what points to it would forbid that. It has no effect within a transaction.
            connection.connection.cursor().execute("PRAGMA foreign_keys=OFF")
        with connection.begin():
            config = Config()
            config.set_main_option("script_location", str(_MIGRATIONS).replace("%", "%%"))
            config.attributes["connection"] = connection
            command.upgrade(config, "head")
    # The next connection watches what points where again.
    engine.dispose()
