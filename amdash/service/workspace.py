"""A workspace opened for use: its store, its clock, and the facts in force at a revision."""

from __future__ import annotations

import datetime as dt
from collections import OrderedDict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property
from threading import Lock
from typing import Any

import pandas as pd

from amdash.config import Settings
from amdash.i18n import translator
from amdash.metrics import catalogue, evaluate
from amdash.metrics.attribution import attribute
from amdash.metrics.identity import Identities, identify
from amdash.metrics.names import fold
from amdash.metrics.sales_plan import sales_plan
from amdash.metrics.spec import Facts
from amdash.metrics.target_sheet import with_stated
from amdash.metrics.targets import Entry
from amdash.metrics.weeks import by_week, whole_weeks
from amdash.schema import TABLES, month_column
from amdash.service.rules import Rules, read
from amdash.store import Store, open_store
from amdash.store.targets import TargetRow

OWNER = "owner"
_KEPT_REVISIONS = 2
_KEPT_KEYS = 64
_THERE = ("hired_on", "left_on")


@dataclass(frozen=True)
class Weekly:
    """Cells and cases whose ``month`` is a week ('2026-W40')."""

    cells: pd.DataFrame
    cases: Mapping[str, pd.DataFrame]


@dataclass(frozen=True)
class Measured:
    """Facts and what follows from them: who is who, the months of each table, every KPI's cells. ``engine``: what those are added up on."""

    known: Identities
    facts: Facts
    months: Mapping[str, frozenset[str]]
    engine: str

    @cached_property
    def cells(self) -> pd.DataFrame:
        """Every KPI's cells; made when first asked for: who looks at feedback, plans or customers waits for no figure."""
        return evaluate.cells(self.facts, tuple(catalogue.KPIS.values()), self.engine)

    @cached_property
    def people(self) -> pd.DataFrame:
        """Columns manager, team, hired_on, left_on: everybody on a list of managers, then whoever else has figures; team '' where unknown."""
        listed = self.facts.tables["managers"]
        people = pd.DataFrame({"manager": listed["name"], "team": listed["team"].fillna("")} | {name: listed[name] for name in _THERE})
        people = people.drop_duplicates("manager", keep="last")
        # Who is on the list needs no figures to be known.
        unlisted = self.facts.named() - set(people["manager"])
        others = sorted(unlisted & set(self.cells["manager"].dropna().unique())) if unlisted else []
        added = pd.DataFrame({"manager": others, "team": [""] * len(others)}, dtype="str")
        unknown = {name: pd.Series(pd.NaT, index=added.index, dtype=people[name].dtype) for name in _THERE}
        return pd.concat([people, added.assign(**unknown)], ignore_index=True)

    @cached_property
    def cases(self) -> Mapping[str, pd.DataFrame]:
        """KPI -> its cases, of those that are a quantile of them; read off when first asked for."""
        return evaluate.samples(self.facts, tuple(catalogue.KPIS.values()))

    @cached_property
    def weekly(self) -> Weekly:
        """The same by the week, of the KPIs that can be measured so; made when first asked for."""
        kpis = [kpi for kpi in catalogue.KPIS.values() if kpi.weekly]
        facts = by_week(self.facts)
        cases = {name: frame.assign(kpi=name) for name, frame in evaluate.samples(facts, kpis).items()}
        monthly_cases = {name: frame.assign(kpi=name) for name, frame in self.cases.items()}
        return Weekly(
            whole_weeks(evaluate.cells(facts, kpis), self.cells),
            {name: whole_weeks(frame, monthly_cases[name]) for name, frame in cases.items()},
        )


