"""Feedback at fixed times: when each source was last heard on each manager, when it is due again, and how regular it was."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, fields
from typing import Any, Literal, get_args

import pandas as pd

from amdash.errors import AmdashError

Source = Literal["supervisor", "team", "customer"]
SOURCES: tuple[Source, ...] = get_args(Source)
Recurrence = Literal["week", "month", "quarter", "year", "never"]
RECURRENCES: tuple[Recurrence, ...] = get_args(Recurrence)
# done: this period's is there, or is not due soon. not_due: there was none yet and none is due soon, or the manager leaves before.
Status = Literal["done", "due", "overdue", "not_due"]

COLUMNS = ["manager", "source", "every", "last_done", "next_due", "status", "days_overdue", "coverage", "given", "periods"]
COVERED_PERIODS = 12
_MOST_DAYS = 366


@dataclass(frozen=True)
class CadenceRules:
    """How often each source gives feedback: once in every calendar week (Monday to Sunday, ISO 8601), month, quarter or year, or never.

    ``due_within_days``: how long before its last day a period's feedback is called due. Defaults: METHOD, regular feedback.
    Errors: AmdashError cadence_interval_unknown (field, value, known), cadence_days_not_whole (field, value),
    cadence_days_out_of_range (field, value, least, most).
    """

    supervisor: Recurrence = "month"
    team: Recurrence = "week"
    customer: Recurrence = "quarter"
    due_within_days: int = 7

    def __post_init__(self) -> None:
        for source in SOURCES:
            if self.every(source) not in RECURRENCES:
                raise AmdashError("cadence_interval_unknown", field=source, value=self.every(source), known=list(RECURRENCES))
        days: Any = self.due_within_days
        if isinstance(days, bool) or not isinstance(days, int | float) or not float(days).is_integer():
            raise AmdashError("cadence_days_not_whole", field="due_within_days", value=days)
        if not 0 <= days <= _MOST_DAYS:
            raise AmdashError("cadence_days_out_of_range", field="due_within_days", value=days, least=0, most=_MOST_DAYS)
        # JSON knows one kind of number: 7.0 is 7 days.
        object.__setattr__(self, "due_within_days", int(days))

    def every(self, source: Source) -> Recurrence:
        """How often a source is asked."""
        found: Recurrence = getattr(self, source)
        return found

    def as_dict(self) -> dict[str, Any]:
        """The rules by name, ready for JSON."""
        return asdict(self)

    @classmethod
    def from_dict(cls, given: Mapping[str, Any]) -> CadenceRules:
        """Rules from their names; one that is not given is the default. Errors: as the class, and cadence_rule_unknown (field, known)."""
        known = [field.name for field in fields(cls)]
        for name in given:
            if name not in known:
                raise AmdashError("cadence_rule_unknown", field=name, known=known)
        return cls(**given)


DEFAULTS = CadenceRules()


@dataclass(frozen=True)
class _Owed:
    """What one source owes one manager; ``first``, ``this``: numbers of periods, ``done``: those in which there was feedback."""

    manager: str
    source: Source
    every: Recurrence
    first: int
    this: int
    done: frozenset[int]
    last_done: dt.date | None
    left_on: dt.date | None

    @property
    def next_due(self) -> dt.date | None:
        """The last day of the first period that lacks feedback since the last one that had it; None where the manager leaves before."""
        after = max(self.done, default=self.first - 1) + 1
        due = last_day(max(after, self.first), self.every)
        return None if self.left_on is not None and self.left_on < due else due


def cadence(entries: pd.DataFrame, roster: pd.DataFrame, date: dt.date, rules: CadenceRules = DEFAULTS) -> pd.DataFrame:
    """How the feedback on each manager stands at a date.

    ``entries``: columns date, manager, source (others, missing ones and dates after ``date`` are passed over). ``roster``: manager
    and, where known, hired_on and left_on; one who is not there yet at the date, or no more, owes and is owed nothing.
    A manager owes from the first whole period after being hired, but not from before the log began (its first entry); where the
    hiring is not known, from the period of their own first entry, else of the log's, else of the date.

    Rows: one per manager (in the roster's order) and source that is asked. Columns (COLUMNS): last_done, the day of the newest
    feedback; next_due, the last day of the first period without it since then; status; days_overdue, since next_due, else 0;
    coverage (ratio): of the last twelve ``periods`` owed those ``given``, the running one counted only once it is; missing where
    there were none. Empty: no row, every column.
    """
    rows = []
    for owed in _owed(entries, roster, date, rules):
        due = owed.next_due
        past = [period for period in range(owed.first, owed.this + 1) if period < owed.this or period in owed.done][-COVERED_PERIODS:]
        given = len(owed.done.intersection(past))
        rows.append(
            {
                "manager": owed.manager,
                "source": owed.source,
                "every": owed.every,
                "last_done": owed.last_done,
                "next_due": due,
                "status": _status(owed, due, date, rules),
                "days_overdue": 0 if due is None else max(0, (date - due).days),
                "coverage": given / len(past) if past else float("nan"),
                "given": given,
                "periods": len(past),
            }
        )
    types = {"last_done": "datetime64[s]", "next_due": "datetime64[s]", "coverage": "float64"}
    types |= dict.fromkeys(("days_overdue", "given", "periods"), "int64")
    return _frame(rows, COLUMNS, types)


def due_dates(entries: pd.DataFrame, roster: pd.DataFrame, date: dt.date, until: dt.date, rules: CadenceRules = DEFAULTS) -> pd.DataFrame:
    """The days by which feedback is due, from a date on and up to another, for a calendar.

    Rows: one per manager, source and period that ends in that span, is owed and is not done, nor after the manager leaves; by day,
    then as in :func:`cadence`. Columns: due_on, manager, source, every. What is overdue is due by the end of the running period,
    which catches up. Empty: no row, every column.
    """
    rows: list[dict[str, Any]] = []
    for owed in _owed(entries, roster, date, rules):
        end = until if owed.left_on is None else min(until, owed.left_on)
        for period in range(max(owed.first, owed.this), number_of(end, owed.every) + 1):
            day = last_day(period, owed.every)
            if period not in owed.done and day <= end:
                rows.append({"due_on": day, "manager": owed.manager, "source": owed.source, "every": owed.every})
    rows.sort(key=lambda row: row["due_on"])
    return _frame(rows, ["due_on", "manager", "source", "every"], {"due_on": "datetime64[s]"})


def number_of(day: dt.date, every: Recurrence) -> int:
    """Periods of one kind counted through, so that the next one is one more. Errors: ValueError for never."""
    if every == "week":
        # 1 January of the year 1, day 1, was a Monday.
        return (day.toordinal() - 1) // 7
    months = 12 * day.year + day.month - 1
    return months // _months_in(every)


def last_day(number: int, every: Recurrence) -> dt.date:
    """The last day of a period that :func:`number_of` counted. Errors: ValueError for never."""
    if every == "week":
        return dt.date.fromordinal(7 * (number + 1))
    year, month = divmod((number + 1) * _months_in(every), 12)
    return dt.date(year, month + 1, 1) - dt.timedelta(days=1)


def _months_in(every: Recurrence) -> int:
    if every == "month":
        return 1
    if every == "quarter":
        return 3
    if every == "year":
        return 12
    raise ValueError(every)


def _status(owed: _Owed, due: dt.date | None, date: dt.date, rules: CadenceRules) -> Status:
    if due is not None and due < date:
        return "overdue"
    if owed.this in owed.done:
        return "done"
    if due is not None and (due - date).days <= rules.due_within_days:
        return "due"
    return "not_due" if due is None or owed.last_done is None else "done"


def _owed(entries: pd.DataFrame, roster: pd.DataFrame, date: dt.date, rules: CadenceRules) -> Iterator[_Owed]:
    """Every manager who is there at the date, with every source that is asked."""
    days: dict[str, dict[str, list[dt.date]]] = {}
    for day, manager, source in zip(entries["date"], entries["manager"], entries["source"], strict=True):
        when = _day(day)
        if when is not None and when <= date and isinstance(source, str) and source in SOURCES:
            days.setdefault(manager, {}).setdefault(source, []).append(when)
    began = min((one for theirs in days.values() for those in theirs.values() for one in those), default=None)
    for row in roster.to_dict("records"):
        hired, left = _day(row.get("hired_on")), _day(row.get("left_on"))
        if (hired is not None and hired > date) or (left is not None and left < date):
            continue
        theirs = days.get(row["manager"], {})
        own = min((one for those in theirs.values() for one in those), default=None)
        for source in SOURCES:
            every = rules.every(source)
            if every != "never":
                done = theirs.get(source, [])
                numbers = frozenset(number_of(day, every) for day in done)
                first = _first(hired, own, began or date, every)
                yield _Owed(row["manager"], source, every, first, number_of(date, every), numbers, max(done, default=None), left)


def _first(hired: dt.date | None, own: dt.date | None, began: dt.date, every: Recurrence) -> int:
    """The first period in which feedback is owed."""
    if hired is None:
        return number_of(own or began, every)
    # Who comes on the 28th owes nothing by the 31st.
    return max(number_of(hired - dt.timedelta(days=1), every) + 1, number_of(began, every))


def _day(value: Any) -> dt.date | None:
    """The day of a date or time stamp; None where missing."""
    if value is None or pd.isna(value):
        return None
    found: dt.date = value.date() if isinstance(value, dt.datetime) else value
    return found


def _frame(rows: list[dict[str, Any]], columns: list[str], types: Mapping[str, str]) -> pd.DataFrame:
    return pd.DataFrame({name: pd.Series([row[name] for row in rows], dtype=types.get(name, "str")) for name in columns})
