"""Which months of which tables are there, which in part, and which not at all: no data, never 0."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from amdash.i18n import N_, Translator
from amdash.i18n.messages import wording
from amdash.metrics import period
from amdash.schema import TABLES, Table
from amdash.service import access
from amdash.service.corrections import base_of
from amdash.service.workspace import OWNER, Workspace
from amdash.store import ImportRow, Slot, SlotKey

State = Literal["present", "partial", "missing", "not_expected"]
STATES: dict[State, str] = {"present": N_("complete"), "partial": N_("in part"), "missing": N_("no data"), "not_expected": N_("not expected")}
# The one 'month' of tables that have none: managers, customers, returns.
LIST = "list"
# These come when they come: a month without them is not a gap.
_IRREGULAR = ("staff_surveys", "feedback")
# A sheet whose rows end earlier before the end of a month than this was drawn too soon, if it otherwise never does.
_DAYS_LEFT = 7
_OTHER_MONTHS = 2
_REACHING = 0.9
# Where rows are few, a week without any is nothing: only what is less likely than this in all months together is something.
_BY_CHANCE = 0.05


@dataclass(frozen=True)
class Reason:
    """Why a month is not complete. Codes: coverage_series_absent, coverage_rows_refused, coverage_ends_early."""

    code: str
    fields: Mapping[str, Any]


@dataclass(frozen=True)
class Cover:
    """One table in one month ('list' for tables without months): its rows in force, its state, and why it is not complete."""

    table: str
    month: str
    rows: int
    state: State
    reasons: tuple[Reason, ...] = ()


@dataclass(frozen=True)
class Coverage:
    """``months``: from the first to the last with dated rows, ascending. ``covers``: (table, month) -> cover, of every table and month.

    Tables without months have the one cover (table, 'list').
    """

    months: tuple[str, ...]
    covers: Mapping[tuple[str, str], Cover]
    revision: int

    def incomplete(self) -> list[Cover]:
        """What is there in part or missing, by month and table."""
        found = [cover for cover in self.covers.values() if cover.state in ("partial", "missing")]
        return sorted(found, key=lambda cover: (cover.month, list(TABLES).index(cover.table)))


@dataclass
class _Series:
    """A recurring sheet: its rows, its last date, the number of days that have rows, and the rows that were refused; all by month."""

    rows: dict[str, int] = field(default_factory=dict)
    last: dict[str, dt.date] = field(default_factory=dict)
    days: dict[str, int] = field(default_factory=dict)
    refused: dict[str, int] = field(default_factory=dict)


def matrix(ws: Workspace, revision: int | None = None, *, actor: str = OWNER) -> Coverage:
    """The coverage at a revision (the newest by default). An untouched workspace has no months, and of every list none."""
    access.ask(actor, "read")
    at = ws.revision() if revision is None else revision
    today = (ws.now() if revision is None else ws.moment_of(revision)).date()
    slots = [slot for slot in ws.store.slots(at) if slot.rows]
    found = _series(ws, slots, at)
    dated = [slot.key.month for slot in slots if slot.key.month]
    months = _span(min(dated), max(dated)) if dated else ()
    covers: dict[tuple[str, str], Cover] = {}
    for table in TABLES.values():
        sheets = found.get(table.name, {})
        if table.dated_by is None:
            covers[table.name, LIST] = _list(table, sheets)
        else:
            covers |= {(table.name, month): _cover(table, month, sheets, today) for month in months}
    return Coverage(tuple(months), covers, at)


def as_rows(coverage: Coverage, _: Translator | None = None) -> list[dict[str, Any]]:
    """One object per table and month for the command line: table, month, rows, state, reasons; with words where a translator is given."""
    rows = []
    for cover in coverage.covers.values():
        reasons = [{"code": reason.code, **reason.fields} | ({"words": reason_words(_, reason)} if _ else {}) for reason in cover.reasons]
        rows.append({"table": cover.table, "month": cover.month, "rows": cover.rows, "state": cover.state, "reasons": reasons})
    return rows


def reason_words(_: Translator, reason: Reason) -> str:
    """A reason as a sentence."""
    return wording(_, reason.code, reason.fields)


def _span(first: str, last: str) -> tuple[str, ...]:
    months = [first]
    while months[-1] < last:
        months.append(period.shift(months[-1], 1))
    return tuple(months)


def _series(ws: Workspace, slots: Sequence[Slot], revision: int) -> dict[str, dict[str, _Series]]:
    """Table -> series -> what is known of it."""
    found: dict[str, dict[str, _Series]] = defaultdict(lambda: defaultdict(_Series))
    grouped: dict[tuple[str, str], list[Slot]] = defaultdict(list)
    for slot in slots:
        found[slot.key.table][slot.key.series].rows[slot.key.month] = slot.rows
        grouped[slot.key.table, slot.key.series].append(slot)
    for (name, series), held in grouped.items():
        if _has_days(TABLES[name]):
            dates = ws.store.frames(held)[name][str(TABLES[name].dated_by)].dropna()
            by_month = dates.dt.normalize().groupby(dates.dt.strftime("%Y-%m"))
            found[name][series].last = {str(month): last.date() for month, last in by_month.max().items()}
            found[name][series].days = {str(month): int(days) for month, days in by_month.nunique().items()}
    for key, (_import_id, rows) in _refused(ws, revision).items():
        found[key.table][key.series].refused[key.month] = rows
    return found


def _has_days(table: Table) -> bool:
    return table.dated_by is not None and table.field(table.dated_by).kind != "period"


def refused_by_import(ws: Workspace, revision: int) -> Counter[int]:
    """Import -> how many of the rows that it has refused no correction or later sheet has brought since. Imports that do not say so by
    slot have refused none.
    """
    found: Counter[int] = Counter()
    for import_id, rows in _refused(ws, revision).values():
        found[import_id] += rows
    return found


def _refused(ws: Workspace, revision: int) -> dict[SlotKey, tuple[int, int]]:
    """(import, rows): the import standing last for a slot, and how many rows it has refused; those that do not say so by slot, none."""
    found: dict[SlotKey, tuple[int, int]] = {}
    for row in reversed(ws.store.imports()):
        undone = row.undone_revision is not None and row.undone_revision <= revision
        if undone or row.revision > revision:
            continue
        if row.detail.get("corrects") is not None:
            _take_off(found, row)
            continue
        for slot in row.detail.get("slots", ()):
            found.pop(_key(slot), None)
        found |= {_key(slot): (row.import_id, int(slot["refused"])) for slot in row.detail.get("refused_by_slot", ()) if slot.get("refused")}
    return found


def _take_off(found: dict[SlotKey, tuple[int, int]], correction: ImportRow) -> None:
    """Rows that a correction brought are refused no more: those of their month first, then those that had told no month."""
    for slot in correction.detail.get("slots", ()):
        left, key = int(slot["added"]), _key(slot)
        for refused in (SlotKey(key.table, key.month, base_of(key.series)), SlotKey(key.table, "", base_of(key.series))):
            import_id, rows = found.get(refused, (0, 0))
            taken = min(left, rows)
            if taken:
                found[refused] = (import_id, rows - taken)
                left -= taken


def _key(slot: Mapping[str, Any]) -> SlotKey:
    return SlotKey(slot["table"], slot.get("month") or "", slot.get("series") or "")


def _list(table: Table, sheets: Mapping[str, _Series]) -> Cover:
    rows = sum(sum(sheet.rows.values()) for sheet in sheets.values())
    refused = sum(sum(sheet.refused.values()) for sheet in sheets.values())
    reasons = (Reason("coverage_rows_refused", {"n": refused}),) if refused else ()
    return Cover(table.name, LIST, rows, "not_expected" if not rows and not refused else "partial" if refused else "present", reasons)


def _cover(table: Table, month: str, sheets: Mapping[str, _Series], today: dt.date) -> Cover:
    rows = sum(sheet.rows.get(month, 0) for sheet in sheets.values())
    reasons = tuple(_reasons(table, month, sheets, today))
    if rows:
        return Cover(table.name, month, rows, "partial" if reasons else "present", reasons)
    expected = any(sheet.rows for sheet in sheets.values()) and table.name not in _IRREGULAR and _is_over(month, today)
    return Cover(table.name, month, 0, "missing" if expected or reasons else "not_expected", reasons)


def _reasons(table: Table, month: str, sheets: Mapping[str, _Series], today: dt.date) -> Iterator[Reason]:
    over = _is_over(month, today)
    if over and table.name not in _IRREGULAR:
        for name in _absent(month, sheets):
            yield Reason("coverage_series_absent", {"series": name})
    refused = sum(sheet.refused.get(month, 0) for sheet in sheets.values())
    if refused:
        yield Reason("coverage_rows_refused", {"n": refused})
    if over:
        for name, sheet in sheets.items():
            if _ends_early(month, sheet, today):
                yield Reason("coverage_ends_early", {"series": name, "date": sheet.last[month].isoformat()})


def _absent(month: str, sheets: Mapping[str, _Series]) -> list[str]:
    """The series that had rows before and after, or in both months before, and have none here, unless another one stands in.

    A stand-in is a sheet that is here and was not when the absent one came last, such as an export of another program: each
    stands in for one.
    """
    stand_ins = {name for name, sheet in sheets.items() if month in sheet.rows}
    found = []
    for name, sheet in sheets.items():
        earlier = [one for one in sheet.rows if one and one < month]
        if month in sheet.rows or not earlier:
            continue
        later = any(one > month for one in sheet.rows)
        lately = {period.shift(month, -1), period.shift(month, -2)} <= sheet.rows.keys()
        if not later and not lately:
            continue
        instead = sorted(other for other in stand_ins if max(earlier) not in sheets[other].rows)
        if instead:
            stand_ins.remove(instead[0])
        else:
            found.append(name)
    return found


def _ends_early(month: str, sheet: _Series, today: dt.date) -> bool:
    """Whether the last row stands long before the end of the month, while in nearly all other months it does not.

    By chance all of a usual month's days with rows would miss the last days together with (1 - share of the month)^days.
    """
    left = _days_left(month, sheet) if month in sheet.last else 0
    others = [other for other in sheet.last if other != month and _is_over(other, today)]
    if left <= _DAYS_LEFT or len(others) < _OTHER_MONTHS:
        return False
    reaching = sum(_days_left(other, sheet) <= _DAYS_LEFT for other in others)
    usual = sum(sheet.days[other] for other in others) / len(others)
    chance = (1 - left / _last_of(month).day) ** usual
    return reaching >= _REACHING * len(others) and chance * (len(others) + 1) < _BY_CHANCE


def _days_left(month: str, sheet: _Series) -> int:
    return (_last_of(month) - sheet.last[month]).days


def _first_after(month: str) -> dt.date:
    return dt.date.fromisoformat(f"{period.shift(month, 1)}-01")


def _last_of(month: str) -> dt.date:
    return _first_after(month) - dt.timedelta(days=1)


def _is_over(month: str, today: dt.date) -> bool:
    return _first_after(month) <= today
