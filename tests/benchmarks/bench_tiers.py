"""How long tiers, moves, retention and concentration take: python tests/benchmarks/bench_tiers.py [ROWS] [CUSTOMERS]

Medians of three in one run, beside one plain pandas groupby of the same sales; absolutes are of this machine.
"""

from __future__ import annotations

import datetime as dt
import statistics
import sys
import time
from collections.abc import Callable

import numpy as np
import pandas as pd

from amdash.insight.concentration import concentrations
from amdash.insight.customers import profiles, sales_of
from amdash.insight.moves import tier_moves
from amdash.insight.tiers import tiers
from amdash.metrics.retention import retention, windows
from amdash.metrics.spec import Facts
from amdash.schema import TABLES, empty_frame, frame_of

RUNS = 3
AS_OF = dt.datetime(2026, 10, 31, 18)


def seconds(work: Callable[[], object]) -> float:
    """The median of a few runs."""
    taken = []
    for _ in range(RUNS):
        start = time.perf_counter()
        work()
        taken.append(time.perf_counter() - start)
    return statistics.median(taken)


def facts_of(rows: int, customers: int) -> Facts:
    """Sales of three years, half of them in orders of several rows, by twenty managers."""
    rng = np.random.default_rng(7)
    days = pd.Timestamp(2023, 11, 1) + pd.to_timedelta(rng.integers(0, 1095, rows), unit="D")
    columns = {
        "date": days,
        "amount": np.round(rng.lognormal(8, 1, rows), 2),
        "manager": [f"M{number}" for number in rng.integers(0, 20, rows)],
        "customer_no": [f"C{number}" for number in rng.integers(0, customers, rows)],
        "order_no": [f"O{number}" if number % 2 else None for number in rng.integers(0, rows, rows)],
        "source_file": ["f"] * rows,
        "source_sheet": ["S"] * rows,
        "source_row": range(rows),
    }
    frames = {name: empty_frame(table) for name, table in TABLES.items()}
    return Facts(frames | {"sales": frame_of(TABLES["sales"], columns, rows)}, AS_OF)


def main(rows: int, customers: int) -> None:
    facts = facts_of(rows, customers)
    sales = sales_of(facts)
    known = profiles(sales, AS_OF)
    first = dt.date(2025, 11, 1)
    work: dict[str, Callable[[], object]] = {
        "plain groupby": lambda: sales.groupby("who").agg(last=("date", "max"), n=("order_no", "nunique"), money=("amount", "sum")),
        "identities": lambda: sales_of(facts),
        "profiles": lambda: profiles(sales, AS_OF),
        "tiers of the profiles": lambda: tiers(known),
        "moves of a month, all in": lambda: tier_moves(facts, dt.date(2026, 9, 30), AS_OF),
        "retention": lambda: retention(facts, windows("2026-10")),
        "concentration by manager": lambda: concentrations(sales, first, AS_OF, "manager"),
    }
    print(f"{rows:,} rows, {len(known):,} customers")
    for name, run in work.items():
        print(f"{name}: {seconds(run):.3f} s")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 200_000, int(sys.argv[2]) if len(sys.argv) > 2 else 20_000)
