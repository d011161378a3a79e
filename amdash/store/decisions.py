"""What was decided of sheets, by the digest of their headers; the decisions of an import that was taken back are forgotten."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import sqlalchemy as sa

from amdash.store.tables import decisions, imports


def add(connection: sa.Connection, import_id: int, made: Mapping[str, Sequence[str]]) -> None:
    """Keep the decisions of an import: scope -> 'SUBJECT=choice' texts."""
    rows = [
        {"import_id": import_id, "scope": scope, "subject": subject, "choice": choice}
        for scope, texts in made.items()
        for subject, _, choice in (text.rpartition("=") for text in texts)
    ]
    if rows:
        connection.execute(sa.insert(decisions), rows)


def standing(connection: sa.Connection, before: int | None = None) -> dict[str, list[str]]:
    """Scope -> the decisions of imports that stand, a later one for the same subject in place of an earlier one.

    ``before``: only those of imports with a smaller id.
    """
    query = (
        sa.select(decisions.c.scope, decisions.c.subject, decisions.c.choice)
        .join(imports, imports.c.id == decisions.c.import_id)
        .where(imports.c.undone_revision.is_(None) if before is None else imports.c.id < before)
        .order_by(decisions.c.import_id, decisions.c.id)
    )
    found: dict[str, dict[tuple[str, str], str]] = {}
    for row in connection.execute(query):
        # A column may have a field and, beside it, an order, a scale, ...: each is a decision of its own.
        kind = row.choice.partition(":")[0] if ":" in row.choice else ""
        found.setdefault(row.scope, {})[row.subject, kind] = row.choice
    return {scope: [f"{subject}={choice}" for (subject, _), choice in made.items()] for scope, made in found.items()}
