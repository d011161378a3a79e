"""How long the working-hours clock takes, beside elapsed hours: python tests/benchmarks/bench_calendar.py [ROWS]

Tickets of four years, a tenth of them unanswered; China's calendar, 09:00 to 18:00 with a lunch break. Elapsed hours are what
pandas does with one subtraction. The same clock as narwhals expressions on every engine that is installed, and the due moment
of a promise of eight hours. Medians of five runs, the country's holidays looked up beforehand (first call: told apart); ratios
in one run, absolutes are of this machine.
"""

from __future__ import annotations

import datetime as dt
import statistics
import sys
import time
from collections.abc import Callable
from importlib.util import find_spec

import narwhals as nw
import numpy as np
import pandas as pd

from amdash.metrics.calendar import add_working_hours, with_working_hours, working_hours
from amdash.metrics.workdays import OpeningHours, workweek

RUNS = 5
HOURS = OpeningHours(workweek((dt.time(9), dt.time(12)), (dt.time(13), dt.time(18))), "CN")


def seconds(work: Callable[[], object]) -> float:
    """The median of a few runs."""
    taken = []
    for _ in range(RUNS):
        start = time.perf_counter()
        work()
        taken.append(time.perf_counter() - start)
    return statistics.median(taken)


def tickets(rows: int) -> pd.DataFrame:
    """Opened at any second of 2023 to 2026, answered within ten days; a tenth never."""
    rng = np.random.default_rng(7)
    opened = np.datetime64("2023-01-01", "us") + rng.integers(0, 4 * 365 * 86_400, rows).astype("timedelta64[s]")
    answered = opened + rng.integers(0, 10 * 86_400, rows).astype("timedelta64[s]")
    answered[rng.random(rows) < 0.1] = np.datetime64("NaT")
    return pd.DataFrame({"opened_at": opened, "first_response_at": answered})


def engines(frame: pd.DataFrame) -> dict[str, nw.DataFrame | nw.LazyFrame]:
    """The same tickets on pandas and on what else is installed."""
    found = {"pandas": nw.from_native(frame, eager_only=True)}
    if find_spec("polars"):
        import polars as pl

        found["polars"] = nw.from_native(pl.from_pandas(frame).lazy())
    if find_spec("duckdb"):
        import duckdb

        found["duckdb"] = nw.from_native(duckdb.from_df(frame))
    return found


def main(rows: int) -> None:
    frame = tickets(rows)
    opened, answered = frame["opened_at"], frame["first_response_at"]
    begun = time.perf_counter()
    working_hours(opened[:1], answered[:1], HOURS)
    print(f"first call, one row: {time.perf_counter() - begun:.3f} s")
    plain = seconds(lambda: (answered - opened).dt.total_seconds() / 3600)
    print(f"elapsed hours of {rows:,} tickets: {plain:.3f} s")
    clock = seconds(lambda: working_hours(opened, answered, HOURS))
    print(f"working hours: {clock:.3f} s, ratio {clock / plain:.1f}")
    due = seconds(lambda: add_working_hours(opened, 8.0, HOURS))
    print(f"due moments: {due:.3f} s, ratio {due / plain:.1f}")
    for name, given in engines(frame).items():
        taken = seconds(lambda given=given: with_working_hours(given, "opened_at", "first_response_at", "hours", HOURS).lazy().collect())
        print(f"joined with the calendar table on {name}: {taken:.3f} s, ratio {taken / plain:.1f}")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000)
