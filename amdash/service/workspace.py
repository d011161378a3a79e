"""A workspace opened for use: its store, its clock, and the facts in force at a revision."""

from __future__ import annotations

import datetime as dt
from collections import OrderedDict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from threading import Lock

import pandas as pd

from amdash.config import Settings
from amdash.metrics import catalogue, evaluate
from amdash.metrics.attribution import attribute
from amdash.metrics.identity import Identities, identify
from amdash.metrics.spec import Facts
from amdash.schema import TABLES, month_column
from amdash.service.rules import Rules, read
from amdash.store import Store, open_store

OWNER = "owner"
_KEPT_REVISIONS = 2


@dataclass(frozen=True)
class Measured:
    """Facts and what follows from them: who is who, every KPI's cells, the months of each table."""

    known: Identities
    facts: Facts
    cells: pd.DataFrame
    months: Mapping[str, frozenset[str]]


@dataclass
class Workspace:
    """``now`` gives naive local time. What was read is kept for the revisions asked for last; callers must not change it."""

    settings: Settings
    store: Store
    now: Callable[[], dt.datetime] = dt.datetime.now
    _measured: OrderedDict[int, Measured] = field(default_factory=OrderedDict)
    _lock: Lock = field(default_factory=Lock)

    def revision(self) -> int:
        """The newest revision; 0 for an untouched workspace."""
        return self.store.revision()

    def is_empty(self) -> bool:
        """Whether no facts are in force."""
        return not self.store.slots()

    def moment_of(self, revision: int) -> dt.datetime:
        """When a revision was made; now for an untouched workspace."""
        return self.store.revision_at(revision) if revision else self.now()

    def facts(self, revision: int | None = None) -> Facts:
        """All facts in force at a revision under the names then in force, every row with its manager where its customer or region tells."""
        return self._at(revision).facts

    def tables(self, revision: int | None = None) -> Mapping[str, pd.DataFrame]:
        """The canonical tables at a revision."""
        return self.facts(revision).tables

    def identities(self, revision: int | None = None) -> Identities:
        """Who is who at a revision: how names are shown, and which of them several people share."""
        return self._at(revision).known

    def cells(self, revision: int | None = None) -> pd.DataFrame:
        """Every KPI's cells at a revision."""
        return self._at(revision).cells

    def months(self, revision: int | None = None) -> Mapping[str, frozenset[str]]:
        """Table -> the months ('YYYY-MM') that it has rows of at a revision."""
        return self._at(revision).months

    def rules(self, revision: int | None = None) -> Rules:
        """The rules of the business as at a revision."""
        return read(self.store.rules(revision))

    def measure(self, frames: Mapping[str, pd.DataFrame], judged_at: dt.datetime, revision: int | None = None) -> Measured:
        """What follows from facts, under the names and rules in force at a revision; stores and keeps nothing."""
        known = identify(dict(frames), self.store.aliases(revision))
        rules = self.rules(revision)
        facts = Facts(attribute(known.tables), judged_at, rules.response_target_hours, rules.opening)
        cells = evaluate.cells(facts, tuple(catalogue.KPIS.values()))
        months = {name: frozenset(month_column(TABLES[name], frame)) - {""} for name, frame in facts.tables.items()}
        return Measured(known, facts, cells, months)

    def _at(self, revision: int | None) -> Measured:
        wanted = self.revision() if revision is None else revision
        with self._lock:
            if wanted not in self._measured:
                made_at = self.moment_of(wanted)
                judged_at = self.store.facts_at(wanted) or made_at
                self._measured[wanted] = self.measure(self.store.frames(self.store.slots(wanted)), judged_at, wanted)
                while len(self._measured) > _KEPT_REVISIONS:
                    self._measured.popitem(last=False)
            self._measured.move_to_end(wanted)
            return self._measured[wanted]


def open_workspace(settings: Settings, now: Callable[[], dt.datetime] = dt.datetime.now) -> Workspace:
    """Open, and make or migrate where needed."""
    return Workspace(settings, open_store(settings.database_url), now)