@dataclass
class Workspace:
    """``now`` gives naive local time. What was read is kept for the revisions asked for last; callers must not change it."""

    settings: Settings
    store: Store
    now: Callable[[], dt.datetime] = dt.datetime.now
    _measured: OrderedDict[tuple[Any, ...], Measured] = field(default_factory=OrderedDict)
    _keys: dict[int, tuple[Any, ...]] = field(default_factory=dict)
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
        measured = self._at(revision)
        with self._lock:
            # Of several visitors at once the first makes them for all.
            return measured.cells

    def people(self, revision: int | None = None) -> pd.DataFrame:
        """Everybody at a revision, see :attr:`Measured.people`."""
        measured = self._at(revision)
        with self._lock:
            return measured.people

    def cases(self, revision: int | None = None) -> Mapping[str, pd.DataFrame]:
        """KPI -> its cases at a revision, of those that are a quantile of them."""
        return self._at(revision).cases

    def weekly(self, revision: int | None = None) -> Weekly:
        """Cells and cases by the week at a revision, of the weeks that lie within the months that are there."""
        return self._at(revision).weekly

    def ledger(self, revision: int | None = None) -> list[TargetRow]:
        """The entries of the target ledger that stand at a revision, in the order in which they were made, under the names then in force."""
        return self._ledger(revision, self.identities(revision))

    def targets(self, revision: int | None = None) -> list[Entry]:
        """What figures are judged by at a revision: the target ledger, and what uploaded sheets state for their own months."""
        return self.targets_in(self._at(revision), revision)

    def targets_in(self, measured: Measured, revision: int | None = None) -> list[Entry]:
        """The same where the sheets are those of ``measured``, and the ledger that of a revision."""
        stated = measured.facts.tables["targets"]
        # What sales are held against is attainment's to say, over the months that have a target.
        rows = stated[stated["kpi"].notna() & (stated["kpi"] != "sales_amount")]
        return with_stated(self._ledger(revision, measured.known), rows, catalogue.KPIS)

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
        tables = attribute(known.tables)
        tables["targets"] = tables["targets"].assign(kpi=_ids(tables["targets"]["kpi"]))
        plan = sales_plan(tables, [entry for entry in self._ledger(revision, known) if entry.kpi == rules.attainment_from])
        facts = Facts(tables, judged_at, rules.response_target_hours, rules.opening, rules.attainment_from, plan)
        months = {name: frozenset(month_column(TABLES[name], frame)) - {""} for name, frame in facts.tables.items()}
        return Measured(known, facts, months, self.settings.engine)

    def _ledger(self, revision: int | None, known: Identities) -> list[TargetRow]:
        return known.under_shown_names(self.store.targets(revision))

    def _at(self, revision: int | None) -> Measured:
        wanted = self.revision() if revision is None else revision
        with self._lock:
            key = self._key(wanted)
            if key not in self._measured:
                judged_at = self.store.facts_at(wanted) or self.moment_of(wanted)
                self._measured[key] = self.measure(self.store.frames(self.store.slots(wanted)), judged_at, wanted)
                while len(self._measured) > _KEPT_REVISIONS:
                    self._measured.popitem(last=False)
            self._measured.move_to_end(key)
            return self._measured[key]

    def _key(self, wanted: int) -> tuple[Any, ...]:
        """What the figures of a revision follow from: of two revisions with the same, what was measured for the one holds for the other.

        Not the revision itself: a target, a plan or a line of feedback moves no figure, and is not to cost a second pass over the facts.
        """
        if wanted not in self._keys:
            # A revision that nobody made is refused here, also where the facts of the one before would do.
            made_at = self.moment_of(wanted)
            slots, rules = tuple(self.store.slots(wanted)), self.rules(wanted)
            counted = (repr(rules.opening), rules.response_target_hours, rules.attainment_from)
            planned = tuple(entry for entry in self.store.targets(wanted) if entry.kpi == rules.attainment_from)
            # Without facts nothing ages.
            judged_at = self.store.facts_at(wanted) or made_at if slots else None
            # What a revision says stays as it is, so it is asked for once.
            self._keys[wanted] = (judged_at, slots, tuple(self.store.aliases(wanted)), counted, planned)
            if len(self._keys) > _KEPT_KEYS:
                del self._keys[next(iter(self._keys))]
        return self._keys[wanted]


def _ids(names: pd.Series[Any]) -> pd.Series[Any]:
    """What a sheet calls a KPI as its id; what is none stays as it is."""
    known = {name: _called().get(fold(name), name) for name in names.dropna().unique()}
    return names.map(known).astype("str")


@cache
def _called() -> Mapping[str, str]:
    """What a sheet may call a KPI, folded -> its id: the id, and its names in both languages."""
    found: dict[str, str] = {}
    for kpi in catalogue.KPIS.values():
        for name in (kpi.id, *(translator(language)(words) for language in ("zh", "en") for words in (kpi.name, kpi.short))):
            found.setdefault(fold(name), kpi.id)
    return found


def open_workspace(settings: Settings, now: Callable[[], dt.datetime] = dt.datetime.now) -> Workspace:
    """Open, and make or migrate where needed."""
    return Workspace(settings, open_store(settings.database_url), now)
