"""What was sent to whom: a line is begun before a letter goes out, so that a run that breaks off leaves no doubt about the others."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, fields

import sqlalchemy as sa

from amdash.store.people_tables import deliveries
from amdash.store.session import Connected


@dataclass(frozen=True)
class DeliveryRow:
    """A letter with a manager's report. ``digest``: SHA-256 of the PDF. ``state``: sending, sent or failed; ``said``: what the server said."""

    period: str
    manager: str
    address: str
    language: str
    revision: int
    digest: str
    state: str
    said: str
    at: dt.datetime
    actor: str


class DeliveryRecords(Connected):
    """The log of what was sent."""

    def deliveries(self, period: str | None = None) -> list[DeliveryRow]:
        """What was sent, in that order, for a period or all."""
        columns = [deliveries.c[field.name] for field in fields(DeliveryRow)]
        query = sa.select(*columns).order_by(deliveries.c.id)
        with self._reading() as connection:
            rows = connection.execute(query if period is None else query.where(deliveries.c.period == period))
            return [DeliveryRow(**row) for row in rows.mappings()]

    def begin_delivery(self, row: DeliveryRow) -> int:
        """Write down that a letter is about to go out; returns its number."""
        with self._writing() as connection:
            return int(connection.execute(sa.insert(deliveries).values(**vars(row))).inserted_primary_key[0])  # type: ignore[index]

    def end_delivery(self, number: int, state: str, said: str, at: dt.datetime) -> None:
        """Write down what became of it."""
        with self._writing() as connection:
            connection.execute(sa.update(deliveries).where(deliveries.c.id == number).values(state=state, said=said, at=at))
