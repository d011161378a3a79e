"""How long the pass from facts to cells takes on each engine, beside plain pandas: python tests/benchmarks/bench_engines.py [--rows N ...]

N facts of three years: of twenty, nine are sales, seven tickets, three surveys and one a complaint; beside them 100 managers with
monthly targets, and customers, one for fifty facts. Every engine starts from the same pandas frames in a process of its own, and so do
the figures written by hand, which know these facts: no summaries, no list of returns, nothing but numbers of customers, every date there.
The cells of all engines must be equal to the last bit, those by hand up to the rounding of their sums. JSON on standard output: seconds
(median of the runs; those of all processors together beside those on the clock), megabytes at the peak and before the pass began, and
the ratios to the hand-written pass.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from amdash.metrics import evaluate
from amdash.metrics.catalogue import KPIS
from amdash.metrics.engines import ENGINES
from amdash.metrics.spec import Facts
from amdash.schema import TABLES, empty_frame, frame_of

AS_OF = dt.datetime(2026, 11, 24, 9)
PROMISED_HOURS = 24.0
MANAGERS = 100
MONTHS = pd.period_range("2023-11", "2026-10", freq="M").astype("str")
OWNER = ["kpi", "manager", "month"]
SUMS = ["numerator", "denominator", "n", "sum_of_squares"]
BY_HAND = "by hand"


class Made:
    """Facts at random, the same for every run."""

    def __init__(self, rows: int) -> None:
        self.rng = np.random.default_rng(7)
        self.rows = rows
        self.managers = np.array([f"经理{number:03d}" for number in range(MANAGERS)])
        self.customers = np.array([f"K{number:06d}" for number in range(max(rows // 50, 1))])

    def pick(self, values: Any, rows: int, missing: float = 0.0, weights: Any = None) -> np.ndarray:
        found = self.rng.choice(np.array(values, dtype="object"), rows, p=weights)
        found[self.rng.random(rows) < missing] = None
        return found

    def moments(self, rows: int, unit_s: int) -> np.ndarray:
        days = (np.datetime64("2026-11-01") - np.datetime64("2023-11-01")).astype(int)
        return np.datetime64("2023-11-01", "us") + self.rng.integers(0, days * 86_400 // unit_s, rows) * np.timedelta64(unit_s, "s")

    def later(self, moments: np.ndarray, hours: float, missing: float) -> np.ndarray:
        found = moments + (self.rng.exponential(hours * 3600, len(moments))).astype("timedelta64[s]")
        found[self.rng.random(len(moments)) < missing] = np.datetime64("NaT")
        return found

    def frame(self, table: str, rows: int, dates: np.ndarray, **columns: Any) -> pd.DataFrame:
        """The columns, as they come in: a file a month."""
        months = pd.Series(dates).dt.strftime("%Y-%m").to_numpy() if len(dates) else np.array([])
        source = {"source_file": [f"{table}-{month}.xlsx" for month in months], "source_sheet": ["明细"] * rows, "source_row": np.arange(rows) + 2}
        return frame_of(TABLES[table], {**columns, **source}, rows)

    def tables(self) -> dict[str, pd.DataFrame]:
        sales, tickets, surveys, complaints = (max(self.rows * part // 20, 1) for part in (9, 7, 3, 1))
        days, opened = self.moments(sales, 86_400), self.moments(tickets, 1)
        answered, received = self.moments(surveys, 86_400), self.moments(complaints, 86_400)
        flags = [True, False]
        months = np.repeat(MONTHS, MANAGERS)
        made = {
            "sales": self.frame(
                "sales",
                sales,
                days,
                date=days,
                amount=self.rng.integers(100, 9_000_000, sales) / 100,
                manager=self.pick(self.managers, sales, 0.01),
                customer_no=self.pick(self.customers, sales, 0.01),
                order_no=np.char.add("XS", self.rng.integers(0, sales, sales).astype("str")),
                product=self.pick(["轴承", "电机", "阀门"], sales),
                status=self.pick(["won", "lost", "open"], sales, weights=[0.8, 0.1, 0.1]),
                returned=self.pick(flags, sales, weights=[0.03, 0.97]),
            ),
            "tickets": self.frame(
                "tickets",
                tickets,
                opened,
                opened_at=opened,
                first_response_at=self.later(opened, 12, 0.05),
                resolved_at=self.later(opened, 48, 0.1),
                answered=self.pick(flags, tickets, 0.2),
                manager=self.pick(self.managers, tickets, 0.01),
            ),
            "surveys": self.frame(
                "surveys",
                surveys,
                answered,
                date=answered,
                score=self.rng.integers(1, 6, surveys),
                scale=np.full(surveys, 5.0),
                likelihood=self.pick(range(11), surveys, 0.5),
                manager=self.pick(self.managers, surveys, 0.01),
            ),
            "complaints": self.frame(
                "complaints",
                complaints,
                received,
                received_on=received,
                resolved_on=self.later(received, 100, 0.1),
                resolved=self.pick(flags, complaints, 0.2),
                manager=self.pick(self.managers, complaints, 0.01),
            ),
            "targets": self.frame(
                "targets",
                len(months),
                np.full(len(months), np.datetime64("2026-01-01")),
                period=months,
                value=self.rng.integers(1, 100, len(months)) * 1e4,
                manager=np.tile(self.managers, len(MONTHS)),
            ),
            "managers": self.frame("managers", MANAGERS, np.full(MANAGERS, np.datetime64("2026-01-01")), name=self.managers),
        }
        return {name: made.get(name, empty_frame(table)) for name, table in TABLES.items()}


def by_hand(tables: dict[str, pd.DataFrame]) -> pd.DataFrame:
    """The same cells in plain pandas: each table's months and managers once, then sums by their codes."""
    sales = _dated(tables["sales"], "date")
    won = sales[sales["status"] == "won"]
    parts = _sales_by_hand(sales, won, tables["targets"]) | _complaints_by_hand(tables, won) | _surveys_by_hand(tables) | _tickets_by_hand(tables)
    return pd.concat([_plain(part).assign(kpi=name) for name, part in parts.items()], ignore_index=True)


