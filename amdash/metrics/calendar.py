"""The working-hours clock: how long a business had been at work between two moments, and when a promise falls due."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any, NamedTuple, TypeVar

import narwhals as nw
import numpy as np
import pandas as pd

from amdash.metrics.workdays import MICROSECONDS_PER_DAY, OpeningHours, spans_between

Moments = pd.Series | np.ndarray | dt.datetime
Frame = TypeVar("Frame", nw.DataFrame[Any], nw.LazyFrame[Any])

MICROSECONDS_PER_HOUR = 3_600_000_000
_MISSING = np.iinfo("int64").min
_EPOCH = dt.date(1970, 1, 1)
_WEEK_DAYS = 7
_PARTS = ("year", "month", "day", "clock_us")


class _Clock(NamedTuple):
    """Spans of work: opening, length, and the work done before; int64 microseconds. The first is empty and before all moments."""

    opens: np.ndarray
    lengths: np.ndarray
    before: np.ndarray

    def worked(self, moments: np.ndarray) -> np.ndarray:
        """The work done until each moment."""
        at = np.searchsorted(self.opens, moments, side="right") - 1
        done: np.ndarray = self.before[at] + np.minimum(moments - self.opens[at], self.lengths[at])
        return done

    def reached(self, work: np.ndarray) -> np.ndarray:
        """The earliest moment at which that much work is done."""
        at = np.searchsorted(self.before + self.lengths, work, side="left")
        moments: np.ndarray = self.opens[at] + work - self.before[at]
        return moments


def working_hours(start: Moments, end: Moments, hours: OpeningHours) -> np.ndarray:
    """Working hours from ``start`` to ``end``, row by row; naive local times of any unit, one moment stands for all rows.

    Rows: as given.  Unit: hours, float64.  Missing (NaN) where either is; 0.0 where the end is before the start.
    Empty: an empty array.  Errors: TypeError for times with a zone, ValueError for two different lengths.
    """
    begun, done = np.broadcast_arrays(_microseconds(start), _microseconds(end))
    known = (begun != _MISSING) & (done != _MISSING)
    result = np.full(begun.shape, np.nan)
    if known.any():
        begun, done = begun[known], done[known]
        earliest, latest = min(begun.min(), done.min()), max(begun.max(), done.max())
        clock = _clock(hours, earliest // MICROSECONDS_PER_DAY, latest // MICROSECONDS_PER_DAY)
        result[known] = np.maximum(clock.worked(done) - clock.worked(begun), 0) / MICROSECONDS_PER_HOUR
    return result


def add_working_hours(moments: Moments, amount_hours: float | np.ndarray | pd.Series, hours: OpeningHours) -> np.ndarray:
    """When a promise of so many working hours falls due: the earliest moment at which they are over, counted from each moment.

    Nine hours from 09:00 on a day of 09:00 to 18:00 are over at 18:00, not at the next opening; none are over at once.
    Rows: as given, one moment or amount stands for all.  Unit: datetime64[us], local.  Missing (NaT) where either is.
    Empty: an empty array.  Errors: ValueError for amounts below 0 or without end, TypeError for times with a zone.
    """
    wanted = np.atleast_1d(np.asarray(amount_hours, dtype="float64"))
    if (wanted < 0).any() or np.isinf(wanted).any():
        raise ValueError("working hours to add must be finite and not negative")
    begun, wanted = np.broadcast_arrays(_microseconds(moments), wanted)
    known = (begun != _MISSING) & ~np.isnan(wanted)
    result = np.full(begun.shape, _MISSING)
    if known.any():
        begun, work = begun[known], np.rint(wanted[known] * MICROSECONDS_PER_HOUR).astype("int64")
        clock = _clock_for(hours, begun, work)
        # Nothing to add to a moment at night would else go back to the evening before.
        result[known] = np.maximum(clock.reached(clock.worked(begun) + work), begun)
    return result.view("datetime64[us]")


def calendar_table(hours: OpeningHours, first: dt.date, last: dt.date) -> pd.DataFrame:
    """What every day from first to last, both included, has of work: as much as any engine needs to count working hours.

    Rows: one per day.  Columns: date (datetime64[us]), date_key (20261031), before_us (worked since the first day), and
    the day's spans open_1_us, close_1_us, ... since its midnight, 0 to 0 where it has fewer; whole numbers as float64, in
    microseconds.  A night's work stands on both its days.  Empty (last before first): no rows.
    """
    first_day, last_day = (first - _EPOCH).days, (last - _EPOCH).days
    days = np.arange(first_day, last_day + 1)
    opens, closes = _cut_at_midnight(*spans_between(hours, first_day - 1, last_day))
    within = (opens >= first_day * MICROSECONDS_PER_DAY) & (opens < (last_day + 1) * MICROSECONDS_PER_DAY)
    opens, closes = opens[within], closes[within]
    day = opens // MICROSECONDS_PER_DAY
    place = np.arange(len(day)) - np.searchsorted(day, day)
    spans = np.zeros((len(days), 2 * (int(place.max(initial=0)) + 1)))
    spans[day - first_day, 2 * place] = opens - day * MICROSECONDS_PER_DAY
    spans[day - first_day, 2 * place + 1] = closes - day * MICROSECONDS_PER_DAY
    worked = (spans[:, 1::2] - spans[:, ::2]).sum(axis=1)
    dates = pd.Series(days.astype("datetime64[D]").astype("datetime64[us]"))
    key = dates.dt.year * 10_000 + dates.dt.month * 100 + dates.dt.day
    columns = {"date": dates, "date_key": key.astype("float64"), "before_us": worked.cumsum() - worked}
    for number in range(spans.shape[1] // 2):
        columns |= {f"open_{number + 1}_us": spans[:, 2 * number], f"close_{number + 1}_us": spans[:, 2 * number + 1]}
    return pd.DataFrame(columns)


def with_working_hours(frame: Frame, start: str, end: str, name: str, hours: OpeningHours, table: Frame | None = None) -> Frame:
    """The frame with ``name``: working hours from ``start`` to ``end``, two columns of naive local times; on any engine.

    The same figures as :func:`working_hours`: missing where either is, 0.0 where the end is before the start.  Unit: hours,
    float64.  Rows: as given, in no promised order on engines that have none.  Empty: no rows.
    ``table``: :func:`calendar_table` as a frame of the same engine; missing hours outside its days. Without one it is
    made for the span of the data, which takes a pass over the two columns of a lazy frame.
    """
    if table is None:
        table = on_engine_of(frame, calendar_table(hours, *_extent(frame, start, end)))
    days = table.drop("date")
    for role, column in (("begun", start), ("done", end)):
        frame = _with_worked(frame, column, f"__{role}", days)
    elapsed = nw.col("__done") - nw.col("__begun")
    never_negative = nw.when(elapsed < 0).then(nw.lit(0.0)).otherwise(elapsed)
    return frame.with_columns(_in_hours(never_negative).alias(name)).drop("__begun", "__done")


def with_elapsed_hours(frame: Frame, start: str, ends: Mapping[str, str | dt.datetime]) -> Frame:
    """The frame with a column per name in ``ends``: all hours from ``start`` to that column, or moment; on any engine to the same bit.

    Times are naive and local.  Rows: as given.  Unit: hours, float64, below 0 where the end is before the start.  Missing where
    either is.  Empty: no rows.
    """
    columns = [start, *(end for end in ends.values() if isinstance(end, str))]
    steps = [f"__{column}_{part}" for column in columns for part in _PARTS]
    frame = frame.with_columns(expr.alias(f"__{column}_{part}") for column in columns for part, expr in _parts(column).items())
    begun_day, begun_us = _day_and_clock(start)
    spans = {name: (day - begun_day) * MICROSECONDS_PER_DAY + (us - begun_us) for name, (day, us) in _all_of(ends).items()}
    return frame.with_columns(_in_hours(elapsed).alias(name) for name, elapsed in spans.items()).drop(*steps)


def _parts(column: str) -> dict[str, nw.Expr]:
    """A column of naive local times as numbers: no type of spans of time is common to all engines."""
    moment = nw.col(column).dt
    # As they come they are as narrow as eight bits on some engines, and cannot be missing on others.
    year, month, day = (part.cast(nw.Float64) for part in (moment.year(), moment.month(), moment.day()))
    hour, minute, second, rest = (part.cast(nw.Float64) for part in (moment.hour(), moment.minute(), moment.second(), moment.microsecond()))
    return dict(zip(_PARTS, (year, month, day, ((hour * 60 + minute) * 60 + second) * 1_000_000 + rest), strict=True))


def _all_of(ends: Mapping[str, str | dt.datetime]) -> dict[str, tuple[Any, Any]]:
    return {name: _day_and_clock(end) for name, end in ends.items()}


def _day_and_clock(moment: str | dt.datetime) -> tuple[Any, Any]:
    """The number of the day, as of :meth:`datetime.date.toordinal`, and the microseconds since midnight: of the parts of a column, or one moment."""
    if isinstance(moment, dt.datetime):
        since = moment - dt.datetime.combine(moment.date(), dt.time())
        return moment.toordinal(), since // dt.timedelta(microseconds=1)
    year, month, day, clock_us = (nw.col(f"__{moment}_{part}") for part in _PARTS)
    # Years that begin in March end with the leap day.
    early = (month <= 2).cast(nw.Float64)
    year, month = year - early, month - 3 + early * 12
    # Half of one more: a quotient that is whole stays above the whole number, whatever the last digit of the divisor's reciprocal.
    leap_days = ((year + 0.5) / 4).floor() - ((year + 0.5) / 100).floor() + ((year + 0.5) / 400).floor()
    return year * 365 + leap_days + ((month * 153 + 2.5) / 5).floor() + day - 306, clock_us


def _in_hours(elapsed_us: nw.Expr) -> nw.Expr:
    # Polars multiplies by the reciprocal of a constant, which is off in the last digit and decides ties with a target.
    return elapsed_us / (elapsed_us * 0 + MICROSECONDS_PER_HOUR)


def _with_worked(frame: Frame, column: str, name: str, days: Frame) -> Frame:
    """The frame with ``name``: the microseconds worked from the table's first day until the moments of a column."""
    year, month, day, clock_us = _parts(column).values()
    key, clock = f"{name}_date_key", f"{name}_clock_us"
    keyed = frame.with_columns((year * 10_000 + month * 100 + day).alias(key), clock_us.alias(clock))
    named = {one: f"{name}_{one}" for one in days.collect_schema().names()}
    joined = keyed.join(days.rename(named), on=key, how="left")
    worked, now = nw.col(f"{name}_before_us"), nw.col(clock)
    for number in range(1, (len(named) - 2) // 2 + 1):
        opens, closes = nw.col(f"{name}_open_{number}_us"), nw.col(f"{name}_close_{number}_us")
        started = nw.when(now > opens).then(now - opens).otherwise(nw.lit(0.0))
        worked = worked + nw.when(now < closes).then(started).otherwise(closes - opens)
    return joined.with_columns(worked.alias(name)).drop(*named.values(), clock)


def _extent(frame: nw.DataFrame[Any] | nw.LazyFrame[Any], start: str, end: str) -> tuple[dt.date, dt.date]:
    """The first and the last day of two columns; any day where both are all missing."""
    begun, done = nw.col(start), nw.col(end)
    sought = frame.select(begun.min().alias("a"), done.min().alias("b"), begun.max().alias("c"), done.max().alias("d"))
    found = [pd.Timestamp(moment) for moment in sought.lazy().collect().row(0)]
    days = [moment.date() for moment in found if not pd.isna(moment)]
    return (min(days), max(days)) if days else (_EPOCH, _EPOCH)


def on_engine_of(frame: Frame, table: pd.DataFrame) -> Any:
    """A small table as a frame of the engine that another frame lives on, to be joined with it."""
    ours: nw.DataFrame[Any] = nw.from_native(table, eager_only=True)
    engine = frame.implementation
    if isinstance(frame, nw.DataFrame):
        return ours if engine.is_pandas() else nw.from_arrow(ours, backend=engine)
    session = frame.to_native().sparkSession if engine.is_spark_like() else None
    return ours.lazy(engine, session=session)


def _microseconds(moments: Moments) -> np.ndarray:
    """Moments as int64 microseconds since 1970-01-01, the smallest int64 where missing."""
    series = pd.Series(moments)
    if isinstance(series.dtype, pd.DatetimeTZDtype):
        raise TypeError("moments must be local times without a zone")
    return series.astype("datetime64[us]").to_numpy().view("int64")


def _clock(hours: OpeningHours, first_day: int, last_day: int) -> _Clock:
    """The clock of moments from first to last day, both included, counted from 1970-01-01."""
    # The night before the first day still runs on in it.
    opens, closes = spans_between(hours, first_day - 1, last_day)
    opens = np.concatenate(([(first_day - 1) * MICROSECONDS_PER_DAY], opens))
    closes = np.concatenate((opens[:1], closes))
    lengths = closes - opens
    return _Clock(opens, lengths, lengths.cumsum() - lengths)


def _clock_for(hours: OpeningHours, begun: np.ndarray, work: np.ndarray) -> _Clock:
    """A clock that reaches as far as each moment's work takes."""
    first_day, last_day = begun.min() // MICROSECONDS_PER_DAY, begun.max() // MICROSECONDS_PER_DAY
    more_days = _WEEK_DAYS
    while True:
        clock = _clock(hours, first_day, last_day + more_days)
        # Holidays and closing days come to an end, the weeks do not.
        if clock.before[-1] + clock.lengths[-1] >= (clock.worked(begun) + work).max():
            return clock
        more_days *= 2


def _cut_at_midnight(opens: np.ndarray, closes: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The spans ascending, those that run past midnight as two."""
    midnight = (opens // MICROSECONDS_PER_DAY + 1) * MICROSECONDS_PER_DAY
    night = closes > midnight
    begin = np.concatenate((opens, midnight[night]))
    end = np.concatenate((np.minimum(closes, midnight), closes[night]))
    order = np.argsort(begin, kind="stable")
    return begin[order], end[order]
