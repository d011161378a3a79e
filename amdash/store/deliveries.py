"""What was sent to whom: a line is begun before a letter goes out, so that a run that breaks off leaves no doubt about the others."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, fields

import sqlalchemy as sa

from amdash.store.people_tables import deliveries
from amdash.store.session import Connected


@dataclass(frozen=True)
class DeliveryRow:
    """A letter with a manager's report. ``digest``: SHA-256 of the PDF. ``state``: sending, sent or failed; ``said``: what the server said.

    ``number``: its place in the log, 0 while it is not in it.
    """

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
    number: int = 0


class DeliveryRecords(Connected):
    """The log of what was sent."""

    def deliveries(self, period: str | None = None) -> list[DeliveryRow]:
        """What was sent, in that order, for a period or all."""
        columns = [deliveries.c[field.name] for field in fields(DeliveryRow) if field.name != "number"]
        query = sa.select(*columns, deliveries.c.id.label("number")).order_by(deliveries.c.id)
        with self._reading() as connection:
            rows = connection.execute(query if period is None else query.where(deliveries.c.period == period))
            return [DeliveryRow(**row) for row in rows.mappings()]

    def begin_delivery(self, row: DeliveryRow, *, after: int) -> int | None:
        """Write down that a letter is about to go out; returns its number, None where a newer one than ``after`` to the same address is there."""
        same = sa.and_(deliveries.c.period == row.period, deliveries.c.address == row.address, deliveries.c.id > after)
        with self._writing() as connection:
            if connection.scalar(sa.select(deliveries.c.id).where(same).limit(1)) is not None:
                return None
            values = {name: value for name, value in vars(row).items() if name != "number"}
            return int(connection.execute(sa.insert(deliveries).values(**values)).inserted_primary_key[0])  # type: ignore[index]

    def end_delivery(self, number: int, state: str, said: str, at: dt.datetime) -> None:
        """Write down what became of it."""
        with self._writing() as connection:
            connection.execute(sa.update(deliveries).where(deliveries.c.id == number).values(state=state, said=said, at=at))