def _dated(frame: pd.DataFrame, column: str) -> pd.DataFrame:
    date = frame[column].dt
    return frame.assign(month=date.year * 12 + date.month - 1, manager=frame["manager"].fillna("").astype("category"))


def _summed(frame: pd.DataFrame, **columns: Any) -> pd.DataFrame:
    grouped = frame[["manager", "month"]].assign(n=1, **columns).groupby(["manager", "month"], observed=True)
    return grouped.sum().reset_index()


def _sales_by_hand(sales: pd.DataFrame, won: pd.DataFrame, targets: pd.DataFrame) -> dict[str, pd.DataFrame]:
    came_back = won["returned"].astype("bool")
    sold = _summed(won, numerator=won["amount"], kept=won["amount"].where(~came_back, 0.0))
    closed = sales[sales["status"].isin(["won", "lost"])]
    orders = won.sort_values("date", kind="stable").drop_duplicates("order_no")
    # Everybody is still there, and so counts from the first sale on.
    began = sold[sold["manager"] != ""].groupby("manager", observed=True)["month"].min()
    months = pd.MultiIndex.from_product([began.index, sold["month"].unique()], names=["manager", "month"]).to_frame(index=False)
    months = _plain(months[months["month"] >= months["manager"].map(began).astype(int)])
    first = won.dropna(subset=["customer_no"]).sort_values("date", kind="stable").drop_duplicates("customer_no")
    new = months.merge(_plain(_summed(first)), how="outer", on=["manager", "month"])
    named = (new["manager"] != "").astype("int")
    aimed_month = targets["period"].str[:4].astype(int) * 12 + targets["period"].str[5:].astype(int) - 1
    aimed = pd.DataFrame({"manager": targets["manager"], "month": aimed_month, "denominator": targets["value"], "n": 1})
    reached = aimed.merge(_plain(sold)[["manager", "month", "numerator"]], how="left", on=["manager", "month"])
    return {
        "sales_amount": sold,
        "net_sales": sold.assign(numerator=sold["kept"]),
        "win_rate": _summed(closed, numerator=closed["status"] == "won", denominator=1),
        "return_rate": _summed(orders, numerator=orders["order_no"].isin(won.loc[came_back, "order_no"]), denominator=1),
        "new_customers": new.assign(numerator=new["n"].fillna(0), denominator=named, n=named),
        "sales_attainment": reached.fillna({"numerator": 0.0}),
    }


def _surveys_by_hand(tables: dict[str, pd.DataFrame]) -> dict[str, pd.DataFrame]:
    surveys = _dated(tables["surveys"], "date")
    share = surveys["score"] / surveys["scale"]
    asked = surveys[surveys["likelihood"].notna()]
    happy, sad = (asked["likelihood"] >= 9).astype(int), (asked["likelihood"] <= 6).astype(int)
    return {
        "csat": _summed(surveys, numerator=share >= 0.8 - 1e-9, denominator=1),
        "satisfaction_score": _summed(surveys, numerator=share, denominator=1, sum_of_squares=share * share),
        "nps": _summed(asked, numerator=happy - sad, denominator=1, sum_of_squares=happy + sad),
    }


def _complaints_by_hand(tables: dict[str, pd.DataFrame], won: pd.DataFrame) -> dict[str, pd.DataFrame]:
    complaints = _dated(tables["complaints"], "received_on")
    told = complaints[complaints["resolved"].notna() | complaints["resolved_on"].notna()]
    resolved = (told["resolved_on"] <= AS_OF) | (told["resolved_on"].isna() & told["resolved"].fillna(value=False))
    customers = won.loc[won["customer_no"].notna(), ["manager", "month", "customer_no"]].drop_duplicates()
    served = _summed(customers).rename(columns={"n": "denominator"})
    received = _summed(complaints).rename(columns={"n": "numerator"})
    rate = _plain(served).merge(_plain(received), how="outer", on=["manager", "month"]).fillna(0)
    rate = rate[rate["month"].isin(received["month"])]
    return {"complaint_resolution": _summed(told, numerator=resolved, denominator=1), "complaint_rate": rate.assign(n=rate["denominator"])}


