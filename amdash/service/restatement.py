"""What a re-upload or an undo would move: which KPIs of whom, from what to what, and which rows do it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pandas as pd

from amdash.insight.reading import Verdict
from amdash.insight.readings import Held
from amdash.metrics import catalogue
from amdash.schema import SOURCE_COLUMNS, TABLES, conform
from amdash.service import crosschecks
from amdash.service.changes import identity_of
from amdash.service.crosschecks import Finding
from amdash.service.preview import Preview
from amdash.service.slotting import frames_of
from amdash.service.verdict_changes import Judged, Key, Side, changes
from amdash.service.workspace import Measured, Workspace
from amdash.store import Slot, SlotKey
from amdash.store.facts import from_parquet, row_hashes

# So many are kept for whoever looks at them or saves them; more would weigh on the memory of a visit.
_KEPT_ROWS = 10_000
# What people know a row by.
_ABOUT = ("order_no", "customer", "manager")


@dataclass(frozen=True)
class Move:
    """A figure that was there and would be another one, or judged otherwise because its target moves.

    ``manager`` is '' for the whole business; ``after`` None where it would be gone. The verdicts are None where nobody asked for them.
    """

    kpi: str
    manager: str
    month: str
    before: float
    after: float | None
    n_before: int
    n_after: int
    verdict_before: Verdict | None = None
    verdict_after: Verdict | None = None

    @property
    def flips(self) -> bool:
        """Whether it is judged otherwise."""
        return self.verdict_before != self.verdict_after


@dataclass(frozen=True)
class RowMove:
    """A row that does it. ``fields``: what it says, or field -> (before, after) for a changed one; None where a side says nothing.

    ``about``: the record's number, customer and manager, of those that it names.
    """

    kind: str
    table: str
    month: str
    file: str
    sheet: str
    row: int
    fields: Mapping[str, Any]
    about: tuple[str, ...] = ()


@dataclass(frozen=True)
class Restatement:
    """``rows`` are the first ten thousand of ``all_rows``; new months are no restatement and not among the moves.

    ``findings``: what the sheets then say against each other, see amdash.service.crosschecks; ``before``: those of them that are so already,
    word for word and in the same rows.
    """

    moves: tuple[Move, ...] = ()
    rows: tuple[RowMove, ...] = field(default_factory=tuple)
    all_rows: int = 0
    findings: tuple[Finding, ...] = ()
    before: tuple[Finding, ...] = ()


def of_import(ws: Workspace, ready: Preview) -> Restatement:
    """What confirming a preview would move; nothing where it changes nothing."""
    held = {slot.key: slot for slot in ws.store.slots(ready.revision)}
    if ready.changes_nothing:
        return Restatement()
    fresh = {item.key: conform(TABLES[item.key.table], from_parquet(item.parquet)) for item in ready.facts}
    old = frames_of(ws, sorted(fresh.keys() & held.keys()), held)
    rows = [row for key in old for row in _rows(key, old[key], fresh[key])]
    standing = [slot for key, slot in held.items() if key not in fresh]
    return _restatement(ws, ready.revision, _then(ws, ready.revision, standing, fresh), rows)


def of_undo(ws: Workspace, after: Sequence[Slot]) -> Restatement:
    """What would move if these slots were in force, as imports.undo_preview tells them."""
    before, then = {slot.key: slot for slot in ws.store.slots()}, {slot.key: slot for slot in after}
    changed = [key for key in sorted(before | then) if before.get(key) != then.get(key)]
    old, new = frames_of(ws, changed, before), frames_of(ws, changed, then)
    rows = [row for key in changed for row in _rows(key, old[key], new[key])]
    return _restatement(ws, ws.revision(), _then(ws, ws.revision(), after, {}), rows)


def between(ws: Workspace, before: int, after: int) -> tuple[Move, ...]:
    """The figures that were there at a revision and are others at another, by month. Errors: revision_unknown."""
    return _moves(ws, before, ws.cells(after))


def _restatement(ws: Workspace, revision: int, then: Measured, rows: Sequence[RowMove]) -> Restatement:
    known = ws.facts(revision)
    said, findings = (crosschecks.check(facts.tables, facts.as_of) for facts in (known, then.facts))
    before = tuple(one for one in findings if one in said)
    moves = _with_verdicts(ws, revision, then, _moves(ws, revision, then.cells))
    return Restatement(moves, tuple(rows[:_KEPT_ROWS]), len(rows), tuple(findings), before)


def _with_verdicts(ws: Workspace, revision: int, then: Measured, moves: Sequence[Move]) -> tuple[Move, ...]:
    """The moves with the verdicts on both sides, and those of individual improvement and of targets that move."""
    if ws.cells(revision).empty:
        return tuple(moves)
    weights = ws.rules(revision).weights
    now = Side(ws.cells(revision), ws.people(revision), Held(ws.targets(revision), ws.cases(revision)), weights)
    other = Side(then.cells, then.people, Held(ws.targets_in(then, revision), then.cases), weights)
    found = changes(now, other, {(move.kpi, move.manager, move.month) for move in moves})
    return _in_order([_move(key, *both) for key, both in found.items()])


def _move(key: Key, was: Judged, then: Judged | None) -> Move:
    if then is None:
        return Move(*key, was.value, None, was.n, 0, was.verdict, "absent")
    return Move(*key, was.value, then.value, was.n, then.n, was.verdict, then.verdict)


def _then(ws: Workspace, revision: int, standing: Sequence[Slot], fresh: Mapping[SlotKey, pd.DataFrame]) -> Measured:
    """What would follow from the standing slots and the fresh rows."""
    frames = ws.store.frames(standing)
    for key, frame in fresh.items():
        frames[key.table] = pd.concat([frames[key.table], frame.assign(import_id=0)], ignore_index=True) if len(frame) else frames[key.table]
    return ws.measure(frames, ws.now(), revision)


def _moves(ws: Workspace, revision: int, then: pd.DataFrame) -> tuple[Move, ...]:
    """What is another figure in the cells ``then`` than at a revision."""
    before, after = _values(ws.cells(revision)), _values(then)
    joined = before.add_suffix("_before").join(after.add_suffix("_after"), how="left")
    same = np.isclose(joined["value_before"], joined["value_after"], rtol=1e-9, atol=1e-9)
    moved = joined[~same].reset_index()
    found: list[dict[Any, Any]] = moved.to_dict("records")
    moves = [
        Move(
            row["kpi"],
            row["manager"],
            row["month"],
            row["value_before"],
            None if np.isnan(row["value_after"]) else row["value_after"],
            int(row["n_before"]),
            0 if np.isnan(row["n_after"]) else int(row["n_after"]),
        )
        for row in found
    ]
    return _in_order(moves)


def _in_order(moves: Sequence[Move]) -> tuple[Move, ...]:
    order = {kpi: place for place, kpi in enumerate(catalogue.KPIS)}
    return tuple(sorted(moves, key=lambda move: (move.month, order[move.kpi], move.manager)))


def _values(cells: pd.DataFrame) -> pd.DataFrame:
    """(kpi, manager, month) -> value and n, also for everybody together (manager ''); figures that are no value are left out."""
    sums = ["numerator", "denominator", "n"]
    named = cells[cells["manager"].notna()]
    each = named.groupby(["kpi", "manager", "month"])[sums].sum()
    whole = cells.assign(manager="").groupby(["kpi", "manager", "month"])[sums].sum()
    both = pd.concat([each, whole])
    total = both.index.get_level_values("kpi").map(lambda kpi: catalogue.KPIS[kpi].measure == "total").to_numpy(dtype=bool)
    numerator, denominator = both["numerator"].to_numpy(), both["denominator"].to_numpy()
    ratio = np.divide(numerator, denominator, out=np.full(len(both), np.nan), where=denominator != 0)
    return both.assign(value=np.where(total, numerator, ratio))[["value", "n"]].dropna(subset="value")


def _rows(key: SlotKey, old: pd.DataFrame, new: pd.DataFrame) -> Iterator[RowMove]:
    """The rows of a slot that are on one side alone; one that can be recognised on both is a changed one."""
    table = TABLES[key.table]
    gone, come = _only(old, new), _only(new, old)
    names = identity_of(table, old, new)
    partners = {}
    if names:
        partners = {tuple(row[name] for name in names): row for row in gone}
    for row in come:
        partner = partners.pop(tuple(row[name] for name in names), None) if names else None
        if partner is None:
            yield _row("added", key, row, {name: row[name] for name in table.names if row[name] is not None})
        else:
            yield _row("changed", key, row, {name: (partner[name], row[name]) for name in table.names if partner[name] != row[name]})
    for row in partners.values() if names else gone:
        yield _row("removed", key, row, {name: row[name] for name in table.names if row[name] is not None})


def _only(frame: pd.DataFrame, other: pd.DataFrame) -> list[dict[str, Any]]:
    """The rows whose values the other frame does not hold, each as often as it lacks them; missing values are None."""
    hashes = pd.Series(row_hashes(frame))
    there = pd.Series(row_hashes(other)).value_counts()
    nth = hashes.groupby(hashes).cumcount()
    lone = frame[(nth >= hashes.map(there).fillna(0)).to_numpy()].astype("object") if len(frame) else frame
    return [{str(name): value for name, value in row.items()} for row in lone.where(lone.notna(), None).to_dict("records")]


def _row(kind: str, key: SlotKey, row: Mapping[str, Any], fields: Mapping[str, Any]) -> RowMove:
    file, sheet, number = (row[name] for name in SOURCE_COLUMNS)
    about = tuple(str(row[name]) for name in _ABOUT if row.get(name))
    return RowMove(kind, key.table, key.month, str(file), str(sheet), int(number), fields, about)
