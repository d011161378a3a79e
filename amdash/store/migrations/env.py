"""Alembic's entry: it is always called with a connection of ours (see amdash/store/database.py)."""

from alembic import context

from amdash.store.people_tables import metadata

connection = context.config.attributes["connection"]
context.configure(connection=connection, target_metadata=metadata, render_as_batch=True)
with context.begin_transaction():
    context.run_migrations()