def _tickets_by_hand(tables: dict[str, pd.DataFrame]) -> dict[str, pd.DataFrame]:
    tickets = _dated(tables["tickets"], "opened_at")
    hours = (tickets["first_response_at"] - tickets["opened_at"]).dt.total_seconds() / 3600
    waited = (AS_OF - tickets["opened_at"]).dt.total_seconds() / 3600
    answered = hours.notna()
    due = answered | (~tickets["answered"].fillna(value=True).astype("bool") & (waited > PROMISED_HOURS))
    known = answered | tickets["answered"].notna()
    said = (answered | tickets["answered"].fillna(value=False).astype("bool"))[known]
    ended = tickets[tickets["resolved_at"].notna()]
    return {
        "response_time": _summed(tickets[answered], numerator=hours[answered], denominator=1, sum_of_squares=(hours * hours)[answered]),
        "response_in_target": _summed(tickets[due], numerator=hours[due] <= PROMISED_HOURS, denominator=1),
        "answer_rate": _summed(tickets[known], numerator=said, denominator=1),
        "first_resolution": _summed(ended, numerator=ended["resolved_at"] <= AS_OF, denominator=1),
    }


def _plain(frame: pd.DataFrame) -> pd.DataFrame:
    return frame.assign(manager=frame["manager"].astype("str"))


def by_engine(engine: str) -> Callable[[dict[str, pd.DataFrame]], pd.DataFrame]:
    kpis = [kpi for kpi in KPIS.values() if kpi.measure not in ("quantile", "derived") and kpi.window_months == 1]
    return lambda tables: evaluate.cells(Facts(tables, AS_OF, PROMISED_HOURS), kpis, engine)


def read(folder: Path) -> dict[str, pd.DataFrame]:
    return {name: pd.read_parquet(folder / f"{name}.parquet") for name in TABLES}


def peak_mb() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def one(engine: str, folder: Path, runs: int) -> None:
    """One engine's pass: its cells into the folder, its measures onto standard output."""
    tables = read(folder)
    work = by_hand if engine == BY_HAND else by_engine(engine)
    before, taken = peak_mb(), []
    for _ in range(runs):
        start, busy = time.perf_counter(), time.process_time()
        found = work(tables)
        taken.append((time.perf_counter() - start, time.process_time() - busy))
    after = peak_mb()
    found.to_parquet(folder / f"cells {engine}.parquet")
    seconds, cpu_seconds = (round(statistics.median(one_kind), 3) for one_kind in zip(*taken, strict=True))
    measures = {
        "engine": engine,
        "seconds": seconds,
        "cpu_seconds": cpu_seconds,
        "peak_mb": round(after),
        "before_mb": round(before),
        "cells": len(found),
    }
    print(json.dumps(measures))


def agree(folder: Path) -> None:
    """The cells of all engines are equal, and those by hand up to rounding."""
    cells = {engine: pd.read_parquet(folder / f"cells {engine}.parquet") for engine in (*ENGINES, BY_HAND)}
    first = cells[ENGINES[0]]
    for engine in ENGINES[1:]:
        pd.testing.assert_frame_equal(cells[engine], first, check_exact=True)
    hand = cells[BY_HAND].copy()
    hand["month"] = [f"{number // 12:04d}-{number % 12 + 1:02d}" for number in hand["month"]]
    ours = first.assign(manager=first["manager"].fillna("")).astype({"manager": "str"})
    hand, ours = (frame.fillna(dict.fromkeys(SUMS, 0))[[*OWNER, *SUMS]].sort_values(OWNER, ignore_index=True) for frame in (hand, ours))
    pd.testing.assert_frame_equal(hand, ours, check_dtype=False, rtol=1e-12)


def compared(rows: int, runs: int) -> dict[str, Any]:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for table, frame in Made(rows).tables().items():
            frame.to_parquet(folder / f"{table}.parquet")
        command = [sys.executable, __file__, "--folder", name, "--runs", str(runs), "--engine"]
        texts = [subprocess.run([*command, engine], check=True, capture_output=True, text=True).stdout for engine in (BY_HAND, *ENGINES)]
        agree(folder)
    found = [json.loads(text) for text in texts]
    hand = found[0]
    ratios = [{"ratio": round(one["seconds"] / hand["seconds"], 2), "cpu_ratio": round(one["cpu_seconds"] / hand["cpu_seconds"], 2)} for one in found]
    return {"rows": rows, "runs": runs, "equal": True, "measures": [one | ratio for one, ratio in zip(found, ratios, strict=True)]}


def main() -> None:
    parser = argparse.ArgumentParser(description="facts to cells, engine by engine")
    parser.add_argument("--rows", type=int, nargs="+", default=[1_000_000])
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--engine", help=argparse.SUPPRESS)
    parser.add_argument("--folder", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.engine:
        one(options.engine, options.folder, options.runs)
        return
    for rows in options.rows:
        print(json.dumps(compared(rows, options.runs), indent=2))


if __name__ == "__main__":
    main()
