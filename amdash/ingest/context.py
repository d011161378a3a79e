"""What is known of a sheet while its columns are read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from amdash.ingest.vocabulary import Vocabulary


@dataclass(frozen=True)
class Context:
    """What a column needs to know of its sheet. ``titles`` may carry a unit; ``year`` and ``month``: those that it is said to be of.

    ``decisions``: what a person said of this column, such as order: day_first, comma: decimal, scale: 10, percent: ratio, unit: 10000.
    """

    table: str
    vocabulary: Vocabulary
    titles: tuple[str, ...] = ()
    year: int | None = None
    decisions: Mapping[str, str] = field(default_factory=dict)
    month: int | None = None

    def of(self, table: str, decisions: Mapping[str, str] | None = None) -> Context:
        """The same sheet seen as a table, with what was decided of one column."""
        return replace(self, table=table, decisions=decisions or {})
