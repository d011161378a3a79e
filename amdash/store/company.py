"""Who the business is: one document and logo per change. Followed by a newer one, never changed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

import sqlalchemy as sa

from amdash.store.people_tables import company
from amdash.store.session import Connected, new_revision, newest


@dataclass(frozen=True)
class CompanyRow:
    """``content``: name, colour and the like (JSON); ``logo``: the file's bytes, None where there is none."""

    content: str
    logo: bytes | None


class CompanyRecords(Connected):
    """What the business says of itself, by revision."""

    def company(self, revision: int | None = None) -> CompanyRow | None:
        """What held at a revision (the newest by default); None where nothing had been said."""
        with self._reading() as connection:
            return _in_force(connection, self.revision() if revision is None else revision)

    def set_company(self, make: Callable[[CompanyRow | None], CompanyRow | None], *, actor: str, at: dt.datetime) -> int:
        """Say who the business is; returns the revision from which it holds. ``make`` sees what holds and says what is to, None for no change."""
        with self._writing() as connection:
            before = newest(connection)
            row = make(_in_force(connection, before))
            if row is None:
                return before
            revision = new_revision(connection, at, actor, "company")
            connection.execute(sa.insert(company).values(content=row.content, logo=row.logo, from_revision=revision))
        return revision


def _in_force(connection: sa.Connection, revision: int) -> CompanyRow | None:
    query = sa.select(company.c.content, company.c.logo).where(company.c.from_revision <= revision).order_by(company.c.id.desc()).limit(1)
    row = connection.execute(query).one_or_none()
    return None if row is None else CompanyRow(row.content, None if row.logo is None else bytes(row.logo))
