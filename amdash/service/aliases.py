"""Who is who, as people decide it: proposals of names that may be one, merging them, keeping them apart, and taking either back."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import get_args

import pandas as pd

from amdash.errors import AmdashError
from amdash.i18n import N_
from amdash.metrics.identity import Ambiguous, Identities, rows_of
from amdash.metrics.names import KINDS, LISTS, Kind, key_of
from amdash.metrics.nearness import Reason, near
from amdash.metrics.persons import EARLIEST, Spans, periods, successive
from amdash.schema import TABLES
from amdash.service import access
from amdash.service.workspace import OWNER, Workspace
from amdash.store.aliases import AliasRow

APART = "apart:"
# What each kind of name is called, and each reason for a proposal.
TITLES: Mapping[Kind, str] = {"manager": N_("Account manager"), "customer": N_("Customer"), "product": N_("Product")}
REASONS: Mapping[Reason, str] = {
    "number_shared": N_("Both stand with the same number: perhaps the name has changed."),
    "number_changed": N_("One name, two employee numbers, one after the other: perhaps the number has changed."),
    "same_letters": N_("The same but for spaces and punctuation."),
    "legal_form": N_("The same but for the legal form (Ltd, Inc, GmbH)."),
    "character_variant": N_("The same in traditional and simplified characters."),
    "word_order": N_("The same words in another order."),
    "one_edit": N_("One letter apart: perhaps a slip of the pen."),
}
# A number that more names share than this is not one person's or customer's own.
_NAMES_OF_A_NUMBER = 3
_NEAR_NAMES = 5
_NUMBERS: Mapping[Kind, str] = {"manager": "employee_no", "customer": "customer_no"}


@dataclass(frozen=True)
class Proposal:
    """``alias`` may be ``name``: a person decides. ``rows_...``: in how many rows each of them stands."""

    kind: Kind
    alias: str
    name: str
    reason: Reason
    rows_alias: int
    rows_name: int


def propose(ws: Workspace, revision: int | None = None, *, actor: str = OWNER) -> list[Proposal]:
    """Names that may be one and about which nobody has decided: by kind, then reason (the strongest first), then rows (most first)."""
    access.ask(actor, "read")
    known = ws.identities(revision)
    apart = {(row.kind, _pair(row.kind.removeprefix(APART), row.alias, row.name)) for row in current(ws, revision) if row.kind.startswith(APART)}
    found = []
    for kind in KINDS:
        rows = _names(ws, kind, known, revision)
        spans = periods(known.tables, {name: table.dated_by for name, table in TABLES.items() if table.dated_by}) if kind == "manager" else {}
        strengths, taken = _strengths(kind, known.tables, rows, spans), set()
        for one, other, reason in _candidates(kind, known, rows, spans):
            pair = _pair(kind, one, other)
            if pair not in taken and (APART + kind, pair) not in apart:
                taken.add(pair)
                in_order = reason == "number_changed" or strengths[one] < strengths[other]
                alias, name = (one, other) if in_order else (other, one)
                found.append(Proposal(kind, alias, name, reason, rows[alias], rows[name]))
    reasons = get_args(Reason)
    return sorted(found, key=lambda item: (KINDS.index(item.kind), reasons.index(item.reason), -item.rows_alias - item.rows_name))


def merge(ws: Workspace, kind: str, alias: str, name: str, *, actor: str = OWNER) -> int:
    """From now on ``alias`` counts as ``name``; returns the new revision. Figures as at older revisions stay as they were.

    Errors: alias_kind_unknown, alias_same, alias_unknown, alias_taken, alias_cycle.
    """
    access.ask(actor, "write")
    chosen, one, other = _checked(ws, kind, alias, name)
    key = key_of(chosen)

    def check(standing: Sequence[AliasRow]) -> None:
        said = {key(row.alias): row.name for row in standing if row.kind == chosen}
        if key(one) in said:
            raise AmdashError("alias_taken", alias=one, name=said[key(one)])
        end, passed = other, {key(other)}
        while key(end) in said:
            end = said[key(end)]
            if key(end) == key(one) or key(end) in passed:
                raise AmdashError("alias_cycle", alias=one, name=other)
            passed.add(key(end))

    return ws.store.add_alias(kind=chosen, alias=one, name=other, actor=actor, at=ws.now(), check=check)


def keep_apart(ws: Workspace, kind: str, alias: str, name: str, *, actor: str = OWNER) -> int:
    """Two names that are not one: they are not proposed again. Returns the new revision, or the present one where it is said already.

    Errors: alias_kind_unknown, alias_same, alias_unknown.
    """
    access.ask(actor, "write")
    chosen, one, other = _checked(ws, kind, alias, name)
    if any(row.kind == APART + chosen and _pair(chosen, row.alias, row.name) == _pair(chosen, one, other) for row in ws.store.aliases()):
        return ws.revision()
    return ws.store.add_alias(kind=APART + chosen, alias=one, name=other, actor=actor, at=ws.now(), check=lambda _: None)


def undo(ws: Workspace, alias_id: int, *, actor: str = OWNER) -> int:
    """Take a merge, or a keeping apart, back; returns the new revision. Errors: alias_missing, alias_undone_already."""
    access.ask(actor, "write")
    return ws.store.close_alias(alias_id, actor=actor, at=ws.now())


def current(ws: Workspace, revision: int | None = None, *, actor: str = OWNER) -> list[AliasRow]:
    """What is decided as at a revision, in the order of deciding; names kept apart have a kind that begins with APART. Errors: revision_unknown."""
    access.ask(actor, "read")
    wanted = ws.revision() if revision is None else revision
    ws.moment_of(wanted)
    return ws.store.aliases(wanted)


def ambiguous(ws: Workspace, revision: int | None = None, *, actor: str = OWNER) -> list[Ambiguous]:
    """Names that several people share, with the rows that name them without a number."""
    access.ask(actor, "read")
    return ws.identities(revision).ambiguous()


def _pair(kind: str, one: str, other: str) -> frozenset[str]:
    key = key_of(kind)  # type: ignore[arg-type]
    return frozenset((key(one), key(other)))


def _names(ws: Workspace, kind: Kind, known: Identities, revision: int | None) -> dict[str, int]:
    """Every name of a kind with its rows, entries of the feedback log that were written here included."""
    rows = rows_of(kind, known.tables)
    for entry in ws.store.feedback(revision) if kind == "manager" else ():
        shown = known.shown(kind, entry.manager)
        rows[shown] = rows.get(shown, 0) + 1
    return rows


def _checked(ws: Workspace, kind: str, alias: str, name: str) -> tuple[Kind, str, str]:
    """The kind and the two names, known and different."""
    chosen = next((known for known in KINDS if known == kind), None)
    if chosen is None:
        raise AmdashError("alias_kind_unknown", kind=kind, known=list(KINDS))
    key, known = key_of(chosen), ws.identities()
    if key(alias) == key(name):
        raise AmdashError("alias_same", alias=alias.strip(), name=name.strip())
    names = list(_names(ws, chosen, known, None))
    keys = {key(shown): shown for shown in names} | {key(row.alias): row.alias for row in ws.store.aliases() if row.kind == chosen}
    for wanted in (alias, name):
        if key(wanted) not in keys:
            close = [keys[match] for match in difflib.get_close_matches(key(wanted), keys, _NEAR_NAMES)]
            raise AmdashError("alias_unknown", field=TITLES[chosen], name=wanted.strip(), known=close or names[:_NEAR_NAMES] or ["—"])
    return chosen, keys[key(alias)], keys[key(name)]


def _candidates(kind: Kind, known: Identities, rows: Mapping[str, int], spans: Spans) -> Iterator[tuple[str, str, Reason]]:
    """Pairs of names that may be one, the strongest reason first; names that have numbers of their own are no slips of the pen."""
    if kind == "manager":
        for people in known.split.values():
            yield from ((one, other, "number_changed") for one, other in successive(people, spans))
    numbers = _numbers_of(kind, known.tables)
    yield from ((one, other, "number_shared") for one, other in _sharing_a_number(numbers))
    told_apart = {name: people for people in known.split.values() for name in people} if kind == "manager" else {}
    for one, other, reason in near(rows, kind):
        if one in told_apart and told_apart.get(other) == told_apart[one]:
            continue
        if reason != "one_edit" or not numbers.get(one) or not numbers.get(other) or numbers[one] & numbers[other]:
            yield one, other, reason


def _numbers_of(kind: Kind, tables: Mapping[str, pd.DataFrame]) -> dict[str, set[str]]:
    """Name -> the employee or customer numbers that it stands with."""
    number, found = _NUMBERS.get(kind, ""), dict[str, set[str]]()
    for table, frame in tables.items():
        column = LISTS[kind][1] if kind in LISTS and table == LISTS[kind][0] else kind
        if number in frame and column in frame and frame[number].notna().any():
            for name, told in frame[[column, number]].dropna().drop_duplicates().itertuples(index=False, name=None):
                found.setdefault(name, set()).add(key_of(kind)(told))
    return found


def _sharing_a_number(numbers: Mapping[str, set[str]]) -> Iterator[tuple[str, str]]:
    """Pairs of names that stand with the same number."""
    names: dict[str, list[str]] = {}
    for name, told in numbers.items():
        for number in sorted(told):
            names.setdefault(number, []).append(name)
    for shared in names.values():
        if len(shared) <= _NAMES_OF_A_NUMBER:
            yield from combinations(shared, 2)


def _strengths(
    kind: Kind, tables: Mapping[str, pd.DataFrame], rows: Mapping[str, int], spans: Spans
) -> dict[str, tuple[bool, pd.Timestamp, int, int]]:
    """Name -> what lets it stay: being on the list, being the one last used with a number, having more rows, coming first."""
    table, column = LISTS.get(kind, ("", ""))
    listed = set(tables[table][column].dropna()) if table else set()
    never = (EARLIEST, EARLIEST)
    return {name: (name in listed, spans.get(name, never)[1], count, -place) for place, (name, count) in enumerate(rows.items())}
